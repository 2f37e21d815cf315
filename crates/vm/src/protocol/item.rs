//! Subscripts and membership: `x[k]`, `x[k] = v`, `del x[k]`, `k in x`.

use ouro_heap::Ref;

use crate::{
    error::{Res, take_if},
    index_error,
    objects::{
        class::{Class, DowncastClass, class_flags},
        dict::{self, Dict},
        exception::ExceptionKind,
        generic_alias,
        int::{self, Int},
        list::List,
        sequence::{self, key_error, place},
        set::{self, Set},
        str::{self, Str},
        tuple::{self, Tuple},
    },
    protocol::{attribute, call, compare, iterate},
    state::{class_of, names, shared},
    type_error, types,
};

/// `container[key]`
#[inline]
pub fn get(container: &Ref, key: &Ref) -> Res {
    if key.is_exact::<Int>()
        && let Some(index) = key.payload::<Int>()
    {
        let index = index.value.get() as isize;
        if container.is_exact::<List>()
            && let Some(list) = container.payload::<List>()
        {
            let item = list.items.with(|items| place(index, items.len()).map(|place| items[place].clone()));
            return item.ok_or_else(|| index_error!("list index out of range"));
        }
        if container.is_exact::<Tuple>()
            && let Some(tuple) = container.payload::<Tuple>()
        {
            let items = tuple.items();
            let item = place(index, items.len()).map(|place| items[place].clone());
            return item.ok_or_else(|| index_error!("tuple index out of range"));
        }
    }
    if container.is_exact::<Dict>()
        && let Some(dict) = container.payload::<Dict>()
    {
        return dict::get(dict, key)?.ok_or_else(|| key_error(key));
    }
    get_slow(container, key)
}

fn get_slow(container: &Ref, key: &Ref) -> Res {
    let class = Class::of(container);
    if let Some(slot) = class.slots.0.get_item.get() {
        return slot(container, key);
    }
    if let Some(subscripted) = container.downcast_class() {
        // `type[X]` is an alias although `type` has no __class_getitem__, which all classes would inherit.
        if subscripted.is(class_of(types::TYPE)) {
            return Ok(generic_alias::new(container.clone(), key));
        }
        let method = attribute::get_optional(container, &names().__class_getitem__)?;
        if let Some(method) = method.filter(|method| !method.is(&shared().none)) {
            return call::call(&method, std::slice::from_ref(key));
        }
        return Err(type_error!("type '{}' is not subscriptable", subscripted.short_name()));
    }
    Err(type_error!("'{}' object is not subscriptable", class.short_name()))
}

/// `container[key] = value`
#[inline]
pub fn set(container: &Ref, key: &Ref, value: &Ref) -> Res<()> {
    if container.is_exact::<Dict>()
        && let Some(dict) = container.downcast::<Dict>()
    {
        return dict::set(dict, key, value.clone());
    }
    match Class::of(container).slots.0.set_item.get() {
        Some(slot) => slot(container, key, Some(value)),
        None => {
            let class = Class::of(container);
            // What has sequence methods asks an integer key for its value first.
            if is_sequence(class) && has_index(key) {
                sequence::subscript(key, "")?;
            }
            Err(type_error!("'{}' object does not support item assignment", class.short_name()))
        }
    }
}

/// `del container[key]`
pub fn delete(container: &Ref, key: &Ref) -> Res<()> {
    match Class::of(container).slots.0.set_item.get() {
        Some(slot) => slot(container, key, None),
        None => {
            let class = Class::of(container);
            // CPython words it differently for types with sequence methods and integer keys.
            let does = if is_sequence(class) && has_index(key) {
                sequence::subscript(key, "")?;
                "doesn't"
            } else {
                "does not"
            };
            Err(type_error!("'{}' object {does} support item deletion", class.short_name()))
        }
    }
}

/// Whether objects of a class without assignment to items count as sequences when one is tried.
fn is_sequence(class: &Class) -> bool {
    let slots = &class.slots.0;
    class.has(class_flags::HEAP) || slots.len.get().is_some() || slots.get_item.get().is_some()
}

fn has_index(key: &Ref) -> bool {
    int::is_int(key) || Class::of(key).slots.0.index.get().is_some()
}

/// `element in container`
pub fn contains(container: &Ref, element: &Ref) -> Res<bool> {
    match container.header().type_index() {
        types::DICT => {
            if let Some(dict) = container.payload::<Dict>() {
                return dict::contains(dict, element);
            }
        }
        types::LIST => {
            if let Some(list) = container.payload::<List>() {
                return list.contains(element);
            }
        }
        types::TUPLE => {
            if let Some(tuple) = container.payload::<Tuple>() {
                return tuple::contains_item(tuple, element);
            }
        }
        _ => {}
    }
    if let Some(slot) = Class::of(container).slots.0.contains.get() {
        return slot(container, element);
    }
    search(container, element)
}

/// The same where it is found without running any code: a plain int or string in a plain set or dictionary, a string
/// in a string. Nothing otherwise.
#[inline(always)]
pub(crate) fn contains_plain(container: &Ref, element: &Ref) -> Option<bool> {
    match container.header().type_index() {
        types::SET | types::FROZENSET => set::contains_plain(container.payload::<Set>()?, element),
        types::DICT => dict::contains_plain(container.payload::<Dict>()?, element),
        types::STR => Some(str::contains(container.downcast::<Str>()?, element.downcast::<Str>()?)),
        _ => None,
    }
}

/// `element in container` by iterating.
pub fn search(container: &Ref, element: &Ref) -> Res<bool> {
    let iterator = match iterate::iter(container) {
        Ok(iterator) => iterator,
        Err(raised) => {
            take_if(raised, ExceptionKind::TypeError)?;
            return Err(type_error!(
                "argument of type '{}' is not iterable",
                Class::of(container).short_name()
            ));
        }
    };
    while let Some(item) = iterate::next(&iterator)? {
        if compare::equal(&item, element)? {
            return Ok(true);
        }
    }
    Ok(false)
}
