def first[T](xs: list[T]) -> T:
    return xs[0]


class Box[T]:
    def __init__(self, v: T):
        self.v = v


type Pair = tuple[int, int]
print(first([1, 2]), Box(3).v, Box.__name__, first.__name__)
print(first.__type_params__[0].__name__, Pair.__name__)
type = 5
print(type)
