"""The part of `asyncio` that CPython keeps in a module of this name."""

import asyncio


def __getattr__(name):
    return getattr(asyncio, name)
