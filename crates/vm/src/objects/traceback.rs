//! `traceback`: where an exception has passed.

use ouro_heap::{Payload, Ref, Slot, alloc};

use crate::{
    error::Res,
    objects::{
        class::{ClassDef, class_flags, getter, property},
        frame::Frame,
        int,
        slots::Slots,
    },
    state::shared,
    types,
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
pub fn new(frame: Ref<Frame>, instruction: u32, line: u32, next: Option<Ref<Traceback>>) -> Ref<Traceback> {
    alloc(Traceback { next: Slot::new(next), frame: Slot::new(Some(frame)), instruction, line })
}

fn payload(object: &Ref) -> &Traceback {
    object.payload::<Traceback>().expect("a traceback")
}

/// `traceback`
pub static TRACEBACK: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots::NONE,
    getset: &[
        property(
            "tb_next",
            |tb| Ok(payload(tb).next.get().map_or_else(|| shared().none.clone(), Ref::into_any)),
            |tb, value| -> Res<()> {
                payload(tb).next.set(value.and_then(|value| value.downcast::<Traceback>()).cloned());
                Ok(())
            },
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
