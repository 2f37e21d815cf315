for i in range(3):
    pass
else:
    print("for else", i)
for i in []:
    pass
else:
    print("empty else")
for i in range(3):
    if i == 1:
        break
else:
    print("never")
n = 3
while n:
    n -= 1
else:
    print("while else")
while True:
    break
else:
    print("never")


def f():
    for i in range(3):
        try:
            if i == 1:
                return "returned"
        finally:
            print("finally", i)
    else:
        print("never")


print(f())


def g():
    while True:
        try:
            try:
                break
            finally:
                print("inner")
        finally:
            print("outer")
    return "after"


print(g())


def h():
    for i in range(2):
        for j in range(2):
            try:
                continue
            finally:
                print(i, j, end=" ")
        else:
            print("inner else", end=" ")
    print()


h()


def nested_break():
    for a in range(5):
        for b in range(5):
            if a * b == 6:
                break
        else:
            continue
        return a, b


print(nested_break())
for x in (y for y in range(3)):
    x += 10
print(x)
for i in range(3):
    i = 100
print(i)
for i in (i for i in ()):
    pass
i = 0
while i < 5:
    i += 1
    if i == 2:
        continue
    if i == 4:
        break
    print(i)
