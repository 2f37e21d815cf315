//! `str`: stripping, padding, replacing.

use ouro_heap::{Ref, TailWriter};
use smallvec::SmallVec;

use super::{
    ASCII, Str, StrExt,
    build::{at_width, check_length, from_units, in_units, pad},
    from_ascii,
    search::{receiver, this},
    substring, substring_here, try_fresh, unicode,
};
use crate::{
    error::Res,
    objects::{
        arguments,
        units::{
            Unit,
            edit::{self, Ends},
        },
    },
    overflow_error, type_error,
};

#[inline(always)]
fn strip_method(function: &str, args: &[Ref], ends: Ends) -> Res {
    if let [text] = args
        && let text = this(text)
        && text.is_ascii()
    {
        let range = edit::strip(text.storage(), ends, super::split::is_ascii_space);
        return Ok(substring_here(text, range.start, range.end).into_any());
    }
    strip_any(function, args, ends)
}

#[inline(never)]
fn strip_any(function: &str, args: &[Ref], ends: Ends) -> Res {
    let text = receiver(args);
    let range = match arguments::given(args.get(1)) {
        None => in_units!(text, |units| edit::strip(units, ends, |c| unicode::is_space(c.code()))),
        Some(chars) => {
            let Some(chars) = chars.downcast::<Str>() else {
                return Err(type_error!("{function} arg must be None or str"));
            };
            match chars.latin1() {
                // One character, or a set of few: a scan beats a table.
                Some(set) => in_units!(text, |units| edit::strip(units, ends, |c| {
                    let code: u32 = c.code();
                    u8::try_from(code).is_ok_and(|byte| set.contains(&byte))
                })),
                None => in_units!(text, |units| edit::strip(units, ends, |c| {
                    let code: u32 = c.code();
                    chars.code_points().any(|other| other == code)
                })),
            }
        }
    };
    Ok(substring(text, range.start, range.end).into_any())
}

pub(super) fn strip(args: &[Ref]) -> Res {
    strip_method("strip", args, Ends::Both)
}

pub(super) fn lstrip(args: &[Ref]) -> Res {
    strip_method("lstrip", args, Ends::Left)
}

pub(super) fn rstrip(args: &[Ref]) -> Res {
    strip_method("rstrip", args, Ends::Right)
}

/// The width and the fill character of `center` and its kin.
fn field(args: &[Ref]) -> Res<(usize, u32)> {
    let width = usize::try_from(arguments::size(&args[1])?).unwrap_or(0);
    let Some(fill) = args.get(2) else { return Ok((width, b' '.into())) };
    let Some(fill) = fill.downcast::<Str>() else {
        return Err(type_error!(
            "The fill character must be a unicode character, not {}",
            arguments::name_of(fill)
        ));
    };
    if fill.char_count() != 1 {
        return Err(type_error!("The fill character must be exactly one character long"));
    }
    Ok((width, fill.char_at(0)))
}

pub(super) fn center(args: &[Ref]) -> Res {
    let (text, (width, fill)) = (receiver(args), field(args)?);
    let (left, right) = edit::center_padding(text.char_count(), width);
    Ok(pad(text, left, right, fill)?.into_any())
}

pub(super) fn ljust(args: &[Ref]) -> Res {
    let (text, (width, fill)) = (receiver(args), field(args)?);
    Ok(pad(text, 0, width.saturating_sub(text.char_count()), fill)?.into_any())
}

pub(super) fn rjust(args: &[Ref]) -> Res {
    let (text, (width, fill)) = (receiver(args), field(args)?);
    Ok(pad(text, width.saturating_sub(text.char_count()), 0, fill)?.into_any())
}

pub(super) fn zfill(args: &[Ref]) -> Res {
    let text = receiver(args);
    let width = usize::try_from(arguments::size(&args[1])?).unwrap_or(0);
    super::build::check_length(width)?;
    if text.is_ascii() && width > text.char_count().max(1) {
        let (sign, digits) = match text.storage() {
            [sign @ (b'+' | b'-'), digits @ ..] => (std::slice::from_ref(sign), digits),
            digits => (&[][..], digits),
        };
        let filled = super::try_fresh(super::ASCII, width, |tail| {
            tail.put(sign);
            tail.put_times(b'0', width - text.char_count());
            tail.put(digits);
        })?;
        return Ok(filled.into_any());
    }
    let filled = in_units!(text, |units| match edit::zero_fill(units, width)? {
        Some(filled) => Some(from_units(&filled)?),
        None => None,
    });
    Ok(filled.unwrap_or_else(|| substring(text, 0, text.char_count())).into_any())
}

pub(super) fn expandtabs(args: &[Option<Ref>]) -> Res {
    let text = args[0].as_ref().map(this).expect("a method has a receiver");
    let size = args[1].as_ref().map_or(Ok(8), arguments::c_int)?;
    let size = usize::try_from(size).unwrap_or(0);
    if text.latin1().is_some_and(|bytes| memchr::memchr(b'\t', bytes).is_none()) {
        return Ok(substring(text, 0, text.char_count()).into_any());
    }
    let expanded = in_units!(text, |units| match edit::expand_tabs(units, size)? {
        Some(expanded) => from_units(&expanded)?,
        None => return Err(overflow_error!("new string is too long")),
    });
    Ok(expanded.into_any())
}

/// An ASCII text with a piece that is not empty replaced, written once; nothing where there is none.
fn replace_ascii(text: &[u8], old: &[u8], new: &[u8], most: usize) -> Res<Option<Ref<Str>>> {
    let mut found = SmallVec::new();
    edit::find_places(text, old, most, &mut found);
    if found.is_empty() {
        return Ok(None);
    }
    let length = edit::replaced_length(text, old, new, found.len())?;
    if length < 2 {
        let mut out = Vec::with_capacity(length);
        edit::replace_at(text, old, new, &found, |piece| out.extend_from_slice(piece));
        return Ok(Some(from_ascii(&out)));
    }
    check_length(length)?;
    let write = |tail: &mut TailWriter| edit::replace_at(text, old, new, &found, |piece| tail.put(piece));
    Ok(Some(try_fresh(ASCII, length, write)?))
}

/// An ASCII text with a character replaced by another one; nothing where there is none.
fn replace_byte(text: &[u8], old: u8, new: u8, most: usize) -> Res<Option<Ref<Str>>> {
    let Some(first) = memchr::memchr(old, text).filter(|_| most > 0) else { return Ok(None) };
    check_length(text.len())?;
    // A fresh string even if it is a single character, as in CPython.
    let write = |tail: &mut TailWriter| {
        let rest = &mut tail.put_open(text)[first..];
        if most >= rest.len() {
            rest.iter_mut().for_each(|byte| *byte = if *byte == old { new } else { *byte });
        } else {
            rest.iter_mut().filter(|byte| **byte == old).take(most).for_each(|byte| *byte = new);
        }
    };
    Ok(Some(try_fresh(ASCII, text.len(), write)?))
}

pub(super) fn replace(args: &[Option<Ref>]) -> Res {
    let [Some(text), Some(old), Some(new), most] = args else { unreachable!("three arguments are required") };
    let text = this(text);
    let old = arguments::text("replace", 1, old)?;
    let new = arguments::text("replace", 2, new)?;
    let most = arguments::limit(most.as_ref())?;
    let unchanged = || Ok(substring(text, 0, text.char_count()).into_any());
    if old.width() > text.width() || super::equal(old, new) {
        return unchanged();
    }
    let (all, from, to) = (text.storage(), old.storage(), new.storage());
    if text.is_ascii() && old.is_ascii() && new.is_ascii() && !from.is_empty() {
        if let ([from], [to]) = (from, to) {
            return match replace_byte(all, *from, *to, most)? {
                Some(replaced) => Ok(replaced.into_any()),
                None => unchanged(),
            };
        }
        return match replace_ascii(all, from, to, most)? {
            Some(replaced) => Ok(replaced.into_any()),
            None => unchanged(),
        };
    }
    let width = text.width().max(new.width());
    at_width!(width, |view| match edit::replace(&view(text), &view(old), &view(new), most)? {
        Some(replaced) => Ok(from_units(&replaced)?.into_any()),
        None => unchanged(),
    })
}
