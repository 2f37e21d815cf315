//! `bytes` and `bytearray`: the methods that see ASCII text.

use ouro_heap::Ref;

use super::{Kind, split::is_space};
use crate::{
    error::Res,
    objects::{bool_, str},
};

fn mapped<K: Kind>(args: &[Ref], change: impl FnOnce(&mut [u8])) -> Res {
    let mut data = K::with(&args[0], |data| data.to_vec());
    change(&mut data);
    K::make(&data)
}

pub(super) fn upper<K: Kind>(args: &[Ref]) -> Res {
    mapped::<K>(args, |data| data.make_ascii_uppercase())
}

pub(super) fn lower<K: Kind>(args: &[Ref]) -> Res {
    mapped::<K>(args, |data| data.make_ascii_lowercase())
}

pub(super) fn capitalize<K: Kind>(args: &[Ref]) -> Res {
    mapped::<K>(args, str::capitalize_ascii)
}

pub(super) fn swapcase<K: Kind>(args: &[Ref]) -> Res {
    mapped::<K>(args, str::swap_ascii)
}

pub(super) fn title<K: Kind>(args: &[Ref]) -> Res {
    mapped::<K>(args, str::title_ascii)
}

/// Whether there are bytes and all of them have a property.
fn all<K: Kind>(args: &[Ref], property: impl Fn(u8) -> bool) -> Res {
    Ok(bool_::new(K::with(&args[0], |data| !data.is_empty() && data.iter().all(|&byte| property(byte)))))
}

pub(super) fn isalnum<K: Kind>(args: &[Ref]) -> Res {
    all::<K>(args, |byte| byte.is_ascii_alphanumeric())
}

pub(super) fn isalpha<K: Kind>(args: &[Ref]) -> Res {
    all::<K>(args, |byte| byte.is_ascii_alphabetic())
}

pub(super) fn isdigit<K: Kind>(args: &[Ref]) -> Res {
    all::<K>(args, |byte| byte.is_ascii_digit())
}

pub(super) fn isspace<K: Kind>(args: &[Ref]) -> Res {
    all::<K>(args, is_space)
}

pub(super) fn isascii<K: Kind>(args: &[Ref]) -> Res {
    Ok(bool_::new(K::with(&args[0], |data| data.is_ascii())))
}

pub(super) fn isupper<K: Kind>(args: &[Ref]) -> Res {
    Ok(bool_::new(K::with(&args[0], |data| {
        data.iter().any(u8::is_ascii_uppercase) && !data.iter().any(u8::is_ascii_lowercase)
    })))
}

pub(super) fn islower<K: Kind>(args: &[Ref]) -> Res {
    Ok(bool_::new(K::with(&args[0], |data| {
        data.iter().any(u8::is_ascii_lowercase) && !data.iter().any(u8::is_ascii_uppercase)
    })))
}

pub(super) fn istitle<K: Kind>(args: &[Ref]) -> Res {
    Ok(bool_::new(K::with(&args[0], |data| {
        let (mut in_word, mut found) = (false, false);
        for byte in data {
            if (byte.is_ascii_uppercase() && in_word) || (byte.is_ascii_lowercase() && !in_word) {
                return false;
            }
            in_word = byte.is_ascii_alphabetic();
            found |= in_word;
        }
        found
    })))
}
