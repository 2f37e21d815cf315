"""Pairs and triples that are unpacked over variables: what they replace ends, is shared, or is there twice."""
import sys


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def over_last():
    a, b = Loud("a"), Loud("b")
    for a, b in [(1, 2), (Loud("c"), 3), (4, Loud("d"))]:
        print("turn")
    print(a, b.name)


def same_twice():
    shared = Loud("shared")
    a = b = c = shared
    del shared
    pair = (1, 2)
    a, b = pair
    print("two gone")
    a = b = c
    a, b, c = (4, 5, 6)
    print(a, b, c)
    one = Loud("one")
    x = y = one
    for x, y in [pair]:
        print(sys.getrefcount(one))
    return x, y


def fresh(rows):
    total = 0
    for key, (left, right) in rows:
        total += left * right
        (p, q), (r, s, t) = (key, key), (left, right, key)
        total += p + q + r + s + t
    return total


def from_call():
    def pair(n):
        return n, n + 1000

    a = b = None
    for n in range(3):
        a, b = pair(n)
        b, a = pair(b)
    return a, b


over_last()
print(same_twice())
rows = [(i, (i * 1000, i + 0.5)) for i in range(4)]
print(fresh(rows), fresh(rows))
print(from_call())
code = [("push", 1000), ("push", None), ("pop", 2000)]
stack = []
for turn in range(3):
    for op, argument in code:
        if op == "push":
            stack.append(argument)
        else:
            print(stack.pop(), stack.append(argument), stack)
            stack.pop()
print(op, argument, sys.getrefcount(code[0]), sys.getrefcount(stack))
