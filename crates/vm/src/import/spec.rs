//! The attributes that the import system gives a module, `__spec__` among them.

use ouro_heap::Ref;

use super::find::{Found, is_native_package};
use crate::{
    error::Res,
    native::Args,
    objects::{
        bool_, dict, list,
        module::Module,
        str::{self, Str, StrExt},
        tuple,
    },
    protocol::call,
    state::{class_of, names, shared, vm},
    types,
};

/// Sets `__package__`, `__spec__`, `__path__` and `__file__`.
pub(super) fn set_attributes(module: &Ref<Module>, name: &Ref<Str>, found: &Found) -> Res<()> {
    let namespace = &module.dict;
    let text = name.to_text();
    let path_text = |path: &std::path::Path| str::new(&path.to_string_lossy()).into_any();
    let (origin, path, has_location) = match found {
        Found::Native(native) => {
            let frozen = matches!(native.source, crate::state::ModuleSource::Python(_));
            let path = is_native_package(native.name).then(|| list::empty().into_any());
            (Some(str::new(if frozen { "frozen" } else { "built-in" }).into_any()), path, false)
        }
        Found::File { path, package } => {
            let package = match package {
                Some(package) => Some(list::from_vec(vec![path_text(package)])?.into_any()),
                None => None,
            };
            (Some(path_text(path)), package, true)
        }
        Found::Namespace { portions } => (
            None,
            Some(list::from_vec(portions.iter().map(|portion| path_text(portion)).collect())?.into_any()),
            false,
        ),
    };
    let parent = if path.is_some() {
        text.to_string()
    } else {
        text.rsplit_once('.').map_or(String::new(), |(parent, _)| parent.to_owned())
    };
    let parent = str::new(&parent).into_any();
    dict::set_str(namespace, &names().__package__, parent.clone());
    let spec = new_spec(name, origin.clone(), path.clone(), parent, has_location)?;
    dict::set_str(namespace, &names().__spec__, spec);
    if let Some(path) = path {
        dict::set_str(namespace, &names().__path__, path);
    }
    if let Some(origin) = origin.filter(|_| has_location) {
        dict::set_str(namespace, &names().__file__, origin);
    }
    Ok(())
}

/// A `ModuleSpec`: a namespace object of a class with that name.
pub fn new_spec(
    name: &Ref<Str>,
    origin: Option<Ref>,
    path: Option<Ref>,
    parent: Ref,
    has_location: bool,
) -> Res {
    let class = match vm().slots.module_spec.get() {
        Some(class) => class,
        None => {
            let bases = tuple::from_vec(vec![class_of(types::NAMESPACE).clone().into_any()]).into_any();
            let body = dict::new();
            dict::set_str(&body, &names().__module__, str::new("_frozen_importlib").into_any());
            let args = [str::new("ModuleSpec").into_any(), bases, body.into_any()];
            let class = call::call(class_of(types::TYPE).as_any(), &args)?;
            vm().slots.module_spec.set(Some(class.clone()));
            class
        }
    };
    let none = || shared().none.clone();
    let keys = ["name", "loader", "origin", "submodule_search_locations", "parent", "has_location", "cached"];
    let keys = tuple::from_vec(keys.iter().map(|key| str::intern(key).into_any()).collect());
    let values = [
        name.clone().into_any(),
        none(),
        origin.unwrap_or_else(none),
        path.unwrap_or_else(none),
        parent,
        bool_::new(has_location),
        none(),
    ];
    call::call_args(&class, Args { all: &values, names: Some(&keys) })
}
