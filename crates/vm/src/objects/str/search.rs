//! `str`: searching.

use std::ops::Range;

use ouro_heap::Ref;

use super::{
    Str, StrExt,
    build::{at_width, in_units},
    equal_bytes,
};
use crate::{
    error::Res,
    objects::{
        arguments::{self, name_or_none},
        bool_, int,
        tuple::Tuple,
        units::{Unit, search, split},
    },
    protocol::object,
    type_error, value_error,
};

/// The receiver of a method, which is a string or an instance of a subclass.
#[inline(always)]
pub(super) fn receiver(args: &[Ref]) -> &Ref<Str> {
    this(&args[0])
}

/// The same for an object.
#[inline(always)]
pub(super) fn this(object: &Ref) -> &Ref<Str> {
    object.downcast::<Str>().expect("the receiver is a string")
}

/// Where a needle stands first, in code points.
#[inline]
pub fn find(haystack: &Ref<Str>, needle: &Ref<Str>) -> Option<usize> {
    match (haystack.latin1(), needle.latin1()) {
        (Some(haystack), Some(needle)) => search::find(haystack, needle),
        _ => find_wide(haystack, needle),
    }
}

#[inline(never)]
fn find_wide(haystack: &Ref<Str>, needle: &Ref<Str>) -> Option<usize> {
    if needle.width() > haystack.width() {
        return None;
    }
    at_width!(haystack.width(), |view| search::find(&view(haystack), &view(needle)))
}

/// Whether a string contains another.
pub fn contains(haystack: &Ref<Str>, needle: &Ref<Str>) -> bool {
    find(haystack, needle).is_some()
}

/// A text, what is searched for in it, and where; nowhere if the range lies behind the end.
type Search<'a> = (&'a Ref<Str>, &'a Ref<Str>, Option<Range<usize>>);

/// Reads the arguments of `find` and its kin.
fn needle_and_range<'a>(function: &str, args: &'a [Ref]) -> Res<Search<'a>> {
    let needle = arguments::text(function, 1, &args[1])?;
    Ok((receiver(args), needle, range(args)?))
}

#[inline]
fn range(args: &[Ref]) -> Res<Option<Range<usize>>> {
    let len = receiver(args).char_count();
    if args.len() == 2 {
        return Ok(Some(0..len));
    }
    let start = arguments::bound(args.get(2), 0)?;
    let end = arguments::bound(args.get(3), isize::MAX)?;
    Ok(search::range(start, end, len))
}

fn find_from_left(function: &str, args: &[Ref]) -> Res<Option<usize>> {
    let (text, needle, range) = needle_and_range(function, args)?;
    if let (Some(text), Some(needle), Some(range)) = (text.latin1(), needle.latin1(), &range) {
        return Ok(search::find(&text[range.clone()], needle).map(|found| found + range.start));
    }
    let Some(range) = range.filter(|_| needle.width() <= text.width()) else { return Ok(None) };
    let start = range.start;
    let found = at_width!(text.width(), |view| search::find(&view(text)[range], &view(needle)));
    Ok(found.map(|found| found + start))
}

fn find_from_right(function: &str, args: &[Ref]) -> Res<Option<usize>> {
    let (text, needle, range) = needle_and_range(function, args)?;
    let Some(range) = range.filter(|_| needle.width() <= text.width()) else { return Ok(None) };
    let start = range.start;
    let found = at_width!(text.width(), |view| search::rfind(&view(text)[range], &view(needle)));
    Ok(found.map(|found| found + start))
}

fn or_minus_one(found: Option<usize>) -> Ref {
    found.map_or_else(|| int::new(-1), int::from_usize)
}

fn or_error(found: Option<usize>) -> Res {
    found.map(int::from_usize).ok_or_else(|| value_error!("substring not found"))
}

pub(super) fn find_method(args: &[Ref]) -> Res {
    Ok(or_minus_one(find_from_left("find", args)?))
}

pub(super) fn rfind_method(args: &[Ref]) -> Res {
    Ok(or_minus_one(find_from_right("rfind", args)?))
}

pub(super) fn index_method(args: &[Ref]) -> Res {
    or_error(find_from_left("index", args)?)
}

pub(super) fn rindex_method(args: &[Ref]) -> Res {
    or_error(find_from_right("rindex", args)?)
}

pub(super) fn count_method(args: &[Ref]) -> Res {
    let (text, needle, range) = needle_and_range("count", args)?;
    let Some(range) = range.filter(|_| needle.width() <= text.width()) else { return Ok(int::new(0)) };
    Ok(int::from_usize(at_width!(text.width(), |view| search::count(&view(text)[range], &view(needle)))))
}

/// Whether an affix stands at the start (or at the end) of a range.
fn has_affix(text: &Ref<Str>, affix: &Ref<Str>, range: &Option<Range<usize>>, at_end: bool) -> bool {
    let Some(range) = range.clone() else { return false };
    if affix.width() > text.width() || affix.char_count() > range.len() {
        return false;
    }
    if let (Some(text), Some(affix)) = (text.latin1(), affix.latin1()) {
        let text = &text[range];
        return if at_end { text.ends_with(affix) } else { text.starts_with(affix) };
    }
    at_width!(text.width(), |view| {
        let (text, affix) = (view(text), view(affix));
        if at_end { text[range].ends_with(&affix) } else { text[range].starts_with(&affix) }
    })
}

/// Whether a string of narrow characters starts (or ends) with another one; nothing if it is not as simple as that.
#[inline(always)]
fn has_plain_affix(args: &[Ref], at_end: bool) -> Option<bool> {
    let [text, affix] = args else { return None };
    let (text, affix) = (this(text).latin1()?, affix.downcast::<Str>()?.latin1()?);
    let part = match text.len().checked_sub(affix.len()) {
        None => return Some(false),
        Some(cut) if at_end => &text[cut..],
        Some(_) => &text[..affix.len()],
    };
    Some(equal_bytes(part, affix))
}

#[inline(always)]
fn affix_method(function: &str, args: &[Ref], at_end: bool) -> Res {
    match has_plain_affix(args, at_end) {
        Some(has) => Ok(bool_::new(has)),
        None => affix_of_any(function, args, at_end),
    }
}

#[inline(never)]
fn affix_of_any(function: &str, args: &[Ref], at_end: bool) -> Res {
    let range = range(args)?;
    let text = receiver(args);
    if let Some(affix) = args[1].downcast::<Str>() {
        return Ok(bool_::new(has_affix(text, affix, &range, at_end)));
    }
    let Some(tuple) = args[1].payload::<Tuple>() else {
        let name = name_or_none(&args[1]);
        return Err(type_error!("{function} first arg must be str or a tuple of str, not {name}"));
    };
    for item in tuple.items() {
        let Some(affix) = item.downcast::<Str>() else {
            return Err(type_error!(
                "tuple for {function} must only contain str, not {}",
                arguments::name_of(item)
            ));
        };
        if has_affix(text, affix, &range, at_end) {
            return Ok(bool_::new(true));
        }
    }
    Ok(bool_::new(false))
}

pub(super) fn startswith(args: &[Ref]) -> Res {
    affix_method("startswith", args, false)
}

pub(super) fn endswith(args: &[Ref]) -> Res {
    affix_method("endswith", args, true)
}

pub(super) fn removeprefix(args: &[Ref]) -> Res {
    let (text, prefix) = (receiver(args), affix_argument("removeprefix", &args[1])?);
    let len = text.char_count();
    let cut = if has_affix(text, prefix, &Some(0..len), false) { prefix.char_count() } else { 0 };
    Ok(super::substring(text, cut, len).into_any())
}

pub(super) fn removesuffix(args: &[Ref]) -> Res {
    let (text, suffix) = (receiver(args), affix_argument("removesuffix", &args[1])?);
    let len = text.char_count();
    let cut = if has_affix(text, suffix, &Some(0..len), true) { suffix.char_count() } else { 0 };
    Ok(super::substring(text, 0, len - cut).into_any())
}

/// The only argument of a method.
fn affix_argument<'a>(function: &str, object: &'a Ref) -> Res<&'a Ref<Str>> {
    object
        .downcast::<Str>()
        .ok_or_else(|| type_error!("{function}() argument must be str, not {}", name_or_none(object)))
}

/// The lines of a string as ranges.
pub(super) fn line_ranges(text: &Ref<Str>, keep_ends: bool) -> Vec<Range<usize>> {
    if let Some(ascii) = text.latin1() {
        return split::lines(ascii, keep_ends, |c| super::unicode::is_line_break(c.code()));
    }
    in_units!(text, |units| split::lines(units, keep_ends, |c| super::unicode::is_line_break(c.code())))
}

/// Whether an optional flag is set.
pub(super) fn flag(argument: Option<&Ref>) -> Res<bool> {
    argument.map_or(Ok(false), object::is_true)
}
