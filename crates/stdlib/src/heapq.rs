//! `_heapq`: heaps in lists.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    index_error,
    native::{NativeDef, plain},
    objects::{
        class::Class,
        float::{self, Float},
        int::Int,
        list::List,
        module,
    },
    protocol::compare,
    runtime_error,
    state::shared,
    type_error,
};

/// Fills the module `_heapq`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    module::add_functions(module, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 8] = [
    plain("heappush", "(heap, item, /)", push, "Push item onto heap, maintaining the heap invariant."),
    plain(
        "heappop",
        "(heap, /)",
        pop::<false>,
        "Pop the smallest item off the heap, maintaining the heap invariant.",
    ),
    plain(
        "heapify",
        "(heap, /)",
        heapify::<false>,
        "Transform list into a heap, in-place, in O(len(heap)) time.",
    ),
    plain(
        "heapreplace",
        "(heap, item, /)",
        replace::<false>,
        "Pop and return the current smallest value, and add the new item.\n\nThis is more efficient than heappop() followed by heappush(), and can be\nmore appropriate when using a fixed-size heap.  Note that the value\nreturned may be larger than item!  That constrains reasonable uses of\nthis routine unless written as part of a conditional replacement:\n\n    if item > heap[0]:\n        item = heapreplace(heap, item)",
    ),
    plain(
        "heappushpop",
        "(heap, item, /)",
        push_pop,
        "Push item on the heap, then pop and return the smallest item from the heap.\n\nThe combined action runs more efficiently than heappush() followed by\na separate call to heappop().",
    ),
    plain("_heappop_max", "(heap, /)", pop::<true>, "Maxheap variant of heappop."),
    plain("_heapify_max", "(heap, /)", heapify::<true>, "Maxheap variant of heapify."),
    plain("_heapreplace_max", "(heap, item, /)", replace::<true>, "Maxheap variant of heapreplace."),
];

/// The list of an argument; `what` names it in the error.
fn list<'a>(object: &'a Ref, what: &str) -> Res<&'a List> {
    object
        .payload::<List>()
        .ok_or_else(|| type_error!("{what} must be list, not {}", Class::of(object).short_name()))
}

/// `a < b`, or `b < a` in a heap with the greatest item first.
#[inline]
fn before<const MAX: bool>(a: &Ref, b: &Ref) -> Res<bool> {
    let (a, b) = if MAX { (b, a) } else { (a, b) };
    if a.is_exact::<Int>() && b.is_exact::<Int>() {
        let (a, b) = (a.payload::<Int>(), b.payload::<Int>());
        return Ok(a.zip(b).is_some_and(|(a, b)| a.value.get() < b.value.get()));
    }
    if a.is_exact::<Float>() && b.is_exact::<Float>() {
        return Ok(float::value(a) < float::value(b));
    }
    compare::rich_bool(a, b, Comparison::Lt)
}

/// The items at two places and the length, or an error if a comparison has made the list shorter.
#[inline]
fn pair(heap: &List, a: usize, b: usize) -> Res<(Ref, Ref)> {
    heap.items.with(|items| Some((items.get(a)?.clone(), items.get(b)?.clone()))).ok_or_else(size_changed)
}

#[cold]
fn size_changed() -> ouro_vm::error::Raised {
    runtime_error!("list changed size during iteration")
}

fn check_len(heap: &List, len: usize) -> Res<()> {
    if heap.len() == len { Ok(()) } else { Err(size_changed()) }
}

fn swap(heap: &List, a: usize, b: usize) {
    heap.items.with_mut(|items| items.swap(a, b));
}

/// Moves the item at `place` towards the root until its parent comes before it.
fn sift_down<const MAX: bool>(heap: &List, start: usize, mut place: usize) -> Res<()> {
    let len = heap.len();
    if place >= len {
        return Err(index_error!("index out of range"));
    }
    while place > start {
        let parent = (place - 1) / 2;
        let (new, old) = pair(heap, place, parent)?;
        let up = before::<MAX>(&new, &old)?;
        check_len(heap, len)?;
        if !up {
            break;
        }
        swap(heap, place, parent);
        place = parent;
    }
    Ok(())
}

/// Moves the item at `place` down to a leaf along the smaller children, then up to where it belongs: fewer
/// comparisons than stopping on the way.
fn sift_up<const MAX: bool>(heap: &List, start: usize) -> Res<()> {
    let len = heap.len();
    if start >= len {
        return Err(index_error!("index out of range"));
    }
    let mut place = start;
    while place < len / 2 {
        let mut child = 2 * place + 1;
        if child + 1 < len {
            let (left, right) = pair(heap, child, child + 1)?;
            if !before::<MAX>(&left, &right)? {
                child += 1;
            }
            check_len(heap, len)?;
        }
        swap(heap, place, child);
        place = child;
    }
    sift_down::<MAX>(heap, start, place)
}

fn push(args: &[Ref]) -> Res {
    let heap = list(&args[0], "heappush() argument 1")?;
    heap.push(args[1].clone())?;
    sift_down::<false>(heap, 0, heap.len() - 1)?;
    Ok(shared().none.clone())
}

fn pop<const MAX: bool>(args: &[Ref]) -> Res {
    let heap = list(&args[0], if MAX { "_heappop_max() argument" } else { "heappop() argument" })?;
    let last = heap.items.with_mut(|items| {
        let last = items.pop();
        items.shrink_if_sparse();
        last
    });
    let last = last.ok_or_else(|| index_error!("index out of range"))?;
    if heap.is_empty() {
        return Ok(last);
    }
    let first = heap.items.with_mut(|items| std::mem::replace(&mut items[0], last));
    sift_up::<MAX>(heap, 0)?;
    Ok(first)
}

fn replace<const MAX: bool>(args: &[Ref]) -> Res {
    let heap =
        list(&args[0], if MAX { "_heapreplace_max() argument 1" } else { "heapreplace() argument 1" })?;
    if heap.is_empty() {
        return Err(index_error!("index out of range"));
    }
    let first = heap.items.with_mut(|items| std::mem::replace(&mut items[0], args[1].clone()));
    sift_up::<MAX>(heap, 0)?;
    Ok(first)
}

fn push_pop(args: &[Ref]) -> Res {
    let heap = list(&args[0], "heappushpop() argument 1")?;
    let Some(top) = heap.get(0) else { return Ok(args[1].clone()) };
    if !before::<false>(&top, &args[1])? {
        return Ok(args[1].clone());
    }
    if heap.is_empty() {
        return Err(index_error!("index out of range"));
    }
    let first = heap.items.with_mut(|items| std::mem::replace(&mut items[0], args[1].clone()));
    sift_up::<false>(heap, 0)?;
    Ok(first)
}

fn heapify<const MAX: bool>(args: &[Ref]) -> Res {
    let heap = list(&args[0], if MAX { "_heapify_max() argument" } else { "heapify() argument" })?;
    for place in (0..heap.len() / 2).rev() {
        sift_up::<MAX>(heap, place)?;
    }
    Ok(shared().none.clone())
}
