//! `str`: upper and lower case.

use ouro_heap::{Ref, TailWriter};

use super::{
    ASCII, Str, StrExt,
    build::StrBuilder,
    fresh,
    search::receiver,
    unicode::{self, CASE_IGNORABLE, CASED, Mapped},
};
use crate::{error::Res, state::shared};

/// Maps a string: bytes if it is ASCII, characters otherwise. The mapping of characters sees all of them and an index.
/// ASCII characters of other strings go through `plain` where their neighbours do not matter.
#[inline(always)]
fn map(
    args: &[Ref],
    ascii: impl Fn(&mut TailWriter, &[u8]),
    plain: Option<fn(&u8) -> u8>,
    wide: impl Fn(&[u32], usize) -> Mapped,
) -> Res {
    let text = receiver(args);
    if text.is_ascii() {
        let bytes = text.storage();
        if bytes.is_empty() {
            return Ok(shared().empty_str.clone().into_any());
        }
        // A fresh string even if it is a single character, as in CPython.
        return Ok(fresh(ASCII, bytes.len(), |tail| ascii(tail, bytes)).into_any());
    }
    map_wide(text, plain, wide)
}

#[inline(never)]
fn map_wide(text: &Str, plain: Option<fn(&u8) -> u8>, wide: impl Fn(&[u32], usize) -> Mapped) -> Res {
    let codes: Vec<u32> = text.code_points().collect();
    let mut out = StrBuilder::with_capacity(codes.len());
    for index in 0..codes.len() {
        if let Some(plain) = plain
            && codes[index] < 128
        {
            out.push(plain(&(codes[index] as u8)).into());
            continue;
        }
        wide(&codes, index).into_iter().for_each(|c| out.push(c));
    }
    Ok(out.finish()?.into_any())
}

/// The lowercase of the character at an index; a capital sigma at the end of a word becomes the final one.
fn lower_at(codes: &[u32], index: usize) -> Mapped {
    const CAPITAL_SIGMA: u32 = 0x3A3;
    if codes[index] != CAPITAL_SIGMA {
        return unicode::lower(codes[index]);
    }
    let cased = |c: Option<&u32>| c.is_some_and(|&c| unicode::has(c, CASED));
    let significant = |c: &&u32| !unicode::has(**c, CASE_IGNORABLE);
    let before = codes[..index].iter().rev().find(significant);
    let after = codes[index + 1..].iter().find(significant);
    let is_final = cased(before) && !cased(after);
    Mapped::from_slice(&[if is_final { 0x3C2 } else { 0x3C3 }])
}

/// Eight ASCII characters with the case of the 26 letters from `first` on changed.
#[inline(always)]
fn flip_case(word: u64, first: u8) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    // No byte is above 127, so a sum reaches the top bit exactly from its bound on.
    let from = word + ONES * u64::from(128 - first);
    let beyond = word + ONES * u64::from(128 - 26 - first);
    word ^ (from ^ beyond) >> 2 & ONES << 5
}

fn put_upper(tail: &mut TailWriter, bytes: &[u8]) {
    tail.put_mapped(bytes, |word| flip_case(word, b'a'));
}

fn put_lower(tail: &mut TailWriter, bytes: &[u8]) {
    tail.put_mapped(bytes, |word| flip_case(word, b'A'));
}

pub(super) fn upper(args: &[Ref]) -> Res {
    map(args, put_upper, Some(u8::to_ascii_uppercase), |codes, index| unicode::upper(codes[index]))
}

pub(super) fn lower(args: &[Ref]) -> Res {
    map(args, put_lower, Some(u8::to_ascii_lowercase), lower_at)
}

pub(super) fn casefold(args: &[Ref]) -> Res {
    map(args, put_lower, Some(u8::to_ascii_lowercase), |codes, index| unicode::fold(codes[index]))
}

pub(super) fn capitalize(args: &[Ref]) -> Res {
    map(
        args,
        |tail, bytes| capitalize_ascii(tail.put_open(bytes)),
        None,
        |codes, index| {
            if index == 0 { unicode::title(codes[0]) } else { lower_at(codes, index) }
        },
    )
}

/// The first letter large, all others small.
pub fn capitalize_ascii(bytes: &mut [u8]) {
    bytes.make_ascii_lowercase();
    if let Some(first) = bytes.first_mut() {
        first.make_ascii_uppercase();
    }
}

pub(super) fn swapcase(args: &[Ref]) -> Res {
    map(
        args,
        |tail, bytes| swap_ascii(tail.put_open(bytes)),
        None,
        |codes, index| {
            let flags = unicode::flags(codes[index]);
            if flags & unicode::UPPER != 0 {
                lower_at(codes, index)
            } else if flags & unicode::LOWER != 0 {
                unicode::upper(codes[index])
            } else {
                Mapped::from_slice(&[codes[index]])
            }
        },
    )
}

/// Large letters become small and small ones large.
pub fn swap_ascii(bytes: &mut [u8]) {
    for byte in bytes.iter_mut().filter(|byte| byte.is_ascii_alphabetic()) {
        *byte ^= 0x20;
    }
}

pub(super) fn title(args: &[Ref]) -> Res {
    map(
        args,
        |tail, bytes| title_ascii(tail.put_open(bytes)),
        None,
        |codes, index| {
            if index > 0 && unicode::has(codes[index - 1], CASED) {
                lower_at(codes, index)
            } else {
                unicode::title(codes[index])
            }
        },
    )
}

/// The first letter of each word large, all others small.
pub fn title_ascii(bytes: &mut [u8]) {
    // The top bit, if the byte in front of the next word is a letter.
    let mut before = 0;
    let mut change = |word: &mut [u8; 8]| {
        let text = u64::from_le_bytes(*word);
        let letters = letters(text);
        let small = (letters << 8 | before) & letters;
        *word = (text & !(letters >> 2) | small >> 2).to_le_bytes();
        before = letters >> 56;
    };
    let (words, rest) = bytes.as_chunks_mut::<8>();
    words.iter_mut().for_each(&mut change);
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    change(&mut last);
    rest.copy_from_slice(&last[..rest.len()]);
}

/// The top bits of those of eight bytes that are ASCII letters.
#[inline(always)]
fn letters(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const TOP: u64 = ONES << 7;
    let small = (word | ONES << 5) & !TOP;
    let from = small + ONES * u64::from(128 - b'a');
    let beyond = small + ONES * u64::from(128 - b'z' - 1);
    (from ^ beyond) & TOP & !word
}
