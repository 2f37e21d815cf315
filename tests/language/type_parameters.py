# Type parameters and `type` statements: bounds, defaults and values are evaluated when they are asked for.
def first[T, U: int, *Ts, **P](x: T, *args: *Ts) -> U:
    return x


print(first.__type_params__, [type(param).__name__ for param in first.__type_params__])
T, U, Ts, P = first.__type_params__
print(U.__bound__, T.__bound__, U.__constraints__, T.__covariant__, T.__infer_variance__)
print(first(3), P.args, P.kwargs, Ts.__name__)

type Alias = list[Later]
print(Alias, Alias.__name__, Alias.__type_params__)
try:
    Alias.__value__
except NameError as error:
    print(error)
Later = str
print(Alias.__value__)


def chosen[K: (int, str), D = bytes]():
    pass


K, D = chosen.__type_params__
print(K.__constraints__, D.__default__, D.has_default(), K.has_default())

type Pair[A, B = int] = tuple[A, B]
print(Pair[str], Pair.__value__, Pair.__type_params__[1].__default__)
try:
    Alias[int]
except TypeError as error:
    print(error)


class Outer:
    x = int

    def method[V: x](self):
        return V

    type Inner = x


print(Outer().method().__bound__, Outer.Inner.__value__)
