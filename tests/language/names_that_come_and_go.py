"""Names that are bound and deleted again and again in one namespace, and keys that come to where others were."""
import sys
import types

module = sys.modules["__main__"]
namespace = module.__dict__


# Each name is made anew, and may well get the memory of the one before.
def come_and_go(owner, i):
    name = "attr_%d" % i
    setattr(owner, name, i)
    value = getattr(owner, name)
    delattr(owner, name)
    return value


class Box:
    pass


print(sum(come_and_go(module, i) for i in range(400)), hasattr(module, "nowhere"))
print(sum(come_and_go(Box, i) for i in range(400)), hasattr(Box, "nowhere"))

for i in range(400):
    exec("global name_%d; name_%d = %d; del name_%d" % (i, i, i, i))
print("name_7" in namespace, hasattr(module, "nowhere"))


# A key that is equal to a name, but not the name itself.
def key(text):
    return "".join(["var", "_", text])


def read():
    return var_a


def other(pad):
    keep = [key("b%d" % j) for j in range(pad)]
    name = key("c%d" % pad)
    setattr(module, name, "value of " + name)
    try:
        found = read()
    except NameError:
        found = "NameError"
    delattr(module, name)
    return found


seen = set()
for pad in range(40):
    namespace[key("a")] = "value of var_a"
    for _ in range(5):
        read()
    del namespace["var_a"]
    seen.add(other(pad % 8))
print(seen)


# Keys of other kinds where a name was.
def foreign(i):
    come_and_go(module, i)
    first = complex(i, 2)
    second = complex(i, 1)
    namespace[second] = "here"
    found = namespace.get(second, "lost")
    del namespace[second]
    return first != second and found


print([foreign(i) for i in range(5)])

# What comes back during a loop stands at the end.
small = types.ModuleType("small")
for letter in "abcde":
    setattr(small, letter, letter)


def ends():
    return small.a, small.e


for _ in range(100):
    ends()
seen = []
try:
    for name in small.__dict__:
        seen.append(name)
        if name == "e" and len(seen) < 20:
            del small.__dict__["e"]
            small.__dict__["e"] = 9
except RuntimeError as error:
    print(error)
print(seen[-3:])

# The name of an exception comes and goes in the module itself.
for i in range(300):
    try:
        [][i]
    except IndexError as error:
        caught = str(error)
try:
    error
except NameError as wrong:
    print(caught, "|", wrong)
