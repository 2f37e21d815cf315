def g():
    try:
        yield 1
        yield 2
    except ValueError as e:
        print("caught", e)
        yield "handled"
    finally:
        print("finally")


a = g()
print(next(a))
print(a.throw(ValueError("boom")))
print(list(a))
b = g()
next(b)
b.close()
b.close()
c = g()
next(c)
try:
    c.throw(KeyError("k"))
except KeyError as e:
    print("out", e)


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as e:
    print(e)


def raises():
    raise StopIteration("inside")
    yield


try:
    next(raises())
except RuntimeError as e:
    print(e, repr(e.__cause__))


def selfish():
    yield next(me)


me = selfish()
try:
    next(me)
except ValueError as e:
    print(e)


def sub():
    try:
        yield 1
    except KeyError:
        print("sub caught")
        yield 2


def delegate():
    yield from sub()
    yield 3


d = delegate()
print(next(d), d.throw(KeyError), next(d))


def ret():
    try:
        yield 1
    except GeneratorExit:
        return "closed value"


r = ret()
next(r)
print(r.close())
fresh = g()
fresh.close()
print(list(fresh))
