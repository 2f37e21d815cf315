//! `match`.
//!
//! A pattern's captures wait in temporaries until the whole pattern has matched. A value that a pattern is
//! tried on stands in a slot and is either owned, then the pattern consumes it, or borrowed.

use std::rc::Rc;

use ouro_syntax::ast::{
    self, Expr, ExprKind, MatchClass, MatchMapping, Operator, Pattern, PatternKind, Range,
};

use super::Compiler;
use super::constants::{equal, string};
use super::displays::Display;
use super::emit::{Label, NOWHERE};
use super::expressions::operator;
use super::operands::Operand;
use crate::code::Constant;
use crate::error::Result;
use crate::opcode::{Comparison, Op};

/// What is known while one `case` is compiled.
struct Attempt {
    /// Where to go if the pattern does not match.
    fail: Label,
    /// Temporaries that hold something now.
    live: Vec<u16>,
    /// Temporaries that may hold something where the pattern fails.
    leftovers: Vec<u16>,
    /// The names to bind, with the temporaries of their values.
    captures: Vec<(Rc<str>, Range, u16)>,
}

impl Attempt {
    fn new(fail: Label) -> Attempt {
        Attempt { fail, live: Vec::new(), leftovers: Vec::new(), captures: Vec::new() }
    }

    fn dead(&mut self, slot: u16) {
        self.live.retain(|&s| s != slot);
    }
}

fn is_irrefutable(p: &Pattern) -> bool {
    match &p.kind {
        PatternKind::MatchAs { pattern, .. } => pattern.as_deref().is_none_or(is_irrefutable),
        PatternKind::MatchOr { patterns } => patterns.iter().any(is_irrefutable),
        _ => false,
    }
}

fn is_wildcard(p: &Pattern) -> bool {
    matches!(&p.kind, PatternKind::MatchAs { pattern: None, name: None })
}

fn is_star_wildcard(p: &Pattern) -> bool {
    matches!(&p.kind, PatternKind::MatchStar { name: None })
}

impl<'a> Compiler<'a> {
    pub(super) fn match_(&mut self, m: &'a ast::Match) -> Result<()> {
        let mark = self.u.next;
        let subject = self.temp_operand(&m.subject)?;
        let end = self.label();
        let mut after = super::bound::BoundSet::everything();
        for (i, case) in m.cases.iter().enumerate() {
            let before = self.u.bound.clone();
            let next = self.label();
            let last = i + 1 == m.cases.len();
            self.check_reachable(&case.pattern, case.guard.is_some() || last)?;
            self.begin_line(case.pattern.range);
            let mut attempt = Attempt::new(self.label());
            self.pattern(&case.pattern, Operand { temp: false, ..subject }, &mut attempt)?;
            for (name, at, slot) in std::mem::take(&mut attempt.captures) {
                self.store_name(&name, Operand { slot, temp: true }, at)?;
            }
            self.u.next = u32::from(subject.slot) + 1;
            if let Some(guard) = &case.guard {
                self.jump_if(guard, next, false)?;
            }
            self.emit(case.pattern.range, Op::Clear, subject.slot, 0, 0);
            self.u.next = mark;
            self.statements(&case.body)?;
            after.intersect(&self.state());
            self.go(end);
            self.u.next = u32::from(subject.slot) + 1;
            self.failed(&attempt);
            self.bind(next);
            self.u.bound = before;
        }
        self.emit(NOWHERE, Op::Clear, subject.slot, 0, 0);
        after.intersect(&self.state());
        self.bind(end);
        self.u.bound = after;
        self.u.next = mark;
        Ok(())
    }

    /// The place where a failed pattern goes: drops what it left behind.
    fn failed(&mut self, attempt: &Attempt) {
        self.bind(attempt.fail);
        if self.u.e.is_used(attempt.fail) {
            for &slot in &attempt.leftovers {
                self.emit(NOWHERE, Op::Clear, slot, 0, 0);
            }
        }
    }

    fn check_reachable(&self, p: &Pattern, may_be_irrefutable: bool) -> Result<()> {
        if may_be_irrefutable || !is_irrefutable(p) {
            return Ok(());
        }
        match &p.kind {
            PatternKind::MatchAs { pattern: Some(inner), .. } => self.check_reachable(inner, false),
            PatternKind::MatchAs { name: Some(name), .. } => {
                self.fault(format!("name capture '{name}' makes remaining patterns unreachable"), p.range)
            }
            PatternKind::MatchAs { .. } => {
                self.fault("wildcard makes remaining patterns unreachable", p.range)
            }
            PatternKind::MatchOr { patterns } => {
                patterns.iter().try_for_each(|inner| self.check_reachable(inner, false))
            }
            _ => Ok(()),
        }
    }

    /// Notes what would be left behind if the pattern failed at the next jump.
    fn may_fail(&self, attempt: &mut Attempt) -> Label {
        let Attempt { live, leftovers, .. } = attempt;
        for &slot in &*live {
            if !leftovers.contains(&slot) {
                leftovers.push(slot);
            }
        }
        attempt.fail
    }

    fn live_temp(&mut self, attempt: &mut Attempt) -> Operand {
        let temp = self.temp();
        attempt.live.push(temp.slot);
        temp
    }

    /// The last read of the subject of a pattern.
    fn consume(&self, subject: Operand, attempt: &mut Attempt) -> u16 {
        if subject.temp {
            attempt.dead(subject.slot);
        }
        subject.last()
    }

    /// Drops the subject of a pattern that needs it no more.
    fn discard(&mut self, subject: Operand, attempt: &mut Attempt, at: Range) {
        if subject.temp {
            attempt.dead(subject.slot);
            self.emit(at, Op::Clear, subject.slot, 0, 0);
        }
    }

    fn pattern(&mut self, p: &Pattern, subject: Operand, attempt: &mut Attempt) -> Result<()> {
        self.deeper(p.range, |c| c.pattern_inner(p, subject, attempt))
    }

    fn pattern_inner(&mut self, p: &Pattern, subject: Operand, attempt: &mut Attempt) -> Result<()> {
        let at = p.range;
        match &p.kind {
            PatternKind::MatchValue { value } => self.match_value(value, subject, at, attempt),
            PatternKind::MatchSingleton { value } => {
                let fail = self.may_fail_after(subject, attempt);
                let constant = super::constants::from_ast(value);
                if matches!(constant, Constant::None) {
                    self.jump(at, Op::JumpIfNotNone, subject.last(), 0, 0, fail);
                } else {
                    let wanted = self.temp_constant(at, constant);
                    self.jump(at, Op::IsJump, 0, subject.last(), wanted.last(), fail);
                    self.free(wanted);
                }
                Ok(())
            }
            PatternKind::MatchSequence { patterns } => self.match_sequence(patterns, subject, at, attempt),
            PatternKind::MatchMapping(m) => self.match_mapping(m, subject, at, attempt),
            PatternKind::MatchClass(c) => self.match_class(c, subject, at, attempt),
            PatternKind::MatchStar { name } => self.capture(name.as_ref(), subject, at, attempt),
            PatternKind::MatchAs { pattern: None, name } => self.capture(name.as_ref(), subject, at, attempt),
            PatternKind::MatchAs { pattern: Some(inner), name } => {
                let copy = self.live_temp(attempt);
                self.emit(at, Op::Move, copy.slot, subject.borrow(), 0);
                self.pattern(inner, subject, attempt)?;
                self.add_capture(name.as_ref(), copy.slot, at, attempt)
            }
            PatternKind::MatchOr { patterns } => self.match_or(patterns, subject, at, attempt),
        }
    }

    /// Notes a jump that consumes the subject, so that it is not left behind.
    fn may_fail_after(&self, subject: Operand, attempt: &mut Attempt) -> Label {
        if subject.temp {
            attempt.dead(subject.slot);
        }
        self.may_fail(attempt)
    }

    fn capture(
        &mut self,
        name: Option<&Rc<str>>,
        subject: Operand,
        at: Range,
        attempt: &mut Attempt,
    ) -> Result<()> {
        if name.is_none() {
            self.discard(subject, attempt, at);
            return Ok(());
        }
        let slot = if subject.temp {
            subject.slot
        } else {
            let copy = self.live_temp(attempt);
            self.emit(at, Op::Move, copy.slot, subject.borrow(), 0);
            copy.slot
        };
        self.add_capture(name, slot, at, attempt)
    }

    fn add_capture(
        &mut self,
        name: Option<&Rc<str>>,
        slot: u16,
        at: Range,
        attempt: &mut Attempt,
    ) -> Result<()> {
        let Some(name) = name else { return Ok(()) };
        self.check_assignable(name, at)?;
        if attempt.captures.iter().any(|(n, ..)| n == name) {
            return self.fault(format!("multiple assignments to name '{name}' in pattern"), at);
        }
        attempt.captures.push((name.clone(), at, slot));
        Ok(())
    }

    fn match_value(
        &mut self,
        value: &Expr,
        subject: Operand,
        at: Range,
        attempt: &mut Attempt,
    ) -> Result<()> {
        let folded = self.fold(value);
        let literal = folded.is_some() || matches!(value.kind, ExprKind::Attribute { .. });
        if !literal || matches!(value.kind, ExprKind::JoinedStr { .. }) {
            return self.fault("patterns may only match literals and attribute lookups", at);
        }
        let a = Comparison::Eq as u16 * 2;
        if let Some(constant) = folded {
            let fail = self.may_fail_after(subject, attempt);
            let k = self.constant(constant);
            self.jump(at, Op::CompareJumpConst, a, subject.last(), k, fail);
        } else {
            let value = self.operand(value)?;
            let fail = self.may_fail_after(subject, attempt);
            self.jump(at, Op::CompareJump, a, subject.last(), value.last(), fail);
            self.free(value);
        }
        Ok(())
    }

    /// Fails unless the subject's length compares as wanted.
    fn match_length(
        &mut self,
        subject: Operand,
        comparison: Comparison,
        length: usize,
        at: Range,
        attempt: &mut Attempt,
    ) {
        let found = self.temp();
        self.emit(at, Op::GetLen, found.slot, subject.borrow(), 0);
        let fail = self.may_fail(attempt);
        let k = self.constant(Constant::Int(length as i64));
        self.jump(at, Op::CompareJumpConst, comparison as u16 * 2, found.last(), k, fail);
        self.free(found);
    }

    fn match_kind(&mut self, op: Op, subject: Operand, at: Range, attempt: &mut Attempt) {
        let answer = self.temp();
        self.emit(at, op, answer.slot, subject.borrow(), 0);
        let fail = self.may_fail(attempt);
        self.jump(at, Op::JumpIfFalse, answer.last(), 0, 0, fail);
        self.free(answer);
    }

    fn match_sequence(
        &mut self,
        patterns: &[Pattern],
        subject: Operand,
        at: Range,
        attempt: &mut Attempt,
    ) -> Result<()> {
        let is_star = |p: &Pattern| matches!(p.kind, PatternKind::MatchStar { .. });
        let star = patterns.iter().position(is_star);
        let size = patterns.len();
        if let Some(star) = star
            && patterns[star + 1..].iter().any(is_star)
        {
            return self.fault("multiple starred names in sequence pattern", at);
        }
        self.match_kind(Op::MatchSequence, subject, at, attempt);
        match star {
            None => self.match_length(subject, Comparison::Eq, size, at, attempt),
            Some(_) if size > 1 => self.match_length(subject, Comparison::Ge, size - 1, at, attempt),
            Some(_) => {}
        }
        let wild = |p: &Pattern| is_wildcard(p) || is_star_wildcard(p);
        if patterns.iter().all(wild) {
            self.discard(subject, attempt, at);
            return Ok(());
        }
        if let Some(star) = star
            && is_star_wildcard(&patterns[star])
        {
            return self.match_items(patterns, star, subject, at, attempt);
        }
        let base = self.u.alloc_many(size as u32);
        let value = self.consume(subject, attempt);
        match star {
            Some(star) => {
                if star >= 256 || size - star > 256 {
                    return self.fault("too many expressions in star-unpacking sequence pattern", at);
                }
                let counts = star + 256 * (size - star - 1);
                self.emit(at, Op::UnpackStar, base, value, counts as u16);
            }
            None => self.emit(at, Op::Unpack, base, value, size as u16),
        }
        self.match_unpacked(patterns, base, attempt)
    }

    /// Patterns for values in consecutive temporaries, which they own.
    fn match_unpacked(&mut self, patterns: &[Pattern], base: u16, attempt: &mut Attempt) -> Result<()> {
        attempt.live.extend((0..patterns.len()).map(|i| base + i as u16));
        for (i, p) in patterns.iter().enumerate() {
            self.pattern(p, Operand { slot: base + i as u16, temp: true }, attempt)?;
        }
        Ok(())
    }

    /// `[a, *_, b]`: the items are picked one by one.
    fn match_items(
        &mut self,
        patterns: &[Pattern],
        star: usize,
        subject: Operand,
        at: Range,
        attempt: &mut Attempt,
    ) -> Result<()> {
        for (i, p) in patterns.iter().enumerate() {
            if i == star || is_wildcard(p) {
                continue;
            }
            let item = self.temp();
            if i < star {
                let k = self.constant(Constant::Int(i as i64));
                self.emit(at, Op::SubscrConst, item.slot, subject.borrow(), k);
            } else {
                let k = self.constant(Constant::Int((patterns.len() - i) as i64));
                self.emit(at, Op::GetLen, item.slot, subject.borrow(), 0);
                let minus = operator(Operator::Sub) as i32;
                self.emit_data(at, Op::BinaryOpConst, item.slot, item.last(), k, minus);
                self.emit(at, Op::Subscr, item.slot, subject.borrow(), item.last());
            }
            attempt.live.push(item.slot);
            self.pattern(p, item, attempt)?;
        }
        self.discard(subject, attempt, at);
        Ok(())
    }

    fn match_mapping(
        &mut self,
        m: &MatchMapping,
        subject: Operand,
        at: Range,
        attempt: &mut Attempt,
    ) -> Result<()> {
        self.match_kind(Op::MatchMapping, subject, at, attempt);
        if m.keys.is_empty() && m.rest.is_none() {
            self.discard(subject, attempt, at);
            return Ok(());
        }
        if !m.keys.is_empty() {
            self.match_length(subject, Comparison::Ge, m.keys.len(), at, attempt);
        }
        let mut seen: Vec<Constant> = Vec::new();
        for key in &m.keys {
            let folded = self.fold(key).filter(|_| !matches!(key.kind, ExprKind::JoinedStr { .. }));
            if let Some(constant) = folded {
                if seen.iter().any(|k| equal(k, &constant)) {
                    let text = String::from_utf8_lossy(&super::unparse::unparse(key)).into_owned();
                    return self.fault(format!("mapping pattern checks duplicate key ({text})"), at);
                }
                seen.push(constant);
            } else if !matches!(key.kind, ExprKind::Attribute { .. }) {
                let message = "mapping pattern keys may only match literals and attribute lookups";
                return self.fault(message, at);
            }
        }
        let keys = self.temp();
        match self.fold_all(&m.keys) {
            Some(items) => self.load_constant(at, keys.slot, Constant::Tuple(items)),
            None => self.display(&m.keys, Display::Tuple, at, keys.slot)?,
        }
        attempt.live.push(keys.slot);
        let values = self.live_temp(attempt);
        self.emit(at, Op::MatchKeys, values.slot, subject.borrow(), keys.borrow());
        let fail = self.may_fail(attempt);
        self.jump(at, Op::JumpIfNone, values.borrow(), 0, 0, fail);
        let base = self.u.alloc_many(m.patterns.len() as u32);
        attempt.dead(values.slot);
        self.emit(at, Op::Unpack, base, values.last(), m.patterns.len() as u16);
        self.match_unpacked(&m.patterns, base, attempt)?;
        attempt.dead(keys.slot);
        if let Some(rest) = &m.rest {
            let copy = self.temp();
            let value = self.consume(subject, attempt);
            self.emit(at, Op::CopyDictWithout, copy.slot, value, keys.last());
            attempt.live.push(copy.slot);
            return self.add_capture(Some(rest), copy.slot, at, attempt);
        }
        self.emit(at, Op::Clear, keys.slot, 0, 0);
        self.discard(subject, attempt, at);
        Ok(())
    }

    fn match_class(
        &mut self,
        c: &MatchClass,
        subject: Operand,
        at: Range,
        attempt: &mut Attempt,
    ) -> Result<()> {
        for (i, attr) in c.kwd_attrs.iter().enumerate() {
            self.check_assignable(attr, c.kwd_patterns[i].range)?;
            if let Some(again) = c.kwd_attrs[i + 1..].iter().position(|other| other == attr) {
                let place = c.kwd_patterns[i + 1 + again].range;
                return self.fault(format!("attribute name repeated in class pattern: {attr}"), place);
            }
        }
        let class = self.operand(&c.cls)?;
        let parts = if class.temp { class } else { self.temp() };
        let names = c.kwd_attrs.iter().map(|name| string(name)).collect();
        let k = u32::from(self.constant(Constant::Tuple(names)));
        let value = self.consume(subject, attempt);
        let count = c.patterns.len() as i32;
        self.u.e.emit_data(at, Op::MatchClass, parts.slot, value, class.last(), count, k);
        attempt.live.push(parts.slot);
        let fail = self.may_fail(attempt);
        self.jump(at, Op::JumpIfNone, parts.borrow(), 0, 0, fail);
        let size = c.patterns.len() + c.kwd_patterns.len();
        let base = self.u.alloc_many(size as u32);
        attempt.dead(parts.slot);
        self.emit(at, Op::Unpack, base, parts.last(), size as u16);
        attempt.live.extend((0..size).map(|i| base + i as u16));
        for (i, p) in c.patterns.iter().chain(&c.kwd_patterns).enumerate() {
            self.pattern(p, Operand { slot: base + i as u16, temp: true }, attempt)?;
        }
        Ok(())
    }

    /// Alternatives: all bind the same names, whose values end in the same temporaries.
    fn match_or(
        &mut self,
        patterns: &[Pattern],
        subject: Operand,
        at: Range,
        attempt: &mut Attempt,
    ) -> Result<()> {
        let Some((last, others)) = patterns.split_last() else { return Ok(()) };
        for p in others {
            self.check_reachable(p, false)?;
        }
        let mut names = Vec::new();
        bound_names(last, &mut names);
        let results = self.u.alloc_many(names.len() as u32);
        let top = self.u.next;
        let matched = self.label();
        let mut order: Option<Vec<Rc<str>>> = None;
        for (i, p) in patterns.iter().enumerate() {
            let mut inner = Attempt::new(self.label());
            self.pattern(p, Operand { temp: false, ..subject }, &mut inner)?;
            let captures = std::mem::take(&mut inner.captures);
            let first = order.get_or_insert_with(|| captures.iter().map(|(name, ..)| name.clone()).collect());
            if captures.len() != first.len() || captures.iter().any(|(name, ..)| !first.contains(name)) {
                return self.fault("alternative patterns bind different names", at);
            }
            for (name, place, slot) in captures {
                if let Some(k) = first.iter().position(|n| *n == name) {
                    let from = Operand { slot, temp: true };
                    self.emit(place, Op::Move, results + k as u16, from.last(), 0);
                }
            }
            self.go(matched);
            self.failed(&inner);
            self.u.next = top;
            if i + 1 == patterns.len() {
                let fail = self.may_fail(attempt);
                self.go(fail);
            }
        }
        self.bind(matched);
        for (k, name) in order.unwrap_or_default().iter().enumerate() {
            attempt.live.push(results + k as u16);
            self.add_capture(Some(name), results + k as u16, at, attempt)?;
        }
        self.discard(subject, attempt, at);
        Ok(())
    }
}

/// The names that a pattern binds.
fn bound_names(p: &Pattern, names: &mut Vec<Rc<str>>) {
    let mut add = |name: &Option<Rc<str>>| names.extend(name.iter().cloned());
    match &p.kind {
        PatternKind::MatchValue { .. } | PatternKind::MatchSingleton { .. } => {}
        PatternKind::MatchSequence { patterns } => patterns.iter().for_each(|p| bound_names(p, names)),
        PatternKind::MatchMapping(m) => {
            add(&m.rest);
            m.patterns.iter().for_each(|p| bound_names(p, names));
        }
        PatternKind::MatchClass(c) => {
            c.patterns.iter().chain(&c.kwd_patterns).for_each(|p| bound_names(p, names));
        }
        PatternKind::MatchStar { name } => add(name),
        PatternKind::MatchAs { pattern, name } => {
            add(name);
            if let Some(pattern) = pattern {
                bound_names(pattern, names);
            }
        }
        PatternKind::MatchOr { patterns } => {
            if let Some(first) = patterns.first() {
                bound_names(first, names);
            }
        }
    }
}
