//! `_io.BufferedReader`, `BufferedWriter` and `BufferedRandom`: bytes with a buffer before a raw file.

use std::cell::Cell;

use memchr::memchr;
use ouro_heap::{Buffer, Interior, Payload, Ref, Slot, alloc_as};

use super::{
    BUFFER_SIZE, call_named, closed, get_named, new_bytes, none, raw::RawFile, size_argument, unsupported,
};
use crate::{
    error::Res,
    native::{Args, NativeDef, bound, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, GetSetDef, class_flags, getter, is_instance_of},
        int,
        slots::Slots,
    },
    protocol::object::is_true,
    state::shared,
    types, value_error,
};

/// A buffered file; the three classes share the payload.
#[derive(Payload)]
#[payload(types::BUFFERED_FILE)]
pub struct BufferedFile {
    /// The file below.
    pub raw: Slot,
    /// Bytes that were read ahead: from `read_position` on they are still to be given out.
    ahead: Interior<Buffer<u8>>,
    read_position: Cell<usize>,
    /// Bytes that are still to be written.
    behind: Interior<Buffer<u8>>,
    size: Cell<usize>,
    closed: Cell<bool>,
}

/// A buffered file of one of the three classes.
pub fn make(index: u32, raw: Ref, size: usize) -> Ref<BufferedFile> {
    alloc_as(
        index,
        BufferedFile {
            raw: Slot::new(Some(raw)),
            ahead: Interior::default(),
            read_position: Cell::new(0),
            behind: Interior::default(),
            size: Cell::new(size),
            closed: Cell::new(false),
        },
    )
}

impl BufferedFile {
    /// Whether the file has been closed.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
            || self
                .raw
                .with(|raw| raw.and_then(|raw| raw.payload::<RawFile>()).is_some_and(|raw| raw.fd.get() < 0))
    }

    fn check_open(&self, message: &str) -> Res<()> {
        if self.raw.is_empty() {
            return Err(value_error!("raw stream has been detached"));
        }
        if self.is_closed() { Err(closed(message)) } else { Ok(()) }
    }

    fn raw(&self) -> Res {
        self.raw.get().ok_or_else(|| value_error!("raw stream has been detached"))
    }

    fn available(&self) -> usize {
        self.ahead.with(|ahead| ahead.len()) - self.read_position.get()
    }

    /// One read of the file below; nothing where it would block.
    fn read_raw(&self, bytes: &mut [u8]) -> Res<Option<usize>> {
        let raw = self.raw()?;
        if let Some(raw) = raw.payload::<RawFile>().filter(|_| raw.is_exact::<RawFile>()) {
            return raw.read(bytes);
        }
        let result = call_named(&raw, "read", &[int::from_usize(bytes.len())])?;
        if result.is(&shared().none) {
            return Ok(None);
        }
        super::with_bytes(&result, |got| {
            if got.len() > bytes.len() {
                return Err(crate::error::raise(
                    crate::objects::exception::ExceptionKind::OSError,
                    format_args!(
                        "raw readinto() returned invalid length {} (should have been between 0 and {})",
                        got.len(),
                        bytes.len()
                    ),
                ));
            }
            bytes[..got.len()].copy_from_slice(got);
            Ok(Some(got.len()))
        })
    }

    /// Fills the empty buffer with one read; whether anything came.
    fn fill(&self) -> Res<bool> {
        let mut bytes = vec![0; self.size.get()];
        let count = self.read_raw(&mut bytes)?.unwrap_or(0);
        self.ahead.with_mut(|ahead| {
            ahead.cut(0);
            ahead.append_copy(&bytes[..count])
        })?;
        self.read_position.set(0);
        Ok(count > 0)
    }

    /// Takes at most `count` bytes that were read ahead.
    fn take_available(&self, count: usize, into: &mut Vec<u8>) -> usize {
        let position = self.read_position.get();
        let taken = self.ahead.with(|ahead| {
            let part = &ahead[position..(position + count.min(ahead.len() - position))];
            into.extend_from_slice(part);
            part.len()
        });
        self.read_position.set(position + taken);
        taken
    }

    /// Reads `count` bytes, or less at the end.
    pub fn read_exactly(&self, count: usize) -> Res<Vec<u8>> {
        self.flush_behind()?;
        let mut bytes = Vec::new();
        if bytes.try_reserve(count.min(1 << 30)).is_err() {
            return Err(ouro_heap::OutOfMemory.into());
        }
        self.take_available(count, &mut bytes);
        while bytes.len() < count {
            let missing = count - bytes.len();
            if missing >= self.size.get() {
                let len = bytes.len();
                bytes.resize(len + missing, 0);
                let got = self.read_raw(&mut bytes[len..])?.unwrap_or(0);
                bytes.truncate(len + got);
                if got == 0 {
                    break;
                }
            } else if self.fill()? {
                self.take_available(missing, &mut bytes);
            } else {
                break;
            }
        }
        Ok(bytes)
    }

    /// Reads to the end.
    pub fn read_to_end(&self) -> Res<Vec<u8>> {
        self.flush_behind()?;
        let mut bytes = Vec::new();
        self.take_available(usize::MAX, &mut bytes);
        let raw = self.raw()?;
        if let Some(raw) = raw.payload::<RawFile>().filter(|_| raw.is_exact::<RawFile>()) {
            let rest = raw.read_all()?;
            if bytes.is_empty() {
                return Ok(rest);
            }
            bytes.extend_from_slice(&rest);
            return Ok(bytes);
        }
        let mut chunk = vec![0; BUFFER_SIZE];
        loop {
            let count = self.read_raw(&mut chunk)?.unwrap_or(0);
            if count == 0 {
                return Ok(bytes);
            }
            bytes.extend_from_slice(&chunk[..count]);
        }
    }

    /// What is at hand, or else what one read gives: at most `count` bytes.
    pub fn read_once(&self, count: usize) -> Res<Vec<u8>> {
        self.flush_behind()?;
        let mut bytes = Vec::new();
        if count == 0 || self.take_available(count, &mut bytes) > 0 {
            return Ok(bytes);
        }
        if count >= self.size.get() {
            bytes.resize(count, 0);
            let got = self.read_raw(&mut bytes)?.unwrap_or(0);
            bytes.truncate(got);
        } else if self.fill()? {
            self.take_available(count, &mut bytes);
        }
        Ok(bytes)
    }

    /// Reads a line of at most `limit` bytes.
    pub fn read_line(&self, limit: usize) -> Res<Vec<u8>> {
        self.flush_behind()?;
        let mut line = Vec::new();
        while line.len() < limit {
            let position = self.read_position.get();
            let end = self.ahead.with(|ahead| memchr(b'\n', &ahead[position..]));
            let wanted = end.map_or(usize::MAX, |end| end + 1);
            let rest = limit - line.len();
            self.take_available(wanted.min(rest), &mut line);
            if end.is_some() || line.len() >= limit || !self.fill()? {
                break;
            }
        }
        Ok(line)
    }

    /// Takes bytes to be written; a full buffer goes to the file.
    pub fn write_bytes(&self, bytes: &[u8]) -> Res<()> {
        self.forget_ahead()?;
        let pending = self.behind.with(|behind| behind.len());
        if pending + bytes.len() > self.size.get() {
            self.flush_behind()?;
            if bytes.len() > self.size.get() {
                return self.write_raw(bytes).map(drop);
            }
        }
        self.behind.with_mut(|behind| behind.append_copy(bytes))?;
        Ok(())
    }

    /// Writes all bytes to the file below.
    fn write_raw(&self, bytes: &[u8]) -> Res<usize> {
        let raw = self.raw()?;
        let mut done = 0;
        while done < bytes.len() {
            let count = if let Some(raw) = raw.payload::<RawFile>().filter(|_| raw.is_exact::<RawFile>()) {
                raw.write(&bytes[done..])
            } else {
                let rest = new_bytes(&bytes[done..])?;
                call_named(&raw, "write", &[rest])
                    .map(|count| int::as_i64(&count).and_then(|count| usize::try_from(count).ok()))
            };
            match count {
                Ok(Some(count)) => done += count.min(bytes.len() - done),
                Ok(None) => {
                    let kind = crate::objects::exception::ExceptionKind::BlockingIOError;
                    return Err(crate::error::raise_with(
                        kind,
                        vec![
                            int::new(i64::from(libc::EAGAIN)),
                            crate::objects::str::new("write could not complete without blocking").into_any(),
                            int::from_usize(done),
                        ],
                    ));
                }
                Err(raised) => {
                    // What went out may not go out again.
                    self.behind.with_mut(|behind| {
                        if behind.len() == bytes.len() {
                            behind.copy_within(done.., 0);
                            behind.cut(bytes.len() - done);
                        }
                    });
                    return Err(raised);
                }
            }
        }
        Ok(done)
    }

    /// Writes what is pending to the file below.
    pub fn flush_behind(&self) -> Res<()> {
        let bytes = self.behind.with(|behind| behind.to_vec());
        if !bytes.is_empty() {
            self.write_raw(&bytes)?;
            self.behind.with_mut(|behind| behind.cut(0));
        }
        Ok(())
    }

    /// Forgets what was read ahead and moves the file below back to where the reader is.
    fn forget_ahead(&self) -> Res<()> {
        let unread = self.available();
        self.ahead.with_mut(|ahead| ahead.cut(0));
        self.read_position.set(0);
        if unread > 0 {
            self.seek_raw(-(unread as i64), 1)?;
        }
        Ok(())
    }

    fn seek_raw(&self, offset: i64, whence: i64) -> Res<i64> {
        let raw = self.raw()?;
        if let Some(raw) = raw.payload::<RawFile>().filter(|_| raw.is_exact::<RawFile>()) {
            return raw.seek(offset, whence);
        }
        let result = call_named(&raw, "seek", &[int::new(offset), int::new(whence)])?;
        super::offset_argument(&result)
    }

    /// The position that the program sees.
    pub fn position(&self) -> Res<i64> {
        let below = self.seek_raw(0, 1)?;
        let pending = self.behind.with(|behind| behind.len()) as i64;
        Ok(below - self.available() as i64 + pending)
    }

    /// Moves the position.
    pub fn seek(&self, offset: i64, whence: i64) -> Res<i64> {
        if !(0..=4).contains(&whence) {
            return Err(value_error!("whence value {whence} unsupported"));
        }
        self.flush_behind()?;
        let offset = if whence == 1 { offset - self.available() as i64 } else { offset };
        let position = self.seek_raw(offset, whence)?;
        self.ahead.with_mut(|ahead| ahead.cut(0));
        self.read_position.set(0);
        Ok(position)
    }

    /// Flushes and closes the file below.
    pub fn close(&self) -> Res<()> {
        if self.raw.is_empty() || self.is_closed() {
            return Ok(());
        }
        let flushed = self.flush_behind();
        self.closed.set(true);
        let raw = self.raw()?;
        let done = match raw.payload::<RawFile>().filter(|_| raw.is_exact::<RawFile>()) {
            Some(raw) => raw.close(),
            None => call_named(&raw, "close", &[]).map(drop),
        };
        match (flushed, done) {
            (Err(raised), Ok(())) => Err(raised),
            (_, done) => done,
        }
    }
}

static NEW_READER: NativeDef = bound("BufferedReader", "(raw, buffer_size=8192)", |_| none(), "");

fn new(class: &Ref<Class>, args: Args) -> Res {
    let values = NEW_READER.bind(args)?;
    let raw = values[0].clone().unwrap_or_else(|| shared().none.clone());
    let size = values[1].as_ref().map_or(Ok(BUFFER_SIZE as i64), super::offset_argument)?;
    if size <= 0 {
        return Err(value_error!("buffer size must be strictly positive"));
    }
    let derives = |index: u32| class.is_subclass_of(crate::state::class_of(index));
    let random = derives(types::BUFFERED_RANDOM);
    for (needed, method, message) in [
        (!derives(types::BUFFERED_WRITER), "readable", "File or stream is not readable."),
        (random || derives(types::BUFFERED_WRITER), "writable", "File or stream is not writable."),
        (random, "seekable", "File or stream is not seekable."),
    ] {
        if needed && !is_true(&call_named(&raw, method, &[])?)? {
            return Err(unsupported(message));
        }
    }
    Ok(make(class.index, raw, size as usize).into_any())
}

fn file(object: &Ref) -> &BufferedFile {
    object.payload::<BufferedFile>().expect("a method of buffered files")
}

fn reads(object: &Ref) -> bool {
    !is_instance_of(object, types::BUFFERED_WRITER)
}

fn check_reads(object: &Ref, what: &str) -> Res<()> {
    if !reads(object) {
        return Err(unsupported("read"));
    }
    file(object).check_open(&format!("{what} of closed file"))
}

fn read(args: &[Ref]) -> Res {
    if !reads(&args[0]) {
        return Err(unsupported("read"));
    }
    let wanted = args.get(1).filter(|size| !size.is(&shared().none));
    let size = size_argument(wanted)?;
    if let Some(given) = wanted
        && size.is_none()
        && super::offset_argument(given)? != -1
    {
        return Err(value_error!("read length must be non-negative or -1"));
    }
    check_reads(&args[0], "read")?;
    new_bytes(&match size {
        Some(size) => file(&args[0]).read_exactly(size)?,
        None => file(&args[0]).read_to_end()?,
    })
}

fn read1(args: &[Ref]) -> Res {
    let size = size_argument(args.get(1))?.unwrap_or(file(&args[0]).size.get());
    check_reads(&args[0], "read")?;
    new_bytes(&file(&args[0]).read_once(size)?)
}

fn readinto(args: &[Ref]) -> Res {
    read_into(args, false)
}

fn readinto1(args: &[Ref]) -> Res {
    read_into(args, true)
}

fn read_into(args: &[Ref], once: bool) -> Res {
    check_reads(&args[0], "readinto")?;
    let len = crate::objects::bytes::writable_len(&args[1])?;
    let bytes = if once { file(&args[0]).read_once(len)? } else { file(&args[0]).read_exactly(len)? };
    crate::objects::bytes::write_into(&args[1], &bytes)?;
    Ok(int::from_usize(bytes.len()))
}

fn readline(args: &[Ref]) -> Res {
    let limit = size_argument(args.get(1))?.unwrap_or(usize::MAX);
    check_reads(&args[0], "readline")?;
    new_bytes(&file(&args[0]).read_line(limit)?)
}

fn peek(args: &[Ref]) -> Res {
    let this = file(&args[0]);
    check_reads(&args[0], "peek")?;
    this.flush_behind()?;
    if this.available() == 0 {
        this.fill()?;
    }
    let position = this.read_position.get();
    let bytes = this.ahead.with(|ahead| ahead[position..].to_vec());
    new_bytes(&bytes)
}

fn write(args: &[Ref]) -> Res {
    if !is_instance_of(&args[0], types::BUFFERED_WRITER) && !is_instance_of(&args[0], types::BUFFERED_RANDOM)
    {
        return Err(unsupported("write"));
    }
    super::with_bytes(&args[1], |bytes| {
        file(&args[0]).check_open("write to closed file")?;
        file(&args[0]).write_bytes(bytes)?;
        Ok(int::from_usize(bytes.len()))
    })
}

fn flush(args: &[Ref]) -> Res {
    let writes = !reads(&args[0]) || is_instance_of(&args[0], types::BUFFERED_RANDOM);
    file(&args[0]).check_open(if writes { "flush of closed file" } else { super::TEXT_CLOSED })?;
    file(&args[0]).flush_behind()?;
    let raw = file(&args[0]).raw()?;
    if !raw.is_exact::<RawFile>() {
        call_named(&raw, "flush", &[])?;
    }
    none()
}

fn close(args: &[Ref]) -> Res {
    super::dying::closing(&args[0]);
    file(&args[0]).close()?;
    none()
}

fn detach(args: &[Ref]) -> Res {
    let this = file(&args[0]);
    let raw = this.raw()?;
    this.flush_behind()?;
    drop(this.raw.take());
    Ok(raw)
}

fn seek(args: &[Ref]) -> Res {
    let offset = super::offset_argument(&args[1])?;
    let whence = super::whence_argument(args.get(2))?;
    file(&args[0]).check_open("seek of closed file")?;
    Ok(int::new(file(&args[0]).seek(offset, whence)?))
}

fn tell(args: &[Ref]) -> Res {
    file(&args[0]).raw()?;
    Ok(int::new(file(&args[0]).position()?))
}

fn truncate(args: &[Ref]) -> Res {
    let this = file(&args[0]);
    this.check_open("truncate of closed file")?;
    if !reads(&args[0]) || is_instance_of(&args[0], types::BUFFERED_RANDOM) {
        this.flush_behind()?;
    } else {
        return Err(unsupported("truncate"));
    }
    let size = match args.get(1).filter(|size| !size.is(&shared().none)) {
        Some(size) => size.clone(),
        None => int::new(this.position()?),
    };
    call_named(&this.raw()?, "truncate", &[size])
}

macro_rules! of_raw {
    ($($name:ident $text:literal;)*) => {
        $(fn $name(args: &[Ref]) -> Res {
            call_named(&file(&args[0]).raw()?, $text, &[])
        })*
    };
}

of_raw! {
    fileno "fileno";
    isatty "isatty";
    seekable "seekable";
}

fn readable(args: &[Ref]) -> Res {
    if reads(&args[0]) { call_named(&file(&args[0]).raw()?, "readable", &[]) } else { Ok(bool_::new(false)) }
}

fn writable(args: &[Ref]) -> Res {
    let writes = !reads(&args[0]) || is_instance_of(&args[0], types::BUFFERED_RANDOM);
    if writes { call_named(&file(&args[0]).raw()?, "writable", &[]) } else { Ok(bool_::new(false)) }
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    check_reads(object, "readline")?;
    let line = file(object).read_line(usize::MAX)?;
    if line.is_empty() { Ok(None) } else { new_bytes(&line).map(Some) }
}

fn repr(object: &Ref) -> Res {
    let name = match file(object).raw.get() {
        Some(raw) => crate::protocol::attribute::get_optional(&raw, &crate::state::names().name)?,
        None => None,
    };
    super::file_repr(object, name.as_ref(), "")
}

fn get_closed(object: &Ref) -> Res {
    let this = file(object);
    if this.closed.get() {
        return Ok(bool_::new(true));
    }
    get_named(&this.raw()?, "closed")
}

fn get_raw(object: &Ref) -> Res {
    file(object).raw()
}

fn get_name(object: &Ref) -> Res {
    get_named(&file(object).raw()?, "name")
}

fn get_mode(object: &Ref) -> Res {
    get_named(&file(object).raw()?, "mode")
}

fn size_of(args: &[Ref]) -> Res {
    let this = file(&args[0]);
    let storage = this.ahead.with(Buffer::storage_bytes) + this.behind.with(Buffer::storage_bytes);
    Ok(int::from_usize(ouro_heap::walk::object_size(&args[0]) + storage))
}

const READ: NativeDef = plain("read", "(self, size=-1, /)", read, "Read and return up to n bytes.");
const WRITE: NativeDef =
    plain("write", "(self, buffer, /)", write, "Write the given buffer to the IO stream.");
const FLUSH: NativeDef = plain("flush", "(self, /)", flush, "Flush write buffers, if applicable.");
const CLOSE: NativeDef = plain("close", "(self, /)", close, "Flush and close the IO object.");
const SEEK: NativeDef = plain(
    "seek",
    "(self, target, whence=0, /)",
    seek,
    "Change the stream position to the given byte offset.",
);
const TELL: NativeDef = plain("tell", "(self, /)", tell, "Return current stream position.");
const READ1: NativeDef = plain(
    "read1",
    "(self, size=-1, /)",
    read1,
    "Read and return up to size bytes, with at most one read call.",
);
const READINTO: NativeDef =
    plain("readinto", "(self, buffer, /)", readinto, "Read bytes into a pre-allocated buffer.");
const READINTO1: NativeDef =
    plain("readinto1", "(self, buffer, /)", readinto1, "As readinto, with at most one read call.");
const PEEK: NativeDef =
    plain("peek", "(self, size=0, /)", peek, "Return bytes that are read ahead without moving the position.");
const READLINE: NativeDef =
    plain("readline", "(self, size=-1, /)", readline, "Read and return a line from the stream.");
const READLINES: NativeDef =
    plain("readlines", "(self, hint=None, /)", super::read_lines, "Return a list of lines from the stream.");
const WRITELINES: NativeDef =
    plain("writelines", "(self, lines, /)", super::write_lines, "Write a list of lines to stream.");
const TRUNCATE: NativeDef =
    plain("truncate", "(self, pos=None, /)", truncate, "Truncate the file to pos bytes.");
const DETACH: NativeDef =
    plain("detach", "(self, /)", detach, "Separate the raw file from the buffer and return it.");
const FILENO: NativeDef = plain("fileno", "(self, /)", fileno, "Return the underlying file descriptor.");
const ISATTY: NativeDef =
    plain("isatty", "(self, /)", isatty, "Return whether this is an interactive stream.");
const READABLE: NativeDef =
    plain("readable", "(self, /)", readable, "Return whether the object may be read.");
const WRITABLE: NativeDef =
    plain("writable", "(self, /)", writable, "Return whether the object may be written.");
const SEEKABLE: NativeDef =
    plain("seekable", "(self, /)", seekable, "Return whether the object supports random access.");
const ENTER: NativeDef = plain("__enter__", "(self, /)", super::enter, "");
const EXIT: NativeDef =
    plain("__exit__", "(self, exc_type=None, exc=None, traceback=None, /)", super::exit, "");
const SIZEOF: NativeDef = plain("__sizeof__", "(self, /)", size_of, "Bytes of the object and its buffers.");

const READER_METHODS: &[NativeDef] = &[
    READ, READ1, READINTO, READINTO1, PEEK, READLINE, READLINES, WRITE, WRITELINES, FLUSH, CLOSE, SEEK, TELL,
    TRUNCATE, DETACH, FILENO, ISATTY, READABLE, WRITABLE, SEEKABLE, ENTER, EXIT, SIZEOF,
];

const WRITER_METHODS: &[NativeDef] = &[
    READ, READ1, READINTO, READINTO1, READLINE, READLINES, WRITE, WRITELINES, FLUSH, CLOSE, SEEK, TELL,
    TRUNCATE, DETACH, FILENO, ISATTY, READABLE, WRITABLE, SEEKABLE, ENTER, EXIT, SIZEOF,
];

const GETSET: &[GetSetDef] = &[
    getter("closed", get_closed, ""),
    getter("raw", get_raw, ""),
    getter("name", get_name, ""),
    getter("mode", get_mode, ""),
];

const SLOTS: Slots =
    Slots { new: Some(new), repr: Some(repr), iter: Some(super::iter), next: Some(next), ..Slots::NONE };

const FLAGS: u32 = class_flags::BASE | class_flags::WEAKLY_REFERENCEABLE;

/// `_io.BufferedReader`
pub static BUFFERED_READER: ClassDef = ClassDef {
    module: "_io",
    flags: FLAGS,
    slots: SLOTS,
    methods: READER_METHODS,
    getset: GETSET,
    doc: "Create a new buffered reader using the given readable raw IO object.",
    ..ClassDef::new::<BufferedFile>(types::BUFFERED_FILE, "BufferedReader")
};

/// `_io.BufferedWriter`
pub static BUFFERED_WRITER: ClassDef = ClassDef {
    module: "_io",
    flags: FLAGS,
    slots: SLOTS,
    methods: WRITER_METHODS,
    getset: GETSET,
    doc: "A buffer for a writeable sequential RawIO object.",
    ..ClassDef::new::<BufferedFile>(types::BUFFERED_WRITER, "BufferedWriter")
};

/// `_io.BufferedRandom`
pub static BUFFERED_RANDOM: ClassDef = ClassDef {
    module: "_io",
    flags: FLAGS,
    slots: SLOTS,
    methods: READER_METHODS,
    getset: GETSET,
    doc: "A buffered interface to random access streams.",
    ..ClassDef::new::<BufferedFile>(types::BUFFERED_RANDOM, "BufferedRandom")
};
