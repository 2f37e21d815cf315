//! The operations on any object: what `repr(x)`, `x == y`, `x.name`, `x(...)`, `x[i]`, `for i in x` and `x + y` mean.

pub mod attribute;
pub mod call;
pub mod compare;
pub mod item;
pub mod iterate;
pub(crate) mod method_cache;
pub mod number;
pub mod object;
