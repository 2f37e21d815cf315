//! Objects to test with: numbers, nodes that refer to other nodes, weak references.

#![allow(dead_code, reason = "each test uses some of it")]

use std::cell::RefCell;

use ouro_heap::{
    Payload, Ref, Slot, Trace, alloc, alloc_tailed,
    table::{HASH_OFFSET, KEEPS_HASH},
    tailed_payload, types, walk,
    weak::{self, WeakHooks, WeakLink},
};

pub(crate) const NUMBER: u32 = 1;
pub(crate) const NODE: u32 = 2;
pub(crate) const WEAK: u32 = 3;

/// An atomic object.
#[derive(Payload)]
#[payload(NUMBER)]
pub(crate) struct Number {
    pub(crate) value: u64,
}

/// An atomic object that keeps its hash, as strings do.
#[derive(Payload)]
#[payload(KEEPS_HASH)]
#[repr(C)]
pub(crate) struct Hashed {
    pub(crate) value: u64,
    pub(crate) hash: i64,
}

const _: () = assert!(std::mem::offset_of!(Hashed, hash) == HASH_OFFSET);

/// The fixed part of a node.
#[derive(Trace)]
pub(crate) struct NodeHead {
    pub(crate) id: u32,
}

tailed_payload!(
    /// A container: its items refer to any objects.
    #[allow(unreachable_pub, reason = "the macro declares it for all")]
    Node, "node", NODE, NodeHead, Slot
);

/// A weak reference object.
#[derive(Payload)]
#[payload(WEAK)]
pub(crate) struct Weak {
    pub(crate) link: WeakLink,
}

thread_local! {
    /// The values of the numbers that served as callbacks, in the order of the calls.
    pub(crate) static CALLED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
    /// What a callback does besides.
    pub(crate) static ON_CALL: RefCell<Option<fn()>> = const { RefCell::new(None) };
}

/// Registers the types with the heap of this thread.
pub(crate) fn prepare() {
    types::register(NUMBER, Number::LAYOUT);
    types::register(KEEPS_HASH, Hashed::LAYOUT);
    types::register(NODE, Node::LAYOUT);
    types::register(WEAK, Weak::LAYOUT);
    weak::set_hooks(WeakHooks {
        link: |object| &object.payload::<Weak>().expect("a weak reference").link,
        call: |_, callback| {
            CALLED.with(|called| {
                called.borrow_mut().push(callback.payload::<Number>().expect("a number").value)
            });
            let action = ON_CALL.with(|action| *action.borrow());
            if let Some(action) = action {
                action();
            }
        },
    });
}

pub(crate) fn number(value: u64) -> Ref {
    alloc(Number { value }).into_any()
}

pub(crate) fn node(id: u32, links: usize) -> Ref<Node> {
    alloc_tailed(NODE, NodeHead { id }, links, |_| Slot::empty())
}

pub(crate) fn weak_to(target: &Ref, callback: Option<u64>) -> Ref<Weak> {
    let weak = alloc(Weak { link: WeakLink::new(callback.map(number)) });
    weak.link.attach(weak.as_any(), target);
    weak
}

/// How many objects with this layout are alive.
pub(crate) fn alive(layout: &str) -> usize {
    walk::live_mortals().into_iter().find(|(name, _)| *name == layout).map_or(0, |(_, count)| count)
}
