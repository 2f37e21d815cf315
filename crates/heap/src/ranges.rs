//! Ranges of address space, and where they start.
//!
//! A range costs nothing until it is touched. It is reserved once, large enough for all that may ever stand in it, so that
//! nothing in it moves and its place in a table follows from its address.
//!
//! # Starts that do not collide
//!
//! AMD's processors seek a line in the first cache by eight bits that they make of bits 12 to 27 of its address, before they
//! know the rest. Two lines that agree in these and in bits 6 to 11 drive each other out at every access, however much
//! room there is (Lipp et al., "Take A Way: Exploring the Security Implications of AMD's Cache Way Predictors", 2020). The
//! system lets large ranges start at addresses that agree in all of these bits, and what is used most stands at the
//! starts: the registers of the outermost frames, the small ints. A loop over both took ten times as long as it should.
//!
//! Architecture Invariant: ranges start on different pages of a mebibyte, at least as far apart as what is used of
//! them in a small program.

use std::ptr;

use crate::blocks::Family;

/// What a range is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Objects that refer to nothing.
    Atomic,
    /// Objects that can be part of a cycle.
    Container,
    /// Storage that belongs to an object.
    Buffer,
    /// The interpreter's register stack.
    Registers,
    /// The records of the types.
    Types,
    /// What the collector knows of each container.
    Cells,
    /// What tracing knows of each block.
    Notes,
}

/// Ranges start a number of pages behind a multiple of this: the lower half of the bits that the cache makes its hash of.
const START: usize = 1 << 20;
const PAGE: usize = 1 << 12;
/// The least that is asked for when the system grants little, in bytes.
const LEAST: usize = 1 << 24;

impl Range {
    /// The range that a family of blocks stands in.
    pub(crate) fn of(family: Family) -> Range {
        match family {
            Family::Atomic => Range::Atomic,
            Family::Container => Range::Container,
            Family::Buffer => Range::Buffer,
        }
    }

    /// How many bytes behind a multiple of [`START`] the range starts. A deep recursion fills some thirty pages with registers,
    /// and there are some five pages of types. All are multiples of 16, as there are systems with pages of 64 KiB.
    const fn start(self) -> usize {
        let page = match self {
            Range::Atomic => 0,
            Range::Notes => 48,
            Range::Container => 64,
            Range::Cells => 128,
            Range::Buffer => 144,
            Range::Registers => 208,
            Range::Types => 240,
        };
        page * PAGE
    }

    /// The start of the range in what the system has mapped for it, which is larger by up to two [`START`]s.
    fn start_in(self, mapped: *mut u8) -> *mut u8 {
        let start = (mapped as usize).next_multiple_of(START) + self.start();
        mapped.wrapping_add(start - mapped as usize)
    }
}

/// Reserves `size` bytes of address space, which read as zero until they are written.
pub(crate) fn reserve(range: Range, size: usize) -> *mut u8 {
    let mapped = map(size + 2 * START).unwrap_or_else(|| exhausted(size));
    range.start_in(mapped)
}

/// Reserves address space, up to `most` bytes: zero until touched, never moved, never given back. The start and the size. Where
/// the system grants little (`ulimit -v`), it takes no more than a quarter of what is left: the other ranges, and what
/// stands outside of them, need theirs.
pub fn reserve_at_most(range: Range, most: usize) -> (*mut u8, usize) {
    let mut size = most;
    loop {
        if let Some(mapped) = map(4 * size) {
            let start = range.start_in(mapped);
            let used = start as usize - mapped as usize + size;
            // SAFETY: the rest of what was just mapped; nothing uses it.
            unsafe { libc::munmap(mapped.add(used).cast(), 4 * size - used) };
            return (start, size);
        }
        if size <= LEAST {
            exhausted(size);
        }
        size /= 2;
    }
}

/// Ends the process: where even address space is missing, no exception could be made.
#[cold]
pub(crate) fn exhausted(size: usize) -> ! {
    crate::system::tell(format_args!(
        "Fatal Python error: the heap's address space is used up ({size} bytes)\n"
    ));
    std::process::exit(1);
}

fn map(size: usize) -> Option<*mut u8> {
    // SAFETY: a private anonymous mapping at an address of the system's choice.
    let address = unsafe {
        libc::mmap(
            ptr::null_mut(),
            size,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
            -1,
            0,
        )
    };
    (address != libc::MAP_FAILED).then_some(address.cast())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hash that the cache takes of an address: each of bits 12 to 19 with its counterpart among 27 to 20.
    fn hash(address: usize) -> usize {
        (0..8)
            .map(|bit| (address >> (12 + bit) ^ address >> (27 - bit)) & 1)
            .fold(0, |all, bit| all << 1 | bit)
    }

    #[test]
    fn what_stands_at_the_starts_of_ranges_has_different_hashes() {
        use Range::*;
        let ranges = [Atomic, Container, Buffer, Registers, Types, Cells, Notes];
        // What the system gives: multiples of a large page, and addresses that are no more than pages.
        for mapped in [0x7f15_e360_0000_usize, 0x7ed5_e361_3000, 0x10_0000] {
            let hashes: Vec<Vec<usize>> = ranges
                .iter()
                .map(|range| {
                    let start = range.start_in(mapped as *mut u8) as usize;
                    assert!(start - mapped < 2 * START);
                    (0..4).map(|page| hash(start + page * PAGE)).collect()
                })
                .collect();
            for (number, own) in hashes.iter().enumerate() {
                for others in &hashes[number + 1..] {
                    assert!(own.iter().all(|hash| !others.contains(hash)), "{hashes:?}");
                }
            }
        }
    }

    #[test]
    fn ranges_are_zero_from_start_to_end() {
        let (start, size) = reserve_at_most(Range::Notes, LEAST);
        // SAFETY: both lie in the range.
        unsafe { assert_eq!((*start, *start.add(size - 1)), (0, 0)) };
        assert_eq!((start as usize - Range::Notes.start()) % START, 0);
        let start = reserve(Range::Types, START);
        // SAFETY: both lie in the range.
        unsafe { assert_eq!((*start, *start.add(START - 1)), (0, 0)) };
    }
}
