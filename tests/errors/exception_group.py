def fail(e):
    raise e


errors = []
for e in (ValueError("one"), TypeError("two")):
    try:
        fail(e)
    except Exception as x:
        errors.append(x)
raise ExceptionGroup("several", errors)
