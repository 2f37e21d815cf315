# expect: err
"""Files that die in odd states: brought back, with properties that raise, closed below, on a full device."""
import io
import os
import warnings
import weakref

class Res(io.TextIOWrapper):
    def close(self):
        global saved; saved = self
        super().close()
f = Res(io.BytesIO(b"x")); f = None
print(saved.closed, saved)
saved = None
class Bad(io.FileIO):
    closed = property(lambda s: 1/0)
b = Bad("/dev/null"); b = None
class Bad2(io.FileIO):
    @property
    def closed(self): raise KeyError
b = Bad2("/dev/null"); del b
class Bad3(io.TextIOWrapper):
    def __repr__(self): raise RuntimeError("repr")
warnings.simplefilter("always")
b = Bad3(io.BytesIO()); del b
b = Bad3(open("/dev/null", "rb")); del b
f = open("_dying", "w"); f.write("z"*5); f2 = f; wr = weakref.ref(f, lambda r: print("cb")); del f, f2
print(open("_dying").read())
def gen():
    with open("_dying") as f:
        yield f
g = gen(); f = next(g); del g; print(f.closed)
class Own:
    def close(self): print("own close")
    closed = False
    def readable(self): return True
    def writable(self): return False
    def seekable(self): return False
    def __del__(self): print("own del")
t = io.TextIOWrapper(Own()); del t
f = open("/dev/full", "w"); f.write("x"); del f
f = open("/dev/full", "w"); f.write("x")
try: f.close()
except OSError as e: print(e)
del f
f = open("/dev/null"); os.close(f.fileno()); del f
os.remove("_dying")
print("end")
