//! The first half of a collection: from the candidates to those that are unreachable. The others come to the next generation.

use crate::{
    Any,
    header::{COLLECTING, GENERATION_MASK, GENERATION_SHIFT, Header, IMMORTAL_FLOOR, TRACKED},
    large,
    reference::Ref,
    state::HeapState,
    types::record,
};

use super::{
    FROZEN, Observer, Verdict, birth_order,
    cells::Cells,
    cycle::for_each_container,
    reach::{mark_unreachable_leaves, unreachable_among_all, unreachable_in_order},
    row::Row,
    spill::Younger,
    young::{Kept, enter, promote, retain_flagged},
};

/// The largest count of an object that can die.
const MORTAL: u32 = IMMORTAL_FLOOR - 1;

/// What a search has found.
pub(super) struct Found {
    /// In the order of creation after a young collection, and of addresses after a full one. They carry the flag of the
    /// collection.
    pub(super) unreachable: Vec<*mut Header>,
    /// After a full collection, all that was young before, in the order of creation.
    pub(super) younger: Younger,
}

/// Searches a young generation (0 or 1) and the younger ones.
///
/// # Safety
/// The buffers of the young generations must not be borrowed elsewhere.
pub(super) unsafe fn search_young(heap: &HeapState, generation: usize, observer: &mut dyn Observer) -> Found {
    // SAFETY: as promised; no code of the program runs in here, so that all candidates stay alive.
    unsafe {
        // Most tuples live through one young collection only to be untracked by it: they are not searched for cycles.
        let YoungCandidates { all, branches, mut leaves, any_large, mut younger } =
            young_candidates(heap, generation);
        let explains = observer.explains();
        let mut left = Vec::new();
        let mut kept = Vec::new();
        let mut unreachable = unreachable_in_order(heap, &branches, explains.then_some(&mut left), &mut kept);
        for &object in &unreachable {
            (*object).set(COLLECTING);
        }
        if explains {
            // Who wants to know about each of them sees it as it was.
            judge(branches.iter().copied(), &left, observer);
        }
        let grown_old = promote(&kept, generation);
        if !unreachable.is_empty() && mark_unreachable_leaves(heap, &leaves, &unreachable) {
            // In the order of creation again.
            leaves.retain(|&leaf| !(*leaf).has(COLLECTING));
            unreachable = all.into_iter().filter(|&object| (*object).has(COLLECTING)).collect();
        }
        birth_order::note_births(heap, grown_old, &mut younger);
        if generation == 0 {
            enter(heap, &kept, any_large);
        } else {
            birth_order::append(heap, kept.iter().copied());
            let pending = &heap.collector.long_lived_pending;
            pending.set(pending.get() + kept.len());
        }
        // Only now, so that it does not depend on addresses how far a nest of tuples is untracked in one collection:
        // CPython comes to a tuple before what only the tuple refers to.
        for leaf in leaves {
            (*leaf).unset(TRACKED);
        }
        Found { unreachable, younger }
    }
}

/// Searches all generations.
///
/// # Safety
/// As for [`search_young`].
pub(super) unsafe fn search_all(heap: &HeapState, observer: &mut dyn Observer) -> Found {
    // SAFETY: as for `search_young`.
    unsafe {
        birth_order::renew(heap);
        let mut younger = heap.collector.take_youngest();
        younger.append(std::mem::take(&mut *heap.collector.young[1].get()));
        let all = all_candidates(heap);
        let explains = observer.explains();
        let mut left = Vec::new();
        let mut kept = Kept::default();
        let mut later = Vec::new();
        let keep = |object| {
            if explains {
                later.push(object);
            } else {
                kept.keep(object, is_leaf(object, 2));
            }
        };
        let unreachable = unreachable_among_all(heap, &all, explains.then_some(&mut left), keep);
        for &object in &unreachable {
            (*object).set(COLLECTING);
        }
        if explains {
            judge(all.iter(), &left, observer);
            for object in later {
                kept.keep(object, is_leaf(object, 2));
            }
        }
        birth_order::note_births(heap, kept.grown_old, &mut younger);
        heap.collector.long_lived_pending.set(0);
        heap.collector.long_lived_total.set(kept.count - kept.leaves.len());
        // Only now, as in a young collection.
        for leaf in kept.leaves {
            (*leaf).unset(TRACKED);
        }
        Found { unreachable, younger }
    }
}

/// What a young collection looks at.
struct YoungCandidates {
    /// All of them, in their order.
    all: Vec<*mut Header>,
    /// Those that may refer to candidates, in their order: all but the leaves.
    branches: Vec<*mut Header>,
    /// Those whose types say that they cannot be part of a cycle.
    leaves: Vec<*mut Header>,
    /// There are large objects among them.
    any_large: bool,
    younger: Younger,
}

/// The candidates of a young collection. Their counts are copied, but for those of the leaves.
unsafe fn young_candidates(heap: &HeapState, generation: usize) -> YoungCandidates {
    let mut younger = heap.collector.take_youngest();
    let cells = Cells::new(heap);
    let mut any_large = false;
    // SAFETY: the buffers are not borrowed elsewhere; what is retained is alive.
    unsafe {
        let mut all =
            if generation == 1 { std::mem::take(&mut *heap.collector.young[1].get()) } else { Vec::new() };
        retain_flagged(&mut all, 1, MORTAL);
        let youngest = younger.entries();
        retain_flagged(youngest, 0, MORTAL);
        all.append(youngest);
        let mut leaves = Vec::new();
        let mut branches = Vec::with_capacity(all.len());
        for &object in &all {
            (*object).unset(COLLECTING);
            if is_leaf(object, generation) {
                leaves.push(object);
            } else {
                any_large |= large::is_large(heap, object);
                cells.copy_count(heap, object);
                branches.push(object);
            }
        }
        YoungCandidates { all, branches, leaves, any_large, younger }
    }
}

/// The candidates of a full collection in the order of addresses, large ones last. Their counts are copied.
unsafe fn all_candidates(heap: &HeapState) -> Row {
    let cells = Cells::new(heap);
    let mut all = Row::new(heap);
    for_each_container(heap, |object| {
        // SAFETY: the container is alive.
        unsafe {
            let (kind, count) = ((*object).kind(), (*object).count());
            if kind & TRACKED != 0
                && kind & GENERATION_MASK != FROZEN << GENERATION_SHIFT
                && count.wrapping_sub(1) < MORTAL
            {
                cells.copy_count(heap, object);
                all.push(object);
            }
        }
    });
    all
}

/// Whether an object's type says that it cannot be part of a cycle.
#[inline(always)]
unsafe fn is_leaf(object: *mut Header, generation: usize) -> bool {
    // SAFETY: the object is alive; the borrowed reference is not dropped.
    unsafe {
        let record = record((*object).type_index());
        let Some(can_untrack) = record.untrack.get() else { return false };
        (generation == 2 || !record.untrack_late.get())
            && can_untrack(&std::mem::ManuallyDrop::new(Ref::<Any>::from_raw(object)))
    }
}

/// Tells the observer what is thought of each candidate. Those that are not reached carry the flag of the collection.
#[cold]
unsafe fn judge(candidates: impl Iterator<Item = *mut Header>, left: &[u32], observer: &mut dyn Observer) {
    // SAFETY: candidates are alive.
    let verdicts: Vec<Verdict> = unsafe {
        candidates
            .zip(left)
            .map(|(object, &left)| Verdict {
                count: (*object).count(),
                left,
                reachable: !(*object).has(COLLECTING),
                object: Ref::from_borrowed(object),
            })
            .collect()
    };
    observer.judged(&verdicts);
}
