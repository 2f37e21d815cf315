//! Processes: their part of `posix`, `_posixsubprocess`, and the `poll` of `select`.

use std::{cell::RefCell, ffi::CString, io};

use ouro_heap::{Opaque, Payload, Ref, alloc, processes};
use ouro_vm::{
    boot,
    error::{Res, raise_object},
    native::{Args, NativeDef, bound, plain, raw},
    objects::{
        bool_,
        class::{ClassDef, class_flags},
        exception, int,
        io::open::path_bytes,
        list, module, tuple,
    },
    protocol::{iterate, number, object},
    state::shared,
    type_error, types, value_error,
};

use crate::support::this;

fn failed(error: &io::Error) -> ouro_vm::error::Raised {
    raise_object(exception::os_error(error, None))
}

fn checked<T>(result: io::Result<T>) -> Res<T> {
    result.map_err(|error| failed(&error))
}

fn none() -> Res {
    Ok(shared().none.clone())
}

fn pair(first: i32, second: i32) -> Ref {
    tuple::pair(int::new(first.into()), int::new(second.into()))
}

fn dup2(args: &[Option<Ref>]) -> Res {
    let [Some(fd), Some(target), inherited] = args else { return none() };
    let inherited = inherited.as_ref().map_or(Ok(true), object::is_true)?;
    let made = processes::duplicate_to(number::as_i32(fd)?, number::as_i32(target)?, inherited);
    Ok(int::new(checked(made)?.into()))
}

fn wait_status(args: &[Ref]) -> Res<i32> {
    number::as_i32(&args[0])
}

fn exit_code(args: &[Ref]) -> Res {
    let status = wait_status(args)?;
    if libc::WIFEXITED(status) {
        return Ok(int::new(libc::WEXITSTATUS(status).into()));
    }
    if libc::WIFSIGNALED(status) {
        return Ok(int::new((-libc::WTERMSIG(status)).into()));
    }
    Err(value_error!("invalid wait status: {status}"))
}

static POSIX: [NativeDef; 20] = [
    plain(
        "pipe",
        "()",
        |_| checked(processes::pipe(0)).map(|(read, write)| pair(read, write)),
        "Create a pipe.\n\nReturns a tuple of two file descriptors:\n  (read_fd, write_fd)",
    ),
    plain(
        "pipe2",
        "(flags, /)",
        |args| checked(processes::pipe(number::as_i32(&args[0])?)).map(|(read, write)| pair(read, write)),
        "Create a pipe with flags set atomically.",
    ),
    plain(
        "dup",
        "(fd, /)",
        |args| Ok(int::new(checked(processes::duplicate(number::as_i32(&args[0])?))?.into())),
        "Return a duplicate of a file descriptor.",
    ),
    bound("dup2", "(fd, fd2, inheritable=True)", dup2, "Duplicate file descriptor."),
    plain(
        "get_inheritable",
        "(fd, /)",
        |args| Ok(bool_::new(checked(processes::is_inherited(number::as_i32(&args[0])?))?)),
        "Get the close-on-exe flag of the specified file descriptor.",
    ),
    plain(
        "set_inheritable",
        "(fd, inheritable, /)",
        |args| {
            let (fd, inherited) = (number::as_i32(&args[0])?, number::as_i32(&args[1])? != 0);
            checked(processes::set_inherited(fd, inherited))?;
            none()
        },
        "Set the inheritable flag of the specified file descriptor.",
    ),
    plain(
        "waitpid",
        "(pid, options, /)",
        |args| {
            let waited = processes::wait_for(number::as_i32(&args[0])?, number::as_i32(&args[1])?);
            checked(waited).map(|(pid, status)| pair(pid, status))
        },
        "Wait for completion of a given child process.\n\nReturns a tuple of information regarding the child process:\n    (pid, status)",
    ),
    plain(
        "kill",
        "(pid, signal, /)",
        |args| {
            checked(processes::kill(number::as_i32(&args[0])?, number::as_i32(&args[1])?))?;
            none()
        },
        "Kill a process with a signal.",
    ),
    plain(
        "umask",
        "(mask, /)",
        |args| Ok(int::new(processes::set_permissions_mask(number::as_i32(&args[0])? as u32).into())),
        "Set the current numeric umask and return the previous umask.",
    ),
    plain(
        "getuid",
        "()",
        |_| Ok(int::new(processes::identities()[0].into())),
        "Return the current process's user id.",
    ),
    plain(
        "geteuid",
        "()",
        |_| Ok(int::new(processes::identities()[1].into())),
        "Return the current process's effective user id.",
    ),
    plain(
        "getgid",
        "()",
        |_| Ok(int::new(processes::identities()[2].into())),
        "Return the current process's group id.",
    ),
    plain(
        "getegid",
        "()",
        |_| Ok(int::new(processes::identities()[3].into())),
        "Return the current process's effective group id.",
    ),
    plain(
        "WIFEXITED",
        "(status, /)",
        |args| Ok(bool_::new(libc::WIFEXITED(wait_status(args)?))),
        "Return True if the process returning status exited via the exit() system call.",
    ),
    plain(
        "WEXITSTATUS",
        "(status, /)",
        |args| Ok(int::new(libc::WEXITSTATUS(wait_status(args)?).into())),
        "Return the process return code from status.",
    ),
    plain(
        "WIFSIGNALED",
        "(status, /)",
        |args| Ok(bool_::new(libc::WIFSIGNALED(wait_status(args)?))),
        "Return True if the process returning status was terminated by a signal.",
    ),
    plain(
        "WTERMSIG",
        "(status, /)",
        |args| Ok(int::new(libc::WTERMSIG(wait_status(args)?).into())),
        "Return the signal that terminated the process that provided the status value.",
    ),
    plain(
        "WIFSTOPPED",
        "(status, /)",
        |args| Ok(bool_::new(libc::WIFSTOPPED(wait_status(args)?))),
        "Return True if the process returning status was stopped.",
    ),
    plain(
        "WSTOPSIG",
        "(status, /)",
        |args| Ok(int::new(libc::WSTOPSIG(wait_status(args)?).into())),
        "Return the signal that stopped the process that provided the status value.",
    ),
    plain("waitstatus_to_exitcode", "(status, /)", exit_code, "Convert a wait status to an exit code."),
];

/// Adds what `posix` has of processes.
pub(crate) fn add_to_posix(target: &Ref) -> Res<()> {
    module::add_functions(target, &POSIX);
    for (name, value) in
        [("WNOHANG", libc::WNOHANG), ("WUNTRACED", libc::WUNTRACED), ("WCONTINUED", libc::WCONTINUED)]
    {
        module::set(target, name, int::new(value.into()))?;
    }
    Ok(())
}

fn c_string(object: &Ref) -> Res<CString> {
    CString::new(path_bytes(object)?).map_err(|_| value_error!("embedded null byte"))
}

fn c_strings(iterable: &Ref) -> Res<Vec<CString>> {
    iterate::collect(iterable)?.iter().map(c_string).collect()
}

/// What is given, unless it is None.
fn given(object: &Ref) -> Option<&Ref> {
    (!object.is(&shared().none)).then_some(object)
}

fn fork_exec(args: Args) -> Res {
    let args = args.exactly("fork_exec", 23, 23)?;
    let int = |index: usize| number::as_i32(&args[index]);
    let truth = |index: usize| object::is_true(&args[index]);
    if args[17..20].iter().any(|identity| given(identity).is_some()) {
        return Err(ouro_vm::not_implemented_error!("subprocess: users and groups cannot be changed"));
    }
    if given(&args[21]).is_some() {
        return Err(ouro_vm::not_implemented_error!("subprocess: preexec_fn is not supported"));
    }
    let keep_only = if truth(2)? {
        let kept = iterate::collect(&args[3])?;
        Some(kept.iter().map(number::as_i32).collect::<Res<Vec<_>>>()?)
    } else {
        None
    };
    let program = processes::Program {
        arguments: c_strings(&args[0])?,
        executables: c_strings(&args[1])?,
        keep_only,
        directory: given(&args[4]).map(c_string).transpose()?,
        environment: given(&args[5]).map(c_strings).transpose()?,
        standard: [int(6)?, int(9)?, int(11)?],
        failure: int(13)?,
        restore_signals: truth(14)?,
        new_session: truth(15)?,
        group: int(16)?,
        permissions_mask: int(20)?,
    };
    let pid = checked(processes::spawn(&program))?;
    Ok(int::new(pid.into()))
}

static SUBPROCESS: [NativeDef; 1] =
    [raw("fork_exec", "(*args)", fork_exec, "Spawn a fresh new child process.")];

/// Fills the module `_posixsubprocess`.
pub(crate) fn fill_subprocess(target: &Ref) -> Res<()> {
    module::add_functions(target, &SUBPROCESS);
    Ok(())
}

/// The payload of a `poll` object: descriptors and the events that they are watched for.
#[derive(Payload)]
#[payload(types::SELECT_POLL)]
struct Poll {
    watched: Opaque<RefCell<Vec<(i32, i16)>>>,
}

/// The number of a descriptor, or of a file that has one.
fn descriptor(object: &Ref) -> Res<i32> {
    if int::is_int(object) {
        return number::as_i32(object);
    }
    match ouro_vm::protocol::attribute::get_optional(object, &ouro_vm::objects::str::intern("fileno"))? {
        Some(fileno) => number::as_i32(&ouro_vm::protocol::call::call(&fileno, &[])?),
        None => Err(type_error!("argument must be an int, or have a fileno() method.")),
    }
}

fn poll_register(args: &[Ref]) -> Res {
    let fd = descriptor(&args[1])?;
    let default = libc::POLLIN | libc::POLLPRI | libc::POLLOUT;
    let events = args.get(2).map_or(Ok(default.into()), number::as_i32)? as i16;
    let mut watched = this::<Poll>(&args[0]).watched.0.borrow_mut();
    watched.retain(|entry| entry.0 != fd);
    watched.push((fd, events));
    none()
}

fn poll_unregister(args: &[Ref]) -> Res {
    let fd = descriptor(&args[1])?;
    let mut watched = this::<Poll>(&args[0]).watched.0.borrow_mut();
    let before = watched.len();
    watched.retain(|entry| entry.0 != fd);
    if watched.len() == before {
        return Err(ouro_vm::error::raise_with(
            exception::ExceptionKind::KeyError,
            vec![int::new(fd.into())],
        ));
    }
    none()
}

fn poll_wait(args: &[Ref]) -> Res {
    let timeout = match args.get(1).and_then(given) {
        Some(timeout) => {
            let milliseconds = number::to_float(timeout)?.ceil();
            if milliseconds < 0.0 { -1 } else { milliseconds.min(f64::from(i32::MAX)) as i32 }
        }
        None => -1,
    };
    let mut entries: Vec<(i32, i16, i16)> =
        this::<Poll>(&args[0]).watched.0.borrow().iter().map(|&(fd, events)| (fd, events, 0)).collect();
    loop {
        match processes::poll(&mut entries, timeout) {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                ouro_vm::interpreter::check_signals()?;
            }
            Err(error) => return Err(failed(&error)),
        }
    }
    let ready = entries.iter().filter(|entry| entry.2 != 0);
    list::object_from_vec(ready.map(|entry| pair(entry.0, entry.2.into())).collect())
}

static POLL_METHODS: [NativeDef; 4] = [
    plain(
        "register",
        "(self, fd, eventmask=7, /)",
        poll_register,
        "Register a file descriptor with the polling object.",
    ),
    plain(
        "modify",
        "(self, fd, eventmask, /)",
        poll_register,
        "Modify an already registered file descriptor.",
    ),
    plain(
        "unregister",
        "(self, fd, /)",
        poll_unregister,
        "Remove a file descriptor being tracked by the polling object.",
    ),
    plain(
        "poll",
        "(self, timeout=None, /)",
        poll_wait,
        "Polls the set of registered file descriptors.\n\nReturns a list containing any descriptors that have events or errors to\nreport, as a list of (fd, event) 2-tuples.",
    ),
];

static POLL: ClassDef = ClassDef {
    module: "select",
    flags: class_flags::NO_INSTANTIATION,
    methods: &POLL_METHODS,
    ..ClassDef::new::<Poll>(types::SELECT_POLL, "poll")
};

fn select(args: &[Ref]) -> Res {
    let timeout = match args.get(3).and_then(given) {
        Some(timeout) => {
            let seconds = number::to_float(timeout)?;
            if seconds < 0.0 {
                return Err(value_error!("timeout must be non-negative"));
            }
            (seconds * 1000.0).ceil().min(f64::from(i32::MAX)) as i32
        }
        None => -1,
    };
    let events = [libc::POLLIN, libc::POLLOUT, libc::POLLPRI];
    let mut asked = Vec::new();
    for (list, events) in args.iter().zip(events) {
        for object in iterate::collect(list)? {
            asked.push((object.clone(), events, (descriptor(&object)?, events, 0)));
        }
    }
    let mut entries: Vec<(i32, i16, i16)> = asked.iter().map(|entry| entry.2).collect();
    loop {
        match processes::poll(&mut entries, timeout) {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                ouro_vm::interpreter::check_signals()?;
            }
            Err(error) => return Err(failed(&error)),
        }
    }
    let ready = |wanted: i16| {
        let hung = if wanted == libc::POLLIN { libc::POLLHUP | libc::POLLERR } else { libc::POLLERR };
        let found = asked
            .iter()
            .zip(&entries)
            .filter(|((_, events, _), entry)| *events == wanted && entry.2 & (wanted | hung) != 0);
        list::object_from_vec(found.map(|((object, ..), _)| object.clone()).collect())
    };
    Ok(tuple::triple(ready(events[0])?, ready(events[1])?, ready(events[2])?))
}

static SELECT: [NativeDef; 2] = [
    plain(
        "poll",
        "()",
        |_| Ok(alloc(Poll { watched: Opaque(RefCell::default()) }).into_any()),
        "Returns a polling object.",
    ),
    plain(
        "select",
        "(rlist, wlist, xlist, timeout=None, /)",
        select,
        "Wait until one or more file descriptors are ready for some kind of I/O.",
    ),
];

/// Fills the module `select`.
pub(crate) fn fill_select(target: &Ref) -> Res<()> {
    boot::add_class(&POLL);
    module::add_functions(target, &SELECT);
    for (name, value) in [
        ("POLLIN", libc::POLLIN),
        ("POLLPRI", libc::POLLPRI),
        ("POLLOUT", libc::POLLOUT),
        ("POLLERR", libc::POLLERR),
        ("POLLHUP", libc::POLLHUP),
        ("POLLNVAL", libc::POLLNVAL),
    ] {
        module::set(target, name, int::new(value.into()))?;
    }
    module::set(target, "PIPE_BUF", int::new(4096))?;
    let os_error = ouro_vm::state::exception_class(exception::ExceptionKind::OSError).clone().into_any();
    module::set(target, "error", os_error)
}
