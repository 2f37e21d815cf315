//! Why an object is alive: the shortest way to it from something that lives by itself.

use ouro_vm::{interpreter::Held, objects::frame::Frame};

use crate::{
    graph::Node,
    holders::{self, Place},
    plain::Plain,
    view::{RootHolder, View},
    words,
};

/// What keeps an object alive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A way from a root: its words, and the objects on the way with the place of each in the one before.
    Way(String, Vec<(Option<Place>, Node)>),
    /// It is immortal.
    Immortal,
    /// Only a cycle of references: the objects of the cycle, from the object on.
    Cycle(Vec<(Option<Place>, Node)>),
    /// Nothing but the call that asks.
    Nothing,
}

/// Finds the reason.
pub fn reason(view: &View, target: Node) -> Reason {
    if view.graph.object(target).header().is_immortal() {
        return Reason::Immortal;
    }
    let enters = |node: Node| !view.is_own(node);
    // Modules and frames are what a program sees; only when they do not lead there, the interpreter is asked.
    let named: Vec<Node> = view.modules.iter().map(|module| module.namespace).collect();
    let framed: Vec<Node> = view
        .roots
        .iter()
        .filter(|root| matches!(root.holder, RootHolder::Frame(..)))
        .map(|root| root.node)
        .collect();
    let inner: Vec<Node> = view.roots.iter().map(|root| root.node).collect();
    let native = |view: &View| -> Vec<Node> {
        let outside = view.graph.outside_references();
        view.nodes()
            .filter(|&node| outside[node as usize] > 0 && !only_ours(view, node, outside[node as usize]))
            .collect()
    };
    for from in [[named, framed].concat(), inner, native(view)] {
        if let Some(way) = view.graph.ways(&from, Some(target), enters).to(target) {
            return Reason::Way(start_words(view, way[0]), with_places(view, &way));
        }
    }
    let mut cycle = None;
    for &next in view.graph.references(target) {
        if let Some(way) = view.graph.ways(&[next], Some(target), enters).to(target) {
            let way = [vec![target], way].concat();
            if cycle.as_ref().is_none_or(|known: &Vec<Node>| way.len() < known.len()) {
                cycle = Some(way);
            }
        }
    }
    cycle.map_or(Reason::Nothing, |cycle| Reason::Cycle(with_places(view, &cycle)))
}

/// Whether all references to an object from outside of the heap are the viewer's.
fn only_ours(view: &View, node: Node, outside: i64) -> bool {
    let passing = view.graph.referrers(node).iter().filter(|&&referrer| view.is_passing(referrer)).count();
    let heap = view.graph.referrers(node).len();
    outside <= 0 || view.references_to(node) + passing <= heap
}

/// Each node of a way with its place in the one before.
pub fn with_places(view: &View, way: &[Node]) -> Vec<(Option<Place>, Node)> {
    let mut found = vec![(None, way[0])];
    for pair in way.windows(2) {
        let target = view.graph.object(pair[1]).address();
        let places = holders::places(view.graph.object(pair[0]));
        // A name says more than a key.
        let here = |place: &&(Place, usize)| place.1 == target;
        let best = places.iter().filter(here).find(|place| !matches!(place.0, Place::Key(_)));
        found.push((best.or_else(|| places.iter().find(here)).map(|(place, _)| place.clone()), pair[1]));
    }
    found
}

fn start_words(view: &View, start: Node) -> String {
    if let Some(module) = view.modules.iter().find(|module| module.namespace == start) {
        return format!("module {}", module.name);
    }
    let mut roots: Vec<_> = holders::roots_of(view, start).collect();
    roots.sort_by_key(|root| !matches!(root.holder, RootHolder::Frame(_, Held::Register(..))));
    match roots.first() {
        Some(root) => holders::root(view, root.holder),
        None => "the interpreter itself (native code)".to_owned(),
    }
}

/// A place as it would be written behind the object: `.name`, `[3]`, `['key']`.
pub fn suffix(view: &View, owner: Node, place: Option<&Place>) -> String {
    match place {
        None => String::new(),
        Some(Place::Item(index)) => format!("[{index}]"),
        Some(Place::Element) => "an element".to_owned(),
        Some(Place::Key(key)) => format!("the key {key}"),
        Some(Place::Value(key, name)) => match name {
            Some(name) if view.module_of(owner).is_some() => name.clone(),
            Some(name) if view.dictionary_owner(owner).is_some() => format!(".{name}"),
            _ => format!("[{key}]"),
        },
        Some(Place::Named(name)) if view.graph.object(owner).has_layout::<Frame>() => format!("local {name}"),
        Some(Place::Named(name)) => format!(".{name}"),
        Some(Place::Content) => "its value".to_owned(),
        Some(Place::Class) => "its class".to_owned(),
        Some(Place::Field(field)) => {
            let words = holders::field_words(view.graph.object(owner), field);
            if words.starts_with("__") { format!(".{words}") } else { words }
        }
    }
}

/// A place in words where nothing but the object itself is known.
pub fn plain_place(object: &ouro_heap::Ref, place: &Place) -> String {
    match place {
        Place::Item(index) => format!("[{index}]"),
        Place::Element => "an element".to_owned(),
        Place::Key(key) => format!("the key {key}"),
        Place::Value(key, _) => format!("[{key}]"),
        Place::Named(name) => format!(".{name}"),
        Place::Content => "the value".to_owned(),
        Place::Class => "the class".to_owned(),
        Place::Field(field) => holders::field_words(object, field),
    }
}

/// The steps of a way: the place behind the object before, and the object there. A dictionary of attributes between an
/// object and its attribute is no step.
fn steps(view: &View, way: &[(Option<Place>, Node)]) -> Vec<(String, Node)> {
    let mut steps = Vec::new();
    for (position, (place, node)) in way.iter().enumerate().skip(1) {
        let owner = way[position - 1].1;
        let is_link = way.get(position + 1).is_some() && view.dictionary_owner(*node) == Some(owner);
        if is_link {
            continue;
        }
        steps.push((suffix(view, owner, place.as_ref()), *node));
    }
    steps
}

/// The reason as plain data.
pub fn plain(view: &View, target: Node, reason: &Reason) -> Plain {
    let (kind, root, way) = match reason {
        Reason::Immortal => ("immortal", None, &[][..]),
        Reason::Nothing => ("nothing", None, &[][..]),
        Reason::Way(start, way) => ("way", Some(start.as_str()), &way[..]),
        Reason::Cycle(way) => ("cycle", None, &way[..]),
    };
    let step = |(place, node): (Plain, Node)| {
        let mut entries = vec![("place".to_owned(), place)];
        entries.extend(words::plain(view.graph.object(node)));
        Plain::Object(entries)
    };
    let first = way.first().map(|(_, node)| (Plain::Null, *node));
    let others = steps(view, way).into_iter().map(|(place, node)| (place.into(), node));
    let mut entries = words::plain(view.graph.object(target));
    entries.push(("reason".to_owned(), kind.into()));
    entries.push(("root".to_owned(), root.into()));
    entries.push(("path".to_owned(), Plain::List(first.into_iter().chain(others).map(step).collect())));
    Plain::Object(entries)
}

/// The reason in words, a line each.
pub fn lines(view: &View, target: Node, reason: &Reason) -> Vec<String> {
    let subject = words::with_address(view.graph.object(target));
    let indent = |way| {
        let steps = steps(view, way).into_iter();
        steps.map(|(place, node)| format!("    {place} -> {}", words::with_address(view.graph.object(node))))
    };
    match reason {
        Reason::Immortal => vec![format!("{subject} is immortal: it is shared and never freed")],
        Reason::Nothing => vec![format!("nothing but this call refers to {subject}")],
        Reason::Way(start, way) => {
            let mut lines = vec![format!("{subject} is alive because of")];
            let named = view.modules.iter().any(|module| module.namespace == way[0].1);
            if named || way.len() == 1 {
                lines.push(format!("  {start}"));
            } else {
                lines.push(format!("  {start} -> {}", words::with_address(view.graph.object(way[0].1))));
            }
            lines.extend(indent(way));
            lines
        }
        Reason::Cycle(way) => {
            let mut lines =
                vec![format!("only a cycle of references keeps {subject} alive; gc.collect() finds it")];
            lines.extend(indent(way));
            lines
        }
    }
}
