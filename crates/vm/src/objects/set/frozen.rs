//! The class `frozenset`.

use ouro_heap::Ref;

use super::{Set, algebra, class, iterator, methods, new_as, this, update};
use crate::{
    error::Res,
    native::{Args, plain, raw},
    objects::{
        class::{Class, ClassDef, class_flags},
        generic_alias,
        slots::Slots,
    },
    state::class_of,
    types,
};

/// The class.
pub static FROZENSET: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        repr: Some(class::repr),
        hash: Some(hash),
        compare: Some(class::rich_compare),
        iter: Some(iterator::iter),
        len: Some(class::len),
        contains: Some(class::contains_slot),
        sub: Some(class::sub),
        and: Some(class::and),
        or: Some(class::or),
        xor: Some(class::xor),
        ..Slots::NONE
    },
    methods: &[
        plain("copy", "(self, /)", |args| copy(&args[0]), "Return a shallow copy of a set."),
        raw("difference", "(self, /, *others)", methods::difference, methods::DIFFERENCE_DOC),
        raw("intersection", "(self, /, *others)", methods::intersection, methods::INTERSECTION_DOC),
        plain(
            "isdisjoint",
            "(self, other, /)",
            methods::is_disjoint,
            "Return True if two sets have a null intersection.",
        ),
        plain(
            "issubset",
            "(self, other, /)",
            methods::is_subset,
            "Report whether another set contains this set.",
        ),
        plain(
            "issuperset",
            "(self, other, /)",
            methods::is_superset,
            "Report whether this set contains another set.",
        ),
        plain(
            "symmetric_difference",
            "(self, other, /)",
            methods::symmetric_difference,
            methods::SYMMETRIC_DOC,
        ),
        raw(
            "union",
            "(self, /, *others)",
            methods::union,
            "Return a new set with elements from the set and all others.",
        ),
        plain(
            "__sizeof__",
            "(self, /)",
            methods::size_of,
            "S.__sizeof__() -> size of S in memory, in bytes.",
        ),
        plain("__reduce__", "(self, /)", methods::reduce, "Return state information for pickling."),
        generic_alias::CLASS_GETITEM,
    ],
    flags: class_flags::BASE | class_flags::MATCH_SELF | class_flags::WEAKLY_REFERENCEABLE,
    doc: "Build an immutable unordered collection of unique elements.",
    ..ClassDef::new::<Set>(types::FROZENSET, "frozenset")
};

/// Whether an object is a frozen set or an instance of a subclass.
pub(super) fn is_frozen(object: &Ref) -> bool {
    match object.header().type_index() {
        types::FROZENSET => true,
        types::SET => false,
        _ => Class::of(object).is_subclass_of(class_of(types::FROZENSET)),
    }
}

/// A shallow copy of a set; an exact frozen set is its own.
pub(super) fn copy(object: &Ref) -> Res {
    if object.header().type_index() == types::FROZENSET {
        return Ok(object.clone());
    }
    Ok(algebra::copy_as(algebra::base_index(object), object)?.into_any())
}

fn construct(class: &Ref<Class>, args: Args) -> Res {
    let inits = class.slots.0.init.get().map(|init| init as usize);
    if inits == class_of(types::FROZENSET).slots.0.init.get().map(|init| init as usize) {
        args.no_keywords("frozenset")?;
    }
    let items = Args::positional_only(args.positional()).exactly("frozenset", 0, 1)?;
    if let [iterable] = items {
        if class.index == types::FROZENSET && iterable.header().type_index() == types::FROZENSET {
            return Ok(iterable.clone());
        }
        let set = new_as(class.index);
        update(&set, iterable)?;
        return Ok(set.into_any());
    }
    Ok(new_as(class.index).into_any())
}

/// CPython's hash of a frozen set, which does not depend on the order.
fn hash(object: &Ref) -> Res<i64> {
    let set = this(object)?;
    if set.hash.get() != -1 {
        return Ok(set.hash.get());
    }
    let shuffle = |hash: u64| ((hash ^ 89869747) ^ (hash << 16)).wrapping_mul(3644798167);
    let mut hash = set.table.with(|table| table.hashes().fold(0, |sum, hash| sum ^ shuffle(hash as u64)));
    hash ^= (set.len() as u64 + 1).wrapping_mul(1927868237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69069).wrapping_add(907133923);
    if hash == u64::MAX {
        hash = 590923713;
    }
    set.hash.set(hash as i64);
    Ok(hash as i64)
}
