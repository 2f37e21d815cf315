//! What differs between `bytes` and `bytearray` in the methods that they share.

use ouro_heap::Ref;

use super::Bytes;
use crate::{
    error::Res,
    objects::bytearray::{self, ByteArray},
};

/// One of the two classes.
pub(crate) trait Kind: 'static {
    /// Lends the bytes of an instance to a function that runs no Python code.
    fn with<R>(object: &Ref, look: impl FnOnce(&[u8]) -> R) -> R;

    /// A new object.
    fn make(data: &[u8]) -> Res;

    /// The result of a method that changes nothing.
    fn same(object: &Ref) -> Res;
}

/// `bytes`
pub(crate) struct BytesKind;

impl Kind for BytesKind {
    #[inline]
    fn with<R>(object: &Ref, look: impl FnOnce(&[u8]) -> R) -> R {
        look(object.payload::<Bytes>().expect("the receiver is a bytes object").items())
    }

    #[inline]
    fn make(data: &[u8]) -> Res {
        Ok(super::try_new(data)?.into_any())
    }

    fn same(object: &Ref) -> Res {
        if object.is_exact::<Bytes>() { Ok(object.clone()) } else { Self::with(object, Self::make) }
    }
}

/// `bytearray`
pub(crate) struct ByteArrayKind;

impl Kind for ByteArrayKind {
    #[inline]
    fn with<R>(object: &Ref, look: impl FnOnce(&[u8]) -> R) -> R {
        object.payload::<ByteArray>().expect("the receiver is a bytearray").data.with(|data| look(data))
    }

    fn make(data: &[u8]) -> Res {
        Ok(bytearray::new(data)?.into_any())
    }

    fn same(object: &Ref) -> Res {
        Self::with(object, Self::make)
    }
}
