//! What CPython's compiler warns about: code that can be run, and is hardly what was meant.

use ouro_syntax::{
    Warning,
    ast::{self, CmpOp, Expr, ExprKind, Range},
};

use super::{Compiler, expressions::negated};
use crate::code::Constant;

impl Compiler<'_> {
    fn warn(&mut self, message: String, range: Range) {
        // CPython repeats itself where it compiles a piece more than once (the body of `finally`); once is enough.
        if self.warnings.iter().all(|known| known.range != range) {
            self.warnings.push(Warning { message, range });
        }
    }

    /// Warns about an expression, which is about to be computed, for itself.
    pub(super) fn look_at(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Compare(c) => self.look_at_operators(c, &c.ops, e.range),
            ExprKind::Call(c) => {
                if let Some(kind) = self.kind_of(&c.func).filter(|kind| *kind != "function") {
                    let message = format!("'{kind}' object is not callable; perhaps you missed a comma?");
                    self.warn(message, e.range);
                }
            }
            ExprKind::Subscript(s) => self.look_at_subscript(s, e.range),
            _ => {}
        }
    }

    /// Warns about the operand of `not`: `not a is b` counts as `a is not b`.
    pub(super) fn look_at_negated(&mut self, operand: &Expr) {
        if let ExprKind::Compare(c) = &operand.kind
            && let [op] = c.ops[..]
        {
            self.look_at_operators(c, &[negated(op)], operand.range);
        }
    }

    /// `assert (condition, message)` holds for any condition.
    pub(super) fn look_at_assertion(&mut self, test: &Expr, at: Range) {
        if matches!(&test.kind, ExprKind::Tuple { elts, .. } if !elts.is_empty()) {
            self.warn("assertion is always true, perhaps remove parentheses?".to_owned(), at);
        }
    }

    fn look_at_operators(&mut self, c: &ast::Compare, ops: &[CmpOp], at: Range) {
        // Only constants that exist once can be told by identity.
        let literal = |e: &Expr| match self.fold(e) {
            Some(Constant::None | Constant::Bool(_) | Constant::Ellipsis) | None => None,
            Some(constant) => Some(type_name(&constant)),
        };
        let mut left = literal(&c.left);
        for (op, right) in ops.iter().zip(&c.comparators) {
            let right = literal(right);
            let (words, instead) = match op {
                CmpOp::Is => ("is", "=="),
                CmpOp::IsNot => ("is not", "!="),
                _ => {
                    left = right;
                    continue;
                }
            };
            if let Some(kind) = left.or(right) {
                let message = format!("\"{words}\" with '{kind}' literal. Did you mean \"{instead}\"?");
                self.warn(message, at);
                return;
            }
            left = right;
        }
    }

    fn look_at_subscript(&mut self, s: &ast::Subscript, at: Range) {
        let value = self.fold(&s.value);
        let kind = self.kind_of(&s.value);
        let Some(kind) = kind else { return };
        let unusable = matches!(kind, "set" | "generator" | "function" | "frozenset")
            || value.as_ref().is_some_and(|value| {
                !matches!(value, Constant::Str { .. } | Constant::Bytes(_) | Constant::Tuple(_))
            });
        if unusable {
            let message = format!("'{kind}' object is not subscriptable; perhaps you missed a comma?");
            self.warn(message, at);
        } else if kind != "dict" {
            let index = self.kind_of(&s.slice);
            if let Some(index) = index.filter(|index| !matches!(*index, "int" | "bool" | "slice")) {
                let message = format!(
                    "{kind} indices must be integers or slices, not {index}; perhaps you missed a comma?"
                );
                self.warn(message, at);
            }
        }
    }

    /// The type of what a display or a constant makes, where that is certain.
    fn kind_of(&self, e: &Expr) -> Option<&'static str> {
        Some(match &e.kind {
            ExprKind::Tuple { .. } => "tuple",
            ExprKind::List { .. } | ExprKind::ListComp(_) => "list",
            ExprKind::Dict { .. } | ExprKind::DictComp(_) => "dict",
            ExprKind::Set { .. } | ExprKind::SetComp(_) => "set",
            ExprKind::GeneratorExp(_) => "generator",
            ExprKind::Lambda(_) => "function",
            ExprKind::JoinedStr { .. } | ExprKind::FormattedValue(_) => "str",
            _ => return self.fold(e).map(|constant| type_name(&constant)),
        })
    }
}

fn type_name(constant: &Constant) -> &'static str {
    match constant {
        Constant::None => "NoneType",
        Constant::Bool(_) => "bool",
        Constant::Ellipsis => "ellipsis",
        Constant::Int(_) | Constant::BigInt(_) => "int",
        Constant::Float(_) => "float",
        Constant::Complex(..) => "complex",
        Constant::Str { .. } => "str",
        Constant::Bytes(_) => "bytes",
        Constant::Tuple(_) => "tuple",
        Constant::FrozenSet(_) => "frozenset",
        Constant::Slice(_) => "slice",
        Constant::Code(_) => "code",
    }
}
