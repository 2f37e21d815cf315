"""The parts of the import system by name."""

import _imp

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = [".pyc"]
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES
EXTENSION_SUFFIXES = []


def all_suffixes():
    """All endings that files of modules have."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES


ModuleSpec = type(_imp.find_spec("_imp", None))


class BuiltinImporter:
    """Finds the modules that are part of the interpreter."""

    _ORIGIN = "built-in"

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """The spec of a module of the interpreter, or None."""
        return _imp.find_spec(fullname, None) if _imp.is_builtin(fullname) else None


class FrozenImporter:
    """Finds frozen modules: there are none."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """None: no module is frozen."""
        return None


class PathFinder:
    """Finds modules along a path."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """The spec of a module, or None."""
        return _imp.find_spec(fullname, path)

    @classmethod
    def invalidate_caches(cls):
        """Nothing is remembered."""


class SourceFileLoader:
    """Loads a module from a file of source."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def get_filename(self, name=None):
        """The file."""
        return self.path

    def get_data(self, path):
        """The bytes of a file."""
        with open(path, "rb") as file:
            return file.read()

    def get_source(self, fullname):
        """The text of the module."""
        import tokenize

        with tokenize.open(self.path) as file:
            return file.read()

    def get_code(self, fullname):
        """The code of the module."""
        return compile(self.get_data(self.path), self.path, "exec", dont_inherit=True)

    def is_package(self, fullname):
        """Whether the file is the `__init__.py` of a folder."""
        return self.path.rpartition("/")[2].rpartition(".")[0] == "__init__"

    def create_module(self, spec):
        """The default is good."""
        return None

    def exec_module(self, module):
        """Run the module's code in its namespace."""
        exec(self.get_code(module.__name__), module.__dict__)


class SourcelessFileLoader(SourceFileLoader):
    """Would load a module from bytecode, which Ouro does not write."""


class ExtensionFileLoader:
    """Would load a module of machine code."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def exec_module(self, module):
        """Not possible."""
        raise ImportError("extension modules cannot be loaded", name=self.name, path=self.path)


class NamespaceLoader:
    """Loads a package that is spread over folders."""

    def __init__(self, name, path, path_finder=None):
        self._path = path


class FileFinder:
    """Finds modules in one folder."""

    def __init__(self, path, *loader_details):
        self.path = path or "."

    def find_spec(self, fullname, target=None):
        """The spec of a module in the folder, or None."""
        return _imp.find_spec(fullname, [self.path])

    def invalidate_caches(self):
        """Nothing is remembered."""
