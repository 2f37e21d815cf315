"""What files of the library ask of the import system. Ouro writes no bytecode, but the names of its files are known."""

import sys
from importlib.machinery import (
    BYTECODE_SUFFIXES, DEBUG_BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, OPTIMIZED_BYTECODE_SUFFIXES, SOURCE_SUFFIXES,
    ExtensionFileLoader, FileFinder, NamespaceLoader, PathFinder, SourceFileLoader, SourcelessFileLoader,
)

_PYCACHE = "__pycache__"
_OPT = "opt-"


def cache_from_source(path, debug_override=None, *, optimization=None):
    """The path of the bytecode file of a source file."""
    import os

    head, tail = os.path.split(os.fspath(path))
    base, dot, rest = tail.rpartition(".")
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError("sys.implementation.cache_tag is None")
    name = f"{base if base else rest}{dot}{tag}"
    level = sys.flags.optimize or "" if optimization is None else optimization
    if str(level):
        if not str(level).isalnum():
            raise ValueError(f"{level!r} is not alphanumeric")
        name = f"{name}.{_OPT}{level}"
    return os.path.join(head, _PYCACHE, name + BYTECODE_SUFFIXES[0])


def source_from_cache(path):
    """The path of the source file of a bytecode file."""
    import os

    head, name = os.path.split(os.fspath(path))
    head, folder = os.path.split(head)
    if folder != _PYCACHE:
        raise ValueError(f"{_PYCACHE} not bottom-level directory in {path!r}")
    if name.count(".") not in (2, 3):
        raise ValueError(f"expected only 2 or 3 dots in {name!r}")
    return os.path.join(head, name.partition(".")[0] + SOURCE_SUFFIXES[0])


def _calc_mode(path):
    import os

    try:
        return os.stat(path).st_mode | 0o200
    except OSError:
        return 0o666


def decode_source(source_bytes):
    """The text of a source file."""
    import io
    import tokenize

    encoding = tokenize.detect_encoding(io.BytesIO(source_bytes).readline)[0]
    return source_bytes.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    """The spec of a module in a file."""
    from importlib.machinery import ModuleSpec
    import os

    if location is not None:
        location = os.path.abspath(location)
    if loader is None:
        if location is None or not location.endswith(tuple(SOURCE_SUFFIXES)):
            return None
        loader = SourceFileLoader(name, location)
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if submodule_search_locations is None:
        if getattr(loader, "is_package", None) and loader.is_package(name):
            spec.submodule_search_locations = [os.path.dirname(location)]
    else:
        spec.submodule_search_locations = submodule_search_locations
    return spec
