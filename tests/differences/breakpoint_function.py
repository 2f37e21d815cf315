# expect: own
# There is no debugger, so breakpoint() says so unless a hook is set.
import sys

try:
    breakpoint()
except RuntimeError as error:
    print(error)
sys.breakpointhook = lambda: print("the hook was called")
breakpoint()
