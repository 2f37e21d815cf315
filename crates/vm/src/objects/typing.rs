//! Type parameters and `type` statements (PEP 695, PEP 696): what the compiler's operations call in `_typing`.

use ouro_bytecode::opcode::Intrinsic;
use ouro_heap::Ref;

use crate::{
    error::Res,
    import,
    objects::str,
    protocol::{attribute, call},
};

/// The operations behind type parameters and `type` statements.
pub(crate) fn intrinsic(id: i32, values: &[Ref]) -> Res {
    if id == Intrinsic::SetFunctionTypeParams as i32 {
        attribute::set(&values[0], &str::intern("__type_params__"), &values[1])?;
        return Ok(values[0].clone());
    }
    const FUNCTIONS: &[(Intrinsic, &str)] = &[
        (Intrinsic::TypeVar, "_make_type_var"),
        (Intrinsic::TypeVarWithBound, "_make_type_var"),
        (Intrinsic::TypeVarWithConstraints, "_make_constrained"),
        (Intrinsic::ParamSpec, "_make_param_spec"),
        (Intrinsic::TypeVarTuple, "_make_type_var_tuple"),
        (Intrinsic::SetTypeParamDefault, "_set_default"),
        (Intrinsic::SubscriptGeneric, "_subscript_generic"),
        (Intrinsic::TypeAlias, "_make_alias"),
    ];
    let found = FUNCTIONS.iter().find(|(intrinsic, _)| *intrinsic as i32 == id);
    let Some((_, name)) = found else { return Err(crate::system_error!("unknown intrinsic {id}")) };
    let module = import::import_module("_typing")?;
    call::call(&attribute::get(&module, &str::intern(name))?, values)
}
