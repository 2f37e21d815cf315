//! `array.fromfile` and `array.tofile`.

use ouro_heap::Ref;
use ouro_vm::{
    error::{Res, raise},
    objects::{bytes, exception::ExceptionKind, int},
    protocol::{call, number},
    type_error, value_error,
};

use super::{array, methods::append_bytes, none};
use crate::support::attribute_text;

/// The largest piece that is written in one call, as in CPython.
const PIECE: usize = 64 * 1024;

pub(super) fn from_file(args: &[Ref]) -> Res {
    let array = array(&args[0]);
    let count = number::as_isize(&args[2])?;
    let count = usize::try_from(count).map_err(|_| value_error!("negative count"))?;
    let wanted = count.checked_mul(array.size()).ok_or(ouro_heap::OutOfMemory)?;
    let read = attribute_text(&args[1], "read")?;
    let data = call::call(&read, &[int::from_usize(wanted)])?;
    if !bytes::is_bytes(&data) {
        return Err(type_error!("read() didn't return bytes"));
    }
    let data = bytes::require(&data)?;
    append_bytes(array, &data)?;
    if data.len() != wanted {
        return Err(raise(ExceptionKind::EOFError, "read() didn't return enough bytes"));
    }
    none()
}

pub(super) fn to_file(args: &[Ref]) -> Res {
    let data = array(&args[0]).copy_bytes();
    // The file is asked for its method even if there is nothing to write, piece by piece otherwise.
    let write = attribute_text(&args[1], "write")?;
    for piece in data.chunks(PIECE) {
        call::call(&write, &[bytes::try_new(piece)?.into_any()])?;
    }
    none()
}
