//! Where the entries of a long young buffer go.
//!
//! While nothing is collected, because the program has switched collections off or looks at many objects before the next
//! one, the youngest generation grows with the heap. Objects that are made one after the other mostly lie side by side:
//! so the entries are kept as differences of addresses, seven bits a byte, the lowest first.
//!
//! ```text
//!   address, in steps of 16 bytes     .. 5204  5206  5208  7731 ..
//!   difference, its sign lowest       ..    4     4     4  5046 ..
//!   bytes                             .. 04    04    04    B6 27 ..     the top bit: more follow
//! ```

use crate::header::Header;

/// Entries of a young buffer that are worth the work.
pub(super) const SPILL_FROM: usize = 1 << 14;
/// Entries among which nobody looks for those of dead objects.
const UNSIFTED: usize = 1 << 20;
/// log2 of the step of addresses of blocks.
const STEP: u32 = 4;
/// The bits of a byte that are those of a difference.
const BITS: u32 = 7;
const MORE: u8 = 1 << BITS;

/// Addresses in the order in which they were added.
pub(super) struct Spill {
    bytes: Vec<u8>,
    last: usize,
    len: usize,
    /// So many entries are sifted next.
    limit: usize,
}

impl Spill {
    pub(super) const fn new() -> Spill {
        Spill { bytes: Vec::new(), last: 0, len: 0, limit: UNSIFTED }
    }

    /// Whether there are no entries.
    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether this is the last entry.
    #[inline(always)]
    pub(super) fn ends_with(&self, object: *mut Header) -> bool {
        self.last == object as usize
    }

    /// Takes the last entry off.
    #[inline(never)]
    pub(super) fn pop(&mut self) {
        let Some(highest) = self.bytes.pop() else { return };
        let mut rest = highest as usize;
        while let Some(byte) = self.bytes.pop_if(|byte| *byte & MORE != 0) {
            rest = rest << BITS | (byte & !MORE) as usize;
        }
        self.last = self.last.wrapping_sub(difference(rest));
        self.len -= 1;
    }

    /// Whether there are so many entries that those of dead objects should be taken out.
    pub(super) fn is_full(&self) -> bool {
        self.len >= self.limit
    }

    /// Adds entries, none of them null.
    pub(super) fn append(&mut self, entries: impl Iterator<Item = *mut Header>) {
        for entry in entries {
            let difference = (entry as usize).wrapping_sub(self.last) as isize >> STEP;
            let mut rest = (difference << 1 ^ difference >> (isize::BITS - 1)) as usize;
            while rest >= MORE as usize {
                self.bytes.push(rest as u8 | MORE);
                rest >>= BITS;
            }
            self.bytes.push(rest as u8);
            self.last = entry as usize;
            self.len += 1;
        }
    }

    /// All entries.
    pub(super) fn entries(&self) -> Vec<*mut Header> {
        let mut entries = Vec::with_capacity(self.len);
        let mut last = 0usize;
        let mut bytes = self.bytes.iter();
        while let Some(&first) = bytes.next() {
            let mut rest = (first & !MORE) as usize;
            if first & MORE != 0 {
                let mut shift = BITS;
                for &byte in bytes.by_ref() {
                    rest |= ((byte & !MORE) as usize) << shift;
                    shift += BITS;
                    if byte & MORE == 0 {
                        break;
                    }
                }
            }
            last = last.wrapping_add(difference(rest));
            entries.push(last as *mut Header);
        }
        entries
    }

    /// A spill of entries that have been sifted.
    pub(super) fn sifted(entries: Vec<*mut Header>) -> Spill {
        let mut spill = Spill::new();
        spill.limit = spill.limit.max(entries.len() * 2);
        spill.append(entries.into_iter());
        spill
    }
}

/// The difference of two addresses that a number stands for.
#[inline(always)]
fn difference(number: usize) -> usize {
    (((number >> 1) as isize ^ -((number & 1) as isize)) << STEP) as usize
}

/// Entries of the young generations that a collection has taken out, in their order.
pub(super) struct Younger {
    spilled: Spill,
    rest: Vec<*mut Header>,
}

impl Default for Younger {
    fn default() -> Self {
        Younger::new(Spill::new(), Vec::new())
    }
}

impl Younger {
    pub(super) fn new(spilled: Spill, rest: Vec<*mut Header>) -> Younger {
        Younger { spilled, rest }
    }

    /// Adds entries behind the others.
    pub(super) fn append(&mut self, mut entries: Vec<*mut Header>) {
        self.rest.append(&mut entries);
    }

    /// All entries. Most collections do not ask.
    pub(super) fn entries(&mut self) -> &mut Vec<*mut Header> {
        if !self.spilled.is_empty() {
            let mut all = std::mem::replace(&mut self.spilled, Spill::new()).entries();
            all.append(&mut self.rest);
            self.rest = all;
        }
        &mut self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_it_got() {
        let mut spill = Spill::new();
        let mut expected = Vec::new();
        let mut address = 0x7F12_3456_7890usize;
        for number in 0..5000usize {
            // Near and far, up and down.
            address = match number % 7 {
                0 => address - 16 * (number % 900),
                1 => address + (1 << 35),
                2 => address - (1 << 35) + 32,
                _ => address + 16 * (number % 3),
            };
            expected.push(address as *mut Header);
            if number % 1000 == 999 {
                spill.append(expected[number - 999..].iter().copied());
            }
        }
        assert_eq!(spill.entries(), expected);
        for &object in expected[3000..].iter().rev() {
            assert!(spill.ends_with(object));
            spill.pop();
        }
        spill.append(expected[3000..].iter().copied());
        assert_eq!(spill.entries(), expected);
        expected.iter().for_each(|_| spill.pop());
        assert!(spill.is_empty() && spill.ends_with(std::ptr::null_mut()));
        let mut younger = Younger::new(Spill::sifted(expected.clone()), vec![16 as *mut Header]);
        younger.append(vec![32 as *mut Header]);
        expected.extend([16 as *mut Header, 32 as *mut Header]);
        assert_eq!(younger.entries(), &expected);
        assert_eq!(younger.entries(), &expected);
    }
}
