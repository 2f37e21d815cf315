//! `dict`: storage and look-up. The class with its methods stands in the files beside this one.
//!
//! Looking a key up may run `__hash__` and `__eq__` of the program, which may change this very dictionary. So a
//! candidate is cloned out, compared without any borrow, and the search starts again if the table has changed.

use ouro_heap::{
    Interior, Payload, Ref, Table, alloc_untracked,
    allocate::{self, Grant},
    header::{NAMESPACE, TYPE_MASK},
    table::{Probe, Sought, is_own_hash},
};

use crate::{
    error::Res,
    objects::{
        int::Int,
        sequence::quick_equal,
        str::{self, Str, StrExt},
        type_,
    },
    protocol,
    state::vm,
    types,
};

mod class;
mod iterators;
mod merge;
mod view_sets;
mod views;

pub use crate::objects::mapping_proxy::new as new_proxy;
pub use class::{DICT, can_untrack};
pub use iterators::{
    DICT_ITEM_ITERATOR, DICT_KEY_ITERATOR, DICT_REVERSE_ITEM_ITERATOR, DICT_REVERSE_KEY_ITERATOR,
    DICT_REVERSE_VALUE_ITERATOR, DICT_VALUE_ITERATOR, DictIterator,
};
pub use merge::{clear, copy, is_plain, merge, merge_distinct, update_from};
pub use views::{DICT_ITEMS, DICT_KEYS, DICT_VALUES, DictView};

/// A dictionary's payload.
#[derive(Payload)]
#[payload(types::DICT)]
pub struct Dict {
    /// The entries.
    pub table: Interior<Table>,
}

/// A new empty dictionary. As in CPython it is not tracked until it holds something that can be part of a cycle.
pub fn new() -> Ref<Dict> {
    alloc_untracked(Dict { table: Interior::default() })
}

/// A new dictionary that gets room for `len` entries with the first one. It is told so where it stands: a table that is moved
/// when some of its fields have just been written waits for them.
pub fn with_capacity(len: usize) -> Ref<Dict> {
    let made = new();
    made.table.with_mut(|table| table.foresee(len));
    made
}

impl Dict {
    /// Whether every key is a string.
    pub fn has_only_str_keys(&self) -> bool {
        self.table.with(|table| table.iter().all(|(key, _)| key.is_exact::<Str>()))
    }

    /// The number of keys.
    #[inline]
    pub fn len(&self) -> usize {
        self.table.with(|table| table.len())
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a position, if it is live.
    pub fn value_at(&self, position: usize) -> Option<Ref> {
        self.table.with(|table| table.entry(position).map(|(_, _, value)| value.clone()))
    }

    /// The value at a position, if it is that of this very key.
    pub(crate) fn value_of(&self, position: usize, key: &Ref<Str>) -> Option<Ref> {
        self.table.with(|table| {
            table.entry(position).filter(|(_, known, _)| known.is(key)).map(|(_, _, value)| value.clone())
        })
    }

    /// References to all keys and values as they are now.
    pub fn snapshot(&self) -> Vec<(Ref, Ref)> {
        self.table.with(|table| table.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
    }
}

/// Where a key was found.
enum Found {
    At(usize),
    Nowhere,
}

/// The hash of a key; strings have theirs at hand.
#[inline]
pub fn key_hash(key: &Ref) -> Res<i64> {
    match plain_hash(key) {
        Some(hash) => Ok(hash),
        None => protocol::object::hash(key),
    }
}

/// The hash of an exact string or int, but for very large ints.
#[inline(always)]
pub(crate) fn plain_hash(key: &Ref) -> Option<i64> {
    if key.is_exact::<Str>() {
        return Some(key.payload::<Str>()?.hash_value());
    }
    if !key.is_exact::<Int>() {
        return None;
    }
    int_hash(key.payload::<Int>()?.value.get())
}

/// The hash of an int, but for very large ones: it is the value modulo a Mersenne prime, so that small ones are their own.
#[inline(always)]
pub(crate) fn int_hash(value: i64) -> Option<i64> {
    match value {
        -1 => Some(-2),
        value if is_own_hash(value) => Some(value),
        _ => None,
    }
}

/// Whether a key is there, if that is found without running any code.
#[inline]
pub(crate) fn contains_plain(dict: &Dict, key: &Ref) -> Option<bool> {
    let hash = plain_hash(key)?;
    let mut doubtful = false;
    let found = dict.table.with(|table| {
        table.find(hash, |candidate| {
            quick_equal(candidate, key).unwrap_or_else(|| {
                doubtful = true;
                true
            })
        })
    });
    (!doubtful).then_some(found.is_some())
}

/// The text of a key that is an exact string.
#[inline(always)]
fn text_of(key: &Ref) -> Option<&Str> {
    if key.header().type_index() == types::STR { key.payload::<Str>() } else { None }
}

/// Whether a candidate is a string of this text and hash, as far as that is clear without running code.
#[inline(always)]
fn same_text(candidate: &Ref, key: &Ref, text: &Str, hash: i64) -> Option<bool> {
    if candidate.is(key) {
        return Some(true);
    }
    // Keys of a dictionary have been hashed.
    text_of(candidate).map(|other| other.known_hash() == Some(hash) && str::equal_payloads(other, text))
}

/// The value of an exact string, unless that has to be compared with a key of another type.
#[inline(always)]
fn value_of_text(dict: &Dict, key: &Ref) -> Option<Option<Ref>> {
    let text = text_of(key)?;
    let hash = text.hash_value();
    dict.table.with(|table| {
        let value = table.seek_value(hash, |candidate| same_text(candidate, key, text, hash))?;
        Some(value.cloned())
    })
}

/// The position of an exact string, unless it has to be compared with a key of another type.
#[inline(always)]
fn find_text(dict: &Dict, key: &Ref, hash: i64) -> Option<Found> {
    let text = text_of(key)?;
    let sought =
        dict.table.with(|table| table.seek(hash, false, |candidate| same_text(candidate, key, text, hash)));
    match sought {
        Sought::At(position, _) => Some(Found::At(position)),
        Sought::Nowhere => Some(Found::Nowhere),
        Sought::Doubtful => None,
    }
}

/// The position of a key.
#[inline(always)]
fn find(dict: &Dict, key: &Ref, hash: i64) -> Res<Found> {
    match find_text(dict, key, hash) {
        Some(found) => Ok(found),
        None => find_plain(dict, key, hash),
    }
}

#[inline(never)]
fn find_plain(dict: &Dict, key: &Ref, hash: i64) -> Res<Found> {
    // Most keys compare without running code; the first that does not ends the short way.
    let mut doubtful = false;
    let position = dict.table.with(|table| {
        let told = table.tells()
            && key.is_exact::<Int>()
            && key.payload::<Int>().is_some_and(|int| int.value.get() == hash);
        table.find(hash, |candidate| match if told { Some(true) } else { quick_equal(candidate, key) } {
            Some(equal) => equal,
            None => {
                doubtful = true;
                true
            }
        })
    });
    match position {
        _ if doubtful => find_general(dict, key, hash),
        Some(position) => Ok(Found::At(position)),
        None => Ok(Found::Nowhere),
    }
}

#[cold]
#[inline(never)]
fn find_general(dict: &Dict, key: &Ref, hash: i64) -> Res<Found> {
    'restart: loop {
        let mut probe = Probe::new(hash);
        let identity = dict.table.with(Table::identity);
        loop {
            let candidate = dict.table.with(|table| {
                table
                    .candidate(&mut probe)
                    .and_then(|position| table.entry(position).map(|(_, key, _)| (position, key.clone())))
            });
            let Some((position, candidate)) = candidate else { return Ok(Found::Nowhere) };
            if candidate.is(key) {
                return Ok(Found::At(position));
            }
            let equal = protocol::compare::equal(&candidate, key)?;
            // What else a comparison has added or removed does not matter: the places of the others are the same.
            let unchanged = dict.table.with(|table| {
                table.identity() == identity
                    && table.entry(position).is_some_and(|(_, now, _)| now.is(&candidate))
            });
            if !unchanged {
                continue 'restart;
            }
            if equal {
                return Ok(Found::At(position));
            }
        }
    }
}

/// The value of a key.
pub fn get(dict: &Dict, key: &Ref) -> Res<Option<Ref>> {
    if let Some(value) = value_of_text(dict, key) {
        return Ok(value);
    }
    let hash = key_hash(key)?;
    get_hashed(dict, key, hash)
}

/// The value of a key whose hash is known.
#[inline]
pub fn get_hashed(dict: &Dict, key: &Ref, hash: i64) -> Res<Option<Ref>> {
    Ok(match find(dict, key, hash)? {
        Found::At(position) => dict.value_at(position),
        Found::Nowhere => None,
    })
}

/// Whether a key is there.
pub fn contains(dict: &Dict, key: &Ref) -> Res<bool> {
    let hash = key_hash(key)?;
    Ok(matches!(find(dict, key, hash)?, Found::At(_)))
}

/// The value of a string key, in a dictionary whose keys are strings (namespaces): runs no code. Keys of other types
/// never compare equal here.
pub fn get_str(dict: &Dict, key: &Ref<Str>) -> Option<Ref> {
    let position = position_of_str(dict, key)?;
    dict.value_at(position)
}

/// Whether a namespace has a string key.
pub fn contains_str(dict: &Dict, key: &Ref<Str>) -> bool {
    position_of_str(dict, key).is_some()
}

/// The position of a string key, as [`get_str`].
pub fn position_of_str(dict: &Dict, key: &Ref<Str>) -> Option<usize> {
    dict.table.with(|table| {
        table.find(key.hash_value(), |candidate| {
            candidate.is(key) || candidate.downcast::<Str>().is_some_and(|other| str::equal(key, other))
        })
    })
}

/// The same where the key may well be at the position where it was found before.
pub(crate) fn position_from(dict: &Dict, key: &Ref<Str>, hint: usize) -> Option<usize> {
    let stays = dict
        .table
        .with(|table| table.entry(hint).filter(|(_, candidate, _)| candidate.is(key)).map(|_| hint));
    stays.or_else(|| position_of_str(dict, key))
}

/// Where in the storage the value at a position stands, and the version of the keys, for inline caches.
pub(crate) fn remembered_place(dict: &Dict, position: usize) -> Option<(i32, u32)> {
    let offset = dict.table.with(|table| table.value_offset(position))?;
    Some((offset, keys_version(dict))).filter(|(_, version)| *version != 0)
}

/// The same as an address instead of a place in the storage.
pub(crate) fn remembered_address(dict: &Dict, position: usize) -> Option<(*mut Option<Ref>, u32)> {
    let address = dict.table.with(|table| table.value_address(position))?;
    Some((address, keys_version(dict))).filter(|(_, version)| *version != 0)
}

/// Sets a key; the old value is released when the dictionary is consistent again.
pub fn set(dict: &Ref<Dict>, key: &Ref, value: Ref) -> Res<()> {
    let hash = key_hash(key)?;
    set_hashed(dict, key, hash, value)
}

/// Sets the keys of a new dictionary, which stand in a row with their values.
pub(crate) fn fill(dict: &Ref<Dict>, items: &[Ref]) -> Res<()> {
    for [key, value] in items.as_chunks().0 {
        let hash = key_hash(key)?;
        track_for(dict, key, value);
        let found = if dict.is_empty() { Found::Nowhere } else { find(dict, key, hash)? };
        let (key, value) = (key.clone(), value.clone());
        match found {
            Found::At(position) => drop(dict.table.with_mut(|table| table.replace_value(position, value))),
            Found::Nowhere => dict.table.with_mut(|table| table.insert_new(hash, key, value))?,
        }
    }
    Ok(())
}

/// Sets a key whose hash is known.
pub fn set_hashed(dict: &Ref<Dict>, key: &Ref, hash: i64, value: Ref) -> Res<()> {
    track_for(dict, key, &value);
    let found = find(dict, key, hash)?;
    let _change = Change::begin(dict)?;
    match found {
        Found::At(position) => {
            let old = dict.table.with_mut(|table| table.replace_value(position, value));
            drop(old);
        }
        Found::Nowhere => dict.table.with_mut(|table| table.insert_new(hash, key.clone(), value))?,
    }
    Ok(())
}

/// A change of a dictionary by the program. Where it holds the attributes of a class, which the program can only get at
/// through the collector, the class may refuse, and hears of it before and afterwards.
struct Change<'a>(Option<&'a Ref<Dict>>);

impl Change<'_> {
    #[inline(always)]
    fn begin(dict: &Ref<Dict>) -> Res<Change<'_>> {
        if !dict.header().has(NAMESPACE) {
            return Ok(Change(None));
        }
        type_::namespace_changes(dict)?;
        Ok(Change(Some(dict)))
    }
}

impl Drop for Change<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(dict) = self.0 {
            type_::namespace_changed(dict);
        }
    }
}

/// Sets a string key of a namespace.
pub fn set_str(dict: &Ref<Dict>, key: &Ref<Str>, value: Ref) {
    drop(replace_str(dict, key, value));
}

/// The same; gives the value before.
pub(crate) fn replace_str(dict: &Ref<Dict>, key: &Ref<Str>, value: Ref) -> Option<Ref> {
    track_for(dict, key.as_any(), &value);
    match position_of_str(dict, key) {
        Some(position) => dict.table.with_mut(|table| table.replace_value(position, value)),
        None => {
            // A name is bound whatever the limit says; MemoryError comes a moment later.
            let _grant = Grant::new();
            let added = dict
                .table
                .with_mut(|table| table.insert_new(key.hash_value(), key.clone().into_any(), value));
            added.expect("namespaces are small");
            None
        }
    }
}

/// Replaces the value at a live position of a module's namespace, which has no other keys afterwards.
pub fn replace_at(dict: &Ref<Dict>, position: usize, value: Ref) {
    track_for(dict, &value, &value);
    drop(dict.table.with_mut(|table| table.replace_value(position, value)));
}

/// Removes a key and gives its key and value.
pub fn remove(dict: &Ref<Dict>, key: &Ref) -> Res<Option<(Ref, Ref)>> {
    remove_by(dict, key, Table::remove)
}

/// Removes a variable of a module or class body, which may be bound again soon; whether there was one.
pub fn remove_variable(dict: &Ref<Dict>, name: &Ref<Str>) -> Res<bool> {
    Ok(remove_by(dict, name.as_any(), Table::remove_name)?.is_some())
}

fn remove_by(
    dict: &Ref<Dict>,
    key: &Ref,
    take: fn(&mut Table, usize) -> Option<(Ref, Ref)>,
) -> Res<Option<(Ref, Ref)>> {
    let hash = key_hash(key)?;
    let found = find(dict, key, hash)?;
    let _change = Change::begin(dict)?;
    Ok(match found {
        Found::At(position) => dict.table.with_mut(|table| take(table, position)),
        Found::Nowhere => None,
    })
}

/// Removes a string key of a namespace and gives its value.
pub fn remove_str(dict: &Dict, key: &Ref<Str>) -> Option<Ref> {
    let position = position_of_str(dict, key)?;
    dict.table.with_mut(|table| table.remove(position)).map(|(_, value)| value)
}

/// The version of the key set for inline caches; 0 where there is none, as when all have been given.
pub fn keys_version(dict: &Dict) -> u32 {
    dict.table.with_mut(|table| {
        table.version(|| {
            let next = &vm().next_keys_version;
            let version = next.get();
            // No number is given twice: what an instruction remembers with it is an address.
            next.set(if version == 0 { 0 } else { version.wrapping_add(1) });
            version
        })
    })
}

/// Starts to track the dictionary when a key or value can be part of a cycle.
#[inline]
pub fn track_for(dict: &Ref<Dict>, key: &Ref, value: &Ref) {
    if !dict.header().has(ouro_heap::header::TRACKED) && (may_be_tracked(key) || may_be_tracked(value)) {
        allocate::track(dict.as_any());
    }
}

/// Whether an object could take part in a cycle, as CPython's `_PyObject_GC_MAY_BE_TRACKED`.
#[inline]
pub fn may_be_tracked(object: &Ref) -> bool {
    if allocate::is_atom_by_address(object) {
        return false;
    }
    let header = object.header();
    if header.has(ouro_heap::header::TRACKED) {
        return true;
    }
    let index = header.kind() & TYPE_MASK;
    // An untracked tuple holds only atoms; other untracked containers may still be tracked later.
    index != types::TUPLE && object.record().layout().container
}
