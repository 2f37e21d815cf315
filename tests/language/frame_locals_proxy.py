# `frame.f_locals` of a function is a proxy that reads and writes the variables (PEP 667).
import sys
def f(a, b):
    c = 3
    def inner(): return c, b
    p = sys._getframe().f_locals
    T = type(p)
    print(T, T.__name__, T.__module__, T.__qualname__, T.__doc__, T.__mro__, T.__hash__)
    print(sorted(T.__dict__))
    def t(code):
        try: r = eval(code, {'p': p, 'T': T, 'f': f, 'sys': sys})
        except BaseException as e: print(code, '->', type(e).__name__, e)
        else:
            r = repr(r)
            print(code, '->', r if '0x' not in r else r[:20])
    for code in ["len(p)", "list(p)", "p.keys()", "p.values()", "p.items()", "p['zz']", "p[1]", "p.get('a')", "p.get('zz', 1)", "p.get()", "p.get(1,2,3)", "p.pop('a')", "p.pop('zz')", "p.pop('zz', 5)", "p.popitem()", "p.clear()", "p.__delitem__('a')", "p.__delitem__('zz')", "p.__setitem__('zz', 5)", "p['zz']", "p.__setitem__(1, 5)", "p[1]", "p.__delitem__('zz')", "p.pop('zz')", "p.pop(1)", "p.setdefault('a', 9)", "p.setdefault('q', 9)", "p.setdefault('r')", "p.setdefault()", "p.setdefault(1,2,3)", "p.update({'a': 7})", "p.update([('b', 8)])", "p.update(x=1)", "p.update(1)", "p.update()", "p.update({}, {})", "p.copy()", "type(p.copy())", "list(reversed(p))", "p | {'n': 1}", "{'n': 1} | p", "p | 3", "p | p == p.copy()", "p.__ior__({'n': 1}) is p", "p.__ior__(3)", "p == p", "p == dict(p)", "p != dict(p)", "p < p", "hash(p)", "{}[p]", "'a' in p", "1 in p", "'nope' in p", "[] in p", "p[[]]", "p.__setitem__([], 1)", "T()", "T(1)", "T(sys._getframe())", "T(sys._getframe(), 1)", "T(frame=sys._getframe())", "str(p)[:12]", "type(iter(p)).__name__", "p.__len__()", "bool(p)", "p.fromkeys([1])", "p.__init__", "p.__reduce_ex__(2)", "p.__class_getitem__", "dict(p) == p", "{**p} == p", "p.keys", "type('X', (T,), {})", "p.zork", "p.__reversed__()", "p.keys(1)", "p.values(1)", "p.copy(1)", "p.items(x=1)", "sorted(p, key=str)", "p.get(1, default=2)", "T.get(1)", "T.keys()"]:
        t(code)
    print(a, b)
    p['c'] = 33
    print(c, inner())
    q = sys._getframe().f_locals
    print(q is p, q == p, 'q' in q)
    p['self'] = p
    print(repr(p)[-30:])
f(1, 2)
def g():
    if 0: u = 1
    p = sys._getframe().f_locals
    print('u' in p, len(p), p)
    try: p['u']
    except KeyError as e: print('KeyError', e)
    p['u'] = 5
    print(u)
    try: del p['u']
    except TypeError as e: print(e)
    x = locals()
    print(type(x), x is locals())
    x['u'] = 7
    print(u)
    l = [locals() for z in (1,)]
    print(sorted(l[0]))
    l = [sys._getframe().f_locals for z in (1,)]
    print(sorted(l[0]))
g()
class K:
    print(type(sys._getframe().f_locals))
    z = 1
    r = [sys._getframe().f_locals for y in (1,)]
    print(type(r[0]), sorted(r[0]))
print(sys._getframe().f_locals is globals())
def h():
    v = 1
    return sys._getframe()
fr = h()
print(fr.f_locals)
fr.f_locals['v'] = 2
print(fr.f_locals)
fr.f_locals['w'] = 2
print(fr.f_locals)
fr.clear(); print(fr.f_locals)
def gen():
    k = 1
    yield sys._getframe()
    print(k)
    yield
i = gen(); fr = next(i)
fr.f_locals['k'] = 10
next(i, None)
print(i.gi_frame.f_locals)
def ex(): 
    exec("t = 1"); print(eval("sorted(locals())"))
    exec("t = 1", globals(), sys._getframe().f_locals); print(sys._getframe().f_locals)
    eval("1", globals(), sys._getframe().f_locals)
ex()
def cellv():
    x = 1
    def w(): 
        nonlocal x
        x = 2
        sys._getframe().f_locals['x'] = 10
        return x
    print(w(), x)
    fr = sys._getframe()
    def hh(): return y
    print('y' in fr.f_locals); fr.f_locals['y'] = 4; print(hh()); y = 1
cellv()
import collections.abc
print(isinstance(h().f_locals, collections.abc.Mapping), isinstance(h().f_locals, collections.abc.MutableMapping))
match h().f_locals:
    case {'v': 1}: print("mapping")
def star(**k): return k
print(star(**h().f_locals))


def replaced_while_used():
    class Index:
        def __index__(self):
            sys._getframe(1).f_locals["items"] = None
            return 0
    items = [object(), "the list lives until the instruction is done"]
    print(type(items[Index()]), items)


def order():
    class Noisy:
        def __del__(self):
            print("deleted")
    value = Noisy()
    other = value
    del value
    sys._getframe().f_locals["other"] = None
    print("end of the function")


replaced_while_used()
order()


# Comprehensions have their variables in the frame of the module or class.
def shown(mapping):
    return sorted(name for name in mapping if not name.startswith("__"))


found = [(type(locals()), shown(locals()), type(sys._getframe().f_locals), shown(sys._getframe().f_locals)) for one in (1,)]
print(found)
print([eval("one") for one in (1, 2)], [vars()["one"] for one in (3,)], ["one" in dir() for one in (4,)])
[exec("made = one") for one in (1,)]
print("made" in globals())


class Body:
    attribute = 1
    print([(shown(locals()), sys._getframe().f_locals["one"]) for one in (5,)])
    try:
        print([eval("attribute") for one in (1,)])
    except NameError as error:
        print(error)


def function():
    print([sys._getframe().f_locals["one"] for one in (6,)])
    print([(one, sys._getframe().f_locals.update({"one": one * 2}), one) for one in (1, 2)])
    one = "outside"
    print([locals()["one"] for one in (7,)], locals()["one"])


function()


# A generator's frame is the same object, running or not.
def numbers():
    count = 1
    while True:
        yield count
        count += 1


generator = numbers()
frame = generator.gi_frame
print(frame is generator.gi_frame, frame.f_locals, next(generator), frame.f_locals)
frame.f_locals["count"] = 10
print(next(generator), frame.f_locals)
try:
    frame.clear()
except RuntimeError as error:
    print(error)
generator.close()
print(generator.gi_frame, frame.f_locals)
frame = numbers().gi_frame
print(frame.f_locals)
