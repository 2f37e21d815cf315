//! How strings and bytes are hashed.

use super::UNHASHED;
use crate::state::vm;

/// The hash of text or bytes: equal for equal bytes, never -1, which means "no hash yet" (CPython's rule).
#[inline]
pub fn hash_bytes(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let hasher = &vm().text_hash;
    match hasher.hash_few(bytes).unwrap_or_else(|| hasher.hash_many(bytes)) as i64 {
        UNHASHED => -2,
        hash => hash,
    }
}

/// How the bytes of text are hashed. Nobody who does not know the seeds can tell which texts have the same hash.
#[derive(Debug)]
pub(crate) struct TextHash {
    seeds: [u64; 2],
    many: ahash::RandomState,
}

impl TextHash {
    /// The way that goes with a seed.
    pub(crate) fn new(seed: u64) -> TextHash {
        let seeds = [seed, seed ^ 0x9E37_79B9_7F4A_7C15, !seed, seed.rotate_left(32)];
        let many = ahash::RandomState::with_seeds(seeds[0], seeds[1], seeds[2], seeds[3]);
        TextHash { seeds: [many.hash_one(0), many.hash_one(1)], many }
    }

    #[inline(never)]
    fn hash_many(&self, bytes: &[u8]) -> u64 {
        self.many.hash_one(bytes)
    }

    /// The hash of at most 16 bytes: their ends, which may overlap, and their number, multiplied and folded twice.
    #[inline(always)]
    fn hash_few(&self, bytes: &[u8]) -> Option<u64> {
        let (first, last) = match bytes.len() {
            0..2 => (bytes.first().map_or(0, |&byte| byte.into()), 0),
            2..4 => (
                u16::from_le_bytes(*bytes.first_chunk()?).into(),
                u16::from_le_bytes(*bytes.last_chunk()?).into(),
            ),
            4..8 => (
                u32::from_le_bytes(*bytes.first_chunk()?).into(),
                u32::from_le_bytes(*bytes.last_chunk()?).into(),
            ),
            8..=16 => (u64::from_le_bytes(*bytes.first_chunk()?), u64::from_le_bytes(*bytes.last_chunk()?)),
            _ => return None,
        };
        let [one, other] = self.seeds;
        let product = u128::from(first ^ one) * u128::from(last ^ other);
        let (low, high) = (product as u64 ^ bytes.len() as u64, (product >> 64) as u64);
        let product = u128::from(low ^ other) * u128::from(high ^ one);
        Some(product as u64 ^ (product >> 64) as u64)
    }
}
