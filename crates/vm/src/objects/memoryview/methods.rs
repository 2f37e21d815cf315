//! `memoryview`: methods and attributes.

use ouro_heap::Ref;

use super::{MemoryView, class::payload, none};
use crate::{
    error::Res,
    objects::{
        arguments, bool_, bytes, int, list,
        str::{self, StrExt},
        tuple,
    },
    value_error,
};

pub(super) fn release(args: &[Ref]) -> Res {
    payload(&args[0]).release();
    none()
}

pub(super) fn enter(args: &[Ref]) -> Res {
    payload(&args[0]).exporter()?;
    Ok(args[0].clone())
}

fn receiver(args: &[Option<Ref>]) -> &MemoryView {
    args[0].as_ref().map(payload).expect("a method has a receiver")
}

pub(super) fn hex(args: &[Option<Ref>]) -> Res {
    bytes::hex_text(&receiver(args).to_vec()?, args[1].as_ref(), args[2].as_ref())
}

pub(super) fn tobytes(args: &[Option<Ref>]) -> Res {
    let view = receiver(args);
    view.exporter()?;
    let order = arguments::keyword_text("tobytes", "order", arguments::given(args[1].as_ref()))?;
    let mut by_columns = false;
    if let Some(order) = order {
        match &*order.to_text() {
            "C" => {}
            "F" => by_columns = true,
            "A" => by_columns = view.is_fortran_contiguous() && !view.is_contiguous(),
            _ => return Err(value_error!("order must be 'C', 'F' or 'A'")),
        }
    }
    let data = if by_columns && view.shape.len() > 1 { columns(view)? } else { view.to_vec()? };
    Ok(bytes::try_new(&data)?.into_any())
}

/// The bytes of all items, the first dimension running fastest.
fn columns(view: &MemoryView) -> Res<Vec<u8>> {
    let shape = view.shape.iter().rev().copied().collect();
    let strides = view.strides.iter().rev().copied().collect();
    view.derive(view.offset, shape, strides, view.format, view.readonly)?.to_vec()
}

pub(super) fn tolist(args: &[Ref]) -> Res {
    let view = payload(&args[0]);
    view.exporter()?;
    nested(view, 0, view.offset)
}

fn nested(view: &MemoryView, dimension: usize, place: isize) -> Res {
    if dimension == view.shape.len() {
        return view.item_at(place);
    }
    let (length, stride) = (view.shape[dimension] as isize, view.strides[dimension]);
    let items: Res<Vec<Ref>> =
        (0..length).map(|index| nested(view, dimension + 1, place + index * stride)).collect();
    Ok(list::from_vec(items?)?.into_any())
}

pub(super) fn toreadonly(args: &[Ref]) -> Res {
    let view = payload(&args[0]);
    Ok(view.derive(view.offset, view.shape.clone(), view.strides.clone(), view.format, true)?.into_any())
}

/// A view that has not been released.
fn live(object: &Ref) -> Res<&MemoryView> {
    let view = payload(object);
    view.exporter()?;
    Ok(view)
}

pub(super) fn nbytes(object: &Ref) -> Res {
    Ok(int::from_usize(live(object)?.byte_count()))
}

pub(super) fn readonly(object: &Ref) -> Res {
    Ok(bool_::new(live(object)?.readonly))
}

pub(super) fn itemsize(object: &Ref) -> Res {
    Ok(int::from_usize(live(object)?.item_size))
}

pub(super) fn format(object: &Ref) -> Res {
    Ok(str::new(format_text(live(object)?.format)).into_any())
}

/// A format as text.
pub(super) fn format_text(format: u8) -> &'static str {
    const ALL: &str = "?BHILNPQbcdfhilnquw";
    match ALL.bytes().position(|other| other == format) {
        Some(at) => &ALL[at..at + 1],
        None => "B",
    }
}

pub(super) fn ndim(object: &Ref) -> Res {
    Ok(int::from_usize(live(object)?.shape.len()))
}

pub(super) fn shape(object: &Ref) -> Res {
    let lengths = live(object)?.shape.iter().map(|&length| int::from_usize(length)).collect();
    Ok(tuple::from_vec(lengths).into_any())
}

pub(super) fn strides(object: &Ref) -> Res {
    let strides = live(object)?.strides.iter().map(|&stride| int::new(stride as i64)).collect();
    Ok(tuple::from_vec(strides).into_any())
}

pub(super) fn suboffsets(object: &Ref) -> Res {
    live(object)?;
    Ok(tuple::empty().into_any())
}

pub(super) fn c_contiguous(object: &Ref) -> Res {
    Ok(bool_::new(live(object)?.is_contiguous()))
}

pub(super) fn f_contiguous(object: &Ref) -> Res {
    Ok(bool_::new(live(object)?.is_fortran_contiguous()))
}

pub(super) fn contiguous(object: &Ref) -> Res {
    let view = live(object)?;
    Ok(bool_::new(view.is_contiguous() || view.is_fortran_contiguous()))
}
