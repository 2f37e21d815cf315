//! From the syntax tree to register bytecode.
//!
//! Pure data and no heap: the VM puts the code objects made here on the managed heap.
#![forbid(unsafe_code)]

pub mod code;
pub mod compiler;
pub mod dis;
pub mod error;
pub mod lines;
pub mod opcode;
mod returns;
pub mod scope;
pub mod verify;

pub use compiler::{CompileOptions, ConstantKey, Mode, compile, compile_with_warnings};

/// Hash tables with a fixed seed: compiling is deterministic, and a program text is no place for attacks on
/// hashing.
pub(crate) type Map<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<ahash::AHasher>>;
pub(crate) type Set<T> = std::collections::HashSet<T, std::hash::BuildHasherDefault<ahash::AHasher>>;
