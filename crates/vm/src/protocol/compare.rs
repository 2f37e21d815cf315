//! Comparisons.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        bool_,
        class::Class,
        float::Float,
        int::Int,
        sequence::quick_equal,
        slots::RichCompare,
        str::{self, Str},
    },
    protocol::object::{NativeCall, is_true},
    state::shared,
    type_error, types,
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
#[inline]
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

/// The comparison of two ints, two floats or two strings, which needs no method.
#[inline]
pub(crate) fn rich_atoms(left: &Ref, right: &Ref, comparison: Comparison) -> Option<bool> {
    let (left_index, right_index) = (left.header().type_index(), right.header().type_index());
    if left_index != right_index {
        return None;
    }
    match left_index {
        types::INT => {
            let (left, right) = (left.payload::<Int>()?.value.get(), right.payload::<Int>()?.value.get());
            Some(holds(comparison, left.cmp(&right)))
        }
        types::FLOAT => {
            let (left, right) = (left.payload::<Float>()?.value.get(), right.payload::<Float>()?.value.get());
            Some(match comparison {
                Comparison::Lt => left < right,
                Comparison::Le => left <= right,
                Comparison::Eq => left == right,
                Comparison::Ne => left != right,
                Comparison::Gt => left > right,
                Comparison::Ge => left >= right,
            })
        }
        types::STR => {
            let (left, right) = (left.downcast::<Str>()?, right.downcast::<Str>()?);
            Some(match comparison {
                Comparison::Eq => str::equal(left, right),
                Comparison::Ne => !str::equal(left, right),
                _ => holds(comparison, str::order(left, right)),
            })
        }
        _ => None,
    }
}

/// `left < right` and so on, giving whatever object the operands' classes give.
pub fn rich(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    if let Some(result) = rich_atoms(left, right, comparison) {
        return Ok(bool_::new(result));
    }
    rich_general(left, right, comparison)
}

/// Asks the function of a class that both operands are of. It may answer NotImplemented.
#[inline(always)]
pub(crate) fn ask(function: RichCompare, left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let _call = NativeCall::enter(" in comparison")?;
    function(left, right, comparison)
}

#[inline(never)]
fn rich_general(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
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
    if let Some(result) = rich_atoms(left, right, comparison) {
        return Ok(result);
    }
    is_true(&rich_general(left, right, comparison)?)
}

/// Whether two objects are identical or equal, with short ways for strings and ints.
#[inline]
pub fn equal(left: &Ref, right: &Ref) -> Res<bool> {
    if left.is(right) {
        return Ok(true);
    }
    if let Some(equal) = quick_equal(left, right) {
        return Ok(equal);
    }
    is_true(&rich_general(left, right, Comparison::Eq)?)
}
