//! `groupby` and the iterators over its groups.

use ouro_heap::{Payload, Ref, Slot, alloc};
use ouro_vm::{
    error::Res,
    native::{Args, NativeDef},
    objects::{
        class::{Class, ClassDef, class_flags},
        slots::Slots,
        tuple,
    },
    protocol::{call, compare, iterate},
    state::shared,
    types,
};

use crate::support::{iter_self, make, parameters, this};

/// `itertools.groupby`
#[derive(Payload)]
#[payload(types::GROUP_BY)]
pub(super) struct GroupBy {
    iterator: Ref,
    key: Option<Ref>,
    target_key: Slot,
    current_key: Slot,
    current_value: Slot,
    /// The group that may go on; only its address is compared, so it must not be counted.
    group: std::cell::Cell<usize>,
}

/// `itertools._grouper`: one group.
#[derive(Payload)]
#[payload(types::GROUPER)]
pub(super) struct Grouper {
    parent: Slot<GroupBy>,
    target_key: Ref,
}

static GROUP_BY_PARAMETERS: NativeDef = parameters("groupby", "(iterable, key=None)");

fn group_by_new(class: &Ref<Class>, args: Args) -> Res {
    let mut values = GROUP_BY_PARAMETERS.bind(args)?;
    let iterator = iterate::iter(values[0].as_ref().expect("a required parameter"))?;
    let key = values[1].take().filter(|key| !key.is(&shared().none));
    let payload = GroupBy {
        iterator,
        key,
        target_key: Slot::empty(),
        current_key: Slot::empty(),
        current_value: Slot::empty(),
        group: std::cell::Cell::new(0),
    };
    Ok(make(class, payload))
}

/// Reads the next item and its key; false at the end.
fn step(group_by: &GroupBy) -> Res<bool> {
    let Some(value) = iterate::next(&group_by.iterator)? else { return Ok(false) };
    let key = match &group_by.key {
        None => value.clone(),
        Some(key) => call::call(key, std::slice::from_ref(&value))?,
    };
    group_by.current_value.set(Some(value));
    group_by.current_key.set(Some(key));
    Ok(true)
}

fn group_by_next(object: &Ref) -> Res<Option<Ref>> {
    let group_by = object.downcast::<GroupBy>().expect("slot of this class");
    group_by.group.set(0);
    // What is left of the group before is skipped.
    loop {
        match (group_by.current_key.get(), group_by.target_key.get()) {
            (None, _) => {}
            (Some(_), None) => break,
            (Some(current), Some(target)) => {
                if !compare::equal(&target, &current)? {
                    break;
                }
            }
        }
        if !step(group_by)? {
            return Ok(None);
        }
    }
    let key = group_by.current_key.get().expect("a key has been read");
    group_by.target_key.set(Some(key.clone()));
    let group =
        alloc(Grouper { parent: Slot::new(Some(group_by.clone())), target_key: key.clone() }).into_any();
    group_by.group.set(group.address());
    Ok(Some(tuple::pair(key, group)))
}

fn grouper_next(object: &Ref) -> Res<Option<Ref>> {
    let grouper = this::<Grouper>(object);
    let Some(parent) = grouper.parent.get() else { return Ok(None) };
    if parent.group.get() != object.address() {
        return Ok(None);
    }
    if parent.current_value.is_empty() && !step(&parent)? {
        return Ok(None);
    }
    let Some(current) = parent.current_key.get() else { return Ok(None) };
    if !compare::equal(&grouper.target_key, &current)? {
        return Ok(None);
    }
    drop(current);
    parent.current_key.set(None);
    Ok(parent.current_value.take())
}

/// `itertools.groupby`
pub(super) static GROUP_BY: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots { new: Some(group_by_new), iter: Some(iter_self), next: Some(group_by_next), ..Slots::NONE },
    doc: "make an iterator that returns consecutive keys and groups from the iterable\n\n  iterable\n    Elements to divide into groups according to the key function.\n  key\n    A function for computing the group category for each element.\n    If the key function is not specified or is None, the element itself\n    is used for grouping.",
    ..ClassDef::new::<GroupBy>(types::GROUP_BY, "groupby")
};

/// `itertools._grouper`
pub(super) static GROUPER: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots { iter: Some(iter_self), next: Some(grouper_next), ..Slots::NONE },
    ..ClassDef::new::<Grouper>(types::GROUPER, "_grouper")
};
