//! Strings, their concatenation, and f-strings.

use super::Builder;
use crate::ast::{Constant, Conversion, Expr, ExprKind, FormattedValue, Range};
use crate::error::Fault;
use crate::literal::{self, StringFault};
use crate::text::Wtf8Builder;

/// One of several strings in a row.
pub(crate) struct StringPiece {
    range: Range,
    /// The parts of an f-string, or nothing for an ordinary string or bytes.
    parts: Option<Vec<FStringPart>>,
}

impl StringPiece {
    pub(crate) fn plain(l: u32, r: u32) -> Self {
        StringPiece { range: Range::new(l, r), parts: None }
    }

    pub(crate) fn formatted(l: u32, r: u32, parts: Vec<FStringPart>) -> Self {
        StringPiece { range: Range::new(l, r), parts: Some(parts) }
    }
}

/// A part of an f-string.
pub(crate) enum FStringPart {
    Text { range: Range, raw: bool },
    Field(Box<Field>),
}

/// A replacement field.
pub(crate) struct Field {
    /// The text of `expression=`.
    debug: Option<Range>,
    value: Expr,
}

impl FStringPart {
    pub(crate) fn text(l: u32, r: u32, raw: bool) -> Self {
        FStringPart::Text { range: Range::new(l, r), raw }
    }
}

/// What stands behind the colon of a replacement field, the colon included.
pub(crate) struct FormatSpec {
    range: Range,
    parts: Vec<FStringPart>,
}

impl FormatSpec {
    pub(crate) fn new(l: u32, r: u32, parts: Vec<FStringPart>) -> Self {
        FormatSpec { range: Range::new(l, r), parts }
    }
}

/// Collects the values of a `JoinedStr`; neighbouring texts become one constant.
#[derive(Default)]
struct Joiner {
    values: Vec<Expr>,
    text: Wtf8Builder,
    text_range: Range,
    has_text: bool,
    u_prefix: bool,
}

impl Joiner {
    fn text(&mut self, range: Range, u_prefix: bool) -> &mut Wtf8Builder {
        if !self.has_text {
            self.has_text = true;
            self.text_range = range;
            self.u_prefix = u_prefix;
        }
        self.text_range.end = range.end;
        &mut self.text
    }

    fn flush(&mut self, builder: &mut Builder<'_>) {
        if std::mem::take(&mut self.has_text) && !self.text.is_empty() {
            let value = Constant::Str { value: self.text.take(), u_prefix: self.u_prefix };
            let Range { start, end } = self.text_range;
            self.values.push(builder.constant(start, end, value));
        }
    }
}

impl Builder<'_> {
    /// One string or bytes literal.
    pub(crate) fn string(&mut self, l: u32, r: u32) -> Expr {
        let literal = literal::split(self.text_at(l, r));
        let value = if literal.bytes {
            let mut out = Vec::with_capacity(literal.body.len());
            literal::decode_bytes(literal.body, literal.raw, &mut out)
                .map(|unknown| (Constant::Bytes(out.into_boxed_slice()), unknown))
        } else {
            literal::string(literal.body, literal.raw)
                .map(|(value, unknown)| (Constant::Str { value, u_prefix: literal.u_prefix }, unknown))
        };
        let value = match value {
            Ok((value, unknown)) => {
                self.unknown_escape(l, r, literal.body, unknown);
                value
            }
            Err(fault) => {
                self.string_fault(fault, l, r);
                Constant::None
            }
        };
        self.constant(l, r, value)
    }

    /// Several literals in a row, or one f-string.
    pub(crate) fn strings(&mut self, l: u32, r: u32, pieces: Vec<StringPiece>) -> Expr {
        let mut formatted = false;
        let mut has_bytes = false;
        let mut has_text = false;
        for piece in &pieces {
            if piece.parts.is_some() {
                formatted = true;
                has_text = true;
            } else if literal::split(self.text_at(piece.range.start, piece.range.end)).bytes {
                has_bytes = true;
            } else {
                has_text = true;
            }
        }
        if has_bytes && has_text {
            let rest = &self.text[r as usize..];
            let next = r + (rest.len() - rest.trim_start_matches([' ', '\t']).len()) as u32;
            self.string_fault(StringFault::Mixed, next, next + 1);
            return self.constant(l, r, Constant::None);
        }
        if has_bytes {
            return self.concatenated_bytes(l, r, &pieces);
        }
        let mut joiner = Joiner::default();
        for piece in pieces {
            match piece.parts {
                None => self.plain_piece(&mut joiner, piece.range),
                Some(parts) => self.join(&mut joiner, parts),
            }
        }
        if formatted {
            joiner.flush(self);
            return self.expr(l, r, ExprKind::JoinedStr { values: joiner.values });
        }
        let value = Constant::Str { value: joiner.text.take(), u_prefix: joiner.u_prefix };
        self.constant(l, r, value)
    }

    fn concatenated_bytes(&mut self, l: u32, r: u32, pieces: &[StringPiece]) -> Expr {
        let mut out = Vec::new();
        for piece in pieces {
            let Range { start, end } = piece.range;
            let literal = literal::split(self.text_at(start, end));
            match literal::decode_bytes(literal.body, literal.raw, &mut out) {
                Ok(unknown) => self.unknown_escape(start, end, literal.body, unknown),
                Err(fault) => self.string_fault(fault, start, end),
            }
        }
        self.constant(l, r, Constant::Bytes(out.into_boxed_slice()))
    }

    fn plain_piece(&mut self, joiner: &mut Joiner, range: Range) {
        let literal = literal::split(self.text_at(range.start, range.end));
        let out = joiner.text(range, literal.u_prefix);
        match literal::decode_str(literal.body, literal.raw, out) {
            Ok(unknown) => self.unknown_escape(range.start, range.end, literal.body, unknown),
            Err(fault) => self.string_fault(fault, range.start, range.end),
        }
    }

    fn join(&mut self, joiner: &mut Joiner, parts: Vec<FStringPart>) {
        for part in parts {
            match part {
                FStringPart::Text { range, raw } => self.literal_part(joiner, range, raw),
                FStringPart::Field(field) => {
                    if let Some(range) = field.debug {
                        let text = without_comments(self.text_at(range.start, range.end));
                        joiner.text(range, false).push_str(&text);
                    }
                    joiner.flush(self);
                    joiner.values.push(field.value);
                }
            }
        }
    }

    /// Literal text of an f-string, in which `{{` and `}}` stand for braces.
    fn literal_part(&mut self, joiner: &mut Joiner, range: Range, raw: bool) {
        let out = joiner.text(range, false);
        let mut rest = &self.text[range.start as usize..range.end as usize];
        loop {
            let brace = brace_end(rest, raw);
            let (piece, behind) = match brace {
                Some(end) => (&rest[..end], &rest[end + 1..]),
                None => (rest, ""),
            };
            match literal::decode_str(piece, raw, out) {
                Ok(unknown) => self.unknown_escape(range.start, range.end, piece, unknown),
                // CPython has read on to what follows the text.
                Err(fault) => return self.string_fault(fault, range.end, range.end + 1),
            }
            if brace.is_none() {
                return;
            }
            rest = behind;
        }
    }

    /// `{value!conversion:spec}` from `l` to `r`; the brace stands at `close`.
    #[allow(clippy::too_many_arguments, reason = "the grammar passes what it matched")]
    pub(crate) fn replacement_field(
        &mut self,
        l: u32,
        r: u32,
        value: Expr,
        equal: Option<u32>,
        conversion: Option<(u32, u32, u32)>,
        spec: Option<FormatSpec>,
        close: u32,
    ) -> FStringPart {
        let debug = equal.map(|_| {
            let end = match (&conversion, &spec) {
                (Some((at, _, _)), _) => *at,
                (None, Some(spec)) => spec.range.start,
                (None, None) => close,
            };
            Range::new(l + 1, end)
        });
        let has_spec = spec.is_some();
        let conversion = match conversion {
            Some((at, start, end)) => self.conversion(at, start, end),
            None if debug.is_some() && !has_spec => Conversion::Repr,
            None => Conversion::None,
        };
        let format_spec = spec.map(|spec| self.format_spec(spec));
        let kind = ExprKind::FormattedValue(Box::new(FormattedValue { value, conversion, format_spec }));
        let value = self.expr(l, r, kind);
        FStringPart::Field(Box::new(Field { debug, value }))
    }

    fn conversion(&mut self, at: u32, start: u32, end: u32) -> Conversion {
        if start != at + 1 {
            let message = "f-string: conversion type must come right after the exclamanation mark";
            self.fail(Fault::new(message, Range::new(start, end)));
        }
        match self.text_at(start, end) {
            "s" => Conversion::Str,
            "r" => Conversion::Repr,
            "a" => Conversion::Ascii,
            other => {
                let message =
                    format!("f-string: invalid conversion character '{other}': expected 's', 'r', or 'a'");
                self.fail(Fault::new(message, Range::new(start, end)));
                Conversion::None
            }
        }
    }

    fn format_spec(&mut self, spec: FormatSpec) -> Expr {
        let mut joiner = Joiner::default();
        self.join(&mut joiner, spec.parts);
        joiner.flush(self);
        self.expr(spec.range.start, spec.range.end, ExprKind::JoinedStr { values: joiner.values })
    }
}

/// Behind the first brace of the first doubled one.
fn brace_end(text: &str, raw: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().position(|byte| matches!(byte, b'{' | b'}' | b'\\'))?;
        if bytes[at] != b'\\' {
            if bytes.get(at + 1) == Some(&bytes[at]) {
                return Some(at + 1);
            }
            at += 1;
        } else if !raw && bytes[at..].starts_with(b"\\N{") {
            at += 3 + bytes[at + 3..].iter().position(|&byte| byte == b'}').map_or(0, |length| length + 1);
        } else if matches!(bytes.get(at + 1), Some(b'{' | b'}')) {
            at += 1;
        } else {
            at = (at + 2).min(bytes.len());
        }
    }
}

/// CPython takes comments out of the text of `{expression=}`.
fn without_comments(text: &str) -> String {
    if !text.contains('#') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut quote = None;
    let mut comment = false;
    for c in text.chars() {
        match c {
            '\n' => comment = false,
            '\'' | '"' if !comment => {
                quote = match quote {
                    None => Some(c),
                    Some(open) if open == c => None,
                    open => open,
                };
            }
            '#' if quote.is_none() => comment = true,
            _ => {}
        }
        if !comment {
            out.push(c);
        }
    }
    out
}
