//! Handlers: calls with `*args` and `**keywords`.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::Ref;
use smallvec::SmallVec;

use super::{
    calls::{Site, bind_window, enter_bound},
    containers::{function_text, merge_keywords},
    core::*,
    stack::{self, ANY_RESULT, OPERANDS, SPECIAL},
};
use crate::{
    error::{Raised, Res},
    native::Args,
    objects::{
        builtin::BuiltinFunction,
        class::Class,
        dict::{self, Dict},
        function::Function,
        method::Method,
        str::Str,
        tuple::{self, Tuple},
    },
    protocol::{self, iterate},
    type_error, types,
};

#[inline(never)]
pub(crate) unsafe fn CallEx(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let base = w.b();
        let callable = borrow(fp, base).expect("the callable stands in the window");
        if type_of(*slot(fp, base + 3)) != types::TUPLE {
            let positional = check!(pc, fp, collect(fp, base + 3, callable));
            store(fp, base + 3, positional.into_any());
        }
        let mut has_mapping = w.c() == 1;
        if has_mapping && !check!(pc, fp, settle_keywords(fp, base)) {
            drop(take(fp, base + 4));
            has_mapping = false;
        }
        if type_of(*slot(fp, base)) == types::FUNCTION {
            return call_function(pc, fp, has_mapping);
        }
        if !has_mapping
            && let Some(method) = callable.payload::<Method>()
            && let Some(function) = method.function.downcast::<Function>()
            && !code_in(function.as_any().as_ptr()).is_generator()
        {
            return call_bound(pc, fp, function.as_any().clone(), method.receiver.clone());
        }
        let result = call_anything(fp, base, has_mapping);
        // Also where it has failed: the positional arguments first.
        release_window(fp, base + 3, 1 + usize::from(has_mapping));
        let result = check!(pc, fp, result);
        drop(take(fp, base));
        store(fp, w.a(), result);
        next!(pc.add(2), fp)
    }
}

/// The positional arguments as a tuple.
unsafe fn collect(fp: Fp, place: u16, callable: &Ref) -> Res<Ref<Tuple>> {
    // SAFETY: the slot holds what stands behind `*`.
    let arguments = unsafe { borrow(fp, place) }.expect("the arguments stand in the window");
    if !iterate::is_iterable(arguments) {
        let kind = Class::of(arguments).short_name();
        return Err(type_error!(
            "{} argument after * must be an iterable, not {kind}",
            function_text(callable)
        ));
    }
    tuple::from_iterable(arguments).map(|tuple| tuple.into::<Tuple>().expect("it makes tuples"))
}

/// Makes sure that the keywords stand in the window as an exact dictionary with strings for keys; whether there are any.
unsafe fn settle_keywords(fp: Fp, base: u16) -> Res<bool> {
    // SAFETY: the slots hold callable and mapping.
    unsafe {
        let mapping = borrow(fp, base + 4).expect("the keywords stand in the window");
        if !mapping.is_exact::<Dict>() {
            let callable = borrow(fp, base).expect("the callable stands in the window");
            let made = dict::new();
            merge_keywords(&made, mapping, callable)?;
            store(fp, base + 4, made.into_any());
        }
        let keywords = keywords_of(fp, base);
        if keywords.table.with(|table| table.iter().all(|(key, _)| key.has_layout::<Str>())) {
            Ok(!keywords.is_empty())
        } else {
            Err(not_strings(borrow(fp, base).expect("the callable stands in the window")))
        }
    }
}

/// What [`settle_keywords`] has settled.
unsafe fn keywords_of<'a>(fp: Fp, base: u16) -> &'a Dict {
    // SAFETY: as said above.
    unsafe { payload::<Dict>(*slot(fp, base + 4)) }
}

/// What is raised for keywords that are no strings: what cannot be called at all does not look at them.
#[cold]
fn not_strings(callable: &Ref) -> Raised {
    match Class::of(callable).slots.0.call.get() {
        Some(_) => type_error!("keywords must be strings"),
        None => type_error!("'{}' object is not callable", Class::of(callable).short_name()),
    }
}

/// The names of keywords, as calls take them.
fn names_of(keywords: &Dict) -> Ref<Tuple> {
    keywords.table.with(|table| {
        let mut keys = table.iter().map(|(key, _)| key.clone());
        tuple::from_exact_iter((0..table.len()).map(|_| keys.next().expect("as many keys as counted")))
    })
}

/// Enters a Python function: the arguments go straight to its registers.
unsafe fn call_function(pc: Pc, fp: Fp, has_mapping: bool) -> Flow {
    unsafe {
        let w = word(pc);
        let base = w.b();
        let keywords = has_mapping.then(|| keywords_of(fp, base));
        let items = payload::<Tuple>(*slot(fp, base + 3)).items();
        let positional = items.len();
        let count = positional + keywords.map_or(0, Dict::len);
        let first = fp.add(base as usize + 3);
        let frame_size = code_in(*first.sub(3)).frame_size as usize;
        check!(pc, fp, stack::reserve(first.add(frame_size.max(count) + 8)));
        let names = keywords.map(names_of);
        let tuple = take(fp, base + 3);
        let mapping = if has_mapping { take(fp, base + 4) } else { None };
        for (offset, item) in items.iter().enumerate() {
            *first.add(offset) = item.clone().into_raw();
        }
        if let Some(mapping) = mapping.as_ref().and_then(|mapping| mapping.payload::<Dict>()) {
            mapping.table.with(|table| {
                for (offset, (_, value)) in table.iter().enumerate() {
                    *first.add(positional + offset) = value.clone().into_raw();
                }
            });
        }
        if (count != code_in(*first.sub(3)).simple_count as usize || names.is_some())
            && let Err(raised) = bind_window(first, count, names.as_ref())
        {
            // What the arguments were in goes last, as in CPython.
            drop(tuple);
            drop(mapping);
            return super::unwind::raised(pc, fp, raised);
        }
        drop(tuple);
        drop(mapping);
        enter_bound(Site { pc, fp, base, count, destination: w.a(), length: 2 })
    }
}

/// Enters the Python function of a bound method. The method and the tuple of arguments stay where they are until it returns,
/// as on CPython's stack.
unsafe fn call_bound(pc: Pc, fp: Fp, function: Ref, receiver: Ref) -> Flow {
    unsafe {
        let w = word(pc);
        let base = w.b();
        let code = code_in(function.as_ptr());
        let items = payload::<Tuple>(*slot(fp, base + 3)).items();
        let count = items.len() + 1;
        let callee = fp.add(base as usize + 5);
        check!(pc, fp, stack::reserve(callee.add((code.frame_size as usize).max(count) + 8)));
        let depth = stack::depth(*fp.sub(1)) + 1;
        if depth >= stack::depth_limit() {
            return super::unwind::raised(pc, fp, stack::too_deep());
        }
        *callee.sub(4) = std::mem::replace(&mut *slot(fp, base + 3), unbound());
        *callee.sub(3) = function.into_raw();
        *callee = receiver.into_raw();
        for (offset, item) in items.iter().enumerate() {
            *callee.add(1 + offset) = item.clone().into_raw();
        }
        if count != code.simple_count as usize
            && let Err(raised) = bind_window(callee, count, None)
        {
            drop(take(callee.sub(3), 0));
            drop(take(callee.sub(4), 0));
            return super::unwind::raised(pc, fp, raised);
        }
        *callee.sub(2) = (pc.add(2) as usize | SPECIAL) as Slot;
        let link = stack::link(base as usize + 5, w.a(), depth) as u64;
        *callee.sub(1) = (link | OPERANDS | ANY_RESULT) as usize as Slot;
        let entry = code_of(callee).words.0.as_ptr();
        if ouro_heap::state::pending_bits() != 0 {
            publish(entry, callee);
            check!(entry, callee, super::entry::handle_pending());
        }
        next!(entry, callee)
    }
}

/// Calls what is no Python function. Callable, tuple and dictionary stay in the window meanwhile.
unsafe fn call_anything(fp: Fp, base: u16, has_mapping: bool) -> Res {
    unsafe {
        let keywords = has_mapping.then(|| keywords_of(fp, base));
        let callable = borrow(fp, base).expect("the callable stands in the window");
        let items = payload::<Tuple>(*slot(fp, base + 3)).items();
        let Some(keywords) = keywords else {
            return call(callable, Args { all: items, names: None });
        };
        let names = names_of(keywords);
        let all: SmallVec<[Ref; 8]> = keywords
            .table
            .with(|table| items.iter().chain(table.iter().map(|(_, value)| value)).cloned().collect());
        call(callable, Args { all: &all, names: Some(&names) })
    }
}

#[inline(always)]
fn call(callable: &Ref, args: Args) -> Res {
    match callable.payload::<BuiltinFunction>() {
        Some(builtin) => builtin.call(args),
        None => protocol::call::call_args(callable, args),
    }
}
