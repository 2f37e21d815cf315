//! `posix`: the system calls behind `os`, which is written in Python.

use std::{
    ffi::OsString,
    fs, io,
    os::unix::{
        ffi::{OsStrExt, OsStringExt},
        fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt},
    },
    path::{Path, PathBuf},
};

use ouro_heap::{Ref, system};
use ouro_vm::{
    error::{Res, raise_object},
    native::{NativeDef, bound, plain},
    objects::{
        bool_, bytes,
        class::Class,
        dict, exception, float, int,
        io::open::{fspath, path_bytes, path_object},
        list, module, str, struct_sequence, tuple,
    },
    overflow_error,
    protocol::number,
    state::{exception_class, shared},
    type_error, types, value_error,
};

fn none() -> Res {
    Ok(shared().none.clone())
}

fn path(object: &Ref) -> Res<PathBuf> {
    Ok(PathBuf::from(OsString::from_vec(path_bytes(object)?)))
}

/// Passes a result on, its error as the OSError with the file's name.
fn checked<T>(result: io::Result<T>, name: &Ref) -> Res<T> {
    result.map_err(|error| raise_object(exception::os_error(&error, Some(name.clone()))))
}

fn plain_error(error: &io::Error) -> ouro_vm::error::Raised {
    raise_object(exception::os_error(error, None))
}

fn c_long(object: &Ref) -> Res<i64> {
    let value = number::index(object)?;
    int::as_i64(&value).ok_or_else(|| overflow_error!("Python int too large to convert to C int"))
}

/// A result as `bytes` if the argument was.
fn like(argument: Option<&Ref>, result: &[u8]) -> Ref {
    match argument {
        Some(argument) if bytes::is_bytes(argument) => bytes::new(result).into_any(),
        _ => path_object(result),
    }
}

fn getcwd(_args: &[Ref]) -> Res {
    match std::env::current_dir() {
        Ok(path) => Ok(path_object(path.as_os_str().as_bytes())),
        Err(error) => Err(plain_error(&error)),
    }
}

fn chdir(args: &[Ref]) -> Res {
    checked(std::env::set_current_dir(path(&args[0])?), &args[0])?;
    none()
}

fn remove(args: &[Ref]) -> Res {
    checked(fs::remove_file(path(&args[0])?), &args[0])?;
    none()
}

fn rmdir(args: &[Ref]) -> Res {
    checked(fs::remove_dir(path(&args[0])?), &args[0])?;
    none()
}

fn mkdir(values: &[Option<Ref>]) -> Res {
    let [Some(name), mode] = values else { return none() };
    let mode = mode.as_ref().map_or(Ok(0o777), c_long)?;
    checked(fs::DirBuilder::new().mode(mode as u32).create(path(name)?), name)?;
    none()
}

fn rename(args: &[Ref]) -> Res {
    if let Err(error) = fs::rename(path(&args[0])?, path(&args[1])?) {
        let made = exception::os_error(&error, Some(args[0].clone()));
        exception::set_field(&made, "filename2", Some(args[1].clone()));
        return Err(raise_object(made));
    }
    none()
}

fn symlink(args: &[Ref]) -> Res {
    if let Err(error) = std::os::unix::fs::symlink(path(&args[0])?, path(&args[1])?) {
        let made = exception::os_error(&error, Some(args[0].clone()));
        exception::set_field(&made, "filename2", Some(args[1].clone()));
        return Err(raise_object(made));
    }
    none()
}

fn readlink(args: &[Ref]) -> Res {
    let target = checked(fs::read_link(path(&args[0])?), &args[0])?;
    Ok(like(Some(&args[0]), target.as_os_str().as_bytes()))
}

fn chmod(args: &[Ref]) -> Res {
    let mode = c_long(&args[1])?;
    checked(fs::set_permissions(path(&args[0])?, fs::Permissions::from_mode(mode as u32)), &args[0])?;
    none()
}

fn listdir(values: &[Option<Ref>]) -> Res {
    let given = values[0].as_ref().filter(|path| !path.is(&shared().none));
    let name = given.cloned().unwrap_or_else(|| str::new(".").into_any());
    if !str::is_str(&name)
        && !bytes::is_bytes(&name)
        && fspath(&name).is_err_and(|raised| {
            drop(ouro_vm::error::take(raised));
            true
        })
    {
        let class = Class::of(&name).short_name();
        return Err(type_error!(
            "listdir: path should be string, bytes, os.PathLike, integer or None, not {class}"
        ));
    }
    let entries = checked(fs::read_dir(path(&name)?), &name)?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = checked(entry, &name)?;
        found.push(like(given, entry.file_name().as_bytes()));
    }
    Ok(list::from_vec(found)?.into_any())
}

/// The entries of a directory: (name, is a directory, is a file, is a link, inode).
fn scan(args: &[Ref]) -> Res {
    let entries = checked(fs::read_dir(path(&args[0])?), &args[0])?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = checked(entry, &args[0])?;
        let kind = checked(entry.file_type(), &args[0])?;
        let inode = std::os::unix::fs::DirEntryExt::ino(&entry);
        found.push(
            tuple::from_vec(vec![
                like(Some(&args[0]), entry.file_name().as_bytes()),
                bool_::new(kind.is_dir()),
                bool_::new(kind.is_file()),
                bool_::new(kind.is_symlink()),
                int::from_usize(inode as usize),
            ])
            .into_any(),
        );
    }
    Ok(list::from_vec(found)?.into_any())
}

fn stat_object(metadata: &fs::Metadata) -> Ref {
    let number = |value: u64| int::from_usize(value as usize);
    let seconds = |whole: i64, nanoseconds: i64| float::new(whole as f64 + nanoseconds as f64 * 1e-9);
    let nanoseconds =
        |whole: i64, part: i64| int::new(whole.saturating_mul(1_000_000_000).saturating_add(part));
    struct_sequence::make(
        types::STAT_RESULT,
        vec![
            number(metadata.mode().into()),
            number(metadata.ino()),
            number(metadata.dev()),
            number(metadata.nlink()),
            number(metadata.uid().into()),
            number(metadata.gid().into()),
            number(metadata.size()),
            int::new(metadata.atime()),
            int::new(metadata.mtime()),
            int::new(metadata.ctime()),
        ],
        vec![
            seconds(metadata.atime(), metadata.atime_nsec()),
            seconds(metadata.mtime(), metadata.mtime_nsec()),
            seconds(metadata.ctime(), metadata.ctime_nsec()),
            nanoseconds(metadata.atime(), metadata.atime_nsec()),
            nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            number(metadata.blksize()),
            number(metadata.blocks()),
            number(metadata.rdev()),
        ],
    )
}

/// The path of an open descriptor, through which the system describes it.
fn described(object: &Ref) -> Res<PathBuf> {
    if int::is_int(object) {
        Ok(Path::new("/proc/self/fd").join(c_long(object)?.to_string()))
    } else {
        path(object)
    }
}

fn stat(values: &[Option<Ref>]) -> Res {
    let [Some(name), follow] = values else { return none() };
    let follow = follow.as_ref().map_or(Ok(true), ouro_vm::protocol::object::is_true)?;
    let target = described(name)?;
    let found = if follow { fs::metadata(target) } else { fs::symlink_metadata(target) };
    Ok(stat_object(&checked(found, name)?))
}

fn lstat(args: &[Ref]) -> Res {
    Ok(stat_object(&checked(fs::symlink_metadata(path(&args[0])?), &args[0])?))
}

/// What kind of file a path is: 'd', 'f', 'l' (not followed), 'o' for others, None if there is none.
fn kind(args: &[Ref]) -> Res {
    let follow = ouro_vm::protocol::object::is_true(&args[1])?;
    let target = match described(&args[0]) {
        Ok(target) => target,
        Err(raised) => {
            // A path with a NUL in it cannot exist.
            ouro_vm::error::take_if(raised, exception::ExceptionKind::ValueError)?;
            return none();
        }
    };
    let found = if follow { fs::metadata(target) } else { fs::symlink_metadata(target) };
    Ok(match found {
        Err(_) => shared().none.clone(),
        Ok(metadata) => {
            let kind = metadata.file_type();
            let letter = match (kind.is_dir(), kind.is_file(), kind.is_symlink(), kind.is_fifo()) {
                (true, ..) => "d",
                (_, true, ..) => "f",
                (_, _, true, _) => "l",
                _ => "o",
            };
            str::intern(letter).into_any()
        }
    })
}

fn access(args: &[Ref]) -> Res {
    let wanted = c_long(&args[1])?;
    let Ok(metadata) = fs::metadata(path(&args[0])?) else { return Ok(bool_::new(false)) };
    // Without a system call for it, trying is the surest: reading and writing by opening, running by the mode.
    let reads = wanted & 4 == 0
        || metadata.is_dir() && fs::read_dir(path(&args[0])?).is_ok()
        || fs::File::open(path(&args[0])?).is_ok();
    let writes = wanted & 2 == 0
        || metadata.is_dir() && metadata.mode() & 0o222 != 0
        || fs::OpenOptions::new().append(true).open(path(&args[0])?).is_ok();
    let runs = wanted & 1 == 0 || metadata.mode() & 0o111 != 0;
    Ok(bool_::new(reads && writes && runs))
}

fn getpid(_args: &[Ref]) -> Res {
    Ok(int::new(std::process::id().into()))
}

fn getppid(_args: &[Ref]) -> Res {
    Ok(int::new(std::os::unix::process::parent_id().into()))
}

fn strerror(args: &[Ref]) -> Res {
    let number = c_long(&args[0])?;
    let number =
        i32::try_from(number).map_err(|_| overflow_error!("Python int too large to convert to C int"))?;
    Ok(str::new(&exception::error_text(number)).into_any())
}

fn urandom(args: &[Ref]) -> Res {
    let count = number::as_isize(&args[0])?;
    let Ok(count) = usize::try_from(count) else { return Err(value_error!("negative argument not allowed")) };
    let mut data = Vec::new();
    if data.try_reserve_exact(count).is_err() {
        return Err(ouro_heap::OutOfMemory.into());
    }
    data.resize(count, 0);
    system::random_bytes(&mut data).map_err(|error| plain_error(&error))?;
    Ok(bytes::new(&data).into_any())
}

fn cpu_count(_args: &[Ref]) -> Res {
    Ok(match std::thread::available_parallelism() {
        Ok(count) => int::from_usize(count.get()),
        Err(_) => shared().none.clone(),
    })
}

fn variable(object: &Ref) -> Res<OsString> {
    Ok(OsString::from_vec(path_bytes(object)?))
}

fn variable_name(object: &Ref) -> Res<OsString> {
    let name = variable(object)?;
    if name.is_empty() || name.as_bytes().contains(&b'=') {
        return Err(value_error!("illegal environment variable name"));
    }
    Ok(name)
}

fn putenv(args: &[Ref]) -> Res {
    let (name, value) = (variable_name(&args[0])?, variable(&args[1])?);
    system::set_environment(&name, Some(&value));
    none()
}

fn unsetenv(args: &[Ref]) -> Res {
    system::set_environment(&variable_name(&args[0])?, None);
    none()
}

fn environment() -> Res {
    let made = dict::new();
    for (name, value) in std::env::vars_os() {
        dict::set(&made, &path_object(name.as_bytes()), path_object(value.as_bytes()))?;
    }
    Ok(made.into_any())
}

fn descriptor(object: &Ref) -> Res<i32> {
    let fd = c_long(object)?;
    i32::try_from(fd).map_err(|_| overflow_error!("Python int too large to convert to C int"))
}

fn open(values: &[Option<Ref>]) -> Res {
    let [Some(name), Some(flags), mode] = values else { return none() };
    let mode = mode.as_ref().map_or(Ok(0o777), c_long)?;
    let fd = checked(system::open(&path_bytes(name)?, c_long(flags)? as i32, mode as u32), name)?;
    Ok(int::new(fd.into()))
}

fn close(args: &[Ref]) -> Res {
    system::close(descriptor(&args[0])?).map_err(|error| plain_error(&error))?;
    none()
}

fn read(args: &[Ref]) -> Res {
    let (fd, count) = (descriptor(&args[0])?, number::as_isize(&args[1])?);
    let Ok(count) = usize::try_from(count) else {
        return Err(plain_error(&io::Error::from_raw_os_error(libc::EINVAL)));
    };
    let mut data = Vec::new();
    if data.try_reserve_exact(count).is_err() {
        return Err(ouro_heap::OutOfMemory.into());
    }
    data.resize(count, 0);
    let got = system::read(fd, &mut data).map_err(|error| plain_error(&error))?;
    Ok(bytes::new(&data[..got]).into_any())
}

fn write(args: &[Ref]) -> Res {
    let fd = descriptor(&args[0])?;
    let view = bytes::require(&args[1])?;
    let count = system::write(fd, &view).map_err(|error| plain_error(&error))?;
    Ok(int::from_usize(count))
}

fn lseek(args: &[Ref]) -> Res {
    let place = system::seek(descriptor(&args[0])?, c_long(&args[1])?, c_long(&args[2])? as i32);
    Ok(int::new(place.map_err(|error| plain_error(&error))?))
}

fn isatty(args: &[Ref]) -> Res {
    Ok(bool_::new(system::is_terminal(descriptor(&args[0])?)))
}

fn fspath_function(args: &[Ref]) -> Res {
    fspath(&args[0])
}

fn exit_now(args: &[Ref]) -> Res {
    std::process::exit(descriptor(&args[0])?)
}

fn get_terminal_size(args: &[Ref]) -> Res {
    let fd = args.first().map_or(Ok(1), descriptor)?;
    if !system::is_terminal(fd) {
        return Err(plain_error(&io::Error::from_raw_os_error(libc::ENOTTY)));
    }
    let number = |name: &str, default: i64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    Ok(struct_sequence::make(
        types::TERMINAL_SIZE,
        vec![int::new(number("COLUMNS", 80)), int::new(number("LINES", 24))],
        Vec::new(),
    ))
}

fn realpath(args: &[Ref]) -> Res {
    let resolved = checked(fs::canonicalize(path(&args[0])?), &args[0])?;
    Ok(like(Some(&args[0]), resolved.as_os_str().as_bytes()))
}

fn home(_args: &[Ref]) -> Res {
    Ok(match std::env::home_dir() {
        Some(home) => path_object(home.as_os_str().as_bytes()),
        None => shared().none.clone(),
    })
}

static FUNCTIONS: &[NativeDef] = &[
    plain("getcwd", "()", getcwd, "Return a unicode string representing the current working directory."),
    plain("chdir", "(path, /)", chdir, "Change the current working directory to the specified path."),
    plain("remove", "(path, /)", remove, "Remove a file (same as unlink())."),
    plain("unlink", "(path, /)", remove, "Remove a file (same as remove())."),
    plain("rmdir", "(path, /)", rmdir, "Remove a directory."),
    bound("mkdir", "(path, mode=511)", mkdir, "Create a directory."),
    plain("rename", "(src, dst, /)", rename, "Rename a file or directory."),
    plain("replace", "(src, dst, /)", rename, "Rename a file or directory, overwriting the destination."),
    plain("symlink", "(src, dst, /)", symlink, "Create a symbolic link pointing to src named dst."),
    plain(
        "readlink",
        "(path, /)",
        readlink,
        "Return a string representing the path to which the symbolic link points.",
    ),
    plain("chmod", "(path, mode, /)", chmod, "Change the access permissions of a file."),
    bound(
        "listdir",
        "(path=None)",
        listdir,
        "Return a list containing the names of the files in the directory.",
    ),
    plain("_scan", "(path, /)", scan, ""),
    bound("stat", "(path, *, follow_symlinks=True)", stat, "Perform a stat system call on the given path."),
    plain(
        "lstat",
        "(path, /)",
        lstat,
        "Perform a stat system call on the given path, without following symbolic links.",
    ),
    plain("_kind", "(path, follow, /)", kind, ""),
    plain("access", "(path, mode, /)", access, "Use the real uid/gid to test for access to a path."),
    plain("getpid", "()", getpid, "Return the current process id."),
    plain("getppid", "()", getppid, "Return the parent's process id."),
    plain("strerror", "(code, /)", strerror, "Translate an error code to a message string."),
    plain(
        "urandom",
        "(size, /)",
        urandom,
        "Return a bytes object containing random bytes suitable for cryptographic use.",
    ),
    plain("cpu_count", "()", cpu_count, "Return the number of logical CPUs in the system."),
    plain("putenv", "(name, value, /)", putenv, "Change or add an environment variable."),
    plain("unsetenv", "(name, /)", unsetenv, "Delete an environment variable."),
    bound(
        "open",
        "(path, flags, mode=511)",
        open,
        "Open a file for low level IO.  Returns a file descriptor (integer).",
    ),
    plain("close", "(fd, /)", close, "Close a file descriptor."),
    plain("read", "(fd, length, /)", read, "Read from a file descriptor.  Returns a bytes object."),
    plain("write", "(fd, data, /)", write, "Write a bytes object to a file descriptor."),
    plain(
        "lseek",
        "(fd, position, how, /)",
        lseek,
        "Set the position of a file descriptor.  Return the new position.",
    ),
    plain("isatty", "(fd, /)", isatty, "Return True if the fd is connected to a terminal."),
    plain(
        "fspath",
        "(path, /)",
        fspath_function,
        "Return the file system path representation of the object.",
    ),
    plain(
        "_exit",
        "(status, /)",
        exit_now,
        "Exit to the system with specified status, without normal exit processing.",
    ),
    plain(
        "get_terminal_size",
        "(fd=1, /)",
        get_terminal_size,
        "Return the size of the terminal window as (columns, lines).",
    ),
    plain("_realpath", "(path, /)", realpath, ""),
    plain("_home", "()", home, ""),
];

/// Fills the module `posix`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, FUNCTIONS);
    crate::processes::add_to_posix(target)?;
    module::set(target, "environ", environment()?)?;
    module::set(target, "error", exception_class(exception::ExceptionKind::OSError).clone().into_any())?;
    module::set(target, "stat_result", struct_sequence::class(types::STAT_RESULT).clone().into_any())?;
    module::set(target, "terminal_size", struct_sequence::class(types::TERMINAL_SIZE).clone().into_any())?;
    for (name, value) in [
        ("F_OK", 0),
        ("X_OK", 1),
        ("W_OK", 2),
        ("R_OK", 4),
        ("O_RDONLY", libc::O_RDONLY),
        ("O_WRONLY", libc::O_WRONLY),
        ("O_RDWR", libc::O_RDWR),
        ("O_CREAT", libc::O_CREAT),
        ("O_EXCL", libc::O_EXCL),
        ("O_TRUNC", libc::O_TRUNC),
        ("O_APPEND", libc::O_APPEND),
        ("O_CLOEXEC", libc::O_CLOEXEC),
        ("O_NONBLOCK", libc::O_NONBLOCK),
        ("EX_OK", 0),
    ] {
        module::set(target, name, int::new(value.into()))?;
    }
    Ok(())
}
