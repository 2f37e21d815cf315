//! Expressions as values.

use ouro_syntax::ast::{self, BoolOp, Expr, ExprContext, ExprKind, Operator, Range, UnaryOp};

use super::Compiler;
use super::conditions::comparison;
use super::displays::Display;
use super::emit::NOWHERE;
use super::fold;
use super::operands::{Key, Operand};
use super::unit::{NUMBERS, UnitKind};
use crate::code::{Constant, flags};
use crate::error::Result;
use crate::opcode::{BinaryOperator, DELEGATES, Op, UnaryOperator};

pub(super) fn operator(op: Operator) -> BinaryOperator {
    match op {
        Operator::Add => BinaryOperator::Add,
        Operator::Sub => BinaryOperator::Sub,
        Operator::Mult => BinaryOperator::Mul,
        Operator::MatMult => BinaryOperator::MatMul,
        Operator::Div => BinaryOperator::TrueDiv,
        Operator::Mod => BinaryOperator::Mod,
        Operator::Pow => BinaryOperator::Pow,
        Operator::LShift => BinaryOperator::LShift,
        Operator::RShift => BinaryOperator::RShift,
        Operator::BitOr => BinaryOperator::Or,
        Operator::BitXor => BinaryOperator::Xor,
        Operator::BitAnd => BinaryOperator::And,
        Operator::FloorDiv => BinaryOperator::FloorDiv,
    }
}

impl Compiler<'_> {
    pub(super) fn fold(&self, e: &Expr) -> Option<Constant> {
        fold::fold(e, self.options.optimize == 0)
    }

    pub(super) fn fold_all(&self, list: &[Expr]) -> Option<std::rc::Rc<[Constant]>> {
        fold::fold_all(list, self.options.optimize == 0)
    }

    /// Computes a value into a slot. The slot is a local or an unused temporary.
    pub(super) fn expr_into(&mut self, e: &Expr, dst: u16) -> Result<()> {
        match &e.kind {
            ExprKind::Name { id, .. } if **id != *"__debug__" => {
                self.load_name_into(id, dst, e.range);
                return Ok(());
            }
            ExprKind::BinOp(_) => return self.binary_chain(e, dst),
            _ => {}
        }
        if let Some(constant) = self.fold(e) {
            self.load_constant(e.range, dst, constant);
            return Ok(());
        }
        self.deeper(e.range, |c| c.compute(e, dst))
    }

    /// Like [`Compiler::expr_into`], for an expression that may write its destination more than once.
    fn through_temp(&mut self, dst: u16, compute: impl FnOnce(&mut Self, u16) -> Result<()>) -> Result<()> {
        if self.u.is_temp(dst) {
            return compute(self, dst);
        }
        let temp = self.temp();
        compute(self, temp.slot)?;
        self.emit(NOWHERE, Op::Move, dst, temp.last(), 0);
        self.free(temp);
        Ok(())
    }

    fn compute(&mut self, e: &Expr, dst: u16) -> Result<()> {
        self.look_at(e);
        let at = e.range;
        match &e.kind {
            // These are dealt with before they get here.
            ExprKind::Constant { .. } | ExprKind::Name { .. } | ExprKind::BinOp(_) => Ok(()),
            ExprKind::BoolOp { op, values } => {
                self.through_temp(dst, |c, dst| c.bool_op(*op, values, at, dst))
            }
            ExprKind::NamedExpr(n) => self.named_expression(n, at, dst),
            ExprKind::UnaryOp { op, operand } => self.unary(*op, operand, at, dst),
            ExprKind::Lambda(l) => self.lambda(l, at, dst),
            ExprKind::IfExp(i) => self.conditional(i, dst),
            ExprKind::Dict(d) => self.dict(d, at, dst),
            ExprKind::Set { elts } => self.display(elts, Display::Set, at, dst),
            ExprKind::List { elts, .. } => self.display(elts, Display::List, at, dst),
            ExprKind::Tuple { elts, .. } => self.display(elts, Display::Tuple, at, dst),
            ExprKind::ListComp(_)
            | ExprKind::SetComp(_)
            | ExprKind::DictComp(_)
            | ExprKind::GeneratorExp(_) => self.comprehension(e, dst),
            ExprKind::Await { value } => {
                self.check_await(at)?;
                let mark = self.begin_scratch(dst);
                let value = self.operand(value)?;
                let iterator = if value.temp { value } else { self.temp() };
                self.emit(at, Op::GetAwaitable, iterator.slot, value.last(), 0);
                self.await_in(iterator, dst, at);
                self.end_scratch(mark);
                Ok(())
            }
            ExprKind::Yield { value } => self.yield_(value.as_deref(), at, dst),
            ExprKind::YieldFrom { value } => {
                self.check_yield("yield from", at)?;
                if self.u.kind == UnitKind::AsyncFunction {
                    return self.fault("'yield from' inside async function", at);
                }
                let mark = self.begin_scratch(dst);
                let value = self.operand(value)?;
                let iterator = if value.temp { value } else { self.temp() };
                self.emit(at, Op::GetYieldFromIter, iterator.slot, value.last(), 0);
                self.await_in(iterator, dst, at);
                self.end_scratch(mark);
                Ok(())
            }
            ExprKind::Compare(c) if c.ops.len() == 1 => self.comparison(c, at, dst),
            ExprKind::Compare(c) => self.through_temp(dst, |this, dst| this.chain_into(c, at, dst)),
            ExprKind::Call(c) => self.call(c, at, dst),
            ExprKind::FormattedValue(f) => self.formatted_value(f, at, dst),
            ExprKind::JoinedStr { values } => self.joined_string(values, at, dst),
            ExprKind::Attribute { value, attr, .. } => self.attribute(value, attr, at, dst),
            ExprKind::Subscript(s) => self.subscript(s, at, dst),
            ExprKind::Starred { ctx: ExprContext::Store, .. } => {
                self.fault("starred assignment target must be in a list or tuple", at)
            }
            ExprKind::Starred { .. } => self.fault("can't use starred expression here", at),
            ExprKind::Slice { lower, upper, step } => {
                self.slice([lower.as_deref(), upper.as_deref(), step.as_deref()], at, dst)
            }
        }
    }

    /// A chain of binary operators, from its innermost left operand on, without recursion.
    fn binary_chain(&mut self, e: &Expr, dst: u16) -> Result<()> {
        let mut steps = Vec::new();
        let mut left = e;
        while let ExprKind::BinOp(b) = &left.kind {
            steps.push((&**b, left.range));
            left = &b.left;
        }
        steps.reverse();
        let mut constant = self.fold(left);
        let mut done = 0;
        if let Some(value) = &mut constant {
            for (b, _) in &steps {
                let Some(folded) = self.fold(&b.right).and_then(|r| fold::binary(b.op, value, &r)) else {
                    break;
                };
                *value = folded;
                done += 1;
            }
        }
        let place = if done > 0 { steps[done - 1].1 } else { left.range };
        if done == steps.len() {
            if let Some(value) = constant {
                self.load_constant(place, dst, value);
            }
            return Ok(());
        }
        let mark = self.begin_scratch(dst);
        let mut value = match constant {
            Some(value) => self.temp_constant(place, value),
            None => self.number_operand(left, &[&steps[0].0.right])?,
        };
        for (i, (b, at)) in steps.iter().enumerate().skip(done) {
            let is_last = i + 1 == steps.len();
            if is_last {
                self.binary_step(value, b.op, 0, &b.right, *at, dst)?;
            } else {
                // The temporary of the result counts as taken while the right operand is computed.
                let result = if value.temp && value.slot >= NUMBERS { value } else { self.number_temp() };
                self.binary_step(value, b.op, 0, &b.right, *at, result.slot)?;
                value = result;
            }
        }
        self.end_scratch(mark);
        Ok(())
    }

    /// `left op right` into `dst`; `left` is read for the last time.
    pub(super) fn binary_step(
        &mut self,
        left: Operand,
        op: Operator,
        in_place: i32,
        right: &Expr,
        at: Range,
        dst: u16,
    ) -> Result<()> {
        let number = operator(op) as i32 + in_place;
        match self.fold(right) {
            Some(constant @ (Constant::Int(_) | Constant::Float(_) | Constant::Str { .. })) => {
                let k = self.constant(constant);
                self.emit_data(at, Op::BinaryOpConst, dst, left.last(), k, number);
            }
            _ => {
                let right = self.number_operand(right, &[])?;
                self.emit_data(at, Op::BinaryOp, dst, left.last(), right.last(), number);
                self.free(right);
            }
        }
        Ok(())
    }

    /// `a and b`, `a or b`: the operands' truth is asked for at the place of the whole.
    fn bool_op(&mut self, op: BoolOp, values: &[Expr], at: Range, dst: u16) -> Result<()> {
        let Some((last, first)) = values.split_last() else { return Ok(()) };
        let end = self.label();
        let mut state = None;
        for value in first {
            if let Some(constant) = self.fold(value) {
                // A constant decides, or has no say.
                if super::constants::truth(&constant) == (op == BoolOp::Or) {
                    self.load_constant(value.range, dst, constant);
                    self.go(end);
                }
                continue;
            }
            let jump = if op == BoolOp::And { Op::JumpIfFalse } else { Op::JumpIfTrue };
            self.expr_into(value, dst)?;
            self.jump(at, jump, dst, 0, 0, end);
            self.emit(NOWHERE, Op::Clear, dst, 0, 0);
            if state.is_none() {
                state = Some(self.u.bound.clone());
            }
        }
        self.expr_into(last, dst)?;
        self.bind(end);
        if let Some(state) = state {
            self.u.bound = state;
        }
        Ok(())
    }

    fn named_expression(&mut self, n: &ast::NamedExpr, at: Range, dst: u16) -> Result<()> {
        let ExprKind::Name { id, .. } = &n.target.kind else { return Ok(()) };
        self.check_assignable(id, n.target.range)?;
        if let Some((slot, uses)) = self.local_target(id) {
            self.expr_into(&n.value, slot)?;
            self.mark_bound(slot, uses);
            if slot != dst {
                // Just written, so it is bound even if it is deleted elsewhere.
                self.emit(at, Op::Move, dst, slot, 0);
            }
            return Ok(());
        }
        self.through_temp(dst, |c, dst| {
            c.expr_into(&n.value, dst)?;
            c.store_name(id, Operand { slot: dst, temp: false }, n.target.range)
        })
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr, at: Range, dst: u16) -> Result<()> {
        if let (UnaryOp::Not, ExprKind::Compare(c)) = (op, &operand.kind)
            && let [only] = c.ops.as_slice()
            && comparison(*only).is_none()
        {
            // `not a in b` is `a not in b`, and so for `is`.
            let mark = self.begin_scratch(dst);
            self.look_at_negated(operand);
            let left = self.operand_before(&c.left, &[&c.comparators[0]])?;
            let right = self.comparator(*only, &c.comparators[0], &[])?;
            self.compare_into(left, negated(*only), right.last(), at, dst);
            self.end_scratch(mark);
            return Ok(());
        }
        let mark = self.begin_scratch(dst);
        let value = match &operand.kind {
            // CPython joins the comparison with the test of its truth, whose place is that of `not`.
            ExprKind::Compare(c) if op == UnaryOp::Not && c.ops.len() == 1 => {
                let value = self.temp();
                self.comparison(c, at, value.slot)?;
                value
            }
            _ => self.number_operand(operand, &[])?,
        };
        let number = match op {
            UnaryOp::Invert => UnaryOperator::Invert,
            UnaryOp::Not => UnaryOperator::Not,
            UnaryOp::UAdd => UnaryOperator::Pos,
            UnaryOp::USub => UnaryOperator::Neg,
        };
        self.emit(at, Op::UnaryOp, dst, value.last(), number as u16);
        self.end_scratch(mark);
        Ok(())
    }

    fn conditional(&mut self, i: &ast::IfExp, dst: u16) -> Result<()> {
        let orelse = self.label();
        let end = self.label();
        self.jump_if(&i.test, orelse, false)?;
        let state = self.u.bound.clone();
        self.expr_into(&i.body, dst)?;
        self.go(end);
        self.bind(orelse);
        self.u.bound.clone_from(&state);
        self.expr_into(&i.orelse, dst)?;
        self.bind(end);
        self.u.bound = state;
        Ok(())
    }

    fn comparison(&mut self, c: &ast::Compare, at: Range, dst: u16) -> Result<()> {
        let (op, right) = (c.ops[0], &c.comparators[0]);
        let mark = self.begin_scratch(dst);
        let left = self.number_operand(&c.left, &[right])?;
        match (comparison(op), self.fold(right)) {
            (Some(comparison), Some(constant)) => {
                let k = self.constant(constant);
                self.emit_data(at, Op::CompareConst, dst, left.last(), k, comparison as i32);
            }
            _ => {
                let right = self.comparator(op, right, &[])?;
                self.compare_into(left, op, right.last(), at, dst);
            }
        }
        self.end_scratch(mark);
        Ok(())
    }

    fn attribute(&mut self, value: &Expr, attr: &ast::Name, at: Range, dst: u16) -> Result<()> {
        if self.super_attribute(value, attr, at, dst)? {
            return Ok(());
        }
        let mark = self.begin_scratch(dst);
        let value = self.operand(value)?;
        let name = self.mangled(attr);
        let k = self.name_index(&name);
        let at = self.attribute_place(at, at, attr);
        self.emit(at, Op::LoadAttr, dst, value.last(), k);
        self.end_scratch(mark);
        Ok(())
    }

    fn subscript(&mut self, s: &ast::Subscript, at: Range, dst: u16) -> Result<()> {
        let mark = self.begin_scratch(dst);
        let container = self.operand_before(&s.value, &[&s.slice])?;
        match self.key(&s.slice, &[])? {
            Key::Constant(k) => self.emit(at, Op::SubscrConst, dst, container.last(), k),
            Key::Slot(key) => self.emit(at, Op::Subscr, dst, container.last(), key.last()),
        };
        self.end_scratch(mark);
        Ok(())
    }

    /// The key of an item, which is read while `later` is still to be evaluated.
    pub(super) fn key(&mut self, e: &Expr, later: &[&Expr]) -> Result<Key> {
        Ok(match self.constant_key(e) {
            Some(constant) => Key::Constant(self.constant(constant)),
            None => Key::Slot(self.number_operand(e, later)?),
        })
    }

    /// The value of a key that is a constant, or a slice of constants.
    fn constant_key(&self, e: &Expr) -> Option<Constant> {
        let ExprKind::Slice { lower, upper, step } = &e.kind else { return self.fold(e) };
        let part = |e: &Option<Box<Expr>>| e.as_deref().map_or(Some(Constant::None), |e| self.fold(e));
        let parts = [part(lower)?, part(upper)?, part(step)?];
        // Slices of numbers are the rule; anything else may be an error that belongs to run time.
        let plain = parts.iter().all(|p| matches!(p, Constant::None | Constant::Int(_)));
        plain.then(|| Constant::Slice(std::rc::Rc::new(parts)))
    }

    fn slice(&mut self, parts: [Option<&Expr>; 3], at: Range, dst: u16) -> Result<()> {
        let mark = self.begin_scratch(dst);
        let count = if parts[2].is_some() { 3 } else { 2 };
        let base = self.u.next as u16;
        for part in &parts[..count] {
            match part {
                Some(e) => {
                    self.temp_operand(e)?;
                }
                None => {
                    self.temp_constant(at, Constant::None);
                }
            }
        }
        self.emit(at, Op::BuildSlice, dst, base, count as u16);
        self.end_scratch(mark);
        Ok(())
    }

    pub(super) fn check_yield(&mut self, what: &str, at: Range) -> Result<()> {
        if self.symbols.get(self.u.scope).is_function_like() {
            Ok(())
        } else {
            self.fault(format!("'{what}' outside function"), at)
        }
    }

    pub(super) fn check_await(&mut self, at: Range) -> Result<()> {
        if self.options.top_level_await && self.outer.is_empty() {
            return Ok(());
        }
        if !self.symbols.get(self.u.scope).is_function_like() {
            return self.fault("'await' outside function", at);
        }
        if !matches!(self.u.kind, UnitKind::AsyncFunction | UnitKind::Comprehension) {
            return self.fault("'await' outside async function", at);
        }
        Ok(())
    }

    fn yield_(&mut self, value: Option<&Expr>, at: Range, dst: u16) -> Result<()> {
        self.check_yield("yield", at)?;
        let mark = self.begin_scratch(dst);
        let value = match value {
            Some(value) => self.operand(value)?,
            None => self.temp_constant(at, Constant::None),
        };
        self.yield_operand(value, at, dst);
        self.end_scratch(mark);
        Ok(())
    }

    /// Yields a value, wrapped where the code is an asynchronous generator.
    pub(super) fn yield_operand(&mut self, value: Operand, at: Range, dst: u16) {
        let mut value = value;
        if self.u.flags & flags::ASYNC_GENERATOR != 0 {
            let wrapped = if value.temp { value } else { self.temp() };
            self.emit(at, Op::WrapAsyncYield, wrapped.slot, value.last(), 0);
            value = wrapped;
        }
        self.free(value);
        // The destination is unbound where it is the temporary made last.
        let made_last = self.u.is_temp(dst) && u32::from(dst) + 1 == self.u.next;
        let live = self.u.next as u16 - u16::from(made_last);
        self.emit(at, Op::Yield, dst, value.last(), live);
    }

    /// Drives the iterator in a temporary, as `await` and `yield from` do, and puts its result into `dst`.
    /// The iterator is consumed.
    pub(super) fn await_in(&mut self, iterator: Operand, dst: u16, at: Range) {
        let sent = self.temp_constant(at, Constant::None);
        let again = self.label();
        let end = self.label();
        self.bind(again);
        self.jump(at, Op::Send, sent.slot, iterator.slot, sent.last(), end);
        self.emit(at, Op::Yield, sent.slot, sent.last(), sent.slot | DELEGATES);
        self.jump(at, Op::JumpBack, 0, 0, 0, again);
        self.bind(end);
        if sent.slot != dst {
            self.emit(at, Op::Move, dst, sent.last(), 0);
        }
        self.free(iterator);
    }
}

pub(super) fn negated(op: ast::CmpOp) -> ast::CmpOp {
    match op {
        ast::CmpOp::Is => ast::CmpOp::IsNot,
        ast::CmpOp::IsNot => ast::CmpOp::Is,
        ast::CmpOp::In => ast::CmpOp::NotIn,
        ast::CmpOp::NotIn => ast::CmpOp::In,
        other => other,
    }
}
