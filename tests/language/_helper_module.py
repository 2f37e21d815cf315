print("loading", __name__)
__all__ = ["public"]
public = "pub"
_private = "priv"
hidden = "not in all"
counter = 0
counter += 1
