//! The module `math`: functions of floats, and exact ones of ints.

use ouro_heap::Ref;
use ouro_vm::{
    error::{Raised, Res},
    native::NativeDef,
    objects::{float, module},
    overflow_error, value_error,
};

mod functions;
mod gamma;
mod integers;
mod sums;
mod system;

/// Fills the new module.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    for functions in [functions::FUNCTIONS, integers::FUNCTIONS, sums::FUNCTIONS] {
        module::add_functions(target, functions);
    }
    for (name, value) in [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ] {
        module::set(target, name, float::new(value))?;
    }
    Ok(())
}

/// A part of the table of functions.
type Functions = &'static [NativeDef];

#[cold]
fn domain_error() -> Raised {
    value_error!("math domain error")
}

#[cold]
fn range_error() -> Raised {
    overflow_error!("math range error")
}

/// A function's result, judged as CPython does: NaN from a number is a domain error, infinity from a finite one
/// a range error, or a domain error (a pole) where the function cannot overflow.
fn judged(argument: f64, result: f64, can_overflow: bool) -> Res {
    if result.is_nan() && !argument.is_nan() {
        return Err(domain_error());
    }
    if result.is_infinite() && argument.is_finite() {
        return Err(if can_overflow { range_error() } else { domain_error() });
    }
    Ok(float::new(result))
}
