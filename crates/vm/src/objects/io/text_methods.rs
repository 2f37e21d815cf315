//! `_io.TextIOWrapper`: the class.

use ouro_heap::Ref;

use super::{
    call_named, get_named,
    lines::{CR, CRLF, LF, Newline},
    none, size_argument,
    text::{Settings, TextFile, make},
    unsupported,
};
use crate::{
    error::Res,
    native::{Args, NativeDef, bound, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, GetSetDef, class_flags, getter, property},
        int,
        slots::Slots,
        str::{self, Str, StrExt},
        tuple,
    },
    protocol::{attribute, number, object::is_true},
    state::{names, shared},
    type_error, types, value_error,
};

static NEW: NativeDef = bound(
    "TextIOWrapper",
    "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
    |_| none(),
    "",
);

fn given(value: &Option<Ref>) -> Option<&Ref> {
    value.as_ref().filter(|value| !value.is(&shared().none))
}

fn text_argument(value: &Option<Ref>, function: &str, name: &str) -> Res<Option<String>> {
    match given(value) {
        None => Ok(None),
        Some(value) => match super::text_of(value) {
            Some(text) => Ok(Some(text)),
            None => Err(type_error!(
                "{function}() argument '{name}' must be str or None, not {}",
                Class::of(value).short_name()
            )),
        },
    }
}

/// The settings that arguments of `open` and TextIOWrapper ask for.
pub(super) fn settings(
    function: &str,
    encoding: &Option<Ref>,
    errors: &Option<Ref>,
    newline: &Option<Ref>,
) -> Res<Settings> {
    let encoding = text_argument(encoding, function, "encoding")?;
    let name = match encoding.as_deref() {
        None => "UTF-8",
        Some("locale") => "UTF-8",
        Some(name) => name,
    };
    let errors = text_argument(errors, function, "errors")?.unwrap_or_else(|| "strict".to_owned());
    let newline = text_argument(newline, function, "newline")?;
    let Some(parsed) = Newline::parse(newline.as_deref()) else {
        return Err(value_error!("illegal newline value: {}", newline.unwrap_or_default()));
    };
    let mut settings = Settings::new(name, &errors)?;
    settings.newline = parsed;
    Ok(settings)
}

fn new(class: &Ref<Class>, args: Args) -> Res {
    let values = NEW.bind(args)?;
    let settings = settings("TextIOWrapper", &values[1], &values[2], &values[3])?;
    let line_buffering = given(&values[4]).map_or(Ok(false), is_true)?;
    let write_through = given(&values[5]).map_or(Ok(false), is_true)?;
    let buffer = values[0].clone().unwrap_or_else(|| shared().none.clone());
    Ok(make(class.index, buffer, settings.buffering(line_buffering, write_through), None)?.into_any())
}

fn file(object: &Ref) -> &TextFile {
    object.payload::<TextFile>().expect("a method of text files")
}

fn check_readable(object: &Ref) -> Res<()> {
    file(object).check_open()?;
    let below = file(object).below()?;
    if crate::objects::class::is_instance_of(&below, types::BUFFERED_WRITER) {
        Err(unsupported("not readable"))
    } else {
        Ok(())
    }
}

fn write(args: &[Ref]) -> Res {
    let Some(text) = args[1].downcast::<Str>() else {
        return Err(type_error!("write() argument must be str, not {}", Class::of(&args[1]).short_name()));
    };
    file(&args[0]).check_open()?;
    let below = file(&args[0]).below()?;
    if below.is_exact::<super::buffered::BufferedFile>() {
        // BufferedReader, whose index is the payload's own.
        return Err(unsupported("not writable"));
    }
    file(&args[0]).write(text)?;
    Ok(int::from_usize(text.char_count()))
}

fn read(args: &[Ref]) -> Res {
    let size = size_argument(args.get(1))?;
    check_readable(&args[0])?;
    Ok(file(&args[0]).read(size)?.into_any())
}

fn readline(args: &[Ref]) -> Res {
    let limit = match args.get(1) {
        Some(limit) => usize::try_from(number::as_isize(limit)?).ok(),
        None => None,
    };
    check_readable(&args[0])?;
    Ok(file(&args[0]).read_line(limit)?.into_any())
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    let this = file(object);
    this.telling.set(false);
    let line = if object.is_exact::<TextFile>() {
        check_readable(object)?;
        this.read_line(None)?.into_any()
    } else {
        let line = crate::protocol::call::call_method(object, &names().readline, &[])?;
        if !str::is_str(&line) {
            let class = Class::of(&line).short_name();
            return Err(crate::error::raise(
                crate::objects::exception::ExceptionKind::OSError,
                format_args!("readline() should have returned a str object, not '{class}'"),
            ));
        }
        line
    };
    if line.payload::<Str>().is_some_and(|line| line.char_count() == 0) {
        this.telling.set(this.seekable.get());
        return Ok(None);
    }
    Ok(Some(line))
}

fn flush(args: &[Ref]) -> Res {
    file(&args[0]).check_open()?;
    file(&args[0]).flush()?;
    none()
}

fn close(args: &[Ref]) -> Res {
    super::dying::closing(&args[0]);
    let this = file(&args[0]);
    this.below()?;
    this.close()?;
    none()
}

fn detach(args: &[Ref]) -> Res {
    let this = file(&args[0]);
    let below = this.below()?;
    this.check_open()?;
    this.flush()?;
    drop(this.buffer.take());
    Ok(below)
}

fn seek(args: &[Ref]) -> Res {
    let whence = super::whence_argument(args.get(2))?;
    file(&args[0]).check_open()?;
    let offset = super::offset_argument(&args[1])?;
    Ok(int::new(file(&args[0]).seek(offset, whence)?))
}

fn tell(args: &[Ref]) -> Res {
    Ok(int::new(file(&args[0]).tell()?))
}

fn truncate(args: &[Ref]) -> Res {
    let this = file(&args[0]);
    this.check_open()?;
    this.flush()?;
    let size = match args.get(1) {
        Some(size) => size.clone(),
        None if this.seekable.get() => {
            // What was read ahead does not count, unless telling is off, where the file below knows best.
            match this.telling.get() {
                true => int::new(this.tell()?),
                false => shared().none.clone(),
            }
        }
        None => shared().none.clone(),
    };
    call_named(&this.below()?, "truncate", &[size])
}

macro_rules! of_below {
    ($($name:ident $text:literal;)*) => {
        $(fn $name(args: &[Ref]) -> Res {
            call_named(&file(&args[0]).below()?, $text, &[])
        })*
    };
}

of_below! {
    fileno "fileno";
    isatty "isatty";
    readable "readable";
    writable "writable";
    seekable "seekable";
}

fn reconfigure(values: &[Option<Ref>]) -> Res {
    let object = values[0].clone().expect("bound to a file");
    let this = file(&object);
    let old = this.settings();
    let function = "reconfigure";
    let mut changed = old.clone();
    if let Some(name) = text_argument(&values[1], function, "encoding")? {
        let fresh = Settings::new(&name, "strict")?;
        (changed.encoding, changed.encoding_name, changed.errors) = (fresh.encoding, name, fresh.errors);
    }
    if let Some(errors) = text_argument(&values[2], function, "errors")? {
        changed.errors = errors;
    }
    if let Some(newline) = &values[3] {
        let text = text_argument(&Some(newline.clone()), function, "newline")?;
        changed.newline = Newline::parse(text.as_deref())
            .ok_or_else(|| value_error!("illegal newline value: {}", text.unwrap_or_default()))?;
    }
    if let Some(flag) = given(&values[4]) {
        changed.line_buffering = is_true(flag)?;
    }
    if let Some(flag) = given(&values[5]) {
        changed.write_through = is_true(flag)?;
    }
    this.flush()?;
    this.settings.borrow_mut().0 = changed;
    this.settings_changed();
    none()
}

fn repr(object: &Ref) -> Res {
    let this = file(object);
    let name = match this.buffer.get() {
        Some(below) => attribute::get_optional(&below, &names().name)?,
        None => None,
    };
    let mut rest = String::new();
    if let Some(mode) = this.mode.get() {
        rest.push_str(&format!(" mode={}", crate::protocol::object::repr(&mode)?.to_text()));
    }
    rest.push_str(&format!(" encoding='{}'", this.settings().encoding_name));
    super::file_repr(object, name.as_ref(), &rest)
}

fn get_buffer(object: &Ref) -> Res {
    file(object).below()
}

fn get_closed(object: &Ref) -> Res {
    get_named(&file(object).below()?, "closed")
}

fn get_encoding(object: &Ref) -> Res {
    Ok(str::new(&file(object).settings().encoding_name).into_any())
}

fn get_errors(object: &Ref) -> Res {
    Ok(str::new(&file(object).settings().errors).into_any())
}

fn get_name(object: &Ref) -> Res {
    get_named(&file(object).below()?, "name")
}

fn get_mode(object: &Ref) -> Res {
    file(object).mode.get().ok_or_else(|| attribute::missing(object, &str::intern("mode")))
}

fn set_mode(object: &Ref, value: Option<&Ref>) -> Res<()> {
    file(object).mode.set(value.cloned());
    Ok(())
}

fn get_line_buffering(object: &Ref) -> Res {
    Ok(bool_::new(file(object).settings().line_buffering))
}

fn get_write_through(object: &Ref) -> Res {
    Ok(bool_::new(file(object).settings().write_through))
}

fn get_newlines(object: &Ref) -> Res {
    newlines_object(file(object).newlines.get())
}

/// What `newlines` shows for the kinds that were seen.
pub(super) fn newlines_object(seen: u8) -> Res {
    let kinds = [(CR, "\r"), (LF, "\n"), (CRLF, "\r\n")];
    let mut shown: Vec<Ref> =
        kinds.iter().filter(|(bit, _)| seen & bit != 0).map(|(_, text)| str::new(text).into_any()).collect();
    Ok(match shown.len() {
        0 => shared().none.clone(),
        1 => shown.remove(0),
        _ => tuple::from_vec(shown).into_any(),
    })
}

fn size_of(args: &[Ref]) -> Res {
    Ok(int::from_usize(ouro_heap::walk::object_size(&args[0]) + file(&args[0]).storage_bytes()))
}

const METHODS: &[NativeDef] = &[
    plain("read", "(self, size=-1, /)", read, "Read at most size characters from stream."),
    plain("readline", "(self, size=-1, /)", readline, "Read until newline or EOF."),
    plain("readlines", "(self, hint=-1, /)", super::read_lines, "Return a list of lines from the stream."),
    plain("write", "(self, text, /)", write, "Write string s to stream."),
    plain("writelines", "(self, lines, /)", super::write_lines, "Write a list of lines to stream."),
    plain("flush", "(self, /)", flush, "Flush write buffers, if applicable."),
    plain("close", "(self, /)", close, "Flush and close the IO object."),
    plain("detach", "(self, /)", detach, "Separate the underlying buffer from the file and return it."),
    plain(
        "seek",
        "(self, cookie, whence=0, /)",
        seek,
        "Set the stream position, and return the new stream position.",
    ),
    plain("tell", "(self, /)", tell, "Return the stream position as an opaque number."),
    plain("truncate", "(self, pos=None, /)", truncate, "Truncate the file to pos bytes."),
    plain("fileno", "(self, /)", fileno, "Return the underlying file descriptor."),
    plain("isatty", "(self, /)", isatty, "Return whether this is an interactive stream."),
    plain("readable", "(self, /)", readable, "Return whether the object may be read."),
    plain("writable", "(self, /)", writable, "Return whether the object may be written."),
    plain("seekable", "(self, /)", seekable, "Return whether the object supports random access."),
    RECONFIGURE,
    plain("__enter__", "(self, /)", super::enter, ""),
    plain("__exit__", "(self, exc_type=None, exc=None, traceback=None, /)", super::exit, ""),
    plain("__sizeof__", "(self, /)", size_of, "Bytes of the object and its buffers."),
];

const RECONFIGURE: NativeDef = bound(
    "reconfigure",
    "(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)",
    reconfigure,
    "Reconfigure the text stream with new parameters.",
);

const GETSET: &[GetSetDef] = &[
    getter("buffer", get_buffer, ""),
    getter("closed", get_closed, ""),
    getter("encoding", get_encoding, ""),
    getter("errors", get_errors, ""),
    getter("name", get_name, ""),
    property("mode", get_mode, set_mode, ""),
    getter("line_buffering", get_line_buffering, ""),
    getter("write_through", get_write_through, ""),
    getter("newlines", get_newlines, ""),
];

/// `_io.TextIOWrapper`
pub static TEXT_FILE: ClassDef = ClassDef {
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
    doc: "Character and line based layer over a BufferedIOBase object, buffer.",
    ..ClassDef::new::<TextFile>(types::TEXT_FILE, "TextIOWrapper")
};
