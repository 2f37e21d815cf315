//! Making new sequences out of old ones.

use std::{cell::Cell, ops::Range};

use ouro_heap::{OutOfMemory, allocate::check_request};

use super::{Unit, search};

/// Which ends are stripped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// Both.
    Both,
}

/// What remains between units that are stripped.
#[inline]
pub fn strip<T: Unit>(text: &[T], ends: Ends, goes: impl Fn(T) -> bool) -> Range<usize> {
    let (mut start, mut end) = (0, text.len());
    if ends != Ends::Right {
        while start < end && goes(text[start]) {
            start += 1;
        }
    }
    if ends != Ends::Left {
        while end > start && goes(text[end - 1]) {
            end -= 1;
        }
    }
    start..end
}

/// The text with at most `most` occurrences replaced; nothing if there are none.
pub fn replace<T: Unit>(
    text: &[T],
    old: &[T],
    new: &[T],
    most: usize,
) -> Result<Option<Vec<T>>, OutOfMemory> {
    if most == 0 || old.len() > text.len() {
        return Ok(None);
    }
    if old.is_empty() {
        return interleave(text, new, most).map(Some);
    }
    if let ([from], [to]) = (old, new) {
        let Some(first) = T::find_one(text, *from) else { return Ok(None) };
        if most >= text.len() {
            return Ok(Some(text.iter().map(|&unit| if unit == *from { *to } else { unit }).collect()));
        }
        let mut out = text.to_vec();
        let left = Cell::new(most);
        out[first..].iter_mut().filter(|unit| **unit == *from && left.get() > 0).for_each(|unit| {
            *unit = *to;
            left.set(left.get() - 1);
        });
        return Ok(Some(out));
    }
    let mut found = smallvec::SmallVec::new();
    find_places(text, old, most, &mut found);
    if found.is_empty() {
        return Ok(None);
    }
    let mut out = reserved(replaced_length(text, old, new, found.len())?)?;
    replace_at(text, old, new, &found, |piece| out.extend_from_slice(piece));
    Ok(Some(out))
}

/// Finds the first places, at most so many, of a text that is not empty. They are put where the caller wants them, as
/// moving their room would be more work than finding few.
pub fn find_places<T: Unit>(text: &[T], old: &[T], most: usize, found: &mut smallvec::SmallVec<[usize; 32]>) {
    if most > 1 && text.len() >= 64 {
        found.extend(search::matches(text, old).take(most));
        return;
    }
    let mut at = 0;
    while found.len() < most
        && let Some(next) = search::find(&text[at..], old)
    {
        found.push(at + next);
        at += next + old.len();
    }
}

/// The units of a text in which one has been replaced by another so often.
pub fn replaced_length<T: Unit>(
    text: &[T],
    old: &[T],
    new: &[T],
    times: usize,
) -> Result<usize, OutOfMemory> {
    let kept = text.len() - times * old.len();
    times.checked_mul(new.len()).and_then(|added| kept.checked_add(added)).ok_or(OutOfMemory)
}

/// Gives out the pieces of a text in which one is replaced at some places.
pub fn replace_at<T: Unit>(text: &[T], old: &[T], new: &[T], found: &[usize], mut put: impl FnMut(&[T])) {
    let mut start = 0;
    for &place in found {
        put(&text[start..place]);
        put(new);
        start = place + old.len();
    }
    put(&text[start..]);
}

/// The new text before every unit and at the end.
fn interleave<T: Unit>(text: &[T], new: &[T], most: usize) -> Result<Vec<T>, OutOfMemory> {
    let times = most.min(text.len() + 1);
    let length =
        times.checked_mul(new.len()).and_then(|added| added.checked_add(text.len())).ok_or(OutOfMemory)?;
    let mut out = reserved(length)?;
    for &unit in &text[..times.min(text.len())] {
        out.extend_from_slice(new);
        out.push(unit);
    }
    if times > text.len() {
        out.extend_from_slice(new);
    } else {
        out.extend_from_slice(&text[times..]);
    }
    Ok(out)
}

/// A vector with room for so many units, if the heap could take the result.
pub fn reserved<T>(length: usize) -> Result<Vec<T>, OutOfMemory> {
    check_request(length.checked_mul(size_of::<T>()).ok_or(OutOfMemory)?)?;
    let mut out = Vec::new();
    out.try_reserve_exact(length).map_err(|_| OutOfMemory)?;
    Ok(out)
}

/// The text with a fill unit so often on either side.
pub fn pad<T: Unit>(text: &[T], left: usize, right: usize, fill: T) -> Result<Vec<T>, OutOfMemory> {
    let length =
        left.checked_add(right).and_then(|padding| padding.checked_add(text.len())).ok_or(OutOfMemory)?;
    let mut out = reserved(length)?;
    out.resize(left, fill);
    out.extend_from_slice(text);
    out.resize(length, fill);
    Ok(out)
}

/// How CPython divides the padding of `center`.
pub fn center_padding(length: usize, width: usize) -> (usize, usize) {
    let padding = width.saturating_sub(length);
    let left = padding / 2 + (padding & width & 1);
    (left, padding - left)
}

/// The text repeated.
pub fn repeat<T: Unit>(text: &[T], times: usize) -> Result<Vec<T>, OutOfMemory> {
    let length = text.len().checked_mul(times).ok_or(OutOfMemory)?;
    let mut out = reserved(length)?;
    fill_repeated(&mut out, text, length);
    Ok(out)
}

fn fill_repeated<T: Unit>(out: &mut Vec<T>, text: &[T], length: usize) {
    if let [unit] = *text {
        out.resize(length, unit);
        return;
    }
    out.extend_from_slice(&text[..text.len().min(length)]);
    // Doubling copies long pieces.
    while out.len() < length {
        let piece = out.len().min(length - out.len());
        out.extend_from_within(..piece);
    }
}

/// Tabs become spaces up to the next multiple of the tab size; lines start anew. Nothing if the result would be too
/// long.
pub fn expand_tabs<T: Unit>(text: &[T], size: usize) -> Result<Option<Vec<T>>, OutOfMemory> {
    let mut out: Vec<T> = Vec::with_capacity(text.len());
    let mut column = 0;
    for &unit in text {
        match unit.into() {
            0x09 => {
                if size > 0 {
                    let spaces = size - column % size;
                    let wanted =
                        out.len().checked_add(spaces).and_then(|len| len.checked_mul(size_of::<T>()));
                    let Some(wanted) = wanted else { return Ok(None) };
                    check_request(wanted)?;
                    out.try_reserve(spaces).map_err(|_| OutOfMemory)?;
                    out.resize(out.len() + spaces, T::from_code(0x20));
                    column += spaces;
                }
            }
            code => {
                column = if matches!(code, 0x0A | 0x0D) { 0 } else { column + 1 };
                out.push(unit);
            }
        }
    }
    Ok(Some(out))
}

/// Zeros between the sign and the digits, up to a width; nothing if it is wide enough.
pub fn zero_fill<T: Unit>(text: &[T], width: usize) -> Result<Option<Vec<T>>, OutOfMemory> {
    if width <= text.len() {
        return Ok(None);
    }
    let zeros = width - text.len();
    let mut out = pad(text, zeros, 0, T::from_code(b'0'.into()))?;
    if text.first().is_some_and(|&unit| matches!(unit.into(), 0x2B | 0x2D)) {
        out.swap(0, zeros);
    }
    Ok(Some(out))
}
