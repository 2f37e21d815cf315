//! `frame`: a frame as an object, made only when someone asks for it or an exception passes.

use std::cell::Cell;

use ouro_heap::{Interior, Payload, Ref, Slot, alloc};

use crate::{
    error::Res,
    objects::{
        cell,
        class::{ClassDef, class_flags, getter, property},
        code::Code,
        dict::{self, Dict},
        function::Function,
        int,
        slots::Slots,
        str::{self, StrExt},
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
    pub(crate) locals: Interior<Vec<Option<Ref>>>,
    /// `f_trace`
    pub trace: Slot,
}

/// A frame object.
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
        locals: Interior::new(Vec::new()),
        trace: Slot::empty(),
    })
}

impl Frame {
    /// The line that runs, or ran last.
    pub fn line(&self) -> u32 {
        let word = crate::interpreter::instruction_of(self);
        self.code.position(word as usize).line
    }

    /// The global namespace.
    pub fn globals(&self) -> Option<Ref<Dict>> {
        self.function.get().and_then(|function| function.globals.get())
    }

    /// Names and values of the variables, cells opened: what `locals()` shows for a function.
    pub fn variables(&self) -> Vec<(Ref, Ref)> {
        let mut found = Vec::new();
        let open = |value: Ref| match value.payload::<cell::Cell>() {
            Some(cell) => cell.value.get(),
            None => Some(value),
        };
        for (slot, value) in crate::interpreter::locals_of(self).into_iter().enumerate() {
            let Some(name) = self.code.locals.get(slot) else { break };
            if self.code.local_kind(slot) == ouro_bytecode::code::LocalKind::Hidden {
                continue;
            }
            if let Some(value) = value.and_then(open) {
                found.push((name.clone().into_any(), value));
            }
        }
        let closure = self.function.get().and_then(|function| function.closure.get());
        for (name, cell) in
            self.code.free_names.iter().zip(closure.iter().flat_map(|closure| closure.items()))
        {
            if let Some(value) = cell.payload::<cell::Cell>().and_then(|cell| cell.value.get()) {
                found.push((name.clone().into_any(), value));
            }
        }
        found
    }

    /// `f_locals`: the namespace of a module or class body, a snapshot for functions.
    pub fn locals_mapping(&self) -> Res {
        if let Some(namespace) = self.namespace.get() {
            return Ok(namespace);
        }
        let made = dict::new();
        for (name, value) in self.variables() {
            dict::set(&made, &name, value)?;
        }
        Ok(made.into_any())
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
    drop(frame.locals.take());
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
        getter("f_locals", |frame| payload(frame).locals_mapping(), ""),
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
