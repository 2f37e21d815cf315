//! How the storage of a table is laid out: its size, its index, its entries.

use crate::{header::INTERNED, reference::Ref, types::INT};

/// The type index of objects that keep their own hash, which the interpreter gives to its strings.
pub const KEEPS_HASH: u32 = 9;
/// Where such an object keeps its hash, from the beginning of its payload.
pub const HASH_OFFSET: usize = 8;

/// An index place that has never been used.
pub(super) const EMPTY: u32 = u32::MAX;
/// An index place whose entry is gone.
pub(super) const DELETED: u32 = u32::MAX - 1;
/// log2 of the places of the smallest index.
const MIN_LOG2: u32 = 3;
/// One more than log2 of the places of the largest index.
const LIMIT_LOG2: u32 = 31;
/// Entries that the smallest index can serve.
pub const FULL_SMALL: usize = 5;
/// Entries that a table gets room for when it begins to grow.
const FIRST_SMALL: usize = 3;

/// For each size of the index the bits of a place that do not say where the entry is: there stand those of its hash.
/// A place that is empty or deleted names a position that no entry has, whatever its other bits.
const TAGS: [u32; 32] = {
    let mut tags = [0; 32];
    let mut log2 = 0;
    while log2 < tags.len() {
        let place = if log2 < 8 {
            u8::MAX as u32
        } else if log2 < 16 {
            u16::MAX as u32
        } else {
            u32::MAX
        };
        tags[log2] = u32::MAX << log2 & place;
        log2 += 1;
    }
    tags
};

/// What decides how a storage is laid out, in one word, which is read and written as a whole:
///
/// ```text
///   0       8             16           22      23     24      32
///   +-------+-------------+------------+-------+------+-------+
///   | log2  | log2 bytes  | small room | mixed | wide | moves |
///   +-------+-------------+------------+-------+------+-------+
/// ```
///
/// log2 of the number of index places and of their bytes, 0 for no storage; the entries that fit beside the smallest index
/// (others always have room for all that their index can serve); whether there has been a key that its hash does not tell
/// from all others; whether entries have the hash in front of the key; how often entries have got new positions, as far as eight bits can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape(u32);

const BYTES_SHIFT: u32 = 8;
const INDEX_MASK: u32 = 0xFFFF;
const ROOM_SHIFT: u32 = 16;
const ROOM_MASK: u32 = 7 << ROOM_SHIFT;
const MIXED: u32 = 1 << 22;
const WIDE: u32 = 1 << 23;
const MOVES_SHIFT: u32 = 24;
const MOVES_MASK: u32 = 0xFF << MOVES_SHIFT;

impl Shape {
    /// No storage.
    pub(super) const NONE: Shape = Shape(0);
    const SMALLEST: Shape = Shape(MIN_LOG2 | MIN_LOG2 << BYTES_SHIFT).with_room(FULL_SMALL);

    /// The smallest index with at least so many places, with as many entries as it can serve.
    pub(super) fn of_places(places: usize) -> Shape {
        let log2 = places.max(1 << MIN_LOG2).next_power_of_two().trailing_zeros();
        Shape::SMALLEST.with_index(log2)
    }

    /// Room for exactly so many entries, as far as the smallest index goes; more beyond.
    #[inline]
    pub(super) fn of_entries(entries: usize) -> Shape {
        if entries <= FULL_SMALL {
            return Shape::SMALLEST.with_room(entries);
        }
        // The inverse of the usable fraction, as CPython's ESTIMATE_SIZE.
        Shape::of_places((entries * 3).div_ceil(2))
    }

    /// The first storage of a table of which nothing is known.
    pub(super) fn first() -> Shape {
        Shape::SMALLEST.with_room(FIRST_SMALL)
    }

    /// The same with room for only so many entries, if the index is the smallest one.
    pub(super) const fn with_room(self, entries: usize) -> Shape {
        let entries = if entries < FULL_SMALL { entries } else { FULL_SMALL };
        Shape(self.0 & !ROOM_MASK | (entries as u32) << ROOM_SHIFT)
    }

    /// The same with an index of another size.
    pub(super) fn with_index(self, log2: u32) -> Shape {
        let width = (log2 >= 8) as u32 + (log2 >= 16) as u32;
        Shape(self.0 & !INDEX_MASK | (log2 + width) << BYTES_SHIFT | log2)
    }

    /// The same in the wide form, if that is asked for.
    pub(super) fn widened(self, wide: bool) -> Shape {
        Shape(self.0 | if wide { WIDE } else { 0 })
    }

    /// The same for the keys of another, after one move more than that has seen.
    pub(super) fn moved_from(self, old: Shape) -> Shape {
        let moves = (old.0 & MOVES_MASK).wrapping_add(1 << MOVES_SHIFT);
        Shape(self.0 & !(MOVES_MASK | MIXED) | old.0 & MIXED | moves)
    }

    /// The same with keys of all kinds.
    #[inline(always)]
    pub(super) fn mixed(self) -> Shape {
        Shape(self.0 | MIXED)
    }

    /// Whether there has been a key that its hash does not tell from all others.
    #[inline(always)]
    pub(super) fn is_mixed(self) -> bool {
        self.0 & MIXED != 0
    }

    /// The same index with room for more entries, if it can serve more.
    pub(super) fn extended(self) -> Option<Shape> {
        let more = if self.small_room() < FIRST_SMALL { FIRST_SMALL } else { FULL_SMALL };
        (self.is_smallest() && self.small_room() < FULL_SMALL).then(|| self.with_room(more))
    }

    /// Whether there is a storage at all.
    #[inline(always)]
    pub(super) fn is_none(self) -> bool {
        self.log2() == 0
    }

    /// Whether the index is the smallest one.
    #[inline(always)]
    pub(super) fn is_smallest(self) -> bool {
        self.log2() == MIN_LOG2
    }

    /// Whether there can be an index of that size.
    #[inline(always)]
    pub(super) fn is_possible(self) -> bool {
        self.log2() < LIMIT_LOG2
    }

    /// log2 of the number of index places.
    #[inline(always)]
    pub(super) fn log2(self) -> u32 {
        self.0 & 0xFF
    }

    /// Whether entries have the hash in front of the key.
    #[inline(always)]
    pub(super) fn is_wide(self) -> bool {
        self.0 & WIDE != 0
    }

    /// Whether all keys are ints that are their own hashes, which stand in front of them.
    #[inline(always)]
    pub(super) fn is_of_numbers(self) -> bool {
        self.0 & (WIDE | MIXED) == WIDE
    }

    #[inline(always)]
    fn small_room(self) -> usize {
        ((self.0 & ROOM_MASK) >> ROOM_SHIFT) as usize
    }

    /// What tells one index from another, and how often entries have moved: not the room, and not what the keys are.
    pub(super) fn index_state(self) -> usize {
        (self.0 & !(ROOM_MASK | MIXED)) as usize
    }

    /// One less than the number of index places.
    #[inline(always)]
    pub(super) fn mask(self) -> u64 {
        (1 << self.log2()) - 1
    }

    /// The bits of an index place that are those of the hash.
    #[inline(always)]
    pub(super) fn tags(self) -> u32 {
        TAGS[self.log2() as usize & 31]
    }

    /// Entries that fit.
    #[inline(always)]
    pub(super) fn room(self) -> usize {
        if self.is_smallest() { self.small_room() } else { (1usize << self.log2()) * 2 / 3 }
    }

    /// Whether one more entry fits beside so many, as [`Shape::room`] says, without a division.
    #[inline(always)]
    pub(super) fn has_room_beside(self, count: u32) -> bool {
        if self.is_smallest() {
            (count as usize) < self.small_room()
        } else {
            3 * (u64::from(count) + 1) <= 2 << self.log2()
        }
    }

    /// Bytes of the index.
    #[inline(always)]
    pub(super) fn index_bytes(self) -> usize {
        1 << (self.0 >> BYTES_SHIFT & 0xFF)
    }

    /// Bytes of an entry.
    #[inline(always)]
    pub(super) fn entry_bytes(self) -> usize {
        if self.is_wide() { 24 } else { 16 }
    }

    /// Bytes of the whole storage.
    #[inline(always)]
    pub(super) fn bytes(self) -> usize {
        self.index_bytes() + self.room() * self.entry_bytes()
    }

    /// What an index place says: the position of an entry below the tags, or one of [`EMPTY`] and [`DELETED`].
    ///
    /// # Safety
    /// The storage has this shape, and the place is below the number of places.
    #[inline(always)]
    pub(super) unsafe fn index(self, storage: *const u8, place: usize) -> u32 {
        // SAFETY: as promised by the caller.
        unsafe {
            match self.log2() {
                0..8 => match *storage.add(place) {
                    byte @ 0xFE.. => byte as u32 | 0xFFFF_FF00,
                    byte => byte as u32,
                },
                8..16 => match *storage.cast::<u16>().add(place) {
                    half @ 0xFFFE.. => half as u32 | 0xFFFF_0000,
                    half => half as u32,
                },
                _ => *storage.cast::<u32>().add(place),
            }
        }
    }

    /// What stands in an index place, of which the bits of [`Shape::mask`] are the position of an entry: all of them where
    /// it is empty, all but the last where the entry is gone.
    ///
    /// # Safety
    /// As for [`Shape::index`].
    #[inline(always)]
    pub(super) unsafe fn raw_index(self, storage: *const u8, place: usize) -> u32 {
        // SAFETY: as promised by the caller.
        unsafe {
            match self.log2() {
                0..8 => *storage.add(place) as u32,
                8..16 => *storage.cast::<u16>().add(place) as u32,
                _ => *storage.cast::<u32>().add(place),
            }
        }
    }

    /// Writes an index place.
    ///
    /// # Safety
    /// As for [`Shape::index`].
    #[inline(always)]
    pub(super) unsafe fn set_index(self, storage: *mut u8, place: usize, found: u32) {
        // SAFETY: as promised by the caller.
        unsafe {
            match self.log2() {
                0..8 => *storage.add(place) = found as u8,
                8..16 => *storage.cast::<u16>().add(place) = found as u16,
                _ => *storage.cast::<u32>().add(place) = found,
            }
        }
    }

    /// Writes the position of a new entry to the first place of its hash that is empty or deleted: the caller knows that
    /// the key is in no place behind it.
    ///
    /// # Safety
    /// The storage has this shape, and an index of which at least a third of the places is empty.
    #[inline(always)]
    pub(super) unsafe fn claim(self, storage: *mut u8, hash: i64, position: u32) {
        let mask = self.mask();
        let found = position | hash as u32 & self.tags();
        // SAFETY: as promised by the caller.
        unsafe {
            match self.log2() {
                0..8 => *vacant(storage, 0xFE, mask, hash) = found as u8,
                8..16 => *vacant(storage.cast::<u16>(), 0xFFFE, mask, hash) = found as u16,
                _ => *vacant(storage.cast::<u32>(), DELETED, mask, hash) = found,
            }
        }
    }

    /// Writes the position of a new entry to the first place of its hash, if that is empty or its entry gone: as
    /// [`Shape::claim`].
    ///
    /// # Safety
    /// As there.
    #[inline(always)]
    pub(super) unsafe fn claim_home(self, storage: *mut u8, hash: i64, position: u32) -> bool {
        let place = (hash as u64 & self.mask()) as usize;
        let found = position | hash as u32 & self.tags();
        // SAFETY: as promised by the caller.
        unsafe {
            match self.log2() {
                0..8 => fill_vacant(storage.add(place), 0xFE, found as u8),
                8..16 => fill_vacant(storage.cast::<u16>().add(place), 0xFFFE, found as u16),
                _ => fill_vacant(storage.cast::<u32>().add(place), DELETED, found),
            }
        }
    }

    /// Writes the position of a new entry to the first place of its hash, if that has never been used: so the key is in no
    /// place behind it.
    ///
    /// # Safety
    /// As for [`Shape::index`].
    #[inline(always)]
    pub(super) unsafe fn claim_empty(self, storage: *mut u8, hash: i64, position: u32) -> bool {
        let place = (hash as u64 & self.mask()) as usize;
        let found = position | hash as u32 & self.tags();
        // SAFETY: as promised by the caller. No place is above the one that is empty.
        unsafe {
            match self.log2() {
                0..8 => fill_vacant(storage.add(place), EMPTY as u8, found as u8),
                8..16 => fill_vacant(storage.cast::<u16>().add(place), EMPTY as u16, found as u16),
                _ => fill_vacant(storage.cast::<u32>().add(place), EMPTY, found),
            }
        }
    }

    /// Where the key of an entry stands; its value stands behind it.
    ///
    /// # Safety
    /// The storage has this shape, and the position is at most the room.
    #[inline(always)]
    pub(super) unsafe fn key(self, storage: *mut u8, position: usize) -> *mut Option<Ref> {
        let hashes = if self.is_wide() { position * 8 + 8 } else { 0 };
        // SAFETY: as promised by the caller.
        unsafe { storage.add(self.index_bytes() + position * 16 + hashes).cast() }
    }

    /// [`Shape::key`] for storages with hashes in front of the keys.
    ///
    /// # Safety
    /// As there.
    #[inline(always)]
    pub(super) unsafe fn key_behind_hash(self, storage: *mut u8, position: usize) -> *mut Option<Ref> {
        debug_assert!(self.is_wide());
        // SAFETY: as promised by the caller.
        unsafe { storage.add(self.index_bytes() + position * 24 + 8).cast() }
    }

    /// [`Shape::key`] for storages without hashes.
    ///
    /// # Safety
    /// As there.
    #[inline(always)]
    pub(super) unsafe fn key_alone(self, storage: *mut u8, position: usize) -> *mut Option<Ref> {
        debug_assert!(!self.is_wide());
        // SAFETY: as promised by the caller.
        unsafe { storage.add(self.index_bytes() + position * 16).cast() }
    }

    /// Where the key of the entry behind another stands.
    ///
    /// # Safety
    /// The address is that of the key of an entry in a storage of this shape.
    #[inline(always)]
    pub(super) unsafe fn next_key(self, key: *mut Option<Ref>) -> *mut Option<Ref> {
        // SAFETY: as promised by the caller.
        unsafe { key.byte_add(self.entry_bytes()) }
    }

    /// The hash of the key that stands at an address given by [`Shape::key`].
    ///
    /// # Safety
    /// The entry must be a live one of a table of this shape.
    #[inline(always)]
    pub(super) unsafe fn hash(self, key: *mut Option<Ref>) -> i64 {
        // SAFETY: in a wide entry the hash stands in front; narrow ones have only keys that keep their own.
        unsafe {
            if self.is_wide() { *key.sub(1).cast::<i64>() } else { kept_hash(*key.cast::<*const u8>()) }
        }
    }
}

/// Writes to a place if what stands there is not below `deleted`.
///
/// # Safety
/// It is a place.
#[inline(always)]
unsafe fn fill_vacant<T: PartialOrd>(place: *mut T, deleted: T, found: T) -> bool {
    // SAFETY: as promised by the caller.
    unsafe {
        let is_vacant = *place >= deleted;
        if is_vacant {
            *place = found;
        }
        is_vacant
    }
}

/// The first place of a hash that is empty or deleted.
///
/// # Safety
/// There is one, and the mask is one less than the number of places.
#[inline(always)]
unsafe fn vacant<T: PartialOrd>(places: *mut T, deleted: T, mask: u64, hash: i64) -> *mut T {
    let mut perturb = hash as u64;
    let mut number = hash as u64 & mask;
    loop {
        // SAFETY: the number is below that of the places.
        unsafe {
            let place = places.add(number as usize);
            if *place >= deleted {
                return place;
            }
        }
        perturb >>= 5;
        number = number.wrapping_mul(5).wrapping_add(perturb).wrapping_add(1) & mask;
    }
}

/// Whether an object keeps its own hash.
#[inline(always)]
pub(super) fn keeps_hash(key: &Ref) -> bool {
    key.header().type_index() == KEEPS_HASH
}

/// Whether an object is an interned string: the only one of its text.
#[inline(always)]
pub(super) fn is_name(key: &Ref) -> bool {
    keeps_hash(key) && key.header().has(INTERNED)
}

/// Whether an object is an int that is its own hash: then it is equal to all such keys with this hash, and only to them.
#[inline(always)]
pub(super) fn tells(hash: i64, key: &Ref) -> bool {
    // SAFETY: the payload of an int is its value.
    key.header().type_index() == INT && unsafe { *key.as_ptr().add(1).cast::<i64>() } == hash
}

/// The hash that an object keeps.
///
/// # Safety
/// It must be the address of an object that [`keeps_hash`].
#[inline(always)]
unsafe fn kept_hash(object: *const u8) -> i64 {
    // SAFETY: the payload stands behind the header, and the hash in it.
    unsafe { object.add(size_of::<crate::header::Header>() + HASH_OFFSET).cast::<i64>().read_unaligned() }
}
