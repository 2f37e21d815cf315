"""Utility code for the import system."""

import sys
import _imp

MAGIC_NUMBER = b'ouro'


def resolve_name(name, package):
    """Resolve a relative module name to an absolute one."""
    if not name.startswith('.'):
        return name
    if not package:
        raise ImportError(f'no package specified for {name!r} (required for relative module names)')
    level = len(name) - len(name.lstrip('.'))
    bits = package.rsplit('.', level - 1)
    if len(bits) < level:
        raise ImportError('attempted relative import beyond top-level package')
    base = bits[0]
    rest = name[level:]
    return f'{base}.{rest}' if rest else base


def find_spec(name, package=None):
    """The spec for a module; its parents are imported. None if there is no such module."""
    fullname = resolve_name(name, package)
    if fullname in sys.modules:
        module = sys.modules[fullname]
        if module is None:
            return None
        spec = getattr(module, '__spec__', None)
        if spec is None:
            raise ValueError(f'{name}.__spec__ is None')
        return spec
    parent_name = fullname.rpartition('.')[0]
    path = None
    if parent_name:
        parent = _imp.import_module(parent_name)
        try:
            path = parent.__path__
        except AttributeError as e:
            raise ModuleNotFoundError(
                f"__path__ attribute not found on {parent_name!r} while trying to find {fullname!r}",
                name=fullname) from e
    return _imp.find_spec(fullname, path)


def module_from_spec(spec):
    """A module for a spec; its body has not run."""
    module = type(sys)(spec.name)
    module.__spec__ = spec
    module.__package__ = spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
    return module


def __getattr__(name):
    if name in ('cache_from_source', 'source_from_cache', 'decode_source', 'spec_from_file_location'):
        import importlib._bootstrap_external

        return getattr(importlib._bootstrap_external, name)
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """The spec of a module that a loader loads."""
    from importlib.machinery import ModuleSpec

    spec = ModuleSpec(name, loader, origin=origin)
    if is_package is None and hasattr(loader, 'is_package'):
        is_package = loader.is_package(name)
    if is_package:
        spec.submodule_search_locations = []
    return spec
