# expect: own
# The compiler's syntax tree is not shown to programs.
PyCF_ONLY_AST = 1024
try:
    compile("x + 1", "<example>", "eval", flags=PyCF_ONLY_AST)
except NotImplementedError as error:
    print(error)
try:
    import ast
except ModuleNotFoundError as error:
    print(error)
