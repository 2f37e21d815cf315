//! Splitting.

use std::ops::Range;

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

/// Where a unit stands first, which mostly is not far.
#[inline]
fn find_near<T: Unit>(text: &[T], unit: T) -> Option<usize> {
    const NEAR: usize = 16;
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
pub fn words<T: Unit>(text: &[T], most: usize, is_space: impl Fn(T) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    each_word(text, most, is_space, |word| parts.push(word));
    parts
}

/// Shows the words between white space, as [`words`] has them.
#[inline]
pub fn each_word<T: Unit>(
    text: &[T],
    most: usize,
    is_space: impl Fn(T) -> bool,
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
        while at < text.len() && !is_space(text[at]) {
            at += 1;
        }
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
