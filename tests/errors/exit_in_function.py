import sys


def deep(n):
    if n == 0:
        sys.exit(9)
    try:
        deep(n - 1)
    finally:
        print("unwind", n)


deep(3)
