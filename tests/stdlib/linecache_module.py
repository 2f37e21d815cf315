import linecache
import os

path = "linecache_module_sample.py"
with open(path, "wb") as file:
    file.write("# -*- coding: latin-1 -*-\r\nname = 'é'\nlast".encode("latin-1"))
try:
    print(linecache.getlines(path))
    print(repr(linecache.getline(path, 2)), repr(linecache.getline(path, 3)), repr(linecache.getline(path, 4)))
    print(repr(linecache.getline(path, 0)), path in linecache.cache, len(linecache.cache[path]))
    with open(path, "w") as file:
        file.write("another, longer text than before it\n" * 3)
    print(len(linecache.getlines(path)))
    linecache.checkcache(path)
    print(path in linecache.cache, len(linecache.getlines(path)))
    linecache.clearcache()
    print(linecache.cache)
finally:
    os.unlink(path)
linecache.checkcache()
print(linecache.getlines("no such file"), linecache.getlines("<stdin>"), repr(linecache.getline("", 1)))


class Loader:
    def get_source(self, name):
        print("asked for", name)
        return "one\ntwo"


print(linecache.lazycache("loaded.py", {"__name__": "loaded", "__loader__": Loader()}))
print(linecache.lazycache("loaded.py", None), linecache.lazycache("<other>", {"__name__": "x"}))
print(linecache.getlines("loaded.py"), linecache.lazycache("loaded.py", None))
linecache.checkcache()
print("loaded.py" in linecache.cache)
with open(path, "w"):
    pass
print(linecache.getlines(path))
os.unlink(path)
