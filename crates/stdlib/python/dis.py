"""What the compiler makes of Python source: Ouro's own instructions, as text."""

import _dis

__all__ = ['code_info', 'dis', 'disassemble', 'disco', 'distb', 'show_code']

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 64: "NOFREE",
    128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR",
}


class Positions(tuple):
    """The place of an instruction in the source: first and last line, first and last column."""

    __slots__ = ()
    _fields = ("lineno", "end_lineno", "col_offset", "end_col_offset")

    def __new__(cls, lineno=None, end_lineno=None, col_offset=None, end_col_offset=None):
        return tuple.__new__(cls, (lineno, end_lineno, col_offset, end_col_offset))

    lineno = property(lambda self: self[0])
    end_lineno = property(lambda self: self[1])
    col_offset = property(lambda self: self[2])
    end_col_offset = property(lambda self: self[3])

    def __repr__(self):
        return "Positions(" + ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self)) + ")"


def findlinestarts(code):
    """Pairs of the places in the code where lines begin, and the lines."""
    last = None
    for start, end, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


def _write(text, file):
    if file is None:
        import sys
        file = sys.stdout
    file.write(text if text.endswith('\n') else text + '\n')


def _code_of(x):
    """The code object behind a function, method, generator or coroutine; other objects are given back."""
    x = getattr(x, '__func__', x)
    x = getattr(x, '__wrapped__', x) if not hasattr(x, '__code__') else x
    for name in ('__code__', 'gi_code', 'ag_code', 'cr_code'):
        code = getattr(x, name, None)
        if code is not None:
            return code
    return x


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False, show_offsets=False):
    """Disassemble functions, methods, classes, generators, code objects and source text.

    With no argument, disassemble the last traceback.
    """
    if x is None:
        distb(file=file)
        return
    x = _code_of(x)
    if hasattr(x, '__dict__') and not hasattr(x, 'co_code'):
        for name, value in sorted(x.__dict__.items()):
            value = getattr(value, '__func__', value)
            if hasattr(value, '__code__') or isinstance(value, type):
                _write(f'Disassembly of {name}:', file)
                try:
                    dis(value, file=file, depth=depth)
                except TypeError as error:
                    _write(f'Sorry: {error}', file)
                _write('', file)
    elif hasattr(x, 'co_code'):
        disassemble(x, file=file)
    elif isinstance(x, str):
        disassemble(_compile(x), file=file)
    else:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def _compile(source):
    try:
        return compile(source, '<dis>', 'eval')
    except SyntaxError:
        return compile(source, '<dis>', 'exec')


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False, show_offsets=False):
    """Disassemble a code object."""
    _write(_dis.text(co), file)


disco = disassemble


def distb(tb=None, *, file=None, show_caches=False, adaptive=False, show_offsets=False):
    """Disassemble a traceback (default: last traceback)."""
    if tb is None:
        import sys
        tb = getattr(sys, 'last_traceback', None)
        if tb is None:
            raise RuntimeError('no last traceback to disassemble')
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, file=file)


_FLAGS = {
    0x1: 'OPTIMIZED', 0x2: 'NEWLOCALS', 0x4: 'VARARGS', 0x8: 'VARKEYWORDS', 0x10: 'NESTED', 0x20: 'GENERATOR',
    0x80: 'COROUTINE', 0x100: 'ITERABLE_COROUTINE', 0x200: 'ASYNC_GENERATOR', 0x4000000: 'HAS_DOCSTRING',
    0x8000000: 'METHOD',
}


def code_info(x):
    """Formatted details of methods, functions, or code."""
    co = _code_of(x)
    if isinstance(co, str):
        co = _compile(co)
    if not hasattr(co, 'co_code'):
        raise TypeError("don't know how to disassemble %s objects" % type(co).__name__)
    flags = [name for bit, name in _FLAGS.items() if co.co_flags & bit]
    lines = [
        f'Name:              {co.co_name}',
        f'Filename:          {co.co_filename}',
        f'Argument count:    {co.co_argcount}',
        f'Positional-only arguments: {co.co_posonlyargcount}',
        f'Kw-only arguments: {co.co_kwonlyargcount}',
        f'Number of locals:  {co.co_nlocals}',
        f'Stack size:        {co.co_stacksize}',
        f'Flags:             {", ".join(flags)}',
    ]
    for title, names in (('Constants', map(repr, co.co_consts)), ('Names', co.co_names),
                         ('Variable names', co.co_varnames), ('Free variables', co.co_freevars),
                         ('Cell variables', co.co_cellvars)):
        names = list(names)
        if names:
            lines.append(f'{title}:')
            lines.extend(f'   {number}: {name}' for number, name in enumerate(names))
    return '\n'.join(lines)


def show_code(co, *, file=None):
    """Print details of methods, functions, or code to *file*."""
    _write(code_info(co), file)
