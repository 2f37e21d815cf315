//! The storage of objects against that of the standard library: buffers, tables, size classes.

mod common;

use common::*;
use ouro_heap::{
    Buffer, Ref, Table, alloc, allocate,
    blocks::{CLASSES, POOLED_LIMIT, SMALL_LIMIT, class_of, class_size},
    table::Probe,
    walk,
};
use proptest::prelude::*;

#[test]
fn size_classes_fit_and_waste_little() {
    let mut last = 0;
    for size in 1..=POOLED_LIMIT {
        let class = class_of(size);
        let block = class_size(class);
        assert!(
            class < CLASSES && class >= last && block >= size,
            "size {size}, class {class}, block {block}"
        );
        assert!(class == 0 || class_size(class - 1) < size, "size {size} would fit in a smaller class");
        let waste = if size <= SMALL_LIMIT { 15 } else { size / 4 };
        assert!(block - size <= waste, "size {size} wastes {} bytes", block - size);
        last = class;
    }
    assert_eq!((last, class_size(last)), (CLASSES - 1, POOLED_LIMIT));
    for class in 0..CLASSES {
        assert_eq!(class_of(class_size(class)), class);
        assert_eq!(class_size(class) % 16, 0);
    }
}

#[derive(Clone, Debug)]
enum Edit {
    Push(u64),
    Pop,
    Insert(usize, u64),
    Remove(usize),
    Splice(usize, usize, Vec<u64>),
    Shrink,
    Take,
    Drain,
    Extend(Vec<u64>),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let some = || prop::collection::vec(any::<u64>(), 0..40);
    let edit = prop_oneof![
        8 => any::<u64>().prop_map(Edit::Push),
        3 => Just(Edit::Pop),
        3 => (any::<usize>(), any::<u64>()).prop_map(|(at, value)| Edit::Insert(at, value)),
        3 => any::<usize>().prop_map(Edit::Remove),
        3 => (any::<usize>(), any::<usize>(), some()).prop_map(|(start, end, values)| Edit::Splice(start, end, values)),
        1 => Just(Edit::Shrink),
        1 => Just(Edit::Take),
        1 => Just(Edit::Drain),
        2 => some().prop_map(Edit::Extend),
    ];
    prop::collection::vec(edit, 0..150)
}

fn value(reference: &Ref) -> u64 {
    reference.payload::<Number>().expect("a number").value
}

fn values(references: &[Ref]) -> Vec<u64> {
    references.iter().map(value).collect()
}

fn edit(buffer: &mut Buffer<Ref>, model: &mut Vec<u64>, edit: Edit) -> Result<(), TestCaseError> {
    let len = model.len();
    match edit {
        Edit::Push(new) => {
            buffer.push(number(new)).expect("memory");
            model.push(new);
        }
        Edit::Pop => prop_assert_eq!(buffer.pop().map(|item| value(&item)), model.pop()),
        Edit::Insert(at, new) => {
            buffer.insert(at % (len + 1), number(new)).expect("memory");
            model.insert(at % (len + 1), new);
        }
        Edit::Remove(at) if len > 0 => {
            prop_assert_eq!(value(&buffer.remove(at % len)), model.remove(at % len))
        }
        Edit::Remove(_) => {}
        Edit::Splice(a, b, new) => {
            let (a, b) = (a % (len + 1), b % (len + 1));
            let (start, end) = (a.min(b), a.max(b));
            let old = buffer.splice(start, end, new.iter().copied().map(number).collect()).expect("memory");
            let expected: Vec<u64> = model.splice(start..end, new).collect();
            prop_assert_eq!(values(&old), expected);
        }
        Edit::Shrink => buffer.shrink_if_sparse(),
        Edit::Take => {
            let taken = buffer.take_all();
            prop_assert_eq!(values(&taken), std::mem::take(model));
            prop_assert_eq!(buffer.capacity(), 0);
        }
        Edit::Drain => prop_assert_eq!(values(&buffer.drain_to_vec()), std::mem::take(model)),
        Edit::Extend(new) => {
            let items: Vec<Ref> = new.iter().copied().map(number).collect();
            buffer.extend_from_slice(&items).expect("memory");
            model.extend(new);
        }
    }
    Ok(())
}

#[derive(Clone, Debug)]
enum Change {
    Put(u64, u64),
    Remove(u64),
    Duplicate,
    Take,
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    // Few keys and fewer hashes, so that places and entries collide.
    let key = || 0..200u64;
    let change = prop_oneof![
        12 => (key(), any::<u64>()).prop_map(|(key, value)| Change::Put(key, value)),
        8 => key().prop_map(Change::Remove),
        1 => Just(Change::Duplicate),
    ];
    prop_oneof![
        9 => prop::collection::vec(change.clone(), 0..600),
        1 => prop::collection::vec(prop_oneof![20 => change, 1 => Just(Change::Take)], 0..600),
    ]
}

/// How the keys of a table hash, and which of them keep their hash: all but those that a number divides.
#[derive(Clone, Copy, Debug)]
struct Keys {
    spread: u64,
    others: u64,
}

impl Keys {
    fn hash(self, key: u64) -> i64 {
        (key % self.spread).wrapping_mul(0x9E37_79B9_7F4A_7C15) as i64
    }

    fn make(self, key: u64) -> Ref {
        if key.is_multiple_of(self.others) {
            number(key)
        } else {
            alloc(Hashed { value: key, hash: self.hash(key) }).into_any()
        }
    }
}

fn key_value(key: &Ref) -> u64 {
    key.payload::<Hashed>().map_or_else(|| value(key), |key| key.value)
}

fn find(table: &Table, key: u64, keys: Keys) -> Option<usize> {
    table.find(keys.hash(key), |found| key_value(found) == key)
}

fn change(
    table: &mut Table,
    model: &mut Vec<(u64, u64)>,
    keys: Keys,
    change: Change,
) -> Result<(), TestCaseError> {
    match change {
        Change::Put(key, new) => {
            match (find(table, key, keys), model.iter().position(|entry| entry.0 == key)) {
                (Some(position), Some(known)) => {
                    let old = table.replace_value(position, number(new)).expect("an old value");
                    prop_assert_eq!(value(&old), model[known].1);
                    model[known].1 = new;
                }
                (None, None) => {
                    table.insert_new(keys.hash(key), keys.make(key), number(new)).expect("memory");
                    model.push((key, new));
                }
                found => prop_assert!(false, "the table and the model differ: {found:?}"),
            }
        }
        Change::Remove(key) => {
            let removed = find(table, key, keys).and_then(|position| table.remove(position));
            let expected =
                model.iter().position(|entry| entry.0 == key).map(|position| model.remove(position));
            prop_assert_eq!(removed.map(|(key, old)| (key_value(&key), value(&old))), expected);
        }
        Change::Duplicate => *table = table.duplicate().expect("memory"),
        Change::Take => {
            prop_assert_eq!(table.take_all().len(), model.len());
            model.clear();
        }
    }
    Ok(())
}

fn check(table: &Table, model: &[(u64, u64)], keys: Keys) -> Result<(), TestCaseError> {
    prop_assert_eq!(table.len(), model.len());
    let entries: Vec<_> = table.iter().map(|(key, found)| (key_value(key), value(found))).collect();
    prop_assert_eq!(&entries[..], model);
    let mut position = 0;
    let mut forward = Vec::new();
    while let Some((found, key, _)) = table.next_entry(position) {
        forward.push(key_value(key));
        position = found + 1;
    }
    let mut backward = Vec::new();
    let mut position = table.end();
    while let Some((found, key, _)) = table.previous_entry(position) {
        backward.push(key_value(key));
        position = found;
    }
    backward.reverse();
    let expected: Vec<u64> = model.iter().map(|entry| entry.0).collect();
    prop_assert_eq!(&forward, &expected);
    prop_assert_eq!(&backward, &expected);
    prop_assert!(table.storage_bytes() >= 16 * table.len());
    for key in 0..200 {
        let found = find(table, key, keys)
            .and_then(|position| table.entry(position))
            .map(|(_, _, found)| value(found));
        prop_assert_eq!(found, model.iter().find(|entry| entry.0 == key).map(|entry| entry.1));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn buffers_are_vectors(edits in edits()) {
        prepare();
        let mut buffer = Buffer::new();
        let mut model = Vec::new();
        for step in edits {
            edit(&mut buffer, &mut model, step)?;
            prop_assert_eq!(values(&buffer), &model[..]);
            prop_assert!(buffer.capacity() >= buffer.len());
            prop_assert_eq!(alive("Number"), model.len());
        }
        drop(buffer);
        let census = walk::census();
        prop_assert_eq!(census.allocated_blocks(), 0);
        prop_assert_eq!(census.allocated_bytes(), 0);
    }

    #[test]
    fn buffers_of_bytes_are_vectors(pieces in prop::collection::vec((any::<usize>(), any::<usize>(), prop::collection::vec(any::<u8>(), 0..300)), 0..30)) {
        let mut buffer = Buffer::<u8>::new();
        let mut model = Vec::new();
        for (a, b, bytes) in pieces {
            let (a, b) = (a % (model.len() + 1), b % (model.len() + 1));
            let (start, end) = (a.min(b), a.max(b));
            if a % 3 == 0 {
                buffer.append_copy(&bytes).expect("memory");
                model.extend_from_slice(&bytes);
            } else {
                buffer.replace_range(start, end, &bytes).expect("memory");
                model.splice(start..end, bytes);
            }
            prop_assert_eq!(&buffer[..], &model[..]);
        }
        buffer.cut(model.len() / 2);
        prop_assert_eq!(&buffer[..], &model[..model.len() / 2]);
    }

    #[test]
    fn tables_keep_the_order_of_insertion(
        changes in changes(),
        spread in prop_oneof![Just(1u64), Just(7), Just(1000)],
        others in prop_oneof![Just(1u64), Just(13), Just(150), Just(1000)],
        expected in 0..8usize,
    ) {
        prepare();
        let keys = Keys { spread, others };
        let mut table = Table::with_capacity(expected).expect("memory");
        let mut model = Vec::new();
        for (number, step) in changes.into_iter().enumerate() {
            change(&mut table, &mut model, keys, step)?;
            if number % 16 == 0 {
                check(&table, &model, keys)?;
            }
        }
        check(&table, &model, keys)?;
        prop_assert_eq!(alive("Number") + alive("Hashed"), model.len() * 2);
        drop(table);
        prop_assert_eq!(walk::census().allocated_blocks(), 0);
    }
}

#[test]
fn tables_grow_large() {
    prepare();
    for others in [1, u64::MAX] {
        let keys = Keys { spread: u64::MAX, others };
        let mut table = Table::with_capacity(100).expect("memory");
        for key in 1..=200_000u64 {
            table.insert_new(keys.hash(key), keys.make(key), number(key + 1)).expect("memory");
        }
        for key in (2..=200_000).step_by(2) {
            let position = find(&table, key, keys).expect("the key is there");
            table.remove(position);
        }
        assert_eq!(table.len(), 100_000);
        assert!(table.iter().map(|(key, _)| key_value(key)).eq((1..=200_000).step_by(2)));
        // A queue: what died at the front is not walked over again and again.
        while let Some((position, _, _)) = table.next_entry(0) {
            table.remove(position);
        }
        assert_eq!(alive("Number") + alive("Hashed"), 0);
        assert!(table.candidate(&mut Probe::new(5)).is_none());
    }
}

#[test]
fn small_tables_are_small() {
    prepare();
    let bytes = |others: u64, capacity: usize, len: u64| {
        let keys = Keys { spread: u64::MAX, others };
        let mut table = Table::with_capacity(capacity).expect("memory");
        (1..=len).for_each(|key| {
            table.insert_new(keys.hash(key), keys.make(key), number(key)).expect("memory");
        });
        table.storage_bytes()
    };
    // Keys that keep their hash, then others: known beforehand, and grown.
    assert_eq!([1, 2, 3, 5, 6].map(|len| bytes(u64::MAX, len as usize, len)), [24, 40, 56, 88, 176]);
    assert_eq!([1, 2, 3, 5, 6].map(|len| bytes(1, len as usize, len)), [32, 56, 80, 128, 256]);
    assert_eq!([1, 3, 4, 5, 6].map(|len| bytes(u64::MAX, 0, len)), [56, 56, 88, 88, 176]);
    assert_eq!(bytes(2, 1, 2), 80);
    assert_eq!(bytes(3, 0, 3), 80);
}

#[test]
fn requests_beyond_the_limit_fail() {
    prepare();
    allocate::set_limit(8 << 20);
    let mut buffer = Buffer::<u64>::new();
    let mut len = 0usize;
    while buffer.push(0).is_ok() {
        len += 1;
    }
    assert!((1 << 18..1 << 20).contains(&len), "{len} words fitted");
    assert_eq!(buffer.len(), len);
    assert!(Buffer::<u64>::with_capacity(usize::MAX / 8).is_err());
    assert!(Buffer::<u64>::with_capacity(usize::MAX).is_err());
    drop(buffer);
    assert!(allocate::check_request(4 << 20).is_ok());
    assert!(allocate::check_request(1 << 50).is_err());
    allocate::set_limit(0);
}
