//! Ctrl-C: SIGINT sets a bit of the pending word that the interpreter polls.
//!
//! The word belongs to a thread, and a handler that reached for another thread's memory could come too late. So the
//! handler only ever runs on the interpreter's thread: all others block the signal ([`block_interrupts`], before they
//! start that thread, which inherits the mask), and the interpreter's thread unblocks it ([`take_interrupts`]). The
//! handler only writes to two atomics of its own thread, which is all that a handler may do.

use std::{io, mem, ptr};

use crate::state::{HEAP, pending};

extern "C" fn note_interrupt(_signal: libc::c_int) {
    // The thread-local is const-initialised and never dropped: reaching it allocates nothing.
    HEAP.with(|heap| heap.note_pending(pending::SIGNAL));
}

fn change_mask(how: libc::c_int) -> io::Result<()> {
    // SAFETY: the set is initialised by the first call before the others read it.
    let result = unsafe {
        let mut set: libc::sigset_t = mem::zeroed();
        libc::sigemptyset(&raw mut set);
        libc::sigaddset(&raw mut set, libc::SIGINT);
        libc::pthread_sigmask(how, &raw const set, ptr::null_mut())
    };
    if result == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(result)) }
}

fn set_action(handler: libc::sighandler_t) -> io::Result<()> {
    // SAFETY: the action is complete: an empty mask, no flags (so that calls are interrupted), and a handler that is
    // either the system's own or `note_interrupt`, which is safe to run at any time.
    let result = unsafe {
        let mut action: libc::sigaction = mem::zeroed();
        action.sa_sigaction = handler;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(libc::SIGINT, &raw const action, ptr::null_mut())
    };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Keeps SIGINT from this thread and from those that it starts.
pub fn block_interrupts() -> io::Result<()> {
    change_mask(libc::SIG_BLOCK)
}

/// Has SIGINT set the pending bit of this thread. System calls that wait are interrupted by it.
pub fn take_interrupts() -> io::Result<()> {
    set_action(note_interrupt as extern "C" fn(libc::c_int) as libc::sighandler_t)?;
    change_mask(libc::SIG_UNBLOCK)
}

/// Ends the process as SIGINT does to one that does not handle it, so that a shell sees why it ended.
pub fn die_by_interrupt() {
    if set_action(libc::SIG_DFL).and_then(|()| change_mask(libc::SIG_UNBLOCK)).is_ok() {
        // SAFETY: both calls only take numbers.
        unsafe { libc::kill(libc::getpid(), libc::SIGINT) };
    }
}
