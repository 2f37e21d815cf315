//! Type parameters (PEP 695): not supported yet, and said so.

use ouro_heap::Ref;

use crate::{error::Res, not_implemented_error};

/// The operations behind type parameters and `type` statements.
pub(crate) fn intrinsic(_id: i32, _values: &[Ref]) -> Res {
    Err(not_implemented_error!("type parameters and type statements are not supported"))
}
