//! Loops, and the ways out of blocks: `break`, `continue` and `return`.

use ouro_syntax::ast::{self, Expr, ExprKind, Name, Range, Stmt};

use super::Compiler;
use super::bound::BoundSet;
use super::constants::truth;
use super::emit::Label;
use super::operands::Operand;
use super::unit::UnitKind;
use crate::code::{Constant, flags};
use crate::error::Result;
use crate::opcode::Op;

/// A block that is open around the current statement.
pub(super) struct Block<'a> {
    pub(super) kind: BlockKind<'a>,
    /// How many protected ranges were open before it.
    pub(super) protections: usize,
}

/// What leaving a block takes.
pub(super) enum BlockKind<'a> {
    /// A loop, with the slot of its iterator. `broken` is what is bound at all its `break`s, `head` where it stands.
    Loop { top: Label, exit: Label, iterator: Option<u16>, broken: Option<BoundSet>, head: Range },
    /// The body of a `try`.
    Try,
    /// The body of a `try` with a `finally`.
    FinallyTry(&'a [Stmt]),
    /// The `finally` after an exception, which is in a slot.
    FinallyEnd { saved: u16, exception: u16 },
    /// The body of a `with`; the slot holds its `__exit__`.
    With { exit: u16, is_async: bool, at: Range },
    /// The body of an `except` clause.
    Handler { saved: u16, name: Option<&'a Name> },
    /// The body of an `except*` clause.
    StarHandler,
    /// A value that waits in a temporary, for instance to be returned.
    Held(u16),
}

/// An open protected range.
#[derive(Clone, Copy, Debug)]
pub(super) struct Protection {
    start: u32,
    handler: Label,
    slot: u16,
    /// The temporaries for numbers that the expression around the range has in use.
    numbers: u16,
}

/// How deep blocks may nest: CPython's limit.
const MAX_BLOCKS: usize = 21;

const IN_STAR_HANDLER: &str = "'break', 'continue' and 'return' cannot appear in an except* block";

impl<'a> Compiler<'a> {
    pub(super) fn push_protection(&mut self, handler: Label, slot: u16) {
        let start = self.u.e.here();
        let numbers = self.u.numbers as u16;
        self.u.protections.push(Protection { start, handler, slot, numbers });
    }

    pub(super) fn pop_protection(&mut self) {
        if let Some(p) = self.u.protections.pop() {
            let depth = self.u.protections.len() as u32 + 1;
            self.u.e.protect(depth, p.start, p.handler, p.slot, p.numbers);
        }
    }

    pub(super) fn push_block(&mut self, kind: BlockKind<'a>, at: Range) -> Result<()> {
        // CPython counts two blocks for an `except` clause.
        let weight = |kind: &BlockKind<'_>| match kind {
            BlockKind::Handler { .. } | BlockKind::StarHandler => 2,
            _ => 1,
        };
        // A generator is in one that keeps a StopIteration from leaving it.
        let outer = usize::from(self.is_generator());
        let open = outer + self.u.blocks.iter().map(|b| weight(&b.kind)).sum::<usize>();
        if open + weight(&kind) > MAX_BLOCKS {
            return self.fault("too many statically nested blocks", at);
        }
        let protections = self.u.protections.len();
        self.u.blocks.push(Block { kind, protections });
        Ok(())
    }

    /// What is certainly bound here: everything, if control cannot get here.
    pub(super) fn state(&self) -> BoundSet {
        if self.u.e.reachable() { self.u.bound.clone() } else { BoundSet::everything() }
    }

    /// Where the jump back of a `for` loop stands: there a program finds itself interrupted.
    fn end_of_body(&self, body: &[ast::Stmt]) -> Range {
        match body.last() {
            Some(last) if matches!(last.kind, ast::StmtKind::Pass) => last.range,
            _ => self.u.e.last_place(),
        }
    }

    pub(super) fn while_(&mut self, w: &'a ast::While, at: Range) -> Result<()> {
        let constant = self.fold(&w.test).map(|value| truth(&value));
        let top = self.label();
        let exit = self.label();
        let orelse = self.label();
        self.bind(top);
        if constant != Some(true) {
            self.jump_if(&w.test, orelse, false)?;
        }
        let before = self.u.bound.clone();
        self.push_block(BlockKind::Loop { top, exit, iterator: None, broken: None, head: at }, at)?;
        self.statements(&w.body)?;
        self.jump_back(w.test.range, at, top);
        let broken = self.pop_loop();
        self.bind(orelse);
        self.u.bound = before;
        self.statements(&w.orelse)?;
        self.end_loop(exit, broken);
        Ok(())
    }

    pub(super) fn for_(&mut self, f: &'a ast::For, at: Range) -> Result<()> {
        if f.is_async {
            return self.async_for(f, at);
        }
        let iterator = self.temp();
        let value = self.iterable(&f.iter)?;
        self.emit(f.iter.range, Op::GetIter, iterator.slot, value.last(), 0);
        self.u.next = u32::from(iterator.slot) + 1;
        let before = self.u.bound.clone();
        let top = self.label();
        let exit = self.label();
        let end = self.label();
        self.bind(top);
        self.push_block(
            BlockKind::Loop { top, exit, iterator: Some(iterator.slot), broken: None, head: at },
            at,
        )?;
        self.for_next(&f.target, iterator.slot, f.iter.range, end)?;
        self.statements(&f.body)?;
        self.jump_back(self.end_of_body(&f.body), at, top);
        let broken = self.pop_loop();
        self.free(iterator);
        self.bind(end);
        self.u.bound = before;
        self.statements(&f.orelse)?;
        self.end_loop(exit, broken);
        Ok(())
    }

    fn async_for(&mut self, f: &'a ast::For, at: Range) -> Result<()> {
        let allowed = self.options.top_level_await && self.outer.is_empty();
        if self.u.kind != UnitKind::AsyncFunction && !allowed {
            return self.fault("'async for' outside async function", at);
        }
        let iterator = self.temp();
        let value = self.operand(&f.iter)?;
        self.emit(f.iter.range, Op::GetAsyncIter, iterator.slot, value.last(), 0);
        self.u.next = u32::from(iterator.slot) + 1;
        let before = self.u.bound.clone();
        let top = self.label();
        let exit = self.label();
        let end = self.label();
        self.bind(top);
        self.push_block(
            BlockKind::Loop { top, exit, iterator: Some(iterator.slot), broken: None, head: at },
            at,
        )?;
        self.async_next(&f.target, iterator, end)?;
        self.statements(&f.body)?;
        self.jump_back(self.end_of_body(&f.body), at, top);
        let broken = self.pop_loop();
        self.u.bound = before;
        self.async_end(iterator, end, f.iter.range);
        self.free(iterator);
        self.statements(&f.orelse)?;
        self.end_loop(exit, broken);
        Ok(())
    }

    fn pop_loop(&mut self) -> Option<BoundSet> {
        match self.u.blocks.pop()?.kind {
            BlockKind::Loop { broken, .. } => broken,
            _ => None,
        }
    }

    fn end_loop(&mut self, exit: Label, broken: Option<BoundSet>) {
        let mut after = self.state();
        if let Some(broken) = broken {
            after.intersect(&broken);
        }
        self.bind(exit);
        self.u.bound = after;
    }

    /// `break` and `continue`.
    pub(super) fn leave_loop(&mut self, is_break: bool, at: Range) -> Result<()> {
        let stops = |b: &Block<'_>| matches!(b.kind, BlockKind::Loop { .. } | BlockKind::StarHandler);
        let found = self.u.blocks.iter().rposition(stops);
        if found.is_some_and(|i| matches!(self.u.blocks[i].kind, BlockKind::StarHandler)) {
            return self.fault(IN_STAR_HANDLER, at);
        }
        let Some(depth) = found else {
            let message = if is_break { "'break' outside loop" } else { "'continue' not properly in loop" };
            return self.fault(message, at);
        };
        let state = self.u.bound.clone();
        self.unwind_to(depth + 1, at, |c| {
            let now = c.state();
            let Some(Block { kind: BlockKind::Loop { top, exit, iterator, broken, head }, .. }) =
                c.u.blocks.last_mut()
            else {
                return Ok(());
            };
            let (top, exit, iterator, head) = (*top, *exit, *iterator, *head);
            if is_break {
                match broken {
                    Some(broken) => broken.intersect(&now),
                    None => *broken = Some(now),
                }
                if let Some(slot) = iterator {
                    c.emit(at, Op::Clear, slot, 0, 0);
                }
                c.jump(at, Op::Jump, 0, 0, 0, exit);
            } else {
                c.jump_back(at, head, top);
            }
            Ok(())
        })?;
        self.u.bound = state;
        Ok(())
    }

    pub(super) fn return_(&mut self, value: Option<&'a Expr>, at: Range) -> Result<()> {
        if !self.symbols.get(self.u.scope).is_function_like() {
            return self.fault("'return' outside function", at);
        }
        if value.is_some() && self.u.flags & flags::ASYNC_GENERATOR != 0 {
            return self.fault("'return' with value in async generator", at);
        }
        let state = self.u.bound.clone();
        let mark = self.u.next;
        let constant = match value {
            None => Some(Constant::None),
            Some(value) => self.fold(value),
        };
        if let Some(constant) = constant {
            // CPython gives the return of a constant the place of the constant.
            let same_line = |value: &&Expr| self.lines.line(value.range.start) == self.lines.line(at.start);
            let at = value.filter(same_line).map_or(at, |value| value.range);
            self.unwind_to(0, at, |c| {
                let k = c.constant(constant);
                c.end_line(at);
                c.emit(at, Op::ReturnConst, k, 0, 0);
                Ok(())
            })?;
        } else if let Some(Expr { kind: ExprKind::IfExp(i), .. }) = value
            && self.u.blocks.is_empty()
        {
            // Each way returns for itself.
            let orelse = self.label();
            self.jump_if(&i.test, orelse, false)?;
            let tested = self.u.bound.clone();
            self.return_(Some(&i.body), at)?;
            self.bind(orelse);
            self.u.bound = tested;
            self.return_(Some(&i.orelse), at)?;
        } else if let Some(value) = value {
            // What runs on the way out must neither change the value nor be skipped by an unbound local.
            let direct = self.u.blocks.is_empty();
            let value = if direct { self.operand(value)? } else { self.temp_operand(value)? };
            if direct {
                self.end_line(at);
                self.emit(at, Op::Return, value.last(), 0, 0);
            } else {
                self.unwind_with(0, at, Some(value.slot), |c| {
                    c.end_line(at);
                    c.emit(at, Op::Return, value.last(), 0, 0);
                    Ok(())
                })?;
            }
        }
        self.u.next = mark;
        self.u.bound = state;
        Ok(())
    }

    fn unwind_to(
        &mut self,
        depth: usize,
        at: Range,
        then: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.unwind_with(depth, at, None, then)
    }

    /// Leaves all blocks from `depth` on, runs `then`, and puts the blocks back: the code that follows is
    /// inside them again. `held` is a value that must survive, in a temporary.
    fn unwind_with(
        &mut self,
        depth: usize,
        at: Range,
        held: Option<u16>,
        then: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let mut blocks = Vec::new();
        let mut protections = Vec::new();
        while self.u.blocks.len() > depth {
            let Some(block) = self.u.blocks.pop() else { break };
            while self.u.protections.len() > block.protections {
                let p = self.u.protections[self.u.protections.len() - 1];
                self.pop_protection();
                protections.push(p);
            }
            self.leave_block(&block.kind, at, held)?;
            blocks.push(block);
        }
        then(self)?;
        self.u.blocks.extend(blocks.into_iter().rev());
        let start = self.u.e.here();
        self.u.protections.extend(protections.into_iter().rev().map(|p| Protection { start, ..p }));
        Ok(())
    }

    fn leave_block(&mut self, kind: &BlockKind<'a>, at: Range, held: Option<u16>) -> Result<()> {
        match kind {
            BlockKind::Loop { iterator, .. } => {
                if let Some(slot) = iterator {
                    self.emit(at, Op::Clear, *slot, 0, 0);
                }
            }
            BlockKind::Try => {}
            BlockKind::FinallyTry(body) => {
                if let Some(slot) = held {
                    self.push_block(BlockKind::Held(slot), at)?;
                }
                self.statements(body)?;
                if held.is_some() {
                    self.u.blocks.pop();
                }
            }
            BlockKind::FinallyEnd { saved, exception } => {
                self.emit(at, Op::Clear, *exception, 0, 0);
                self.emit(at, Op::PopHandled, *saved, 0, 0);
            }
            BlockKind::With { exit, is_async, at } => self.leave_with(*exit, *is_async, *at)?,
            BlockKind::Handler { saved, name } => {
                self.emit(at, Op::PopHandled, *saved, 0, 0);
                if let Some(name) = name {
                    self.clear_name(name, at)?;
                }
            }
            BlockKind::StarHandler => {
                return self.fault(IN_STAR_HANDLER, at);
            }
            BlockKind::Held(slot) => self.emit(at, Op::Clear, *slot, 0, 0),
        }
        Ok(())
    }

    /// `if` with its `elif`s, which nest in the tree but not in the source.
    pub(super) fn if_(&mut self, first: &'a ast::If) -> Result<()> {
        let end = self.label();
        let mut after: Option<BoundSet> = None;
        let mut i = first;
        loop {
            let next = self.label();
            self.jump_if(&i.test, next, false)?;
            let state = self.u.bound.clone();
            self.statements(&i.body)?;
            let branch = self.state();
            match &mut after {
                None => after = Some(branch),
                Some(after) => after.intersect(&branch),
            }
            if !i.orelse.is_empty() {
                self.go(end);
            }
            self.bind(next);
            self.u.bound = state;
            match i.orelse.as_slice() {
                [Stmt { kind: ast::StmtKind::If(inner), range, .. }] => {
                    self.begin_line(*range);
                    i = inner;
                }
                body => {
                    self.statements(body)?;
                    break;
                }
            }
        }
        let mut last = self.state();
        if let Some(after) = after {
            last.intersect(&after);
        }
        self.bind(end);
        self.u.bound = last;
        Ok(())
    }

    /// Evaluates an expression for its effects.
    pub(super) fn expression_statement(&mut self, value: &Expr, at: Range) -> Result<()> {
        if self.options.mode == super::Mode::Single && self.outer.is_empty() {
            let value = self.operand(value)?;
            self.emit(at, Op::PrintExpr, value.last(), 0, 0);
            self.free(value);
            return Ok(());
        }
        if matches!(value.kind, ExprKind::Constant { .. }) || self.fold(value).is_some() {
            return Ok(());
        }
        let operand: Operand = self.operand(value)?;
        self.drop_operand(operand, value.range);
        Ok(())
    }
}
