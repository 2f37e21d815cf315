//! `atexit`: functions to be called when the program ends.

use std::cell::RefCell;

use ouro_heap::Ref;
use ouro_vm::{
    error::{Res, take},
    native::{Args, NativeDef, plain, raw},
    objects::{
        class::Class,
        int, list, module,
        str::{Str, StrExt},
        tuple,
    },
    protocol::{call, compare, object},
    state::shared,
    type_error,
};

thread_local! {
    // The list object of the interpreter on this thread, so that the heap counts what is registered.
    static REGISTERED: RefCell<Option<Ref<list::List>>> = const { RefCell::new(None) };
}

fn registered() -> Ref<list::List> {
    REGISTERED.with(|slot| slot.borrow_mut().get_or_insert_with(list::empty).clone())
}

/// Lets go of the list, when the program is over.
pub fn forget() {
    drop(REGISTERED.take());
}

fn register(args: Args) -> Res {
    let [function, rest @ ..] = args.positional() else {
        return Err(type_error!("register() takes at least 1 argument (0 given)"));
    };
    if !call::is_callable(function) {
        return Err(type_error!("the first argument must be callable"));
    }
    // One tuple an entry: the function, the values of the call, the names of the last of them.
    let values = tuple::from_vec(
        rest.iter().cloned().chain(args.keywords().map(|(_, value)| value.clone())).collect(),
    );
    let names = tuple::from_vec(args.keywords().map(|(name, _)| name.clone().into_any()).collect());
    let entry = tuple::from_vec(vec![function.clone(), values.into_any(), names.into_any()]);
    registered().push(entry.into_any())?;
    Ok(function.clone())
}

fn unregister(args: &[Ref]) -> Res {
    let all = registered();
    for entry in all.snapshot() {
        let same = match entry.payload::<tuple::Tuple>() {
            Some(parts) => compare::equal(&parts.items()[0], &args[0])?,
            None => false,
        };
        if same {
            let removed = all.items.with_mut(|items| {
                let position = items.iter().position(|item| item.is(&entry));
                position.map(|position| items.remove(position))
            });
            drop(removed);
        }
    }
    Ok(shared().none.clone())
}

fn clear(_args: &[Ref]) -> Res {
    let all = registered();
    let old = all.items.with_mut(|items| items.take_all());
    drop(old);
    Ok(shared().none.clone())
}

fn ncallbacks(_args: &[Ref]) -> Res {
    Ok(int::from_usize(registered().len()))
}

fn run_exitfuncs(_args: &[Ref]) -> Res {
    run();
    Ok(shared().none.clone())
}

/// Calls what is registered, last first. What a function raises is reported, and the others still run.
pub fn run() {
    if REGISTERED.with(|slot| slot.borrow().is_none()) {
        return;
    }
    let all = registered();
    while let Some(entry) = all.items.with_mut(|items| items.pop()) {
        let Some(parts) = entry.payload::<tuple::Tuple>() else { continue };
        let [function, values, names] = parts.items() else { continue };
        let (Some(values), Some(names)) =
            (values.downcast::<tuple::Tuple>(), names.downcast::<tuple::Tuple>())
        else {
            continue;
        };
        debug_assert!(
            names.items().iter().all(|name| name.has_layout::<Str>()),
            "of {}",
            Class::of(function).short_name()
        );
        let called = call::call_args(function, Args { all: values.items(), names: Some(names) });
        if let Err(raised) = called {
            let exception = take(raised);
            let shown = object::repr(function).map_or_else(
                |raised| {
                    drop(take(raised));
                    "<function>".to_owned()
                },
                |shown| shown.to_text().into_owned(),
            );
            let message = format!("Exception ignored in atexit callback {shown}");
            ouro_vm::unraisable::report(&exception, None, Some(&message));
        }
    }
}

static FUNCTIONS: [NativeDef; 5] = [
    raw(
        "register",
        "(func, /, *args, **kwargs)",
        register,
        "Register a function to be executed upon normal program termination.",
    ),
    plain(
        "unregister",
        "(func, /)",
        unregister,
        "Unregister an exit function which was previously registered using atexit.register.",
    ),
    plain("_clear", "()", clear, "Clear the list of previously registered exit functions."),
    plain("_ncallbacks", "()", ncallbacks, "Return the number of registered exit functions."),
    plain("_run_exitfuncs", "()", run_exitfuncs, "Run all registered exit functions."),
];

/// Fills the module `atexit`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, &FUNCTIONS);
    Ok(())
}
