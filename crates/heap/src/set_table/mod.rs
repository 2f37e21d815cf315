//! The open-addressing table behind sets.
//!
//! The layout and the order of probing are CPython's (`setobject.c`): places of 16 bytes, hash and key; from the place
//! that the hash names up to nine neighbours are looked at before the search jumps. So the order in which a set of
//! ints is iterated is CPython's, too.
//!
//! ```text
//!   entries: | hash, key | hash, none | -1, none | ...   2^n places
//!                 used        free       deleted
//! ```
//!
//! A table of 8 places never holds more than four keys, deleted ones included. It is a small one: its entries are dense,
//! in the order of arrival, and half a byte for each of the places says which of them stands there.
//!
//! ```text
//!   places:  F F 1 F F 0 F 2      entries: | hash, key | hash, key | -1, none |
//! ```
//!
//! As the table of dictionaries it never compares keys itself: comparing can run Python code.

use crate::{
    allocate::is_atom_by_address,
    buffer::{Buffer, OutOfMemory},
    interior::Drain,
    payload::{Trace, Visitor},
    reference::Ref,
    table::is_own_hash,
};

mod probe;

pub use probe::{Search, SetProbe};

/// Neighbours looked at before the search jumps.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// Places of a small table.
const MIN_PLACES: usize = 8;
/// Entries of a small table at most.
const SMALL_LIMIT: usize = 4;
/// The places of a small table without entries.
const NO_PLACES: u32 = u32::MAX;
/// In the field for these, the marks of a large table: two of its keys with one hash may be different, or they are equal.
const ORDINARY: u32 = u32::MAX;
const TELLING: u32 = 0;
/// The hash of a deleted place; no object has it.
const DELETED: i64 = -1;

struct Entry {
    hash: i64,
    key: Option<Ref>,
}

impl Entry {
    #[inline(always)]
    fn is_free(&self) -> bool {
        self.hash == 0 && self.key.is_none()
    }
}

/// A hash table of references.
pub struct SetTable {
    entries: Buffer<Entry>,
    used: u32,
    /// Places that are not free: used and deleted ones.
    fill: u32,
    /// Where the next `pop` starts to look.
    finger: u32,
    /// For each place of a small table the number of its entry, in four bits; in others [`ORDINARY`] or [`TELLING`].
    places: u32,
}

/// The number of the entry in a place of a small table; as large as no entry's where the place is free.
#[inline(always)]
fn number_in(places: u32, place: usize) -> usize {
    (places >> (place * 4) & 15) as usize
}

impl SetTable {
    /// An empty table without storage.
    pub const fn new() -> SetTable {
        SetTable { entries: Buffer::new(), used: 0, fill: 0, finger: 0, places: NO_PLACES }
    }

    /// An empty table with room for the first of `len` keys.
    pub fn with_capacity(len: usize) -> Result<SetTable, OutOfMemory> {
        let mut table = SetTable::new();
        table.foresee(len)?;
        Ok(table)
    }

    /// Gives an empty table room for the first of `len` keys.
    pub fn foresee(&mut self, len: usize) -> Result<(), OutOfMemory> {
        self.entries.set_capacity(len.min(SMALL_LIMIT))
    }

    /// Whether this is a small table.
    #[inline(always)]
    fn is_small(&self) -> bool {
        self.entries.len() <= SMALL_LIMIT
    }

    /// Whether the hash alone tells a key of this table from all others: who added them has said so of each.
    #[inline(always)]
    pub fn is_telling(&self) -> bool {
        !self.is_small() && self.places == TELLING
    }

    /// Whether an int is among the keys, as far as the first place of its hash tells: a short way for the interpreter loop.
    #[inline(always)]
    pub fn glance_number(&self, number: i64) -> Option<bool> {
        if !self.is_telling() {
            return None;
        }
        // SAFETY: the mask is one less than the number of places.
        let entry = unsafe { self.entries.get_unchecked(number as usize & (self.entries.len() - 1)) };
        if entry.hash == number && entry.key.is_some() {
            return Some(true);
        }
        (entry.is_free() && is_own_hash(number)).then_some(false)
    }

    /// Whether an int is among the keys of a table where hashes tell; nothing for other tables.
    #[inline(always)]
    pub fn has_number(&self, number: i64) -> Option<bool> {
        if !self.is_telling() || !is_own_hash(number) {
            return None;
        }
        Some(matches!(self.look_up(number, |_| Some(true)), Search::Found(_)))
    }

    /// Has an int among the keys, if the first place of its hash is free, or has it already, and the table need not grow: a
    /// short way for the interpreter loop.
    #[inline(always)]
    pub fn add_at_home(&mut self, number: i64, key: &Ref) -> bool {
        if !self.is_telling() {
            return false;
        }
        let entry = self.home(number);
        if entry.hash == number && entry.key.is_some() {
            return true;
        }
        is_own_hash(number) && self.fill_home(number, key)
    }

    /// The first place of a hash in a large table.
    #[inline(always)]
    fn home(&self, hash: i64) -> &Entry {
        debug_assert!(!self.is_small(), "the places of small tables are not those of their entries");
        // SAFETY: the mask is one less than the number of places.
        unsafe { self.entries.get_unchecked(hash as usize & (self.entries.len() - 1)) }
    }

    /// Adds a key to a large table, if the first place of its hash is free and the table need not grow; whether it was so. Where
    /// hashes tell, that of the key must.
    #[inline(always)]
    fn fill_home(&mut self, hash: i64, key: &Ref) -> bool {
        let mask = self.entries.len() - 1;
        let has_room = (self.fill as usize + 1) * 5 < mask * 3;
        // SAFETY: the mask is one less than the number of places.
        let entry = unsafe { self.entries.get_unchecked_mut(hash as usize & mask) };
        if !entry.is_free() || !has_room {
            return false;
        }
        // The place is free, and the compiler need not see to a key there: the call would cost registers in each run.
        std::mem::forget(std::mem::replace(entry, Entry { hash, key: Some(key.clone()) }));
        self.used += 1;
        self.fill += 1;
        true
    }

    /// Has all keys of a table where hashes tell among the keys of this one, as long as hashes tell here and one glance at the
    /// first place of each is enough: the number of those that were dealt with.
    pub fn add_all_at_home(&mut self, other: &SetTable) -> usize {
        if !self.is_telling() || !other.is_telling() {
            return 0;
        }
        let mut done = 0;
        for (hash, key) in other.large_entries() {
            let entry = self.home(hash);
            let is_there = entry.hash == hash && entry.key.is_some();
            if !is_there && !self.fill_home(hash, key) {
                break;
            }
            done += 1;
        }
        done
    }

    /// The hashes and keys of a large table.
    #[inline(always)]
    fn large_entries(&self) -> impl Iterator<Item = (i64, &Ref)> {
        self.entries.iter().filter_map(|entry| entry.key.as_ref().map(|key| (entry.hash, key)))
    }

    /// The hashes of all keys, in no certain order.
    #[inline(always)]
    pub fn hashes(&self) -> impl Iterator<Item = i64> {
        self.entries.iter().filter(|entry| entry.key.is_some()).map(|entry| entry.hash)
    }

    /// The entry in a place, if that is not free.
    #[inline(always)]
    fn at(&self, place: usize) -> Option<&Entry> {
        if self.is_small() {
            if place < MIN_PLACES { self.entries.get(number_in(self.places, place)) } else { None }
        } else {
            self.entries.get(place).filter(|entry| !entry.is_free())
        }
    }

    /// The number of keys.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.used as usize
    }

    /// Whether there are no keys.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Places that hold a key or held one.
    pub fn fill(&self) -> usize {
        self.fill as usize
    }

    /// One less than the number of places.
    #[inline(always)]
    pub fn mask(&self) -> usize {
        self.entries.len().max(MIN_PLACES) - 1
    }

    /// Bytes of storage.
    pub fn storage_bytes(&self) -> usize {
        self.entries.storage_bytes()
    }

    /// Tells one state of the storage from another: changes when the table is resized or emptied. A small table is like
    /// CPython's, which lies in the set itself: its places stay the same whatever becomes of its keys.
    #[inline(always)]
    pub fn identity(&self) -> (usize, usize) {
        if self.is_small() { (0, MIN_PLACES) } else { (self.entries.as_ptr() as usize, self.entries.len()) }
    }

    /// The hash and key at a place.
    #[inline(always)]
    pub fn entry(&self, place: usize) -> Option<(i64, &Ref)> {
        let entry = self.at(place)?;
        entry.key.as_ref().map(|key| (entry.hash, key))
    }

    /// The first key at or behind a place: its place, hash and the key.
    #[inline]
    pub fn next_entry(&self, place: usize) -> Option<(usize, i64, &Ref)> {
        if self.is_small() {
            let found = |place| self.entry(place).map(|(hash, key)| (place, hash, key));
            return (place..MIN_PLACES).find_map(found);
        }
        let rest = self.entries.get(place..)?;
        let found = rest.iter().position(|entry| entry.key.is_some())?;
        let entry = &rest[found];
        entry.key.as_ref().map(|key| (place + found, entry.hash, key))
    }

    /// All keys with their hashes, in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &Ref)> {
        let (small, large) = if self.is_small() { (MIN_PLACES, &[][..]) } else { (0, &self.entries[..]) };
        let small = (0..small).filter_map(|place| self.entries.get(number_in(self.places, place)));
        small.chain(large).filter_map(|entry| entry.key.as_ref().map(|key| (entry.hash, key)))
    }

    /// Whether both are small tables with the same keys in the same places, as far as their identity tells.
    pub fn is_same_small(&self, other: &SetTable) -> bool {
        let same = |(one, two): (&Entry, &Entry)| match (&one.key, &two.key) {
            (Some(one_key), Some(two_key)) => one.hash == two.hash && one_key.is(two_key),
            _ => false,
        };
        self.is_small()
            && self.places == other.places
            && self.entries.len() == other.entries.len()
            && self.entries.iter().zip(other.entries.iter()).all(same)
    }

    /// Adds a key that is not there to a table that no key was ever taken out of; otherwise as [`SetTable::fill_place`].
    #[inline(always)]
    pub fn add_distinct(
        &mut self,
        hash: i64,
        key: &Ref,
        tells: impl Fn(i64, &Ref) -> bool,
    ) -> Result<(), OutOfMemory> {
        if self.is_small() || self.fill != self.used {
            return match self.find(hash, |_| Some(false)) {
                Search::Missing(place) => self.fill_place(place, hash, key.clone(), tells),
                _ => Ok(()),
            };
        }
        if self.places == TELLING && !tells(hash, key) {
            self.places = ORDINARY;
        }
        if self.fill_home(hash, key) {
            return Ok(());
        }
        insert_clean(&mut self.entries, hash, key.clone());
        self.used += 1;
        self.fill += 1;
        self.grow_if_full()
    }

    /// Grows a large table that is too full.
    #[inline(always)]
    fn grow_if_full(&mut self) -> Result<(), OutOfMemory> {
        if self.fill as usize * 5 < self.mask() * 3 { Ok(()) } else { self.resize(self.growth()) }
    }

    /// Searches a hash from its beginning: as [`SetTable::search`], which has to look again where this is undecided.
    #[inline(always)]
    pub fn find(&self, hash: i64, same: impl FnMut(&Ref) -> Option<bool>) -> Search {
        let mut deleted = usize::MAX;
        // Without a branch: which places are deleted ones cannot be predicted.
        let found = self.walk(hash, same, |entry, place| {
            deleted = std::hint::select_unpredictable(entry.hash == DELETED, place, deleted);
        });
        match found {
            Search::Missing(_) if deleted != usize::MAX => Search::Missing(deleted),
            found => found,
        }
    }

    /// As [`SetTable::find`] for who will not add the key: deleted places are passed over.
    #[inline(always)]
    pub fn look_up(&self, hash: i64, same: impl FnMut(&Ref) -> Option<bool>) -> Search {
        self.walk(hash, same, |_, _| {})
    }

    /// Looks at one place after the other until the key or a free place comes; tells of the places with other hashes
    /// that it passes.
    #[inline(always)]
    fn walk(
        &self,
        hash: i64,
        mut same: impl FnMut(&Ref) -> Option<bool>,
        mut passed: impl FnMut(&Entry, usize),
    ) -> Search {
        let entries: &[Entry] = &self.entries;
        if self.is_small() {
            return self.walk_small(hash, same, passed);
        }
        let mask = entries.len() - 1;
        let mut base = hash as usize & mask;
        // Mostly the first place tells.
        let home = self.home(hash);
        if home.is_free() {
            return Search::Missing(base);
        }
        if home.hash == hash
            && let Some(key) = &home.key
            && same(key) == Some(true)
        {
            return Search::Found(base);
        }
        let mut perturb = hash as u64;
        loop {
            let end = end_of_run(base, mask);
            let mut next = base;
            while next < end {
                let place = next;
                next += 1;
                // SAFETY: the mask is one less than the number of entries, and no place is above it.
                let entry = unsafe { entries.get_unchecked(place) };
                // Whether there is a key is asked last: it cannot be predicted in a set of many deleted places.
                if entry.hash != hash {
                    if entry.is_free() {
                        return Search::Missing(place);
                    }
                    passed(entry, place);
                    continue;
                }
                // Of the places without a key only free ones can have an object's hash, which is 0 then.
                let Some(key) = &entry.key else { return Search::Missing(place) };
                match same(key) {
                    Some(true) => return Search::Found(place),
                    Some(false) => {}
                    None => return Search::Undecided(place),
                }
            }
            perturb >>= PERTURB_SHIFT;
            base = base.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    /// The same in a small table.
    #[inline(always)]
    fn walk_small(
        &self,
        hash: i64,
        mut same: impl FnMut(&Ref) -> Option<bool>,
        mut passed: impl FnMut(&Entry, usize),
    ) -> Search {
        let mut place = hash as usize & (MIN_PLACES - 1);
        let mut perturb = hash as u64;
        loop {
            let Some(entry) = self.entries.get(number_in(self.places, place)) else {
                return Search::Missing(place);
            };
            match &entry.key {
                Some(key) if entry.hash == hash => match same(key) {
                    Some(true) => return Search::Found(place),
                    Some(false) => {}
                    None => return Search::Undecided(place),
                },
                _ => passed(entry, place),
            }
            perturb >>= PERTURB_SHIFT;
            place = (place * 5).wrapping_add(1).wrapping_add(perturb as usize) & (MIN_PLACES - 1);
        }
    }

    /// Goes on with a search: `same` is asked of each key with the probe's hash, must not run Python code, and gives
    /// nothing where only Python code can tell. Between two calls with one probe the table must not have changed.
    #[inline(always)]
    pub fn search(&self, probe: &mut SetProbe, mut same: impl FnMut(&Ref) -> Option<bool>) -> Search {
        let mask = self.mask();
        loop {
            let place = probe.advance(mask);
            let Some(entry) = self.at(place) else {
                // Python code that ran since may have put another key there.
                let reusable = probe.deleted.filter(|&deleted| self.entry(deleted).is_none());
                return Search::Missing(reusable.unwrap_or(place));
            };
            if entry.hash == DELETED {
                probe.deleted = Some(place);
            } else if entry.hash == probe.hash
                && let Some(key) = &entry.key
            {
                match same(key) {
                    Some(true) => return Search::Found(place),
                    Some(false) => {}
                    None => return Search::Undecided(place),
                }
            }
        }
    }

    /// Puts a key into the place that a search has found, and grows if that makes the table too full. `tells` says of a key
    /// whether its hash alone tells it from all others of which it says so.
    #[inline]
    pub fn fill_place(
        &mut self,
        place: usize,
        hash: i64,
        key: Ref,
        tells: impl Fn(i64, &Ref) -> bool,
    ) -> Result<(), OutOfMemory> {
        if self.is_small() {
            return self.fill_small(place, hash, key, tells);
        }
        if self.places == TELLING && !tells(hash, &key) {
            self.places = ORDINARY;
        }
        let entry = &mut self.entries[place];
        assert!(entry.key.is_none(), "a key goes to a free place");
        let reused = entry.hash == DELETED;
        *entry = Entry { hash, key: Some(key) };
        self.used += 1;
        if reused {
            return Ok(());
        }
        self.fill += 1;
        self.grow_if_full()
    }

    #[inline(never)]
    fn fill_small(
        &mut self,
        place: usize,
        hash: i64,
        key: Ref,
        tells: impl Fn(i64, &Ref) -> bool,
    ) -> Result<(), OutOfMemory> {
        assert!(place < MIN_PLACES && self.entry(place).is_none(), "a key goes to a free place");
        let number = number_in(self.places, place);
        if let Some(deleted) = self.entries.get_mut(number) {
            *deleted = Entry { hash, key: Some(key) };
            self.used += 1;
            return Ok(());
        }
        let len = self.entries.len();
        if len == SMALL_LIMIT {
            let telling = tells(hash, &key) && self.iter().all(|(hash, key)| tells(hash, key));
            self.outgrow(place, hash, key)?;
            self.places = if telling { TELLING } else { ORDINARY };
            return Ok(());
        }
        if len == self.entries.capacity() {
            self.entries.set_capacity(SMALL_LIMIT)?;
        }
        self.push_small(place, hash, key);
        Ok(())
    }

    /// Adds an entry to a small table, for which there is room, in a free place.
    fn push_small(&mut self, place: usize, hash: i64, key: Ref) {
        let shift = place * 4;
        self.places = self.places & !(15 << shift) | (self.entries.len() as u32) << shift;
        self.entries.push_within(Entry { hash, key: Some(key) });
        self.used += 1;
        self.fill += 1;
    }

    /// Makes a large table of a full small one and one more key.
    #[cold]
    fn outgrow(&mut self, place: usize, hash: i64, key: Ref) -> Result<(), OutOfMemory> {
        let mut entries = free_places(places_above((self.used as usize + 1) * 4)?)?;
        let mut more = Some(key);
        for at in 0..MIN_PLACES {
            if at == place
                && let Some(key) = more.take()
            {
                insert_clean(&mut entries, hash, key);
            } else if let Some(entry) = self.entries.get_mut(number_in(self.places, at))
                && let Some(key) = entry.key.take()
            {
                insert_clean(&mut entries, entry.hash, key);
            }
        }
        self.entries = entries;
        self.used += 1;
        self.fill = self.used;
        Ok(())
    }

    /// Removes the key at a used place.
    pub fn remove(&mut self, place: usize) -> Option<Ref> {
        let number = if self.is_small() { number_in(self.places, place) } else { place };
        let entry = self.entries.get_mut(number)?;
        let key = entry.key.take()?;
        entry.hash = DELETED;
        self.used -= 1;
        Some(key)
    }

    /// Removes the first key at or behind the finger.
    pub fn pop(&mut self) -> Option<Ref> {
        if self.used == 0 {
            return None;
        }
        let mask = self.mask();
        let mut place = self.finger as usize & mask;
        while self.entry(place).is_none() {
            place = (place + 1) & mask;
        }
        self.finger = place as u32 + 1;
        self.remove(place)
    }

    /// Has [`SetTable::pop`] go on where it was in another table.
    pub fn go_on_from(&mut self, other: &SetTable) {
        self.finger = other.finger;
    }

    /// Makes room for the keys of a table that is about to be merged in.
    pub fn reserve_for(&mut self, more: usize) -> Result<(), OutOfMemory> {
        if (self.fill as usize + more) * 5 >= self.mask() * 3 {
            self.resize((self.used as usize + more) * 2)?;
        }
        Ok(())
    }

    /// Sweeps deleted places away if they are more than a quarter of all.
    pub fn sweep(&mut self) -> Result<(), OutOfMemory> {
        if (self.fill - self.used) as usize <= self.mask() / 4 { Ok(()) } else { self.resize(self.growth()) }
    }

    /// Takes over all keys of another table without comparing any; this table must never have held a key. It gets as
    /// many places as merging one by one would give it, or as [`SetTable::reserve_for`] would for `more` keys.
    pub fn copy_from(&mut self, other: &SetTable, more: usize) -> Result<(), OutOfMemory> {
        assert!(self.fill == 0, "only a fresh table can be filled without comparing");
        if other.used == 0 {
            return Ok(());
        }
        let used = other.used as usize;
        // A copy of such a table has its keys in the same order, so that it need not be made first.
        let outgrown = (used + more) * 5 >= (MIN_PLACES - 1) * 3;
        if more > 0 && outgrown && other.is_small() && other.fill == other.used {
            let mut entries = free_places(places_above((used + more) * 2)?)?;
            other.iter().for_each(|(hash, key)| insert_clean(&mut entries, hash, key.clone()));
            self.entries = entries;
            (self.used, self.fill, self.places) = (other.used, other.used, ORDINARY);
            return Ok(());
        }
        let count = if used * 5 >= self.mask() * 3 { places_above(used * 2)? } else { self.mask() + 1 };
        if count == MIN_PLACES {
            return self.copy_small(other);
        }
        let mut entries;
        if count == other.entries.len() && other.fill == other.used {
            entries = Buffer::with_capacity(count)?;
            for source in other.entries.iter() {
                entries.push_within(Entry { hash: source.hash, key: source.key.clone() });
            }
        } else {
            entries = free_places(count)?;
            for (hash, key) in other.iter() {
                insert_clean(&mut entries, hash, key.clone());
            }
        }
        self.entries = entries;
        self.places = if other.is_telling() { TELLING } else { ORDINARY };
        self.used = other.used;
        self.fill = other.used;
        Ok(())
    }

    /// Takes over the few keys of another table.
    fn copy_small(&mut self, other: &SetTable) -> Result<(), OutOfMemory> {
        self.entries = Buffer::with_capacity(other.len())?;
        if other.is_small() && other.fill == other.used {
            let copies = other.entries.iter().map(|entry| Entry { hash: entry.hash, key: entry.key.clone() });
            self.entries.append_within(copies);
            (self.used, self.fill, self.places) = (other.used, other.fill, other.places);
        } else {
            other.iter().for_each(|(hash, key)| self.push_small(self.free_small(hash), hash, key.clone()));
        }
        Ok(())
    }

    /// Where a key that is not there goes to in a small table without deleted places.
    fn free_small(&self, hash: i64) -> usize {
        match self.walk_small(hash, |_| Some(false), |_, _| {}) {
            Search::Missing(place) | Search::Found(place) | Search::Undecided(place) => place,
        }
    }

    /// Takes everything out; the table is empty afterwards.
    pub fn take_all(&mut self) -> SetTable {
        let finger = self.finger;
        let mut fresh = SetTable::new();
        fresh.finger = finger;
        std::mem::replace(self, fresh)
    }

    fn growth(&self) -> usize {
        let used = self.used as usize;
        if used > 50_000 { used * 2 } else { used * 4 }
    }

    /// Moves all keys to a table with more than `wanted` places.
    #[cold]
    #[inline(never)]
    fn resize(&mut self, wanted: usize) -> Result<(), OutOfMemory> {
        let count = places_above(wanted)?;
        let mut fresh = SetTable::new();
        fresh.finger = self.finger;
        if count == MIN_PLACES {
            fresh.entries = Buffer::with_capacity(self.len())?;
            self.take_keys(|hash, key| fresh.push_small(fresh.free_small(hash), hash, key));
        } else {
            fresh.entries = free_places(count)?;
            fresh.places = if self.is_telling() || self.used == 0 { TELLING } else { ORDINARY };
            self.take_keys(|hash, key| insert_clean(&mut fresh.entries, hash, key));
            (fresh.used, fresh.fill) = (self.used, self.used);
        }
        *self = fresh;
        Ok(())
    }

    /// Takes all keys out, in the order of their places; the table is not to be used afterwards.
    #[inline(always)]
    fn take_keys(&mut self, mut give: impl FnMut(i64, Ref)) {
        let (places, count) = (self.places, self.entries.len());
        let entries = self.entries.as_ptr();
        // None of them is to be dropped once more.
        self.entries.forget_from(0);
        let mut take = |place: usize| {
            // SAFETY: the place is below the number of entries, each of which moves out once.
            let entry = unsafe { entries.add(place).read() };
            if let Some(key) = entry.key {
                give(entry.hash, key);
            }
        };
        if count <= SMALL_LIMIT {
            for place in 0..if count == 0 { 0 } else { MIN_PLACES } {
                let number = number_in(places, place);
                if number < count {
                    take(number);
                }
            }
        } else {
            (0..count).for_each(take);
        }
    }
}

/// The number of places of a table that needs more than `wanted`.
fn places_above(wanted: usize) -> Result<usize, OutOfMemory> {
    let mut size = MIN_PLACES;
    while size <= wanted {
        size <<= 1;
    }
    if u32::try_from(size).is_ok() { Ok(size) } else { Err(OutOfMemory) }
}

/// Storage of free places.
fn free_places(count: usize) -> Result<Buffer<Entry>, OutOfMemory> {
    // SAFETY: an entry of zeros is a free one: no hash, and no key.
    unsafe { Buffer::zeroed(count) }
}

/// Behind the last of the neighbours that are looked at from a place on, before the search jumps.
#[inline(always)]
fn end_of_run(base: usize, mask: usize) -> usize {
    if base + LINEAR_PROBES <= mask { base + LINEAR_PROBES + 1 } else { base + 1 }
}

/// Adds a key that is not there to a table without deleted places.
#[inline(always)]
fn insert_clean(entries: &mut [Entry], hash: i64, key: Ref) {
    let mask = entries.len() - 1;
    let mut base = hash as usize & mask;
    // SAFETY: the mask is one less than the number of places.
    let home = unsafe { entries.get_unchecked_mut(base) };
    if home.key.is_none() {
        std::mem::forget(std::mem::replace(home, Entry { hash, key: Some(key) }));
        return;
    }
    let mut perturb = hash as u64;
    loop {
        let end = end_of_run(base, mask);
        for entry in &mut entries[base..end] {
            if entry.key.is_none() {
                // The place is empty, so that there is nothing to drop.
                std::mem::forget(std::mem::replace(entry, Entry { hash, key: Some(key) }));
                return;
            }
        }
        perturb >>= PERTURB_SHIFT;
        base = base.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
    }
}

impl Default for SetTable {
    fn default() -> Self {
        SetTable::new()
    }
}

impl Drop for SetTable {
    fn drop(&mut self) {
        // First to last, as CPython releases them.
        self.take_keys(|_, key| drop(key));
    }
}

impl Trace for SetTable {
    fn trace(&self, visitor: &mut dyn Visitor) {
        if visitor.sees_atoms() {
            return self.iter().for_each(|(_, key)| visitor.visit(key));
        }
        self.iter().filter(|(_, key)| !is_atom_by_address(key)).for_each(|(_, key)| visitor.visit(key));
    }
}

impl Drain for SetTable {
    fn drain_into(&mut self, trash: &mut Vec<Ref>) {
        let mut all = self.take_all();
        all.take_keys(|_, key| trash.push(key));
    }
}
