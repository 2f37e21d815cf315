//! The tree of a pattern, as the parser makes it and the assembler reads it.

use super::program::{Greed, MAX_REPEAT};

/// How many characters something can match, at least and at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Width {
    pub(super) least: u64,
    pub(super) most: u64,
}

impl Width {
    const NONE: Width = Width { least: 0, most: 0 };
    const ONE: Width = Width { least: 1, most: 1 };

    fn then(self, next: Width) -> Width {
        Width { least: self.least.saturating_add(next.least), most: self.most.saturating_add(next.most) }
    }

    fn or(self, other: Width) -> Width {
        Width { least: self.least.min(other.least), most: self.most.max(other.most) }
    }

    fn times(self, min: u32, max: u32) -> Width {
        let most = match (max, self.most) {
            (_, 0) => 0,
            (MAX_REPEAT, _) => u64::MAX,
            (max, most) => most.saturating_mul(max.into()),
        };
        Width { least: self.least.saturating_mul(min.into()), most }
    }
}

/// Nodes that match one after the other.
pub(super) type Sequence = Vec<Node>;

/// The width of a sequence.
pub(super) fn width(sequence: &[Node]) -> Width {
    sequence.iter().fold(Width::NONE, |width, node| width.then(node.width))
}

/// What a set of characters names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Member {
    /// All characters from one to another.
    Range(u32, u32),
    /// The characters of a category, by the category's number for ASCII.
    Category(u32),
}

/// A part of a pattern.
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) width: Width,
}

pub(super) enum Kind {
    Literal(u32),
    NotLiteral(u32),
    /// A dot.
    Any,
    Set {
        negated: bool,
        members: Vec<Member>,
    },
    /// A place, by its number without flags.
    At(u32),
    Branch(Vec<Sequence>),
    Repeat {
        min: u32,
        max: u32,
        greed: Greed,
        body: Sequence,
    },
    /// A group, with a number if it captures, and the flags that it turns on and off.
    Group {
        number: Option<usize>,
        added: i64,
        removed: i64,
        body: Sequence,
    },
    Atomic(Sequence),
    Look {
        behind: bool,
        negated: bool,
        body: Sequence,
    },
    /// What the group with this number has matched.
    Reference(usize),
    Conditional {
        group: usize,
        yes: Sequence,
        no: Sequence,
    },
    Fail,
}

impl Node {
    pub(super) fn new(kind: Kind) -> Node {
        let width = match &kind {
            Kind::Literal(_) | Kind::NotLiteral(_) | Kind::Any | Kind::Set { .. } => Width::ONE,
            Kind::At(_) | Kind::Look { .. } | Kind::Fail | Kind::Reference(_) => Width::NONE,
            Kind::Branch(branches) => {
                branches.iter().map(|branch| width(branch)).reduce(Width::or).unwrap_or(Width::NONE)
            }
            Kind::Repeat { min, max, body, .. } => width(body).times(*min, *max),
            Kind::Group { body, .. } | Kind::Atomic(body) => width(body),
            Kind::Conditional { yes, no, .. } => width(yes).or(width(no)),
        };
        Node { kind, width }
    }

    /// A reference to a group of this width.
    pub(super) fn reference(group: usize, width: Width) -> Node {
        Node { kind: Kind::Reference(group), width }
    }

    /// Whether both match the same, for nodes without others in them.
    fn is_same_leaf(&self, other: &Node) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Literal(a), Kind::Literal(b))
            | (Kind::NotLiteral(a), Kind::NotLiteral(b))
            | (Kind::At(a), Kind::At(b)) => a == b,
            (Kind::Any, Kind::Any) => true,
            (Kind::Set { negated, members }, Kind::Set { negated: other, members: others }) => {
                negated == other && members == others
            }
            _ => false,
        }
    }

    /// What the node adds to a set, if it is a plain one.
    fn members(&self) -> Option<Vec<Member>> {
        match &self.kind {
            Kind::Literal(c) => Some(vec![Member::Range(*c, *c)]),
            Kind::Set { negated: false, members } => Some(members.clone()),
            _ => None,
        }
    }
}

/// One sequence for several alternatives: what all begin with stands before the branch, and alternatives of one
/// character are a set.
pub(super) fn join_branches(mut branches: Vec<Sequence>) -> Sequence {
    if branches.len() == 1 {
        return branches.pop().unwrap_or_default();
    }
    let shared = {
        let (first, others) = branches.split_first().expect("there are alternatives");
        let is_shared = |place: usize, node: &Node| {
            others.iter().all(|other| other.get(place).is_some_and(|found| found.is_same_leaf(node)))
        };
        first.iter().enumerate().take_while(|(place, node)| is_shared(*place, node)).count()
    };
    let mut made: Sequence = Vec::new();
    for (index, branch) in branches.iter_mut().enumerate() {
        let prefix = branch.drain(..shared);
        if index == 0 {
            made.extend(prefix);
        }
    }
    let single = |branch: &Sequence| match branch.as_slice() {
        [node] => node.members(),
        _ => None,
    };
    match branches.iter().map(single).collect::<Option<Vec<_>>>() {
        Some(members) => {
            made.push(Node::new(Kind::Set { negated: false, members: members.concat() }));
        }
        None => made.push(Node::new(Kind::Branch(branches))),
    }
    made
}
