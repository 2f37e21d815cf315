//! The first pass of the symbol table: functions, classes, type aliases and type parameters.

use std::cell::RefCell;
use std::rc::Rc;

use ouro_syntax::ast::{self, ExprKind, Name, Range, TypeParam, TypeParamKind};

use super::build::Builder;
use super::{Part, ScopeKind, node_key, uses};
use crate::error::Result;

impl Builder {
    pub(super) fn function_def(&mut self, f: &ast::FunctionDef, range: Range) -> Result<()> {
        self.add(&f.name, uses::LOCAL, range)?;
        self.expressions(&f.args.defaults)?;
        for default in &f.args.kw_defaults {
            self.optional(default.as_ref())?;
        }
        self.expressions(&f.decorator_list)?;
        let generic = !f.type_params.is_empty();
        if generic {
            self.enter_type_parameters(&f.name, f, false, range)?;
            if !f.args.defaults.is_empty() {
                let name = self.words.defaults.clone();
                self.add(&name, uses::PARAM, range)?;
            }
            if f.args.kw_defaults.iter().any(Option::is_some) {
                let name = self.words.kw_defaults.clone();
                self.add(&name, uses::PARAM, range)?;
            }
            f.type_params.iter().try_for_each(|p| self.type_param(p))?;
        }
        let id = self.new_scope(f.name.clone(), ScopeKind::Function);
        self.table.by_node.insert((node_key(f), Part::Body), id);
        self.annotations(f)?;
        self.enter_existing(id);
        self.parameters(&f.args)?;
        if f.is_async {
            self.scope().coroutine = true;
        }
        self.statements(&f.body)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }

    fn annotations(&mut self, f: &ast::FunctionDef) -> Result<()> {
        let a = &f.args;
        let parameters = a.posonlyargs.iter().chain(&a.args).chain(a.vararg.as_deref());
        for parameter in parameters.chain(a.kwarg.as_deref()).chain(&a.kwonlyargs) {
            if let Some(annotation) = &parameter.annotation {
                self.annotation(annotation)?;
            }
        }
        f.returns.as_ref().map_or(Ok(()), |returns| self.annotation(returns))
    }

    pub(super) fn annotation(&mut self, annotation: &ast::Expr) -> Result<()> {
        if !self.future_annotations {
            return self.expression(annotation);
        }
        let id = self.new_scope("_annotation".into(), ScopeKind::Annotation);
        self.enter_existing(id);
        self.expression(annotation)?;
        self.exit();
        Ok(())
    }

    pub(super) fn parameters(&mut self, a: &ast::Arguments) -> Result<()> {
        let positional = a.posonlyargs.iter().chain(&a.args).chain(&a.kwonlyargs);
        for parameter in positional.chain(a.vararg.as_deref()).chain(a.kwarg.as_deref()) {
            self.add(&parameter.arg, uses::PARAM, parameter.range)?;
        }
        Ok(())
    }

    pub(super) fn class_def(&mut self, c: &ast::ClassDef, range: Range) -> Result<()> {
        self.add(&c.name, uses::LOCAL, range)?;
        self.expressions(&c.decorator_list)?;
        let outer_private = self.private.clone();
        let generic = !c.type_params.is_empty();
        if generic {
            self.enter_type_parameters(&c.name, c, true, range)?;
            self.private = Some(c.name.clone());
            self.scope().mangled_names = Some(Rc::new(RefCell::new(Vec::new())));
            c.type_params.iter().try_for_each(|p| self.type_param(p))?;
        }
        self.expressions(&c.bases)?;
        self.keywords(&c.keywords)?;
        self.enter(c.name.clone(), ScopeKind::Class, c, Part::Body);
        self.private = Some(c.name.clone());
        if generic {
            let name = self.words.dunder_type_params.clone();
            self.add(&name, uses::LOCAL, range)?;
            let name = self.words.type_params.clone();
            self.add(&name, uses::USE, range)?;
        }
        self.statements(&c.body)?;
        self.exit();
        if generic {
            self.exit();
        }
        self.private = outer_private;
        Ok(())
    }

    pub(super) fn type_alias(&mut self, t: &ast::TypeAlias, range: Range) -> Result<()> {
        self.expression(&t.name)?;
        let ExprKind::Name { id: name, .. } = &t.name.kind else { return Ok(()) };
        let in_class = self.scope().kind == ScopeKind::Class;
        let generic = !t.type_params.is_empty();
        if generic {
            self.enter_type_parameters(name, t, false, range)?;
            t.type_params.iter().try_for_each(|p| self.type_param(p))?;
        }
        self.enter(name.clone(), ScopeKind::TypeAlias, t, Part::Body);
        if in_class {
            self.see_class(t.value.range)?;
        }
        self.expression(&t.value)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }

    pub(super) fn see_class(&mut self, range: Range) -> Result<()> {
        self.scope().sees_class = true;
        let name = self.words.class_dict.clone();
        self.add(&name, uses::USE, range)
    }

    fn enter_type_parameters<T>(
        &mut self,
        name: &Name,
        node: &T,
        is_class: bool,
        range: Range,
    ) -> Result<()> {
        let in_class = self.scope().kind == ScopeKind::Class;
        self.enter(name.clone(), ScopeKind::TypeParameters, node, Part::TypeParameters);
        if in_class {
            self.see_class(range)?;
        }
        if is_class {
            for word in [self.words.type_params.clone(), self.words.generic_base.clone()] {
                self.add(&word, uses::LOCAL | uses::USE, range)?;
            }
        }
        Ok(())
    }

    fn type_param(&mut self, p: &TypeParam) -> Result<()> {
        let (name, bound, default, what) = match &p.kind {
            TypeParamKind::TypeVar { name, bound, default_value } => {
                (name, bound.as_ref(), default_value.as_ref(), "a TypeVar default")
            }
            TypeParamKind::ParamSpec { name, default_value } => {
                (name, None, default_value.as_ref(), "a ParamSpec default")
            }
            TypeParamKind::TypeVarTuple { name, default_value } => {
                (name, None, default_value.as_ref(), "a TypeVarTuple default")
            }
        };
        self.add(name, uses::TYPE_PARAM | uses::LOCAL, p.range)?;
        if let Some(bound) = bound {
            let tuple = matches!(bound.kind, ExprKind::Tuple { .. });
            let info = if tuple { "a TypeVar constraint" } else { "a TypeVar bound" };
            self.type_variable_scope(name, bound, p, Part::Body, info)?;
        }
        match default {
            Some(default) => self.type_variable_scope(name, default, p, Part::Default, what),
            None => Ok(()),
        }
    }

    fn type_variable_scope(
        &mut self,
        name: &Name,
        value: &ast::Expr,
        node: &TypeParam,
        part: Part,
        info: &'static str,
    ) -> Result<()> {
        let sees_class = self.scope().sees_class;
        self.enter(name.clone(), ScopeKind::TypeVariable, node, part);
        self.scope().info = Some(info);
        if sees_class {
            self.see_class(value.range)?;
        }
        self.expression(value)?;
        self.exit();
        Ok(())
    }
}
