//! Operators, displays and comprehensions.

use super::Builder;
use crate::ast::Arguments;
use crate::ast::{
    BinOp, BoolOp, CmpOp, Compare, Comprehension, Dict, DictComp, Expr, ExprContext, ExprKind, IfExp, Lambda,
    ListComp, Name, NamedExpr, Operator, Range, Subscript, UnaryOp,
};
use crate::error::Fault;

/// Keys and values of a dictionary display.
pub(crate) type DictItems = Dict;

impl DictItems {
    pub(crate) fn one(key: Option<Expr>, value: Expr) -> Box<Self> {
        Box::new(Dict { keys: vec![key], values: vec![value] })
    }

    pub(crate) fn push(&mut self, key: Option<Expr>, value: Expr) {
        self.keys.push(key);
        self.values.push(value);
    }
}

impl Builder<'_> {
    pub(crate) fn binary(&mut self, l: u32, r: u32, left: Expr, op: Operator, right: Expr) -> Expr {
        self.expr(l, r, ExprKind::BinOp(Box::new(BinOp { left, op, right })))
    }

    pub(crate) fn unary(&mut self, l: u32, r: u32, op: UnaryOp, operand: Expr) -> Expr {
        self.expr(l, r, ExprKind::UnaryOp { op, operand: Box::new(operand) })
    }

    pub(crate) fn bool_op(&mut self, l: u32, r: u32, op: BoolOp, values: Vec<Expr>) -> Expr {
        self.expr(l, r, ExprKind::BoolOp { op, values })
    }

    pub(crate) fn comparison(&mut self, left: Expr, op: CmpOp, right: Expr) -> Box<Compare> {
        Box::new(Compare { left, ops: vec![op], comparators: vec![right] })
    }

    pub(crate) fn compare(&mut self, l: u32, r: u32, chain: Box<Compare>) -> Expr {
        self.expr(l, r, ExprKind::Compare(chain))
    }

    /// `!=`, which is not spelled `<>` unless one is a Barry.
    pub(crate) fn not_equal(&mut self, l: u32) -> CmpOp {
        if self.text_at(l, l + 2) == "<>" {
            self.fail(Fault::new("invalid syntax", Range::new(l, l + 2)));
        }
        CmpOp::NotEq
    }

    pub(crate) fn if_exp(&mut self, l: u32, r: u32, test: Expr, body: Expr, orelse: Expr) -> Expr {
        self.expr(l, r, ExprKind::IfExp(Box::new(IfExp { test, body, orelse })))
    }

    pub(crate) fn lambda(&mut self, l: u32, r: u32, args: Arguments, body: Expr) -> Expr {
        self.expr(l, r, ExprKind::Lambda(Box::new(Lambda { args, body })))
    }

    pub(crate) fn named(&mut self, l: u32, r: u32, target: Expr, value: Expr) -> Expr {
        self.expr(l, r, ExprKind::NamedExpr(Box::new(NamedExpr { target, value })))
    }

    pub(crate) fn yield_(&mut self, l: u32, r: u32, value: Option<Expr>) -> Expr {
        self.expr(l, r, ExprKind::Yield { value: value.map(Box::new) })
    }

    pub(crate) fn yield_from(&mut self, l: u32, r: u32, value: Expr) -> Expr {
        self.expr(l, r, ExprKind::YieldFrom { value: Box::new(value) })
    }

    pub(crate) fn await_(&mut self, l: u32, r: u32, value: Expr) -> Expr {
        self.expr(l, r, ExprKind::Await { value: Box::new(value) })
    }

    pub(crate) fn starred(&mut self, l: u32, r: u32, value: Expr) -> Expr {
        self.expr(l, r, ExprKind::Starred { value: Box::new(value), ctx: ExprContext::Load })
    }

    pub(crate) fn attribute(&mut self, l: u32, r: u32, value: Expr, attr: Name) -> Expr {
        self.expr(l, r, ExprKind::Attribute { value: Box::new(value), attr, ctx: ExprContext::Load })
    }

    pub(crate) fn subscript(&mut self, l: u32, r: u32, value: Expr, slice: Expr) -> Expr {
        self.expr(l, r, ExprKind::Subscript(Box::new(Subscript { value, slice, ctx: ExprContext::Load })))
    }

    pub(crate) fn slice(
        &mut self,
        l: u32,
        r: u32,
        lower: Option<Expr>,
        upper: Option<Expr>,
        step: Option<Expr>,
    ) -> Expr {
        let (lower, upper, step) = (lower.map(Box::new), upper.map(Box::new), step.map(Box::new));
        self.expr(l, r, ExprKind::Slice { lower, upper, step })
    }

    pub(crate) fn tuple(&mut self, l: u32, r: u32, elts: Vec<Expr>) -> Expr {
        self.expr(l, r, ExprKind::Tuple { elts, ctx: ExprContext::Load })
    }

    pub(crate) fn list(&mut self, l: u32, r: u32, elts: Vec<Expr>) -> Expr {
        self.expr(l, r, ExprKind::List { elts, ctx: ExprContext::Load })
    }

    pub(crate) fn set(&mut self, l: u32, r: u32, elts: Vec<Expr>) -> Expr {
        self.expr(l, r, ExprKind::Set { elts })
    }

    pub(crate) fn dict(&mut self, l: u32, r: u32, items: Box<DictItems>) -> Expr {
        self.expr(l, r, ExprKind::Dict(items))
    }

    pub(crate) fn generator_exp(
        &mut self,
        l: u32,
        r: u32,
        elt: Expr,
        generators: Vec<Comprehension>,
    ) -> Expr {
        self.expr(l, r, ExprKind::GeneratorExp(Box::new(ListComp { elt, generators })))
    }

    pub(crate) fn list_comp(&mut self, l: u32, r: u32, elt: Expr, generators: Vec<Comprehension>) -> Expr {
        self.expr(l, r, ExprKind::ListComp(Box::new(ListComp { elt, generators })))
    }

    pub(crate) fn set_comp(&mut self, l: u32, r: u32, elt: Expr, generators: Vec<Comprehension>) -> Expr {
        self.expr(l, r, ExprKind::SetComp(Box::new(ListComp { elt, generators })))
    }

    pub(crate) fn dict_comp(
        &mut self,
        l: u32,
        r: u32,
        key: Expr,
        value: Expr,
        generators: Vec<Comprehension>,
    ) -> Expr {
        self.expr(l, r, ExprKind::DictComp(Box::new(DictComp { key, value, generators })))
    }
}

/// The height of the highest child.
pub(super) fn children_depth(kind: &ExprKind) -> u32 {
    match kind {
        ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } => highest(values),
        ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => highest(elts),
        ExprKind::NamedExpr(e) => e.target.depth.max(e.value.depth),
        ExprKind::BinOp(e) => e.left.depth.max(e.right.depth),
        ExprKind::UnaryOp { operand: value, .. }
        | ExprKind::Await { value }
        | ExprKind::YieldFrom { value }
        | ExprKind::Attribute { value, .. }
        | ExprKind::Starred { value, .. } => value.depth,
        ExprKind::Lambda(e) => e.body.depth.max(arguments_depth(&e.args)),
        ExprKind::IfExp(e) => e.test.depth.max(e.body.depth).max(e.orelse.depth),
        ExprKind::Dict(e) => highest(&e.values).max(highest(e.keys.iter().flatten())),
        ExprKind::ListComp(e) | ExprKind::SetComp(e) | ExprKind::GeneratorExp(e) => {
            e.elt.depth.max(generators_depth(&e.generators))
        }
        ExprKind::DictComp(e) => e.key.depth.max(e.value.depth).max(generators_depth(&e.generators)),
        ExprKind::Yield { value } => optional(value.as_deref()),
        ExprKind::Compare(e) => e.left.depth.max(highest(&e.comparators)),
        ExprKind::Call(e) => {
            let keywords = highest(e.keywords.iter().map(|keyword| &keyword.value));
            e.func.depth.max(highest(&e.args)).max(keywords)
        }
        ExprKind::FormattedValue(e) => e.value.depth.max(optional(e.format_spec.as_ref())),
        ExprKind::Subscript(e) => e.value.depth.max(e.slice.depth),
        ExprKind::Slice { lower, upper, step } => {
            optional(lower.as_deref()).max(optional(upper.as_deref())).max(optional(step.as_deref()))
        }
        ExprKind::Constant { .. } | ExprKind::Name { .. } => 0,
    }
}

fn optional(e: Option<&Expr>) -> u32 {
    e.map_or(0, |e| e.depth)
}

fn highest<'e>(exprs: impl IntoIterator<Item = &'e Expr>) -> u32 {
    exprs.into_iter().map(|e| e.depth).max().unwrap_or(0)
}

fn generators_depth(generators: &[Comprehension]) -> u32 {
    let depth = |g: &Comprehension| g.target.depth.max(g.iter.depth).max(highest(&g.ifs));
    generators.iter().map(depth).max().unwrap_or(0)
}

fn arguments_depth(args: &Arguments) -> u32 {
    highest(&args.defaults).max(highest(args.kw_defaults.iter().flatten()))
}
