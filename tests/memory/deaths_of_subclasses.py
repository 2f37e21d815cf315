# In which order an instance of a subclass of a built-in type gives up what it holds: members, the dictionary, and then
# what its base holds. The same where a collection does it; there the held objects are older, so that only their owner is
# garbage.
import collections
import gc

gc.disable()


class Held:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, end=" ")


class List(list):
    pass


class Dict(dict):
    pass


class Set(set):
    pass


class Tuple(tuple):
    pass


class Deque(collections.deque):
    pass


class Slotted(list):
    __slots__ = ("p", "q")


class Both(list):
    __slots__ = ("p", "__dict__", "q")


class Under(Slotted):
    pass


class Error(Exception):
    pass


class SystemFault(OSError):
    __slots__ = ("p", "q")


class Word(str):
    pass


def with_attributes(thing, a, b):
    thing.a = a
    thing.b = b
    return thing


def with_members(thing, p, q):
    thing.p = p
    thing.q = q
    return thing


def a_list(h):
    x = with_attributes(List(h[:3]), h[3], h[4])
    return x, x.append


def a_dict(h):
    x = with_attributes(Dict({1: h[0], 2: h[1]}), h[2], h[3])
    return x, lambda me: x.update({3: me})


def a_set(h):
    x = with_attributes(Set([h[0]]), h[1], h[2])
    return x, lambda me: setattr(x, "c", me)


def a_tuple(h):
    x = with_attributes(Tuple(h[:2]), h[2], h[3])
    return x, lambda me: setattr(x, "c", me)


def a_deque(h):
    x = with_attributes(Deque(h[:3]), h[3], h[4])
    return x, x.append


def a_plain_deque(h):
    x = collections.deque(h[:3])
    x.rotate()
    return x, x.append


def a_slotted(h):
    x = with_members(Slotted(h[:2]), h[2], h[3])
    return x, x.append


def a_both(h):
    x = with_members(with_attributes(Both(h[:1]), h[1], h[2]), h[3], h[4])
    return x, x.append


def an_under(h):
    x = with_members(with_attributes(Under(h[:1]), h[1], h[2]), h[3], h[4])
    return x, x.append


def an_error(h):
    x = with_attributes(Error(h[0], h[1]), h[2], h[3])
    x.__cause__ = KeyError(h[4])
    return x, lambda me: setattr(x, "c", me)


def a_system_fault(h):
    x = with_members(with_attributes(SystemFault(h[0], h[1]), h[2], h[3]), h[4], h[5])
    return x, lambda me: setattr(x, "c", me)


def a_word(h):
    x = with_attributes(Word("w"), h[0], h[1])
    return x, lambda me: setattr(x, "c", me)


def a_nest(h):
    x = (h[0], [h[1]], h[2])
    x[1].extend([x, h[3]])
    return x, lambda me: None


makers = [
    a_list,
    a_dict,
    a_set,
    a_tuple,
    a_deque,
    a_plain_deque,
    a_slotted,
    a_both,
    an_under,
    an_error,
    a_system_fault,
    a_word,
]
for make in makers:
    held = [Held(number) for number in range(6)]
    x, refer = make(held)
    held = refer = None
    print("|", end=" ")
    x = None
    print(make.__name__)
for make in makers + [a_nest]:
    held = [Held(number) for number in range(6)]
    gc.collect()
    gc.collect()
    x, refer = make(held)
    refer(x)
    held = refer = None
    print("|", end=" ")
    x = None
    print("|", end=" ")
    count = gc.collect(0)
    print(make.__name__, count)
