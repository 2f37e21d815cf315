//! The map of the pools: how full each is, size class by size class.

use ouro_heap::{
    blocks::{ARENA_SIZE, Family, POOL_SIZE},
    inspect::{self, Pool},
};

use crate::plain::Plain;

const POOLS_IN_ARENA: usize = ARENA_SIZE / POOL_SIZE;

/// The pools as plain data.
pub fn plain(pools: &[Pool]) -> Plain {
    let of_pool = |pool: &Pool| {
        Plain::object([
            ("family", family_name(pool.family).into()),
            ("arena", (pool.number / POOLS_IN_ARENA).into()),
            ("pool", (pool.number % POOLS_IN_ARENA).into()),
            ("size", pool.size.into()),
            ("blocks", pool.blocks.into()),
            ("used", pool.used.into()),
        ])
    };
    let (objects, storage) = inspect::outside_of_pools();
    Plain::object([
        ("pools", Plain::List(pools.iter().map(of_pool).collect())),
        ("outside", Plain::object([("objects", objects.into()), ("storage", storage.into())])),
    ])
}

/// The name of what a range of the heap holds.
pub fn family_name(family: Family) -> &'static str {
    match family {
        Family::Atomic => "objects that refer to nothing",
        Family::Container => "objects that refer to others",
        Family::Buffer => "storage of objects",
    }
}

/// How full a pool is: `#` full, `.` empty, tenths between.
fn sign(pool: &Pool) -> char {
    match (pool.used, pool.used * 10 / pool.blocks.max(1)) {
        (0, _) => '.',
        (used, _) if used == pool.blocks => '#',
        (_, tenths) => char::from_digit(tenths as u32, 10).unwrap_or('9'),
    }
}

/// Signs in one row of a map.
const WIDTH: usize = 48;

/// The map in lines: a sign for each pool, a row for each size.
pub fn lines(pools: &[Pool]) -> Vec<String> {
    let mut lines = Vec::new();
    for family in Family::ALL {
        let mut of_family: Vec<&Pool> = pools.iter().filter(|pool| pool.family == family).collect();
        if of_family.is_empty() {
            continue;
        }
        let used: usize = of_family.iter().map(|pool| pool.used * pool.size).sum();
        let arenas = of_family.iter().map(|pool| pool.number / POOLS_IN_ARENA).max().unwrap_or(0) + 1;
        let all = of_family.len() * POOL_SIZE;
        lines.push(format!(
            "{}: {} pools of {} KiB in {arenas} {}, {used} of {all} bytes used ({}%)",
            family_name(family),
            of_family.len(),
            POOL_SIZE >> 10,
            if arenas == 1 { "arena" } else { "arenas" },
            used * 100 / all
        ));
        lines.push("   size  pools   used   free  map".to_owned());
        of_family.sort_by_key(|pool| (pool.size, pool.number));
        for row in of_family.chunk_by(|a, b| a.size == b.size) {
            let used: usize = row.iter().map(|pool| pool.used).sum();
            let room: usize = row.iter().map(|pool| pool.blocks).sum();
            let signs: String = row.iter().take(WIDTH).map(|pool| sign(pool)).collect();
            let more = if row.len() > WIDTH { "..." } else { "" };
            lines.push(format!(
                "{:>7}{:>7}{used:>7}{:>7}  {signs}{more}",
                row[0].size,
                row.len(),
                room - used
            ));
        }
    }
    let (objects, storage) = inspect::outside_of_pools();
    lines.push(format!("outside of pools: {objects} bytes of objects, {storage} bytes of storage"));
    lines.push("signs: # full, . empty, 0 to 9 tenths".to_owned());
    lines
}
