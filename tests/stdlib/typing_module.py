# Type hints as objects: what they show, and what generic classes are.
import typing
from typing import (
    Annotated, Any, Callable, ClassVar, Dict, Generic, List, Literal, NamedTuple, NewType, Optional, Protocol, Tuple,
    TypedDict, TypeVar, Union, cast, get_args, get_origin, get_type_hints, overload, runtime_checkable,
)

for hint in [
    Any, Union[int, str], Union[int, None], Optional[str], Union[int, int], Union[int, Union[str, bytes]], List[int], List,
    Dict[str, List[int]], Tuple[int, ...], Callable[[int, str], bool], Callable[..., int], Literal[1, "a", 1], ClassVar[int],
    Annotated[int, "meta"], Union["Later", int], typing.Sequence[int], typing.NoReturn, Optional[List[int]],
]:
    print(hint, get_origin(hint), get_args(hint))

T = TypeVar("T")
K = TypeVar("K", bound=int)


class Box(Generic[T]):
    def __init__(self, value):
        self.value = value


class Named(Box[T], Generic[T, K]):
    pass


print(Box[int], Box[int](3).value, Box.__parameters__, Named.__parameters__, Named[str, int], Box[List[T]][int])
print(Named.__mro__[1:3], Box[int] == Box[int], hash(Box[int]) == hash(Box[int]), Box.__orig_bases__)


class Stack[T]:
    def push(self, item: T) -> None: ...


class Pairs[A, *Rest](Stack[A]):
    pass


print(Stack[int], Stack.__type_params__, Stack.__orig_bases__, Pairs[int, str, bytes], Pairs.__bases__ == (Stack, Generic))
for wrong in (lambda: Box[int, str], lambda: Stack[int][str], lambda: Union[()], lambda: Any(), lambda: Optional[int, str]):
    try:
        wrong()
    except TypeError as error:
        print("TypeError")


class Point(NamedTuple):
    x: int
    y: int = 2

    def sum(self):
        return self.x + self.y


print(Point(1), Point(1).sum(), Point._field_defaults, Point.__annotations__)


class Movie(TypedDict, total=False):
    name: str
    year: int


print(Movie(name="x"), Movie.__annotations__, Movie.__total__, sorted(Movie.__optional_keys__))


@runtime_checkable
class Closes(Protocol):
    def close(self): ...


class File:
    def close(self): pass


print(isinstance(File(), Closes), isinstance(1, Closes), isinstance(1, typing.SupportsInt))
UserId = NewType("UserId", int)
print(UserId(5), UserId, UserId.__supertype__)


@overload
def double(x: int) -> int: ...
@overload
def double(x: str) -> str: ...
def double(x):
    return x * 2


print(double(2), double("a"), len(typing.get_overloads(double)), cast(int, "x"))


def hinted(a: "int", b: Optional["str"] = None, *c: Annotated[float, 1]) -> None: ...


print(get_type_hints(hinted), get_type_hints(hinted, include_extras=True)["c"])
