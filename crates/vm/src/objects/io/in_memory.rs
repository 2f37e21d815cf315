//! What `BytesIO` and `StringIO` have in common: files that are in memory.

use ouro_heap::{Payload, Ref};

use super::{none, unsupported};
use crate::{error::Res, objects::bool_};

/// A file in memory.
pub(super) trait InMemory: Payload {
    /// Whether `close()` was called.
    fn is_closed(&self) -> bool;

    /// ValueError once the file is closed.
    fn check_open(&self) -> Res<()>;
}

/// The payload of a file.
pub(super) fn file<F: InMemory>(object: &Ref) -> &F {
    object.payload::<F>().expect("the receiver is a file of this class")
}

pub(super) fn flush<F: InMemory>(args: &[Ref]) -> Res {
    file::<F>(&args[0]).check_open()?;
    none()
}

pub(super) fn truth<F: InMemory>(args: &[Ref]) -> Res {
    file::<F>(&args[0]).check_open()?;
    Ok(bool_::new(true))
}

pub(super) fn untruth<F: InMemory>(args: &[Ref]) -> Res {
    file::<F>(&args[0]).check_open()?;
    Ok(bool_::new(false))
}

pub(super) fn fileno(_args: &[Ref]) -> Res {
    Err(unsupported("fileno"))
}

pub(super) fn detach(_args: &[Ref]) -> Res {
    Err(unsupported("detach"))
}

pub(super) fn enter<F: InMemory>(args: &[Ref]) -> Res {
    file::<F>(&args[0]).check_open()?;
    Ok(args[0].clone())
}

pub(super) fn iter<F: InMemory>(object: &Ref) -> Res {
    enter::<F>(std::slice::from_ref(object))
}

pub(super) fn get_closed<F: InMemory>(object: &Ref) -> Res {
    Ok(bool_::new(file::<F>(object).is_closed()))
}
