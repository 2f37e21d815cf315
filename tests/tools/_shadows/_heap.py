raise ImportError("not to be found")
