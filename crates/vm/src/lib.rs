//! Python's types and the interpreter.
//!
//! Architecture Invariant: whatever holds an object holds a counted reference; native code that may run Python code
//! returns [`error::Res`].

pub mod boot;
pub mod builtins;
pub mod compile;
pub mod error;
pub mod gc_run;
pub mod import;
pub mod inspect;
pub mod interpreter;
pub mod names;
pub mod native;
pub mod objects;
pub mod protocol;
pub mod state;
pub mod suggestions;
mod syntax_tree;
pub mod traceback_text;
pub mod tracing;
pub mod types;
pub mod unraisable;
pub mod warning;
