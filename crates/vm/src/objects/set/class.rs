//! The class `set`: slots and the table of methods.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use super::{Set, algebra, clear, contains, contains_hashed, iterator, methods, new_as, this, update};
use crate::{
    error::{Res, take_if},
    native::{Args, Known, plain, raw},
    objects::{
        bool_,
        class::{Class, ClassDef, Make, class_flags},
        dict,
        exception::ExceptionKind,
        generic_alias,
        sequence::enclosed,
        slots::Slots,
        str,
    },
    protocol::object::{self, ReprGuard},
    state::shared,
    types,
};

/// The class.
pub static SET: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        init: Some(init),
        repr: Some(repr),
        compare: Some(rich_compare),
        iter: Some(iterator::iter),
        len: Some(len),
        contains: Some(contains_slot),
        sub: Some(sub),
        and: Some(and),
        or: Some(or),
        xor: Some(xor),
        inplace_sub: Some(inplace_sub),
        inplace_and: Some(inplace_and),
        inplace_or: Some(inplace_or),
        inplace_xor: Some(inplace_xor),
        ..Slots::NONE
    },
    methods: &[
        plain(
            "add",
            "(self, object, /)",
            methods::add,
            "Add an element to a set.\n\nThis has no effect if the element is already present.",
        )
        .known(Known::SetAdd),
        plain("clear", "(self, /)", methods::clear_method, "Remove all elements from this set."),
        plain("copy", "(self, /)", methods::copy, "Return a shallow copy of a set."),
        plain(
            "discard",
            "(self, object, /)",
            methods::discard_method,
            "Remove an element from a set if it is a member.\n\nUnlike set.remove(), the discard() method does not raise\n\
             an exception when an element is missing from the set.",
        ),
        raw("difference", "(self, /, *others)", methods::difference, methods::DIFFERENCE_DOC),
        raw(
            "difference_update",
            "(self, /, *others)",
            methods::difference_update_method,
            "Update the set, removing elements found in others.",
        ),
        raw("intersection", "(self, /, *others)", methods::intersection, methods::INTERSECTION_DOC),
        raw(
            "intersection_update",
            "(self, /, *others)",
            methods::intersection_update,
            "Update the set, keeping only elements found in it and all others.",
        ),
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
            "pop",
            "(self, /)",
            methods::pop,
            "Remove and return an arbitrary set element.\n\nRaises KeyError if the set is empty.",
        ),
        plain(
            "remove",
            "(self, object, /)",
            methods::remove,
            "Remove an element from a set; it must be a member.\n\nIf the element is not a member, raise a KeyError.",
        ),
        plain(
            "symmetric_difference",
            "(self, other, /)",
            methods::symmetric_difference,
            methods::SYMMETRIC_DOC,
        ),
        plain(
            "symmetric_difference_update",
            "(self, other, /)",
            methods::symmetric_difference_update_method,
            "Update the set, keeping only elements found in either set, but not in both.",
        ),
        raw(
            "union",
            "(self, /, *others)",
            methods::union,
            "Return a new set with elements from the set and all others.",
        ),
        raw(
            "update",
            "(self, /, *others)",
            methods::update_method,
            "Update the set, adding elements from all others.",
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
    doc: "Build an unordered collection of unique elements.",
    make: Make::optional(make),
    ..ClassDef::new::<Set>(types::SET, "set")
};

fn construct(class: &Ref<Class>, _args: Args) -> Res {
    Ok(new_as(class.index).into_any())
}

fn make(args: &[Ref]) -> Res {
    let set = super::new();
    if let [iterable] = args {
        update(&set, iterable)?;
    }
    Ok(set.into_any())
}

fn init(object: &Ref, args: Args) -> Res<()> {
    let items = args.exactly("set", 0, 1)?;
    let set = this(object)?;
    if !set.is_empty() {
        clear(set);
    }
    match items {
        [iterable] => update(set, iterable),
        _ => Ok(()),
    }
}

pub(super) fn len(set: &Ref) -> Res<usize> {
    Ok(this(set)?.len())
}

/// `{1, 2}` for a set, `Name({1, 2})` for all others.
pub(super) fn repr(object: &Ref) -> Res {
    let set = this(object)?;
    let class = Class::of(object).short_name();
    let Some(_guard) = ReprGuard::enter(object) else {
        return Ok(str::new(&format!("{class}(...)")).into_any());
    };
    if set.is_empty() {
        return Ok(str::new(&format!("{class}()")).into_any());
    }
    let items = set.snapshot();
    let pieces = items.iter().map(object::repr).collect::<Res<Vec<_>>>()?;
    if object.header().type_index() == types::SET {
        enclosed("{", &pieces, "}")
    } else {
        enclosed(&format!("{class}({{"), &pieces, "})")
    }
}

pub(super) fn rich_compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let (Some(left), Some(right)) = (left.payload::<Set>(), right.payload::<Set>()) else {
        return Ok(shared().not_implemented.clone());
    };
    Ok(bool_::new(match comparison {
        Comparison::Eq => equal(left, right)?,
        Comparison::Ne => !equal(left, right)?,
        Comparison::Le => algebra::is_subset(left, right)?,
        Comparison::Ge => algebra::is_subset(right, left)?,
        Comparison::Lt => left.len() < right.len() && algebra::is_subset(left, right)?,
        Comparison::Gt => left.len() > right.len() && algebra::is_subset(right, left)?,
    }))
}

fn equal(left: &Set, right: &Set) -> Res<bool> {
    let (left_hash, right_hash) = (left.hash.get(), right.hash.get());
    if left.len() != right.len() || (left_hash != -1 && right_hash != -1 && left_hash != right_hash) {
        return Ok(false);
    }
    algebra::is_subset(left, right)
}

/// `element in set`; a set is looked up as the frozen set with the same elements.
pub(super) fn contains_slot(object: &Ref, key: &Ref) -> Res<bool> {
    let set = this(object)?;
    match contains(set, key) {
        Err(raised) if key.payload::<Set>().is_some() => {
            take_if(raised, ExceptionKind::TypeError)?;
            let (frozen, hash) = frozen_key(key)?;
            contains_hashed(set, frozen.as_any(), hash)
        }
        result => result,
    }
}

/// A frozen set with the elements of an unhashable set, to look it up, and its hash.
pub(super) fn frozen_key(key: &Ref) -> Res<(Ref<Set>, i64)> {
    let frozen = algebra::copy_as(types::FROZENSET, key)?;
    let hash = dict::key_hash(frozen.as_any())?;
    Ok((frozen, hash))
}

fn not_implemented() -> Res {
    Ok(shared().not_implemented.clone())
}

fn are_sets(left: &Ref, right: &Ref) -> bool {
    left.has_layout::<Set>() && right.has_layout::<Set>()
}

pub(super) fn sub(left: &Ref, right: &Ref) -> Res {
    if are_sets(left, right) { Ok(algebra::difference(left, right)?.into_any()) } else { not_implemented() }
}

pub(super) fn and(left: &Ref, right: &Ref) -> Res {
    if are_sets(left, right) { Ok(algebra::intersection(left, right)?.into_any()) } else { not_implemented() }
}

pub(super) fn or(left: &Ref, right: &Ref) -> Res {
    if !are_sets(left, right) {
        return not_implemented();
    }
    let index = algebra::base_index(left);
    if left.is(right) {
        return Ok(algebra::copy_as(index, left)?.into_any());
    }
    let result = algebra::copy_for_union(index, left, right)?;
    update(&result, right)?;
    Ok(result.into_any())
}

pub(super) fn xor(left: &Ref, right: &Ref) -> Res {
    if are_sets(left, right) {
        Ok(algebra::symmetric_difference(left, right)?.into_any())
    } else {
        not_implemented()
    }
}

fn inplace_sub(left: &Ref, right: &Ref) -> Res {
    if !right.has_layout::<Set>() {
        return not_implemented();
    }
    algebra::difference_update(this(left)?, right)?;
    Ok(left.clone())
}

fn inplace_and(left: &Ref, right: &Ref) -> Res {
    if !right.has_layout::<Set>() {
        return not_implemented();
    }
    methods::keep_only(left, std::slice::from_ref(right))?;
    Ok(left.clone())
}

fn inplace_or(left: &Ref, right: &Ref) -> Res {
    if !right.has_layout::<Set>() {
        return not_implemented();
    }
    update(this(left)?, right)?;
    Ok(left.clone())
}

fn inplace_xor(left: &Ref, right: &Ref) -> Res {
    if !right.has_layout::<Set>() {
        return not_implemented();
    }
    algebra::symmetric_difference_update(this(left)?, right)?;
    Ok(left.clone())
}
