# Counts rise by assignment, argument passing and list append, and fall by rebinding, leaving a scope and del.
import sys


def passed(obj):
    return sys.getrefcount(obj) - 1


thing = object()
print("a name:", sys.getrefcount(thing) - 1)
print("as an argument:", passed(thing))
box = []
box.append(thing)
print("in a list:", sys.getrefcount(thing) - 1)
box.clear()
print("list cleared:", sys.getrefcount(thing) - 1)
alias = thing
print("second name:", sys.getrefcount(thing) - 1)
alias = 20
print("rebound:", sys.getrefcount(thing) - 1)
