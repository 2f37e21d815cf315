//! `io.StringIO`: text in memory.

use std::cell::Cell;

use ouro_heap::{Buffer, Drain, Interior, Payload, Ref, Trace, Visitor, alloc_as};

use super::{
    BINARY_CLOSED, closed,
    in_memory::{InMemory, detach, enter, file, fileno, flush, get_closed, iter, truth, untruth},
    lines::{self, Newline},
    none, size_argument,
};
use crate::{
    error::{Res, raise},
    native::{Args, NativeDef, bound, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, GetSetDef, class_flags, getter},
        exception::ExceptionKind,
        int,
        slots::Slots,
        str::{self, Str, StrExt, Width},
    },
    state::shared,
    type_error, types, value_error,
};

/// The characters: bytes as long as all are below 256.
enum Text {
    Narrow(Buffer<u8>),
    Wide(Buffer<u32>),
}

impl Trace for Text {
    const TRACES: bool = false;
    fn trace(&self, _visitor: &mut dyn Visitor) {}
}

impl Drain for Text {
    fn drain_into(&mut self, _trash: &mut Vec<Ref>) {}
}

impl Text {
    fn len(&self) -> usize {
        match self {
            Text::Narrow(bytes) => bytes.len(),
            Text::Wide(points) => points.len(),
        }
    }

    fn cut(&mut self, len: usize) {
        match self {
            Text::Narrow(bytes) => bytes.cut(len),
            Text::Wide(points) => points.cut(len),
        }
    }

    fn slice(&self, start: usize, end: usize) -> Ref<Str> {
        match self {
            Text::Narrow(bytes) => str::from_latin1(&bytes[start..end]),
            Text::Wide(points) => str::from_code_points(points[start..end].iter().copied()),
        }
    }

    fn at(&self, index: usize) -> u32 {
        match self {
            Text::Narrow(bytes) => bytes[index].into(),
            Text::Wide(points) => points[index],
        }
    }

    /// Puts characters at a position, over what is there; a gap before it is filled with NUL.
    fn put(&mut self, position: usize, text: &Str) -> Result<(), ouro_heap::OutOfMemory> {
        if let Text::Narrow(bytes) = self
            && text.width() != Width::One
        {
            let mut points = Buffer::with_capacity(bytes.len() + text.char_count())?;
            bytes.iter().for_each(|&byte| points.push_within(u32::from(byte)));
            *self = Text::Wide(points);
        }
        match self {
            Text::Narrow(bytes) => {
                bytes.fill_to(position, 0)?;
                let over = (bytes.len() - position).min(text.char_count());
                bytes[position..position + over].copy_from_slice(&text.storage()[..over]);
                bytes.append_copy(&text.storage()[over..])
            }
            Text::Wide(points) => {
                points.fill_to(position, 0)?;
                let new: Vec<u32> = text.code_points().collect();
                let over = (points.len() - position).min(new.len());
                points[position..position + over].copy_from_slice(&new[..over]);
                points.append_copy(&new[over..])
            }
        }
    }
}

/// A text in memory.
#[derive(Payload)]
#[payload(types::STRING_IO)]
pub struct StringIo {
    text: Interior<Text>,
    position: Cell<usize>,
    newline: Cell<NewlineMode>,
    seen: Cell<u8>,
    closed: Cell<bool>,
}

#[derive(Clone, Copy)]
struct NewlineMode(Newline);

static INIT: NativeDef = bound("StringIO", "(initial_value='', newline='\\n')", |_| none(), "");

fn new(class: &Ref<Class>, _args: Args) -> Res {
    Ok(alloc_as(
        class.index,
        StringIo {
            text: Interior::new(Text::Narrow(Buffer::new())),
            position: Cell::new(0),
            newline: Cell::new(NewlineMode(Newline::Lf)),
            seen: Cell::new(0),
            closed: Cell::new(false),
        },
    )
    .into_any())
}

fn init(object: &Ref, args: Args) -> Res<()> {
    let values = INIT.bind(args)?;
    let this = file::<StringIo>(object);
    let newline = match &values[1] {
        None => Newline::Lf,
        Some(value) if value.is(&shared().none) => Newline::Translate,
        Some(value) => {
            let Some(text) = super::text_of(value) else {
                return Err(type_error!(
                    "newline must be str or None, not {}",
                    Class::of(value).short_name()
                ));
            };
            Newline::parse(Some(&text)).ok_or_else(|| value_error!("illegal newline value: '{text}'"))?
        }
    };
    this.newline.set(NewlineMode(newline));
    drop(this.text.replace(Text::Narrow(Buffer::new())));
    this.position.set(0);
    this.closed.set(false);
    if let Some(value) = values[0].as_ref().filter(|value| !value.is(&shared().none)) {
        let Some(text) = value.downcast::<Str>() else {
            return Err(type_error!(
                "initial_value must be str or None, not {}",
                Class::of(value).short_name()
            ));
        };
        this.write(text)?;
        this.position.set(0);
    }
    Ok(())
}

impl InMemory for StringIo {
    fn is_closed(&self) -> bool {
        self.closed.get()
    }

    fn check_open(&self) -> Res<()> {
        if self.closed.get() { Err(closed(BINARY_CLOSED)) } else { Ok(()) }
    }
}

impl StringIo {
    /// Writes a text at the position.
    pub fn write(&self, text: &Ref<Str>) -> Res<()> {
        self.check_open()?;
        let newline = self.newline.get().0;
        let changed = match newline {
            Newline::Translate | Newline::Any | Newline::Cr | Newline::CrLf => {
                convert(text, newline, &self.seen)
            }
            _ => None,
        };
        let text = changed.as_ref().unwrap_or(text);
        let position = self.position.get();
        if text.char_count() == 0 {
            return Ok(());
        }
        self.text.with_mut(|content| content.put(position, text))?;
        self.position.set(position + text.char_count());
        Ok(())
    }

    fn read(&self, count: usize) -> Ref<Str> {
        let start = self.position.get();
        let text = self.text.with(|text| {
            let start = start.min(text.len());
            text.slice(start, start.saturating_add(count).min(text.len()))
        });
        self.position.set(start + text.char_count());
        text
    }

    fn read_line(&self, limit: usize) -> Ref<Str> {
        let start = self.position.get();
        let newline = self.newline.get().0;
        let line = self.text.with(|text| {
            let start = start.min(text.len());
            let stop = text.len().min(start.saturating_add(limit));
            let end = match text {
                Text::Narrow(bytes) => {
                    newline.line_end(&bytes[start..], true).map_or(text.len(), |end| start + end)
                }
                Text::Wide(_) => wide_line_end(text, start, newline),
            };
            text.slice(start, end.min(stop))
        });
        self.position.set(start + line.char_count());
        line
    }
}

fn wide_line_end(text: &Text, start: usize, newline: Newline) -> usize {
    for index in start..text.len() {
        let next = (index + 1 < text.len()).then(|| text.at(index + 1));
        match (newline, text.at(index)) {
            (Newline::Lf | Newline::Translate | Newline::Any, 10) | (Newline::Cr, 13) => return index + 1,
            (Newline::CrLf, 13) if next == Some(10) => return index + 2,
            (Newline::Translate | Newline::Any, 13) => return index + 1 + usize::from(next == Some(10)),
            _ => {}
        }
    }
    text.len()
}

/// Line ends as the mode wants them on writing; nothing if the text has none to change.
fn convert(text: &Ref<Str>, newline: Newline, seen: &Cell<u8>) -> Option<Ref<Str>> {
    if !text.code_points().any(|c| c == 10 || c == 13) {
        return None;
    }
    let mut points: Vec<u32> = Vec::with_capacity(text.char_count());
    let mut source = text.code_points().peekable();
    let mut kinds = 0;
    while let Some(c) = source.next() {
        let pair = c == 13 && source.peek() == Some(&10);
        match (newline, c) {
            (Newline::Translate, 13) => {
                if pair {
                    source.next();
                }
                kinds |= if pair { lines::CRLF } else { lines::CR };
                points.push(10);
            }
            (Newline::Translate, 10) => {
                kinds |= lines::LF;
                points.push(10);
            }
            (Newline::Any, 13) => {
                points.push(13);
                if pair {
                    points.extend(source.next());
                }
                kinds |= if pair { lines::CRLF } else { lines::CR };
            }
            (Newline::Any, 10) => {
                kinds |= lines::LF;
                points.push(10);
            }
            (Newline::Cr, 10) => points.push(13),
            (Newline::CrLf, 10) => points.extend([13, 10]),
            _ => points.push(c),
        }
    }
    seen.set(seen.get() | kinds);
    Some(str::from_code_points(points.into_iter()))
}

fn write(args: &[Ref]) -> Res {
    let Some(text) = args[1].downcast::<Str>() else {
        return Err(type_error!("string argument expected, got '{}'", Class::of(&args[1]).short_name()));
    };
    file::<StringIo>(&args[0]).write(text)?;
    Ok(int::from_usize(text.char_count()))
}

fn getvalue(args: &[Ref]) -> Res {
    file::<StringIo>(&args[0]).check_open()?;
    Ok(file::<StringIo>(&args[0]).text.with(|text| text.slice(0, text.len())).into_any())
}

fn read(args: &[Ref]) -> Res {
    let size = size_argument(args.get(1))?.unwrap_or(usize::MAX);
    file::<StringIo>(&args[0]).check_open()?;
    Ok(file::<StringIo>(&args[0]).read(size).into_any())
}

fn readline(args: &[Ref]) -> Res {
    let size = size_argument(args.get(1))?.unwrap_or(usize::MAX);
    file::<StringIo>(&args[0]).check_open()?;
    Ok(file::<StringIo>(&args[0]).read_line(size).into_any())
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    file::<StringIo>(object).check_open()?;
    let line = file::<StringIo>(object).read_line(usize::MAX);
    Ok((line.char_count() > 0).then(|| line.into_any()))
}

fn tell(args: &[Ref]) -> Res {
    file::<StringIo>(&args[0]).check_open()?;
    Ok(int::from_usize(file::<StringIo>(&args[0]).position.get()))
}

fn seek(args: &[Ref]) -> Res {
    let this = file::<StringIo>(&args[0]);
    let offset = super::offset_argument(&args[1])?;
    let whence = super::whence_argument(args.get(2))?;
    this.check_open()?;
    let position = match whence {
        0 => usize::try_from(offset).map_err(|_| value_error!("Negative seek position {offset}"))?,
        1 | 2 if offset != 0 => {
            return Err(raise(ExceptionKind::OSError, "Can't do nonzero cur-relative seeks"));
        }
        1 => this.position.get(),
        2 => this.text.with(Text::len),
        _ => return Err(value_error!("Invalid whence ({whence}, should be 0, 1 or 2)")),
    };
    this.position.set(position);
    Ok(int::from_usize(position))
}

fn truncate(args: &[Ref]) -> Res {
    let this = file::<StringIo>(&args[0]);
    this.check_open()?;
    let size = match args.get(1).filter(|size| !size.is(&shared().none)) {
        Some(size) => super::offset_argument(size)?,
        None => this.position.get() as i64,
    };
    let Ok(len) = usize::try_from(size) else { return Err(value_error!("Negative size value {size}")) };
    this.text.with_mut(|text| text.cut(len));
    Ok(int::from_usize(len))
}

fn close(args: &[Ref]) -> Res {
    let this = file::<StringIo>(&args[0]);
    this.closed.set(true);
    drop(this.text.replace(Text::Narrow(Buffer::new())));
    none()
}

fn size_of(args: &[Ref]) -> Res {
    let storage = file::<StringIo>(&args[0]).text.with(|text| match text {
        Text::Narrow(bytes) => bytes.storage_bytes(),
        Text::Wide(points) => points.storage_bytes(),
    });
    Ok(int::from_usize(ouro_heap::walk::object_size(&args[0]) + storage))
}

fn get_none(_object: &Ref) -> Res {
    none()
}

fn get_newlines(object: &Ref) -> Res {
    super::text_methods::newlines_object(file::<StringIo>(object).seen.get())
}

fn get_line_buffering(object: &Ref) -> Res {
    file::<StringIo>(object).check_open()?;
    Ok(bool_::new(false))
}

const METHODS: &[NativeDef] = &[
    plain("write", "(self, s, /)", write, "Write string to file."),
    plain("getvalue", "(self, /)", getvalue, "Retrieve the entire contents of the object."),
    plain("read", "(self, size=-1, /)", read, "Read at most size characters, returned as a string."),
    plain("readline", "(self, size=-1, /)", readline, "Read until newline or EOF."),
    plain("readlines", "(self, hint=-1, /)", super::read_lines, "Return a list of lines from the stream."),
    plain("writelines", "(self, lines, /)", super::write_lines, "Write a list of lines to stream."),
    plain("tell", "(self, /)", tell, "Tell the current file position."),
    plain("seek", "(self, pos, whence=0, /)", seek, "Change stream position."),
    plain("truncate", "(self, pos=None, /)", truncate, "Truncate size to pos."),
    plain("close", "(self, /)", close, "Close the IO object."),
    plain("flush", "(self, /)", flush::<StringIo>, ""),
    plain("isatty", "(self, /)", untruth::<StringIo>, ""),
    plain("readable", "(self, /)", truth::<StringIo>, "Returns True if the IO object can be read."),
    plain("writable", "(self, /)", truth::<StringIo>, "Returns True if the IO object can be written."),
    plain("seekable", "(self, /)", truth::<StringIo>, "Returns True if the IO object can be seeked."),
    plain("fileno", "(self, /)", fileno, ""),
    plain("detach", "(self, /)", detach, ""),
    plain("__enter__", "(self, /)", enter::<StringIo>, ""),
    plain("__exit__", "(self, exc_type=None, exc=None, traceback=None, /)", super::exit, ""),
    plain("__sizeof__", "(self, /)", size_of, "Bytes of the object and its text."),
];

const GETSET: &[GetSetDef] = &[
    getter("closed", get_closed::<StringIo>, ""),
    getter("encoding", get_none, ""),
    getter("errors", get_none, ""),
    getter("newlines", get_newlines, ""),
    getter("line_buffering", get_line_buffering, ""),
];

/// `_io.StringIO`
pub static STRING_IO: ClassDef = ClassDef {
    module: "_io",
    flags: class_flags::BASE | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots {
        new: Some(new),
        init: Some(init),
        iter: Some(iter::<StringIo>),
        next: Some(next),
        ..Slots::NONE
    },
    methods: METHODS,
    getset: GETSET,
    doc: "Text I/O implementation using an in-memory buffer.",
    ..ClassDef::new::<StringIo>(types::STRING_IO, "StringIO")
};
