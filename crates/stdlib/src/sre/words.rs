//! Patterns as code words, which the `re` of CPython's library makes, turned into programs.

use std::ops::Range;

use super::program::{Fold, Greed, Item, Program, Set, Step, Test, lower_ascii};

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

/// The words are no code of a pattern.
#[derive(Debug)]
pub(super) struct Invalid;

type Checked<T> = Result<T, Invalid>;

/// The program of the words of a pattern with so many groups.
pub(super) fn translate(words: &[u32], groups: usize) -> Checked<Program> {
    let mut made = Translator { words, groups, ..Translator::default() };
    made.block(0..words.len(), 0)?;
    let (width, start) = match words {
        [op::INFO, skip, _, min, ..] => (*min as usize, 1 + *skip as usize),
        _ => (0, 0),
    };
    if start > words.len() {
        return Err(Invalid);
    }
    Ok(Program::new(made.steps, made.sets, made.loops, groups, width))
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
                    items.push(Item::Blocks(Box::new((index, bits))));
                    9
                }
                op::BIGCHARSET => {
                    let blocks = self.word(place + 1)? as usize;
                    let index = self.words.get(place + 2..place + 66).ok_or(Invalid)?;
                    let index = index.iter().flat_map(|word| word.to_ne_bytes()).collect();
                    let first = place + 66;
                    let bits = self.words.get(first..first + blocks * 8).ok_or(Invalid)?.to_vec();
                    items.push(Item::Blocks(Box::new((index, bits))));
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
