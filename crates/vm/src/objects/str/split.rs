//! `str`: splitting.

use std::ops::Range;

use ouro_heap::{Buffer, OutOfMemory, Ref};

use super::{
    Str, StrExt,
    build::{at_width, in_units},
    search::{flag, line_ranges, receiver, this},
    substring, substring_here, unicode,
};
use crate::{
    error::Res,
    objects::{
        arguments::{self, name_or_none},
        list, tuple,
        units::{Unit, search, split},
    },
    state::shared,
    type_error, value_error,
};

/// The parts of a string as a list.
fn pieces(text: &Ref<Str>, ranges: Vec<Range<usize>>) -> Res {
    let mut parts = Parts::new(text);
    ranges.into_iter().for_each(|range| parts.push(range));
    parts.finish()
}

/// So many parts are found before the first is made, so that the list has no more storage than it needs.
const FEW: usize = 12;

/// The parts of a string on the way to a list.
struct Parts<'a> {
    text: &'a Ref<Str>,
    /// Where the first ones are. A string has at most 2^32 characters.
    few: [(u32, u32); FEW],
    found: usize,
    /// All of them, where they are more.
    items: Buffer<Ref>,
    failed: Option<OutOfMemory>,
}

impl Parts<'_> {
    fn new(text: &Ref<Str>) -> Parts<'_> {
        Parts { text, few: [(0, 0); FEW], found: 0, items: Buffer::new(), failed: None }
    }

    #[inline]
    fn push(&mut self, range: Range<usize>) {
        if let Some(place) = self.few.get_mut(self.found) {
            *place = (range.start as u32, range.end as u32);
            self.found += 1;
        } else if self.failed.is_none()
            && let Err(error) = self.push_more(range)
        {
            self.failed = Some(error);
        }
    }

    fn push_more(&mut self, range: Range<usize>) -> Result<(), OutOfMemory> {
        if self.items.is_empty() {
            self.items = Buffer::with_capacity(4 * FEW)?;
            self.make_few();
        }
        self.items.push(substring_here(self.text, range.start, range.end).into_any())
    }

    fn make_few(&mut self) {
        for &(start, end) in &self.few[..self.found] {
            self.items.push_within(substring_here(self.text, start as usize, end as usize).into_any());
        }
    }

    /// The list. The parts stay where they are, since moving all these places is no less work than finding few parts.
    fn finish(&mut self) -> Res {
        if let Some(error) = self.failed.take() {
            return Err(error.into());
        }
        if self.items.is_empty() {
            self.items = Buffer::with_capacity(self.found)?;
            self.make_few();
        } else {
            self.items.set_capacity(0)?;
        }
        Ok(list::from_buffer(std::mem::take(&mut self.items)).into_any())
    }
}

/// The separator and the limit; no separator means white space.
#[inline]
fn options(args: &[Option<Ref>]) -> Res<(Option<&Ref<Str>>, usize)> {
    let most = arguments::limit(args[2].as_ref())?;
    let Some(object) = arguments::given(args[1].as_ref()) else { return Ok((None, most)) };
    let Some(separator) = object.downcast::<Str>() else {
        return Err(type_error!("must be str or None, not {}", name_or_none(object)));
    };
    if separator.char_count() == 0 {
        return Err(value_error!("empty separator"));
    }
    Ok((Some(separator), most))
}

/// The whole text as the only part.
fn whole(text: &Ref<Str>) -> Vec<Range<usize>> {
    std::iter::once(0..text.char_count()).collect()
}

fn bound_receiver(args: &[Option<Ref>]) -> &Ref<Str> {
    args[0].as_ref().map(this).expect("a method has a receiver")
}

pub(super) fn split_method(args: &[Option<Ref>]) -> Res {
    let text = bound_receiver(args);
    let (separator, most) = options(args)?;
    let mut parts = Parts::new(text);
    match separator {
        None if text.is_ascii() => {
            split::each_ascii_word(text.storage(), most, is_ascii_space, |word| parts.push(word));
        }
        None => in_units!(text, |units| split::each_word(
            units,
            most,
            |c| unicode::is_space(c.code()),
            |word| parts.push(word)
        )),
        Some(separator) if separator.width() > text.width() => parts.push(0..text.char_count()),
        Some(separator) => {
            at_width!(text.width(), |view| split::each_part(&view(text), &view(separator), most, |part| {
                parts.push(part)
            }))
        }
    }
    parts.finish()
}

/// What ends a line of an ASCII text.
#[inline(always)]
fn is_ascii_line_break(c: u8) -> bool {
    // A bit for each of the characters; nearly all are greater.
    c < 32 && 0x7000_3C00_u32 >> c & 1 == 1
}

/// White space of ASCII as `str.split` sees it.
#[inline(always)]
pub(super) fn is_ascii_space(c: u8) -> bool {
    // A bit for each of the characters; nearly all others are greater.
    c <= b' ' && 0x1_F000_3E00_u64 >> c & 1 == 1
}

pub(super) fn rsplit_method(args: &[Option<Ref>]) -> Res {
    let text = bound_receiver(args);
    let (separator, most) = options(args)?;
    if let Some(separator) = separator
        && most == 1
    {
        return cut_last(text, separator);
    }
    let ranges = match separator {
        None => in_units!(text, |units| split::rwords(units, most, |c| unicode::is_space(c.code()))),
        Some(separator) if separator.width() > text.width() => whole(text),
        Some(separator) => at_width!(text.width(), |view| split::rsplit(&view(text), &view(separator), most)),
    };
    pieces(text, ranges)
}

/// The parts before and behind the last separator.
fn cut_last(text: &Ref<Str>, separator: &Ref<Str>) -> Res {
    let mut parts = Parts::new(text);
    let found = rfind(text, separator);
    found.into_iter().for_each(|found| parts.push(0..found));
    parts.push(found.map_or(0, |found| found + separator.char_count())..text.char_count());
    parts.finish()
}

fn rfind(text: &Ref<Str>, separator: &Ref<Str>) -> Option<usize> {
    if separator.width() > text.width() {
        return None;
    }
    at_width!(text.width(), |view| search::rfind(&view(text), &view(separator)))
}

pub(super) fn splitlines(args: &[Option<Ref>]) -> Res {
    let text = bound_receiver(args);
    let keep_ends = flag(args[1].as_ref())?;
    let mut parts = Parts::new(text);
    if text.is_ascii() {
        split::each_line(text.storage(), keep_ends, is_ascii_line_break, |line| parts.push(line));
    } else {
        line_ranges(text, keep_ends).into_iter().for_each(|line| parts.push(line));
    }
    parts.finish()
}

/// The only argument of a method.
#[inline]
fn separator(object: &Ref) -> Res<&Ref<Str>> {
    let Some(separator) = object.downcast::<Str>() else {
        return Err(type_error!("must be str, not {}", arguments::name_of(object)));
    };
    if separator.char_count() == 0 {
        return Err(value_error!("empty separator"));
    }
    Ok(separator)
}

#[inline]
fn parts(text: &Ref<Str>, separator: &Ref<Str>, found: usize) -> Ref {
    let end = found + separator.char_count();
    let separator = substring_here(separator, 0, separator.char_count());
    let tail = substring_here(text, end, text.char_count());
    tuple::triple(substring_here(text, 0, found).into_any(), separator.into_any(), tail.into_any())
}

pub(super) fn partition(args: &[Ref]) -> Res {
    let (text, separator) = (receiver(args), separator(&args[1])?);
    Ok(match super::search::find(text, separator) {
        Some(found) => parts(text, separator, found),
        None => {
            let (whole, empty) =
                (substring_here(text, 0, text.char_count()), || shared().empty_str.clone().into_any());
            tuple::triple(whole.into_any(), empty(), empty())
        }
    })
}

pub(super) fn rpartition(args: &[Ref]) -> Res {
    let (text, separator) = (receiver(args), separator(&args[1])?);
    Ok(match rfind(text, separator) {
        Some(found) => parts(text, separator, found),
        None => {
            let (whole, empty) =
                (substring(text, 0, text.char_count()), || shared().empty_str.clone().into_any());
            tuple::triple(empty(), empty(), whole.into_any())
        }
    })
}

pub(super) fn join_method(args: &[Ref]) -> Res {
    Ok(super::join(receiver(args), &args[1])?.into_any())
}
