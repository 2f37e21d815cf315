//! The emitter: words, labels, jumps and protected ranges of one code object.

use ouro_syntax::ast::Range;

use super::unit::NUMBERS;
use crate::code::{Handler, Position, Word};
use crate::lines::LineIndex;
use crate::opcode::{CONSUME, Op, SLOT, UNUSED};

/// A place in the code that jumps go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

/// The place of instructions that stand for nothing in the source.
pub(super) const NOWHERE: Range = Range { start: u32::MAX, end: u32::MAX };

const UNBOUND: u32 = u32::MAX;

#[derive(Debug)]
struct PendingHandler {
    depth: u32,
    start: u32,
    end: u32,
    target: Label,
    slot: u16,
    numbers: u16,
}

#[derive(Debug, Default)]
pub(super) struct Emitter {
    words: Vec<Word>,
    places: Vec<Range>,
    labels: Vec<(u32, bool)>,
    fixups: Vec<(u32, Label)>,
    handlers: Vec<PendingHandler>,
    /// The last place that something refers to by number.
    pinned: u32,
    unreachable: bool,
}

impl Emitter {
    /// Whether control can get here. What cannot be reached is not emitted.
    pub(super) fn reachable(&self) -> bool {
        !self.unreachable
    }

    /// The next word, which stays where it is from now on.
    pub(super) fn here(&mut self) -> u32 {
        self.pinned = self.next();
        self.pinned
    }

    fn next(&self) -> u32 {
        self.words.len() as u32
    }

    /// The place of the last instruction that stands for something in the source.
    pub(super) fn last_place(&self) -> Range {
        self.places.iter().rev().copied().find(|place| *place != NOWHERE).unwrap_or(NOWHERE)
    }

    pub(super) fn emit(&mut self, at: Range, op: Op, a: u16, b: u16, c: u16) {
        self.emit_data(at, op, a, b, c, 0, 0);
    }

    #[allow(clippy::too_many_arguments, reason = "an instruction has that many fields")]
    pub(super) fn emit_data(&mut self, at: Range, op: Op, a: u16, b: u16, c: u16, lo: i32, hi: u32) {
        if self.unreachable {
            return;
        }
        self.words.push(Word::instruction(op, a, b, c));
        self.places.push(at);
        for i in 0..op.extra_words() {
            self.words.push(if i == 0 { Word::data(lo, hi) } else { Word(0) });
            self.places.push(at);
        }
        if op.ends_flow() {
            self.unreachable = true;
        }
    }

    /// Emits a jump; `b` and `c` matter only where the offset stands in the data word.
    pub(super) fn jump(&mut self, at: Range, op: Op, a: u16, b: u16, c: u16, to: Label) {
        if self.unreachable {
            return;
        }
        self.labels[to.0 as usize].1 = true;
        self.fixups.push((self.next(), to));
        self.emit(at, op, a, b, c);
    }

    /// Gives the first data word of the last instruction, which is of this kind, a place of its own.
    pub(super) fn move_first_data(&mut self, op: Op, at: Range) {
        if !self.unreachable
            && let Some(last) = self.places.len().checked_sub(op.extra_words())
        {
            self.places[last] = at;
        }
    }

    pub(super) fn label(&mut self) -> Label {
        self.labels.push((UNBOUND, false));
        Label(self.labels.len() as u32 - 1)
    }

    /// Puts a label here. Code behind it can be reached if something jumps to it or falls into it.
    pub(super) fn bind(&mut self, label: Label) {
        self.drop_idle_jump(label);
        let here = self.here();
        let entry = &mut self.labels[label.0 as usize];
        entry.0 = here;
        if entry.1 {
            self.unreachable = false;
        }
    }

    /// Takes back a jump to the place where it stands.
    fn drop_idle_jump(&mut self, label: Label) {
        let next = self.next();
        if !self.unreachable || self.pinned == next {
            return;
        }
        if let Some(&(word, to)) = self.fixups.last()
            && to == label
            && word + 1 == next
            && self.words[word as usize].op() == Op::Jump as u16
        {
            self.fixups.pop();
            self.words.pop();
            self.places.pop();
            self.unreachable = false;
        }
    }

    /// Whether anything jumps to the label so far.
    pub(super) fn is_used(&self, label: Label) -> bool {
        self.labels[label.0 as usize].1
    }

    /// Protects the words from `start` up to here. Deeper entries count before outer ones.
    pub(super) fn protect(&mut self, depth: u32, start: u32, target: Label, slot: u16, numbers: u16) {
        let end = self.here();
        if start < end {
            self.labels[target.0 as usize].1 = true;
            self.handlers.push(PendingHandler { depth, start, end, target, slot, numbers });
        }
    }

    /// Makes room for the temporaries for numbers between the locals and all others, and tells copies into those others
    /// from other moves.
    fn place_temporaries(&mut self, locals: u16, numbers: u16) {
        let place = |operand: u16| {
            let slot = operand & SLOT;
            let flags = operand & !SLOT;
            if slot >= NUMBERS {
                (slot - NUMBERS + locals) | flags
            } else if slot >= locals {
                (slot + numbers) | flags
            } else {
                operand
            }
        };
        let mut at = 0;
        while at < self.words.len() {
            let word = self.words[at];
            let mut op = Op::ALL[word.op() as usize];
            let mut fields = [word.a(), word.b(), word.c()];
            let plain = op.operands().iter().filter(|kind| !kind.starts_with(['@', '^']) && **kind != "jump");
            for (field, kind) in fields.iter_mut().zip(plain) {
                if matches!(*kind, "dst" | "use" | "base" | "slot") {
                    *field = place(*field);
                }
            }
            if op == Op::Yield {
                fields[2] += numbers;
                let cleared = self
                    .words
                    .get(at + 1)
                    .is_some_and(|next| next.op() == Op::Clear as u16 && next.a() == word.a());
                if cleared && fields[0] >= fields[2] & SLOT {
                    fields[2] |= UNUSED;
                }
            }
            let copies = matches!(op, Op::Move | Op::MoveChecked) && fields[1] & CONSUME == 0;
            if copies && fields[0] >= locals + numbers {
                op = Op::Copy;
            }
            if op == Op::Move && fields[1] & CONSUME != 0 {
                op = Op::MoveTemp;
            }
            self.words[at] = Word::instruction(op, fields[0], fields[1], fields[2]);
            at += 1 + op.extra_words();
        }
        for handler in &mut self.handlers {
            handler.slot = place(handler.slot);
        }
    }

    /// Resolves jumps and places, and gives the temporaries for numbers their slots behind the locals.
    pub(super) fn finish(
        mut self,
        lines: &LineIndex,
        locals: u16,
        numbers: u16,
    ) -> (Vec<Word>, Vec<Position>, Vec<Handler>) {
        self.place_temporaries(locals, numbers);
        for &(word, label) in &self.fixups {
            let target = self.labels[label.0 as usize].0;
            debug_assert_ne!(target, UNBOUND, "a jump to a label that was never placed");
            let offset = target as i32 - word as i32;
            let word = word as usize;
            let instruction = self.words[word];
            if Op::ALL[instruction.op() as usize].jumps_in_word() {
                let low = u64::from(offset as u32) << 32;
                self.words[word] = Word(instruction.0 & 0xFFFF_FFFF | low);
            } else {
                self.words[word + 1] = Word::data(offset, self.words[word + 1].hi());
            }
        }
        self.handlers.sort_by_key(|h| h.depth);
        let handlers = self.handlers.iter().map(|h| Handler {
            start: h.start,
            end: h.end,
            target: self.labels[h.target.0 as usize].0,
            slot: h.slot,
            numbers: locals + h.numbers,
        });
        let handlers = handlers.collect();
        let mut last = (NOWHERE, Position::default());
        let place = |range: &Range| {
            if *range != last.0 {
                last = (*range, if *range == NOWHERE { Position::default() } else { lines.position(*range) });
            }
            last.1
        };
        let positions = self.places.iter().map(place).collect();
        (self.words, positions, handlers)
    }
}
