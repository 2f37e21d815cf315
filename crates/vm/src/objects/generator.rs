//! `generator` and `coroutine`; what is special about `async_generator` stands beside.

use std::cell::Cell;

use ouro_bytecode::code::flags;
use ouro_heap::{Payload, Ref, Register, Slot, Trace, alloc, alloc_tailed, tailed_payload};

use crate::{
    boot,
    error::{Raised, Res, raise_with},
    interpreter::{self, Resumption, Sentinel},
    native::{NativeDef, plain},
    objects::{
        async_generator,
        class::{Class, ClassDef, GetSetDef, class_flags, getter, property},
        code::Code,
        exception::{self, ExceptionKind},
        frame::Frame,
        function::Function,
        generic_alias::CLASS_GETITEM,
        slots::Slots,
        str::{self, Str, StrExt},
        traceback::Traceback,
        tuple,
    },
    protocol::attribute,
    runtime_error,
    state::{shared, vm},
    type_error, types,
};

/// What a generator is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
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

/// What a generator is doing, and whether it needs care; the interpreter's loop compares both at once.
#[derive(Trace)]
#[repr(C, align(2))]
pub struct Status {
    pub(crate) state: Cell<State>,
    /// It has a frame object, or it or its resumer handles an exception: more than its registers has to move when it goes
    /// on or yields.
    pub(crate) careful: Cell<bool>,
}

/// The fixed part of a generator; its registers follow as items while it is suspended.
#[derive(Trace)]
pub struct GeneratorHead {
    pub(crate) status: Status,
    /// The instruction that it goes on with. While it is suspended, the one before is the yield, which says how many of its
    /// registers, from the first on, may hold something.
    pub(crate) resume_at: Cell<usize>,
    /// While it runs, its frame borrows this reference.
    pub(crate) function: Slot<Function>,
    /// The code, kept after the end for `gi_code`.
    pub(crate) code: Ref<Code>,
    pub(crate) name: Slot<Str>,
    pub(crate) qualname: Slot<Str>,
    /// A frame object that someone asked for.
    pub(crate) frame: Slot<Frame>,
    /// The exception that the generator handles while it is suspended.
    pub(crate) handled: Slot,
    /// Whether its resumer handles an exception, while it runs; the interpreter keeps that.
    pub(crate) handled_outside: Cell<bool>,
    /// Of an asynchronous generator: how the event loop sees it.
    pub(crate) asynchronous: Cell<AsyncState>,
    /// Of an asynchronous generator: the event loop's function for its end. Of a coroutine: where it was made.
    pub(crate) finalizer: Slot,
}

/// How an event loop sees an asynchronous generator.
#[derive(Clone, Copy, Default)]
pub(crate) struct AsyncState {
    /// The hooks have been called.
    pub(crate) hooked: bool,
    /// It has ended or is being closed.
    pub(crate) closed: bool,
    /// An awaitable drives it.
    pub(crate) running: bool,
}

impl GeneratorHead {
    /// What it is doing.
    #[inline]
    pub(crate) fn state(&self) -> State {
        self.status.state.get()
    }

    /// Notes what it is doing.
    #[inline]
    pub(crate) fn set_state(&self, state: State) {
        self.status.state.set(state);
    }

    /// Gives it a frame object.
    pub(crate) fn set_frame(&self, frame: Ref<Frame>) {
        self.status.careful.set(true);
        self.frame.set(Some(frame));
    }

    /// Changes the asynchronous state.
    pub(crate) fn change(&self, change: impl FnOnce(&mut AsyncState)) {
        let mut state = self.asynchronous.get();
        change(&mut state);
        self.asynchronous.set(state);
    }
}

tailed_payload!(
    /// A generator's payload.
    Generator, "generator", types::GENERATOR, GeneratorHead, Register<Sentinel>
);

/// Every generator has room for so many registers, which the interpreter moves at once.
pub(crate) const LEAST_REGISTERS: usize = 2;

/// A generator (or coroutine) that has not started.
pub(crate) fn new(function: &Ref<Function>, code: &Code, resume_at: usize) -> Ref {
    let index = if code.flags & flags::ASYNC_GENERATOR != 0 {
        types::ASYNC_GENERATOR
    } else if code.flags & flags::COROUTINE != 0 {
        types::COROUTINE
    } else {
        types::GENERATOR
    };
    let head = GeneratorHead {
        status: Status { state: Cell::new(State::Created), careful: Cell::new(false) },
        resume_at: Cell::new(resume_at),
        code: function.code.get().expect("functions have code"),
        name: Slot::new(function.name.get()),
        qualname: Slot::new(function.qualname.get()),
        function: Slot::new(Some(function.clone())),
        frame: Slot::empty(),
        handled: Slot::empty(),
        handled_outside: Cell::new(false),
        asynchronous: Cell::default(),
        finalizer: Slot::empty(),
    };
    if index == types::COROUTINE && vm().slots.coroutine_origin_depth.get() > 0 {
        head.finalizer.set(Some(origin()));
    }
    let room = (code.frame_size as usize).max(LEAST_REGISTERS);
    alloc_tailed(index, head, room, |_| Register::unbound()).into_any()
}

/// The frames that make a coroutine, as `cr_origin` shows them: file, line and function of each.
fn origin() -> Ref {
    let depth = vm().slots.coroutine_origin_depth.get() as usize;
    let callers = (1..=depth).map_while(interpreter::frame_at_depth);
    let entry = |frame: Ref<Frame>| {
        let code = &frame.code;
        let parts = vec![
            code.filename.clone().into_any(),
            crate::objects::int::new(i64::from(frame.line())),
            code.name.clone().into_any(),
        ];
        tuple::from_vec(parts).into_any()
    };
    tuple::from_vec(callers.map(entry).collect()).into_any()
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
    interpreter::step(payload(object), &shared().none, Some, |resumption| match resumption {
        Resumption::Returned(value) if value.is(&shared().none) => Ok(None),
        resumption => result(resumption).map(Some),
    })
}

#[cold]
fn result(resumption: Resumption) -> Res {
    match resumption {
        Resumption::Yielded(value) => Ok(value),
        Resumption::Returned(value) => Err(stop_iteration(value)),
    }
}

fn send(args: &[Ref]) -> Res {
    interpreter::step(payload(&args[0]), &args[1], |value| value, result)
}

fn throw(args: &[Ref]) -> Res {
    if args.len() > 2 {
        warn_throw_signature("throw")?;
    }
    let exception = thrown_exception(&args[1..])?;
    result(interpreter::throw(payload(&args[0]), exception)?)
}

/// The three arguments of `throw()` are deprecated.
pub(crate) fn warn_throw_signature(method: &str) -> Res<()> {
    let message = format!(
        "the (type, exc, tb) signature of {method}() is deprecated, use the single-arg signature instead."
    );
    crate::warning::warn(ExceptionKind::DeprecationWarning, &message)
}

/// The exception that `throw(type, value, traceback)` throws.
pub(crate) fn thrown_exception(args: &[Ref]) -> Res {
    let none = &shared().none;
    let (kind, value) = (&args[0], args.get(1).filter(|value| !value.is(none)));
    let traceback = match args.get(2).filter(|traceback| !traceback.is(none)) {
        Some(traceback) => Some(
            traceback
                .downcast::<Traceback>()
                .ok_or_else(|| type_error!("throw() third argument must be a traceback object"))?,
        ),
        None => None,
    };
    let exception = if exception::is_exception_class(kind) {
        let made = match value {
            Some(value) if exception::is_exception(value) => value.clone(),
            Some(value) => crate::protocol::call::call(kind, std::slice::from_ref(value))?,
            None => crate::protocol::call::call(kind, &[])?,
        };
        if !exception::is_exception(&made) {
            let shown = crate::protocol::object::repr(kind)?;
            return Err(type_error!(
                "calling {} should have returned an instance of BaseException, not {}",
                shown.to_text(),
                Class::of(&made).short_name()
            ));
        }
        made
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
    if let Some(traceback) = traceback {
        exception::payload(&exception).head.traceback.set(Some(traceback.clone()));
    }
    Ok(exception)
}

fn close(args: &[Ref]) -> Res {
    interpreter::close_generator(payload(&args[0]))
}

/// The finalizer: a coroutine that never ran is worth a warning, an asynchronous generator belongs to its event loop,
/// and a generator that is suspended inside a `try` is closed.
pub(crate) fn finalize(object: &Ref) {
    let generator = payload(object);
    let state = generator.head.state();
    if !matches!(state, State::Suspended | State::Created) {
        return;
    }
    let index = object.header().type_index();
    if state == State::Created && index == types::GENERATOR {
        return;
    }
    let raised = vm().raised.take();
    let result = match index {
        types::COROUTINE if state == State::Created => warn_never_awaited(object),
        types::ASYNC_GENERATOR => async_generator::call_finalizer(generator).and_then(|called| {
            if called { Ok(()) } else { interpreter::close_generator(generator).map(drop) }
        }),
        _ => interpreter::close_generator(generator).map(drop),
    };
    if let Err(failed) = result {
        interpreter::report_unraisable(failed, object);
    }
    vm().raised.set(raised);
}

/// Warns through `warnings`, which knows how to show where the coroutine was made.
fn warn_never_awaited(coroutine: &Ref) -> Res<()> {
    if let Some(warnings) = crate::import::loaded(&str::intern("warnings"))
        && let Some(warn) = attribute::get_optional(&warnings, &str::intern("_warn_unawaited_coroutine"))?
    {
        return crate::protocol::call::call(&warn, std::slice::from_ref(coroutine)).map(drop);
    }
    let name = payload(coroutine).head.qualname.get().map(|name| name.to_text().into_owned());
    let message = format!("coroutine '{}' was never awaited", name.unwrap_or_default());
    crate::warning::warn_about(ExceptionKind::RuntimeWarning, &message, coroutine)
}

pub(crate) fn repr(object: &Ref) -> Res {
    let name =
        payload(object).head.qualname.get().map(|name| name.to_text().into_owned()).unwrap_or_default();
    let kind = Class::of(object).short_name();
    Ok(str::new(&format!("<{kind} object {name} at {:#x}>", object.address())).into_any())
}

fn itself(object: &Ref) -> Res {
    Ok(object.clone())
}

fn running(object: &Ref) -> Res {
    Ok(crate::objects::bool_::new(payload(object).head.state() == State::Running))
}

pub(crate) fn suspended(object: &Ref) -> Res {
    Ok(crate::objects::bool_::new(payload(object).head.state() == State::Suspended))
}

pub(crate) fn frame(object: &Ref) -> Res {
    let head = &payload(object).head;
    if head.state() == State::Finished {
        return Ok(shared().none.clone());
    }
    if let Some(frame) = head.frame.get() {
        return Ok(frame.into_any());
    }
    if head.state() == State::Running
        && let Some(frame) = interpreter::frame_of_generator(object)
    {
        return Ok(frame.into_any());
    }
    let Some(function) = head.function.get() else { return Ok(shared().none.clone()) };
    let made = crate::objects::frame::new(head.code.clone(), Some(function), None, 0);
    match head.state() {
        // One that has not begun waits at the instruction that made it, which belongs to the first line.
        State::Suspended | State::Created => made.instruction.set(interpreter::suspended_at(payload(object))),
        _ => {}
    }
    link_frame(object, &made);
    head.set_frame(made.clone());
    Ok(made.into_any())
}

/// Tells a frame object that its locals are in a suspended generator. The generator refers to the frame, so the frame
/// must not keep the generator alive.
pub(crate) fn link_frame(generator: &Ref, frame: &Frame) {
    if frame.generator.is_empty() {
        frame.generator.set(crate::objects::weak::make(types::WEAK_REF, generator, None).ok());
    }
}

pub(crate) fn delegate(object: &Ref) -> Res {
    Ok(interpreter::delegate_of(payload(object)).unwrap_or_else(|| shared().none.clone()))
}

pub(crate) fn code(object: &Ref) -> Res {
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

/// Whether `await` drives an object itself: a coroutine, or a generator that `types.coroutine` has marked.
fn is_awaited_directly(value: &Ref) -> bool {
    match value.header().type_index() {
        types::COROUTINE => true,
        types::GENERATOR => payload(value).head.code.flags & flags::ITERABLE_COROUTINE != 0,
        _ => false,
    }
}

/// The iterator that `await value` drives. `place` is 1 or 2 for what `__aenter__` or `__aexit__` gave.
pub(crate) fn awaitable_iterator(value: &Ref, place: u16) -> Res {
    if is_awaited_directly(value) {
        return Ok(value.clone());
    }
    let class = Class::of(value);
    let Some(slot) = class.slots.0.await_.get() else {
        let name = class.short_name();
        return Err(match place {
            0 => type_error!("object {name} can't be used in 'await' expression"),
            _ => type_error!(
                "'async with' received an object from __a{}__ that does not implement __await__: {name}",
                if place == 1 { "enter" } else { "exit" }
            ),
        });
    };
    let iterator = slot(value)?;
    if is_awaited_directly(&iterator) {
        return Err(type_error!("__await__() returned a coroutine"));
    }
    if Class::of(&iterator).slots.0.next.get().is_none() {
        return Err(type_error!(
            "__await__() returned non-iterator of type '{}'",
            Class::of(&iterator).short_name()
        ));
    }
    Ok(iterator)
}

/// The iterator of an `await` expression. A coroutine can be awaited in one place at a time.
pub(crate) fn await_iterator(value: &Ref, place: u16) -> Res {
    let iterator = awaitable_iterator(value, place)?;
    if iterator.header().type_index() == types::COROUTINE
        && interpreter::delegate_of(payload(&iterator)).is_some()
    {
        return Err(runtime_error!("coroutine is being awaited already"));
    }
    Ok(iterator)
}

/// `type(value).__aiter__(value)`, which has to have `__anext__`.
pub(crate) fn async_iterator(value: &Ref) -> Res {
    let class = Class::of(value);
    let Some(slot) = class.slots.0.aiter.get() else {
        return Err(type_error!(
            "'async for' requires an object with __aiter__ method, got {}",
            class.short_name()
        ));
    };
    let iterator = slot(value)?;
    if Class::of(&iterator).slots.0.anext.get().is_none() {
        return Err(type_error!(
            "'async for' received an object from __aiter__ that does not implement __anext__: {}",
            Class::of(&iterator).short_name()
        ));
    }
    Ok(iterator)
}

/// The awaitable of `type(value).__anext__(value)`.
pub(crate) fn async_next(value: &Ref) -> Res {
    let class = Class::of(value);
    let Some(slot) = class.slots.0.anext.get() else {
        return Err(type_error!(
            "'async for' requires an iterator with __anext__ method, got {}",
            class.short_name()
        ));
    };
    let awaitable = slot(value)?;
    if value.header().type_index() == types::ASYNC_GENERATOR {
        return Ok(awaitable);
    }
    awaitable_iterator(&awaitable, 0).map_err(|raised| {
        let cause = crate::error::take(raised);
        let name = Class::of(&awaitable).short_name();
        let error = exception::new(
            ExceptionKind::TypeError,
            vec![
                str::new(&format!("'async for' received an invalid object from __anext__: {name}"))
                    .into_any(),
            ],
        );
        let head = &exception::payload(&error).head;
        head.cause.set(Some(cause.clone()));
        head.context.set(Some(cause));
        head.suppress_context.set(true);
        crate::error::restore(error)
    })
}

/// `coroutine.__await__()`: the coroutine as an iterator, which it is not itself.
#[derive(Payload)]
#[payload(types::COROUTINE_WRAPPER)]
pub struct CoroutineWrapper(Ref<Generator>);

fn await_coroutine(object: &Ref) -> Res {
    boot::add_class(&COROUTINE_WRAPPER);
    Ok(alloc(CoroutineWrapper(payload(object).clone())).into_any())
}

fn wrapped(object: &Ref) -> &Ref {
    object.payload::<CoroutineWrapper>().expect("a method of coroutine_wrapper").0.as_any()
}

/// The arguments of a wrapper's method as those of the coroutine's.
fn unwrap_first(args: &[Ref], method: fn(&[Ref]) -> Res) -> Res {
    let mut args: smallvec::SmallVec<[Ref; 4]> = args.iter().cloned().collect();
    args[0] = wrapped(&args[0]).clone();
    method(&args)
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

pub(crate) const NAMES: [GetSetDef; 2] = [
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
    methods: &[METHODS[0], METHODS[1], METHODS[2], CLASS_GETITEM],
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

const SEND_TO_COROUTINE: NativeDef = NativeDef {
    doc: "send(value) -> send 'value' into coroutine,\ngive what it awaits next or raise StopIteration.",
    ..METHODS[0]
};
const THROW_INTO_COROUTINE: NativeDef = NativeDef {
    doc: "Raise exception in coroutine, give what it awaits next or raise\nStopIteration.",
    ..METHODS[1]
};
const CLOSE_COROUTINE: NativeDef =
    NativeDef { doc: "close() -> raise GeneratorExit inside coroutine.", ..METHODS[2] };

/// `coroutine`
pub static COROUTINE: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { repr: Some(repr), await_: Some(await_coroutine), ..Slots::NONE },
    methods: &[SEND_TO_COROUTINE, THROW_INTO_COROUTINE, CLOSE_COROUTINE, CLASS_GETITEM],
    getset: &[
        NAMES[0],
        NAMES[1],
        getter("cr_running", running, ""),
        getter("cr_suspended", suspended, ""),
        getter("cr_frame", frame, ""),
        getter("cr_code", code, ""),
        getter("cr_await", delegate, "object being awaited on, or None"),
        getter("cr_origin", cr_origin, ""),
    ],
    ..ClassDef::new::<Generator>(types::COROUTINE, "coroutine")
};

fn cr_origin(object: &Ref) -> Res {
    Ok(payload(object).head.finalizer.get().unwrap_or_else(|| shared().none.clone()))
}

static COROUTINE_WRAPPER: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots { iter: Some(itself), next: Some(|object| next(wrapped(object))), ..Slots::NONE },
    methods: &[
        plain("send", "(self, value, /)", |args| unwrap_first(args, send), METHODS[0].doc),
        plain("throw", "(self, typ, val=None, tb=None, /)", |args| unwrap_first(args, throw), METHODS[1].doc),
        plain("close", "(self, /)", |args| unwrap_first(args, close), METHODS[2].doc),
    ],
    ..ClassDef::new::<CoroutineWrapper>(types::COROUTINE_WRAPPER, "coroutine_wrapper")
};
