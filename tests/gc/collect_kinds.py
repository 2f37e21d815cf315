import gc
gc.disable()
gc.collect()


class N:
    pass


def count(label, make):
    make()
    print(label, gc.collect())


def list_self():
    l = []
    l.append(l)


def list_pair():
    a, b = [], []
    a.append(b)
    b.append(a)


def dict_self():
    d = {}
    d["me"] = d


def tuple_cycle():
    l = []
    t = (l,)
    l.append(t)


def set_cycle():
    n = N()
    n.s = {n}


def inst_self():
    n = N()
    n.me = n


def inst_pair():
    a, b = N(), N()
    a.o, b.o = b, a


def inst_dict():
    n = N()
    n.me = n
    n.__dict__


def ring():
    nodes = [N() for _ in range(10)]
    for i, n in enumerate(nodes):
        n.next = nodes[(i + 1) % 10]


def closure():
    def f():
        return f


def lambda_list():
    l = []
    l.append(lambda: l)


def generator():
    def g():
        me = yield
        yield
    x = g()
    next(x)
    x.send(x)


def klass():
    class K:
        pass


def klass_empty():
    type("T", (), {})


def bound():
    n = N()
    n.m = n.__init__


def exc():
    try:
        raise ValueError
    except ValueError as e:
        x = e


def none():
    [[], {}, N()]


def frozen():
    n = N()
    n.f = frozenset([n])


def slot():
    class S:
        __slots__ = ("me",)
    s = S()
    s.me = s
    return S


def iterator():
    l = []
    l.append(iter(l))


def nested():
    a = []
    for _ in range(50):
        a = [a]
    b = a
    while b[0]:
        b = b[0]
    b.append(a)


for fn in (list_self, list_pair, dict_self, tuple_cycle, set_cycle, inst_self, inst_pair, inst_dict, ring, closure, lambda_list,
           generator, bound, exc, none, frozen, iterator, nested):
    count(fn.__name__, fn)
print(gc.collect())
