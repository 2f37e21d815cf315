//! From the tree of a pattern to the steps of the matcher.

use ouro_vm::protocol::object::NativeCall;

use super::{
    casing, flags,
    parser::TYPES,
    program::{Fold, Greed, Item, Program, Set, Step, Test, at},
    tokens::{Fault, Parsed},
    tree::{Kind, Member, Node, width},
};

/// The program of a tree with so many groups.
pub(super) fn assemble(body: &[Node], flags: i64, groups: usize) -> Parsed<Program> {
    let mut assembler = Assembler::default();
    assembler.sequence(body, flags)?;
    assembler.steps.push(Step::Success);
    let least = usize::try_from(width(body).least).unwrap_or(usize::MAX);
    Ok(Program::new(assembler.steps, assembler.sets, assembler.loops, groups, least))
}

/// How characters are compared under these flags.
fn fold(flags: i64) -> Fold {
    if flags & flags::IGNORECASE == 0 {
        Fold::Exact
    } else if flags & flags::UNICODE != 0 && flags & flags::LOCALE == 0 {
        Fold::Unicode
    } else {
        Fold::Ascii
    }
}

/// The flags inside of a group.
fn inside(flags: i64, added: i64, removed: i64) -> i64 {
    let kept = if added & TYPES != 0 { flags & !TYPES } else { flags };
    (kept | added) & !removed
}

fn category(category: u32, flags: i64) -> u32 {
    const WORD: u32 = 4;
    if flags & flags::LOCALE != 0 {
        if category >= WORD { category + 4 } else { category }
    } else if flags & flags::UNICODE != 0 {
        category + 10
    } else {
        category
    }
}

fn place(place: u32, flags: i64) -> u32 {
    match place {
        at::BEGINNING if flags & flags::MULTILINE != 0 => at::BEGINNING_LINE,
        at::END if flags & flags::MULTILINE != 0 => at::END_LINE,
        at::BOUNDARY if flags & flags::LOCALE != 0 => at::LOC_BOUNDARY,
        at::NON_BOUNDARY if flags & flags::LOCALE != 0 => at::LOC_NON_BOUNDARY,
        at::BOUNDARY if flags & flags::UNICODE != 0 => at::UNI_BOUNDARY,
        at::NON_BOUNDARY if flags & flags::UNICODE != 0 => at::UNI_NON_BOUNDARY,
        place => place,
    }
}

#[derive(Default)]
struct Assembler {
    steps: Vec<Step>,
    sets: Vec<Set>,
    loops: usize,
}

impl Assembler {
    fn sequence(&mut self, nodes: &[Node], flags: i64) -> Parsed<()> {
        nodes.iter().try_for_each(|node| self.node(node, flags))
    }

    /// Leaves room for a step that is known later.
    fn reserve(&mut self) -> usize {
        self.steps.push(Step::Fail);
        self.steps.len() - 1
    }

    fn node(&mut self, node: &Node, flags: i64) -> Parsed<()> {
        let _call = NativeCall::enter("")?;
        if let Some(test) = self.test(node, flags) {
            self.steps.push(Step::One(test));
            return Ok(());
        }
        match &node.kind {
            Kind::Literal(_) | Kind::NotLiteral(_) | Kind::Any | Kind::Set { .. } => {
                unreachable!("these are tests of one character")
            }
            Kind::At(at) => self.steps.push(Step::At(place(*at, flags))),
            Kind::Fail => self.steps.push(Step::Fail),
            Kind::Reference(group) => self.steps.push(Step::Group(group - 1, fold(flags))),
            Kind::Group { number, added, removed, body } => {
                let mark = number.map(|number| 2 * (number - 1));
                self.steps.extend(mark.map(Step::Mark));
                self.sequence(body, inside(flags, *added, *removed))?;
                self.steps.extend(mark.map(|mark| Step::Mark(mark + 1)));
            }
            Kind::Atomic(body) => {
                self.steps.push(Step::Barrier);
                self.sequence(body, flags)?;
                self.steps.push(Step::Commit);
            }
            Kind::Look { behind, negated, body } => {
                let back = if *behind { fixed_width(body)? } else { 0 };
                let start = self.reserve();
                self.sequence(body, flags)?;
                self.steps.push(Step::LookEnd { negated: *negated });
                self.steps[start] = Step::Look { back, negated: *negated, end: self.steps.len() };
            }
            Kind::Branch(branches) => self.branch(branches, flags)?,
            Kind::Conditional { group, yes, no } => {
                let start = self.reserve();
                self.sequence(yes, flags)?;
                let over = (!no.is_empty()).then(|| self.reserve());
                self.steps[start] = Step::IfGroup(group - 1, self.steps.len());
                self.sequence(no, flags)?;
                if let Some(over) = over {
                    self.steps[over] = Step::Jump(self.steps.len());
                }
            }
            Kind::Repeat { min, max, greed, body } => self.repeat((*min, *max), *greed, body, flags)?,
        }
        Ok(())
    }

    fn branch(&mut self, branches: &[Vec<Node>], flags: i64) -> Parsed<()> {
        let mut ends = Vec::new();
        let Some((last, others)) = branches.split_last() else { return Ok(()) };
        for branch in others {
            let split = self.reserve();
            self.sequence(branch, flags)?;
            ends.push(self.reserve());
            self.steps[split] = Step::Split(self.steps.len());
        }
        self.sequence(last, flags)?;
        let after = self.steps.len();
        for end in ends {
            self.steps[end] = Step::Jump(after);
        }
        Ok(())
    }

    fn repeat(&mut self, (min, max): (u32, u32), greed: Greed, body: &[Node], flags: i64) -> Parsed<()> {
        if let [node] = body
            && let Some(test) = self.test(node, flags)
        {
            self.steps.push(Step::Repeat(test, min, max, greed));
            return Ok(());
        }
        if greed == Greed::Possessive {
            self.steps.push(Step::Barrier);
        }
        let register = self.loops;
        self.loops += 1;
        let start = self.reserve();
        self.sequence(body, flags)?;
        self.steps[start] = Step::LoopStart { register, end: self.steps.len() };
        self.steps.push(Step::LoopEnd { register, body: start + 1, min, max, lazy: greed == Greed::Lazy });
        if greed == Greed::Possessive {
            self.steps.push(Step::Commit);
        }
        Ok(())
    }

    /// The test that a node is, if it matches one character.
    fn test(&mut self, node: &Node, flags: i64) -> Option<Test> {
        Some(match &node.kind {
            Kind::Any if flags & flags::DOTALL != 0 => Test::Anything,
            Kind::Any => Test::NoLineBreak,
            Kind::Literal(c) | Kind::NotLiteral(c) => {
                let negated = matches!(node.kind, Kind::NotLiteral(_));
                let fold = if casing::is_cased(fold(flags), *c) { fold(flags) } else { Fold::Exact };
                let lower = fold.apply(*c);
                match casing::kindred(lower).filter(|_| fold == Fold::Unicode) {
                    Some(_) => self.set(negated, &[Member::Range(*c, *c)], flags),
                    None if negated => Test::IsNot(lower, fold),
                    None => Test::Is(lower, fold),
                }
            }
            Kind::Set { negated, members } => match members.as_slice() {
                [Member::Category(of)] if !negated => Test::Of(category(*of, flags)),
                _ => self.set(*negated, members, flags),
            },
            Kind::Group { number: None, added, removed, body } => match body.as_slice() {
                [node] => return self.test(node, inside(flags, *added, *removed)),
                _ => return None,
            },
            _ => return None,
        })
    }

    fn set(&mut self, negated: bool, members: &[Member], flags: i64) -> Test {
        let mut ranges = Vec::new();
        let mut items = Vec::new();
        if negated {
            items.push(Item::Negate);
        }
        let mut categories = Vec::new();
        for member in members {
            match member {
                Member::Range(low, high) => ranges.push((*low, *high)),
                Member::Category(of) => categories.push(Item::Category(category(*of, flags))),
            }
        }
        let mut fold = fold(flags);
        let is_cased = |&(low, high): &(u32, u32)| (low..=high).any(|c| casing::is_cased(fold, c));
        if !ranges.iter().any(is_cased) {
            fold = Fold::Exact;
        }
        if fold == Fold::Unicode {
            let far = ranges.iter().filter(|range| range.1 > 0xFFFF);
            categories.extend(far.map(|range| Item::EitherCase(range.0, range.1)));
        }
        casing::add_lowercase(fold, &mut ranges);
        items.push(Item::Ranges(merged(ranges).into()));
        items.append(&mut categories);
        self.sets.push(Set::new(items));
        Test::In(self.sets.len() as u32 - 1, fold)
    }
}

/// The same ranges in order and apart from each other.
fn merged(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut made: Vec<(u32, u32)> = Vec::new();
    for (low, high) in ranges {
        match made.last_mut() {
            Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
            _ => made.push((low, high)),
        }
    }
    made
}

/// How far a look behind goes back.
fn fixed_width(body: &[Node]) -> Parsed<usize> {
    let width = width(body);
    let fault = |message: &str| Err(Fault::Pattern { message: message.to_owned(), place: None });
    match u32::try_from(width.least) {
        Err(_) => fault("looks too much behind"),
        Ok(_) if width.least != width.most => fault("look-behind requires fixed-width pattern"),
        Ok(least) => Ok(least as usize),
    }
}
