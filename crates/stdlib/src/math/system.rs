//! Functions of the system's mathematical library that Rust's standard library does not pass on as they are.
//!
//! CPython calls the same ones, so that the results agree to the last bit.

// SAFETY: these functions of the C standard take and return plain floating-point numbers and are defined for all.
unsafe extern "C" {
    pub(super) safe fn acosh(x: f64) -> f64;
    pub(super) safe fn asinh(x: f64) -> f64;
    pub(super) safe fn atanh(x: f64) -> f64;
    // The compiler's runtime library has a `cbrt`, too, with other last digits; this name only the C library has.
    #[cfg_attr(all(target_os = "linux", target_env = "gnu"), link_name = "cbrtf64")]
    pub(super) safe fn cbrt(x: f64) -> f64;
    pub(super) safe fn erf(x: f64) -> f64;
    pub(super) safe fn erfc(x: f64) -> f64;
}
