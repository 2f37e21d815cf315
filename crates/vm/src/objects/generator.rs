//! `generator` and `coroutine`.

use std::cell::Cell;

use ouro_heap::{Ref, Slot, Trace, alloc_tailed, tailed_payload};

use crate::{
    error::{Raised, Res, raise_with},
    interpreter::{self, Resumption},
    native::{Args, NativeDef, plain},
    objects::{
        class::{Class, ClassDef, GetSetDef, class_flags, getter, property},
        code::Code,
        exception::{self, ExceptionKind},
        frame::Frame,
        function::Function,
        slots::Slots,
        str::{self, Str, StrExt},
        traceback::Traceback,
    },
    protocol::attribute,
    state::{names, shared},
    type_error, types,
};

/// What a generator is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not started.
    Created,
    /// Waiting at a yield.
    Suspended,
    /// Running.
    Running,
    /// Returned or raised.
    Finished,
}

/// The fixed part of a generator; its registers follow as items while it is suspended.
#[derive(Trace)]
pub struct GeneratorHead {
    pub(crate) state: Cell<State>,
    pub(crate) resume_at: Cell<usize>,
    /// How many of its registers, from the first on, may hold something while it is suspended.
    pub(crate) live: Cell<u32>,
    pub(crate) function: Slot<Function>,
    /// The code, kept after the end for `gi_code`.
    pub(crate) code: Ref<Code>,
    pub(crate) name: Slot<Str>,
    pub(crate) qualname: Slot<Str>,
    /// A frame object that someone asked for.
    pub(crate) frame: Slot<Frame>,
    /// The exception that the generator handles while it is suspended.
    pub(crate) handled: Slot,
    /// The handled exception of the resumer, while it runs.
    pub(crate) outer_handled: Slot,
}

tailed_payload!(
    /// A generator's payload.
    Generator, "generator", types::GENERATOR, GeneratorHead, Slot
);

/// A generator (or coroutine) that has not started.
pub(crate) fn new(function: &Ref<Function>, code: &Code, resume_at: usize) -> Ref {
    use ouro_bytecode::code::flags;
    let index = if code.flags & flags::ASYNC_GENERATOR != 0 {
        types::ASYNC_GENERATOR
    } else if code.flags & flags::COROUTINE != 0 {
        types::COROUTINE
    } else {
        types::GENERATOR
    };
    let head = GeneratorHead {
        state: Cell::new(State::Created),
        resume_at: Cell::new(resume_at),
        live: Cell::new(code.locals.len() as u32),
        code: function.code.get().expect("functions have code"),
        name: Slot::new(function.name.get()),
        qualname: Slot::new(function.qualname.get()),
        function: Slot::new(Some(function.clone())),
        frame: Slot::empty(),
        handled: Slot::empty(),
        outer_handled: Slot::empty(),
    };
    alloc_tailed(index, head, code.frame_size as usize, |_| Slot::empty()).into_any()
}

/// Raises StopIteration with a value, as the end of a generator does.
pub fn stop_iteration(value: Ref) -> Raised {
    let args = if value.is(&shared().none) { Vec::new() } else { vec![value] };
    raise_with(ExceptionKind::StopIteration, args)
}

fn payload(object: &Ref) -> &Ref<Generator> {
    object.downcast::<Generator>().expect("a generator")
}

/// `next(generator)`: nothing at the end.
pub(crate) fn next(object: &Ref) -> Res<Option<Ref>> {
    match interpreter::step(payload(object), &shared().none)? {
        Resumption::Yielded(value) => Ok(Some(value)),
        Resumption::Returned(value) if value.is(&shared().none) => Ok(None),
        Resumption::Returned(value) => Err(stop_iteration(value)),
    }
}

/// The value of a StopIteration that a native `next` has swallowed: native iterators have none.
pub(crate) fn take_stop_value() -> Option<Ref> {
    None
}

fn result(resumption: Resumption) -> Res {
    match resumption {
        Resumption::Yielded(value) => Ok(value),
        Resumption::Returned(value) => Err(stop_iteration(value)),
    }
}

fn send(args: &[Ref]) -> Res {
    result(interpreter::step(payload(&args[0]), &args[1])?)
}

fn throw(args: &[Ref]) -> Res {
    let none = &shared().none;
    let (kind, value) = (&args[1], args.get(2).filter(|value| !value.is(none)));
    let exception = if exception::is_exception_class(kind) {
        match value {
            Some(value) if exception::is_exception(value) => value.clone(),
            Some(value) => crate::protocol::call::call(kind, std::slice::from_ref(value))?,
            None => crate::protocol::call::call(kind, &[])?,
        }
    } else if exception::is_exception(kind) {
        if value.is_some() {
            return Err(type_error!("instance exception may not have a separate value"));
        }
        kind.clone()
    } else {
        return Err(type_error!(
            "exceptions must be classes or instances deriving from BaseException, not {}",
            Class::of(kind).short_name()
        ));
    };
    if let Some(traceback) = args.get(3).filter(|traceback| !traceback.is(none)) {
        match traceback.downcast::<Traceback>() {
            Some(traceback) => exception::payload(&exception).head.traceback.set(Some(traceback.clone())),
            None => return Err(type_error!("throw() third argument must be a traceback object")),
        }
    }
    result(interpreter::throw(payload(&args[0]), exception)?)
}

fn close(args: &[Ref]) -> Res {
    interpreter::close_generator(payload(&args[0]))
}

/// The finalizer: a generator that is suspended inside a `try` is closed.
pub(crate) fn finalize(object: &Ref) {
    let generator = payload(object);
    if generator.head.state.get() != State::Suspended {
        return;
    }
    let raised = crate::state::vm().raised.take();
    if let Err(failed) = interpreter::close_generator(generator) {
        interpreter::report_unraisable(failed, object);
    }
    crate::state::vm().raised.set(raised);
}

fn repr(object: &Ref) -> Res {
    let name =
        payload(object).head.qualname.get().map(|name| name.to_text().into_owned()).unwrap_or_default();
    let kind = Class::of(object).short_name();
    Ok(str::new(&format!("<{kind} object {name} at {:#x}>", object.address())).into_any())
}

fn itself(object: &Ref) -> Res {
    Ok(object.clone())
}

fn running(object: &Ref) -> Res {
    Ok(crate::objects::bool_::new(payload(object).head.state.get() == State::Running))
}

fn suspended(object: &Ref) -> Res {
    Ok(crate::objects::bool_::new(payload(object).head.state.get() == State::Suspended))
}

fn frame(object: &Ref) -> Res {
    let head = &payload(object).head;
    if head.state.get() == State::Finished {
        return Ok(shared().none.clone());
    }
    if let Some(frame) = head.frame.get() {
        return Ok(frame.into_any());
    }
    let Some(function) = head.function.get() else { return Ok(shared().none.clone()) };
    let made = crate::objects::frame::new(head.code.clone(), Some(function), None, 0);
    made.locals.with_mut(|locals| *locals = payload(object).items().iter().map(Slot::get).collect());
    Ok(made.into_any())
}

fn delegate(object: &Ref) -> Res {
    Ok(interpreter::delegate_of(payload(object)).unwrap_or_else(|| shared().none.clone()))
}

fn code(object: &Ref) -> Res {
    Ok(payload(object).head.code.clone().into_any())
}

fn set_name(object: &Ref, value: Option<&Ref>) -> Res<()> {
    match value.and_then(|value| value.downcast::<Str>()) {
        Some(name) => payload(object).head.name.set(Some(name.clone())),
        None => return Err(type_error!("__name__ must be set to a string object")),
    }
    Ok(())
}

fn set_qualname(object: &Ref, value: Option<&Ref>) -> Res<()> {
    match value.and_then(|value| value.downcast::<Str>()) {
        Some(name) => payload(object).head.qualname.set(Some(name.clone())),
        None => return Err(type_error!("__qualname__ must be set to a string object")),
    }
    Ok(())
}

/// The iterator that `await value` drives.
pub(crate) fn awaitable_iterator(value: &Ref, _place: u16) -> Res {
    if value.header().type_index() == types::COROUTINE {
        return Ok(value.clone());
    }
    match attribute::lookup_special(value, &names().__await__)? {
        Some(method) => crate::protocol::call::call(&method, &[]),
        None => {
            Err(type_error!("object {} can't be used in 'await' expression", Class::of(value).short_name()))
        }
    }
}

/// `type(value).__aiter__(value)`
pub(crate) fn async_iterator(value: &Ref) -> Res {
    match attribute::lookup_special(value, &names().__aiter__)? {
        Some(method) => crate::protocol::call::call(&method, &[]),
        None => Err(type_error!(
            "'async for' requires an object with __aiter__ method, got {}",
            Class::of(value).short_name()
        )),
    }
}

/// The awaitable of `type(value).__anext__(value)`.
pub(crate) fn async_next(value: &Ref) -> Res {
    match attribute::lookup_special(value, &names().__anext__)? {
        Some(method) => awaitable_iterator(&crate::protocol::call::call(&method, &[])?, 0),
        None => Err(type_error!(
            "'async for' requires an iterator with __anext__ method, got {}",
            Class::of(value).short_name()
        )),
    }
}

fn await_coroutine(args: &[Ref]) -> Res {
    // A coroutine drives itself: the wrapper that CPython makes adds nothing that a program can tell but its type.
    Ok(args[0].clone())
}

fn call_next(args: Args) -> Res {
    let values = args.exactly("__next__", 1, 1)?;
    next(&values[0])?.map_or_else(|| Err(stop_iteration(shared().none.clone())), Ok)
}

const METHODS: &[NativeDef] = &[
    plain(
        "send",
        "(self, value, /)",
        send,
        "send(value) -> send 'value' into generator,\nreturn next yielded value or raise StopIteration.",
    ),
    plain(
        "throw",
        "(self, typ, val=None, tb=None, /)",
        throw,
        "Raise exception in generator, return next yielded value or raise\nStopIteration.",
    ),
    plain("close", "(self, /)", close, "close() -> raise GeneratorExit inside generator."),
];

const NAMES: [GetSetDef; 2] = [
    property(
        "__name__",
        |object| Ok(payload(object).head.name.get().map_or_else(|| shared().none.clone(), Ref::into_any)),
        set_name,
        "name of the generator",
    ),
    property(
        "__qualname__",
        |object| Ok(payload(object).head.qualname.get().map_or_else(|| shared().none.clone(), Ref::into_any)),
        set_qualname,
        "qualified name of the generator",
    ),
];

/// `generator`
pub static GENERATOR: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { repr: Some(repr), iter: Some(itself), next: Some(next), ..Slots::NONE },
    methods: METHODS,
    getset: &[
        NAMES[0],
        NAMES[1],
        getter("gi_running", running, ""),
        getter("gi_suspended", suspended, ""),
        getter("gi_frame", frame, ""),
        getter("gi_code", code, ""),
        getter("gi_yieldfrom", delegate, "object being iterated by yield from, or None"),
    ],
    ..ClassDef::new::<Generator>(types::GENERATOR, "generator")
};

/// `coroutine`
pub static COROUTINE: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { repr: Some(repr), ..Slots::NONE },
    methods: &[
        METHODS[0],
        METHODS[1],
        METHODS[2],
        plain("__await__", "(self, /)", await_coroutine, ""),
        crate::native::raw("__next__", "(self, /)", call_next, ""),
    ],
    getset: &[
        NAMES[0],
        NAMES[1],
        getter("cr_running", running, ""),
        getter("cr_suspended", suspended, ""),
        getter("cr_frame", frame, ""),
        getter("cr_code", code, ""),
        getter("cr_await", delegate, "object being awaited on, or None"),
    ],
    ..ClassDef::new::<Generator>(types::COROUTINE, "coroutine")
};

/// `async_generator`: it can be made and looked at. There is no event loop that would run it.
pub static ASYNC_GENERATOR: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { repr: Some(repr), ..Slots::NONE },
    getset: &[
        NAMES[0],
        NAMES[1],
        getter("ag_running", running, ""),
        getter("ag_suspended", suspended, ""),
        getter("ag_frame", frame, ""),
        getter("ag_code", code, ""),
        getter("ag_await", delegate, "object being awaited on, or None"),
    ],
    ..ClassDef::new::<Generator>(types::ASYNC_GENERATOR, "async_generator")
};
