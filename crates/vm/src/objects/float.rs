//! `float`.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, alloc};

use crate::types;

/// A float. The cell is written in place only by the interpreter loop, for boxes that nobody else can see.
#[derive(Payload)]
#[payload(types::FLOAT)]
pub struct Float {
    /// The value.
    pub value: Cell<f64>,
}

/// A float object.
#[inline]
pub fn new(value: f64) -> Ref {
    alloc(Float { value: Cell::new(value) }).into_any()
}

/// The value of a float or of an instance of a subclass.
#[inline]
pub fn value(object: &Ref) -> Option<f64> {
    object.payload::<Float>().map(|float| float.value.get())
}
