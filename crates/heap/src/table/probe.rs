//! Where a hash is looked for.

/// The places that a hash is looked for in, CPython's sequence: all bits of the hash take part in the end.
pub struct Probe {
    pub(super) hash: i64,
    perturb: u64,
    place: u64,
    started: bool,
}

impl Probe {
    /// The probe sequence of a hash.
    #[inline(always)]
    pub fn new(hash: i64) -> Probe {
        Probe { hash, perturb: hash as u64, place: hash as u64, started: false }
    }

    #[inline(always)]
    pub(super) fn place(&mut self, mask: u64) -> usize {
        if self.started {
            self.perturb >>= 5;
            self.place = self.place.wrapping_mul(5).wrapping_add(self.perturb).wrapping_add(1);
        }
        self.started = true;
        self.place &= mask;
        self.place as usize
    }
}
