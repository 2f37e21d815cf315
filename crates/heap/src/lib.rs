//! The managed, reference-counted heap.
//!
//! Knows layouts, not Python. Nearly all `unsafe` of the project lives here; the rest of the project sees owned
//! references ([`Ref`]), slots and interiors, never raw pointers. HEAP.md beside this crate shows the memory in
//! pictures.
//!
//! Architecture Invariant: every object comes from [`allocate`] and leaves through one `free`; whoever holds an
//! object holds a counted reference.

pub mod allocate;
pub mod arenas;
pub mod blocks;
pub mod buffer;
pub mod collector;
mod dealloc;
mod grow;
pub mod header;
pub mod inspect;
pub mod interior;
pub mod interned;
mod large;
pub mod lend;
pub mod payload;
pub mod processes;
pub mod ranges;
mod reference;
pub mod set_table;
pub mod signals;
pub mod state;
pub mod system;
pub mod table;
pub mod trace;
pub mod types;
pub mod units;
pub mod walk;
pub mod weak;

pub use allocate::{
    TailWriter, alloc, alloc_array, alloc_as, alloc_bytes, alloc_few, alloc_few_joined, alloc_joined,
    alloc_tailed, alloc_untracked, copy_bytes,
};
pub use buffer::{Buffer, OutOfMemory};
pub use dealloc::{give_bytes_back, release_emptied_row, release_last};
pub use grow::{grow_bytes, grow_within};
pub use header::Header;
pub use interior::{Drain, Interior, Register, Slot, Unbound};
pub use ouro_heap_derive::{Payload, Trace};
pub use payload::{Layout, NamedVisitor, Opaque, Payload, Tailed, Trace, Visitor};
pub use reference::{Any, Ref};
pub use set_table::SetTable;
pub use table::Table;
