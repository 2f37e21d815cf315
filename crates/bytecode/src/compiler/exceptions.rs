//! `try`, `except`, `except*`, `finally`, `raise` and `assert`.
//!
//! Every `try` has two temporaries: one for the exception that was being handled before, and above it one
//! that receives the exception. An exception releases all temporaries from the second one on.

use ouro_syntax::ast::{self, Expr, Range, Stmt, Try};

use super::Compiler;
use super::bound::BoundSet;
use super::control::BlockKind;
use super::emit::{Label, NOWHERE};
use super::operands::Operand;
use crate::error::Result;
use crate::opcode::{Op, WINDOW_HEADER};

impl<'a> Compiler<'a> {
    pub(super) fn try_(&mut self, t: &'a Try, at: Range) -> Result<()> {
        if t.finalbody.is_empty() {
            return self.try_handlers(t, at);
        }
        let mark = self.u.next;
        let saved = self.temp();
        let exception = self.temp();
        let before = self.u.bound.clone();
        let handler = self.label();
        let end = self.label();
        self.push_block(BlockKind::FinallyTry(&t.finalbody), at)?;
        self.push_protection(handler, exception.slot);
        if t.handlers.is_empty() {
            self.statements(&t.body)?;
            self.statements(&t.orelse)?;
        } else {
            self.try_handlers(t, at)?;
        }
        self.u.bound = self.state();
        self.pop_protection();
        self.u.blocks.pop();
        self.statements(&t.finalbody)?;
        let after = self.state();
        self.go(end);
        // The same after an exception, which is then raised again.
        self.bind(handler);
        self.u.bound = before;
        if self.u.e.reachable() {
            let cleanup = self.label();
            self.emit(NOWHERE, Op::PushHandled, saved.slot, exception.borrow(), 0);
            let kind = BlockKind::FinallyEnd { saved: saved.slot, exception: exception.slot };
            self.push_block(kind, at)?;
            self.push_protection(cleanup, exception.slot);
            self.statements(&t.finalbody)?;
            self.emit(NOWHERE, Op::Reraise, exception.last(), 0, 0);
            self.pop_protection();
            self.u.blocks.pop();
            self.handler_cleanup(cleanup, saved, exception);
        }
        self.bind(end);
        self.u.bound = after;
        self.u.next = mark;
        Ok(())
    }

    /// An exception inside a handler: the one handled before is restored, the new one goes on.
    fn handler_cleanup(&mut self, cleanup: Label, saved: Operand, exception: Operand) {
        self.bind(cleanup);
        self.emit(NOWHERE, Op::PopHandled, saved.slot, 0, 0);
        self.emit(NOWHERE, Op::Reraise, exception.last(), 0, 0);
    }

    fn try_handlers(&mut self, t: &'a Try, at: Range) -> Result<()> {
        let mark = self.u.next;
        let saved = self.temp();
        let exception = self.temp();
        let before = self.u.bound.clone();
        let handler = self.label();
        let end = self.label();
        self.push_block(BlockKind::Try, at)?;
        self.push_protection(handler, exception.slot);
        self.statements(&t.body)?;
        self.pop_protection();
        self.u.blocks.pop();
        self.u.bound = self.state();
        self.statements(&t.orelse)?;
        let mut after = self.state();
        self.go(end);
        self.bind(handler);
        self.u.bound.clone_from(&before);
        let reachable = self.u.e.reachable();
        self.emit(NOWHERE, Op::PushHandled, saved.slot, exception.borrow(), 0);
        if t.is_star {
            self.star_clauses(t, saved, exception, end, &mut after)?;
        } else {
            self.except_clauses(t, saved, exception, end, &mut after)?;
        }
        debug_assert!(!self.u.e.reachable() || !reachable, "except clauses end by raising again");
        self.bind(end);
        self.u.bound = after;
        self.u.next = mark;
        Ok(())
    }

    fn except_clauses(
        &mut self,
        t: &'a Try,
        saved: Operand,
        exception: Operand,
        end: Label,
        after: &mut BoundSet,
    ) -> Result<()> {
        let cleanup = self.label();
        let outside = self.u.protections.len();
        self.push_protection(cleanup, exception.slot);
        for (i, clause) in t.handlers.iter().enumerate() {
            let at = clause.range;
            let next = self.label();
            let before = self.u.bound.clone();
            self.begin_line(at);
            match &clause.type_ {
                Some(class) => {
                    let class = self.operand(class)?;
                    self.jump(at, Op::MatchException, 0, exception.borrow(), class.last(), next);
                    self.u.next = u32::from(exception.slot) + 1;
                }
                None if i + 1 < t.handlers.len() => {
                    return self.fault("default 'except:' must be last", at);
                }
                None => {}
            }
            self.push_block(BlockKind::Handler { saved: saved.slot, name: clause.name.as_ref() }, at)?;
            if let Some(block) = self.u.blocks.last_mut() {
                block.protections = outside;
            }
            let unnamed = clause.name.as_ref().map(|name| (name, self.label()));
            match unnamed {
                Some((name, label)) => {
                    self.store_name(name, exception, at)?;
                    self.push_protection(label, exception.slot);
                }
                None => self.emit(at, Op::Clear, exception.slot, 0, 0),
            }
            self.u.next = u32::from(exception.slot) + 1;
            self.statements(&clause.body)?;
            if unnamed.is_some() {
                self.pop_protection();
            }
            self.pop_protection();
            self.u.blocks.pop();
            self.emit(NOWHERE, Op::PopHandled, saved.slot, 0, 0);
            if let Some((name, _)) = unnamed {
                self.clear_name(name, NOWHERE)?;
            }
            after.intersect(&self.state());
            self.go(end);
            self.push_protection(cleanup, exception.slot);
            if let Some((name, label)) = unnamed {
                self.bind(label);
                self.u.bound.clone_from(&before);
                self.u.next = u32::from(exception.slot) + 1;
                self.clear_name(name, NOWHERE)?;
                self.emit(NOWHERE, Op::Reraise, exception.last(), 0, 0);
            }
            self.bind(next);
            self.u.bound = before;
            self.u.next = u32::from(exception.slot) + 1;
        }
        self.emit(NOWHERE, Op::Reraise, exception.last(), 0, 0);
        self.pop_protection();
        self.handler_cleanup(cleanup, saved, exception);
        Ok(())
    }

    /// `except*`: each clause takes its part of the group; what is left, and what the clauses raise, is
    /// raised at the end.
    fn star_clauses(
        &mut self,
        t: &'a Try,
        saved: Operand,
        exception: Operand,
        end: Label,
        after: &mut BoundSet,
    ) -> Result<()> {
        let cleanup = self.label();
        self.push_protection(cleanup, exception.slot);
        let raised = self.temp();
        self.emit(NOWHERE, Op::BuildList, raised.slot, raised.slot + 1, 0);
        let rest = self.temp();
        let matched = self.temp();
        self.emit(NOWHERE, Op::Move, rest.slot, exception.borrow(), 0);
        let top = self.u.next;
        for clause in &t.handlers {
            let at = clause.range;
            let before = self.u.bound.clone();
            let next = self.label();
            let unmatched = self.label();
            let failed = self.label();
            let Some(class) = &clause.type_ else { continue };
            self.begin_line(at);
            let class = self.operand(class)?;
            self.emit(at, Op::MatchGroup, rest.slot, rest.last(), class.last());
            self.u.next = top;
            self.jump(at, Op::JumpIfNone, matched.borrow(), 0, 0, unmatched);
            let inner_saved = self.temp();
            let inner = self.temp();
            self.emit(at, Op::PushHandled, inner_saved.slot, matched.borrow(), 0);
            self.push_block(BlockKind::StarHandler, at)?;
            self.push_protection(failed, inner.slot);
            match &clause.name {
                Some(name) => self.store_name(name, matched, at)?,
                None => self.emit(at, Op::Clear, matched.slot, 0, 0),
            }
            self.u.next = u32::from(inner.slot) + 1;
            self.statements(&clause.body)?;
            self.pop_protection();
            self.u.blocks.pop();
            self.emit(NOWHERE, Op::PopHandled, inner_saved.slot, 0, 0);
            if let Some(name) = &clause.name {
                self.clear_name(name, NOWHERE)?;
            }
            self.go(next);
            self.bind(failed);
            self.u.bound.clone_from(&before);
            self.emit(NOWHERE, Op::PopHandled, inner_saved.slot, 0, 0);
            if let Some(name) = &clause.name {
                self.clear_name(name, NOWHERE)?;
            }
            self.emit(NOWHERE, Op::Clear, matched.slot, 0, 0);
            self.emit(NOWHERE, Op::ListAppend, raised.borrow(), inner.last(), 0);
            self.go(next);
            self.bind(unmatched);
            self.emit(NOWHERE, Op::Clear, matched.slot, 0, 0);
            self.bind(next);
            self.u.bound = before;
            self.u.next = top;
        }
        self.emit(NOWHERE, Op::ListAppend, raised.borrow(), rest.last(), 0);
        self.emit(NOWHERE, Op::ReraiseStar, exception.slot, exception.last(), raised.last());
        self.pop_protection();
        let nothing = self.label();
        self.jump(NOWHERE, Op::JumpIfNone, exception.borrow(), 0, 0, nothing);
        self.handler_cleanup(cleanup, saved, exception);
        self.bind(nothing);
        self.emit(NOWHERE, Op::Clear, exception.slot, 0, 0);
        self.emit(NOWHERE, Op::PopHandled, saved.slot, 0, 0);
        after.intersect(&self.state());
        self.go(end);
        Ok(())
    }

    pub(super) fn raise(&mut self, exc: Option<&Expr>, cause: Option<&Expr>, at: Range) -> Result<()> {
        let mark = self.u.next;
        match (exc, cause) {
            (None, _) => self.emit(at, Op::Raise, 0, 0, 0),
            (Some(exc), None) => {
                let exc = self.operand(exc)?;
                self.emit(at, Op::Raise, 1, exc.last(), 0);
            }
            (Some(exc), Some(cause)) => {
                let exc = self.operand_before(exc, &[cause])?;
                let cause = self.operand(cause)?;
                self.emit(at, Op::Raise, 2, exc.last(), cause.last());
            }
        }
        self.u.next = mark;
        Ok(())
    }

    pub(super) fn assert(&mut self, test: &Expr, msg: Option<&Expr>, at: Range) -> Result<()> {
        if self.options.optimize > 0 {
            return Ok(());
        }
        self.look_at_assertion(test, at);
        let end = self.label();
        self.jump_if(test, end, true)?;
        let state = self.u.bound.clone();
        let mark = self.u.next;
        let base = self.u.alloc_many(u32::from(WINDOW_HEADER));
        let error = Operand { slot: base, temp: true };
        self.emit(at, Op::LoadAssertionError, base, 0, 0);
        if let Some(msg) = msg {
            self.temp_operand(msg)?;
            self.emit(at, Op::Call, base, base, 1);
        }
        self.emit(test.range, Op::Raise, 1, error.last(), 0);
        self.u.next = mark;
        self.bind(end);
        self.u.bound = state;
        Ok(())
    }

    pub(super) fn statements(&mut self, body: &'a [Stmt]) -> Result<()> {
        body.iter().try_for_each(|s| self.statement(s))
    }

    /// The future imports that stand where they may.
    pub(super) fn is_late_future(&self, i: &ast::ImportFrom, at: Range) -> bool {
        i.level == 0 && i.module.as_deref() == Some("__future__") && at.start >= self.prelude_end
    }
}
