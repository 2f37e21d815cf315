//! `async_generator`: its awaitables, and the hooks of the event loop.
//!
//! What an asynchronous generator yields is wrapped, so that it can be told from what its `await` expressions hand to
//! the event loop. The awaitables of `asend` and `athrow` unwrap it and end with it.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, Trace, alloc};

use crate::{
    boot,
    error::{self, Res},
    interpreter::{self, Resumption},
    native::{NativeDef, plain},
    objects::{
        bool_,
        class::{ClassDef, class_flags, getter},
        exception::{self, ExceptionKind},
        generator::{self, Generator, State},
        generic_alias::CLASS_GETITEM,
        slots::Slots,
        str::StrExt,
    },
    protocol::call,
    runtime_error,
    state::{shared, vm},
    types,
};

/// A value that an asynchronous generator yields, on its way to the awaitable that unwraps it.
#[derive(Payload)]
#[payload(types::ASYNC_GENERATOR_WRAPPED_VALUE)]
pub struct WrappedValue(Ref);

/// How far an awaitable has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Fresh,
    Running,
    Closed,
}

/// What an awaitable does with its generator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Send,
    Throw,
    Close,
}

/// The awaitable of `asend()` and `__anext__()`.
#[derive(Payload)]
#[payload(types::ASYNC_GENERATOR_ASEND)]
pub struct AsyncSend(Awaitable);

/// The awaitable of `athrow()` and `aclose()`.
#[derive(Payload)]
#[payload(types::ASYNC_GENERATOR_ATHROW)]
pub struct AsyncThrow(Awaitable);

/// What both kinds of awaitables consist of.
#[derive(Trace)]
struct Awaitable {
    generator: Ref<Generator>,
    /// What is sent, or the exception to throw.
    value: Slot,
    action: Cell<Action>,
    stage: Cell<Stage>,
}

/// Wraps a value that an asynchronous generator yields.
pub(crate) fn wrap(value: Ref) -> Ref {
    boot::add_class(&WRAPPED_VALUE);
    alloc(WrappedValue(value)).into_any()
}

fn generator_of(object: &Ref) -> &Ref<Generator> {
    object.downcast::<Generator>().expect("a method of async_generator")
}

/// Tells the event loop about the generator at its first use.
fn call_hooks(generator: &Ref<Generator>) -> Res<()> {
    let head = &generator.head;
    if head.asynchronous.get().hooked {
        return Ok(());
    }
    head.change(|state| state.hooked = true);
    let hooks = &vm().slots.async_generator_hooks;
    head.finalizer.set(hooks.finalizer.get());
    if let Some(first) = hooks.first_iteration.get() {
        call::call(&first, &[generator.clone().into_any()])?;
    }
    Ok(())
}

fn awaitable(generator: &Ref, action: Action, value: Option<Ref>) -> Res {
    let generator = generator_of(generator);
    call_hooks(generator)?;
    let made = Awaitable {
        generator: generator.clone(),
        value: Slot::new(value),
        action: Cell::new(action),
        stage: Cell::new(Stage::Fresh),
    };
    Ok(if action == Action::Send {
        let class = boot::add_class(&ASYNC_SEND);
        ouro_heap::types::record(class.index).set_finalizer(Some(warn_unawaited));
        alloc(AsyncSend(made)).into_any()
    } else {
        let class = boot::add_class(&ASYNC_THROW);
        ouro_heap::types::record(class.index).set_finalizer(Some(warn_unawaited));
        alloc(AsyncThrow(made)).into_any()
    })
}

/// `__anext__`
pub(crate) fn anext(object: &Ref) -> Res {
    awaitable(object, Action::Send, None)
}

fn asend(args: &[Ref]) -> Res {
    awaitable(&args[0], Action::Send, Some(args[1].clone()))
}

fn athrow(args: &[Ref]) -> Res {
    if args.len() > 2 {
        generator::warn_throw_signature("athrow")?;
    }
    // What is thrown is looked at when the awaitable runs.
    let arguments = crate::objects::tuple::from_slice(&args[1..]).into_any();
    awaitable(&args[0], Action::Throw, Some(arguments))
}

fn aclose(args: &[Ref]) -> Res {
    awaitable(&args[0], Action::Close, None)
}

fn part(object: &Ref) -> &Awaitable {
    match object.payload::<AsyncSend>() {
        Some(send) => &send.0,
        None => &object.payload::<AsyncThrow>().expect("a method of an awaitable").0,
    }
}

impl Awaitable {
    /// How the awaitable is called in messages.
    fn name(&self) -> &'static str {
        match self.action.get() {
            Action::Send => "anext",
            Action::Throw => "athrow",
            Action::Close => "aclose",
        }
    }

    fn close(&self) {
        self.stage.set(Stage::Closed);
    }

    fn set_running(&self, running: bool) {
        self.generator.head.change(|state| state.running = running);
    }

    fn refuse_reuse(&self) -> Res<()> {
        if self.stage.get() != Stage::Closed {
            return Ok(());
        }
        let name =
            if self.action.get() == Action::Send { "__anext__()/asend()" } else { "aclose()/athrow()" };
        Err(runtime_error!("cannot reuse already awaited {name}"))
    }

    /// The first step: no other awaitable may be driving the generator.
    fn begin(&self) -> Res<()> {
        if self.generator.head.asynchronous.get().running {
            self.close();
            return Err(runtime_error!("{}(): asynchronous generator is already running", self.name()));
        }
        Ok(())
    }

    /// The result of a step: what the generator awaits goes on to the event loop, what it yields ends the awaitable,
    /// and so does its end.
    fn unwrap(&self, result: Res<Resumption>) -> Res {
        let raised = match result {
            Ok(Resumption::Yielded(value)) => match value.payload::<WrappedValue>() {
                None => return Ok(value),
                Some(wrapped) => {
                    self.set_running(false);
                    generator::stop_iteration(wrapped.0.clone())
                }
            },
            Ok(Resumption::Returned(_)) => {
                self.note_end();
                error::raise_with(ExceptionKind::StopAsyncIteration, Vec::new())
            }
            Err(raised) => {
                let exception = error::take(raised);
                if is_end(&exception) {
                    self.note_end();
                }
                self.set_running(false);
                error::restore(exception)
            }
        };
        self.close();
        Err(raised)
    }

    fn note_end(&self) {
        self.generator.head.change(|state| {
            state.closed = true;
            state.running = false;
        });
    }

    /// The result of a step of `aclose()`: the end of the generator is its success, another value of it a fault.
    fn unwrap_close(&self, result: Res<Resumption>) -> Res {
        let raised = match result {
            Ok(Resumption::Yielded(value)) if value.payload::<WrappedValue>().is_none() => return Ok(value),
            Ok(Resumption::Yielded(_)) => runtime_error!("async generator ignored GeneratorExit"),
            Ok(Resumption::Returned(_)) => generator::stop_iteration(shared().none.clone()),
            Err(raised) => {
                let exception = error::take(raised);
                if is_end(&exception) {
                    generator::stop_iteration(shared().none.clone())
                } else {
                    error::restore(exception)
                }
            }
        };
        self.set_running(false);
        self.close();
        Err(raised)
    }

    fn finish_step(&self, result: Res<Resumption>) -> Res {
        if self.action.get() == Action::Close { self.unwrap_close(result) } else { self.unwrap(result) }
    }

    /// What `athrow()` and `aclose()` throw.
    fn thrown(&self) -> Res {
        match self.value.get() {
            Some(arguments) => {
                let arguments = arguments.payload::<crate::objects::tuple::Tuple>();
                generator::thrown_exception(arguments.map_or(&[], |arguments| arguments.items()))
            }
            None => {
                let exit = exception::new(ExceptionKind::GeneratorExit, Vec::new());
                exception::set_implicit_context(&exit);
                Ok(exit)
            }
        }
    }

    fn send(&self, value: &Ref) -> Res {
        self.refuse_reuse()?;
        let is_none = value.is(&shared().none);
        if self.action.get() == Action::Send {
            let mut value = value.clone();
            if self.stage.get() == Stage::Fresh {
                self.begin()?;
                if is_none && let Some(own) = self.value.get() {
                    value = own;
                }
                self.stage.set(Stage::Running);
            }
            self.set_running(true);
            return self.unwrap(interpreter::resume(&self.generator, Ok(value)));
        }
        if self.generator.head.state() == State::Finished {
            self.close();
            return Err(generator::stop_iteration(shared().none.clone()));
        }
        if self.stage.get() == Stage::Fresh {
            self.begin()?;
            if self.generator.head.asynchronous.get().closed {
                self.close();
                return Err(error::raise_with(ExceptionKind::StopAsyncIteration, Vec::new()));
            }
            if !is_none {
                return Err(runtime_error!("can't send non-None value to a just-started coroutine"));
            }
            self.stage.set(Stage::Running);
            self.set_running(true);
            if self.action.get() == Action::Close {
                self.generator.head.change(|state| state.closed = true);
            }
            let result = self.thrown().and_then(|thrown| interpreter::throw_through(&self.generator, thrown));
            return self.finish_step(result);
        }
        self.finish_step(interpreter::resume(&self.generator, Ok(value.clone())))
    }

    fn throw(&self, arguments: &[Ref]) -> Res {
        self.refuse_reuse()?;
        if self.stage.get() == Stage::Fresh {
            self.begin()?;
            self.stage.set(Stage::Running);
            self.set_running(true);
        }
        let thrown = generator::thrown_exception(arguments)?;
        self.finish_step(interpreter::throw(&self.generator, thrown))
    }
}

/// Whether an exception is the regular end of an asynchronous generator.
fn is_end(exception: &Ref) -> bool {
    exception::is_instance(exception, ExceptionKind::StopAsyncIteration)
        || exception::is_instance(exception, ExceptionKind::GeneratorExit)
}

fn send_method(args: &[Ref]) -> Res {
    part(&args[0]).send(&args[1])
}

fn throw_method(args: &[Ref]) -> Res {
    if args.len() > 2 {
        generator::warn_throw_signature("throw")?;
    }
    part(&args[0]).throw(&args[1..])
}

fn close_method(args: &[Ref]) -> Res {
    let awaitable = part(&args[0]);
    if awaitable.stage.get() == Stage::Closed {
        return Ok(shared().none.clone());
    }
    let exit = exception::new(ExceptionKind::GeneratorExit, Vec::new());
    exception::set_implicit_context(&exit);
    match awaitable.throw(&[exit]) {
        Ok(_) => Err(runtime_error!("coroutine ignored GeneratorExit")),
        Err(raised) => {
            let exception = error::take(raised);
            if is_end(&exception) || exception::is_instance(&exception, ExceptionKind::StopIteration) {
                Ok(shared().none.clone())
            } else {
                Err(error::restore(exception))
            }
        }
    }
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    part(object).send(&shared().none).map(Some)
}

fn itself(object: &Ref) -> Res {
    Ok(object.clone())
}

/// The finalizer of an awaitable that nobody awaited.
fn warn_unawaited(object: &Ref) {
    let awaitable = part(object);
    if awaitable.stage.get() != Stage::Fresh {
        return;
    }
    let method = if awaitable.action.get() == Action::Send { "asend" } else { awaitable.name() };
    let name = awaitable.generator.head.qualname.get().map(|name| name.to_text().into_owned());
    let message = format!("coroutine method '{method}' of '{}' was never awaited", name.unwrap_or_default());
    let raised = vm().raised.take();
    if let Err(failed) = crate::warning::warn_about(ExceptionKind::RuntimeWarning, &message, object) {
        interpreter::report_unraisable(failed, object);
    }
    vm().raised.set(raised);
}

/// The event loop's part of a generator's end: whether there was a hook to call.
pub(crate) fn call_finalizer(generator: &Ref<Generator>) -> Res<bool> {
    let head = &generator.head;
    let Some(finalizer) = head.finalizer.get().filter(|_| !head.asynchronous.get().closed) else {
        return Ok(false);
    };
    call::call(&finalizer, &[generator.clone().into_any()])?;
    Ok(true)
}

/// `anext(iterator, default)`: an awaitable that gives the default where the iterator is at its end.
#[derive(Payload)]
#[payload(types::ANEXT_AWAITABLE)]
pub struct AnextAwaitable {
    awaitable: Ref,
    default: Ref,
}

/// Wraps the awaitable of `__anext__()`.
pub(crate) fn anext_with_default(awaitable: Ref, default: Ref) -> Ref {
    boot::add_class(&ANEXT_AWAITABLE);
    alloc(AnextAwaitable { awaitable, default }).into_any()
}

impl AnextAwaitable {
    /// The iterator behind the awaitable, which has to be one that can be driven.
    fn iterator(&self) -> Res {
        generator::awaitable_iterator(&self.awaitable, 0)
    }

    /// The default instead of StopAsyncIteration.
    fn finish(&self, result: Res) -> Res {
        result.or_else(|raised| {
            error::take_if(raised, ExceptionKind::StopAsyncIteration)?;
            Err(generator::stop_iteration(self.default.clone()))
        })
    }

    fn call(&self, method: &str, args: &[Ref]) -> Res {
        let iterator = self.iterator()?;
        self.finish(call::call_method(&iterator, &crate::objects::str::intern(method), args))
    }
}

fn anext_part(object: &Ref) -> &AnextAwaitable {
    object.payload::<AnextAwaitable>().expect("a method of anext_awaitable")
}

fn anext_next(object: &Ref) -> Res<Option<Ref>> {
    let part = anext_part(object);
    let iterator = part.iterator()?;
    let result = crate::protocol::iterate::next_or_stop(&iterator)
        .and_then(|item| item.ok_or_else(|| generator::stop_iteration(shared().none.clone())));
    part.finish(result).map(Some)
}

const SEND_DOC: &str =
    "send(value) -> send 'value' into generator,\nreturn next yielded value or raise StopIteration.";
const THROW_DOC: &str = "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration.\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python.";
const CLOSE_DOC: &str = "close() -> raise GeneratorExit inside generator.";

static AWAITABLE_METHODS: [NativeDef; 3] = [
    plain("send", "(self, value, /)", send_method, SEND_DOC),
    plain("throw", "(self, typ, val=None, tb=None, /)", throw_method, THROW_DOC),
    plain("close", "(self, /)", close_method, CLOSE_DOC),
];

static ANEXT_METHODS: [NativeDef; 3] = [
    plain("send", "(self, value, /)", |args| anext_part(&args[0]).call("send", &args[1..]), SEND_DOC),
    plain(
        "throw",
        "(self, typ, val=None, tb=None, /)",
        |args| anext_part(&args[0]).call("throw", &args[1..]),
        THROW_DOC,
    ),
    plain("close", "(self, /)", |args| anext_part(&args[0]).call("close", &[]), CLOSE_DOC),
];

const AWAITABLE_SLOTS: Slots =
    Slots { iter: Some(itself), next: Some(next), await_: Some(itself), ..Slots::NONE };

static ASYNC_SEND: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: AWAITABLE_SLOTS,
    methods: &AWAITABLE_METHODS,
    ..ClassDef::new::<AsyncSend>(types::ASYNC_GENERATOR_ASEND, "async_generator_asend")
};

static ASYNC_THROW: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: AWAITABLE_SLOTS,
    methods: &AWAITABLE_METHODS,
    ..ClassDef::new::<AsyncThrow>(types::ASYNC_GENERATOR_ATHROW, "async_generator_athrow")
};

static WRAPPED_VALUE: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    ..ClassDef::new::<WrappedValue>(types::ASYNC_GENERATOR_WRAPPED_VALUE, "async_generator_wrapped_value")
};

static ANEXT_AWAITABLE: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots { iter: Some(itself), next: Some(anext_next), await_: Some(itself), ..Slots::NONE },
    methods: &ANEXT_METHODS,
    ..ClassDef::new::<AnextAwaitable>(types::ANEXT_AWAITABLE, "anext_awaitable")
};

/// `async_generator`
pub static ASYNC_GENERATOR: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { repr: Some(generator::repr), aiter: Some(itself), anext: Some(anext), ..Slots::NONE },
    methods: &[
        plain("asend", "(self, value, /)", asend, "asend(v) -> send 'v' in generator."),
        plain(
            "athrow",
            "(self, typ, val=None, tb=None, /)",
            athrow,
            "athrow(value)\nathrow(type[,value[,tb]])\n\nraise exception in generator.\nthe (type, val, tb) signature is deprecated, \nand may be removed in a future version of Python.",
        ),
        plain("aclose", "(self, /)", aclose, "aclose() -> raise GeneratorExit inside generator."),
        CLASS_GETITEM,
    ],
    getset: &[
        generator::NAMES[0],
        generator::NAMES[1],
        getter(
            "ag_running",
            |object| Ok(bool_::new(generator_of(object).head.asynchronous.get().running)),
            "",
        ),
        getter("ag_suspended", generator::suspended, ""),
        getter("ag_frame", generator::frame, ""),
        getter("ag_code", generator::code, ""),
        getter("ag_await", generator::delegate, "object being awaited on, or None"),
    ],
    ..ClassDef::new::<Generator>(types::ASYNC_GENERATOR, "async_generator")
};
