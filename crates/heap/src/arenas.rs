//! How many arenas are and were in use. Counted where a pool is taken or given back, which is rare.

use std::cell::{Cell, RefCell};

use crate::blocks::{ARENA_SIZE, FAMILIES, Family, POOL_SIZE};

/// Arenas that have pools with blocks in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArenaCounts {
    /// Taken into use so far; one that was given back and is used again counts twice.
    pub total: usize,
    /// The most that were in use at one time.
    pub highest: usize,
    /// In use now.
    pub current: usize,
}

/// The counts, and the pools in use of every arena.
pub(crate) struct Arenas {
    pools: [RefCell<Vec<u8>>; FAMILIES],
    counts: Cell<ArenaCounts>,
}

fn arena_of(pool: usize) -> usize {
    pool / (ARENA_SIZE / POOL_SIZE)
}

impl Arenas {
    pub(crate) const fn new() -> Arenas {
        Arenas {
            pools: [const { RefCell::new(Vec::new()) }; FAMILIES],
            counts: Cell::new(ArenaCounts { total: 0, highest: 0, current: 0 }),
        }
    }

    pub(crate) fn counts(&self) -> ArenaCounts {
        self.counts.get()
    }

    /// A pool of a family is in use from now on.
    pub(crate) fn pool_taken(&self, family: Family, pool: usize) {
        let mut pools = self.pools[family as usize].borrow_mut();
        let arena = arena_of(pool);
        if pools.len() <= arena {
            pools.resize(arena + 1, 0);
        }
        pools[arena] += 1;
        if pools[arena] == 1 {
            let ArenaCounts { total, highest, current } = self.counts.get();
            let current = current + 1;
            self.counts.set(ArenaCounts { total: total + 1, highest: highest.max(current), current });
        }
    }

    /// A pool is given back to the system.
    pub(crate) fn pool_returned(&self, family: Family, pool: usize) {
        let pools = &mut self.pools[family as usize].borrow_mut()[arena_of(pool)];
        *pools -= 1;
        if *pools == 0 {
            let counts = self.counts.get();
            self.counts.set(ArenaCounts { current: counts.current - 1, ..counts });
        }
    }
}
