def check(v):
    assert v > 10


check(5)
