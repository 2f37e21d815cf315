//! How a set looks for a hash.

use super::{LINEAR_PROBES, PERTURB_SHIFT};

/// Where the search for a hash stands.
pub struct SetProbe {
    pub(super) hash: i64,
    perturb: u64,
    base: usize,
    place: usize,
    neighbours: usize,
    started: bool,
    /// The last deleted place passed: a new key goes there.
    pub(super) deleted: Option<usize>,
}

impl SetProbe {
    /// The search for a hash, at its beginning.
    #[inline(always)]
    pub fn new(hash: i64) -> SetProbe {
        SetProbe {
            hash,
            perturb: hash as u64,
            base: 0,
            place: 0,
            neighbours: 0,
            started: false,
            deleted: None,
        }
    }

    /// The next place to look at.
    #[inline(always)]
    pub(super) fn advance(&mut self, mask: usize) -> usize {
        if self.started && self.neighbours > 0 {
            self.neighbours -= 1;
            self.place += 1;
            return self.place;
        }
        if self.started {
            self.perturb >>= PERTURB_SHIFT;
            self.base = self.base.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb as usize) & mask;
        } else {
            self.started = true;
            self.base = self.hash as usize & mask;
        }
        self.neighbours = if self.base + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
        self.place = self.base;
        self.place
    }
}

/// What a search came upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// The key, at this place.
    Found(usize),
    /// A key with the same hash that only Python code can compare; the search can go on behind it.
    Undecided(usize),
    /// The key is not there; it would go to this place.
    Missing(usize),
}

impl Search {
    /// Whether the key is there, where that is decided.
    #[inline(always)]
    pub fn told(self) -> Option<bool> {
        match self {
            Search::Found(_) => Some(true),
            Search::Missing(_) => Some(false),
            Search::Undecided(_) => None,
        }
    }
}
