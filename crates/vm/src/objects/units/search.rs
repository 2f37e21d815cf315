//! Searching.

use std::ops::Range;

use memchr::memmem::{self, Finder, FinderRev};
use ouro_heap::units::bytes_of;

use super::{
    Unit,
    split::{equal_in_word, find_near},
};

/// Where the needle stands first.
pub fn find<T: Unit>(haystack: &[T], needle: &[T]) -> Option<usize> {
    match *needle {
        [] => Some(0),
        [unit] => find_near(haystack, unit),
        _ if needle.len() > haystack.len() => None,
        _ if size_of::<T>() == 1 => find_bytes(bytes_of(haystack), bytes_of(needle)),
        _ => Searcher::new(needle).next_in(haystack, 0),
    }
}

/// Where the needle stands last.
pub fn rfind<T: Unit>(haystack: &[T], needle: &[T]) -> Option<usize> {
    match *needle {
        [] => Some(haystack.len()),
        [unit] => T::rfind_one(haystack, unit),
        _ if needle.len() > haystack.len() => None,
        _ if size_of::<T>() == 1 => rfind_bytes(bytes_of(haystack), bytes_of(needle)),
        _ => ReverseSearcher::new(needle).last_before(haystack, haystack.len()),
    }
}

/// Places where the first byte stands but not the needle, after which a better way is taken.
const PATIENCE: usize = 24;

/// So few places are looked at one by one.
const FEW: usize = 12;

/// The search for bytes, at least two, in as many or more: preparing a needle costs more than most searches take.
fn find_bytes(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let last = haystack.len() - needle.len();
    if last < FEW {
        let (head, rest) = needle.split_at(2);
        return haystack.windows(needle.len()).position(|part| {
            part[0] == head[0] && part[1] == head[1] && (rest.is_empty() || part[2..] == *rest)
        });
    }
    let mut at = 0;
    for _ in 0..PATIENCE {
        at += memchr::memchr(needle[0], &haystack[at..=last])?;
        if haystack[at + 1..].starts_with(&needle[1..]) {
            return Some(at);
        }
        at += 1;
        if at > last {
            return None;
        }
    }
    memmem::find(&haystack[at..], needle).map(|found| at + found)
}

/// The same from the right.
fn rfind_bytes(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let mut end = haystack.len() - needle.len() + 1;
    for _ in 0..PATIENCE {
        end = memchr::memrchr(needle[0], &haystack[..end])?;
        if haystack[end + 1..].starts_with(&needle[1..]) {
            return Some(end);
        }
    }
    memmem::rfind(&haystack[..end + needle.len() - 1], needle)
}

/// How often the needle stands there without overlap.
pub fn count<T: Unit>(haystack: &[T], needle: &[T]) -> usize {
    match *needle {
        [] => haystack.len() + 1,
        [unit] => haystack.iter().filter(|&&other| other == unit).count(),
        _ if haystack.len() < needle.len() => 0,
        _ => matches(haystack, needle).count(),
    }
}

/// All places of a needle that is not empty, without overlap, from the left.
pub fn matches<'a, T: Unit>(haystack: &'a [T], needle: &'a [T]) -> impl Iterator<Item = usize> + 'a {
    let searcher = Searcher::new(needle);
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = searcher.next_in(haystack, at)?;
        at = found + needle.len();
        Some(found)
    })
}

/// All places of a needle that is not empty, without overlap, from the right.
pub fn rmatches<'a, T: Unit>(haystack: &'a [T], needle: &'a [T]) -> impl Iterator<Item = usize> + 'a {
    let searcher = ReverseSearcher::new(needle);
    let mut end = haystack.len();
    std::iter::from_fn(move || {
        let found = searcher.last_before(haystack, end)?;
        end = found;
        Some(found)
    })
}

/// A needle made ready for many searches. Wide units are searched for as bytes; hits between units do not count.
struct Searcher<'a> {
    finder: Finder<'a>,
    needle: &'a [u8],
}

impl<'a> Searcher<'a> {
    fn new<T: Unit>(needle: &'a [T]) -> Searcher<'a> {
        let needle = bytes_of(needle);
        Searcher { finder: Finder::new(needle), needle }
    }

    /// Looks for the needle in the next bytes, where it often stands if it has been found before; where to go on if it does
    /// not.
    #[inline(always)]
    fn find_close(&self, bytes: &[u8], start: usize) -> Result<usize, usize> {
        const WORDS: usize = 2;
        let mut at = start;
        let [first, inner @ .., last] = self.needle else { return Err(at) };
        for _ in 0..WORDS {
            let behind = bytes.get(at + inner.len() + 1..).unwrap_or_default();
            let (Some(heads), Some(tails)) = (bytes[at..].first_chunk(), behind.first_chunk()) else { break };
            let mut found = equal_in_word(*heads, *first) & equal_in_word(*tails, *last);
            while found != 0 {
                let place = at + found.trailing_zeros() as usize / 8;
                if bytes[place + 1..].starts_with(inner) {
                    return Ok(place);
                }
                found &= found - 1;
            }
            at += 8;
        }
        Err(at)
    }

    fn next_in<T: Unit>(&self, haystack: &[T], start: usize) -> Option<usize> {
        let bytes = bytes_of(haystack);
        let mut at = start * size_of::<T>();
        if size_of::<T>() == 1 {
            match self.find_close(bytes, at) {
                Ok(found) => return Some(found),
                Err(next) => at = next,
            }
        }
        loop {
            let found = at + self.finder.find(&bytes[at..])?;
            if found.is_multiple_of(size_of::<T>()) {
                return Some(found / size_of::<T>());
            }
            at = found + 1;
        }
    }
}

/// The same from the right.
struct ReverseSearcher<'a> {
    finder: FinderRev<'a>,
    needle: usize,
}

impl<'a> ReverseSearcher<'a> {
    fn new<T: Unit>(needle: &'a [T]) -> ReverseSearcher<'a> {
        ReverseSearcher { finder: FinderRev::new(bytes_of(needle)), needle: size_of_val(needle) }
    }

    fn last_before<T: Unit>(&self, haystack: &[T], end: usize) -> Option<usize> {
        let bytes = bytes_of(haystack);
        let mut end = end * size_of::<T>();
        loop {
            let found = self.finder.rfind(&bytes[..end])?;
            if found.is_multiple_of(size_of::<T>()) {
                return Some(found / size_of::<T>());
            }
            end = found + self.needle - 1;
        }
    }
}

/// The range that `start` and `end` mean in a sequence of a length: negative ones count from the end. Nothing if
/// the start lies behind the end of the sequence, where not even an empty needle is found.
pub fn range(start: isize, end: isize, len: usize) -> Option<Range<usize>> {
    let place = |index: isize| {
        if index < 0 { len.saturating_sub(index.unsigned_abs()) } else { index as usize }
    };
    let (start, end) = (place(start), place(end).min(len));
    (start <= end).then_some(start..end)
}
