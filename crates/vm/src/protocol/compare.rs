//! Comparisons.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        bool_,
        class::Class,
        int::Int,
        str::{self, Str},
    },
    protocol::object::{NativeCall, is_true},
    state::shared,
    type_error,
};

/// The comparison with the operands exchanged.
pub fn swapped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Lt => Comparison::Gt,
        Comparison::Le => Comparison::Ge,
        Comparison::Gt => Comparison::Lt,
        Comparison::Ge => Comparison::Le,
        same => same,
    }
}

/// The operator as written.
pub fn symbol(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Lt => "<",
        Comparison::Le => "<=",
        Comparison::Eq => "==",
        Comparison::Ne => "!=",
        Comparison::Gt => ">",
        Comparison::Ge => ">=",
    }
}

/// What a comparison makes of an ordering.
pub fn holds(comparison: Comparison, ordering: std::cmp::Ordering) -> bool {
    match comparison {
        Comparison::Lt => ordering.is_lt(),
        Comparison::Le => ordering.is_le(),
        Comparison::Eq => ordering.is_eq(),
        Comparison::Ne => ordering.is_ne(),
        Comparison::Gt => ordering.is_gt(),
        Comparison::Ge => ordering.is_ge(),
    }
}

/// `left < right` and so on, giving whatever object the operands' classes give.
pub fn rich(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let _call = NativeCall::enter(" in comparison")?;
    let (left_class, right_class) = (Class::of(left), Class::of(right));
    let left_slot = left_class.slots.0.compare.get();
    let right_slot = right_class.slots.0.compare.get();
    let not_implemented = &shared().not_implemented;
    let mut checked_right = false;
    if !left_class.is(right_class)
        && let Some(slot) = right_slot
        && right_class.is_subclass_of(left_class)
    {
        checked_right = true;
        let result = slot(right, left, swapped(comparison))?;
        if !result.is(not_implemented) {
            return Ok(result);
        }
    }
    if let Some(slot) = left_slot {
        let result = slot(left, right, comparison)?;
        if !result.is(not_implemented) {
            return Ok(result);
        }
    }
    if !checked_right && let Some(slot) = right_slot {
        let result = slot(right, left, swapped(comparison))?;
        if !result.is(not_implemented) {
            return Ok(result);
        }
    }
    match comparison {
        Comparison::Eq => Ok(bool_::new(left.is(right))),
        Comparison::Ne => Ok(bool_::new(!left.is(right))),
        _ => Err(type_error!(
            "'{}' not supported between instances of '{}' and '{}'",
            symbol(comparison),
            Class::of(left).short_name(),
            Class::of(right).short_name()
        )),
    }
}

/// The truth of a comparison. Identical objects are equal without being asked.
pub fn rich_bool(left: &Ref, right: &Ref, comparison: Comparison) -> Res<bool> {
    if left.is(right) {
        match comparison {
            Comparison::Eq => return Ok(true),
            Comparison::Ne => return Ok(false),
            _ => {}
        }
    }
    is_true(&rich(left, right, comparison)?)
}

/// Whether two objects are identical or equal, with short ways for strings and ints.
#[inline]
pub fn equal(left: &Ref, right: &Ref) -> Res<bool> {
    if left.is(right) {
        return Ok(true);
    }
    if left.is_exact::<Str>() && right.is_exact::<Str>() {
        let (left, right) = (left.downcast::<Str>(), right.downcast::<Str>());
        return Ok(left.zip(right).is_some_and(|(left, right)| str::equal(left, right)));
    }
    if left.is_exact::<Int>() && right.is_exact::<Int>() {
        let (left, right) = (left.payload::<Int>(), right.payload::<Int>());
        return Ok(left.zip(right).is_some_and(|(left, right)| left.value == right.value));
    }
    is_true(&rich(left, right, Comparison::Eq)?)
}
