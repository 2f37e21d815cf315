//! The heap as a graph: all live objects, what each refers to, and what follows from that alone.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
    hash::BuildHasherDefault,
};

use ahash::AHasher;
use ouro_heap::{Ref, Visitor, header::TRACKED, inspect};

/// The tables of this room.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<AHasher>>;
/// The sets of this room.
pub(crate) type Set<T> = HashSet<T, BuildHasherDefault<AHasher>>;

/// The number of an object in a [`Graph`].
pub type Node = u32;

/// All live objects and the references between them, as they were at one moment.
///
/// It holds a reference to each object, so that none can go while it is looked at; the counts are those from before.
pub struct Graph {
    objects: Vec<Ref>,
    counts: Vec<u32>,
    numbers: Map<usize, Node>,
    forward: Edges,
    backward: OnceCell<Edges>,
}

/// The edges of all nodes in one row.
struct Edges {
    starts: Vec<u32>,
    ends: Vec<Node>,
}

impl Edges {
    fn of(&self, node: Node) -> &[Node] {
        let node = node as usize;
        &self.ends[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// Gathers the addresses of what an object refers to.
struct Gather(Vec<usize>);

impl Visitor for Gather {
    fn visit(&mut self, reference: &Ref) {
        self.0.push(reference.address());
    }
}

impl Graph {
    /// Takes the whole heap down. No code of the program may run while the graph is used.
    pub fn take() -> Graph {
        let mut objects = Vec::new();
        let mut counts = Vec::new();
        let mut starts = vec![0];
        let mut gather = Gather(Vec::new());
        inspect::each_object(|object| {
            counts.push(object.header().count());
            inspect::references(object, &mut gather);
            starts.push(gather.0.len() as u32);
            objects.push(object.as_ptr() as usize);
        });
        let numbers: Map<usize, Node> =
            objects.iter().enumerate().map(|(number, &address)| (address, number as Node)).collect();
        let mut held = Vec::with_capacity(objects.len());
        inspect::each_object(|object| held.push(object.clone()));
        debug_assert_eq!(held.len(), objects.len());
        // What is being deallocated is no node, and nothing whole refers to it.
        let mut ends = Vec::with_capacity(gather.0.len());
        let mut place = 0;
        for start in starts.iter_mut().skip(1) {
            let known = gather.0[place..*start as usize].iter().filter_map(|address| numbers.get(address));
            ends.extend(known);
            place = *start as usize;
            *start = ends.len() as u32;
        }
        Graph { objects: held, counts, numbers, forward: Edges { starts, ends }, backward: OnceCell::new() }
    }

    /// The number of objects.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there are none, which is never so.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// All nodes.
    pub fn nodes(&self) -> std::ops::Range<Node> {
        0..self.objects.len() as Node
    }

    /// The object of a node.
    pub fn object(&self, node: Node) -> &Ref {
        &self.objects[node as usize]
    }

    /// The count that the object had when the graph was taken.
    pub fn count(&self, node: Node) -> u32 {
        self.counts[node as usize]
    }

    /// The node of an object.
    pub fn node(&self, object: &Ref) -> Option<Node> {
        self.node_at(object.address())
    }

    /// The node of the object at an address.
    pub fn node_at(&self, address: usize) -> Option<Node> {
        self.numbers.get(&address).copied()
    }

    /// What an object refers to, once for each reference.
    pub fn references(&self, node: Node) -> &[Node] {
        self.forward.of(node)
    }

    /// The objects that refer to an object, once for each reference.
    pub fn referrers(&self, node: Node) -> &[Node] {
        self.backward.get_or_init(|| self.turn_round()).of(node)
    }

    fn turn_round(&self) -> Edges {
        let mut starts = vec![0u32; self.len() + 1];
        for &end in &self.forward.ends {
            starts[end as usize + 1] += 1;
        }
        for node in 0..self.len() {
            starts[node + 1] += starts[node];
        }
        let mut places = starts.clone();
        let mut ends = vec![0; self.forward.ends.len()];
        for node in self.nodes() {
            for &end in self.references(node) {
                ends[places[end as usize] as usize] = node;
                places[end as usize] += 1;
            }
        }
        Edges { starts, ends }
    }

    /// Marks what can be reached from some nodes, themselves included. Edges to nodes that `enters` refuses are not
    /// followed.
    pub fn reach(&self, from: &[Node], enters: impl Fn(Node) -> bool) -> Vec<bool> {
        let mut reached = vec![false; self.len()];
        let mut stack = Vec::new();
        for &node in from {
            if !std::mem::replace(&mut reached[node as usize], true) {
                stack.push(node);
            }
        }
        while let Some(node) = stack.pop() {
            for &next in self.references(node) {
                if !reached[next as usize] && enters(next) {
                    reached[next as usize] = true;
                    stack.push(next);
                }
            }
        }
        reached
    }

    /// The objects that would die if the seeds did: all that can be reached from them and from nowhere else. `known` are
    /// references from outside of the heap that go as well. The seeds count as dying, whoever else holds them.
    pub fn retained(&self, seeds: &[Node], known: &[Node]) -> Vec<bool> {
        let mut dying = self.reach(seeds, |_| true);
        let mut left: Vec<i64> = self.counts.iter().map(|&count| count.into()).collect();
        for node in self.nodes().filter(|&node| dying[node as usize]) {
            for &next in self.references(node) {
                left[next as usize] -= 1;
            }
        }
        for &node in known {
            left[node as usize] -= 1;
        }
        let mut is_seed = vec![false; self.len()];
        seeds.iter().for_each(|&seed| is_seed[seed as usize] = true);
        // What someone else holds stays, and so does all that it reaches.
        let mut stack: Vec<Node> = self
            .nodes()
            .filter(|&node| dying[node as usize] && !is_seed[node as usize] && left[node as usize] > 0)
            .collect();
        stack.iter().for_each(|&node| dying[node as usize] = false);
        while let Some(node) = stack.pop() {
            for &next in self.references(node) {
                if dying[next as usize] && !is_seed[next as usize] {
                    dying[next as usize] = false;
                    stack.push(next);
                }
            }
        }
        dying
    }

    /// How many references to each object no object of the heap accounts for: those of frames and of the interpreter.
    pub fn outside_references(&self) -> Vec<i64> {
        let mut left: Vec<i64> = self.counts.iter().map(|&count| count.into()).collect();
        self.forward.ends.iter().for_each(|&end| left[end as usize] -= 1);
        left
    }

    /// The tracked containers that nothing outside of the heap leads to: garbage that no collection has found yet.
    pub fn unreachable(&self) -> Vec<Node> {
        let outside = self.outside_references();
        let roots: Vec<Node> = self.nodes().filter(|&node| outside[node as usize] > 0).collect();
        let reached = self.reach(&roots, |_| true);
        self.nodes()
            .filter(|&node| !reached[node as usize] && self.object(node).header().has(TRACKED))
            .collect()
    }

    /// The shortest ways from some nodes to all others: who comes before each node on its way. Nodes that `enters` refuses
    /// are left out. Stops when `target` is reached.
    pub fn ways(&self, from: &[Node], target: Option<Node>, enters: impl Fn(Node) -> bool) -> Ways {
        let mut before = vec![Before::Unknown; self.len()];
        let mut queue = std::collections::VecDeque::new();
        for &node in from {
            if before[node as usize] == Before::Unknown && enters(node) {
                before[node as usize] = Before::Start;
                queue.push_back(node);
            }
        }
        while let Some(node) = queue.pop_front() {
            if Some(node) == target {
                break;
            }
            for &next in self.references(node) {
                if before[next as usize] == Before::Unknown && enters(next) {
                    before[next as usize] = Before::Node(node);
                    queue.push_back(next);
                }
            }
        }
        Ways { before }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Unknown,
    Start,
    Node(Node),
}

/// Shortest ways, see [`Graph::ways`].
pub struct Ways {
    before: Vec<Before>,
}

impl Ways {
    /// The way to a node, from its start on; nothing if there is none.
    pub fn to(&self, node: Node) -> Option<Vec<Node>> {
        let mut way = vec![node];
        let mut at = node;
        loop {
            match self.before[at as usize] {
                Before::Unknown => return None,
                Before::Start => break,
                Before::Node(earlier) => at = earlier,
            }
            way.push(at);
        }
        way.reverse();
        Some(way)
    }
}
