//! The compact hash table behind dictionaries.
//!
//! As CPython's since 3.6 (Raymond Hettinger's design): a sparse index of small integers, and the entries themselves
//! dense and in the order of insertion, both in one piece of storage.
//!
//! ```text
//!   index: 2^n places of 1, 2 or 4 bytes | entries: key, value | ...        while all keys keep their own hash
//!   index: 2^n places of 1, 2 or 4 bytes | entries: hash, key, value | ...  otherwise
//! ```
//!
//! A place has the position of an entry in its lower n bits and the same bits of the entry's hash in the others, so that
//! a search passes over most of the other keys without touching their entries.
//!
//! Probing, growth (three times the live entries, rounded up to a power of two) and the usable fraction, two thirds of
//! the places, are CPython's. Only a table of 8 places begins with room for fewer entries than it could serve; its
//! storage is then extended with the index as it is. The table never compares keys itself: comparing can run Python code.

use std::{
    mem,
    ptr::{self, NonNull},
};

use crate::{
    blocks,
    buffer::{OutOfMemory, allocate_storage, release_storage},
    header::{Header, INTERNED, SOUGHT_BEYOND},
    interior::Drain,
    payload::{Single, Trace, Visitor},
    reference::Ref,
    state::HEAP,
};

mod probe;
mod shape;

pub use probe::Probe;
use shape::{DELETED, EMPTY, Shape, is_name, keeps_hash, tells};
pub use shape::{FULL_SMALL, HASH_OFFSET, KEEPS_HASH};

/// So many entries before a key and its value are released, their memory is asked for.
const AHEAD: u32 = 8;

/// A hash table from references to references.
pub struct Table {
    storage: Option<NonNull<u8>>,
    /// Identifies the places of the keys, and says that none of the names is among them that were sought here in vain; 0
    /// until someone asks. Removing a key leaves its place empty, and the version as it is.
    version: u32,
    /// Live entries.
    len: u32,
    /// Entries in use, deleted ones included.
    count: u32,
    /// The shape of the storage, or without storage, that of the first one.
    shape: Shape,
}

const _: () = assert!(size_of::<Table>() == 24);

/// Whether an int is its own hash: hashes are residues of a prime, and none is -1.
#[inline(always)]
pub fn is_own_hash(number: i64) -> bool {
    const PRIME: i64 = (1 << 61) - 1;
    number > -PRIME && number < PRIME && number != -1
}

/// What [`Table::seek`] has found.
#[derive(Clone, Copy, Debug)]
pub enum Sought {
    /// The position of the key, and the address of its value.
    At(usize, *mut Option<Ref>),
    /// The key is not there.
    Nowhere,
    /// One of the keys may be equal.
    Doubtful,
}

impl Table {
    /// An empty table without storage.
    pub const fn new() -> Table {
        Table { storage: None, version: 0, len: 0, count: 0, shape: Shape::NONE }
    }

    /// A table that will have room for `len` entries: the first one brings the storage, since it decides on its form.
    pub fn with_capacity(len: usize) -> Result<Table, OutOfMemory> {
        let mut table = Table::new();
        table.foresee(len);
        if table.shape.is_possible() { Ok(table) } else { Err(OutOfMemory) }
    }

    /// Has a table without storage get room for `len` entries with the first one.
    pub fn foresee(&mut self, len: usize) {
        if self.storage.is_none() && len > 0 {
            self.shape = Shape::of_entries(len).moved_from(self.shape);
        }
    }

    /// The number of keys.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there are no keys.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// One more than the position of the last entry: positions below it may be deleted ones.
    #[inline(always)]
    pub fn end(&self) -> usize {
        self.count as usize
    }

    /// Bytes of storage.
    pub fn storage_bytes(&self) -> usize {
        self.storage.map_or(0, |_| self.shape.bytes())
    }

    /// As long as it is the same, entries keep their positions and places.
    pub fn identity(&self) -> usize {
        match self.storage {
            None => 0,
            // A small table may be extended, and all stays where it is.
            Some(_) if self.shape.is_smallest() => self.shape.index_state(),
            Some(storage) => storage.as_ptr() as usize,
        }
    }

    /// The entry at a position: hash, key, value.
    #[inline(always)]
    pub fn entry(&self, position: usize) -> Option<(i64, &Ref, &Ref)> {
        if position >= self.end() {
            return None;
        }
        // SAFETY: the position is below the count, and live entries have key and value.
        unsafe {
            let place = self.key_place(position);
            let (key, value) = live(place)?;
            Some((self.shape.hash(place), key, value))
        }
    }

    /// The first live entry at or behind a position: its position, key and value.
    #[inline]
    pub fn next_entry(&self, mut position: usize) -> Option<(usize, &Ref, &Ref)> {
        let end = self.end();
        if position == 0 {
            position = self.first_place();
        }
        if position < end {
            // SAFETY: the positions are below the count.
            unsafe {
                let mut place = self.key_place(position);
                while position < end {
                    if let Some((key, value)) = live(place) {
                        return Some((position, key, value));
                    }
                    place = self.shape.next_key(place);
                    position += 1;
                }
            }
        }
        None
    }

    /// The last live entry before a position.
    pub fn previous_entry(&self, mut position: usize) -> Option<(usize, &Ref, &Ref)> {
        position = position.min(self.end());
        while position > 0 {
            position -= 1;
            if let Some((_, key, value)) = self.entry(position) {
                return Some((position, key, value));
            }
        }
        None
    }

    /// All live entries in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Ref, &Ref)> {
        // SAFETY: the positions are below the count.
        (0..self.end()).filter_map(|position| unsafe { live(self.key_place(position)) })
    }

    /// Shows the keys that may have a hash, by position and place, until `visit` gives something.
    #[inline(always)]
    fn search<T>(&self, hash: i64, mut visit: impl FnMut(usize, *mut Option<Ref>) -> Option<T>) -> Option<T> {
        let storage = self.storage?.as_ptr();
        let shape = self.shape;
        let mask = shape.mask();
        let tags = shape.tags();
        let tag = hash as u32 & tags;
        let mut perturb = hash as u64;
        let mut place = hash as u64 & mask;
        loop {
            // SAFETY: the place is below the size of the index, and index places name live entries below the count.
            let found = unsafe { shape.index(storage, place as usize) };
            if found < DELETED {
                if found & tags == tag {
                    let position = (found & !tags) as usize;
                    // SAFETY: as above.
                    let known = visit(position, unsafe { shape.key(storage, position) });
                    if known.is_some() {
                        return known;
                    }
                }
            } else if found == EMPTY {
                return None;
            }
            perturb >>= 5;
            place = place.wrapping_mul(5).wrapping_add(perturb).wrapping_add(1) & mask;
        }
    }

    /// Finds the position of a key: `same` is asked of each key with this hash, and must not run Python code.
    #[inline(always)]
    pub fn find(&self, hash: i64, mut same: impl FnMut(&Ref) -> bool) -> Option<usize> {
        let shape = self.shape;
        self.search(hash, |position, key| {
            // SAFETY: the search shows keys of live entries.
            let is_found = unsafe { shape.hash(key) == hash && (*key).as_ref().is_some_and(&mut same) };
            is_found.then_some(position)
        })
    }

    /// Whether all keys are ints that are their own hashes, so that the hash of such an int tells which of them is equal.
    /// So in a large table of ints no key has to be looked at, which often is not in the processor's cache.
    #[inline(always)]
    pub fn tells(&self) -> bool {
        !self.shape.is_mixed()
    }

    /// Looks for a key as far as that goes without comparing two keys that are no numbers: `same` is asked of each key that
    /// may have this hash, and may leave it open; of none if the hash tells (`told`, see [`Table::tells`]). For the interpreter
    /// loop, which must not call out of line.
    #[inline(always)]
    pub fn seek(&self, hash: i64, told: bool, same: impl Fn(&Ref) -> Option<bool>) -> Sought {
        let shape = self.shape;
        let sought = self.search(hash, |position, key| {
            // SAFETY: the search shows keys of live entries, each in front of its value.
            unsafe {
                if told {
                    return (shape.hash(key) == hash).then(|| Sought::At(position, key.add(1)));
                }
                match same((*key).as_ref().unwrap_unchecked()) {
                    Some(true) => Some(Sought::At(position, key.add(1))),
                    None if shape.hash(key) == hash => Some(Sought::Doubtful),
                    _ => None,
                }
            }
        });
        sought.unwrap_or(Sought::Nowhere)
    }

    /// Looks for an int at the first place of its hash only, where it nearly always is if it is there: a short way for the
    /// interpreter loop. Doubtful are all other cases, and tables with other keys.
    #[inline(always)]
    pub fn glance_number(&self, number: i64) -> Sought {
        let Some(storage) = self.storage else { return Sought::Doubtful };
        if !self.shape.is_of_numbers() {
            return Sought::Doubtful;
        }
        // SAFETY: the storage has this shape, and the entry is a live one, with its hash in front.
        let sought = unsafe {
            self.glance(storage, number, |position| {
                let key = self.shape.key_behind_hash(storage.as_ptr(), position);
                (*key.sub(1).cast::<i64>() == number).then_some(key)
            })
        };
        // A number that is no hash is found nowhere, and belongs to another place.
        if matches!(sought, Sought::Nowhere) && !is_own_hash(number) { Sought::Doubtful } else { sought }
    }

    /// The same for an object whose hash is known, in a table whose keys all keep their own hash.
    #[inline(always)]
    pub fn glance_name(&self, hash: i64, name: *mut Header) -> Sought {
        let Some(storage) = self.storage else { return Sought::Doubtful };
        if self.shape.is_wide() {
            return Sought::Doubtful;
        }
        // SAFETY: the storage has this shape, and the entry is a live one.
        unsafe {
            self.glance(storage, hash, |position| {
                let key = self.shape.key_alone(storage.as_ptr(), position);
                (*key.cast::<*mut Header>() == name).then_some(key)
            })
        }
    }

    /// Looks at the first place of a hash; `found` is asked whether the entry that it names has the key, and where.
    ///
    /// # Safety
    /// The storage is that of this table.
    #[inline(always)]
    unsafe fn glance(
        &self,
        storage: NonNull<u8>,
        hash: i64,
        found: impl Fn(usize) -> Option<*mut Option<Ref>>,
    ) -> Sought {
        let mask = self.shape.mask();
        // SAFETY: the place is below the number of places.
        let position =
            unsafe { self.shape.raw_index(storage.as_ptr(), (hash as u64 & mask) as usize) } & mask as u32;
        if position >= self.count {
            return if position == mask as u32 { Sought::Nowhere } else { Sought::Doubtful };
        }
        match found(position as usize) {
            // SAFETY: the value stands behind the key.
            Some(key) => Sought::At(position as usize, unsafe { key.add(1) }),
            None => Sought::Doubtful,
        }
    }

    /// The value of a key, which is looked for as in [`Table::seek`]; nothing where keys would have to be compared.
    #[inline(always)]
    pub fn seek_value(&self, hash: i64, same: impl Fn(&Ref) -> Option<bool>) -> Option<Option<&Ref>> {
        match self.seek(hash, false, same) {
            // SAFETY: the address of the value of a live entry, which stays where it is as long as the table is borrowed.
            Sought::At(_, value) => Some(unsafe { (*value).as_ref() }),
            Sought::Nowhere => Some(None),
            Sought::Doubtful => None,
        }
    }

    /// The next entry with the probe's hash. Between two calls the table must have kept its identity.
    #[inline(always)]
    pub fn candidate(&self, probe: &mut Probe) -> Option<usize> {
        let storage = self.storage?.as_ptr();
        let mask = self.shape.mask();
        loop {
            let place = probe.place(mask);
            // SAFETY: the place is below the size of the index, and index places name live entries below the count.
            unsafe {
                let found = self.shape.index(storage, place);
                if found == EMPTY {
                    return None;
                }
                if found != DELETED {
                    let position = (found & !self.shape.tags()) as usize;
                    if self.shape.hash(self.shape.key(storage, position)) == probe.hash {
                        return Some(position);
                    }
                }
            }
        }
    }

    /// Adds a key that is not in the table. An object that keeps its hash must have this one.
    #[inline]
    pub fn insert_new(&mut self, hash: i64, key: Ref, value: Ref) -> Result<(), OutOfMemory> {
        if !self.shape.is_mixed() && !tells(hash, &key) {
            self.shape = self.shape.mixed();
        }
        let storage = match self.storage {
            Some(storage) if self.was_last(&key) && self.is_given_back(hash) => {
                self.count -= 1;
                storage
            }
            Some(storage) if self.end() < self.shape.room() && (self.shape.is_wide() || keeps_hash(&key)) => {
                storage
            }
            _ => self.grow(!keeps_hash(&key))?,
        };
        let is_new_name = keeps_hash(&key) && key.header().kind() & (INTERNED | SOUGHT_BEYOND) == INTERNED;
        // SAFETY: there is storage with room for one more entry of this form.
        unsafe {
            self.shape.claim(storage.as_ptr(), hash, self.count);
            let place = self.shape.key(storage.as_ptr(), self.end());
            if self.shape.is_wide() {
                place.sub(1).cast::<i64>().write(hash);
            }
            place.write(Some(key));
            place.add(1).write(Some(value));
            debug_assert!(self.shape.hash(place) == hash);
        }
        self.count += 1;
        self.len += 1;
        if !is_new_name {
            self.version = 0;
        }
        Ok(())
    }

    /// Whether the last entry was that of this name, which has been removed by [`Table::remove_name`].
    /// The same address means the same name to whoever remembers the place: it refers to the name, of which there is but one,
    /// so nothing else can have got the address.
    #[inline]
    fn was_last(&self, key: &Ref) -> bool {
        // The value of the very first entry is used otherwise, see `first_place`.
        if self.version == 0 || self.count < 2 {
            return false;
        }
        // SAFETY: there are entries; the value of one without a key is no reference.
        unsafe {
            let place = self.key_place(self.count as usize - 1);
            (*place).is_none() && *place.add(1).cast::<usize>() == key.address() && is_name(key)
        }
    }

    /// Whether the first vacant place of a hash was in use before. The places that never were do not become less then,
    /// though the entries in use become no more.
    fn is_given_back(&self, hash: i64) -> bool {
        let Some(storage) = self.storage else { return false };
        let mut probe = Probe::new(hash);
        loop {
            // SAFETY: the place is below the size of the index, some of whose places are empty.
            match unsafe { self.shape.index(storage.as_ptr(), probe.place(self.shape.mask())) } {
                EMPTY => return false,
                DELETED => return true,
                _ => {}
            }
        }
    }

    /// Adds a key that is not in the table, as [`Table::insert_new`], if there is room and the first place of its hash is
    /// vacant: a short way for the interpreter loop.
    #[inline(always)]
    pub fn add_at_home(&mut self, hash: i64, key: &Ref, value: &Ref) -> bool {
        let Some(storage) = self.storage else { return false };
        let keeps_hash = keeps_hash(key);
        if !self.shape.has_room_beside(self.count) || !keeps_hash && !self.shape.is_wide() {
            return false;
        }
        // SAFETY: there is storage with room for one more entry of this form.
        unsafe {
            if !self.shape.claim_home(storage.as_ptr(), hash, self.count) {
                return false;
            }
            let place = self.shape.key(storage.as_ptr(), self.end());
            if self.shape.is_wide() {
                place.sub(1).cast::<i64>().write(hash);
            }
            place.write(Some(key.clone()));
            place.add(1).write(Some(value.clone()));
        }
        self.count += 1;
        self.len += 1;
        if !tells(hash, key) {
            self.shape = self.shape.mixed();
        }
        if !keeps_hash || key.header().kind() & (INTERNED | SOUGHT_BEYOND) != INTERNED {
            self.version = 0;
        }
        true
    }

    /// Adds an int to a table of ints that are their own hashes, if the first place of its hash has never been used, which says
    /// that it is new, and if there is room: a short way for the interpreter loop.
    #[inline(always)]
    pub fn add_number_at_home(&mut self, number: i64, key: &Ref, value: &Ref) -> bool {
        let Some(storage) = self.storage else { return false };
        let shape = self.shape;
        if !shape.is_of_numbers() || !is_own_hash(number) || !shape.has_room_beside(self.count) {
            return false;
        }
        // SAFETY: there is storage with room for one more entry of this form.
        unsafe {
            if !shape.claim_empty(storage.as_ptr(), number, self.count) {
                return false;
            }
            let place = shape.key_behind_hash(storage.as_ptr(), self.end());
            place.sub(1).cast::<i64>().write(number);
            place.write(Some(key.clone()));
            place.add(1).write(Some(value.clone()));
        }
        self.count += 1;
        self.len += 1;
        self.version = 0;
        true
    }

    /// Replaces the value at a live position and gives the old one.
    #[inline(always)]
    pub fn replace_value(&mut self, position: usize, value: Ref) -> Option<Ref> {
        assert!(position < self.end());
        // SAFETY: the position was checked.
        unsafe { (*self.key_place(position).add(1)).replace(value) }
    }

    /// Removes the entry at a live position and gives its key and value.
    pub fn remove(&mut self, position: usize) -> Option<(Ref, Ref)> {
        let (hash, _, _) = self.entry(position)?;
        // SAFETY: the position is live; its index place is found by probing for it.
        unsafe {
            let storage = self.storage?.as_ptr();
            let mut probe = Probe::new(hash);
            loop {
                let place = probe.place(self.shape.mask());
                if self.shape.index(storage, place) & !self.shape.tags() == position as u32 {
                    self.shape.set_index(storage, place, DELETED);
                    break;
                }
            }
            let key = self.key_place(position);
            let pair = ((*key).take()?, (*key.add(1)).take()?);
            self.len -= 1;
            self.note_dead(position);
            Some(pair)
        }
    }

    /// [`Table::remove`] for a name that may come again: if it stands behind all others, as that of `except ... as name` in a
    /// module, it then gets the same place, and the table need not be built anew for it again and again.
    pub fn remove_name(&mut self, position: usize) -> Option<(Ref, Ref)> {
        let pair = self.remove(position)?;
        if position > 0 && position + 1 == self.end() && is_name(&pair.0) {
            // SAFETY: there is an entry at the position; its value is no reference any more.
            unsafe { *self.key_place(position).add(1).cast::<usize>() = pair.0.address() };
        }
        Some(pair)
    }

    /// Where to look for the first live entry. Entries that died at the front are not walked over again: while the very
    /// first one is dead, the place of its value says how many are known to be.
    #[inline(always)]
    fn first_place(&self) -> usize {
        if self.end() == 0 {
            return 0;
        }
        // SAFETY: there is at least one entry.
        unsafe {
            let first = self.key_place(0);
            if (*first).is_some() { 0 } else { *first.add(1).cast::<usize>() }
        }
    }

    /// Notes that the entry at a position has died, if that makes more of the front dead.
    ///
    /// # Safety
    /// The position must be below [`Table::end`].
    #[inline]
    unsafe fn note_dead(&mut self, position: usize) {
        let dead = self.first_place();
        if position == 0 || dead == position {
            let end = self.end();
            let mut dead = position + 1;
            while dead < end && self.entry(dead).is_none() {
                dead += 1;
            }
            // SAFETY: an entry exists at the position, so there is a first one, and it is dead by now.
            unsafe { *self.key_place(0).add(1).cast::<usize>() = dead };
        }
    }

    /// Takes everything out; the table is empty afterwards.
    pub fn take_all(&mut self) -> Table {
        let shape = Shape::NONE.moved_from(self.shape);
        mem::replace(self, Table { shape, ..Table::new() })
    }

    /// A copy with the same keys in the same order, without gaps.
    pub fn duplicate(&self) -> Result<Table, OutOfMemory> {
        let mut copy = Table::new();
        if self.is_empty() {
            return Ok(copy);
        }
        let grown = Shape::of_places(self.len() * 3);
        let fitting = Shape::of_places((self.len() * 3).div_ceil(2) + 1);
        let log2 = self.shape.log2().min(grown.log2().max(fitting.log2()));
        copy.shape = self.shape.with_index(log2).with_room(self.len());
        if log2 == self.shape.log2() && self.len == self.count {
            copy.copy_all(self)?;
            return Ok(copy);
        }
        for position in 0..self.end() {
            if let Some((hash, key, value)) = self.entry(position) {
                copy.insert_new(hash, key.clone(), value.clone())?;
            }
        }
        Ok(copy)
    }

    /// Takes over all entries and the whole index of a table with as many places and no gaps. This table has no storage
    /// yet.
    fn copy_all(&mut self, other: &Table) -> Result<(), OutOfMemory> {
        let Some(source) = other.storage else { return Ok(()) };
        let storage = allocate(self.shape)?;
        // SAFETY: both have an index of the same size, and there is room for as many entries.
        unsafe {
            ptr::copy_nonoverlapping(source.as_ptr(), storage.as_ptr(), self.shape.index_bytes());
            for position in 0..other.end() {
                let from = other.key_place(position);
                let to = self.shape.key(storage.as_ptr(), position);
                if self.shape.is_wide() {
                    *to.sub(1).cast::<i64>() = *from.sub(1).cast::<i64>();
                }
                to.write((*from).clone());
                to.add(1).write((*from.add(1)).clone());
            }
        }
        self.storage = Some(storage);
        self.count = other.count;
        self.len = other.len;
        Ok(())
    }

    /// The version of the keys, for inline caches: as long as it stays, each key stays at its address or is removed, and no
    /// name is added that carries [`SOUGHT_BEYOND`]. `fresh` gives a new one when none is assigned; 0 means that there
    /// is none, as where the table has no storage.
    #[inline]
    pub fn version(&mut self, fresh: impl FnOnce() -> u32) -> u32 {
        if self.version == 0 && self.storage.is_some() {
            self.version = fresh();
        }
        self.version
    }

    /// The version if one is assigned, else 0.
    #[inline(always)]
    pub fn known_version(&self) -> u32 {
        self.version
    }

    /// Where in the storage the value at a position stands, for inline caches together with the version; nothing if it is
    /// too far away for them.
    pub fn value_offset(&self, position: usize) -> Option<i32> {
        if position >= self.end() {
            return None;
        }
        let storage = self.storage?.as_ptr() as usize;
        // SAFETY: the position is below the count.
        let value = unsafe { self.key_place(position).add(1) } as usize;
        i32::try_from(value - storage).ok()
    }

    /// The address of the value at a position, for inline caches together with the version.
    pub fn value_address(&self, position: usize) -> Option<*mut Option<Ref>> {
        // SAFETY: the position is below the count.
        (position < self.end()).then(|| unsafe { self.key_place(position).add(1) })
    }

    /// The address of a value whose place was remembered, if its key is still there.
    ///
    /// # Safety
    /// The offset must be that of a table when it had the version, which is not 0.
    #[inline(always)]
    pub unsafe fn remembered_value(&self, offset: i32, version: u32) -> Option<*mut Option<Ref>> {
        if self.version != version {
            return None;
        }
        let storage = self.storage.map_or(ptr::null_mut(), NonNull::as_ptr);
        // SAFETY: tables with one version have their keys at the same places of a storage of the same shape, each in front
        // of its value.
        unsafe {
            let value: *mut Option<Ref> = storage.offset(offset as isize).cast();
            (*value.sub(1)).is_some().then_some(value)
        }
    }

    /// The address of the value at a position, if there is one and its key is this object.
    #[inline(always)]
    pub fn value_of(&self, position: usize, key: &Ref) -> Option<*mut Option<Ref>> {
        if position >= self.end() {
            return None;
        }
        // SAFETY: the position is below the count.
        unsafe {
            let place = self.key_place(position);
            (*place).as_ref().is_some_and(|found| found.is(key)).then(|| place.add(1))
        }
    }

    /// Where the key at a position stands, its value behind it.
    ///
    /// # Safety
    /// There must be storage, and the position must be at most the room.
    #[inline(always)]
    unsafe fn key_place(&self, position: usize) -> *mut Option<Ref> {
        let storage = self.storage.map_or(ptr::null_mut(), NonNull::as_ptr);
        // SAFETY: as promised by the caller.
        unsafe { self.shape.key(storage, position) }
    }

    /// Makes room for one more entry, which may need the wide form.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, wide: bool) -> Result<NonNull<u8>, OutOfMemory> {
        let wide = wide || self.shape.is_wide();
        if self.storage.is_none() {
            let first = if self.shape.is_none() { Shape::first().moved_from(self.shape) } else { self.shape };
            self.shape = first.widened(wide);
            let storage = allocate(self.shape)?;
            self.storage = Some(storage);
            return Ok(storage);
        }
        let has_room = self.end() < self.shape.room();
        match self.shape.extended() {
            _ if has_room => self.rebuild(self.shape.widened(wide)),
            Some(larger) if wide == self.shape.is_wide() => self.extend(larger),
            Some(larger) => self.rebuild(larger.widened(wide)),
            None => self.rebuild(Shape::of_places(self.len() * 3).widened(wide)),
        }
    }

    /// Moves everything as it is to storage with room for more entries.
    fn extend(&mut self, shape: Shape) -> Result<NonNull<u8>, OutOfMemory> {
        let storage = allocate(shape)?;
        if let Some(old) = self.storage {
            // SAFETY: the index is of the same size, and the new storage is the longer one.
            unsafe {
                let used = self.shape.index_bytes() + self.end() * self.shape.entry_bytes();
                ptr::copy_nonoverlapping(old.as_ptr(), storage.as_ptr(), used);
                free(old, self.shape);
            }
        }
        self.storage = Some(storage);
        self.shape = shape;
        self.version = 0;
        Ok(storage)
    }

    /// Moves all live entries to storage of another shape.
    fn rebuild(&mut self, shape: Shape) -> Result<NonNull<u8>, OutOfMemory> {
        let shape = shape.moved_from(self.shape);
        let storage = allocate(shape)?;
        let (old, old_shape, old_end) = (self.storage, self.shape, self.end());
        self.storage = Some(storage);
        self.shape = shape;
        self.count = 0;
        self.version = 0;
        let Some(old) = old else { return Ok(storage) };
        // SAFETY: live entries move over one by one, for which there is room; then the old storage goes.
        unsafe {
            for position in 0..old_end {
                let from = old_shape.key(old.as_ptr(), position);
                if (*from).is_none() {
                    continue;
                }
                let hash = old_shape.hash(from);
                shape.claim(storage.as_ptr(), hash, self.count);
                let to = shape.key(storage.as_ptr(), self.end());
                if shape.is_wide() {
                    *to.sub(1).cast::<i64>() = hash;
                }
                ptr::copy_nonoverlapping(from, to, 2);
                self.count += 1;
            }
            free(old, old_shape);
        }
        Ok(storage)
    }
}

/// Key and value of an entry if it is a live one.
///
/// # Safety
/// It must be the place of the key of an entry that is in use, for as long as the references are.
#[inline(always)]
unsafe fn live<'a>(key: *mut Option<Ref>) -> Option<(&'a Ref, &'a Ref)> {
    // SAFETY: as promised by the caller. The value is looked at only where there is a key.
    unsafe { Some(((*key).as_ref()?, (*key.add(1)).as_ref()?)) }
}

/// Storage with an empty index.
#[inline]
fn allocate(shape: Shape) -> Result<NonNull<u8>, OutOfMemory> {
    if !shape.is_possible() {
        return Err(OutOfMemory);
    }
    let storage = HEAP.with(|heap| allocate_storage(heap, shape.bytes()))?;
    // SAFETY: the index stands at the beginning of the storage, which is not null.
    unsafe {
        if shape.is_smallest() {
            storage.cast::<u64>().write(u64::MAX);
        } else {
            ptr::write_bytes(storage, 0xFF, shape.index_bytes());
        }
        Ok(NonNull::new_unchecked(storage))
    }
}

/// # Safety
/// The storage came from [`allocate`] with the same shape.
unsafe fn free(storage: NonNull<u8>, shape: Shape) {
    // SAFETY: as promised by the caller.
    HEAP.with(|heap| unsafe { release_storage(heap, storage.as_ptr(), shape.bytes()) });
}

impl Default for Table {
    fn default() -> Self {
        Table::new()
    }
}

impl Drop for Table {
    #[inline]
    fn drop(&mut self) {
        let Some(storage) = self.storage.take() else { return };
        // SAFETY: each entry is dropped once, first to last as CPython releases them; then the storage goes.
        unsafe {
            let mut key = self.shape.key(storage.as_ptr(), 0);
            for position in 0..self.count {
                if position + AHEAD < self.count {
                    let ahead = key.byte_add(AHEAD as usize * self.shape.entry_bytes()).cast::<*const u8>();
                    blocks::prefetch(*ahead);
                    blocks::prefetch(*ahead.add(1));
                }
                if (*key).is_some() {
                    ptr::drop_in_place(key);
                    ptr::drop_in_place(key.add(1));
                }
                key = self.shape.next_key(key);
            }
            free(storage, self.shape);
        }
    }
}

impl Table {
    /// Shows all keys and values in order.
    #[inline(always)]
    pub(crate) fn show<V: Visitor + ?Sized>(&self, visitor: &mut V) {
        let Some(storage) = self.storage else { return };
        // SAFETY: there are so many entries, one behind the other.
        unsafe {
            let mut key = self.shape.key(storage.as_ptr(), 0);
            for _ in 0..self.count {
                if let Some((key, value)) = live(key) {
                    visitor.visit(key);
                    visitor.visit(value);
                }
                key = self.shape.next_key(key);
            }
        }
    }
}

impl Trace for Table {
    const SINGLE: Single = Single::Table;

    fn trace(&self, visitor: &mut dyn Visitor) {
        self.show(visitor);
    }
}

impl Drain for Table {
    fn drain_into(&mut self, trash: &mut Vec<Ref>) {
        let mut all = self.take_all();
        for position in 0..all.end() {
            trash.extend(all.remove(position).into_iter().flat_map(|(key, value)| [key, value]));
        }
    }
}
