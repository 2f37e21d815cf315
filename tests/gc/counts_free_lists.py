# What comes from an interpreter's free list is no allocation for the collector's counts, and what goes there no release.
import gc


def collections(work, threshold):
    gc.set_threshold(threshold, 1000, 1000)
    gc.collect()
    before = gc.get_stats()[0]["collections"]
    gc.enable()
    work()
    gc.disable()
    return gc.get_stats()[0]["collections"] - before


def rings():
    for _ in range(1500):
        items = []
        items.append(items)


def pairs():
    for _ in range(20):
        kept = [(i, i) for i in range(1000)]
        del kept


def long_tuples():
    for _ in range(20):
        kept = [(i,) * 21 for i in range(1000)]
        del kept


def dictionaries():
    for _ in range(100):
        kept = [{} for i in range(90)]
        del kept


class Node:
    pass


def instances():
    for _ in range(100):
        kept = [Node() for i in range(90)]
        del kept


gc.disable()
for work in rings, pairs, long_tuples, dictionaries, instances:
    print(work.__name__, *(collections(work, threshold) for threshold in (100, 500)))
