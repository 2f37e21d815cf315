# Attribute names that are made at run time die with their last use; what was found or not found under one name must
# not be taken for another that is made later.
class C:
    pass


def name(n):
    return "".join(["attr", str(n)])


for n in range(200):
    assert not hasattr(C, name(n))
made = type("Made", (C,), {name(n): n for n in range(0, 200, 2)})
for turn in range(3):
    for n in range(200):
        found = getattr(made, name(n), None)
        assert found == (n if n % 2 == 0 else None), (turn, n, found)
        assert getattr(made(), name(n), None) == found
for n in range(1, 200, 2):
    setattr(made, name(n), -n)
print([getattr(made, name(n)) for n in range(8)])
o = C()
for n in range(50):
    setattr(o, name(n), n)
print(sum(getattr(o, name(n)) for n in range(50)), sorted(vars(o))[:3])
for n in range(50):
    delattr(o, name(n))
print(vars(o), hasattr(o, name(3)))
