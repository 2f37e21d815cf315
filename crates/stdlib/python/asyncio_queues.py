"""Queues between tasks."""

import collections
import heapq
from types import GenericAlias

from asyncio.locks import Event, _Waiters


class QueueEmpty(Exception):
    """There is nothing to take now."""


class QueueFull(Exception):
    """There is no room now."""


class Queue:
    """Hands items from tasks to tasks."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._items = self._new_items()
        self._getters, self._putters = _Waiters(), _Waiters()
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()

    def _new_items(self):
        return collections.deque()

    def _take(self):
        return self._items.popleft()

    def _add(self, item):
        self._items.append(item)

    @property
    def maxsize(self):
        return self._maxsize

    def qsize(self):
        """How many items wait."""
        return len(self._items)

    def empty(self):
        """Whether no item waits."""
        return not self._items

    def full(self):
        """Whether there is no room."""
        return 0 < self._maxsize <= len(self._items)

    async def put(self, item):
        """Put an item in, when there is room."""
        while self.full():
            await self._putters._wait_turn()
        self.put_nowait(item)

    def put_nowait(self, item):
        """Put an item in."""
        if self.full():
            raise QueueFull
        self._add(item)
        self._unfinished += 1
        self._finished.clear()
        self._getters._wake()

    async def get(self):
        """Take an item, when there is one."""
        while self.empty():
            await self._getters._wait_turn()
        return self.get_nowait()

    def get_nowait(self):
        """Take an item."""
        if self.empty():
            raise QueueEmpty
        item = self._take()
        self._putters._wake()
        return item

    def task_done(self):
        """Say that an item that was taken has been dealt with."""
        if self._unfinished <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        """Wait until all items have been dealt with."""
        if self._unfinished:
            await self._finished.wait()


class PriorityQueue(Queue):
    """A queue that gives the smallest item first."""

    def _new_items(self):
        return []

    def _take(self):
        return heapq.heappop(self._items)

    def _add(self, item):
        heapq.heappush(self._items, item)


class LifoQueue(Queue):
    """A queue that gives the latest item first."""

    def _take(self):
        return self._items.pop()
