//! Subscripts of lists: items and slices, read, assigned and deleted.

use ouro_heap::{OutOfMemory, Ref};

use super::{List, from_items, from_slice, this};
use crate::{
    error::Res,
    index_error,
    objects::{
        sequence::{place, subscript},
        slice::{self, Slice},
    },
    protocol::iterate,
    type_error, value_error,
};

pub(super) fn get_item(list: &Ref, key: &Ref) -> Res {
    let list = this(list)?;
    if key.is_exact::<Slice>() {
        return get_slice(list, key);
    }
    let index = subscript(key, "list")?;
    match list.items.with(|items| place(index, items.len()).map(|place| items[place].clone())) {
        Some(item) => Ok(item),
        None => Err(index_error!("list index out of range")),
    }
}

fn get_slice(list: &List, key: &Ref) -> Res {
    let (start, stop, step) = slice::unpack(key)?;
    let made = list.items.with(|items| {
        let (start, _, step, count) = slice::adjust(start, stop, step, items.len());
        if step == 1 {
            return from_slice(&items[start as usize..start as usize + count]);
        }
        let place = |n: usize| (start + n as isize * step) as usize;
        from_items((0..count).map(|n| &items[place(n)]))
    })?;
    Ok(made.into_any())
}

pub(super) fn set_item(object: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
    let list = this(object)?;
    if key.is_exact::<Slice>() {
        return match value {
            Some(value) => set_slice(list, key, value),
            None => delete_slice(list, key),
        };
    }
    let index = subscript(key, "list")?;
    // The old item leaves the closure and is released afterwards.
    let old = list.items.with_mut(|items| {
        let place = place(index, items.len())?;
        Some(match value {
            Some(value) => std::mem::replace(&mut items[place], value.clone()),
            None => {
                let old = items.remove(place);
                items.shrink_if_sparse();
                old
            }
        })
    });
    match old {
        Some(_) => Ok(()),
        None => Err(index_error!("list assignment index out of range")),
    }
}

fn set_slice(list: &Ref<List>, key: &Ref, value: &Ref) -> Res<()> {
    let (start, stop, step) = slice::unpack(key)?;
    if step != 1
        && value.is_exact::<List>()
        && let Some(value) = value.downcast::<List>()
        && !value.is(list)
        && replace_each(list, value, slice::adjust(start, stop, step, list.len()))
    {
        return Ok(());
    }
    let items = iterate::collect_or(value, || type_error!("must assign iterable to extended slice"))?;
    if step == 1 {
        // The old items leave the closure and are released afterwards.
        let old = list.items.with_mut(|own| -> Result<Vec<Ref>, OutOfMemory> {
            let (start, _, _, count) = slice::adjust(start, stop, 1, own.len());
            let old = own.splice(start as usize, start as usize + count, items)?;
            own.shrink_if_sparse();
            Ok(old)
        })?;
        release_backwards(old);
        return Ok(());
    }
    let given = items.len();
    let outcome = list.items.with_mut(|own| {
        let (start, _, step, count) = slice::adjust(start, stop, step, own.len());
        if count != given {
            return Err((count, items));
        }
        let old: Vec<Ref> = items
            .into_iter()
            .enumerate()
            .map(|(n, item)| std::mem::replace(&mut own[(start + n as isize * step) as usize], item))
            .collect();
        Ok(old)
    });
    match outcome {
        Ok(old) => drop(old),
        Err((count, items)) => {
            drop(items);
            return Err(value_error!(
                "attempt to assign sequence of size {given} to extended slice of size {count}"
            ));
        }
    }
    Ok(())
}

/// Replaces the items of an extended slice by those of another list, if there are as many.
fn replace_each(list: &List, value: &List, (start, _, step, count): (isize, isize, isize, usize)) -> bool {
    if value.len() != count {
        return false;
    }
    // What loses its last reference is released afterwards; the others run no code.
    let ended =
        value.items.with(|new| list.items.with_mut(|own| own.replace_each(start as usize, step, new)));
    drop(ended);
    true
}

fn delete_slice(list: &List, key: &Ref) -> Res<()> {
    let (start, stop, step) = slice::unpack(key)?;
    let old = list.items.with_mut(|own| -> Result<Vec<Ref>, OutOfMemory> {
        let (start, _, step, count) = slice::adjust(start, stop, step, own.len());
        if count == 0 {
            return Ok(Vec::new());
        }
        // A descending slice names the same items as an ascending one from its last.
        let (start, step) =
            if step < 0 { (start + (count as isize - 1) * step, -step) } else { (start, step) };
        let (start, step) = (start as usize, step as usize);
        let old = if step == 1 {
            own.splice(start, start + count, Vec::new())?
        } else {
            let all = own.drain_to_vec();
            let mut old = Vec::with_capacity(count);
            for (place, item) in all.into_iter().enumerate() {
                if place >= start && (place - start).is_multiple_of(step) && old.len() < count {
                    old.push(item);
                } else {
                    own.push_within(item);
                }
            }
            old
        };
        own.shrink_if_sparse();
        Ok(old)
    })?;
    if step == 1 {
        release_backwards(old);
    }
    Ok(())
}

/// Releases last to first, as `list_ass_slice` does; the extended forms go first to last.
fn release_backwards(mut items: Vec<Ref>) {
    while items.pop().is_some() {}
}
