//! The first pass of the symbol table: expressions and patterns.

use ouro_syntax::ast::{self, Expr, ExprContext, ExprKind, Pattern, PatternKind, Range};

use super::build::Builder;
use super::{ComprehensionKind, Part, ScopeKind, fault, uses};
use crate::error::{Fault, Result};

impl Builder {
    pub(super) fn expressions(&mut self, list: &[Expr]) -> Result<()> {
        list.iter().try_for_each(|e| self.expression(e))
    }

    pub(super) fn optional(&mut self, e: Option<&Expr>) -> Result<()> {
        e.map_or(Ok(()), |e| self.expression(e))
    }

    pub(super) fn expression(&mut self, e: &Expr) -> Result<()> {
        match &e.kind {
            ExprKind::Constant { .. } => Ok(()),
            ExprKind::Name { id, ctx } => self.name(id, *ctx, e.range),
            // Long chains of operators lean to the left: they are walked without recursion.
            ExprKind::BinOp(_) => self.operator_chain(e),
            _ => {
                self.depth += 1;
                if self.depth > self.max_nesting {
                    return Err(Box::new(Fault::recursion(e.range)));
                }
                let result = self.expression_inner(e);
                self.depth -= 1;
                result
            }
        }
    }

    fn operator_chain(&mut self, e: &Expr) -> Result<()> {
        let mut rights = Vec::new();
        let mut left = e;
        while let ExprKind::BinOp(b) = &left.kind {
            rights.push(&b.right);
            left = &b.left;
        }
        self.depth += 1;
        if self.depth > self.max_nesting {
            return Err(Box::new(Fault::recursion(e.range)));
        }
        self.expression(left)?;
        rights.into_iter().rev().try_for_each(|right| self.expression(right))?;
        self.depth -= 1;
        Ok(())
    }

    fn name(&mut self, id: &ast::Name, ctx: ExprContext, range: Range) -> Result<()> {
        let load = ctx == ExprContext::Load;
        self.add(id, if load { uses::USE } else { uses::LOCAL }, range)?;
        // `super` needs the class even where nothing names `__class__`.
        if load && **id == *"super" && self.scope().is_function_like() {
            let class = self.words.class.clone();
            self.add(&class, uses::USE, range)?;
        }
        Ok(())
    }

    fn expression_inner(&mut self, e: &Expr) -> Result<()> {
        match &e.kind {
            ExprKind::Constant { .. } | ExprKind::Name { .. } | ExprKind::BinOp(_) => Ok(()),
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } => self.expressions(values),
            ExprKind::NamedExpr(n) => self.named_expression(n, e.range),
            ExprKind::UnaryOp { operand, .. } => self.expression(operand),
            ExprKind::Lambda(l) => {
                self.expressions(&l.args.defaults)?;
                for default in &l.args.kw_defaults {
                    self.optional(default.as_ref())?;
                }
                let name = self.words.lambda.clone();
                self.enter(name, ScopeKind::Function, &**l, Part::Body);
                self.parameters(&l.args)?;
                self.expression(&l.body)?;
                self.exit();
                Ok(())
            }
            ExprKind::IfExp(i) => {
                self.expression(&i.test)?;
                self.expression(&i.body)?;
                self.expression(&i.orelse)
            }
            ExprKind::Dict(d) => {
                d.keys.iter().try_for_each(|key| self.optional(key.as_ref()))?;
                self.expressions(&d.values)
            }
            ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => {
                self.expressions(elts)
            }
            ExprKind::ListComp(c) => {
                self.comprehension(&**c, ComprehensionKind::List, &c.generators, &[&c.elt])
            }
            ExprKind::SetComp(c) => {
                self.comprehension(&**c, ComprehensionKind::Set, &c.generators, &[&c.elt])
            }
            ExprKind::GeneratorExp(c) => {
                self.comprehension(&**c, ComprehensionKind::Generator, &c.generators, &[&c.elt])
            }
            ExprKind::DictComp(c) => {
                self.comprehension(&**c, ComprehensionKind::Dict, &c.generators, &[&c.value, &c.key])
            }
            ExprKind::Await { value } => {
                self.forbid_in_annotation("await expression", e.range)?;
                self.expression(value)?;
                self.scope().coroutine = true;
                Ok(())
            }
            ExprKind::Yield { value } => {
                self.forbid_in_annotation("yield expression", e.range)?;
                self.optional(value.as_deref())?;
                self.yields(e.range)
            }
            ExprKind::YieldFrom { value } => {
                self.forbid_in_annotation("yield expression", e.range)?;
                self.expression(value)?;
                self.yields(e.range)
            }
            ExprKind::Compare(c) => {
                self.expression(&c.left)?;
                self.expressions(&c.comparators)
            }
            ExprKind::Call(c) => {
                self.expression(&c.func)?;
                self.expressions(&c.args)?;
                self.keywords(&c.keywords)
            }
            ExprKind::FormattedValue(f) => {
                self.expression(&f.value)?;
                self.optional(f.format_spec.as_ref())
            }
            ExprKind::Attribute { value, .. } | ExprKind::Starred { value, .. } => self.expression(value),
            ExprKind::Subscript(s) => {
                self.expression(&s.value)?;
                self.expression(&s.slice)
            }
            ExprKind::Slice { lower, upper, step } => {
                self.optional(lower.as_deref())?;
                self.optional(upper.as_deref())?;
                self.optional(step.as_deref())
            }
        }
    }

    pub(super) fn keywords(&mut self, keywords: &[ast::Keyword]) -> Result<()> {
        keywords.iter().try_for_each(|keyword| self.expression(&keyword.value))
    }

    fn yields(&mut self, range: Range) -> Result<()> {
        self.scope().generator = true;
        let place = match self.scope().comprehension {
            None => return Ok(()),
            Some(ComprehensionKind::List) => "list comprehension",
            Some(ComprehensionKind::Set) => "set comprehension",
            Some(ComprehensionKind::Dict) => "dict comprehension",
            Some(ComprehensionKind::Generator) => "generator expression",
        };
        fault(format!("'yield' inside {place}"), range)
    }

    fn comprehension<T>(
        &mut self,
        node: &T,
        kind: ComprehensionKind,
        generators: &[ast::Comprehension],
        elements: &[&Expr],
    ) -> Result<()> {
        let Some((outermost, inner)) = generators.split_first() else { return Ok(()) };
        // The outermost iterable is evaluated in the enclosing block.
        self.in_iterable(|b| b.expression(&outermost.iter))?;
        self.in_comprehension(node, kind, |b| {
            if outermost.is_async {
                b.scope().coroutine = true;
            }
            let iterator = b.words.iterator.clone();
            b.add(&iterator, uses::PARAM, outermost.iter.range)?;
            b.in_target(|b| b.expression(&outermost.target))?;
            b.expressions(&outermost.ifs)?;
            for generator in inner {
                b.in_target(|b| b.expression(&generator.target))?;
                b.in_iterable(|b| b.expression(&generator.iter))?;
                b.expressions(&generator.ifs)?;
                if generator.is_async {
                    b.scope().coroutine = true;
                }
            }
            elements.iter().try_for_each(|e| b.expression(e))
        })
    }

    fn named_expression(&mut self, n: &ast::NamedExpr, range: Range) -> Result<()> {
        self.forbid_in_annotation("named expression", range)?;
        if self.is_in_iterable() {
            return fault(
                "assignment expression cannot be used in a comprehension iterable expression",
                range,
            );
        }
        let ExprKind::Name { id, .. } = &n.target.kind else { return Ok(()) };
        if self.scope().comprehension.is_some() {
            self.bind_outside_comprehension(id, n.target.range)?;
        }
        self.expression(&n.value)?;
        self.expression(&n.target)?;
        self.mark_walrus(self.current, id);
        Ok(())
    }

    fn mark_walrus(&mut self, scope: super::ScopeId, id: &ast::Name) {
        let mangled = self.mangled(scope, id);
        let scope = self.table.get_mut(scope);
        scope.has_walrus = true;
        scope.symbols.entry(&mangled).uses |= uses::WALRUS;
    }

    /// A target inside a comprehension belongs to the function or module around it.
    fn bind_outside_comprehension(&mut self, id: &ast::Name, range: Range) -> Result<()> {
        for i in (0..self.stack.len()).rev() {
            let scope = self.stack[i];
            let known = self.lookup(scope, id);
            let entry = self.table.get(scope);
            if entry.comprehension.is_some() {
                if known & uses::COMP_ITER != 0 && known & (uses::LOCAL | uses::GLOBAL) != 0 {
                    let message = "assignment expression cannot rebind comprehension iteration variable";
                    return fault(format!("{message} '{id}'"), range);
                }
                continue;
            }
            let place = match entry.kind {
                ScopeKind::Function => {
                    let global = known & uses::GLOBAL != 0;
                    self.add(id, if global { uses::GLOBAL } else { uses::NONLOCAL }, range)?;
                    self.record_directive(id, range);
                    self.add_in(scope, id, uses::LOCAL, range)?;
                    self.mark_walrus(scope, id);
                    return Ok(());
                }
                ScopeKind::Module => {
                    self.add(id, uses::GLOBAL, range)?;
                    self.record_directive(id, range);
                    return self.add_in(scope, id, uses::GLOBAL, range);
                }
                ScopeKind::Class => "cannot be used in a class body",
                ScopeKind::TypeParameters => "cannot be used within the definition of a generic",
                ScopeKind::TypeAlias => "cannot be used in a type alias",
                ScopeKind::TypeVariable => "cannot be used in a TypeVar bound",
                // Postponed annotations are looked through.
                ScopeKind::Annotation => continue,
            };
            return fault(format!("assignment expression within a comprehension {place}"), range);
        }
        Ok(())
    }

    pub(super) fn pattern(&mut self, p: &Pattern) -> Result<()> {
        self.depth += 1;
        if self.depth > self.max_nesting {
            return Err(Box::new(Fault::recursion(p.range)));
        }
        match &p.kind {
            PatternKind::MatchValue { value } => self.expression(value)?,
            PatternKind::MatchSingleton { .. } => {}
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
                patterns.iter().try_for_each(|p| self.pattern(p))?;
            }
            PatternKind::MatchMapping(m) => {
                self.expressions(&m.keys)?;
                m.patterns.iter().try_for_each(|p| self.pattern(p))?;
                if let Some(rest) = &m.rest {
                    self.add(rest, uses::LOCAL, p.range)?;
                }
            }
            PatternKind::MatchClass(c) => {
                self.expression(&c.cls)?;
                c.patterns.iter().chain(&c.kwd_patterns).try_for_each(|p| self.pattern(p))?;
            }
            PatternKind::MatchStar { name } => {
                if let Some(name) = name {
                    self.add(name, uses::LOCAL, p.range)?;
                }
            }
            PatternKind::MatchAs { pattern, name } => {
                if let Some(pattern) = pattern {
                    self.pattern(pattern)?;
                }
                if let Some(name) = name {
                    self.add(name, uses::LOCAL, p.range)?;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }
}
