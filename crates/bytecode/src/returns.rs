//! What a return has to release: the slots that may be bound when it is reached. A few have a form of their own.
//!
//! Instructions stand in the order of the source, so that what has run before a return stands in front of it, or in a loop
//! around it. Slots beyond the highest one that those instructions name have never been written to.

use crate::{
    code::{Handler, Word},
    opcode::{Op, SLOT},
};

/// One step back in the code: a jump, or the way to an exception handler.
struct Back {
    from: usize,
    to: usize,
}

/// Writes the number of slots that a return has to look at into its operand b, and chooses its form by it, at most `clear_size`. The first
/// `parameters` slots are bound from the start.
pub(crate) fn note_bound_slots(words: &mut [Word], handlers: &[Handler], parameters: u16, clear_size: u16) {
    let mut returns = Vec::new();
    let mut backs: Vec<Back> = handlers
        .iter()
        .filter(|handler| handler.target < handler.end)
        .map(|handler| Back { from: handler.end as usize, to: handler.target as usize })
        .collect();
    // For each word how many slots the instructions up to there name.
    let mut named = vec![0; words.len()];
    let mut most = parameters.min(clear_size);
    let mut at = 0;
    while at < words.len() {
        let word = words[at];
        let op = Op::ALL[usize::from(word.op())];
        most = most.max(slots_named(op, word).min(clear_size));
        if op.returns() {
            returns.push(at);
        }
        if op.is_jump() {
            let offset = if op.jumps_in_word() { word.jump() } else { words[at + 1].lo() };
            if offset < 0 {
                backs.push(Back { from: at, to: at.wrapping_add_signed(offset as isize) });
            }
        }
        let next = at + 1 + op.extra_words();
        named[at..next].fill(most);
        at = next;
    }
    backs.sort_by_key(|back| back.to);
    for place in returns {
        // Steps come in the order of their targets, so that one that begins in a loop comes behind that.
        let mut last = place;
        for back in &backs {
            if back.to > last {
                break;
            }
            last = last.max(back.from);
        }
        let word = words[place];
        let bound = named[last.min(named.len() - 1)];
        let op = match (Op::ALL[usize::from(word.op())], bound) {
            (Op::Return, 1) => Op::ReturnFromOne,
            (Op::Return, 2) => Op::ReturnFromTwo,
            (Op::Return, 3) => Op::ReturnFromThree,
            (Op::Return, 4) => Op::ReturnFromFour,
            (Op::Return, 5) => Op::ReturnFromFive,
            (Op::Return, 6) => Op::ReturnFromSix,
            (Op::Return, 7..) => Op::ReturnFromMany,
            (Op::ReturnConst, 1) => Op::ReturnConstFromOne,
            (Op::ReturnConst, 2) => Op::ReturnConstFromTwo,
            (Op::ReturnConst, 3) => Op::ReturnConstFromThree,
            (Op::ReturnConst, 4) => Op::ReturnConstFromFour,
            (Op::ReturnConst, 5) => Op::ReturnConstFromFive,
            (Op::ReturnConst, 6) => Op::ReturnConstFromSix,
            (op, _) => op,
        };
        words[place] = Word::instruction(op, word.a(), bound, word.c());
    }
}

/// One more than the highest slot that an instruction names.
fn slots_named(op: Op, word: Word) -> u16 {
    let (a, b, c) = (word.a(), word.b(), word.c());
    let mut fields = [a, b, c].into_iter();
    let mut most = 0;
    for kind in op.operands() {
        if kind.starts_with(['@', '^']) || *kind == "jump" {
            continue;
        }
        let value = fields.next().unwrap_or(0);
        if matches!(*kind, "dst" | "use" | "base" | "slot") {
            most = most.max((value & SLOT) + 1);
        }
    }
    match op {
        Op::Unpack => most.max(a + c),
        Op::UnpackStar => most.max(a + c % 256 + 1 + c / 256),
        Op::MatchGroup => most.max(a + 2),
        _ => most,
    }
}
