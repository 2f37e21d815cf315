//! How large an object is: by itself, with all that belongs to it, and what would be freed if it died.

use ouro_heap::Ref;
use ouro_vm::{
    inspect,
    objects::{class::Class, code::Code, frame::Frame, function::Function, module::Module},
    types,
};

use crate::{graph::Node, plain::Plain, view::View};

/// Three sizes in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// The object's own block and storage.
    pub shallow: usize,
    /// All objects that can be reached from it, but for what is shared by the whole program: classes, modules, functions,
    /// immortal objects.
    pub deep: usize,
    /// What would be freed if the object died now.
    pub retained: usize,
}

impl Sizes {
    /// The figures as plain data.
    pub fn plain(&self) -> Plain {
        Plain::object([
            ("shallow", self.shallow.into()),
            ("deep", self.deep.into()),
            ("retained", self.retained.into()),
        ])
    }
}

/// Whether an object belongs to the program as a whole, not to those who refer to it.
pub fn is_shared(object: &Ref) -> bool {
    object.header().is_immortal() || belongs_to_all(object)
}

/// The same, with values such as small numbers counted for those who refer to them.
pub fn belongs_to_all(object: &Ref) -> bool {
    object.header().type_index() == types::BUILTIN_FUNCTION
        || object.has_layout::<Class>()
        || object.has_layout::<Module>()
        || object.has_layout::<Function>()
        || object.has_layout::<Code>()
        || object.has_layout::<Frame>()
}

fn sum(view: &View, chosen: &[bool]) -> usize {
    let nodes = view.graph.nodes().filter(|&node| chosen[node as usize]);
    nodes.map(|node| inspect::size(view.graph.object(node))).sum()
}

/// The sizes of an object.
pub fn sizes(view: &View, node: Node) -> Sizes {
    let deep = view.graph.reach(&[node], |next| !is_shared(view.graph.object(next)));
    let retained = view.graph.retained(&[node], &[]);
    Sizes {
        shallow: inspect::size(view.graph.object(node)),
        deep: sum(view, &deep),
        retained: sum(view, &retained),
    }
}

/// Bytes of all that belongs to some objects, each size rounded up to a multiple of `align`; immortal values count.
pub fn deep(view: &View, from: &[Node], align: usize) -> usize {
    let own = |node: Node| !belongs_to_all(view.graph.object(node));
    let from: Vec<Node> = from.iter().copied().filter(|&node| own(node)).collect();
    let reached = view.graph.reach(&from, own);
    let nodes = view.graph.nodes().filter(|&node| reached[node as usize]);
    nodes.map(|node| inspect::size(view.graph.object(node)).next_multiple_of(align)).sum()
}
