# A site of a call with more than 255 arguments counts them all, however often it runs.
functions = {}
many = ", ".join(["0"] * 256)
for name, call in {
    "len": f"len([], {many})",
    "isinstance": f"isinstance(1, int, {many})",
    "ord": f"ord('a', {many})",
    "chr": f"chr(65, {many})",
    "abs": f"abs(-5, {many})",
    "upper": f"'x'.upper({many})",
    "pop": f"[1].pop(0, {many})",
    "append": f"[].append(1, {many})",
}.items():
    exec(f"def call(): return {call}", functions)
    for _ in range(5):
        try:
            print(name, functions["call"]())
        except TypeError as error:
            print(name, error)
