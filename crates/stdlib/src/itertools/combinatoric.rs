//! `product`, `permutations`, `combinations` and `combinations_with_replacement`.

use std::cell::Cell;

use ouro_heap::{Interior, Opaque, Payload, Ref, Slot};
use ouro_vm::{
    error::Res,
    native::{Args, NativeDef},
    objects::{
        class::{Class, ClassDef, class_flags},
        int,
        slots::Slots,
        str::StrExt,
        tuple::{self, Tuple},
    },
    overflow_error,
    protocol::{iterate, number},
    state::shared,
    type_error, types, value_error,
};

use super::renew;
use crate::support::{iter_self, make, parameters, this};

/// Counters that own no references.
type Counters = Opaque<Interior<Vec<usize>>>;

fn counters(values: Vec<usize>) -> Counters {
    Opaque(Interior::new(values))
}

/// Where an iterator of this file stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Fresh,
    Running,
    Done,
}

type StageCell = Cell<Stage>;

/// `itertools.product`
#[derive(Payload)]
#[payload(types::PRODUCT)]
pub(super) struct Product {
    pools: Box<[Ref<Tuple>]>,
    indices: Counters,
    stage: Opaque<StageCell>,
    /// The last result, for reuse.
    result: Slot<Tuple>,
}

fn product_new(class: &Ref<Class>, args: Args) -> Res {
    let mut repeat = 1;
    for (name, value) in args.keywords() {
        if !name.is_text("repeat") {
            return Err(ouro_vm::native::unexpected_keyword("product", &name.to_text(), ["repeat"]));
        }
        repeat = number::as_isize(value)?;
        if repeat < 0 {
            return Err(value_error!("repeat argument cannot be negative"));
        }
    }
    let repeat = repeat as usize;
    let given = if repeat == 0 { &[] } else { args.positional() };
    let count = given.len().checked_mul(repeat).filter(|&count| count <= isize::MAX as usize / 8);
    let count = count.ok_or_else(|| overflow_error!("repeat argument too large"))?;
    let once = given.iter().map(pool_of).collect::<Res<Vec<_>>>()?;
    let mut pools = Vec::new();
    pools.try_reserve_exact(count).map_err(|_| ouro_heap::OutOfMemory)?;
    for _ in 0..if given.is_empty() { 0 } else { repeat } {
        pools.extend_from_slice(&once);
    }
    let payload = Product {
        pools: pools.into_boxed_slice(),
        indices: counters(vec![0; count]),
        stage: Opaque(Cell::new(Stage::Fresh)),
        result: Slot::empty(),
    };
    Ok(make(class, payload))
}

/// The items of an iterable, kept as a tuple.
fn pool_of(iterable: &Ref) -> Res<Ref<Tuple>> {
    if iterable.is_exact::<Tuple>() {
        return Ok(iterable.downcast::<Tuple>().expect("checked above").clone());
    }
    Ok(tuple::from_vec(iterate::collect(iterable)?))
}

fn product_next(object: &Ref) -> Res<Option<Ref>> {
    let product = this::<Product>(object);
    let pools = &product.pools;
    let changed = match product.stage.0.get() {
        Stage::Done => return Ok(None),
        Stage::Fresh => {
            let empty = pools.iter().any(|pool| pool.items().is_empty());
            product.stage.0.set(if empty { Stage::Done } else { Stage::Running });
            if empty {
                return Ok(None);
            }
            Some(0)
        }
        // Like an odometer: the last wheel turns; one that is through starts again and turns the one before.
        Stage::Running => product.indices.0.with_mut(|indices| {
            for (place, (index, pool)) in indices.iter_mut().zip(pools).enumerate().rev() {
                *index += 1;
                if *index < pool.items().len() {
                    return Some(place);
                }
                *index = 0;
            }
            None
        }),
    };
    let item = |indices: &[usize], place: usize| pools[place].items()[indices[place]].clone();
    let next = product.indices.0.with(|indices| {
        renew(&product.result, pools.len(), changed.unwrap_or(0), |place| item(indices, place))
    });
    // After the last combination the wheels stand at the start again, in the kept result as well.
    Ok(if changed.is_some() { Some(next) } else { finish(&product.stage.0) })
}

/// The end. The last result is kept as long as the iterator lives, as CPython does it.
#[cold]
fn finish(stage: &StageCell) -> Option<Ref> {
    stage.set(Stage::Done);
    None
}

/// `itertools.product`
pub(super) static PRODUCT: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots { new: Some(product_new), iter: Some(iter_self), next: Some(product_next), ..Slots::NONE },
    doc: "Cartesian product of input iterables.  Equivalent to nested for-loops.\n\nFor example, product(A, B) returns the same as:  ((x,y) for x in A for y in B).\nThe leftmost iterators are in the outermost for-loop, so the output tuples\ncycle in a manner similar to an odometer (with the rightmost element changing\non every iteration).\n\nTo compute the product of an iterable with itself, specify the number\nof repetitions with the optional repeat keyword argument. For example,\nproduct(A, repeat=4) means the same as product(A, A, A, A).\n\nproduct('ab', range(3)) --> ('a',0) ('a',1) ('a',2) ('b',0) ('b',1) ('b',2)\nproduct((0,1), (0,1), (0,1)) --> (0,0,0) (0,0,1) (0,1,0) (0,1,1) (1,0,0) ...",
    ..ClassDef::new::<Product>(types::PRODUCT, "product")
};

/// The iterable's items and `r` of a constructor.
fn pool_and_size(definition: &'static NativeDef, args: Args) -> Res<(Ref<Tuple>, usize)> {
    let values = definition.bind(args)?;
    let [Some(iterable), Some(size)] = &values[..] else { unreachable!("both are required") };
    let size = number::as_isize(size)?;
    let pool = pool_of(iterable)?;
    if size < 0 {
        return Err(value_error!("r must be non-negative"));
    }
    Ok((pool, size as usize))
}

/// The selected items, in the last result from the first changed place on.
#[inline]
fn selected(result: &Slot<Tuple>, pool: &Ref<Tuple>, size: usize, changed: usize, indices: &Counters) -> Ref {
    let items = pool.items();
    indices.0.with(|indices| renew(result, size, changed, |place| items[indices[place]].clone()))
}

/// `itertools.combinations`
#[derive(Payload)]
#[payload(types::COMBINATIONS)]
pub(super) struct Combinations {
    pool: Ref<Tuple>,
    indices: Counters,
    stage: Opaque<StageCell>,
    /// The last result, for reuse.
    result: Slot<Tuple>,
}

static COMBINATIONS_PARAMETERS: NativeDef = parameters("combinations", "(iterable, r)");

fn combinations_new(class: &Ref<Class>, args: Args) -> Res {
    let (pool, size) = pool_and_size(&COMBINATIONS_PARAMETERS, args)?;
    let possible = size <= pool.items().len();
    let indices = counters(if possible { (0..size).collect() } else { Vec::new() });
    let stage = if possible { Stage::Fresh } else { Stage::Done };
    Ok(make(class, Combinations { pool, indices, stage: Opaque(Cell::new(stage)), result: Slot::empty() }))
}

fn combinations_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<Combinations>(object);
    let count = state.pool.items().len();
    let changed = match state.stage.0.get() {
        Stage::Done => return Ok(None),
        Stage::Fresh => {
            state.stage.0.set(Stage::Running);
            Some(0)
        }
        Stage::Running => state.indices.0.with_mut(|indices| {
            let size = indices.len();
            // The rightmost index that is not at its last place moves; those behind it follow closely.
            let place = (0..size).rev().find(|&place| indices[place] != place + count - size)?;
            let mut value = indices[place];
            for index in &mut indices[place..] {
                value += 1;
                *index = value;
            }
            Some(place)
        }),
    };
    let Some(changed) = changed else { return Ok(finish(&state.stage.0)) };
    let size = state.indices.0.with(|indices| indices.len());
    Ok(Some(selected(&state.result, &state.pool, size, changed, &state.indices)))
}

/// `itertools.combinations`
pub(super) static COMBINATIONS: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(combinations_new),
        iter: Some(iter_self),
        next: Some(combinations_next),
        ..Slots::NONE
    },
    doc: "Return successive r-length combinations of elements in the iterable.\n\ncombinations(range(4), 3) --> (0,1,2), (0,1,3), (0,2,3), (1,2,3)",
    ..ClassDef::new::<Combinations>(types::COMBINATIONS, "combinations")
};

/// `itertools.combinations_with_replacement`
#[derive(Payload)]
#[payload(types::COMBINATIONS_WITH_REPLACEMENT)]
pub(super) struct CombinationsWithReplacement {
    pool: Ref<Tuple>,
    indices: Counters,
    stage: Opaque<StageCell>,
    /// The last result, for reuse.
    result: Slot<Tuple>,
}

static REPLACEMENT_PARAMETERS: NativeDef = parameters("combinations_with_replacement", "(iterable, r)");

fn replacement_new(class: &Ref<Class>, args: Args) -> Res {
    let (pool, size) = pool_and_size(&REPLACEMENT_PARAMETERS, args)?;
    let stage = if pool.items().is_empty() && size > 0 { Stage::Done } else { Stage::Fresh };
    let mut indices = Vec::new();
    if stage == Stage::Fresh {
        indices.try_reserve_exact(size).map_err(|_| ouro_heap::OutOfMemory)?;
        indices.resize(size, 0);
    }
    Ok(make(
        class,
        CombinationsWithReplacement {
            pool,
            indices: counters(indices),
            stage: Opaque(Cell::new(stage)),
            result: Slot::empty(),
        },
    ))
}

fn replacement_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<CombinationsWithReplacement>(object);
    let count = state.pool.items().len();
    let changed = match state.stage.0.get() {
        Stage::Done => return Ok(None),
        Stage::Fresh => {
            state.stage.0.set(Stage::Running);
            Some(0)
        }
        Stage::Running => state.indices.0.with_mut(|indices| {
            let place = (0..indices.len()).rev().find(|&place| indices[place] != count - 1)?;
            let value = indices[place] + 1;
            indices[place..].fill(value);
            Some(place)
        }),
    };
    let Some(changed) = changed else { return Ok(finish(&state.stage.0)) };
    let size = state.indices.0.with(|indices| indices.len());
    Ok(Some(selected(&state.result, &state.pool, size, changed, &state.indices)))
}

/// `itertools.combinations_with_replacement`
pub(super) static COMBINATIONS_WITH_REPLACEMENT: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(replacement_new),
        iter: Some(iter_self),
        next: Some(replacement_next),
        ..Slots::NONE
    },
    doc: "Return successive r-length combinations of elements in the iterable allowing individual elements to have successive repeats.\n\ncombinations_with_replacement('ABC', 2) --> ('A','A'), ('A','B'), ('A','C'), ('B','B'), ('B','C'), ('C','C')",
    ..ClassDef::new::<CombinationsWithReplacement>(
        types::COMBINATIONS_WITH_REPLACEMENT,
        "combinations_with_replacement",
    )
};

/// `itertools.permutations`
#[derive(Payload)]
#[payload(types::PERMUTATIONS)]
pub(super) struct Permutations {
    pool: Ref<Tuple>,
    size: usize,
    indices: Counters,
    cycles: Counters,
    stage: Opaque<StageCell>,
    /// The last result, for reuse.
    result: Slot<Tuple>,
}

static PERMUTATIONS_PARAMETERS: NativeDef = parameters("permutations", "(iterable, r=None)");

fn permutations_new(class: &Ref<Class>, args: Args) -> Res {
    let values = PERMUTATIONS_PARAMETERS.bind(args)?;
    let pool = pool_of(values[0].as_ref().expect("a required parameter"))?;
    let count = pool.items().len();
    let size = match values[1].as_ref().filter(|size| !size.is(&shared().none)) {
        None => count,
        Some(size) if !int::is_int(size) => return Err(type_error!("Expected int as r")),
        Some(size) => {
            let size = number::as_isize(size)?;
            usize::try_from(size).map_err(|_| value_error!("r must be non-negative"))?
        }
    };
    let possible = size <= count;
    let indices = counters(if possible { (0..count).collect() } else { Vec::new() });
    let cycles = counters(if possible { (0..size).map(|place| count - place).collect() } else { Vec::new() });
    let stage = Opaque(Cell::new(if possible { Stage::Fresh } else { Stage::Done }));
    Ok(make(class, Permutations { pool, size, indices, cycles, stage, result: Slot::empty() }))
}

fn permutations_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<Permutations>(object);
    let changed = match state.stage.0.get() {
        Stage::Done => return Ok(None),
        Stage::Fresh => {
            state.stage.0.set(Stage::Running);
            Some(0)
        }
        Stage::Running => {
            state.indices.0.with_mut(|indices| state.cycles.0.with_mut(|cycles| advance(indices, cycles)))
        }
    };
    let Some(changed) = changed else { return Ok(finish(&state.stage.0)) };
    Ok(Some(selected(&state.result, &state.pool, state.size, changed, &state.indices)))
}

/// Moves to the next permutation in lexicographic order of places and gives the first place that has changed;
/// nothing after the last.
fn advance(indices: &mut [usize], cycles: &mut [usize]) -> Option<usize> {
    let count = indices.len();
    for place in (0..cycles.len()).rev() {
        cycles[place] -= 1;
        if cycles[place] == 0 {
            indices[place..].rotate_left(1);
            cycles[place] = count - place;
        } else {
            indices.swap(place, count - cycles[place]);
            return Some(place);
        }
    }
    None
}

/// `itertools.permutations`
pub(super) static PERMUTATIONS: ClassDef = ClassDef {
    module: "itertools",
    flags: class_flags::BASE,
    slots: Slots {
        new: Some(permutations_new),
        iter: Some(iter_self),
        next: Some(permutations_next),
        ..Slots::NONE
    },
    doc: "Return successive r-length permutations of elements in the iterable.\n\npermutations(range(3), 2) --> (0,1), (0,2), (1,0), (1,2), (2,0), (2,1)",
    ..ClassDef::new::<Permutations>(types::PERMUTATIONS, "permutations")
};
