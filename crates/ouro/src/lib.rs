//! Ouro as a library: a Python interpreter inside a Rust program.
//!
//! ```no_run
//! let answer = ouro::run_on_big_stack(|| {
//!     let python = ouro::Interpreter::builder().argv(["embedded"]).start();
//!     python.run_source("x = 6 * 7", "<example>").map_err(|failure| failure.text())?;
//!     python.eval("x").map_err(|failure| failure.text())
//! });
//! assert_eq!(answer.as_deref(), Ok("42"));
//! ```
//!
//! Architecture Invariant: one interpreter a thread, and it stays on its thread.
#![forbid(unsafe_code)]

mod builder;
mod failure;
mod finish;
mod interpreter;
mod run_module;

pub use builder::Builder;
pub use failure::{Ending, Failure, report};
pub use interpreter::Interpreter;
pub use ouro_vm::state::Options;
pub use run_module::{FoundCode, NotRunnable, find_code};

/// How much address space the interpreter's thread gets for its native stack. Pages are only committed when touched.
const STACK_SIZE: usize = 512 << 20;

/// Runs a function on a thread with a stack that is deep enough for the deepest recursion that Python code may ask of
/// native code (`repr` of nested lists, sort keys that sort, deep syntax trees).
pub fn run_on_big_stack<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("python".to_owned()).stack_size(STACK_SIZE);
        match thread.spawn_scoped(scope, work) {
            Ok(handle) => handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(error) => {
                // As for the heap's ranges: without this there is nothing that could raise an exception.
                ouro_heap::system::tell(format_args!(
                    "Fatal Python error: no thread for the interpreter: {error}\n"
                ));
                std::process::exit(1)
            }
        }
    })
}
