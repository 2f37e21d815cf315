//! Bytes seen as the wider units that the storage of a string holds.

/// An unsigned integer without padding.
///
/// # Safety
/// Every pattern of bits is a value, and there is no padding.
pub unsafe trait PlainUnit: Copy + 'static {}

// SAFETY: an unsigned integer.
unsafe impl PlainUnit for u8 {}
// SAFETY: an unsigned integer.
unsafe impl PlainUnit for u16 {}
// SAFETY: an unsigned integer.
unsafe impl PlainUnit for u32 {}

/// The bytes as units. Panics if they are not aligned or if units are not whole, which items of tailed objects
/// never are: these start at a multiple of eight.
#[inline]
pub fn units<T: PlainUnit>(bytes: &[u8]) -> &[T] {
    // SAFETY: every pattern of bits is a unit.
    let (head, units, tail) = unsafe { bytes.align_to::<T>() };
    assert!(head.is_empty() && tail.is_empty(), "the storage holds whole units");
    units
}

/// The bytes as units to write. Panics as [`units`].
#[inline]
pub fn units_mut<T: PlainUnit>(bytes: &mut [u8]) -> &mut [T] {
    // SAFETY: every pattern of bits is a unit, and every unit is some bytes.
    let (head, units, tail) = unsafe { bytes.align_to_mut::<T>() };
    assert!(head.is_empty() && tail.is_empty(), "the storage holds whole units");
    units
}

/// Units as bytes.
#[inline]
pub fn bytes_of<T: PlainUnit>(units: &[T]) -> &[u8] {
    // SAFETY: units have no padding.
    unsafe { std::slice::from_raw_parts(units.as_ptr().cast(), size_of_val(units)) }
}
