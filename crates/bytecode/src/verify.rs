//! Structural checks of a code object, by abstract interpretation: at every instruction we know which
//! temporaries hold a value. Debug builds and tests check all that the compiler makes.

use smallvec::SmallVec;

use crate::code::{Code, Handler, Word};
use crate::opcode::{CONSUME, Op, SLOT, WINDOW_HEADER};

/// Checks a code object.
///
/// # Errors
/// What is wrong, and at which word.
pub fn verify(code: &Code) -> Result<(), String> {
    let mut verifier = Verifier {
        code,
        locals: code.locals.len() as u16,
        states: vec![None; code.words.len()],
        work: vec![0],
    };
    if code.words.is_empty() {
        return Err("no code".into());
    }
    let temps = usize::from(code.frame_size.saturating_sub(verifier.locals));
    verifier.states[0] = Some(State::new(temps));
    while let Some(at) = verifier.work.pop() {
        verifier.instruction(at).map_err(|message| {
            let name = Op::ALL.get(usize::from(code.words[at].op())).map_or("?", |op| op.name());
            format!("{} at {at}: {message}", name)
        })?;
    }
    Ok(())
}

type Bits = SmallVec<[u64; 2]>;

/// Which temporaries certainly and possibly hold a value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    must: Bits,
    may: Bits,
}

impl State {
    fn new(temps: usize) -> State {
        let empty = Bits::from_elem(0, temps / 64 + 1);
        State { must: empty.clone(), may: empty }
    }

    fn set(&mut self, temp: usize, live: bool) {
        let mask = 1 << (temp % 64);
        for bits in [&mut self.must, &mut self.may] {
            if live {
                bits[temp / 64] |= mask;
            } else {
                bits[temp / 64] &= !mask;
            }
        }
    }

    fn certain(&self, temp: usize) -> bool {
        self.must[temp / 64] >> (temp % 64) & 1 != 0
    }

    fn possible(&self, temp: usize) -> bool {
        self.may[temp / 64] >> (temp % 64) & 1 != 0
    }

    /// Joins two ways to the same place. True if that changes anything.
    fn join(&mut self, other: &State) -> bool {
        let before = self.clone();
        for (a, b) in self.must.iter_mut().zip(&other.must) {
            *a &= b;
        }
        for (a, b) in self.may.iter_mut().zip(&other.may) {
            *a |= b;
        }
        *self != before
    }

    fn highest(&self) -> Option<usize> {
        let word = self.may.iter().rposition(|&word| word != 0)?;
        Some(word * 64 + 63 - self.may[word].leading_zeros() as usize)
    }
}

struct Verifier<'c> {
    code: &'c Code,
    locals: u16,
    states: Vec<Option<State>>,
    work: Vec<usize>,
}

/// Instructions that cannot raise an exception.
fn is_silent(op: Op) -> bool {
    use Op::*;
    matches!(
        op,
        Move | MoveTemp
            | LoadConst
            | Clear
            | MakeCell
            | StoreCell
            | Jump
            | PushHandled
            | PopHandled
            | LoadClosure
    ) || op.returns_constant()
}

impl Verifier<'_> {
    fn instruction(&mut self, at: usize) -> Result<(), String> {
        let word = self.code.words[at];
        let op = *Op::ALL.get(usize::from(word.op())).ok_or("unknown operation")?;
        let next = at + 1 + op.extra_words();
        if next > self.code.words.len() {
            return Err("data words are missing".into());
        }
        let Some(before) = self.states[at].clone() else { return Ok(()) };
        let mut after = before.clone();
        let mut written = SmallVec::<[u16; 4]>::new();
        self.read_operands(op, word, &mut after, &mut written)?;
        self.special(op, word, at, &mut after, &mut written)?;
        if let Some(handler) = self.innermost(at)
            && !is_silent(op)
        {
            let mut raised = before;
            raised.join(&after);
            self.enter_handler(handler, raised)?;
        }
        let consumed = after.clone();
        for slot in written {
            self.write(slot, &mut after)?;
        }
        match op {
            op if op.returns() => {
                if let Some(temp) = after.highest() {
                    return Err(format!("slot {} is still alive", temp + usize::from(self.locals)));
                }
            }
            Op::Yield => {
                let live = usize::from(word.c() & SLOT).checked_sub(usize::from(self.locals));
                let live = live.ok_or("fewer slots live than there are locals")?;
                if consumed.highest().is_some_and(|top| top >= live) {
                    return Err("a live slot is not counted".into());
                }
            }
            _ => {}
        }
        if op.is_jump() {
            let offset = if op.jumps_in_word() { word.jump() } else { self.code.words[at + 1].lo() };
            let target = at as i64 + i64::from(offset);
            let target = usize::try_from(target).map_err(|_| "jump out of the code")?;
            let mut there = if op == Op::ForIter { consumed } else { after.clone() };
            if matches!(op, Op::ForIter | Op::Send) && word.b() >= self.locals {
                there.set(usize::from(word.b() - self.locals), false);
            }
            self.flow(target, there)?;
        }
        if op.ends_flow() { Ok(()) } else { self.flow(next, after) }
    }

    fn flow(&mut self, to: usize, state: State) -> Result<(), String> {
        let place = self.states.get_mut(to).ok_or("control leaves the code")?;
        let changed = match place {
            Some(known) => known.join(&state),
            None => {
                *place = Some(state);
                true
            }
        };
        if changed {
            self.work.push(to);
        }
        Ok(())
    }

    fn innermost(&self, at: usize) -> Option<Handler> {
        let covers = |h: &&Handler| h.start as usize <= at && at < h.end as usize;
        self.code.handlers.iter().rev().find(covers).copied()
    }

    fn enter_handler(&mut self, handler: Handler, state: State) -> Result<(), String> {
        let mut state = state;
        let first = handler.slot.checked_sub(self.locals).ok_or("a handler's slot is a local")?;
        // Those for numbers that came into use in the range are released as well: they stand below all others.
        let first_number = handler.numbers.checked_sub(self.locals).ok_or("a handler releases a local")?;
        let numbers = usize::from(first_number)..usize::from(self.code.clear_size - self.locals);
        for temp in numbers.chain(usize::from(first)..usize::from(self.code.frame_size - self.locals)) {
            state.set(temp, false);
        }
        state.set(self.temp(handler.slot)?, true);
        self.flow(handler.target as usize, state)
    }

    fn temp(&self, slot: u16) -> Result<usize, String> {
        if slot >= self.code.frame_size {
            return Err(format!("slot {slot} is outside the frame"));
        }
        slot.checked_sub(self.locals).map(usize::from).ok_or_else(|| format!("slot {slot} is a local"))
    }

    fn live(&self, slot: u16, state: &State) -> Result<(), String> {
        if slot < self.locals {
            return Ok(());
        }
        if state.certain(self.temp(slot)?) {
            Ok(())
        } else {
            Err(format!("slot {slot} is not certainly alive"))
        }
    }

    fn consume(&self, slot: u16, state: &mut State) -> Result<(), String> {
        self.temp(slot)?;
        self.live(slot, state)?;
        state.set(self.temp(slot)?, false);
        Ok(())
    }

    fn dead(&self, slot: u16, state: &State) -> Result<(), String> {
        if state.possible(self.temp(slot)?) { Err(format!("slot {slot} is alive")) } else { Ok(()) }
    }

    fn write(&self, slot: u16, state: &mut State) -> Result<(), String> {
        if slot < self.locals {
            return Ok(());
        }
        self.dead(slot, state)?;
        state.set(self.temp(slot)?, true);
        Ok(())
    }

    /// The operands whose meaning is plain from their kind.
    fn read_operands(
        &self,
        op: Op,
        word: Word,
        state: &mut State,
        written: &mut SmallVec<[u16; 4]>,
    ) -> Result<(), String> {
        let mut fields = [word.a(), word.b(), word.c()].into_iter();
        let raise_count = if op == Op::Raise { word.a() } else { 2 };
        let mut reads = 0;
        for kind in op.operands() {
            if kind.starts_with(['@', '^']) || *kind == "jump" {
                continue;
            }
            let value = fields.next().unwrap_or(0);
            match *kind {
                "dst" => written.push(value),
                "use" => {
                    reads += 1;
                    if op == Op::Raise && reads > raise_count {
                        continue;
                    }
                    let slot = value & SLOT;
                    if slot >= self.code.frame_size {
                        return Err(format!("slot {slot} is outside the frame"));
                    }
                    self.live(slot, state)?;
                    if value & CONSUME != 0 {
                        self.consume(slot, state)?;
                    }
                }
                "k" if usize::from(value) >= self.code.constants.len() => {
                    return Err("no such constant".into());
                }
                "name" if usize::from(value) >= self.code.names.len() => return Err("no such name".into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Runs of temporaries, call windows and named slots.
    fn special(
        &self,
        op: Op,
        word: Word,
        at: usize,
        state: &mut State,
        written: &mut SmallVec<[u16; 4]>,
    ) -> Result<(), String> {
        let (a, b, c) = (word.a(), word.b(), word.c());
        let mut run = |from: u16, count: u16| (from..from + count).try_for_each(|s| self.consume(s, state));
        let args = WINDOW_HEADER;
        match op {
            Op::BuildTuple | Op::BuildList | Op::BuildSet | Op::BuildString | Op::BuildSlice => run(b, c)?,
            Op::Intrinsic => run(b, c)?,
            Op::BuildMap => run(b, c * 2)?,
            Op::LoadSuperAttr => run(b, 3)?,
            Op::LoadSuperMethod => {
                run(b, 3)?;
                self.window(a, state)?;
                written.extend([a, a + args]);
            }
            Op::MakeFunction => run(b, c.count_ones() as u16)?,
            Op::Call | Op::CallKw => {
                run(b, 1)?;
                run(b + args, c)?;
                self.window(b, state)?;
            }
            Op::CallMethod | Op::CallMethodKw => {
                run(b + args, c + 1)?;
                self.dead(b, state)?;
                self.window(b, state)?;
            }
            Op::LoadMethod => {
                self.live(a + args, state)?;
                self.window(a, state)?;
                written.push(a);
            }
            Op::CallLoaded | Op::CallLoadedKw => {
                run(b, 1)?;
                run(b + args, c + 1)?;
                self.window(b, state)?;
            }
            Op::CallEx => {
                run(b, 1)?;
                run(b + args, 1 + c)?;
                self.window(b, state)?;
            }
            Op::Unpack => written.extend(a..a + c),
            Op::UnpackStar => written.extend(a..a + c % 256 + 1 + c / 256),
            Op::MatchGroup => written.extend([a, a + 1]),
            Op::Clear if a >= self.locals => {
                let temp = self.temp(a)?;
                state.set(temp, false);
            }
            Op::ForIter => self.live(b, state)?,
            Op::Send => self.live(b, state)?,
            Op::EndAsyncFor if a >= self.locals => self.consume(a, state)?,
            Op::PushHandled => written.push(a),
            Op::PopHandled => self.consume(a, state)?,
            Op::BeforeWith | Op::BeforeAsyncWith => written.push(b),
            Op::WithExceptStart => self.live(b, state)?,
            _ => {}
        }
        if matches!(op, Op::CallKw | Op::CallLoadedKw | Op::MakeFunction) {
            let k = self.code.words[at + 1].lo();
            if k < 0 || k as usize >= self.code.constants.len() {
                return Err("no such constant".into());
            }
        }
        Ok(())
    }

    /// The linkage slots of a call window must be free.
    fn window(&self, base: u16, state: &State) -> Result<(), String> {
        self.dead(base + 1, state)?;
        self.dead(base + 2, state)
    }
}
