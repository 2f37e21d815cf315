//! `memoryview.cast`.

use ouro_heap::Ref;

use super::{MemoryView, item};
use crate::{
    error::Res,
    objects::{
        arguments, int,
        list::List,
        str::{Str, StrExt},
        tuple::Tuple,
    },
    type_error, value_error,
};

pub(super) fn cast(args: &[Option<Ref>]) -> Res {
    let [Some(this), Some(format), shape] = args else { unreachable!("the format is required") };
    let view = this.payload::<MemoryView>().expect("the receiver is a memoryview");
    view.exporter()?;
    let Some(format) = format.downcast::<Str>() else {
        return Err(type_error!(
            "cast() argument 'format' must be str, not {}",
            arguments::name_or_none(format)
        ));
    };
    if !view.is_contiguous() {
        return Err(type_error!("memoryview: casts are restricted to C-contiguous views"));
    }
    let shape = shape.as_ref().map(lengths).transpose()?;
    let dimensions = shape.as_ref().map_or(1, Vec::len);
    if shape.is_some() && view.shape.len() != 1 && dimensions != 1 {
        return Err(type_error!("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    let text = format.to_text();
    let name = text.strip_prefix('@').unwrap_or(&text);
    let (Some(format), Some(size)) = (name.bytes().next(), name.bytes().next().and_then(item::size)) else {
        return Err(not_native());
    };
    if name.len() != 1 {
        return Err(not_native());
    }
    if !view.is_bytes() && !matches!(format, b'B' | b'b' | b'c') {
        return Err(type_error!("memoryview: cannot cast between two non-byte formats"));
    }
    let total = view.byte_count();
    if total % size != 0 {
        return Err(type_error!("memoryview: length is not a multiple of itemsize"));
    }
    let shape = match shape {
        Some(shape) => {
            let product = shape.iter().try_fold(size, |product, &length| product.checked_mul(length));
            if product != Some(total) {
                return Err(type_error!("memoryview: product(shape) * itemsize != buffer size"));
            }
            shape
        }
        None => vec![total / size],
    };
    let mut strides = vec![0; shape.len()];
    let mut distance = size as isize;
    for (stride, &length) in strides.iter_mut().zip(&shape).rev() {
        *stride = distance;
        distance *= length as isize;
    }
    Ok(view.derive(view.offset, shape, strides, format, view.readonly)?.into_any())
}

fn not_native() -> crate::error::Raised {
    value_error!(
        "memoryview: destination format must be a native single character format prefixed with an optional '@'"
    )
}

/// The lengths of the dimensions.
fn lengths(shape: &Ref) -> Res<Vec<usize>> {
    let items = match (shape.payload::<List>(), shape.payload::<Tuple>()) {
        (Some(list), _) => list.snapshot(),
        (_, Some(tuple)) => tuple.items().to_vec(),
        _ => return Err(type_error!("shape must be a list or a tuple")),
    };
    if items.len() > 64 {
        return Err(value_error!("memoryview: number of dimensions must not exceed 64"));
    }
    let length = |item: &Ref| {
        let Some(value) = int::value(item) else {
            return Err(type_error!("memoryview.cast(): elements of shape must be integers"));
        };
        match value.to_i64().and_then(|value| usize::try_from(value).ok()).filter(|&value| value > 0) {
            Some(length) => Ok(length),
            None => Err(value_error!("memoryview.cast(): elements of shape must be integers > 0")),
        }
    };
    items.iter().map(length).collect()
}
