//! `_tracemalloc`: what `tracemalloc`, which is written in Python, needs of the interpreter.

use std::collections::HashMap;

use ouro_heap::{Ref, trace};
use ouro_vm::{
    error::Res,
    native::{NativeDef, plain},
    objects::{arguments, bool_, int, list, module, str, tuple},
    state::shared,
    tracing::{self, Birth},
    value_error,
};

/// The address space that all blocks of the heap lie in.
const DOMAIN: i64 = 0;

fn none() -> Res {
    Ok(shared().none.clone())
}

fn start(args: &[Ref]) -> Res {
    let limit = args.first().map_or(Ok(1), arguments::c_int)?;
    match usize::try_from(limit) {
        Ok(limit @ 1..=tracing::MAX_FRAMES) => tracing::start(limit),
        _ => {
            return Err(value_error!("the number of frames must be in range [1; {}]", tracing::MAX_FRAMES));
        }
    }
    none()
}

fn stop(_args: &[Ref]) -> Res {
    tracing::stop();
    none()
}

fn is_tracing(_args: &[Ref]) -> Res {
    Ok(bool_::new(trace::is_on()))
}

fn clear_traces(_args: &[Ref]) -> Res {
    tracing::clear();
    none()
}

fn reset_peak(_args: &[Ref]) -> Res {
    trace::reset_peak();
    none()
}

fn get_traceback_limit(_args: &[Ref]) -> Res {
    Ok(int::from_usize(tracing::limit()))
}

fn get_traced_memory(_args: &[Ref]) -> Res {
    let (held, peak) = trace::held();
    Ok(tuple::from_vec(vec![int::from_usize(held), int::from_usize(peak)]).into_any())
}

fn get_tracemalloc_memory(_args: &[Ref]) -> Res {
    Ok(int::from_usize(tracing::own_bytes()))
}

/// The frames of a traceback, the innermost first, as tuples of file and line.
fn frames(birth: &Birth) -> Ref {
    let frame = |name: Ref, line: u32| tuple::from_vec(vec![name, int::new(line.into())]).into_any();
    let frames = match &*birth.frames {
        // There was no frame: native code at the start of the program.
        [] => vec![frame(str::intern("<unknown>").into_any(), 0)],
        frames => frames.iter().map(|(file, line)| frame(str::intern(file).into_any(), *line)).collect(),
    };
    tuple::from_vec(frames).into_any()
}

fn get_object_traceback(args: &[Ref]) -> Res {
    tracing::birth(&args[0]).map_or_else(none, |birth| Ok(frames(&birth)))
}

fn get_traces(_args: &[Ref]) -> Res {
    // What is made here is traced as well, but not part of the answer.
    let traces = trace::traces();
    let mut known: HashMap<u32, (Ref, Ref)> = HashMap::new();
    let mut all = Vec::with_capacity(traces.len());
    for (place, size) in traces {
        let Some((frames, total)) = known.get(&place).cloned().or_else(|| {
            let birth = tracing::birth_at(place)?;
            let made = (frames(&birth), int::new(i64::from(birth.total.max(1))));
            known.insert(place, made.clone());
            Some(made)
        }) else {
            continue;
        };
        let trace = vec![int::new(DOMAIN), int::from_usize(size), frames, total];
        all.push(tuple::from_vec(trace).into_any());
    }
    Ok(list::from_vec(all)?.into_any())
}

static FUNCTIONS: [NativeDef; 10] = [
    plain(
        "start",
        "(nframe=1, /)",
        start,
        "Begin to trace allocations, each with up to nframe of the frames that are running.",
    ),
    plain("stop", "()", stop, "End tracing and forget all traces."),
    plain("is_tracing", "()", is_tracing, "Whether allocations are being traced."),
    plain("clear_traces", "()", clear_traces, "Forget all traces; tracing goes on."),
    plain("reset_peak", "()", reset_peak, "Set the peak to what traced blocks hold now."),
    plain("get_traceback_limit", "()", get_traceback_limit, "The number of frames that a trace has at most."),
    plain(
        "get_traced_memory",
        "()",
        get_traced_memory,
        "The bytes that traced blocks hold, and the most that they have held.",
    ),
    plain("get_tracemalloc_memory", "()", get_tracemalloc_memory, "The bytes that the tracing itself takes."),
    plain(
        "_get_object_traceback",
        "(obj, /)",
        get_object_traceback,
        "The frames that have made an object, innermost first, or None.",
    ),
    plain(
        "_get_traces",
        "()",
        get_traces,
        "All traces, as tuples of domain, size, frames, and the number of running frames.",
    ),
];

/// Fills the module `_tracemalloc`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, &FUNCTIONS);
    Ok(())
}
