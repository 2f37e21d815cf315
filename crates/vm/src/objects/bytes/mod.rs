//! `bytes`: storage, and how other code reads anything bytes-like.

mod class;
mod convert;
mod edit;
mod iterator;
mod kind;
mod methods;
mod search;
mod split;
mod text;

use std::{cell::Cell, ops::Deref};

use ouro_heap::{
    OutOfMemory, Ref, Trace, alloc_bytes,
    allocate::{Grant, check_request},
    tailed_payload,
};

use super::{bytearray::ByteArray, class::Class, str};
use crate::{error::Res, objects::arguments::name_of, state::shared, type_error, types};

pub use class::BYTES;
pub(crate) use class::{compare_bytes, pick, quoted, repeat_bytes};
pub(crate) use convert::{Source, byte, bytes_of_iterable, construct_data, hex_text};
pub(crate) use edit::concat as concat_bytes;
pub use iterator::BYTES_ITERATOR;
pub(crate) use kind::{ByteArrayKind, Kind};
pub(crate) use methods::{Methods, SHARED, with_more};
pub(crate) use search::contains;

/// The fixed part of a bytes object.
#[derive(Trace)]
pub struct BytesHead {
    hash: Cell<i64>,
}

tailed_payload!(
    /// A bytes object's payload; `items()` gives the bytes.
    Bytes, "bytes", types::BYTES, BytesHead, u8
);

/// No hash has been computed yet.
const UNHASHED: i64 = -1;

/// A bytes object; the shared ones for none and for one byte. Panics if the heap has no room.
pub fn new(data: &[u8]) -> Ref<Bytes> {
    // Where they pass the limit, MemoryError comes a moment later.
    let _grant = Grant::new();
    try_new(data).expect("bytes that can be too large are made with `try_new`")
}

/// A bytes object; the shared ones for none and for one byte.
pub fn try_new(data: &[u8]) -> Result<Ref<Bytes>, OutOfMemory> {
    let shared_one = match *data {
        [] => &shared().empty_bytes,
        [byte] => &shared().single_bytes[byte as usize],
        _ => return new_as(types::BYTES, data),
    };
    Ok(shared_one.downcast::<Bytes>().expect("shared bytes are bytes").clone())
}

/// A new bytes object, or an instance of a subclass.
pub fn new_as(index: u32, data: &[u8]) -> Result<Ref<Bytes>, OutOfMemory> {
    alloc_bytes(index, BytesHead { hash: Cell::new(UNHASHED) }, data.len(), |tail| tail.put(data))
}

/// A new bytes object of one text and another.
fn joined(first: &[u8], second: &[u8]) -> Result<Ref<Bytes>, OutOfMemory> {
    let length = first.len().checked_add(second.len()).ok_or(OutOfMemory)?;
    alloc_bytes(types::BYTES, BytesHead { hash: Cell::new(UNHASHED) }, length, |tail| {
        tail.put(first);
        tail.put(second);
    })
}

/// The bytes of a bytes object (subclasses included).
#[inline]
pub fn of_bytes(object: &Ref) -> Option<&[u8]> {
    object.payload::<Bytes>().map(|bytes| bytes.items())
}

/// Whether an object is a bytes object (subclasses included).
pub fn is_bytes(object: &Ref) -> bool {
    object.has_layout::<Bytes>()
}

/// Whether an object is a bytearray (subclasses included).
pub fn is_bytearray(object: &Ref) -> bool {
    object.has_layout::<ByteArray>()
}

/// The hash of a bytes object, computed once. Equal text and bytes have equal hashes.
pub fn hash(bytes: &Bytes) -> i64 {
    let known = bytes.head.hash.get();
    if known != UNHASHED {
        return known;
    }
    let hash = str::hash_bytes(bytes.items());
    bytes.head.hash.set(hash);
    hash
}

/// The bytes of a bytes-like object, held: what cannot change is shared, all else is copied.
#[derive(Debug)]
pub enum View {
    /// A bytes object.
    Shared(Ref<Bytes>),
    /// A copy.
    Copied(Vec<u8>),
}

impl Deref for View {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            View::Shared(bytes) => bytes.items(),
            View::Copied(data) => data,
        }
    }
}

/// The bytes of an object, if it is bytes-like.
pub fn like(object: &Ref) -> Res<Option<View>> {
    if let Some(bytes) = object.downcast::<Bytes>() {
        return Ok(Some(View::Shared(bytes.clone())));
    }
    let Some(buffer) = Class::of(object).slots.0.buffer.get() else { return Ok(None) };
    let mut copy = Ok(Vec::new());
    (buffer.read)(object, &mut |data| {
        copy = check_request(data.len()).map(|()| data.to_vec());
    })?;
    Ok(Some(View::Copied(copy?)))
}

/// The bytes of an object; TypeError if it is not bytes-like.
pub fn require(object: &Ref) -> Res<View> {
    match like(object)? {
        Some(view) => Ok(view),
        None => Err(type_error!("a bytes-like object is required, not '{}'", name_of(object))),
    }
}

/// Makes the shared objects for one byte each.
pub(crate) fn make_single_bytes() -> Vec<Ref> {
    (0..=255u8).map(|byte| fresh(&[byte])).collect()
}

/// Makes the shared empty object.
pub(crate) fn make_empty() -> Ref {
    fresh(&[])
}

/// A new bytes object, even where a shared one exists.
fn fresh(data: &[u8]) -> Ref {
    new_as(types::BYTES, data).expect("the shared bytes objects are made while there is room").into_any()
}

/// How many bytes can be written to a bytes-like object; TypeError if it cannot be written to.
pub fn writable_len(object: &Ref) -> Res<usize> {
    let mut len = 0;
    with_writable(object, &mut |data| len = data.len())?;
    Ok(len)
}

/// Writes to the start of a bytes-like object, which must have the room.
pub fn write_into(object: &Ref, bytes: &[u8]) -> Res<()> {
    with_writable(object, &mut |data| {
        let count = data.len().min(bytes.len());
        data[..count].copy_from_slice(&bytes[..count]);
    })
}

fn with_writable(object: &Ref, work: &mut dyn FnMut(&mut [u8])) -> Res<()> {
    match Class::of(object).slots.0.buffer.get().and_then(|buffer| buffer.write) {
        Some(write) => write(object, work),
        None => Err(type_error!("read-write bytes-like object expected, not {}", name_of(object))),
    }
}
