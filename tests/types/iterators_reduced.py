# What pickling and copying need of iterators and native functions.
import copy


class Sequence:
    def __getitem__(self, index):
        if index > 3:
            raise IndexError
        return index


def examples():
    yield iter([1, 2, 3])
    yield reversed([1, 2, 3])
    yield iter((1, 2, 3))
    yield reversed((1, 2, 3))
    yield iter({1: 2})
    yield iter({1: 2}.items())
    yield reversed({1: 2, 3: 4})
    yield iter({5})
    yield iter("abc")
    yield iter(range(3))
    yield iter(Sequence())
    yield enumerate("ab", 5)
    yield zip([1, 2], [3, 4])
    yield zip([1, 2], [3, 4], strict=True)
    yield map(str, [1, 2])
    yield filter(None, [0, 1])


for iterator in examples():
    again = copy.copy(iterator)
    print(type(again).__name__, list(again))
for iterator in examples():
    next(iterator)
    print(iterator.__reduce__()[0].__name__, list(copy.copy(iterator)), end=" ")
    for _ in iterator:
        pass
    print(list(copy.copy(iterator)))
iterator = iter([1, 2, 3, 4])
iterator.__setstate__(2)
print(list(iterator))
iterator = reversed([1, 2, 3, 4])
iterator.__setstate__(1)
print(list(iterator))
print(len.__reduce__(), [].append.__reduce__()[1][1], str.join.__reduce__()[1], (1).__add__.__reduce__()[1])
calls = iter([7, 8].pop, 7)
print(calls.__reduce__()[0].__name__, next(calls), list(calls), calls.__reduce__()[1])
