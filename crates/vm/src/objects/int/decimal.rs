//! The decimal text of large ints.
//!
//! Up to two thousand digits the plain way is the fastest: 19 digits after the other are divided off. For longer ones the
//! library has a way that takes less than quadratic time.

use dashu_int::{IBig, Sign};
use smallvec::SmallVec;

/// The largest power of ten in a word, and its digits. Its highest bit is set, as [`divide`] wants it.
const CHUNK: u64 = 10_000_000_000_000_000_000;
const DIGITS: usize = 19;
/// What multiplications with stand for divisions by [`CHUNK`]: the word below the highest of its reciprocal.
const INVERSE: u64 = (u128::MAX / CHUNK as u128 - (1 << 64)) as u64;
/// The most words that are divided the plain way.
const MOST_WORDS: usize = 128;

/// The decimal text.
pub(super) fn text(value: &IBig) -> String {
    let (sign, words) = value.as_sign_words();
    if words.len() > MOST_WORDS {
        return value.to_string();
    }
    let mut rest: SmallVec<[u64; 32]> = SmallVec::from_slice(words);
    let mut chunks: SmallVec<[u64; 32]> = SmallVec::new();
    while !rest.is_empty() {
        let mut remainder = 0;
        for word in rest.iter_mut().rev() {
            (*word, remainder) = divide(remainder, *word);
        }
        chunks.push(remainder);
        while rest.last() == Some(&0) {
            rest.pop();
        }
    }
    let mut out = String::with_capacity(chunks.len() * DIGITS + 1);
    if sign == Sign::Negative {
        out.push('-');
    }
    let mut buffer = itoa::Buffer::new();
    let first = chunks.pop().unwrap_or(0);
    out.push_str(buffer.format(first));
    for chunk in chunks.into_iter().rev() {
        let digits = buffer.format(chunk);
        out.push_str(&"0000000000000000000"[digits.len()..]);
        out.push_str(digits);
    }
    out
}

/// Quotient and remainder of two words by [`CHUNK`], which is larger than the upper one: the division of Möller and
/// Granlund, with two multiplications.
#[inline(always)]
fn divide(upper: u64, lower: u64) -> (u64, u64) {
    let both = u128::from(upper) << 64 | u128::from(lower);
    let product = (u128::from(INVERSE) * u128::from(upper)).wrapping_add(both);
    let mut quotient = ((product >> 64) as u64).wrapping_add(1);
    let mut remainder = lower.wrapping_sub(quotient.wrapping_mul(CHUNK));
    if remainder > product as u64 {
        quotient = quotient.wrapping_sub(1);
        remainder = remainder.wrapping_add(CHUNK);
    }
    if remainder >= CHUNK {
        quotient = quotient.wrapping_add(1);
        remainder -= CHUNK;
    }
    (quotient, remainder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divides_as_the_processor_does() {
        let mut seed = 88172645463325252u64;
        let mut next = move || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let mut cases =
            vec![(0, 0), (0, CHUNK - 1), (0, CHUNK), (0, u64::MAX), (CHUNK - 1, u64::MAX), (CHUNK - 1, 0)];
        cases.extend((0..10_000).map(|_| (next() % CHUNK, next())));
        for (upper, lower) in cases {
            let both = u128::from(upper) << 64 | u128::from(lower);
            let chunk = u128::from(CHUNK);
            assert_eq!(divide(upper, lower), ((both / chunk) as u64, (both % chunk) as u64));
        }
    }

    #[test]
    fn texts_are_those_of_the_library() {
        let mut value = IBig::from(1);
        for n in 0..3000 {
            assert_eq!(text(&value), value.to_string());
            assert_eq!(text(&-&value), (-&value).to_string());
            value = value * IBig::from(if n % 5 == 0 { 1_000_003 } else { 10 }) - IBig::from(n % 2);
        }
    }
}
