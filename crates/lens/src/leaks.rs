//! What is out of reach and has not been collected: only cycles of references keep it alive.

use std::collections::VecDeque;

use ouro_vm::{inspect, objects::dict::Dict};

use crate::{birth, graph::Node, plain::Plain, view::View, why, words};

/// A leaked object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// Objects of one number are held by each other.
    pub group: usize,
    /// The object in words.
    pub words: String,
    /// The name of its type.
    pub type_name: String,
    /// Its bytes.
    pub bytes: usize,
    /// Where it was made.
    pub birth: Option<birth::Birth>,
    /// What it refers to among the leaked objects: the place, and the object there in words.
    pub references: Vec<(String, String)>,
}

/// Finds the leaked objects, group by group. Dictionaries that hold the attributes of a leaked object are part of it.
pub fn find(view: &View) -> Vec<Leak> {
    let unreachable: Vec<Node> =
        view.graph.unreachable().into_iter().filter(|&node| !view.is_own(node)).collect();
    let mut group = vec![0; view.graph.len()];
    let mut is_leak = vec![false; view.graph.len()];
    unreachable.iter().for_each(|&node| is_leak[node as usize] = true);
    let mut leaks = Vec::new();
    let mut groups = 0;
    for &start in &unreachable {
        if group[start as usize] != 0 {
            continue;
        }
        groups += 1;
        group[start as usize] = groups;
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            leaks.extend(leak(view, node, groups, &is_leak));
            let neighbours = view.graph.references(node).iter().chain(view.graph.referrers(node));
            for &next in neighbours {
                if is_leak[next as usize] && group[next as usize] == 0 {
                    group[next as usize] = groups;
                    queue.push_back(next);
                }
            }
        }
    }
    leaks
}

fn leak(view: &View, node: Node, group: usize, is_leak: &[bool]) -> Option<Leak> {
    let object = view.graph.object(node);
    let is_part = |dict: Node| {
        view.graph.object(dict).has_layout::<Dict>()
            && view.dictionary_owner(dict).is_some_and(|owner| is_leak[owner as usize])
    };
    if is_part(node) {
        return None;
    }
    let mut references = Vec::new();
    let mut owners = vec![node];
    owners.extend(view.graph.references(node).iter().copied().filter(|&next| is_part(next)));
    for owner in owners {
        for &next in view.graph.references(owner) {
            if !is_leak[next as usize] || is_part(next) {
                continue;
            }
            let step = why::with_places(view, &[owner, next]);
            let place = why::suffix(view, owner, step[1].0.as_ref());
            let reference = (place, words::with_address(view.graph.object(next)));
            if !references.contains(&reference) {
                references.push(reference);
            }
        }
    }
    Some(Leak {
        group,
        words: words::with_address(object),
        type_name: words::type_name(object),
        bytes: inspect::size(object),
        birth: birth::birth(object.address()),
        references,
    })
}

/// The leaks as plain data.
pub fn plain(leaks: &[Leak]) -> Plain {
    let of_reference = |(place, object): &(String, String)| {
        Plain::object([("place", place.as_str().into()), ("object", object.as_str().into())])
    };
    let of_leak = |leak: &Leak| {
        Plain::object([
            ("group", leak.group.into()),
            ("object", leak.words.as_str().into()),
            ("type", leak.type_name.as_str().into()),
            ("bytes", leak.bytes.into()),
            ("birth", leak.birth.as_ref().into()),
            ("references", Plain::List(leak.references.iter().map(of_reference).collect())),
        ])
    };
    Plain::List(leaks.iter().map(of_leak).collect())
}

/// The leaks in lines, a paragraph each group.
pub fn lines(leaks: &[Leak]) -> Vec<String> {
    let mut lines = Vec::new();
    for group in leaks.chunk_by(|a, b| a.group == b.group) {
        let bytes: usize = group.iter().map(|leak| leak.bytes).sum();
        let objects =
            if group.len() == 1 { "1 object".to_owned() } else { format!("{} objects", group.len()) };
        lines.push(format!("{objects}, {bytes} bytes, kept alive only by a cycle of references:"));
        for leak in group {
            let birth = leak.birth.as_ref().map(|birth| format!(", made at {birth}")).unwrap_or_default();
            lines.push(format!("  {}{birth}", leak.words));
            lines.extend(leak.references.iter().map(|(place, object)| format!("    {place} -> {object}")));
        }
    }
    lines
}

/// The report of the end of a program: everything that only cycles keep alive; nothing to say if there is none.
pub fn report() -> Option<String> {
    let leaks = ouro_heap::collector::uncounted(|| find(&View::take(&[])));
    if leaks.is_empty() {
        return None;
    }
    let bytes: usize = leaks.iter().map(|leak| leak.bytes).sum();
    let mut text = format!(
        "ouro: {} leaked, {bytes} bytes\n",
        match leaks.len() {
            1 => "1 object".to_owned(),
            count => format!("{count} objects"),
        }
    );
    lines(&leaks).iter().for_each(|line| text.extend(["  ", line, "\n"]));
    Some(text)
}
