//! From the syntax tree to register bytecode.
//!
//! Pure data and no heap: the VM puts the code objects made here on the managed heap.

pub mod code;
pub mod opcode;
