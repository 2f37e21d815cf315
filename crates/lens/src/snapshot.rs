//! What the heap holds at a moment: objects and bytes by type and by the line that made them.

use ouro_heap::trace;
use ouro_vm::inspect;

use crate::{birth, graph::Map, view::View, words};

/// Objects of one kind: how many there are, or in a difference how many more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The name of the type, or the line.
    pub name: String,
    /// How many.
    pub objects: i64,
    /// Their bytes.
    pub bytes: i64,
}

impl Row {
    fn empty(name: &str) -> Row {
        Row { name: name.to_owned(), objects: 0, bytes: 0 }
    }

    fn add(&mut self, objects: i64, bytes: i64) {
        self.objects += objects;
        self.bytes += bytes;
    }
}

/// What the heap holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// By type, the largest first.
    pub types: Vec<Row>,
    /// By the line that made them, as far as it is known.
    pub lines: Vec<Row>,
    /// Whether allocations are traced, so that lines are known of what was made since.
    pub traced: bool,
}

/// Takes a snapshot; immortal objects are part of the interpreter and no part of it.
pub fn take(view: &View) -> Snapshot {
    let mut types: Map<u32, Row> = Map::default();
    let mut lines: Map<String, Row> = Map::default();
    for node in view.nodes() {
        let object = view.graph.object(node);
        if object.header().is_immortal() {
            continue;
        }
        let bytes = inspect::size(object) as i64;
        let index = object.header().type_index();
        types.entry(index).or_insert_with(|| Row::empty(&words::type_name(object))).add(1, bytes);
        if let Some(birth) = birth::birth(object.address()) {
            lines.entry(birth.to_string()).or_insert_with_key(|name| Row::empty(name)).add(1, bytes);
        }
    }
    // Types of one name count together: the two layouts of ints.
    let mut named: Map<String, Row> = Map::default();
    for row in types.into_values() {
        named.entry(row.name.clone()).or_insert_with_key(|name| Row::empty(name)).add(row.objects, row.bytes);
    }
    Snapshot {
        types: sorted(named.into_values().collect()),
        lines: sorted(lines.into_values().collect()),
        traced: trace::is_on(),
    }
}

/// The largest rows first.
fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    let size = |row: &Row| (row.bytes.abs(), row.objects.abs());
    rows.sort_by(|a, b| size(b).cmp(&size(a)).then(a.name.cmp(&b.name)));
    rows
}

/// What has changed between the rows of two snapshots.
pub fn difference(before: &[Row], after: &[Row]) -> Vec<Row> {
    let mut changes: Map<&str, Row> = Map::default();
    for (rows, sign) in [(before, -1), (after, 1)] {
        for row in rows {
            let change = changes.entry(&row.name).or_insert_with_key(|name| Row::empty(name));
            change.add(sign * row.objects, sign * row.bytes);
        }
    }
    sorted(changes.into_values().filter(|change| change.objects != 0 || change.bytes != 0).collect())
}

/// Rows as text, with a sign before each number if they are changes.
pub fn table(rows: &[Row], title: &str, signed: bool) -> Vec<String> {
    let names = rows.iter().map(|row| row.name.chars().count());
    let width = names.chain([title.len()]).max().unwrap_or(0);
    let mut lines = vec![format!("{title:<width$} {:>9} {:>12}", "objects", "bytes")];
    lines.extend(rows.iter().map(|Row { name, objects, bytes }| {
        if signed {
            format!("{name:<width$} {objects:>+9} {bytes:>+12}")
        } else {
            format!("{name:<width$} {objects:>9} {bytes:>12}")
        }
    }));
    lines
}
