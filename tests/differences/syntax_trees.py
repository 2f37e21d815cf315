# expect: own
# `compile()` makes syntax trees of the classes in `_ast`, but no code of trees; the module `ast` is not part of Ouro.
PyCF_ONLY_AST = 1024
tree = compile("x + 1", "<example>", "eval", flags=PyCF_ONLY_AST)
print(type(tree).__name__, type(tree.body.op).__name__, tree.body.right.value, tree.body.left.col_offset)
try:
    compile(tree, "<example>", "eval")
except TypeError as error:
    print(error)
try:
    import ast
except ModuleNotFoundError as error:
    print(error)
