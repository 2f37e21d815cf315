//! Arithmetic on any objects: which slot an operator calls, in CPython's order, and conversions to native numbers.

use dashu_int::IBig;
use ouro_bytecode::opcode::{BinaryOperator, UnaryOperator};
use ouro_heap::Ref;

use crate::{
    error::{Raised, Res, raise},
    objects::{
        bool_,
        class::Class,
        exception::ExceptionKind,
        float,
        int::{self, Int, IntValue},
        slots::{Binary, SlotCells, Ternary},
        str::Str,
    },
    protocol::{attribute, object},
    state::{names, shared},
    type_error, types,
};

/// `a op b`
#[inline]
pub fn binary(operator: BinaryOperator, a: &Ref, b: &Ref) -> Res {
    use BinaryOperator::*;
    if a.is_exact::<Int>()
        && b.is_exact::<Int>()
        && let (Some(x), Some(y)) = (a.payload::<Int>(), b.payload::<Int>())
    {
        let (x, y) = (x.value.get(), y.value.get());
        match operator {
            Add => return Ok(int::arithmetic::add_small(x, y)),
            Sub => return Ok(int::arithmetic::sub_small(x, y)),
            Mul => return Ok(int::arithmetic::mul_small(x, y)),
            And => return Ok(int::new(x & y)),
            Or => return Ok(int::new(x | y)),
            Xor => return Ok(int::new(x ^ y)),
            FloorDiv if y > 0 => {
                if let Some(quotient) = int::arithmetic::floor_div_small(x, y) {
                    return Ok(int::new(quotient));
                }
            }
            Mod if y > 0 => return Ok(int::new(int::arithmetic::modulo_small(x, y))),
            _ => {}
        }
    }
    general(operator, a, b)
}

fn general(operator: BinaryOperator, a: &Ref, b: &Ref) -> Res {
    if operator == BinaryOperator::Pow {
        return ternary(a, b, &shared().none, "** or pow()");
    }
    // A list or tuple has no methods of numbers, and an int has none for them.
    if is_plain_sequence(a)
        && (is_plain_sequence(b) || b.is_exact::<Int>())
        && let Some(result) = sequence(operator, a, b, false)?
    {
        return Ok(result);
    }
    let result = try_slots(a, b, |slots| slot_of(slots, operator))?;
    if !result.is(&shared().not_implemented) {
        return Ok(result);
    }
    match sequence(operator, a, b, false)? {
        Some(result) => Ok(result),
        None => Err(unsupported(operator, a, b, "")),
    }
}

/// Whether an object is exactly a list or a tuple.
#[inline(always)]
fn is_plain_sequence(object: &Ref) -> bool {
    matches!(object.header().type_index(), types::LIST | types::TUPLE)
}

/// `a op= b`
pub fn inplace(operator: BinaryOperator, a: &Ref, b: &Ref) -> Res {
    if let Some(slot) = inplace_slot_of(&Class::of(a).slots.0, operator) {
        let result = slot(a, b)?;
        if !result.is(&shared().not_implemented) {
            return Ok(result);
        }
    } else if a.is_exact::<Int>() && b.is_exact::<Int>() && operator != BinaryOperator::MatMul {
        return binary(operator, a, b);
    } else if operator == BinaryOperator::Add
        && Class::of(a).has(crate::objects::class::class_flags::HEAP)
        && let Some(slot) = Class::of(a).slots.0.inplace_concat.get()
    {
        // In a class made at run time an inherited `__iadd__` fills the number's slot as well: it comes before `__add__`.
        return slot(a, b);
    }
    if operator == BinaryOperator::Pow {
        return ternary(a, b, &shared().none, "**=");
    }
    let result = try_slots(a, b, |slots| slot_of(slots, operator))?;
    if !result.is(&shared().not_implemented) {
        return Ok(result);
    }
    match sequence(operator, a, b, true)? {
        Some(result) => Ok(result),
        None => Err(unsupported(operator, a, b, "=")),
    }
}

/// The function that is asked first for an operation on two objects of built-in types; it may answer NotImplemented.
/// Nothing for powers, and where the order is not plain.
pub(crate) fn native_function(operator: BinaryOperator, in_place: bool, a: &Ref, b: &Ref) -> Option<Binary> {
    let (left_class, right_class) = (Class::of(a), Class::of(b));
    let (left, right) = (&left_class.slots.0, &right_class.slots.0);
    if operator == BinaryOperator::Pow {
        return None;
    }
    if in_place && let Some(slot) = inplace_slot_of(left, operator) {
        return Some(slot);
    }
    let own = |slot: Option<Binary>| slot.filter(|_| in_place);
    match (slot_of(left, operator), slot_of(right, operator)) {
        // An int has no say about what is no number.
        (None, None) if operator == BinaryOperator::Add => {
            own(left.inplace_concat.get()).or(left.concat.get())
        }
        (None, _) if operator == BinaryOperator::Mul && b.is_exact::<Int>() => {
            own(left.inplace_repeat.get()).or(left.repeat.get())
        }
        (Some(slot), other) => {
            let first = !left_class.is(right_class)
                && right_class.is_subclass_of(left_class)
                && other.is_some_and(|other| !std::ptr::fn_addr_eq(slot, other));
            (!first).then_some(slot)
        }
        (None, other) => other,
    }
}

/// `a op b` after the method of the left operand has answered NotImplemented; the class of `b` is that of `a`, or a
/// built-in one.
pub(crate) fn after_left(operator: BinaryOperator, a: &Ref, b: &Ref) -> Res {
    if !Class::of(a).is(Class::of(b))
        && let Some(right) = slot_of(&Class::of(b).slots.0, operator)
    {
        let result = right(a, b)?;
        if !result.is(&shared().not_implemented) {
            return Ok(result);
        }
    }
    match sequence(operator, a, b, false)? {
        Some(result) => Ok(result),
        None => Err(unsupported(operator, a, b, "")),
    }
}

/// The name of the method that the left operand of an operator has.
pub(crate) fn method_name(operator: BinaryOperator) -> &'static Ref<Str> {
    use BinaryOperator::*;
    let names = names();
    match operator {
        Add => &names.__add__,
        Sub => &names.__sub__,
        Mul => &names.__mul__,
        TrueDiv => &names.__truediv__,
        FloorDiv => &names.__floordiv__,
        Mod => &names.__mod__,
        Pow => &names.__pow__,
        LShift => &names.__lshift__,
        RShift => &names.__rshift__,
        And => &names.__and__,
        Or => &names.__or__,
        Xor => &names.__xor__,
        MatMul => &names.__matmul__,
    }
}

/// `divmod(a, b)`
pub fn divmod(a: &Ref, b: &Ref) -> Res {
    let result = try_slots(a, b, |slots| slots.div_mod.get())?;
    if result.is(&shared().not_implemented) {
        return Err(unsupported_for("divmod()", a, b));
    }
    Ok(result)
}

/// `pow(a, b, modulus)`; the modulus may be None.
pub fn pow(a: &Ref, b: &Ref, modulus: &Ref) -> Res {
    ternary(a, b, modulus, "** or pow()")
}

/// `+x`, `-x`, `~x`, `not x`
#[inline]
pub fn unary(operator: UnaryOperator, x: &Ref) -> Res {
    let slots = &Class::of(x).slots.0;
    let (slot, symbol) = match operator {
        UnaryOperator::Neg => (slots.neg.get(), "unary -"),
        UnaryOperator::Pos => (slots.pos.get(), "unary +"),
        UnaryOperator::Invert => (slots.invert.get(), "unary ~"),
        UnaryOperator::Not => return Ok(bool_::new(!object::is_true(x)?)),
    };
    match slot {
        Some(slot) => slot(x),
        None => Err(bad_operand(symbol, x)),
    }
}

/// `abs(x)`
pub fn abs(x: &Ref) -> Res {
    if x.is_exact::<Int>() && x.payload::<Int>().is_some_and(|int| int.value.get() >= 0) {
        return Ok(x.clone());
    }
    match Class::of(x).slots.0.abs.get() {
        Some(slot) => slot(x),
        None => Err(bad_operand("abs()", x)),
    }
}

#[cold]
fn bad_operand(symbol: &str, x: &Ref) -> Raised {
    type_error!("bad operand type for {symbol}: '{}'", Class::of(x).short_name())
}

/// The slots of both operands in the order of CPython's `binary_op1`: the left one first, unless the right operand
/// is of a subclass with a slot of its own.
fn try_slots(a: &Ref, b: &Ref, slot: impl Fn(&SlotCells) -> Option<Binary>) -> Res {
    let (left_class, right_class) = (Class::of(a), Class::of(b));
    let left = slot(&left_class.slots.0);
    let mut right = None;
    if !left_class.is(right_class) {
        right = slot(&right_class.slots.0);
        if let (Some(one), Some(other)) = (left, right)
            && std::ptr::fn_addr_eq(one, other)
        {
            right = None;
        }
    }
    if let Some(left) = left {
        if let Some(first) = right
            && right_class.is_subclass_of(left_class)
        {
            let result = first(a, b)?;
            if !result.is(&shared().not_implemented) {
                return Ok(result);
            }
            right = None;
        }
        let result = left(a, b)?;
        if !result.is(&shared().not_implemented) {
            return Ok(result);
        }
    }
    match right {
        Some(right) => right(a, b),
        None => Ok(shared().not_implemented.clone()),
    }
}

/// CPython's `ternary_op`: as with two operands, and then the slot of the modulus.
fn ternary(a: &Ref, b: &Ref, modulus: &Ref, symbol: &str) -> Res {
    let (left_class, right_class) = (Class::of(a), Class::of(b));
    let same = |one: Option<Ternary>, other: Option<Ternary>| matches!((one, other), (Some(one), Some(other)) if std::ptr::fn_addr_eq(one, other));
    let left = left_class.slots.0.pow.get();
    let mut right = None;
    if !left_class.is(right_class) {
        right = right_class.slots.0.pow.get();
        if same(left, right) {
            right = None;
        }
    }
    let third = Class::of(modulus)
        .slots
        .0
        .pow
        .get()
        .filter(|&slot| !same(left, Some(slot)) && !same(right, Some(slot)));
    let right_first = left.is_some() && right.is_some() && right_class.is_subclass_of(left_class);
    let order = if right_first { [right, left, third] } else { [left, right, third] };
    for slot in order.into_iter().flatten() {
        let result = slot(a, b, modulus)?;
        if !result.is(&shared().not_implemented) {
            return Ok(result);
        }
    }
    if modulus.is(&shared().none) {
        return Err(unsupported_for(symbol, a, b));
    }
    Err(type_error!(
        "unsupported operand type(s) for {symbol}: '{}', '{}', '{}'",
        left_class.short_name(),
        right_class.short_name(),
        Class::of(modulus).short_name()
    ))
}

/// `+` and `*` of sequences, tried when numbers did not help. In place only the left operand may change.
fn sequence(operator: BinaryOperator, a: &Ref, b: &Ref, in_place: bool) -> Res<Option<Ref>> {
    let slots = &Class::of(a).slots.0;
    match operator {
        BinaryOperator::Add => {
            let own = slots.inplace_concat.get().filter(|_| in_place);
            own.or(slots.concat.get()).map(|slot| slot(a, b)).transpose()
        }
        BinaryOperator::Mul => {
            let own = slots.inplace_repeat.get().filter(|_| in_place);
            if let Some(slot) = own.or(slots.repeat.get()) {
                return repeat(slot, a, b).map(Some);
            }
            // In place, a left operand that is a sequence of another kind ends the search.
            let blocked = in_place && has_sequence_methods(Class::of(a));
            match Class::of(b).slots.0.repeat.get().filter(|_| !blocked) {
                Some(slot) => repeat(slot, b, a).map(Some),
                None => Ok(None),
            }
        }
        _ => Ok(None),
    }
}

/// Whether CPython's class has a table of a sequence's methods: every class made at run time has.
fn has_sequence_methods(class: &Class) -> bool {
    let slots = &class.slots.0;
    class.has(crate::objects::class::class_flags::HEAP)
        || slots.len.get().is_some()
        || slots.contains.get().is_some()
}

fn repeat(slot: Binary, sequence: &Ref, count: &Ref) -> Res {
    if int::is_int(count) || Class::of(count).slots.0.index.get().is_some() {
        return slot(sequence, count);
    }
    Err(type_error!("can't multiply sequence by non-int of type '{}'", Class::of(count).short_name()))
}

#[cold]
fn unsupported(operator: BinaryOperator, a: &Ref, b: &Ref, suffix: &str) -> Raised {
    if operator == BinaryOperator::RShift && suffix.is_empty() && is_print(a) {
        return type_error!(
            "unsupported operand type(s) for >>: '{}' and '{}'. Did you mean \"print(<message>, file=<output_stream>)\"?",
            Class::of(a).short_name(),
            Class::of(b).short_name()
        );
    }
    unsupported_for(&format!("{}{suffix}", symbol(operator)), a, b)
}

#[cold]
fn unsupported_for(symbol: &str, a: &Ref, b: &Ref) -> Raised {
    type_error!(
        "unsupported operand type(s) for {symbol}: '{}' and '{}'",
        Class::of(a).short_name(),
        Class::of(b).short_name()
    )
}

fn is_print(object: &Ref) -> bool {
    object.header().type_index() == types::BUILTIN_FUNCTION
        && matches!(attribute::get_optional(object, &names().__name__), Ok(Some(name))
            if name.payload::<crate::objects::str::Str>().is_some_and(|name| crate::objects::str::StrExt::is_text(name, "print")))
}

/// The operator as Python source writes it.
pub fn symbol(operator: BinaryOperator) -> &'static str {
    use BinaryOperator::*;
    match operator {
        Add => "+",
        Sub => "-",
        Mul => "*",
        TrueDiv => "/",
        FloorDiv => "//",
        Mod => "%",
        Pow => "**",
        LShift => "<<",
        RShift => ">>",
        And => "&",
        Or => "|",
        Xor => "^",
        MatMul => "@",
    }
}

#[inline]
fn slot_of(slots: &SlotCells, operator: BinaryOperator) -> Option<Binary> {
    use BinaryOperator::*;
    match operator {
        Add => slots.add.get(),
        Sub => slots.sub.get(),
        Mul => slots.mul.get(),
        TrueDiv => slots.true_div.get(),
        FloorDiv => slots.floor_div.get(),
        Mod => slots.modulo.get(),
        Pow => None,
        LShift => slots.lshift.get(),
        RShift => slots.rshift.get(),
        And => slots.and.get(),
        Or => slots.or.get(),
        Xor => slots.xor.get(),
        MatMul => slots.mat_mul.get(),
    }
}

#[inline]
fn inplace_slot_of(slots: &SlotCells, operator: BinaryOperator) -> Option<Binary> {
    use BinaryOperator::*;
    match operator {
        Add => slots.inplace_add.get(),
        Sub => slots.inplace_sub.get(),
        Mul => slots.inplace_mul.get(),
        TrueDiv => slots.inplace_true_div.get(),
        FloorDiv => slots.inplace_floor_div.get(),
        Mod => slots.inplace_modulo.get(),
        Pow => slots.inplace_pow.get(),
        LShift => slots.inplace_lshift.get(),
        RShift => slots.inplace_rshift.get(),
        And => slots.inplace_and.get(),
        Or => slots.inplace_or.get(),
        Xor => slots.inplace_xor.get(),
        MatMul => slots.inplace_mat_mul.get(),
    }
}

/// The object as an int of exactly the class int: `operator.index(x)`.
#[inline]
pub fn index(object: &Ref) -> Res {
    if int::is_exact(object) {
        return Ok(object.clone());
    }
    index_value(object).map(|index| int::exact(&index))
}

/// The same without the conversion of bools and instances of subclasses.
pub fn index_value(object: &Ref) -> Res {
    if int::is_int(object) {
        return Ok(object.clone());
    }
    let class = Class::of(object);
    let Some(slot) = class.slots.0.index.get() else {
        return Err(type_error!("'{}' object cannot be interpreted as an integer", class.short_name()));
    };
    let result = slot(object)?;
    if !int::is_int(&result) {
        return Err(type_error!("__index__ returned non-int (type {})", Class::of(&result).short_name()));
    }
    if !int::is_exact(&result) {
        crate::warning::warn_strict_subclass("__index__", "int", &result)?;
    }
    Ok(result)
}

/// The object as a size; OverflowError if it does not fit.
#[inline]
pub fn as_isize(object: &Ref) -> Res<isize> {
    as_isize_or(object, ExceptionKind::OverflowError)
}

/// The object as a size; an exception of the given kind if it does not fit.
#[inline]
pub fn as_isize_or(object: &Ref, kind: ExceptionKind) -> Res<isize> {
    if let Some(int) = object.payload::<Int>() {
        return Ok(int.value.get() as isize);
    }
    let index = index_value(object)?;
    int::as_i64(&index).map(|value| value as isize).ok_or_else(|| {
        raise(
            kind,
            format_args!("cannot fit '{}' into an index-sized integer", Class::of(object).short_name()),
        )
    })
}

/// The object as a size, through `__index__`, in the words of an argument that does not fit in a C `ssize_t`.
pub fn as_ssize(object: &Ref) -> Res<isize> {
    let index = index_value(object)?;
    let too_large = || crate::overflow_error!("Python int too large to convert to C ssize_t");
    int::as_i64(&index).map(|value| value as isize).ok_or_else(too_large)
}

/// The object as a size, values beyond clamped to the nearest.
#[inline]
pub fn as_isize_clamped(object: &Ref) -> Res<isize> {
    if let Some(int) = object.payload::<Int>() {
        return Ok(int.value.get() as isize);
    }
    let index = index_value(object)?;
    Ok(match int::value(&index) {
        Some(IntValue::Big(value)) => {
            let far = if *value < IBig::ZERO { isize::MIN } else { isize::MAX };
            i64::try_from(value).map_or(far, |value| value as isize)
        }
        Some(IntValue::Small(value)) => value as isize,
        None => 0,
    })
}

/// The object as a big integer, through `__index__`.
pub fn as_big(object: &Ref) -> Res<IBig> {
    let index = index_value(object)?;
    Ok(int::value(&index).map(IntValue::to_big).unwrap_or_default())
}

/// The object as a native int through `__index__`, in CPython's words if it is too large.
pub fn as_i32(object: &Ref) -> Res<i32> {
    let index = index_value(object)?;
    match int::as_i64(&index) {
        None => Err(crate::overflow_error!("Python int too large to convert to C int")),
        Some(value) => i32::try_from(value).map_err(|_| {
            let side = if value < 0 { "less than minimum" } else { "greater than maximum" };
            crate::overflow_error!("signed integer is {side}")
        }),
    }
}

/// The object as a float, through `__float__` or `__index__`: CPython's `PyFloat_AsDouble`.
#[inline]
pub fn to_float(object: &Ref) -> Res<f64> {
    match float::value(object) {
        Some(value) => Ok(value),
        None => match try_float(object)? {
            Some(value) => Ok(value),
            None => Err(type_error!("must be real number, not {}", Class::of(object).short_name())),
        },
    }
}

/// The object as a float if it is a real number or converts to one.
pub fn try_float(object: &Ref) -> Res<Option<f64>> {
    if let Some(value) = float::value(object) {
        return Ok(Some(value));
    }
    converted_float(object)
}

/// The same for `float(x)`, which asks the `__float__` of a float's subclass as well.
pub fn converted_float(object: &Ref) -> Res<Option<f64>> {
    if let Some(value) = int::value(object)
        && (int::is_exact(object) || object.header().type_index() == types::BOOL)
    {
        return int::convert::to_f64(value).map(Some);
    }
    let class = Class::of(object);
    if let Some(slot) = class.slots.0.float.get() {
        let result = slot(object)?;
        return match float::value(&result) {
            Some(value) => {
                if !result.is_exact::<float::Float>() {
                    let method = format!("{}.__float__", class.short_name());
                    crate::warning::warn_strict_subclass(&method, "float", &result)?;
                }
                Ok(Some(value))
            }
            None => Err(type_error!(
                "{}.__float__ returned non-float (type {})",
                class.short_name(),
                Class::of(&result).short_name()
            )),
        };
    }
    if class.slots.0.index.get().is_none() {
        return Ok(None);
    }
    let index = index_value(object)?;
    int::value(&index).map(int::convert::to_f64).transpose()
}
