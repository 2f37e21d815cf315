"""Results of arithmetic that are stored in module variables, globals and cells: the boxes of the old values."""
import sys

total = 1000
ratio = 1.5
kept = []
for i in range(6):
    total += i * 1000
    ratio = ratio * 2 + 0.25
    if i % 2:
        kept.append(total)
        kept.append(ratio)
print(total, ratio, kept)

# A value that something else refers to is not written over.
other = total
total += 70000
print(other, total)
number = 100000
before = id(number)
number += 1
print(number, before == id(other))

# What is no number goes the ordinary way.
text = "a"
items = []
same = items
for i in range(3):
    text += "b" * i
    items += [i]
    total -= 1
print(text, items, same is items, total)


class Loud:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return Loud(self.n + other)

    def __del__(self):
        print("gone", self.n, sys._getframe(1).f_lineno - FIRST)


FIRST = sys._getframe().f_lineno
loud = Loud(1)
loud = loud + 1
loud += 1
print("held", loud.n)
del loud


def counters():
    count = 500
    share = 0.5

    def step(by):
        nonlocal count, share
        count += by
        share = share * 2 + by
        return count

    def peek():
        return count, share

    return step, peek


step, peek = counters()
held = [step(n * 1000) for n in range(5)]
print(held, peek())


def change(by):
    global total, fresh
    total = total + by * 3
    fresh = total * 2
    return total


print([change(n * 1000) for n in range(4)], fresh)

# A name that is gone is not there for the result either.
for i in range(3):
    score = i * 5000 + 1000
    score += 1
    print(score)
    del score
try:
    score += 1
except NameError as error:
    print(error)
print(sys.getrefcount(total), sys.getrefcount(fresh))

# A class body has a namespace of its own.
for i in range(2):
    class Body:
        x = 1000 * i
        x += 5
        y = x * 3
    print(Body.x, Body.y)

# Sums that fail leave the variable as it was.
amount = 123456
for value in (1, "x", 2.5):
    try:
        amount += value
    except TypeError as error:
        print(error)
print(amount)
