//! `open()`.

use ouro_heap::Ref;

use super::{
    BUFFER_SIZE, buffered, call_named, none,
    raw::{self, Access},
    text, text_methods,
};
use crate::{
    error::Res,
    native::{NativeDef, bound},
    objects::{
        bytes::Bytes,
        class::Class,
        str::{self, Str, StrExt},
    },
    protocol::{attribute, object::is_true},
    state::{names, shared},
    type_error, types, value_error,
};

/// The path of a `str`, `bytes` or `os.PathLike` object.
pub fn fspath(object: &Ref) -> Res {
    if str::is_str(object) || object.has_layout::<Bytes>() {
        return Ok(object.clone());
    }
    let Some(path) = attribute::call_special(object, &names().__fspath__, &[])? else {
        return Err(type_error!(
            "expected str, bytes or os.PathLike object, not {}",
            Class::of(object).short_name()
        ));
    };
    if str::is_str(&path) || path.has_layout::<Bytes>() {
        return Ok(path);
    }
    Err(type_error!(
        "expected {}.__fspath__() to return str or bytes, not {}",
        Class::of(object).short_name(),
        Class::of(&path).short_name()
    ))
}

/// The bytes of a path for the system: UTF-8, lone surrogates as the bytes that they escape (PEP 383).
pub fn path_bytes(object: &Ref) -> Res<Vec<u8>> {
    let path = fspath(object)?;
    let bytes = match path.downcast::<Str>() {
        Some(text) => match text.to_utf8() {
            Some(text) => text.into_owned().into_bytes(),
            None => {
                let arguments = [str::new("utf-8").into_any(), str::new("surrogateescape").into_any()];
                let encoded = call_named(&path, "encode", &arguments)?;
                super::with_bytes(&encoded, |bytes| Ok(bytes.to_vec()))?
            }
        },
        None => super::with_bytes(&path, |bytes| Ok(bytes.to_vec()))?,
    };
    if bytes.contains(&0) {
        return Err(value_error!("embedded null byte"));
    }
    Ok(bytes)
}

/// The string of a path that the system gave.
pub fn path_object(bytes: &[u8]) -> Ref {
    match std::str::from_utf8(bytes) {
        Ok(text) => str::new(text).into_any(),
        Err(_) => {
            // Each byte that is no UTF-8 becomes the surrogate that stands for it.
            let mut points = Vec::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                points.extend(chunk.valid().chars().map(u32::from));
                points.extend(chunk.invalid().iter().map(|&byte| 0xDC00 + u32::from(byte)));
            }
            str::from_code_points(points.into_iter()).into_any()
        }
    }
}

/// The builtin `open`.
pub const OPEN: NativeDef = bound(
    "open",
    "(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)",
    open,
    "Open file and return a stream.  Raise OSError upon failure.",
);

fn given(value: &Option<Ref>) -> bool {
    value.as_ref().is_some_and(|value| !value.is(&shared().none))
}

fn open(values: &[Option<Ref>]) -> Res {
    let [Some(file), mode, buffering, encoding, errors, newline, closefd, opener] = values else {
        return none();
    };
    let mode_object = mode.clone();
    let mode = match mode {
        None => "r".to_owned(),
        Some(mode) => super::text_of(mode).ok_or_else(|| {
            type_error!(
                "open() argument 'mode' must be str, not {}",
                crate::objects::arguments::name_or_none(mode)
            )
        })?,
    };
    let buffering = buffering.as_ref().map_or(Ok(-1), super::offset_argument)?;
    if !crate::objects::int::is_int(file) {
        fspath(file)?;
    }
    for (position, letter) in mode.char_indices() {
        if !"rwxabt+".contains(letter) || mode[..position].contains(letter) {
            return Err(value_error!("invalid mode: '{mode}'"));
        }
    }
    let has = |letter: char| mode.contains(letter);
    if has('t') && has('b') {
        return Err(value_error!("can't have text and binary mode at once"));
    }
    let kinds = ['x', 'r', 'w', 'a'].into_iter().filter(|&letter| has(letter)).count();
    if kinds > 1 {
        return Err(value_error!("must have exactly one of create/read/write/append mode"));
    }
    if has('b') {
        for (value, name) in [(encoding, "an encoding"), (errors, "an errors"), (newline, "a newline")] {
            if given(value) {
                return Err(value_error!("binary mode doesn't take {name} argument"));
            }
        }
    }
    let closes = closefd.as_ref().map_or(Ok(true), is_true)?;
    let opener = opener.as_ref().filter(|opener| !opener.is(&shared().none));
    let access = Access::parse(&mode)?;
    let raw = raw::open(types::RAW_FILE, file, access, closes, opener)?;
    let terminal = ouro_heap::system::is_terminal(raw.descriptor()?);
    let line_buffering = buffering == 1 && !has('b') || buffering < 0 && terminal;
    let size = match buffering {
        ..0 | 1 => BUFFER_SIZE,
        0 if has('b') => return Ok(raw.into_any()),
        0 => return Err(value_error!("can't have unbuffered text I/O")),
        size => size as usize,
    };
    let index = match (access.read, access.write) {
        (true, true) => types::BUFFERED_RANDOM,
        (false, true) => types::BUFFERED_WRITER,
        _ => types::BUFFERED_FILE,
    };
    if index == types::BUFFERED_RANDOM && !raw.seekable()? {
        return Err(super::unsupported("File or stream is not seekable."));
    }
    // What comes after may fail: dropping the files closes the descriptor then.
    let buffer = buffered::make(index, raw.into_any(), size).into_any();
    if has('b') {
        return Ok(buffer);
    }
    let settings =
        text_methods::settings("open", encoding, errors, newline)?.buffering(line_buffering, false);
    let mode = mode_object.unwrap_or_else(|| str::intern("r").into_any());
    Ok(text::make(types::TEXT_FILE, buffer, settings, Some(mode))?.into_any())
}
