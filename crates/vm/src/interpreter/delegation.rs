//! Handlers: `yield from`, `await` and asynchronous iteration.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::Ref;

use super::{core::*, generators::*};
use crate::{
    error::{self, Res},
    objects::{
        async_generator,
        class::Class,
        exception::{self, ExceptionKind},
        generator::{self, Generator},
    },
    protocol::{call, iterate},
    state::{names, shared},
    type_error, types,
};

#[inline(never)]
pub(crate) unsafe fn GetYieldFromIter(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let value = operand!(pc, fp, w.b()).clone();
        let iterator = if value.header().type_index() == types::COROUTINE {
            if code_of(fp).flags
                & (ouro_bytecode::code::flags::COROUTINE | ouro_bytecode::code::flags::ITERABLE_COROUTINE)
                == 0
            {
                let error =
                    type_error!("cannot 'yield from' a coroutine object in a non-coroutine generator");
                return super::unwind::raised(pc, fp, error);
            }
            value.clone()
        } else if value.header().type_index() == types::GENERATOR {
            value.clone()
        } else {
            check!(pc, fp, iterate::iter(&value))
        };
        drop(value);
        consume(fp, w.b());
        store(fp, w.a(), iterator);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn GetAwaitable(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let value = operand!(pc, fp, w.b()).clone();
        let iterator = check!(pc, fp, generator::await_iterator(&value, w.c()));
        drop(value);
        consume(fp, w.b());
        store(fp, w.a(), iterator);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn Send(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        if let Some(inner) = borrow(fp, w.b()).and_then(|iterator| iterator.downcast::<Generator>())
            && inner.header().type_index() != types::ASYNC_GENERATOR
            && let Some(flow) = enter_from_loop(pc, fp, inner, Some(w.c()))
        {
            return flow;
        }
        let iterator = operand!(pc, fp, w.b()).clone();
        let value = operand!(pc, fp, w.c()).clone();
        let result = send(&iterator, &value);
        drop((iterator, value));
        let result = check!(pc, fp, result);
        consume(fp, w.c());
        match result {
            Resumption::Yielded(value) => {
                store(fp, w.a(), value);
                next!(pc.add(3), fp)
            }
            Resumption::Returned(value) => {
                drop(take(fp, w.b()));
                store(fp, w.a(), value);
                next!(pc.offset(word(pc.add(1)).lo() as isize), fp)
            }
        }
    }
}

/// Sends a value to a sub-iterator.
fn send(iterator: &Ref, value: &Ref) -> Res<Resumption> {
    if let Some(inner) = iterator.downcast::<Generator>()
        && iterator.header().type_index() != types::ASYNC_GENERATOR
    {
        return resume(inner, Ok(value.clone()));
    }
    let result = if value.is(&shared().none) && Class::of(iterator).slots.0.next.get().is_some() {
        match iterate::next_or_stop(iterator) {
            Ok(Some(value)) => Ok(value),
            Ok(None) => return Ok(Resumption::Returned(shared().none.clone())),
            Err(raised) => Err(raised),
        }
    } else {
        call::call_method(iterator, &names().send, std::slice::from_ref(value))
    };
    match result {
        Ok(value) => Ok(Resumption::Yielded(value)),
        Err(raised) => {
            let stop = error::take_if(raised, ExceptionKind::StopIteration)?;
            Ok(Resumption::Returned(
                exception::field(&stop, "value").unwrap_or_else(|| shared().none.clone()),
            ))
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn GetAsyncIter(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let value = operand!(pc, fp, w.b()).clone();
        let iterator = check!(pc, fp, generator::async_iterator(&value));
        drop(value);
        consume(fp, w.b());
        store(fp, w.a(), iterator);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn GetAsyncNext(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let value = operand!(pc, fp, w.b()).clone();
        let awaitable = check!(pc, fp, generator::async_next(&value));
        drop(value);
        consume(fp, w.b());
        store(fp, w.a(), awaitable);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn EndAsyncFor(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let _ = operand!(pc, fp, w.b());
        let exception = fetch(fp, w.b()).expect("checked above");
        if exception::is_instance(&exception, ExceptionKind::StopAsyncIteration) {
            drop(exception);
            drop(take(fp, w.a()));
            next!(pc.add(1), fp)
        } else {
            super::unwind::reraised(pc, fp, exception)
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn WrapAsyncYield(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let value = operand!(pc, fp, w.b()).clone();
        consume(fp, w.b());
        store(fp, w.a(), async_generator::wrap(value));
        next!(pc.add(1), fp)
    }
}
