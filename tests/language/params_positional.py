def f(a, b, c=3):
    return a, b, c


print(f(1, 2))
print(f(1, 2, 4))
print(f(b=2, a=1))
print(f(1, c=9, b=8))

for call in (lambda: f(), lambda: f(1), lambda: f(1, 2, 3, 4), lambda: f(1, 2, d=4), lambda: f(1, a=1)):
    try:
        call()
    except TypeError as e:
        print(e)


def none():
    return None


try:
    none(1)
except TypeError as e:
    print(e)
try:
    none(1, 2)
except TypeError as e:
    print(e)
try:
    none(x=1)
except TypeError as e:
    print(e)
