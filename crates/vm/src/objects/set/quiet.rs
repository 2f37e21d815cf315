//! The steps of the algebra between elements that can be compared without running code: the tables stay borrowed, and no
//! reference is counted but those of the result. Each tells how many elements it has dealt with; the rest goes the general way.

use ouro_heap::{OutOfMemory, Ref, set_table::Search};

use super::{Set, hash_tells};
use crate::objects::{dict, sequence::quick_equal};

/// Adds elements of another set.
pub(super) fn merge(set: &Set, other: &Set) -> Result<usize, OutOfMemory> {
    other.table.with(|other| add_all(set, other.iter(), other.is_telling()))
}

/// Adds elements that have not been hashed.
pub(super) fn merge_items(set: &Set, items: &[Ref]) -> Result<usize, OutOfMemory> {
    add_all(set, items.iter().map_while(|item| Some((dict::plain_hash(item)?, item))), false)
}

/// Adds elements with their hashes; `telling` if all of them are ints whose hashes tell them apart.
fn add_all<'a>(
    set: &Set,
    elements: impl Iterator<Item = (i64, &'a Ref)>,
    telling: bool,
) -> Result<usize, OutOfMemory> {
    set.table.with_mut(|table| {
        let mut done = 0;
        for (hash, key) in elements {
            let told = table.is_telling() && (telling || hash_tells(hash, key));
            match table.find(hash, |candidate| if told { Some(true) } else { quick_equal(candidate, key) }) {
                Search::Found(_) => {}
                Search::Missing(place) => table.fill_place(place, hash, key.clone(), hash_tells)?,
                Search::Undecided(_) => break,
            }
            done += 1;
        }
        Ok(done)
    })
}

/// Adds to a new set the elements of a set that are, or are not, in another one.
pub(super) fn sift(source: &Set, other: &Set, wanted: bool, result: &Set) -> Result<usize, OutOfMemory> {
    source.table.with(|source| {
        other.table.with(|other| {
            result.table.with_mut(|result| {
                let told = source.is_telling() && other.is_telling();
                let mut done = 0;
                for (hash, key) in source.iter() {
                    let same = |candidate: &Ref| if told { Some(true) } else { quick_equal(candidate, key) };
                    let Some(found) = other.look_up(hash, same).told() else { break };
                    if found == wanted {
                        result.add_distinct(hash, key.clone(), |hash, key| told || hash_tells(hash, key))?;
                    }
                    done += 1;
                }
                Ok(done)
            })
        })
    })
}

/// Takes elements of another set out where they are there, and adds them where not.
pub(super) fn flip(set: &Set, other: &Set) -> Result<usize, OutOfMemory> {
    other.table.with(|other| {
        set.table.with_mut(|table| {
            let mut done = 0;
            let telling = other.is_telling();
            for (hash, key) in other.iter() {
                let told = table.is_telling() && telling;
                match table
                    .find(hash, |candidate| if told { Some(true) } else { quick_equal(candidate, key) })
                {
                    Search::Found(place) => {
                        // The end of a number or text runs no code.
                        let plain = dict::plain_hash(key).is_some();
                        if !plain {
                            break;
                        }
                        drop(table.remove(place));
                    }
                    Search::Missing(place) => table.fill_place(place, hash, key.clone(), hash_tells)?,
                    Search::Undecided(_) => break,
                }
                done += 1;
            }
            Ok(done)
        })
    })
}
