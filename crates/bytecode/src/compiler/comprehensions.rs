//! Comprehensions, compiled into the enclosing code object (PEP 709) or as functions, and generator expressions.

use std::rc::Rc;

use ouro_syntax::ast::{self, Comprehension, Expr, ExprContext, ExprKind, Range};

use super::Compiler;
use super::emit::{Label, NOWHERE};
use super::operands::Operand;
use super::unit::UnitKind;
use crate::code::{Constant, flags};
use crate::error::Result;
use crate::opcode::{Op, WINDOW_HEADER};
use crate::scope::{Binding, Part, ScopeId, uses};

/// What a comprehension adds for each item.
#[derive(Clone, Copy)]
enum Element<'e> {
    List(&'e Expr),
    Set(&'e Expr),
    Dict(&'e Expr, &'e Expr),
    Yield(&'e Expr),
}

impl Element<'_> {
    fn range(self) -> Range {
        match self {
            Element::List(e) | Element::Set(e) | Element::Yield(e) => e.range,
            Element::Dict(key, value) => Range::new(key.range.start, value.range.end),
        }
    }

    /// The instruction that makes the empty collection.
    fn build(self) -> Option<Op> {
        match self {
            Element::List(_) => Some(Op::BuildList),
            Element::Set(_) => Some(Op::BuildSet),
            Element::Dict(..) => Some(Op::BuildMap),
            Element::Yield(_) => None,
        }
    }
}

impl Compiler<'_> {
    pub(super) fn comprehension(&mut self, e: &Expr, dst: u16) -> Result<()> {
        let (element, generators, scope, name) = match &e.kind {
            ExprKind::ListComp(c) => {
                (Element::List(&c.elt), &c.generators, self.scope_of(&**c, Part::Body), "<listcomp>")
            }
            ExprKind::SetComp(c) => {
                (Element::Set(&c.elt), &c.generators, self.scope_of(&**c, Part::Body), "<setcomp>")
            }
            ExprKind::DictComp(c) => {
                let element = Element::Dict(&c.key, &c.value);
                (element, &c.generators, self.scope_of(&**c, Part::Body), "<dictcomp>")
            }
            ExprKind::GeneratorExp(c) => {
                (Element::Yield(&c.elt), &c.generators, self.scope_of(&**c, Part::Body), "<genexpr>")
            }
            _ => return Ok(()),
        };
        let is_async = self.symbols.get(scope).coroutine && !matches!(element, Element::Yield(_));
        let allowed = matches!(self.u.kind, UnitKind::AsyncFunction | UnitKind::Comprehension)
            || (self.options.top_level_await && self.outer.is_empty());
        if is_async && !allowed {
            return self.fault("asynchronous comprehension outside of an asynchronous function", e.range);
        }
        if self.symbols.get(scope).inlined {
            self.inlined_comprehension(element, generators, scope, e.range, dst)
        } else {
            self.comprehension_function(element, generators, scope, name, e.range, dst)
        }
    }

    fn inlined_comprehension(
        &mut self,
        element: Element<'_>,
        generators: &[Comprehension],
        scope: ScopeId,
        at: Range,
        dst: u16,
    ) -> Result<()> {
        let mark = self.u.next;
        let scratch = self.begin_scratch(dst);
        let collection = self.temp();
        // The outermost iterable belongs to the enclosing block. Its iterator stands above the collection.
        let iterator = self.temp();
        self.outermost_iterator(&generators[0], iterator)?;
        let state = self.u.bound.clone();
        let symbols = self.symbols.clone();
        let slots = self.u.hidden_slots(&symbols, scope);
        let entries = symbols.get(scope).symbols.entries();
        let mut hidden = Vec::new();
        for (symbol, &slot) in entries.iter().zip(&slots) {
            if symbol.uses & uses::PARAM != 0 {
                continue;
            }
            match symbol.binding {
                Binding::Cell => {
                    self.emit(at, Op::MakeCell, slot, 0, 0);
                    hidden.push(slot);
                }
                Binding::Local => hidden.push(slot),
                _ => {}
            }
        }
        self.u.inlined.push((scope, slots));
        let error = self.label();
        // Whatever is raised must not leave the iteration variables alive.
        self.push_protection(error, collection.slot);
        if let Some(build) = element.build() {
            self.emit(at, build, collection.slot, iterator.slot + 1, 0);
        }
        self.generator(element, generators, 0, iterator, collection)?;
        self.pop_protection();
        self.u.inlined.pop();
        for &slot in &hidden {
            self.emit(at, Op::Clear, slot, 0, 0);
        }
        let end = self.label();
        if self.u.e.is_used(error) {
            self.go(end);
            self.bind(error);
            for &slot in &hidden {
                self.emit(NOWHERE, Op::Clear, slot, 0, 0);
            }
            self.emit(NOWHERE, Op::Reraise, collection.last(), 0, 0);
        }
        self.bind(end);
        if collection.slot != dst {
            self.emit(at, Op::Move, dst, collection.last(), 0);
        }
        self.end_scratch(scratch);
        self.u.next = mark;
        self.u.bound = state;
        Ok(())
    }

    fn outermost_iterator(&mut self, outermost: &Comprehension, iterator: Operand) -> Result<()> {
        let value = self.iterable(&outermost.iter)?;
        let op = if outermost.is_async { Op::GetAsyncIter } else { Op::GetIter };
        self.emit(outermost.iter.range, op, iterator.slot, value.last(), 0);
        self.u.next = u32::from(iterator.slot) + 1;
        Ok(())
    }

    /// The value that a `for` goes through; a list of constants need not be built anew.
    pub(super) fn iterable(&mut self, e: &Expr) -> Result<Operand> {
        if let ExprKind::List { elts, ctx: ExprContext::Load } = &e.kind
            && let Some(items) = self.fold_all(elts)
        {
            return Ok(self.temp_constant(e.range, Constant::Tuple(items)));
        }
        if let ExprKind::Set { elts } = &e.kind
            && let Some(items) = self.fold_all(elts)
        {
            return Ok(self.temp_constant(e.range, Constant::FrozenSet(items)));
        }
        self.operand(e)
    }

    fn comprehension_function(
        &mut self,
        element: Element<'_>,
        generators: &[Comprehension],
        scope: ScopeId,
        name: &str,
        at: Range,
        dst: u16,
    ) -> Result<()> {
        let Some(outermost) = generators.first() else { return Ok(()) };
        let is_generator = matches!(element, Element::Yield(_));
        self.enter_unit(scope, UnitKind::Comprehension, name.into(), at);
        let coroutine = self.symbols.get(scope).coroutine;
        self.u.flags |= match (is_generator, coroutine) {
            (true, false) => flags::GENERATOR,
            (true, true) => flags::ASYNC_GENERATOR,
            (false, true) => flags::COROUTINE,
            (false, false) => 0,
        };
        self.u.arg_count = 1;
        let start = self.prologue();
        let collection = if let Some(build) = element.build() {
            let collection = self.temp();
            self.emit(at, build, collection.slot, collection.slot + 1, 0);
            collection
        } else {
            Operand { slot: 0, temp: false }
        };
        self.generator(element, generators, 0, Operand { slot: 0, temp: false }, collection)?;
        if is_generator {
            self.return_none(at);
        } else {
            self.emit(at, Op::Return, collection.last(), 0, 0);
            self.free(collection);
        }
        self.epilogue(start);
        let code = self.leave_unit()?;
        // Calls the function with the iterator of the outermost iterable, which is evaluated out here.
        let mark = self.begin_scratch(dst);
        let base = self.u.alloc_many(u32::from(WINDOW_HEADER));
        self.make_function(&code, scope, 0, None, at, base);
        let iterator = self.temp();
        self.outermost_iterator(outermost, iterator)?;
        self.emit(at, Op::Call, dst, base, 1);
        if !is_generator && coroutine {
            let awaitable = Operand { slot: base, temp: true };
            self.u.next = u32::from(base) + 1;
            // The call of a coroutine function gives a coroutine.
            if dst != base {
                self.emit(at, Op::Move, base, dst, 0);
            }
            self.emit(at, Op::GetAwaitable, base, awaitable.last(), 0);
            self.await_in(awaitable, dst, at);
        }
        self.end_scratch(mark);
        Ok(())
    }

    /// The loop of one `for` of a comprehension, with those inside it.
    fn generator(
        &mut self,
        element: Element<'_>,
        generators: &[Comprehension],
        depth: usize,
        iterator: Operand,
        collection: Operand,
    ) -> Result<()> {
        let Some(generator) = generators.get(depth) else {
            return self.add_element(element, collection);
        };
        let mark = self.u.next;
        let top = self.label();
        let end = self.label();
        let next = self.label();
        if depth > 0
            && !generator.is_async
            && let Some(only) = single_element(&generator.iter)
        {
            // `for y in [f(x)]` is an assignment.
            let value = self.operand(only)?;
            self.store(&generator.target, value)?;
            self.filters(&generator.ifs, end)?;
            self.generator(element, generators, depth + 1, iterator, collection)?;
            self.bind(end);
            self.u.next = mark;
            return Ok(());
        }
        let mut iterator = iterator;
        if depth > 0 {
            iterator = self.temp();
            self.outermost_iterator(generator, iterator)?;
        }
        let state = self.u.bound.clone();
        let async_end = self.label();
        self.bind(top);
        if generator.is_async {
            self.async_next(&generator.target, iterator, async_end)?;
        } else {
            self.for_next(&generator.target, iterator.slot, generator.iter.range, end)?;
        }
        self.filters(&generator.ifs, next)?;
        self.generator(element, generators, depth + 1, iterator, collection)?;
        self.bind(next);
        self.jump_back(element.range(), element.range(), top);
        if generator.is_async {
            self.async_end(iterator, async_end, generator.iter.range);
        }
        self.bind(end);
        self.u.bound = state;
        self.u.next = mark;
        Ok(())
    }

    fn filters(&mut self, ifs: &[Expr], next: Label) -> Result<()> {
        ifs.iter().try_for_each(|test| self.jump_if(test, next, false))
    }

    fn add_element(&mut self, element: Element<'_>, collection: Operand) -> Result<()> {
        let mark = self.u.next;
        let at = element.range();
        match element {
            Element::List(e) | Element::Set(e) => {
                let value = self.operand(e)?;
                let op = if matches!(element, Element::List(_)) { Op::ListAppend } else { Op::SetAdd };
                self.emit(at, op, collection.borrow(), value.last(), 0);
            }
            Element::Dict(key, value) => {
                let key = self.operand_before(key, &[value])?;
                let value = self.operand(value)?;
                self.emit(at, Op::MapAdd, collection.borrow(), key.last(), value.last());
            }
            Element::Yield(e) => {
                let value = self.operand(e)?;
                let sent = if value.temp { value } else { self.temp() };
                self.yield_operand(value, at, sent.slot);
                self.emit(at, Op::Clear, sent.slot, 0, 0);
            }
        }
        self.u.next = mark;
        Ok(())
    }

    /// Writes the next item of the iterator in a slot to a target, or jumps.
    pub(super) fn for_next(&mut self, target: &Expr, iterator: u16, at: Range, end: Label) -> Result<()> {
        if let ExprKind::Name { id, .. } = &target.kind
            && let Some((slot, uses)) = self.local_target(id)
        {
            self.check_assignable(id, target.range)?;
            self.jump(at, Op::ForIter, slot, iterator, 0, end);
            self.mark_bound(slot, uses);
            return Ok(());
        }
        // A variable in a namespace gives the box of its last number for the next one.
        let item =
            if matches!(target.kind, ExprKind::Name { .. }) { self.number_temp() } else { self.temp() };
        self.jump(at, Op::ForIter, item.slot, iterator, 0, end);
        self.store(target, item)
    }

    /// Awaits the next item of an asynchronous iterator; its end is an exception that goes to `end`.
    pub(super) fn async_next(&mut self, target: &Expr, iterator: Operand, end: Label) -> Result<()> {
        let at = target.range;
        let item = self.temp();
        self.push_protection(end, item.slot);
        let awaitable = self.temp();
        self.emit(at, Op::GetAsyncNext, awaitable.slot, iterator.borrow(), 0);
        self.await_in(awaitable, item.slot, at);
        self.pop_protection();
        self.u.next = u32::from(item.slot) + 1;
        self.store(target, item)
    }

    pub(super) fn async_end(&mut self, iterator: Operand, end: Label, at: Range) {
        self.bind(end);
        let exception = Operand { slot: self.async_exception_slot(iterator), temp: true };
        self.emit(at, Op::EndAsyncFor, iterator.slot, exception.last(), 0);
    }

    fn async_exception_slot(&self, iterator: Operand) -> u16 {
        if iterator.temp { iterator.slot + 1 } else { self.u.next as u16 }
    }

    pub(super) fn code_constant(&mut self, code: &Rc<crate::code::Code>) -> u16 {
        self.constant(Constant::Code(code.clone()))
    }
}

/// The element of a display of one, over which iterating is the same as assigning.
fn single_element(e: &Expr) -> Option<&Expr> {
    let (ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. }) = &e.kind else { return None };
    match elts.as_slice() {
        [only] if !matches!(only.kind, ast::ExprKind::Starred { .. }) => Some(only),
        _ => None,
    }
}
