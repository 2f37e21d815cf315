//! The table of sets keeps ints in CPython's order: all figures are those of CPython 3.13 for the same steps.

use ouro_heap::{
    Payload, Ref, SetTable, alloc,
    set_table::{Search, SetProbe},
    types::register,
};

#[derive(Payload)]
#[payload(1)]
struct Number {
    value: u64,
}

/// Pseudo-random numbers that are the same in Python.
fn numbers(count: usize, below: u64) -> Vec<u64> {
    let mut x = 42u64;
    let mut step = || {
        x = (x * 1_103_515_245 + 12345) % (1 << 31);
        (x >> 8) % below
    };
    (0..count).map(|_| step()).collect()
}

fn value(key: &Ref) -> u64 {
    key.payload::<Number>().expect("all keys are numbers").value
}

fn find(table: &SetTable, number: u64) -> Search {
    table.search(&mut SetProbe::new(number as i64), |key| Some(value(key) == number))
}

fn add(table: &mut SetTable, number: u64) {
    if let Search::Missing(place) = find(table, number) {
        table
            .fill_place(place, number as i64, alloc(Number { value: number }).into_any(), |_, _| true)
            .expect("memory");
    }
}

fn discard(table: &mut SetTable, number: u64) {
    if let Search::Found(place) = find(table, number) {
        table.remove(place);
    }
}

fn digest(values: impl Iterator<Item = u64>) -> u64 {
    values.fold(0, |sum, value| (sum * 31 + value) % (1 << 32))
}

fn shown(table: &SetTable) -> (usize, u64) {
    assert_eq!(table.iter().count(), table.len());
    (table.len(), digest(table.iter().map(|(_, key)| value(key))))
}

#[test]
fn keeps_the_order_of_cpython() {
    register(Number::INDEX, Number::LAYOUT);
    let mut small = SetTable::new();
    let mut states = Vec::new();
    for (step, number) in numbers(3000, 700).into_iter().enumerate() {
        if step % 3 == 2 {
            discard(&mut small, number)
        } else {
            add(&mut small, number)
        }
        if step % 500 == 499 {
            states.push(shown(&small));
        }
    }
    let expected = [
        (234, 4_093_442_625),
        (360, 1_026_118_779),
        (403, 363_685_866),
        (433, 3_435_176_585),
        (453, 324_523_016),
        (457, 4_064_674_464),
    ];
    assert_eq!(states, expected);

    let mut large = SetTable::new();
    numbers(2000, 1_000_000).into_iter().for_each(|number| add(&mut large, number));
    assert_eq!(shown(&large), (1999, 4_109_898_344));

    let mut union = SetTable::new();
    union.copy_from(&large, 0).expect("memory");
    union.reserve_for(small.len()).expect("memory");
    small.iter().for_each(|(_, key)| add(&mut union, value(key)));
    assert_eq!(shown(&union), (2455, 1_535_152_499));

    let mut copy = SetTable::new();
    copy.copy_from(&small, 0).expect("memory");
    assert_eq!(shown(&copy), (457, 3_249_478_234));

    let popped = (0..100).map(|_| value(&small.pop().expect("there are more")));
    assert_eq!(digest(popped), 3_597_496_272);
}

#[test]
fn keeps_the_order_of_small_sets() {
    register(Number::INDEX, Number::LAYOUT);
    let mut table = SetTable::new();
    let mut total = 0;
    let mut sizes = [0; 8];
    for (step, number) in numbers(6000, 20).into_iter().enumerate() {
        let number = if number % 3 == 0 { number * 8 } else { number };
        match step % 16 {
            15 => {
                let mut copy = SetTable::new();
                copy.copy_from(&table, 0).expect("memory");
                table = copy;
            }
            11 => drop(table.pop()),
            kind if kind % 3 == 2 || table.len() > 3 && step % 500 < 480 => discard(&mut table, number),
            _ => add(&mut table, number),
        }
        if step % 500 == 499 {
            drop(table.take_all());
        }
        let (len, digest) = shown(&table);
        sizes[len.min(7)] += 1;
        total = (total * 31 + digest + len as u64) % (1 << 32);
    }
    assert_eq!((total, sizes), (1_768_269_949, [15, 20, 155, 1680, 3928, 33, 34, 135]));
}

#[test]
fn small_sets_are_small() {
    register(Number::INDEX, Number::LAYOUT);
    let bytes = |capacity, len: u64| {
        let mut table = SetTable::with_capacity(capacity).expect("memory");
        (0..len).for_each(|number| add(&mut table, number));
        table.storage_bytes()
    };
    assert_eq!([0, 1, 2, 3, 4, 5].map(|len| bytes(0, len)), [0, 64, 64, 64, 64, 512]);
    assert_eq!([0, 1, 2, 3, 4, 5].map(|len| bytes(len as usize, len)), [0, 16, 32, 48, 64, 512]);
}
