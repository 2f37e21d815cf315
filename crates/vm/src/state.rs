//! The interpreter of this thread: its classes, shared objects and the exception in flight.
//!
//! One interpreter a thread. State is reached through [`vm`], not passed along; the thread-local word is
//! const-initialised, so that reaching it is one segment-prefixed load.

use std::cell::{Cell, OnceCell, RefCell};

use ouro_heap::{Opaque, Ref, Slot};

use crate::{
    names::Names,
    objects::{class::Class, dict::Dict, exception::ExceptionKind, instance::Shapes, str::Str},
    protocol::method_cache::MethodCache,
    types,
};

/// Everything that belongs to one interpreter.
pub struct Interpreter {
    pub(crate) classes: Vec<OnceCell<Ref<Class>>>,
    pub(crate) exceptions: Vec<OnceCell<Ref<Class>>>,
    pub(crate) shared: OnceCell<Shared>,
    pub(crate) shapes: Shapes,
    /// The exception being propagated.
    pub(crate) raised: Slot,
    /// The exception that the innermost generator handles, or the code outside of all generators.
    pub(crate) handled: Slot,
    /// What the resumers of the running generators handle, the innermost last. Who handles nothing is left out.
    pub(crate) handled_outside: RefCell<Vec<Ref>>,
    /// `sys.is_finalizing()`
    pub finalizing: Cell<bool>,
    /// Warnings of the end of the program, each of which is told once.
    pub(crate) last_warnings: RefCell<Vec<String>>,
    /// `sys.getrecursionlimit()`
    pub recursion_limit: Cell<u32>,
    /// Objects whose `repr` is being made, for `[...]`.
    pub(crate) in_repr: RefCell<Vec<usize>>,
    pub(crate) method_cache: MethodCache,
    pub(crate) next_class_version: Cell<u32>,
    pub(crate) next_keys_version: Cell<u32>,
    /// The seed for hashes of strings and bytes.
    pub(crate) text_hash: crate::objects::str::TextHash,
    /// The options that the interpreter was started with.
    pub options: Options,
    /// Interpreter-wide values that rooms above keep here: the module table, hooks.
    pub slots: RuntimeSlots,
}

/// Objects that exist once.
pub struct Shared {
    /// None
    pub none: Ref,
    /// True
    pub true_: Ref,
    /// False
    pub false_: Ref,
    /// Ellipsis
    pub ellipsis: Ref,
    /// NotImplemented
    pub not_implemented: Ref,
    /// ()
    pub empty_tuple: Ref,
    /// ''
    pub empty_str: Ref<Str>,
    /// b''
    pub empty_bytes: Ref,
    /// -5 to 256
    pub small_ints: Vec<Ref>,
    /// chr(0) to chr(255)
    pub latin1: Vec<Ref<Str>>,
    /// b'\x00' to b'\xff'
    pub single_bytes: Vec<Ref>,
    /// Interned names that the interpreter uses itself.
    pub names: Names,
}

/// What the command line or the embedder decided.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The seed for string hashes.
    pub hash_seed: u64,
    /// `-O` (1) and `-OO` (2).
    pub optimize: u8,
    /// `-X nospecialize`: instructions keep their general forms, which count every operand up and down.
    pub generic: bool,
    /// `sys.argv`
    pub argv: Vec<String>,
    /// `sys.path`
    pub path: Vec<String>,
    /// The path of the executable.
    pub executable: String,
    /// `-i`: interactive afterwards.
    pub inspect: bool,
    /// `-q`
    pub quiet: bool,
    /// `-v`
    pub verbose: u8,
    /// `-I`
    pub isolated: bool,
    /// `-E`
    pub ignore_environment: bool,
    /// `-S`
    pub no_site: bool,
    /// `-s`
    pub no_user_site: bool,
    /// `-P`
    pub safe_path: bool,
    /// `-u`
    pub unbuffered: bool,
    /// `-B`
    pub dont_write_bytecode: bool,
    /// `-b`
    pub bytes_warning: u8,
    /// `-X` options: name and value.
    pub x_options: Vec<(String, Option<String>)>,
    /// `-W` options.
    pub warn_options: Vec<String>,
    /// Names in `sys.modules` that live in native code are looked up with this.
    pub native_modules: Opaque<Vec<NativeModule>>,
}

/// A module implemented by the interpreter: a name and the function that makes it.
#[derive(Clone, Copy, Debug)]
pub struct NativeModule {
    /// The full name.
    pub name: &'static str,
    /// Makes the module object, or gives its Python source to run.
    pub source: ModuleSource,
}

/// How a built-in module comes to be.
#[derive(Clone, Copy, Debug)]
pub enum ModuleSource {
    /// Fills the namespace of the new module (given) natively.
    Native(fn(&Ref) -> crate::error::Res<()>),
    /// Runs Python source that is part of Ouro in the new module's namespace.
    Python(&'static str),
}

/// Objects that rooms above the objects keep for the interpreter's life.
#[derive(Default)]
pub struct RuntimeSlots {
    /// `sys.modules`
    pub modules: Slot<Dict>,
    /// The namespace of `builtins`.
    pub builtins: Slot<Dict>,
    /// The namespace of `sys`.
    pub sys: Slot<Dict>,
    /// The class of `__spec__`, made with the first module that has one.
    pub module_spec: Slot,
    /// Error handlers that the program registered for codecs, by name.
    pub codec_errors: Slot<Dict>,
    /// `io.UnsupportedOperation`, once it has been made.
    pub unsupported_operation: Slot,
    /// What `sys.set_asyncgen_hooks` was given.
    pub async_generator_hooks: AsyncGeneratorHooks,
    /// `sys.get_coroutine_origin_tracking_depth()`
    pub coroutine_origin_depth: Cell<u32>,
    /// What belongs to `gc`.
    pub gc: crate::gc_run::GcState,
}

/// What an event loop wants to be told about asynchronous generators.
#[derive(Default)]
pub struct AsyncGeneratorHooks {
    /// Called with a generator that is iterated for the first time.
    pub first_iteration: Slot,
    /// Called with a generator that nothing refers to any more.
    pub finalizer: Slot,
}

impl RuntimeSlots {
    /// Lets go of everything but what belongs to `gc`, at the end of the program.
    pub fn release(&self) {
        for slot in [&self.sys, &self.builtins, &self.modules, &self.codec_errors] {
            drop(slot.take());
        }
        drop(self.module_spec.take());
        drop(self.unsupported_operation.take());
        drop(self.async_generator_hooks.first_iteration.take());
        drop(self.async_generator_hooks.finalizer.take());
    }
}

thread_local! {
    static VM: Cell<Option<&'static Interpreter>> = const { Cell::new(None) };
}

/// The interpreter of this thread. Panics if none has been started.
#[inline(always)]
pub fn vm() -> &'static Interpreter {
    VM.get().expect("an interpreter has been started on this thread")
}

/// The interpreter of this thread, if one has been started.
pub fn try_vm() -> Option<&'static Interpreter> {
    VM.get()
}

/// The objects that exist once.
#[inline(always)]
pub fn shared() -> &'static Shared {
    vm().shared.get().expect("the shared objects are made at the start")
}

/// The interned names that the interpreter uses itself.
#[inline(always)]
pub fn names() -> &'static Names {
    &shared().names
}

/// The class object of a built-in type.
#[inline(always)]
pub fn class_of(index: u32) -> &'static Ref<Class> {
    vm().classes[index as usize].get().expect("built-in classes are made at the start")
}

/// The class object of a built-in exception.
pub fn exception_class(kind: ExceptionKind) -> &'static Ref<Class> {
    vm().exceptions[kind as usize].get().expect("built-in exceptions are made at the start")
}

impl Interpreter {
    /// Puts the exception that is being handled in, or none, and gives the one before out. The interpreter's loop keeps at
    /// hand whether there is one.
    #[must_use = "dropping the old value may run code: let it go when all is consistent"]
    pub fn replace_handled(&self, exception: Option<Ref>) -> Option<Ref> {
        crate::interpreter::note_handled(exception.is_some());
        self.handled.replace(exception)
    }

    /// The exception being handled: what `sys.exception()` shows and a bare `raise` raises again.
    pub fn exception(&self) -> Option<Ref> {
        self.handled.get().or_else(|| self.handled_outside.borrow().last().cloned())
    }

    /// Starts an interpreter on this thread: its built-in classes and shared objects. Does nothing if there is one.
    pub fn start(options: Options) -> &'static Interpreter {
        if let Some(running) = VM.get() {
            return running;
        }
        let seed = options.hash_seed;
        // The interpreter lives as long as its thread may use it; a thread has at most one, so this is no leak that grows.
        let interpreter: &'static Interpreter = Box::leak(Box::new(Interpreter {
            classes: (0..types::COUNT).map(|_| OnceCell::new()).collect(),
            exceptions: (0..ExceptionKind::COUNT).map(|_| OnceCell::new()).collect(),
            shared: OnceCell::new(),
            shapes: Shapes::default(),
            raised: Slot::empty(),
            handled: Slot::empty(),
            handled_outside: RefCell::default(),
            finalizing: Cell::new(false),
            last_warnings: RefCell::default(),
            recursion_limit: Cell::new(1000),
            in_repr: RefCell::default(),
            method_cache: MethodCache::default(),
            next_class_version: Cell::new(1),
            next_keys_version: Cell::new(1),
            text_hash: crate::objects::str::TextHash::new(seed),
            options,
            slots: RuntimeSlots::default(),
        }));
        VM.set(Some(interpreter));
        crate::boot::boot(interpreter);
        interpreter
    }
}
