//! Type parameters and `type` statements (PEP 695, PEP 696).

use std::rc::Rc;

use ouro_syntax::ast::{Expr, ExprKind, Range, TypeAlias, TypeParam, TypeParamKind};

use super::Compiler;
use super::constants::string;
use super::operands::Operand;
use super::unit::UnitKind;
use crate::code::Constant;
use crate::error::Result;
use crate::opcode::{Intrinsic, Op, WINDOW_HEADER};
use crate::scope::Part;

impl<'a> Compiler<'a> {
    /// Makes type parameters, binds their names and leaves the tuple of them in `dst`, the topmost temporary.
    pub(super) fn type_parameters(&mut self, params: &[TypeParam], dst: u16, at: Range) -> Result<()> {
        self.u.next = u32::from(dst);
        let mut default_seen = false;
        for param in params {
            let (name, bound, default, plain) = match &param.kind {
                TypeParamKind::TypeVar { name, bound, default_value } => {
                    (name, bound.as_ref(), default_value.as_ref(), Intrinsic::TypeVar)
                }
                TypeParamKind::ParamSpec { name, default_value } => {
                    (name, None, default_value.as_ref(), Intrinsic::ParamSpec)
                }
                TypeParamKind::TypeVarTuple { name, default_value } => {
                    (name, None, default_value.as_ref(), Intrinsic::TypeVarTuple)
                }
            };
            if default_seen && default.is_none() {
                let message = format!("non-default type parameter '{name}' follows default type parameter");
                return self.fault(message, param.range);
            }
            default_seen |= default.is_some();
            let place = param.range;
            let value = self.temp_constant(place, string(name));
            if let Some(bound) = bound {
                let function = self.temp();
                self.lazy_value(name, bound, param, Part::Body, function)?;
                let constrained = matches!(bound.kind, ExprKind::Tuple { .. });
                let kind =
                    if constrained { Intrinsic::TypeVarWithConstraints } else { Intrinsic::TypeVarWithBound };
                self.emit_data(place, Op::Intrinsic, value.slot, value.slot, 2, kind as i32);
            } else {
                self.emit_data(place, Op::Intrinsic, value.slot, value.slot, 1, plain as i32);
            }
            self.u.next = u32::from(value.slot) + 1;
            if let Some(default) = default {
                let function = self.temp();
                self.lazy_value(name, default, param, Part::Default, function)?;
                let kind = Intrinsic::SetTypeParamDefault as i32;
                self.emit_data(place, Op::Intrinsic, value.slot, value.slot, 2, kind);
                self.u.next = u32::from(value.slot) + 1;
            }
            self.store_name(name, Operand { temp: false, ..value }, place)?;
        }
        self.emit(at, Op::BuildTuple, dst, dst, params.len() as u16);
        self.u.next = u32::from(dst) + 1;
        Ok(())
    }

    /// A function that evaluates a bound, a default or the value of an alias when asked.
    fn lazy_value<T>(&mut self, name: &Rc<str>, e: &Expr, node: &T, part: Part, dst: Operand) -> Result<()> {
        let scope = self.scope_of(node, part);
        self.enter_unit(scope, UnitKind::Annotation, name.clone(), e.range);
        self.prologue();
        if let ExprKind::Starred { value, .. } = &e.kind {
            let value = self.operand(value)?;
            let item = self.temp();
            self.emit(e.range, Op::Unpack, item.slot, value.last(), 1);
            self.emit(e.range, Op::Return, item.last(), 0, 0);
        } else {
            let value = self.operand(e)?;
            self.emit(e.range, Op::Return, value.last(), 0, 0);
        }
        self.u.next = self.u.local_count();
        let code = self.leave_unit()?;
        self.make_function(&code, scope, 0, None, e.range, dst.slot);
        Ok(())
    }

    pub(super) fn type_alias(&mut self, t: &'a TypeAlias, at: Range) -> Result<()> {
        let ExprKind::Name { id: name, .. } = &t.name.kind else { return Ok(()) };
        let value = self.temp();
        if t.type_params.is_empty() {
            self.u.next = u32::from(value.slot);
            self.alias_parts(name, t, at, value.slot)?;
        } else {
            self.u.next = u32::from(value.slot);
            let base = self.u.alloc_many(u32::from(WINDOW_HEADER));
            let scope = self.scope_of(t, Part::TypeParameters);
            let unit_name = format!("<generic parameters of {name}>").into();
            self.enter_unit(scope, UnitKind::Annotation, unit_name, at);
            self.prologue();
            let result = self.u.next as u16;
            self.alias_parts(name, t, at, result)?;
            self.emit(at, Op::Return, result | crate::opcode::CONSUME, 0, 0);
            self.u.next = u32::from(result);
            let code = self.leave_unit()?;
            self.make_function(&code, scope, 0, None, at, base);
            self.emit(at, Op::Call, value.slot, base, 0);
            self.u.next = u32::from(value.slot) + 1;
        }
        self.store_name(name, value, at)
    }

    /// Makes the alias from its name, its type parameters and its value; `dst` is the next temporary.
    fn alias_parts(&mut self, name: &Rc<str>, t: &TypeAlias, at: Range, dst: u16) -> Result<()> {
        self.temp_constant(at, string(name));
        if t.type_params.is_empty() {
            self.temp_constant(at, Constant::None);
        } else {
            let params = self.temp();
            self.type_parameters(&t.type_params, params.slot, at)?;
        }
        let function = self.temp();
        self.lazy_value(name, &t.value, t, Part::Body, function)?;
        self.emit_data(at, Op::Intrinsic, dst, dst, 3, Intrinsic::TypeAlias as i32);
        self.u.next = u32::from(dst) + 1;
        Ok(())
    }
}
