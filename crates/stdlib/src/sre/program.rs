//! The program of a pattern: code words, as the compiler of `re` makes them, turned into instructions for the matcher.

use std::ops::Range;

use ouro_vm::objects::str::unicode;

/// "Any number of times" among the code words.
pub(super) const MAX_REPEAT: u32 = u32::MAX;
/// The greatest number of groups.
pub(super) const MAX_GROUPS: usize = 0x3FFF_FFFF;

/// The numbers of the code words' operations.
mod op {
    pub(super) const FAILURE: u32 = 0;
    pub(super) const SUCCESS: u32 = 1;
    pub(super) const ANY: u32 = 2;
    pub(super) const ANY_ALL: u32 = 3;
    pub(super) const ASSERT: u32 = 4;
    pub(super) const ASSERT_NOT: u32 = 5;
    pub(super) const AT: u32 = 6;
    pub(super) const BRANCH: u32 = 7;
    pub(super) const CATEGORY: u32 = 8;
    pub(super) const CHARSET: u32 = 9;
    pub(super) const BIGCHARSET: u32 = 10;
    pub(super) const GROUPREF: u32 = 11;
    pub(super) const GROUPREF_EXISTS: u32 = 12;
    pub(super) const IN: u32 = 13;
    pub(super) const INFO: u32 = 14;
    pub(super) const JUMP: u32 = 15;
    pub(super) const LITERAL: u32 = 16;
    pub(super) const MARK: u32 = 17;
    pub(super) const MAX_UNTIL: u32 = 18;
    pub(super) const MIN_UNTIL: u32 = 19;
    pub(super) const NOT_LITERAL: u32 = 20;
    pub(super) const NEGATE: u32 = 21;
    pub(super) const RANGE: u32 = 22;
    pub(super) const REPEAT: u32 = 23;
    pub(super) const REPEAT_ONE: u32 = 24;
    pub(super) const MIN_REPEAT_ONE: u32 = 26;
    pub(super) const ATOMIC_GROUP: u32 = 27;
    pub(super) const POSSESSIVE_REPEAT: u32 = 28;
    pub(super) const POSSESSIVE_REPEAT_ONE: u32 = 29;
    pub(super) const GROUPREF_IGNORE: u32 = 30;
    pub(super) const IN_IGNORE: u32 = 31;
    pub(super) const LITERAL_IGNORE: u32 = 32;
    pub(super) const NOT_LITERAL_IGNORE: u32 = 33;
    pub(super) const GROUPREF_LOC_IGNORE: u32 = 34;
    pub(super) const IN_LOC_IGNORE: u32 = 35;
    pub(super) const LITERAL_LOC_IGNORE: u32 = 36;
    pub(super) const NOT_LITERAL_LOC_IGNORE: u32 = 37;
    pub(super) const GROUPREF_UNI_IGNORE: u32 = 38;
    pub(super) const IN_UNI_IGNORE: u32 = 39;
    pub(super) const LITERAL_UNI_IGNORE: u32 = 40;
    pub(super) const NOT_LITERAL_UNI_IGNORE: u32 = 41;
    pub(super) const RANGE_UNI_IGNORE: u32 = 42;
}

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

#[derive(Debug, PartialEq, Eq)]
enum Item {
    Range(u32, u32),
    /// A range of lowercase letters that stands for the uppercase ones as well.
    EitherCase(u32, u32),
    Category(u32),
    /// Blocks of 256 characters: which block a character's high byte names, and the bits of the blocks.
    Blocks(Vec<u8>, Vec<u32>),
    Negate,
}

/// A set of characters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Set {
    items: Vec<Item>,
    /// The answers for Latin-1.
    latin1: [u64; 4],
}

impl Set {
    fn new(items: Vec<Item>) -> Set {
        let mut set = Set { items, latin1: [0; 4] };
        for c in 0..256u32 {
            if set.search(c) {
                set.latin1[c as usize / 64] |= 1 << (c % 64);
            }
        }
        set
    }

    #[inline]
    pub(super) fn contains(&self, c: u32) -> bool {
        if c < 256 { self.latin1[c as usize / 64] >> (c % 64) & 1 != 0 } else { self.search(c) }
    }

    fn search(&self, c: u32) -> bool {
        let mut found = true;
        for item in &self.items {
            let hit = match item {
                Item::Range(low, high) => (*low..=*high).contains(&c),
                Item::EitherCase(low, high) => {
                    (*low..=*high).contains(&c) || (*low..=*high).contains(&unicode::simple_upper(c))
                }
                Item::Category(category) => is_of(*category, c),
                Item::Blocks(index, bits) => {
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

/// The words are no code of a pattern.
#[derive(Debug)]
pub(super) struct Invalid;

type Checked<T> = Result<T, Invalid>;

impl Program {
    /// Translates the words of a pattern with so many groups.
    pub(super) fn new(words: &[u32], groups: usize) -> Checked<Program> {
        let mut made = Translator { words, groups, ..Translator::default() };
        let end = words.len();
        made.block(0..end, 0)?;
        let (width, start) = match words {
            [op::INFO, skip, _, min, ..] => (*min as usize, 1 + *skip as usize),
            _ => (0, 0),
        };
        if start > words.len() {
            return Err(Invalid);
        }
        let mut program = Program {
            steps: made.steps,
            sets: made.sets,
            loops: made.loops,
            marks: groups * 2,
            width,
            first: First::Unknown,
        };
        program.first = program.find_first();
        Ok(program)
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

/// How deep groups and loops may nest.
const MAX_DEPTH: usize = 10_000;

#[derive(Default)]
struct Translator<'a> {
    words: &'a [u32],
    steps: Vec<Step>,
    sets: Vec<Set>,
    loops: usize,
    groups: usize,
}

impl Translator<'_> {
    fn word(&self, place: usize) -> Checked<u32> {
        self.words.get(place).copied().ok_or(Invalid)
    }

    /// Where the skip word at a place leads; never backwards, never beyond the end of the block.
    fn skip(&self, place: usize, end: usize) -> Checked<usize> {
        let target = place + self.word(place)? as usize;
        if target > place && target <= end { Ok(target) } else { Err(Invalid) }
    }

    /// Translates the words of a range.
    fn block(&mut self, range: Range<usize>, depth: usize) -> Checked<()> {
        if depth > MAX_DEPTH || range.end > self.words.len() {
            return Err(Invalid);
        }
        let end = range.end;
        let mut place = range.start;
        while place < end {
            place = self.operation(place, end, depth)?;
        }
        if place == end { Ok(()) } else { Err(Invalid) }
    }

    /// Translates the operation at a place; gives the place behind it.
    fn operation(&mut self, place: usize, end: usize, depth: usize) -> Checked<usize> {
        let operation = self.word(place)?;
        if let Some((test, next)) = self.test(place, end)? {
            self.steps.push(Step::One(test));
            return Ok(next);
        }
        match operation {
            op::FAILURE => {
                self.steps.push(Step::Fail);
                Ok(place + 1)
            }
            op::SUCCESS if depth == 0 => {
                self.steps.push(Step::Success);
                Ok(place + 1)
            }
            op::INFO => self.skip(place + 1, end),
            op::AT => {
                self.steps.push(Step::At(self.word(place + 1)?));
                Ok(place + 2)
            }
            op::MARK => {
                let mark = self.word(place + 1)? as usize;
                if mark >= self.groups * 2 {
                    return Err(Invalid);
                }
                self.steps.push(Step::Mark(mark));
                Ok(place + 2)
            }
            op::BRANCH => self.branch(place, end, depth),
            op::GROUPREF | op::GROUPREF_IGNORE | op::GROUPREF_LOC_IGNORE | op::GROUPREF_UNI_IGNORE => {
                let fold = match operation {
                    op::GROUPREF => Fold::Exact,
                    op::GROUPREF_UNI_IGNORE => Fold::Unicode,
                    _ => Fold::Ascii,
                };
                let group = self.group(place + 1)?;
                self.steps.push(Step::Group(group, fold));
                Ok(place + 2)
            }
            op::GROUPREF_EXISTS => self.conditional(place, end, depth),
            op::ASSERT | op::ASSERT_NOT => {
                let after = self.skip(place + 1, end)?;
                let back = self.word(place + 2)? as usize;
                let negated = operation == op::ASSERT_NOT;
                let start = self.steps.len();
                self.steps.push(Step::Fail);
                self.body(place + 3, after, depth)?;
                self.steps.push(Step::LookEnd { negated });
                self.steps[start] = Step::Look { back, negated, end: self.steps.len() };
                Ok(after)
            }
            op::ATOMIC_GROUP => {
                let after = self.skip(place + 1, end)?;
                self.steps.push(Step::Barrier);
                self.body(place + 2, after, depth)?;
                self.steps.push(Step::Commit);
                Ok(after)
            }
            op::REPEAT_ONE | op::MIN_REPEAT_ONE | op::POSSESSIVE_REPEAT_ONE => {
                let after = self.skip(place + 1, end)?;
                let (min, max) = (self.word(place + 2)?, self.word(place + 3)?);
                let greed = match operation {
                    op::REPEAT_ONE => Greed::Greedy,
                    op::MIN_REPEAT_ONE => Greed::Lazy,
                    _ => Greed::Possessive,
                };
                let (test, next) = self.test(place + 4, after)?.ok_or(Invalid)?;
                if min > max || next + 1 != after || self.word(next)? != op::SUCCESS {
                    return Err(Invalid);
                }
                self.steps.push(Step::Repeat(test, min, max, greed));
                Ok(after)
            }
            op::REPEAT | op::POSSESSIVE_REPEAT => self.repeat(place, end, depth),
            _ => Err(Invalid),
        }
    }

    /// A body that ends in SUCCESS, which is left out.
    fn body(&mut self, start: usize, after: usize, depth: usize) -> Checked<()> {
        if after <= start || self.word(after - 1)? != op::SUCCESS {
            return Err(Invalid);
        }
        self.block(start..after - 1, depth + 1)
    }

    fn group(&self, place: usize) -> Checked<usize> {
        let group = self.word(place)? as usize;
        if group < self.groups { Ok(group) } else { Err(Invalid) }
    }

    fn branch(&mut self, place: usize, end: usize, depth: usize) -> Checked<usize> {
        let mut ends = Vec::new();
        let mut place = place + 1;
        while self.word(place)? != op::FAILURE {
            let next = self.skip(place, end)?;
            let split = self.steps.len();
            self.steps.push(Step::Fail);
            // The alternative ends in a jump to the end of all of them.
            if next < place + 3 || self.word(next - 2)? != op::JUMP {
                return Err(Invalid);
            }
            self.block(place + 1..next - 2, depth + 1)?;
            ends.push(self.steps.len());
            self.steps.push(Step::Fail);
            self.steps[split] = Step::Split(self.steps.len());
            place = next;
        }
        self.steps.push(Step::Fail);
        let after = self.steps.len();
        for jump in ends {
            self.steps[jump] = Step::Jump(after);
        }
        Ok(place + 1)
    }

    fn conditional(&mut self, place: usize, end: usize, depth: usize) -> Checked<usize> {
        let group = self.group(place + 1)?;
        let otherwise = self.skip(place + 2, end + 1)?.checked_sub(1).ok_or(Invalid)?;
        let start = self.steps.len();
        self.steps.push(Step::Fail);
        // With a second alternative the first one ends in a jump over it.
        let jump = otherwise
            .checked_sub(2)
            .filter(|&jump| jump >= place + 3 && self.words.get(jump) == Some(&op::JUMP))
            .and_then(|jump| self.skip(jump + 1, end).ok().map(|after| (jump, after)));
        let Some((jump, after)) = jump else {
            self.block(place + 3..otherwise, depth + 1)?;
            self.steps[start] = Step::IfGroup(group, self.steps.len());
            return Ok(otherwise);
        };
        self.block(place + 3..jump, depth + 1)?;
        let over = self.steps.len();
        self.steps.push(Step::Fail);
        self.steps[start] = Step::IfGroup(group, self.steps.len());
        self.block(otherwise..after, depth + 1)?;
        self.steps[over] = Step::Jump(self.steps.len());
        Ok(after)
    }

    fn repeat(&mut self, place: usize, end: usize, depth: usize) -> Checked<usize> {
        let possessive = self.word(place)? == op::POSSESSIVE_REPEAT;
        let until = self.skip(place + 1, end)?;
        let (min, max) = (self.word(place + 2)?, self.word(place + 3)?);
        let lazy = match (self.word(until)?, possessive) {
            (op::MAX_UNTIL, false) | (op::SUCCESS, true) => false,
            (op::MIN_UNTIL, false) => true,
            _ => return Err(Invalid),
        };
        if min > max {
            return Err(Invalid);
        }
        if possessive {
            self.steps.push(Step::Barrier);
        }
        let register = self.loops;
        self.loops += 1;
        let start = self.steps.len();
        self.steps.push(Step::Fail);
        self.block(place + 4..until, depth + 1)?;
        self.steps[start] = Step::LoopStart { register, end: self.steps.len() };
        self.steps.push(Step::LoopEnd { register, body: start + 1, min, max, lazy });
        if possessive {
            self.steps.push(Step::Commit);
        }
        Ok(until + 1)
    }

    /// The test of one character at a place, if the operation is one, and the place behind it.
    fn test(&mut self, place: usize, end: usize) -> Checked<Option<(Test, usize)>> {
        let operation = self.word(place)?;
        Ok(Some(match operation {
            op::ANY => (Test::NoLineBreak, place + 1),
            op::ANY_ALL => (Test::Anything, place + 1),
            op::CATEGORY => (Test::Of(self.word(place + 1)?), place + 2),
            op::LITERAL => (Test::Is(self.word(place + 1)?, Fold::Exact), place + 2),
            op::LITERAL_IGNORE | op::LITERAL_LOC_IGNORE => {
                (Test::Is(lower_ascii(self.word(place + 1)?), Fold::Ascii), place + 2)
            }
            op::LITERAL_UNI_IGNORE => (Test::Is(self.word(place + 1)?, Fold::Unicode), place + 2),
            op::NOT_LITERAL => (Test::IsNot(self.word(place + 1)?, Fold::Exact), place + 2),
            op::NOT_LITERAL_IGNORE | op::NOT_LITERAL_LOC_IGNORE => {
                (Test::IsNot(lower_ascii(self.word(place + 1)?), Fold::Ascii), place + 2)
            }
            op::NOT_LITERAL_UNI_IGNORE => (Test::IsNot(self.word(place + 1)?, Fold::Unicode), place + 2),
            op::IN | op::IN_IGNORE | op::IN_LOC_IGNORE | op::IN_UNI_IGNORE => {
                let after = self.skip(place + 1, end)?;
                let set = self.set(place + 2, after)?;
                let fold = match operation {
                    op::IN => Fold::Exact,
                    op::IN_UNI_IGNORE => Fold::Unicode,
                    _ => Fold::Ascii,
                };
                (Test::In(set, fold), after)
            }
            _ => return Ok(None),
        }))
    }

    fn set(&mut self, mut place: usize, after: usize) -> Checked<u32> {
        let mut items = Vec::new();
        loop {
            if place >= after {
                return Err(Invalid);
            }
            let operation = self.word(place)?;
            place += match operation {
                op::FAILURE => break,
                op::LITERAL => {
                    let c = self.word(place + 1)?;
                    items.push(Item::Range(c, c));
                    2
                }
                op::RANGE => {
                    items.push(Item::Range(self.word(place + 1)?, self.word(place + 2)?));
                    3
                }
                op::RANGE_UNI_IGNORE => {
                    items.push(Item::EitherCase(self.word(place + 1)?, self.word(place + 2)?));
                    3
                }
                op::CATEGORY => {
                    items.push(Item::Category(self.word(place + 1)?));
                    2
                }
                op::CHARSET => {
                    let bits = self.words.get(place + 1..place + 9).ok_or(Invalid)?.to_vec();
                    // Block 0 has the bits, all others are empty.
                    let mut index = vec![1; 256];
                    index[0] = 0;
                    items.push(Item::Blocks(index, bits));
                    9
                }
                op::BIGCHARSET => {
                    let blocks = self.word(place + 1)? as usize;
                    let index = self.words.get(place + 2..place + 66).ok_or(Invalid)?;
                    let index = index.iter().flat_map(|word| word.to_ne_bytes()).collect();
                    let first = place + 66;
                    let bits = self.words.get(first..first + blocks * 8).ok_or(Invalid)?.to_vec();
                    items.push(Item::Blocks(index, bits));
                    66 + blocks * 8
                }
                op::NEGATE => {
                    items.push(Item::Negate);
                    1
                }
                _ => return Err(Invalid),
            };
        }
        self.sets.push(Set::new(items));
        Ok(self.sets.len() as u32 - 1)
    }
}
