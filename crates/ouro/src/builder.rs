//! What an interpreter is started with.

use ouro_heap::Opaque;
use ouro_vm::state::{NativeModule, Options};

use crate::Interpreter;

/// Settings of an interpreter that is about to start.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    options: Options,
    max_memory: usize,
    gc_stress: bool,
    modules: Opaque<Vec<NativeModule>>,
    traced_frames: usize,
}

impl Builder {
    /// `sys.argv`
    pub fn argv<S: Into<String>>(mut self, argv: impl IntoIterator<Item = S>) -> Builder {
        self.options.argv = argv.into_iter().map(Into::into).collect();
        self
    }

    /// `sys.path`: the folders that modules are imported from.
    pub fn path<S: Into<String>>(mut self, path: impl IntoIterator<Item = S>) -> Builder {
        self.options.path = path.into_iter().map(Into::into).collect();
        self
    }

    /// All other options at once; `argv` and `path` are replaced too.
    pub fn options(mut self, options: Options) -> Builder {
        self.options = options;
        self
    }

    /// The heap may hold this many bytes; what goes beyond raises MemoryError. 0 is no limit.
    pub fn max_memory(mut self, bytes: usize) -> Builder {
        self.max_memory = bytes;
        self
    }

    /// More modules that programs may import, besides the standard library's. A file on `sys.path` with the name of one
    /// comes first.
    pub fn modules(mut self, modules: impl IntoIterator<Item = NativeModule>) -> Builder {
        self.modules.0.extend(modules);
        self
    }

    /// Collects at every allocation of a container, to find faults in the interpreter.
    pub fn gc_stress(mut self, on: bool) -> Builder {
        self.gc_stress = on;
        self
    }

    /// Traces allocations from the beginning, each with up to this many frames, as `tracemalloc.start()` does; 0 traces
    /// none.
    pub fn trace_allocations(mut self, frames: usize) -> Builder {
        self.traced_frames = frames.min(ouro_vm::tracing::MAX_FRAMES);
        self
    }

    /// Starts the interpreter on this thread.
    ///
    /// # Panics
    /// If the thread has an interpreter already.
    pub fn start(mut self) -> Interpreter {
        assert!(ouro_vm::state::try_vm().is_none(), "a thread has one interpreter");
        self.options.native_modules = Opaque(ouro_stdlib::modules());
        self.options.native_modules.0.append(&mut self.modules.0);
        let interpreter = Interpreter::start(self.options);
        ouro_heap::allocate::set_limit(self.max_memory);
        ouro_heap::allocate::set_stress(self.gc_stress);
        if self.traced_frames > 0 {
            ouro_vm::tracing::start(self.traced_frames);
        }
        interpreter
    }
}
