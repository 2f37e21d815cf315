//! `bytes` and `bytearray`: splitting and joining.

use std::ops::Range;

use ouro_heap::{OutOfMemory, Ref};

use super::{Kind, View, like, require};
use crate::{
    error::{Res, take_if},
    objects::{
        arguments::{self, name_of},
        class::Class,
        exception::ExceptionKind,
        list, tuple,
        units::{edit, search, split},
    },
    protocol::{iterate, object},
    type_error, value_error,
};

/// White space of ASCII.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 0x09..=0x0D)
}

fn options(args: &[Option<Ref>]) -> Res<(Option<View>, usize)> {
    let most = arguments::limit(args[2].as_ref())?;
    let Some(separator) = arguments::given(args[1].as_ref()) else { return Ok((None, most)) };
    Ok((Some(separator_view(separator)?), most))
}

fn separator_view(separator: &Ref) -> Res<View> {
    let separator = require(separator)?;
    if separator.is_empty() {
        return Err(value_error!("empty separator"));
    }
    Ok(separator)
}

fn receiver(args: &[Option<Ref>]) -> &Ref {
    args[0].as_ref().expect("a method has a receiver")
}

/// A list of the parts that a function of the bytes chooses.
fn pieces<K: Kind>(object: &Ref, cut: impl FnOnce(&[u8]) -> Vec<Range<usize>>) -> Res {
    let parts = K::with(object, |data| {
        cut(data).into_iter().map(|range| K::make(&data[range])).collect::<Res<Vec<_>>>()
    });
    Ok(list::from_vec(parts?)?.into_any())
}

pub(super) fn split_method<K: Kind>(args: &[Option<Ref>]) -> Res {
    let (separator, most) = options(args)?;
    pieces::<K>(receiver(args), |data| match &separator {
        None => split::words(data, most, is_space),
        Some(separator) => split::split(data, separator, most),
    })
}

pub(super) fn rsplit_method<K: Kind>(args: &[Option<Ref>]) -> Res {
    let (separator, most) = options(args)?;
    pieces::<K>(receiver(args), |data| match &separator {
        None => split::rwords(data, most, is_space),
        Some(separator) => split::rsplit(data, separator, most),
    })
}

pub(super) fn splitlines<K: Kind>(args: &[Option<Ref>]) -> Res {
    let keep_ends = args[1].as_ref().map_or(Ok(false), object::is_true)?;
    pieces::<K>(receiver(args), |data| split::lines(data, keep_ends, |byte| matches!(byte, b'\n' | b'\r')))
}

fn parts<K: Kind>(args: &[Ref], search: impl FnOnce(&[u8], &[u8]) -> Option<usize>, from_right: bool) -> Res {
    let separator = separator_view(&args[1])?;
    let [head, middle, tail] = K::with(&args[0], |data| {
        let length = data.len();
        match search(data, &separator) {
            Some(found) => {
                let end = found + separator.len();
                [0..found, found..end, end..length].map(Some)
            }
            None if from_right => [None, None, Some(0..length)],
            None => [Some(0..length), None, None],
        }
    })
    .map(|range| match range {
        Some(range) => search_part::<K>(&args[0], range),
        None => K::make(&[]),
    });
    Ok(tuple::from_vec(vec![head?, middle?, tail?]).into_any())
}

fn search_part<K: Kind>(object: &Ref, range: Range<usize>) -> Res {
    super::search::part::<K>(object, |data| range.start.min(data.len())..range.end.min(data.len()))
}

pub(super) fn partition<K: Kind>(args: &[Ref]) -> Res {
    parts::<K>(args, search::find, false)
}

pub(super) fn rpartition<K: Kind>(args: &[Ref]) -> Res {
    parts::<K>(args, search::rfind, true)
}

pub(super) fn join<K: Kind>(args: &[Ref]) -> Res {
    let iterator = match iterate::iter(&args[1]) {
        Ok(iterator) => iterator,
        Err(raised) => {
            drop(take_if(raised, ExceptionKind::TypeError)?);
            return Err(type_error!("can only join an iterable"));
        }
    };
    let mut views = Vec::new();
    // While the items are made the separator must not change its size.
    let hold = Class::of(&args[0]).slots.0.buffer.get().map(|buffer| buffer.hold);
    if let Some(hold) = hold {
        hold(&args[0], true);
    }
    let items = iterate::collect(&iterator);
    if let Some(hold) = hold {
        hold(&args[0], false);
    }
    let items = items?;
    for (position, item) in items.iter().enumerate() {
        let Some(view) = like(item)? else {
            return Err(type_error!(
                "sequence item {position}: expected a bytes-like object, {} found",
                name_of(item)
            ));
        };
        views.push(view);
    }
    let joined = K::with(&args[0], |separator| {
        let length = separator.len().checked_mul(views.len().saturating_sub(1));
        let length = views.iter().try_fold(length?, |length, view| length.checked_add(view.len()))?;
        let mut out = edit::reserved(length).ok()?;
        for (position, view) in views.iter().enumerate() {
            if position > 0 {
                out.extend_from_slice(separator);
            }
            out.extend_from_slice(view);
        }
        Some(out)
    });
    K::make(&joined.ok_or(OutOfMemory)?)
}
