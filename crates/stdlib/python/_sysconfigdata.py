"""How the interpreter was built, as far as `sysconfig` asks for it."""

build_time_vars = {
    "Py_DEBUG": 0,
    "Py_GIL_DISABLED": 0,
    "WITH_DOC_STRINGS": 1,
    "SIZEOF_VOID_P": 8,
    "SOABI": "ouro",
    "EXT_SUFFIX": ".so",
}
