import weakref


class Cache:
    def __init__(self):
        self._cache = weakref.WeakValueDictionary()

    def get(self, key):
        return self._cache.get(key)

    def set(self, key, value):
        self._cache[key] = value


# Usage
cache = Cache()
big_data = [i for i in range(1000)]  # Large object
try:
    cache.set("big_data", big_data)
except TypeError as e:
    print(f"TypeError: {e}")
