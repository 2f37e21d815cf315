# expect: own
# `re.DEBUG` would print the insides of CPython's engine; its modules `re._parser` and `re._compiler` do not exist.
import re

try:
    re.compile('a+', re.DEBUG)
except NotImplementedError as error:
    print(error)
for name in '_parser', '_compiler', '_constants', '_casefix':
    print(name, hasattr(re, name))
