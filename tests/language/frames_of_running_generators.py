# Generators and coroutines that ask for their own frames while they run, and frames of those that have not begun.
import sys
def a():
    loc = 'seen'
    f = g.gi_frame
    print(f.f_lineno, sorted(f.f_locals), f is sys._getframe(), f is g.gi_frame)
    yield f
g = a(); f = next(g); print(f.f_lineno, f is g.gi_frame, sorted(f.f_locals))
g.close(); print(f.f_lineno, sorted(f.f_locals))
async def b():
    loc = 1
    print(c.cr_frame.f_lineno, sorted(c.cr_frame.f_locals), c.cr_frame is sys._getframe())
c=b()
try: c.send(None)
except StopIteration: pass
async def d():
    print(e.ag_frame.f_lineno, e.ag_frame is sys._getframe())
    yield 1
e=d()
try: e.asend(None).send(None)
except StopIteration as x: print(x.value, e.ag_frame.f_lineno)
def outer():
    yield from inner()
def inner():
    f = o.gi_frame
    print(f.f_lineno, sys._getframe(1) is f)
    yield 1
o=outer(); print(o.gi_frame.f_lineno); print(list(o))
o=outer(); print(next(o)); print(o.gi_frame.f_lineno)
