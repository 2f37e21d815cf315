//! `bisect`: places in sorted sequences.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::{NativeDef, bound},
    objects::{class::Class, int, list::List, module, str},
    protocol::{call, compare, item, number, object},
    state::shared,
    type_error, value_error,
};

/// Fills the module `bisect`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    module::add_functions(module, &FUNCTIONS);
    for (alias, name) in [("bisect", "bisect_right"), ("insort", "insort_right")] {
        let function = module::get(module, name).expect("a function of the table");
        module::set(module, alias, function)?;
    }
    Ok(())
}

const SIGNATURE: &str = "(a, x, lo=0, hi=None, *, key=None)";

static FUNCTIONS: [NativeDef; 4] = [
    bound(
        "bisect_right",
        SIGNATURE,
        |args| place::<true>(args).map(int::from_usize),
        "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such that all e in a[:i] have e <= x, and all e in\na[i:] have e > x.  So if x already appears in the list, a.insert(i, x) will\ninsert just after the rightmost x already there.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to customize the sort order.",
    ),
    bound(
        "bisect_left",
        SIGNATURE,
        |args| place::<false>(args).map(int::from_usize),
        "Return the index where to insert item x in list a, assuming a is sorted.\n\nThe return value i is such that all e in a[:i] have e < x, and all e in\na[i:] have e >= x.  So if x already appears in the list, a.insert(i, x) will\ninsert just before the leftmost x already there.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to customize the sort order.",
    ),
    bound(
        "insort_right",
        SIGNATURE,
        insert::<true>,
        "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the right of the rightmost x.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to customize the sort order.",
    ),
    bound(
        "insort_left",
        SIGNATURE,
        insert::<false>,
        "Insert item x in list a, and keep it sorted assuming a is sorted.\n\nIf x is already in a, insert it to the left of the leftmost x.\n\nOptional args lo (default 0) and hi (default len(a)) bound the\nslice of a to be searched.\n\nA custom key function can be supplied to customize the sort order.",
    ),
];

fn given(argument: &Option<Ref>) -> Option<&Ref> {
    argument.as_ref().filter(|value| !value.is(&shared().none))
}

/// The place of `x` among the items: behind equal ones (`RIGHT`) or before them. The item is compared as it is, the
/// items of the sequence through the key function.
fn search<const RIGHT: bool>(args: &[Option<Ref>], x: &Ref) -> Res<usize> {
    let sequence = args[0].as_ref().expect("a required parameter");
    let mut low = match &args[2] {
        Some(low) => number::as_isize(low)?,
        None => 0,
    };
    if low < 0 {
        return Err(value_error!("lo must be non-negative"));
    }
    let mut high = match given(&args[3]) {
        Some(high) if int::is_int(high) || Class::of(high).slots.0.index.get().is_some() => {
            number::as_isize(high)?
        }
        Some(high) => {
            return Err(type_error!(
                "argument should be integer or None, not '{}'",
                Class::of(high).short_name()
            ));
        }
        None => object::len(sequence)? as isize,
    };
    let key = given(&args[4]);
    while low < high {
        let middle = low + (high - low) / 2;
        let mut candidate = match sequence
            .payload::<List>()
            .filter(|_| sequence.is_exact::<List>())
            .and_then(|list| list.get(middle as usize))
        {
            Some(candidate) => candidate,
            None => item::get(sequence, &int::new(middle as i64))?,
        };
        if let Some(key) = key {
            candidate = call::call(key, &[candidate])?;
        }
        let goes_right = match RIGHT {
            true => !object::is_true(&compare::rich(x, &candidate, Comparison::Lt)?)?,
            false => object::is_true(&compare::rich(&candidate, x, Comparison::Lt)?)?,
        };
        if goes_right {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low as usize)
}

fn place<const RIGHT: bool>(args: &[Option<Ref>]) -> Res<usize> {
    search::<RIGHT>(args, args[1].as_ref().expect("a required parameter"))
}

fn insert<const RIGHT: bool>(args: &[Option<Ref>]) -> Res {
    let (sequence, x) =
        (args[0].as_ref().expect("a required parameter"), args[1].as_ref().expect("a required parameter"));
    // Unlike the searches, insertion also passes the item itself through the key function.
    let keyed = match given(&args[4]) {
        Some(key) => call::call(key, std::slice::from_ref(x))?,
        None => x.clone(),
    };
    let place = search::<RIGHT>(args, &keyed)?;
    if sequence.is_exact::<List>() {
        let list = sequence.payload::<List>().expect("checked above");
        list.items.with_mut(|items| items.insert(place.min(items.len()), x.clone()))?;
    } else {
        call::call_method(sequence, &str::intern("insert"), &[int::from_usize(place), x.clone()])?;
    }
    Ok(shared().none.clone())
}
