//! The steps of the algebra between elements that can be compared without running code: the tables stay borrowed, and no
//! reference is counted but those of the result. Each tells how many elements it has dealt with; the rest goes the general way.

use ouro_heap::{
    OutOfMemory, Ref,
    set_table::{Search, SetTable},
};

use super::{Set, hash_tells};
use crate::objects::{dict, sequence::quick_equal};

/// Adds elements of another set.
pub(super) fn merge(set: &Set, other: &Set) -> Result<usize, OutOfMemory> {
    other.table.with(|other| {
        let done = set.table.with_mut(|table| table.add_all_at_home(other));
        if done == other.len() {
            return Ok(done);
        }
        Ok(done + add_all(set, other.iter().skip(done), other.is_telling())?)
    })
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
                if source.is_telling() && other.is_telling() {
                    sift_by(source, other, wanted, result, |_, _| Some(true), |_, _| true)
                } else {
                    sift_by(source, other, wanted, result, quick_equal, hash_tells)
                }
            })
        })
    })
}

/// [`sift`] by a way to compare two keys, and to say whether the hash of one tells it from others.
#[inline(always)]
fn sift_by(
    source: &SetTable,
    other: &SetTable,
    wanted: bool,
    result: &mut SetTable,
    same: impl Fn(&Ref, &Ref) -> Option<bool>,
    tells: impl Fn(i64, &Ref) -> bool,
) -> Result<usize, OutOfMemory> {
    let mut done = 0;
    for (hash, key) in source.iter() {
        let Some(found) = other.look_up(hash, |candidate| same(candidate, key)).told() else { break };
        if found == wanted {
            result.add_distinct(hash, key, &tells)?;
        }
        done += 1;
    }
    Ok(done)
}

/// Takes elements of another set out where they are there, and adds them where not.
pub(super) fn flip(set: &Set, other: &Set) -> Result<usize, OutOfMemory> {
    other.table.with(|other| {
        set.table.with_mut(|table| {
            // A table where hashes tell stays one: whatever is added comes from another.
            if table.is_telling() && other.is_telling() {
                flip_by(table, other, |_, _| Some(true), |_| true, |_, _| true)
            } else {
                // The end of a number or text runs no code.
                let ends_quietly = |key: &Ref| dict::plain_hash(key).is_some();
                flip_by(table, other, quick_equal, ends_quietly, hash_tells)
            }
        })
    })
}

/// [`flip`] by a way to compare two keys, to say whether the end of one runs no code, and whether its hash tells it from others.
#[inline(always)]
fn flip_by(
    table: &mut SetTable,
    other: &SetTable,
    same: impl Fn(&Ref, &Ref) -> Option<bool>,
    ends_quietly: impl Fn(&Ref) -> bool,
    tells: impl Fn(i64, &Ref) -> bool,
) -> Result<usize, OutOfMemory> {
    let mut done = 0;
    for (hash, key) in other.iter() {
        match table.find(hash, |candidate| same(candidate, key)) {
            Search::Found(_) if !ends_quietly(key) => break,
            Search::Found(place) => drop(table.remove(place)),
            Search::Missing(place) => table.fill_place(place, hash, key.clone(), &tells)?,
            Search::Undecided(_) => break,
        }
        done += 1;
    }
    Ok(done)
}
