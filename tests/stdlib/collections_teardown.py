from collections import deque, defaultdict, OrderedDict, Counter, namedtuple
import gc, sys
gc.disable()
gc.collect()


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print("-", self.n, end=" ")


x = object()
base = sys.getrefcount(x)
for made in (deque([x]), deque([x] * 100), defaultdict(list, k=x), OrderedDict(k=x), namedtuple("N", "a")(x)):
    print(type(made).__name__, sys.getrefcount(x) - base, end="; ")
made = None
print(sys.getrefcount(x) - base)
d = deque([D(0), D(1), D(2)])
d.popleft()
d.pop()
del d
print()
o = OrderedDict([("a", D("a")), ("b", D("b"))])
del o
print()
# The class that namedtuple made is garbage by now; how many objects that is differs.
gc.collect()
for kind in (lambda: deque(), lambda: defaultdict(list), lambda: OrderedDict()):
    k = kind()
    if isinstance(k, deque):
        k.append(k)
    else:
        k["me"] = k
    del k
    print(gc.collect())
