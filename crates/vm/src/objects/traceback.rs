//! `traceback`: where an exception has passed.

use ouro_heap::{Payload, Ref, Slot, alloc};

use crate::{
    error::Res,
    native::{Args, NativeDef, bound},
    objects::{
        class::{Class, ClassDef, getter, property},
        frame::Frame,
        int,
        slots::Slots,
    },
    protocol::number,
    state::shared,
    type_error, types, value_error,
};

/// One frame that an exception has passed, the outermost first.
#[derive(Payload)]
#[payload(types::TRACEBACK)]
pub struct Traceback {
    /// `tb_next`: towards the place where the exception was raised.
    pub next: Slot<Traceback>,
    /// `tb_frame`
    pub frame: Slot<Frame>,
    /// The word of the instruction in the frame's code.
    pub instruction: u32,
    /// `tb_lineno`
    pub line: u32,
}

/// A new entry in front of others.
#[inline(always)]
pub fn new(frame: Ref<Frame>, instruction: u32, line: u32, next: Option<Ref<Traceback>>) -> Ref<Traceback> {
    alloc(Traceback { next: Slot::new(next), frame: Slot::new(Some(frame)), instruction, line })
}

static PARAMETERS: NativeDef =
    bound("traceback", "(tb_next, tb_frame, tb_lasti, tb_lineno)", |_| Ok(shared().none.clone()), "");

/// `types.TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)`
fn construct(_class: &Ref<Class>, args: Args) -> Res {
    let values = PARAMETERS.bind(args)?;
    let [Some(next), Some(frame), Some(lasti), Some(line)] = &values[..] else {
        return Err(type_error!("traceback() takes exactly 4 arguments"));
    };
    let next = next_of(next)?;
    let frame = frame.downcast::<Frame>().ok_or_else(|| {
        type_error!("traceback() argument 'tb_frame' must be frame, not {}", Class::of(frame).short_name())
    })?;
    let instruction = (number::as_i32(lasti)?.max(0) / 8) as u32;
    let line = match number::as_i32(line)? {
        -1 => frame.code.position(instruction as usize).line,
        line => line.max(0) as u32,
    };
    Ok(new(frame.clone(), instruction, line, next).into_any())
}

/// A traceback, or None for the end of the chain.
fn next_of(value: &Ref) -> Res<Option<Ref<Traceback>>> {
    match value.downcast::<Traceback>() {
        Some(next) => Ok(Some(next.clone())),
        None if value.is(&shared().none) => Ok(None),
        None => {
            Err(type_error!("expected traceback object or None, got '{}'", Class::of(value).short_name()))
        }
    }
}

fn set_next(tb: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return Err(type_error!("can't delete tb_next attribute")) };
    let next = next_of(value)?;
    let mut link = next.clone();
    while let Some(entry) = link {
        if entry.is(tb) {
            return Err(value_error!("traceback loop detected"));
        }
        link = entry.next.get();
    }
    payload(tb).next.set(next);
    Ok(())
}

fn payload(object: &Ref) -> &Traceback {
    object.payload::<Traceback>().expect("a traceback")
}

/// `traceback`
pub static TRACEBACK: ClassDef = ClassDef {
    slots: Slots { new: Some(construct), ..Slots::NONE },
    doc: "Create a new traceback object.",
    getset: &[
        property(
            "tb_next",
            |tb| Ok(payload(tb).next.get().map_or_else(|| shared().none.clone(), Ref::into_any)),
            set_next,
            "",
        ),
        getter(
            "tb_frame",
            |tb| Ok(payload(tb).frame.get().map_or_else(|| shared().none.clone(), Ref::into_any)),
            "",
        ),
        getter("tb_lineno", |tb| Ok(int::new(payload(tb).line as i64)), ""),
        getter("tb_lasti", |tb| Ok(int::new(payload(tb).instruction as i64 * 8)), ""),
    ],
    ..ClassDef::new::<Traceback>(types::TRACEBACK, "traceback")
};
