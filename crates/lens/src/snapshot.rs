//! What the heap holds at a moment: objects and bytes by type and by the line that made them.

use ouro_vm::inspect;

use crate::{birth, graph::Map, view::View, words};

/// Objects of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The name of the type, or the line.
    pub name: String,
    /// How many.
    pub objects: usize,
    /// Their bytes.
    pub bytes: usize,
}

/// What the heap holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// By type, the largest first.
    pub types: Vec<Row>,
    /// By line, as far as lines of birth are known.
    pub lines: Vec<Row>,
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
        let bytes = inspect::size(object);
        let by_type = types.entry(object.header().type_index()).or_insert_with(|| Row {
            name: words::type_name(object),
            objects: 0,
            bytes: 0,
        });
        by_type.objects += 1;
        by_type.bytes += bytes;
        if let Some(birth) = birth::birth(object.address()) {
            let line = lines.entry(birth.to_string()).or_insert_with_key(|name| Row {
                name: name.clone(),
                objects: 0,
                bytes: 0,
            });
            line.objects += 1;
            line.bytes += bytes;
        }
    }
    // Types of one name count together: the two layouts of ints.
    let mut named: Map<String, Row> = Map::default();
    for row in types.into_values() {
        match named.get_mut(&row.name) {
            Some(known) => {
                known.objects += row.objects;
                known.bytes += row.bytes;
            }
            None => _ = named.insert(row.name.clone(), row),
        }
    }
    Snapshot { types: sorted(named.into_values().collect()), lines: sorted(lines.into_values().collect()) }
}

fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|a, b| b.bytes.cmp(&a.bytes).then(b.objects.cmp(&a.objects)).then(a.name.cmp(&b.name)));
    rows
}

/// What has changed for one kind of objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The name of the type, or the line.
    pub name: String,
    /// Objects more, or fewer.
    pub objects: i64,
    /// Bytes more, or fewer.
    pub bytes: i64,
}

/// What has changed between two snapshots, the largest change first.
pub fn difference(before: &[Row], after: &[Row]) -> Vec<Change> {
    let mut changes: Map<&str, Change> = Map::default();
    for (rows, sign) in [(before, -1), (after, 1)] {
        for row in rows {
            let change = changes.entry(&row.name).or_insert_with(|| Change {
                name: row.name.clone(),
                objects: 0,
                bytes: 0,
            });
            change.objects += sign * row.objects as i64;
            change.bytes += sign * row.bytes as i64;
        }
    }
    let mut changes: Vec<Change> =
        changes.into_values().filter(|change| change.objects != 0 || change.bytes != 0).collect();
    changes.sort_by(|a, b| b.bytes.abs().cmp(&a.bytes.abs()).then(a.name.cmp(&b.name)));
    changes
}
