//! `collections.deque`: the class.

use std::cell::Cell;

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Interior, Payload, Ref, alloc, alloc_as};
use ouro_vm::{
    error::{Raised, Res},
    index_error,
    native::{Args, NativeDef, plain},
    objects::{
        bool_,
        class::{Class, ClassDef, class_flags, getter},
        int, list,
        sequence::{argument_bound, argument_index, place, repeat_count, size_with_storage},
        slots::Slots,
        special, tuple,
    },
    overflow_error,
    protocol::{attribute, call, compare, iterate, number, object::ReprGuard},
    runtime_error,
    state::shared,
    type_error, types, value_error,
};

use super::{deque_iterators, ring::Ring};
use crate::support::{parameters, repr_text, text, this};

/// A deque's payload.
#[derive(Payload)]
#[payload(types::DEQUE)]
pub(super) struct Deque {
    pub(super) ring: Interior<Ring>,
    /// Changes with every change of the length or order, for iterators.
    pub(super) state: Cell<u64>,
    /// The greatest length, -1 for any.
    max_len: Cell<isize>,
}

impl Deque {
    fn empty(max_len: isize) -> Deque {
        Deque { ring: Interior::default(), state: Cell::new(0), max_len: Cell::new(max_len) }
    }

    pub(super) fn len(&self) -> usize {
        self.ring.with(Ring::len)
    }

    pub(super) fn get(&self, index: usize) -> Option<Ref> {
        self.ring.with(|ring| ring.get(index).cloned())
    }

    fn changed(&self) {
        self.state.set(self.state.get() + 1);
    }

    fn push_back(&self, item: Ref) -> Res<()> {
        self.changed();
        let max_len = self.max_len.get();
        let dropped = self.ring.with_mut(|ring| {
            ring.push_back(item)?;
            Ok::<_, ouro_heap::OutOfMemory>(if max_len >= 0 && ring.len() > max_len as usize {
                ring.pop_front()
            } else {
                None
            })
        })?;
        drop(dropped);
        Ok(())
    }

    fn push_front(&self, item: Ref) -> Res<()> {
        self.changed();
        let max_len = self.max_len.get();
        let dropped = self.ring.with_mut(|ring| {
            ring.push_front(item)?;
            Ok::<_, ouro_heap::OutOfMemory>(if max_len >= 0 && ring.len() > max_len as usize {
                ring.pop_back()
            } else {
                None
            })
        })?;
        drop(dropped);
        Ok(())
    }

    fn clear(&self) {
        self.changed();
        drop(self.ring.take());
    }

    fn snapshot(&self) -> Vec<Ref> {
        self.ring.with(|ring| ring.iter().cloned().collect())
    }

    /// Appends all items of an iterable; the deque itself may be the iterable.
    fn extend(&self, iterable: &Ref) -> Res<()> {
        if let Some(items) = self.own_items(iterable) {
            return items.into_iter().try_for_each(|item| self.push_back(item));
        }
        if self.max_len.get() == 0 {
            // A deque without room just consumes, which is a known idiom.
            return iterate::for_each(iterable, |item| {
                drop(item);
                Ok(())
            });
        }
        iterate::for_each(iterable, |item| self.push_back(item))
    }

    /// The items, if the iterable is this very deque.
    fn own_items(&self, iterable: &Ref) -> Option<Vec<Ref>> {
        iterable.payload::<Deque>().filter(|other| std::ptr::eq(*other, self)).map(Deque::snapshot)
    }

    fn max_len_object(&self) -> Ref {
        match self.max_len.get() {
            -1 => shared().none.clone(),
            max_len => int::new(max_len as i64),
        }
    }
}

pub(super) fn mutated() -> Raised {
    runtime_error!("deque mutated during iteration")
}

fn none() -> Res {
    Ok(shared().none.clone())
}

fn deque(object: &Ref) -> &Deque {
    this::<Deque>(object)
}

fn new_slot(class: &Ref<Class>, _args: Args) -> Res {
    let payload = Deque::empty(-1);
    Ok(if class.index == types::DEQUE {
        alloc(payload).into_any()
    } else {
        alloc_as(class.index, payload).into_any()
    })
}

static PARAMETERS: NativeDef = parameters("deque", "(iterable=(), maxlen=None)");

fn init(object: &Ref, args: Args) -> Res<()> {
    let values = PARAMETERS.bind(args)?;
    let deque = deque(object);
    let mut max_len = -1;
    if let Some(value) = values[1].as_ref().filter(|value| !value.is(&shared().none)) {
        if !int::is_int(value) {
            return Err(type_error!("an integer is required"));
        }
        max_len = number::as_isize(value).map_err(|raised| {
            drop(ouro_vm::error::take(raised));
            overflow_error!("Python int too large to convert to C ssize_t")
        })?;
        if max_len < 0 {
            return Err(value_error!("maxlen must be non-negative"));
        }
    }
    deque.max_len.set(max_len);
    if deque.len() > 0 {
        deque.clear();
    }
    match &values[0] {
        Some(iterable) => deque.extend(iterable),
        None => Ok(()),
    }
}

fn append(args: &[Ref]) -> Res {
    deque(&args[0]).push_back(args[1].clone())?;
    none()
}

fn append_left(args: &[Ref]) -> Res {
    deque(&args[0]).push_front(args[1].clone())?;
    none()
}

fn pop(args: &[Ref]) -> Res {
    let deque = deque(&args[0]);
    let item = deque.ring.with_mut(Ring::pop_back).ok_or_else(|| index_error!("pop from an empty deque"))?;
    deque.changed();
    Ok(item)
}

fn pop_left(args: &[Ref]) -> Res {
    let deque = deque(&args[0]);
    let item = deque.ring.with_mut(Ring::pop_front).ok_or_else(|| index_error!("pop from an empty deque"))?;
    deque.changed();
    Ok(item)
}

fn extend(args: &[Ref]) -> Res {
    deque(&args[0]).extend(&args[1])?;
    none()
}

fn extend_left(args: &[Ref]) -> Res {
    let deque = deque(&args[0]);
    match deque.own_items(&args[1]) {
        Some(items) => items.into_iter().try_for_each(|item| deque.push_front(item))?,
        None => iterate::for_each(&args[1], |item| deque.push_front(item))?,
    }
    none()
}

fn clear(args: &[Ref]) -> Res {
    deque(&args[0]).clear();
    none()
}

fn rotate(args: &[Ref]) -> Res {
    let count = match args.get(1) {
        Some(count) => number::as_isize(count)?,
        None => 1,
    };
    let deque = deque(&args[0]);
    let len = deque.len();
    if len > 1 {
        let right = count.rem_euclid(len as isize) as usize;
        if right > 0 {
            deque.changed();
            deque.ring.with_mut(|ring| ring.rotate_right(right));
        }
    }
    none()
}

fn reverse(args: &[Ref]) -> Res {
    let deque = deque(&args[0]);
    deque.ring.with_mut(|ring| {
        let len = ring.len();
        (0..len / 2).for_each(|index| ring.swap(index, len - 1 - index));
    });
    none()
}

fn count(args: &[Ref]) -> Res {
    let deque = deque(&args[0]);
    let state = deque.state.get();
    let mut count = 0;
    let mut index = 0;
    while let Some(item) = deque.get(index) {
        count += i64::from(compare::equal(&item, &args[1])?);
        if deque.state.get() != state {
            return Err(mutated());
        }
        index += 1;
    }
    Ok(int::new(count))
}

fn contains(object: &Ref, element: &Ref) -> Res<bool> {
    let deque = deque(object);
    let state = deque.state.get();
    let mut index = 0;
    while let Some(item) = deque.get(index) {
        if compare::equal(&item, element)? {
            return Ok(true);
        }
        if deque.state.get() != state {
            return Err(mutated());
        }
        index += 1;
    }
    Ok(false)
}

fn missing(value: &Ref) -> Raised {
    match repr_text(value) {
        Ok(value) => value_error!("{value} is not in deque"),
        Err(raised) => raised,
    }
}

fn index(args: &[Ref]) -> Res {
    let deque = deque(&args[0]);
    let bound = |argument: Option<&Ref>, default| argument.map_or(Ok(default), argument_bound);
    let (start, stop) = (bound(args.get(2), 0)?, bound(args.get(3), isize::MAX)?);
    let len = deque.len() as isize;
    let fit = |bound: isize| if bound < 0 { (bound + len).max(0) } else { bound.min(len) };
    let state = deque.state.get();
    for index in fit(start)..fit(stop) {
        let Some(item) = deque.get(index as usize) else { break };
        if compare::equal(&item, &args[1])? {
            return Ok(int::new(index as i64));
        }
        if deque.state.get() != state {
            return Err(mutated());
        }
    }
    Err(missing(&args[1]))
}

fn remove(args: &[Ref]) -> Res {
    let deque = deque(&args[0]);
    let state = deque.state.get();
    let mut index = 0;
    while let Some(item) = deque.get(index) {
        let equal = compare::equal(&item, &args[1])?;
        if deque.state.get() != state {
            return Err(index_error!("deque mutated during iteration"));
        }
        if equal {
            drop(item);
            deque.changed();
            let removed = deque.ring.with_mut(|ring| ring.remove(index));
            drop(removed);
            return none();
        }
        index += 1;
    }
    Err(missing(&args[1]))
}

fn insert(args: &[Ref]) -> Res {
    let deque = deque(&args[0]);
    let index = argument_index(&args[1])?;
    let len = deque.len() as isize;
    if deque.max_len.get() == len {
        return Err(index_error!("deque already at its maximum size"));
    }
    let place = if index < 0 { (index + len).max(0) } else { index.min(len) };
    deque.changed();
    deque.ring.with_mut(|ring| ring.insert(place as usize, args[2].clone()))?;
    none()
}

fn copy(args: &[Ref]) -> Res {
    copy_of(&args[0])
}

fn copy_of(object: &Ref) -> Res {
    let source = deque(object);
    if object.is_exact::<Deque>() {
        let copy = Deque::empty(source.max_len.get());
        let items = source.snapshot();
        copy.ring.with_mut(|ring| {
            ring.reserve(items.len())?;
            items.into_iter().try_for_each(|item| ring.push_back(item))
        })?;
        return Ok(alloc(copy).into_any());
    }
    let class = Class::of(object).clone().into_any();
    let copy = match source.max_len.get() {
        -1 => call::call(&class, std::slice::from_ref(object))?,
        _ => call::call(&class, &[object.clone(), source.max_len_object()])?,
    };
    if copy.payload::<Deque>().is_none() {
        return Err(type_error!(
            "{}() must return a deque, not {}",
            Class::of(object).short_name(),
            Class::of(&copy).short_name()
        ));
    }
    Ok(copy)
}

fn concat(left: &Ref, right: &Ref) -> Res {
    if right.payload::<Deque>().is_none() {
        return Err(type_error!(
            "can only concatenate deque (not \"{}\") to deque",
            Class::of(right).short_name()
        ));
    }
    let copy = copy_of(left)?;
    deque(&copy).extend(right)?;
    Ok(copy)
}

fn inplace_concat(left: &Ref, right: &Ref) -> Res {
    deque(left).extend(right)?;
    Ok(left.clone())
}

fn repeat(object: &Ref, count: &Ref) -> Res {
    let count = repeat_count(count)?;
    let copy = copy_of(object)?;
    repeat_in_place(deque(&copy), count)?;
    Ok(copy)
}

fn inplace_repeat(object: &Ref, count: &Ref) -> Res {
    repeat_in_place(deque(object), repeat_count(count)?)?;
    Ok(object.clone())
}

fn repeat_in_place(deque: &Deque, mut count: usize) -> Res<()> {
    let len = deque.len();
    if len == 0 || count == 1 {
        return Ok(());
    }
    if count == 0 {
        deque.clear();
        return Ok(());
    }
    let total = len.checked_mul(count);
    if let Ok(max_len) = usize::try_from(deque.max_len.get())
        && total.is_none_or(|total| total > max_len)
    {
        // Only the last items stay, so it is enough to fill the deque once.
        count = max_len.div_ceil(len);
    } else {
        let total = total.filter(|&total| total <= isize::MAX as usize / 8).ok_or(ouro_heap::OutOfMemory)?;
        deque.ring.with_mut(|ring| ring.reserve(total))?;
    }
    let items = deque.snapshot();
    (1..count).try_for_each(|_| items.iter().try_for_each(|item| deque.push_back(item.clone())))
}

fn item_place(object: &Ref, key: &Ref) -> Res<usize> {
    let index = if int::is_int(key) || Class::of(key).slots.0.index.get().is_some() {
        number::as_isize_or(key, ouro_vm::objects::exception::ExceptionKind::IndexError)?
    } else {
        return Err(type_error!("sequence index must be integer, not '{}'", Class::of(key).short_name()));
    };
    place(index, deque(object).len()).ok_or_else(|| index_error!("deque index out of range"))
}

fn get_item(object: &Ref, key: &Ref) -> Res {
    let place = item_place(object, key)?;
    Ok(deque(object).get(place).expect("the place was checked"))
}

fn set_item(object: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
    let place = item_place(object, key)?;
    let deque = deque(object);
    let old = match value {
        Some(value) => deque.ring.with_mut(|ring| ring.replace(place, value.clone())),
        None => {
            deque.changed();
            deque.ring.with_mut(|ring| ring.remove(place))
        }
    };
    drop(old);
    Ok(())
}

fn rich_compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let (Some(a), Some(b)) = (left.payload::<Deque>(), right.payload::<Deque>()) else {
        return Ok(shared().not_implemented.clone());
    };
    if left.is(right) {
        return Ok(bool_::new(matches!(comparison, Comparison::Eq | Comparison::Le | Comparison::Ge)));
    }
    if a.len() != b.len() {
        match comparison {
            Comparison::Eq => return Ok(bool_::new(false)),
            Comparison::Ne => return Ok(bool_::new(true)),
            _ => {}
        }
    }
    let states = (a.state.get(), b.state.get());
    let mut index = 0;
    loop {
        if (a.state.get(), b.state.get()) != states {
            return Err(mutated());
        }
        let (Some(x), Some(y)) = (a.get(index), b.get(index)) else { break };
        if !compare::equal(&x, &y)? {
            return match comparison {
                Comparison::Eq => Ok(bool_::new(false)),
                Comparison::Ne => Ok(bool_::new(true)),
                _ => Ok(bool_::new(compare::rich_bool(&x, &y, comparison)?)),
            };
        }
        index += 1;
    }
    Ok(bool_::new(compare::holds(comparison, a.len().cmp(&b.len()))))
}

fn repr(object: &Ref) -> Res {
    let Some(_guard) = ReprGuard::enter(object) else { return Ok(text("[...]")) };
    let deque = deque(object);
    let items = repr_text(&list::from_vec(deque.snapshot())?.into_any())?;
    let name = Class::of(object).name_text();
    Ok(text(&match deque.max_len.get() {
        -1 => format!("{name}({items})"),
        max_len => format!("{name}({items}, maxlen={max_len})"),
    }))
}

fn reduce(args: &[Ref]) -> Res {
    let deque = deque(&args[0]);
    let class = Class::of(&args[0]).clone().into_any();
    let arguments = match deque.max_len.get() {
        -1 => tuple::empty().into_any(),
        _ => tuple::pair(tuple::empty().into_any(), deque.max_len_object()),
    };
    let state = attribute::existing_dict(&args[0]).map_or_else(|| shared().none.clone(), Ref::into_any);
    Ok(tuple::from_vec(vec![class, arguments, state, iterate::iter(&args[0])?]).into_any())
}

fn size_of(args: &[Ref]) -> Res {
    Ok(size_with_storage(&args[0], deque(&args[0]).ring.with(Ring::storage_bytes)))
}

/// `collections.deque`
pub(super) static DEQUE: ClassDef = ClassDef {
    module: "collections",
    flags: class_flags::BASE | class_flags::WEAKLY_REFERENCEABLE | class_flags::SEQUENCE,
    slots: Slots {
        new: Some(new_slot),
        init: Some(init),
        repr: Some(repr),
        hash: Some(special::unhashable),
        compare: Some(rich_compare),
        iter: Some(deque_iterators::iter),
        len: Some(|object| Ok(deque(object).len())),
        get_item: Some(get_item),
        set_item: Some(set_item),
        contains: Some(contains),
        concat: Some(concat),
        repeat: Some(repeat),
        inplace_concat: Some(inplace_concat),
        inplace_repeat: Some(inplace_repeat),
        ..Slots::NONE
    },
    methods: &[
        plain("append", "(self, item, /)", append, "Add an element to the right side of the deque."),
        plain("appendleft", "(self, item, /)", append_left, "Add an element to the left side of the deque."),
        plain("clear", "(self, /)", clear, "Remove all elements from the deque."),
        plain("copy", "(self, /)", copy, "Return a shallow copy of a deque."),
        plain("__copy__", "(self, /)", copy, "Return a shallow copy of a deque."),
        plain("count", "(self, value, /)", count, "Return number of occurrences of value."),
        plain(
            "extend",
            "(self, iterable, /)",
            extend,
            "Extend the right side of the deque with elements from the iterable.",
        ),
        plain(
            "extendleft",
            "(self, iterable, /)",
            extend_left,
            "Extend the left side of the deque with elements from the iterable.",
        ),
        plain(
            "index",
            "(self, value, start=0, stop=sys.maxsize, /)",
            index,
            "Return first index of value.\n\nRaises ValueError if the value is not present.",
        ),
        plain("insert", "(self, index, value, /)", insert, "Insert value before index."),
        plain("pop", "(self, /)", pop, "Remove and return the rightmost element."),
        plain("popleft", "(self, /)", pop_left, "Remove and return the leftmost element."),
        plain("remove", "(self, value, /)", remove, "Remove first occurrence of value."),
        plain("reverse", "(self, /)", reverse, "Reverse *IN PLACE*."),
        plain(
            "rotate",
            "(self, n=1, /)",
            rotate,
            "Rotate the deque n steps to the right.  If n is negative, rotates left.",
        ),
        plain("__reduce__", "(self, /)", reduce, "Return state information for pickling."),
        plain(
            "__reversed__",
            "(self, /)",
            deque_iterators::reversed,
            "Return a reverse iterator over the deque.",
        ),
        plain("__sizeof__", "(self, /)", size_of, "Return the size of the deque in memory, in bytes."),
        crate::support::CLASS_GETITEM,
    ],
    getset: &[getter(
        "maxlen",
        |object| Ok(deque(object).max_len_object()),
        "maximum size of a deque or None if unbounded",
    )],
    doc: "A list-like sequence optimized for data accesses near its endpoints.",
    ..ClassDef::new::<Deque>(types::DEQUE, "deque")
};
