//! `str.format` and `str.format_map`.

use ouro_heap::Ref;

use super::quick;
use crate::{
    error::{Raised, Res, raise_with},
    index_error,
    native::Args,
    objects::{
        exception::ExceptionKind,
        int,
        str::{self, Str, StrBuilder, StrExt, unicode},
    },
    protocol::{attribute, item, object},
    value_error,
};

/// Where replacement fields find their values.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// The arguments of `format`.
    Args(Args<'a>),
    /// The mapping of `format_map`.
    Mapping(&'a Ref),
}

/// How the fields are numbered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Undecided,
    Automatic(usize),
    Manual,
}

pub(crate) fn format_method(args: Args) -> Res {
    let text = args.all[0].downcast::<Str>().expect("the receiver is a string");
    if let ([_, only], None) = (args.all, args.names)
        && only.is_exact::<Str>()
        && text.is_text("{}")
    {
        return Ok(only.clone());
    }
    let out = expand(text, Source::Args(args.rest()), 2, &mut Numbering::Undecided)?;
    Ok(out.into_any())
}

pub(crate) fn format_map_method(args: &[Ref]) -> Res {
    let text = args[0].downcast::<Str>().expect("the receiver is a string");
    let out = expand(text, Source::Mapping(&args[1]), 2, &mut Numbering::Undecided)?;
    Ok(out.into_any())
}

/// A piece of a template: literal text and perhaps a replacement field behind it.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// The literal text: from, to.
    pub literal: (usize, usize),
    /// The field.
    pub field: Option<Field>,
}

/// A replacement field.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// `name`, with attributes and indices: from, to.
    pub name: (usize, usize),
    /// The character behind `!`.
    pub conversion: Option<u32>,
    /// What stands behind `:`: from, to.
    pub spec: (usize, usize),
    /// Whether there are fields in the specification.
    pub nested: bool,
}

/// Reads a template piece by piece.
pub struct Pieces<'a> {
    text: &'a Ref<Str>,
    at: usize,
    end: usize,
}

impl<'a> Pieces<'a> {
    /// A reader for a whole template.
    pub fn new(text: &'a Ref<Str>) -> Pieces<'a> {
        Pieces { text, at: 0, end: text.char_count() }
    }

    /// The next piece, if there is one.
    #[inline]
    pub fn next_piece(&mut self) -> Res<Option<Piece>> {
        if self.at >= self.end {
            return Ok(None);
        }
        if let Some(bytes) = self.text.latin1()
            && let Some(piece) = self.plain_piece(bytes)
        {
            return Ok(Some(piece));
        }
        self.any_piece()
    }

    /// A piece with a field of the plain kind not far away: without indices, and without fields in its specification.
    #[inline(always)]
    fn plain_piece(&mut self, bytes: &[u8]) -> Option<Piece> {
        const NEAR: usize = 16;
        let start = self.at;
        let is_brace = |&byte: &u8| matches!(byte, b'{' | b'}');
        let brace = start + bytes[start..].iter().take(NEAR).position(is_brace)?;
        let name = brace + 1;
        let [b'{', inner @ ..] = &bytes[brace..] else { return None };
        if let [b'}', ..] = inner {
            self.at = brace + 2;
            let field = Field { name: (name, name), conversion: None, spec: (0, 0), nested: false };
            return Some(Piece { literal: (start, brace), field: Some(field) });
        }
        let is_special = |&byte: &u8| matches!(byte, b'{' | b'}' | b'[' | b'!' | b':');
        let mut end = name + inner.iter().position(is_special)?;
        let mut field = Field { name: (name, end), conversion: None, spec: (0, 0), nested: false };
        if let [b'!', conversion, tail @ ..] = &bytes[end..] {
            if !matches!(tail, [b':' | b'}', ..]) {
                return None;
            }
            field.conversion = Some(u32::from(*conversion));
            end += 2;
        }
        if let [b':', spec @ ..] = &bytes[end..] {
            let length = spec.iter().position(is_brace)?;
            field.spec = (end + 1, end + 1 + length);
            end += 1 + length;
        }
        if bytes.get(end) != Some(&b'}') {
            return None;
        }
        self.at = end + 1;
        Some(Piece { literal: (start, brace), field: Some(field) })
    }

    fn any_piece(&mut self) -> Res<Option<Piece>> {
        let start = self.at;
        let Some(brace) = self.find_brace() else {
            self.at = self.end;
            return Ok(Some(Piece { literal: (start, self.end), field: None }));
        };
        let c = self.text.char_at(brace);
        self.at = brace + 1;
        let doubled = self.at < self.end && self.text.char_at(self.at) == c;
        if doubled {
            self.at += 1;
            return Ok(Some(Piece { literal: (start, brace + 1), field: None }));
        }
        if c == CLOSE {
            return Err(value_error!("Single '}}' encountered in format string"));
        }
        if self.at >= self.end {
            return Err(value_error!("Single '{{' encountered in format string"));
        }
        let field = self.field()?;
        Ok(Some(Piece { literal: (start, brace), field: Some(field) }))
    }

    fn find_brace(&self) -> Option<usize> {
        match self.text.latin1() {
            Some(bytes) => {
                memchr::memchr2(b'{', b'}', &bytes[self.at..self.end]).map(|found| self.at + found)
            }
            None => (self.at..self.end).find(|&at| matches!(self.text.char_at(at), OPEN | CLOSE)),
        }
    }

    fn take(&mut self) -> Option<u32> {
        let c = (self.at < self.end).then(|| self.text.char_at(self.at))?;
        self.at += 1;
        Some(c)
    }

    fn field(&mut self) -> Res<Field> {
        let start = self.at;
        let last = loop {
            match self.take() {
                None => return Err(value_error!("expected '}}' before end of string")),
                Some(OPEN) => return Err(value_error!("unexpected '{{' in field name")),
                Some(0x5B) => {
                    while self.at < self.end && self.text.char_at(self.at) != 0x5D {
                        self.at += 1;
                    }
                }
                Some(c @ (CLOSE | COLON | BANG)) => break c,
                Some(_) => {}
            }
        };
        let mut field = Field { name: (start, self.at - 1), conversion: None, spec: (0, 0), nested: false };
        if last == CLOSE {
            return Ok(field);
        }
        if last == BANG {
            field.conversion = self.take();
            if field.conversion.is_none() {
                return Err(value_error!("end of string while looking for conversion specifier"));
            }
            match self.take() {
                Some(CLOSE) => return Ok(field),
                Some(COLON) | None => {}
                Some(_) => return Err(value_error!("expected ':' after conversion specifier")),
            }
        }
        let start = self.at;
        let mut depth = 1;
        while let Some(c) = self.take() {
            if c == OPEN {
                field.nested = true;
                depth += 1;
            } else if c == CLOSE {
                depth -= 1;
                if depth == 0 {
                    field.spec = (start, self.at - 1);
                    return Ok(field);
                }
            }
        }
        Err(value_error!("unmatched '{{' in format spec"))
    }
}

const OPEN: u32 = 0x7B;
const CLOSE: u32 = 0x7D;
const COLON: u32 = 0x3A;
const BANG: u32 = 0x21;

fn expand(text: &Ref<Str>, source: Source, depth: u32, numbering: &mut Numbering) -> Res<Ref<Str>> {
    if depth == 0 {
        return Err(value_error!("Max string recursion exceeded"));
    }
    let mut out = StrBuilder::with_capacity(text.char_count() + 16);
    let mut pieces = Pieces::new(text);
    while let Some(piece) = pieces.next_piece()? {
        out.push_part(text, piece.literal.0, piece.literal.1)?;
        let Some(field) = piece.field else { continue };
        let value = look_up(text, field.name, source, numbering)?;
        if !field.nested
            && let Some(bytes) = text.latin1()
            && quick::push(&mut out, &value, field.conversion, &bytes[field.spec.0..field.spec.1])?
        {
            continue;
        }
        let value = match field.conversion {
            None => value,
            Some(conversion) => convert(&value, conversion)?,
        };
        let mut spec = str::substring(text, field.spec.0, field.spec.1);
        if field.nested {
            spec = expand(&spec, source, depth - 1, numbering)?;
        }
        out.push_str(&*object::format(&value, &spec)?)?;
    }
    out.finish()
}

fn convert(value: &Ref, conversion: u32) -> Res {
    Ok(match u8::try_from(conversion) {
        Ok(b'r') => object::repr(value)?.into_any(),
        Ok(b's') => object::str(value)?.into_any(),
        Ok(b'a') => object::ascii(value)?.into_any(),
        Ok(c @ 33..127) => return Err(value_error!("Unknown conversion specifier {}", c as char)),
        _ => return Err(value_error!("Unknown conversion specifier \\x{conversion:x}")),
    })
}

/// The number that a part of a template is, if all of it are digits.
pub fn index_of(text: &Str, start: usize, end: usize) -> Res<Option<usize>> {
    let mut value: Option<usize> = None;
    for at in start..end {
        let Some(digit) = unicode::decimal_value(text.char_at(at)) else { return Ok(None) };
        let digit = digit as usize;
        if value.unwrap_or(0) > (isize::MAX as usize - digit) / 10 {
            return Err(value_error!("Too many decimal digits in format string"));
        }
        value = Some(value.unwrap_or(0) * 10 + digit);
    }
    Ok(value)
}

/// A step behind the first name of a field.
#[derive(Debug)]
pub enum Step {
    /// `.name`
    Attribute(Ref<Str>),
    /// `[name]`
    Key(Ref<Str>),
    /// `[0]`
    Index(usize),
}

/// Where the first name of a field ends.
pub fn first_end(text: &Str, start: usize, end: usize) -> usize {
    (start..end).find(|&at| matches!(text.char_at(at), 0x2E | 0x5B)).unwrap_or(end)
}

/// The step at a position, which moves on behind it.
pub fn next_step(text: &Ref<Str>, at: &mut usize, end: usize) -> Res<Option<Step>> {
    if *at >= end {
        return Ok(None);
    }
    let c = text.char_at(*at);
    *at += 1;
    let start = *at;
    let empty = || value_error!("Empty attribute in format string");
    if c == 0x2E {
        *at = first_end(text, start, end);
        if *at == start {
            return Err(empty());
        }
        return Ok(Some(Step::Attribute(str::substring(text, start, *at))));
    }
    if c != 0x5B {
        return Err(value_error!("Only '.' or '[' may follow ']' in format field specifier"));
    }
    let Some(close) = (start..end).find(|&at| text.char_at(at) == 0x5D) else {
        return Err(value_error!("Missing ']' in format string"));
    };
    *at = close + 1;
    if close == start {
        return Err(empty());
    }
    Ok(Some(match index_of(text, start, close)? {
        Some(index) => Step::Index(index),
        None => Step::Key(str::substring(text, start, close)),
    }))
}

/// The value of a field.
fn look_up(text: &Ref<Str>, name: (usize, usize), source: Source, numbering: &mut Numbering) -> Res {
    let (start, end) = name;
    if start == end
        && let Source::Args(args) = source
        && let Numbering::Automatic(index) = *numbering
        && let Some(value) = args.positional().get(index)
    {
        *numbering = Numbering::Automatic(index + 1);
        return Ok(value.clone());
    }
    let mut at = first_end(text, start, end);
    let index = if at == start {
        Some(automatic(numbering)?)
    } else {
        let index = index_of(text, start, at)?;
        if index.is_some() {
            manual(numbering)?;
        }
        index
    };
    let mut value = match (index, source) {
        (Some(_), Source::Mapping(_)) => {
            return Err(value_error!("Format string contains positional fields"));
        }
        (Some(index), Source::Args(args)) => match args.positional().get(index) {
            Some(value) => value.clone(),
            None => {
                return Err(index_error!("Replacement index {index} out of range for positional args tuple"));
            }
        },
        (None, source) => named(&str::substring(text, start, at), source)?,
    };
    while let Some(step) = next_step(text, &mut at, end)? {
        value = match step {
            Step::Attribute(name) => attribute::get(&value, &name)?,
            Step::Key(key) => item::get(&value, key.as_any())?,
            Step::Index(index) => item::get(&value, &int::from_usize(index))?,
        };
    }
    Ok(value)
}

fn named(name: &Ref<Str>, source: Source) -> Res {
    match source {
        Source::Mapping(mapping) => item::get(mapping, name.as_any()),
        Source::Args(args) => match args.keywords().find(|(key, _)| str::equal(key, name)) {
            Some((_, value)) => Ok(value.clone()),
            None => Err(raise_with(ExceptionKind::KeyError, vec![name.clone().into_any()])),
        },
    }
}

fn automatic(numbering: &mut Numbering) -> Res<usize> {
    let index = match *numbering {
        Numbering::Undecided => 0,
        Numbering::Automatic(next) => next,
        Numbering::Manual => return Err(switch("manual field specification", "automatic field numbering")),
    };
    *numbering = Numbering::Automatic(index + 1);
    Ok(index)
}

fn manual(numbering: &mut Numbering) -> Res<()> {
    if let Numbering::Automatic(_) = numbering {
        return Err(switch("automatic field numbering", "manual field specification"));
    }
    *numbering = Numbering::Manual;
    Ok(())
}

fn switch(from: &str, to: &str) -> Raised {
    value_error!("cannot switch from {from} to {to}")
}
