//! Which locals are certainly bound: a forward pass over structured code.
//!
//! A variable that is deleted anywhere never counts as certainly bound, so along any path the set only grows.
//! What holds before a loop or a `try` therefore holds wherever control may come from inside it.

use smallvec::SmallVec;

/// A set of slots.
#[derive(Clone, Debug, Default)]
pub(super) struct BoundSet {
    /// True for code that cannot be reached, where everything holds.
    all: bool,
    bits: SmallVec<[u64; 2]>,
}

impl BoundSet {
    /// The set of unreachable code.
    pub(super) fn everything() -> BoundSet {
        BoundSet { all: true, bits: SmallVec::new() }
    }

    pub(super) fn contains(&self, slot: u16) -> bool {
        self.all || self.bits.get(usize::from(slot) / 64).is_some_and(|word| word >> (slot % 64) & 1 != 0)
    }

    pub(super) fn insert(&mut self, slot: u16) {
        let word = usize::from(slot) / 64;
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        self.bits[word] |= 1 << (slot % 64);
    }

    /// Keeps what is in both.
    pub(super) fn intersect(&mut self, other: &BoundSet) {
        if other.all {
            return;
        }
        if self.all {
            self.clone_from(other);
            return;
        }
        self.bits.truncate(other.bits.len());
        for (word, other) in self.bits.iter_mut().zip(&other.bits) {
            *word &= other;
        }
    }
}
