//! `_imp`: what `importlib` offers of the import system.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    import::{self, Found},
    native::{NativeDef, bound, plain},
    objects::{
        class::Class,
        list, module,
        str::{self, Str, StrExt},
    },
    protocol::attribute,
    state::{ModuleSource, names, shared},
    type_error,
};

/// Fills the module `_imp`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 4] = [
    bound("import_module", "(name, package=None)", import_module, "Import a module."),
    plain("reload", "(module, /)", reload, "Reload the module and return it."),
    plain("find_spec", "(name, path, /)", find_spec, "The spec of a module, or None."),
    plain("is_builtin", "(name, /)", is_builtin, "Whether a module is part of the interpreter."),
];

fn name_of<'a>(value: &'a Ref, what: &str) -> Res<&'a Ref<Str>> {
    value
        .downcast::<Str>()
        .ok_or_else(|| type_error!("{what} must be a str, not {}", Class::of(value).short_name()))
}

fn import_module(values: &[Option<Ref>]) -> Res {
    let [Some(name), package] = values else { return Ok(shared().none.clone()) };
    let name = name.downcast::<Str>().ok_or_else(|| {
        ouro_vm::attribute_error!("'{}' object has no attribute 'startswith'", Class::of(name).short_name())
    })?;
    let package = package.as_ref().filter(|package| !package.is(&shared().none));
    import::import_by_name(name, package.map(|package| name_of(package, "__package__")).transpose()?)
}

fn reload(args: &[Ref]) -> Res {
    import::reload(&args[0])
}

fn is_builtin(args: &[Ref]) -> Res {
    let name = name_of(&args[0], "name")?.to_text();
    let native = import::native(&name).is_some_and(|native| matches!(native.source, ModuleSource::Native(_)));
    Ok(ouro_vm::objects::int::new(native.into()))
}

/// The spec that an import would use; parents have been imported.
fn find_spec(args: &[Ref]) -> Res {
    let name = name_of(&args[0], "name")?;
    let text = name.to_text();
    if let Some(module) = import::loaded(name)
        && let Some(spec) = attribute::get_optional(&module, &names().__spec__)?
    {
        return Ok(spec);
    }
    let path = (!args[1].is(&shared().none)).then_some(&args[1]);
    let Some(found) = import::find(&text, path)? else { return Ok(shared().none.clone()) };
    let shown = |path: &std::path::Path| str::new(&path.to_string_lossy()).into_any();
    let (origin, folders) = match &found {
        Found::Native(_) => (Some(str::new("built-in").into_any()), None),
        Found::File { path, package } => {
            (Some(shown(path)), package.as_ref().map(|package| vec![shown(package)]))
        }
        Found::Namespace { portions } => {
            (None, Some(portions.iter().map(|portion| shown(portion)).collect()))
        }
    };
    let is_package = folders.is_some();
    let folders = folders.map(list::from_vec).transpose()?.map(Ref::into_any);
    let parent = if is_package { &*text } else { text.rsplit_once('.').map_or("", |(parent, _)| parent) };
    import::new_spec(name, origin, folders, str::new(parent).into_any(), matches!(found, Found::File { .. }))
}
