//! The six iterators of dictionaries: keys, values and items, in both directions.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc_as};

use super::{Dict, class::this};
use crate::{
    error::{Raised, Res},
    native::{NativeDef, plain},
    objects::{
        class::{Class, ClassDef},
        int,
        slots::{Slots, Unary},
        tuple::{Tuple, reuse::reuse},
    },
    runtime_error, types,
};

/// What `iter(dict)` and its kin give.
#[derive(Payload)]
#[payload(types::DICT_KEY_ITERATOR)]
pub struct DictIterator {
    /// The dictionary; nothing when the end was reached.
    pub dict: Slot<Dict>,
    /// The next position; backwards, one more than it.
    pub position: Cell<usize>,
    /// The number of keys at the start; `usize::MAX` after the dictionary was found to have changed.
    pub used: Cell<usize>,
    /// Entries not seen yet.
    pub left: Cell<usize>,
    /// The first pair that an iterator over items gave, see [`reuse`].
    pub(crate) pair: Slot<Tuple>,
}

impl DictIterator {
    /// The iterator over the keys of a dictionary of a length.
    #[inline(always)]
    pub(crate) fn over_keys(dict: Slot<Dict>, len: usize) -> DictIterator {
        DictIterator {
            dict,
            position: Cell::new(0),
            used: Cell::new(len),
            left: Cell::new(len),
            pair: Slot::empty(),
        }
    }
}

const LENGTH_HINT: NativeDef = plain(
    "__length_hint__",
    "(self, /)",
    length_hint,
    "Private method returning an estimate of len(list(it)).",
);

const REDUCE: NativeDef = plain("__reduce__", "(self, /)", reduce, "Return state information for pickling.");

macro_rules! iterator_class {
    ($(#[doc = $doc:literal] $class:ident $name:literal $next:expr;)*) => {
        $(
            #[doc = $doc]
            pub static $class: ClassDef = ClassDef {
                slots: Slots { iter: Some(|iterator| Ok(iterator.clone())), next: Some($next), ..Slots::NONE },
                methods: &[LENGTH_HINT, REDUCE],
                ..ClassDef::new::<DictIterator>(types::$class, $name)
            };
        )*
    };
}

iterator_class! {
    /// Iterators over keys.
    DICT_KEY_ITERATOR "dict_keyiterator" |iterator| Ok(next(iterator)?.map(|(key, _)| key));
    /// Iterators over values.
    DICT_VALUE_ITERATOR "dict_valueiterator" |iterator| Ok(next(iterator)?.map(|(_, value)| value));
    /// Iterators over items.
    DICT_ITEM_ITERATOR "dict_itemiterator" |iterator| Ok(next(iterator)?.map(|(key, value)| pair(iterator, key, value)));
    /// Backward iterators over keys.
    DICT_REVERSE_KEY_ITERATOR "dict_reversekeyiterator" |iterator| Ok(previous(iterator)?.map(|(key, _)| key));
    /// Backward iterators over values.
    DICT_REVERSE_VALUE_ITERATOR "dict_reversevalueiterator" |iterator| Ok(previous(iterator)?.map(|(_, value)| value));
    /// Backward iterators over items.
    DICT_REVERSE_ITEM_ITERATOR "dict_reverseitemiterator"
        |iterator| Ok(previous(iterator)?.map(|(key, value)| pair(iterator, key, value)));
}

/// `iter(dict)`, as the slot is known to those who ask whether a subclass has overridden it.
pub(super) const ITER_KEYS: Unary = iter_keys;

pub(super) fn iter_keys(dict: &Ref) -> Res {
    Ok(new(this(dict)?, types::DICT_KEY_ITERATOR))
}

/// `reversed(dict)`
pub(super) fn reversed(args: &[Ref]) -> Res {
    Ok(new(this(&args[0])?, types::DICT_REVERSE_KEY_ITERATOR))
}

/// An iterator of one of the six classes.
pub(super) fn new(dict: &Ref<Dict>, index: u32) -> Ref {
    let backwards = matches!(
        index,
        types::DICT_REVERSE_KEY_ITERATOR
            | types::DICT_REVERSE_VALUE_ITERATOR
            | types::DICT_REVERSE_ITEM_ITERATOR
    );
    let used = dict.len();
    let position = if backwards { dict.table.with(|table| table.end()) } else { 0 };
    let iterator = DictIterator {
        dict: Slot::new(Some(dict.clone())),
        position: Cell::new(position),
        used: Cell::new(used),
        left: Cell::new(used),
        pair: Slot::empty(),
    };
    alloc_as(index, iterator).into_any()
}

#[cold]
fn changed(iterator: &DictIterator) -> Raised {
    // From now on every call says so, whatever the dictionary's size.
    iterator.used.set(usize::MAX);
    // `collections.OrderedDict` is a class of its own kind in CPython, with words of its own.
    let mro = iterator.dict.get().and_then(|dict| Class::of(dict.as_any()).mro_tuple());
    let ordered = mro.is_some_and(|mro| {
        mro.items()
            .iter()
            .filter_map(|class| class.payload::<Class>())
            .any(|class| class.full_name() == "collections.OrderedDict")
    });
    if ordered {
        return runtime_error!("OrderedDict mutated during iteration");
    }
    runtime_error!("dictionary changed size during iteration")
}

fn pair(iterator: &Ref, key: Ref, value: Ref) -> Ref {
    let iterator = iterator.payload::<DictIterator>().expect("slot of this class");
    reuse(&iterator.pair, [key, value])
}

#[inline]
fn next(iterator: &Ref) -> Res<Option<(Ref, Ref)>> {
    let Some(iterator) = iterator.payload::<DictIterator>() else { return Ok(None) };
    let position = iterator.position.get();
    let step = iterator.dict.with(|dict| {
        let dict = dict?;
        Some(dict.table.with(|table| {
            if table.len() != iterator.used.get() {
                return Err(());
            }
            Ok(table.next_entry(position).map(|(at, key, value)| (at, key.clone(), value.clone())))
        }))
    });
    match step {
        None => Ok(None),
        Some(Err(())) => Err(changed(iterator)),
        Some(Ok(Some(_))) if iterator.left.get() == 0 => {
            iterator.dict.set(None);
            Err(runtime_error!("dictionary keys changed during iteration"))
        }
        Some(Ok(Some((at, key, value)))) => {
            iterator.position.set(at + 1);
            iterator.left.set(iterator.left.get() - 1);
            Ok(Some((key, value)))
        }
        Some(Ok(None)) => {
            iterator.dict.set(None);
            Ok(None)
        }
    }
}

fn previous(iterator: &Ref) -> Res<Option<(Ref, Ref)>> {
    let Some(iterator) = iterator.payload::<DictIterator>() else { return Ok(None) };
    let position = iterator.position.get();
    let step = iterator.dict.with(|dict| {
        let dict = dict?;
        Some(dict.table.with(|table| {
            if table.len() != iterator.used.get() {
                return Err(());
            }
            Ok(table.previous_entry(position).map(|(at, key, value)| (at, key.clone(), value.clone())))
        }))
    });
    match step {
        None => Ok(None),
        Some(Err(())) => Err(changed(iterator)),
        Some(Ok(Some((at, key, value)))) => {
            iterator.position.set(at);
            iterator.left.set(iterator.left.get().saturating_sub(1));
            Ok(Some((key, value)))
        }
        Some(Ok(None)) => {
            iterator.dict.set(None);
            Ok(None)
        }
    }
}

fn length_hint(args: &[Ref]) -> Res {
    let left = args[0].payload::<DictIterator>().map_or(0, |iterator| {
        let same = iterator.dict.with(|dict| dict.is_some_and(|dict| dict.len() == iterator.used.get()));
        if same { iterator.left.get() } else { 0 }
    });
    Ok(int::from_usize(left))
}

fn reduce(args: &[Ref]) -> Res {
    let iterator = args[0].payload::<DictIterator>().expect("a method of these classes");
    let copy = DictIterator {
        dict: Slot::new(iterator.dict.get()),
        position: iterator.position.clone(),
        used: iterator.used.clone(),
        left: iterator.left.clone(),
        pair: Slot::empty(),
    };
    crate::objects::arguments::listed_state(&alloc_as(args[0].header().type_index(), copy).into_any())
}
