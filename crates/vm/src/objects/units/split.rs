//! Splitting.

use std::ops::Range;

use ouro_heap::units::bytes_of;

use super::{Unit, search};

/// The parts between separators, at most `most` cuts from the left.
pub fn split<T: Unit>(text: &[T], separator: &[T], most: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    each_part(text, separator, most, |part| parts.push(part));
    parts
}

/// Shows the parts between separators, at most `most` cuts from the left.
#[inline]
pub fn each_part<T: Unit>(text: &[T], separator: &[T], most: usize, mut part: impl FnMut(Range<usize>)) {
    let mut start = 0;
    match *separator {
        [unit] if text.len() <= 64 && size_of::<T>() == 1 => {
            let mut left = most;
            each_place(bytes_of(text), bytes_of(&[unit])[0], |at| {
                if left == 0 {
                    return false;
                }
                left -= 1;
                part(start..at);
                start = at + 1;
                true
            });
        }
        // A short text is looked through in one go.
        [unit] if text.len() <= 64 => {
            let mut left = most;
            for (at, _) in text.iter().enumerate().filter(|&(_, &other)| other == unit) {
                if left == 0 {
                    break;
                }
                left -= 1;
                part(start..at);
                start = at + 1;
            }
        }
        [unit] => {
            for _ in 0..most {
                let Some(found) = find_near(&text[start..], unit) else { break };
                part(start..start + found);
                start += found + 1;
            }
        }
        // One cut, or a short text: not worth to make the separator ready for many searches.
        _ if most == 1 || text.len() < 64 => {
            for _ in 0..most {
                let Some(found) = search::find(&text[start..], separator) else { break };
                part(start..start + found);
                start += found + separator.len();
            }
        }
        _ => search::matches(text, separator).take(most).for_each(|found| {
            part(start..found);
            start = found + separator.len();
        }),
    }
    part(start..text.len());
}

/// Shows the places of a byte from left to right, as long as `body` wants more.
#[inline(always)]
fn each_place(text: &[u8], byte: u8, mut body: impl FnMut(usize) -> bool) {
    let (words, rest) = text.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let mut found = equal_in_word(*word, byte);
        while found != 0 {
            if !body(8 * number + found.trailing_zeros() as usize / 8) {
                return;
            }
            found &= found - 1;
        }
    }
    for (at, _) in rest.iter().enumerate().filter(|&(_, &other)| other == byte) {
        if !body(8 * words.len() + at) {
            return;
        }
    }
}

/// The top bits of those of eight bytes that are equal to one; the first byte has the lowest bit.
#[inline(always)]
pub(super) fn equal_in_word(word: [u8; 8], byte: u8) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x7F; 8]);
    let different = u64::from_le_bytes(word) ^ u64::from_ne_bytes([byte; 8]);
    !(((different & LOW) + LOW) | different | LOW)
}

/// Where a unit stands first, which mostly is not far.
#[inline]
pub(crate) fn find_near<T: Unit>(text: &[T], unit: T) -> Option<usize> {
    const NEAR: usize = 16;
    if size_of::<T>() == 1
        && let Some(near) = bytes_of(text).first_chunk::<NEAR>()
    {
        let byte = bytes_of(&[unit])[0];
        for (number, word) in near.as_chunks::<8>().0.iter().enumerate() {
            let found = equal_in_word(*word, byte);
            if found != 0 {
                return Some(8 * number + found.trailing_zeros() as usize / 8);
            }
        }
        return T::find_one(&text[NEAR..], unit).map(|found| NEAR + found);
    }
    let near = &text[..text.len().min(NEAR)];
    match near.iter().position(|&other| other == unit) {
        None if text.len() > NEAR => T::find_one(&text[NEAR..], unit).map(|found| NEAR + found),
        found => found,
    }
}

/// The parts between separators, at most `most` cuts from the right; in order.
pub fn rsplit<T: Unit>(text: &[T], separator: &[T], most: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut end = text.len();
    if let [unit] = *separator {
        while parts.len() < most
            && let Some(found) = T::rfind_one(&text[..end], unit)
        {
            parts.push(found + 1..end);
            end = found;
        }
        parts.push(0..end);
        parts.reverse();
        return parts;
    }
    for found in search::rmatches(text, separator).take(most) {
        parts.push(found + separator.len()..end);
        end = found;
    }
    parts.push(0..end);
    parts.reverse();
    parts
}

/// The words between white space, at most `most` cuts; what is left keeps its inner and trailing white space.
pub fn words<T: Unit>(text: &[T], most: usize, is_space: impl Fn(T) -> bool + Copy) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    each_word(text, most, is_space, |word| parts.push(word));
    parts
}

/// Shows the words between white space, as [`words`] has them.
#[inline]
pub fn each_word<T: Unit>(
    text: &[T],
    most: usize,
    is_space: impl Fn(T) -> bool + Copy,
    word: impl FnMut(Range<usize>),
) {
    let end_of_word =
        |start| text[start..].iter().position(|&unit| is_space(unit)).map_or(text.len(), |n| start + n);
    each_word_up_to(text, most, is_space, end_of_word, word);
}

/// The same for the words of an ASCII text.
#[inline]
pub fn each_ascii_word(
    text: &[u8],
    most: usize,
    is_space: impl Fn(u8) -> bool + Copy,
    word: impl FnMut(Range<usize>),
) {
    /// The top bits of those of eight bytes that are at most a space, which all white space is.
    #[inline(always)]
    fn low_in_word(word: [u8; 8]) -> u64 {
        const ONES: u64 = u64::from_ne_bytes([1; 8]);
        !(u64::from_le_bytes(word) + ONES * (0x7F - 0x20)) & ONES << 7
    }
    let end_of_word = |start| {
        let mut at = start;
        while at < text.len() {
            if let Some(next) = text[at..].first_chunk::<8>() {
                let low = low_in_word(*next);
                if low == 0 {
                    at += 8;
                    continue;
                }
                at += low.trailing_zeros() as usize / 8;
            }
            if is_space(text[at]) {
                break;
            }
            at += 1;
        }
        at
    };
    each_word_up_to(text, most, is_space, end_of_word, word);
}

/// Shows the words between white space; `end_of_word` finds the white space, or the end of the text, behind the start of one.
#[inline(always)]
fn each_word_up_to<T: Unit>(
    text: &[T],
    most: usize,
    is_space: impl Fn(T) -> bool,
    end_of_word: impl Fn(usize) -> usize,
    mut word: impl FnMut(Range<usize>),
) {
    let mut left = most;
    let mut at = 0;
    loop {
        while at < text.len() && is_space(text[at]) {
            at += 1;
        }
        if at == text.len() {
            return;
        }
        if left == 0 {
            word(at..text.len());
            return;
        }
        left -= 1;
        let start = at;
        at = end_of_word(start);
        word(start..at);
    }
}

/// The words from the right; what is left keeps its inner and leading white space.
pub fn rwords<T: Unit>(text: &[T], most: usize, is_space: impl Fn(T) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = text.len();
    loop {
        while at > 0 && is_space(text[at - 1]) {
            at -= 1;
        }
        if at == 0 {
            break;
        }
        if parts.len() == most {
            parts.push(0..at);
            break;
        }
        let end = at;
        while at > 0 && !is_space(text[at - 1]) {
            at -= 1;
        }
        parts.push(at..end);
    }
    parts.reverse();
    parts
}

/// The lines; `\r\n` is one line break.
pub fn lines<T: Unit>(text: &[T], keep_ends: bool, is_break: impl Fn(T) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    each_line(text, keep_ends, is_break, |line| parts.push(line));
    parts
}

/// Calls `body` with each of the lines.
#[inline]
pub fn each_line<T: Unit>(
    text: &[T],
    keep_ends: bool,
    is_break: impl Fn(T) -> bool,
    mut body: impl FnMut(Range<usize>),
) {
    let mut at = 0;
    while at < text.len() {
        let start = at;
        while at < text.len() && !is_break(text[at]) {
            at += 1;
        }
        let mut end = at;
        if at < text.len() {
            let two = text[at].into() == 0x0D && text.get(at + 1).is_some_and(|&next| next.into() == 0x0A);
            at += if two { 2 } else { 1 };
            if keep_ends {
                end = at;
            }
        }
        body(start..end);
    }
}
