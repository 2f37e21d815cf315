//! The matcher: runs a program on a text and goes back to the last alternative where it fails.
//!
//! Alternatives wait on a stack of its own, so that no pattern and no text can overflow the native one. Between them
//! stand the old values of marks and loop registers, which going back restores.

use ouro_vm::{
    error::Res,
    interpreter::check_signals,
    objects::units::{Unit, search},
};

use super::program::{First, Fold, Greed, MAX_REPEAT, Program, Step, Test, at, is_word_at};

/// No place.
pub(super) const NOWHERE: usize = usize::MAX;

/// What waits on the stack.
#[derive(Clone, Copy, Debug)]
enum Entry {
    /// An alternative: a step and a place in the text.
    Alternative { step: usize, place: usize },
    /// A mark's old value.
    Mark { mark: usize, old: usize },
    /// The old number of the group that was closed last.
    LastGroup(usize),
    /// The old values of a loop's registers.
    Register { register: usize, old: Register },
    /// Where a part that is not tried a second time begins.
    Barrier,
    /// Where looking ahead or back begins, and the place to return to.
    Look { place: usize },
    /// The same negated: where its body fails, matching goes on at the step.
    LookNot { step: usize, place: usize },
    /// A repeated character that can be given back, down to `least`.
    GiveBack { step: usize, least: usize, place: usize },
    /// A repeated character that can be taken once more, `more` times.
    TakeMore { step: usize, place: usize, more: u32 },
    /// A lazy loop whose body can run once more.
    RunMore { step: usize, place: usize, count: i64 },
}

#[derive(Clone, Copy, Debug)]
struct Register {
    count: i64,
    last: usize,
}

/// How a match has to lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// Where matching begins.
    pub(super) start: usize,
    /// Where the text ends, as far as the pattern can see.
    pub(super) end: usize,
    /// It has to reach the end.
    pub(super) whole: bool,
    /// It must not be empty at the start.
    pub(super) advance: bool,
}

/// A match: its range, the marks of groups, and the group closed last.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) marks: Box<[usize]>,
    pub(super) last_group: usize,
}

/// One run of a program.
struct Matcher<'a, T> {
    program: &'a Program,
    text: &'a [T],
    wanted: Wanted,
    stack: Vec<Entry>,
    marks: Vec<usize>,
    registers: Vec<Register>,
    last_group: usize,
    /// Steps until the next look at signals.
    patience: u32,
}

const PATIENCE: u32 = 1 << 16;

/// Matches at the start.
pub(super) fn match_here<T: Unit>(program: &Program, text: &[T], wanted: Wanted) -> Res<Option<Found>> {
    Matcher::new(program, text, wanted).attempt(wanted.start)
}

/// Searches for the first match.
pub(super) fn search<T: Unit>(program: &Program, text: &[T], wanted: Wanted) -> Res<Option<Found>> {
    let mut matcher = Matcher::new(program, text, wanted);
    let Some(last) = wanted.end.checked_sub(program.width).filter(|&last| last >= wanted.start) else {
        return Ok(None);
    };
    let mut start = wanted.start;
    while start <= last {
        match program.first {
            First::Unknown => {}
            First::Beginning if start > 0 => return Ok(None),
            First::Beginning => {}
            First::Character(test) => match find(program, &text[start..wanted.end], test) {
                Some(place) if start + place <= last => start += place,
                _ => return Ok(None),
            },
        }
        if let Some(found) = matcher.attempt(start)? {
            return Ok(Some(found));
        }
        start += 1;
        matcher.wanted.advance = false;
    }
    Ok(None)
}

/// Where a character that passes a test stands first.
fn find<T: Unit>(program: &Program, text: &[T], test: Test) -> Option<usize> {
    match test {
        Test::Is(c, Fold::Exact) => {
            let unit = T::from_code(c);
            if unit.code() == c { search::find(text, &[unit]) } else { None }
        }
        _ => text.iter().position(|unit| program.passes(test, unit.code())),
    }
}

impl<'a, T: Unit> Matcher<'a, T> {
    fn new(program: &'a Program, text: &'a [T], wanted: Wanted) -> Self {
        Matcher {
            program,
            text,
            wanted,
            stack: Vec::new(),
            marks: Vec::new(),
            registers: Vec::new(),
            last_group: 0,
            patience: PATIENCE,
        }
    }

    fn attempt(&mut self, start: usize) -> Res<Option<Found>> {
        self.stack.clear();
        self.marks.clear();
        self.marks.resize(self.program.marks, NOWHERE);
        self.registers.clear();
        self.registers.resize(self.program.loops, Register { count: 0, last: NOWHERE });
        self.last_group = 0;
        Ok(self.run(start)?.map(|end| Found {
            start,
            end,
            marks: self.marks.as_slice().into(),
            last_group: self.last_group,
        }))
    }

    fn push(&mut self, entry: Entry) -> Res<()> {
        if self.stack.len() == self.stack.capacity() && self.stack.try_reserve(64).is_err() {
            return Err(ouro_heap::OutOfMemory.into());
        }
        self.stack.push(entry);
        Ok(())
    }

    fn passes(&self, test: Test, place: usize) -> bool {
        place < self.wanted.end && self.program.passes(test, self.text[place].code())
    }

    /// Runs from the first step; gives the place where the match ends.
    fn run(&mut self, start: usize) -> Res<Option<usize>> {
        let program = self.program;
        let (mut step, mut place) = (0, start);
        loop {
            self.patience -= 1;
            if self.patience == 0 {
                self.patience = PATIENCE;
                check_signals()?;
            }
            let matched = match &program.steps[step] {
                Step::One(test) => {
                    let passed = self.passes(*test, place);
                    place += usize::from(passed);
                    passed
                }
                Step::At(wanted) => self.is_at(*wanted, place),
                Step::Mark(mark) => {
                    self.set_mark(*mark, place)?;
                    true
                }
                Step::Split(other) => {
                    self.push(Entry::Alternative { step: *other, place })?;
                    true
                }
                Step::Jump(target) => {
                    step = *target;
                    continue;
                }
                Step::Group(group, fold) => match self.repeat_group(*group, *fold, place) {
                    Some(after) => {
                        place = after;
                        true
                    }
                    None => false,
                },
                Step::IfGroup(group, otherwise) => {
                    if self.group(*group).is_none() {
                        step = *otherwise;
                        continue;
                    }
                    true
                }
                Step::Repeat(test, min, max, greed) => {
                    match self.repeat(step, place, *test, (*min, *max), *greed)? {
                        Some(after) => {
                            place = after;
                            true
                        }
                        None => false,
                    }
                }
                Step::LoopStart { register, end } => {
                    self.set_register(*register, Register { count: -1, last: NOWHERE })?;
                    step = *end;
                    continue;
                }
                Step::LoopEnd { register, body, min, max, lazy } => {
                    let Register { count, last } = self.registers[*register];
                    let count = count + 1;
                    if count < i64::from(*min) {
                        self.set_register(*register, Register { count, last })?;
                        step = *body;
                        continue;
                    }
                    let more = (*max == MAX_REPEAT || count < i64::from(*max)) && place != last;
                    if more && *lazy {
                        self.push(Entry::RunMore { step, place, count })?;
                    } else if more {
                        self.push(Entry::Alternative { step: step + 1, place })?;
                        self.set_register(*register, Register { count, last: place })?;
                        step = *body;
                        continue;
                    }
                    true
                }
                Step::Barrier => {
                    self.push(Entry::Barrier)?;
                    true
                }
                Step::Commit => {
                    self.commit(|entry| matches!(entry, Entry::Barrier));
                    true
                }
                Step::Look { back, negated, end } => match place.checked_sub(*back) {
                    // So far back there is no text.
                    None if *negated => {
                        step = *end;
                        continue;
                    }
                    None => false,
                    Some(target) => {
                        let entry = if *negated {
                            Entry::LookNot { step: *end, place }
                        } else {
                            Entry::Look { place }
                        };
                        self.push(entry)?;
                        place = target;
                        true
                    }
                },
                Step::LookEnd { negated: false } => {
                    if let Some(Entry::Look { place: from }) =
                        self.commit(|entry| matches!(entry, Entry::Look { .. }))
                    {
                        place = from;
                    }
                    true
                }
                Step::LookEnd { negated: true } => {
                    // What must not be there is there: undo what it did, and fail.
                    while let Some(entry) = self.stack.pop() {
                        if matches!(entry, Entry::LookNot { .. }) {
                            break;
                        }
                        self.undo(entry);
                    }
                    false
                }
                Step::Fail => false,
                Step::Success => {
                    let refused = (self.wanted.whole && place != self.wanted.end)
                        || (self.wanted.advance && place == start && start == self.wanted.start);
                    if !refused {
                        return Ok(Some(place));
                    }
                    false
                }
            };
            if matched {
                step += 1;
            } else {
                match self.go_back()? {
                    Some(alternative) => (step, place) = alternative,
                    None => return Ok(None),
                }
            }
        }
    }

    /// Restores what an entry remembers, if it does.
    fn undo(&mut self, entry: Entry) {
        match entry {
            Entry::Mark { mark, old } => self.marks[mark] = old,
            Entry::LastGroup(old) => self.last_group = old,
            Entry::Register { register, old } => self.registers[register] = old,
            _ => {}
        }
    }

    /// The last alternative: a step and a place.
    fn go_back(&mut self) -> Res<Option<(usize, usize)>> {
        while let Some(entry) = self.stack.pop() {
            match entry {
                Entry::Alternative { step, place } | Entry::LookNot { step, place } => {
                    return Ok(Some((step, place)));
                }
                Entry::GiveBack { step, least, place } => {
                    if let Some(place) = self.give_back(step, least, place)? {
                        return Ok(Some((step + 1, place)));
                    }
                }
                Entry::TakeMore { step, place, more } => {
                    let Step::Repeat(test, ..) = self.program.steps[step] else { continue };
                    if self.passes(test, place) {
                        if more > 1 {
                            let more = if more == MAX_REPEAT { more } else { more - 1 };
                            self.push(Entry::TakeMore { step, place: place + 1, more })?;
                        }
                        return Ok(Some((step + 1, place + 1)));
                    }
                }
                Entry::RunMore { step, place, count } => {
                    let Step::LoopEnd { register, body, .. } = self.program.steps[step] else { continue };
                    self.set_register(register, Register { count, last: place })?;
                    return Ok(Some((body, place)));
                }
                other => self.undo(other),
            }
        }
        Ok(None)
    }

    /// Gives characters of a repetition back until what follows can begin.
    fn give_back(&mut self, step: usize, least: usize, place: usize) -> Res<Option<usize>> {
        let mut place = place;
        let next = match &self.program.steps[step + 1] {
            Step::One(test @ Test::Is(..)) => Some(*test),
            _ => None,
        };
        while place > least {
            place -= 1;
            if next.is_none_or(|next| self.passes(next, place)) {
                if place > least {
                    self.push(Entry::GiveBack { step, least, place })?;
                }
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    fn repeat(
        &mut self,
        step: usize,
        place: usize,
        test: Test,
        (min, max): (u32, u32),
        greed: Greed,
    ) -> Res<Option<usize>> {
        let rest = &self.text[place..self.wanted.end.max(place)];
        let wanted = if greed == Greed::Lazy { min } else { max };
        let most = if wanted == MAX_REPEAT { rest.len() } else { rest.len().min(wanted as usize) };
        let program = self.program;
        let count = match test {
            Test::Anything => most,
            _ => rest[..most].iter().position(|unit| !program.passes(test, unit.code())).unwrap_or(most),
        };
        if count < min as usize {
            return Ok(None);
        }
        let (least, after) = (place + min as usize, place + count);
        match greed {
            Greed::Greedy if after > least => self.push(Entry::GiveBack { step, least, place: after })?,
            Greed::Lazy if max > min => {
                let more = if max == MAX_REPEAT { max } else { max - min };
                self.push(Entry::TakeMore { step, place: after, more })?;
            }
            _ => {}
        }
        Ok(Some(after))
    }

    fn set_mark(&mut self, mark: usize, place: usize) -> Res<()> {
        let old = std::mem::replace(&mut self.marks[mark], place);
        self.push(Entry::Mark { mark, old })?;
        if mark % 2 == 1 {
            let old = std::mem::replace(&mut self.last_group, mark / 2 + 1);
            self.push(Entry::LastGroup(old))?;
        }
        Ok(())
    }

    fn set_register(&mut self, register: usize, value: Register) -> Res<()> {
        let old = std::mem::replace(&mut self.registers[register], value);
        self.push(Entry::Register { register, old })
    }

    /// Drops the alternatives since the innermost entry of a kind, but not what undoes changes. Gives the entry.
    fn commit(&mut self, is_start: impl Fn(&Entry) -> bool) -> Option<Entry> {
        let start = self.stack.iter().rposition(is_start)?;
        let mut kept = start;
        for index in start + 1..self.stack.len() {
            let entry = self.stack[index];
            if matches!(entry, Entry::Mark { .. } | Entry::LastGroup(_) | Entry::Register { .. }) {
                self.stack.swap(kept + 1, index);
                kept += 1;
            }
        }
        self.stack.truncate(kept + 1);
        Some(self.stack.remove(start))
    }

    /// What a group has matched.
    fn group(&self, group: usize) -> Option<std::ops::Range<usize>> {
        let (start, end) = (self.marks[2 * group], self.marks[2 * group + 1]);
        (start != NOWHERE && end != NOWHERE && start <= end).then_some(start..end)
    }

    fn repeat_group(&self, group: usize, fold: Fold, place: usize) -> Option<usize> {
        let range = self.group(group)?;
        let after = place + range.len();
        if after > self.wanted.end {
            return None;
        }
        let (old, new) = (&self.text[range], &self.text[place..after]);
        let same = match fold {
            Fold::Exact => old == new,
            _ => old.iter().zip(new).all(|(a, b)| fold.apply(a.code()) == fold.apply(b.code())),
        };
        same.then_some(after)
    }

    fn is_at(&self, wanted: u32, place: usize) -> bool {
        let end = self.wanted.end;
        let is_break = |place: usize| self.text[place].code() == 10;
        let is_boundary = || {
            let is_word = |place: usize| is_word_at(wanted, self.text[place].code());
            (place > 0 && is_word(place - 1)) != (place < end && is_word(place))
        };
        match wanted {
            at::BEGINNING | at::BEGINNING_STRING => place == 0,
            at::BEGINNING_LINE => place == 0 || is_break(place - 1),
            at::END => place == end || (place + 1 == end && is_break(place)),
            at::END_LINE => place == end || is_break(place),
            at::END_STRING => place == end,
            at::BOUNDARY | at::LOC_BOUNDARY | at::UNI_BOUNDARY => end > 0 && is_boundary(),
            at::NON_BOUNDARY | at::LOC_NON_BOUNDARY | at::UNI_NON_BOUNDARY => end > 0 && !is_boundary(),
            _ => false,
        }
    }
}
