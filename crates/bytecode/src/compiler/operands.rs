//! Operands: where a value stands, temporaries, constants.

use ouro_syntax::ast::{Expr, ExprKind, Range};

use super::Compiler;
use super::names::Place;
use super::unit::NUMBERS;
use crate::code::Constant;
use crate::error::Result;
use crate::opcode::{CONSUME, KEEP, Op};
use crate::scope::uses;

/// A value in a slot: a local that is borrowed, or a temporary of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operand {
    pub(super) slot: u16,
    pub(super) temp: bool,
}

/// The key of an item: a constant by its index, or a value in a slot.
#[derive(Clone, Copy)]
pub(super) enum Key {
    Constant(u16),
    Slot(Operand),
}

/// The temporaries that were in use before a value was computed.
#[derive(Clone, Copy)]
pub(super) struct Scratch {
    next: u32,
    numbers: u32,
}

impl Operand {
    /// As the operand of the instruction that reads it last.
    pub(super) fn last(self) -> u16 {
        match self.temp {
            true if self.slot >= NUMBERS => self.slot | CONSUME | KEEP,
            true => self.slot | CONSUME,
            false => self.slot,
        }
    }

    /// As the operand of an instruction after which it is still needed.
    pub(super) fn borrow(self) -> u16 {
        self.slot
    }
}

impl Compiler<'_> {
    /// A new temporary.
    pub(super) fn temp(&mut self) -> Operand {
        Operand { slot: self.u.alloc(), temp: true }
    }

    /// Gives a temporary back, with all above it. The code has consumed them.
    pub(super) fn free(&mut self, operand: Operand) {
        if operand.temp && operand.slot >= NUMBERS {
            self.u.numbers = self.u.numbers.min(u32::from(operand.slot - NUMBERS));
        } else if operand.temp {
            self.u.next = self.u.next.min(u32::from(operand.slot));
        }
    }

    /// A new temporary for a value that is likely to be a number.
    pub(super) fn number_temp(&mut self) -> Operand {
        Operand { slot: self.u.alloc_number(), temp: true }
    }

    /// A temporary that holds a constant.
    pub(super) fn temp_constant(&mut self, at: Range, constant: Constant) -> Operand {
        let temp = self.temp();
        self.load_constant(at, temp.slot, constant);
        temp
    }

    pub(super) fn constant(&mut self, constant: Constant) -> u16 {
        if self.u.e.reachable() { self.u.constants.add(constant) as u16 } else { 0 }
    }

    pub(super) fn load_constant(&mut self, at: Range, dst: u16, constant: Constant) {
        let k = self.constant(constant);
        self.emit(at, Op::LoadConst, dst, k, 0);
    }

    /// A value that the very next instruction uses.
    pub(super) fn operand(&mut self, e: &Expr) -> Result<Operand> {
        self.operand_before(e, &[])
    }

    /// A value that is used after other expressions have been evaluated. A local is borrowed all the same,
    /// unless one of them may rebind it, and checked now if an error must not wait for them.
    pub(super) fn operand_before(&mut self, e: &Expr, later: &[&Expr]) -> Result<Operand> {
        if let Some(local) = self.local_operand(e, later) {
            return Ok(local);
        }
        self.temp_operand(e)
    }

    /// An operand of arithmetic, or an index: as [`Compiler::operand_before`], but the result of arithmetic goes to a
    /// temporary for numbers, which keeps its box for the next one.
    pub(super) fn number_operand(&mut self, e: &Expr, later: &[&Expr]) -> Result<Operand> {
        if let Some(local) = self.local_operand(e, later) {
            return Ok(local);
        }
        if !matches!(e.kind, ExprKind::BinOp(_) | ExprKind::UnaryOp { .. }) {
            return self.temp_operand(e);
        }
        let temp = self.number_temp();
        self.expr_into(e, temp.slot)?;
        Ok(temp)
    }

    /// The local that an expression is, or a copy of it, if it may be rebound before it is used.
    fn local_operand(&mut self, e: &Expr, later: &[&Expr]) -> Option<Operand> {
        if let ExprKind::Name { id, .. } = &e.kind {
            let name = self.mangled(id);
            if let Place::Slot { slot, uses: flags } = self.place(&name) {
                let effects = !later.iter().all(|e| self.is_quiet(e));
                if effects && flags & uses::WALRUS != 0 {
                    let temp = self.temp();
                    self.load_slot_into(slot, temp.slot, e.range);
                    self.mark_bound(slot, flags);
                    return Some(temp);
                }
                if effects && !self.u.bound.contains(slot) {
                    self.emit(e.range, Op::CheckBound, slot, 0, 0);
                    self.mark_bound(slot, flags);
                }
                return Some(Operand { slot, temp: false });
            }
        }
        None
    }

    /// A value in a temporary of its own.
    pub(super) fn temp_operand(&mut self, e: &Expr) -> Result<Operand> {
        let temp = self.temp();
        self.expr_into(e, temp.slot)?;
        Ok(temp)
    }

    /// Whether evaluating an expression runs no code of the program and cannot fail, except that a local
    /// may be unbound, which the instruction that uses it notices in the right order.
    fn is_quiet(&mut self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Constant { .. } => true,
            ExprKind::Name { id, .. } => {
                let name = self.mangled(id);
                matches!(self.place(&name), Place::Slot { .. })
            }
            _ => false,
        }
    }

    /// Releases a value that nobody wants. A local is checked, as reading it would have done.
    pub(super) fn drop_operand(&mut self, value: Operand, at: Range) {
        if value.temp {
            self.emit(at, Op::Clear, value.slot, 0, 0);
            self.free(value);
        } else if !self.u.bound.contains(value.slot) {
            self.emit(at, Op::CheckBound, value.slot, 0, 0);
        }
    }

    /// Where scratch temporaries for a value start that will be written to `dst`: a temporary on top of the
    /// stack can be part of them. Returns the mark that [`Compiler::end_scratch`] takes.
    pub(super) fn begin_scratch(&mut self, dst: u16) -> Scratch {
        let mark = Scratch { next: self.u.next, numbers: self.u.numbers };
        if self.u.is_temp(dst) && u32::from(dst) + 1 == mark.next {
            self.u.next = u32::from(dst);
        }
        mark
    }

    pub(super) fn end_scratch(&mut self, mark: Scratch) {
        self.u.next = mark.next;
        self.u.numbers = mark.numbers;
    }
}
