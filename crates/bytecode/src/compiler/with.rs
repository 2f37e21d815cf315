//! `with` and `async with`.

use ouro_syntax::ast::{self, Range, Stmt, WithItem};

use super::Compiler;
use super::control::BlockKind;
use super::emit::NOWHERE;
use super::operands::Operand;
use super::unit::UnitKind;
use crate::code::Constant;
use crate::error::Result;
use crate::opcode::{CONSUME, Op, WINDOW_HEADER};

impl<'a> Compiler<'a> {
    pub(super) fn with(&mut self, w: &'a ast::With, at: Range) -> Result<()> {
        let allowed = self.options.top_level_await && self.outer.is_empty();
        if w.is_async && self.u.kind != UnitKind::AsyncFunction && !allowed {
            return self.fault("'async with' outside async function", at);
        }
        self.with_items(&w.items, &w.body, w.is_async)
    }

    fn with_items(&mut self, items: &'a [WithItem], body: &'a [Stmt], is_async: bool) -> Result<()> {
        let Some((item, rest)) = items.split_first() else { return self.statements(body) };
        let at = item.context_expr.range;
        let mark = self.u.next;
        // The exit function, the exception handled before, the exception: in this order, so that the exit
        // function can be called where it stands.
        let exit = self.temp();
        let saved = self.temp();
        let exception = self.temp();
        let manager = self.operand(&item.context_expr)?;
        let entered = if manager.temp { manager } else { self.temp() };
        let op = if is_async { Op::BeforeAsyncWith } else { Op::BeforeWith };
        self.emit(at, op, entered.slot, exit.slot, manager.last());
        if is_async {
            self.emit(at, Op::GetAwaitable, entered.slot, entered.last(), 1);
            self.u.next = u32::from(entered.slot) + 1;
            self.await_in(entered, entered.slot, at);
            self.u.next = u32::from(entered.slot) + 1;
        }
        let before = self.u.bound.clone();
        let handler = self.label();
        let end = self.label();
        self.push_block(BlockKind::With { exit: exit.slot, is_async, at }, at)?;
        self.push_protection(handler, exception.slot);
        match &item.optional_vars {
            Some(target) => self.store(target, entered)?,
            None => {
                self.emit(at, Op::Clear, entered.slot, 0, 0);
                self.free(entered);
            }
        }
        self.u.next = u32::from(exception.slot) + 1;
        self.with_items(rest, body, is_async)?;
        self.pop_protection();
        self.u.blocks.pop();
        let mut after = self.state();
        self.leave_with(exit.slot, is_async, at)?;
        self.go(end);
        self.bind(handler);
        if self.u.e.reachable() {
            self.u.bound.clone_from(&before);
            self.u.next = u32::from(exception.slot) + 1;
            self.swallow(exit, saved, exception, is_async, at);
            after.intersect(&before);
        }
        self.bind(end);
        self.u.bound = after;
        self.u.next = mark;
        Ok(())
    }

    /// Asks the exit function what to do with an exception.
    fn swallow(&mut self, exit: Operand, saved: Operand, exception: Operand, is_async: bool, at: Range) {
        let cleanup = self.label();
        let swallowed = self.label();
        self.emit(NOWHERE, Op::PushHandled, saved.slot, exception.borrow(), 0);
        self.push_protection(cleanup, exception.slot);
        self.begin_round(at);
        let answer = self.temp();
        self.emit(at, Op::WithExceptStart, answer.slot, exit.slot, exception.borrow());
        if is_async {
            self.emit(at, Op::GetAwaitable, answer.slot, answer.last(), 2);
            self.await_in(answer, answer.slot, at);
            self.u.next = u32::from(answer.slot) + 1;
        }
        self.jump(at, Op::JumpIfTrue, answer.last(), 0, 0, swallowed);
        self.free(answer);
        self.emit(at, Op::Reraise, exception.last(), 0, 0);
        self.pop_protection();
        self.bind(cleanup);
        self.emit(NOWHERE, Op::PopHandled, saved.slot, 0, 0);
        self.emit(NOWHERE, Op::Reraise, exception.last(), 0, 0);
        self.bind(swallowed);
        self.emit(NOWHERE, Op::Clear, exception.slot, 0, 0);
        self.emit(NOWHERE, Op::PopHandled, saved.slot, 0, 0);
        self.emit(NOWHERE, Op::Clear, exit.slot, 0, 0);
    }

    /// Calls the exit function with three times None and drops its answer.
    pub(super) fn leave_with(&mut self, exit: u16, is_async: bool, at: Range) -> Result<()> {
        self.begin_line(at);
        let mark = self.u.next;
        // Where nothing stands above it the exit function is called in place.
        let in_place = mark <= u32::from(exit) + u32::from(WINDOW_HEADER);
        let base = if in_place {
            self.u.next = u32::from(exit);
            self.u.alloc_many(u32::from(WINDOW_HEADER))
        } else {
            let base = self.u.alloc_many(u32::from(WINDOW_HEADER));
            self.emit(at, Op::Move, base, exit | CONSUME, 0);
            base
        };
        for _ in 0..3 {
            self.temp_constant(at, Constant::None);
        }
        self.emit(at, Op::Call, base, base, 3);
        self.u.next = u32::from(base) + 1;
        let answer = Operand { slot: base, temp: true };
        if is_async {
            self.emit(at, Op::GetAwaitable, base, answer.last(), 2);
            self.await_in(answer, base, at);
        }
        self.emit(at, Op::Clear, base, 0, 0);
        self.u.next = mark;
        Ok(())
    }
}
