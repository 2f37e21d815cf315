"""Heaps: lists whose item at k comes before those at 2*k+1 and 2*k+2."""

from _heapq import (heapify, heappop, heappush, heappushpop, heapreplace,
                    _heapify_max, _heappop_max, _heapreplace_max)

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def merge(*iterables, key=None, reverse=False):
    """Goes through several sorted inputs in the order of all their items, taking one at a time."""
    if reverse:
        make, drop, replace, direction = _heapify_max, _heappop_max, _heapreplace_max, -1
    else:
        make, drop, replace, direction = heapify, heappop, heapreplace, 1
    heap = []
    # Each entry: the key, the number of its input (which decides between equals), the value, how to get the next.
    for order, iterator in enumerate(map(iter, iterables)):
        advance = iterator.__next__
        try:
            value = advance()
        except StopIteration:
            continue
        heap.append([value if key is None else key(value), order * direction, value, advance])
    make(heap)
    while len(heap) > 1:
        entry = heap[0]
        yield entry[2]
        try:
            value = entry[3]()
        except StopIteration:
            drop(heap)
            continue
        entry[0], entry[2] = value if key is None else key(value), value
        replace(heap, entry)
    if heap:
        entry = heap[0]
        yield entry[2]
        yield from entry[3].__self__


def _select(n, iterable, key, largest):
    items = iter(iterable)
    step = -1 if largest else 1
    keyed = key is not None
    # The best n so far stand in a heap with the worst of them at its root.
    make, replace = (heapify, heapreplace) if largest else (_heapify_max, _heapreplace_max)
    best = []
    for order, item in zip(range(0, n * step, step), items):
        best.append((key(item), order, item) if keyed else (item, order))
    if not best:
        return []
    make(best)
    worst = best[0][0]
    order = n * step
    for item in items:
        value = key(item) if keyed else item
        if (worst < value) if largest else (value < worst):
            replace(best, (value, order, item) if keyed else (value, order))
            worst = best[0][0]
            order += step
    best.sort(reverse=largest)
    return [entry[-1] if keyed else entry[0] for entry in best]


def _extreme(n, iterable, key, largest):
    if n == 1:
        sentinel = object()
        result = (max if largest else min)(iterable, default=sentinel, key=key)
        return [] if result is sentinel else [result]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=largest)[:n]
    return _select(n, iterable, key, largest)


def nsmallest(n, iterable, key=None):
    """The n smallest items, the smallest first."""
    return _extreme(n, iterable, key, False)


def nlargest(n, iterable, key=None):
    """The n largest items, the largest first."""
    return _extreme(n, iterable, key, True)
