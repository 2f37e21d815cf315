//! The bytes of one object: header, payload, slack, the block and the pool it stands in.

use ouro_heap::{
    Ref, allocate,
    header::{IDENTITY_TAKEN, NAMESPACE, TRACKED, WEAKLY_REFERENCED},
    inspect::{self as heap, Block},
    walk,
};
use ouro_vm::{inspect, objects::dict::Dict};

use crate::{graph::Node, plain::Plain, pools::family_name, view::View, words};

/// Bytes in front of every payload.
const HEADER: usize = 8;

/// How an object lies in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Where it stands: what `id()` tells.
    pub address: usize,
    /// References that are not the viewer's; nothing if it is immortal.
    pub count: Option<usize>,
    /// The number of its type in the header.
    pub type_index: u32,
    /// The name of its class.
    pub type_name: String,
    /// What the header says besides.
    pub flags: Vec<String>,
    /// The name of the payload's layout.
    pub payload_name: &'static str,
    /// Bytes of the payload, items that stand behind it included.
    pub payload: usize,
    /// The block.
    pub block: Block,
    /// Bytes of storage outside of the block, such as the items of a list.
    pub storage: usize,
}

impl Layout {
    /// Bytes of the block that nothing uses.
    pub fn slack(&self) -> usize {
        self.block.size.saturating_sub(HEADER + self.payload)
    }

    /// The figures as plain data.
    pub fn plain(&self) -> Plain {
        let place = self.block.pool.as_ref();
        Plain::object([
            ("address", self.address.into()),
            ("count", self.count.into()),
            ("type", self.type_name.as_str().into()),
            ("flags", self.flags.clone().into()),
            ("header", HEADER.into()),
            ("payload", self.payload.into()),
            ("slack", self.slack().into()),
            ("block", self.block.size.into()),
            ("storage", self.storage.into()),
            ("pool", place.map(|place| place.pool).into()),
            ("arena", place.map(|place| place.arena).into()),
        ])
    }

    /// A line for each part.
    pub fn lines(&self, object: &Ref) -> Vec<String> {
        let count = match self.count {
            Some(count) => format!("reference count {count}"),
            None => "reference count: immortal".to_owned(),
        };
        let flags =
            if self.flags.is_empty() { String::new() } else { format!("; {}", self.flags.join(", ")) };
        let mut lines = vec![
            words::with_address(object),
            "  offset   bytes".to_owned(),
            format!("       0       4  {count}"),
            format!("       4       4  type {} ({}){flags}", self.type_index, self.type_name),
            format!("       8  {:>6}  payload {}", self.payload, self.payload_name),
        ];
        if self.slack() > 0 {
            lines.push(format!("  {:>6}  {:>6}  slack", HEADER + self.payload, self.slack()));
        }
        lines.push(match &self.block.pool {
            Some(place) => format!(
                "block {} of {} with {} bytes each, in pool {} of arena {} ({})",
                place.block,
                place.blocks,
                self.block.size,
                place.pool,
                place.arena,
                family_name(place.family)
            ),
            None => format!("{} bytes of its own, outside of the pools", self.block.size),
        });
        if self.storage > 0 {
            lines.push(format!("{} bytes of storage outside of the block", self.storage));
        }
        lines
    }
}

/// Looks at an object.
pub fn layout(view: &View, node: Node) -> Layout {
    let object = view.graph.object(node);
    let header = object.header();
    let size = walk::object_size(object);
    let mut flags = Vec::new();
    if header.has(TRACKED) {
        flags.push(match header.generation() {
            3 => "tracked, frozen".to_owned(),
            generation => format!("tracked, generation {generation}"),
        });
    }
    let is_namespace = header.has(NAMESPACE) && object.is_exact::<Dict>();
    let known = [
        (allocate::is_finalized(object), "finalized"),
        (header.has(WEAKLY_REFERENCED), "weakly referenced"),
        (is_namespace, "namespace of a class"),
        (header.has(IDENTITY_TAKEN) && !is_namespace, "id taken"),
    ];
    flags.extend(known.into_iter().filter(|(is_set, _)| *is_set).map(|(_, name)| name.to_owned()));
    Layout {
        address: object.address(),
        count: (!header.is_immortal()).then(|| view.references_to(node)),
        type_index: header.type_index(),
        type_name: words::type_name(object),
        flags,
        payload_name: heap::layout_name(object),
        payload: size - HEADER,
        block: heap::block_of(object),
        storage: inspect::size(object).saturating_sub(size),
    }
}
