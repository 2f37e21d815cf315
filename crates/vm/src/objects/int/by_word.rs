//! Products of a big integer and one word, which most products of big integers are.

use dashu_int::{IBig, Word};

/// `big * factor`
pub(super) fn times(big: &IBig, factor: i64) -> IBig {
    let (sign, words) = big.as_sign_words();
    let sign = if factor < 0 { -sign } else { sign };
    IBig::from_sign_words(sign, &product(words, factor.unsigned_abs()))
}

/// The product of a row of words, the lowest first, and a factor.
fn product(words: &[Word], factor: Word) -> Vec<Word> {
    let mut product = Vec::with_capacity(words.len() + 1);
    let mut carry = 0;
    product.extend(words.iter().map(|word| {
        // The greatest sum is (2^64 - 1)^2 + 2^64 - 1, which is less than 2^128.
        let sum = u128::from(*word) * u128::from(factor) + u128::from(carry);
        carry = (sum >> Word::BITS) as Word;
        sum as Word
    }));
    product.push(carry);
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_agree_with_the_general_ones() {
        for length in [1, 2, 3, 33, 200] {
            let big = -((IBig::ONE << (64 * length)) - IBig::from(length));
            for factor in [i64::MIN, -3, -1, 0, 1, 7, 1 << 40, i64::MAX] {
                assert_eq!(times(&big, factor), &big * IBig::from(factor), "{length} words, {factor}");
                assert_eq!(times(&-&big, factor), -&big * IBig::from(factor), "{length} words, {factor}");
            }
        }
    }
}
