//! Where lines end and how many bytes some characters take, in text that is not decoded yet.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

/// The `newline` argument of `open`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Newline {
    /// None: any line end, read as `\n`.
    Translate,
    /// '': any line end, as it is.
    Any,
    /// '\n'
    Lf,
    /// '\r'
    Cr,
    /// '\r\n'
    CrLf,
}

impl Newline {
    pub(crate) fn parse(text: Option<&str>) -> Option<Newline> {
        Some(match text {
            None => Newline::Translate,
            Some("") => Newline::Any,
            Some("\n") => Newline::Lf,
            Some("\r") => Newline::Cr,
            Some("\r\n") => Newline::CrLf,
            Some(_) => return None,
        })
    }

    /// What `\n` is written as, if it is not itself.
    pub(crate) fn written(self) -> Option<&'static [u8]> {
        match self {
            Newline::Cr => Some(b"\r"),
            Newline::CrLf => Some(b"\r\n"),
            _ => None,
        }
    }

    /// The end of the first line, its line end included; nothing if it cannot be told yet.
    pub(crate) fn line_end(self, bytes: &[u8], at_end: bool) -> Option<usize> {
        match self {
            Newline::Lf => memchr(b'\n', bytes).map(|place| place + 1),
            Newline::Cr => memchr(b'\r', bytes).map(|place| place + 1),
            Newline::CrLf => memmem::find(bytes, b"\r\n").map(|place| place + 2),
            Newline::Translate | Newline::Any => {
                let place = memchr2(b'\n', b'\r', bytes)?;
                if bytes[place] == b'\n' {
                    return Some(place + 1);
                }
                match bytes.get(place + 1) {
                    Some(b'\n') => Some(place + 2),
                    Some(_) => Some(place + 1),
                    // The other half of a line end may follow.
                    None => at_end.then_some(place + 1),
                }
            }
        }
    }

    /// The bytes that `count` characters take; nothing if there are fewer, or if it cannot be told yet.
    pub(crate) fn bytes_of_characters(
        self,
        bytes: &[u8],
        count: usize,
        wide: bool,
        at_end: bool,
    ) -> Option<usize> {
        if count <= bytes.len()
            && bytes[..count].is_ascii()
            && (self != Newline::Translate || memchr(b'\r', &bytes[..count]).is_none())
        {
            return Some(count);
        }
        let mut position = 0;
        for _ in 0..count {
            let &byte = bytes.get(position)?;
            position += match byte {
                b'\r' if self == Newline::Translate => match bytes.get(position + 1) {
                    Some(b'\n') => 2,
                    Some(_) => 1,
                    None if at_end => 1,
                    None => return None,
                },
                0xC2..=0xDF if wide => 2,
                0xE0..=0xEF if wide => 3,
                0xF0..=0xF4 if wide => 4,
                _ => 1,
            };
        }
        (position <= bytes.len()).then_some(position)
    }
}

/// Text with all line ends as `\n`.
pub(crate) fn translated(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr(b'\r', bytes) else { return Cow::Borrowed(bytes) };
    let mut out = bytes[..first].to_vec();
    let mut rest = &bytes[first..];
    while let Some(place) = memchr(b'\r', rest) {
        out.extend_from_slice(&rest[..place]);
        out.push(b'\n');
        rest = &rest[place + 1..];
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    out.extend_from_slice(rest);
    Cow::Owned(out)
}

/// The kinds of line ends that were seen: bits for `\r`, `\n` and `\r\n`.
pub(crate) fn kinds(bytes: &[u8]) -> u8 {
    let mut seen = 0;
    let mut rest = bytes;
    if memchr(b'\r', bytes).is_none() {
        return if memchr(b'\n', bytes).is_some() { LF } else { 0 };
    }
    while let Some(place) = memchr2(b'\n', b'\r', rest) {
        let pair = rest[place] == b'\r' && rest.get(place + 1) == Some(&b'\n');
        seen |= if pair {
            CRLF
        } else if rest[place] == b'\r' {
            CR
        } else {
            LF
        };
        rest = &rest[place + 1 + usize::from(pair)..];
    }
    seen
}

pub(crate) const CR: u8 = 1;
pub(crate) const LF: u8 = 2;
pub(crate) const CRLF: u8 = 4;
