//! The eight bytes in front of every object.
//!
//! ```text
//!   0        4        7  8
//!   +--------+--------+--+----------------
//!   | count  | type   |fl| payload ...
//!   | u32    | 24 bit |  |
//!   +--------+--------+--+----------------
//! ```
//!
//! A free block has type index 0, so that a walk over the pools tells live blocks from free ones.

use std::{cell::Cell, hint::cold_path};

/// Counts from here on belong to immortal objects: they are never freed, whatever is added or taken away.
pub const IMMORTAL_FLOOR: u32 = 1 << 31;
/// The count an object gets when it is made immortal: half way between the floor and the overflow.
pub const IMMORTAL: u32 = 0xC000_0000;
/// The count of an immortal object that has sunk below this, or has risen above the other, is set anew, see
/// [`Header::share_immortal`].
const SUNKEN: u32 = 0xA000_0000;
const RISEN: u32 = 0xE000_0000;

/// The bits of `kind` that hold the type index.
pub const TYPE_MASK: u32 = 0x00FF_FFFF;
/// The two bits that say in which generation the object is (0, 1, 2; 3 is the permanent one).
pub const GENERATION_MASK: u32 = 3 << GENERATION_SHIFT;
pub(crate) const GENERATION_SHIFT: u32 = 24;
/// Atomic objects, which are in no generation: the table of interned objects has an entry for this one.
pub const INTERNED: u32 = 1 << GENERATION_SHIFT;
/// The object takes part in collections.
pub const TRACKED: u32 = 1 << 26;
/// The finalizer has run (PEP 442: it runs once).
pub const FINALIZED: u32 = 1 << 27;
/// Interned strings, which have no finalizer: a look-up of this name has not found it in one table and gone on to another,
/// and someone remembers that.
pub const SOUGHT_BEYOND: u32 = FINALIZED;
/// The weak-reference table has an entry for the object.
pub const WEAKLY_REFERENCED: u32 = 1 << 28;
/// The program has asked for the object's identity, so its block must not be reused in place.
pub const IDENTITY_TAKEN: u32 = 1 << 29;
/// Containers, whose blocks are never reused in place: a dictionary that holds the attributes of a class.
pub const NAMESPACE: u32 = IDENTITY_TAKEN;
/// Set while a collection considers the object.
pub const COLLECTING: u32 = 1 << 30;
/// The object is being deallocated and may not be reached any more.
pub const DYING: u32 = 1 << 31;

/// Count, type and flags.
#[repr(C, align(8))]
pub struct Header {
    pub(crate) count: Cell<u32>,
    pub(crate) kind: Cell<u32>,
}

impl Header {
    /// The reference count as stored (from [`IMMORTAL_FLOOR`] on: immortal).
    #[inline(always)]
    pub fn count(&self) -> u32 {
        self.count.get()
    }

    /// The type index with the flags above it.
    #[inline(always)]
    pub fn kind(&self) -> u32 {
        self.kind.get()
    }

    /// The index of the object's type record.
    #[inline(always)]
    pub fn type_index(&self) -> u32 {
        self.kind.get() & TYPE_MASK
    }

    /// Whether a flag is set.
    #[inline(always)]
    pub fn has(&self, flag: u32) -> bool {
        self.kind.get() & flag != 0
    }

    /// Sets a flag.
    #[inline(always)]
    pub fn set(&self, flag: u32) {
        self.kind.set(self.kind.get() | flag);
    }

    /// Clears a flag.
    #[inline(always)]
    pub fn unset(&self, flag: u32) {
        self.kind.set(self.kind.get() & !flag);
    }

    /// The generation, 0 to 2, or 3 for frozen objects.
    #[inline(always)]
    pub fn generation(&self) -> u32 {
        (self.kind.get() & GENERATION_MASK) >> GENERATION_SHIFT
    }

    pub(crate) fn set_generation(&self, generation: u32) {
        self.kind.set(self.kind.get() & !GENERATION_MASK | generation << GENERATION_SHIFT);
    }

    /// Whether the object is immortal.
    #[inline(always)]
    pub fn is_immortal(&self) -> bool {
        self.count.get() >= IMMORTAL_FLOOR
    }

    /// Adds a reference to an object that is known to be immortal. It is not counted, as each addition would make the
    /// processor wait for the one before, and all programs use the same few: the count is only looked at. Releases are
    /// counted, as whoever releases does not know the object, so the count sinks, and is set anew in time: 2^29 references
    /// may end in a row before the object seems mortal.
    #[inline(always)]
    pub fn share_immortal(&self) {
        debug_assert!(self.is_immortal());
        if self.count.get() < SUNKEN {
            cold_path();
            self.count.set(IMMORTAL);
        }
    }

    /// Takes away a reference to an object that is known to be immortal, which is not counted either.
    #[inline(always)]
    pub fn release_immortal(&self) {
        debug_assert!(self.is_immortal());
        if self.count.get() > RISEN {
            cold_path();
            self.count.set(IMMORTAL);
        }
    }

    /// [`Header::share_immortal`] for an object that may also be a mortal one, which is counted.
    #[inline(always)]
    pub fn share(&self) {
        let count = self.count.get();
        if count < SUNKEN {
            self.count.set(if count < IMMORTAL_FLOOR { count + 1 } else { IMMORTAL });
        }
    }
}

impl Header {
    /// Writes the count.
    ///
    /// # Safety
    /// The caller accounts for the references that it adds or takes away.
    #[inline(always)]
    pub unsafe fn set_count(&self, count: u32) {
        self.count.set(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(count: u32) -> Header {
        Header { count: Cell::new(count), kind: Cell::new(0) }
    }

    #[test]
    fn mortal_objects_count_what_is_shared() {
        let object = header(1);
        object.share();
        object.share();
        assert_eq!(object.count(), 3);
    }

    #[test]
    fn immortal_objects_are_not_counted_and_never_sink_far() {
        for share in [Header::share, Header::share_immortal] {
            let object = header(IMMORTAL);
            share(&object);
            assert_eq!(object.count(), IMMORTAL);
            // References that were not counted end.
            object.count.set(SUNKEN);
            share(&object);
            assert_eq!(object.count(), SUNKEN);
            object.count.set(SUNKEN - 1);
            share(&object);
            assert_eq!(object.count(), IMMORTAL);
        }
    }

    #[test]
    fn immortal_objects_never_rise_far() {
        let object = header(RISEN);
        object.release_immortal();
        assert_eq!(object.count(), RISEN);
        object.count.set(RISEN + 1);
        object.release_immortal();
        assert_eq!(object.count(), IMMORTAL);
    }
}
