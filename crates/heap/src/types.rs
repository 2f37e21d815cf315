//! The table of type records: what the heap knows of each Python type, found by the index in the header.

use std::{
    cell::{Cell, RefCell},
    ptr,
};

use crate::{
    blocks::{self, Family},
    header::Header,
    payload::{Layout, Payload, Single},
    ranges::{self, Range},
    reference::Ref,
    state::HEAP,
};

/// The first index that is given to types made at run time; lower ones are constants of the VM.
pub const FIRST_DYNAMIC: u32 = 256;
/// No type made at run time has an index whose low byte is less: for the built-in types below, that byte tells the type.
pub const TOLD_BY_BYTE: u32 = 96;
const CAPACITY: usize = 1 << 22;
/// The types of ints of 64 bits and of floats: boxes of 16 bytes, which the interpreter and the end of containers handle
/// without a look at their records.
pub const INT: u32 = 1;
/// See [`INT`].
pub const FLOAT: u32 = 4;
/// In [`TypeRecord::plain_size`]: single bytes stand behind the fixed part.
const BYTE_TAIL: u16 = 1 << 15;
/// The size of instances is not known beforehand.
pub(crate) const NO_CLASS: u8 = u8::MAX;

/// What the heap knows of a type.
pub struct TypeRecord {
    layout: Cell<Option<&'static Layout>>,
    class: Cell<*mut Header>,
    /// The layout of the class object itself, null if it was not known when the class was set.
    class_layout: Cell<*const Layout>,
    extra_slots: Cell<u16>,
    counts_class: Cell<bool>,
    shape: Cell<Shape>,
    /// Bytes of the fixed part of objects that die without ceremony: atomic, nothing to drop, no finalizer; with
    /// [`BYTE_TAIL`]. 0: others.
    plain_size: Cell<u16>,
    teardown: Cell<Teardown>,
    /// The family of the instances.
    container: Cell<bool>,
    /// Instances are containers with nothing behind their payload and without a finalizer.
    simple_container: Cell<bool>,
    /// The size class of instances that are all of one pooled size, [`NO_CLASS`] otherwise.
    block_class: Cell<u8>,
    /// See [`Spares`].
    spares: Cell<Spares>,
    /// Called once before an object of this type is deallocated or cleared (PEP 442).
    finalize: Cell<Option<fn(&Ref)>>,
    /// See [`TypeRecord::set_untrack`].
    untrack: Cell<Option<fn(&Ref) -> bool>>,
    untrack_late: Cell<bool>,
    /// See [`TypeRecord::is_asked`].
    asked: Cell<bool>,
    /// A word of the VM's own, such as the address of its slot table.
    pub user: Cell<usize>,
}

/// Where instances hold their references: what a collection has to know of each object, without a look at the layout.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Bytes of the fixed part of the payload.
    pub(crate) size: u16,
    /// What the payload is, or what stands behind the fixed part.
    pub(crate) items: Single,
    /// There are references behind the payload.
    pub(crate) has_extra_slots: bool,
}

/// How instances of a type end, if nothing is known of their identity or by weak references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Teardown {
    /// With all that may be to do.
    #[default]
    Full,
    /// Atomic, with nothing to drop.
    Plain,
    /// A row of references and nothing else, released last to first.
    Row,
    /// A row of slots and nothing else, released first to last.
    Slots,
    /// A buffer of references and nothing else.
    Buffer,
    /// A container of a fixed size without a finalizer.
    Fixed,
    /// A container with a tail and without a finalizer.
    Tailed,
}

/// How many dead instances of a type CPython keeps for the next allocations. What it takes from there counts neither as an
/// allocation nor, when it was put there, as a release: so the collector's counts know of them, though no block is kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spares {
    /// The first of the counters of the heap that are meant; 0: no instances are kept.
    pub first: u8,
    /// The number of counters: of any instance, or one for each number of items from 1 on.
    pub kinds: u8,
    /// The most that each of them counts.
    pub most: u16,
}

/// Counters of [`Spares`] that a heap has, the first of which means none.
pub const SPARE_COUNTERS: usize = 32;

impl Spares {
    /// For types of which no instances are kept.
    pub const NONE: Spares = Spares { first: 0, kinds: 0, most: 0 };

    /// The counter for an instance with so many items; 0: none.
    #[inline(always)]
    pub(crate) fn counter(self, len: usize) -> usize {
        let place = if self.kinds == 1 { 0 } else { len.wrapping_sub(1) };
        if place < self.kinds as usize { (self.first as usize + place) % SPARE_COUNTERS } else { 0 }
    }
}

impl TypeRecord {
    /// How many dead instances are kept.
    #[inline(always)]
    pub(crate) fn spares(&self) -> Spares {
        self.spares.get()
    }

    /// Says how many dead instances CPython keeps.
    pub fn set_spares(&self, spares: Spares) {
        debug_assert!((spares.first + spares.kinds) as usize <= SPARE_COUNTERS);
        self.spares.set(spares);
    }

    /// The layout of the instances of a type that has some.
    ///
    /// # Safety
    /// The type must be registered.
    #[inline(always)]
    pub(crate) unsafe fn known_layout(&self) -> &'static Layout {
        // SAFETY: as promised by the caller.
        unsafe { self.layout.get().unwrap_unchecked() }
    }

    /// Where instances hold their references.
    #[inline(always)]
    pub(crate) fn shape(&self) -> Shape {
        self.shape.get()
    }

    /// The layout of the type's instances.
    #[inline(always)]
    pub fn layout(&self) -> &'static Layout {
        self.layout.get().expect("a live object has a type record")
    }

    /// Whether instances have the payload `T`.
    #[inline(always)]
    pub fn layout_is<T: Payload>(&self) -> bool {
        self.layout.get().is_some_and(|layout| ptr::eq(layout, T::LAYOUT))
    }

    /// The class object, if it has been set.
    #[inline(always)]
    pub fn class(&self) -> Option<&Ref> {
        let class = self.class.as_ptr();
        // SAFETY: the class clears this word before it dies; `Ref` is transparent over a non-null pointer.
        unsafe { if (*class).is_null() { None } else { Some(&*class.cast::<Ref>()) } }
    }

    /// References behind the payload: the dictionary and member slots of a subclass of a built-in type.
    pub fn extra_slots(&self) -> usize {
        self.extra_slots.get() as usize
    }

    /// Gives instances of a built-in type a slot for a dictionary behind the payload. Before the first instance.
    pub fn add_dictionary_slot(&self) {
        self.extra_slots.set(1);
        self.note_blocks();
        self.note_plain();
    }

    /// Notes which blocks instances take, and where they hold their references.
    fn note_blocks(&self) {
        let layout = self.layout();
        self.shape.set(Shape {
            size: u16::try_from(layout.size).expect("the fixed part of a payload has less than 64 KiB"),
            items: layout.items,
            has_extra_slots: self.extra_slots.get() > 0,
        });
        self.container.set(layout.container || self.extra_slots.get() > 0 || self.counts_class.get());
        let size = size_of::<Header>() + layout.size;
        let uniform = layout.tail_item == 0 && self.extra_slots.get() == 0 && blocks::is_pooled(size);
        self.block_class.set(if uniform { blocks::class_of(size) as u8 } else { NO_CLASS });
    }

    /// The size class of instances that are all of one pooled size, [`NO_CLASS`] otherwise.
    #[inline(always)]
    pub(crate) fn block_class(&self) -> u8 {
        self.block_class.get()
    }

    /// Whether each instance holds a reference to its class.
    #[inline(always)]
    pub(crate) fn counts_class(&self) -> bool {
        self.counts_class.get()
    }

    /// The finalizer of the type's instances.
    #[inline(always)]
    pub fn finalizer(&self) -> Option<fn(&Ref)> {
        self.finalize.get()
    }

    /// Sets or removes the finalizer.
    pub fn set_finalizer(&self, finalize: Option<fn(&Ref)>) {
        self.finalize.set(finalize);
        self.note_asked();
        self.note_plain();
    }

    /// What is asked of survivors of a collection: can the object be left out from now on? With `late`, only full collections
    /// ask.
    pub fn set_untrack(&self, untrack: fn(&Ref) -> bool, late: bool) {
        self.untrack.set(Some(untrack));
        self.untrack_late.set(late);
        self.note_asked();
    }

    /// What a collection of a generation asks of survivors.
    #[inline(always)]
    pub(crate) fn untrack(&self, generation: usize) -> Option<fn(&Ref) -> bool> {
        self.untrack.get().filter(|_| generation == 2 || !self.untrack_late.get())
    }

    /// Whether collections have to look for more than references: instances can be left out, or they have a finalizer.
    #[inline(always)]
    pub(crate) fn is_asked(&self) -> bool {
        self.asked.get()
    }

    fn note_asked(&self) {
        self.asked.set(self.untrack.get().is_some() || self.finalize.get().is_some());
    }

    /// Whether instances are containers with nothing behind their payload and without a finalizer.
    #[inline(always)]
    pub(crate) fn is_simple_container(&self) -> bool {
        self.simple_container.get()
    }

    /// How instances end.
    #[inline(always)]
    pub(crate) fn teardown(&self) -> Teardown {
        self.teardown.get()
    }

    /// Works out anew whether instances are made and die without ceremony.
    fn note_plain(&self) {
        let bare = self.extra_slots.get() == 0 && self.finalize.get().is_none();
        self.simple_container.set(bare && self.family() == Family::Container);
        let plain = self.layout.get().filter(|layout| {
            !layout.needs_drop
                && layout.tail_item <= 1
                && layout.size < 1024
                && self.finalize.get().is_none()
                && self.family() == Family::Atomic
        });
        self.plain_size.set(plain.map_or(0, |layout| {
            (size_of::<Header>() + layout.size) as u16 | if layout.tail_item == 1 { BYTE_TAIL } else { 0 }
        }));
        self.teardown.set(match self.layout.get().map(|layout| layout.items) {
            _ if plain.is_some() => Teardown::Plain,
            _ if !self.simple_container.get() => Teardown::Full,
            Some(Single::Reference) => Teardown::Row,
            Some(Single::Slot) => Teardown::Slots,
            _ if self.layout().tail_item != 0 => Teardown::Tailed,
            _ if self.block_class.get() == NO_CLASS => Teardown::Full,
            Some(Single::Buffer) => Teardown::Buffer,
            _ => Teardown::Fixed,
        });
    }

    /// Bytes of an object that dies without ceremony.
    ///
    /// # Safety
    /// The pointer must point to an object of this type.
    #[inline(always)]
    pub(crate) unsafe fn plain_object_size(&self, object: *const Header) -> Option<usize> {
        let plain = self.plain_size.get();
        if plain == 0 {
            return None;
        }
        // SAFETY: every tailed payload starts with its length, here that of single bytes.
        let tail = if plain & BYTE_TAIL == 0 { 0 } else { unsafe { *object.add(1).cast::<u32>() as usize } };
        let fixed = (plain & !BYTE_TAIL) as usize;
        Some(fixed + tail)
    }

    /// Tells the record which class object it belongs to; the record holds no reference. `None` when the class dies.
    pub fn set_class(&self, class: Option<&Ref>) {
        self.class.set(class.map_or(ptr::null_mut(), Ref::as_ptr));
        let layout = class.and_then(|class| class.record().layout.get());
        self.class_layout.set(layout.map_or(ptr::null(), ptr::from_ref));
    }

    /// The class object, if it has the payload `T`. As quick as one comparison, where asking the class object itself
    /// would lead through its header and record.
    #[inline(always)]
    pub fn class_as<T: Payload>(&self) -> Option<&Ref<T>> {
        if !ptr::eq(self.class_layout.get(), T::LAYOUT) {
            return self.class().and_then(Ref::downcast::<T>);
        }
        let class = self.class.as_ptr();
        // SAFETY: the layout is that of the class object, which clears this word before it dies; `Ref` is transparent
        // over a non-null pointer.
        unsafe { if (*class).is_null() { None } else { Some(&*class.cast::<Ref<T>>()) } }
    }

    pub(crate) fn class_pointer(&self) -> *mut Header {
        self.class.get()
    }

    #[inline(always)]
    pub(crate) fn family(&self) -> Family {
        if self.container.get() { Family::Container } else { Family::Atomic }
    }

    /// Bytes of the whole object: header, payload with its tail, extra slots.
    ///
    /// # Safety
    /// The pointer must point to an object of this type.
    #[inline]
    pub(crate) unsafe fn object_size(&self, object: *const Header) -> usize {
        let layout = self.layout();
        // SAFETY: as promised by the caller.
        let payload = unsafe { layout.payload_size(object.add(1).cast()) };
        let size = size_of::<Header>() + payload;
        if self.extra_slots.get() == 0 { size } else { size.next_multiple_of(8) + self.extra_slots() * 8 }
    }
}

/// The record of a type index.
#[inline(always)]
pub fn record(index: u32) -> &'static TypeRecord {
    // SAFETY: the table is a reserved mapping that never moves, all-zero records are valid, and indices come
    // from headers or from registration: they are below the capacity, and the table has been made.
    unsafe { &*HEAP.with(|heap| heap.type_table.get()).add(index as usize) }
}

/// Registers the layout of a built-in type's instances under its fixed index.
pub fn register(index: u32, layout: &'static Layout) {
    fill(index, layout, 0, false);
}

/// Registers a class made at run time: instances have the layout of `base` and `extra_slots` references behind
/// it, and each holds a reference to its class. The caller sets the class object next.
pub fn register_class(base: &'static Layout, extra_slots: u16) -> u32 {
    let index = HEAP.with(|heap| {
        // An index goes to a class of the same layout only: inline caches compare it before they look into an object.
        let mut free = heap.free_types.borrow_mut();
        let known = free.iter().rposition(|(_, layout)| ptr::eq(*layout, base));
        known.map(|place| free.remove(place).0).unwrap_or_else(|| {
            let index = heap.next_type.get();
            assert!((index as usize) < CAPACITY, "more than four million classes are alive");
            heap.next_type.set(if index & 0xFF == 0xFF { index + 1 + TOLD_BY_BYTE } else { index + 1 });
            index
        })
    });
    fill(index, base, extra_slots, true);
    index
}

/// Gives instances of a built-in type, of which there are none yet, fixed references behind their payload.
pub fn add_extra_slots(index: u32, extra_slots: u16) {
    // What stands in extra slots is only traced for types that count their class, so these do, too.
    fill(index, record(index).layout(), extra_slots, true);
}

/// Gives the index of a dead class back. Only sound when no instance is alive, which holding classes ensures.
pub fn release_class(index: u32) {
    let record = record(index);
    let layout = record.layout();
    record.layout.set(None);
    record.set_class(None);
    record.finalize.set(None);
    record.note_asked();
    record.plain_size.set(0);
    record.teardown.set(Teardown::Full);
    HEAP.with(|heap| heap.free_types.borrow_mut().push((index, layout)));
}

fn fill(index: u32, layout: &'static Layout, extra_slots: u16, counts_class: bool) {
    HEAP.with(|heap| heap.prepare_types());
    let record = record(index);
    record.layout.set(Some(layout));
    record.extra_slots.set(extra_slots);
    record.counts_class.set(counts_class);
    record.note_blocks();
    record.note_plain();
}

pub(crate) fn map_table() -> *mut TypeRecord {
    ranges::reserve(Range::Types, CAPACITY * size_of::<TypeRecord>()).cast()
}

/// Indices of dead classes, with the layout of their instances, for reuse.
pub(crate) type FreeTypes = RefCell<Vec<(u32, &'static Layout)>>;
