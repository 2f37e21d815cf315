"""Signals: their numbers. Ctrl-C raises KeyboardInterrupt; other handlers cannot be set."""

SIG_DFL = 0
SIG_IGN = 1
SIG_BLOCK = 0
SIG_UNBLOCK = 1
SIG_SETMASK = 2
NSIG = 65

_NAMES = (
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG "
    "XCPU XFSZ VTALRM PROF WINCH IO PWR SYS"
)
for _number, _name in enumerate(_NAMES.split(), 1):
    globals()["SIG" + _name] = _number
SIGIOT = 6
SIGCLD = 17
SIGPOLL = 29
SIGRTMIN = 34
SIGRTMAX = 64
del _number, _name, _NAMES


def default_int_handler(signum, frame, /):
    """The handler of Ctrl-C: raises KeyboardInterrupt."""
    raise KeyboardInterrupt


def getsignal(signalnum, /):
    """The handler of a signal."""
    _check(signalnum)
    return default_int_handler if signalnum == 2 else SIG_DFL


def signal(signalnum, handler, /):
    """Set a handler: only the one that is set already."""
    old = getsignal(signalnum)
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if handler == old or handler is old:
        return old
    raise NotImplementedError("signal.signal: handlers of signals cannot be set")


def raise_signal(signalnum, /):
    """Send a signal to the process."""
    import os

    os.kill(os.getpid(), signalnum)


def strsignal(signalnum, /):
    """The system's words for a signal."""
    _check(signalnum)
    return {
        1: "Hangup", 2: "Interrupt", 3: "Quit", 4: "Illegal instruction", 6: "Aborted", 8: "Floating point exception",
        9: "Killed", 11: "Segmentation fault", 13: "Broken pipe", 14: "Alarm clock", 15: "Terminated",
    }.get(signalnum)


def valid_signals():
    """The numbers of all signals."""
    return {number for number in range(1, NSIG) if number not in (32, 33)}


def _check(signalnum):
    if not 1 <= signalnum < NSIG:
        raise ValueError("signal number out of range")
