//! `list`: storage and the class.

use std::ptr::fn_addr_eq;

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Buffer, Interior, OutOfMemory, Payload, Ref, alloc, alloc_as};

use crate::{
    error::Res,
    native::{Args, Known, bound, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, Make, class_flags},
        generic_alias,
        sequence::{self, compare_items, enclosed, quick_equal},
        slots::Slots,
        str,
    },
    protocol::{compare, object::ReprGuard},
    state::shared,
    type_error, types,
};

pub(crate) mod iterator;
mod methods;
mod plain_sort;
mod slices;
mod sort;
mod timsort;

pub use iterator::{LIST_ITERATOR, LIST_REVERSE_ITERATOR, ListIterator, ListReverseIterator};
pub use methods::{extend, extend_vec};
pub use sort::sort;

/// A list's payload: a header block and a growing buffer, both on the heap.
#[derive(Payload)]
#[payload(types::LIST)]
pub struct List {
    /// The items.
    pub items: Interior<Buffer<Ref>>,
}

/// The class.
pub static LIST: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        init: Some(init),
        repr: Some(repr),
        compare: Some(rich_compare),
        iter: Some(iterator::iter),
        len: Some(|list| Ok(this(list)?.len())),
        get_item: Some(slices::get_item),
        set_item: Some(slices::set_item),
        contains: Some(contains),
        concat: Some(concat),
        repeat: Some(repeat),
        inplace_concat: Some(inplace_concat),
        inplace_repeat: Some(inplace_repeat),
        ..Slots::NONE
    },
    methods: &[
        plain("append", "(self, object, /)", methods::append, "Append object to the end of the list.")
            .known(Known::ListAppend),
        plain("clear", "(self, /)", methods::clear, "Remove all items from list."),
        plain("copy", "(self, /)", methods::copy, "Return a shallow copy of the list."),
        plain("count", "(self, value, /)", methods::count, "Return number of occurrences of value."),
        plain(
            "extend",
            "(self, iterable, /)",
            methods::extend_method,
            "Extend list by appending elements from the iterable.",
        ),
        plain(
            "index",
            "(self, value, start=0, stop=sys.maxsize, /)",
            methods::index,
            "Return first index of value.\n\nRaises ValueError if the value is not present.",
        ),
        plain("insert", "(self, index, object, /)", methods::insert, "Insert object before index."),
        plain(
            "pop",
            "(self, index=-1, /)",
            methods::pop,
            "Remove and return item at index (default last).\n\nRaises IndexError if list is empty or index is out of range.",
        )
        .known(Known::ListPop),
        plain(
            "remove",
            "(self, value, /)",
            methods::remove,
            "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.",
        ),
        plain("reverse", "(self, /)", methods::reverse, "Reverse *IN PLACE*."),
        bound("sort", "(self, /, *, key=None, reverse=False)", sort::method, sort::DOC),
        plain("__reversed__", "(self, /)", iterator::reversed, "Return a reverse iterator over the list."),
        plain(
            "__sizeof__",
            "(self, /)",
            methods::size_of,
            "Return the size of the list in memory, in bytes.",
        ),
        generic_alias::CLASS_GETITEM,
    ],
    flags: class_flags::BASE | class_flags::SEQUENCE | class_flags::MATCH_SELF,
    doc: "Built-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\n\
          The argument must be an iterable if specified.",
    make: Make::optional(make),
    ..ClassDef::new::<List>(types::LIST, "list")
};

/// A list of exactly the items.
pub fn from_vec(items: Vec<Ref>) -> Result<Ref<List>, OutOfMemory> {
    Ok(alloc(List { items: Interior::new(Buffer::from_vec(items)?) }))
}

/// A list of the items of a buffer.
#[inline]
pub fn from_buffer(items: Buffer<Ref>) -> Ref<List> {
    alloc(List { items: Interior::new(items) })
}

/// A list of exactly the items, for callers that return objects.
pub fn object_from_vec(items: Vec<Ref>) -> Res {
    Ok(from_vec(items)?.into_any())
}

/// A list of clones of items, exactly fitting. May be called while the items are borrowed.
pub fn from_items<'a>(items: impl ExactSizeIterator<Item = &'a Ref>) -> Result<Ref<List>, OutOfMemory> {
    let mut buffer = Buffer::with_capacity(items.len())?;
    buffer.append_within(items.cloned());
    Ok(alloc(List { items: Interior::new(buffer) }))
}

/// A list of clones of the items of a slice, exactly fitting. May be called while the items are borrowed.
pub fn from_slice(items: &[Ref]) -> Result<Ref<List>, OutOfMemory> {
    let mut buffer = Buffer::with_capacity(items.len())?;
    buffer.append_clones(items);
    Ok(from_buffer(buffer))
}

/// A new empty list.
pub fn empty() -> Ref<List> {
    alloc(List { items: Interior::new(Buffer::new()) })
}

impl List {
    /// The number of items.
    #[inline]
    pub fn len(&self) -> usize {
        self.items.with(|items| items.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A new reference to the item at an index.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Ref> {
        self.items.with(|items| items.get(index).cloned())
    }

    /// Appends an item.
    #[inline]
    pub fn push(&self, item: Ref) -> Result<(), OutOfMemory> {
        self.items.with_mut(|items| items.push(item))
    }

    /// The first place from `start` on and before `stop` whose item is equal to a value.
    fn find(&self, start: usize, stop: usize, value: &Ref) -> Res<Option<usize>> {
        let mut place = start;
        loop {
            // Items that need Python code to be compared are taken out of the closure.
            let doubtful = self.items.with(|items| {
                let end = stop.min(items.len());
                while place < end {
                    match quick_equal(&items[place], value) {
                        Some(false) => place += 1,
                        Some(true) => return Some(None),
                        None => return Some(Some(items[place].clone())),
                    }
                }
                None
            });
            match doubtful {
                None => return Ok(None),
                Some(None) => return Ok(Some(place)),
                Some(Some(item)) if compare::equal(&item, value)? => return Ok(Some(place)),
                Some(Some(_)) => place += 1,
            }
        }
    }

    /// Whether an item is equal to a value.
    pub(crate) fn contains(&self, value: &Ref) -> Res<bool> {
        Ok(self.find(0, usize::MAX, value)?.is_some())
    }

    /// References to all items as they are now.
    pub fn snapshot(&self) -> Vec<Ref> {
        self.items.with(|items| items.to_vec())
    }
}

/// The receiver of a method.
#[inline(always)]
fn this(object: &Ref) -> Res<&Ref<List>> {
    object.downcast::<List>().ok_or_else(|| wrong_receiver(object))
}

#[cold]
fn wrong_receiver(object: &Ref) -> crate::error::Raised {
    type_error!("descriptor requires a 'list' object but received a '{}'", Class::of(object).short_name())
}

fn construct(class: &Ref<Class>, args: Args) -> Res {
    let payload = List { items: Interior::new(Buffer::new()) };
    if class.index == types::LIST {
        // The exact class takes its arguments in `init`, which is called next; keywords are refused there.
        let _ = args;
        return Ok(alloc(payload).into_any());
    }
    Ok(alloc_as(class.index, payload).into_any())
}

fn make(args: &[Ref]) -> Res {
    let list = alloc(List { items: Interior::new(Buffer::new()) });
    if let [iterable] = args {
        extend(&list, iterable)?;
    }
    Ok(list.into_any())
}

fn init(list: &Ref, args: Args) -> Res<()> {
    // A class with a `__new__` of its own may take keywords there.
    let new = Class::of(list).slots.0.new.get();
    let own_new = new.is_some_and(|new| fn_addr_eq(new, construct as fn(&Ref<Class>, Args) -> Res));
    let args = if own_new { args } else { Args::positional_only(args.positional()) };
    let items = args.exactly("list", 0, 1)?;
    let list = this(list)?;
    if !list.is_empty() {
        drop(list.items.take());
    }
    match items {
        [iterable] => extend(list, iterable),
        _ => Ok(()),
    }
}

fn repr(object: &Ref) -> Res {
    let list = this(object)?;
    if list.is_empty() {
        return Ok(str::new("[]").into_any());
    }
    let Some(_guard) = ReprGuard::enter(object) else { return Ok(str::new("[...]").into_any()) };
    enclosed("[", &sequence::reprs(|place| list.get(place))?, "]")
}

fn rich_compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let (Some(left), Some(right)) = (left.downcast::<List>(), right.downcast::<List>()) else {
        return Ok(shared().not_implemented.clone());
    };
    if left.len() != right.len() && matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return Ok(bool_::new(comparison == Comparison::Ne));
    }
    // Not while the two are locked, as comparing what is left may change them.
    let start = left.items.with(|left| right.items.with(|right| sequence::equal_prefix(left, right)));
    compare_items(
        comparison,
        start,
        |place| left.get(place).zip(right.get(place)),
        || (left.len(), right.len()),
    )
}

fn contains(list: &Ref, value: &Ref) -> Res<bool> {
    this(list)?.contains(value)
}

fn concat(left: &Ref, right: &Ref) -> Res {
    let list = this(left)?;
    let Some(other) = right.downcast::<List>() else {
        return Err(type_error!(
            "can only concatenate list (not \"{}\") to list",
            Class::of(right).short_name()
        ));
    };
    let total = sequence::repeated_len(list.len() + other.len(), 1)?;
    let mut items = Buffer::with_capacity(total)?;
    for part in [list, other] {
        part.items.with(|part| items.append_clones(part));
    }
    Ok(alloc(List { items: Interior::new(items) }).into_any())
}

/// `n` times the items, exactly fitting.
fn repeated(items: &[Ref], count: usize) -> Res<Buffer<Ref>> {
    let total = sequence::repeated_len(items.len(), count)?;
    let mut result = Buffer::with_capacity(total)?;
    match items {
        [item] => result.fill_with(total, item)?,
        _ => {
            for _ in 0..count {
                result.append_clones(items);
            }
        }
    }
    Ok(result)
}

fn repeat(list: &Ref, count: &Ref) -> Res {
    let count = sequence::repeat_count(count)?;
    // The items are cloned in one leaf closure; nothing is dropped in it, as the storage is new.
    let result = this(list)?.items.with(|items| repeated(items, count))?;
    Ok(alloc(List { items: Interior::new(result) }).into_any())
}

fn inplace_concat(list: &Ref, other: &Ref) -> Res {
    extend(this(list)?, other)?;
    Ok(list.clone())
}

fn inplace_repeat(object: &Ref, count: &Ref) -> Res {
    let count = sequence::repeat_count(count)?;
    let list = this(object)?;
    let len = list.len();
    if count == 0 {
        drop(list.items.take());
    } else if count > 1 && len > 0 {
        let total = sequence::repeated_len(len, count)?;
        list.items.with_mut(|items| -> Result<(), OutOfMemory> {
            items.grow_for(total)?;
            for place in len..total {
                let item = items[place - len].clone();
                items.push_within(item);
            }
            Ok(())
        })?;
    }
    Ok(object.clone())
}
