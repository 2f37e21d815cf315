//! Imports: `sys.modules`, native modules, files and packages along `sys.path`.
//!
//! What CPython does in `importlib._bootstrap`, so that no frames of it have to be hidden in tracebacks.

mod find;
mod from;
mod spec;

use std::cell::RefCell;

use ouro_heap::Ref;

pub use find::{Found, find, native};
pub use from::{import_from, import_star};
pub use spec::new_spec;

use crate::{
    error::{Raised, Res, raise_object},
    interpreter::{self, CompileMode},
    objects::{
        class::Class,
        dict::{self, Dict},
        exception::{self, ExceptionKind},
        io::standard::sys_attribute,
        list::List,
        module::{self, Module},
        str::{self, Str, StrExt},
        tuple::Tuple,
    },
    protocol::{attribute, object},
    state::{ModuleSource, names, shared, vm},
    type_error, value_error,
};

thread_local! {
    /// The addresses of the modules whose bodies run: no references, they must not count.
    static LOADING: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// `__import__(name, globals, locals, fromlist, level)`
pub fn import(name: &Ref<Str>, globals: Option<&Ref<Dict>>, fromlist: Option<&Ref>, level: usize) -> Res {
    let full = if level == 0 { name.clone() } else { absolute_name(name, globals, level)? };
    let module = import_absolute(&full)?;
    let has_list = match fromlist {
        Some(list) => object::is_true(list)?,
        None => false,
    };
    if has_list {
        if let Some(list) = fromlist
            && attribute::get_optional(&module, &names().__path__)?.is_some()
        {
            import_submodules(&module, list, false)?;
        }
        return Ok(module);
    }
    // `import a.b.c` binds `a`.
    let text = name.to_text();
    let Some(dot) = text.find('.') else { return Ok(module) };
    let full = full.to_text();
    let top = if level == 0 { &text[..dot] } else { &full[..full.len() - (text.len() - dot)] };
    match loaded(&str::intern(top)) {
        Some(top) => Ok(top),
        None => Err(raise_object(exception::new(
            ExceptionKind::KeyError,
            vec![str::new(&format!("'{top}' not in sys.modules as expected")).into_any()],
        ))),
    }
}

/// The module of a full name, imported if it is not loaded.
pub fn import_module(name: &str) -> Res {
    import_absolute(&str::intern(name))
}

fn import_absolute(name: &Ref<Str>) -> Res {
    match loaded(name) {
        Some(module) if !module.is(&shared().none) => Ok(module),
        Some(_) => Err(not_found(&format!("import of {} halted; None in sys.modules", name.to_text()), name)),
        None => {
            let _call = object::NativeCall::enter("")?;
            find_and_load(name)
        }
    }
}

/// `sys.modules`
pub fn modules() -> Res<Ref<Dict>> {
    vm().slots.modules.get().ok_or_else(|| crate::runtime_error!("unable to get sys.modules"))
}

/// What `sys.modules` has under a name.
pub fn loaded(name: &Ref<Str>) -> Option<Ref> {
    vm().slots.modules.get().and_then(|modules| dict::get_str(&modules, name))
}

/// Whether the module's body runs at this moment.
pub fn is_loading(module: &Ref) -> bool {
    LOADING.with_borrow(|loading| loading.contains(&module.address()))
}

/// Whether the end of the program has begun to take things away, so that nothing can be imported any more.
pub(crate) fn is_shut_down() -> bool {
    sys_attribute(&str::intern("meta_path")).is_some_and(|finders| finders.is(&shared().none))
}

fn find_and_load(name: &Ref<Str>) -> Res {
    let text = name.to_text();
    if is_shut_down() {
        return Err(crate::import_error!("sys.meta_path is None, Python is likely shutting down"));
    }
    let mut parent = None;
    let mut path = None;
    if let Some((parent_name, _)) = text.rsplit_once('.') {
        let parent_name = str::intern(parent_name);
        import_absolute(&parent_name)?;
        // The parent's body may have imported this module.
        if let Some(module) = loaded(name) {
            return Ok(module);
        }
        let Some(module) = loaded(&parent_name) else {
            return Err(not_found(&format!("No module named '{}'", parent_name.to_text()), &parent_name));
        };
        let Some(list) = attribute::get_optional(&module, &names().__path__)? else {
            return Err(not_found(
                &format!("No module named '{text}'; '{}' is not a package", parent_name.to_text()),
                name,
            ));
        };
        parent = Some(module);
        path = Some(list);
    }
    let Some(found) = find(&text, path.as_ref())? else {
        return Err(not_found(&format!("No module named '{text}'"), name));
    };
    let module = load(name, found)?;
    if let Some(parent) = parent {
        let child = text.rsplit('.').next().unwrap_or(&text);
        // A parent that refuses is only worth a warning in CPython, and those are not shown by default.
        if let Err(raised) = attribute::set(&parent, &str::intern(child), &module) {
            crate::error::take_if(raised, ExceptionKind::AttributeError)?;
        }
    }
    Ok(module)
}

/// Makes a module of what was found, runs its body, and gives what stands in `sys.modules` afterwards.
fn load(name: &Ref<Str>, found: Found) -> Res {
    let module = module::new(&name.to_text());
    spec::set_attributes(&module, name, &found)?;
    let modules = modules()?;
    let module = module.into_any();
    dict::set(&modules, name.as_any(), module.clone())?;
    let outcome = {
        let _loading = Loading::enter(&module);
        run_body(&module, &found)
    };
    if let Err(raised) = outcome {
        let exception = crate::error::take(raised);
        drop(dict::remove(&modules, name.as_any())?);
        return Err(crate::error::restore(exception));
    }
    // A body may put something else in its place.
    to_the_end(name)
}

/// Marks a module as loading for as long as it lives.
struct Loading(usize);

impl Loading {
    fn enter(module: &Ref) -> Loading {
        LOADING.with_borrow_mut(|loading| loading.push(module.address()));
        Loading(module.address())
    }
}

impl Drop for Loading {
    fn drop(&mut self) {
        LOADING.with_borrow_mut(|loading| {
            if let Some(position) = loading.iter().rposition(|address| *address == self.0) {
                loading.remove(position);
            }
        });
    }
}

/// Runs the body of a module, in its namespace.
pub fn run_body(module: &Ref, found: &Found) -> Res<()> {
    let namespace = module.payload::<Module>().ok_or_else(|| type_error!("not a module"))?.dict.clone();
    match found {
        Found::Native(native) => match native.source {
            ModuleSource::Native(fill) => fill(module),
            ModuleSource::Python(source) => {
                add_builtins(&namespace);
                let filename = format!("<frozen {}>", native.name);
                // Assertions and docstrings of our own modules are no part of the program: -O leaves them alone.
                let code =
                    interpreter::compile_source(source.as_bytes(), &filename, CompileMode::Exec, 0, 0)?;
                interpreter::run_code(&code, &namespace, None).map(drop)
            }
        },
        Found::File { path, .. } => {
            add_builtins(&namespace);
            let source = std::fs::read(path).map_err(|error| {
                let filename = str::new(&path.to_string_lossy()).into_any();
                raise_object(exception::os_error(&error, Some(filename)))
            })?;
            let optimize = vm().options.optimize;
            let code = interpreter::compile_source(
                &source,
                &path.to_string_lossy(),
                CompileMode::Exec,
                optimize,
                0,
            )?;
            interpreter::run_code(&code, &namespace, None).map(drop)
        }
        Found::Namespace { .. } => Ok(()),
    }
}

/// Gives a namespace its `__builtins__`: the dictionary, as in every module but `__main__`.
pub fn add_builtins(namespace: &Ref<Dict>) {
    if let Some(builtins) = vm().slots.builtins.get() {
        dict::set_str(namespace, &names().__builtins__, builtins.into_any());
    }
}

/// Runs the body of a module again: `importlib.reload`.
pub fn reload(module: &Ref) -> Res {
    let Some(payload) = module.payload::<Module>() else {
        return Err(type_error!("reload() argument must be a module"));
    };
    let name = dict::get_str(&payload.dict, &names().__name__).and_then(|name| name.into::<Str>().ok());
    let Some(name) = name else { return Err(type_error!("reload() argument must be a module")) };
    let text = name.to_text();
    if loaded(&str::intern(&text)).is_none_or(|loaded| !loaded.is(module)) {
        let error = exception::new(
            ExceptionKind::ImportError,
            vec![str::new(&format!("module {text} not in sys.modules")).into_any()],
        );
        exception::set_field(&error, "name", Some(name.clone().into_any()));
        return Err(raise_object(error));
    }
    let path = match text.rsplit_once('.') {
        Some((parent, _)) => match loaded(&str::intern(parent)) {
            Some(parent) => attribute::get_optional(&parent, &names().__path__)?,
            None => return Err(crate::import_error!("parent '{parent}' not in sys.modules")),
        },
        None => None,
    };
    let Some(found) = find(&text, path.as_ref())? else {
        return Err(not_found(&format!("spec not found for the module '{text}'"), &name));
    };
    let outcome = {
        let _loading = Loading::enter(module);
        run_body(module, &found)
    };
    let name = str::intern(&text);
    match outcome {
        Ok(()) => to_the_end(&name),
        Err(raised) => {
            let exception = crate::error::take(raised);
            drop(to_the_end(&name).map_err(crate::error::take));
            Err(crate::error::restore(exception))
        }
    }
}

/// Moves an entry of `sys.modules` to the end, as every load does; gives the module that stands there.
fn to_the_end(name: &Ref<Str>) -> Res {
    let modules = modules()?;
    match dict::remove(&modules, name.as_any())? {
        Some((key, module)) => {
            dict::set(&modules, &key, module.clone())?;
            Ok(module)
        }
        None => Err(raise_object(exception::new(ExceptionKind::KeyError, vec![name.clone().into_any()]))),
    }
}

/// Imports the submodules that a `from package import ...` names.
fn import_submodules(package: &Ref, list: &Ref, from_all: bool) -> Res<()> {
    let items: Vec<Ref> = match (list.payload::<Tuple>(), list.payload::<List>()) {
        (Some(tuple), _) => tuple.items().to_vec(),
        _ => crate::protocol::iterate::collect(list)?,
    };
    for item in items {
        let Some(name) = item.downcast::<Str>() else {
            let place = if from_all {
                let package_name = attribute::get(package, &names().__name__)?;
                format!("{}.__all__", object::str(&package_name)?.to_text())
            } else {
                "``from list''".to_owned()
            };
            return Err(type_error!("Item in {place} must be str, not {}", Class::of(&item).short_name()));
        };
        if name.is_text("*") {
            if !from_all && let Some(all) = attribute::get_optional(package, &names().__all__)? {
                import_submodules(package, &all, true)?;
            }
        } else if attribute::get_optional(package, name)?.is_none() {
            let package_name = object::str(&attribute::get(package, &names().__name__)?)?;
            let full = str::intern(&format!("{}.{}", package_name.to_text(), name.to_text()));
            if let Err(raised) = import_absolute(&full) {
                // A name that is no module is left for the `import_from` that follows.
                let exception = crate::error::take_if(raised, ExceptionKind::ModuleNotFoundError)?;
                let same = exception::field(&exception, "name").and_then(|name| name.into::<Str>().ok());
                if !same.is_some_and(|name| str::equal(&name, &full)) {
                    return Err(crate::error::restore(exception));
                }
            }
        }
    }
    Ok(())
}

/// The full name of a relative import.
fn absolute_name(name: &Ref<Str>, globals: Option<&Ref<Dict>>, level: usize) -> Res<Ref<Str>> {
    let Some(globals) = globals else {
        return Err(raise_object(exception::new(
            ExceptionKind::KeyError,
            vec![str::new("'__name__' not in globals").into_any()],
        )));
    };
    let package = package_of(globals)?;
    if package.is_empty() {
        return Err(crate::import_error!("attempted relative import with no known parent package"));
    }
    let mut base = &*package;
    for _ in 1..level {
        match base.rsplit_once('.') {
            Some((outer, _)) => base = outer,
            None => return Err(crate::import_error!("attempted relative import beyond top-level package")),
        }
    }
    let text = name.to_text();
    Ok(if text.is_empty() { str::intern(base) } else { str::intern(&format!("{base}.{text}")) })
}

/// `__package__`, or what follows from `__spec__`, `__name__` and `__path__`.
fn package_of(globals: &Ref<Dict>) -> Res<String> {
    let none = &shared().none;
    let present = |name: &Ref<Str>| dict::get_str(globals, name).filter(|value| !value.is(none));
    if let Some(package) = present(&names().__package__) {
        return match package.downcast::<Str>() {
            Some(package) => Ok(package.to_text().into_owned()),
            None => Err(type_error!("package must be a string")),
        };
    }
    if let Some(spec) = present(&names().__spec__)
        && let Some(parent) = attribute::get_optional(&spec, &str::intern("parent"))?
    {
        return match parent.downcast::<Str>() {
            Some(parent) => Ok(parent.to_text().into_owned()),
            None => Err(type_error!("__spec__.parent must be a string")),
        };
    }
    let Some(name) = dict::get_str(globals, &names().__name__) else {
        return Err(raise_object(exception::new(
            ExceptionKind::KeyError,
            vec![str::new("'__name__' not in globals").into_any()],
        )));
    };
    let Some(name) = name.downcast::<Str>() else { return Err(type_error!("__name__ must be a string")) };
    let text = name.to_text();
    if dict::contains_str(globals, &names().__path__) {
        return Ok(text.into_owned());
    }
    Ok(text.rsplit_once('.').map_or("", |(package, _)| package).to_owned())
}

/// Raises ModuleNotFoundError.
fn not_found(message: &str, name: &Ref<Str>) -> Raised {
    let error = exception::new(ExceptionKind::ModuleNotFoundError, vec![str::new(message).into_any()]);
    exception::set_field(&error, "name", Some(name.clone().into_any()));
    raise_object(error)
}

/// Checks what `importlib.import_module` checks, resolves a relative name and imports.
pub fn import_by_name(name: &Ref<Str>, package: Option<&Ref<Str>>) -> Res {
    let text = name.to_text();
    let level = text.len() - text.trim_start_matches('.').len();
    if text.is_empty() {
        return Err(value_error!("Empty module name"));
    }
    if level == 0 {
        return import_absolute(&str::intern_object(&str::new(&text)));
    }
    let Some(package) = package.filter(|package| package.char_count() > 0) else {
        return Err(type_error!(
            "the 'package' argument is required to perform a relative import for '{text}'"
        ));
    };
    let package = package.to_text();
    let mut base = &*package;
    for _ in 1..level {
        match base.rsplit_once('.') {
            Some((outer, _)) => base = outer,
            None => return Err(crate::import_error!("attempted relative import beyond top-level package")),
        }
    }
    let rest = &text[level..];
    import_absolute(&if rest.is_empty() { str::intern(base) } else { str::intern(&format!("{base}.{rest}")) })
}
