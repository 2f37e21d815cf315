import weakref


class BigList(list):
    """A list, but one which can be weakly referenced."""


class Cache:
    def __init__(self):
        self._cache = weakref.WeakValueDictionary()

    def get(self, key):
        return self._cache.get(key)

    def set(self, key, value):
        self._cache[key] = value


cache = Cache()
big_data = BigList(i for i in range(10))
cache.set("big_data", big_data)
print(cache.get("big_data"))
del big_data  # Remove the strong reference
print(cache.get("big_data"))
