//! The storage of deques: a ring buffer on the managed heap.

use ouro_heap::{Buffer, Drain, OutOfMemory, Ref, Trace};

/// Items in a ring: those from `head` on, the end of the storage continuing at its start. Places without an item are
/// empty, so that the storage can be traversed as it is.
#[derive(Default, Trace)]
pub(super) struct Ring {
    places: Buffer<Option<Ref>>,
    head: usize,
    len: usize,
}

impl Drain for Ring {
    fn drain_into(&mut self, trash: &mut Vec<Ref>) {
        while let Some(item) = self.pop_front() {
            trash.push(item);
        }
    }
}

impl Drop for Ring {
    fn drop(&mut self) {
        // First to last, as CPython releases them.
        for index in 0..self.len {
            let place = self.place(index);
            drop(self.places[place].take());
        }
    }
}

/// Places for so many items and a few more: not so many that a deque could be larger than one made of blocks of 64 items
/// with two links each, as CPython's are.
fn roomy(len: usize) -> usize {
    len + (len >> 5) + 16
}

impl Ring {
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Bytes of storage.
    pub(super) fn storage_bytes(&self) -> usize {
        ouro_heap::buffer::occupied_bytes(self.places.storage_bytes())
    }

    /// The place of the item at an index.
    #[inline]
    fn place(&self, index: usize) -> usize {
        let place = self.head + index;
        if place >= self.places.len() { place - self.places.len() } else { place }
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<&Ref> {
        if index < self.len { self.places[self.place(index)].as_ref() } else { None }
    }

    /// Puts an item in the place of another, which must exist; gives the old one out.
    pub(super) fn replace(&mut self, index: usize, item: Ref) -> Option<Ref> {
        let place = self.place(index);
        self.places[place].replace(item)
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &Ref> {
        let end = (self.head + self.len).min(self.places.len());
        let first = &self.places[self.head..end];
        let second = &self.places[..self.len - first.len()];
        first.iter().chain(second).flatten()
    }

    /// Makes room for more items.
    #[cold]
    fn grow(&mut self, len: usize) -> Result<(), OutOfMemory> {
        let old = self.places.len();
        let new = roomy(old).max(len);
        self.places.fill_to(new, None)?;
        let at_end = self.head + self.len > old;
        if at_end {
            // What stood at the end of the old storage moves to the end of the new one.
            for place in (self.head..old).rev() {
                self.places[place + new - old] = self.places[place].take();
            }
            self.head += new - old;
        }
        Ok(())
    }

    /// Makes room for so many items in all.
    pub(super) fn reserve(&mut self, len: usize) -> Result<(), OutOfMemory> {
        if len > self.places.len() { self.grow(len) } else { Ok(()) }
    }

    #[inline]
    pub(super) fn push_back(&mut self, item: Ref) -> Result<(), OutOfMemory> {
        if self.len == self.places.len() {
            self.grow(0)?;
        }
        let place = self.place(self.len);
        self.places[place] = Some(item);
        self.len += 1;
        Ok(())
    }

    #[inline]
    pub(super) fn push_front(&mut self, item: Ref) -> Result<(), OutOfMemory> {
        if self.len == self.places.len() {
            self.grow(0)?;
        }
        self.head = if self.head == 0 { self.places.len() - 1 } else { self.head - 1 };
        let head = self.head;
        self.places[head] = Some(item);
        self.len += 1;
        Ok(())
    }

    #[inline]
    pub(super) fn pop_back(&mut self) -> Option<Ref> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        let place = self.place(self.len);
        let item = self.places[place].take();
        self.shrink_if_sparse();
        item
    }

    #[inline]
    pub(super) fn pop_front(&mut self) -> Option<Ref> {
        if self.len == 0 {
            return None;
        }
        let item = self.places[self.head].take();
        self.head = self.place(1);
        self.len -= 1;
        self.shrink_if_sparse();
        item
    }

    /// Gives storage back when less than half of it is used.
    #[inline]
    fn shrink_if_sparse(&mut self) {
        if self.places.len() > 64 && self.len < self.places.len() / 2 {
            self.shrink();
        }
    }

    #[cold]
    fn shrink(&mut self) {
        let capacity = roomy(self.len);
        // Where the smaller storage cannot be had, the larger one does as well.
        let Ok(mut places) = Buffer::with_capacity(capacity) else { return };
        for index in 0..self.len {
            let place = self.place(index);
            places.push_within(self.places[place].take());
        }
        while places.len() < capacity {
            places.push_within(None);
        }
        self.places = places;
        self.head = 0;
    }

    /// Inserts before an index, moving the shorter side.
    pub(super) fn insert(&mut self, index: usize, item: Ref) -> Result<(), OutOfMemory> {
        if index < self.len / 2 {
            self.push_front(item)?;
            (0..index).for_each(|index| self.swap(index, index + 1));
        } else {
            self.push_back(item)?;
            (index..self.len - 1).rev().for_each(|index| self.swap(index, index + 1));
        }
        Ok(())
    }

    /// Takes an item out, moving the shorter side.
    pub(super) fn remove(&mut self, index: usize) -> Option<Ref> {
        if index < self.len / 2 {
            (0..index).rev().for_each(|index| self.swap(index, index + 1));
            self.pop_front()
        } else {
            (index..self.len - 1).for_each(|index| self.swap(index, index + 1));
            self.pop_back()
        }
    }

    pub(super) fn swap(&mut self, a: usize, b: usize) {
        let (a, b) = (self.place(a), self.place(b));
        self.places.swap(a, b);
    }

    /// Turns the ring to the right by less than its length.
    pub(super) fn rotate_right(&mut self, count: usize) {
        if self.len == self.places.len() {
            // A full ring turns without moving anything.
            self.head = self.place(self.len - count);
            return;
        }
        if count <= self.len / 2 {
            for _ in 0..count {
                let place = self.place(self.len - 1);
                self.head = if self.head == 0 { self.places.len() - 1 } else { self.head - 1 };
                let head = self.head;
                self.places[head] = self.places[place].take();
            }
        } else {
            for _ in 0..self.len - count {
                let (from, to) = (self.head, self.place(self.len));
                self.places[to] = self.places[from].take();
                self.head = self.place(1);
            }
        }
    }
}
