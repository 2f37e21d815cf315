//! Patterns of `match`.

use super::Builder;
use crate::ast::{
    BinOp, Constant, Expr, ExprKind, MatchClass, MatchMapping, Name, Operator, Pattern, PatternKind, Range,
};
use crate::error::Fault;

/// One item of a mapping pattern.
pub(crate) struct MappingItem {
    start: u32,
    kind: MappingItemKind,
}

enum MappingItemKind {
    Pair(Box<(Expr, Pattern)>),
    Rest(Name),
}

impl MappingItem {
    pub(crate) fn pair(l: u32, key: Expr, pattern: Pattern) -> Self {
        MappingItem { start: l, kind: MappingItemKind::Pair(Box::new((key, pattern))) }
    }

    pub(crate) fn rest(l: u32, name: Name) -> Self {
        MappingItem { start: l, kind: MappingItemKind::Rest(name) }
    }
}

/// One argument of a class pattern.
pub(crate) struct ClassItem {
    name: Option<Name>,
    pattern: Box<Pattern>,
}

impl ClassItem {
    pub(crate) fn positional(pattern: Pattern) -> Self {
        ClassItem { name: None, pattern: Box::new(pattern) }
    }

    pub(crate) fn keyword(name: Name, pattern: Pattern) -> Self {
        ClassItem { name: Some(name), pattern: Box::new(pattern) }
    }
}

impl Builder<'_> {
    pub(crate) fn pattern(&mut self, l: u32, r: u32, kind: PatternKind) -> Pattern {
        Pattern { range: Range::new(l, r), kind }
    }

    pub(crate) fn capture_pattern(&mut self, l: u32, r: u32, name: Name) -> Pattern {
        let name = (&*name != "_").then_some(name);
        self.pattern(l, r, PatternKind::MatchAs { pattern: None, name })
    }

    pub(crate) fn value_pattern(&mut self, l: u32, r: u32, value: Expr) -> Pattern {
        self.pattern(l, r, PatternKind::MatchValue { value: Box::new(value) })
    }

    pub(crate) fn singleton_pattern(&mut self, l: u32, r: u32, value: Constant) -> Pattern {
        self.pattern(l, r, PatternKind::MatchSingleton { value })
    }

    pub(crate) fn sequence_pattern(&mut self, l: u32, r: u32, patterns: Vec<Pattern>) -> Pattern {
        self.pattern(l, r, PatternKind::MatchSequence { patterns })
    }

    /// `(*x)`, which CPython takes for a sequence of one.
    pub(crate) fn lone_star_pattern(&mut self, l: u32, r: u32, star: Pattern) -> Pattern {
        self.fail(Fault::new("invalid syntax", Range::new(r - 1, r)));
        self.sequence_pattern(l, r, vec![star])
    }

    pub(crate) fn star_pattern(&mut self, l: u32, r: u32, name: Name) -> Pattern {
        let name = (&*name != "_").then_some(name);
        self.pattern(l, r, PatternKind::MatchStar { name })
    }

    pub(crate) fn as_pattern(&mut self, l: u32, r: u32, pattern: Pattern, name: Name) -> Pattern {
        if &*name == "_" {
            self.fail(Fault::new("cannot use '_' as a target", Range::new(r - 1, r)));
        }
        self.pattern(l, r, PatternKind::MatchAs { pattern: Some(Box::new(pattern)), name: Some(name) })
    }

    /// `-1 + 2j`.
    pub(crate) fn complex_pattern(&mut self, l: u32, r: u32, left: Expr, op: Operator, right: Expr) -> Expr {
        let real = match &left.kind {
            ExprKind::UnaryOp { operand, .. } => operand,
            _ => &left,
        };
        if matches!(real.kind, ExprKind::Constant { value: Constant::Imaginary(_) }) {
            self.fail(Fault::new("real number required in complex literal", left.range));
        }
        if !matches!(right.kind, ExprKind::Constant { value: Constant::Imaginary(_) }) {
            self.fail(Fault::new("imaginary number required in complex literal", right.range));
        }
        self.expr(l, r, ExprKind::BinOp(Box::new(BinOp { left, op, right })))
    }

    pub(crate) fn mapping_pattern(&mut self, l: u32, r: u32, items: Vec<MappingItem>) -> Pattern {
        let mut mapping = MatchMapping { keys: Vec::new(), patterns: Vec::new(), rest: None };
        for item in items {
            let place = match &item.kind {
                MappingItemKind::Pair(pair) => pair.0.range,
                MappingItemKind::Rest(_) => Range::new(item.start, item.start + 2),
            };
            if mapping.rest.is_some() {
                self.fail(Fault::new("invalid syntax", place));
            }
            match item.kind {
                MappingItemKind::Pair(pair) => {
                    mapping.keys.push(pair.0);
                    mapping.patterns.push(pair.1);
                }
                MappingItemKind::Rest(name) => {
                    if &*name == "_" {
                        self.fail(Fault::new("invalid syntax", Range::new(item.start + 2, item.start + 3)));
                    }
                    mapping.rest = Some(name);
                }
            }
        }
        self.pattern(l, r, PatternKind::MatchMapping(Box::new(mapping)))
    }

    pub(crate) fn class_pattern(&mut self, l: u32, r: u32, cls: Expr, items: Vec<ClassItem>) -> Pattern {
        let mut class =
            MatchClass { cls, patterns: Vec::new(), kwd_attrs: Vec::new(), kwd_patterns: Vec::new() };
        let mut misplaced: Option<Range> = None;
        for item in items {
            match item.name {
                Some(name) => {
                    class.kwd_attrs.push(name);
                    class.kwd_patterns.push(*item.pattern);
                }
                None => {
                    if !class.kwd_attrs.is_empty() {
                        let range = item.pattern.range;
                        misplaced = Some(Range::new(misplaced.map_or(range.start, |m| m.start), range.end));
                    }
                    class.patterns.push(*item.pattern);
                }
            }
        }
        if let Some(range) = misplaced {
            self.fail(Fault::new("positional patterns follow keyword patterns", range));
        }
        self.pattern(l, r, PatternKind::MatchClass(Box::new(class)))
    }
}
