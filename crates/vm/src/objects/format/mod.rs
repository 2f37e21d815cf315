//! Formatting: the specification mini-language, `%`-formatting, `str.format`, and numbers as text.

mod complex;
mod float;
mod int;
mod number;
pub mod percent;
mod percent_bytes;
pub mod quick;
pub mod spec;
pub mod template;
mod text;

pub use complex::{complex_repr, format_complex};
pub use float::{Style, float_repr, float_repr_object, float_text, format_float, format_float_named};
pub use int::{digits, format_int, format_int_named};
pub use percent_bytes::format_bytes;
pub use spec::{Align, Spec, TypeName};
pub use text::{format_str, format_str_named};
