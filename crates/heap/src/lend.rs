//! References lent for the length of a call, without counting: a native function gets its arguments in a row, and who
//! calls it owns them until it has returned.

use std::mem::{self, ManuallyDrop};

use crate::reference::Ref;

/// Rows of up to this many references are lent from the native stack.
pub const LENT: usize = 8;

/// The references seen as optional ones, all of them given.
#[inline(always)]
pub fn as_given(items: &[Ref]) -> &[Option<Ref>] {
    // SAFETY: `Ref` is transparent over a non-null pointer, so that an optional one has the same layout.
    unsafe { mem::transmute::<&[Ref], &[Option<Ref>]>(items) }
}

/// Lends the references with as many empty places behind them as make `len` (at most `ROOM`).
///
/// Panics if `len` is too large.
#[inline(always)]
pub fn with_padding<const ROOM: usize, R>(
    items: &[Ref],
    len: usize,
    body: impl FnOnce(&[Option<Ref>]) -> R,
) -> R {
    const EMPTY: ManuallyDrop<Option<Ref>> = ManuallyDrop::new(None);
    let mut row = [EMPTY; ROOM];
    for (place, item) in row.iter_mut().zip(items) {
        *place = ManuallyDrop::new(Some(copy(item)));
    }
    // SAFETY: `ManuallyDrop` is transparent. The copies are never dropped and not used after the originals, which are
    // borrowed for the whole call.
    body(unsafe { mem::transmute::<&[ManuallyDrop<Option<Ref>>], &[Option<Ref>]>(&row[..len]) })
}

/// Lends a reference and others behind it.
#[inline(always)]
pub fn with_first<R>(first: &Ref, others: &[Ref], body: impl FnOnce(&[Ref]) -> R) -> R {
    if others.len() >= LENT {
        let all: Vec<Ref> = std::iter::once(first).chain(others).cloned().collect();
        return body(&all);
    }
    let mut row = [const { mem::MaybeUninit::<ManuallyDrop<Ref>>::uninit() }; LENT];
    row[0].write(ManuallyDrop::new(copy(first)));
    for (place, item) in row[1..].iter_mut().zip(others) {
        place.write(ManuallyDrop::new(copy(item)));
    }
    // SAFETY: so many places have been written. The rest as in `with_padding`.
    body(unsafe { mem::transmute::<&[mem::MaybeUninit<ManuallyDrop<Ref>>], &[Ref]>(&row[..=others.len()]) })
}

/// A second reference that is not counted.
#[inline(always)]
fn copy(item: &Ref) -> Ref {
    // SAFETY: the callers never drop the copy and let it end before the original.
    unsafe { Ref::from_raw(item.as_ptr()) }
}
