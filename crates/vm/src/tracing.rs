//! Where traced blocks were made: tracebacks by number, for the heap's tracing of allocations.
//!
//! The heap asks at each allocation ([`ouro_heap::trace`]). The frames are looked up as they are, by code and line; the
//! table has each traceback once and keeps what the compiler made of the code, so that names are at hand when a
//! snapshot is taken. It lies outside of the managed heap, whose figures it would change otherwise.

use std::{cell::RefCell, collections::HashMap, hash::BuildHasherDefault, rc::Rc};

use ahash::AHasher;
use hashbrown::HashTable;
use ouro_bytecode::code as bytecode;
use ouro_heap::{Ref, trace};

use crate::interpreter::{acts_for_caller, visit_positions, with_innermost};

/// The most frames that a traceback can have.
pub const MAX_FRAMES: usize = u16::MAX as usize;

/// A frame of a traceback: what the compiler made, by its address, and the line.
type Frame = (usize, u32);

struct Traceback {
    hash: u64,
    frames: Box<[Frame]>,
    /// Frames that were running, of which only the innermost ones are noted.
    total: u16,
}

/// An instruction that has allocated lately, by its address and its code, and the number of its place.
#[derive(Clone, Default)]
struct Recent {
    pc: usize,
    code: usize,
    line: u32,
    total: u32,
    number: u32,
    /// The numbers of its places by the number of running frames, as far as they are known; 0: not yet.
    by_total: Vec<u32>,
}

/// How many instructions are remembered, each in the one place that it can have.
const RECENT: usize = 1024;

#[derive(Default)]
struct Places {
    limit: usize,
    /// Numbers into `tracebacks`, by what stands there.
    numbers: HashTable<u32>,
    tracebacks: Vec<Traceback>,
    codes: HashMap<usize, Rc<bytecode::Code>, BuildHasherDefault<AHasher>>,
    current: Vec<Frame>,
    /// For tracebacks of one frame, which need not be put together then; empty for longer ones.
    recent: Vec<Recent>,
}

thread_local! {
    static PLACES: RefCell<Places> = RefCell::default();
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

fn locate() -> u32 {
    PLACES.with_borrow_mut(|places| {
        let Some(recents) = places.recent.first_chunk::<RECENT>() else { return places.find() };
        let known = with_innermost(|pc, code, total| {
            let place = pc / size_of::<u64>() % RECENT;
            let recent = &recents[place];
            let same = recent.pc == pc && recent.code == Rc::as_ptr(code) as usize;
            same.then_some((if recent.total == total { recent.number } else { 0 }, place, total))
        });
        match known.flatten() {
            Some((0, place, total)) => places.find_deeper(place, total),
            Some((number, ..)) => number,
            None => places.find(),
        }
    })
}

impl Places {
    /// The number of the place where the program is; the first is 1.
    #[cold]
    fn find(&mut self) -> u32 {
        self.current.clear();
        let current = &mut self.current;
        let total = visit_positions(self.limit, |code, line| current.push((Rc::as_ptr(code) as usize, line)));
        let number = self.number_of_current(total);
        if let [(code, line)] = *self.current.as_slice()
            && !self.recent.is_empty()
            && !acts_for_caller()
        {
            // The table keeps the code, so that no other can have its address.
            let noted =
                with_innermost(|pc, _, total| Recent { pc, code, line, total, number, by_total: Vec::new() });
            if let Some(recent) = noted {
                let place = recent.pc / size_of::<u64>() % RECENT;
                self.recent[place] = recent;
            }
        }
        number
    }

    /// The number of the place of an instruction that is known from another depth of calls.
    #[inline(never)]
    fn find_deeper(&mut self, place: usize, total: u32) -> u32 {
        let index = total as usize;
        let known = self.recent[place].by_total.get(index).copied().unwrap_or(0);
        let number = if known == 0 { self.number_at_depth(place, total) } else { known };
        let recent = &mut self.recent[place];
        (recent.total, recent.number) = (total, number);
        number
    }

    #[cold]
    fn number_at_depth(&mut self, place: usize, total: u32) -> u32 {
        let recent = &self.recent[place];
        self.current.clear();
        self.current.push((recent.code, recent.line));
        let number = self.number_of_current(total);
        let by_total = &mut self.recent[place].by_total;
        let index = total as usize;
        // Beyond that, tracebacks do not tell the depths from each other.
        if index <= usize::from(u16::MAX) {
            by_total.resize(by_total.len().max(index + 1), 0);
            by_total[index] = number;
        }
        number
    }

    /// The number of the traceback whose frames have been put together.
    fn number_of_current(&mut self, total: u32) -> u32 {
        let Places { limit, numbers, tracebacks, codes, current, .. } = self;
        let mut hash = 0u64;
        let mut mix = |value: u64| hash = (hash.rotate_left(23) ^ value).wrapping_mul(MULTIPLIER);
        current.iter().for_each(|&(code, line)| mix(code as u64 ^ u64::from(line) << 48));
        mix(u64::from(total));
        let total = total.min(u32::from(u16::MAX)) as u16;
        let same = |number: &u32| {
            let known = &tracebacks[*number as usize];
            known.total == total && *known.frames == **current
        };
        if let Some(number) = numbers.find(hash, same) {
            return number + 1;
        }
        let number = tracebacks.len() as u32;
        tracebacks.push(Traceback { hash, frames: current.as_slice().into(), total });
        numbers.insert_unique(hash, number, |number| tracebacks[*number as usize].hash);
        visit_positions(*limit, |code, _| {
            codes.entry(Rc::as_ptr(code) as usize).or_insert_with(|| code.clone());
        });
        number + 1
    }

    fn forget(&mut self) {
        self.begin(self.limit);
    }

    fn begin(&mut self, limit: usize) {
        let recent = if limit == 1 { vec![Recent::default(); RECENT] } else { Vec::new() };
        *self = Places { limit, recent, ..Places::default() };
    }
}

/// Begins to trace allocations with tracebacks of up to `limit` frames (1 to [`MAX_FRAMES`]). Does nothing while
/// allocations are traced.
pub fn start(limit: usize) {
    if !trace::is_on() {
        PLACES.with_borrow_mut(|places| places.begin(limit));
        trace::start(locate);
    }
}

/// Ends tracing and forgets everything.
pub fn stop() {
    trace::stop();
    PLACES.with_borrow_mut(|places| *places = Places { limit: places.limit, ..Places::default() });
}

/// Forgets what was traced so far; tracing goes on.
pub fn clear() {
    if trace::is_on() {
        trace::clear();
        PLACES.with_borrow_mut(Places::forget);
    }
}

/// Frames that a traceback has at most; 1 until someone has asked for more.
pub fn limit() -> usize {
    PLACES.with_borrow(|places| places.limit.max(1))
}

/// Bytes that the tracing itself takes.
pub fn own_bytes() -> usize {
    PLACES.with_borrow(|places| {
        let frames: usize = places.tracebacks.iter().map(|known| size_of_val(&*known.frames)).sum();
        trace::own_bytes()
            + frames
            + places.tracebacks.capacity() * size_of::<Traceback>()
            + places.numbers.allocation_size()
            + places.codes.capacity() * size_of::<(usize, Rc<bytecode::Code>)>()
            + places.current.capacity() * size_of::<Frame>()
            + places.recent.capacity() * size_of::<Recent>()
            + places.recent.iter().map(|recent| recent.by_total.capacity() * size_of::<u32>()).sum::<usize>()
    })
}

/// Where a block was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Birth {
    /// File and line of the frames that are noted, the innermost first.
    pub frames: Vec<(Rc<str>, u32)>,
    /// The number of frames that were running.
    pub total: u16,
}

/// What a number stands for that the heap has for a traced block.
pub fn birth_at(place: u32) -> Option<Birth> {
    PLACES.with_borrow(|places| {
        let known = places.tracebacks.get((place as usize).checked_sub(1)?)?;
        let name = |&(code, line): &Frame| Some((places.codes.get(&code)?.filename.clone(), line));
        Some(Birth { frames: known.frames.iter().map(name).collect::<Option<_>>()?, total: known.total })
    })
}

/// Where an object was made, if that was traced.
pub fn birth(object: &Ref) -> Option<Birth> {
    birth_at(trace::birth(object.address())?)
}
