//! `from module import name` and `from module import *`.

use ouro_heap::Ref;

use super::{is_loading, loaded};
use crate::{
    error::{Raised, Res, raise_object},
    objects::{
        class::Class,
        dict::{self, Dict},
        exception::{self, ExceptionKind},
        str::{self, Str, StrExt},
    },
    protocol::{attribute, item, iterate, object},
    state::{names, shared},
    type_error,
};

/// The value that `from module import name` binds.
pub fn import_from(module: &Ref, name: &Ref<Str>) -> Res {
    if let Some(value) = attribute::get_optional(module, name)? {
        return Ok(value);
    }
    // A circular import: the submodule may be loaded though its package does not have it as an attribute yet.
    let module_name =
        attribute::get_optional(module, &names().__name__)?.and_then(|name| name.into::<Str>().ok());
    if let Some(module_name) = &module_name {
        let full = format!("{}.{}", module_name.to_text(), name.to_text());
        if let Some(value) = loaded(&str::intern(&full)) {
            return Ok(value);
        }
    }
    Err(cannot_import(module, module_name, name)?)
}

#[cold]
fn cannot_import(module: &Ref, module_name: Option<Ref<Str>>, name: &Ref<Str>) -> Res<Raised> {
    let shown_module = match &module_name {
        Some(name) => object::repr(name.as_any())?.to_text().into_owned(),
        None => "'<unknown module name>'".to_owned(),
    };
    let file = attribute::get_optional(module, &names().__file__)?.filter(str::is_str);
    let shown_name = object::repr(name.as_any())?;
    let shown_name = shown_name.to_text();
    let place = match &file {
        Some(file) => object::str(file)?.to_text().into_owned(),
        None => "unknown location".to_owned(),
    };
    let message = if is_loading(module) {
        format!(
            "cannot import name {shown_name} from partially initialized module {shown_module} \
             (most likely due to a circular import) ({place})"
        )
    } else {
        format!("cannot import name {shown_name} from {shown_module} ({place})")
    };
    let error = exception::new(ExceptionKind::ImportError, vec![str::new(&message).into_any()]);
    exception::set_field(&error, "name", module_name.map(Ref::into_any));
    exception::set_field(&error, "path", file);
    exception::set_field(&error, "name_from", Some(name.clone().into_any()));
    Ok(raise_object(error))
}

/// Binds in a namespace what `from module import *` imports.
pub fn import_star(module: &Ref, namespace: &Ref) -> Res<()> {
    let all = attribute::get_optional(module, &names().__all__)?;
    let public_only = all.is_none();
    let keys = match all {
        Some(all) => iterate::collect(&all)?,
        None => match attribute::get_optional(module, &names().__dict__)? {
            Some(dictionary) => match dictionary.payload::<Dict>() {
                Some(dictionary) => dictionary.snapshot().into_iter().map(|(key, _)| key).collect(),
                None => iterate::collect(&dictionary)?,
            },
            None => return Err(crate::import_error!("from-import-* object has no __dict__ and no __all__")),
        },
    };
    for key in keys {
        let Some(name) = key.downcast::<Str>() else {
            return Err(bad_key(module, &key, public_only)?);
        };
        if public_only && name.char_count() > 0 && name.char_at(0) == u32::from('_') {
            continue;
        }
        let value = attribute::get(module, name)?;
        match namespace.downcast::<Dict>() {
            Some(namespace) => dict::set(namespace, &key, value)?,
            None => item::set(namespace, &key, &value)?,
        }
    }
    Ok(())
}

#[cold]
fn bad_key(module: &Ref, key: &Ref, public_only: bool) -> Res<Raised> {
    let name = attribute::get_optional(module, &names().__name__)?.unwrap_or_else(|| shared().none.clone());
    let Some(name) = name.downcast::<Str>() else {
        return Ok(type_error!("module __name__ must be a string, not {}", Class::of(&name).short_name()));
    };
    let (what, place) = if public_only { ("Key", "__dict__") } else { ("Item", "__all__") };
    Ok(type_error!("{what} in {}.{place} must be str, not {}", name.to_text(), Class::of(key).short_name()))
}
