//! Handlers: raising, handling, `with`.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_bytecode::opcode::SLOT;
use ouro_heap::Ref;

use super::core::*;
use crate::{
    error::{Raised, Res, raise_object},
    objects::{
        class::{Class, DowncastClass},
        exception::{self, ExceptionKind},
        str::StrExt,
        traceback::Traceback,
        tuple::Tuple,
    },
    protocol::{self, attribute, call},
    state::{names, shared, vm},
    type_error,
};

#[inline(never)]
pub(crate) unsafe fn Raise(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        if w.a() == 0 {
            return match vm().exception() {
                // A bare raise keeps the traceback, which has this frame already if the exception came through it.
                Some(handled) => super::unwind::reraised(pc, fp, handled),
                None => {
                    super::unwind::raised(pc, fp, crate::runtime_error!("No active exception to reraise"))
                }
            };
        }
        let given = operand!(pc, fp, w.b()).clone();
        let cause = if w.a() == 2 { Some(operand!(pc, fp, w.c()).clone()) } else { None };
        consume(fp, w.b());
        if w.a() == 2 {
            consume(fp, w.c());
        }
        let result = make(given, cause);
        super::unwind::raised(pc, fp, result)
    }
}

/// The exception for `raise given from cause`.
fn make(given: Ref, cause: Option<Ref>) -> Raised {
    let exception = match instantiate(&given, "exceptions must derive from BaseException") {
        Ok(exception) => exception,
        Err(raised) => return raised,
    };
    if let Some(cause) = cause {
        let cause = if cause.is(&shared().none) {
            cause
        } else {
            match instantiate(&cause, "exception causes must derive from BaseException") {
                Ok(cause) => cause,
                Err(raised) => return raised,
            }
        };
        if let Err(raised) = exception::set_cause(&exception, Some(&cause)) {
            return raised;
        }
    }
    raise_object(exception)
}

/// An exception object of a class or an exception.
pub(crate) fn instantiate(given: &Ref, message: &str) -> Res {
    if exception::is_exception_class(given) {
        let made = call::call(given, &[])?;
        if !exception::is_exception(&made) {
            return Err(type_error!(
                "calling {} should have returned an instance of BaseException, not {}",
                protocol::object::repr(given)?.to_text(),
                protocol::object::repr(Class::of(&made).as_any())?.to_text()
            ));
        }
        return Ok(made);
    }
    if exception::is_exception(given) { Ok(given.clone()) } else { Err(type_error!("{message}")) }
}

#[inline(never)]
pub(crate) unsafe fn Reraise(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let a = word(pc).a();
        let _ = operand!(pc, fp, a);
        let exception = fetch(fp, a).expect("checked above");
        super::unwind::reraised(pc, fp, exception)
    }
}

#[inline(never)]
pub(crate) unsafe fn PushHandled(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        let exception = operand!(pc, fp, w.b()).clone();
        let saved = vm().replace_handled(Some(exception));
        publish(pc, fp);
        drop(take(fp, w.a()));
        if let Some(saved) = saved {
            *slot(fp, w.a()) = saved.into_raw();
        }
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn PopHandled(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        publish(pc, fp);
        let saved = take(fp, word(pc).a());
        let handled = vm().replace_handled(saved);
        drop(handled);
        next!(pc.add(1), fp)
    }
}

/// Whether an exception matches the class or tuple of an except clause.
pub(crate) fn matches(exception: &Ref, wanted: &Ref) -> Res<bool> {
    let class = Class::of(exception);
    if class.as_any().is(wanted) {
        return Ok(true);
    }
    if let Some(tuple) = wanted.payload::<Tuple>() {
        for item in tuple.items() {
            check_class(item)?;
        }
        return Ok(tuple
            .items()
            .iter()
            .filter_map(|item| item.downcast_class())
            .any(|wanted| class.is_subclass_of(wanted)));
    }
    check_class(wanted)?;
    Ok(wanted.downcast_class().is_some_and(|wanted| class.is_subclass_of(wanted)))
}

fn check_class(wanted: &Ref) -> Res<()> {
    if exception::is_exception_class(wanted) {
        Ok(())
    } else {
        Err(type_error!("catching classes that do not inherit from BaseException is not allowed"))
    }
}

#[inline(never)]
pub(crate) unsafe fn MatchException(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let exception = operand!(pc, fp, w.b());
        let wanted = operand!(pc, fp, w.c());
        let found = check!(pc, fp, matches(exception, wanted));
        consume(fp, w.b());
        consume(fp, w.c());
        if found { next!(pc.add(2), fp) } else { next!(pc.offset(word(pc.add(1)).lo() as isize), fp) }
    }
}

#[inline(never)]
pub(crate) unsafe fn MatchGroup(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let exception = operand!(pc, fp, w.b()).clone();
        let wanted = operand!(pc, fp, w.c()).clone();
        let (rest, matched) =
            check!(pc, fp, crate::objects::exception_group::match_group(&exception, &wanted));
        drop((exception, wanted));
        consume(fp, w.b());
        consume(fp, w.c());
        store(fp, w.a(), rest);
        store(fp, w.a() + 1, matched);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn ReraiseStar(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let original = operand!(pc, fp, w.b()).clone();
        let raised = operand!(pc, fp, w.c()).clone();
        let result = check!(pc, fp, crate::objects::exception_group::prepare_reraise(&original, &raised));
        drop((original, raised));
        consume(fp, w.b());
        consume(fp, w.c());
        store(fp, w.a(), result);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn BeforeWith(pc: Pc, fp: Fp) -> Flow {
    unsafe { before_with(pc, fp, ContextManager::Plain) }
}

#[inline(never)]
pub(crate) unsafe fn BeforeAsyncWith(pc: Pc, fp: Fp) -> Flow {
    unsafe { before_with(pc, fp, ContextManager::Asynchronous) }
}

#[derive(Clone, Copy, PartialEq)]
enum ContextManager {
    Plain,
    Asynchronous,
}

/// Finds the two methods of a context manager, keeps the second and calls the first.
unsafe fn before_with(pc: Pc, fp: Fp, kind: ContextManager) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let manager = operand!(pc, fp, w.c()).clone();
        let names = names();
        let (enter, exit, protocol) = match kind {
            ContextManager::Plain => (&names.__enter__, &names.__exit__, "context manager"),
            ContextManager::Asynchronous => {
                (&names.__aenter__, &names.__aexit__, "asynchronous context manager")
            }
        };
        let missing = |what: &str| {
            let class = Class::of(&manager).short_name();
            type_error!("'{class}' object does not support the {protocol} protocol{what}")
        };
        let enter = check!(pc, fp, attribute::lookup_special(&manager, enter));
        let enter = check!(pc, fp, enter.ok_or_else(|| missing("")));
        let found = check!(pc, fp, attribute::lookup_special(&manager, exit));
        let found =
            check!(pc, fp, found.ok_or_else(|| missing(&format!(" (missed {} method)", exit.to_text()))));
        drop(manager);
        consume(fp, w.c());
        store(fp, w.b() & SLOT, found);
        let result = check!(pc, fp, call::call(&enter, &[]));
        drop(enter);
        store(fp, w.a(), result);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn WithExceptStart(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let exit = operand!(pc, fp, w.b()).clone();
        let exception = operand!(pc, fp, w.c()).clone();
        let class = Class::of(&exception).clone().into_any();
        let traceback = exception::payload(&exception)
            .head
            .traceback
            .get()
            .map_or_else(|| shared().none.clone(), Ref::<Traceback>::into_any);
        let result = check!(pc, fp, call::call(&exit, &[class, exception.clone(), traceback]));
        drop((exit, exception));
        store(fp, w.a(), result);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn Intrinsic(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let id = word(pc.add(1)).lo();
        let values: Vec<Ref> = take_window(fp, w.b(), w.c() as usize).collect();
        let result = if id == ouro_bytecode::opcode::Intrinsic::StopIterationError as i32 {
            Ok(stop_iteration_error(&values[0], code_of(fp)))
        } else {
            crate::objects::typing::intrinsic(id, &values)
        };
        let result = check!(pc, fp, result);
        store(fp, w.a(), result);
        next!(pc.add(2), fp)
    }
}

/// PEP 479: a StopIteration that leaves a generator becomes a RuntimeError.
fn stop_iteration_error(exception: &Ref, code: &crate::objects::code::Code) -> Ref {
    use ouro_bytecode::code::flags;
    let what = if code.flags & flags::ASYNC_GENERATOR != 0 {
        "async generator"
    } else if code.flags & flags::COROUTINE != 0 {
        "coroutine"
    } else {
        "generator"
    };
    let kind = if exception::is_instance(exception, ExceptionKind::StopIteration) {
        "StopIteration"
    } else if code.flags & flags::ASYNC_GENERATOR != 0
        && exception::is_instance(exception, ExceptionKind::StopAsyncIteration)
    {
        "StopAsyncIteration"
    } else {
        return exception.clone();
    };
    let message = crate::objects::str::new(&format!("{what} raised {kind}")).into_any();
    let error = exception::new(ExceptionKind::RuntimeError, vec![message]);
    let head = &exception::payload(&error).head;
    head.cause.set(Some(exception.clone()));
    head.context.set(Some(exception.clone()));
    head.suppress_context.set(true);
    error
}
