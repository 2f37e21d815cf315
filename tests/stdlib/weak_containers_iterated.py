# Weak containers whose entries die, come and go while iterators are on their way.
import collections.abc
import copy
import gc
import weakref
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary


class Thing:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"Thing({self.n})"

    def __eq__(self, other):
        return isinstance(other, Thing) and self.n == other.n

    def __hash__(self):
        return hash(self.n)

    def __lt__(self, other):
        return self.n < other.n


print("-- entries die under an iterator")
things = [Thing(i) for i in range(6)]
by_value, by_key, in_set = WeakValueDictionary(), WeakKeyDictionary(), WeakSet(things)
for thing in things:
    by_value[thing.n] = thing
    by_key[thing] = thing.n
del thing
for name, iterator in [
    ("values", by_value.values), ("keys", by_value.keys), ("items", by_value.items), ("itervaluerefs", by_value.itervaluerefs),
    ("iter", by_value.__iter__), ("key keys", by_key.keys), ("key values", by_key.values), ("key items", by_key.items), ("set", in_set.__iter__),
]:
    running = iterator()
    first = next(running)
    del first
    things.pop()
    gc.collect()
    print(name, len(by_value.data), len(by_key.data), len(in_set.data), end=" -> ")
    left = [type(one).__name__ for one in running]
    print(len(left), len(by_value.data), len(by_key.data), len(in_set.data), len(by_value), len(by_key), len(in_set))
    things = [Thing(i) for i in range(6)]
    for thing in things:
        by_value[thing.n] = thing
        by_key[thing] = thing.n
        in_set.add(thing)
    del thing

print("-- an iterator that is forgotten")
running = iter(by_value.items())
next(running)
things.pop()
print(len(by_value.data), len(by_value), len(by_value.data))
del running
gc.collect()
print(len(by_value.data), len(by_value))
running = iter(by_key)
next(running)
key = things.pop()
del key
print(len(by_key.data), len(by_key))
running.close()
print(len(by_key.data), len(by_key))

print("-- changes under an iterator")
for container, change in [
    (by_value, lambda: by_value.__setitem__(77, things[0])),
    (by_key, lambda: by_key.__setitem__(extra, 1)),
    (in_set, lambda: in_set.add(extra)),
]:
    extra = Thing(99)
    running = iter(container)
    next(running)
    change()
    try:
        for one in running:
            pass
        print("done")
    except RuntimeError as error:
        print(error)
    running = one = extra = None
del container, change

print("-- pending removals and the length")
keys = [Thing(i) for i in range(5)]
weak = WeakKeyDictionary((key, key.n) for key in keys)
running = iter(weak)
next(running)
del keys[-1:]
print(len(weak), len(weak.data))
del weak[keys[1]]
print(len(weak), len(weak.data), weak.pop(keys[2]), len(weak))
running = None
print(len(weak), len(weak.data))

print("-- copies and updates")
values = {i: Thing(i) for i in range(4)}
weak = WeakValueDictionary(values, x=things[0])
print(sorted(map(str, weak)), type(weak.copy()) is WeakValueDictionary, weak.copy() == weak, copy.copy(weak) == weak, weak == dict(weak.items()))
print(sorted(map(str, (weak | {5: things[1]}).keys())), sorted(map(str, ({5: things[1]} | weak).keys())), type({} | weak).__name__)
weak |= {6: things[0]}
print(6 in weak, weak.setdefault(6), weak.setdefault(7, things[1]), weak.pop(7), weak.pop(7, "gone"), weak.get(7), weak.get(7, 1))
try:
    weak.pop(7)
except KeyError as error:
    print("KeyError", error)
try:
    weak | 5
except TypeError as error:
    print(error)
keys = [Thing(i) for i in range(4)]
weak = WeakKeyDictionary({key: key.n for key in keys})
print(sorted(weak), weak.copy() == weak, copy.deepcopy(weak) == weak, weak.setdefault(keys[0], 9), weak.get(Thing(3)), Thing(7) in weak, 5 in weak)
print(sorted((weak | {keys[0]: 8}).values()), sorted(({things[0]: 8} | weak).values()))
weak.update([(keys[1], "one")])
print(weak[keys[1]], weak[Thing(1)])
for wrong in (lambda: weak[5], lambda: weak.get(5), lambda: weak.__setitem__(5, 1), lambda: weak[Thing(50)]):
    try:
        wrong()
    except (TypeError, KeyError) as error:
        print(type(error).__name__, error)
class Keyed:
    def keys(self):
        return iter(things[:2])

    def __getitem__(self, key):
        return key.n


weak.update(Keyed())
print(len(weak))
weak.clear()
print(len(weak), len(weak.data))

print("-- sets")
class Own(WeakSet):
    pass


elements = [Thing(i) for i in range(5)]
own = Own(elements)
own.note = [1]
twin = copy.copy(own)
print(type(twin) is Own, twin == own, twin.note is own.note, copy.deepcopy(own).note == own.note)
print(isinstance(own, collections.abc.MutableSet), isinstance(WeakSet(), collections.abc.Set), WeakSet.__module__, WeakSet[int])
print(own <= WeakSet(elements), own < WeakSet(elements), own >= WeakSet(elements[1:]), own > WeakSet(elements[1:]), own == set(elements))
print(sorted(own - WeakSet(elements[:2])), sorted(own & elements[:2]), sorted(own | things), sorted(own ^ elements[:3]), own.isdisjoint([Thing(50)]))
own -= elements[:1]
own &= elements[:3]
own ^= elements[2:4]
print(sorted(own), len(own))
own -= own
try:
    own.pop()
except KeyError as error:
    print(error)
try:
    own.remove(elements[0])
except KeyError as error:
    print("KeyError")
own.discard(elements[0])
print(len(own), own)
print(isinstance(weakref.WeakValueDictionary(), collections.abc.MutableMapping), isinstance(WeakKeyDictionary(), collections.abc.Mapping))
