//! The cache of class look-ups: where along the MRO of a class a name was found.
//!
//! An entry holds no reference, only the place of the attribute: which class of the MRO has it, and the position in that
//! class's namespace. So the cache keeps nothing alive, and a position that now holds another name is found out. That
//! nothing has been put in front of it, or where nothing was found, is what the version of the class says. Where nothing
//! was found no name stands to be compared, so such an entry holds only until some interned string dies, whose address
//! another one may get.

use std::cell::Cell;

use ouro_heap::{Ref, interned};

use crate::{
    objects::{
        class::{Class, DowncastClass},
        dict,
        str::{Str, StrExt},
    },
    state::vm,
};

const SIZE: usize = 1 << 12;
/// In [`Entry::base`]: no class of the MRO has the name.
const NOWHERE: u32 = u32::MAX;

#[derive(Clone, Copy, Default)]
struct Entry {
    /// The version of the class, 0 for none.
    version: u32,
    base: u32,
    /// The position in the namespace; if the name is nowhere, the interned strings that had died by then.
    position: u32,
    /// The address of the name, which is interned.
    name: usize,
}

/// The entries, found by class version and name.
pub(crate) struct MethodCache(Vec<Cell<Entry>>);

impl Default for MethodCache {
    fn default() -> Self {
        // All zero, so that the system gives the memory when an entry is first used.
        MethodCache(vec![Cell::default(); SIZE])
    }
}

impl MethodCache {
    #[inline(always)]
    fn entry(&self, version: u32, name: usize) -> &Cell<Entry> {
        &self.0[(version as usize ^ name >> 4 ^ name >> 16) & (SIZE - 1)]
    }
}

/// Looks a name up in the namespaces along a class's MRO.
#[inline]
pub(crate) fn lookup(class: &Class, name: &Ref<Str>) -> Option<Ref> {
    let version = class.version.get();
    if version == 0 || !name.is_interned() {
        return search(class, name).map(|(_, _, found)| found);
    }
    let cell = vm().method_cache.entry(version, name.address());
    let entry = cell.get();
    if entry.version == version && entry.name == name.address() {
        if entry.base != NOWHERE {
            if let Some(found) = at(class, entry, name) {
                return Some(found);
            }
        } else if entry.position == interned::deaths() {
            return None;
        }
    }
    let found = search(class, name);
    let (base, position) =
        found.as_ref().map_or_else(|| (NOWHERE, interned::deaths()), |&(base, position, _)| (base, position));
    cell.set(Entry { version, base, position, name: name.address() });
    found.map(|(_, _, found)| found)
}

/// The attribute at the place of an entry, if the name still stands there.
#[inline(always)]
fn at(class: &Class, entry: Entry, name: &Ref<Str>) -> Option<Ref> {
    class.mro.with(|mro| {
        let base = mro?.items().get(entry.base as usize)?.downcast_class()?;
        base.dict.with(|dict| {
            dict?.table.with(|table| {
                let (_, key, value) = table.entry(entry.position as usize)?;
                key.is(name).then(|| value.clone())
            })
        })
    })
}

/// The place in the MRO, the position in the namespace, and the attribute.
fn search(class: &Class, name: &Ref<Str>) -> Option<(u32, u32, Ref)> {
    class.mro.with(|mro| {
        for (place, base) in mro?.items().iter().enumerate() {
            let base = base.downcast_class()?;
            base.make_namespace();
            let found = base.dict.with(|dict| {
                let dict = dict?;
                let position = dict::position_of_str(dict, name)?;
                dict.value_at(position).map(|value| (place as u32, position as u32, value))
            });
            if found.is_some() {
                return found;
            }
        }
        None
    })
}
