def f(kind):
    log = []
    try:
        log.append("try")
        if kind == "raise":
            raise ValueError("v")
        if kind == "other":
            raise KeyError("k")
        if kind == "return":
            return log
    except ValueError as e:
        log.append(f"except {e}")
    else:
        log.append("else")
    finally:
        log.append("finally")
        print(kind, log)
    log.append("after")
    return log


for k in ("none", "raise", "return"):
    print(f(k))
try:
    f("other")
except KeyError as e:
    print("escaped", e)


def override():
    try:
        return "try"
    finally:
        return "finally"


print(override())


def swallow():
    try:
        1 / 0
    finally:
        return "swallowed"


print(swallow())


def loop():
    out = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            out.append(f"f{i}")
    else:
        out.append("else")
    return out


print(loop())


def nested():
    try:
        try:
            raise ValueError("inner")
        finally:
            print("inner finally")
    except ValueError as e:
        print("outer", e)
        try:
            raise TypeError("second") from e
        except TypeError as t:
            print(repr(t.__cause__), repr(t.__context__))
    else:
        print("no")


nested()


def value():
    x = 1
    try:
        return x
    finally:
        x = 2


print(value())


def reraise():
    try:
        try:
            raise ValueError("again")
        except ValueError:
            raise
    except ValueError as e:
        return e


print(repr(reraise()))
try:
    raise
except RuntimeError as e:
    print(e)
