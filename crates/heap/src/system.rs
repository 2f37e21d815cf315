//! System calls on bare descriptor numbers, and the C library's calendar, behind safe functions.
//!
//! Python names open files by number, and the standard library has no safe way from a number to a file. These calls
//! stand here because all `unsafe` outside of the interpreter loop does.

use std::{
    ffi::CString,
    io, mem,
    sync::atomic::{AtomicU8, Ordering},
};

fn checked(result: i64) -> io::Result<i64> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// Opens a file; gives its descriptor.
pub fn open(path: &[u8], flags: i32, mode: u32) -> io::Result<i32> {
    let path = CString::new(path).map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))?;
    // SAFETY: the path is a valid C string for the call's time.
    checked(unsafe { libc::open(path.as_ptr(), flags | libc::O_CLOEXEC, mode) }.into()).map(|fd| fd as i32)
}

/// Reads into a slice; gives the number of bytes, 0 at the end.
pub fn read(fd: i32, bytes: &mut [u8]) -> io::Result<usize> {
    // SAFETY: the slice is writable for its length; a wrong descriptor is an error of the call.
    checked(unsafe { libc::read(fd, bytes.as_mut_ptr().cast(), bytes.len()) } as i64)
        .map(|count| count as usize)
}

/// Writes a slice; gives the number of bytes taken.
pub fn write(fd: i32, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: the slice is readable for its length; a wrong descriptor is an error of the call.
    checked(unsafe { libc::write(fd, bytes.as_ptr().cast(), bytes.len()) } as i64).map(|count| count as usize)
}

/// Moves the position of a descriptor.
pub fn seek(fd: i32, offset: i64, whence: i32) -> io::Result<i64> {
    // SAFETY: the call only takes numbers.
    checked(unsafe { libc::lseek(fd, offset, whence) })
}

/// Cuts or extends a file.
pub fn truncate(fd: i32, size: i64) -> io::Result<()> {
    // SAFETY: the call only takes numbers.
    checked(unsafe { libc::ftruncate(fd, size) }.into()).map(drop)
}

/// Whether the descriptor is a terminal.
pub fn is_terminal(fd: i32) -> bool {
    // SAFETY: the call only takes a number.
    unsafe { libc::isatty(fd) == 1 }
}

/// Closes a descriptor. The caller must be its owner, as in Python: closing someone else's breaks that one's files,
/// not memory.
pub fn close(fd: i32) -> io::Result<()> {
    // SAFETY: the call only takes a number.
    checked(unsafe { libc::close(fd) }.into()).map(drop)
}

/// The kind and permissions of an open file (`st_mode`) and its preferred block size.
pub fn mode_and_block_size(fd: i32) -> io::Result<(u32, i64)> {
    // SAFETY: an all-zero stat is valid, and the call fills it.
    unsafe {
        let mut stat: libc::stat = mem::zeroed();
        checked(libc::fstat(fd, &raw mut stat).into())?;
        Ok((stat.st_mode, stat.st_blksize))
    }
}

/// The standard descriptors that were closed when the process began, a bit each.
static CLOSED_AT_START: AtomicU8 = AtomicU8::new(0);

/// Whether a standard descriptor was closed when the process began. Rust's runtime opens `/dev/null` in its place before
/// `main` runs, so the descriptor itself does not tell.
pub fn was_closed_at_start(fd: i32) -> bool {
    CLOSED_AT_START.load(Ordering::Relaxed) & 1 << fd != 0
}

extern "C" fn note_closed() {
    for fd in 0..3 {
        // SAFETY: the call only takes numbers.
        if unsafe { libc::fcntl(fd, libc::F_GETFD) } < 0 {
            CLOSED_AT_START.fetch_or(1 << fd, Ordering::Relaxed);
        }
    }
}

// SAFETY: the system's loader calls the functions of this section before `main`, without arguments that matter; this one
// needs nothing that is set up later.
#[used]
#[unsafe(link_section = ".init_array")]
static BEFORE_MAIN: extern "C" fn() = note_closed;

/// A moment as the calendar shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// With century.
    pub year: i64,
    /// 1 to 12.
    pub month: i32,
    /// 1 to 31.
    pub day: i32,
    /// 0 to 23.
    pub hour: i32,
    /// 0 to 59.
    pub minute: i32,
    /// 0 to 61.
    pub second: i32,
    /// 0 is Monday.
    pub weekday: i32,
    /// 1 to 366.
    pub year_day: i32,
    /// Summer time: 1, 0, or -1 for unknown.
    pub summer: i32,
    /// Seconds east of Greenwich.
    pub offset: i64,
}

/// The local calendar at a number of seconds since 1970, with the name of the zone.
pub fn local_time(seconds: i64) -> io::Result<(Moment, String)> {
    // SAFETY: an all-zero tm is valid, the call fills it, and the zone's name is a C string that stays valid.
    unsafe {
        let mut tm: libc::tm = mem::zeroed();
        if libc::localtime_r(&raw const seconds, &raw mut tm).is_null() {
            return Err(io::Error::last_os_error());
        }
        let zone = if tm.tm_zone.is_null() {
            String::new()
        } else {
            std::ffi::CStr::from_ptr(tm.tm_zone).to_string_lossy().into_owned()
        };
        Ok((from_tm(&tm), zone))
    }
}

/// The calendar of Greenwich at a number of seconds since 1970.
pub fn universal_time(seconds: i64) -> io::Result<Moment> {
    // SAFETY: an all-zero tm is valid, and the call fills it.
    unsafe {
        let mut tm: libc::tm = mem::zeroed();
        if libc::gmtime_r(&raw const seconds, &raw mut tm).is_null() {
            return Err(io::Error::last_os_error());
        }
        Ok(from_tm(&tm))
    }
}

/// The seconds since 1970 of a local calendar moment; nothing if it cannot be told.
pub fn seconds_of(moment: &Moment) -> Option<i64> {
    // SAFETY: an all-zero tm is valid; the call reads and normalises it.
    unsafe {
        let mut tm: libc::tm = mem::zeroed();
        tm.tm_year = i32::try_from(moment.year - 1900).ok()?;
        tm.tm_mon = moment.month - 1;
        tm.tm_mday = moment.day;
        tm.tm_hour = moment.hour;
        tm.tm_min = moment.minute;
        tm.tm_sec = moment.second;
        tm.tm_isdst = moment.summer;
        // A weekday that the call must overwrite tells its error from the moment before 1970.
        tm.tm_wday = -1;
        let seconds = libc::mktime(&raw mut tm);
        (seconds != -1 || tm.tm_wday != -1).then_some(seconds)
    }
}

fn from_tm(tm: &libc::tm) -> Moment {
    Moment {
        year: i64::from(tm.tm_year) + 1900,
        month: tm.tm_mon + 1,
        day: tm.tm_mday,
        hour: tm.tm_hour,
        minute: tm.tm_min,
        second: tm.tm_sec,
        weekday: (tm.tm_wday + 6) % 7,
        year_day: tm.tm_yday + 1,
        summer: tm.tm_isdst,
        offset: tm.tm_gmtoff,
    }
}

/// Nanoseconds of a clock of the system (`libc::CLOCK_*`).
pub fn clock_nanoseconds(clock: i32) -> io::Result<i64> {
    // SAFETY: an all-zero timespec is valid, and the call fills it.
    unsafe {
        let mut time: libc::timespec = mem::zeroed();
        checked(libc::clock_gettime(clock, &raw mut time).into())?;
        Ok(time.tv_sec * 1_000_000_000 + time.tv_nsec)
    }
}

/// Bytes from the system's source of randomness.
pub fn random_bytes(bytes: &mut [u8]) -> io::Result<()> {
    let mut filled = 0;
    while filled < bytes.len() {
        let rest = &mut bytes[filled..];
        // SAFETY: the slice is writable for its length.
        filled +=
            checked(unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) } as i64)? as usize;
    }
    Ok(())
}

/// Sets or removes a variable of the process's environment.
///
/// Other threads that read the environment natively at this moment would race, so this only runs while the caller
/// knows of none: the interpreter has one thread.
pub fn set_environment(name: &std::ffi::OsStr, value: Option<&std::ffi::OsStr>) {
    // SAFETY: as said above; names without '=' and NUL are the caller's check.
    unsafe {
        match value {
            Some(value) => std::env::set_var(name, value),
            None => std::env::remove_var(name),
        }
    }
}

/// What Rust's own entry does before `main`, as far as a program needs it: the standard descriptors are open, and writing to
/// a pipe that nobody reads is an error instead of the end.
pub fn begin_process() {
    for fd in 0..3 {
        if was_closed_at_start(fd) {
            // The lowest free number is given, which is this one.
            let _ = open(b"/dev/null", libc::O_RDWR, 0);
        }
    }
    // SAFETY: the call only takes numbers.
    unsafe {
        libc::signal(libc::SIGPIPE, libc::SIG_IGN);
    }
}

/// Begins a program with a function that gives the status of the process.
///
/// Rust's own entry reads the whole map of the process to know the guard page of a stack on which nothing deep runs, and gets
/// memory for a handler of its overflow: a twentieth of what an empty script takes. Where the C library hands the command line
/// to Rust without that entry, the program (whose crate then is `no_main`) begins here.
#[macro_export]
macro_rules! program_entry {
    ($run:path) => {
        // SAFETY: no other function of the program has this name, and the C library calls it once, as it is declared.
        #[cfg(all(target_os = "linux", target_env = "gnu", not(test)))]
        #[unsafe(no_mangle)]
        extern "C" fn main(
            _count: std::ffi::c_int,
            _arguments: *const *const std::ffi::c_char,
        ) -> std::ffi::c_int {
            $crate::system::begin_process();
            std::ffi::c_int::from($run())
        }

        #[cfg(not(all(target_os = "linux", target_env = "gnu", not(test))))]
        fn main() -> std::process::ExitCode {
            std::process::ExitCode::from($run())
        }
    };
}

/// Writes to standard error what a process says of itself. That nobody can read it (a full device, a closed stream) is
/// no reason to end in another way, as a panic of `eprint!` would.
pub fn tell(text: std::fmt::Arguments) {
    use std::io::Write;
    let _ = std::io::stderr().write_fmt(text);
}

/// Has all threads allocate from one arena of the C library. Arenas of further threads grow page by page, and each step
/// is a system call; an interpreter has one thread that allocates.
pub fn use_one_arena() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: the call only takes numbers.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}

/// The size of a large page, and of the memory that asks for one.
pub(crate) const LARGE_PAGE: usize = 1 << 21;

/// Asks the system for large pages in a piece of memory of this process, where it has them: what is walked at random then
/// misses the table of pages less often. Only a hint, its failure does not matter.
#[cold]
pub(crate) fn prefer_large_pages(start: usize, bytes: usize) {
    #[cfg(target_os = "linux")]
    // SAFETY: the advice does not change what the memory holds, and is refused for addresses that are not mapped.
    unsafe {
        libc::madvise(start as *mut libc::c_void, bytes, libc::MADV_HUGEPAGE);
    }
}
