//! `object.__reduce_ex__` and `__getstate__`: what `copy` and `pickle` need to make an object again.

use ouro_heap::{Payload, Ref};

use crate::{
    error::Res,
    import,
    objects::{
        class::{Class, DowncastClass, class_flags},
        dict::{self, Dict},
        instance::Instance,
        list::List,
        singletons::PlainObject,
        str::{self, Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{attribute, call, iterate, object},
    state::{class_of, names, shared},
    type_error, types, value_error,
};

/// `object.__reduce__`: what protocol 0 does.
pub(crate) fn reduce(args: &[Ref]) -> Res {
    reduce_old(&args[0])
}

/// `object.__reduce_ex__`: a `__reduce__` of the class comes first.
pub(crate) fn reduce_ex(args: &[Ref]) -> Res {
    let protocol = crate::protocol::number::as_isize(&args[1])?;
    let name = &names().__reduce__;
    let own = Class::of(&args[0]).lookup(name);
    let inherited = class_of(types::OBJECT).lookup(name);
    match (own, inherited) {
        (Some(own), Some(inherited)) if !own.is(&inherited) => call::call_method(&args[0], name, &[]),
        _ if protocol < 2 => reduce_old(&args[0]),
        _ => reduce_new(&args[0]),
    }
}

/// `(copyreg._reconstructor, (class, built-in base, value of the base), state)`
fn reduce_old(object: &Ref) -> Res {
    let class = Class::of(object).clone();
    let mro = class.mro_tuple().unwrap_or_else(tuple::empty);
    let builtin =
        mro.items().iter().filter_map(|base| base.downcast_class()).find(|base| !base.has(class_flags::HEAP));
    let base = builtin.unwrap_or(class_of(types::OBJECT));
    let value = if base.index == types::OBJECT {
        shared().none.clone()
    } else if base.is(&class) {
        return Err(cannot_pickle(object));
    } else {
        call::call(base.as_any(), std::slice::from_ref(object))?
    };
    if has_default_state(&class)
        && let Some(slots) = attribute::get_optional(object, &names().__slots__)?
        && object::is_true(&slots)?
    {
        return Err(type_error!(
            "a class that defines __slots__ without defining __getstate__ cannot be pickled"
        ));
    }
    let state = call::call_method(object, &names().__getstate__, &[])?;
    let maker = attribute::get(&import::import_module("copyreg")?, &str::intern("_reconstructor"))?;
    let base = base.clone().into_any();
    let mut parts = vec![maker, tuple::from_vec(vec![class.into_any(), base, value]).into_any()];
    if object::is_true(&state)? {
        parts.push(state);
    }
    Ok(tuple::from_vec(parts).into_any())
}

/// Whether a class has no `__getstate__` of its own.
fn has_default_state(class: &Class) -> bool {
    let name = &names().__getstate__;
    match (class.lookup(name), class_of(types::OBJECT).lookup(name)) {
        (Some(own), Some(inherited)) => own.is(&inherited),
        _ => false,
    }
}

fn cannot_pickle(object: &Ref) -> crate::error::Raised {
    type_error!("cannot pickle '{}' object", Class::of(object).short_name())
}

/// `(copyreg.__newobj__, (class, *arguments), state, list items, dict items)`
fn reduce_new(object: &Ref) -> Res {
    let class = Class::of(object).clone();
    if class.slots.0.new.get().is_none() {
        return Err(cannot_pickle(object));
    }
    let (arguments, keywords) = new_arguments(object)?;
    let has_arguments = arguments.is_some();
    let items =
        |wanted: bool, items: &dyn Fn() -> Res| if wanted { items() } else { Ok(shared().none.clone()) };
    let (is_list, is_dict) = (object.payload::<List>().is_some(), object.payload::<Dict>().is_some());
    let plain =
        [PlainObject::LAYOUT, Instance::LAYOUT].iter().any(|layout| std::ptr::eq(*layout, class.layout.0));
    let is_none = class.index == types::NONE;
    if !has_arguments && !is_list && !is_dict && !plain && !is_none && has_default_state(&class) {
        return Err(match class.index {
            types::CODE | types::MEMORYVIEW => type_error!("cannot pickle {} objects", class.short_name()),
            _ => cannot_pickle(object),
        });
    }
    let state = call::call_method(object, &names().__getstate__, &[])?;
    let list_items = items(is_list, &|| iterate::iter(object))?;
    let dict_items = items(is_dict, &|| iterate::iter(&call::call_method(object, &names().items, &[])?))?;
    let copyreg = import::import_module("copyreg")?;
    let arguments = arguments.unwrap_or_else(tuple::empty);
    let (maker, arguments) = match keywords.filter(|keywords| !keywords.is_empty()) {
        None => {
            let all = std::iter::once(class.into_any()).chain(arguments.items().iter().cloned()).collect();
            ("__newobj__", tuple::from_vec(all))
        }
        Some(keywords) => (
            "__newobj_ex__",
            tuple::from_vec(vec![class.into_any(), arguments.into_any(), keywords.into_any()]),
        ),
    };
    let maker = attribute::get(&copyreg, &str::intern(maker))?;
    Ok(tuple::from_vec(vec![maker, arguments.into_any(), state, list_items, dict_items]).into_any())
}

/// What `__getnewargs_ex__` or `__getnewargs__` give.
fn new_arguments(object: &Ref) -> Res<(Option<Ref<Tuple>>, Option<Ref<Dict>>)> {
    let with_keywords = str::intern("__getnewargs_ex__");
    if let Some(method) = attribute::lookup_special(object, &with_keywords)? {
        let given = call::call(&method, &[])?;
        let Some(pair) = given.payload::<Tuple>() else {
            return Err(type_error!(
                "__getnewargs_ex__ should return a tuple, not '{}'",
                Class::of(&given).short_name()
            ));
        };
        let [arguments, keywords] = pair.items() else {
            return Err(value_error!(
                "__getnewargs_ex__ should return a tuple of length 2, not {}",
                pair.items().len()
            ));
        };
        let part = |place: &str, kind: &str, item: &Ref| {
            type_error!(
                "{place} item of the tuple returned by __getnewargs_ex__ must be a {kind}, not '{}'",
                Class::of(item).short_name()
            )
        };
        let arguments = arguments.downcast::<Tuple>().ok_or_else(|| part("first", "tuple", arguments))?;
        let keywords = keywords.downcast::<Dict>().ok_or_else(|| part("second", "dict", keywords))?;
        return Ok((Some(arguments.clone()), Some(keywords.clone())));
    }
    let Some(method) = attribute::lookup_special(object, &names().__getnewargs__)? else {
        return Ok((None, None));
    };
    let given = call::call(&method, &[])?;
    match given.downcast::<Tuple>() {
        Some(arguments) => Ok((Some(arguments.clone()), None)),
        None => {
            Err(type_error!("__getnewargs__ should return a tuple, not '{}'", Class::of(&given).short_name()))
        }
    }
}

/// `object.__getstate__`: the attributes, and those of `__slots__` beside them.
pub(crate) fn get_state(args: &[Ref]) -> Res {
    let object = &args[0];
    let state = match attribute::dict_of(object) {
        Some(attributes) if !attributes.is_empty() => attributes.into_any(),
        _ => shared().none.clone(),
    };
    let members = dict::new();
    for name in slot_names(Class::of(object)) {
        if let Some(value) = attribute::get_optional(object, &name)? {
            dict::set_str(&members, &name, value);
        }
    }
    if members.is_empty() {
        return Ok(state);
    }
    Ok(tuple::pair(state, members.into_any()))
}

/// The names in the `__slots__` of a class and its bases, as attributes are really called.
fn slot_names(class: &Class) -> Vec<Ref<Str>> {
    let mut names_found: Vec<Ref<Str>> = Vec::new();
    let Some(mro) = class.mro_tuple() else { return names_found };
    for base in mro.items().iter().rev().filter_map(|base| base.downcast::<Class>()) {
        let Some(slots) = dict::get_str(&base.namespace(), &names().__slots__) else { continue };
        let listed = match slots.downcast::<Str>() {
            Some(only) => vec![only.clone()],
            None => match slots
                .payload::<Tuple>()
                .map(|slots| slots.items().to_vec())
                .or_else(|| slots.payload::<List>().map(List::snapshot))
            {
                Some(items) => items.into_iter().filter_map(|item| item.into::<Str>().ok()).collect(),
                None => continue,
            },
        };
        for name in listed {
            let text = name.to_text();
            if text == "__dict__" || text == "__weakref__" {
                continue;
            }
            let mangled = text.starts_with("__") && !text.ends_with("__");
            let owner = base.name_text();
            let owner = owner.trim_start_matches('_');
            let name = if mangled && !owner.is_empty() {
                str::intern(&format!("_{owner}{text}"))
            } else {
                name.clone()
            };
            if !names_found.iter().any(|known| str::equal(known, &name)) {
                names_found.push(name);
            }
        }
    }
    names_found
}
