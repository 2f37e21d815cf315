"""Facts about bytecode that `opcode` asks for. Ouro's code is another, which `dis` shows."""

ENABLE_SPECIALIZATION = False


def has_arg(opcode):
    """Whether an operation has an operand."""
    return True


is_valid = has_const = has_name = has_jump = has_free = has_local = has_exc = lambda opcode: False


def stack_effect(opcode, oparg=None, /, *, jump=None):
    """Registers have no stack."""
    raise ValueError("invalid opcode or oparg")


def get_intrinsic1_descs():
    """The names of CPython's intrinsics: none here."""
    return []


get_intrinsic2_descs = get_intrinsic1_descs


def get_nb_ops():
    """The binary operators and their symbols, by number."""
    plain = [
        ("NB_ADD", "+"), ("NB_AND", "&"), ("NB_FLOOR_DIVIDE", "//"), ("NB_LSHIFT", "<<"), ("NB_MATRIX_MULTIPLY", "@"),
        ("NB_MULTIPLY", "*"), ("NB_REMAINDER", "%"), ("NB_OR", "|"), ("NB_POWER", "**"), ("NB_RSHIFT", ">>"),
        ("NB_SUBTRACT", "-"), ("NB_TRUE_DIVIDE", "/"), ("NB_XOR", "^"),
    ]
    return plain + [("NB_INPLACE_" + name[3:], symbol + "=") for name, symbol in plain]


def get_executor(*, code, offset):
    """There are none."""
    raise RuntimeError("Executors are not available in this build")


def get_specialization_stats():
    """None are kept."""
    return None
