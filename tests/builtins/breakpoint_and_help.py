# expect: own
# What Ouro does about a debugger is its own; but it must not crash, and must say something.
try:
    breakpoint()
except Exception as e:
    print(type(e).__name__)
print("goes on")
