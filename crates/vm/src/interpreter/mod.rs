//! The interpreter: frames, dispatch, calls, unwinding.
//!
//! With the heap the only room of the project that has `unsafe` code: the loop works on raw registers. One contract
//! holds for every handler and every helper of the loop, and is the reason behind each of their `unsafe` blocks: `pc`
//! is an instruction of the code that the frame at `fp` runs, the frame's linkage is complete, and each of its slots
//! holds an owned reference or the sentinel.
#![expect(clippy::undocumented_unsafe_blocks, reason = "the contract of all handlers is stated once, above")]

mod basic;
mod binding;
mod calls;
mod classes;
mod containers;
pub(crate) mod core;
mod delegation;
mod entry;
mod exact;
mod exceptions;
mod fast;
mod generators;
mod handlers;
mod imports;
mod inspect;
mod names;
mod patterns;
mod positions;
mod spread;
mod stack;
mod steps;
pub(crate) mod unwind;

pub use classes::build_class;
pub use entry::{
    CompileMode, back_of, call_function, call_function_with, check_signals, compile_source, compile_text,
    current_frame, current_globals, current_locals, frame_at_depth, instruction_of, run_closure, run_code,
    run_source, run_text,
};
pub(crate) use entry::{frame_of_generator, keep_running, local_of, may_use, set_local};
pub use exact::{Calls, call_exactly};
pub(crate) use exceptions::matches;
pub(crate) use fast::{forget_supers, known_attribute, set_known_attribute};
pub use generators::{Resumption, close_generator, resume};
pub(crate) use generators::{delegate_of, suspended_at, throw, throw_through};
pub use inspect::{
    Held, LineEvent, LineWatcher, RunningFrame, argument_places, visit_frames, visit_roots, watch_lines,
};
pub(crate) use positions::{acts_for_caller, visit_positions, with_innermost};
pub(crate) use unwind::add_current_frame;
pub use unwind::{report_unraisable, set_unraisable_hook};

pub use stack::Sentinel;
pub(crate) use stack::{enter_native, leave_native, note_handled, prepare};
pub use steps::Consumer;
pub(crate) use steps::{consume, step};

/// Sets how deep Python frames may nest (`sys.setrecursionlimit`).
pub fn set_recursion_limit(limit: u32) {
    stack::set_depth_limit(limit);
}
