# expect: own
# Type parameters and type statements (PEP 695) are parsed and compiled, but running them is refused.
for source in ("def first[T](items: list[T]) -> T: ...", "class Box[T]: ...", "type Pair = tuple[int, int]"):
    try:
        exec(source)
    except NotImplementedError as error:
        print(f"{source}\n    {type(error).__name__}: {error}")
