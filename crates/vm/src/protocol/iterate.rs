//! Iteration: `iter(x)`, `next(x)`, `for`.

use ouro_heap::{OutOfMemory, Ref};

use crate::{
    error::{Raised, Res, take_if},
    interpreter::{self, Calls, Consumer},
    objects::{
        class::{Class, class_flags},
        dict::Dict,
        exception::ExceptionKind,
        generator::Generator,
        iterators::{filter, map, sequence},
        list::{self, List},
        set::Set,
        str::{self, Str, StrExt},
        tuple::Tuple,
    },
    protocol::object::{self, NativeCall},
    type_error, types,
};

/// `iter(object)`
pub fn iter(object: &Ref) -> Res {
    let class = Class::of(object);
    let slots = &class.slots.0;
    let Some(slot) = slots.iter.get() else {
        if is_sequence(class) {
            return Ok(sequence::new(object.clone()));
        }
        return Err(type_error!("'{}' object is not iterable", class.short_name()));
    };
    let iterator = slot(object)?;
    if Class::of(&iterator).slots.0.next.get().is_none() {
        return Err(type_error!(
            "iter() returned non-iterator of type '{}'",
            Class::of(&iterator).short_name()
        ));
    }
    Ok(iterator)
}

/// Whether instances can be iterated through `__getitem__`: what CPython's `PySequence_Check` tells.
pub fn is_sequence(class: &Class) -> bool {
    class.slots.0.get_item.get().is_some()
        && !class.has(class_flags::DICT_SUBCLASS)
        && !class.has(class_flags::KEYED)
}

/// Whether `iter(object)` can be tried at all.
pub fn is_iterable(object: &Ref) -> bool {
    let class = Class::of(object);
    class.slots.0.iter.get().is_some() || is_sequence(class)
}

/// `next(iterator)`: nothing at the end, and also if StopIteration was raised on the way.
#[inline]
pub fn next(iterator: &Ref) -> Res<Option<Ref>> {
    match next_or_stop(iterator) {
        Ok(item) => Ok(item),
        Err(raised) => ended(raised).map(|()| None),
    }
}

/// [`next`] for loops over iterators: those over lists, by far the most, are asked without a call.
#[inline(always)]
pub fn step(iterator: &Ref) -> Res<Option<Ref>> {
    if iterator.header().type_index() == types::LIST_ITERATOR {
        return Ok(list::iterator::step(iterator));
    }
    next(iterator)
}

/// [`next_or_stop`] for loops over iterators, see [`step`].
#[inline(always)]
pub fn step_or_stop(iterator: &Ref) -> Res<Option<Ref>> {
    if iterator.header().type_index() == types::LIST_ITERATOR {
        return Ok(list::iterator::step(iterator));
    }
    next_or_stop(iterator)
}

/// `next(iterator)` as the iterator gives it: nothing, or StopIteration with a value, at the end.
#[inline]
pub fn next_or_stop(iterator: &Ref) -> Res<Option<Ref>> {
    // By far the most; others are asked through their class.
    if iterator.header().type_index() == types::LIST_ITERATOR {
        return list::iterator::next(iterator);
    }
    match Class::of(iterator).slots.0.next.get() {
        Some(slot) => slot(iterator),
        None => Err(type_error!("'{}' object is not an iterator", Class::of(iterator).short_name())),
    }
}

/// StopIteration is the end of an iteration, however it came up.
#[cold]
pub(crate) fn ended(raised: Raised) -> Res<()> {
    take_if(raised, ExceptionKind::StopIteration).map(drop)
}

/// What is done with each item, as a consumer that takes none quietly.
struct Body<F>(F);

impl<F: FnMut(Ref) -> Res<bool>> Consumer for Body<F> {
    const QUIET: bool = false;

    fn take_quietly(&mut self, item: Ref) -> Result<(), Ref> {
        Err(item)
    }

    #[inline(always)]
    fn take(&mut self, item: Ref) -> Res<bool> {
        (self.0)(item)
    }
}

/// Calls `body` with each item of an iterator until its end or an error.
pub fn drive(iterator: &Ref, mut body: impl FnMut(Ref) -> Res<()>) -> Res<()> {
    feed(iterator, &mut Body(|item| body(item).map(|()| true))).map(drop)
}

/// Gives a consumer the items of an iterator until it has seen enough; whether it was shown all.
#[inline]
pub fn feed(iterator: &Ref, consumer: &mut impl Consumer) -> Res<bool> {
    let next = next_function(iterator)?;
    let _call = NativeCall::enter("")?;
    if iterator.header().type_index() == types::GENERATOR
        && let Some(made) = iterator.downcast::<Generator>()
    {
        return interpreter::consume(made, consumer);
    }
    if let Some((function, items)) = map::function_and_items(iterator) {
        let calls = Calls::new(function, 1)?;
        while let Some(item) = step(items)? {
            let value = match calls.call([&item]) {
                Ok(value) => value,
                Err(raised) => return ended(raised).map(|()| true),
            };
            drop(item);
            if !consumer.take(value)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    if let Some((chooser, items)) = filter::chooser_and_items(iterator) {
        let calls = chooser.map(|function| Calls::new(function, 1)).transpose()?;
        while let Some(item) = step(items)? {
            let good = match &calls {
                None => object::is_true(&item),
                Some(calls) => calls.call([&item]).and_then(|verdict| object::is_true(&verdict)),
            };
            match good {
                Ok(false) => continue,
                Ok(true) => {}
                Err(raised) => return ended(raised).map(|()| true),
            }
            if !consumer.take(item)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    while let Some(item) = next.call(iterator)? {
        if !consumer.take(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The items of an exact list, tuple, dictionary or set, which are at hand without iterating.
fn ready_items(iterable: &Ref) -> Option<Vec<Ref>> {
    if iterable.is_exact::<List>() {
        return iterable.payload::<List>().map(List::snapshot);
    }
    if iterable.is_exact::<Tuple>() {
        return iterable.payload::<Tuple>().map(|tuple| tuple.items().to_vec());
    }
    if iterable.is_exact::<Dict>() {
        let dict = iterable.payload::<Dict>()?;
        return Some(dict.table.with(|table| table.iter().map(|(key, _)| key.clone()).collect()));
    }
    if Set::is_exact_set(iterable) {
        return iterable.payload::<Set>().map(Set::snapshot);
    }
    if iterable.is_exact::<Str>() {
        let text = iterable.payload::<Str>()?;
        return Some(text.code_points().map(|code| str::from_char(code).into_any()).collect());
    }
    None
}

/// All items of an iterable.
pub fn collect(iterable: &Ref) -> Res<Vec<Ref>> {
    if let Some(items) = ready_items(iterable) {
        return Ok(items);
    }
    let iterator = iter(iterable)?;
    collect_from(iterable, &iterator)
}

fn collect_from(iterable: &Ref, iterator: &Ref) -> Res<Vec<Ref>> {
    let hint = object::length_hint(iterable, 0)?;
    if hint > 1 << 16 {
        // An iterable that announces more than fits is not even begun.
        ouro_heap::allocate::check_request(hint.saturating_mul(size_of::<Ref>()))?;
    }
    let mut items = Items(Vec::with_capacity(hint.min(1 << 16)));
    if let Err(raised) = feed(iterator, &mut items) {
        // As the list or tuple would that they are gathered for, they go from the last to the first.
        while items.0.pop().is_some() {}
        return Err(raised);
    }
    Ok(items.0)
}

/// Gathers the items.
struct Items(Vec<Ref>);

impl Consumer for Items {
    #[inline]
    fn take_quietly(&mut self, item: Ref) -> Result<(), Ref> {
        if self.0.len() == self.0.capacity() {
            return Err(item);
        }
        self.0.push(item);
        Ok(())
    }

    #[inline]
    fn take(&mut self, item: Ref) -> Res<bool> {
        if self.0.len() == self.0.capacity() {
            // An endless iterable shall end in a MemoryError.
            self.0.try_reserve(self.0.len().max(4)).map_err(|_| OutOfMemory)?;
        }
        self.0.push(item);
        Ok(true)
    }
}

/// All items of an iterable; the error is replaced if the object is not iterable at all (TypeError from `iter`).
pub fn collect_or(iterable: &Ref, error: impl FnOnce() -> Raised) -> Res<Vec<Ref>> {
    if let Some(items) = ready_items(iterable) {
        return Ok(items);
    }
    match iter(iterable) {
        Ok(iterator) => collect_from(iterable, &iterator),
        Err(raised) => {
            take_if(raised, ExceptionKind::TypeError)?;
            Err(error())
        }
    }
}

/// Calls `body` with each item of an iterable. An exact list is read as it is at each step, as its iterator does.
#[inline]
pub fn for_each(iterable: &Ref, mut body: impl FnMut(Ref) -> Res<()>) -> Res<()> {
    show(iterable, &mut Body(|item| body(item).map(|()| true))).map(drop)
}

/// Gives a consumer the items of an iterable in the same way until it has seen enough; whether it was shown all.
pub fn show(iterable: &Ref, consumer: &mut impl Consumer) -> Res<bool> {
    if iterable.is_exact::<List>()
        && let Some(list) = iterable.payload::<List>()
    {
        let mut place = 0;
        while let Some(item) = list.get(place) {
            if !consumer.take(item)? {
                return Ok(false);
            }
            place += 1;
        }
        return Ok(true);
    }
    if iterable.is_exact::<Tuple>()
        && let Some(tuple) = iterable.payload::<Tuple>()
    {
        for item in tuple.items() {
            if !consumer.take(item.clone())? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let iterator = iter(iterable)?;
    feed(&iterator, consumer)
}

/// What gives the items of an iterator, found once for many of them.
#[derive(Clone, Copy)]
pub struct Next(fn(&Ref) -> Res<Option<Ref>>);

/// The function that gives an iterator's items; TypeError for what is none.
#[inline]
pub fn next_function(iterator: &Ref) -> Res<Next> {
    match Class::of(iterator).slots.0.next.get() {
        Some(slot) => Ok(Next(slot)),
        None => Err(type_error!("'{}' object is not an iterator", Class::of(iterator).short_name())),
    }
}

impl Next {
    /// The next item; nothing at the end, and also if StopIteration was raised on the way.
    #[inline(always)]
    pub fn call(self, iterator: &Ref) -> Res<Option<Ref>> {
        match (self.0)(iterator) {
            Ok(item) => Ok(item),
            Err(raised) => ended(raised).map(|()| None),
        }
    }
}
