//! `operator`: the operators as functions.

mod getters;

use ouro_bytecode::opcode::{BinaryOperator, Comparison, UnaryOperator};
use ouro_heap::Ref;
use ouro_vm::{
    boot,
    error::Res,
    import,
    native::{Args, NativeDef, plain, raw},
    objects::{
        bool_, builtin,
        class::Class,
        dict, int, module,
        str::{self, Str, StrExt},
    },
    protocol::{call, compare, item, iterate, number, object},
    state::shared,
    type_error, value_error,
};

/// Fills the module `operator`, which shows what `_operator` has.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    let native = import::import_module("_operator")?;
    let namespace = &native.payload::<module::Module>().expect("a native module").dict;
    for (name, value) in namespace.snapshot() {
        let target = &module.payload::<module::Module>().expect("the module being filled").dict;
        if let Some(name) = name.downcast::<Str>()
            && !dict::contains_str(target, name)
        {
            dict::set_str(target, name, value);
        }
    }
    Ok(())
}

/// Fills the module `_operator`.
pub(crate) fn fill_native(module: &Ref) -> Res<()> {
    let name = str::intern("_operator").into_any();
    for definition in &FUNCTIONS {
        module::set(module, definition.name, builtin::new_function(definition, Some(name.clone())))?;
    }
    for class in [&getters::ITEM_GETTER, &getters::ATTR_GETTER, &getters::METHOD_CALLER] {
        module::set(module, class.name, boot::add_class(class).into_any())?;
    }
    for (alias, name) in ALIASES {
        let function = module::get(module, name).expect("an alias stands for a function of the table");
        module::set(module, alias, function)?;
    }
    Ok(())
}

const ALIASES: [(&str, &str); 46] = [
    ("__lt__", "lt"),
    ("__le__", "le"),
    ("__eq__", "eq"),
    ("__ne__", "ne"),
    ("__ge__", "ge"),
    ("__gt__", "gt"),
    ("__not__", "not_"),
    ("__abs__", "abs"),
    ("__add__", "add"),
    ("__and__", "and_"),
    ("__call__", "call"),
    ("__floordiv__", "floordiv"),
    ("__index__", "index"),
    ("__inv__", "inv"),
    ("__invert__", "invert"),
    ("__lshift__", "lshift"),
    ("__mod__", "mod"),
    ("__mul__", "mul"),
    ("__matmul__", "matmul"),
    ("__neg__", "neg"),
    ("__or__", "or_"),
    ("__pos__", "pos"),
    ("__pow__", "pow"),
    ("__rshift__", "rshift"),
    ("__sub__", "sub"),
    ("__truediv__", "truediv"),
    ("__xor__", "xor"),
    ("__concat__", "concat"),
    ("__contains__", "contains"),
    ("__delitem__", "delitem"),
    ("__getitem__", "getitem"),
    ("__setitem__", "setitem"),
    ("__iadd__", "iadd"),
    ("__iand__", "iand"),
    ("__iconcat__", "iconcat"),
    ("__ifloordiv__", "ifloordiv"),
    ("__ilshift__", "ilshift"),
    ("__imod__", "imod"),
    ("__imul__", "imul"),
    ("__imatmul__", "imatmul"),
    ("__ior__", "ior"),
    ("__ipow__", "ipow"),
    ("__irshift__", "irshift"),
    ("__isub__", "isub"),
    ("__itruediv__", "itruediv"),
    ("__ixor__", "ixor"),
];

macro_rules! binary {
    ($name:literal, $operator:ident, $symbol:literal) => {
        plain(
            $name,
            "(a, b, /)",
            |args| number::binary(BinaryOperator::$operator, &args[0], &args[1]),
            concat!("Same as a ", $symbol, " b."),
        )
    };
}

macro_rules! inplace {
    ($name:literal, $operator:ident, $symbol:literal) => {
        plain(
            $name,
            "(a, b, /)",
            |args| number::inplace(BinaryOperator::$operator, &args[0], &args[1]),
            concat!("Same as a ", $symbol, " b."),
        )
    };
}

macro_rules! comparison {
    ($name:literal, $comparison:ident, $symbol:literal) => {
        plain(
            $name,
            "(a, b, /)",
            |args| compare::rich(&args[0], &args[1], Comparison::$comparison),
            concat!("Same as a ", $symbol, " b."),
        )
    };
}

macro_rules! unary {
    ($name:literal, $operator:ident, $symbol:literal) => {
        plain(
            $name,
            "(a, /)",
            |args| number::unary(UnaryOperator::$operator, &args[0]),
            concat!("Same as ", $symbol, "a."),
        )
    };
}

static FUNCTIONS: [NativeDef; 54] = [
    comparison!("lt", Lt, "<"),
    comparison!("le", Le, "<="),
    comparison!("eq", Eq, "=="),
    comparison!("ne", Ne, "!="),
    comparison!("ge", Ge, ">="),
    comparison!("gt", Gt, ">"),
    binary!("add", Add, "+"),
    binary!("sub", Sub, "-"),
    binary!("mul", Mul, "*"),
    binary!("matmul", MatMul, "@"),
    binary!("truediv", TrueDiv, "/"),
    binary!("floordiv", FloorDiv, "//"),
    binary!("mod", Mod, "%"),
    binary!("pow", Pow, "**"),
    binary!("lshift", LShift, "<<"),
    binary!("rshift", RShift, ">>"),
    binary!("and_", And, "&"),
    binary!("or_", Or, "|"),
    binary!("xor", Xor, "^"),
    inplace!("iadd", Add, "+="),
    inplace!("isub", Sub, "-="),
    inplace!("imul", Mul, "*="),
    inplace!("imatmul", MatMul, "@="),
    inplace!("itruediv", TrueDiv, "/="),
    inplace!("ifloordiv", FloorDiv, "//="),
    inplace!("imod", Mod, "%="),
    inplace!("ipow", Pow, "**="),
    inplace!("ilshift", LShift, "<<="),
    inplace!("irshift", RShift, ">>="),
    inplace!("iand", And, "&="),
    inplace!("ior", Or, "|="),
    inplace!("ixor", Xor, "^="),
    unary!("neg", Neg, "-"),
    unary!("pos", Pos, "+"),
    unary!("inv", Invert, "~"),
    unary!("invert", Invert, "~"),
    plain("not_", "(a, /)", |args| Ok(bool_::new(!object::is_true(&args[0])?)), "Same as not a."),
    plain(
        "truth",
        "(a, /)",
        |args| Ok(bool_::new(object::is_true(&args[0])?)),
        "Return True if a is true, False otherwise.",
    ),
    plain("is_", "(a, b, /)", |args| Ok(bool_::new(args[0].is(&args[1]))), "Same as a is b."),
    plain("is_not", "(a, b, /)", |args| Ok(bool_::new(!args[0].is(&args[1]))), "Same as a is not b."),
    plain("abs", "(a, /)", abs, "Same as abs(a)."),
    plain("index", "(a, /)", |args| number::index(&args[0]), "Same as a.__index__()"),
    plain("concat", "(a, b, /)", concat, "Same as a + b, for a and b sequences."),
    plain("iconcat", "(a, b, /)", iconcat, "Same as a += b, for a and b sequences."),
    plain(
        "contains",
        "(a, b, /)",
        |args| Ok(bool_::new(item::contains(&args[0], &args[1])?)),
        "Same as b in a (note reversed operands).",
    ),
    plain("getitem", "(a, b, /)", |args| item::get(&args[0], &args[1]), "Same as a[b]."),
    plain("setitem", "(a, b, c, /)", set_item, "Same as a[b] = c."),
    plain("delitem", "(a, b, /)", delete_item, "Same as del a[b]."),
    plain("countOf", "(a, b, /)", count_of, "Return the number of items in a which are, or which equal, b."),
    plain("indexOf", "(a, b, /)", index_of, "Return the first index of b in a."),
    plain(
        "length_hint",
        "(obj, default=0, /)",
        length_hint,
        "Return an estimate of the number of items in obj.\n\nThis is useful for presizing containers when building from an iterable.\n\nIf the object supports len(), the result will be exact.\nOtherwise, it may over- or under-estimate by an arbitrary amount.",
    ),
    plain("_compare_digest", "(a, b, /)", compare_digest, "Return 'a == b'."),
    raw("call", "(obj, /, *args, **kwargs)", call_function, "Same as obj(*args, **kwargs)."),
    plain("_abs", "(x, /)", abs, "Return the absolute value of the argument."),
];

fn abs(args: &[Ref]) -> Res {
    match Class::of(&args[0]).slots.0.abs.get() {
        Some(slot) => slot(&args[0]),
        None => Err(type_error!("bad operand type for abs(): '{}'", Class::of(&args[0]).short_name())),
    }
}

fn set_item(args: &[Ref]) -> Res {
    item::set(&args[0], &args[1], &args[2])?;
    Ok(shared().none.clone())
}

fn delete_item(args: &[Ref]) -> Res {
    item::delete(&args[0], &args[1])?;
    Ok(shared().none.clone())
}

fn is_sequence(object: &Ref) -> bool {
    iterate::is_sequence(Class::of(object))
}

fn concat(args: &[Ref]) -> Res {
    let [left, right] = args else { unreachable!("the arity is checked") };
    if let Some(slot) = Class::of(left).slots.0.concat.get() {
        return slot(left, right);
    }
    if is_sequence(left) && is_sequence(right) {
        return number::binary(BinaryOperator::Add, left, right);
    }
    Err(type_error!("'{}' object can't be concatenated", Class::of(left).short_name()))
}

fn iconcat(args: &[Ref]) -> Res {
    let [left, right] = args else { unreachable!("the arity is checked") };
    let slots = &Class::of(left).slots.0;
    if let Some(slot) = slots.inplace_concat.get().or(slots.concat.get()) {
        return slot(left, right);
    }
    if is_sequence(left) && is_sequence(right) {
        return number::inplace(BinaryOperator::Add, left, right);
    }
    Err(type_error!("'{}' object can't be concatenated", Class::of(left).short_name()))
}

/// An iterator for `countOf` and `indexOf`, with the message of `in` where there is none.
fn searched(iterable: &Ref) -> Res {
    iterate::iter(iterable).or_else(|raised| {
        crate::support::swallow(raised, ouro_vm::objects::exception::ExceptionKind::TypeError)?;
        Err(type_error!("argument of type '{}' is not iterable", Class::of(iterable).short_name()))
    })
}

fn count_of(args: &[Ref]) -> Res {
    let iterator = searched(&args[0])?;
    let mut count = 0;
    while let Some(item) = iterate::next(&iterator)? {
        count += i64::from(compare::equal(&item, &args[1])?);
    }
    Ok(int::new(count))
}

fn index_of(args: &[Ref]) -> Res {
    let iterator = searched(&args[0])?;
    let mut index = 0;
    while let Some(item) = iterate::next(&iterator)? {
        if compare::equal(&item, &args[1])? {
            return Ok(int::new(index));
        }
        index += 1;
    }
    Err(value_error!("sequence.index(x): x not in sequence"))
}

fn length_hint(args: &[Ref]) -> Res {
    let default = match args.get(1) {
        Some(default) => number::as_isize(default)?,
        None => 0,
    };
    // A negative default comes back as it is, so it cannot travel as a size.
    let hint = object::length_hint(&args[0], usize::MAX)?;
    Ok(if hint == usize::MAX { int::new(default as i64) } else { int::from_usize(hint) })
}

fn call_function(args: Args) -> Res {
    match args.positional().first() {
        Some(callable) => call::call_args(callable, args.rest()),
        None => Err(type_error!("call expected at least 1 argument, got 0")),
    }
}

fn compare_digest(args: &[Ref]) -> Res {
    let bytes = |object: &Ref| -> Res<Vec<u8>> {
        match object.payload::<Str>() {
            Some(text) => text
                .as_ascii()
                .map(|text| text.as_bytes().to_vec())
                .ok_or_else(|| type_error!("comparing strings with non-ASCII characters is not supported")),
            None => iterate::collect(object)?.iter().map(|byte| Ok(number::as_isize(byte)? as u8)).collect(),
        }
    };
    if args[0].payload::<Str>().is_some() != args[1].payload::<Str>().is_some() {
        return Err(type_error!(
            "unsupported operand types(s) or combination of types: '{}' and '{}'",
            Class::of(&args[0]).short_name(),
            Class::of(&args[1]).short_name()
        ));
    }
    let (left, right) = (bytes(&args[0])?, bytes(&args[1])?);
    // Every byte is looked at, so that the time taken does not tell where two digests differ.
    let difference = left
        .iter()
        .zip(&right)
        .fold(left.len() ^ right.len(), |difference, (a, b)| difference | usize::from(a ^ b));
    Ok(bool_::new(difference == 0))
}
