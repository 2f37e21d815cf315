//! Expressions as conditions: control flow instead of a value.

use ouro_syntax::ast::{self, BoolOp, CmpOp, Expr, ExprKind, Range, UnaryOp};

use super::Compiler;
use super::constants::truth;
use super::emit::{Label, NOWHERE};
use super::operands::Operand;
use crate::code::Constant;
use crate::error::Result;
use crate::opcode::{CONSTANT_LEFT, CONSUME, Comparison, Op};

/// The rich comparisons; the other operators have instructions of their own.
pub(super) fn comparison(op: CmpOp) -> Option<Comparison> {
    match op {
        CmpOp::Lt => Some(Comparison::Lt),
        CmpOp::LtE => Some(Comparison::Le),
        CmpOp::Eq => Some(Comparison::Eq),
        CmpOp::NotEq => Some(Comparison::Ne),
        CmpOp::Gt => Some(Comparison::Gt),
        CmpOp::GtE => Some(Comparison::Ge),
        CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => None,
    }
}

impl Compiler<'_> {
    /// Jumps to `target` if the truth of the expression is `sense`, and goes on otherwise.
    pub(super) fn jump_if(&mut self, e: &Expr, target: Label, sense: bool) -> Result<()> {
        if let Some(constant) = self.fold(e) {
            if truth(&constant) == sense {
                self.go(target);
            }
            return Ok(());
        }
        self.deeper(e.range, |c| c.jump_if_inner(e, target, sense))
    }

    fn jump_if_inner(&mut self, e: &Expr, target: Label, sense: bool) -> Result<()> {
        match &e.kind {
            ExprKind::UnaryOp { op: UnaryOp::Not, operand } => {
                self.look_at_negated(operand);
                self.jump_if(operand, target, !sense)
            }
            ExprKind::BoolOp { op, values } => {
                let Some((last, first)) = values.split_last() else { return Ok(()) };
                // `or` is decided by the first true operand, `and` by the first false one.
                let deciding = *op == BoolOp::Or;
                let skip = if deciding == sense { target } else { self.label() };
                let mut after_first = None;
                for value in first {
                    self.jump_if(value, skip, deciding)?;
                    if after_first.is_none() {
                        after_first = Some(self.u.bound.clone());
                    }
                }
                self.jump_if(last, target, sense)?;
                if skip != target {
                    self.bind(skip);
                }
                if let Some(state) = after_first {
                    self.u.bound = state;
                }
                Ok(())
            }
            ExprKind::IfExp(i) => {
                let orelse = self.label();
                let end = self.label();
                self.jump_if(&i.test, orelse, false)?;
                let state = self.u.bound.clone();
                self.jump_if(&i.body, target, sense)?;
                self.go(end);
                self.bind(orelse);
                self.u.bound.clone_from(&state);
                self.jump_if(&i.orelse, target, sense)?;
                self.bind(end);
                self.u.bound = state;
                Ok(())
            }
            ExprKind::Compare(c) if c.ops.len() == 1 => {
                self.look_at(e);
                let (op, right) = (c.ops[0], &c.comparators[0]);
                if let Some(constant) = self.constant_left(c) {
                    let right = self.comparator(op, right, &[])?;
                    self.jump_on_constant_left(constant, op, right.last(), e.range, target, sense);
                    self.free(right);
                    return Ok(());
                }
                let left = self.number_operand(&c.left, &[right])?;
                self.compare_jump(left, op, right, e.range, target, sense)?;
                self.free(left);
                Ok(())
            }
            ExprKind::Compare(c) => {
                self.look_at(e);
                self.chain_jump(c, e.range, target, sense)
            }
            _ => {
                let value = self.operand(e)?;
                let op = if sense { Op::JumpIfTrue } else { Op::JumpIfFalse };
                self.jump(e.range, op, value.last(), 0, 0, target);
                self.free(value);
                Ok(())
            }
        }
    }

    /// `left op right` as a jump; `left` is read for the last time.
    fn compare_jump(
        &mut self,
        left: Operand,
        op: CmpOp,
        right: &Expr,
        at: Range,
        target: Label,
        sense: bool,
    ) -> Result<()> {
        let folded = self.fold(right);
        if matches!(op, CmpOp::Is | CmpOp::IsNot) && matches!(folded, Some(Constant::None)) {
            let wants_none = (op == CmpOp::Is) == sense;
            let op = if wants_none { Op::JumpIfNone } else { Op::JumpIfNotNone };
            self.jump(at, op, left.last(), 0, 0, target);
            return Ok(());
        }
        if let (Some(comparison), Some(constant)) = (comparison(op), &folded) {
            let k = self.constant(constant.clone());
            let a = comparison as u16 * 2 + u16::from(sense);
            self.jump(at, Op::CompareJumpConst, a, left.last(), k, target);
            return Ok(());
        }
        let right = self.comparator(op, right, &[])?;
        self.jump_on(left.last(), op, right.last(), at, target, sense);
        self.free(right);
        Ok(())
    }

    /// The left operand of the first comparison if it is a constant and the right one is none.
    fn constant_left(&self, c: &ast::Compare) -> Option<Constant> {
        comparison(c.ops[0])?;
        self.fold(&c.left).filter(|_| self.fold(&c.comparators[0]).is_none())
    }

    /// `constant op right` as a jump: the comparison of the right operand with the constant, mirrored.
    fn jump_on_constant_left(
        &mut self,
        left: Constant,
        op: CmpOp,
        right: u16,
        at: Range,
        target: Label,
        sense: bool,
    ) {
        let mirrored = comparison(op).expect("seen by `constant_left`").mirrored();
        let k = self.constant(left);
        let a = (mirrored as u16 * 2 + u16::from(sense)) | CONSTANT_LEFT;
        self.jump(at, Op::CompareJumpConst, a, right, k, target);
    }

    fn jump_on(&mut self, left: u16, op: CmpOp, right: u16, at: Range, target: Label, sense: bool) {
        match op {
            CmpOp::Is | CmpOp::IsNot => {
                let wanted = u16::from((op == CmpOp::Is) == sense);
                self.jump(at, Op::IsJump, wanted, left, right, target);
            }
            CmpOp::In | CmpOp::NotIn => {
                let wanted = u16::from((op == CmpOp::In) == sense);
                self.jump(at, Op::ContainsJump, wanted, left, right, target);
            }
            _ => {
                let comparison = comparison(op).map_or(0, |c| c as u16);
                self.jump(at, Op::CompareJump, comparison * 2 + u16::from(sense), left, right, target);
            }
        }
    }

    /// The right operand of a comparison: a constant list or set that is only searched becomes a constant.
    pub(super) fn comparator(&mut self, op: CmpOp, e: &Expr, later: &[&Expr]) -> Result<Operand> {
        if let Some(constant) = self.searched_by(op, e) {
            return Ok(self.temp_constant(e.range, constant));
        }
        if comparison(op).is_some() { self.number_operand(e, later) } else { self.operand_before(e, later) }
    }

    fn searched_by(&self, op: CmpOp, e: &Expr) -> Option<Constant> {
        if !matches!(op, CmpOp::In | CmpOp::NotIn) {
            return None;
        }
        match &e.kind {
            ExprKind::List { elts, .. } => Some(Constant::Tuple(self.fold_all(elts)?)),
            ExprKind::Set { elts } => Some(Constant::FrozenSet(self.fold_all(elts)?)),
            _ => None,
        }
    }

    /// `a < b < c` as a jump. Each operand in the middle is evaluated once and kept until it is compared twice.
    fn chain_jump(&mut self, c: &ast::Compare, at: Range, target: Label, sense: bool) -> Result<()> {
        let last = c.ops.len() - 1;
        let base = self.u.next;
        let constant = self.constant_left(c);
        let mut left = match constant {
            // Nothing stands where it would.
            Some(_) => Operand { slot: base as u16, temp: false },
            None => self.chain_operand(&c.left, c, 0)?,
        };
        let mut state = None;
        // The ways out when a comparison fails: `cleanup` has the right operand still in a temporary.
        let failed = if sense { self.label() } else { target };
        let cleanup = self.label();
        for i in 0..last {
            self.u.next = base + 1;
            let right = self.comparator_for_chain(c, i)?;
            let out = if right.temp { cleanup } else { failed };
            match &constant {
                Some(constant) if i == 0 => {
                    self.jump_on_constant_left(constant.clone(), c.ops[0], right.borrow(), at, out, false);
                }
                _ => self.jump_on(left.last(), c.ops[i], right.borrow(), at, out, false),
            }
            left = self.settle(right, base);
            if state.is_none() {
                state = Some(self.u.bound.clone());
            }
        }
        self.compare_jump(left, c.ops[last], &c.comparators[last], at, target, sense)?;
        self.u.next = base;
        let end = self.label();
        if self.u.e.is_used(cleanup) {
            self.go(end);
            self.bind(cleanup);
            self.emit(NOWHERE, Op::Clear, base as u16 + 1, 0, 0);
            if !sense {
                self.go(target);
            }
        }
        if sense {
            self.bind(failed);
        }
        self.bind(end);
        if let Some(state) = state {
            self.u.bound = state;
        }
        Ok(())
    }

    fn chain_operand(&mut self, e: &Expr, c: &ast::Compare, next: usize) -> Result<Operand> {
        let later: Vec<&Expr> = c.comparators[next..].iter().collect();
        self.operand_before(e, &later)
    }

    /// The right operand of the i-th comparison of a chain. Its temporary is always the second above the
    /// start of the chain's.
    fn comparator_for_chain(&mut self, c: &ast::Compare, i: usize) -> Result<Operand> {
        let later: Vec<&Expr> = c.comparators[i + 1..].iter().collect();
        let operand = &c.comparators[i];
        match self.searched_by(c.ops[i], operand) {
            Some(constant) => Ok(self.temp_constant(operand.range, constant)),
            None => self.operand_before(operand, &later),
        }
    }

    /// Moves the right operand of a comparison down to where the left one was.
    fn settle(&mut self, right: Operand, base: u32) -> Operand {
        if !right.temp {
            self.u.next = base;
            return right;
        }
        let slot = base as u16;
        self.emit(NOWHERE, Op::Move, slot, right.slot | CONSUME, 0);
        self.u.next = base + 1;
        Operand { slot, temp: true }
    }

    /// `a < b < c` as a value in `dst`, a temporary.
    pub(super) fn chain_into(&mut self, c: &ast::Compare, at: Range, dst: u16) -> Result<()> {
        let last = c.ops.len() - 1;
        let base = self.u.next;
        let mut left = self.chain_operand(&c.left, c, 0)?;
        let mut state = None;
        let plain_end = self.label();
        let cleanup = self.label();
        for i in 0..last {
            self.u.next = base + 1;
            let right = self.comparator_for_chain(c, i)?;
            self.compare_into(left, c.ops[i], right.borrow(), at, dst);
            let out = if right.temp { cleanup } else { plain_end };
            self.jump(at, Op::JumpIfFalse, dst, 0, 0, out);
            self.emit(NOWHERE, Op::Clear, dst, 0, 0);
            left = self.settle(right, base);
            if state.is_none() {
                state = Some(self.u.bound.clone());
            }
        }
        self.u.next = base + 1;
        let right = self.comparator_for_chain(c, last)?;
        self.compare_into(left, c.ops[last], right.last(), at, dst);
        self.u.next = base;
        if self.u.e.is_used(cleanup) {
            self.go(plain_end);
            self.bind(cleanup);
            self.emit(NOWHERE, Op::Clear, base as u16 + 1, 0, 0);
        }
        self.bind(plain_end);
        if let Some(state) = state {
            self.u.bound = state;
        }
        Ok(())
    }

    /// One comparison as a value; `left` is read for the last time.
    pub(super) fn compare_into(&mut self, left: Operand, op: CmpOp, right: u16, at: Range, dst: u16) {
        match op {
            CmpOp::Is | CmpOp::IsNot => {
                let negated = i32::from(op == CmpOp::IsNot);
                self.emit_data(at, Op::IsOp, dst, left.last(), right, negated);
            }
            CmpOp::In | CmpOp::NotIn => {
                let negated = i32::from(op == CmpOp::NotIn);
                self.emit_data(at, Op::ContainsOp, dst, left.last(), right, negated);
            }
            _ => {
                let comparison = comparison(op).map_or(0, |c| c as i32);
                self.emit_data(at, Op::Compare, dst, left.last(), right, comparison);
            }
        }
    }
}
