//! Specialisation: operations rewritten in place for the types they meet.

use ouro_heap::Ref;

use super::core::*;
use crate::objects::str::Str;

/// Rewrites a binary operation for its operands' types.
#[inline(always)]
pub(crate) unsafe fn specialise_binary(_pc: Pc, _left: &Ref, _right: &Ref) {}
/// Rewrites a binary operation with a constant.
#[inline(always)]
pub(crate) unsafe fn specialise_binary_const(_pc: Pc, _left: &Ref, _right: &Ref) {}
/// Rewrites a comparison and jump.
#[inline(always)]
pub(crate) unsafe fn specialise_compare_jump(_pc: Pc, _left: &Ref, _right: &Ref) {}
/// Rewrites a comparison with a constant and jump.
#[inline(always)]
pub(crate) unsafe fn specialise_compare_jump_const(_pc: Pc, _left: &Ref, _right: &Ref) {}
/// Rewrites the look-up of a global.
#[inline(always)]
pub(crate) unsafe fn specialise_global(_pc: Pc, _fp: Fp, _name: u16) {}
/// Rewrites the reading of an attribute.
#[inline(always)]
pub(crate) unsafe fn specialise_load_attr(_pc: Pc, _object: &Ref, _name: &Ref<Str>) {}
/// Rewrites the writing of an attribute.
#[inline(always)]
pub(crate) unsafe fn specialise_store_attr(_pc: Pc, _object: &Ref, _name: &Ref<Str>) {}
/// Rewrites the reading of an item.
#[inline(always)]
pub(crate) unsafe fn specialise_subscr(_pc: Pc, _container: &Ref, _key: &Ref) {}
/// Rewrites the writing of an item.
#[inline(always)]
pub(crate) unsafe fn specialise_store_subscr(_pc: Pc, _container: &Ref, _key: &Ref) {}
/// Rewrites a call.
#[inline(always)]
pub(crate) unsafe fn specialise_call(_pc: Pc, _fp: Fp) {}
/// Rewrites a method call.
#[inline(always)]
pub(crate) unsafe fn specialise_call_method(_pc: Pc, _fp: Fp, _name: &Ref<Str>) {}
/// Rewrites an iteration.
#[inline(always)]
pub(crate) unsafe fn specialise_for_iter(_pc: Pc, _iterator: &Ref) {}
