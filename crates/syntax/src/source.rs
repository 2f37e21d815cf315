//! From the bytes of a file to the text that is parsed.

use std::borrow::Cow;

use crate::codecs;
use crate::error::{ErrorKind, SyntaxError};

/// Decodes a file as CPython does (byte order mark, PEP 263 coding line, else UTF-8), and makes every line
/// end with `\n`.
pub fn decode(source: &[u8]) -> Result<Cow<'_, str>, SyntaxError> {
    const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
    let (source, has_mark) = match source.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (rest, true),
        None => (source, false),
    };
    let (coding, line) = coding(source);
    let text = match coding {
        None => utf8(source)?,
        Some(name) => {
            let canonical = canonical(name);
            // With a byte order mark, CPython takes no other spelling than its own.
            let spelled = name.to_ascii_lowercase().replace('_', "-");
            let is_utf8 = spelled == "utf-8" || spelled.starts_with("utf-8-");
            if has_mark && !is_utf8 {
                return Err(error(0, format!("encoding problem: {name} with BOM")));
            }
            match canonical {
                Coding::Utf8 => utf8(source)?,
                Coding::Latin1 => Cow::Owned(source.iter().map(|&byte| char::from(byte)).collect()),
                Coding::Ascii => ascii(source)?,
                Coding::Table(table) => match codecs::decode(source, table) {
                    Ok(text) => Cow::Owned(text),
                    Err(at) => {
                        let message = format!(
                            "(unicode error) '{name}' codec can't decode byte 0x{:02x} in position {at}: \
                             character maps to <undefined>",
                            source[at]
                        );
                        return Err(error(line_of(source, at), message));
                    }
                },
                Coding::Unknown => return Err(error(line, format!("unknown encoding: {name}"))),
            }
        }
    };
    Ok(normalise_newlines(text))
}

/// The error of a text that holds a null character.
pub(crate) fn null_character() -> SyntaxError {
    error(0, "source code string cannot contain null bytes".into())
}

/// Makes `\r\n` and `\r` into `\n`.
pub fn normalise_newlines(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\r') {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Coding {
    Utf8,
    Latin1,
    Ascii,
    Table(&'static str),
    Unknown,
}

fn canonical(name: &str) -> Coding {
    let name = name.to_ascii_lowercase().replace('_', "-");
    let is = |base: &str| name == base || name.strip_prefix(base).is_some_and(|rest| rest.starts_with('-'));
    if is("utf-8") || matches!(&*name, "utf8" | "u8" | "utf" | "cp65001") {
        Coding::Utf8
    } else if is("latin-1")
        || is("iso-8859-1")
        || is("iso-latin-1")
        || matches!(&*name, "latin1" | "latin" | "l1" | "iso8859-1" | "8859" | "cp819" | "iso8859")
    {
        Coding::Latin1
    } else if matches!(&*name, "ascii" | "us-ascii" | "646" | "ansi-x3.4-1968") {
        Coding::Ascii
    } else {
        codecs::upper_half(&name).map_or(Coding::Unknown, Coding::Table)
    }
}

/// The name in a coding line, which may be the first line, or the second behind a comment or an empty line.
fn coding(source: &[u8]) -> (Option<&str>, u32) {
    for (index, line) in source.split(|&byte| byte == b'\n').take(2).enumerate() {
        let blank = line.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0C' | b'\r'));
        match blank {
            None => continue,
            Some(at) if line[at] == b'#' => {
                if let Some(name) = coding_in_comment(&line[at..]) {
                    return (Some(name), index as u32 + 1);
                }
            }
            Some(_) => return (None, 0),
        }
    }
    (None, 0)
}

fn coding_in_comment(comment: &[u8]) -> Option<&str> {
    let mut rest = comment;
    loop {
        let at = rest.windows(6).position(|window| window == b"coding")?;
        rest = &rest[at + 6..];
        if !matches!(rest.first(), Some(b':' | b'=')) {
            continue;
        }
        let from = 1 + rest[1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let length = rest[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
            .count();
        if length > 0 {
            return std::str::from_utf8(&rest[from..from + length]).ok();
        }
    }
}

fn utf8(source: &[u8]) -> Result<Cow<'_, str>, SyntaxError> {
    std::str::from_utf8(source).map(Cow::Borrowed).map_err(|fault| {
        let at = fault.valid_up_to();
        let line = line_of(source, at);
        let rest = &source[at..];
        let reason = if fault.error_len().is_none() {
            "unexpected end of data"
        } else if matches!(rest[0], 0xC2..=0xF4) {
            "invalid continuation byte"
        } else {
            "invalid start byte"
        };
        let length = fault.error_len().unwrap_or(rest.len());
        let message = if length == 1 {
            format!(
                "(unicode error) 'utf-8' codec can't decode byte 0x{:02x} in position {at}: {reason}",
                rest[0]
            )
        } else {
            let last = at + length - 1;
            format!("(unicode error) 'utf-8' codec can't decode bytes in position {at}-{last}: {reason}")
        };
        error(line, message)
    })
}

fn ascii(source: &[u8]) -> Result<Cow<'_, str>, SyntaxError> {
    match source.iter().position(|byte| !byte.is_ascii()) {
        None => utf8(source),
        Some(at) => {
            let line = line_of(source, at);
            let message = format!(
                "(unicode error) 'ascii' codec can't decode byte 0x{:02x} in position {at}: \
                 ordinal not in range(128)",
                source[at]
            );
            Err(error(line, message))
        }
    }
}

fn line_of(source: &[u8], at: usize) -> u32 {
    1 + source[..at].iter().filter(|&&byte| byte == b'\n').count() as u32
}

fn error(line: u32, message: String) -> SyntaxError {
    SyntaxError {
        kind: ErrorKind::Syntax,
        message,
        range: Default::default(),
        line,
        offset: 0,
        end_line: line,
        end_offset: 0,
        text: None,
        lexical: false,
    }
}
