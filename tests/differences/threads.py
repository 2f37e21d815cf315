# expect: own
# There is one thread, and signals have no handlers but the one of Ctrl-C.
import _signal
import _thread

for wrong in (lambda: _thread.start_new_thread(print, ()), lambda: _signal.signal(15, print)):
    try:
        wrong()
    except (RuntimeError, NotImplementedError) as error:
        print(type(error).__name__, error)
lock = _thread.allocate_lock()
print(lock.acquire(), lock.locked(), lock.acquire(False))
try:
    lock.acquire()
except RuntimeError as error:
    print(error)
