//! Special methods: the one table that ties `__add__` and its kin to slots.
//!
//! A line says how the method of a built-in class calls the slot, and how the slot of a class made at run time calls
//! the method that Python code defined.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use crate::{
    error::{Res, take_if},
    native::{Args, check_arity},
    objects::{
        bool_,
        class::Class,
        exception::ExceptionKind,
        int,
        slots::SlotCells,
        str::{Str, StrExt},
    },
    protocol::{self, attribute::call_special},
    state::{names, shared},
    type_error, value_error,
};

/// A special method.
pub struct Special {
    /// Its name.
    pub name: &'static str,
    /// Its signature for `help()`.
    pub signature: &'static str,
    /// Whether a class has the slot.
    pub present: fn(&SlotCells) -> bool,
    /// Calls the slot of a built-in class: the arguments include `self`.
    pub call: fn(&SlotCells, Args) -> Res,
    /// Points the slot at the Python method.
    pub install: fn(&SlotCells),
    /// Empties the slot, or takes over that of a base.
    pub reset: fn(&SlotCells, Option<&SlotCells>),
}

impl Special {
    /// What `help()` says about the wrapper.
    pub fn doc(&self) -> String {
        let sentence = match self.name {
            "__repr__" => "Return repr(self).",
            "__str__" => "Return str(self).",
            "__hash__" => "Return hash(self).",
            "__call__" => "Call self as a function.",
            "__init__" => "Initialize self.  See help(type(self)) for accurate signature.",
            "__iter__" => "Implement iter(self).",
            "__next__" => "Implement next(self).",
            "__len__" => "Return len(self).",
            "__bool__" => "True if self else False",
            "__getitem__" => "Return self[key].",
            "__setitem__" => "Set self[key] to value.",
            "__delitem__" => "Delete self[key].",
            "__contains__" => "Return bool(key in self).",
            "__getattribute__" => "Return getattr(self, name).",
            "__setattr__" => "Implement setattr(self, name, value).",
            "__delattr__" => "Implement delattr(self, name).",
            "__get__" => "Return an attribute of instance, which is of type owner.",
            "__set__" => "Set an attribute of instance to value.",
            "__delete__" => "Delete an attribute of instance.",
            "__eq__" => "Return self==value.",
            "__ne__" => "Return self!=value.",
            "__lt__" => "Return self<value.",
            "__le__" => "Return self<=value.",
            "__gt__" => "Return self>value.",
            "__ge__" => "Return self>=value.",
            "__add__" => "Return self+value.",
            "__radd__" => "Return value+self.",
            "__sub__" => "Return self-value.",
            "__rsub__" => "Return value-self.",
            "__mul__" => "Return self*value.",
            "__rmul__" => "Return value*self.",
            "__mod__" => "Return self%value.",
            "__and__" => "Return self&value.",
            "__or__" => "Return self|value.",
            "__xor__" => "Return self^value.",
            "__neg__" => "-self",
            "__pos__" => "+self",
            "__abs__" => "abs(self)",
            "__invert__" => "~self",
            "__int__" => "int(self)",
            "__float__" => "float(self)",
            "__index__" => {
                "Return self converted to an integer, if self is suitable for use as an index into a list."
            }
            "__divmod__" => "Return divmod(self, value).",
            "__pow__" => "Return pow(self, value, mod).",
            name => return format!("Implement {name}."),
        };
        sentence.to_owned()
    }
}

fn none() -> Ref {
    shared().none.clone()
}

fn not_implemented() -> Ref {
    shared().not_implemented.clone()
}

/// Calls the special method of the object's class with arguments.
fn python(object: &Ref, name: &Ref<Str>, args: &[&Ref]) -> Res {
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
fn binary(
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
fn overrides(left: &Ref, right: &Ref, reflected: &Ref<Str>) -> bool {
    match (Class::of(left).lookup(reflected), Class::of(right).lookup(reflected)) {
        (Some(a), Some(b)) => !a.is(&b),
        (None, found) => found.is_some(),
        _ => false,
    }
}

fn one<'a>(args: Args<'a>, count: usize) -> Res<&'a [Ref]> {
    args.no_keywords("wrapper")?;
    check_arity_of_wrapper(args.all.len().wrapping_sub(1), count)?;
    Ok(args.all)
}

fn check_arity_of_wrapper(given: usize, expected: usize) -> Res<()> {
    if given != expected {
        let plural = if expected == 1 { "" } else { "s" };
        // CPython unpacks several arguments for a function without a name, which leaves a space in front.
        let space = if expected > 1 { " " } else { "" };
        return Err(type_error!("{space}expected {expected} argument{plural}, got {given}"));
    }
    Ok(())
}

macro_rules! unary {
    ($name:ident, $slot:ident) => {
        Special {
            name: stringify!($name),
            signature: "(self, /)",
            present: |slots| slots.$slot.get().is_some(),
            call: |slots, args| {
                let args = one(args, 0)?;
                (slots.$slot.get().expect("checked by present"))(&args[0])
            },
            install: |slots| slots.$slot.set(Some(|object| python(object, &names().$name, &[]))),
            reset: |slots, base| slots.$slot.set(base.and_then(|base| base.$slot.get())),
        }
    };
}

macro_rules! binary {
    ($name:ident, $reflected:ident, $slot:ident) => {
        [
            Special {
                name: stringify!($name),
                signature: "(self, value, /)",
                present: |slots| slots.$slot.get().is_some(),
                call: |slots, args| {
                    let args = one(args, 1)?;
                    (slots.$slot.get().expect("checked by present"))(&args[0], &args[1])
                },
                install: |slots| {
                    fn this(left: &Ref, right: &Ref) -> Res {
                        binary(
                            left,
                            right,
                            &names().$name,
                            &names().$reflected,
                            |slots| slots.$slot.get(),
                            this,
                        )
                    }
                    slots.$slot.set(Some(this))
                },
                reset: |slots, base| slots.$slot.set(base.and_then(|base| base.$slot.get())),
            },
            Special {
                name: stringify!($reflected),
                signature: "(self, value, /)",
                present: |slots| slots.$slot.get().is_some(),
                call: |slots, args| {
                    let args = one(args, 1)?;
                    (slots.$slot.get().expect("checked by present"))(&args[1], &args[0])
                },
                install: |slots| {
                    fn this(left: &Ref, right: &Ref) -> Res {
                        binary(
                            left,
                            right,
                            &names().$name,
                            &names().$reflected,
                            |slots| slots.$slot.get(),
                            this,
                        )
                    }
                    slots.$slot.set(Some(this))
                },
                reset: |slots, base| slots.$slot.set(base.and_then(|base| base.$slot.get())),
            },
        ]
    };
}

macro_rules! inplace {
    ($name:ident, $slot:ident) => {
        Special {
            name: stringify!($name),
            signature: "(self, value, /)",
            present: |slots| slots.$slot.get().is_some(),
            call: |slots, args| {
                let args = one(args, 1)?;
                (slots.$slot.get().expect("checked by present"))(&args[0], &args[1])
            },
            install: |slots| slots.$slot.set(Some(|left, right| python(left, &names().$name, &[right]))),
            reset: |slots, base| slots.$slot.set(base.and_then(|base| base.$slot.get())),
        }
    };
}

macro_rules! comparison {
    ($name:ident, $comparison:expr) => {
        Special {
            name: stringify!($name),
            signature: "(self, value, /)",
            present: |slots| slots.compare.get().is_some(),
            call: |slots, args| {
                let args = one(args, 1)?;
                (slots.compare.get().expect("checked by present"))(&args[0], &args[1], $comparison)
            },
            install: |slots| slots.compare.set(Some(compare)),
            reset: |slots, base| slots.compare.set(base.and_then(|base| base.compare.get())),
        }
    };
}

fn compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
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

fn hash(object: &Ref) -> Res<i64> {
    match Class::of(object).lookup(&names().__hash__) {
        Some(method) if !method.is(&shared().none) => {}
        _ => return unhashable(object),
    }
    let result = python(object, &names().__hash__, &[])?;
    match int::value(&result) {
        Some(int::IntValue::Small(-1)) => Ok(-2),
        Some(int::IntValue::Small(value)) => Ok(value),
        Some(int::IntValue::Big(_)) => protocol::object::hash(&result),
        None => Err(type_error!("__hash__ method should return an integer")),
    }
}

/// The `hash` slot of classes that set `__hash__ = None`.
pub fn unhashable(object: &Ref) -> Res<i64> {
    Err(type_error!("unhashable type: '{}'", Class::of(object).full_name()))
}

fn call(object: &Ref, args: Args) -> Res {
    let Some(method) = protocol::attribute::lookup_special(object, &names().__call__)? else {
        return Err(type_error!("'{}' object is not callable", Class::of(object).short_name()));
    };
    protocol::call::call_args(&method, args)
}

fn init(object: &Ref, args: Args) -> Res<()> {
    let Some(method) = protocol::attribute::lookup_special(object, &names().__init__)? else { return Ok(()) };
    let result = protocol::call::call_args(&method, args)?;
    if !result.is(&shared().none) {
        return Err(type_error!("__init__() should return None, not '{}'", Class::of(&result).short_name()));
    }
    Ok(())
}

fn iter(object: &Ref) -> Res {
    match Class::of(object).lookup(&names().__iter__) {
        Some(method) if method.is(&shared().none) => {
            Err(type_error!("'{}' object is not iterable", Class::of(object).short_name()))
        }
        _ => python(object, &names().__iter__, &[]),
    }
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    match python(object, &names().__next__, &[]) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => take_if(raised, ExceptionKind::StopIteration).map(|_| None),
    }
}

fn truth(object: &Ref) -> Res<bool> {
    let result = python(object, &names().__bool__, &[])?;
    if !result.is(&shared().true_) && !result.is(&shared().false_) {
        return Err(type_error!("__bool__ should return bool, returned {}", Class::of(&result).short_name()));
    }
    Ok(result.is(&shared().true_))
}

fn len(object: &Ref) -> Res<usize> {
    let result = python(object, &names().__len__, &[])?;
    length_from(&result)
}

/// Checks what a `__len__` has returned.
pub fn length_from(result: &Ref) -> Res<usize> {
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

fn get_attribute(object: &Ref, name: &Ref) -> Res {
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
    if class.lookup(&names.__getattr__).is_none() {
        return Err(raised);
    }
    take_if(raised, ExceptionKind::AttributeError)?;
    python(object, &names.__getattr__, &[name])
}

fn set_attribute(object: &Ref, name: &Ref, value: Option<&Ref>) -> Res<()> {
    match value {
        Some(value) => python(object, &names().__setattr__, &[name, value])?,
        None => python(object, &names().__delattr__, &[name])?,
    };
    Ok(())
}

fn set_item(object: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
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

fn contains(object: &Ref, element: &Ref) -> Res<bool> {
    match Class::of(object).lookup(&names().__contains__) {
        Some(method) if method.is(&shared().none) => {
            Err(type_error!("'{}' object is not a container", Class::of(object).short_name()))
        }
        _ => protocol::object::is_true(&python(object, &names().__contains__, &[element])?),
    }
}

fn descriptor_get(descriptor: &Ref, instance: Option<&Ref>, class: Option<&Ref>) -> Res {
    let none = none();
    let result =
        call_special(descriptor, &names().__get__, &[instance.unwrap_or(&none), class.unwrap_or(&none)])?;
    Ok(result.unwrap_or_else(|| descriptor.clone()))
}

fn descriptor_set(descriptor: &Ref, instance: &Ref, value: Option<&Ref>) -> Res<()> {
    let (name, result) = match value {
        Some(value) => ("__set__", call_special(descriptor, &names().__set__, &[instance, value])?),
        None => ("__delete__", call_special(descriptor, &names().__delete__, &[instance])?),
    };
    if result.is_none() {
        return Err(crate::attribute_error!("{name}"));
    }
    Ok(())
}

fn power(base: &Ref, exponent: &Ref, modulus: &Ref) -> Res {
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

macro_rules! special {
    ($name:literal, $signature:literal, $slot:ident, $call:expr, $python:expr) => {
        Special {
            name: $name,
            signature: $signature,
            present: |slots| slots.$slot.get().is_some(),
            call: $call,
            install: |slots| slots.$slot.set(Some($python)),
            reset: |slots, base| slots.$slot.set(base.and_then(|base| base.$slot.get())),
        }
    };
}

/// Those special methods that are not of a regular kind.
static IRREGULAR: &[Special] = &[
    special!(
        "__hash__",
        "(self, /)",
        hash,
        |slots, args| {
            let args = one(args, 0)?;
            Ok(int::new((slots.hash.get().expect("checked by present"))(&args[0])?))
        },
        hash
    ),
    special!(
        "__call__",
        "(self, /, *args, **kwargs)",
        call,
        |slots, args| { (slots.call.get().expect("checked by present"))(&args.all[0], args.rest()) },
        call
    ),
    special!(
        "__init__",
        "(self, /, *args, **kwargs)",
        init,
        |slots, args| {
            (slots.init.get().expect("checked by present"))(&args.all[0], args.rest())?;
            Ok(none())
        },
        init
    ),
    special!(
        "__next__",
        "(self, /)",
        next,
        |slots, args| {
            let args = one(args, 0)?;
            match (slots.next.get().expect("checked by present"))(&args[0])? {
                Some(value) => Ok(value),
                None => Err(crate::error::raise_with(ExceptionKind::StopIteration, Vec::new())),
            }
        },
        next
    ),
    special!(
        "__bool__",
        "(self, /)",
        bool,
        |slots, args| {
            let args = one(args, 0)?;
            Ok(bool_::new((slots.bool.get().expect("checked by present"))(&args[0])?))
        },
        truth
    ),
    special!(
        "__len__",
        "(self, /)",
        len,
        |slots, args| {
            let args = one(args, 0)?;
            Ok(int::from_usize((slots.len.get().expect("checked by present"))(&args[0])?))
        },
        len
    ),
    special!(
        "__getitem__",
        "(self, key, /)",
        get_item,
        |slots, args| {
            let args = one(args, 1)?;
            (slots.get_item.get().expect("checked by present"))(&args[0], &args[1])
        },
        |object, key| python(object, &names().__getitem__, &[key])
    ),
    special!(
        "__setitem__",
        "(self, key, value, /)",
        set_item,
        |slots, args| {
            let args = one(args, 2)?;
            (slots.set_item.get().expect("checked by present"))(&args[0], &args[1], Some(&args[2]))?;
            Ok(none())
        },
        set_item
    ),
    special!(
        "__delitem__",
        "(self, key, /)",
        set_item,
        |slots, args| {
            let args = one(args, 1)?;
            (slots.set_item.get().expect("checked by present"))(&args[0], &args[1], None)?;
            Ok(none())
        },
        set_item
    ),
    special!(
        "__contains__",
        "(self, key, /)",
        contains,
        |slots, args| {
            let args = one(args, 1)?;
            Ok(bool_::new((slots.contains.get().expect("checked by present"))(&args[0], &args[1])?))
        },
        contains
    ),
    special!(
        "__getattribute__",
        "(self, name, /)",
        get_attr,
        |slots, args| {
            let args = one(args, 1)?;
            (slots.get_attr.get().expect("checked by present"))(&args[0], &args[1])
        },
        get_attribute
    ),
    special!(
        "__setattr__",
        "(self, name, value, /)",
        set_attr,
        |slots, args| {
            let args = one(args, 2)?;
            protocol::attribute::check_setattr_receiver(slots, &args[0])?;
            (slots.set_attr.get().expect("checked by present"))(&args[0], &args[1], Some(&args[2]))?;
            Ok(none())
        },
        set_attribute
    ),
    special!(
        "__delattr__",
        "(self, name, /)",
        set_attr,
        |slots, args| {
            let args = one(args, 1)?;
            protocol::attribute::check_setattr_receiver(slots, &args[0])?;
            (slots.set_attr.get().expect("checked by present"))(&args[0], &args[1], None)?;
            Ok(none())
        },
        set_attribute
    ),
    special!(
        "__get__",
        "(self, instance, owner=None, /)",
        descr_get,
        |slots, args| {
            check_arity("", args.all.len() - 1, 1, 2)?;
            let present = |value: &Ref| !value.is(&shared().none);
            let instance = Some(&args.all[1]).filter(|value| present(value));
            let owner = args.all.get(2).filter(|value| present(value));
            if instance.is_none() && owner.is_none() {
                return Err(type_error!("__get__(None, None) is invalid"));
            }
            (slots.descr_get.get().expect("checked by present"))(&args.all[0], instance, owner)
        },
        descriptor_get
    ),
    special!(
        "__set__",
        "(self, instance, value, /)",
        descr_set,
        |slots, args| {
            let args = one(args, 2)?;
            (slots.descr_set.get().expect("checked by present"))(&args[0], &args[1], Some(&args[2]))?;
            Ok(none())
        },
        descriptor_set
    ),
    special!(
        "__delete__",
        "(self, instance, /)",
        descr_set,
        |slots, args| {
            let args = one(args, 1)?;
            (slots.descr_set.get().expect("checked by present"))(&args[0], &args[1], None)?;
            Ok(none())
        },
        descriptor_set
    ),
    special!(
        "__pow__",
        "(self, value, mod=None, /)",
        pow,
        |slots, args| {
            check_arity("", args.all.len() - 1, 1, 2)?;
            let none = none();
            (slots.pow.get().expect("checked by present"))(
                &args.all[0],
                &args.all[1],
                args.all.get(2).unwrap_or(&none),
            )
        },
        power
    ),
    special!(
        "__rpow__",
        "(self, value, mod=None, /)",
        pow,
        |slots, args| {
            check_arity("", args.all.len() - 1, 1, 2)?;
            let none = none();
            (slots.pow.get().expect("checked by present"))(
                &args.all[1],
                &args.all[0],
                args.all.get(2).unwrap_or(&none),
            )
        },
        power
    ),
];

static UNARY: &[Special] = &[
    unary!(__repr__, repr),
    unary!(__str__, str),
    Special { install: |slots| slots.iter.set(Some(iter)), ..unary!(__iter__, iter) },
    unary!(__neg__, neg),
    unary!(__pos__, pos),
    unary!(__abs__, abs),
    unary!(__invert__, invert),
    unary!(__index__, index),
    unary!(__int__, int),
    unary!(__float__, float),
    unary!(__await__, await_),
    unary!(__aiter__, aiter),
    unary!(__anext__, anext),
    comparison!(__lt__, Comparison::Lt),
    comparison!(__le__, Comparison::Le),
    comparison!(__eq__, Comparison::Eq),
    comparison!(__ne__, Comparison::Ne),
    comparison!(__gt__, Comparison::Gt),
    comparison!(__ge__, Comparison::Ge),
    inplace!(__iadd__, inplace_add),
    inplace!(__isub__, inplace_sub),
    inplace!(__imul__, inplace_mul),
    inplace!(__itruediv__, inplace_true_div),
    inplace!(__ifloordiv__, inplace_floor_div),
    inplace!(__imod__, inplace_modulo),
    inplace!(__ipow__, inplace_pow),
    inplace!(__ilshift__, inplace_lshift),
    inplace!(__irshift__, inplace_rshift),
    inplace!(__iand__, inplace_and),
    inplace!(__ior__, inplace_or),
    inplace!(__ixor__, inplace_xor),
    inplace!(__imatmul__, inplace_mat_mul),
];

static BINARY: &[[Special; 2]] = &[
    binary!(__add__, __radd__, add),
    binary!(__sub__, __rsub__, sub),
    binary!(__mul__, __rmul__, mul),
    binary!(__truediv__, __rtruediv__, true_div),
    binary!(__floordiv__, __rfloordiv__, floor_div),
    binary!(__mod__, __rmod__, modulo),
    binary!(__divmod__, __rdivmod__, div_mod),
    binary!(__lshift__, __rlshift__, lshift),
    binary!(__rshift__, __rrshift__, rshift),
    binary!(__and__, __rand__, and),
    binary!(__or__, __ror__, or),
    binary!(__xor__, __rxor__, xor),
    binary!(__matmul__, __rmatmul__, mat_mul),
];

/// Special methods of sequences, which share names with the numeric ones: used where the numeric slot is empty.
static SEQUENCE: &[Special] = &[
    sequence(
        "__add__",
        |slots| slots.concat.get().is_some(),
        |slots, args| {
            let args = one(args, 1)?;
            (slots.concat.get().expect("checked by present"))(&args[0], &args[1])
        },
    ),
    sequence(
        "__mul__",
        |slots| slots.repeat.get().is_some(),
        |slots, args| {
            let args = one(args, 1)?;
            (slots.repeat.get().expect("checked by present"))(&args[0], &args[1])
        },
    ),
    sequence(
        "__rmul__",
        |slots| slots.repeat.get().is_some(),
        |slots, args| {
            let args = one(args, 1)?;
            (slots.repeat.get().expect("checked by present"))(&args[0], &args[1])
        },
    ),
    sequence(
        "__iadd__",
        |slots| slots.inplace_concat.get().is_some(),
        |slots, args| {
            let args = one(args, 1)?;
            (slots.inplace_concat.get().expect("checked by present"))(&args[0], &args[1])
        },
    ),
    sequence(
        "__imul__",
        |slots| slots.inplace_repeat.get().is_some(),
        |slots, args| {
            let args = one(args, 1)?;
            (slots.inplace_repeat.get().expect("checked by present"))(&args[0], &args[1])
        },
    ),
];

const fn sequence(
    name: &'static str,
    present: fn(&SlotCells) -> bool,
    call: fn(&SlotCells, Args) -> Res,
) -> Special {
    Special { name, signature: "(self, value, /)", present, call, install: |_| {}, reset: |_, _| {} }
}

/// Points the attribute slot at Python's `__getattribute__` and `__getattr__`.
pub fn install_getattr(slots: &SlotCells) {
    slots.get_attr.set(Some(get_attribute));
}

/// All special methods that classes made at run time can define.
pub fn all() -> impl Iterator<Item = &'static Special> {
    IRREGULAR.iter().chain(UNARY).chain(BINARY.iter().flatten())
}

/// All special methods that built-in classes can have: numeric slots before sequence slots.
pub fn all_with_sequences() -> impl Iterator<Item = &'static Special> {
    all().chain(SEQUENCE)
}
