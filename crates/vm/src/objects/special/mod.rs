//! Special methods: the one table that ties `__add__` and its kin to slots.
//!
//! A line says how the method of a built-in class calls the slot, and how the slot of a class made at run time calls
//! the method that Python code defined.

mod methods;

pub use self::methods::unhashable;

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use crate::{
    error::Res,
    native::{Args, check_arity},
    objects::{bool_, exception::ExceptionKind, int, slots::SlotCells},
    protocol,
    state::{names, shared},
    type_error,
};

use self::methods::{
    binary, call, compare, contains, descriptor_get, descriptor_set, get_attribute, hash, init, iter, len,
    next, power, python, set_attribute, set_item, truth,
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

/// A special method that has a slot of its own: `call` says how the method of a built-in class calls the slot.
macro_rules! special {
    ($name:expr, $signature:literal, $slot:ident, $python:expr, |$call:ident, $args:ident| $body:expr) => {
        Special {
            name: $name,
            signature: $signature,
            present: |slots| slots.$slot.get().is_some(),
            call: |slots, $args| {
                let $call = slots.$slot.get().expect("checked by present");
                $body
            },
            install: |slots| slots.$slot.set(Some($python)),
            reset: |slots, base| slots.$slot.set(base.and_then(|base| base.$slot.get())),
        }
    };
}

macro_rules! unary {
    ($name:ident, $slot:ident) => {
        unary!($name, $slot, |object| python(object, &names().$name, &[]))
    };
    ($name:ident, $slot:ident, $python:expr) => {
        special!(stringify!($name), "(self, /)", $slot, $python, |call, args| call(&one(args, 0)?[0]))
    };
}

macro_rules! binary {
    ($name:ident, $reflected:ident, $slot:ident) => {{
        fn this(left: &Ref, right: &Ref) -> Res {
            binary(left, right, &names().$name, &names().$reflected, |slots| slots.$slot.get(), this)
        }
        [
            special!(stringify!($name), "(self, value, /)", $slot, this, |call, args| {
                let args = one(args, 1)?;
                call(&args[0], &args[1])
            }),
            special!(stringify!($reflected), "(self, value, /)", $slot, this, |call, args| {
                let args = one(args, 1)?;
                call(&args[1], &args[0])
            }),
        ]
    }};
}

macro_rules! inplace {
    ($name:ident, $slot:ident) => {
        special!(
            stringify!($name),
            "(self, value, /)",
            $slot,
            |left, right| python(left, &names().$name, &[right]),
            |call, args| {
                let args = one(args, 1)?;
                call(&args[0], &args[1])
            }
        )
    };
}

macro_rules! comparison {
    ($name:ident, $comparison:expr) => {
        special!(stringify!($name), "(self, value, /)", compare, compare, |call, args| {
            let args = one(args, 1)?;
            call(&args[0], &args[1], $comparison)
        })
    };
}

/// A method of sequences. Classes made at run time have none: their methods stand in the numeric slots.
macro_rules! sequence {
    ($name:literal, $slot:ident) => {
        Special {
            install: |_| {},
            reset: |_, _| {},
            ..special!(
                $name,
                "(self, value, /)",
                $slot,
                |_, _| unreachable!("never installed"),
                |call, args| {
                    let args = one(args, 1)?;
                    call(&args[0], &args[1])
                }
            )
        }
    };
}

/// Those special methods that are not of a regular kind.
static IRREGULAR: &[Special] =
    &[
        special!("__hash__", "(self, /)", hash, hash, |call, args| Ok(int::new(call(&one(args, 0)?[0])?))),
        special!("__call__", "(self, /, *args, **kwargs)", call, call, |call, args| call(
            &args.all[0],
            args.rest()
        )),
        special!("__init__", "(self, /, *args, **kwargs)", init, init, |call, args| {
            call(&args.all[0], args.rest())?;
            Ok(none())
        }),
        special!("__next__", "(self, /)", next, next, |call, args| match call(&one(args, 0)?[0])? {
            Some(value) => Ok(value),
            None => Err(crate::error::raise_with(ExceptionKind::StopIteration, Vec::new())),
        }),
        special!("__bool__", "(self, /)", bool, truth, |call, args| Ok(bool_::new(call(&one(args, 0)?[0])?))),
        special!("__len__", "(self, /)", len, len, |call, args| Ok(int::from_usize(call(
            &one(args, 0)?[0]
        )?))),
        special!(
            "__getitem__",
            "(self, key, /)",
            get_item,
            |object, key| python(object, &names().__getitem__, &[key]),
            |call, args| {
                let args = one(args, 1)?;
                call(&args[0], &args[1])
            }
        ),
        special!("__setitem__", "(self, key, value, /)", set_item, set_item, |call, args| {
            let args = one(args, 2)?;
            call(&args[0], &args[1], Some(&args[2]))?;
            Ok(none())
        }),
        special!("__delitem__", "(self, key, /)", set_item, set_item, |call, args| {
            let args = one(args, 1)?;
            call(&args[0], &args[1], None)?;
            Ok(none())
        }),
        special!("__contains__", "(self, key, /)", contains, contains, |call, args| {
            let args = one(args, 1)?;
            Ok(bool_::new(call(&args[0], &args[1])?))
        }),
        special!("__getattribute__", "(self, name, /)", get_attr, get_attribute, |call, args| {
            let args = one(args, 1)?;
            call(&args[0], &args[1])
        }),
        Special {
            call: |slots, args| set_attr_of(slots, one(args, 2)?),
            ..special!("__setattr__", "(self, name, value, /)", set_attr, set_attribute, |_call, _args| Ok(
                none()
            ))
        },
        Special {
            call: |slots, args| set_attr_of(slots, one(args, 1)?),
            ..special!("__delattr__", "(self, name, /)", set_attr, set_attribute, |_call, _args| Ok(none()))
        },
        special!("__get__", "(self, instance, owner=None, /)", descr_get, descriptor_get, |call, args| {
            check_arity("", args.all.len() - 1, 1, 2)?;
            let present = |value: &Ref| !value.is(&shared().none);
            let instance = Some(&args.all[1]).filter(|value| present(value));
            let owner = args.all.get(2).filter(|value| present(value));
            if instance.is_none() && owner.is_none() {
                return Err(type_error!("__get__(None, None) is invalid"));
            }
            call(&args.all[0], instance, owner)
        }),
        special!("__set__", "(self, instance, value, /)", descr_set, descriptor_set, |call, args| {
            let args = one(args, 2)?;
            call(&args[0], &args[1], Some(&args[2]))?;
            Ok(none())
        }),
        special!("__delete__", "(self, instance, /)", descr_set, descriptor_set, |call, args| {
            let args = one(args, 1)?;
            call(&args[0], &args[1], None)?;
            Ok(none())
        }),
        special!("__pow__", "(self, value, mod=None, /)", pow, power, |call, args| {
            check_arity("", args.all.len() - 1, 1, 2)?;
            call(&args.all[0], &args.all[1], args.all.get(2).unwrap_or(&shared().none))
        }),
        special!("__rpow__", "(self, value, mod=None, /)", pow, power, |call, args| {
            check_arity("", args.all.len() - 1, 1, 2)?;
            call(&args.all[1], &args.all[0], args.all.get(2).unwrap_or(&shared().none))
        }),
    ];

static UNARY: &[Special] = &[
    unary!(__repr__, repr),
    unary!(__str__, str),
    unary!(__iter__, iter, iter),
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
    sequence!("__add__", concat),
    sequence!("__mul__", repeat),
    sequence!("__rmul__", repeat),
    sequence!("__iadd__", inplace_concat),
    sequence!("__imul__", inplace_repeat),
];

/// `__setattr__` and `__delattr__` of a built-in class: object, name and perhaps the value.
fn set_attr_of(slots: &SlotCells, args: &[Ref]) -> Res {
    protocol::attribute::check_setattr_receiver(slots, &args[0])?;
    (slots.set_attr.get().expect("checked by present"))(&args[0], &args[1], args.get(2))?;
    Ok(none())
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
