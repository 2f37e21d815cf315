//! `memoryview`: storage, and how views reach the memory of others.

mod cast;
mod class;
mod item;
mod methods;

use std::cell::Cell;

use ouro_heap::{Payload, Ref, Slot, alloc};

use crate::{
    error::Res,
    objects::{arguments::name_of, class::Class, slots::BufferSlot},
    state::shared,
    type_error, types, value_error,
};

pub use class::MEMORYVIEW;

/// A view of the memory of another object: items of a format at regular distances, in any number of dimensions.
#[derive(Payload)]
#[payload(types::MEMORYVIEW)]
pub struct MemoryView {
    /// The object whose memory it is; nothing after `release()`.
    exporter: Slot,
    /// Where the first item starts.
    offset: isize,
    /// The items in each dimension.
    shape: Vec<usize>,
    /// The bytes between items in each dimension.
    strides: Vec<isize>,
    format: u8,
    item_size: usize,
    readonly: bool,
    hash: Cell<i64>,
}

impl Drop for MemoryView {
    fn drop(&mut self) {
        self.release();
    }
}

/// No hash has been computed yet.
const UNHASHED: i64 = -1;

/// The buffer slot of an object, if it lends its memory.
pub(super) fn buffer_of(object: &Ref) -> Option<&'static BufferSlot> {
    Class::of(object).slots.0.buffer.get()
}

/// A view of the whole memory of an object.
pub fn new(object: &Ref) -> Res<Ref<MemoryView>> {
    if let Some(view) = object.payload::<MemoryView>() {
        return view.derive(
            view.offset,
            view.shape.clone(),
            view.strides.clone(),
            view.format,
            view.readonly,
        );
    }
    let Some(buffer) = buffer_of(object) else {
        return Err(type_error!("memoryview: a bytes-like object is required, not '{}'", name_of(object)));
    };
    let (format, item_size) = (buffer.item)(object);
    let mut length = 0;
    (buffer.read)(object, &mut |data| length = data.len())?;
    let format = format.bytes().last().unwrap_or(b'B');
    let shape = vec![length / item_size.max(1)];
    let strides = vec![item_size as isize];
    Ok(make(object.clone(), 0, shape, strides, format, item_size, buffer.write.is_none()))
}

fn make(
    exporter: Ref,
    offset: isize,
    shape: Vec<usize>,
    strides: Vec<isize>,
    format: u8,
    item_size: usize,
    readonly: bool,
) -> Ref<MemoryView> {
    if let Some(buffer) = buffer_of(&exporter) {
        (buffer.hold)(&exporter, true);
    }
    let (exporter, hash) = (Slot::new(Some(exporter)), Cell::new(UNHASHED));
    alloc(MemoryView { exporter, offset, shape, strides, format, item_size, readonly, hash })
}

impl MemoryView {
    /// The object whose memory it is; ValueError if the view has been released.
    pub(super) fn exporter(&self) -> Res {
        self.exporter.get().ok_or_else(|| value_error!("operation forbidden on released memoryview object"))
    }

    pub(super) fn is_released(&self) -> bool {
        self.exporter.is_empty()
    }

    /// Lets the memory go.
    pub(super) fn release(&self) {
        if let Some(exporter) = self.exporter.take()
            && let Some(buffer) = buffer_of(&exporter)
        {
            (buffer.hold)(&exporter, false);
        }
    }

    /// Another view of the same memory.
    pub(super) fn derive(
        &self,
        offset: isize,
        shape: Vec<usize>,
        strides: Vec<isize>,
        format: u8,
        readonly: bool,
    ) -> Res<Ref<MemoryView>> {
        let item_size = item::size(format).unwrap_or(self.item_size);
        Ok(make(self.exporter()?, offset, shape, strides, format, item_size, readonly))
    }

    /// The number of items.
    pub(super) fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// The number of bytes of all items.
    pub(super) fn byte_count(&self) -> usize {
        self.count() * self.item_size
    }

    /// Whether the items lie side by side in the order of the last dimension.
    pub(super) fn is_contiguous(&self) -> bool {
        let mut distance = self.item_size as isize;
        for (&length, &stride) in self.shape.iter().zip(&self.strides).rev() {
            if length > 1 && stride != distance {
                return false;
            }
            distance *= length as isize;
        }
        true
    }

    /// The same in the order of the first dimension.
    pub(super) fn is_fortran_contiguous(&self) -> bool {
        let mut distance = self.item_size as isize;
        for (&length, &stride) in self.shape.iter().zip(&self.strides) {
            if length > 1 && stride != distance {
                return false;
            }
            distance *= length as isize;
        }
        true
    }

    /// Where each item starts, in order.
    pub(super) fn places(&self) -> Vec<isize> {
        let mut places = vec![self.offset];
        for (&length, &stride) in self.shape.iter().zip(&self.strides) {
            places = places
                .iter()
                .flat_map(|&place| (0..length as isize).map(move |index| place + index * stride))
                .collect();
        }
        places
    }

    /// Lends the memory of the exporter.
    fn read(&self, look: &mut dyn FnMut(&[u8])) -> Res<()> {
        let exporter = self.exporter()?;
        match buffer_of(&exporter) {
            Some(buffer) => (buffer.read)(&exporter, look),
            None => Ok(()),
        }
    }

    /// The bytes of an item.
    pub(super) fn item_at(&self, place: isize) -> Res<Ref> {
        let mut item = [0; 8];
        let size = self.item_size;
        self.read(&mut |data| {
            if let Some(bytes) = data.get(place as usize..place as usize + size) {
                item[..size].copy_from_slice(bytes);
            }
        })?;
        item::unpack(self.format, &item[..size])
    }

    /// Overwrites bytes at some places: `size` of them at each.
    pub(super) fn write(&self, places: &[isize], bytes: &[u8], size: usize) -> Res<()> {
        let exporter = self.exporter()?;
        let Some(write) = buffer_of(&exporter).and_then(|buffer| buffer.write) else {
            return Err(read_only());
        };
        write(&exporter, &mut |data| {
            for (&place, item) in places.iter().zip(bytes.chunks_exact(size)) {
                if let Some(target) = data.get_mut(place as usize..place as usize + size) {
                    target.copy_from_slice(item);
                }
            }
        })
    }

    /// The bytes of all items in order.
    pub(super) fn to_vec(&self) -> Res<Vec<u8>> {
        ouro_heap::allocate::check_request(self.byte_count())?;
        let mut out = Vec::with_capacity(self.byte_count());
        let (start, size, total) = (self.offset as usize, self.item_size, self.byte_count());
        let places = if self.is_contiguous() { None } else { Some(self.places()) };
        self.read(&mut |data| match &places {
            None => out.extend_from_slice(data.get(start..start + total).unwrap_or_default()),
            Some(places) => {
                for &place in places {
                    out.extend_from_slice(
                        data.get(place as usize..place as usize + size).unwrap_or_default(),
                    );
                }
            }
        })?;
        Ok(out)
    }

    /// Whether the items are plain bytes, so that bytes can be compared and hashed as they are.
    pub(super) fn is_bytes(&self) -> bool {
        matches!(self.format, b'B' | b'b' | b'c')
    }
}

fn read_only() -> crate::error::Raised {
    type_error!("cannot modify read-only memory")
}

/// `None`, as a result.
fn none() -> Res {
    Ok(shared().none.clone())
}
