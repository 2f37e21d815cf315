//! The code object in the making: its slots, its temporaries and the blocks that are open.

use std::rc::Rc;

use ouro_syntax::ast::Range;

use super::bound::BoundSet;
use super::constants::{ConstantPool, NamePool};
use super::control::{Block, Protection};
use super::emit::Emitter;
use crate::code::{Code, LocalKind, flags};
use crate::error::{Fault, Result};
use crate::lines::LineIndex;
use crate::opcode::SLOT;
use crate::scope::{Binding, ScopeId, SymbolTable, uses};

/// What a code object is made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum UnitKind {
    #[default]
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
    /// Type parameters, bounds, defaults and values of aliases.
    Annotation,
}

/// The mark of a local that has no slot yet.
const NO_SLOT: u16 = u16::MAX;

/// The most slots an operand can name.
const MAX_SLOTS: u32 = NUMBERS as u32 - 1;

/// Temporaries for numbers have slots from here on until the code is finished.
pub(super) const NUMBERS: u16 = 0x3F00;

#[derive(Default)]
pub(super) struct Unit<'a> {
    pub(super) scope: ScopeId,
    pub(super) kind: UnitKind,
    pub(super) name: Rc<str>,
    pub(super) qualname: Rc<str>,
    pub(super) private: Option<Rc<str>>,
    pub(super) first_line: u32,
    /// The line that was begun last, in code for who watches lines.
    pub(super) begun_line: u32,
    pub(super) flags: u32,
    pub(super) arg_count: u32,
    pub(super) positional_only_count: u32,
    pub(super) keyword_only_count: u32,
    pub(super) e: Emitter,
    pub(super) constants: ConstantPool,
    pub(super) names: NamePool,
    /// The slot of each symbol of the block.
    slots: Vec<u16>,
    /// The comprehensions being compiled into this code object, with the slots of their symbols.
    pub(super) inlined: Vec<(ScopeId, Vec<u16>)>,
    locals: Vec<(Rc<str>, LocalKind)>,
    /// Slots of iteration variables, for use by one comprehension after the other.
    hidden: Vec<(Rc<str>, u16)>,
    next_plain: u16,
    pub(super) free_names: Vec<Rc<str>>,
    pub(super) class_cell: Option<u16>,
    pub(super) class_dict_cell: Option<u16>,
    /// The next free temporary.
    pub(super) next: u32,
    max: u32,
    /// The temporaries for numbers that are in use, and the most there were.
    pub(super) numbers: u32,
    most_numbers: u32,
    pub(super) bound: BoundSet,
    pub(super) blocks: Vec<Block<'a>>,
    pub(super) protections: Vec<Protection>,
    pub(super) static_attributes: Vec<Rc<str>>,
}

impl Unit<'_> {
    pub(super) fn new(
        symbols: &SymbolTable,
        id: ScopeId,
        kind: UnitKind,
        name: Rc<str>,
        qualname: Rc<str>,
        private: Option<Rc<str>>,
    ) -> Self {
        let scope = symbols.get(id);
        let entries = scope.symbols.entries();
        let mut unit = Unit { scope: id, kind, name, qualname, private, ..Unit::default() };
        unit.slots = vec![NO_SLOT; entries.len()];
        let mut cells: Vec<&Rc<str>> = Vec::new();
        if scope.is_function_like() {
            for parameter in &scope.parameters {
                if let Some(i) = scope.symbols.find(parameter) {
                    let slot = unit.locals.len() as u16;
                    let cell = entries[i].binding == Binding::Cell;
                    unit.slots[i] = slot;
                    unit.locals
                        .push((parameter.clone(), if cell { LocalKind::Cell } else { LocalKind::Plain }));
                    if !cell && entries[i].uses & uses::DELETED == 0 {
                        unit.bound.insert(slot);
                    }
                }
            }
            unit.next_plain = unit.locals.len() as u16;
            for (i, symbol) in entries.iter().enumerate() {
                match symbol.binding {
                    Binding::Local if unit.slots[i] == NO_SLOT => {
                        unit.locals.push((symbol.name.clone(), LocalKind::Plain));
                    }
                    Binding::Cell if unit.slots[i] == NO_SLOT => cells.push(&symbol.name),
                    _ => {}
                }
            }
            cells.sort_unstable();
            for name in cells {
                if let Some(i) = scope.symbols.find(name) {
                    unit.slots[i] = unit.locals.len() as u16;
                    unit.locals.push((name.clone(), LocalKind::Cell));
                }
            }
        }
        if scope.needs_class_closure {
            unit.class_cell = Some(unit.locals.len() as u16);
            unit.locals.push(("__class__".into(), LocalKind::Cell));
        }
        if scope.needs_class_dict {
            unit.class_dict_cell = Some(unit.locals.len() as u16);
            unit.locals.push(("__classdict__".into(), LocalKind::Cell));
        }
        let free = |s: &&crate::scope::Symbol| s.binding == Binding::Free || s.uses & uses::FREE_CLASS != 0;
        unit.free_names = entries.iter().filter(free).map(|s| s.name.clone()).collect();
        unit.free_names.sort_unstable();
        let mut in_use = Vec::new();
        for &comprehension in &scope.inlined_children {
            unit.add_hidden(symbols, comprehension, &mut in_use);
        }
        unit.next = unit.locals.len() as u32;
        unit.max = unit.next;
        unit
    }

    /// Makes slots for the iteration variables of a comprehension and those inside it. Comprehensions that
    /// do not contain each other share slots of the same name.
    fn add_hidden(&mut self, symbols: &SymbolTable, id: ScopeId, in_use: &mut Vec<u16>) {
        let scope = symbols.get(id);
        let start = in_use.len();
        for symbol in scope.symbols.entries() {
            let bound = matches!(symbol.binding, Binding::Local | Binding::Cell);
            if bound && symbol.uses & uses::PARAM == 0 {
                let slot = self.hidden_slot(&symbol.name, in_use);
                in_use.push(slot);
            }
        }
        for &inner in &scope.inlined_children {
            self.add_hidden(symbols, inner, in_use);
        }
        in_use.truncate(start);
    }

    fn hidden_slot(&mut self, name: &Rc<str>, in_use: &[u16]) -> u16 {
        let known = self.hidden.iter().find(|(n, slot)| n == name && !in_use.contains(slot));
        if let Some(&(_, slot)) = known {
            return slot;
        }
        let slot = self.locals.len() as u16;
        self.locals.push((name.clone(), LocalKind::Hidden));
        self.hidden.push((name.clone(), slot));
        slot
    }

    /// The slots of the symbols of a comprehension that is about to be compiled into this code object.
    pub(super) fn hidden_slots(&mut self, symbols: &SymbolTable, id: ScopeId) -> Vec<u16> {
        let mut in_use: Vec<u16> = self
            .inlined
            .iter()
            .flat_map(|(_, slots)| slots.iter().copied().filter(|&s| s != NO_SLOT))
            .collect();
        let mut slots = Vec::new();
        for symbol in symbols.get(id).symbols.entries() {
            let bound = matches!(symbol.binding, Binding::Local | Binding::Cell);
            if bound && symbol.uses & uses::PARAM == 0 {
                let slot = self.hidden_slot(&symbol.name, &in_use);
                in_use.push(slot);
                slots.push(slot);
            } else {
                slots.push(NO_SLOT);
            }
        }
        slots
    }

    /// The slot of the symbol with a number. Plain locals get theirs in the order of first use.
    pub(super) fn slot_of(&mut self, symbols: &SymbolTable, i: usize) -> u16 {
        if self.slots[i] == NO_SLOT {
            let name = &symbols.get(self.scope).symbols.entries()[i].name;
            let slot = self.next_plain;
            self.next_plain += 1;
            self.slots[i] = slot;
            self.locals[usize::from(slot)].0 = name.clone();
        }
        self.slots[i]
    }

    /// The slots of cells, which are made when the code starts.
    pub(super) fn cell_slots(&self) -> Vec<u16> {
        let is_cell =
            |(i, local): (usize, &(Rc<str>, LocalKind))| (local.1 == LocalKind::Cell).then_some(i as u16);
        self.locals.iter().enumerate().filter_map(is_cell).collect()
    }

    pub(super) fn local_count(&self) -> u32 {
        self.locals.len() as u32
    }

    pub(super) fn is_temp(&self, slot: u16) -> bool {
        u32::from(slot) >= self.local_count()
    }

    /// The next temporary. Slots beyond what an operand can hold are noticed at the end.
    pub(super) fn alloc(&mut self) -> u16 {
        self.alloc_many(1)
    }

    /// The first of several consecutive temporaries.
    pub(super) fn alloc_many(&mut self, count: u32) -> u16 {
        let slot = self.next;
        self.next += count;
        self.max = self.max.max(self.next);
        slot as u16
    }

    /// Counts the temporaries in use into the frame's size.
    pub(super) fn touch(&mut self) {
        self.max = self.max.max(self.next);
    }

    /// The next temporary for a number; an ordinary one where there are too many.
    pub(super) fn alloc_number(&mut self) -> u16 {
        if self.numbers >= u32::from(SLOT - NUMBERS) {
            return self.alloc();
        }
        let slot = NUMBERS + self.numbers as u16;
        self.numbers += 1;
        self.most_numbers = self.most_numbers.max(self.numbers);
        slot
    }

    fn name_the_rest(&mut self, symbols: &SymbolTable) {
        for i in 0..self.slots.len() {
            if self.slots[i] == NO_SLOT
                && symbols.get(self.scope).symbols.entries()[i].binding == Binding::Local
            {
                self.slot_of(symbols, i);
            }
        }
    }

    pub(super) fn prepare_finish(&mut self, symbols: &SymbolTable) {
        if symbols.get(self.scope).is_function_like() {
            self.name_the_rest(symbols);
        }
    }

    pub(super) fn finish(self, filename: Rc<str>, flags: u32, lines: &LineIndex) -> Result<Code> {
        let too_many = |what: &str| {
            Err(Box::new(Fault::syntax(format!("too many {what} in one code object"), Range::default())))
        };
        if self.constants.len() > 0x1_0000 || self.names.len() > 0x1_0000 {
            return too_many("constants or names");
        }
        let locals = self.local_count() as u16;
        let numbers = self.most_numbers as u16;
        if self.max + u32::from(numbers) > MAX_SLOTS {
            return too_many("locals or temporaries");
        }
        let (mut words, positions, handlers) = self.e.finish(lines, locals, numbers);
        let stars =
            u32::from(self.flags & flags::VARARGS != 0) + u32::from(self.flags & flags::VARKEYWORDS != 0);
        let parameters = self.arg_count + self.keyword_only_count + stars;
        crate::returns::note_bound_slots(&mut words, &handlers, parameters as u16, locals + numbers);
        Ok(Code {
            name: self.name,
            qualname: self.qualname,
            filename,
            first_line: self.first_line,
            flags,
            arg_count: self.arg_count,
            positional_only_count: self.positional_only_count,
            keyword_only_count: self.keyword_only_count,
            locals: self.locals,
            free_names: self.free_names,
            frame_size: self.max as u16 + numbers,
            clear_size: locals + numbers,
            words,
            positions,
            handlers,
            constants: self.constants.into_list(),
            names: self.names.into_list(),
        })
    }
}
