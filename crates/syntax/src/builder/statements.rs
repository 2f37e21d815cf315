//! Statements.

use super::{Argument, Builder, describe};
use crate::ast::{
    Alias, AnnAssign, Arguments, ClassDef, ExceptHandler, Expr, ExprKind, For, FunctionDef, If, ImportFrom,
    Match, MatchCase, Name, Operator, Pattern, Range, Stmt, StmtKind, Try, TypeAlias, TypeParam, While, With,
    WithItem,
};
use crate::error::{ErrorKind, Fault, Place};

/// One `elif` of a chain.
pub(crate) struct Elif {
    start: u32,
    branch: Box<If>,
}

impl Elif {
    pub(crate) fn new(start: u32, test: Expr, body: Vec<Stmt>) -> Self {
        Elif { start, branch: Box::new(If { test, body, orelse: Vec::new() }) }
    }
}

/// One item of a `with`, and where it starts.
pub(crate) struct Item {
    start: u32,
    item: Box<WithItem>,
}

/// Each `elif` nests one deeper in the tree; longer chains are refused as too complex.
const MAX_ELIFS: usize = 5000;

impl Builder<'_> {
    pub(crate) fn stmt(&mut self, l: u32, r: u32, kind: StmtKind) -> Stmt {
        Stmt { range: Range::new(l, r), kind }
    }

    /// A compound statement; a decorated one starts behind its decorators.
    pub(crate) fn compound(&mut self, l: u32, r: u32, kind: StmtKind) -> Stmt {
        let decorators = match &kind {
            StmtKind::FunctionDef(f) => &f.decorator_list,
            StmtKind::ClassDef(c) => &c.decorator_list,
            _ => return self.stmt(l, r, kind),
        };
        let start = if decorators.is_empty() { l } else { self.definition_start };
        self.stmt(start, r, kind)
    }

    pub(crate) fn decorate(&mut self, at: u32, mut kind: StmtKind, decorators: Vec<Expr>) -> StmtKind {
        self.definition_start = at;
        match &mut kind {
            StmtKind::FunctionDef(f) => f.decorator_list = decorators,
            StmtKind::ClassDef(c) => c.decorator_list = decorators,
            _ => {}
        }
        kind
    }

    /// `a = b = value`: all but the last are targets.
    pub(crate) fn assign(&mut self, mut values: Vec<Expr>) -> StmtKind {
        let value = values.pop().unwrap_or_else(|| self.constant(0, 0, crate::ast::Constant::None));
        let mut targets = values;
        self.assigned(&mut targets, &value);
        StmtKind::Assign { targets, value: Box::new(value) }
    }

    pub(crate) fn aug_assign(&mut self, target: Expr, op: Operator, value: Expr) -> StmtKind {
        if !matches!(target.kind, ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript(_))
        {
            let message =
                format!("'{}' is an illegal expression for augmented assignment", describe(&target));
            self.fail(Fault::new(message, target.range));
        }
        StmtKind::AugAssign { target: Box::new(self.store(target)), op, value: Box::new(value) }
    }

    /// `l` is where the statement starts: a target in parentheses starts behind that.
    pub(crate) fn ann_assign(
        &mut self,
        l: u32,
        target: Expr,
        annotation: Expr,
        value: Option<Expr>,
    ) -> StmtKind {
        let simple = matches!(target.kind, ExprKind::Name { .. }) && target.range.start == l;
        match &target.kind {
            ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript(_) => {}
            ExprKind::List { .. } => {
                self.fail(Fault::new("only single target (not list) can be annotated", target.range));
            }
            ExprKind::Tuple { elts, .. } => {
                // CPython points at the first element where the tuple has no parentheses.
                let range = match elts.first() {
                    Some(first) if first.range.start == target.range.start => first.range,
                    _ => target.range,
                };
                self.fail(Fault::new("only single target (not tuple) can be annotated", range));
            }
            _ => self.fail(Fault::new("illegal target for annotation", target.range)),
        }
        let target = self.store(target);
        StmtKind::AnnAssign(Box::new(AnnAssign { target, annotation, value, simple }))
    }

    pub(crate) fn delete(&mut self, targets: Vec<Expr>) -> StmtKind {
        StmtKind::Delete { targets: targets.into_iter().map(|target| self.delete_target(target)).collect() }
    }

    pub(crate) fn alias(&mut self, l: u32, r: u32, name: Name, asname: Option<Name>) -> Alias {
        Alias { range: Range::new(l, r), name, asname }
    }

    pub(crate) fn star_alias(&mut self, l: u32, r: u32) -> Vec<Alias> {
        vec![Alias { range: Range::new(l, r), name: self.intern("*"), asname: None }]
    }

    /// A dotted name may hold white space: `import os . path`.
    pub(crate) fn dotted_name(&mut self, l: u32, r: u32) -> Name {
        let text = self.text_at(l, r);
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_')) {
            return self.intern(text);
        }
        let joined = text
            .split('.')
            .map(|part| {
                let name = part.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\\');
                crate::lexer::names::normalise(name)
            })
            .collect::<Vec<_>>()
            .join(".");
        self.intern(&joined)
    }

    pub(crate) fn import_from(&mut self, level: u32, module: Option<Name>, names: Vec<Alias>) -> StmtKind {
        StmtKind::ImportFrom(Box::new(ImportFrom { module, names, level }))
    }

    pub(crate) fn type_alias(
        &mut self,
        name: Expr,
        type_params: Option<Vec<TypeParam>>,
        value: Expr,
    ) -> StmtKind {
        let type_params = type_params.unwrap_or_default();
        StmtKind::TypeAlias(Box::new(TypeAlias { name, type_params, value }))
    }

    /// Folds a chain of `elif` into nested statements; `r` is the end of the whole.
    pub(crate) fn if_chain(
        &mut self,
        r: u32,
        test: Expr,
        body: Vec<Stmt>,
        elifs: Vec<Elif>,
        orelse: Option<Vec<Stmt>>,
    ) -> StmtKind {
        if elifs.len() > MAX_ELIFS {
            self.fail(Fault {
                kind: ErrorKind::TooComplex,
                message: "Parser stack overflowed - Python source too complex to parse".into(),
                place: Place::Range(test.range),
            });
            return StmtKind::Pass;
        }
        let mut orelse = orelse.unwrap_or_default();
        for Elif { start, mut branch } in elifs.into_iter().rev() {
            branch.orelse = orelse;
            orelse = vec![self.stmt(start, r, StmtKind::If(branch))];
        }
        StmtKind::If(Box::new(If { test, body, orelse }))
    }

    pub(crate) fn while_(&mut self, test: Expr, body: Vec<Stmt>, orelse: Option<Vec<Stmt>>) -> StmtKind {
        StmtKind::While(Box::new(While { test, body, orelse: orelse.unwrap_or_default() }))
    }

    pub(crate) fn for_(
        &mut self,
        is_async: bool,
        target: Expr,
        iter: Expr,
        body: Vec<Stmt>,
        orelse: Option<Vec<Stmt>>,
    ) -> StmtKind {
        let orelse = orelse.unwrap_or_default();
        StmtKind::For(Box::new(For { is_async, target, iter, body, orelse }))
    }

    pub(crate) fn with_item(&mut self, start: u32, context_expr: Expr, target: Option<Expr>) -> Item {
        let optional_vars = target.map(|target| self.store(target));
        Item { start, item: Box::new(WithItem { context_expr, optional_vars }) }
    }

    /// `with a, b as c:`. What looks like one tuple, `with (a, b):`, are two items.
    pub(crate) fn with(&mut self, is_async: bool, mut items: Vec<Item>, body: Vec<Stmt>) -> StmtKind {
        if let [Item { start, item }] = &mut items[..]
            && item.optional_vars.is_none()
            && item.context_expr.range.start == *start
            && let ExprKind::Tuple { elts, .. } = &mut item.context_expr.kind
            && self.text.as_bytes()[*start as usize] == b'('
            && !elts.is_empty()
            && !elts.iter().any(|e| matches!(e.kind, ExprKind::Starred { .. }))
            && !has_bare_named(self.text, *start, elts)
        {
            let items = std::mem::take(elts)
                .into_iter()
                .map(|context_expr| WithItem { context_expr, optional_vars: None })
                .collect();
            return StmtKind::With(Box::new(With { is_async, items, body }));
        }
        self.with_parenthesised(is_async, items, body)
    }

    pub(crate) fn with_parenthesised(
        &mut self,
        is_async: bool,
        items: Vec<Item>,
        body: Vec<Stmt>,
    ) -> StmtKind {
        let items = items.into_iter().map(|item| *item.item).collect();
        StmtKind::With(Box::new(With { is_async, items, body }))
    }

    pub(crate) fn try_(
        &mut self,
        is_star: bool,
        body: Vec<Stmt>,
        handlers: Vec<ExceptHandler>,
        orelse: Option<Vec<Stmt>>,
        finalbody: Option<Vec<Stmt>>,
    ) -> StmtKind {
        let orelse = orelse.unwrap_or_default();
        let finalbody = finalbody.unwrap_or_default();
        StmtKind::Try(Box::new(Try { is_star, body, handlers, orelse, finalbody }))
    }

    pub(crate) fn handler(
        &mut self,
        l: u32,
        r: u32,
        type_: Option<Expr>,
        name: Option<Name>,
        body: Vec<Stmt>,
    ) -> ExceptHandler {
        ExceptHandler { range: Range::new(l, r), type_, name, body }
    }

    pub(crate) fn match_(&mut self, subject: Expr, cases: Vec<MatchCase>) -> StmtKind {
        StmtKind::Match(Box::new(Match { subject, cases }))
    }

    pub(crate) fn match_case(&mut self, pattern: Pattern, guard: Option<Expr>, body: Vec<Stmt>) -> MatchCase {
        MatchCase { pattern, guard, body }
    }

    pub(crate) fn function(
        &mut self,
        is_async: bool,
        name: Name,
        type_params: Option<Vec<TypeParam>>,
        args: Arguments,
        returns: Option<Expr>,
        body: Vec<Stmt>,
    ) -> StmtKind {
        StmtKind::FunctionDef(Box::new(FunctionDef {
            is_async,
            name,
            args,
            body,
            decorator_list: Vec::new(),
            returns,
            type_params: type_params.unwrap_or_default(),
        }))
    }

    pub(crate) fn class(
        &mut self,
        name: Name,
        type_params: Option<Vec<TypeParam>>,
        arguments: Option<Vec<Argument>>,
        body: Vec<Stmt>,
    ) -> StmtKind {
        let arguments = arguments.unwrap_or_default();
        let (bases, keywords) = self.class_arguments(arguments);
        StmtKind::ClassDef(Box::new(ClassDef {
            name,
            bases,
            keywords,
            body,
            decorator_list: Vec::new(),
            type_params: type_params.unwrap_or_default(),
        }))
    }
}

/// True where an element of the tuple at `start` is an assignment expression without parentheses of its own.
fn has_bare_named(text: &str, start: u32, elts: &[Expr]) -> bool {
    elts.iter().any(|e| {
        let before = text[..e.range.start as usize].trim_end();
        let in_parentheses = before.ends_with('(') && before.len() != start as usize + 1;
        matches!(e.kind, ExprKind::NamedExpr(_)) && !in_parentheses
    })
}
