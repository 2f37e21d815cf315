//! The room that makes memory visible.
//!
//! Data first: [`graph`] is the heap as it is at one moment, [`view`] adds what stands outside of it (frames, modules, the
//! interpreter) and leaves out the viewer itself. On that stand the answers: who holds an object, why it is alive, how
//! large it is. They are data, of which renderers make text and [`plain`] values (JSON). The modules `heap` and its kin are thin faces of all this.
//!
//! Architecture Invariant: looking changes nothing. A walk allocates with Rust's allocator only, the objects of an answer
//! are made when the walk is over and do not count towards a collection, and the viewer's own objects and frames are no
//! part of any answer.

pub mod birth;
pub mod explain;
pub mod graph;
pub mod holders;
pub mod layout;
pub mod leaks;
pub mod line_profile;
mod module;
pub mod plain;
pub mod pools;
pub mod size;
pub mod snapshot;
pub mod svg;
pub mod view;
pub mod why;
pub mod words;

use ouro_vm::state::{ModuleSource, NativeModule};

/// The modules of this room, under the names that the program imports. A module of the program's of the same name comes
/// first.
pub(crate) const OWN_MODULES: &[&str] = &[
    "_heap",
    "_heap_commands",
    "heap",
    "memory_profiler",
    "objgraph",
    "pympler",
    "pympler.asizeof",
    "pympler.classtracker",
    "pympler.muppy",
    "pympler.summary",
    "pympler.tracker",
];

macro_rules! python_modules {
    ($($name:literal $file:literal),* $(,)?) => {
        [$(NativeModule {
            name: $name,
            source: ModuleSource::Python(include_str!(concat!("../python/", $file))),
        }),*]
    };
}

/// The modules of this room.
pub fn modules() -> Vec<NativeModule> {
    let mut modules = vec![NativeModule { name: "_heap", source: ModuleSource::Native(module::fill) }];
    modules.extend(python_modules! {
        "_heap_commands" "_heap_commands.py",
        "heap" "heap.py",
        "memory_profiler" "memory_profiler.py",
        "objgraph" "objgraph.py",
        "pympler" "pympler.py",
        "pympler.asizeof" "pympler_asizeof.py",
        "pympler.classtracker" "pympler_classtracker.py",
        "pympler.muppy" "pympler_muppy.py",
        "pympler.summary" "pympler_summary.py",
        "pympler.tracker" "pympler_tracker.py",
    });
    modules
}
