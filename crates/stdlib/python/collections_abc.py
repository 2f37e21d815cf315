"""Abstract base classes of containers: the public name."""

from _collections_abc import *
from _collections_abc import __all__, _CallableGenericAlias
