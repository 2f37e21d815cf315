//! A running interpreter and its module `__main__`.

use std::path::Path;

use ouro_heap::Ref;
use ouro_vm::{
    error,
    error::Res,
    import,
    interpreter::{self, CompileMode},
    objects::{
        code::Code,
        dict::{self, Dict},
        exception,
        module::{self, Module},
        str::{self, StrExt},
    },
    protocol::object,
    state::{Options, names, shared},
    traceback_text::{self, Colours},
};

use crate::{Builder, Failure, finish};

/// The interpreter of this thread.
#[derive(Debug)]
pub struct Interpreter {
    /// Not to be sent to another thread.
    _stays: std::marker::PhantomData<*const ()>,
}

impl Interpreter {
    /// Settings for a new interpreter.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn start(options: Options) -> Interpreter {
        let vm = ouro_vm::state::Interpreter::start(options);
        // The VM has made the module table with `builtins` in it.
        let modules = vm.slots.modules.get().expect("the VM has made the module table");
        let started = (|| -> Res<()> {
            let sys = module::new("sys").into_any();
            ouro_stdlib::sys::fill(&sys)?;
            set_module(&modules, "sys", &sys)?;
            let builtins = dict::get_str(&modules, &str::intern("builtins")).expect("made by the VM");
            let main = module::new("__main__");
            let namespace = main.dict.clone();
            dict::set_str(&namespace, &names().__annotations__, dict::new().into_any());
            dict::set_str(&namespace, &names().__builtins__, builtins);
            set_module(&modules, "__main__", &main.into_any())
        })();
        if let Err(raised) = started {
            let exception = error::take(raised);
            panic!(
                "the interpreter does not start: {}",
                traceback_text::uncaught(&exception, Colours::default())
            );
        }
        // What the start has made stays: collections of the program's young objects need not look at it.
        ouro_heap::collector::settle();
        Interpreter { _stays: std::marker::PhantomData }
    }

    /// The namespace of `__main__`.
    ///
    /// # Panics
    /// If the program has put something that is no module in its place.
    pub fn main_namespace(&self) -> Ref<Dict> {
        let main = import::loaded(&names().__main__).expect("__main__ is loaded");
        namespace_of(&main)
    }

    /// Runs source text in `__main__`. The text of frames from it is shown in tracebacks if the name is remembered
    /// ([`Interpreter::remember_source`]).
    pub fn run_source(&self, source: &str, filename: &str) -> Result<(), Failure> {
        self.run_text(source, filename, CompileMode::Exec)
    }

    /// Runs one interactive input in `__main__`: values of expression statements are displayed.
    pub fn run_interactive(&self, source: &str, filename: &str) -> Result<(), Failure> {
        self.run_text(source, filename, CompileMode::Single)
    }

    fn run_text(&self, source: &str, filename: &str, mode: CompileMode) -> Result<(), Failure> {
        interpreter::run_text(source, filename, mode, &self.main_namespace(), None)
            .map(drop)
            .map_err(Failure::new)
    }

    /// Runs the bytes of a file in `__main__`: a byte order mark and a coding line count.
    pub fn run_bytes(&self, source: &[u8], filename: &str) -> Result<(), Failure> {
        interpreter::run_source(source, filename, &self.main_namespace()).map(drop).map_err(Failure::new)
    }

    /// Runs a file as `__main__`.
    pub fn run_file(&self, path: &Path) -> Result<(), Failure> {
        let filename = path.to_string_lossy();
        let name = str::new(&filename).into_any();
        let source = std::fs::read(path).map_err(|fault| {
            Failure::new(error::raise_object(exception::os_error(&fault, Some(name.clone()))))
        })?;
        self.set_main_file(&filename);
        self.run_bytes(&source, &filename)
    }

    /// Sets `__file__` of `__main__`.
    pub fn set_main_file(&self, filename: &str) {
        let namespace = self.main_namespace();
        dict::set_str(&namespace, &names().__file__, str::new(filename).into_any());
        dict::set_str(&namespace, &str::intern("__cached__"), shared().none.clone());
    }

    /// Has tracebacks show lines of a text that is in no file.
    pub fn remember_source(&self, filename: &str, source: &str) {
        traceback_text::remember(filename, source);
    }

    pub(crate) fn run_code(&self, code: &Ref<Code>) -> Result<(), Failure> {
        let namespace = self.main_namespace();
        interpreter::run_code(code, &namespace, None).map(drop).map_err(Failure::new)
    }

    /// The `repr` of an expression's value, evaluated in `__main__`.
    pub fn eval(&self, expression: &str) -> Result<String, Failure> {
        self.eval_object(expression)
            .and_then(|value| object::repr(&value))
            .map(|text| text.to_text().into_owned())
            .map_err(Failure::new)
    }

    fn eval_object(&self, expression: &str) -> Res {
        interpreter::run_text(expression, "<string>", CompileMode::Eval, &self.main_namespace(), None)
    }

    /// Ends the program as Python does: functions registered with `atexit` run, modules are cleared, streams flushed.
    /// Gives the exit status, which is 120 where output was lost.
    pub fn finish(self, status: i32) -> i32 {
        finish::finish(status)
    }
}

fn set_module(modules: &Ref<Dict>, name: &str, module: &Ref) -> Res<()> {
    dict::set(modules, str::intern(name).as_any(), module.clone())
}

fn namespace_of(module: &Ref) -> Ref<Dict> {
    module.payload::<Module>().expect("a module").dict.clone()
}
