def which(exc):
    try:
        raise exc
    except (KeyError, IndexError) as e:
        return "lookup tuple", type(e).__name__
    except ArithmeticError:
        return "arithmetic"
    except ValueError:
        return "value"
    except Exception as e:
        return "exception", e.args
    except:
        return "bare"


print(which(KeyError("x")), which(IndexError), which(ZeroDivisionError()), which(UnicodeError("u")),
      which(OSError(2, "msg")), which(KeyboardInterrupt()), which(SystemExit(1)), which(OverflowError), sep="\n")


class MyError(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


class Sub(MyError):
    pass


try:
    raise Sub(5)
except MyError as e:
    print(e, e.code, e.args, repr(e), type(e).__mro__[1].__name__)
try:
    e
except NameError as err:
    print(err)
for bad in (5, "text", None, object, [ValueError]):
    try:
        raise bad
    except TypeError as e:
        print(e)
try:
    raise ValueError from 5
except TypeError as e:
    print(e)
try:
    try:
        raise KeyError(1)
    except 5:
        pass
except TypeError as e:
    print(e, repr(e.__context__))
try:
    try:
        raise KeyError(1)
    except (ValueError, "x"):
        pass
except TypeError as e:
    print(e)


def dynamic():
    return (TypeError, ValueError)


try:
    int("x")
except dynamic() as e:
    print("dynamic", e)
e = "kept"
try:
    raise ValueError
except ValueError as e:
    e = 5
print("e" in globals())
