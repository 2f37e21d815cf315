//! Weak references: a side table from object to the weak references that point at it.
//!
//! An object without weak references pays nothing; a flag in its header says that the table has an entry.

use std::cell::Cell;

use crate::{
    header::{Header, WEAKLY_REFERENCED},
    interior::Slot,
    payload::{Trace, Visitor},
    reference::Ref,
    state::{HEAP, Map},
};

/// For each weakly referenced object, its weak reference objects in the order of their creation. Nothing is counted:
/// a weak reference removes itself when it dies.
pub(crate) type WeakTable = Map<usize, Vec<*mut Header>>;

/// The part of a weak reference object that the heap looks after: the target and the callback.
pub struct WeakLink {
    target: Cell<usize>,
    owner: Cell<*mut Header>,
    /// Called with the weak reference when the target dies.
    pub callback: Slot,
}

impl WeakLink {
    /// A link that points at nothing yet; see [`WeakLink::attach`].
    pub const fn new(callback: Option<Ref>) -> WeakLink {
        WeakLink {
            target: Cell::new(0),
            owner: Cell::new(std::ptr::null_mut()),
            callback: Slot::new(callback),
        }
    }

    /// Points the link of the weak reference object `owner` at `target`.
    pub fn attach(&self, owner: &Ref, target: &Ref) {
        self.target.set(target.address());
        self.owner.set(owner.as_ptr());
        target.header().set(WEAKLY_REFERENCED);
        HEAP.with(|heap| {
            let mut table = heap.weak.borrow_mut();
            table.get_or_insert_default().entry(target.address()).or_default().push(owner.as_ptr());
        });
    }

    /// A new reference to the target, if it is alive. One whose death is deferred has a count of zero and counts as
    /// gone already: a new reference would bring it back and let it die twice.
    #[inline]
    pub fn target(&self) -> Option<Ref> {
        let target = self.target.get() as *mut Header;
        // SAFETY: a target clears all links to it before its block is freed.
        unsafe { (!target.is_null() && (*target).count() > 0).then(|| Ref::from_borrowed(target)) }
    }

    /// Whether the target is gone.
    pub fn is_dead(&self) -> bool {
        let target = self.target.get() as *mut Header;
        // SAFETY: as for `target`.
        target.is_null() || unsafe { (*target).count() == 0 }
    }

    /// The address of the target, 0 if it is gone.
    pub fn target_address(&self) -> usize {
        self.target.get()
    }

    /// Cuts the link without calling anything.
    pub fn detach(&self) {
        let target = self.target.replace(0);
        if target == 0 {
            return;
        }
        HEAP.with(|heap| {
            let mut table = heap.weak.borrow_mut();
            let Some(table) = &mut *table else { return };
            if let Some(links) = table.get_mut(&target) {
                links.retain(|&link| link != self.owner.get());
                if links.is_empty() {
                    table.remove(&target);
                    // SAFETY: the target is alive as long as its entry stands in the table.
                    unsafe { (*(target as *mut Header)).unset(WEAKLY_REFERENCED) };
                }
            }
        });
    }
}

impl Drop for WeakLink {
    fn drop(&mut self) {
        self.detach();
    }
}

impl Trace for WeakLink {
    fn trace(&self, visitor: &mut dyn Visitor) {
        self.callback.trace(visitor);
    }

    fn clear(&self, trash: &mut Vec<Ref>) {
        // A weak reference that is garbage itself never calls back.
        self.detach();
        self.callback.clear(trash);
    }
}

/// How the heap reaches the parts of weak reference objects, and calls their callbacks. Set by the VM.
#[derive(Clone, Copy)]
pub struct WeakHooks {
    /// The link inside a weak reference object.
    pub link: for<'a> fn(&'a Ref) -> &'a WeakLink,
    /// Calls `callback(weak_reference)` and reports what it raises.
    pub call: fn(weak_reference: &Ref, callback: Ref),
}

thread_local! {
    static HOOKS: Cell<Option<WeakHooks>> = const { Cell::new(None) };
}

/// Tells the heap how to handle weak reference objects.
pub fn set_hooks(hooks: WeakHooks) {
    HOOKS.set(Some(hooks));
}

/// Clears all weak references to a dying object, then calls their callbacks, newest first as CPython does.
///
/// # Safety
/// The object is dying: its count is zero and its memory is still whole.
pub(crate) unsafe fn clear(object: *mut Header) {
    // SAFETY: as promised by the caller; a borrowed look is all that `detach_all` needs.
    let links = unsafe {
        (*object).unset(WEAKLY_REFERENCED);
        detach_all(object)
    };
    call_back(links);
}

/// Cuts every link to the object; gives the weak reference objects with a callback, newest first.
///
/// # Safety
/// The object's memory must be whole.
pub(crate) unsafe fn detach_all(object: *mut Header) -> Vec<Ref> {
    let entry =
        HEAP.with(|heap| heap.weak.borrow_mut().as_mut().and_then(|table| table.remove(&(object as usize))));
    let hooks = HOOKS.get().expect("weak references exist only when the VM has set the hooks");
    let mut with_callback = Vec::new();
    for link in entry.into_iter().flatten().rev() {
        // SAFETY: a weak reference object leaves the table before it dies. One with count zero is dying right now.
        unsafe {
            if (*link).count() == 0 {
                continue;
            }
            let reference = Ref::from_borrowed(link);
            let parts = (hooks.link)(&reference);
            parts.target.set(0);
            if !parts.callback.is_empty() {
                with_callback.push(reference);
            }
        }
    }
    with_callback
}

pub(crate) fn call_back(references: Vec<Ref>) {
    let Some(hooks) = HOOKS.get() else { return };
    for reference in references {
        let callback = (hooks.link)(&reference).callback.take();
        if let Some(callback) = callback {
            (hooks.call)(&reference, callback);
        }
    }
}

/// The weak reference objects that point at an object, in the order of their creation.
pub fn references_to(object: &Ref) -> Vec<Ref> {
    HEAP.with(|heap| {
        let table = heap.weak.borrow();
        let links = table.as_ref().and_then(|table| table.get(&object.address()));
        // SAFETY: weak reference objects leave the table before they die; those that are dying are left out.
        links
            .into_iter()
            .flatten()
            .filter(|&&link| unsafe { (*link).count() > 0 })
            .map(|&link| unsafe { Ref::from_borrowed(link) })
            .collect()
    })
}
