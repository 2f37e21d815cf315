//! Displays of lists, sets, tuples and dicts, and f-strings: what is built from many values.

use ouro_syntax::ast::{self, Conversion, Expr, ExprKind, Range};

use super::Compiler;
use crate::code::Constant;
use crate::error::Result;
use crate::opcode::Op;

/// Displays with more elements are built piece by piece, so that frames stay small.
const MAX_DISPLAY: usize = 30;

/// The kinds of display that [`Compiler::display`] builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    List,
    Set,
    Tuple,
}

impl Display {
    fn build(self) -> Op {
        match self {
            Display::List => Op::BuildList,
            Display::Set => Op::BuildSet,
            Display::Tuple => Op::BuildTuple,
        }
    }
}

impl Compiler<'_> {
    pub(super) fn formatted_value(&mut self, f: &ast::FormattedValue, at: Range, dst: u16) -> Result<()> {
        let conversion = match f.conversion {
            Conversion::None => 0,
            Conversion::Str => 1,
            Conversion::Repr => 2,
            Conversion::Ascii => 3,
        };
        let mark = self.begin_scratch(dst);
        match &f.format_spec {
            None => {
                let value = self.operand(&f.value)?;
                self.emit(at, Op::FormatValue, dst, value.last(), conversion);
            }
            Some(spec) => {
                let value = self.operand_before(&f.value, &[spec])?;
                let spec = self.operand(spec)?;
                self.emit_data(at, Op::FormatSpec, dst, value.last(), spec.last(), i32::from(conversion));
            }
        }
        self.end_scratch(mark);
        Ok(())
    }

    pub(super) fn joined_string(&mut self, values: &[Expr], at: Range, dst: u16) -> Result<()> {
        match values {
            [] => {
                self.load_constant(at, dst, super::constants::string(""));
                return Ok(());
            }
            [only] => return self.expr_into(only, dst),
            _ => {}
        }
        let mark = self.begin_scratch(dst);
        let base = self.u.next as u16;
        let mut count = 0;
        for value in values {
            if count == MAX_DISPLAY as u16 {
                // Joins what there is so far, so that long strings need no large frame.
                self.emit(at, Op::BuildString, base, base, count);
                self.u.next = u32::from(base) + 1;
                count = 1;
            }
            self.temp_operand(value)?;
            count += 1;
        }
        self.emit(at, Op::BuildString, dst, base, count);
        self.end_scratch(mark);
        Ok(())
    }

    /// A list, set or tuple display, also of call arguments.
    pub(super) fn display(&mut self, elts: &[Expr], kind: Display, at: Range, dst: u16) -> Result<()> {
        let starred = elts.iter().any(|e| matches!(e.kind, ExprKind::Starred { .. }));
        if !starred
            && kind != Display::Tuple
            && elts.len() >= 3
            && let Some(items) = self.fold_all(elts)
        {
            let (items, n) = match kind {
                Display::Set => (Constant::FrozenSet(items), 1),
                _ => (Constant::Tuple(items), 0),
            };
            let k = self.constant(items);
            self.emit(at, Op::BuildConstList, dst, k, n);
            return Ok(());
        }
        let mark = self.begin_scratch(dst);
        if !starred && elts.len() <= MAX_DISPLAY {
            let base = self.u.next as u16;
            for e in elts {
                self.temp_operand(e)?;
            }
            self.emit(at, kind.build(), dst, base, elts.len() as u16);
            self.end_scratch(mark);
            return Ok(());
        }
        let list = self.temp();
        let first = elts.iter().position(|e| matches!(e.kind, ExprKind::Starred { .. })).unwrap_or(0);
        let first = if first > MAX_DISPLAY { 0 } else { first };
        for e in &elts[..first] {
            self.temp_operand(e)?;
        }
        // The first elements are built at once; their temporaries follow the one of the collection.
        let build = if kind == Display::Set { Op::BuildSet } else { Op::BuildList };
        self.emit(at, build, list.slot, list.slot + 1, first as u16);
        self.u.next = u32::from(list.slot) + 1;
        for e in &elts[first..] {
            if let ExprKind::Starred { value, .. } = &e.kind {
                let item = self.operand(value)?;
                let op = if kind == Display::Set { Op::SetUpdate } else { Op::ListExtend };
                self.emit(at, op, list.borrow(), item.last(), 0);
                self.free(item);
            } else {
                let item = self.operand(e)?;
                let op = if kind == Display::Set { Op::SetAdd } else { Op::ListAppend };
                self.emit(at, op, list.borrow(), item.last(), 0);
                self.free(item);
            }
        }
        if kind == Display::Tuple {
            self.emit(at, Op::ListToTuple, dst, list.last(), 0);
        } else if list.slot != dst {
            self.emit(at, Op::Move, dst, list.last(), 0);
        }
        self.end_scratch(mark);
        Ok(())
    }

    pub(super) fn dict(&mut self, d: &ast::Dict, at: Range, dst: u16) -> Result<()> {
        let mark = self.begin_scratch(dst);
        let unpacks = d.keys.iter().any(Option::is_none);
        if !unpacks && d.keys.len() * 2 <= MAX_DISPLAY {
            let base = self.u.next as u16;
            for (key, value) in d.keys.iter().zip(&d.values) {
                if let Some(key) = key {
                    self.temp_operand(key)?;
                }
                self.temp_operand(value)?;
            }
            self.emit(at, Op::BuildMap, dst, base, d.keys.len() as u16);
            self.end_scratch(mark);
            return Ok(());
        }
        let map = self.temp();
        self.emit(at, Op::BuildMap, map.slot, map.slot + 1, 0);
        for (key, value) in d.keys.iter().zip(&d.values) {
            match key {
                Some(key) => {
                    let key = self.operand_before(key, &[value])?;
                    let item = self.operand(value)?;
                    self.emit(at, Op::MapAdd, map.borrow(), key.last(), item.last());
                }
                None => {
                    let item = self.operand(value)?;
                    self.emit(at, Op::DictUpdate, map.borrow(), item.last(), 0);
                }
            }
            self.u.next = u32::from(map.slot) + 1;
        }
        if map.slot != dst {
            self.emit(at, Op::Move, dst, map.last(), 0);
        }
        self.end_scratch(mark);
        Ok(())
    }
}
