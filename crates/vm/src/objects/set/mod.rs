//! `set` and `frozenset`: storage and look-up. The classes stand in the files beside this one.
//!
//! Both have one payload. As with dictionaries, looking an element up may run `__hash__` and `__eq__` of the program,
//! which may change this very set; then the search starts again.

use std::cell::Cell;

use ouro_heap::{
    Interior, OutOfMemory, Payload, Ref, SetTable, alloc_as,
    set_table::{Search, SetProbe},
};

use crate::{
    error::{Raised, Res},
    objects::{
        class::Class,
        dict::{self, Dict},
        int::Int,
        sequence::quick_equal,
    },
    protocol::{compare, iterate},
    type_error, types,
};

mod algebra;
mod class;
mod frozen;
mod iterator;
mod methods;
mod quiet;

pub use algebra::{difference_update, symmetric_difference_update, update};
pub use class::SET;
pub use frozen::FROZENSET;
pub use iterator::{SET_ITERATOR, SetIterator};

/// The payload of sets and frozen sets.
#[derive(Payload)]
#[payload(types::SET)]
pub struct Set {
    /// The elements.
    pub table: Interior<SetTable>,
    /// The hash of a frozen set, -1 before it was asked for.
    pub(crate) hash: Cell<i64>,
}

/// A new empty set, or frozen set, or instance of a subclass, by type index.
pub fn new_as(index: u32) -> Ref<Set> {
    alloc_as(index, Set { table: Interior::default(), hash: Cell::new(-1) })
}

/// A new empty set.
pub fn new() -> Ref<Set> {
    ouro_heap::alloc(Set { table: Interior::default(), hash: Cell::new(-1) })
}

/// A new empty set for so many elements.
pub fn with_capacity(len: usize) -> Result<Ref<Set>, OutOfMemory> {
    let made = new();
    made.table.with_mut(|table| table.foresee(len))?;
    Ok(made)
}

/// A new set of elements.
pub fn from_items(items: &[Ref]) -> Res<Ref<Set>> {
    let set = with_capacity(items.len())?;
    items.iter().try_for_each(|item| add(&set, item).map(|_| ()))?;
    Ok(set)
}

/// A new frozen set of elements.
pub fn frozen_from_items(items: &[Ref]) -> Res {
    let set = new_as(types::FROZENSET);
    items.iter().try_for_each(|item| add(&set, item).map(|_| ()))?;
    Ok(set.into_any())
}

/// What a search ended with.
pub(crate) enum Place {
    /// The element is here.
    At(usize),
    /// It is not there and would go here.
    Free(usize),
}

impl Set {
    /// The number of elements.
    #[inline]
    pub fn len(&self) -> usize {
        self.table.with(|table| table.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// References to all elements as they are now, in the order of iteration.
    pub fn snapshot(&self) -> Vec<Ref> {
        self.table.with(|table| {
            let mut items = Vec::with_capacity(table.len());
            items.extend(table.iter().map(|(_, key)| key.clone()));
            items
        })
    }

    /// The next element at or behind a place, with its place and hash.
    #[inline]
    pub(crate) fn next_from(&self, place: usize) -> Option<(usize, i64, Ref)> {
        self.table.with(|table| table.next_entry(place).map(|(place, hash, key)| (place, hash, key.clone())))
    }

    /// Whether an object is exactly a set or a frozen set.
    #[inline]
    pub fn is_exact_set(object: &Ref) -> bool {
        matches!(object.header().type_index(), types::SET | types::FROZENSET)
    }
}

/// The receiver of a method, or an operand: a set, a frozen set or an instance of a subclass.
#[inline(always)]
pub(crate) fn this(object: &Ref) -> Res<&Ref<Set>> {
    object.downcast::<Set>().ok_or_else(|| wrong_receiver(object))
}

#[cold]
fn wrong_receiver(object: &Ref) -> Raised {
    type_error!("descriptor requires a 'set' object but received a '{}'", Class::of(object).short_name())
}

/// Whether a hash is the value of an int: then it is equal to all such keys with this hash. In a large set of ints no
/// key has to be looked at, which often is not in the processor's cache.
#[inline(always)]
fn hash_tells(hash: i64, key: &Ref) -> bool {
    key.header().type_index() == types::INT && key.payload::<Int>().is_some_and(|int| int.value.get() == hash)
}

/// Searches an element.
#[inline]
pub(crate) fn find(set: &Set, key: &Ref, hash: i64) -> Res<Place> {
    let found = set.table.with(|table| {
        let told = table.is_telling() && hash_tells(hash, key);
        table.find(hash, |candidate| if told { Some(true) } else { quick_equal(candidate, key) })
    });
    match found {
        Search::Found(place) => Ok(Place::At(place)),
        Search::Missing(place) => Ok(Place::Free(place)),
        Search::Undecided(_) => find_general(set, key, hash),
    }
}

/// The same where Python code may have to compare.
#[cold]
#[inline(never)]
fn find_general(set: &Set, key: &Ref, hash: i64) -> Res<Place> {
    'restart: loop {
        let mut probe = SetProbe::new(hash);
        loop {
            let (place, candidate, identity) = {
                let found = set.table.with(|table| {
                    match table.search(&mut probe, |candidate| quick_equal(candidate, key)) {
                        Search::Found(place) => Ok(Place::At(place)),
                        Search::Missing(place) => Ok(Place::Free(place)),
                        Search::Undecided(place) => {
                            Err((place, table.entry(place).map(|(_, key)| key.clone()), table.identity()))
                        }
                    }
                });
                match found {
                    Ok(place) => return Ok(place),
                    Err((place, Some(candidate), identity)) => (place, candidate, identity),
                    Err(_) => continue 'restart,
                }
            };
            let equal = compare::equal(&candidate, key)?;
            let unchanged = set.table.with(|table| {
                table.identity() == identity && table.entry(place).is_some_and(|(_, now)| now.is(&candidate))
            });
            if !unchanged {
                continue 'restart;
            }
            if equal {
                return Ok(Place::At(place));
            }
        }
    }
}

/// Adds an int or a string, if its place is found without running any code; tells whether it is new.
#[inline(never)]
pub(crate) fn add_plain(set: &Set, key: &Ref) -> Option<bool> {
    let hash = dict::plain_hash(key)?;
    set.table.with_mut(|table| {
        let told = table.is_telling() && hash_tells(hash, key);
        match table.find(hash, |candidate| if told { Some(true) } else { quick_equal(candidate, key) }) {
            Search::Found(_) => Some(false),
            Search::Missing(place) => {
                table.fill_place(place, hash, key.clone(), hash_tells).ok().map(|()| true)
            }
            Search::Undecided(_) => None,
        }
    })
}

/// Adds an element; tells whether it is new.
pub fn add(set: &Set, key: &Ref) -> Res<bool> {
    if let Some(new) = add_plain(set, key) {
        return Ok(new);
    }
    let hash = dict::key_hash(key)?;
    add_hashed(set, key, hash)
}

/// Adds an element whose hash is known.
pub(crate) fn add_hashed(set: &Set, key: &Ref, hash: i64) -> Res<bool> {
    match find(set, key, hash)? {
        Place::At(_) => Ok(false),
        Place::Free(place) => {
            let key = key.clone();
            set.table.with_mut(|table| table.fill_place(place, hash, key, hash_tells))?;
            Ok(true)
        }
    }
}

/// Whether an element is there.
pub fn contains(set: &Set, key: &Ref) -> Res<bool> {
    let hash = dict::key_hash(key)?;
    contains_hashed(set, key, hash)
}

/// Whether an element is there, if that is found without running any code.
#[inline]
pub(crate) fn contains_plain(set: &Set, key: &Ref) -> Option<bool> {
    let hash = dict::plain_hash(key)?;
    set.table.with(|table| table.look_up(hash, |candidate| quick_equal(candidate, key))).told()
}

/// Whether a small int is there, if that is found without running any code.
#[inline(always)]
pub(crate) fn contains_int(set: &Set, value: i64) -> Option<bool> {
    let hash = dict::int_hash(value)?;
    let found = set.table.with(|table| {
        let told = hash == value && table.is_telling();
        table.look_up(hash, |candidate| {
            if told {
                return Some(true);
            }
            match candidate.header().type_index() {
                types::INT => Some(candidate.payload::<Int>()?.value.get() == value),
                types::STR | types::NONE => Some(false),
                _ => None,
            }
        })
    });
    found.told()
}

/// The place of an element that is there.
#[inline]
fn position(set: &Set, key: &Ref, hash: i64) -> Res<Option<usize>> {
    let found = set.table.with(|table| {
        let told = table.is_telling() && hash_tells(hash, key);
        table.look_up(hash, |candidate| if told { Some(true) } else { quick_equal(candidate, key) })
    });
    match found {
        Search::Found(place) => Ok(Some(place)),
        Search::Missing(_) => Ok(None),
        Search::Undecided(_) => match find_general(set, key, hash)? {
            Place::At(place) => Ok(Some(place)),
            Place::Free(_) => Ok(None),
        },
    }
}

/// Whether an element whose hash is known is there.
pub(crate) fn contains_hashed(set: &Set, key: &Ref, hash: i64) -> Res<bool> {
    Ok(position(set, key, hash)?.is_some())
}

/// Removes an element; tells whether it was there.
pub fn discard(set: &Set, key: &Ref) -> Res<bool> {
    let hash = dict::key_hash(key)?;
    discard_hashed(set, key, hash)
}

/// Removes an element whose hash is known.
pub(crate) fn discard_hashed(set: &Set, key: &Ref, hash: i64) -> Res<bool> {
    let Some(place) = position(set, key, hash)? else { return Ok(false) };
    let old = set.table.with_mut(|table| table.remove(place));
    Ok(old.is_some())
}

/// Empties a set.
pub fn clear(set: &Set) {
    drop(set.table.with_mut(SetTable::take_all));
}

/// Calls `body` with each element and its hash, while the set may change.
pub(crate) fn for_each(set: &Set, body: impl FnMut(&Ref, i64) -> Res<()>) -> Res<()> {
    for_each_behind(set, 0, body)
}

/// The same without the first `done` elements.
fn for_each_behind(set: &Set, done: usize, mut body: impl FnMut(&Ref, i64) -> Res<()>) -> Res<()> {
    if done != 0 && done == set.len() {
        return Ok(());
    }
    let mut place = 0;
    for _ in 0..done {
        place = set.table.with(|table| table.next_entry(place).map_or(place, |(at, ..)| at + 1));
    }
    while let Some((at, hash, key)) = set.next_from(place) {
        body(&key, hash)?;
        place = at + 1;
    }
    Ok(())
}

/// Calls `body` with each element of a set or dictionary and its hash, or of another iterable, hashed first.
pub(crate) fn for_each_hashed(iterable: &Ref, mut body: impl FnMut(&Ref, i64) -> Res<()>) -> Res<()> {
    if let Some(set) = iterable.payload::<Set>() {
        return for_each(set, body);
    }
    if iterable.is_exact::<Dict>()
        && let Some(dict) = iterable.payload::<Dict>()
    {
        let mut position = 0;
        while let Some((at, hash, key)) = dict.table.with(|table| {
            let (at, _, _) = table.next_entry(position)?;
            table.entry(at).map(|(hash, key, _)| (at, hash, key.clone()))
        }) {
            body(&key, hash)?;
            position = at + 1;
        }
        return Ok(());
    }
    iterate::for_each(iterable, |item| {
        let hash = dict::key_hash(&item)?;
        body(&item, hash)
    })
}

/// Room for the elements of another container before they are merged in.
pub(crate) fn reserve(set: &Set, more: usize) -> Result<(), OutOfMemory> {
    set.table.with_mut(|table| table.reserve_for(more))
}
