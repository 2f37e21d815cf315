with open("does/not/exist.txt") as f:
    pass
