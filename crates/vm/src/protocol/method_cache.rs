//! The cache of class look-ups: what a class has under a name.
//!
//! An entry holds no reference: it is good as long as the class has the version it had, which every change of an
//! attribute of the class or of a base replaces. Nothing else takes a value away from a class but its end: when the
//! collector takes a class apart, or the namespaces of the built-in ones are let go, the whole cache is forgotten.
//! Where nothing was found no name stands in a namespace, so such an entry holds only until some interned string dies,
//! whose address another one may get.

use std::cell::Cell;

use ouro_heap::{Header, Ref, Trace, Visitor, interned};

use crate::{
    objects::{
        class::{Class, DowncastClass, class_flags},
        str::{Str, StrExt},
    },
    state::vm,
};

const SIZE: usize = 1 << 12;

#[derive(Clone, Copy)]
struct Entry {
    /// The version of the class, 0 for none; above it, how often the cache had been forgotten.
    key: u64,
    /// The address of the name, which is interned.
    name: usize,
    /// What was found; null if the name is nowhere.
    found: *mut Header,
    /// If the name is nowhere, the interned strings that had died by then.
    deaths: u32,
}

/// The entries, found by class version and name.
pub(crate) struct MethodCache {
    entries: Box<[Cell<Entry>]>,
    forgotten: Cell<u32>,
}

impl Default for MethodCache {
    fn default() -> Self {
        // SAFETY: an entry of zeros is that of no class. So the system gives the memory when an entry is first used.
        let entries = unsafe { Box::new_zeroed_slice(SIZE).assume_init() };
        MethodCache { entries, forgotten: Cell::new(0) }
    }
}

impl MethodCache {
    #[inline(always)]
    fn entry(&self, version: u32, name: usize) -> &Cell<Entry> {
        &self.entries[(version as usize ^ name >> 4 ^ name >> 16) & (SIZE - 1)]
    }

    #[inline(always)]
    fn key(&self, version: u32) -> u64 {
        (self.forgotten.get() as u64) << 32 | version as u64
    }

    /// Forgets all entries: values of classes go without the classes being changed.
    pub(crate) fn forget(&self) {
        self.forgotten.set(self.forgotten.get() + 1);
        crate::interpreter::forget_supers();
    }
}

/// Part of each class object: forgets what the cache knows when the collector takes the class apart.
#[derive(Default)]
pub(crate) struct ForgetOnClear;

impl Trace for ForgetOnClear {
    const TRACES: bool = false;

    fn trace(&self, _visitor: &mut dyn Visitor) {}

    fn clear(&self, _trash: &mut Vec<Ref>) {
        vm().method_cache.forget();
    }
}

/// The version of a class, for who remembers something of it; 0 where nothing may be remembered. A class whose variables are
/// replaced has none until somebody asks.
#[inline]
pub(crate) fn version_of(class: &Class) -> u32 {
    let version = class.version.get();
    if version == 0 && class.has(class_flags::VARIABLE) { renew_version(class) } else { version }
}

/// Gives a class a version that none has had; 0 when there are no more, so that nothing is remembered of it.
#[cold]
#[inline(never)]
pub(crate) fn renew_version(class: &Class) -> u32 {
    let next = &vm().next_class_version;
    let version = next.get();
    if version != 0 {
        next.set(version.wrapping_add(1));
    }
    class.version.set(version);
    version
}

/// Looks a name up in the namespaces along a class's MRO.
#[inline]
pub(crate) fn lookup(class: &Class, name: &Ref<Str>) -> Option<Ref> {
    let version = version_of(class);
    if version == 0 || !name.is_interned() {
        return search(class, name);
    }
    let cache = &vm().method_cache;
    let entry = cache.entry(version, name.address()).get();
    if entry.key == cache.key(version) && entry.name == name.address() {
        if !entry.found.is_null() {
            // SAFETY: the class or one of its bases holds the object, see the head of the file; the borrowed reference
            // is forgotten after a counted one has been made of it.
            return Some(unsafe { Ref::clone(&std::mem::ManuallyDrop::new(Ref::from_raw(entry.found))) });
        }
        if entry.deaths == interned::deaths() {
            return None;
        }
    }
    search_and_note(class, version, name)
}

#[cold]
#[inline(never)]
fn search_and_note(class: &Class, version: u32, name: &Ref<Str>) -> Option<Ref> {
    let found = search(class, name);
    let cache = &vm().method_cache;
    cache.entry(version, name.address()).set(Entry {
        key: cache.key(version),
        name: name.address(),
        found: found.as_ref().map_or(std::ptr::null_mut(), Ref::as_ptr),
        deaths: interned::deaths(),
    });
    found
}

fn search(class: &Class, name: &Ref<Str>) -> Option<Ref> {
    class.mro.with(|mro| mro?.items().iter().find_map(|base| base.downcast_class()?.own_attribute(name)))
}
