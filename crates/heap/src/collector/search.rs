//! The first half of a collection: from the candidates to those that are unreachable. The others come to the next generation.

use crate::{
    header::{COLLECTING, GENERATION_MASK, GENERATION_SHIFT, Header, IMMORTAL_FLOOR, TRACKED},
    reference::Ref,
    state::HeapState,
    types::{TypeRecord, record},
};

use super::{
    FROZEN, Observer, Verdict, birth_order,
    cells::{Cells, OUTSIDE},
    cycle::for_each_container,
    reach::{Plan, Sorted, mark_unreachable_leaves, sort_in_order, unreachable_among_all},
    row::Row,
    spill::Younger,
    young::{Kept, enter, promote, retain_last},
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
        let YoungCandidates { all, any_large, mut younger } = young_candidates(heap, generation);
        let explains = observer.explains();
        let plan = Plan { asks: Some(generation), explains };
        let Sorted { mut unreachable, kept, mut leaves, left, promoted } = sort_in_order(heap, &all, plan);
        if explains {
            // Who wants to know about each of them sees it as it was.
            judge(&left, observer);
        }
        let grown_old = if promoted { Vec::new() } else { promote(&kept, generation) };
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
        let keep = |object, record: &TypeRecord| {
            if explains {
                later.push(object);
            } else {
                kept.keep(object, record);
            }
        };
        let unreachable = unreachable_among_all(heap, &all, explains.then_some(&mut left), keep);
        if explains {
            judge(&left, observer);
            for object in later {
                kept.keep(object, record((*object).type_index()));
            }
        }
        birth_order::note_births(heap, kept.grown_old, &mut younger);
        heap.collector.long_lived_pending.set(0);
        heap.collector.long_lived_total.set(all.len() - unreachable.len() - kept.leaves.len());
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
    /// There are large objects among them.
    any_large: bool,
    younger: Younger,
}

/// The candidates of a young collection. Their counts are copied.
unsafe fn young_candidates(heap: &HeapState, generation: usize) -> YoungCandidates {
    let mut younger = heap.collector.take_youngest();
    let cells = Cells::new(heap);
    let mut any_large = false;
    // SAFETY: the buffers are not borrowed elsewhere; what is retained is alive.
    unsafe {
        let mut all =
            if generation == 1 { std::mem::take(&mut *heap.collector.young[1].get()) } else { Vec::new() };
        any_large |= retain_candidates(heap, cells, &mut all, 1);
        let youngest = younger.entries();
        any_large |= retain_candidates(heap, cells, youngest, 0);
        all.append(youngest);
        YoungCandidates { all, any_large, younger }
    }
}

/// Keeps the entries whose objects are candidates in `generation`, each once: the last entry of an address is that of the
/// object that lives there now. Their counts are copied. Whether there are large ones among them.
///
/// # Safety
/// Every entry must be null, or point to a block of a pool, or to a large object that is alive.
#[inline(never)]
unsafe fn retain_candidates(
    heap: &HeapState,
    cells: Cells,
    entries: &mut Vec<*mut Header>,
    generation: u32,
) -> bool {
    // A block that is free has no flags, and an object that ends is tracked no more.
    let wanted = TRACKED | generation << GENERATION_SHIFT;
    let mut any_large = false;
    retain_last(entries, |object| {
        // SAFETY: as promised; the entry is not null.
        unsafe {
            let (kind, count) = ((*object).kind(), (*object).count());
            // Deaths that wait for their turn are no business of a collection.
            if kind & (TRACKED | GENERATION_MASK) != wanted || count.wrapping_sub(1) >= MORTAL {
                return false;
            }
            if !cells.is_pooled(object as usize) {
                any_large = true;
            }
            // One that was seen has a count there.
            let is_new = *cells.of(object) == OUTSIDE;
            if is_new {
                cells.copy(heap, object, count);
            }
            is_new
        }
    });
    any_large
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

/// Tells the observer what is thought of each candidate. Those that are not reached carry the flag of the collection.
#[cold]
unsafe fn judge(candidates: &[(*mut Header, u32)], observer: &mut dyn Observer) {
    // SAFETY: candidates are alive.
    let verdicts: Vec<Verdict> = unsafe {
        candidates
            .iter()
            .map(|&(object, left)| Verdict {
                count: (*object).count(),
                left,
                reachable: !(*object).has(COLLECTING),
                object: Ref::from_borrowed(object),
            })
            .collect()
    };
    observer.judged(&verdicts);
}
