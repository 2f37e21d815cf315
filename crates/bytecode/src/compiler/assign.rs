//! Assignment, augmented and annotated assignment, deletion.

use ouro_syntax::ast::{self, AnnAssign, Expr, ExprKind, Operator, Range};

use super::Compiler;
use super::constants::string;
use super::names::Place;
use super::operands::{Key, Operand};
use super::unit::UnitKind;
use crate::error::Result;
use crate::opcode::Op;

/// What is added to the number of an operator for its in-place form.
const IN_PLACE: i32 = 32;

/// Sequences of at most this many targets are assigned without a tuple.
const MAX_SWAP: usize = 8;

impl Compiler<'_> {
    pub(super) fn assign(&mut self, targets: &[Expr], value: &Expr) -> Result<()> {
        let [target] = targets else { return self.assign_to_all(targets, value) };
        if let ExprKind::Name { id, .. } = &target.kind {
            self.check_assignable(id, target.range)?;
            if let Some((slot, uses)) = self.local_target(id) {
                self.expr_into(value, slot)?;
                self.mark_bound(slot, uses);
                return Ok(());
            }
        }
        if let (
            ExprKind::Tuple { elts: to, .. } | ExprKind::List { elts: to, .. },
            ExprKind::Tuple { elts: from, .. },
        ) = (&target.kind, &value.kind)
            && to.len() == from.len()
            && to.len() <= MAX_SWAP
            && !to.is_empty()
            && !to.iter().chain(from).any(|e| matches!(e.kind, ExprKind::Starred { .. }))
            && self.fold(value).is_none()
        {
            return self.assign_pairs(to, from);
        }
        let (mark, numbers) = (self.u.next, self.u.numbers);
        // What an attribute, an item or a variable in a namespace or cell was may leave its box to the next result.
        let value = match target.kind {
            ExprKind::Attribute { .. } | ExprKind::Subscript(_) | ExprKind::Name { .. } => {
                self.number_operand(value, &[target])?
            }
            _ => self.operand_before(value, &[target])?,
        };
        self.store(target, value)?;
        (self.u.next, self.u.numbers) = (mark, numbers);
        Ok(())
    }

    /// Whether CPython stores into targets of `a, b = x, y` from right to left: its compiler exchanges the stores of two or three
    /// different locals on one line instead of the values.
    fn stores_backwards(&mut self, targets: &[Expr]) -> bool {
        if !matches!(targets.len(), 2 | 3) {
            return false;
        }
        let mut slots = Vec::with_capacity(targets.len());
        for target in targets {
            let ExprKind::Name { id, .. } = &target.kind else { return false };
            let Some((slot, _)) = self.local_target(id).filter(|(slot, _)| !slots.contains(slot)) else {
                return false;
            };
            slots.push(slot);
        }
        let line = |target: &Expr| self.lines.line(target.range.start);
        targets.iter().all(|target| line(target) == line(&targets[0]))
    }

    /// `a, b = x, y`: all values first, then the targets from left to right, but for those that CPython exchanges.
    fn assign_pairs(&mut self, to: &[Expr], from: &[Expr]) -> Result<()> {
        let mark = self.u.next;
        for e in from {
            self.temp_operand(e)?;
        }
        let top = self.u.next;
        let mut order: Vec<usize> = (0..to.len()).collect();
        if self.stores_backwards(to) {
            order.reverse();
        }
        for i in order {
            let value = Operand { slot: mark as u16 + i as u16, temp: true };
            self.store(&to[i], value)?;
            self.u.next = top;
        }
        self.u.next = mark;
        Ok(())
    }

    fn assign_to_all(&mut self, targets: &[Expr], value: &Expr) -> Result<()> {
        let mark = self.u.next;
        let Some((last, first)) = targets.split_last() else { return Ok(()) };
        // A target may rebind the variable that the value came from.
        let plain = targets.iter().all(|t| matches!(t.kind, ExprKind::Name { .. }));
        let value = if plain { self.operand(value)? } else { self.temp_operand(value)? };
        let top = self.u.next;
        for target in first {
            self.store(target, Operand { temp: false, ..value })?;
            self.u.next = top;
        }
        self.store(last, value)?;
        self.u.next = mark;
        Ok(())
    }

    /// Assigns a value to a target. A temporary is consumed and given back.
    pub(super) fn store(&mut self, target: &Expr, value: Operand) -> Result<()> {
        let at = target.range;
        match &target.kind {
            ExprKind::Name { id, .. } => return self.store_name(id, value, at),
            ExprKind::Attribute { value: object, attr, .. } => {
                self.check_assignable(attr, at)?;
                self.note_static_attribute(object, attr);
                let object = self.operand(object)?;
                let name = self.mangled(attr);
                let k = self.name_index(&name);
                let at = self.attribute_place(at, at, attr);
                self.emit(at, Op::StoreAttr, object.last(), value.last(), k);
                self.free(object);
            }
            ExprKind::Subscript(s) => {
                let container = self.operand_before(&s.value, &[&s.slice])?;
                let key = self.key(&s.slice, &[])?;
                self.store_item(container, key, value, at);
                if let Key::Slot(key) = key {
                    self.free(key);
                }
                self.free(container);
            }
            ExprKind::Tuple { elts, .. } | ExprKind::List { elts, .. } => self.unpack(elts, value, at)?,
            ExprKind::Starred { .. } => {
                return self.fault("starred assignment target must be in a list or tuple", at);
            }
            _ => return self.fault("cannot assign to expression", at),
        }
        self.free(value);
        Ok(())
    }

    /// `container[key] = value`
    fn store_item(&mut self, container: Operand, key: Key, value: Operand, at: Range) {
        match key {
            Key::Constant(k) => self.emit(at, Op::StoreSubscrConst, container.last(), k, value.last()),
            Key::Slot(key) => self.emit(at, Op::StoreSubscr, container.last(), key.last(), value.last()),
        };
    }

    /// The slots and uses of targets that are locals in consecutive slots: they can be unpacked into straight away.
    fn row_of_locals(&mut self, targets: &[Expr]) -> Option<Vec<(u16, u16)>> {
        let mut row = Vec::with_capacity(targets.len());
        for target in targets {
            let ExprKind::Name { id, .. } = &target.kind else { return None };
            let (slot, uses) = self.local_target(id).filter(|_| **id != *"__debug__")?;
            if row.first().is_some_and(|&(first, _): &(u16, u16)| slot != first + row.len() as u16) {
                return None;
            }
            row.push((slot, uses));
        }
        (!row.is_empty()).then_some(row)
    }

    fn unpack(&mut self, targets: &[Expr], value: Operand, at: Range) -> Result<()> {
        let is_star = |e: &Expr| matches!(e.kind, ExprKind::Starred { .. });
        let star = targets.iter().position(is_star);
        let mark = self.u.next;
        let count = targets.len();
        if let Some(star) = star {
            if targets[star + 1..].iter().any(is_star) {
                return self.fault("multiple starred expressions in assignment", at);
            }
            if star >= 256 || count - star > 256 {
                return self.fault("too many expressions in star-unpacking assignment", at);
            }
        }
        if let Some(locals) = self.row_of_locals(targets) {
            self.emit(at, Op::Unpack, locals[0].0, value.last(), count as u16);
            for (slot, uses) in locals {
                self.mark_bound(slot, uses);
            }
            return Ok(());
        }
        let base = self.u.alloc_many(count as u32);
        match star {
            Some(star) => {
                let counts = star + 256 * (count - star - 1);
                self.emit(at, Op::UnpackStar, base, value.last(), counts as u16);
            }
            None => self.emit(at, Op::Unpack, base, value.last(), count as u16),
        }
        let top = self.u.next;
        for (i, target) in targets.iter().enumerate() {
            let item = Operand { slot: base + i as u16, temp: true };
            let target = match &target.kind {
                ExprKind::Starred { value, .. } => value,
                _ => target,
            };
            self.store(target, item)?;
            self.u.next = top;
        }
        self.u.next = mark;
        Ok(())
    }

    pub(super) fn aug_assign(&mut self, target: &Expr, op: Operator, value: &Expr, at: Range) -> Result<()> {
        let mark = self.u.next;
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.check_assignable(id, target.range)?;
                let name = self.mangled(id);
                if let Place::Slot { slot, uses } = self.place(&name) {
                    let left = self.operand_before(target, &[value])?;
                    self.binary_step(left, op, IN_PLACE, value, at, slot)?;
                    self.mark_bound(slot, uses);
                } else {
                    let left = self.temp();
                    self.load_name_into(id, left.slot, target.range);
                    let result = self.number_temp();
                    self.binary_step(left, op, IN_PLACE, value, at, result.slot)?;
                    self.store_name(id, result, at)?;
                }
            }
            ExprKind::Attribute { value: object, attr, .. } => {
                self.check_assignable(attr, target.range)?;
                self.note_static_attribute(object, attr);
                let object = self.operand_before(object, &[value])?;
                let name = self.mangled(attr);
                let k = self.name_index(&name);
                let left = self.temp();
                let place = self.attribute_place(target.range, target.range, attr);
                self.emit(place, Op::LoadAttr, left.slot, object.borrow(), k);
                let result = self.number_temp();
                self.binary_step(left, op, IN_PLACE, value, at, result.slot)?;
                self.emit(place, Op::StoreAttr, object.last(), result.last(), k);
                self.free(result);
            }
            ExprKind::Subscript(s) => {
                let container = self.operand_before(&s.value, &[&s.slice, value])?;
                let key = self.key(&s.slice, &[value])?;
                let left = self.temp();
                match key {
                    Key::Constant(k) => {
                        self.emit(target.range, Op::SubscrConst, left.slot, container.borrow(), k);
                    }
                    Key::Slot(key) => {
                        self.emit(target.range, Op::Subscr, left.slot, container.borrow(), key.borrow());
                    }
                }
                let result = self.number_temp();
                self.binary_step(left, op, IN_PLACE, value, at, result.slot)?;
                self.store_item(container, key, result, target.range);
                self.free(result);
            }
            _ => return self.fault("illegal expression for augmented assignment", target.range),
        }
        self.u.next = mark;
        Ok(())
    }

    pub(super) fn ann_assign(&mut self, a: &AnnAssign, at: Range) -> Result<()> {
        if let Some(value) = &a.value {
            self.assign(std::slice::from_ref(&a.target), value)?;
        }
        let evaluated = matches!(self.u.kind, UnitKind::Module | UnitKind::Class);
        match &a.target.kind {
            ExprKind::Name { id, .. } => {
                self.check_assignable(id, at)?;
                if a.simple && evaluated {
                    let mark = self.u.next;
                    let value = self.temp();
                    self.annotation_into(&a.annotation, value.slot)?;
                    let annotations = self.temp();
                    let name = self.words.annotations.clone();
                    let k = self.name_index(&name);
                    self.emit(at, Op::LoadName, annotations.slot, k, 0);
                    let name = self.mangled(id);
                    let key = self.temp_constant(at, string(&name));
                    self.emit(at, Op::StoreSubscr, annotations.last(), key.last(), value.last());
                    self.u.next = mark;
                    return Ok(());
                }
            }
            ExprKind::Attribute { value, attr, .. } => {
                self.check_assignable(attr, at)?;
                if a.value.is_none() {
                    self.evaluate(value)?;
                }
            }
            ExprKind::Subscript(s) if a.value.is_none() => {
                self.evaluate(&s.value)?;
                self.evaluate(&s.slice)?;
            }
            _ => {}
        }
        let future = self.features & crate::code::flags::FUTURE_ANNOTATIONS != 0;
        if !a.simple && evaluated && !future {
            self.evaluate(&a.annotation)?;
        }
        Ok(())
    }

    /// Evaluates an expression and drops its value.
    fn evaluate(&mut self, e: &Expr) -> Result<()> {
        if let ExprKind::Slice { lower, upper, step } = &e.kind {
            for part in [lower, upper, step].into_iter().flatten() {
                self.evaluate(part)?;
            }
            return Ok(());
        }
        let value = self.operand(e)?;
        self.drop_operand(value, e.range);
        Ok(())
    }

    pub(super) fn delete(&mut self, target: &Expr) -> Result<()> {
        let at = target.range;
        let mark = self.u.next;
        match &target.kind {
            ExprKind::Name { id, .. } => self.delete_name(id, at)?,
            ExprKind::Attribute { value, attr, .. } => {
                let object = self.operand(value)?;
                let name = self.mangled(attr);
                let k = self.name_index(&name);
                let at = self.attribute_place(at, at, attr);
                self.emit(at, Op::DeleteAttr, object.last(), k, 0);
            }
            ExprKind::Subscript(s) => {
                let container = self.operand_before(&s.value, &[&s.slice])?;
                let key = self.number_operand(&s.slice, &[])?;
                self.emit(at, Op::DeleteSubscr, container.last(), key.last(), 0);
            }
            ExprKind::Tuple { elts, .. } | ExprKind::List { elts, .. } => {
                elts.iter().try_for_each(|e| self.delete(e))?;
            }
            _ => return self.fault("cannot delete expression", at),
        }
        self.u.next = mark;
        Ok(())
    }

    pub(super) fn import(&mut self, names: &[ast::Alias], at: Range) -> Result<()> {
        for alias in names {
            let module = self.temp();
            let k = self.name_index(&alias.name);
            let none = self.constant(crate::code::Constant::None);
            self.emit_data(at, Op::ImportName, module.slot, k, none, 0);
            let (first, rest) = match alias.name.split_once('.') {
                Some((first, rest)) => (first, Some(rest)),
                None => (&*alias.name, None),
            };
            match &alias.asname {
                Some(asname) => {
                    for part in rest.into_iter().flat_map(|rest| rest.split('.')) {
                        let k = self.name_index(&part.into());
                        self.emit(at, Op::ImportFrom, module.slot, module.last(), k);
                    }
                    self.store_name(asname, module, at)?;
                }
                None => self.store_name(&first.into(), module, at)?,
            }
        }
        Ok(())
    }

    pub(super) fn import_from(&mut self, i: &ast::ImportFrom, at: Range) -> Result<()> {
        if self.is_late_future(i, at) {
            return self.fault("from __future__ imports must occur at the beginning of the file", at);
        }
        let names = i.names.iter().map(|a| string(&a.name)).collect();
        let module = self.temp();
        let k = self.name_index(i.module.as_ref().unwrap_or(&"".into()));
        let names = self.constant(crate::code::Constant::Tuple(names));
        self.emit_data(at, Op::ImportName, module.slot, k, names, i.level as i32);
        for alias in &i.names {
            if &*alias.name == "*" {
                self.emit(at, Op::ImportStar, module.last(), 0, 0);
                self.free(module);
                return Ok(());
            }
            let value = self.temp();
            let k = self.name_index(&alias.name);
            self.emit(at, Op::ImportFrom, value.slot, module.borrow(), k);
            self.store_name(alias.asname.as_ref().unwrap_or(&alias.name), value, at)?;
        }
        self.emit(at, Op::Clear, module.slot, 0, 0);
        self.free(module);
        Ok(())
    }
}
