# expect: own
# The instructions of a code object cannot be exchanged.
code = (lambda: 1).__code__
print(code.replace(co_code=code.co_code).co_name)
try:
    code.replace(co_code=b"")
except NotImplementedError as error:
    print(error)
