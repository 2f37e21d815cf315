//! Built-in functions about sequences and iterators: `sum`, `min`, `sorted`, `any`, `len`, `iter` and their kin.

use ouro_bytecode::opcode::{BinaryOperator, Comparison};
use ouro_heap::Ref;

use crate::{
    error::{Res, raise_with, take_if},
    interpreter::{Calls, Consumer},
    native::{Args, Known, NativeDef, bound, plain, raw},
    objects::{
        bool_,
        class::{Class, class_flags},
        exception::ExceptionKind,
        float::{self, Float},
        int::{self, Int},
        iterators::callable,
        list::{self, List},
        str::{Str, StrExt},
        tuple::Tuple,
    },
    protocol::{attribute, compare, iterate, number, object},
    state::{names, shared},
    type_error, types, value_error,
};

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    plain(
        "all",
        "(iterable, /)",
        all,
        "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True.",
    )
    .known(Known::All),
    plain(
        "any",
        "(iterable, /)",
        any,
        "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False.",
    )
    .known(Known::Any),
    plain(
        "iter",
        "(object, sentinel=<unrepresentable>, /)",
        iter,
        "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object.\n\nIn the \
         first form, the argument must supply its own iterator, or be a sequence.\nIn the second form, the callable is \
         called until it returns the sentinel.",
    ),
    plain("len", "(obj, /)", len, "Return the number of items in a container.").known(Known::Len),
    raw("max", "(*args, key=None, default=<unrepresentable>)", max, MAX_DOC),
    raw("min", "(*args, key=None, default=<unrepresentable>)", min, MIN_DOC),
    plain(
        "next",
        "(iterator, default=<unrepresentable>, /)",
        next,
        "next(iterator[, default])\n\nReturn the next item from the iterator.\n\nIf default is given and the iterator \
         is exhausted,\nit is returned instead of raising StopIteration.",
    ),
    raw("sorted", "(iterable, /, *, key=None, reverse=False)", sorted, SORTED_DOC),
    bound(
        "sum",
        "(iterable, /, start=0)",
        sum,
        "Return the sum of a 'start' value (default: 0) plus an iterable of numbers\n\nWhen the iterable is empty, \
         return the start value.\nThis function is intended specifically for use with numeric values and may\nreject \
         non-numeric types.",
    ),
];

const MAX_DOC: &str = "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> \
    value\n\nWith a single iterable argument, return its biggest item. The\ndefault keyword-only argument specifies an \
    object to return if\nthe provided iterable is empty.\nWith two or more positional arguments, return the largest \
    argument.";

const MIN_DOC: &str = "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> \
    value\n\nWith a single iterable argument, return its smallest item. The\ndefault keyword-only argument specifies an \
    object to return if\nthe provided iterable is empty.\nWith two or more positional arguments, return the smallest \
    argument.";

const SORTED_DOC: &str = "Return a new list containing all items from the iterable in ascending order.\n\nA custom key \
    function can be supplied to customize the sort order, and the\nreverse flag can be set to request the result in \
    descending order.";

/// Looks for an item of this truth. Every item is released before the next is asked for.
struct Seeker(bool);

impl Consumer for Seeker {
    #[inline]
    fn take_quietly(&mut self, item: Ref) -> Result<(), Ref> {
        let passes =
            is_plain_int(&item) && item.payload::<Int>().is_some_and(|int| (int.value.get() != 0) != self.0);
        if passes { Ok(()) } else { Err(item) }
    }

    #[inline]
    fn take(&mut self, item: Ref) -> Res<bool> {
        Ok(object::is_true(&item)? != self.0)
    }
}

/// Whether some item's truth is `wanted`.
fn some(iterable: &Ref, wanted: bool) -> Res<bool> {
    iterate::show(iterable, &mut Seeker(wanted)).map(|all| !all)
}

fn all(args: &[Ref]) -> Res {
    Ok(bool_::new(!some(&args[0], false)?))
}

fn any(args: &[Ref]) -> Res {
    Ok(bool_::new(some(&args[0], true)?))
}

fn iter(args: &[Ref]) -> Res {
    let [callable, sentinel] = args else { return iterate::iter(&args[0]) };
    if Class::of(callable).slots.0.call.get().is_none() {
        return Err(type_error!("iter(v, w): v must be callable"));
    }
    Ok(callable::new(callable.clone(), sentinel.clone()))
}

fn len(args: &[Ref]) -> Res {
    Ok(int::from_usize(object::len(&args[0])?))
}

/// The next item of an iterator. A `__next__` of the program is called itself, since its StopIteration may carry a
/// value, which the slot does not keep.
fn next_item(iterator: &Ref) -> Res<Option<Ref>> {
    let class = Class::of(iterator);
    if class.has(class_flags::HEAP)
        && class.slots.0.next.get().is_some()
        && let Some(item) = attribute::call_special(iterator, &names().__next__, &[])?
    {
        return Ok(Some(item));
    }
    iterate::next_or_stop(iterator)
}

fn next(args: &[Ref]) -> Res {
    match (next_item(&args[0]), args.get(1)) {
        (Ok(Some(item)), _) => Ok(item),
        (Ok(None), Some(default)) => Ok(default.clone()),
        (Ok(None), None) => Err(raise_with(ExceptionKind::StopIteration, Vec::new())),
        (Err(raised), Some(default)) => {
            take_if(raised, ExceptionKind::StopIteration)?;
            Ok(default.clone())
        }
        (Err(raised), None) => Err(raised),
    }
}

fn max(args: Args) -> Res {
    extreme(args, "max", Comparison::Gt)
}

fn min(args: Args) -> Res {
    extreme(args, "min", Comparison::Lt)
}

/// `min` and `max`: the first item that no other one beats.
fn extreme(args: Args, name: &str, better: Comparison) -> Res {
    if let ([first, second], None) = (args.all, args.names) {
        let winner = if beats(second, first, better)? { second } else { first };
        return Ok(winner.clone());
    }
    let positional = args.positional();
    if positional.is_empty() {
        return Err(type_error!("{name} expected at least 1 argument, got 0"));
    }
    let (mut key, mut default) = (None, None);
    for (keyword, value) in args.keywords() {
        if keyword.is_text("key") {
            key = Some(value).filter(|key| !key.is(&shared().none));
        } else if keyword.is_text("default") {
            default = Some(value);
        } else {
            return Err(crate::native::unexpected_keyword(name, &keyword.to_text(), ["key", "default"]));
        }
    }
    if positional.len() > 1 && default.is_some() {
        return Err(type_error!("Cannot specify a default for {name}() with multiple positional arguments"));
    }
    if let ([iterable], None) = (positional, key)
        && let Some(item) = extreme_number(iterable, better)
    {
        return Ok(item);
    }
    let calls = key.map(|key| Calls::new(key, 1)).transpose()?;
    let mut search = Search { calls, better, best: None };
    match positional {
        [iterable] => drop(iterate::show(iterable, &mut search)?),
        several => several.iter().try_for_each(|item| search.take(item.clone()).map(drop))?,
    }
    match (search.best, default) {
        (Some((item, _)), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(value_error!("{name}() iterable argument is empty")),
    }
}

/// The search of `min` and `max`.
struct Search<'a> {
    /// The calls of the key, if there is one.
    calls: Option<Calls<'a>>,
    better: Comparison,
    /// The best item so far and, if there is a key, what it is compared by.
    best: Option<(Ref, Option<Ref>)>,
}

impl Consumer for Search<'_> {
    #[inline]
    fn take_quietly(&mut self, item: Ref) -> Result<(), Ref> {
        let Some((champion, None)) = &mut self.best else { return Err(item) };
        match compare::rich_atoms(&item, champion, self.better) {
            Some(true) => *champion = item,
            Some(false) => {}
            None => return Err(item),
        }
        Ok(())
    }

    fn take(&mut self, item: Ref) -> Res<bool> {
        let value = self.calls.as_ref().map(|calls| calls.call([&item])).transpose()?;
        let wins = match &self.best {
            None => true,
            Some((champion, known)) => {
                beats(value.as_ref().unwrap_or(&item), known.as_ref().unwrap_or(champion), self.better)?
            }
        };
        if wins {
            self.best = Some((item, value));
        }
        Ok(true)
    }
}

/// The first item of a list or tuple of numbers of one kind that no other one beats; nothing for other iterables.
fn extreme_number(iterable: &Ref, better: Comparison) -> Option<Ref> {
    fn best<T: Copy>(
        items: &[Ref],
        value: impl Fn(&Ref) -> Option<T>,
        beats: impl Fn(T, T) -> bool,
    ) -> Option<Ref> {
        let (first, rest) = items.split_first()?;
        let (mut winner, mut champion) = (first, value(first)?);
        for item in rest {
            let value = value(item)?;
            if beats(value, champion) {
                (winner, champion) = (item, value);
            }
        }
        Some(winner.clone())
    }
    let int = |item: &Ref| {
        if item.is_exact::<Int>() { item.payload::<Int>().map(|int| int.value.get()) } else { None }
    };
    let float = |item: &Ref| if item.is_exact::<Float>() { float::value(item) } else { None };
    let choose = |items: &[Ref]| match (items.first()?.header().type_index(), better) {
        (types::INT, Comparison::Gt) => best(items, int, |a, b| a > b),
        (types::INT, _) => best(items, int, |a, b| a < b),
        (types::FLOAT, Comparison::Gt) => best(items, float, |a, b| a > b),
        (types::FLOAT, _) => best(items, float, |a, b| a < b),
        _ => None,
    };
    match iterable.header().type_index() {
        types::LIST => iterable.payload::<List>()?.items.with(|items| choose(items)),
        types::TUPLE => choose(iterable.payload::<Tuple>()?.items()),
        _ => None,
    }
}

#[inline]
fn beats(value: &Ref, champion: &Ref, better: Comparison) -> Res<bool> {
    match compare::rich_atoms(value, champion, better) {
        Some(holds) => Ok(holds),
        None => compare::rich_bool(value, champion, better),
    }
}

fn sorted(args: Args) -> Res {
    let positional = args.positional();
    let [iterable] = positional else {
        return Err(type_error!("sorted expected 1 argument, got {}", positional.len()));
    };
    let result = list::from_vec(iterate::collect(iterable)?)?;
    let (mut key, mut reverse) = (None, false);
    for (keyword, value) in args.keywords() {
        if keyword.is_text("key") {
            key = Some(value).filter(|key| !key.is(&shared().none));
        } else if keyword.is_text("reverse") {
            reverse = object::is_true(value)?;
        } else {
            return Err(crate::native::unexpected_keyword("sort", &keyword.to_text(), ["key", "reverse"]));
        }
    }
    list::sort(&result, key, reverse)?;
    Ok(result.into_any())
}

/// The running total of `sum`: in registers as long as it can be.
enum Total {
    Int(i64),
    /// A float and what rounding has lost so far (Neumaier's compensated sum, as CPython since 3.12).
    Float(f64, f64),
    Object(Ref),
}

/// Whether an object is an int of 64 bits or a bool.
#[inline(always)]
fn is_plain_int(object: &Ref) -> bool {
    object.is_exact::<Int>() || object.header().type_index() == types::BOOL
}

impl Total {
    fn new(start: Ref) -> Total {
        if start.is_exact::<Int>()
            && let Some(value) = int::as_i64(&start)
        {
            return Total::Int(value);
        }
        Total::from_object(start)
    }

    /// CPython goes from ints to floats, never back to ints.
    fn from_object(object: Ref) -> Total {
        match float::value(&object) {
            Some(value) if object.is_exact::<Float>() => Total::Float(value, 0.0),
            _ => Total::Object(object),
        }
    }

    /// Adds the items at the start that are of the total's own kind, without counting references; gives how many.
    fn scan(&mut self, items: &[Ref]) -> usize {
        let mut added = 0;
        match self {
            Total::Int(total) => {
                for item in items.iter().take_while(|item| is_plain_int(item)) {
                    let Some(sum) = item.payload::<Int>().and_then(|int| total.checked_add(int.value.get()))
                    else {
                        break;
                    };
                    *total = sum;
                    added += 1;
                }
            }
            Total::Float(sum, lost) => {
                for item in items.iter().take_while(|item| item.is_exact::<Float>()) {
                    let Some(float) = item.payload::<Float>() else { break };
                    (*sum, *lost) = add_float(*sum, *lost, float.value.get());
                    added += 1;
                }
            }
            Total::Object(_) => {}
        }
        added
    }

    fn into_object(self) -> Ref {
        match self {
            Total::Int(value) => int::new(value),
            Total::Float(sum, lost) => float::new(compensated(sum, lost)),
            Total::Object(object) => object,
        }
    }

    /// Adds an item, in place: a total that moved on each item would be written and read in parts of different size, for
    /// which the processor waits.
    #[inline]
    fn add(&mut self, item: &Ref) -> Res<()> {
        *self = match self {
            Total::Int(sum) => {
                if is_plain_int(item)
                    && let Some(int) = item.payload::<Int>()
                    && let Some(added) = sum.checked_add(int.value.get())
                {
                    *sum = added;
                    return Ok(());
                }
                Total::from_object(number::binary(BinaryOperator::Add, &int::new(*sum), item)?)
            }
            Total::Float(sum, lost) => {
                if item.is_exact::<Float>()
                    && let Some(value) = float::value(item)
                {
                    (*sum, *lost) = add_float(*sum, *lost, value);
                    return Ok(());
                }
                if let Some(value) = int::as_i64(item) {
                    *sum += value as f64;
                    return Ok(());
                }
                let sum = float::new(compensated(*sum, *lost));
                Total::Object(number::binary(BinaryOperator::Add, &sum, item)?)
            }
            Total::Object(sum) => Total::Object(number::binary(BinaryOperator::Add, sum, item)?),
        };
        Ok(())
    }
}

impl Consumer for Total {
    #[inline]
    fn take_quietly(&mut self, item: Ref) -> Result<(), Ref> {
        if self.scan(std::slice::from_ref(&item)) == 1 { Ok(()) } else { Err(item) }
    }

    #[inline]
    fn take(&mut self, item: Ref) -> Res<bool> {
        self.add(&item).map(|()| true)
    }
}

/// One step of the compensated sum.
#[inline]
fn add_float(sum: f64, lost: f64, value: f64) -> (f64, f64) {
    let next = sum + value;
    let error = if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
    (next, lost + error)
}

/// The compensation is left out where it would turn an infinity into NaN, or lose the sign of a zero.
fn compensated(sum: f64, lost: f64) -> f64 {
    if lost != 0.0 && lost.is_finite() { sum + lost } else { sum }
}

/// Strings and bytes are not summed.
fn check_start(start: &Ref) -> Res<()> {
    if start.has_layout::<Str>() {
        return Err(type_error!("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    for (index, name) in [(types::BYTES, "bytes"), (types::BYTEARRAY, "bytearray")] {
        if crate::objects::class::is_instance_of(start, index) {
            return Err(type_error!("sum() can't sum {name} [use b''.join(seq) instead]"));
        }
    }
    Ok(())
}

fn sum(args: &[Option<Ref>]) -> Res {
    let [Some(iterable), start] = args else { return Ok(int::new(0)) };
    let start = start.clone().unwrap_or_else(|| int::new(0));
    // As CPython: an iterable that is none is complained about before a start that cannot be summed.
    let at_hand = iterable.is_exact::<List>() || iterable.is_exact::<Tuple>();
    let iterator = if at_hand { None } else { Some(iterate::iter(iterable)?) };
    if !start.is_exact::<Int>() {
        check_start(&start)?;
    }
    let mut total = Total::new(start);
    if let Some(tuple) = iterable.payload::<Tuple>().filter(|_| iterable.is_exact::<Tuple>()) {
        let done = total.scan(tuple.items());
        for item in &tuple.items()[done..] {
            total.add(item)?;
        }
        return Ok(total.into_object());
    }
    let Some(iterator) = iterator else {
        let Some(list) = iterable.payload::<List>() else { return Ok(total.into_object()) };
        let mut place = list.items.with(|items| total.scan(items));
        while let Some(item) = list.get(place) {
            total.add(&item)?;
            place += 1;
            // Adding may have made a float of the total, and floats follow.
            place += list.items.with(|items| total.scan(items.get(place..).unwrap_or_default()));
        }
        return Ok(total.into_object());
    };
    iterate::feed(&iterator, &mut total)?;
    Ok(total.into_object())
}
