# expect: own
# stress: skip
"""objgraph and pympler on objects whose every method and attribute raises: none of them runs but a repr, whose exception
is no fault of the graph."""
import io
import objgraph
import re
import sys
from pympler import asizeof, classtracker, muppy, summary, tracker

called = []


def refuse(name):
    def method(*args, **options):
        called.append(name)
        raise RuntimeError(name)

    return method


class Meta(type):
    __name__ = property(refuse("__name__"))
    __module__ = property(refuse("__module__"))
    __mro__ = property(refuse("__mro__"))
    __getattr__ = refuse("metaclass getattr")
    __instancecheck__ = refuse("instancecheck")
    __subclasscheck__ = refuse("subclasscheck")


class Hostile(metaclass=Meta):
    for name in (
        "__repr__ __str__ __eq__ __hash__ __len__ __bool__ __iter__ __getattr__ __sizeof__ __dir__ __format__ "
        "__contains__ __getitem__ __reduce_ex__ __copy__ __int__ __index__"
    ).split():
        locals()[name] = refuse(name)
    __class__ = property(refuse("__class__"))
    itemsize = property(refuse("itemsize"))


class HostileDict(dict):
    items = keys = values = __iter__ = __len__ = get = __getitem__ = __contains__ = refuse("dict")


class HostileList(list):
    __iter__ = __len__ = __getitem__ = __contains__ = refuse("list")


hostile = Hostile()
object.__getattribute__(hostile, "__dict__")["self"] = hostile
table = HostileDict(key=hostile)
dict.__setitem__(table, 5, hostile)
dict.__setitem__(table, 'a"\n\\', hostile)
row = HostileList([hostile, table])


def suspended():
    local = hostile
    yield local


waiting = suspended()
next(waiting)
called.clear()

subjects = ([hostile], [table], [row], [waiting], [Hostile], [sys._getframe()], hostile, [], [hostile, table])
for show in (objgraph.show_refs, objgraph.show_backrefs):
    sizes = []
    for subject in subjects:
        out = io.StringIO()
        show(subject, output=out, refcounts=True, max_depth=3, too_many=8, shortnames=False)
        sizes.append(out.getvalue().count("->") > 0)
    print(show.__name__, sizes)
print(sorted(set(called)))
called.clear()
out = io.StringIO()
objgraph.show_refs([table], output=out, max_depth=1)
for line in out.getvalue().splitlines():
    if "label" in line:
        print(re.sub(r"o\d+", "o", line))
called.clear()

print([objgraph.count(name) for name in ("Hostile", "__main__.Hostile", "HostileDict", "nothing", "", ".")])
print(len(objgraph.by_type("Hostile")), objgraph.typestats(shortnames=False)["__main__.Hostile"])
chain = objgraph.find_backref_chain(hostile, objgraph.is_proper_module)
print(type(chain[0]), chain[-1] is hostile)
chain = objgraph.find_ref_chain(row, lambda value: value is hostile)
print(len(chain))
objgraph.get_leaking_objects()
called.clear()

print(asizeof.asizeof(hostile) > 0, asizeof.asizeof(row) > asizeof.asizeof(table) > asizeof.asizeof(hostile))
print(asizeof.asizeof(row) == asizeof.asizeof(row, limit=50) == asizeof.asized(row).size, asizeof.asizesof(row, table)[0] > 0)
print(asizeof.leng([1, 2, 3]), asizeof.leng(table), asizeof.leng(hostile), asizeof.itemsize(hostile), asizeof.basicsize(row) > 0)
print(len(asizeof.refs(row)), len(asizeof.refs(table)))
found = muppy.get_objects()
print(sum(value is hostile for value in found), muppy.get_size(found) > 1000, len(muppy.filter(found, Type=HostileDict)))
print(muppy.sort([row, hostile])[0] is hostile)
rows = {name: count for name, count, size in summary.summarize(found)}
print(rows["__main__.Hostile"], rows["__main__.HostileDict"])
changes = tracker.SummaryTracker()
changes.diff()
another = Hostile()
print([entry[:2] for entry in changes.diff() if entry[0] == "__main__.Hostile"])
print(called)
print(asizeof.asized(table, detail=1).format(depth=0).partition(" ")[0])
called.clear()


# An object is tracked from before its constructor has run, and its text is asked for later.
class Named:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<{self.name}\n>"


out = io.StringIO()
follower = classtracker.ClassTracker(stream=out)
follower.track_class(Named)
named = Named("first")
follower.create_snapshot("one")
follower.stats.print_stats()
print(re.sub(r"0x[0-9a-f]+", "0x...", out.getvalue()).splitlines()[0])
follower.detach_all()
