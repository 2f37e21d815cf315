//! What may be assigned to and deleted.

use super::Builder;
use crate::ast::{Constant, Expr, ExprContext, ExprKind, UnaryOp};
use crate::error::Fault;

impl Builder<'_> {
    /// Turns an expression into the target of a `for`, an `as` or an assignment.
    pub(crate) fn store(&mut self, mut target: Expr) -> Expr {
        self.set_context(&mut target, ExprContext::Store, "cannot assign to ");
        target
    }

    /// Turns the left sides of an assignment into targets.
    pub(super) fn assigned(&mut self, targets: &mut [Expr], value: &Expr) {
        if let [target] = &mut *targets {
            self.suggest_comparison(target, value);
        }
        for target in targets {
            if matches!(target.kind, ExprKind::Yield { .. } | ExprKind::YieldFrom { .. }) {
                self.fail(Fault::new("assignment to yield expression not possible", target.range));
            }
            self.set_context(target, ExprContext::Store, "cannot assign to ");
        }
    }

    /// `f() = 1` may have been meant as a comparison.
    fn suggest_comparison(&mut self, target: &Expr, value: &Expr) {
        let last = match &target.kind {
            ExprKind::Tuple { elts, .. } if !self.in_parentheses(target) => match elts.split_last() {
                Some((last, rest)) if rest.iter().all(is_target) => last,
                _ => return,
            },
            _ => target,
        };
        let excluded = is_target(last)
            || matches!(last.kind, ExprKind::List { .. } | ExprKind::Tuple { .. })
            || matches!(last.kind, ExprKind::GeneratorExp(_) | ExprKind::Starred { .. })
            || matches!(
                last.kind,
                ExprKind::Constant { value: Constant::None | Constant::True | Constant::False }
            );
        if !excluded && self.is_operand(last) && self.starts_with_operand(value) {
            let message =
                format!("cannot assign to {} here. Maybe you meant '==' instead of '='?", describe(last));
            self.fail(Fault::new(message, last.range));
        }
    }

    fn in_parentheses(&self, e: &Expr) -> bool {
        let own = self.text.as_bytes().get(e.range.start as usize) == Some(&b'(');
        let tuple = matches!(e.kind, ExprKind::Tuple { .. });
        (tuple && own) || self.text[..e.range.start as usize].trim_end().ends_with('(')
    }

    /// True for what CPython's rule `bitwise_or` matches.
    fn is_operand(&self, e: &Expr) -> bool {
        let loose = matches!(
            e.kind,
            ExprKind::BoolOp { .. }
                | ExprKind::UnaryOp { op: UnaryOp::Not, .. }
                | ExprKind::Compare(_)
                | ExprKind::Lambda(_)
                | ExprKind::IfExp(_)
                | ExprKind::NamedExpr(_)
                | ExprKind::Yield { .. }
                | ExprKind::YieldFrom { .. }
                | ExprKind::Starred { .. }
        );
        !loose || self.in_parentheses(e)
    }

    fn starts_with_operand(&self, e: &Expr) -> bool {
        let text = &self.text[e.range.start as usize..];
        !["not ", "lambda", "yield", "*"].iter().any(|word| text.starts_with(word))
    }

    pub(super) fn delete_target(&mut self, mut target: Expr) -> Expr {
        self.set_context(&mut target, ExprContext::Del, "cannot delete ");
        target
    }

    fn set_context(&mut self, target: &mut Expr, context: ExprContext, refusal: &str) {
        match &mut target.kind {
            ExprKind::Name { ctx, .. } | ExprKind::Attribute { ctx, .. } => *ctx = context,
            ExprKind::Subscript(subscript) => subscript.ctx = context,
            ExprKind::Starred { value, ctx } if context == ExprContext::Store => {
                *ctx = context;
                self.set_context(value, context, refusal);
            }
            ExprKind::List { elts, ctx } | ExprKind::Tuple { elts, ctx } => {
                *ctx = context;
                for element in elts {
                    self.set_context(element, context, refusal);
                }
            }
            _ => {
                let message = format!("{refusal}{}", describe(target));
                self.fail(Fault::new(message, target.range));
            }
        }
    }
}

fn is_target(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript(_) => true,
        ExprKind::Starred { value, .. } => is_target(value),
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => elts.iter().all(is_target),
        _ => false,
    }
}

/// What CPython calls an expression that is no target.
pub(crate) fn describe(e: &Expr) -> &'static str {
    match &e.kind {
        ExprKind::Attribute { .. } => "attribute",
        ExprKind::Subscript(_) => "subscript",
        ExprKind::Starred { .. } => "starred",
        ExprKind::Name { .. } => "name",
        ExprKind::List { .. } => "list",
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::Lambda(_) => "lambda",
        ExprKind::Call(_) => "function call",
        ExprKind::BoolOp { .. } | ExprKind::BinOp(_) | ExprKind::UnaryOp { .. } => "expression",
        ExprKind::GeneratorExp(_) => "generator expression",
        ExprKind::Yield { .. } | ExprKind::YieldFrom { .. } => "yield expression",
        ExprKind::Await { .. } => "await expression",
        ExprKind::ListComp(_) => "list comprehension",
        ExprKind::SetComp(_) => "set comprehension",
        ExprKind::DictComp(_) => "dict comprehension",
        ExprKind::Dict(_) => "dict literal",
        ExprKind::Set { .. } => "set display",
        ExprKind::JoinedStr { .. } | ExprKind::FormattedValue(_) => "f-string expression",
        ExprKind::Constant { value } => match value {
            Constant::None => "None",
            Constant::True => "True",
            Constant::False => "False",
            Constant::Ellipsis => "ellipsis",
            _ => "literal",
        },
        ExprKind::Compare(_) => "comparison",
        ExprKind::IfExp(_) => "conditional expression",
        ExprKind::NamedExpr(_) => "named expression",
        ExprKind::Slice { .. } => "slice",
    }
}
