//! Owned, counted references: the only way in which the rest of the project holds an object.

use std::{fmt, marker::PhantomData, mem, ops::Deref, ptr::NonNull};

use crate::{
    dealloc,
    header::{self, Header},
    payload::{Payload, Tailed},
    types::{self, TypeRecord},
};

/// The payload type of a reference whose target's layout is not known statically.
pub struct Any(());

/// One counted reference to an object. Cloning adds one to the object's count, dropping takes one away and
/// deallocates the object at the very moment its count reaches zero.
#[repr(transparent)]
pub struct Ref<T = Any> {
    pointer: NonNull<Header>,
    payload: PhantomData<*const T>,
}

impl<T> Clone for Ref<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        let header = self.header();
        header.count.set(header.count.get().wrapping_add(1));
        Ref { pointer: self.pointer, payload: PhantomData }
    }
}

impl<T> Drop for Ref<T> {
    #[inline(always)]
    fn drop(&mut self) {
        let header = self.header();
        let count = header.count.get().wrapping_sub(1);
        header.count.set(count);
        if count == 0 {
            // SAFETY: this was the last reference, so the object may be deallocated.
            unsafe { dealloc::deallocate(self.pointer) }
        }
    }
}

impl<T> Ref<T> {
    /// The object's header.
    #[inline(always)]
    pub fn header(&self) -> &Header {
        // SAFETY: a reference keeps its object alive, and headers are only accessed through cells.
        unsafe { self.pointer.as_ref() }
    }

    /// The address of the object's block: what `id()` shows.
    #[inline(always)]
    pub fn address(&self) -> usize {
        self.pointer.as_ptr() as usize
    }

    /// The raw pointer, still owned by this reference.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut Header {
        self.pointer.as_ptr()
    }

    /// Gives up ownership without touching the count.
    #[inline(always)]
    pub fn into_raw(self) -> *mut Header {
        let pointer = self.pointer.as_ptr();
        mem::forget(self);
        pointer
    }

    /// Takes over a reference that [`Ref::into_raw`] gave up.
    ///
    /// # Safety
    /// The pointer must carry one owned reference to a live object whose payload is a `T` (any object for [`Any`]).
    #[inline(always)]
    pub unsafe fn from_raw(pointer: *mut Header) -> Self {
        // SAFETY: the caller vouches for a live, hence non-null, object.
        Ref { pointer: unsafe { NonNull::new_unchecked(pointer) }, payload: PhantomData }
    }

    /// Makes a new reference to an object that someone else keeps alive.
    ///
    /// # Safety
    /// The pointer must point to a live object whose payload is a `T` (any object for [`Any`]).
    #[inline(always)]
    pub unsafe fn from_borrowed(pointer: *mut Header) -> Self {
        // SAFETY: as promised by the caller; the count is raised for the new reference.
        unsafe {
            let count = &(*pointer).count;
            count.set(count.get().wrapping_add(1));
            Self::from_raw(pointer)
        }
    }

    /// Whether both refer to the same object.
    #[inline(always)]
    pub fn is<U>(&self, other: &Ref<U>) -> bool {
        self.as_ptr() == other.as_ptr()
    }

    /// The record of the object's type.
    #[inline(always)]
    pub fn record(&self) -> &'static TypeRecord {
        types::record(self.header().type_index())
    }

    /// The same reference, its payload type forgotten.
    #[inline(always)]
    pub fn into_any(self) -> Ref {
        let pointer = self.pointer;
        mem::forget(self);
        Ref { pointer, payload: PhantomData }
    }

    /// This reference seen as one to any object.
    #[inline(always)]
    pub fn as_any(&self) -> &Ref {
        // SAFETY: `Ref` is transparent over its pointer, and `Any` promises nothing about the payload.
        unsafe { mem::transmute::<&Ref<T>, &Ref>(self) }
    }

    /// The count that a program sees: immortal objects show the largest 32-bit number, as CPython 3.12 and later.
    pub fn visible_count(&self) -> u32 {
        if self.header().is_immortal() { u32::MAX } else { self.header().count() }
    }

    /// Makes the object immortal: it is never freed and its count stops to matter.
    pub fn make_immortal(&self) {
        self.header().count.set(header::IMMORTAL);
    }
}

impl Ref<Any> {
    /// The reference as one to payload `T`, if the object has that layout (subclasses included).
    #[inline(always)]
    pub fn downcast<T: Payload>(&self) -> Option<&Ref<T>> {
        if self.has_layout::<T>() {
            // SAFETY: the layout was checked, and `Ref` is transparent.
            Some(unsafe { mem::transmute::<&Ref, &Ref<T>>(self) })
        } else {
            None
        }
    }

    /// The same by value; gives the reference back if the layout differs.
    #[inline(always)]
    pub fn into<T: Payload>(self) -> Result<Ref<T>, Ref> {
        if self.has_layout::<T>() {
            let pointer = self.pointer;
            mem::forget(self);
            Ok(Ref { pointer, payload: PhantomData })
        } else {
            Err(self)
        }
    }

    /// Whether the object's payload is a `T`.
    #[inline(always)]
    pub fn has_layout<T: Payload>(&self) -> bool {
        let index = self.header().type_index();
        index == T::INDEX || types::record(index).layout_is::<T>()
    }

    /// Whether the object's type is exactly the built-in type with payload `T`, no subclass.
    #[inline(always)]
    pub fn is_exact<T: Payload>(&self) -> bool {
        self.header().type_index() == T::INDEX
    }

    /// The payload, if the object has layout `T`. Shorthand for [`Ref::downcast`] and a dereference.
    #[inline(always)]
    pub fn payload<T: Payload>(&self) -> Option<&T> {
        self.downcast::<T>().map(|typed| &**typed)
    }
}

impl<T: Payload> Deref for Ref<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: a typed reference is only made for objects with that layout; the payload stands behind the header.
        unsafe { &*self.pointer.as_ptr().add(1).cast::<T>() }
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Ref({:#x}, type {}, count {})",
            self.address(),
            self.header().type_index(),
            self.header().count()
        )
    }
}

impl<T: Payload> From<Ref<T>> for Ref {
    #[inline(always)]
    fn from(typed: Ref<T>) -> Ref {
        typed.into_any()
    }
}

impl<H: 'static, I: 'static> Ref<Tailed<H, I>>
where
    Tailed<H, I>: Payload,
{
    /// The items to change, if this is the only reference to the object. Old items must not be dropped while the
    /// borrow lasts, for that may run code of the program, which can find the object.
    #[inline]
    pub fn items_mut(&mut self) -> Option<&mut [I]> {
        if self.header().count() != 1 {
            return None;
        }
        // SAFETY: nobody else refers to the object, and this reference is borrowed exclusively.
        unsafe {
            let payload = self.pointer.as_ptr().add(1).cast::<Tailed<H, I>>();
            let len = (*payload).len as usize;
            Some(std::slice::from_raw_parts_mut((&raw mut (*payload).tail).cast::<I>(), len))
        }
    }
}

impl<H, I> Tailed<H, I> {
    /// The items behind the head.
    #[inline(always)]
    pub fn items(&self) -> &[I] {
        // SAFETY: a Tailed payload only exists in a block that was sized and filled for `len` items.
        unsafe { std::slice::from_raw_parts(self.tail.as_ptr(), self.len as usize) }
    }
}
