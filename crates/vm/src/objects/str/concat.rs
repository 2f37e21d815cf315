//! Strings made of others: sums, pieces of f-strings, strings that grow.

use ouro_heap::{Ref, TailWriter, alloc_few_joined};

use super::{ASCII, Str, StrExt, StrHead, UNHASHED, WIDTH_MASK, are_latin1, from_char, halves, try_fresh};
use crate::{
    error::{Raised, Res},
    state::shared,
};

/// A string made by joining pieces in one step: the total is computed first.
pub fn concat(pieces: &[&Str]) -> Res<Ref<Str>> {
    concat_all(pieces.iter().copied())
}

/// The same for two pieces of narrow characters, neither of which is empty or long, if a free block is at hand.
#[inline(always)]
pub(super) fn concat_few(a: &Str, b: &Str) -> Option<Ref<Str>> {
    if !are_latin1(a, b) {
        return None;
    }
    let ascii = a.head.info.get() & b.head.info.get() & ASCII;
    alloc_few_joined(StrHead::new(ascii), a.items(), b.items())
}

/// The same for pieces that are objects, which must be strings.
pub(crate) fn concat_objects(pieces: &[Ref]) -> Res<Ref<Str>> {
    concat_all(pieces.iter().filter_map(|piece| piece.payload::<Str>()))
}

#[inline(always)]
fn concat_all<'a>(pieces: impl Iterator<Item = &'a Str> + Clone) -> Res<Ref<Str>> {
    let (mut all, mut bytes) = (ASCII, 0);
    for piece in pieces.clone() {
        let own = piece.head.info.get();
        all = (all | own & WIDTH_MASK) & (own | !ASCII);
        bytes += piece.items().len();
    }
    if all & WIDTH_MASK != 0 || bytes <= 1 {
        return concat_wide(pieces);
    }
    Ok(try_fresh(all, bytes, |tail| pieces.for_each(|piece| tail.put(piece.items())))?)
}

/// The same for characters of any width, or hardly any.
#[inline(never)]
fn concat_wide<'a>(pieces: impl Iterator<Item = &'a Str> + Clone) -> Res<Ref<Str>> {
    let width = pieces.clone().map(|piece| piece.head.info.get() & WIDTH_MASK).max().unwrap_or(0);
    let count: usize = pieces.clone().map(|piece| piece.char_count()).sum();
    if count <= 1 {
        let c = pieces.filter_map(|piece| piece.code_points().next()).next();
        return Ok(c.map_or_else(|| shared().empty_str.clone(), from_char));
    }
    let ascii =
        if width == 0 { pieces.clone().fold(ASCII, |all, piece| all & piece.head.info.get()) } else { 0 };
    Ok(try_fresh(width | ascii, count << width, |tail| {
        pieces.for_each(|piece| put_widened(piece, width, tail));
    })?)
}

/// Makes a string longer by another one where it lies, if its block has room; whether it had. It must be the only
/// reference to it.
#[inline(always)]
pub fn grow_within(left: &Ref<Str>, right: &Str) -> bool {
    let (own, more) = (left.head.info.get(), right.head.info.get());
    if (own ^ more) & WIDTH_MASK != 0
        || left.char_count() == 0
        || !ouro_heap::grow_within(left, right.storage())
    {
        return false;
    }
    left.head.hash.set(halves(UNHASHED));
    left.head.info.set(own & (more | !ASCII));
    true
}

/// A string longer by another one. It grows in place where this is the only reference to it and nothing else speaks
/// against it; otherwise a new one is made. On failure the string comes back as it was.
pub fn append(left: Ref<Str>, right: &Ref<Str>) -> Result<Ref, (Ref<Str>, Raised)> {
    let fits = left.width() >= right.width() && !left.is_interned() && left.char_count() > 0;
    let is_exact = |text: &Ref<Str>| text.as_any().is_exact::<Str>();
    if right.char_count() == 0 && is_exact(&left) && is_exact(right) {
        return Ok(left.into_any());
    }
    if !fits || right.char_count() == 0 {
        return match crate::protocol::number::binary(
            ouro_bytecode::opcode::BinaryOperator::Add,
            left.as_any(),
            right.as_any(),
        ) {
            Ok(sum) => Ok(sum),
            Err(raised) => Err((left, raised)),
        };
    }
    let width = left.width();
    let ascii = left.is_ascii() && right.is_ascii();
    match ouro_heap::grow_bytes(left, right.char_count() << (width as u32), |room| {
        if right.width() == width {
            room.copy_from_slice(right.storage())
        } else {
            widen(right, 1 << width as u32, room)
        }
    }) {
        Ok(longer) => {
            longer.head.hash.set(halves(UNHASHED));
            if !ascii {
                longer.head.info.set(longer.head.info.get() & !ASCII);
            }
            Ok(longer.into_any())
        }
        Err((left, error)) => Err((left, error.into())),
    }
}

/// Appends a string's characters at a width (its number) that is at least its own.
#[inline(always)]
pub(super) fn put_widened(source: &Str, width: u32, tail: &mut TailWriter) {
    if source.head.info.get() & WIDTH_MASK == width {
        tail.put(source.storage());
    } else {
        widen(source, 1 << width, tail.zeroed(source.char_count() << width));
    }
}

/// Writes a string's characters as units of 2 or 4 bytes.
#[inline(never)]
fn widen(source: &Str, unit: usize, storage: &mut [u8]) {
    for (place, c) in storage.chunks_exact_mut(unit).zip(source.code_points()) {
        if unit == 2 {
            place.copy_from_slice(&(c as u16).to_ne_bytes());
        } else {
            place.copy_from_slice(&c.to_ne_bytes());
        }
    }
}
