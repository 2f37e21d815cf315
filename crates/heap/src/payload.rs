//! What the heap knows of an object's payload: its size and how to traverse, clear and drop it.

use std::{
    cell::{Cell, OnceCell, RefCell},
    mem, ptr,
    rc::Rc,
};

use crate::reference::Ref;

/// Receives the references that a payload owns.
pub trait Visitor {
    /// One owned reference.
    fn visit(&mut self, reference: &Ref);

    /// Whether it cares about references to objects that refer to nothing. Who has many of these may leave them out otherwise.
    fn sees_atoms(&self) -> bool {
        true
    }

    /// Several owned references in a row; collectors override it to stay in a tight loop.
    fn visit_all(&mut self, references: &[Ref]) {
        for reference in references {
            self.visit(reference);
        }
    }
}

impl<V: Visitor + ?Sized> Visitor for &mut V {
    fn visit(&mut self, reference: &Ref) {
        (**self).visit(reference);
    }

    fn sees_atoms(&self) -> bool {
        (**self).sees_atoms()
    }

    fn visit_all(&mut self, references: &[Ref]) {
        (**self).visit_all(references);
    }
}

/// Receives the references that a payload owns field by field, for reports that say where a reference stands.
pub trait NamedVisitor {
    /// A field of this name comes next: its references go to the visitor that is given back.
    fn field(&mut self, name: &'static str) -> &mut dyn Visitor;
}

/// Whether a value is one pointer to an object, or one row of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Single {
    /// It is not, or not only that.
    No,
    /// It is a reference.
    Reference,
    /// It is a reference, or null for none.
    Slot,
    /// It is a [`crate::Buffer`] of references.
    Buffer,
    /// It is a [`crate::Table`].
    Table,
}

/// Traversal of the references that a value owns. Derived, never written by hand.
pub trait Trace {
    /// Whether a value of this type can own references at all.
    const TRACES: bool = true;

    /// Whether a value is one reference, or a buffer of them, and nothing else.
    const SINGLE: Single = Single::No;

    /// Shows every owned reference to the visitor, each exactly once.
    fn trace(&self, visitor: &mut dyn Visitor);

    /// Moves out those references that can be given up while the value stays valid, to break cycles.
    fn clear(&self, _trash: &mut Vec<Ref>) {}

    /// The traversal of [`Trace::trace`], in the same order, with the names of the fields.
    fn trace_named(&self, visitor: &mut dyn NamedVisitor) {
        self.trace(visitor.field(""));
    }

    /// Shows the references of many values in a row; plain references do it in one call.
    fn trace_many(items: &[Self], visitor: &mut dyn Visitor)
    where
        Self: Sized,
    {
        items.iter().for_each(|item| item.trace(visitor));
    }
}

/// A type that can be the payload of an object. Derived with `#[derive(Payload)]`.
///
/// # Safety
/// `LAYOUT` must describe `Self`, and no two types may share an `INDEX`.
pub unsafe trait Payload: Sized + 'static {
    /// The layout record.
    const LAYOUT: &'static Layout;
    /// The type index of the built-in type whose exact instances have this payload.
    const INDEX: u32;
}

/// Size and operations of a payload type. Compared by name and size, which are unique per payload type.
pub struct Layout {
    /// The Rust type's name, for reports.
    pub name: &'static str,
    /// Bytes of the fixed part.
    pub size: usize,
    /// Whether objects can take part in reference cycles.
    pub container: bool,
    pub(crate) tail_item: usize,
    pub(crate) trace: unsafe fn(*const u8, &mut dyn Visitor),
    pub(crate) trace_named: unsafe fn(*const u8, &mut dyn NamedVisitor),
    pub(crate) clear: unsafe fn(*const u8, &mut Vec<Ref>),
    pub(crate) drop: unsafe fn(*mut u8),
    pub(crate) needs_drop: bool,
    /// What the items of the tail are, where a payload refers to nothing else and has nothing else to drop: references,
    /// released last to first, or slots, released first to last. A payload without a tail may be a buffer, whose items are
    /// released last to first, or a table.
    pub(crate) items: Single,
}

impl Layout {
    /// The layout of a payload of fixed size.
    pub const fn fixed<T: Trace>(name: &'static str) -> Layout {
        Layout {
            name,
            size: size_of::<T>(),
            container: T::TRACES,
            tail_item: 0,
            trace: trace_as::<T>,
            trace_named: trace_named_as::<T>,
            clear: clear_as::<T>,
            drop: drop_as::<T>,
            needs_drop: mem::needs_drop::<T>(),
            items: match T::SINGLE {
                single @ (Single::Buffer | Single::Table) => single,
                _ => Single::No,
            },
        }
    }

    /// The layout of a payload whose items are released first to last.
    pub const fn tailed_forward<H: Trace, I: Trace>(name: &'static str) -> Layout {
        let items = match I::SINGLE {
            Single::Buffer | Single::Table => Single::No,
            _ if H::TRACES || mem::needs_drop::<H>() => Single::No,
            single => single,
        };
        Layout {
            clear: clear_tailed_forward::<H, I>,
            drop: drop_tailed_forward::<H, I>,
            items,
            ..Self::tailed::<H, I>(name)
        }
    }

    /// The layout of a payload with items behind it.
    pub const fn tailed<H: Trace, I: Trace>(name: &'static str) -> Layout {
        Layout {
            name,
            size: size_of::<Tailed<H, I>>(),
            container: H::TRACES || I::TRACES,
            tail_item: size_of::<I>(),
            trace: trace_as::<Tailed<H, I>>,
            trace_named: trace_named_as::<Tailed<H, I>>,
            clear: clear_as::<Tailed<H, I>>,
            drop: drop_tailed::<H, I>,
            needs_drop: mem::needs_drop::<H>() || mem::needs_drop::<I>(),
            items: match I::SINGLE {
                Single::Reference if !H::TRACES && !mem::needs_drop::<H>() => Single::Reference,
                _ => Single::No,
            },
        }
    }

    /// Bytes of a payload, its tail included.
    ///
    /// # Safety
    /// The pointer must point to a payload of this layout.
    #[inline]
    pub(crate) unsafe fn payload_size(&self, payload: *const u8) -> usize {
        if self.tail_item == 0 {
            self.size
        } else {
            // SAFETY: every tailed payload starts with its length.
            self.size + self.tail_item * unsafe { *payload.cast::<u32>() } as usize
        }
    }
}

/// A payload whose items stand in the same block, behind a head: tuples, strings, instances.
#[repr(C)]
pub struct Tailed<H, I> {
    pub(crate) len: u32,
    /// The fixed part.
    pub head: H,
    pub(crate) tail: [I; 0],
}

impl<H: Trace, I: Trace> Trace for Tailed<H, I> {
    const TRACES: bool = H::TRACES || I::TRACES;

    fn trace(&self, visitor: &mut dyn Visitor) {
        self.head.trace(visitor);
        if I::TRACES {
            I::trace_many(self.items(), visitor);
        }
    }

    fn trace_named(&self, visitor: &mut dyn NamedVisitor) {
        self.head.trace_named(visitor);
        if I::TRACES {
            I::trace_many(self.items(), visitor.field("items"));
        }
    }

    fn clear(&self, trash: &mut Vec<Ref>) {
        self.head.clear(trash);
        if I::TRACES {
            self.items().iter().for_each(|item| item.clear(trash));
        }
    }
}

unsafe fn trace_as<T: Trace>(payload: *const u8, visitor: &mut dyn Visitor) {
    // SAFETY: the layout is only used with payloads of type T.
    unsafe { (*payload.cast::<T>()).trace(visitor) }
}

unsafe fn trace_named_as<T: Trace>(payload: *const u8, visitor: &mut dyn NamedVisitor) {
    // SAFETY: the layout is only used with payloads of type T.
    unsafe { (*payload.cast::<T>()).trace_named(visitor) }
}

unsafe fn clear_as<T: Trace>(payload: *const u8, trash: &mut Vec<Ref>) {
    // SAFETY: the layout is only used with payloads of type T.
    unsafe { (*payload.cast::<T>()).clear(trash) }
}

unsafe fn clear_tailed_forward<H: Trace, I: Trace>(payload: *const u8, trash: &mut Vec<Ref>) {
    // SAFETY: as above; the items go before the head.
    unsafe {
        let tailed = &*payload.cast::<Tailed<H, I>>();
        tailed.items().iter().for_each(|item| item.clear(trash));
        tailed.head.clear(trash);
    }
}

unsafe fn drop_as<T>(payload: *mut u8) {
    // SAFETY: the layout is only used with payloads of type T, and each is dropped once.
    unsafe { ptr::drop_in_place(payload.cast::<T>()) }
}

unsafe fn drop_tailed<H, I>(payload: *mut u8) {
    // SAFETY: as above; the items are released last to first, as CPython's tuples do it.
    unsafe {
        let tailed = payload.cast::<Tailed<H, I>>();
        if mem::needs_drop::<I>() {
            let items = (&raw mut (*tailed).tail).cast::<I>();
            for index in (0..(*tailed).len as usize).rev() {
                ptr::drop_in_place(items.add(index));
            }
        }
        ptr::drop_in_place(&raw mut (*tailed).head);
    }
}

unsafe fn drop_tailed_forward<H, I>(payload: *mut u8) {
    // SAFETY: as above, but first to last, as CPython clears the attributes of instances.
    unsafe {
        let tailed = payload.cast::<Tailed<H, I>>();
        let items = (&raw mut (*tailed).tail).cast::<I>();
        for index in 0..(*tailed).len as usize {
            ptr::drop_in_place(items.add(index));
        }
        ptr::drop_in_place(&raw mut (*tailed).head);
    }
}

impl<T> Trace for Ref<T> {
    const SINGLE: Single = Single::Reference;

    #[inline]
    fn trace(&self, visitor: &mut dyn Visitor) {
        visitor.visit(self.as_any());
    }

    #[inline]
    fn trace_many(items: &[Ref<T>], visitor: &mut dyn Visitor) {
        // SAFETY: `Ref` is transparent over its pointer whatever its payload type.
        visitor.visit_all(unsafe { mem::transmute::<&[Ref<T>], &[Ref]>(items) });
    }
}

impl<T: Trace> Trace for Option<T> {
    const TRACES: bool = T::TRACES;

    #[inline]
    fn trace(&self, visitor: &mut dyn Visitor) {
        if let Some(value) = self {
            value.trace(visitor);
        }
    }
}

impl<T: Trace> Trace for Vec<T> {
    const TRACES: bool = T::TRACES;

    fn trace(&self, visitor: &mut dyn Visitor) {
        self.iter().for_each(|item| item.trace(visitor));
    }
}

impl<T: Trace> Trace for Box<T> {
    const TRACES: bool = T::TRACES;

    fn trace(&self, visitor: &mut dyn Visitor) {
        (**self).trace(visitor);
    }
}

impl<T: Trace> Trace for Box<[T]> {
    const TRACES: bool = T::TRACES;

    fn trace(&self, visitor: &mut dyn Visitor) {
        self.iter().for_each(|item| item.trace(visitor));
    }
}

impl<T: Trace, const N: usize> Trace for [T; N] {
    const TRACES: bool = T::TRACES;

    fn trace(&self, visitor: &mut dyn Visitor) {
        self.iter().for_each(|item| item.trace(visitor));
    }

    fn clear(&self, trash: &mut Vec<Ref>) {
        self.iter().for_each(|item| item.clear(trash));
    }
}

impl<T: Trace> Trace for OnceCell<T> {
    const TRACES: bool = T::TRACES;

    fn trace(&self, visitor: &mut dyn Visitor) {
        if let Some(value) = self.get() {
            value.trace(visitor);
        }
    }
}

impl<T: Trace> Trace for RefCell<T> {
    const TRACES: bool = T::TRACES;

    fn trace(&self, visitor: &mut dyn Visitor) {
        self.borrow().trace(visitor);
    }
}

impl<A: Trace, B: Trace> Trace for (A, B) {
    const TRACES: bool = A::TRACES || B::TRACES;

    fn trace(&self, visitor: &mut dyn Visitor) {
        self.0.trace(visitor);
        self.1.trace(visitor);
    }
}

/// Types that own no references: traversal does nothing.
macro_rules! leaf {
    ($($leaf:ty),* $(,)?) => {
        $(impl Trace for $leaf {
            const TRACES: bool = false;
            fn trace(&self, _visitor: &mut dyn Visitor) {}
        })*
    };
}

leaf!(
    (),
    bool,
    char,
    u8,
    u16,
    u32,
    u64,
    u128,
    usize,
    i8,
    i16,
    i32,
    i64,
    i128,
    isize,
    f32,
    f64,
    String,
    &'static str,
    std::ffi::OsString,
    std::path::PathBuf,
    std::fs::File,
    std::time::Instant,
);

impl<T: Copy> Trace for Cell<T> {
    const TRACES: bool = false;
    fn trace(&self, _visitor: &mut dyn Visitor) {}
}

impl<T: ?Sized> Trace for Rc<T> {
    const TRACES: bool = false;
    fn trace(&self, _visitor: &mut dyn Visitor) {}
}

/// Wraps a value that owns no references of its own, so that a payload may hold it without a `Trace` of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Opaque<T>(pub T);

impl<T> Trace for Opaque<T> {
    const TRACES: bool = false;
    fn trace(&self, _visitor: &mut dyn Visitor) {}
}

/// The head of a tailed payload, which says how the whole is laid out. Implemented by [`tailed_payload`].
///
/// # Safety
/// `LAYOUT` must describe `Tailed<Self, I>`, and no two types may share an `INDEX`.
pub unsafe trait TailHead<I>: Sized + 'static {
    /// The layout record.
    const LAYOUT: &'static Layout;
    /// The type index of the built-in type whose exact instances have this payload.
    const INDEX: u32;
}

// SAFETY: by the contract of `TailHead`.
unsafe impl<H: TailHead<I>, I: 'static> Payload for Tailed<H, I> {
    const LAYOUT: &'static Layout = H::LAYOUT;
    const INDEX: u32 = H::INDEX;
}

/// Declares a payload with a tail: `tailed_payload!(Tuple, "tuple", TUPLE, TupleHead, Ref);` names the type alias,
/// the layout, the type index, the head and the item.
#[macro_export]
macro_rules! tailed_payload {
    ($(#[$meta:meta])* $alias:ident, $name:literal, $index:expr, $head:ty, $item:ty) => {
        $crate::tailed_payload!($(#[$meta])* $alias, $name, $index, $head, $item, tailed);
    };
    ($(#[$meta:meta])* $alias:ident, $name:literal, $index:expr, $head:ty, $item:ty, $layout:ident) => {
        $(#[$meta])*
        pub type $alias = $crate::Tailed<$head, $item>;

        // SAFETY: the layout is made from the type itself; indices are unique by the VM's table of built-in types.
        unsafe impl $crate::payload::TailHead<$item> for $head {
            const LAYOUT: &'static $crate::Layout = {
                static LAYOUT: $crate::Layout = $crate::Layout::$layout::<$head, $item>($name);
                &LAYOUT
            };
            const INDEX: u32 = $index;
        }
    };
}
