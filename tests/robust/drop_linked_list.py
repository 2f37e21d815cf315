# stress: skip
class Node:
    __slots__ = ("next",)

    def __init__(self, next):
        self.next = next


head = None
for _ in range(1000000):
    head = Node(head)
head = None
print("instances with slots")


class Plain:
    def __init__(self, next):
        self.next = next


head = None
for _ in range(300000):
    head = Plain(head)
del head
print("plain instances")
l = None
for _ in range(1000000):
    l = [l]
l = None
print("lists")
t = ()
for _ in range(1000000):
    t = (t,)
del t
print("tuples")
d = {}
for _ in range(300000):
    d = {"d": d}
d = 0
print("dicts")


def wrap(f):
    return lambda: f


f = None
for _ in range(200000):
    f = wrap(f)
f = None
print("closures")


def g(it):
    for x in it:
        yield x


it = iter(())
for _ in range(20000):
    it = map(None, it)
del it
print("map objects")
s = frozenset()
for _ in range(100000):
    s = frozenset([s]) if False else (s,)
del s
from collections import deque
q = None
for _ in range(100000):
    q = deque([q])
q = None
print("deques")
import weakref
refs = []


class W(list):
    pass


w = None
for i in range(100000):
    w = W([w])
    if i % 10000 == 0:
        refs.append(weakref.ref(w))
w = None
print(all(r() is None for r in refs))
e = None
for _ in range(50000):
    n = ValueError()
    n.__context__ = e
    e = n
e = n = None
print("exceptions")
