//! Algorithms on sequences of units, which `str`, `bytes` and `bytearray` share: units are bytes or the wider ones of
//! strings beyond Latin-1.

pub mod edit;
pub(super) mod iterator;
pub mod search;
pub mod split;

use ouro_heap::units::PlainUnit;

/// A byte, or a character at one of the widths that strings have.
pub trait Unit: PlainUnit + Eq + Ord + Into<u32> {
    /// The unit for a code point that is known to fit.
    fn from_code(code: u32) -> Self;

    /// The code point of the unit.
    #[inline(always)]
    fn code(self) -> u32 {
        self.into()
    }

    /// Where a unit stands first.
    fn find_one(haystack: &[Self], unit: Self) -> Option<usize>;

    /// Where a unit stands last.
    fn rfind_one(haystack: &[Self], unit: Self) -> Option<usize>;
}

impl Unit for u8 {
    #[inline]
    fn from_code(code: u32) -> u8 {
        code as u8
    }

    #[inline]
    fn find_one(haystack: &[u8], unit: u8) -> Option<usize> {
        memchr::memchr(unit, haystack)
    }

    #[inline]
    fn rfind_one(haystack: &[u8], unit: u8) -> Option<usize> {
        memchr::memrchr(unit, haystack)
    }
}

macro_rules! wide {
    ($($unit:ty)*) => {
        $(impl Unit for $unit {
            #[inline]
            fn from_code(code: u32) -> $unit {
                code as $unit
            }

            fn find_one(haystack: &[$unit], unit: $unit) -> Option<usize> {
                // A block at a time, whose comparisons the compiler does together.
                let blocks = haystack.chunks(64).position(|block| block.iter().fold(false, |any, &other| any | (other == unit)))?;
                let start = blocks * 64;
                haystack[start..].iter().position(|&other| other == unit).map(|found| start + found)
            }

            fn rfind_one(haystack: &[$unit], unit: $unit) -> Option<usize> {
                haystack.iter().rposition(|&other| other == unit)
            }
        })*
    };
}

wide! { u16 u32 }
