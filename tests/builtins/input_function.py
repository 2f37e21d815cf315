# The answers come from the .in file.
name = input()
print(repr(name))
n = input("number? ")
print(int(n) + 1)
print(repr(input("")))
print(repr(input("é: ")))
import sys
print(repr(sys.stdin.readline()))
for line in sys.stdin:
    print("line", repr(line))
    if line.startswith("stop"):
        break
print(repr(sys.stdin.read()))
try:
    input("at the end: ")
except EOFError as e:
    print(type(e).__name__, e)
try:
    input(1, 2)
except TypeError as e:
    print(e)
