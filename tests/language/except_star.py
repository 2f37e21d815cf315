def run(group):
    try:
        raise group
    except* ValueError as g:
        print("values", [str(e) for e in g.exceptions])
    except* (TypeError, KeyError) as g:
        print("types", [type(e).__name__ for e in g.exceptions])
    else:
        print("else")
    finally:
        print("finally")


run(ExceptionGroup("g", [ValueError(1), TypeError(2), ValueError(3)]))
try:
    run(ExceptionGroup("g", [ValueError(1), OSError("left")]))
except ExceptionGroup as g:
    print("left", g.exceptions)
run(ValueError("plain"))
g = ExceptionGroup("top", [ValueError(1), ExceptionGroup("in", [TypeError(2), ValueError(3)])])
match, rest = g.split(ValueError)
print(match, rest, g.subgroup(TypeError).exceptions)
print(g.derive([KeyError()]))
for args in ((), ("m",), ("m", []), ("m", [1]), (1, [ValueError()]), ("m", 5)):
    try:
        ExceptionGroup(*args)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
try:
    ExceptionGroup("x", [KeyboardInterrupt()])
except TypeError as e:
    print(e)
print(type(BaseExceptionGroup("x", [ValueError()])).__name__)
