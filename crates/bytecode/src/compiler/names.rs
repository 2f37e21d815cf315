//! Reading, writing and deleting variables, wherever they live.

use std::rc::Rc;

use ouro_syntax::ast::Range;

use super::Compiler;
use super::operands::Operand;
use super::unit::UnitKind;
use crate::code::Constant;
use crate::error::Result;
use crate::opcode::Op;
use crate::scope::{Binding, uses};

/// Names the compiler itself uses, made once.
pub(super) struct Words {
    pub(super) doc: Rc<str>,
    pub(super) module: Rc<str>,
    pub(super) name: Rc<str>,
    pub(super) qualname: Rc<str>,
    pub(super) first_line: Rc<str>,
    pub(super) static_attributes: Rc<str>,
    pub(super) class: Rc<str>,
    pub(super) class_cell: Rc<str>,
    pub(super) class_dict: Rc<str>,
    pub(super) class_dict_cell: Rc<str>,
    pub(super) annotations: Rc<str>,
    pub(super) type_params: Rc<str>,
    pub(super) dot_type_params: Rc<str>,
    pub(super) generic_base: Rc<str>,
    pub(super) lambda: Rc<str>,
    pub(super) super_: Rc<str>,
}

impl Words {
    pub(super) fn new() -> Words {
        Words {
            doc: "__doc__".into(),
            module: "__module__".into(),
            name: "__name__".into(),
            qualname: "__qualname__".into(),
            first_line: "__firstlineno__".into(),
            static_attributes: "__static_attributes__".into(),
            class: "__class__".into(),
            class_cell: "__classcell__".into(),
            class_dict: "__classdict__".into(),
            class_dict_cell: "__classdictcell__".into(),
            annotations: "__annotations__".into(),
            type_params: "__type_params__".into(),
            dot_type_params: ".type_params".into(),
            generic_base: ".generic_base".into(),
            lambda: "<lambda>".into(),
            super_: "super".into(),
        }
    }
}

/// Where a variable is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A slot of the frame; `uses` are those of the symbol.
    Slot { slot: u16, uses: u16 },
    /// A cell in a slot of the frame.
    Cell(u16),
    /// A cell of the closure.
    Free(u16),
    /// A global or builtin.
    Global,
    /// The frame's namespace, then global or builtin.
    Name,
    /// Class scope: the namespace, then a cell of the closure.
    NameOrCell(u16),
    /// Annotation scope in a class: the class namespace in a cell, then global or builtin.
    ClassDictOrGlobal(u16),
    /// Annotation scope in a class: the class namespace in the first cell, then the second cell.
    ClassDictOrFree(u16, u16),
}

impl Compiler<'_> {
    pub(super) fn mangled(&self, name: &Rc<str>) -> Rc<str> {
        self.symbols.mangle_in(self.u.scope, self.u.private.as_ref(), name)
    }

    pub(super) fn name_index(&mut self, name: &Rc<str>) -> u16 {
        if self.u.e.reachable() { self.u.names.add(name) as u16 } else { 0 }
    }

    /// The number of a closure cell by name.
    pub(super) fn free_index(&self, name: &Rc<str>) -> u16 {
        self.u.free_names.binary_search(name).unwrap_or(0) as u16
    }

    /// Finds a variable by its mangled name.
    pub(super) fn place(&mut self, name: &Rc<str>) -> Place {
        let symbols = self.symbols.clone();
        let in_class = self.u.kind == UnitKind::Class;
        let mut found_free = false;
        for (id, slots) in self.u.inlined.iter().rev() {
            let table = &symbols.get(*id).symbols;
            let Some(i) = table.find(name) else { continue };
            let symbol = &table.entries()[i];
            if symbol.uses & uses::PARAM != 0 {
                continue;
            }
            match symbol.binding {
                Binding::Local => return Place::Slot { slot: slots[i], uses: symbol.uses },
                Binding::Cell => return Place::Cell(slots[i]),
                Binding::GlobalExplicit => return Place::Global,
                Binding::GlobalImplicit if self.u.kind == UnitKind::Module => return Place::Name,
                Binding::GlobalImplicit => return Place::Global,
                Binding::Free => found_free = true,
            }
        }
        if in_class && found_free {
            // A comprehension in a class sees the class itself, which does not exist yet.
            if let Some(cell) = self.u.class_cell.filter(|_| *name == self.words.class) {
                return Place::Cell(cell);
            }
            return Place::Free(self.free_index(name));
        }
        let scope = symbols.get(self.u.scope);
        let function_like = scope.is_function_like();
        let Some(i) = scope.symbols.find(name) else {
            return if function_like { Place::Global } else { Place::Name };
        };
        let symbol = &scope.symbols.entries()[i];
        match symbol.binding {
            Binding::Local if function_like => {
                Place::Slot { slot: self.u.slot_of(&symbols, i), uses: symbol.uses }
            }
            Binding::Local => Place::Name,
            Binding::Cell => Place::Cell(self.u.slot_of(&symbols, i)),
            Binding::Free => {
                let cell = self.free_index(name);
                if in_class {
                    Place::NameOrCell(cell)
                } else if scope.sees_class && *name != self.words.class_dict {
                    Place::ClassDictOrFree(self.free_index(&self.words.class_dict), cell)
                } else {
                    Place::Free(cell)
                }
            }
            Binding::GlobalExplicit => Place::Global,
            Binding::GlobalImplicit if scope.sees_class => {
                Place::ClassDictOrGlobal(self.free_index(&self.words.class_dict))
            }
            Binding::GlobalImplicit if function_like => Place::Global,
            Binding::GlobalImplicit => Place::Name,
        }
    }

    /// Reads a variable into a slot.
    pub(super) fn load_name_into(&mut self, id: &Rc<str>, dst: u16, at: Range) {
        let name = self.mangled(id);
        match self.place(&name) {
            Place::Slot { slot, .. } => self.load_slot_into(slot, dst, at),
            Place::Cell(slot) => self.emit(at, Op::LoadCell, dst, slot, 0),
            Place::Free(cell) => self.emit(at, Op::LoadFree, dst, cell, 0),
            Place::Global => {
                let k = self.name_index(&name);
                self.emit(at, Op::LoadGlobal, dst, k, 0);
            }
            Place::Name => {
                let k = self.name_index(&name);
                self.emit(at, Op::LoadName, dst, k, 0);
            }
            Place::NameOrCell(cell) => {
                let k = self.name_index(&name);
                self.emit(at, Op::LoadNameOrCell, dst, k, cell);
            }
            Place::ClassDictOrGlobal(dict) => {
                let temp = self.temp();
                self.emit(at, Op::LoadFree, temp.slot, dict, 0);
                let k = self.name_index(&name);
                self.emit(at, Op::LoadFromDictOrGlobals, dst, temp.last(), k);
                self.free(temp);
            }
            Place::ClassDictOrFree(dict, cell) => {
                let temp = self.temp();
                self.emit(at, Op::LoadFree, temp.slot, dict, 0);
                self.emit(at, Op::LoadFromDictOrFree, dst, temp.last(), cell);
                self.free(temp);
            }
        }
    }

    /// Copies a local.
    pub(super) fn load_slot_into(&mut self, slot: u16, dst: u16, at: Range) {
        if self.u.bound.contains(slot) {
            if slot != dst {
                self.emit(at, Op::Move, dst, slot, 0);
            }
        } else {
            self.emit(at, Op::MoveChecked, dst, slot, 0);
        }
    }

    /// Notes that a local was written (or read without an error).
    pub(super) fn mark_bound(&mut self, slot: u16, flags: u16) {
        if flags & uses::DELETED == 0 {
            self.u.bound.insert(slot);
        }
    }

    /// Writes a value to a variable.
    pub(super) fn store_name(&mut self, id: &Rc<str>, value: Operand, at: Range) -> Result<()> {
        self.check_assignable(id, at)?;
        let name = self.mangled(id);
        match self.place(&name) {
            Place::Slot { slot, uses } => {
                if value.slot != slot {
                    self.emit(at, Op::Move, slot, value.last(), 0);
                }
                self.mark_bound(slot, uses);
            }
            Place::Cell(slot) => self.emit(at, Op::StoreCell, slot, value.last(), 0),
            Place::Free(cell) | Place::NameOrCell(cell) | Place::ClassDictOrFree(_, cell) => {
                self.emit(at, Op::StoreFree, cell, value.last(), 0);
            }
            Place::Global | Place::ClassDictOrGlobal(_) => {
                let k = self.name_index(&name);
                self.emit(at, Op::StoreGlobal, k, value.last(), 0);
            }
            Place::Name => {
                let k = self.name_index(&name);
                self.emit(at, Op::StoreName, k, value.last(), 0);
            }
        }
        self.free(value);
        Ok(())
    }

    /// Deletes a variable.
    pub(super) fn delete_name(&mut self, id: &Rc<str>, at: Range) -> Result<()> {
        if **id == *"__debug__" {
            return self.fault("cannot delete __debug__", at);
        }
        let name = self.mangled(id);
        match self.place(&name) {
            Place::Slot { slot, .. } => self.emit(at, Op::Delete, slot, 0, 0),
            Place::Cell(slot) => self.emit(at, Op::DeleteCell, slot, 0, 0),
            Place::Free(cell) | Place::NameOrCell(cell) | Place::ClassDictOrFree(_, cell) => {
                self.emit(at, Op::DeleteFree, cell, 0, 0);
            }
            Place::Global | Place::ClassDictOrGlobal(_) => {
                let k = self.name_index(&name);
                self.emit(at, Op::DeleteGlobal, k, 0, 0);
            }
            Place::Name => {
                let k = self.name_index(&name);
                self.emit(at, Op::DeleteName, k, 0, 0);
            }
        }
        Ok(())
    }

    /// `name = None; del name`, as at the end of an `except` clause.
    pub(super) fn clear_name(&mut self, id: &Rc<str>, at: Range) -> Result<()> {
        let name = self.mangled(id);
        if let Place::Slot { slot, .. } = self.place(&name) {
            // Setting to None first only keeps the deletion from failing; `Clear` cannot fail.
            self.emit(at, Op::Clear, slot, 0, 0);
            return Ok(());
        }
        let none = self.temp_constant(at, Constant::None);
        self.store_name(id, none, at)?;
        self.delete_name(id, at)
    }

    /// The slot of a plain local that may be the destination of an instruction.
    pub(super) fn local_target(&mut self, id: &Rc<str>) -> Option<(u16, u16)> {
        let name = self.mangled(id);
        match self.place(&name) {
            Place::Slot { slot, uses } => Some((slot, uses)),
            _ => None,
        }
    }

    pub(super) fn check_assignable(&self, name: &str, at: Range) -> Result<()> {
        if name == "__debug__" { self.fault("cannot assign to __debug__", at) } else { Ok(()) }
    }
}
