import sys
print(sys.flags.optimize, sys.flags.no_site, sys.flags.ignore_environment, sys.flags.isolated, sys.flags.interactive, sys.flags.quiet, __debug__)
assert False, "asserts run"
