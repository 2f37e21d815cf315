//! `_io.FileIO`: a file descriptor.

use std::{cell::Cell, io};

use ouro_heap::{Payload, Ref, Slot, alloc, alloc_as, system};

use super::{BINARY_CLOSED, closed, new_bytes, none, os_error, size_argument, unsupported};
use crate::{
    error::Res,
    native::{Args, NativeDef, bound, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, GetSetDef, class_flags, getter},
        int,
        slots::Slots,
        str,
    },
    overflow_error,
    state::{shared, vm},
    type_error, types, value_error,
};

/// A raw file.
#[derive(Payload)]
#[payload(types::RAW_FILE)]
pub struct RawFile {
    /// The descriptor, -1 once closed.
    pub fd: Cell<i32>,
    /// What the file may do.
    pub access: Cell<Access>,
    /// Whether closing the object closes the descriptor.
    pub closes: Cell<bool>,
    /// `name`: a path or the number.
    pub name: Slot,
}

/// What a mode string asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// May be read.
    pub read: bool,
    /// May be written.
    pub write: bool,
    /// Writes go to the end.
    pub append: bool,
    /// The file must not exist.
    pub create: bool,
    /// Existing contents go.
    pub truncate: bool,
}

impl Access {
    /// Reads a mode like `rb+`; the letters `b` and `t` do not matter here.
    pub fn parse(mode: &str) -> Res<Access> {
        let mut access = Access::default();
        let (mut kinds, mut plus) = (0, 0);
        for letter in mode.chars() {
            match letter {
                'r' => access.read = true,
                'w' => (access.write, access.truncate) = (true, true),
                'a' => (access.write, access.append) = (true, true),
                'x' => (access.write, access.create) = (true, true),
                '+' => plus += 1,
                'b' | 't' => continue,
                _ => return Err(value_error!("invalid mode: {mode}")),
            }
            kinds += usize::from(letter != '+');
        }
        if kinds != 1 || plus > 1 {
            return Err(value_error!(
                "Must have exactly one of create/read/write/append mode and at most one plus"
            ));
        }
        if plus == 1 {
            (access.read, access.write) = (true, true);
        }
        Ok(access)
    }

    fn flags(self) -> i32 {
        let mut flags = match (self.read, self.write) {
            (true, true) => libc::O_RDWR,
            (false, true) => libc::O_WRONLY,
            _ => libc::O_RDONLY,
        };
        if self.append {
            flags |= libc::O_APPEND | libc::O_CREAT;
        }
        if self.create {
            flags |= libc::O_EXCL | libc::O_CREAT;
        }
        if self.truncate {
            flags |= libc::O_TRUNC | libc::O_CREAT;
        }
        flags
    }

    /// `mode` as FileIO shows it.
    pub fn text(self) -> &'static str {
        match (self.create, self.append, self.read, self.write) {
            (true, _, true, _) => "xb+",
            (true, _, false, _) => "xb",
            (_, true, true, _) => "ab+",
            (_, true, false, _) => "ab",
            (_, _, true, true) => "rb+",
            (_, _, true, false) => "rb",
            _ => "wb",
        }
    }
}

impl RawFile {
    /// The descriptor, or ValueError if it is closed.
    pub fn descriptor(&self) -> Res<i32> {
        match self.fd.get() {
            fd if fd < 0 => Err(closed(BINARY_CLOSED)),
            fd => Ok(fd),
        }
    }

    /// Reads some bytes; nothing where the descriptor would block.
    pub fn read(&self, bytes: &mut [u8]) -> Res<Option<usize>> {
        let fd = self.descriptor()?;
        if !self.access.get().read {
            return Err(unsupported("File not open for reading"));
        }
        retry(|| system::read(fd, bytes))
    }

    /// Writes some bytes; nothing where the descriptor would block.
    pub fn write(&self, bytes: &[u8]) -> Res<Option<usize>> {
        let fd = self.descriptor()?;
        if !self.access.get().write {
            return Err(unsupported("File not open for writing"));
        }
        retry(|| system::write(fd, bytes))
    }

    /// Reads to the end.
    pub fn read_all(&self) -> Res<Vec<u8>> {
        let fd = self.descriptor()?;
        let mut bytes = Vec::new();
        // As much as the file claims to have left, and one byte to see the end; a pipe has no such claim.
        if let Ok(here) = system::seek(fd, 0, libc::SEEK_CUR)
            && let Ok(end) = system::seek(fd, 0, libc::SEEK_END)
        {
            let _ = system::seek(fd, here, libc::SEEK_SET);
            let room = usize::try_from(end - here).unwrap_or(0) + 1;
            if bytes.try_reserve(room).is_err() {
                return Err(ouro_heap::OutOfMemory.into());
            }
        }
        loop {
            let len = bytes.len();
            let room = (bytes.capacity() - len).max(super::BUFFER_SIZE);
            if bytes.try_reserve(room).is_err() {
                return Err(ouro_heap::OutOfMemory.into());
            }
            bytes.resize(len + room, 0);
            let count = self.read(&mut bytes[len..])?.unwrap_or(0);
            bytes.truncate(len + count);
            if count == 0 {
                return Ok(bytes);
            }
        }
    }

    /// Moves the position; gives the new one.
    pub fn seek(&self, offset: i64, whence: i64) -> Res<i64> {
        let fd = self.descriptor()?;
        system::seek(fd, offset, whence as i32).map_err(|error| os_error(&error, None))
    }

    /// Whether the descriptor has a position.
    pub fn seekable(&self) -> Res<bool> {
        Ok(system::seek(self.descriptor()?, 0, libc::SEEK_CUR).is_ok())
    }

    /// Closes the descriptor, once.
    pub fn close(&self) -> Res<()> {
        let fd = self.fd.replace(-1);
        if fd >= 0 && self.closes.get() {
            system::close(fd).map_err(|error| os_error(&error, None))?;
        }
        Ok(())
    }
}

impl Drop for RawFile {
    fn drop(&mut self) {
        let fd = self.fd.replace(-1);
        if fd >= 0 && self.closes.get() {
            // Nobody is left to be told of an error.
            let _ = system::close(fd);
        }
    }
}

/// Repeats a call that a signal interrupted (PEP 475); a call that would block gives nothing.
fn retry(mut action: impl FnMut() -> io::Result<usize>) -> Res<Option<usize>> {
    loop {
        match action() {
            Ok(count) => return Ok(Some(count)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => crate::interpreter::check_signals()?,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(os_error(&error, None)),
        }
    }
}

/// A raw file object on a descriptor.
pub fn from_descriptor(fd: i32, access: Access, closes: bool, name: Ref) -> Ref<RawFile> {
    alloc(RawFile {
        fd: Cell::new(fd),
        access: Cell::new(access),
        closes: Cell::new(closes),
        name: Slot::new(Some(name)),
    })
}

/// Opens a path, or takes over a descriptor.
pub fn open(index: u32, file: &Ref, access: Access, closes: bool, opener: Option<&Ref>) -> Res<Ref<RawFile>> {
    let make = |fd: i32| {
        let payload = RawFile {
            fd: Cell::new(fd),
            access: Cell::new(access),
            closes: Cell::new(closes),
            name: Slot::new(Some(file.clone())),
        };
        if index == types::RAW_FILE { alloc(payload) } else { alloc_as(index, payload) }
    };
    if int::is_int(file) {
        let fd = super::offset_argument(file)?;
        if fd < 0 {
            return Err(value_error!("negative file descriptor"));
        }
        let fd =
            i32::try_from(fd).map_err(|_| overflow_error!("Python int too large to convert to C int"))?;
        let (mode, _) = system::mode_and_block_size(fd).map_err(|error| os_error(&error, None))?;
        if mode & libc::S_IFMT == libc::S_IFDIR {
            return Err(os_error(&io::Error::from_raw_os_error(libc::EISDIR), Some(file.clone())));
        }
        return Ok(make(fd));
    }
    let path = super::open::path_bytes(file)?;
    if !closes {
        return Err(value_error!("Cannot use closefd=False with file name"));
    }
    let fd = match opener {
        Some(opener) => {
            let flags = int::new(i64::from(access.flags() | libc::O_CLOEXEC));
            let result = crate::protocol::call::call(opener, &[file.clone(), flags])?;
            match int::as_i64(&result).map(i32::try_from) {
                Some(Ok(fd)) if fd >= 0 => fd,
                Some(Ok(fd)) => return Err(value_error!("opener returned {fd}")),
                _ => return Err(type_error!("expected integer from opener")),
            }
        }
        None => loop {
            match system::open(&path, access.flags(), 0o666) {
                Ok(fd) => break fd,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    crate::interpreter::check_signals()?
                }
                Err(error) => return Err(os_error(&error, Some(file.clone()))),
            }
        },
    };
    let made = make(fd);
    let (mode, _) = system::mode_and_block_size(fd).map_err(|error| os_error(&error, Some(file.clone())))?;
    if mode & libc::S_IFMT == libc::S_IFDIR {
        return Err(os_error(&io::Error::from_raw_os_error(libc::EISDIR), Some(file.clone())));
    }
    if access.append {
        let _ = system::seek(fd, 0, libc::SEEK_END);
    }
    Ok(made)
}

static NEW: NativeDef = bound(
    "FileIO",
    "(file, mode='r', closefd=True, opener=None)",
    |_| Ok(shared().none.clone()),
    "Open a file.",
);

fn new(class: &Ref<Class>, args: Args) -> Res {
    let values = NEW.bind(args)?;
    let file = values[0].clone().unwrap_or_else(|| shared().none.clone());
    let mode = values[1].as_ref().and_then(super::text_of).unwrap_or_else(|| "r".to_owned());
    let closes = values[2].as_ref().map_or(Ok(true), crate::protocol::object::is_true)?;
    let opener = values[3].as_ref().filter(|opener| !opener.is(&shared().none));
    Ok(open(class.index, &file, Access::parse(&mode)?, closes, opener)?.into_any())
}

fn file(object: &Ref) -> &RawFile {
    object.payload::<RawFile>().expect("a method of raw files")
}

fn read(args: &[Ref]) -> Res {
    let raw = file(&args[0]);
    match size_argument(args.get(1))? {
        None => readall(&args[..1]),
        Some(size) => {
            raw.descriptor()?;
            let mut bytes = Vec::new();
            if bytes.try_reserve_exact(size).is_err() {
                return Err(ouro_heap::OutOfMemory.into());
            }
            bytes.resize(size, 0);
            match raw.read(&mut bytes)? {
                Some(count) => new_bytes(&bytes[..count]),
                None => none(),
            }
        }
    }
}

fn readall(args: &[Ref]) -> Res {
    new_bytes(&file(&args[0]).read_all()?)
}

fn readinto(args: &[Ref]) -> Res {
    let len = crate::objects::bytes::writable_len(&args[1])?;
    let mut bytes = vec![0; len];
    match file(&args[0]).read(&mut bytes)? {
        Some(count) => {
            crate::objects::bytes::write_into(&args[1], &bytes[..count])?;
            Ok(int::from_usize(count))
        }
        None => none(),
    }
}

fn write(args: &[Ref]) -> Res {
    let count = super::with_bytes(&args[1], |bytes| file(&args[0]).write(bytes))?;
    Ok(count.map_or_else(|| shared().none.clone(), int::from_usize))
}

fn seek(args: &[Ref]) -> Res {
    let offset = super::offset_argument(&args[1])?;
    Ok(int::new(file(&args[0]).seek(offset, super::whence_argument(args.get(2))?)?))
}

fn tell(args: &[Ref]) -> Res {
    Ok(int::new(file(&args[0]).seek(0, 1)?))
}

fn truncate(args: &[Ref]) -> Res {
    let raw = file(&args[0]);
    let fd = raw.descriptor()?;
    if !raw.access.get().write {
        return Err(unsupported("File not open for writing"));
    }
    let size = match args.get(1).filter(|size| !size.is(&shared().none)) {
        Some(size) => super::offset_argument(size)?,
        None => raw.seek(0, 1)?,
    };
    system::truncate(fd, size).map_err(|error| os_error(&error, None))?;
    Ok(int::new(size))
}

fn close(args: &[Ref]) -> Res {
    super::dying::closing(&args[0]);
    file(&args[0]).close()?;
    none()
}

fn flush(args: &[Ref]) -> Res {
    file(&args[0]).descriptor().map_err(|raised| {
        drop(crate::error::take(raised));
        closed(super::TEXT_CLOSED)
    })?;
    none()
}

fn fileno(args: &[Ref]) -> Res {
    Ok(int::new(i64::from(file(&args[0]).descriptor()?)))
}

fn isatty(args: &[Ref]) -> Res {
    Ok(bool_::new(system::is_terminal(file(&args[0]).descriptor()?)))
}

fn readable(args: &[Ref]) -> Res {
    file(&args[0]).descriptor()?;
    Ok(bool_::new(file(&args[0]).access.get().read))
}

fn writable(args: &[Ref]) -> Res {
    file(&args[0]).descriptor()?;
    Ok(bool_::new(file(&args[0]).access.get().write))
}

fn seekable(args: &[Ref]) -> Res {
    Ok(bool_::new(file(&args[0]).seekable()?))
}

fn readline(args: &[Ref]) -> Res {
    let limit = size_argument(args.get(1))?.unwrap_or(usize::MAX);
    let raw = file(&args[0]);
    let mut line = Vec::new();
    while line.len() < limit {
        let mut byte = [0];
        if raw.read(&mut byte)?.unwrap_or(0) == 0 {
            break;
        }
        line.push(byte[0]);
        if byte[0] == b'\n' {
            break;
        }
    }
    new_bytes(&line)
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    let line = readline(std::slice::from_ref(object))?;
    Ok((crate::protocol::object::len(&line)? > 0).then_some(line))
}

fn repr(object: &Ref) -> Res {
    let raw = file(object);
    if raw.fd.get() < 0 {
        return super::file_repr(object, None, " [closed]");
    }
    let rest = format!(
        " mode='{}' closefd={}",
        raw.access.get().text(),
        if raw.closes.get() { "True" } else { "False" }
    );
    super::file_repr(object, raw.name.get().as_ref(), &rest)
}

fn get_closed(object: &Ref) -> Res {
    Ok(bool_::new(file(object).fd.get() < 0))
}

fn get_mode(object: &Ref) -> Res {
    Ok(str::intern(file(object).access.get().text()).into_any())
}

fn get_name(object: &Ref) -> Res {
    Ok(file(object).name.get().unwrap_or_else(|| shared().none.clone()))
}

fn set_name(object: &Ref, value: Option<&Ref>) -> Res<()> {
    file(object).name.set(value.cloned());
    Ok(())
}

fn get_closefd(object: &Ref) -> Res {
    Ok(bool_::new(file(object).closes.get()))
}

const METHODS: &[NativeDef] = &[
    plain("read", "(self, size=-1, /)", read, "Read at most size bytes, returned as bytes."),
    plain("readall", "(self, /)", readall, "Read all data from the file, returned as bytes."),
    plain("readinto", "(self, buffer, /)", readinto, "Same as RawIOBase.readinto()."),
    plain("readline", "(self, size=-1, /)", readline, "Read and return a line from the stream."),
    plain("readlines", "(self, hint=None, /)", super::read_lines, "Return a list of lines from the stream."),
    plain("write", "(self, b, /)", write, "Write buffer b to file, return number of bytes written."),
    plain("writelines", "(self, lines, /)", super::write_lines, "Write a list of lines to stream."),
    plain(
        "seek",
        "(self, pos, whence=0, /)",
        seek,
        "Move to new file position and return the file position.",
    ),
    plain("tell", "(self, /)", tell, "Current file position."),
    plain(
        "truncate",
        "(self, size=None, /)",
        truncate,
        "Truncate the file to at most size bytes and return the truncated size.",
    ),
    plain("close", "(self, /)", close, "Close the file."),
    plain("flush", "(self, /)", flush, "Flush write buffers, if applicable."),
    plain("fileno", "(self, /)", fileno, "Return the underlying file descriptor (an integer)."),
    plain("isatty", "(self, /)", isatty, "True if the file is connected to a TTY device."),
    plain("readable", "(self, /)", readable, "True if file was opened in a read mode."),
    plain("writable", "(self, /)", writable, "True if file was opened in a write mode."),
    plain("seekable", "(self, /)", seekable, "True if file supports random-access."),
    plain("__enter__", "(self, /)", super::enter, ""),
    plain("__exit__", "(self, exc_type=None, exc=None, traceback=None, /)", super::exit, ""),
];

const GETSET: &[GetSetDef] = &[
    getter("closed", get_closed, "True if the file is closed"),
    getter("closefd", get_closefd, "True if the file descriptor will be closed by close()."),
    getter("mode", get_mode, "String giving the file mode"),
    crate::objects::class::property("name", get_name, set_name, ""),
];

/// `_io.FileIO`
pub static RAW_FILE: ClassDef = ClassDef {
    module: "_io",
    flags: class_flags::BASE | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots {
        new: Some(new),
        repr: Some(repr),
        iter: Some(super::iter),
        next: Some(next),
        ..Slots::NONE
    },
    methods: METHODS,
    getset: GETSET,
    doc: "Open a file.",
    ..ClassDef::new::<RawFile>(types::RAW_FILE, "FileIO")
};

/// Whether the interpreter is to write at once (`-u`).
pub(crate) fn unbuffered() -> bool {
    vm().options.unbuffered
}
