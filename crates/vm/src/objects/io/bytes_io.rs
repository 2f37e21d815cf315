//! `io.BytesIO`: bytes in memory.

use std::cell::Cell;

use memchr::memchr;
use ouro_heap::{Buffer, Interior, Payload, Ref, alloc_as};

use super::{
    TEXT_CLOSED, closed,
    in_memory::{InMemory, detach, enter, file, fileno, flush, get_closed, iter, truth, untruth},
    new_bytes, none, size_argument, with_bytes,
};
use crate::{
    error::Res,
    native::{Args, NativeDef, bound, plain},
    objects::{
        class::{Class, ClassDef, GetSetDef, class_flags, getter},
        int,
        slots::{BufferSlot, Slots},
    },
    state::shared,
    types, value_error,
};

/// Bytes in memory.
#[derive(Payload)]
#[payload(types::BYTES_IO)]
pub struct BytesIo {
    bytes: Interior<Buffer<u8>>,
    position: Cell<usize>,
    closed: Cell<bool>,
    /// How many views of the bytes are held: meanwhile their number cannot change.
    views: Cell<usize>,
}

static INIT: NativeDef = bound("BytesIO", "(initial_bytes=b'')", |_| none(), "");

fn new(class: &Ref<Class>, _args: Args) -> Res {
    let payload = BytesIo {
        bytes: Interior::default(),
        position: Cell::new(0),
        closed: Cell::new(false),
        views: Cell::new(0),
    };
    Ok(alloc_as(class.index, payload).into_any())
}

fn init(object: &Ref, args: Args) -> Res<()> {
    let values = INIT.bind(args)?;
    let this = file::<BytesIo>(object);
    drop(this.bytes.take());
    this.position.set(0);
    this.closed.set(false);
    if let Some(initial) = values[0].as_ref().filter(|value| !value.is(&shared().none)) {
        with_bytes(initial, |bytes| Ok(this.bytes.with_mut(|content| content.append_copy(bytes))?))?;
    }
    Ok(())
}

impl InMemory for BytesIo {
    fn is_closed(&self) -> bool {
        self.closed.get()
    }

    fn check_open(&self) -> Res<()> {
        if self.closed.get() { Err(closed(TEXT_CLOSED)) } else { Ok(()) }
    }
}

impl BytesIo {
    /// BufferError while a view of the bytes is held.
    fn check_resizable(&self) -> Res<()> {
        if self.views.get() > 0 {
            return Err(crate::buffer_error!("Existing exports of data: object cannot be re-sized"));
        }
        Ok(())
    }

    fn take(&self, count: usize) -> Vec<u8> {
        let start = self.position.get();
        let part = self.bytes.with(|bytes| {
            let start = start.min(bytes.len());
            bytes[start..start.saturating_add(count).min(bytes.len())].to_vec()
        });
        self.position.set(start + part.len());
        part
    }

    fn line(&self, limit: usize) -> Vec<u8> {
        let start = self.position.get();
        let count = self.bytes.with(|bytes| {
            let rest = &bytes[start.min(bytes.len())..];
            memchr(b'\n', rest).map_or(rest.len(), |place| place + 1)
        });
        self.take(count.min(limit))
    }
}

fn write(args: &[Ref]) -> Res {
    let this = file::<BytesIo>(&args[0]);
    this.check_open()?;
    // Copied first: the object written may be a view of this very buffer.
    let new = with_bytes(&args[1], |bytes| Ok(bytes.to_vec()))?;
    this.check_open()?;
    let position = this.position.get();
    this.check_resizable()?;
    if !new.is_empty() {
        this.bytes.with_mut(|bytes| {
            bytes.fill_to(position, 0)?;
            let over = (bytes.len() - position).min(new.len());
            bytes[position..position + over].copy_from_slice(&new[..over]);
            bytes.append_copy(&new[over..])
        })?;
    }
    this.position.set(position + new.len());
    Ok(int::from_usize(new.len()))
}

/// What `getbuffer()` gives a view of: the bytes of the file itself.
#[derive(Payload)]
#[payload(types::BYTES_IO_BUFFER)]
struct BytesIoBuffer(Ref<BytesIo>);

fn viewed(object: &Ref) -> &BytesIo {
    &object.payload::<BytesIoBuffer>().expect("slot of this class").0
}

static BUFFER: BufferSlot = BufferSlot {
    read: |object, look| {
        viewed(object).bytes.with(|bytes| look(bytes));
        Ok(())
    },
    write: Some(|object, change| {
        viewed(object).bytes.with_mut(|bytes| change(bytes));
        Ok(())
    }),
    hold: |object, on| {
        let views = &viewed(object).views;
        views.set(if on { views.get() + 1 } else { views.get().saturating_sub(1) });
    },
    ..BufferSlot::BYTES
};

static BYTES_IO_BUFFER: ClassDef = ClassDef {
    module: "_io",
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots { buffer: Some(&BUFFER), ..Slots::NONE },
    ..ClassDef::new::<BytesIoBuffer>(types::BYTES_IO_BUFFER, "_BytesIOBuffer")
};

fn getbuffer(args: &[Ref]) -> Res {
    let this = args[0].downcast::<BytesIo>().expect("a method of BytesIO");
    this.check_open()?;
    crate::boot::add_class(&BYTES_IO_BUFFER);
    let buffer = ouro_heap::alloc(BytesIoBuffer(this.clone())).into_any();
    Ok(crate::objects::memoryview::new(&buffer)?.into_any())
}

fn getvalue(args: &[Ref]) -> Res {
    file::<BytesIo>(&args[0]).check_open()?;
    let bytes = file::<BytesIo>(&args[0]).bytes.with(|bytes| bytes.to_vec());
    new_bytes(&bytes)
}

fn read(args: &[Ref]) -> Res {
    let size = size_argument(args.get(1))?.unwrap_or(usize::MAX);
    file::<BytesIo>(&args[0]).check_open()?;
    new_bytes(&file::<BytesIo>(&args[0]).take(size))
}

fn readline(args: &[Ref]) -> Res {
    let size = size_argument(args.get(1))?.unwrap_or(usize::MAX);
    file::<BytesIo>(&args[0]).check_open()?;
    new_bytes(&file::<BytesIo>(&args[0]).line(size))
}

fn readinto(args: &[Ref]) -> Res {
    file::<BytesIo>(&args[0]).check_open()?;
    let len = crate::objects::bytes::writable_len(&args[1])?;
    let bytes = file::<BytesIo>(&args[0]).take(len);
    crate::objects::bytes::write_into(&args[1], &bytes)?;
    Ok(int::from_usize(bytes.len()))
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    file::<BytesIo>(object).check_open()?;
    let line = file::<BytesIo>(object).line(usize::MAX);
    if line.is_empty() { Ok(None) } else { new_bytes(&line).map(Some) }
}

fn tell(args: &[Ref]) -> Res {
    file::<BytesIo>(&args[0]).check_open()?;
    Ok(int::from_usize(file::<BytesIo>(&args[0]).position.get()))
}

fn seek(args: &[Ref]) -> Res {
    let this = file::<BytesIo>(&args[0]);
    let offset = super::offset_argument(&args[1])?;
    let whence = super::whence_argument(args.get(2))?;
    this.check_open()?;
    let base = match whence {
        0 if offset < 0 => return Err(value_error!("negative seek value {offset}")),
        0 => 0,
        1 => this.position.get() as i64,
        2 => this.bytes.with(|bytes| bytes.len()) as i64,
        _ => return Err(value_error!("invalid whence ({whence}, should be 0, 1 or 2)")),
    };
    let position =
        base.checked_add(offset).ok_or_else(|| crate::overflow_error!("new position too large"))?.max(0);
    this.position.set(position as usize);
    Ok(int::new(position))
}

fn truncate(args: &[Ref]) -> Res {
    file::<BytesIo>(&args[0]).check_resizable()?;
    let this = file::<BytesIo>(&args[0]);
    this.check_open()?;
    let size = match args.get(1).filter(|size| !size.is(&shared().none)) {
        Some(size) => super::offset_argument(size)?,
        None => this.position.get() as i64,
    };
    let Ok(len) = usize::try_from(size) else { return Err(value_error!("negative size value {size}")) };
    this.bytes.with_mut(|bytes| bytes.cut(len));
    Ok(int::from_usize(len))
}

fn close(args: &[Ref]) -> Res {
    file::<BytesIo>(&args[0]).check_resizable()?;
    let this = file::<BytesIo>(&args[0]);
    this.closed.set(true);
    drop(this.bytes.take());
    none()
}

fn size_of(args: &[Ref]) -> Res {
    let storage = file::<BytesIo>(&args[0]).bytes.with(Buffer::storage_bytes);
    Ok(int::from_usize(ouro_heap::walk::object_size(&args[0]) + storage))
}

const METHODS: &[NativeDef] = &[
    plain("write", "(self, b, /)", write, "Write bytes to file."),
    plain(
        "getbuffer",
        "(self, /)",
        getbuffer,
        "Get a read-write view over the contents of the BytesIO object.",
    ),
    plain("getvalue", "(self, /)", getvalue, "Retrieve the entire contents of the BytesIO object."),
    plain("read", "(self, size=-1, /)", read, "Read at most size bytes, returned as a bytes object."),
    plain("read1", "(self, size=-1, /)", read, "Read at most size bytes, returned as a bytes object."),
    plain("readinto", "(self, buffer, /)", readinto, "Read bytes into buffer."),
    plain("readinto1", "(self, buffer, /)", readinto, "Read bytes into buffer."),
    plain("readline", "(self, size=-1, /)", readline, "Next line from the file, as a bytes object."),
    plain(
        "readlines",
        "(self, size=None, /)",
        super::read_lines,
        "List of bytes objects, each a line from the file.",
    ),
    plain("writelines", "(self, lines, /)", super::write_lines, "Write lines to the file."),
    plain("tell", "(self, /)", tell, "Current file position, an integer."),
    plain("seek", "(self, pos, whence=0, /)", seek, "Change stream position."),
    plain("truncate", "(self, size=None, /)", truncate, "Truncate the file to at most size bytes."),
    plain("close", "(self, /)", close, "Disable all I/O operations."),
    plain("flush", "(self, /)", flush::<BytesIo>, "Does nothing."),
    plain("isatty", "(self, /)", untruth::<BytesIo>, "Always returns False."),
    plain("readable", "(self, /)", truth::<BytesIo>, "Returns True if the IO object can be read."),
    plain("writable", "(self, /)", truth::<BytesIo>, "Returns True if the IO object can be written."),
    plain("seekable", "(self, /)", truth::<BytesIo>, "Returns True if the IO object can be seeked."),
    plain("fileno", "(self, /)", fileno, ""),
    plain("detach", "(self, /)", detach, ""),
    plain("__enter__", "(self, /)", enter::<BytesIo>, ""),
    plain("__exit__", "(self, exc_type=None, exc=None, traceback=None, /)", super::exit, ""),
    plain("__sizeof__", "(self, /)", size_of, "Bytes of the object and its contents."),
];

const GETSET: &[GetSetDef] = &[getter("closed", get_closed::<BytesIo>, "True if the file is closed.")];

/// `_io.BytesIO`
pub static BYTES_IO: ClassDef = ClassDef {
    module: "_io",
    flags: class_flags::BASE | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots {
        new: Some(new),
        init: Some(init),
        iter: Some(iter::<BytesIo>),
        next: Some(next),
        ..Slots::NONE
    },
    methods: METHODS,
    getset: GETSET,
    doc: "Buffered I/O implementation using an in-memory bytes buffer.",
    ..ClassDef::new::<BytesIo>(types::BYTES_IO, "BytesIO")
};
