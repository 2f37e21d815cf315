"""The import system, as far as a program can use it."""

from _imp import import_module, reload

__all__ = ['__import__', 'import_module', 'invalidate_caches', 'reload']

__import__ = __import__


def invalidate_caches():
    """Forget what is known of folders: nothing is, each import looks anew."""
