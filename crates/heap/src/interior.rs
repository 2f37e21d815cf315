//! Places inside objects that may change: slots for references, and guarded interiors.

use std::{
    cell::{Cell, UnsafeCell},
    marker::PhantomData,
};

use crate::{
    header::Header,
    payload::{Payload, Single, Trace, Visitor},
    reference::Ref,
};

/// A place for one reference, or none.
#[repr(transparent)]
pub struct Slot<T = crate::Any>(UnsafeCell<Option<Ref<T>>>);

impl<T> Slot<T> {
    /// A slot with a value.
    pub const fn new(value: Option<Ref<T>>) -> Self {
        Slot(UnsafeCell::new(value))
    }

    /// An empty slot.
    pub const fn empty() -> Self {
        Slot(UnsafeCell::new(None))
    }

    /// A new reference to what the slot holds.
    #[inline(always)]
    pub fn get(&self) -> Option<Ref<T>> {
        // SAFETY: the borrow ends before anything else can run.
        unsafe { (*self.0.get()).clone() }
    }

    /// Puts a value in and gives the old one out, for the caller to drop when the object is consistent again.
    #[inline(always)]
    #[must_use = "dropping the old value may run code: let it go when all is consistent"]
    pub fn replace(&self, value: Option<Ref<T>>) -> Option<Ref<T>> {
        // SAFETY: the exchange runs no code of ours or of the program.
        unsafe { std::mem::replace(&mut *self.0.get(), value) }
    }

    /// Puts a value in; the old one is released afterwards.
    #[inline(always)]
    pub fn set(&self, value: Option<Ref<T>>) {
        drop(self.replace(value));
    }

    /// Takes the value out.
    #[inline(always)]
    #[must_use = "dropping the old value may run code: let it go when all is consistent"]
    pub fn take(&self) -> Option<Ref<T>> {
        self.replace(None)
    }

    /// Whether the slot is empty.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        // SAFETY: only the pointer is looked at.
        unsafe { (*self.0.get()).is_none() }
    }

    /// Whether the slot refers to this very object.
    #[inline(always)]
    pub fn refers_to<U>(&self, other: &Ref<U>) -> bool {
        // SAFETY: only the pointer is looked at.
        unsafe { (*self.0.get()).as_ref().is_some_and(|value| value.is(other)) }
    }

    /// Looks at the value without counting. The closure must not run Python code or write to the slot.
    #[inline(always)]
    pub fn with<R>(&self, look: impl FnOnce(Option<&Ref<T>>) -> R) -> R {
        // SAFETY: the closure is a leaf by contract.
        unsafe { look((*self.0.get()).as_ref()) }
    }

    /// The address of the reference, for inline caches of the interpreter loop.
    pub fn as_ptr(&self) -> *mut Option<Ref<T>> {
        self.0.get()
    }
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Slot::empty()
    }
}

impl<T> Trace for Slot<T> {
    const SINGLE: Single = Single::Slot;

    #[inline]
    fn trace(&self, visitor: &mut dyn Visitor) {
        self.with(|value| {
            if let Some(value) = value {
                visitor.visit(value.as_any());
            }
        });
    }

    fn clear(&self, trash: &mut Vec<Ref>) {
        trash.extend(self.take().map(Ref::into_any));
    }
}

/// What stands in a register that holds nothing.
///
/// # Safety
/// `mark` gives always the same address, which is that of no object of the heap.
pub unsafe trait Unbound {
    /// The address of the mark.
    fn mark() -> *mut Header;
}

/// A register of a frame that is kept in an object, in the form that the interpreter's stack has them: a reference, or a
/// mark for none. So registers move between the two as they are.
#[repr(transparent)]
pub struct Register<U: Unbound>(Cell<*mut Header>, PhantomData<U>);

impl<U: Unbound> Register<U> {
    /// A register that holds nothing.
    pub fn unbound() -> Self {
        Register(Cell::new(U::mark()), PhantomData)
    }

    /// Looks at the value without counting. The closure must not run Python code or write to the register.
    #[inline(always)]
    pub fn with<R>(&self, look: impl FnOnce(Option<&Ref>) -> R) -> R {
        if self.0.get() == U::mark() {
            return look(None);
        }
        // SAFETY: what is not the mark is an owned reference, and `Ref` is transparent over its pointer; the closure is a
        // leaf by contract.
        look(Some(unsafe { &*self.0.as_ptr().cast::<Ref>() }))
    }

    /// A new reference to what the register holds.
    pub fn get(&self) -> Option<Ref> {
        self.with(|value| value.cloned())
    }

    /// Puts a value in and gives the old one out, for the caller to drop when the object is consistent again.
    #[must_use = "dropping the old value may run code: let it go when all is consistent"]
    pub fn replace(&self, value: Option<Ref>) -> Option<Ref> {
        let old = self.0.replace(value.map_or_else(U::mark, Ref::into_raw));
        // SAFETY: what is not the mark is an owned reference, which moves out.
        (old != U::mark()).then(|| unsafe { Ref::from_raw(old) })
    }

    /// Takes the value out.
    #[must_use = "dropping the old value may run code: let it go when all is consistent"]
    pub fn take(&self) -> Option<Ref> {
        self.replace(None)
    }
}

impl<U: Unbound> Drop for Register<U> {
    fn drop(&mut self) {
        drop(self.take());
    }
}

impl<U: Unbound> Trace for Register<U> {
    #[inline]
    fn trace(&self, visitor: &mut dyn Visitor) {
        self.with(|value| {
            if let Some(value) = value {
                visitor.visit(value);
            }
        });
    }

    fn clear(&self, trash: &mut Vec<Ref>) {
        trash.extend(self.take());
    }
}

/// Changeable state inside an object, reached through short closures.
///
/// Architecture Invariant: a closure given to an interior neither runs Python code nor releases a reference, for
/// both can reach the same interior again. Debug builds check it.
pub struct Interior<T> {
    #[cfg(debug_assertions)]
    borrowed: std::cell::Cell<i32>,
    value: UnsafeCell<T>,
}

impl<T> Interior<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Interior {
            #[cfg(debug_assertions)]
            borrowed: std::cell::Cell::new(0),
            value: UnsafeCell::new(value),
        }
    }

    /// Looks at the value.
    #[inline(always)]
    pub fn with<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        #[cfg(debug_assertions)]
        let _guard = Guard::shared(&self.borrowed);
        // SAFETY: no exclusive borrow is active: closures are leaves by contract.
        look(unsafe { &*self.value.get() })
    }

    /// Changes the value.
    #[inline(always)]
    pub fn with_mut<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        #[cfg(debug_assertions)]
        let _guard = Guard::exclusive(&self.borrowed);
        // SAFETY: no other borrow is active: closures are leaves by contract.
        change(unsafe { &mut *self.value.get() })
    }

    /// Puts a value in and gives the old one out.
    pub fn replace(&self, value: T) -> T {
        self.with_mut(|place| std::mem::replace(place, value))
    }

    /// The address of the value, for the interpreter loop.
    pub fn as_ptr(&self) -> *mut T {
        self.value.get()
    }
}

impl<T: Default> Interior<T> {
    /// Takes the value out and leaves the default.
    pub fn take(&self) -> T {
        self.replace(T::default())
    }
}

impl<T: Default> Default for Interior<T> {
    fn default() -> Self {
        Interior::new(T::default())
    }
}

#[cfg(debug_assertions)]
struct Guard<'a>(&'a std::cell::Cell<i32>, i32);

#[cfg(debug_assertions)]
impl<'a> Guard<'a> {
    fn shared(cell: &'a std::cell::Cell<i32>) -> Self {
        assert!(cell.get() >= 0, "an interior is read while it is being changed");
        cell.set(cell.get() + 1);
        Guard(cell, 1)
    }

    fn exclusive(cell: &'a std::cell::Cell<i32>) -> Self {
        assert!(cell.get() == 0, "an interior is changed while it is in use");
        cell.set(-1);
        Guard(cell, -1)
    }
}

#[cfg(debug_assertions)]
impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - self.1);
    }
}

/// Interiors whose references can be moved out to break cycles.
pub trait Drain {
    /// Moves every reference out.
    fn drain_into(&mut self, trash: &mut Vec<Ref>);
}

impl<T: Trace + Drain> Trace for Interior<T> {
    const TRACES: bool = T::TRACES;
    // Debug builds put a word in front of the value.
    const SINGLE: Single = match T::SINGLE {
        single @ (Single::Buffer | Single::Table) if size_of::<Self>() == size_of::<T>() => single,
        _ => Single::No,
    };

    fn trace(&self, visitor: &mut dyn Visitor) {
        self.with(|value| value.trace(visitor));
    }

    fn clear(&self, trash: &mut Vec<Ref>) {
        self.with_mut(|value| value.drain_into(trash));
    }
}

impl<T> Drain for Vec<Ref<T>> {
    fn drain_into(&mut self, trash: &mut Vec<Ref>) {
        trash.extend(self.drain(..).map(Ref::into_any));
    }
}

impl<T> Drain for Vec<Option<Ref<T>>> {
    fn drain_into(&mut self, trash: &mut Vec<Ref>) {
        trash.extend(self.drain(..).flatten().map(Ref::into_any));
    }
}

/// The extra slots behind the payload of an instance of a subclass of a built-in type: the dictionary and the
/// members of `__slots__`.
pub fn extra_slots(object: &Ref) -> &[Slot] {
    let record = object.record();
    let count = record.extra_slots();
    if count == 0 {
        return &[];
    }
    // SAFETY: objects of this type were allocated with that many slots behind the payload, all initialised.
    unsafe {
        let payload = record.layout().payload_size(object.as_ptr().add(1).cast());
        let slots = object.as_ptr().cast::<u8>().add((8 + payload).next_multiple_of(8));
        std::slice::from_raw_parts(slots.cast(), count)
    }
}

/// Checks at compile time that a payload can be a base of classes with extra slots.
pub const fn accepts_extra_slots<T: Payload>() -> bool {
    align_of::<T>() <= 8
}
