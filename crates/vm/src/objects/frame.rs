//! `frame`: a frame as an object, made only when someone asks for it or an exception passes.

use std::cell::Cell;

use ouro_bytecode::code::LocalKind;
use ouro_heap::{Drain, Interior, Payload, Ref, Slot, Trace, Visitor, alloc};
use smallvec::SmallVec;

use crate::{
    error::Res,
    objects::{
        cell,
        class::{ClassDef, class_flags, getter, property},
        code::Code,
        dict::{self, Dict},
        frame_locals,
        function::Function,
        generator::{self, Generator},
        int,
        slots::Slots,
        str::{self, Str, StrExt},
        weak::WeakRef,
    },
    state::{shared, vm},
    types,
};

/// A frame object's payload. While the frame runs its locals are on the register stack; when it ends and the object
/// is still referred to, they move here.
#[derive(Payload)]
#[payload(types::FRAME)]
pub struct Frame {
    /// The code that runs.
    pub code: Ref<Code>,
    /// The function that was called.
    pub function: Slot<Function>,
    /// The namespace of module and class bodies.
    pub namespace: Slot,
    /// `f_back`, once the frame has ended or someone asked.
    pub back: Slot<Frame>,
    /// Address of the registers while the frame runs, 0 afterwards.
    pub(crate) registers: Cell<usize>,
    /// The last instruction, kept when the frame is left.
    pub(crate) instruction: Cell<u32>,
    /// Locals after the frame has ended.
    pub(crate) locals: Interior<Locals>,
    /// A weak reference to the generator that holds the locals while it is suspended.
    pub(crate) generator: Slot,
    /// What was stored under names that are no variables of the function, through `f_locals`.
    pub(crate) extra: Slot<Dict>,
    /// Values that were replaced from outside while the frame ran: an instruction of it may still work on them.
    pub(crate) replaced: Interior<Vec<Ref>>,
    /// `f_trace`
    pub trace: Slot,
}

/// The locals of a frame that has ended, those behind the last bound one left out. Few have many, so they stand in the
/// object itself: most frames that have an object at all are those that an exception has passed.
#[derive(Default)]
pub(crate) struct Locals(pub(crate) SmallVec<[Option<Ref>; 4]>);

impl Trace for Locals {
    fn trace(&self, visitor: &mut dyn Visitor) {
        self.0.iter().for_each(|local| local.trace(visitor));
    }
}

impl Drain for Locals {
    fn drain_into(&mut self, trash: &mut Vec<Ref>) {
        trash.extend(self.0.drain(..).flatten());
    }
}

/// A frame object.
#[inline(always)]
pub(crate) fn new(
    code: Ref<Code>,
    function: Option<Ref<Function>>,
    namespace: Option<Ref>,
    registers: usize,
) -> Ref<Frame> {
    alloc(Frame {
        code,
        function: Slot::new(function),
        namespace: Slot::new(namespace),
        back: Slot::empty(),
        registers: Cell::new(registers),
        instruction: Cell::new(0),
        locals: Interior::new(Locals::default()),
        generator: Slot::empty(),
        extra: Slot::empty(),
        replaced: Interior::new(Vec::new()),
        trace: Slot::empty(),
    })
}

impl Frame {
    /// The line that runs, or ran last.
    pub fn line(&self) -> u32 {
        // What the compiler has added to leave a block has no line: it belongs to what stands before it.
        let at = crate::interpreter::instruction_of(self) as usize;
        (0..=at)
            .rev()
            .map(|word| self.code.position(word).line)
            .find(|line| *line != 0)
            .unwrap_or(self.code.source.0.first_line)
    }

    /// The generator that holds the locals.
    pub(crate) fn generator(&self) -> Option<Ref<Generator>> {
        let reference = self.generator.get()?;
        reference.payload::<WeakRef>()?.link.target()?.into::<Generator>().ok()
    }

    /// The global namespace.
    pub fn globals(&self) -> Option<Ref<Dict>> {
        self.function.get().and_then(|function| function.globals.get())
    }

    /// Whether the iteration variable of a comprehension that was compiled into a module or class body is bound: then
    /// `f_locals` shows such variables instead of the namespace.
    pub(crate) fn has_hidden(&self) -> bool {
        !self.hidden_slots().is_empty()
    }

    fn is_hidden(&self, slot: usize) -> bool {
        self.code.local_kind(slot) == LocalKind::Hidden
    }

    /// The value of a variable, cells opened.
    fn variable(&self, place: Place) -> Option<Ref> {
        match place {
            Place::Slot(slot) => {
                let value = crate::interpreter::local_of(self, slot)?;
                match value.payload::<cell::Cell>() {
                    Some(cell) if self.code.local_kind(slot) != LocalKind::Plain => cell.value.get(),
                    _ => Some(value),
                }
            }
            Place::Free(index) => {
                let closure = self.function.get()?.closure.get()?;
                closure.items().get(index)?.payload::<cell::Cell>()?.value.get()
            }
        }
    }

    /// Gives a variable another value. What it had before stays until the frame ends if the frame may be working on it.
    fn set_variable(&self, place: Place, value: Ref) {
        let cell = match place {
            Place::Slot(slot) if self.code.local_kind(slot) != LocalKind::Plain => {
                crate::interpreter::local_of(self, slot).filter(|value| value.has_layout::<cell::Cell>())
            }
            Place::Slot(_) => None,
            Place::Free(index) => self
                .function
                .get()
                .and_then(|function| function.closure.get())
                .and_then(|closure| closure.items().get(index).cloned()),
        };
        let replaced = match (cell.as_ref().and_then(|cell| cell.payload::<cell::Cell>()), place) {
            (Some(cell), _) => cell.value.replace(Some(value)),
            (None, Place::Slot(slot)) => crate::interpreter::set_local(self, slot, value),
            (None, Place::Free(_)) => None,
        };
        let in_use = match place {
            Place::Slot(slot) => self.registers.get() != 0 && crate::interpreter::may_use(self, slot),
            Place::Free(_) => false,
        };
        match replaced {
            Some(replaced) if in_use => self.replaced.with_mut(|list| list.push(replaced)),
            replaced => drop(replaced),
        }
    }

    /// The bound variables of comprehensions that are running.
    fn hidden_slots(&self) -> Vec<usize> {
        let bound = |&slot: &usize| self.is_hidden(slot) && self.variable(Place::Slot(slot)).is_some();
        (0..self.code.locals.len()).filter(bound).collect()
    }

    /// The slots that `f_locals` shows. The variable of a comprehension that is running hides one outside.
    fn shown_slots(&self) -> Vec<usize> {
        let locals = &self.code.locals;
        let hidden = self.hidden_slots();
        if !self.namespace.is_empty() {
            return hidden;
        }
        let shown = |&slot: &usize| {
            if self.is_hidden(slot) {
                hidden.iter().rev().find(|&&other| locals[other].is(&locals[slot])) == Some(&slot)
            } else {
                hidden.iter().all(|&other| !locals[other].is(&locals[slot]))
            }
        };
        (0..locals.len()).filter(shown).collect()
    }

    /// The free variables that `f_locals` shows.
    fn shown_free_names(&self) -> &[Ref<Str>] {
        if self.namespace.is_empty() { &self.code.free_names } else { &[] }
    }

    /// Where a variable of this name is.
    fn find(&self, name: &Str) -> Option<Place> {
        let named = |wanted: &Ref<Str>| str::equal_payloads(wanted, name);
        let slot = self.shown_slots().into_iter().find(|&slot| named(&self.code.locals[slot]));
        let free = || self.shown_free_names().iter().position(named).map(Place::Free);
        slot.map(Place::Slot).or_else(free)
    }

    /// Names and values of the variables, cells opened, and of what `f_locals` was given besides.
    pub fn variables(&self) -> Vec<(Ref, Ref)> {
        let slots = self.shown_slots().into_iter().map(|slot| (&self.code.locals[slot], Place::Slot(slot)));
        let free = self.shown_free_names().iter().enumerate();
        let free = free.map(|(index, name)| (name, Place::Free(index)));
        let mut found: Vec<(Ref, Ref)> = slots
            .chain(free)
            .filter_map(|(name, place)| Some((name.clone().into_any(), self.variable(place)?)))
            .collect();
        found.extend(self.extra.get().iter().flat_map(|extra| extra.snapshot()));
        found
    }

    /// The variable with this key, or what was stored under it through `f_locals`. Raises TypeError for a key that has
    /// no hash.
    pub(crate) fn get(&self, key: &Ref) -> Res<Option<Ref>> {
        dict::key_hash(key)?;
        if let Some(place) = key.payload::<Str>().and_then(|name| self.find(name)) {
            return Ok(self.variable(place));
        }
        self.extra.get().map_or(Ok(None), |extra| dict::get(&extra, key))
    }

    /// Stores a variable, or something else beside the variables.
    pub(crate) fn set(&self, key: &Ref, value: Ref) -> Res<()> {
        let hash = dict::key_hash(key)?;
        if self.namespace.is_empty()
            && let Some(place) = key.payload::<Str>().and_then(|name| self.find(name))
        {
            self.set_variable(place, value);
            return Ok(());
        }
        let extra = self.extra.get().unwrap_or_else(|| {
            let made = dict::new();
            self.extra.set(Some(made.clone()));
            made
        });
        dict::set_hashed(&extra, key, hash, value)
    }

    /// Names and values of a namespace or of variables: what `locals()` would show.
    pub(crate) fn local_items(&self) -> Vec<(Ref, Ref)> {
        match self.namespace.get() {
            Some(namespace) if !self.has_hidden() => {
                namespace.payload::<Dict>().map(Dict::snapshot).unwrap_or_default()
            }
            _ => self.variables(),
        }
    }

    /// `locals()`: the namespace of a module or class body, a snapshot for functions.
    pub fn locals(&self) -> Res {
        match self.namespace.get() {
            Some(namespace) if !self.has_hidden() => Ok(namespace),
            _ => {
                let made = dict::new();
                for (name, value) in self.variables() {
                    dict::set(&made, &name, value)?;
                }
                Ok(made.into_any())
            }
        }
    }
}

/// Where a variable is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Slot(usize),
    /// The number of a free variable.
    Free(usize),
}

/// `f_locals`: the namespace of a module or class body, else a proxy of the variables.
pub fn locals_mapping(frame: &Ref<Frame>) -> Ref {
    match frame.namespace.get() {
        Some(namespace) if !frame.has_hidden() => namespace,
        _ => frame_locals::new(frame.clone()),
    }
}

fn payload(object: &Ref) -> &Frame {
    object.payload::<Frame>().expect("a frame")
}

fn repr(object: &Ref) -> Res {
    let frame = payload(object);
    let text = format!(
        "<frame at {:#x}, file {}, line {}, code {}>",
        object.address(),
        crate::protocol::object::repr(frame.code.filename.as_any())?.to_text(),
        frame.line(),
        frame.code.name.to_text()
    );
    Ok(str::new(&text).into_any())
}

fn clear(args: &[Ref]) -> Res {
    let frame = payload(&args[0]);
    if frame.registers.get() != 0 {
        return Err(crate::runtime_error!("cannot clear an executing frame"));
    }
    if let Some(generator) = frame.generator() {
        if generator.head.state() == generator::State::Suspended {
            return Err(crate::runtime_error!("cannot clear a suspended frame"));
        }
        crate::protocol::call::call_method(generator.as_any(), &str::intern("close"), &[])?;
    }
    drop(frame.locals.take());
    drop(frame.extra.take());
    Ok(shared().none.clone())
}

fn or_none<T>(value: Option<Ref<T>>) -> Res {
    Ok(value.map_or_else(|| shared().none.clone(), Ref::into_any))
}

/// `frame`
pub static FRAME: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots { repr: Some(repr), ..Slots::NONE },
    methods: &[crate::native::plain("clear", "(self, /)", clear, "clear most references held by the frame")],
    getset: &[
        getter("f_code", |frame| Ok(payload(frame).code.clone().into_any()), ""),
        getter("f_globals", |frame| or_none(payload(frame).globals()), ""),
        getter(
            "f_builtins",
            |frame| {
                or_none(
                    payload(frame)
                        .function
                        .get()
                        .and_then(|f| f.builtins.get())
                        .or_else(|| vm().slots.builtins.get()),
                )
            },
            "",
        ),
        getter("f_locals", |frame| Ok(locals_mapping(frame.downcast::<Frame>().expect("a frame"))), ""),
        getter("f_lineno", |frame| Ok(int::new(payload(frame).line() as i64)), ""),
        getter(
            "f_lasti",
            |frame| Ok(int::new(crate::interpreter::instruction_of(payload(frame)) as i64 * 8)),
            "",
        ),
        getter("f_back", |frame| or_none(crate::interpreter::back_of(payload(frame))), ""),
        property(
            "f_trace",
            |frame| or_none(payload(frame).trace.get()),
            |frame, value| {
                payload(frame).trace.set(value.cloned());
                Ok(())
            },
            "",
        ),
    ],
    ..ClassDef::new::<Frame>(types::FRAME, "frame")
};
