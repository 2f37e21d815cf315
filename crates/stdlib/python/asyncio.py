"""Coroutines side by side: an event loop with timers, tasks, and what coordinates them.

The loop waits for time only; there are no sockets, pipes or threads to wait for.
"""

__path__ = []

from asyncio.exceptions import BrokenBarrierError, CancelledError, InvalidStateError, TimeoutError
from asyncio.events import (
    AbstractEventLoop, AbstractEventLoopPolicy, DefaultEventLoopPolicy, Handle, TimerHandle, _get_running_loop,
    _set_running_loop, get_event_loop, get_event_loop_policy, get_running_loop, new_event_loop, set_event_loop,
    set_event_loop_policy,
)
from asyncio.coroutines import iscoroutine, iscoroutinefunction
from asyncio.futures import Future, isfuture, wrap_future
from asyncio.locks import BoundedSemaphore, Condition, Event, Lock, Semaphore
from asyncio.queues import LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull
from asyncio.tasks import (
    ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, Task, all_tasks, as_completed, create_task, current_task,
    ensure_future, gather, shield, sleep, wait, wait_for,
)
from asyncio.timeouts import Timeout, timeout, timeout_at
from asyncio.taskgroups import TaskGroup
from asyncio.base_events import BaseEventLoop
from asyncio.runners import Runner, run

_UnixSelectorEventLoop = SelectorEventLoop = EventLoop = BaseEventLoop

__all__ = [
    "AbstractEventLoop", "AbstractEventLoopPolicy", "ALL_COMPLETED", "BaseEventLoop", "BrokenBarrierError",
    "CancelledError", "Condition", "DefaultEventLoopPolicy", "Event", "FIRST_COMPLETED", "FIRST_EXCEPTION", "Future",
    "Handle", "InvalidStateError", "LifoQueue", "Lock", "PriorityQueue", "Queue", "QueueEmpty", "QueueFull", "Runner",
    "Semaphore", "BoundedSemaphore", "Task", "TaskGroup", "Timeout", "TimeoutError", "TimerHandle", "all_tasks",
    "as_completed", "create_task", "current_task", "ensure_future", "gather", "get_event_loop",
    "get_event_loop_policy", "get_running_loop", "iscoroutine", "iscoroutinefunction", "isfuture", "new_event_loop",
    "run", "set_event_loop", "set_event_loop_policy", "shield", "sleep", "timeout", "timeout_at", "wait", "wait_for",
    "wrap_future",
]
