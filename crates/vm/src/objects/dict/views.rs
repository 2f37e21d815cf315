//! The views of dictionaries: keys, values, items.

use ouro_heap::{Payload, Ref, Slot, alloc_as};

use super::{
    Dict,
    class::this,
    iterators,
    view_sets::{self, contains_item, contains_key},
};
use crate::{
    error::{Raised, Res},
    native::{NativeDef, plain},
    objects::{
        class::{Class, ClassDef, GetSetDef, getter},
        list, mapping_proxy,
        sequence::{enclosed, reprs},
        slots::Slots,
        str, tuple,
    },
    protocol::object::ReprGuard,
    type_error, types,
};

/// A view: only the dictionary that it shows.
#[derive(Payload)]
#[payload(types::DICT_KEYS)]
pub struct DictView {
    /// The dictionary.
    pub dict: Slot<Dict>,
}

const SET_SLOTS: Slots = Slots {
    repr: Some(repr),
    len: Some(len),
    compare: Some(view_sets::rich_compare),
    sub: Some(view_sets::sub),
    and: Some(view_sets::and),
    or: Some(view_sets::or),
    xor: Some(view_sets::xor),
    ..Slots::NONE
};

const IS_DISJOINT: NativeDef = plain(
    "isdisjoint",
    "(self, other, /)",
    view_sets::is_disjoint,
    "Return True if the view and the given iterable have a null intersection.",
);

const MAPPING: GetSetDef = getter(
    "mapping",
    |view| Ok(mapping_proxy::new(dict_of(view)?.into_any())),
    "dictionary that this view refers to",
);

/// The class of `dict.keys()`.
pub static DICT_KEYS: ClassDef = ClassDef {
    slots: Slots {
        iter: Some(|view| Ok(iterators::new(&dict_of(view)?, types::DICT_KEY_ITERATOR))),
        contains: Some(contains_key),
        ..SET_SLOTS
    },
    methods: &[
        IS_DISJOINT,
        plain(
            "__reversed__",
            "(self, /)",
            |args| Ok(iterators::new(&dict_of(&args[0])?, types::DICT_REVERSE_KEY_ITERATOR)),
            "Return a reverse iterator over the dict keys.",
        ),
    ],
    getset: &[MAPPING],
    ..ClassDef::new::<DictView>(types::DICT_KEYS, "dict_keys")
};

/// The class of `dict.items()`.
pub static DICT_ITEMS: ClassDef = ClassDef {
    slots: Slots {
        iter: Some(|view| Ok(iterators::new(&dict_of(view)?, types::DICT_ITEM_ITERATOR))),
        contains: Some(contains_item),
        ..SET_SLOTS
    },
    methods: &[
        IS_DISJOINT,
        plain(
            "__reversed__",
            "(self, /)",
            |args| Ok(iterators::new(&dict_of(&args[0])?, types::DICT_REVERSE_ITEM_ITERATOR)),
            "Return a reverse iterator over the dict items.",
        ),
    ],
    getset: &[MAPPING],
    ..ClassDef::new::<DictView>(types::DICT_ITEMS, "dict_items")
};

/// The class of `dict.values()`.
pub static DICT_VALUES: ClassDef = ClassDef {
    slots: Slots {
        repr: Some(repr),
        len: Some(len),
        iter: Some(|view| Ok(iterators::new(&dict_of(view)?, types::DICT_VALUE_ITERATOR))),
        ..Slots::NONE
    },
    methods: &[plain(
        "__reversed__",
        "(self, /)",
        |args| Ok(iterators::new(&dict_of(&args[0])?, types::DICT_REVERSE_VALUE_ITERATOR)),
        "Return a reverse iterator over the dict values.",
    )],
    getset: &[MAPPING],
    ..ClassDef::new::<DictView>(types::DICT_VALUES, "dict_values")
};

fn new(dict: &Ref, index: u32) -> Res {
    Ok(alloc_as(index, DictView { dict: Slot::new(Some(this(dict)?.clone())) }).into_any())
}

/// `dict.keys()`
pub(super) fn keys(args: &[Ref]) -> Res {
    new(&args[0], types::DICT_KEYS)
}

/// `dict.values()`
pub(super) fn values(args: &[Ref]) -> Res {
    new(&args[0], types::DICT_VALUES)
}

/// `dict.items()`
pub(super) fn items(args: &[Ref]) -> Res {
    new(&args[0], types::DICT_ITEMS)
}

/// The dictionary of a view.
pub(super) fn dict_of(view: &Ref) -> Res<Ref<Dict>> {
    view.payload::<DictView>().and_then(|view| view.dict.get()).ok_or_else(|| no_view(view))
}

#[cold]
fn no_view(object: &Ref) -> Raised {
    type_error!(
        "descriptor requires a 'dict_keys' object but received a '{}'",
        Class::of(object).short_name()
    )
}

fn len(view: &Ref) -> Res<usize> {
    Ok(dict_of(view)?.len())
}

fn repr(view: &Ref) -> Res {
    let Some(_guard) = ReprGuard::enter(view) else { return Ok(str::new("...").into_any()) };
    let class = Class::of(view).short_name();
    let index = view.header().type_index();
    let items: Vec<Ref> = dict_of(view)?
        .snapshot()
        .into_iter()
        .map(|(key, value)| match index {
            types::DICT_KEYS => key,
            types::DICT_VALUES => value,
            _ => tuple::pair(key, value),
        })
        .collect();
    // The items are held by a list, as in CPython, so that they live until the text is made.
    let items = list::from_vec(items)?;
    enclosed(&format!("{class}(["), &reprs(|place| items.get(place))?, "])")
}
