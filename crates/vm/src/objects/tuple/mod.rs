//! `tuple`: storage and the class. The items stand in the object's own block.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Ref, Trace, alloc_array, alloc_joined, alloc_tailed, tailed_payload};

use crate::{
    error::{Raised, Res},
    index_error,
    native::{Args, plain},
    objects::{
        class::{Class, ClassDef, Make, class_flags},
        dict::may_be_tracked,
        generic_alias, int,
        list::List,
        sequence::{self, argument_bound, compare_items, enclosed, place, subscript},
        slice::{self, Slice},
        slots::Slots,
        str,
    },
    protocol::{compare, iterate, object::ReprGuard},
    state::shared,
    type_error, types, value_error,
};

pub(crate) mod iterator;
pub mod reuse;

pub use iterator::{TUPLE_ITERATOR, TupleIterator};

/// A tuple has nothing before its items.
#[derive(Trace)]
pub struct TupleHead;

tailed_payload!(
    /// A tuple's payload; `items()` gives the items.
    Tuple, "tuple", types::TUPLE, TupleHead, Ref
);

/// The class.
pub static TUPLE: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        repr: Some(repr),
        hash: Some(hash),
        compare: Some(rich_compare),
        iter: Some(iterator::iter),
        len: Some(|tuple| Ok(this(tuple)?.items().len())),
        get_item: Some(get_item),
        contains: Some(contains),
        concat: Some(concat),
        repeat: Some(repeat),
        ..Slots::NONE
    },
    methods: &[
        plain("count", "(self, value, /)", count, "Return number of occurrences of value."),
        plain(
            "index",
            "(self, value, start=0, stop=sys.maxsize, /)",
            index,
            "Return first index of value.\n\nRaises ValueError if the value is not present.",
        ),
        plain("__getnewargs__", "(self, /)", |args| Ok(from_vec(vec![exact(&args[0])?]).into_any()), ""),
        generic_alias::CLASS_GETITEM,
    ],
    flags: class_flags::BASE | class_flags::SEQUENCE | class_flags::MATCH_SELF,
    doc: "Built-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\n\
          If iterable is specified the tuple is initialized from iterable's items.\n\n\
          If the argument is a tuple, the return value is the same object.",
    make: Make::optional(make),
    ..ClassDef::new::<Tuple>(types::TUPLE, "tuple")
};

/// A tuple of the items; the shared empty tuple if there are none.
pub fn from_vec(items: Vec<Ref>) -> Ref<Tuple> {
    if items.is_empty() {
        return empty();
    }
    from_exact_iter(items.into_iter())
}

/// A tuple of clones of the items.
pub fn from_slice(items: &[Ref]) -> Ref<Tuple> {
    match items {
        [] => empty(),
        [only] => from_array([only.clone()]),
        _ => joined(items, &[]),
    }
}

/// A tuple of the items, which are few.
#[inline(always)]
pub(crate) fn from_array<const N: usize>(items: [Ref; N]) -> Ref<Tuple> {
    alloc_array(TupleHead, items)
}

/// A tuple of clones of some items and of others behind them.
fn joined(first: &[Ref], second: &[Ref]) -> Ref<Tuple> {
    alloc_joined(TupleHead, first, second)
}

/// A tuple of two.
pub fn pair(first: Ref, second: Ref) -> Ref {
    from_array([first, second]).into_any()
}

/// A tuple of three.
pub fn triple(first: Ref, second: Ref, third: Ref) -> Ref {
    from_array([first, second, third]).into_any()
}

/// The shared empty tuple.
pub fn empty() -> Ref<Tuple> {
    shared().empty_tuple.downcast::<Tuple>().expect("the empty tuple is a tuple").clone()
}

/// An instance of a subclass of tuple.
pub fn new_as(index: u32, items: Vec<Ref>) -> Ref<Tuple> {
    let (len, mut items) = (items.len(), items.into_iter());
    alloc_tailed(index, TupleHead, len, |_| items.next().expect("as many items as counted"))
}

/// A tuple of what an iterator gives, which must be as many items as it says.
#[inline]
pub fn from_exact_iter(mut items: impl ExactSizeIterator<Item = Ref>) -> Ref<Tuple> {
    alloc_tailed(types::TUPLE, TupleHead, items.len(), |_| items.next().expect("as many items as counted"))
}

pub(crate) fn make_empty() -> Ref<Tuple> {
    let made = alloc_tailed(types::TUPLE, TupleHead, 0, |_| unreachable!("there is no item"));
    ouro_heap::allocate::untrack(made.as_any());
    made
}

/// Whether a collection may leave a tuple out from now on: it holds only atoms. For the collector.
pub fn can_untrack(tuple: &Ref) -> bool {
    tuple.is_exact::<Tuple>()
        && tuple.payload::<Tuple>().is_some_and(|tuple| !tuple.items().iter().any(may_be_tracked))
}

/// The receiver of a method.
#[inline(always)]
fn this(object: &Ref) -> Res<&Ref<Tuple>> {
    object.downcast::<Tuple>().ok_or_else(|| wrong_receiver(object))
}

#[cold]
fn wrong_receiver(object: &Ref) -> Raised {
    type_error!("descriptor requires a 'tuple' object but received a '{}'", Class::of(object).short_name())
}

/// The tuple itself if it is exactly one, else a tuple of the same items.
fn exact(object: &Ref) -> Res {
    if object.is_exact::<Tuple>() {
        Ok(object.clone())
    } else {
        Ok(from_slice(this(object)?.items()).into_any())
    }
}

/// `tuple(iterable)`
pub fn from_iterable(iterable: &Ref) -> Res {
    if iterable.is_exact::<Tuple>() {
        return Ok(iterable.clone());
    }
    if iterable.is_exact::<List>()
        && let Some(list) = iterable.payload::<List>()
    {
        return Ok(list.items.with(|items| from_slice(items)).into_any());
    }
    Ok(from_vec(iterate::collect(iterable)?).into_any())
}

fn make(args: &[Ref]) -> Res {
    match args {
        [iterable] => from_iterable(iterable),
        _ => Ok(empty().into_any()),
    }
}

fn construct(class: &Ref<Class>, args: Args) -> Res {
    if class.index == types::TUPLE {
        return make(args.exactly("tuple", 0, 1)?);
    }
    // A subclass may take other arguments in its `__init__`, but `tuple.__new__` takes one.
    if !crate::objects::object::overrides_init(class) {
        args.no_keywords("tuple")?;
    }
    let items = match Args::positional_only(args.positional()).exactly("tuple", 0, 1)? {
        [iterable] => iterate::collect(iterable)?,
        _ => Vec::new(),
    };
    Ok(new_as(class.index, items).into_any())
}

fn repr(object: &Ref) -> Res {
    let tuple = this(object)?;
    if tuple.items().is_empty() {
        return Ok(str::new("()").into_any());
    }
    let Some(_guard) = ReprGuard::enter(object) else { return Ok(str::new("(...)").into_any()) };
    let pieces = sequence::reprs(|place| tuple.items().get(place).cloned())?;
    enclosed("(", &pieces, if pieces.len() == 1 { ",)" } else { ")" })
}

/// CPython's hash of a tuple: xxHash with the items' hashes as input, so that equal tuples of ints hash as there.
fn hash(tuple: &Ref) -> Res<i64> {
    const PRIMES: [u64; 3] = [11400714785074694791, 14029467366897019727, 2870177450012600261];
    let items = this(tuple)?.items();
    let mut sum = PRIMES[2];
    for item in items {
        let lane = crate::objects::dict::key_hash(item)? as u64;
        sum = sum.wrapping_add(lane.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0]);
    }
    sum = sum.wrapping_add(items.len() as u64 ^ (PRIMES[2] ^ 3527539));
    Ok(if sum == u64::MAX { 1546275796 } else { sum as i64 })
}

fn rich_compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let (Some(left), Some(right)) = (left.payload::<Tuple>(), right.payload::<Tuple>()) else {
        return Ok(shared().not_implemented.clone());
    };
    let (left, right) = (left.items(), right.items());
    // Unlike lists, tuples of different lengths are compared item by item even for equality, as CPython does.
    let pair = |place: usize| left.get(place).cloned().zip(right.get(place).cloned());
    compare_items(comparison, sequence::equal_prefix(left, right), pair, || (left.len(), right.len()))
}

fn get_item(object: &Ref, key: &Ref) -> Res {
    let items = this(object)?.items();
    if key.is_exact::<Slice>() {
        let (start, stop, step) = slice::unpack(key)?;
        let (start, _, step, count) = slice::adjust(start, stop, step, items.len());
        if step == 1 {
            if count == items.len() && object.is_exact::<Tuple>() {
                return Ok(object.clone());
            }
            return Ok(from_slice(&items[start as usize..start as usize + count]).into_any());
        }
        let picked = (0..count as isize).map(|n| items[(start + n * step) as usize].clone()).collect();
        return Ok(from_vec(picked).into_any());
    }
    let index = subscript(key, "tuple")?;
    match place(index, items.len()) {
        Some(place) => Ok(items[place].clone()),
        None => Err(index_error!("tuple index out of range")),
    }
}

fn contains(tuple: &Ref, value: &Ref) -> Res<bool> {
    contains_item(this(tuple)?, value)
}

/// Whether an item of a tuple is equal to a value.
pub(crate) fn contains_item(tuple: &Tuple, value: &Ref) -> Res<bool> {
    for item in tuple.items() {
        if compare::equal(item, value)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn concat(left: &Ref, right: &Ref) -> Res {
    let tuple = this(left)?;
    let Some(other) = right.downcast::<Tuple>() else {
        return Err(type_error!(
            "can only concatenate tuple (not \"{}\") to tuple",
            Class::of(right).short_name()
        ));
    };
    if tuple.items().is_empty() && right.is_exact::<Tuple>() {
        return Ok(right.clone());
    }
    if other.items().is_empty() && left.is_exact::<Tuple>() {
        return Ok(left.clone());
    }
    let (first, second) = (tuple.items(), other.items());
    if first.len() + second.len() > u32::MAX as usize {
        return Err(sequence::out_of_memory());
    }
    Ok(joined(first, second).into_any())
}

fn repeat(object: &Ref, count: &Ref) -> Res {
    let items = this(object)?.items();
    let count = sequence::repeat_count(count)?;
    if object.is_exact::<Tuple>() && (items.is_empty() || count == 1) {
        return Ok(object.clone());
    }
    let total = sequence::repeated_len(items.len(), count)?;
    if total == 0 {
        return Ok(empty().into_any());
    }
    if total > u32::MAX as usize {
        return Err(sequence::out_of_memory());
    }
    ouro_heap::allocate::check_request(total * size_of::<Ref>())?;
    let mut source = items.iter().cycle();
    Ok(alloc_tailed(types::TUPLE, TupleHead, total, |_| source.next().expect("there are items").clone())
        .into_any())
}

fn count(args: &[Ref]) -> Res {
    let mut count = 0;
    for item in this(&args[0])?.items() {
        count += i64::from(compare::equal(item, &args[1])?);
    }
    Ok(int::new(count))
}

fn index(args: &[Ref]) -> Res {
    let items = this(&args[0])?.items();
    let bound = |argument: Option<&Ref>, default: isize| -> Res<usize> {
        let bound = argument.map_or(Ok(default), argument_bound)?;
        let bound = if bound < 0 { bound.saturating_add(items.len() as isize).max(0) } else { bound };
        Ok((bound as usize).min(items.len()))
    };
    let (start, stop) = (bound(args.get(2), 0)?, bound(args.get(3), isize::MAX)?);
    for (place, item) in items.iter().enumerate().take(stop).skip(start) {
        if compare::equal(item, &args[1])? {
            return Ok(int::from_usize(place));
        }
    }
    Err(value_error!("tuple.index(x): x not in tuple"))
}
