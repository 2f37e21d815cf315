//! System calls on processes, pipes and identities, behind safe functions. They stand here for the same reason as
//! [`crate::system`].

use std::{ffi::CString, io};

fn checked(result: i32) -> io::Result<i32> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// A pipe: the end to read from and the end to write to. Neither is inherited.
pub fn pipe(flags: i32) -> io::Result<(i32, i32)> {
    let mut ends = [0; 2];
    // SAFETY: the call fills two numbers.
    checked(unsafe { libc::pipe2(ends.as_mut_ptr(), flags | libc::O_CLOEXEC) })?;
    Ok((ends[0], ends[1]))
}

/// Duplicates a descriptor; the copy is not inherited.
pub fn duplicate(fd: i32) -> io::Result<i32> {
    // SAFETY: the call only takes numbers.
    checked(unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0) })
}

/// Duplicates a descriptor to a number.
pub fn duplicate_to(fd: i32, target: i32, inherited: bool) -> io::Result<i32> {
    if fd == target {
        set_inherited(fd, inherited)?;
        return Ok(fd);
    }
    // SAFETY: the call only takes numbers.
    checked(unsafe { libc::dup3(fd, target, if inherited { 0 } else { libc::O_CLOEXEC }) })
}

/// Whether a descriptor stays open in programs that the process starts.
pub fn is_inherited(fd: i32) -> io::Result<bool> {
    // SAFETY: the call only takes numbers.
    Ok(checked(unsafe { libc::fcntl(fd, libc::F_GETFD) })? & libc::FD_CLOEXEC == 0)
}

/// Sets whether a descriptor stays open in programs that the process starts.
pub fn set_inherited(fd: i32, inherited: bool) -> io::Result<()> {
    // SAFETY: the calls only take numbers.
    unsafe {
        let flags = checked(libc::fcntl(fd, libc::F_GETFD))?;
        let flags = if inherited { flags & !libc::FD_CLOEXEC } else { flags | libc::FD_CLOEXEC };
        checked(libc::fcntl(fd, libc::F_SETFD, flags)).map(drop)
    }
}

/// Waits for a child; gives its number and status.
pub fn wait_for(pid: i32, options: i32) -> io::Result<(i32, i32)> {
    let mut status = 0;
    // SAFETY: the call fills a number.
    let pid = checked(unsafe { libc::waitpid(pid, &raw mut status, options) })?;
    Ok((pid, status))
}

/// Sends a signal.
pub fn kill(pid: i32, signal: i32) -> io::Result<()> {
    // SAFETY: the call only takes numbers.
    checked(unsafe { libc::kill(pid, signal) }).map(drop)
}

/// Sets the mask of permissions; gives the old one.
pub fn set_permissions_mask(mask: u32) -> u32 {
    // SAFETY: the call only takes a number.
    unsafe { libc::umask(mask) }
}

/// The process's user and group: real, effective, real, effective.
pub fn identities() -> [u32; 4] {
    // SAFETY: these calls cannot fail.
    unsafe { [libc::getuid(), libc::geteuid(), libc::getgid(), libc::getegid()] }
}

/// Waits until one of the descriptors is ready for the events asked for, or for so many milliseconds (-1: for ever).
/// The third number of each is what has happened.
pub fn poll(descriptors: &mut [(i32, i16, i16)], timeout: i32) -> io::Result<usize> {
    let mut entries: Vec<libc::pollfd> =
        descriptors.iter().map(|&(fd, events, _)| libc::pollfd { fd, events, revents: 0 }).collect();
    // SAFETY: the entries are valid for the call's time.
    let ready = checked(unsafe { libc::poll(entries.as_mut_ptr(), entries.len() as libc::nfds_t, timeout) })?;
    for (descriptor, entry) in descriptors.iter_mut().zip(entries) {
        descriptor.2 = entry.revents;
    }
    Ok(ready as usize)
}

/// A program to start in a new process.
pub struct Program {
    /// Paths to try, one after the other.
    pub executables: Vec<CString>,
    /// Its arguments.
    pub arguments: Vec<CString>,
    /// Its environment; nothing for the process's own.
    pub environment: Option<Vec<CString>>,
    /// Its directory.
    pub directory: Option<CString>,
    /// Descriptors for standard input, output and error; -1 for the process's own.
    pub standard: [i32; 3],
    /// Where a failure is written: `OSError:` and the error's number in hexadecimal.
    pub failure: i32,
    /// Whether other descriptors than these are closed.
    pub keep_only: Option<Vec<i32>>,
    /// Whether signals that are ignored get their default handling back.
    pub restore_signals: bool,
    /// Whether a session is begun.
    pub new_session: bool,
    /// The process group to join, -1 for none.
    pub group: i32,
    /// The mask of permissions, -1 for the process's own.
    pub permissions_mask: i32,
}

fn pointers(strings: &[CString]) -> Vec<*const libc::c_char> {
    strings.iter().map(|string| string.as_ptr()).chain([std::ptr::null()]).collect()
}

/// Starts a program in a new process; gives the process's number.
pub fn spawn(program: &Program) -> io::Result<i32> {
    // All memory is got before the process splits: in the child only calls that signal handlers may make are allowed,
    // since other threads may have held any lock.
    let arguments = pointers(&program.arguments);
    let environment = program.environment.as_deref().map(pointers);
    let executables = pointers(&program.executables);
    let mut kept = program.keep_only.clone().unwrap_or_default();
    kept.push(program.failure);
    kept.sort_unstable();
    // SAFETY: the child makes system calls only, on memory that was there before, and never returns.
    unsafe {
        let pid = checked(libc::fork())?;
        if pid == 0 {
            become_program(program, &arguments, environment.as_deref(), &executables, &kept);
        }
        Ok(pid)
    }
}

/// The child's part of [`spawn`].
///
/// # Safety
/// Only to be called in the child of a fork. The pointers end in a null pointer each.
unsafe fn become_program(
    program: &Program,
    arguments: &[*const libc::c_char],
    environment: Option<&[*const libc::c_char]>,
    executables: &[*const libc::c_char],
    kept: &[i32],
) -> ! {
    // SAFETY: as the caller promises, this is the child of a fork; the calls take numbers and strings that were made
    // before it, and none of them allocates.
    unsafe {
        let mut ready = true;
        for (target, &fd) in program.standard.iter().enumerate() {
            let target = target as i32;
            if fd == target {
                ready &= set_inherited(fd, true).is_ok();
            } else if fd >= 0 {
                ready &= libc::dup2(fd, target) >= 0;
            }
        }
        if let Some(directory) = &program.directory {
            ready &= libc::chdir(directory.as_ptr()) == 0;
        }
        if program.permissions_mask >= 0 {
            libc::umask(program.permissions_mask as libc::mode_t);
        }
        if program.restore_signals {
            libc::signal(libc::SIGPIPE, libc::SIG_DFL);
            libc::signal(libc::SIGXFSZ, libc::SIG_DFL);
        }
        if program.new_session {
            libc::setsid();
        }
        if program.group >= 0 {
            ready &= libc::setpgid(0, program.group) == 0;
        }
        if program.keep_only.is_some() {
            let mut from = 3;
            for &fd in kept.iter().filter(|&&fd| fd >= 3) {
                if fd > from {
                    libc::close_range(from as u32, fd as u32 - 1, 0);
                }
                from = fd + 1;
            }
            libc::close_range(from as u32, u32::MAX, 0);
        }
        if ready {
            for &path in &executables[..executables.len() - 1] {
                match environment {
                    Some(environment) => libc::execve(path, arguments.as_ptr(), environment.as_ptr()),
                    None => libc::execv(path, arguments.as_ptr()),
                };
                let error = *libc::__errno_location();
                if error != libc::ENOENT && error != libc::ENOTDIR {
                    break;
                }
            }
        }
        let mut error = *libc::__errno_location();
        let mut text = *b"OSError:00000000:";
        for place in (8..16).rev() {
            text[place] = b"0123456789abcdef"[(error & 15) as usize];
            error >>= 4;
        }
        let end = if ready { 17 } else { 16 };
        libc::write(program.failure, text.as_ptr().cast(), end);
        if !ready {
            libc::write(program.failure, b":noexec".as_ptr().cast(), 7);
        }
        libc::_exit(255)
    }
}
