def run(*raises):
    log = []
    try:
        log.append("a")
        try:
            log.append("b")
            if "inner" in raises:
                raise ValueError("inner")
            try:
                log.append("c")
                if "deep" in raises:
                    raise KeyError("deep")
            except KeyError as e:
                log.append(f"except {e}")
                if "handler" in raises:
                    raise TypeError("handler")
            else:
                log.append("else c")
                if "else" in raises:
                    raise IndexError("else")
            finally:
                log.append("finally c")
                if "finally" in raises:
                    raise OSError("finally")
        except (TypeError, IndexError) as e:
            log.append(f"outer {type(e).__name__} {e} {e.__context__!r}")
        finally:
            log.append("finally b")
    except Exception as e:
        log.append(f"last {type(e).__name__} {e} {e.__context__!r}")
    else:
        log.append("else a")
    return " ".join(log)


for case in ((), ("inner",), ("deep",), ("deep", "handler"), ("else",), ("finally",), ("deep", "finally"), ("deep", "handler", "finally"), ("else", "finally")):
    print(case, run(*case))


def returns(kind):
    try:
        if kind == 1:
            return "try"
        raise ValueError
    except ValueError:
        if kind == 2:
            return "except"
        if kind == 3:
            raise
    else:
        return "else"
    finally:
        if kind == 4:
            return "finally"
        if kind == 3:
            return "swallowed"
    return "end"


print([returns(k) for k in range(1, 6)])


def generator():
    try:
        try:
            yield 1
        finally:
            yield "in finally"
    except ValueError as e:
        yield f"caught {e}"
    yield "end"


g = generator()
print(next(g), g.throw(ValueError("thrown")), next(g), next(g))
