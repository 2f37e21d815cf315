m = __import__("math")
print(m.sqrt(4), m.__name__)
import builtins
print(builtins.len is len, builtins.__name__, __builtins__ is builtins)
needed = """abs all any ascii bin bool breakpoint bytes callable chr classmethod compile delattr dict dir divmod enumerate eval exec
filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max
min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple
type vars zip""".split()
print([n for n in needed if not hasattr(builtins, n)])
