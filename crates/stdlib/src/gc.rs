//! `gc`

use ouro_heap::{Ref, allocate, collector, walk};
use ouro_vm::{
    error::Res,
    gc_run,
    native::{Args, NativeDef, bound, plain, raw},
    objects::{
        bool_,
        class::Class,
        dict::{self, Dict},
        int,
        list::{self, List},
        module, str,
        tuple::{self, Tuple},
    },
    overflow_error,
    protocol::number,
    state::{shared, vm},
    type_error, value_error,
};

fn none() -> Res {
    Ok(shared().none.clone())
}

fn c_int(object: &Ref) -> Res<i64> {
    let value = number::index(object)?;
    match int::as_i64(&value).filter(|value| i32::try_from(*value).is_ok()) {
        Some(value) => Ok(value),
        None => Err(overflow_error!("Python int too large to convert to C int")),
    }
}

/// The same in the words of CPython's parser of argument tuples.
fn parsed_int(object: &Ref) -> Res<i64> {
    let value = int::as_i64(&number::index(object)?)
        .ok_or_else(|| overflow_error!("Python int too large to convert to C long"))?;
    match i32::try_from(value) {
        Ok(value) => Ok(value.into()),
        Err(_) if value > 0 => Err(overflow_error!("signed integer is greater than maximum")),
        Err(_) => Err(overflow_error!("signed integer is less than minimum")),
    }
}

fn collect(values: &[Option<Ref>]) -> Res {
    let generation = values[0].as_ref().map_or(Ok(2), c_int)?;
    match usize::try_from(generation).ok().filter(|&generation| generation < collector::GENERATIONS) {
        Some(generation) => Ok(int::from_usize(gc_run::collect(generation))),
        None => Err(value_error!("invalid generation")),
    }
}

fn enable(_args: &[Ref]) -> Res {
    collector::set_enabled(true);
    none()
}

fn disable(_args: &[Ref]) -> Res {
    collector::set_enabled(false);
    none()
}

fn isenabled(_args: &[Ref]) -> Res {
    Ok(bool_::new(collector::is_enabled()))
}

fn get_threshold(_args: &[Ref]) -> Res {
    Ok(tuple::from_vec(collector::thresholds().iter().map(|&value| int::new(value.into())).collect())
        .into_any())
}

fn set_threshold(args: Args) -> Res {
    args.no_keywords("gc.set_threshold")?;
    if !(1..=3).contains(&args.all.len()) {
        return Err(type_error!("gc.set_threshold requires 1 to 3 arguments"));
    }
    let values: Vec<i64> = args.all.iter().map(parsed_int).collect::<Res<_>>()?;
    for (generation, value) in values.into_iter().enumerate() {
        collector::set_threshold(generation, value as i32);
    }
    none()
}

fn get_count(_args: &[Ref]) -> Res {
    Ok(tuple::from_vec(collector::counts().iter().map(|&value| int::new(value.into())).collect()).into_any())
}

fn get_objects(values: &[Option<Ref>]) -> Res {
    let generation = match values[0].as_ref().filter(|generation| !generation.is(&shared().none)) {
        None => None,
        Some(generation) => {
            if !int::is_int(generation) && Class::of(generation).slots.0.index.get().is_none() {
                return Err(type_error!(
                    "argument should be integer or None, not '{}'",
                    Class::of(generation).short_name()
                ));
            }
            let generation = number::as_isize(generation)?;
            if generation < -1 {
                return Err(value_error!("generation parameter cannot be negative"));
            }
            if generation >= collector::GENERATIONS as isize {
                return Err(value_error!(
                    "generation parameter must be less than the number of available generations ({})",
                    collector::GENERATIONS
                ));
            }
            // As in CPython, -1 stands for all generations.
            u32::try_from(generation).ok()
        }
    };
    let objects = walk::tracked_objects(generation);
    Ok(list::from_vec(objects)?.into_any())
}

fn get_referrers(args: Args) -> Res {
    args.no_keywords("get_referrers")?;
    let found = walk::referrers(args.all);
    Ok(list::from_vec(found)?.into_any())
}

fn get_referents(args: Args) -> Res {
    args.no_keywords("get_referents")?;
    let mut found = Vec::new();
    for object in args.all {
        // As CPython: objects that the collector does not know, such as strings, have no referents.
        if object.record().layout().container {
            found.extend(referents(object));
        }
    }
    Ok(list::from_vec(found)?.into_any())
}

/// What an object refers to, in the order in which CPython visits it.
fn referents(object: &Ref) -> Vec<Ref> {
    if let Some(dict) = object.downcast::<Dict>() {
        // A dictionary with string keys shows its values only: strings take part in no cycle.
        let only_values = dict.has_only_str_keys();
        return dict
            .snapshot()
            .into_iter()
            .flat_map(|(key, value)| [Some(value), (!only_values).then_some(key)])
            .flatten()
            .collect();
    }
    let mut found = walk::referents(object);
    if object.has_layout::<Tuple>() || object.has_layout::<List>() {
        // Items are visited last to first; what a subclass adds follows.
        let items = found.len().min(object.payload::<Tuple>().map_or_else(
            || object.payload::<List>().map_or(0, |list| list.len()),
            |tuple| tuple.items().len(),
        ));
        found[..items].reverse();
    }
    found
}

fn is_tracked(args: &[Ref]) -> Res {
    Ok(bool_::new(allocate::is_tracked(&args[0])))
}

fn is_finalized(args: &[Ref]) -> Res {
    Ok(bool_::new(allocate::is_finalized(&args[0])))
}

fn set_debug(args: &[Ref]) -> Res {
    vm().slots.gc.debug.set(c_int(&args[0])?);
    none()
}

fn get_debug(_args: &[Ref]) -> Res {
    Ok(int::new(vm().slots.gc.debug.get()))
}

fn get_stats(_args: &[Ref]) -> Res {
    let mut all = Vec::new();
    for statistics in collector::statistics() {
        let entry = dict::new();
        for (name, value) in [
            ("collections", statistics.collections),
            ("collected", statistics.collected),
            ("uncollectable", statistics.uncollectable),
        ] {
            dict::set_str(&entry, &str::intern(name), int::from_usize(value));
        }
        all.push(entry.into_any());
    }
    Ok(list::from_vec(all)?.into_any())
}

fn freeze(_args: &[Ref]) -> Res {
    collector::freeze();
    none()
}

fn unfreeze(_args: &[Ref]) -> Res {
    collector::unfreeze();
    none()
}

fn get_freeze_count(_args: &[Ref]) -> Res {
    Ok(int::from_usize(collector::generation_sizes()[collector::GENERATIONS]))
}

static FUNCTIONS: [NativeDef; 18] = [
    plain("enable", "()", enable, "Enable automatic garbage collection."),
    plain("disable", "()", disable, "Disable automatic garbage collection."),
    plain("isenabled", "()", isenabled, "Returns true if automatic garbage collection is enabled."),
    bound(
        "collect",
        "(generation=2)",
        collect,
        "Run the garbage collector.\n\nWith no arguments, run a full collection.  The optional argument\nmay be an integer specifying which generation to collect.  A ValueError\nis raised if the generation number is invalid.\n\nThe number of unreachable objects is returned.",
    ),
    plain("get_count", "()", get_count, "Return a three-tuple of the current collection counts."),
    raw(
        "set_threshold",
        "(threshold0, threshold1, threshold2)",
        set_threshold,
        "Set the collection thresholds (the collection frequency).\n\nSetting 'threshold0' to zero disables collection.",
    ),
    plain("get_threshold", "()", get_threshold, "Return the current collection thresholds."),
    bound(
        "get_objects",
        "(generation=None)",
        get_objects,
        "Return a list of objects tracked by the collector (excluding the list returned).",
    ),
    plain(
        "get_stats",
        "()",
        get_stats,
        "Return a list of dictionaries containing per-generation statistics.",
    ),
    plain("set_debug", "(flags, /)", set_debug, "Set the garbage collection debugging flags."),
    plain("get_debug", "()", get_debug, "Get the garbage collection debugging flags."),
    raw(
        "get_referrers",
        "(*objs)",
        get_referrers,
        "Return the list of objects that directly refer to any of 'objs'.",
    ),
    raw(
        "get_referents",
        "(*objs)",
        get_referents,
        "Return the list of objects that are directly referred to by 'objs'.",
    ),
    plain(
        "is_tracked",
        "(obj, /)",
        is_tracked,
        "Returns true if the object is tracked by the garbage collector.",
    ),
    plain(
        "is_finalized",
        "(obj, /)",
        is_finalized,
        "Returns true if the object has been already finalized by the GC.",
    ),
    plain(
        "freeze",
        "()",
        freeze,
        "Freeze all current tracked objects and ignore them for future collections.",
    ),
    plain("unfreeze", "()", unfreeze, "Unfreeze all objects in the permanent generation."),
    plain(
        "get_freeze_count",
        "()",
        get_freeze_count,
        "Return the number of objects in the permanent generation.",
    ),
];

/// Fills the module `gc`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, &FUNCTIONS);
    for (name, value) in [
        ("DEBUG_STATS", gc_run::DEBUG_STATS),
        ("DEBUG_COLLECTABLE", gc_run::DEBUG_COLLECTABLE),
        ("DEBUG_UNCOLLECTABLE", gc_run::DEBUG_UNCOLLECTABLE),
        ("DEBUG_SAVEALL", gc_run::DEBUG_SAVEALL),
        ("DEBUG_LEAK", gc_run::DEBUG_LEAK),
    ] {
        module::set(target, name, int::new(value))?;
    }
    module::set(
        target,
        "__doc__",
        str::new("This module provides access to the garbage collector for reference cycles.").into_any(),
    )?;
    module::set(target, "garbage", gc_run::garbage().into_any())?;
    module::set(target, "callbacks", gc_run::callbacks().into_any())
}
