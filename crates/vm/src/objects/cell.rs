//! `cell`: a variable that several functions share.

use ouro_heap::{Payload, Ref, Slot, alloc};

use crate::{
    error::Res,
    native::Args,
    objects::{
        class::{Class, ClassDef, property},
        slots::Slots,
        str,
    },
    types,
};

/// A cell's payload.
#[derive(Payload)]
#[payload(types::CELL)]
pub struct Cell {
    /// The variable's value.
    pub value: Slot,
}

/// A cell with a value, or empty.
pub fn new(value: Option<Ref>) -> Ref<Cell> {
    alloc(Cell { value: Slot::new(value) })
}

fn payload(object: &Ref) -> &Cell {
    object.payload::<Cell>().expect("a cell")
}

fn repr(object: &Ref) -> Res {
    let content = payload(object).value.get();
    let address = object.address();
    let text = match content {
        None => format!("<cell at {address:#x}: empty>"),
        Some(value) => format!(
            "<cell at {address:#x}: {} object at {:#x}>",
            Class::of(&value).short_name(),
            value.address()
        ),
    };
    Ok(str::new(&text).into_any())
}

fn new_slot(_class: &Ref<Class>, args: Args) -> Res {
    let values = args.exactly("cell", 0, 1)?;
    Ok(new(values.first().cloned()).into_any())
}

/// `cell`
pub static CELL: ClassDef = ClassDef {
    slots: Slots { repr: Some(repr), new: Some(new_slot), ..Slots::NONE },
    getset: &[property(
        "cell_contents",
        |cell| payload(cell).value.get().ok_or_else(|| crate::value_error!("Cell is empty")),
        |cell, value| {
            payload(cell).value.set(value.cloned());
            Ok(())
        },
        "",
    )],
    ..ClassDef::new::<Cell>(types::CELL, "cell")
};
