//! `count`, `cycle` and `repeat`: iterators that need not end.

use std::cell::Cell;

use ouro_bytecode::opcode::BinaryOperator;
use ouro_heap::{Buffer, Interior, Payload, Ref, Slot};
use ouro_vm::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        class::{Class, ClassDef, class_flags},
        int::{self, Int},
        slots::Slots,
    },
    protocol::{iterate, number},
    type_error, types,
};

use crate::support::{iter_self, make, no_keywords, parameters, repr_text, text, this};

/// `itertools.count`. Small ints count in machine words; everything else by Python's `+`.
#[derive(Payload)]
#[payload(types::COUNT_ITERATOR)]
pub(super) struct Count {
    number: Cell<i64>,
    small_step: i64,
    /// The next value where it is no small int, or has grown too large.
    slow: Slot,
    step: Ref,
}

static COUNT_PARAMETERS: NativeDef = parameters("count", "(start=0, step=1)");

fn count_new(class: &Ref<Class>, args: Args) -> Res {
    let values = COUNT_PARAMETERS.bind(args)?;
    let (start, step) = (values[0].clone(), values[1].clone());
    for value in values.iter().flatten() {
        if !is_number(value) {
            return Err(type_error!("a number is required"));
        }
    }
    let start = start.unwrap_or_else(|| int::new(0));
    let step = step.unwrap_or_else(|| int::new(1));
    let small_step = int::as_i64(&step);
    let fast = match (int::as_i64(&start), small_step) {
        (Some(number), Some(1)) => Some((number, 1)),
        (Some(number), Some(step_value)) if start.is_exact::<Int>() && step.is_exact::<Int>() => {
            Some((number, step_value))
        }
        _ => None,
    };
    let payload = match fast {
        Some((number, small_step)) => {
            Count { number: Cell::new(number), small_step, slow: Slot::empty(), step }
        }
        None => Count { number: Cell::new(0), small_step: 0, slow: Slot::new(Some(start)), step },
    };
    Ok(make(class, payload))
}

/// CPython's `PyNumber_Check`.
fn is_number(object: &Ref) -> bool {
    let slots = &Class::of(object).slots.0;
    slots.index.get().is_some()
        || slots.int.get().is_some()
        || slots.float.get().is_some()
        || object.record().layout().name == "Complex"
}

fn count_next(object: &Ref) -> Res<Option<Ref>> {
    let count = this::<Count>(object);
    if count.slow.is_empty() {
        let number = count.number.get();
        match number.checked_add(count.small_step) {
            Some(next) => count.number.set(next),
            None => {
                let next = number::binary(BinaryOperator::Add, &int::new(number), &count.step)?;
                count.slow.set(Some(next));
            }
        }
        return Ok(Some(int::new(number)));
    }
    let current = count.slow.get().expect("checked above");
    let next = number::binary(BinaryOperator::Add, &current, &count.step)?;
    count.slow.set(Some(next));
    Ok(Some(current))
}

fn count_repr(object: &Ref) -> Res {
    let count = this::<Count>(object);
    let name = Class::of(object).name_text();
    let current = count.slow.get().unwrap_or_else(|| int::new(count.number.get()));
    let plain_step = if count.step.is_exact::<Int>() || count.slow.is_empty() {
        int::as_i64(&count.step) == Some(1)
    } else {
        false
    };
    let current = repr_text(&current)?;
    Ok(text(&if plain_step {
        format!("{name}({current})")
    } else {
        format!("{name}({current}, {})", repr_text(&count.step)?)
    }))
}

/// `itertools.count`
pub(super) static COUNT: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(count_new),
        iter: Some(iter_self),
        next: Some(count_next),
        repr: Some(count_repr),
        ..Slots::NONE
    },
    doc: "Return a count object whose .__next__() method returns consecutive values.\n\nEquivalent to:\n    def count(firstval=0, step=1):\n        x = firstval\n        while 1:\n            yield x\n            x += step",
    ..ClassDef::new::<Count>(types::COUNT_ITERATOR, "count")
};

/// `itertools.cycle`
#[derive(Payload)]
#[payload(types::CYCLE)]
pub(super) struct Cycle {
    iterator: Slot,
    saved: Interior<Buffer<Ref>>,
    index: Cell<usize>,
}

fn cycle_new(class: &Ref<Class>, args: Args) -> Res {
    no_keywords(class, types::CYCLE, "cycle", args)?;
    let iterable = &Args::positional_only(args.positional()).exactly("cycle", 1, 1)?[0];
    let iterator = iterate::iter(iterable)?;
    Ok(make(
        class,
        Cycle { iterator: Slot::new(Some(iterator)), saved: Interior::default(), index: Cell::new(0) },
    ))
}

fn cycle_next(object: &Ref) -> Res<Option<Ref>> {
    let cycle = this::<Cycle>(object);
    if let Some(iterator) = cycle.iterator.get() {
        if let Some(item) = iterate::next(&iterator)? {
            cycle.saved.with_mut(|saved| saved.push(item.clone()))?;
            return Ok(Some(item));
        }
        cycle.iterator.set(None);
    }
    let index = cycle.index.get();
    let (item, len) = cycle.saved.with(|saved| (saved.get(index).cloned(), saved.len()));
    cycle.index.set(if index + 1 >= len { 0 } else { index + 1 });
    Ok(item)
}

/// `itertools.cycle`
pub(super) static CYCLE: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots { new: Some(cycle_new), iter: Some(iter_self), next: Some(cycle_next), ..Slots::NONE },
    doc: "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
    ..ClassDef::new::<Cycle>(types::CYCLE, "cycle")
};

/// `itertools.repeat`
#[derive(Payload)]
#[payload(types::REPEAT)]
pub(super) struct Repeat {
    element: Ref,
    /// How many are left; -1: endless.
    left: Cell<isize>,
}

static REPEAT_PARAMETERS: NativeDef = parameters("repeat", "(object, times=None)");

fn repeat_new(class: &Ref<Class>, args: Args) -> Res {
    let values = REPEAT_PARAMETERS.bind(args)?;
    let left = match &values[1] {
        Some(times) => number::as_isize(times)?.max(0),
        None => -1,
    };
    let element = values[0].clone().expect("a required parameter");
    Ok(make(class, Repeat { element, left: Cell::new(left) }))
}

fn repeat_next(object: &Ref) -> Res<Option<Ref>> {
    let repeat = this::<Repeat>(object);
    match repeat.left.get() {
        0 => return Ok(None),
        left if left > 0 => repeat.left.set(left - 1),
        _ => {}
    }
    Ok(Some(repeat.element.clone()))
}

fn repeat_repr(object: &Ref) -> Res {
    let repeat = this::<Repeat>(object);
    let element = repr_text(&repeat.element)?;
    let name = Class::of(object).name_text();
    Ok(text(&match repeat.left.get() {
        -1 => format!("{name}({element})"),
        left => format!("{name}({element}, {left})"),
    }))
}

fn repeat_hint(args: &[Ref]) -> Res {
    match this::<Repeat>(&args[0]).left.get() {
        -1 => Err(type_error!("len() of unsized object")),
        left => Ok(int::new(left as i64)),
    }
}

/// `itertools.repeat`
pub(super) static REPEAT: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(repeat_new),
        iter: Some(iter_self),
        next: Some(repeat_next),
        repr: Some(repeat_repr),
        ..Slots::NONE
    },
    methods: &[plain(
        "__length_hint__",
        "(self, /)",
        repeat_hint,
        "Private method returning an estimate of len(list(it)).",
    )],
    doc: "repeat(object [,times]) -> create an iterator which returns the object\nfor the specified number of times.  If not specified, returns the object\nendlessly.",
    ..ClassDef::new::<Repeat>(types::REPEAT, "repeat")
};
