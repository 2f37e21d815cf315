//! `list`: storage.

use ouro_heap::{Buffer, Interior, OutOfMemory, Payload, Ref, alloc};

use crate::types;

/// A list's payload: a header block and a growing buffer, both on the heap.
#[derive(Payload)]
#[payload(types::LIST)]
pub struct List {
    /// The items.
    pub items: Interior<Buffer<Ref>>,
}

/// A list of exactly the items.
pub fn from_vec(items: Vec<Ref>) -> Result<Ref<List>, OutOfMemory> {
    Ok(alloc(List { items: Interior::new(Buffer::from_vec(items)?) }))
}

/// A new empty list.
pub fn empty() -> Ref<List> {
    alloc(List { items: Interior::new(Buffer::new()) })
}

impl List {
    /// The number of items.
    #[inline]
    pub fn len(&self) -> usize {
        self.items.with(|items| items.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A new reference to the item at an index.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Ref> {
        self.items.with(|items| items.get(index).cloned())
    }

    /// Appends an item.
    #[inline]
    pub fn push(&self, item: Ref) -> Result<(), OutOfMemory> {
        self.items.with_mut(|items| items.push(item))
    }

    /// References to all items as they are now.
    pub fn snapshot(&self) -> Vec<Ref> {
        self.items.with(|items| items.to_vec())
    }
}
