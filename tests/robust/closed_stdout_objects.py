import sys
real = sys.stdout


class Broken:
    def write(self, s):
        raise OSError("cannot write")


sys.stdout = Broken()
try:
    print("x")
except OSError as e:
    sys.stdout = real
    print("caught", e)
sys.stdout = None
print("goes nowhere")
sys.stdout = real
del sys.stdout
try:
    print("x")
except RuntimeError as e:
    sys.stdout = real
    print("caught", e)
sys.stdout = 5
try:
    print("x")
except AttributeError as e:
    sys.stdout = real
    print("caught", e)
f = open("_closed.tmp", "w")
f.close()
try:
    print("x", file=f)
except ValueError as e:
    print("caught", e)
import os
os.remove("_closed.tmp")
