//! The program of a pattern: the steps of the matcher.

use ouro_vm::objects::str::unicode;

/// "Any number of times" among the code words.
pub(super) const MAX_REPEAT: u32 = u32::MAX;
/// The greatest number of groups.
pub(super) const MAX_GROUPS: usize = 0x3FFF_FFFF;

/// The places that `At` asks for.
pub(super) mod at {
    pub(in super::super) const BEGINNING: u32 = 0;
    pub(in super::super) const BEGINNING_LINE: u32 = 1;
    pub(in super::super) const BEGINNING_STRING: u32 = 2;
    pub(in super::super) const BOUNDARY: u32 = 3;
    pub(in super::super) const NON_BOUNDARY: u32 = 4;
    pub(in super::super) const END: u32 = 5;
    pub(in super::super) const END_LINE: u32 = 6;
    pub(in super::super) const END_STRING: u32 = 7;
    pub(in super::super) const LOC_BOUNDARY: u32 = 8;
    pub(in super::super) const LOC_NON_BOUNDARY: u32 = 9;
    pub(in super::super) const UNI_BOUNDARY: u32 = 10;
    pub(in super::super) const UNI_NON_BOUNDARY: u32 = 11;
}

/// How a character is made small before it is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fold {
    /// Not at all.
    Exact,
    /// Letters of ASCII; the locale is always "C".
    Ascii,
    /// All letters.
    Unicode,
}

impl Fold {
    #[inline]
    pub(super) fn apply(self, c: u32) -> u32 {
        match self {
            Fold::Exact => c,
            Fold::Ascii => lower_ascii(c),
            Fold::Unicode => unicode::simple_lower(c),
        }
    }
}

/// The lowercase of a letter of ASCII.
#[inline]
pub(super) fn lower_ascii(c: u32) -> u32 {
    if (0x41..=0x5A).contains(&c) { c + 32 } else { c }
}

/// What one character has to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Test {
    /// Anything but a line break.
    NoLineBreak,
    /// Anything.
    Anything,
    /// This character.
    Is(u32, Fold),
    /// Any other.
    IsNot(u32, Fold),
    /// In the set with this number.
    In(u32, Fold),
    /// Of a category.
    Of(u32),
}

/// How often a repetition tries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Greed {
    /// As often as possible, less if that does not lead to a match.
    Greedy,
    /// As seldom as possible.
    Lazy,
    /// As often as possible, and never less.
    Possessive,
}

/// One step of the matcher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// One character.
    One(Test),
    /// A place in the text.
    At(u32),
    /// The beginning (even) or end (odd) of a group.
    Mark(usize),
    /// Goes on with the next step; if that fails, with the one named.
    Split(usize),
    /// Goes on elsewhere.
    Jump(usize),
    /// What a group has matched.
    Group(usize, Fold),
    /// Goes on with the next step if a group has matched, else elsewhere.
    IfGroup(usize, usize),
    /// One character several times.
    Repeat(Test, u32, u32, Greed),
    /// Makes the registers of a loop ready and goes to its end.
    LoopStart { register: usize, end: usize },
    /// The end of a loop's body.
    LoopEnd { register: usize, body: usize, min: u32, max: u32, lazy: bool },
    /// From here to `Commit` nothing is tried a second time once it has matched.
    Barrier,
    /// Forgets the alternatives since the barrier.
    Commit,
    /// Looks ahead, or `back` characters back; if `negated` goes on at `end` where the body fails.
    Look { back: usize, negated: bool, end: usize },
    /// The end of what is looked at.
    LookEnd { negated: bool },
    /// Never matches.
    Fail,
    /// The whole pattern has matched.
    Success,
}

/// What a set consists of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Item {
    Range(u32, u32),
    /// Many ranges, in order and apart from each other.
    Ranges(Box<[(u32, u32)]>),
    /// A range of lowercase letters that stands for the uppercase ones as well.
    EitherCase(u32, u32),
    Category(u32),
    /// Blocks of 256 characters: which block a character's high byte names, and the bits of the blocks.
    Blocks(Box<(Vec<u8>, Vec<u32>)>),
    Negate,
}

impl Item {
    /// Bytes beside the item itself.
    fn bytes(&self) -> usize {
        match self {
            Item::Ranges(ranges) => size_of_val(&ranges[..]),
            Item::Blocks(blocks) => size_of_val(&**blocks) + blocks.0.capacity() + 4 * blocks.1.capacity(),
            Item::Range(..) | Item::EitherCase(..) | Item::Category(_) | Item::Negate => 0,
        }
    }
}

/// A set of characters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Set {
    items: Box<[Item]>,
    /// The answers for Latin-1.
    latin1: [u64; 4],
}

impl Set {
    pub(super) fn new(items: Vec<Item>) -> Set {
        let mut set = Set { items: items.into(), latin1: [0; 4] };
        for c in 0..256u32 {
            if set.search(c) {
                set.latin1[c as usize / 64] |= 1 << (c % 64);
            }
        }
        set
    }

    fn bytes(&self) -> usize {
        let items: usize = self.items.iter().map(Item::bytes).sum();
        size_of::<Set>() + size_of_val(&self.items[..]) + items
    }

    #[inline]
    pub(super) fn contains(&self, c: u32) -> bool {
        if c < 256 { self.latin1[c as usize / 64] >> (c % 64) & 1 != 0 } else { self.search(c) }
    }

    fn search(&self, c: u32) -> bool {
        let mut found = true;
        for item in self.items.iter() {
            let hit = match item {
                Item::Range(low, high) => (*low..=*high).contains(&c),
                Item::Ranges(ranges) => {
                    let after = ranges.partition_point(|range| range.0 <= c);
                    after > 0 && c <= ranges[after - 1].1
                }
                Item::EitherCase(low, high) => {
                    (*low..=*high).contains(&c) || (*low..=*high).contains(&unicode::simple_upper(c))
                }
                Item::Category(category) => is_of(*category, c),
                Item::Blocks(blocks) => {
                    let (index, bits) = &**blocks;
                    let block = index.get(c as usize >> 8).copied().unwrap_or(0) as usize;
                    let place = block * 256 + (c as usize & 255);
                    c < 0x1_0000 && bits.get(place / 32).is_some_and(|word| word >> (place % 32) & 1 != 0)
                }
                Item::Negate => {
                    found = !found;
                    continue;
                }
            };
            if hit {
                return found;
            }
        }
        !found
    }
}

/// Whether a character is of a category.
pub(super) fn is_of(category: u32, c: u32) -> bool {
    let ascii = |test: fn(&u8) -> bool| u8::try_from(c).is_ok_and(|byte| test(&byte));
    let space = |byte: &u8| matches!(byte, 9..=13 | 32);
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    match category {
        0 => ascii(u8::is_ascii_digit),
        1 => !ascii(u8::is_ascii_digit),
        2 => ascii(space),
        3 => !ascii(space),
        4 | 8 => ascii(word),
        5 | 9 => !ascii(word),
        6 => c == 10,
        7 => c != 10,
        10 => unicode::decimal_value(c).is_some(),
        11 => unicode::decimal_value(c).is_none(),
        12 => unicode::is_space(c),
        13 => !unicode::is_space(c),
        14 => is_word(c),
        15 => !is_word(c),
        16 => unicode::is_line_break(c),
        17 => !unicode::is_line_break(c),
        _ => false,
    }
}

fn is_word(c: u32) -> bool {
    const ALNUM: u16 = unicode::ALPHA | unicode::DECIMAL | unicode::DIGIT | unicode::NUMERIC;
    c == 0x5F || unicode::has(c, ALNUM)
}

/// Whether a character belongs to words, as `\b` of this kind sees it.
pub(super) fn is_word_at(place: u32, c: u32) -> bool {
    is_of(if place >= at::UNI_BOUNDARY { 14 } else { 4 }, c)
}

/// What every match begins with, for the search.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum First {
    /// Anything.
    Unknown,
    /// A character that passes the test.
    Character(Test),
    /// The beginning of the text.
    Beginning,
}

/// A pattern ready to be matched.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) sets: Vec<Set>,
    /// How many loops have registers.
    pub(super) loops: usize,
    /// How many marks groups have, two each.
    pub(super) marks: usize,
    /// The least number of characters of a match.
    pub(super) width: usize,
    pub(super) first: First,
}

impl Program {
    /// A program with so many loops and groups, whose matches have a least width.
    pub(super) fn new(
        steps: Vec<Step>,
        sets: Vec<Set>,
        loops: usize,
        groups: usize,
        width: usize,
    ) -> Program {
        let (mut steps, mut sets) = (steps, sets);
        steps.shrink_to_fit();
        sets.shrink_to_fit();
        let mut program = Program { steps, sets, loops, marks: groups * 2, width, first: First::Unknown };
        program.first = program.find_first();
        program
    }

    /// Bytes of all of it.
    pub(super) fn bytes(&self) -> usize {
        let sets: usize = self.sets.iter().map(Set::bytes).sum();
        size_of::<Program>() + self.steps.capacity() * size_of::<Step>() + sets
    }

    fn find_first(&self) -> First {
        let step = self.steps.iter().find(|step| !matches!(step, Step::Mark(_)));
        match step {
            Some(Step::One(test)) => First::Character(*test),
            Some(Step::Repeat(test, min, ..)) if *min > 0 => First::Character(*test),
            Some(Step::At(at::BEGINNING | at::BEGINNING_STRING)) => First::Beginning,
            _ => First::Unknown,
        }
    }

    /// Whether a character passes a test.
    #[inline]
    pub(super) fn passes(&self, test: Test, c: u32) -> bool {
        match test {
            Test::NoLineBreak => c != 10,
            Test::Anything => true,
            Test::Is(wanted, fold) => fold.apply(c) == wanted,
            Test::IsNot(unwanted, fold) => fold.apply(c) != unwanted,
            Test::In(set, fold) => self.sets[set as usize].contains(fold.apply(c)),
            Test::Of(category) => is_of(category, c),
        }
    }
}
