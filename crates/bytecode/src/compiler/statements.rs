//! Statements: each goes to the file of its concern.

use ouro_syntax::ast::{Stmt, StmtKind};

use super::Compiler;
use crate::error::Result;

impl<'a> Compiler<'a> {
    pub(super) fn statement(&mut self, s: &'a Stmt) -> Result<()> {
        self.deeper(s.range, |c| c.statement_inner(s))
    }

    fn statement_inner(&mut self, s: &'a Stmt) -> Result<()> {
        let at = s.range;
        let mark = self.u.next;
        // Definitions begin with their decorators.
        if !matches!(
            s.kind,
            StmtKind::Global { .. }
                | StmtKind::Nonlocal { .. }
                | StmtKind::FunctionDef(_)
                | StmtKind::ClassDef(_)
        ) {
            self.begin_line(at);
        }
        match &s.kind {
            StmtKind::FunctionDef(f) => self.function_def(f, at)?,
            StmtKind::ClassDef(c) => self.class_def(c, at)?,
            StmtKind::Return { value } => self.return_(value.as_deref(), at)?,
            StmtKind::Delete { targets } => targets.iter().try_for_each(|t| self.delete(t))?,
            StmtKind::Assign { targets, value } => self.assign(targets, value)?,
            StmtKind::TypeAlias(t) => self.type_alias(t, at)?,
            StmtKind::AugAssign { target, op, value } => self.aug_assign(target, *op, value, at)?,
            StmtKind::AnnAssign(a) => self.ann_assign(a, at)?,
            StmtKind::For(f) => self.for_(f, at)?,
            StmtKind::While(w) => self.while_(w, at)?,
            StmtKind::If(i) => self.if_(i)?,
            StmtKind::With(w) => self.with(w, at)?,
            StmtKind::Match(m) => self.match_(m)?,
            StmtKind::Raise { exc, cause } => self.raise(exc.as_deref(), cause.as_deref(), at)?,
            StmtKind::Try(t) => self.try_(t, at)?,
            StmtKind::Assert { test, msg } => self.assert(test, msg.as_deref(), at)?,
            StmtKind::Import { names } => self.import(names, at)?,
            StmtKind::ImportFrom(i) => self.import_from(i, at)?,
            // The symbol table has dealt with these.
            StmtKind::Global { .. } | StmtKind::Nonlocal { .. } | StmtKind::Pass => {}
            StmtKind::Expr { value } => self.expression_statement(value, at)?,
            StmtKind::Break => self.leave_loop(true, at)?,
            StmtKind::Continue => self.leave_loop(false, at)?,
        }
        if !self.u.e.reachable() {
            // What stands behind it is come to from elsewhere.
            self.u.begun_line = 0;
        }
        debug_assert_eq!(self.u.next, mark, "a statement leaves no temporaries");
        self.u.next = mark;
        self.u.numbers = 0;
        Ok(())
    }
}
