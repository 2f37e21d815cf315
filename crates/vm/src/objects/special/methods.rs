//! The slots of classes made at run time: each calls the special method that Python code defined.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use crate::{
    error::{Res, take_if},
    interpreter,
    native::Args,
    objects::{
        class::Class,
        exception::ExceptionKind,
        function::Function,
        int,
        slots::SlotCells,
        str::{Str, StrExt},
    },
    protocol::{self, attribute::call_special},
    state::{names, shared},
    type_error, value_error,
};

use super::{none, not_implemented};

/// Calls the special method of the object's class with arguments.
pub(super) fn python(object: &Ref, name: &Ref<Str>, args: &[&Ref]) -> Res {
    match call_special(object, name, args)? {
        Some(result) => Ok(result),
        None => Err(crate::attribute_error!(
            "'{}' object has no attribute '{}'",
            Class::of(object).short_name(),
            name.to_text()
        )),
    }
}

/// Left operand's method, then the right one's reflected method: what CPython's `SLOT1BINFULL` does.
pub(super) fn binary(
    left: &Ref,
    right: &Ref,
    name: &Ref<Str>,
    reflected: &Ref<Str>,
    slot: fn(&SlotCells) -> Option<crate::objects::slots::Binary>,
    this: crate::objects::slots::Binary,
) -> Res {
    let here =
        |object: &Ref| slot(&Class::of(object).slots.0).is_some_and(|slot| std::ptr::fn_addr_eq(slot, this));
    let mut try_right = !Class::of(left).is(Class::of(right)) && here(right);
    if here(left) {
        if try_right && Class::of(right).is_subclass_of(Class::of(left)) && overrides(left, right, reflected)
        {
            if let Some(result) = call_special(right, reflected, &[left])?
                && !result.is(&shared().not_implemented)
            {
                return Ok(result);
            }
            try_right = false;
        }
        if let Some(result) = call_special(left, name, &[right])?
            && !result.is(&shared().not_implemented)
        {
            return Ok(result);
        }
    }
    if try_right && let Some(result) = call_special(right, reflected, &[left])? {
        return Ok(result);
    }
    Ok(not_implemented())
}

/// Whether the right operand's class has a reflected method of its own.
pub(super) fn overrides(left: &Ref, right: &Ref, reflected: &Ref<Str>) -> bool {
    match (Class::of(left).lookup(reflected), Class::of(right).lookup(reflected)) {
        (Some(a), Some(b)) => !a.is(&b),
        (None, found) => found.is_some(),
        _ => false,
    }
}

pub(super) fn compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let names = names();
    let name = match comparison {
        Comparison::Lt => &names.__lt__,
        Comparison::Le => &names.__le__,
        Comparison::Eq => &names.__eq__,
        Comparison::Ne => &names.__ne__,
        Comparison::Gt => &names.__gt__,
        Comparison::Ge => &names.__ge__,
    };
    Ok(call_special(left, name, &[right])?.unwrap_or_else(not_implemented))
}

pub(super) fn hash(object: &Ref) -> Res<i64> {
    match Class::of(object).lookup(&names().__hash__) {
        Some(method) if !method.is(&shared().none) => {}
        _ => return unhashable(object),
    }
    let result = python(object, &names().__hash__, &[])?;
    match int::value(&result) {
        Some(int::IntValue::Small(-1)) => Ok(-2),
        Some(int::IntValue::Small(value)) => Ok(value),
        // The number's own hash, whatever an instance of a subclass says of itself.
        Some(value @ int::IntValue::Big(_)) => Ok(int::compare::hash_value(value)),
        None => Err(type_error!("__hash__ method should return an integer")),
    }
}

/// The `hash` slot of classes that set `__hash__ = None`.
pub fn unhashable(object: &Ref) -> Res<i64> {
    Err(type_error!("unhashable type: '{}'", Class::of(object).full_name()))
}

pub(super) fn call(object: &Ref, args: Args) -> Res {
    match protocol::attribute::call_special_with(object, &names().__call__, args)? {
        Some(result) => Ok(result),
        None => Err(type_error!("'{}' object is not callable", Class::of(object).short_name())),
    }
}

pub(super) fn init(object: &Ref, args: Args) -> Res<()> {
    let Some(result) = protocol::attribute::call_special_with(object, &names().__init__, args)? else {
        return Ok(());
    };
    if !result.is(&shared().none) {
        return Err(type_error!("__init__() should return None, not '{}'", Class::of(&result).short_name()));
    }
    Ok(())
}

pub(super) fn iter(object: &Ref) -> Res {
    let method = Class::of(object).lookup(&names().__iter__);
    if let Some(method) = &method {
        // By far the most.
        if let Some(function) = method.downcast::<Function>() {
            return interpreter::call_exactly(function, [object]);
        }
        if method.is(&shared().none) {
            return Err(type_error!("'{}' object is not iterable", Class::of(object).short_name()));
        }
    }
    python(object, &names().__iter__, &[])
}

pub(super) fn next(object: &Ref) -> Res<Option<Ref>> {
    match python(object, &names().__next__, &[]) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => take_if(raised, ExceptionKind::StopIteration).map(|_| None),
    }
}

pub(super) fn truth(object: &Ref) -> Res<bool> {
    let result = python(object, &names().__bool__, &[])?;
    if !result.is(&shared().true_) && !result.is(&shared().false_) {
        return Err(type_error!("__bool__ should return bool, returned {}", Class::of(&result).short_name()));
    }
    Ok(result.is(&shared().true_))
}

pub(super) fn len(object: &Ref) -> Res<usize> {
    let result = python(object, &names().__len__, &[])?;
    length_from(&result)
}

/// Checks what a `__len__` has returned.
fn length_from(result: &Ref) -> Res<usize> {
    let index = protocol::number::index(result)?;
    match int::value(&index) {
        Some(value) if value.is_negative() => Err(value_error!("__len__() should return >= 0")),
        Some(value) => match value.to_i64() {
            Some(length) => Ok(length as usize),
            None => Err(crate::overflow_error!("cannot fit 'int' into an index-sized integer")),
        },
        None => Err(type_error!(
            "'{}' object cannot be interpreted as an integer",
            Class::of(result).short_name()
        )),
    }
}

pub(super) fn get_attribute(object: &Ref, name: &Ref) -> Res {
    let class = Class::of(object).clone();
    let names = names();
    let method = class.lookup(&names.__getattribute__);
    let generic = method.as_ref().is_none_or(protocol::attribute::is_object_getattribute);
    let found = if generic {
        protocol::attribute::generic_get(object, protocol::attribute::as_name(name)?)
    } else {
        python(object, &names.__getattribute__, &[name])
    };
    let raised = match found {
        Ok(value) => return Ok(value),
        Err(raised) => raised,
    };
    let raised = if class.lookup(&names.__getattr__).is_none() {
        raised
    } else {
        take_if(raised, ExceptionKind::AttributeError)?;
        match python(object, &names.__getattr__, &[name]) {
            Ok(value) => return Ok(value),
            Err(raised) => raised,
        }
    };
    Err(protocol::attribute::tell_what(raised, object, name))
}

pub(super) fn set_attribute(object: &Ref, name: &Ref, value: Option<&Ref>) -> Res<()> {
    match value {
        Some(value) => python(object, &names().__setattr__, &[name, value])?,
        None => python(object, &names().__delattr__, &[name])?,
    };
    Ok(())
}

pub(super) fn set_item(object: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
    let result = match value {
        Some(value) => call_special(object, &names().__setitem__, &[key, value])?,
        None => call_special(object, &names().__delitem__, &[key])?,
    };
    if result.is_none() {
        let class = Class::of(object).short_name();
        let what = if value.is_some() { "assignment" } else { "deletion" };
        return Err(type_error!("'{class}' object does not support item {what}"));
    }
    Ok(())
}

pub(super) fn contains(object: &Ref, element: &Ref) -> Res<bool> {
    match Class::of(object).lookup(&names().__contains__) {
        Some(method) if method.is(&shared().none) => {
            Err(type_error!("'{}' object is not a container", Class::of(object).short_name()))
        }
        _ => protocol::object::is_true(&python(object, &names().__contains__, &[element])?),
    }
}

pub(super) fn descriptor_get(descriptor: &Ref, instance: Option<&Ref>, class: Option<&Ref>) -> Res {
    let none = none();
    let result =
        call_special(descriptor, &names().__get__, &[instance.unwrap_or(&none), class.unwrap_or(&none)])?;
    Ok(result.unwrap_or_else(|| descriptor.clone()))
}

pub(super) fn descriptor_set(descriptor: &Ref, instance: &Ref, value: Option<&Ref>) -> Res<()> {
    let (name, result) = match value {
        Some(value) => ("__set__", call_special(descriptor, &names().__set__, &[instance, value])?),
        None => ("__delete__", call_special(descriptor, &names().__delete__, &[instance])?),
    };
    if result.is_none() {
        return Err(crate::attribute_error!("{name}"));
    }
    Ok(())
}

pub(super) fn power(base: &Ref, exponent: &Ref, modulus: &Ref) -> Res {
    let here = |object: &Ref| {
        Class::of(object)
            .slots
            .0
            .pow
            .get()
            .is_some_and(|slot| std::ptr::fn_addr_eq(slot, power as crate::objects::slots::Ternary))
    };
    if modulus.is(&shared().none) {
        let mut try_right = !Class::of(base).is(Class::of(exponent)) && here(exponent);
        if here(base) {
            if try_right
                && Class::of(exponent).is_subclass_of(Class::of(base))
                && overrides(base, exponent, &names().__rpow__)
            {
                if let Some(result) = call_special(exponent, &names().__rpow__, &[base])?
                    && !result.is(&shared().not_implemented)
                {
                    return Ok(result);
                }
                try_right = false;
            }
            if let Some(result) = call_special(base, &names().__pow__, &[exponent])?
                && !result.is(&shared().not_implemented)
            {
                return Ok(result);
            }
        }
        if try_right && let Some(result) = call_special(exponent, &names().__rpow__, &[base])? {
            return Ok(result);
        }
        return Ok(not_implemented());
    }
    if here(base) {
        return Ok(
            call_special(base, &names().__pow__, &[exponent, modulus])?.unwrap_or_else(not_implemented)
        );
    }
    Ok(not_implemented())
}
