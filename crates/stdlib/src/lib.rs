//! See ARCHITECTURE.md.

pub mod math;
