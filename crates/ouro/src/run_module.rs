//! `python -m`: what `runpy` does.

use ouro_heap::Ref;
use ouro_vm::{
    error,
    import::{self, Found},
    interpreter::{self, CompileMode},
    objects::{
        class::Class,
        code::Code,
        dict,
        exception::{self, ExceptionKind},
        str::{self, StrExt},
    },
    protocol::{attribute, object},
    state::{ModuleSource, names, shared, vm},
};

use crate::{Failure, Interpreter};

/// A module that can be run: its code, its file, the package that it belongs to.
#[derive(Debug)]
pub struct FoundCode {
    name: String,
    code: Ref<Code>,
    /// The file, if it has one.
    pub file: Option<String>,
    package: String,
}

/// Why a module cannot be run.
#[derive(Debug)]
pub enum NotRunnable {
    /// A line for the user.
    Message(String),
    /// Importing its package failed, or its source does.
    Failure(Failure),
}

impl From<Failure> for NotRunnable {
    fn from(failure: Failure) -> NotRunnable {
        NotRunnable::Failure(failure)
    }
}

/// Looks for the code that `-m name` runs; packages on the way are imported.
pub fn find_code(name: &str) -> Result<FoundCode, NotRunnable> {
    if name.starts_with('.') {
        return Err(NotRunnable::Message("Relative module names not supported".to_owned()));
    }
    let mut path = None;
    if let Some((parent, _)) = name.rsplit_once('.') {
        path = Some(import_parent(name, parent)?);
    }
    let found = import::find(name, path.as_ref()).map_err(Failure::new)?;
    let missing = || NotRunnable::Message(format!("No module named {name}"));
    let found = found.ok_or_else(missing)?;
    let is_package = match &found {
        Found::File { package, .. } => package.is_some(),
        Found::Namespace { .. } => true,
        Found::Native(_) => false,
    };
    if is_package {
        if name == "__main__" || name.ends_with(".__main__") {
            return Err(NotRunnable::Message("Cannot use package as __main__ module".to_owned()));
        }
        return find_code(&format!("{name}.__main__")).map_err(|fault| match fault {
            NotRunnable::Message(message) => NotRunnable::Message(format!(
                "{message}; '{name}' is a package and cannot be directly executed"
            )),
            failure => failure,
        });
    }
    let package = name.rsplit_once('.').map_or(String::new(), |(parent, _)| parent.to_owned());
    let (source, filename) = match found {
        Found::File { path, .. } => {
            let filename = path.to_string_lossy().into_owned();
            let source = std::fs::read(&path).map_err(|fault| {
                Failure::new(error::raise_object(exception::os_error(
                    &fault,
                    Some(str::new(&filename).into_any()),
                )))
            })?;
            (source, Some(filename))
        }
        Found::Native(native) => match native.source {
            ModuleSource::Python(source) => (source.as_bytes().to_vec(), None),
            ModuleSource::Native(_) => {
                return Err(NotRunnable::Message(format!("No code object available for {name}")));
            }
        },
        Found::Namespace { .. } => return Err(missing()),
    };
    let shown = filename.clone().unwrap_or_else(|| format!("<frozen {name}>"));
    let code = interpreter::compile_source(&source, &shown, CompileMode::Exec, vm().options.optimize, 0)
        .map_err(Failure::new)?;
    Ok(FoundCode { name: name.to_owned(), code, file: filename, package })
}

/// Imports the package of a module; gives its `__path__`.
fn import_parent(name: &str, parent: &str) -> Result<Ref, NotRunnable> {
    let module = match import::import_module(parent) {
        Ok(module) => module,
        Err(raised) => {
            let failure = Failure::new(raised);
            let exception = failure.exception();
            if !exception::is_instance(exception, ExceptionKind::ImportError) {
                return Err(failure.into());
            }
            let class = Class::of(exception).short_name();
            let text = object::str(exception).map_err(Failure::new)?;
            let text = text.to_text();
            return Err(NotRunnable::Message(format!(
                "Error while finding module specification for '{name}' ({class}: {text})"
            )));
        }
    };
    match attribute::get_optional(&module, &names().__path__).map_err(Failure::new)? {
        Some(path) => Ok(path),
        None => Err(NotRunnable::Message(format!(
            "Error while finding module specification for '{name}' (ModuleNotFoundError: No module named '{name}'; '{parent}' is not a package)"
        ))),
    }
}

impl Interpreter {
    /// Runs found code as `__main__`.
    pub fn run_found(&self, found: &FoundCode) -> Result<(), Failure> {
        let namespace = self.main_namespace();
        if let Some(file) = &found.file {
            self.set_main_file(file);
        }
        dict::set_str(&namespace, &names().__package__, str::new(&found.package).into_any());
        let origin = found.file.as_deref().map(|file| str::new(file).into_any());
        let spec = import::new_spec(
            &str::intern(&found.name),
            origin,
            None,
            str::new(&found.package).into_any(),
            true,
        );
        dict::set_str(&namespace, &names().__spec__, spec.map_err(Failure::new)?);
        dict::set_str(&namespace, &names().__doc__, shared().none.clone());
        self.run_code(&found.code)
    }
}
