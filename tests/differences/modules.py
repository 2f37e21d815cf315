# expect: own
# Modules that are not part of Ouro are not found. CPython has all of these.
import sys

missing = []
for name in ("argparse", "ast", "asyncio", "csv", "datetime", "decimal", "json", "logging", "pathlib",
             "pickle", "socket", "struct", "subprocess", "threading", "typing", "unittest"):
    try:
        __import__(name)
    except ModuleNotFoundError:
        missing.append(name)
print(*missing)
