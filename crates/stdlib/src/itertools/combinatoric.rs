//! `product`, `permutations`, `combinations` and `combinations_with_replacement`.

use std::cell::Cell;

use ouro_heap::{Interior, Opaque, Payload, Ref};
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

use super::tuple_of;
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
}

fn product_new(class: &Ref<Class>, args: Args) -> Res {
    let mut repeat = 1;
    for (name, value) in args.keywords() {
        if !name.is_text("repeat") {
            return Err(type_error!("product() got an unexpected keyword argument '{}'", name.to_text()));
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
    match product.stage.0.get() {
        Stage::Done => return Ok(None),
        Stage::Fresh => {
            let empty = pools.iter().any(|pool| pool.items().is_empty());
            product.stage.0.set(if empty { Stage::Done } else { Stage::Running });
            if empty {
                return Ok(None);
            }
        }
        Stage::Running => {
            // Like an odometer: the last wheel turns; one that is through starts again and turns the one before.
            let advanced = product.indices.0.with_mut(|indices| {
                for (index, pool) in indices.iter_mut().zip(pools).rev() {
                    *index += 1;
                    if *index < pool.items().len() {
                        return true;
                    }
                    *index = 0;
                }
                false
            });
            if !advanced {
                product.stage.0.set(Stage::Done);
                return Ok(None);
            }
        }
    }
    Ok(Some(
        product
            .indices
            .0
            .with(|indices| tuple_of(pools.len(), |place| pools[place].items()[indices[place]].clone())),
    ))
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

fn selected(pool: &Ref<Tuple>, size: usize, indices: &[usize]) -> Ref {
    let items = pool.items();
    tuple_of(size, |place| items[indices[place]].clone())
}

/// `itertools.combinations`
#[derive(Payload)]
#[payload(types::COMBINATIONS)]
pub(super) struct Combinations {
    pool: Ref<Tuple>,
    indices: Counters,
    stage: Opaque<StageCell>,
}

static COMBINATIONS_PARAMETERS: NativeDef = parameters("combinations", "(iterable, r)");

fn combinations_new(class: &Ref<Class>, args: Args) -> Res {
    let (pool, size) = pool_and_size(&COMBINATIONS_PARAMETERS, args)?;
    let possible = size <= pool.items().len();
    let indices = counters(if possible { (0..size).collect() } else { Vec::new() });
    let stage = if possible { Stage::Fresh } else { Stage::Done };
    Ok(make(class, Combinations { pool, indices, stage: Opaque(Cell::new(stage)) }))
}

fn combinations_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<Combinations>(object);
    let count = state.pool.items().len();
    let advanced = match state.stage.0.get() {
        Stage::Done => return Ok(None),
        Stage::Fresh => {
            state.stage.0.set(Stage::Running);
            true
        }
        Stage::Running => state.indices.0.with_mut(|indices| {
            let size = indices.len();
            // The rightmost index that is not at its last place moves; those behind it follow closely.
            let Some(place) = (0..size).rev().find(|&place| indices[place] != place + count - size) else {
                return false;
            };
            let mut value = indices[place];
            for index in &mut indices[place..] {
                value += 1;
                *index = value;
            }
            true
        }),
    };
    if !advanced {
        state.stage.0.set(Stage::Done);
        return Ok(None);
    }
    Ok(Some(state.indices.0.with(|indices| selected(&state.pool, indices.len(), indices))))
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
        CombinationsWithReplacement { pool, indices: counters(indices), stage: Opaque(Cell::new(stage)) },
    ))
}

fn replacement_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<CombinationsWithReplacement>(object);
    let count = state.pool.items().len();
    let advanced = match state.stage.0.get() {
        Stage::Done => return Ok(None),
        Stage::Fresh => {
            state.stage.0.set(Stage::Running);
            true
        }
        Stage::Running => state.indices.0.with_mut(|indices| {
            let Some(place) = (0..indices.len()).rev().find(|&place| indices[place] != count - 1) else {
                return false;
            };
            let value = indices[place] + 1;
            indices[place..].fill(value);
            true
        }),
    };
    if !advanced {
        state.stage.0.set(Stage::Done);
        return Ok(None);
    }
    Ok(Some(state.indices.0.with(|indices| selected(&state.pool, indices.len(), indices))))
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
    Ok(make(class, Permutations { pool, size, indices, cycles, stage }))
}

fn permutations_next(object: &Ref) -> Res<Option<Ref>> {
    let state = this::<Permutations>(object);
    let advanced = match state.stage.0.get() {
        Stage::Done => return Ok(None),
        Stage::Fresh => {
            state.stage.0.set(Stage::Running);
            true
        }
        Stage::Running => {
            state.indices.0.with_mut(|indices| state.cycles.0.with_mut(|cycles| advance(indices, cycles)))
        }
    };
    if !advanced {
        state.stage.0.set(Stage::Done);
        return Ok(None);
    }
    Ok(Some(state.indices.0.with(|indices| selected(&state.pool, state.size, indices))))
}

/// Moves to the next permutation in lexicographic order of places; false after the last.
fn advance(indices: &mut [usize], cycles: &mut [usize]) -> bool {
    let count = indices.len();
    for place in (0..cycles.len()).rev() {
        cycles[place] -= 1;
        if cycles[place] == 0 {
            indices[place..].rotate_left(1);
            cycles[place] = count - place;
        } else {
            indices.swap(place, count - cycles[place]);
            return true;
        }
    }
    false
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
