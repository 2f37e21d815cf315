//! The register stack and the linkage between frames.
//!
//! ```text
//!    ... caller's registers | callable | return | link | registers of the callee ...
//!                             fp[-3]     fp[-2]   fp[-1]  fp[0]
//! ```
//!
//! The callee's registers begin with its arguments, which stand where the caller's call window has put them: nothing
//! is copied. A generator's frame has its generator in `fp[-4]`.
//!
//! Architecture Invariant: every slot above the live registers of the innermost frame is unbound, up to the
//! initialised part of the stack. So a call needs not initialise the callee's registers.

use std::cell::{Cell, UnsafeCell};

use ouro_heap::{
    Header, Ref,
    ranges::{Range, reserve_at_most},
};

use crate::{
    error::Res, objects::int::SMALL_MIN, protocol::object::MAX_NATIVE_DEPTH, recursion_error, state::vm,
    types,
};

/// A register, or a word of linkage.
pub(crate) type Slot = *mut Header;
/// The address of a frame's first register.
pub(crate) type Fp = *mut Slot;
/// The address of an instruction.
pub(crate) type Pc = *const Cell<u64>;

#[repr(C, align(16))]
struct SentinelObject(UnsafeCell<[u32; 4]>);

// SAFETY: nobody ever writes to the sentinel.
unsafe impl Sync for SentinelObject {}

static SENTINEL: SentinelObject = SentinelObject(UnsafeCell::new([u32::MAX, types::SENTINEL, 0, 0]));

/// What an unbound register holds: an immortal object whose type no guard accepts.
#[inline(always)]
pub(crate) fn unbound() -> Slot {
    SENTINEL.0.get().cast()
}

/// What marks unbound registers, on the stack and in suspended generators.
pub struct Sentinel;

// SAFETY: the address of a static that is in no heap.
unsafe impl ouro_heap::Unbound for Sentinel {
    #[inline(always)]
    fn mark() -> Slot {
        unbound()
    }
}

/// The frame was entered from native code: returning leaves the loop.
pub(crate) const ENTRY: usize = 1;
/// The frame belongs to a generator.
pub(crate) const GENERATOR: usize = 2;
/// The frame has a frame object, or returns in a special way (see [`INIT`]).
pub(crate) const SPECIAL: usize = 4;
pub(crate) const FLAGS: usize = 7;
/// Beside [`ENTRY`], and nowhere else: the frame's namespace is the globals.
pub(crate) const GLOBAL_NAMESPACE: usize = 8;
/// In the link word: the frame runs `__init__`, its caller wants the instance in `fp[-4]`.
pub(crate) const INIT: u64 = 1 << 31;

const RESERVED_SLOTS: usize = 1 << 27;
const GROWTH: usize = 1 << 11;

pub(crate) struct Stack {
    pub(crate) base: Cell<Fp>,
    /// End of the initialised part.
    pub(crate) limit: Cell<Fp>,
    end: Cell<Fp>,
    /// The frame and instruction that called out of the loop.
    pub(crate) fp: Cell<Fp>,
    pub(crate) pc: Cell<Pc>,
    /// The instruction that has handed on a number that it has only read (see [`super::fast`]).
    pub(crate) loaded: Cell<Pc>,
    /// The object that it has read.
    pub(crate) loaded_object: Cell<Slot>,
    /// The instruction that has lent what it has read to one further on.
    pub(crate) lent: Cell<Pc>,
    /// What the outermost frame of a nested loop has returned.
    pub(crate) result: Cell<Slot>,
    /// The shared 0, in the row of the small ints.
    pub(crate) zero: Cell<Slot>,
    /// The shared strings of one character below 256.
    pub(crate) characters: Cell<*const Slot>,
    /// False and True.
    pub(crate) truths: [Cell<Slot>; 2],
    /// None.
    pub(crate) none: Cell<Slot>,
    /// Whether an exception is being handled, see [`crate::state::Interpreter::replace_handled`].
    pub(crate) handles: Cell<bool>,
    /// The depth limit for plain steps of generators: none are where an exception is being handled.
    pub(crate) step_limit: Cell<u32>,
    /// One more than `sys.getrecursionlimit()`, kept at hand.
    pub(crate) depth_limit: Cell<u32>,
    /// How deep native calls nest, and how deep they may.
    pub(crate) native_depth: Cell<u32>,
    native_limit: Cell<u32>,
    /// Frame objects of running frames, with the address of the frame's registers.
    pub(crate) frames: UnsafeCell<Vec<(usize, Ref<crate::objects::frame::Frame>)>>,
    /// The frames that native code has entered and that have not been left, outermost first.
    pub(crate) entries: UnsafeCell<Vec<Entry>>,
}

/// A frame that native code has entered.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) registers: Fp,
    /// The frame that called out of the loop, and its instruction.
    pub(crate) caller: Fp,
    pub(crate) pc: Pc,
}

thread_local! {
    pub(crate) static STACK: std::mem::ManuallyDrop<Stack> = const {
        std::mem::ManuallyDrop::new(Stack {
            base: Cell::new(std::ptr::null_mut()),
            limit: Cell::new(std::ptr::null_mut()),
            end: Cell::new(std::ptr::null_mut()),
            fp: Cell::new(std::ptr::null_mut()),
            pc: Cell::new(std::ptr::null()),
            loaded: Cell::new(std::ptr::null()),
            loaded_object: Cell::new(std::ptr::null_mut()),
            lent: Cell::new(std::ptr::null()),
            result: Cell::new(std::ptr::null_mut()),
            zero: Cell::new(std::ptr::null_mut()),
            characters: Cell::new(std::ptr::null()),
            truths: [const { Cell::new(std::ptr::null_mut()) }; 2],
            none: Cell::new(std::ptr::null_mut()),
            handles: Cell::new(false),
            step_limit: Cell::new(1001),
            depth_limit: Cell::new(1001),
            native_depth: Cell::new(0),
            native_limit: Cell::new(native_limit(1000)),
            frames: UnsafeCell::new(Vec::new()),
            entries: UnsafeCell::new(Vec::new()),
        })
    };
}

/// Makes the stack of this thread, if there is none.
pub(crate) fn prepare() {
    STACK.with(|stack| {
        if stack.base.get().is_null() {
            let (base, bytes) = reserve_at_most(Range::Registers, RESERVED_SLOTS * 8);
            let base = base.cast::<Slot>();
            stack.base.set(base);
            stack.limit.set(base);
            ouro_heap::state::set_quiet_limit(stack.depth_limit.get());
            // SAFETY: the end of the reserved range.
            stack.end.set(unsafe { base.add(bytes / 8) });
            // `Ref` is transparent over its pointer, so the table is one of slots.
            let shared = crate::state::shared();
            stack.zero.set(shared.small_ints[-SMALL_MIN as usize].as_ptr());
            stack.characters.set(shared.latin1.as_ptr().cast());
            stack.truths[0].set(shared.false_.as_ptr());
            stack.truths[1].set(shared.true_.as_ptr());
            stack.none.set(shared.none.as_ptr());
        }
    });
}

/// Makes sure that the stack is initialised up to `top`; RecursionError if it is used up.
#[cold]
#[inline(never)]
pub(crate) fn grow(top: Fp) -> Res<()> {
    STACK.with(|stack| {
        if top >= stack.end.get() {
            return Err(recursion_error!("maximum recursion depth exceeded"));
        }
        let mut slot = stack.limit.get();
        // SAFETY: the slots lie in the reserved range.
        unsafe {
            let limit = top.add(GROWTH).min(stack.end.get());
            while slot < limit {
                *slot = unbound();
                slot = slot.add(1);
            }
            stack.limit.set(limit);
        }
        Ok(())
    })
}

/// Makes sure that a frame that ends at `top` fits.
#[inline(always)]
pub(crate) fn reserve(top: Fp) -> Res<()> {
    if STACK.with(|stack| top <= stack.limit.get()) { Ok(()) } else { grow(top) }
}

/// The link word: how far below the caller's registers begin and the caller's destination, 16 bits each, and the depth of
/// the frame, 32 bits. The bits that the first two leave free are flags, which only special frames have.
#[inline(always)]
pub(crate) fn link(distance: usize, destination: u16, depth: u32) -> Slot {
    (distance as u64 & 0x7FFF | (destination as u64) << 16 | (depth as u64) << 32) as usize as Slot
}

/// Writes the link word of a frame part by part, as [`way_back`] reads it.
///
/// # Safety
/// The slots below `fp` must be those of a frame's linkage.
#[inline(always)]
pub(crate) unsafe fn lay_link(fp: Fp, distance: u16, destination: u16, depth: u32) {
    // SAFETY: as promised by the caller; the parts lie in one slot.
    unsafe {
        let parts = fp.sub(1).cast::<u16>();
        *parts = distance;
        *parts.add(1) = destination;
        *parts.add(2).cast::<u32>() = depth;
    }
}

/// The same for a call, whose operands a and b are the destination and the window; the registers of the callee begin `header`
/// slots behind that.
///
/// # Safety
/// As for [`lay_link`].
#[inline(always)]
pub(crate) unsafe fn lay_link_of_call(fp: Fp, operands: u32, header: u32, depth: u32) {
    // SAFETY: as promised by the caller; both halves lie in one slot.
    unsafe {
        let halves = fp.sub(1).cast::<u32>();
        // The two operands change places at once.
        *halves = operands.rotate_left(16) + header;
        *halves.add(1) = depth;
    }
}

/// The distance and destination of a frame that is not special, and so has no flags in the link word.
///
/// # Safety
/// The frame must be laid.
#[inline(always)]
pub(crate) unsafe fn way_back(fp: Fp) -> (usize, u16) {
    // SAFETY: as promised by the caller; the parts lie in one slot.
    unsafe {
        let parts = fp.sub(1).cast::<u16>();
        (*parts as usize, *parts.add(1))
    }
}

/// The depth of a running frame.
///
/// # Safety
/// The frame must be laid.
#[inline(always)]
pub(crate) unsafe fn depth_of(fp: Fp) -> u32 {
    // SAFETY: as promised by the caller; the part lies in one slot.
    unsafe { *fp.sub(1).cast::<u32>().add(1) }
}

/// In the link word: the frame runs the method of an operator, whose operands are held in `fp[-5]` and `fp[-4]`, as
/// CPython's stack holds them.
pub(crate) const OPERANDS: u64 = 1 << 30;

/// In the link word, together with [`OPERANDS`]: the method's result is that of the operation whatever it is, also
/// NotImplemented.
pub(crate) const ANY_RESULT: u64 = 1 << 15;

/// The part of a link word that says how to get back: what [`distance`] and [`destination`] read.
pub(crate) const LINK_TO_CALLER: u64 = 0x3FFF_7FFF;

/// Slots from the caller's registers to the callee's.
#[inline(always)]
pub(crate) fn distance(link: Slot) -> usize {
    link as usize & 0x7FFF
}

/// The caller's destination slot.
#[inline(always)]
pub(crate) fn destination(link: Slot) -> usize {
    (link as usize >> 16) & 0x3FFF
}

/// The number of frames below.
#[inline(always)]
pub(crate) fn depth(link: Slot) -> u32 {
    (link as u64 >> 32) as u32
}

/// The RecursionError for too many frames.
#[cold]
pub(crate) fn too_deep() -> crate::error::Raised {
    recursion_error!("maximum recursion depth exceeded")
}

/// The lowest depth that is not allowed; the outermost frame has depth 1.
#[inline(always)]
pub(crate) fn depth_limit() -> u32 {
    STACK.with(|stack| stack.depth_limit.get())
}

/// Whether an exception is being handled.
#[inline(always)]
pub(crate) fn handles() -> bool {
    STACK.with(|stack| stack.handles.get())
}

/// How deep native calls may nest where frames may nest so deep.
const fn native_limit(frames: u32) -> u32 {
    let limit = frames.saturating_add(50);
    if limit < MAX_NATIVE_DEPTH { limit } else { MAX_NATIVE_DEPTH }
}

/// Counts a native call, unless they nest too deeply.
#[inline(always)]
pub(crate) fn enter_native() -> bool {
    STACK.with(|stack| {
        let depth = stack.native_depth.get();
        let allowed = depth < stack.native_limit.get();
        if allowed {
            stack.native_depth.set(depth + 1);
        }
        allowed
    })
}

/// Counts a native call no more.
#[inline(always)]
pub(crate) fn leave_native() {
    STACK.with(|stack| stack.native_depth.set(stack.native_depth.get() - 1));
}

/// Sets how deep frames may nest.
pub(crate) fn set_depth_limit(limit: u32) {
    vm().recursion_limit.set(limit);
    STACK.with(|stack| {
        stack.depth_limit.set(limit.saturating_add(1));
        ouro_heap::state::set_quiet_limit(stack.depth_limit.get());
        stack.native_limit.set(native_limit(limit));
    });
    note_handled(handles());
}

/// Notes whether an exception is being handled.
pub(crate) fn note_handled(handles: bool) {
    STACK.with(|stack| {
        stack.handles.set(handles);
        stack.step_limit.set(if handles { 0 } else { stack.depth_limit.get() });
    });
}
