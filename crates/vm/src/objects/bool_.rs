//! `bool`: True and False, two immortal ints of a class of their own.

use std::cell::Cell;

use ouro_heap::{Ref, alloc_as};

use crate::{
    error::Res,
    native::{Args, plain},
    objects::{
        class::{Class, ClassDef, Make, class_flags},
        int::{self, Int},
        slots::Slots,
        str::{self},
    },
    protocol::object,
    state::shared,
    types,
};

/// The class.
pub static BOOL: ClassDef = ClassDef {
    base: types::INT,
    slots: Slots {
        new: Some(construct),
        repr: Some(|value| Ok(str::new(if is(value) { "True" } else { "False" }).into_any())),
        and: Some(and),
        or: Some(or),
        xor: Some(xor),
        invert: Some(invert),
        ..Slots::NONE
    },
    methods: &[plain(
        "__getnewargs__",
        "(self, /)",
        |args| Ok(crate::objects::tuple::from_vec(vec![int::exact(&args[0])]).into_any()),
        "",
    )],
    doc: "Returns True when the argument is true, False otherwise.\nThe builtins True and False are the only two \
          instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.",
    flags: class_flags::MATCH_SELF,
    make: Make::optional(make_from),
    ..ClassDef::new::<Int>(types::BOOL, "bool")
};

/// True or False.
#[inline(always)]
pub fn new(value: bool) -> Ref {
    if value { shared().true_.clone() } else { shared().false_.clone() }
}

/// The object that will be True or False, for the start of the interpreter.
pub(crate) fn make(value: bool) -> Ref {
    let object = alloc_as(types::BOOL, Int { value: Cell::new(i64::from(value)) }).into_any();
    object.make_immortal();
    object
}

fn is(object: &Ref) -> bool {
    object.is(&shared().true_)
}

fn construct(_class: &Ref<Class>, args: Args) -> Res {
    make_from(args.exactly("bool", 0, 1)?)
}

fn make_from(args: &[Ref]) -> Res {
    match args {
        [] => Ok(new(false)),
        values => Ok(new(object::is_true(&values[0])?)),
    }
}

/// Both as native booleans, if both are bools.
fn both(a: &Ref, b: &Ref) -> Option<(bool, bool)> {
    let is_bool = |object: &Ref| object.header().type_index() == types::BOOL;
    (is_bool(a) && is_bool(b)).then(|| (is(a), is(b)))
}

fn and(a: &Ref, b: &Ref) -> Res {
    both(a, b).map_or_else(|| int::bits::and(a, b), |(a, b)| Ok(new(a & b)))
}

fn or(a: &Ref, b: &Ref) -> Res {
    both(a, b).map_or_else(|| int::bits::or(a, b), |(a, b)| Ok(new(a | b)))
}

fn xor(a: &Ref, b: &Ref) -> Res {
    both(a, b).map_or_else(|| int::bits::xor(a, b), |(a, b)| Ok(new(a ^ b)))
}

/// `~True` is -2, which is hardly ever meant.
fn invert(value: &Ref) -> Res {
    crate::warning::warn(
        crate::objects::exception::ExceptionKind::DeprecationWarning,
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise \
         inversion of the underlying int object and is usually not what you expect from negating a bool. \
         Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.",
    )?;
    int::bits::invert(value)
}
