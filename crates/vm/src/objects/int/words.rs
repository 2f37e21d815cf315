//! Sums, differences and products of big integers over their rows of words, the lowest first, and quotients that the highest
//! words tell.

use std::{cell::Cell, cmp::Ordering};

use dashu_int::{IBig, Sign, Word};

/// Words that are worked on between two looks at the loop: the carry stays in the processor's flag meanwhile.
const STEP: usize = 8;
/// Words that are multiplied before their products are added up.
const MULTIPLIED: usize = 4;
/// Room for so many words is kept for the next result.
const KEPT: usize = 1 << 12;

thread_local! {
    /// Where results are made: their words are copied to storage that fits.
    static ROOM: Cell<Vec<Word>> = const { Cell::new(Vec::new()) };
}

/// The integer whose words are written by `write` to as many places as are given.
fn made(sign: Sign, places: usize, write: impl FnOnce(&mut [Word])) -> IBig {
    let mut room = ROOM.take();
    if room.len() < places {
        room = vec![0; places];
    }
    let words = &mut room[..places];
    write(words);
    let result = IBig::from_sign_words(sign, words);
    if room.len() <= KEPT {
        ROOM.set(room);
    }
    result
}

/// `big * factor`
pub(super) fn times(big: &IBig, factor: i64) -> IBig {
    let (sign, words) = big.as_sign_words();
    let sign = if factor < 0 { -sign } else { sign };
    let factor = factor.unsigned_abs();
    made(sign, words.len() + 1, |product| {
        let (product, top) = product.split_at_mut(words.len());
        let (product, product_rest) = product.as_chunks_mut::<MULTIPLIED>();
        let (steps, rest) = words.as_chunks::<MULTIPLIED>();
        let mut carry = 0;
        for (product, words) in product.iter_mut().zip(steps) {
            // All products come first, so that one chain of additions goes through them.
            let parts = words.map(|word| word.carrying_mul(factor, 0));
            let mut over = false;
            for (product, (low, high)) in product.iter_mut().zip(parts) {
                (*product, over) = low.carrying_add(carry, over);
                carry = high;
            }
            carry += Word::from(over);
        }
        for (product, word) in product_rest.iter_mut().zip(rest) {
            (*product, carry) = word.carrying_mul(factor, carry);
        }
        top[0] = carry;
    })
}

/// `a + b`
pub(super) fn sum(a: &IBig, b: &IBig) -> IBig {
    let ((a_sign, a), (b_sign, b)) = (a.as_sign_words(), b.as_sign_words());
    signed_sum(a_sign, a, b_sign, b)
}

/// `a - b`
pub(super) fn difference(a: &IBig, b: &IBig) -> IBig {
    let ((a_sign, a), (b_sign, b)) = (a.as_sign_words(), b.as_sign_words());
    signed_sum(a_sign, a, -b_sign, b)
}

fn signed_sum(a_sign: Sign, a: &[Word], b_sign: Sign, b: &[Word]) -> IBig {
    let a_is_larger = compare(a, b) == Ordering::Greater;
    let (sign, large, small) = if a_is_larger { (a_sign, a, b) } else { (b_sign, b, a) };
    made(sign, large.len() + 1, |result| {
        let (result, top) = result.split_at_mut(large.len());
        top[0] = if a_sign == b_sign {
            Word::from(by_pairs(result, large, small, Word::carrying_add))
        } else {
            by_pairs(result, large, small, Word::borrowing_sub);
            0
        };
    })
}

/// The order of two magnitudes without leading zeros.
fn compare(a: &[Word], b: &[Word]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// Writes what a step with a carry makes of each pair of words, and of the rest of the longer row and zeros; the last carry.
#[inline(always)]
fn by_pairs(
    result: &mut [Word],
    long: &[Word],
    short: &[Word],
    step: impl Fn(Word, Word, bool) -> (Word, bool),
) -> bool {
    let mut carry = false;
    let (low, high) = long.split_at(short.len());
    let (result, result_high) = result.split_at_mut(short.len());
    let (result_steps, result_rest) = result.as_chunks_mut::<STEP>();
    let ((long_steps, long_rest), (short_steps, short_rest)) =
        (low.as_chunks::<STEP>(), short.as_chunks::<STEP>());
    for ((result, long), short) in result_steps.iter_mut().zip(long_steps).zip(short_steps) {
        for place in 0..STEP {
            (result[place], carry) = step(long[place], short[place], carry);
        }
    }
    for ((result, &long), &short) in result_rest.iter_mut().zip(long_rest).zip(short_rest) {
        (*result, carry) = step(long, short, carry);
    }
    let mut place = 0;
    while carry && place < high.len() {
        (result_high[place], carry) = step(high[place], 0, carry);
        place += 1;
    }
    result_high[place..].copy_from_slice(&high[place..]);
    carry
}

/// `a / b` rounded down, of magnitudes, where the highest words tell that it is a certain word and that a remainder is left.
/// With 64 bits of the divisor that is nearly always so if the quotient is small.
///
/// Let A and B be those bits, cut off at the same place. Then `A / (B + 1) < a / b < (A + 1) / B`. What is below the first is
/// below the quotient; the largest integer below the last is `A / B` rounded down. If both are the same, that is it, and `a / b`
/// is greater.
pub(super) fn quotient_by_top(a: &[Word], b: &[Word]) -> Option<Word> {
    let [.., b_next, b_top] = *b else { return None };
    let (a_over, a_top, a_next) = match *a {
        [.., next, top] if a.len() == b.len() => (0, top, next),
        [.., next, top, over] if a.len() == b.len() + 1 => (over, top, next),
        _ => return None,
    };
    let zeros = b_top.leading_zeros();
    if a_over.leading_zeros() < zeros {
        return None;
    }
    // The word shifted in from the right, if any.
    let cut = |word: Word| word.unbounded_shr(Word::BITS - zeros);
    let divisor = u128::from(b_top << zeros | cut(b_next));
    let dividend = (u128::from(a_over) << Word::BITS | u128::from(a_top)) << zeros | u128::from(cut(a_next));
    let quotient = dividend / (divisor + 1);
    if dividend - quotient * divisor < divisor { Word::try_from(quotient).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Integers of so many words and one bit.
    fn samples() -> Vec<IBig> {
        let mut all = Vec::new();
        for length in [1usize, 2, 3, 7, 8, 9, 16, 33, 200] {
            for offset in [0u32, 1, 12345] {
                let big = (IBig::ONE << (64 * length)) - IBig::from(offset);
                all.extend([big.clone(), -&big, big >> 17, -(IBig::ONE << (63 * length))]);
            }
        }
        all
    }

    #[test]
    fn products_agree_with_the_general_ones() {
        for big in samples() {
            for factor in [i64::MIN, -3, -1, 0, 1, 7, 1 << 40, i64::MAX] {
                assert_eq!(times(&big, factor), &big * IBig::from(factor), "{big} {factor}");
            }
        }
    }

    #[test]
    fn sums_agree_with_the_general_ones() {
        for a in samples() {
            for b in samples() {
                assert_eq!(sum(&a, &b), &a + &b, "{a} {b}");
                assert_eq!(difference(&a, &b), &a - &b, "{a} {b}");
            }
        }
    }

    #[test]
    fn quotients_agree_with_the_general_ones() {
        let mut told = 0;
        for b in samples() {
            for factor in [1u64, 2, 9, 1 << 20, u64::MAX] {
                for offset in [-2, -1, 0, 1, 2] {
                    for a in [&b * factor + offset, (&b * factor) + (&b >> 1), &b * factor + (&b >> 40)] {
                        let (a, b) = (a.as_sign_words().1, b.as_sign_words().1);
                        if let Some(quotient) = quotient_by_top(a, b) {
                            let (a, b) = (
                                IBig::from_sign_words(Sign::Positive, a),
                                IBig::from_sign_words(Sign::Positive, b),
                            );
                            assert!(IBig::from(quotient) * &b < a && a < (IBig::from(quotient) + 1) * &b);
                            told += 1;
                        }
                    }
                }
            }
        }
        assert!(told > 500);
    }
}
