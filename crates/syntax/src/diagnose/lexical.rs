//! CPython's words for what the lexer found wrong.

use crate::ast::Range;
use crate::error::{ErrorKind, Fault, LexFault, Place};
use crate::source_map::SourceMap;

/// True where CPython reports the fault even if the parser gave up earlier in the text.
pub(super) fn is_hard(fault: &LexFault) -> bool {
    !matches!(
        fault,
        LexFault::AfterContinuation { .. }
            | LexFault::FString { .. }
            | LexFault::UnterminatedFString { .. }
            | LexFault::EofAfterContinuation { .. }
            | LexFault::Tabs { .. }
            | LexFault::Dedent { .. }
            | LexFault::TooManyIndents { .. }
    )
}

pub(super) fn describe(map: &SourceMap<'_>, fault: &LexFault) -> Fault {
    let last_line = |text: &str| map.line(text.trim_end_matches('\n').len() as u32);
    match *fault {
        LexFault::UnknownCharacter => Fault::at("invalid syntax", 0),
        LexFault::InvalidCharacter { at, character } => invalid_character(at, character),
        LexFault::UnterminatedString { start, end } => {
            // A literal that the end of the text cuts off ends with the last line.
            let line = if end as usize == map.text().len() { last_line(map.text()) } else { map.line(end) };
            let hint = if escaped_quote(&map.text()[start as usize..end as usize]) {
                "; perhaps you escaped the end quote?"
            } else {
                ""
            };
            Fault::at(format!("unterminated string literal (detected at line {line}){hint}"), start)
        }
        LexFault::UnterminatedTripleString { start } => {
            let line = last_line(map.text());
            Fault::at(format!("unterminated triple-quoted string literal (detected at line {line})"), start)
        }
        LexFault::UnterminatedFString { start, end, triple } => {
            let (what, line) = if triple {
                ("triple-quoted f-string", last_line(map.text()))
            } else {
                ("f-string", map.line(end))
            };
            Fault::at(format!("unterminated {what} literal (detected at line {line})"), start)
        }
        LexFault::InvalidNumber { what, at } => Fault::at(format!("invalid {what} literal"), at - 1),
        LexFault::InvalidDigit { what, digit, at } => {
            Fault::at(format!("invalid digit '{digit}' in {what} literal"), at)
        }
        LexFault::LeadingZeros { start, end } => Fault::new(
            "leading zeros in decimal integer literals are not permitted; \
             use an 0o prefix for octal integers",
            Range::new(start, end),
        ),
        LexFault::UnmatchedBracket { at, bracket } => Fault::at(format!("unmatched '{bracket}'"), at),
        LexFault::MismatchedBracket { at, open, open_at, close } => {
            let mut message =
                format!("closing parenthesis '{close}' does not match opening parenthesis '{open}'");
            let line = map.line(open_at);
            if line != map.line(at) {
                message += &format!(" on line {line}");
            }
            Fault::at(message, at)
        }
        LexFault::TooManyBrackets { at } => Fault::at("too many nested parentheses", at),
        LexFault::AfterContinuation { at } => {
            open_ended("unexpected character after line continuation character", at, 0)
        }
        LexFault::EofAfterContinuation { at } => open_ended("unexpected EOF while parsing", at, -1),
        LexFault::TooManyIndents { at } => {
            open_ended("too many levels of indentation", map.line_start(map.line(at)), 0)
                .with_kind(ErrorKind::Indentation)
        }
        LexFault::Dedent { at } => {
            let line = map.line_text(map.line(at));
            let end = map.line_start(map.line(at)) + line.trim_end_matches('\n').len() as u32;
            open_ended("unindent does not match any outer indentation level", end, -1)
                .with_kind(ErrorKind::Indentation)
        }
        LexFault::Tabs { at } => {
            let message = "inconsistent use of tabs and spaces in indentation";
            open_ended(message, map.line_start(map.line(at)), 0).with_kind(ErrorKind::Tab)
        }
        LexFault::FString { at, message } => Fault::at(message, at),
    }
}

/// CPython leaves out where some errors end: `end_offset` is then 0 or -1.
pub(super) fn open_ended(message: &str, at: u32, end: i32) -> Fault {
    Fault { kind: ErrorKind::Syntax, message: message.into(), place: Place::Open { at, end } }
}

fn invalid_character(at: u32, c: char) -> Fault {
    let code = u32::from(c);
    if c.is_ascii_graphic() {
        return Fault::new("invalid syntax", Range::new(at, at + 1));
    }
    // What the Unicode tables of the standard library do not call control or white space prints.
    let hidden = c.is_control() || c.is_whitespace() || is_format(c);
    if hidden {
        Fault::at(format!("invalid non-printable character U+{code:04X}"), at)
    } else {
        Fault::at(format!("invalid character '{c}' (U+{code:04X})"), at)
    }
}

/// Format and private-use characters and unassigned ones at the ends of planes, which do not print.
fn is_format(c: char) -> bool {
    matches!(
        u32::from(c),
        0xAD | 0x600..=0x605
            | 0x61C
            | 0x6DD
            | 0x70F
            | 0x180E
            | 0x200B..=0x200F
            | 0x202A..=0x202E
            | 0x2060..=0x206F
            | 0xE000..=0xF8FF
            | 0xFEFF
            | 0xFFF0..=0xFFFB
            | 0xFFFE..=0xFFFF
            | 0xE0000..=0xE0FFF
            | 0xF0000..=0x10FFFF
    )
}

/// True where the line's literal holds an escaped quote that may have been meant to end it.
fn escaped_quote(line: &str) -> bool {
    let bytes = line.as_bytes();
    let Some(at) = bytes.iter().position(|byte| matches!(byte, b'\'' | b'"')) else { return false };
    let mut rest = &bytes[at + 1..];
    while let [first, tail @ ..] = rest {
        match (first, tail.first()) {
            (b'\\', Some(&next)) => {
                if next == bytes[at] {
                    return true;
                }
                rest = &tail[1..];
            }
            _ => rest = tail,
        }
    }
    false
}
