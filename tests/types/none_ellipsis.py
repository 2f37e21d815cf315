print(None, repr(None), bool(None), type(None), type(None)(), None == False, hash(None) == hash(None), str(None), f"{None}", [None], None is None)
print(..., Ellipsis, type(...), bool(...), NotImplemented, type(NotImplemented).__name__)
for f in (lambda: None + 1, lambda: None(), lambda: None.x, lambda: None[0], lambda: len(None), lambda: iter(None), lambda: int(None), lambda: None < 1, lambda: setattr(None, "x", 1), lambda: type(None)(1), lambda: ...(), lambda: -None, lambda: f"{None:5}", lambda: [*None], lambda: {**None}, lambda: "a" + None):
    try:
        print(f())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
for code in ("None = 1", "True = 1", "... = 1", "def None(): pass", "x.None = 1", "f(None=1)", "import None", "for None in []: pass", "None += 1", "class True: pass", "lambda None: 1", "(None := 1)", "with a as True: pass", "__debug__ = 1", "def f(None): pass", "global None", "del True"):
    try:
        compile(code, "<c>", "exec")
        print("ok", code)
    except SyntaxError as e:
        print(code, "->", e.msg)
