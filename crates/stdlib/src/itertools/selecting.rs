//! `compress`, `dropwhile`, `takewhile`, `filterfalse` and `islice`: iterators that leave items out.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot};
use ouro_vm::{
    error::{Res, take},
    native::{Args, NativeDef},
    objects::{
        class::{Class, ClassDef, class_flags},
        slots::Slots,
    },
    protocol::{call, iterate, number, object},
    state::{class_of, shared},
    types, value_error,
};

use crate::support::{iter_self, make, no_keywords, parameters, this};

/// `itertools.compress`
#[derive(Payload)]
#[payload(types::COMPRESS)]
pub(super) struct Compress {
    data: Ref,
    selectors: Ref,
}

static COMPRESS_PARAMETERS: NativeDef = parameters("compress", "(data, selectors)");

fn compress_new(class: &Ref<Class>, args: Args) -> Res {
    let values = COMPRESS_PARAMETERS.bind(args)?;
    let [Some(data), Some(selectors)] = &values[..] else { unreachable!("both are required") };
    let data = iterate::iter(data)?;
    let selectors = iterate::iter(selectors)?;
    Ok(make(class, Compress { data, selectors }))
}

fn compress_next(object: &Ref) -> Res<Option<Ref>> {
    let compress = this::<Compress>(object);
    loop {
        let Some(item) = iterate::next(&compress.data)? else { return Ok(None) };
        let Some(selector) = iterate::next(&compress.selectors)? else { return Ok(None) };
        if object::is_true(&selector)? {
            return Ok(Some(item));
        }
    }
}

/// `itertools.compress`
pub(super) static COMPRESS: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots { new: Some(compress_new), iter: Some(iter_self), next: Some(compress_next), ..Slots::NONE },
    doc: "Return data elements corresponding to true selector elements.\n\nForms a shorter iterator from selected data elements using the selectors to\nchoose the data elements.",
    ..ClassDef::new::<Compress>(types::COMPRESS, "compress")
};

/// The predicate and iterator of a constructor with exactly these two positional parameters.
fn predicate_and_iterator(class: &Ref<Class>, index: u32, name: &str, args: Args) -> Res<(Ref, Ref)> {
    no_keywords(class, index, name, args)?;
    let values = Args::positional_only(args.positional()).exactly(name, 2, 2)?;
    Ok((values[0].clone(), iterate::iter(&values[1])?))
}

/// `itertools.dropwhile`
#[derive(Payload)]
#[payload(types::DROP_WHILE)]
pub(super) struct DropWhile {
    predicate: Ref,
    iterator: Ref,
    started: Cell<bool>,
}

fn drop_while_new(class: &Ref<Class>, args: Args) -> Res {
    let (predicate, iterator) = predicate_and_iterator(class, types::DROP_WHILE, "dropwhile", args)?;
    Ok(make(class, DropWhile { predicate, iterator, started: Cell::new(false) }))
}

fn drop_while_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<DropWhile>(object);
    loop {
        let Some(item) = iterate::next(&state.iterator)? else { return Ok(None) };
        if state.started.get() {
            return Ok(Some(item));
        }
        if !object::is_true(&call::call(&state.predicate, std::slice::from_ref(&item))?)? {
            state.started.set(true);
            return Ok(Some(item));
        }
    }
}

/// `itertools.dropwhile`
pub(super) static DROP_WHILE: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(drop_while_new),
        iter: Some(iter_self),
        next: Some(drop_while_next),
        ..Slots::NONE
    },
    doc: "Drop items from the iterable while predicate(item) is true.\n\nAfterwards, return every element until the iterable is exhausted.",
    ..ClassDef::new::<DropWhile>(types::DROP_WHILE, "dropwhile")
};

/// `itertools.takewhile`
#[derive(Payload)]
#[payload(types::TAKE_WHILE)]
pub(super) struct TakeWhile {
    predicate: Ref,
    iterator: Ref,
    stopped: Cell<bool>,
}

fn take_while_new(class: &Ref<Class>, args: Args) -> Res {
    let (predicate, iterator) = predicate_and_iterator(class, types::TAKE_WHILE, "takewhile", args)?;
    Ok(make(class, TakeWhile { predicate, iterator, stopped: Cell::new(false) }))
}

fn take_while_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<TakeWhile>(object);
    if state.stopped.get() {
        return Ok(None);
    }
    let Some(item) = iterate::next(&state.iterator)? else { return Ok(None) };
    if object::is_true(&call::call(&state.predicate, std::slice::from_ref(&item))?)? {
        return Ok(Some(item));
    }
    state.stopped.set(true);
    Ok(None)
}

/// `itertools.takewhile`
pub(super) static TAKE_WHILE: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(take_while_new),
        iter: Some(iter_self),
        next: Some(take_while_next),
        ..Slots::NONE
    },
    doc: "Return successive entries from an iterable as long as the predicate evaluates to true for each entry.",
    ..ClassDef::new::<TakeWhile>(types::TAKE_WHILE, "takewhile")
};

/// `itertools.filterfalse`
#[derive(Payload)]
#[payload(types::FILTER_FALSE)]
pub(super) struct FilterFalse {
    /// Nothing to call: the items' own truth counts.
    predicate: Option<Ref>,
    iterator: Ref,
}

fn filter_false_new(class: &Ref<Class>, args: Args) -> Res {
    let (predicate, iterator) = predicate_and_iterator(class, types::FILTER_FALSE, "filterfalse", args)?;
    let truth = predicate.is(&shared().none) || predicate.is(class_of(types::BOOL));
    Ok(make(class, FilterFalse { predicate: (!truth).then_some(predicate), iterator }))
}

fn filter_false_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<FilterFalse>(object);
    loop {
        let Some(item) = iterate::next(&state.iterator)? else { return Ok(None) };
        let good = match &state.predicate {
            None => object::is_true(&item)?,
            Some(predicate) => object::is_true(&call::call(predicate, std::slice::from_ref(&item))?)?,
        };
        if !good {
            return Ok(Some(item));
        }
    }
}

/// `itertools.filterfalse`
pub(super) static FILTER_FALSE: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(filter_false_new),
        iter: Some(iter_self),
        next: Some(filter_false_next),
        ..Slots::NONE
    },
    doc: "Return those items of iterable for which function(item) is false.\n\nIf function is None, return the items that are false.",
    ..ClassDef::new::<FilterFalse>(types::FILTER_FALSE, "filterfalse")
};

/// `itertools.islice`
#[derive(Payload)]
#[payload(types::ISLICE)]
pub(super) struct Islice {
    iterator: Slot,
    next: Cell<usize>,
    /// `usize::MAX`: to the end.
    stop: usize,
    step: usize,
    count: Cell<usize>,
}

/// An index of islice: None is nothing; negative or foreign objects are refused by the caller.
fn islice_index(value: &Ref) -> Result<Option<usize>, ()> {
    if value.is(&shared().none) {
        return Ok(None);
    }
    match number::as_isize_clamped(value) {
        Ok(index) => {
            usize::try_from(index).ok().filter(|&index| index < isize::MAX as usize).map(Some).ok_or(())
        }
        Err(raised) => {
            drop(take(raised));
            Err(())
        }
    }
}

const BAD_STOP: &str = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
const BAD_INDEX: &str = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
const BAD_STEP: &str = "Step for islice() must be a positive integer or None.";

fn islice_new(class: &Ref<Class>, args: Args) -> Res {
    no_keywords(class, types::ISLICE, "islice", args)?;
    let values = Args::positional_only(args.positional()).exactly("islice", 2, 4)?;
    let (mut start, mut step) = (0, 1);
    let stop;
    if let [_, only] = values {
        stop = islice_index(only).map_err(|()| value_error!("{BAD_STOP}"))?;
    } else {
        stop = islice_index(&values[2]).map_err(|()| value_error!("{BAD_STOP}"))?;
        start = islice_index(&values[1]).map_err(|()| value_error!("{BAD_INDEX}"))?.unwrap_or(0);
    }
    if let Some(value) = values.get(3) {
        step = islice_index(value)
            .ok()
            .map(|step| step.unwrap_or(1))
            .filter(|&step| step > 0)
            .ok_or(())
            .map_err(|()| value_error!("{BAD_STEP}"))?;
    }
    let iterator = iterate::iter(&values[0])?;
    let stop = stop.unwrap_or(usize::MAX);
    Ok(make(
        class,
        Islice {
            iterator: Slot::new(Some(iterator)),
            next: Cell::new(start),
            stop,
            step,
            count: Cell::new(0),
        },
    ))
}

fn islice_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<Islice>(object);
    let Some(iterator) = state.iterator.get() else { return Ok(None) };
    while state.count.get() < state.next.get() {
        match iterate::next(&iterator) {
            Ok(Some(_)) => state.count.set(state.count.get() + 1),
            end => {
                state.iterator.set(None);
                return end;
            }
        }
    }
    if state.count.get() >= state.stop {
        state.iterator.set(None);
        return Ok(None);
    }
    match iterate::next(&iterator) {
        Ok(Some(item)) => {
            state.count.set(state.count.get() + 1);
            // The next index may pass the end of the address range; the stop bounds it.
            state.next.set(state.next.get().saturating_add(state.step).min(state.stop));
            Ok(Some(item))
        }
        end => {
            state.iterator.set(None);
            end
        }
    }
}

/// `itertools.islice`
pub(super) static ISLICE: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots { new: Some(islice_new), iter: Some(iter_self), next: Some(islice_next), ..Slots::NONE },
    doc: "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nReturn an iterator whose next() method returns selected values from an\niterable.  If start is specified, will skip all preceding elements;\notherwise, start defaults to zero.  Step defaults to one.  If\nspecified as another value, step determines how many values are\nskipped between successive calls.  Works like a slice() on a list\nbut returns an iterator.",
    ..ClassDef::new::<Islice>(types::ISLICE, "islice")
};
