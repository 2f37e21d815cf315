//! How objects die: without depth, once, in order, and not while something still looks at them.

mod common;

use std::{cell::RefCell, thread};

use common::*;
use ouro_heap::{
    Payload, Ref, allocate, blocks,
    collector::{self, NoObserver},
    interned, types, walk,
};

/// Runs a test on a thread with little native stack.
fn on_small_stack(test: fn()) {
    let thread = thread::Builder::new().stack_size(512 << 10).spawn(test).expect("a thread");
    thread.join().expect("the test passes");
}

fn chain(length: u32) -> Ref<Node> {
    let mut head = node(0, 1);
    for id in 1..length {
        let next = node(id, 1);
        next.items()[0].set(Some(head.into_any()));
        head = next;
    }
    head
}

#[test]
fn a_million_linked_nodes_die_without_depth() {
    on_small_stack(|| {
        prepare();
        let head = chain(1_000_000);
        assert_eq!(alive("node"), 1_000_000);
        drop(head);
        assert_eq!(walk::live_mortals(), []);
    });
}

#[test]
fn a_million_linked_nodes_are_collected_without_depth() {
    on_small_stack(|| {
        prepare();
        let head = chain(1_000_000);
        let mut last = head.clone();
        while let Some(next) = last.items()[0].get() {
            last = next.into::<Node>().expect("a node");
        }
        last.items()[0].set(Some(head.into_any()));
        drop(last);
        assert_eq!(collector::collect(2, &mut NoObserver).collected, 1_000_000);
        assert_eq!(walk::live_mortals(), []);
    });
}

thread_local! {
    static LOG: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    static SAVED: RefCell<Vec<Ref>> = const { RefCell::new(Vec::new()) };
    static WATCHED: RefCell<Vec<Ref<Weak>>> = const { RefCell::new(Vec::new()) };
}

fn id_of(object: &Ref) -> u32 {
    object.payload::<Node>().expect("a node").head.id
}

fn log(object: &Ref) {
    LOG.with_borrow_mut(|log| log.push(id_of(object)));
}

#[test]
fn finalizers_run_once_and_may_resurrect() {
    prepare();
    types::record(NODE).set_finalizer(Some(|object| {
        log(object);
        SAVED.with_borrow_mut(|saved| saved.push(object.clone()));
    }));
    drop(node(1, 1));
    assert_eq!(LOG.take(), [1]);
    let saved = SAVED.take();
    assert_eq!((id_of(&saved[0]), saved[0].visible_count()), (1, 1));
    drop(saved);
    assert_eq!(LOG.take(), []);
    assert_eq!(walk::live_mortals(), []);

    // The same in a cycle: the first collection finds nothing to clear, the second clears without a finalizer.
    let cycle = node(2, 1);
    cycle.items()[0].set(Some(cycle.clone().into_any()));
    drop(cycle);
    assert_eq!(collector::collect(2, &mut NoObserver).collected, 0);
    assert_eq!(LOG.take(), [2]);
    drop(SAVED.take());
    assert_eq!(collector::collect(2, &mut NoObserver).collected, 1);
    assert_eq!(LOG.take(), []);
    assert_eq!(walk::live_mortals(), []);
}

#[test]
fn nested_deaths_run_from_the_outside_in() {
    prepare();
    types::record(NODE).set_finalizer(Some(log));
    drop(chain(40));
    assert_eq!(LOG.take(), (0..40).rev().collect::<Vec<_>>());
}

/// A node whose death is deferred when the deaths of its neighbours run: `second` dies after it was put on the list.
fn deferred_before(second: Ref<Node>) -> (Ref<Node>, Ref<Node>) {
    let deep = node(1000, 1);
    // Deaths nest to a depth of 50; the root is the first.
    let mut head = deep.clone();
    for id in 1..50 {
        let next = node(id, 1);
        next.items()[0].set(Some(head.into_any()));
        head = next;
    }
    let root = node(0, 2);
    // Items die last to first.
    root.items()[1].set(Some(head.into_any()));
    root.items()[0].set(Some(second.into_any()));
    (root, deep)
}

/// Blocks that were freed twice would be handed out twice.
fn no_block_twice() {
    types::record(NODE).set_finalizer(None);
    let nodes: Vec<_> = (0..200).flat_map(|id| [node(id, 1), node(id, 2)]).collect();
    let mut addresses: Vec<_> = nodes.iter().map(Ref::address).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), nodes.len());
    drop(nodes);
    assert_eq!(walk::live_mortals(), []);
}

/// While an object waits for its death, a collection must leave it alone.
#[test]
fn a_collection_leaves_deferred_objects_alone() {
    for generation in 0..3 {
        thread::spawn(move || {
            prepare();
            types::record(NODE).set_finalizer(Some(|object| {
                if let id @ 100..=102 = id_of(object) {
                    LOG.with_borrow_mut(|log| {
                        log.push(collector::collect(id as usize - 100, &mut NoObserver).collected as u32)
                    });
                }
            }));
            let (root, deep) = deferred_before(node(100 + generation, 1));
            drop(deep);
            drop(root);
            assert_eq!(LOG.take(), [0]);
            no_block_twice();
        })
        .join()
        .expect("the test passes");
    }
}

/// While a dying object's weak references call back, a collection must leave it alone.
#[test]
fn a_collection_leaves_dying_objects_alone() {
    prepare();
    ON_CALL.set(Some(|| {
        LOG.with_borrow_mut(|log| log.push(collector::collect(2, &mut NoObserver).collected as u32));
    }));
    let outer = node(1, 2);
    outer.items()[0].set(Some(node(2, 1).into_any()));
    let weak = weak_to(outer.as_any(), Some(7));
    drop(outer);
    assert_eq!((CALLED.take(), LOG.take()), (vec![7], vec![0]));
    assert!(weak.link.is_dead());
    drop(weak);
    no_block_twice();
}

/// An object whose death is deferred is dead to weak references: a new reference would let it die twice.
#[test]
fn weak_references_do_not_bring_deferred_objects_back() {
    prepare();
    types::record(NODE).set_finalizer(Some(|object| {
        if id_of(object) == 100 {
            WATCHED.with_borrow(|watched| {
                assert!(watched[0].link.target().is_none());
                assert!(watched[0].link.is_dead());
            });
            log(object);
        }
    }));
    let (root, deep) = deferred_before(node(100, 1));
    WATCHED.set(vec![weak_to(deep.as_any(), None)]);
    drop(deep);
    drop(root);
    assert_eq!(LOG.take(), [100]);
    WATCHED.take();
    no_block_twice();
}

#[test]
fn callbacks_come_newest_first() {
    prepare();
    let target = node(1, 1);
    let weak: Vec<_> = (1..=3).map(|callback| weak_to(target.as_any(), Some(callback))).collect();
    let silent = weak_to(target.as_any(), Some(4));
    drop(silent);
    drop(target);
    assert_eq!(CALLED.take(), [3, 2, 1]);
    assert!(weak.iter().all(|weak| weak.link.is_dead()));
}

/// Entries of the young generations may be those of dead objects, whose memory may have gone back to the system.
#[test]
fn young_generations_survive_the_return_of_memory() {
    prepare();
    let nodes: Vec<_> = (0..20_000).map(|id| node(id, 2)).collect();
    let large: Vec<_> = (0..50).map(|id| node(id, 3000)).collect();
    collector::collect(0, &mut NoObserver);
    let more: Vec<_> = (0..20_000).map(|id| node(id, 2)).collect();
    drop((nodes, large, more));
    let returned = blocks::trim();
    assert!(returned > 0 || cfg!(feature = "system-alloc"));
    // The pools get another size of blocks, so that old entries would point into the middle of objects.
    let others: Vec<_> = (0..5000).map(|id| node(u32::MAX - id, 25)).collect();
    assert_eq!(collector::collect(1, &mut NoObserver).collected, 0);
    assert_eq!(walk::verify(|visitor| others.iter().for_each(|node| visitor.visit(node.as_any())), true), []);
    drop(others);
    assert_eq!(walk::live_mortals(), []);
}

/// An arena counts from its first pool that is taken to its last one that is given back.
#[test]
fn arenas_are_counted() {
    prepare();
    let before = walk::census().arenas;
    let nodes: Vec<_> = (0..20_000).map(|id| node(id, 25)).collect();
    let grown = walk::census().arenas;
    drop(nodes);
    blocks::trim();
    let after = walk::census().arenas;
    if cfg!(feature = "system-alloc") {
        assert_eq!((before, grown), (grown, after));
        return;
    }
    assert!(grown.current >= before.current + 3);
    assert_eq!(grown.total - before.total, grown.current - before.current);
    assert!(after.current < grown.current);
    assert_eq!((after.total, after.highest), (grown.total, grown.highest));
    assert!(grown.highest >= grown.current);
}

/// What dies gives its block to the next object of its size.
#[test]
fn blocks_are_used_again() {
    prepare();
    let before = {
        drop((0..1000).map(|id| node(id, 4)).collect::<Vec<_>>());
        walk::census()
    };
    for _ in 0..100 {
        drop((0..1000).map(|id| node(id, 4)).collect::<Vec<_>>());
    }
    let after = walk::census();
    assert_eq!((before.allocated_bytes(), before.pools), (after.allocated_bytes(), after.pools));
}

/// A class that was made at run time lives until its last instance has gone.
#[test]
fn instances_hold_their_class() {
    prepare();
    let class = node(1, 1);
    let index = types::register_class(Number::LAYOUT, 1);
    types::record(index).set_class(Some(class.as_any()));
    let instance = allocate::alloc_as(index, Number { value: 5 }).into_any();
    assert_eq!(class.visible_count(), 2);
    assert!(allocate::is_tracked(&instance));
    // A cycle through the extra slot.
    ouro_heap::interior::extra_slots(&instance)[0].set(Some(instance.clone()));
    assert_eq!(walk::referents(&instance).len(), 2);
    drop(instance);
    assert_eq!(class.visible_count(), 2);
    assert_eq!(collector::collect(2, &mut NoObserver).collected, 1);
    assert_eq!(class.visible_count(), 1);
    types::release_class(index);
    drop(class);
    assert_eq!(walk::live_mortals(), []);
}

#[test]
fn immortal_objects_stay() {
    prepare();
    let object = number(1);
    object.make_immortal();
    let clone = object.clone();
    drop(object);
    assert_eq!(clone.visible_count(), u32::MAX);
    drop(clone);
    assert_eq!(walk::live_mortals(), []);
}

#[test]
fn interned_objects_leave_their_table_when_they_die() {
    prepare();
    let value_of = |object: &Ref| object.payload::<Number>().expect("a number").value;
    // Few hashes, so that entries collide.
    let hash = |value: u64| value % 4;
    interned::set_hash(|object| object.payload::<Number>().expect("a number").value % 4);
    let find = |value| interned::find(hash(value), |other| value_of(other) == value);
    let objects: Vec<Ref> = (0..100).map(|value| ouro_heap::alloc(Number { value }).into_any()).collect();
    for object in &objects {
        assert!(find(value_of(object)).is_none());
        interned::insert(object, hash(value_of(object)));
    }
    assert_eq!(interned::count(), 100);
    assert!(objects.iter().all(|object| find(value_of(object)).is_some_and(|found| found.is(object))));
    // The table holds no reference.
    assert!(objects.iter().all(|object| object.visible_count() == 1));
    let (even, odd): (Vec<Ref>, Vec<Ref>) = objects.into_iter().partition(|object| value_of(object) % 2 == 0);
    drop(even);
    assert_eq!(interned::count(), 50);
    assert!((0..100).all(|value| find(value).is_some() == (value % 2 == 1)));
    odd[0].make_immortal();
    drop(odd);
    assert_eq!((interned::count(), find(1).is_some()), (1, true));
    assert_eq!(walk::live_mortals(), []);
}
