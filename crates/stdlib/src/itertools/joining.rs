//! `accumulate`, `batched`, `chain`, `pairwise`, `starmap` and `zip_longest`: iterators that combine items.

use std::cell::Cell;

use ouro_bytecode::opcode::BinaryOperator;
use ouro_heap::{Payload, Ref, Slot};
use ouro_vm::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        class::{Class, ClassDef, DowncastClass, class_flags},
        slots::Slots,
        str::StrExt,
        tuple::{self, Tuple, reuse},
    },
    protocol::{call, iterate, number, object},
    state::shared,
    type_error, types, value_error,
};

use crate::support::{iter_self, make, no_keywords, parameters, this};

fn is_none(object: &Ref) -> bool {
    object.is(&shared().none)
}

/// `itertools.accumulate`
#[derive(Payload)]
#[payload(types::ACCUMULATE)]
pub(super) struct Accumulate {
    total: Slot,
    iterator: Ref,
    function: Option<Ref>,
    initial: Slot,
}

static ACCUMULATE_PARAMETERS: NativeDef = parameters("accumulate", "(iterable, func=None, *, initial=None)");

fn accumulate_new(class: &Ref<Class>, args: Args) -> Res {
    let mut values = ACCUMULATE_PARAMETERS.bind(args)?;
    let initial = values[2].take().filter(|value| !is_none(value));
    let function = values[1].take().filter(|value| !is_none(value));
    let iterator = iterate::iter(values[0].as_ref().expect("a required parameter"))?;
    Ok(make(class, Accumulate { total: Slot::empty(), iterator, function, initial: Slot::new(initial) }))
}

fn accumulate_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<Accumulate>(object);
    if let Some(initial) = state.initial.take() {
        state.total.set(Some(initial.clone()));
        return Ok(Some(initial));
    }
    let Some(item) = iterate::next(&state.iterator)? else { return Ok(None) };
    let total = match state.total.get() {
        None => item,
        Some(total) => match &state.function {
            None => number::binary(BinaryOperator::Add, &total, &item)?,
            Some(function) => call::call(function, &[total, item])?,
        },
    };
    state.total.set(Some(total.clone()));
    Ok(Some(total))
}

/// `itertools.accumulate`
pub(super) static ACCUMULATE: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(accumulate_new),
        iter: Some(iter_self),
        next: Some(accumulate_next),
        ..Slots::NONE
    },
    doc: "Return series of accumulated sums (or other binary function results).",
    ..ClassDef::new::<Accumulate>(types::ACCUMULATE, "accumulate")
};

/// `itertools.batched`
#[derive(Payload)]
#[payload(types::BATCHED)]
pub(super) struct Batched {
    iterator: Slot,
    size: usize,
    strict: bool,
}

static BATCHED_PARAMETERS: NativeDef = parameters("batched", "(iterable, n, *, strict=False)");

fn batched_new(class: &Ref<Class>, args: Args) -> Res {
    let values = BATCHED_PARAMETERS.bind(args)?;
    let size = number::as_isize(values[1].as_ref().expect("a required parameter"))?;
    let strict = match &values[2] {
        Some(strict) => object::is_true(strict)?,
        None => false,
    };
    if size < 1 {
        return Err(value_error!("n must be at least one"));
    }
    let iterator = iterate::iter(values[0].as_ref().expect("a required parameter"))?;
    Ok(make(class, Batched { iterator: Slot::new(Some(iterator)), size: size as usize, strict }))
}

fn batched_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<Batched>(object);
    let Some(iterator) = state.iterator.get() else { return Ok(None) };
    // A batch may be asked to be huge, so room is made as items arrive.
    let mut items = Vec::with_capacity(state.size.min(64));
    while items.len() < state.size {
        match iterate::next(&iterator) {
            Ok(Some(item)) => items.push(item),
            Ok(None) => break,
            Err(raised) => {
                state.iterator.set(None);
                return Err(raised);
            }
        }
    }
    if items.len() < state.size {
        state.iterator.set(None);
        if items.is_empty() {
            return Ok(None);
        }
        if state.strict {
            return Err(value_error!("batched(): incomplete batch"));
        }
    }
    Ok(Some(tuple::from_vec(items).into_any()))
}

/// `itertools.batched`
pub(super) static BATCHED: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots { new: Some(batched_new), iter: Some(iter_self), next: Some(batched_next), ..Slots::NONE },
    doc: "Batch data into tuples of length n. The last batch may be shorter than n.\n\nLoops over the input iterable and accumulates data into tuples up to size n.\nThe input is consumed lazily, just enough to fill a batch. The result is yielded\nas soon as a batch is full or when the input iterable is exhausted.\n\n    >>> for batch in batched('ABCDEFG', 3):\n    ...     print(batch)\n    ...\n    ('A', 'B', 'C')\n    ('D', 'E', 'F')\n    ('G',)\n\nIf \"strict\" is True, raises a ValueError if the final batch is shorter than n.",
    ..ClassDef::new::<Batched>(types::BATCHED, "batched")
};

/// `itertools.chain`
#[derive(Payload)]
#[payload(types::CHAIN)]
pub(super) struct Chain {
    source: Slot,
    active: Slot,
}

fn chain_new(class: &Ref<Class>, args: Args) -> Res {
    no_keywords(class, types::CHAIN, "chain", args)?;
    let source = iterate::iter(tuple::from_slice(args.positional()).as_any())?;
    Ok(make(class, Chain { source: Slot::new(Some(source)), active: Slot::empty() }))
}

fn chain_from_iterable(args: &[Ref]) -> Res {
    let class = args[0].downcast_class().expect("a class method gets its class").clone();
    let source = iterate::iter(&args[1])?;
    Ok(make(&class, Chain { source: Slot::new(Some(source)), active: Slot::empty() }))
}

fn chain_next(object: &Ref) -> Res<Option<Ref>> {
    let chain = this::<Chain>(object);
    loop {
        if let Some(active) = chain.active.get() {
            if let Some(item) = iterate::next(&active)? {
                return Ok(Some(item));
            }
            chain.active.set(None);
        }
        let Some(source) = chain.source.get() else { return Ok(None) };
        match iterate::next(&source).and_then(|next| next.map(|next| iterate::iter(&next)).transpose()) {
            Ok(Some(active)) => chain.active.set(Some(active)),
            end => {
                chain.source.set(None);
                return end;
            }
        }
    }
}

/// `itertools.chain`
pub(super) static CHAIN: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots { new: Some(chain_new), iter: Some(iter_self), next: Some(chain_next), ..Slots::NONE },
    methods: &[plain(
        "from_iterable",
        "(type, iterable, /)",
        chain_from_iterable,
        "Alternative chain() constructor taking a single iterable argument that evaluates lazily.",
    )
    .as_class()],
    doc: "chain(*iterables) --> chain object\n\nReturn a chain object whose .__next__() method returns elements from the\nfirst iterable until it is exhausted, then elements from the next\niterable, until all of the iterables are exhausted.",
    ..ClassDef::new::<Chain>(types::CHAIN, "chain")
};

/// `itertools.pairwise`
#[derive(Payload)]
#[payload(types::PAIRWISE)]
pub(super) struct Pairwise {
    iterator: Slot,
    old: Slot,
    result: Slot<Tuple>,
}

fn pairwise_new(class: &Ref<Class>, args: Args) -> Res {
    no_keywords(class, types::PAIRWISE, "pairwise", args)?;
    let values = Args::positional_only(args.positional()).exactly("pairwise", 1, 1)?;
    Ok(make(
        class,
        Pairwise {
            iterator: Slot::new(Some(iterate::iter(&values[0])?)),
            old: Slot::empty(),
            result: Slot::empty(),
        },
    ))
}

fn pairwise_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<Pairwise>(object);
    let Some(iterator) = state.iterator.get() else { return Ok(None) };
    let finish = |end: Res<Option<Ref>>| {
        state.iterator.set(None);
        state.old.set(None);
        end
    };
    let old = match state.old.get() {
        Some(old) => old,
        None => match iterate::next(&iterator) {
            Ok(Some(first)) => {
                state.old.set(Some(first.clone()));
                // The first next() may have come back here and finished the iterator.
                if state.iterator.is_empty() {
                    return finish(Ok(None));
                }
                first
            }
            end => return finish(end),
        },
    };
    match iterate::next(&iterator) {
        Ok(Some(new)) => {
            state.old.set(Some(new.clone()));
            Ok(Some(reuse::reuse(&state.result, [old, new])))
        }
        end => finish(end),
    }
}

/// `itertools.pairwise`
pub(super) static PAIRWISE: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots { new: Some(pairwise_new), iter: Some(iter_self), next: Some(pairwise_next), ..Slots::NONE },
    doc: "Return an iterator of overlapping pairs taken from the input iterator.\n\n    s -> (s0,s1), (s1,s2), (s2, s3), ...",
    ..ClassDef::new::<Pairwise>(types::PAIRWISE, "pairwise")
};

/// `itertools.starmap`
#[derive(Payload)]
#[payload(types::STARMAP)]
pub(super) struct Starmap {
    function: Ref,
    iterator: Ref,
}

fn starmap_new(class: &Ref<Class>, args: Args) -> Res {
    no_keywords(class, types::STARMAP, "starmap", args)?;
    let values = Args::positional_only(args.positional()).exactly("starmap", 2, 2)?;
    let iterator = iterate::iter(&values[1])?;
    Ok(make(class, Starmap { function: values[0].clone(), iterator }))
}

fn starmap_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<Starmap>(object);
    let Some(item) = iterate::next(&state.iterator)? else { return Ok(None) };
    if let Some(tuple) = item.downcast::<Tuple>()
        && item.is_exact::<Tuple>()
    {
        return call::call(&state.function, tuple.items()).map(Some);
    }
    let values = iterate::collect(&item)?;
    call::call(&state.function, &values).map(Some)
}

/// `itertools.starmap`
pub(super) static STARMAP: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots { new: Some(starmap_new), iter: Some(iter_self), next: Some(starmap_next), ..Slots::NONE },
    doc: "Return an iterator whose values are returned from the function evaluated with an argument tuple taken from the given sequence.",
    ..ClassDef::new::<Starmap>(types::STARMAP, "starmap")
};

/// `itertools.zip_longest`
#[derive(Payload)]
#[payload(types::ZIP_LONGEST)]
pub(super) struct ZipLongest {
    /// Each is given up when it is exhausted.
    iterators: Box<[Slot]>,
    active: Cell<usize>,
    fill: Ref,
    result: Slot<Tuple>,
}

fn zip_longest_new(class: &Ref<Class>, args: Args) -> Res {
    let mut fill = shared().none.clone();
    for (name, value) in args.keywords() {
        if !name.is_text("fillvalue") || args.keyword_count() != 1 {
            return Err(type_error!("zip_longest() got an unexpected keyword argument"));
        }
        fill = value.clone();
    }
    let iterators: Vec<Slot> = args
        .positional()
        .iter()
        .map(|iterable| Ok(Slot::new(Some(iterate::iter(iterable)?))))
        .collect::<Res<_>>()?;
    let active = Cell::new(iterators.len());
    Ok(make(
        class,
        ZipLongest { iterators: iterators.into_boxed_slice(), active, fill, result: Slot::empty() },
    ))
}

fn zip_longest_next(object: &Ref) -> Res<Option<Ref>> {
    let zip = this::<ZipLongest>(object);
    if zip.iterators.is_empty() || zip.active.get() == 0 {
        return Ok(None);
    }
    let mut items = reuse::Items::with_capacity(zip.iterators.len());
    for slot in &zip.iterators {
        let item = match slot.get() {
            None => zip.fill.clone(),
            Some(iterator) => match iterate::next(&iterator) {
                Ok(Some(item)) => item,
                Ok(None) => {
                    let active = zip.active.get().saturating_sub(1);
                    zip.active.set(active);
                    if active == 0 {
                        return Ok(None);
                    }
                    slot.set(None);
                    zip.fill.clone()
                }
                Err(raised) => {
                    zip.active.set(0);
                    return Err(raised);
                }
            },
        };
        items.push(item);
    }
    Ok(Some(reuse::reuse_many(&zip.result, items)))
}

/// `itertools.zip_longest`
pub(super) static ZIP_LONGEST: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(zip_longest_new),
        iter: Some(iter_self),
        next: Some(zip_longest_next),
        ..Slots::NONE
    },
    doc: "Return a zip_longest object whose .__next__() method returns a tuple where\nthe i-th element comes from the i-th iterable argument.  The .__next__()\nmethod continues until the longest iterable in the argument sequence\nis exhausted and then it raises StopIteration.  When the shorter iterables\nare exhausted, the fillvalue is substituted in their place.  The fillvalue\ndefaults to None or can be specified by a keyword argument.",
    ..ClassDef::new::<ZipLongest>(types::ZIP_LONGEST, "zip_longest")
};
