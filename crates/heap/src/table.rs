//! The compact hash table behind dictionaries.
//!
//! As CPython's since 3.6 (Raymond Hettinger's design): a sparse index of small integers, and the entries themselves
//! dense and in the order of insertion, both in one piece of storage.
//!
//! ```text
//!   TableHeader | index: 2^n places of 1, 2 or 4 bytes | entries: hash, key, value | ... usable = 2/3 * 2^n
//! ```
//!
//! A place of 4 bytes has the position of an entry in its lower n bits and the same bits of the entry's hash in the
//! others, so that a search in a large table passes over most of the other keys without touching their entries.
//!
//! Probing, growth (three times the live entries, rounded up to a power of two) and the usable fraction are CPython's,
//! so that sizes and resize steps agree with it. The table never compares keys itself: comparing can run Python code.

use std::{
    alloc::Layout,
    mem,
    ptr::{self, NonNull},
};

use crate::{
    buffer::{Buffer, OutOfMemory},
    interior::Drain,
    payload::{Trace, Visitor},
    reference::Ref,
};

const EMPTY: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;
const MIN_LOG2: u8 = 3;

#[repr(C)]
struct TableHeader {
    log2: u8,
    /// log2 of the bytes of an index place.
    width: u8,
    /// Entries that may still be added.
    usable: u32,
    /// Entries in use, deleted ones included.
    count: u32,
    /// Identifies this very set of keys and places; 0 until someone asks. Forgotten at every change of keys.
    version: u32,
}

impl TableHeader {
    /// The bits of an index place that are those of the hash. A place that is empty or was deleted has a position that
    /// no entry has, whatever its other bits.
    #[inline(always)]
    fn tags(&self) -> u32 {
        if self.width == 2 { u32::MAX << self.log2 } else { 0 }
    }
}

/// One key with its value.
#[repr(C)]
pub struct Entry {
    hash: i64,
    key: Option<Ref>,
    value: Option<Ref>,
}

/// A hash table from references to references.
pub struct Table {
    storage: Option<NonNull<TableHeader>>,
    bytes: u32,
    len: u32,
}

const HEADER: usize = size_of::<TableHeader>();

impl Table {
    /// An empty table without storage.
    pub const fn new() -> Table {
        Table { storage: None, bytes: 0, len: 0 }
    }

    /// A table with room for `len` entries.
    pub fn with_capacity(len: usize) -> Result<Table, OutOfMemory> {
        let mut table = Table::new();
        if len > 0 {
            // The inverse of the usable fraction, as CPython's ESTIMATE_SIZE.
            table.rebuild(log2_for((len * 3).div_ceil(2)))?;
        }
        Ok(table)
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
        self.header().map_or(0, |header| header.count as usize)
    }

    /// Bytes of storage.
    pub fn storage_bytes(&self) -> usize {
        self.bytes as usize
    }

    /// Where the storage lies: as long as it is the same, entries keep their positions and places.
    pub fn identity(&self) -> usize {
        self.storage.map_or(0, |storage| storage.as_ptr() as usize)
    }

    /// The entry at a position: hash, key, value.
    #[inline(always)]
    pub fn entry(&self, position: usize) -> Option<(i64, &Ref, &Ref)> {
        if position >= self.end() {
            return None;
        }
        // SAFETY: the position is below the count.
        let entry = unsafe { &*self.entries().add(position) };
        match (&entry.key, &entry.value) {
            (Some(key), Some(value)) => Some((entry.hash, key, value)),
            _ => None,
        }
    }

    /// The first live entry at or behind a position: its position, key and value.
    #[inline]
    pub fn next_entry(&self, mut position: usize) -> Option<(usize, &Ref, &Ref)> {
        let end = self.end();
        if position == 0 {
            position = self.first_place();
        }
        let entries = self.entries();
        while position < end {
            // SAFETY: the position is below the count.
            let entry = unsafe { &*entries.add(position) };
            if let (Some(key), Some(value)) = (&entry.key, &entry.value) {
                return Some((position, key, value));
            }
            position += 1;
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
        let entries: &[Entry] = match self.storage {
            None => &[],
            // SAFETY: so many entries are in use.
            Some(_) => unsafe { std::slice::from_raw_parts(self.entries(), self.end()) },
        };
        entries.iter().filter_map(|entry| Some((entry.key.as_ref()?, entry.value.as_ref()?)))
    }

    /// Finds the position of a key: `same` is asked of each key with this hash, and must not run Python code.
    #[inline(always)]
    pub fn find(&self, hash: i64, mut same: impl FnMut(&Ref) -> bool) -> Option<usize> {
        let header = self.header()?;
        let mask = (1u64 << header.log2) - 1;
        let entries = self.entries();
        let tags = header.tags();
        let tag = hash as u32 & tags;
        let mut perturb = hash as u64;
        let mut place = hash as u64 & mask;
        loop {
            // SAFETY: the place is below the size of the index, and index places name entries below the count.
            let found = unsafe { self.index(header, place as usize) };
            if found < DELETED {
                if found & tags == tag {
                    let position = (found & !tags) as usize;
                    // SAFETY: as above.
                    let entry = unsafe { &*entries.add(position) };
                    if entry.hash == hash
                        && let Some(key) = &entry.key
                        && same(key)
                    {
                        return Some(position);
                    }
                }
            } else if found == EMPTY {
                return None;
            }
            perturb >>= 5;
            place = place.wrapping_mul(5).wrapping_add(perturb).wrapping_add(1) & mask;
        }
    }

    /// The next entry with the probe's hash. Between two calls the table must have kept its storage.
    #[inline(always)]
    pub fn candidate(&self, probe: &mut Probe) -> Option<usize> {
        let header = self.header()?;
        let mask = (1u64 << header.log2) - 1;
        loop {
            let place = probe.place(mask);
            // SAFETY: the place is below the size of the index.
            let found = unsafe { self.index(header, place) };
            if found == EMPTY {
                return None;
            }
            if found != DELETED {
                let position = (found & !header.tags()) as usize;
                // SAFETY: index places name entries below the count.
                let entry = unsafe { &*self.entries().add(position) };
                if entry.hash == probe.hash {
                    return Some(position);
                }
            }
        }
    }

    /// Adds a key that is not in the table.
    pub fn insert_new(&mut self, hash: i64, key: Ref, value: Ref) -> Result<(), OutOfMemory> {
        if self.header().is_none_or(|header| header.usable == 0) {
            let wanted = if self.storage.is_none() { 1 << MIN_LOG2 } else { self.len() * 3 };
            self.rebuild(log2_for(wanted))?;
        }
        // SAFETY: there is storage with room for one more entry.
        unsafe {
            let header = self.storage.expect("made above").as_ptr();
            let position = (*header).count;
            self.set_free_index(hash, position);
            self.entries().add(position as usize).write(Entry { hash, key: Some(key), value: Some(value) });
            (*header).count += 1;
            (*header).usable -= 1;
            (*header).version = 0;
        }
        self.len += 1;
        Ok(())
    }

    /// Replaces the value at a live position and gives the old one.
    #[inline(always)]
    pub fn replace_value(&mut self, position: usize, value: Ref) -> Option<Ref> {
        assert!(position < self.end());
        // SAFETY: the position was checked.
        unsafe { (*self.entries().add(position)).value.replace(value) }
    }

    /// Removes the entry at a live position and gives its key and value.
    pub fn remove(&mut self, position: usize) -> Option<(Ref, Ref)> {
        let (hash, _, _) = self.entry(position)?;
        // SAFETY: the position is live; its index place is found by probing for it.
        unsafe {
            let header = self.storage?.as_ptr();
            let mask = (1u64 << (*header).log2) - 1;
            let mut probe = Probe::new(hash);
            loop {
                let place = probe.place(mask);
                if self.index(&*header, place) & !(*header).tags() == position as u32 {
                    self.set_index(place, DELETED);
                    break;
                }
            }
            (*header).version = 0;
            let entry = &mut *self.entries().add(position);
            entry.hash = 0;
            let pair = (entry.key.take()?, entry.value.take()?);
            self.len -= 1;
            self.note_dead(position);
            Some(pair)
        }
    }

    /// Where to look for the first live entry. Entries that died at the front are not walked over again: the hash of
    /// a dead entry means nothing, so the very first place keeps there how many are known to be dead.
    #[inline(always)]
    fn first_place(&self) -> usize {
        if self.end() == 0 {
            return 0;
        }
        // SAFETY: there is at least one entry.
        let first = unsafe { &*self.entries() };
        if first.key.is_some() { 0 } else { first.hash as usize }
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
            unsafe { (*self.entries()).hash = dead as i64 };
        }
    }

    /// Takes everything out; the table is empty afterwards.
    pub fn take_all(&mut self) -> Table {
        mem::take(self)
    }

    /// A copy with the same keys in the same order, without gaps.
    pub fn duplicate(&self) -> Result<Table, OutOfMemory> {
        let mut copy = Table::new();
        if let Some(header) = self.header() {
            let log2 =
                header.log2.min(log2_for(self.len() * 3).max(log2_for((self.len() * 3).div_ceil(2) + 1)));
            copy.rebuild(log2)?;
            if log2 == header.log2 && self.len() == self.end() {
                copy.copy_all(self);
                return Ok(copy);
            }
            for position in 0..self.end() {
                if let Some((hash, key, value)) = self.entry(position) {
                    copy.insert_new(hash, key.clone(), value.clone())?;
                }
            }
        }
        Ok(copy)
    }

    /// Takes over all entries and the whole index of a table with as many places and no gaps. This table is fresh.
    fn copy_all(&mut self, other: &Table) {
        let (Some(to), Some(from)) = (self.storage, other.storage) else { return };
        // SAFETY: both have an index of the same size and room for as many entries; this table has none yet.
        unsafe {
            let (to, from) = (to.as_ptr(), from.as_ptr());
            let index_bytes = 1usize << ((*from).log2 + (*from).width);
            let places = from.cast::<u8>().add(HEADER);
            ptr::copy_nonoverlapping(places, to.cast::<u8>().add(HEADER), index_bytes);
            let (source, target) = (other.entries(), self.entries());
            for position in 0..(*from).count as usize {
                let entry = &*source.add(position);
                let copy = Entry { hash: entry.hash, key: entry.key.clone(), value: entry.value.clone() };
                target.add(position).write(copy);
            }
            (*to).count = (*from).count;
            (*to).usable = (*from).usable;
        }
        self.len = other.len;
    }

    /// The version of the key set, for inline caches: equal versions mean equal keys at equal positions. `fresh` gives
    /// a new one when none is assigned; 0 means that the table has no storage.
    #[inline]
    pub fn version(&mut self, fresh: impl FnOnce() -> u32) -> u32 {
        let Some(storage) = self.storage else { return 0 };
        // SAFETY: the storage is ours.
        let header = unsafe { &mut *storage.as_ptr() };
        if header.version == 0 {
            header.version = fresh();
        }
        header.version
    }

    /// The version if one is assigned, else 0.
    #[inline(always)]
    pub fn known_version(&self) -> u32 {
        self.header().map_or(0, |header| header.version)
    }

    /// Where in the storage the value at a position stands, for inline caches together with the version; nothing if it is
    /// too far away for them.
    pub fn value_offset(&self, position: usize) -> Option<i32> {
        if position >= self.end() {
            return None;
        }
        let storage = self.storage?.as_ptr() as usize;
        // SAFETY: the position is below the count.
        let value = unsafe { &raw const (*self.entries().add(position)).value } as usize;
        i32::try_from(value - storage).ok()
    }

    /// The position whose value stands at an offset, if there is one: a guess, after the keys have changed.
    pub fn position_at(&self, offset: i32) -> usize {
        let Some(storage) = self.storage else { return usize::MAX };
        let first = self.entries() as usize - storage.as_ptr() as usize;
        (offset as usize).wrapping_sub(first) / size_of::<Entry>()
    }

    /// The address of a value whose place was remembered, if the keys are still the same.
    ///
    /// # Safety
    /// The offset must be that of a table when it had the version, which is not 0.
    #[inline(always)]
    pub unsafe fn remembered_value(&self, offset: i32, version: u32) -> Option<*mut Option<Ref>> {
        let storage = self.storage?;
        // SAFETY: tables with one version have their keys at the same places of a storage of the same size.
        unsafe {
            ((*storage.as_ptr()).version == version)
                .then(|| storage.as_ptr().cast::<u8>().offset(offset as isize).cast::<Option<Ref>>())
        }
    }

    #[inline(always)]
    fn header(&self) -> Option<&TableHeader> {
        // SAFETY: the storage lives as long as the table.
        self.storage.map(|storage| unsafe { &*storage.as_ptr() })
    }

    #[inline(always)]
    fn entries(&self) -> *mut Entry {
        match self.storage {
            None => ptr::dangling_mut(),
            // SAFETY: the entries stand behind header and index in the same storage.
            Some(storage) => unsafe {
                let header = storage.as_ptr();
                header.cast::<u8>().add(HEADER + (1 << ((*header).log2 + (*header).width))).cast()
            },
        }
    }

    #[inline(always)]
    unsafe fn index(&self, header: &TableHeader, place: usize) -> u32 {
        // SAFETY: the caller keeps the place below the size of the index.
        unsafe {
            let places = ptr::from_ref(header).cast::<u8>().add(HEADER);
            match header.width {
                0 => match *places.add(place) {
                    byte @ 0xFE.. => byte as u32 | 0xFFFF_FF00,
                    byte => byte as u32,
                },
                1 => match *places.cast::<u16>().add(place) {
                    half @ 0xFFFE.. => half as u32 | 0xFFFF_0000,
                    half => half as u32,
                },
                _ => *places.cast::<u32>().add(place),
            }
        }
    }

    unsafe fn set_index(&mut self, place: usize, found: u32) {
        let Some(storage) = self.storage else { return };
        // SAFETY: the caller keeps the place below the size of the index.
        unsafe {
            let places = storage.as_ptr().cast::<u8>().add(HEADER);
            match (*storage.as_ptr()).width {
                0 => *places.add(place) = found as u8,
                1 => *places.cast::<u16>().add(place) = found as u16,
                _ => *places.cast::<u32>().add(place) = found,
            }
        }
    }

    /// Writes a position to the first free place of a hash.
    unsafe fn set_free_index(&mut self, hash: i64, position: u32) {
        // SAFETY: there is storage, and at least a third of its places is empty.
        unsafe {
            let header = self.storage.expect("the caller has made it").as_ptr();
            let mask = (1u64 << (*header).log2) - 1;
            let mut probe = Probe::new(hash);
            loop {
                let place = probe.place(mask);
                // A deleted place may not be reused for a new entry: the entry behind it could be the same key.
                if self.index(&*header, place) >= DELETED {
                    self.set_index(place, position | hash as u32 & (*header).tags());
                    return;
                }
            }
        }
    }

    /// Moves all live entries to storage with 2^log2 places.
    fn rebuild(&mut self, log2: u8) -> Result<(), OutOfMemory> {
        let width = match log2 {
            0..=7 => 0,
            8..=15 => 1,
            _ => 2,
        };
        let usable = (1usize << log2) * 2 / 3;
        let index_bytes = 1usize << (log2 + width);
        let bytes = HEADER + index_bytes + usable * size_of::<Entry>();
        let bytes =
            if log2 < 31 { u32::try_from(bytes).map_err(|_| OutOfMemory)? } else { return Err(OutOfMemory) };
        // SAFETY: header and index are initialised before use; entries move over one by one.
        unsafe {
            let storage = raw_storage(bytes as usize)?;
            ptr::write_bytes(storage.add(HEADER), 0xFF, index_bytes);
            let header = storage.cast::<TableHeader>();
            header.write(TableHeader { log2, width, usable: usable as u32, count: 0, version: 0 });
            let (old_entries, old_end, old_storage, old_bytes) =
                (self.entries(), self.end(), self.storage, self.bytes);
            self.storage = NonNull::new(header);
            self.bytes = bytes;
            let entries = self.entries();
            for position in 0..old_end {
                let entry = old_entries.add(position).read();
                if entry.key.is_some() {
                    let count = (*header).count;
                    self.set_free_index(entry.hash, count);
                    entries.add(count as usize).write(entry);
                    (*header).count += 1;
                    (*header).usable -= 1;
                }
            }
            if let Some(old) = old_storage {
                free_storage(old.as_ptr().cast(), old_bytes as usize);
            }
        }
        Ok(())
    }
}

/// The places that a hash is looked for in, CPython's sequence: all bits of the hash take part in the end.
pub struct Probe {
    hash: i64,
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
    fn place(&mut self, mask: u64) -> usize {
        if self.started {
            self.perturb >>= 5;
            self.place = self.place.wrapping_mul(5).wrapping_add(self.perturb).wrapping_add(1);
        }
        self.started = true;
        self.place &= mask;
        self.place as usize
    }
}

/// The smallest power of two that is at least `size` and the minimum.
fn log2_for(size: usize) -> u8 {
    (size.max(1 << MIN_LOG2).next_power_of_two().trailing_zeros() as u8).max(MIN_LOG2)
}

fn raw_storage(bytes: usize) -> Result<*mut u8, OutOfMemory> {
    // A buffer of words has the alignment that header and entries need; it is taken apart at once.
    let mut buffer = mem::ManuallyDrop::new(Buffer::<u64>::with_capacity(bytes.div_ceil(8))?);
    debug_assert!(Layout::new::<u64>().align() == align_of::<Entry>());
    Ok(buffer.as_mut_ptr().cast())
}

/// # Safety
/// The storage came from [`raw_storage`] with the same size.
unsafe fn free_storage(storage: *mut u8, bytes: usize) {
    // SAFETY: as promised by the caller.
    drop(unsafe { Buffer::<u64>::from_raw_storage(storage.cast(), bytes.div_ceil(8)) });
}

impl Default for Table {
    fn default() -> Self {
        Table::new()
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        let Some(storage) = self.storage.take() else { return };
        // SAFETY: each entry is dropped once, first to last as CPython releases them; then the storage goes.
        unsafe {
            let header = storage.as_ptr();
            let entries =
                header.cast::<u8>().add(HEADER + (1 << ((*header).log2 + (*header).width))).cast::<Entry>();
            for position in 0..(*header).count as usize {
                ptr::drop_in_place(entries.add(position));
            }
            free_storage(header.cast(), self.bytes as usize);
        }
    }
}

impl Trace for Table {
    fn trace(&self, visitor: &mut dyn Visitor) {
        for (key, value) in self.iter() {
            visitor.visit(key);
            visitor.visit(value);
        }
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
