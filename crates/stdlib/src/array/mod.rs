//! `array`: numbers and characters in their machine form, side by side.

mod class;
mod codes;
mod files;
mod methods;
mod slices;

use std::cell::Cell;

use ouro_heap::{Buffer, Interior, Opaque, OutOfMemory, Payload, Ref, alloc, alloc_as};
use ouro_vm::{
    boot, buffer_error,
    error::Res,
    import,
    native::{NativeDef, plain},
    objects::{module, str},
    protocol::call,
    state::shared,
    types,
};

use crate::support::{attribute_text, text, this};
use codes::TypeCode;

/// Fills the module `array`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    boot::add_class(&class::ARRAY_ITERATOR);
    let class = boot::add_class(&class::ARRAY).into_any();
    module::set(module, "array", class.clone())?;
    module::set(module, "ArrayType", class.clone())?;
    let letters: String = codes::ALL.iter().map(|(_, letter)| *letter).collect();
    module::set(module, "typecodes", text(&letters))?;
    module::add_functions(module, &FUNCTIONS);
    // If the abstract classes come later, they register the class themselves.
    if let Some(abstract_classes) = import::loaded(&str::intern("_collections_abc")) {
        let base = attribute_text(&abstract_classes, "MutableSequence")?;
        call::call(&attribute_text(&base, "register")?, &[class])?;
    }
    Ok(())
}

static FUNCTIONS: [NativeDef; 1] = [plain(
    "_array_reconstructor",
    "(arraytype, typecode, mformat_code, items, /)",
    methods::reconstruct,
    "Internal. Used for pickling support.",
)];

/// An array's payload.
#[derive(Payload)]
#[payload(types::ARRAY)]
struct Array {
    code: Opaque<TypeCode>,
    bytes: Interior<Buffer<u8>>,
    /// Memoryviews that look at the bytes: while there are any, the length stays.
    exports: Cell<usize>,
}

impl Array {
    fn new(code: TypeCode) -> Array {
        Array { code: Opaque(code), bytes: Interior::new(Buffer::new()), exports: Cell::new(0) }
    }

    /// An array of exactly these bytes.
    fn of_bytes(code: TypeCode, bytes: Vec<u8>) -> Result<Array, OutOfMemory> {
        Ok(Array {
            code: Opaque(code),
            bytes: Interior::new(Buffer::from_vec(bytes)?),
            exports: Cell::new(0),
        })
    }

    #[inline]
    fn code(&self) -> TypeCode {
        self.code.0
    }

    #[inline]
    fn size(&self) -> usize {
        self.code.0.size()
    }

    #[inline]
    fn len(&self) -> usize {
        self.bytes.with(|bytes| bytes.len()) / self.size()
    }

    /// The object of the item at an index, if there is one.
    #[inline]
    fn get(&self, index: usize) -> Option<Ref> {
        let size = self.size();
        let item = self.bytes.with(|bytes| {
            let item = bytes.get(index * size..(index + 1) * size)?;
            let mut copy = [0; 8];
            copy[..size].copy_from_slice(item);
            Some(copy)
        });
        item.map(|item| self.code().decode(&item[..size]))
    }

    /// BufferError if the length may not change now.
    fn check_resizable(&self) -> Res<()> {
        if self.exports.get() > 0 {
            return Err(buffer_error!("cannot resize an array that is exporting buffers"));
        }
        Ok(())
    }

    /// Changes the number of items; new ones are zero. Storage grows and shrinks as CPython's `array_resize` has it.
    fn resize(&self, len: usize) -> Res<()> {
        let size = self.size();
        let old = self.len();
        if len != old {
            self.check_resizable()?;
        }
        let wanted =
            len.checked_mul(size).filter(|&bytes| bytes <= isize::MAX as usize).ok_or(OutOfMemory)?;
        self.bytes.with_mut(|bytes| {
            let room = bytes.capacity() / size;
            let keep = room >= len && old < len + 16 && room > 0;
            if len == 0 {
                bytes.set_filled(0, 0);
                return bytes.set_capacity(0);
            }
            if !keep {
                let extra = (len >> 4) + if old < 8 { 3 } else { 7 };
                bytes.set_filled(bytes.len().min(wanted), 0);
                bytes.set_capacity((len + extra).checked_mul(size).ok_or(OutOfMemory)?)?;
            }
            bytes.set_filled(wanted, 0);
            Ok(())
        })?;
        Ok(())
    }

    /// Encodes an object and puts it at the end.
    #[inline]
    fn push(&self, object: &Ref) -> Res<()> {
        let item = self.code().encode(object)?;
        let len = self.len();
        self.resize(len + 1)?;
        self.write(len, &item);
        Ok(())
    }

    /// Overwrites the item at an index, which must exist.
    #[inline]
    fn write(&self, index: usize, item: &[u8; 8]) {
        let size = self.size();
        self.bytes.with_mut(|bytes| bytes[index * size..(index + 1) * size].copy_from_slice(&item[..size]));
    }

    /// Inserts encoded bytes before an index.
    fn insert(&self, index: usize, items: &[u8]) -> Res<()> {
        let (size, len) = (self.size(), self.len());
        self.resize(len + items.len() / size)?;
        self.bytes.with_mut(|bytes| {
            bytes.copy_within(index * size..len * size, index * size + items.len());
            bytes[index * size..index * size + items.len()].copy_from_slice(items);
        });
        Ok(())
    }

    /// Removes the items from `start` to `end`.
    fn remove(&self, start: usize, end: usize) -> Res<()> {
        if start >= end {
            return Ok(());
        }
        self.check_resizable()?;
        let (size, len) = (self.size(), self.len());
        self.bytes.with_mut(|bytes| bytes.copy_within(end * size..len * size, start * size));
        self.resize(len - (end - start))
    }

    /// A copy of all bytes.
    fn copy_bytes(&self) -> Vec<u8> {
        self.bytes.with(|bytes| bytes.to_vec())
    }
}

/// The payload of a receiver.
#[inline]
fn array(object: &Ref) -> &Array {
    this::<Array>(object)
}

/// An array object of a class with this payload.
fn object_of(index: u32, payload: Array) -> Ref {
    if index == types::ARRAY { alloc(payload).into_any() } else { alloc_as(index, payload).into_any() }
}

fn none() -> Res {
    Ok(shared().none.clone())
}
