//! The methods of lists.

use ouro_heap::{OutOfMemory, Ref};

use super::{List, from_slice, this};
use crate::{
    error::Res,
    index_error,
    interpreter::Consumer,
    objects::{
        dict::Dict,
        sequence::{self, argument_bound, argument_index},
        set::Set,
        str::Str,
        tuple::Tuple,
    },
    protocol::{iterate, object},
    state::shared,
    value_error,
};

fn none() -> Res {
    Ok(shared().none.clone())
}

pub(super) fn append(args: &[Ref]) -> Res {
    this(&args[0])?.push(args[1].clone())?;
    none()
}

pub(super) fn clear(args: &[Ref]) -> Res {
    let list = this(&args[0])?;
    // Nothing changes in an empty list, which a sort that goes on would notice.
    if !list.is_empty() {
        drop(list.items.take());
    }
    none()
}

pub(super) fn copy(args: &[Ref]) -> Res {
    Ok(this(&args[0])?.items.with(|items| from_slice(items))?.into_any())
}

pub(super) fn count(args: &[Ref]) -> Res {
    let list = this(&args[0])?;
    let (mut place, mut count) = (0, 0);
    while let Some(found) = list.find(place, usize::MAX, &args[1])? {
        count += 1;
        place = found + 1;
    }
    Ok(crate::objects::int::new(count))
}

pub(super) fn extend_method(args: &[Ref]) -> Res {
    extend(this(&args[0])?, &args[1])?;
    none()
}

/// `list.extend(iterable)`
pub fn extend(list: &Ref<List>, iterable: &Ref) -> Res<()> {
    if list.as_any().is(iterable) {
        // Of what class it ever is, it would have no end.
        return Ok(extend_vec(list, list.snapshot())?);
    }
    if iterable.is_exact::<List>()
        && let Some(other) = iterable.payload::<List>()
    {
        return Ok(other.items.with(|more| extend_slice(list, more))?);
    }
    if iterable.is_exact::<Tuple>()
        && let Some(other) = iterable.payload::<Tuple>()
    {
        return Ok(extend_slice(list, other.items())?);
    }
    if iterable.is_exact::<Dict>()
        && let Some(dict) = iterable.payload::<Dict>()
    {
        return Ok(extend_vec(
            list,
            dict.table.with(|table| table.iter().map(|(key, _)| key.clone()).collect()),
        )?);
    }
    if Set::is_exact_set(iterable)
        && let Some(set) = iterable.payload::<Set>()
    {
        return Ok(extend_vec(list, set.snapshot())?);
    }
    if iterable.is_exact::<Str>() {
        return Ok(extend_vec(list, iterate::collect(iterable)?)?);
    }
    let iterator = iterate::iter(iterable)?;
    let hint = object::length_hint(iterable, 8)?;
    list.items.with_mut(|items| -> Result<(), OutOfMemory> {
        let len = items.len();
        // A hint that no list could have is ignored.
        match len.checked_add(hint).filter(|&total| total <= isize::MAX as usize) {
            Some(total) if items.capacity() == 0 => items.reserve_exact(total),
            Some(total) => items.grow_for(total),
            None => Ok(()),
        }
    })?;
    iterate::feed(&iterator, &mut Append(list))?;
    list.items.with_mut(|items| items.shrink_if_sparse());
    Ok(())
}

/// Appends one item after the other.
struct Append<'a>(&'a List);

impl Consumer for Append<'_> {
    #[inline]
    fn take_quietly(&mut self, item: Ref) -> Result<(), Ref> {
        self.0.items.with_mut(|items| {
            if items.len() == items.capacity() {
                return Err(item);
            }
            items.push_within(item);
            Ok(())
        })
    }

    #[inline]
    fn take(&mut self, item: Ref) -> Res<bool> {
        self.0.push(item)?;
        Ok(true)
    }
}

/// Appends clones of items, which are not those of the list itself.
fn extend_slice(list: &List, more: &[Ref]) -> Result<(), OutOfMemory> {
    if more.is_empty() {
        return Ok(());
    }
    list.items.with_mut(|items| {
        if items.capacity() == 0 {
            items.reserve_exact(more.len())?;
        }
        items.extend_from_slice(more)
    })
}

/// Appends items; an empty list gets storage that fits exactly.
pub fn extend_vec(list: &List, more: Vec<Ref>) -> Result<(), OutOfMemory> {
    if more.is_empty() {
        return Ok(());
    }
    list.items.with_mut(|items| {
        if items.capacity() == 0 {
            items.reserve_exact(more.len())?;
        } else {
            items.grow_for(items.len() + more.len())?;
        }
        items.append_vec(more);
        Ok(())
    })
}

/// A bound argument counted from the end if negative, never below zero.
fn from_end(index: isize, len: usize) -> usize {
    if index < 0 { index.saturating_add(len as isize).max(0) as usize } else { index as usize }
}

pub(super) fn index(args: &[Ref]) -> Res {
    let list = this(&args[0])?;
    let start = args.get(2).map_or(Ok(0), argument_bound)?;
    let stop = args.get(3).map_or(Ok(isize::MAX), argument_bound)?;
    let (start, stop) = (from_end(start, list.len()), from_end(stop, list.len()));
    if let Some(place) = list.find(start, stop, &args[1])? {
        return Ok(crate::objects::int::from_usize(place));
    }
    let text = object::repr(&args[1])?;
    Err(value_error!("{} is not in list", crate::objects::str::StrExt::to_text(&*text)))
}

pub(super) fn insert(args: &[Ref]) -> Res {
    let list = this(&args[0])?;
    let index = argument_index(&args[1])?;
    let item = args[2].clone();
    list.items.with_mut(|items| {
        let place = from_end(index, items.len()).min(items.len());
        items.insert(place, item)
    })?;
    none()
}

pub(super) fn pop(args: &[Ref]) -> Res {
    let list = this(&args[0])?;
    let index = match args.get(1) {
        Some(index) => argument_index(index)?,
        None => -1,
    };
    let popped = list.items.with_mut(|items| {
        let place = sequence::place(index, items.len())?;
        let item = if place + 1 == items.len() { items.pop() } else { Some(items.remove(place)) };
        items.shrink_if_sparse();
        item
    });
    match popped {
        Some(item) => Ok(item),
        None if list.is_empty() => Err(index_error!("pop from empty list")),
        None => Err(index_error!("pop index out of range")),
    }
}

pub(super) fn remove(args: &[Ref]) -> Res {
    let list = this(&args[0])?;
    let Some(place) = list.find(0, usize::MAX, &args[1])? else {
        return Err(value_error!("list.remove(x): x not in list"));
    };
    // The comparison may have shortened the list; CPython's slice assignment is then a no-op, too.
    let removed = list.items.with_mut(|items| {
        let removed = (place < items.len()).then(|| items.remove(place));
        items.shrink_if_sparse();
        removed
    });
    drop(removed);
    none()
}

pub(super) fn reverse(args: &[Ref]) -> Res {
    this(&args[0])?.items.with_mut(|items| items.reverse());
    none()
}

pub(super) fn size_of(args: &[Ref]) -> Res {
    let storage = this(&args[0])?.items.with(|items| items.storage_bytes());
    Ok(sequence::size_with_storage(&args[0], ouro_heap::buffer::occupied_bytes(storage)))
}
