//! `bytes` and `bytearray`: stripping, padding, replacing.

use ouro_heap::{OutOfMemory, Ref};

use super::{Kind, like, require, search::part, split::is_space};
use crate::{
    error::Res,
    objects::{
        arguments::{self, name_of},
        units::edit::{self, Ends},
    },
    overflow_error, type_error, value_error,
};

fn strip_method<K: Kind>(args: &[Ref], ends: Ends) -> Res {
    let Some(chars) = arguments::given(args.get(1)) else {
        return part::<K>(&args[0], |data| edit::strip(data, ends, is_space));
    };
    let chars = require(chars)?;
    part::<K>(&args[0], |data| edit::strip(data, ends, |byte| chars.contains(&byte)))
}

pub(super) fn strip<K: Kind>(args: &[Ref]) -> Res {
    strip_method::<K>(args, Ends::Both)
}

pub(super) fn lstrip<K: Kind>(args: &[Ref]) -> Res {
    strip_method::<K>(args, Ends::Left)
}

pub(super) fn rstrip<K: Kind>(args: &[Ref]) -> Res {
    strip_method::<K>(args, Ends::Right)
}

/// The object that a function of the bytes makes; itself (or a copy) if it makes none.
fn made<K: Kind>(object: &Ref, make: impl FnOnce(&[u8]) -> Result<Option<Vec<u8>>, OutOfMemory>) -> Res {
    match K::with(object, make)? {
        Some(data) => K::make(&data),
        None => K::same(object),
    }
}

/// The width and the fill byte of `center` and its kin.
fn field(function: &str, args: &[Ref]) -> Res<(usize, u8)> {
    let width = usize::try_from(arguments::size(&args[1])?).unwrap_or(0);
    let Some(fill) = args.get(2) else { return Ok((width, b' ')) };
    if (super::is_bytes(fill) || super::is_bytearray(fill))
        && let [byte] = *require(fill)?
    {
        return Ok((width, byte));
    }
    let name = name_of(fill);
    Err(type_error!("{function}() argument 2 must be a byte string of length 1, not {name}"))
}

fn padded<K: Kind>(object: &Ref, fill: u8, padding: impl FnOnce(usize) -> (usize, usize)) -> Res {
    made::<K>(object, |data| match padding(data.len()) {
        (0, 0) => Ok(None),
        (left, right) => edit::pad(data, left, right, fill).map(Some),
    })
}

pub(super) fn center<K: Kind>(args: &[Ref]) -> Res {
    let (width, fill) = field("center", args)?;
    padded::<K>(&args[0], fill, |length| edit::center_padding(length, width))
}

pub(super) fn ljust<K: Kind>(args: &[Ref]) -> Res {
    let (width, fill) = field("ljust", args)?;
    padded::<K>(&args[0], fill, |length| (0, width.saturating_sub(length)))
}

pub(super) fn rjust<K: Kind>(args: &[Ref]) -> Res {
    let (width, fill) = field("rjust", args)?;
    padded::<K>(&args[0], fill, |length| (width.saturating_sub(length), 0))
}

pub(super) fn zfill<K: Kind>(args: &[Ref]) -> Res {
    let width = usize::try_from(arguments::size(&args[1])?).unwrap_or(0);
    made::<K>(&args[0], |data| edit::zero_fill(data, width))
}

pub(super) fn expandtabs<K: Kind>(args: &[Option<Ref>]) -> Res {
    let size = args[1].as_ref().map_or(Ok(8), arguments::c_int)?;
    let size = usize::try_from(size).unwrap_or(0);
    let object = args[0].as_ref().expect("a method has a receiver");
    match K::with(object, |data| edit::expand_tabs(data, size))? {
        Some(expanded) => K::make(&expanded),
        None => Err(overflow_error!("result too long")),
    }
}

pub(super) fn replace<K: Kind>(args: &[Ref]) -> Res {
    let old = require(&args[1])?;
    let new = require(&args[2])?;
    let most = arguments::limit(args.get(3))?;
    made::<K>(&args[0], |data| edit::replace(data, &old, &new, most))
}

pub(super) fn translate<K: Kind>(args: &[Option<Ref>]) -> Res {
    let object = args[0].as_ref().expect("a method has a receiver");
    let table = match arguments::given(args[1].as_ref()) {
        Some(table) => {
            let table = require(table)?;
            if table.len() != 256 {
                return Err(value_error!("translation table must be 256 characters long"));
            }
            Some(table)
        }
        None => None,
    };
    let mut gone = [false; 256];
    if let Some(delete) = &args[2] {
        require(delete)?.iter().for_each(|&byte| gone[byte as usize] = true);
    }
    let translated = K::with(object, |data| -> Vec<u8> {
        let kept = data.iter().filter(|&&byte| !gone[byte as usize]);
        match &table {
            Some(table) => kept.map(|&byte| table[byte as usize]).collect(),
            None => kept.copied().collect(),
        }
    });
    if K::with(object, |data| data == translated) { K::same(object) } else { K::make(&translated) }
}

pub(super) fn maketrans(args: &[Ref]) -> Res {
    let (from, to) = (require(&args[0])?, require(&args[1])?);
    if from.len() != to.len() {
        return Err(value_error!("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (&from, &to) in from.iter().zip(to.iter()) {
        table[from as usize] = to;
    }
    Ok(super::try_new(&table)?.into_any())
}

/// `a + b`: bytes-like objects of the same or of another kind.
pub(crate) fn concat<K: Kind>(a: &Ref, b: &Ref, class: &str) -> Res {
    let Some(other) = like(b)? else {
        return Err(type_error!("can't concat {} to {class}", name_of(b)));
    };
    let joined = K::with(a, |data| {
        let mut out = edit::reserved(data.len() + other.len())?;
        out.extend_from_slice(data);
        out.extend_from_slice(&other);
        Ok::<_, OutOfMemory>(out)
    });
    K::make(&joined?)
}
