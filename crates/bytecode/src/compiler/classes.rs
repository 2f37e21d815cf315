//! Class definitions.

use ouro_syntax::ast::{ClassDef, Expr, ExprKind, Range};

use super::Compiler;
use super::constants::string;
use super::emit::NOWHERE;
use super::operands::Operand;
use super::unit::UnitKind;
use crate::code::Constant;
use crate::error::Result;
use crate::opcode::{CONSUME, Intrinsic, Op, WINDOW_HEADER};
use crate::scope::Part;

impl<'a> Compiler<'a> {
    pub(super) fn class_def(&mut self, c: &'a ClassDef, at: Range) -> Result<()> {
        self.check_keywords(&c.keywords)?;
        let windows = self.decorators(&c.decorator_list)?;
        self.begin_line(at);
        let first = c.decorator_list.first().map_or(at, |d| d.range);
        let target = self.temp();
        if c.type_params.is_empty() {
            self.u.next = u32::from(target.slot);
            self.build_class(c, at, first, target.slot, None)?;
        } else {
            self.generic_class(c, at, first, target.slot)?;
        }
        self.apply_decorators(&c.decorator_list, &windows, target);
        let value = Operand { slot: windows.first().copied().unwrap_or(target.slot), temp: true };
        self.u.next = u32::from(value.slot) + 1;
        self.store_name(&c.name, value, at)
    }

    /// Calls `__build_class__`; `dst` is the next temporary.
    fn build_class(
        &mut self,
        c: &'a ClassDef,
        at: Range,
        first: Range,
        dst: u16,
        generic_base: Option<&std::rc::Rc<str>>,
    ) -> Result<()> {
        let base = self.u.alloc_many(u32::from(WINDOW_HEADER));
        self.emit(at, Op::LoadBuildClass, base, 0, 0);
        let function = self.temp();
        let scope = self.scope_of(c, Part::Body);
        self.enter_unit(scope, UnitKind::Class, c.name.clone(), first);
        self.class_body(c, at)?;
        let code = self.leave_unit()?;
        self.make_function(&code, scope, 0, None, at, function.slot);
        self.temp_constant(at, string(&c.name));
        match generic_base {
            None => self.call_window(base, 2, &c.bases, &c.keywords, at, dst)?,
            Some(name) => self.call_with_generic_base(base, c, name, at, dst)?,
        }
        self.u.next = u32::from(dst) + 1;
        Ok(())
    }

    fn call_with_generic_base(
        &mut self,
        base: u16,
        c: &ClassDef,
        name: &std::rc::Rc<str>,
        at: Range,
        dst: u16,
    ) -> Result<()> {
        let starred = c.bases.iter().any(|e| matches!(e.kind, ExprKind::Starred { .. }));
        if !starred && c.keywords.iter().all(|k| k.arg.is_some()) {
            for e in &c.bases {
                self.temp_operand(e)?;
            }
            let last = self.temp();
            self.load_name_into(name, last.slot, at);
            let given = 3 + c.bases.len() as u16;
            return self.call_window(base, given, &[], &c.keywords, at, dst);
        }
        // With unpacking the arguments become a list, to which the generic base is added.
        let first = base + WINDOW_HEADER;
        self.emit(at, Op::BuildList, first, first, 2);
        self.u.next = u32::from(first) + 1;
        for e in &c.bases {
            let (value, op): (&Expr, Op) = match &e.kind {
                ExprKind::Starred { value, .. } => (value, Op::ListExtend),
                _ => (e, Op::ListAppend),
            };
            let item = self.operand(value)?;
            self.emit(at, op, first, item.last(), 0);
            self.free(item);
        }
        let last = self.temp();
        self.load_name_into(name, last.slot, at);
        self.emit(at, Op::ListAppend, first, last.last(), 0);
        self.free(last);
        self.emit(at, Op::ListToTuple, first, first | CONSUME, 0);
        let mut mapping = 0;
        if !c.keywords.is_empty() {
            mapping = 1;
            self.keyword_mapping(base, &c.keywords, at)?;
        }
        self.emit(at, Op::CallEx, dst, base, mapping);
        Ok(())
    }

    fn class_body(&mut self, c: &'a ClassDef, at: Range) -> Result<()> {
        self.u.private = Some(c.name.clone());
        self.prologue();
        let value = self.temp();
        let (name, module) = (self.words.name.clone(), self.words.module.clone());
        self.load_name_into(&name, value.slot, at);
        self.store_name(&module, value, at)?;
        let value = self.temp_constant(at, string(&self.u.qualname.clone()));
        let name = self.words.qualname.clone();
        self.store_name(&name, value, at)?;
        let value = self.temp_constant(at, Constant::Int(i64::from(self.u.first_line)));
        let name = self.words.first_line.clone();
        self.store_name(&name, value, at)?;
        if !c.type_params.is_empty() {
            let value = self.temp();
            let (from, to) = (self.words.dot_type_params.clone(), self.words.type_params.clone());
            self.load_name_into(&from, value.slot, at);
            self.store_name(&to, value, at)?;
        }
        if let Some(cell) = self.u.class_dict_cell {
            let value = self.temp();
            self.emit(at, Op::LoadLocals, value.slot, 0, 0);
            self.emit(at, Op::StoreCell, cell, value.last(), 0);
            self.free(value);
        }
        self.body_with_docstring(&c.body, false)?;
        let mut attributes = std::mem::take(&mut self.u.static_attributes);
        attributes.sort_unstable();
        let attributes = attributes.iter().map(|a| string(a)).collect();
        let value = self.temp_constant(NOWHERE, Constant::Tuple(attributes));
        let name = self.words.static_attributes.clone();
        self.store_name(&name, value, NOWHERE)?;
        if let Some(cell) = self.u.class_dict_cell {
            let value = self.temp();
            self.emit(NOWHERE, Op::Move, value.slot, cell, 0);
            let name = self.words.class_dict_cell.clone();
            self.store_name(&name, value, NOWHERE)?;
        }
        if let Some(cell) = self.u.class_cell {
            let value = self.temp();
            self.emit(NOWHERE, Op::Move, value.slot, cell, 0);
            let name = self.words.class_cell.clone();
            self.store_name(&name, Operand { temp: false, ..value }, NOWHERE)?;
            self.emit(NOWHERE, Op::Return, value.last(), 0, 0);
            self.free(value);
        } else {
            self.return_none(NOWHERE);
        }
        Ok(())
    }

    fn generic_class(&mut self, c: &'a ClassDef, at: Range, first: Range, dst: u16) -> Result<()> {
        self.u.next = u32::from(dst);
        let base = self.u.alloc_many(u32::from(WINDOW_HEADER));
        let scope = self.scope_of(c, Part::TypeParameters);
        let name = format!("<generic parameters of {}>", c.name).into();
        self.enter_unit(scope, UnitKind::Annotation, name, first);
        self.u.private = Some(c.name.clone());
        self.prologue();
        let params = self.temp();
        self.type_parameters(&c.type_params, params.slot, at)?;
        let (params_name, base_name) = (self.words.dot_type_params.clone(), self.words.generic_base.clone());
        self.store_name(&params_name, params, at)?;
        let value = self.temp();
        self.load_name_into(&params_name, value.slot, at);
        self.emit_data(at, Op::Intrinsic, value.slot, value.slot, 1, Intrinsic::SubscriptGeneric as i32);
        self.store_name(&base_name, value, at)?;
        let class = self.u.next as u16;
        self.build_class(c, at, first, class, Some(&base_name))?;
        self.emit(at, Op::Return, class | CONSUME, 0, 0);
        self.u.next = u32::from(class);
        let code = self.leave_unit()?;
        self.make_function(&code, scope, 0, None, at, base);
        self.emit(at, Op::Call, dst, base, 0);
        self.u.next = u32::from(dst) + 1;
        Ok(())
    }

    /// Notes an assignment to `self.attr` for the class around the current function.
    pub(super) fn note_static_attribute(&mut self, value: &Expr, attr: &std::rc::Rc<str>) {
        let ExprKind::Name { id, .. } = &value.kind else { return };
        if **id != *"self" {
            return;
        }
        if let Some(class) = self.outer.iter_mut().rev().find(|u| u.kind == UnitKind::Class)
            && !class.static_attributes.contains(attr)
        {
            class.static_attributes.push(attr.clone());
        }
    }
}
