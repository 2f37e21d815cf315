//! The first pass of the symbol table: what every block does with every name. Statements are here.

use std::rc::Rc;

use crate::Map;
use ouro_syntax::ast::{self, ExprKind, Name, Range, Stmt, StmtKind};

use super::{
    ComprehensionKind, Part, Scope, ScopeId, ScopeKind, SymbolTable, Symbols, fault, node_key, uses,
};
use crate::error::{Fault, Result};

pub(super) fn build(module: &ast::Mod, future_annotations: bool, max_nesting: u32) -> Result<SymbolTable> {
    let mut builder = Builder {
        table: SymbolTable { scopes: Vec::new(), by_node: Map::default() },
        current: ScopeId(0),
        stack: Vec::new(),
        private: None,
        future_annotations,
        depth: 0,
        max_nesting,
        words: Words::new(),
    };
    let top = builder.new_scope("top".into(), ScopeKind::Module);
    builder.enter_existing(top);
    match module {
        ast::Mod::Module { body } | ast::Mod::Interactive { body } => builder.statements(body)?,
        ast::Mod::Expression { body } => builder.expression(body)?,
    }
    builder.exit();
    Ok(builder.table)
}

/// Names that the symbol table itself brings in.
pub(super) struct Words {
    pub(super) class: Rc<str>,
    pub(super) class_dict: Rc<str>,
    pub(super) type_params: Rc<str>,
    pub(super) generic_base: Rc<str>,
    pub(super) defaults: Rc<str>,
    pub(super) kw_defaults: Rc<str>,
    pub(super) dunder_type_params: Rc<str>,
    pub(super) iterator: Rc<str>,
    pub(super) lambda: Rc<str>,
}

impl Words {
    fn new() -> Words {
        Words {
            class: "__class__".into(),
            class_dict: "__classdict__".into(),
            type_params: ".type_params".into(),
            generic_base: ".generic_base".into(),
            defaults: ".defaults".into(),
            kw_defaults: ".kwdefaults".into(),
            dunder_type_params: "__type_params__".into(),
            iterator: ".0".into(),
            lambda: "lambda".into(),
        }
    }
}

pub(super) struct Builder {
    pub(super) table: SymbolTable,
    pub(super) current: ScopeId,
    pub(super) stack: Vec<ScopeId>,
    pub(super) private: Option<Rc<str>>,
    pub(super) future_annotations: bool,
    pub(super) depth: u32,
    pub(super) max_nesting: u32,
    pub(super) words: Words,
}

impl Builder {
    pub(super) fn scope(&mut self) -> &mut Scope {
        self.table.get_mut(self.current)
    }

    pub(super) fn new_scope(&mut self, name: Rc<str>, kind: ScopeKind) -> ScopeId {
        let nested = !self.stack.is_empty() && {
            let outer = self.table.get(self.current);
            outer.nested || outer.is_function_like()
        };
        let id = ScopeId(self.table.scopes.len() as u32);
        self.table.scopes.push(Scope {
            kind,
            name,
            symbols: Symbols::default(),
            parameters: Vec::new(),
            children: Vec::new(),
            inlined_children: Vec::new(),
            directives: Vec::new(),
            nested,
            generator: false,
            coroutine: false,
            comprehension: None,
            inlined: false,
            needs_class_closure: false,
            needs_class_dict: false,
            sees_class: false,
            is_method: false,
            has_walrus: false,
            in_target: false,
            in_iterable: 0,
            mangled_names: None,
            info: None,
        });
        id
    }

    pub(super) fn enter_existing(&mut self, id: ScopeId) {
        if !self.stack.is_empty() {
            let outer = self.current;
            let (in_iterable, names) = {
                let outer = self.table.get(outer);
                (outer.in_iterable, outer.mangled_names.clone())
            };
            let scope = self.table.get_mut(id);
            // Even lambdas inside the iterable of a comprehension may not contain assignment expressions.
            scope.in_iterable = in_iterable;
            if scope.kind != ScopeKind::Class && scope.mangled_names.is_none() {
                scope.mangled_names = names;
            }
            let annotation = scope.kind == ScopeKind::Annotation;
            let is_class = self.table.get(outer).kind == ScopeKind::Class;
            self.table.get_mut(id).is_method = is_class;
            // Postponed annotations have no effect on the table.
            if !annotation {
                self.table.get_mut(outer).children.push(id);
            }
        }
        self.stack.push(id);
        self.current = id;
    }

    pub(super) fn enter<T>(&mut self, name: Rc<str>, kind: ScopeKind, node: &T, part: Part) -> ScopeId {
        let id = self.new_scope(name, kind);
        self.table.by_node.insert((node_key(node), part), id);
        self.enter_existing(id);
        id
    }

    pub(super) fn exit(&mut self) {
        self.stack.pop();
        if let Some(&outer) = self.stack.last() {
            self.current = outer;
        }
    }

    pub(super) fn mangled(&self, scope: ScopeId, name: &Rc<str>) -> Rc<str> {
        self.table.mangle_in(scope, self.private.as_ref(), name)
    }

    pub(super) fn lookup(&self, scope: ScopeId, name: &Rc<str>) -> u16 {
        self.table.get(scope).symbols.uses(&self.mangled(scope, name))
    }

    pub(super) fn add(&mut self, name: &Rc<str>, flag: u16, range: Range) -> Result<()> {
        if flag & uses::TYPE_PARAM != 0
            && let Some(names) = &self.table.get(self.current).mangled_names
        {
            names.borrow_mut().push(name.clone());
        }
        self.add_in(self.current, name, flag, range)
    }

    pub(super) fn add_in(&mut self, id: ScopeId, name: &Rc<str>, flag: u16, range: Range) -> Result<()> {
        let mangled = self.mangled(id, name);
        let scope = self.table.get_mut(id);
        let in_target = scope.in_target;
        let symbol = scope.symbols.entry(&mangled);
        if flag & symbol.uses & uses::PARAM != 0 {
            return fault(format!("duplicate argument '{name}' in function definition"), range);
        }
        if flag & symbol.uses & uses::TYPE_PARAM != 0 {
            return fault(format!("duplicate type parameter '{name}'"), range);
        }
        symbol.uses |= flag;
        if in_target {
            // An iteration variable; later assignment expressions check against it.
            if symbol.uses & (uses::GLOBAL | uses::NONLOCAL) != 0 {
                let message = "comprehension inner loop cannot rebind assignment expression target";
                return fault(format!("{message} '{name}'"), range);
            }
            symbol.uses |= uses::COMP_ITER;
        }
        if flag & uses::PARAM != 0 {
            scope.parameters.push(mangled);
        } else if flag & uses::GLOBAL != 0 {
            self.table.get_mut(ScopeId(0)).symbols.entry(&mangled).uses |= flag;
        }
        Ok(())
    }

    pub(super) fn record_directive(&mut self, name: &Rc<str>, range: Range) {
        let mangled = self.mangled(self.current, name);
        self.scope().directives.push((mangled, range));
    }

    pub(super) fn statements(&mut self, body: &[Stmt]) -> Result<()> {
        body.iter().try_for_each(|s| self.statement(s))
    }

    fn statement(&mut self, s: &Stmt) -> Result<()> {
        self.depth += 1;
        if self.depth > self.max_nesting {
            return Err(Box::new(Fault::recursion(s.range)));
        }
        let result = self.statement_inner(s);
        self.depth -= 1;
        result
    }

    fn statement_inner(&mut self, s: &Stmt) -> Result<()> {
        match &s.kind {
            StmtKind::FunctionDef(f) => self.function_def(f, s.range),
            StmtKind::ClassDef(c) => self.class_def(c, s.range),
            StmtKind::TypeAlias(t) => self.type_alias(t, s.range),
            StmtKind::Return { value } => self.optional(value.as_deref()),
            StmtKind::Delete { targets } => {
                targets.iter().for_each(|t| self.mark_deleted(t));
                self.expressions(targets)
            }
            StmtKind::Assign { targets, value } => {
                self.expressions(targets)?;
                self.expression(value)
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expression(target)?;
                self.expression(value)
            }
            StmtKind::AnnAssign(a) => self.ann_assign(a, s.range),
            StmtKind::For(f) => {
                self.expression(&f.target)?;
                self.expression(&f.iter)?;
                self.statements(&f.body)?;
                self.statements(&f.orelse)
            }
            StmtKind::While(w) => {
                self.expression(&w.test)?;
                self.statements(&w.body)?;
                self.statements(&w.orelse)
            }
            StmtKind::If(_) => self.if_chain(s),
            StmtKind::With(w) => {
                for item in &w.items {
                    self.expression(&item.context_expr)?;
                    self.optional(item.optional_vars.as_ref())?;
                }
                self.statements(&w.body)
            }
            StmtKind::Match(m) => {
                self.expression(&m.subject)?;
                for case in &m.cases {
                    self.pattern(&case.pattern)?;
                    self.optional(case.guard.as_ref())?;
                    self.statements(&case.body)?;
                }
                Ok(())
            }
            StmtKind::Raise { exc, cause } => {
                self.optional(exc.as_deref())?;
                self.optional(cause.as_deref())
            }
            StmtKind::Try(t) => {
                self.statements(&t.body)?;
                self.statements(&t.orelse)?;
                for handler in &t.handlers {
                    self.optional(handler.type_.as_ref())?;
                    if let Some(name) = &handler.name {
                        self.add(name, uses::LOCAL, handler.range)?;
                        self.mark_name_deleted(name);
                    }
                    self.statements(&handler.body)?;
                }
                self.statements(&t.finalbody)
            }
            StmtKind::Assert { test, msg } => {
                self.expression(test)?;
                self.optional(msg.as_deref())
            }
            StmtKind::Import { names } => names.iter().try_for_each(|a| self.alias(a)),
            StmtKind::ImportFrom(i) => i.names.iter().try_for_each(|a| self.alias(a)),
            StmtKind::Global { names } => self.directive(names, uses::GLOBAL, s.range),
            StmtKind::Nonlocal { names } => self.directive(names, uses::NONLOCAL, s.range),
            StmtKind::Expr { value } => self.expression(value),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
        }
    }

    /// An `if` with its `elif`s, which nest in the tree but not in the source.
    fn if_chain(&mut self, s: &Stmt) -> Result<()> {
        let mut next = s;
        while let StmtKind::If(i) = &next.kind {
            self.expression(&i.test)?;
            self.statements(&i.body)?;
            match i.orelse.as_slice() {
                [only] if matches!(only.kind, StmtKind::If(_)) => next = only,
                other => return self.statements(other),
            }
        }
        Ok(())
    }

    fn mark_deleted(&mut self, target: &ast::Expr) {
        match &target.kind {
            ExprKind::Name { id, .. } => self.mark_name_deleted(id),
            ExprKind::Tuple { elts, .. } | ExprKind::List { elts, .. } => {
                elts.iter().for_each(|e| self.mark_deleted(e));
            }
            _ => {}
        }
    }

    fn mark_name_deleted(&mut self, name: &Rc<str>) {
        let mangled = self.mangled(self.current, name);
        self.scope().symbols.entry(&mangled).uses |= uses::DELETED;
    }

    fn ann_assign(&mut self, a: &ast::AnnAssign, range: Range) -> Result<()> {
        if let ExprKind::Name { id, .. } = &a.target.kind {
            let known = self.lookup(self.current, id);
            if known & (uses::GLOBAL | uses::NONLOCAL) != 0 && self.current != ScopeId(0) && a.simple {
                let what = if known & uses::GLOBAL != 0 { "global" } else { "nonlocal" };
                return fault(format!("annotated name '{id}' can't be {what}"), range);
            }
            if a.simple {
                self.add(id, uses::ANNOTATED | uses::LOCAL, a.target.range)?;
            } else if a.value.is_some() {
                self.add(id, uses::LOCAL, a.target.range)?;
            }
        } else {
            self.expression(&a.target)?;
        }
        self.annotation(&a.annotation)?;
        self.optional(a.value.as_ref())
    }

    fn directive(&mut self, names: &[Name], flag: u16, range: Range) -> Result<()> {
        let what = if flag == uses::GLOBAL { "global" } else { "nonlocal" };
        for name in names {
            let known = self.lookup(self.current, name);
            let message = if known & uses::PARAM != 0 {
                format!("name '{name}' is parameter and {what}")
            } else if known & uses::USE != 0 {
                format!("name '{name}' is used prior to {what} declaration")
            } else if known & uses::ANNOTATED != 0 {
                format!("annotated name '{name}' can't be {what}")
            } else if known & uses::LOCAL != 0 {
                format!("name '{name}' is assigned to before {what} declaration")
            } else {
                self.add(name, flag, range)?;
                self.record_directive(name, range);
                continue;
            };
            return fault(message, range);
        }
        Ok(())
    }

    fn alias(&mut self, alias: &ast::Alias) -> Result<()> {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        if &**name == "*" {
            if self.scope().kind != ScopeKind::Module {
                return fault("import * only allowed at module level", alias.range);
            }
            return Ok(());
        }
        match name.split_once('.') {
            Some((first, _)) => self.add(&first.into(), uses::IMPORT, alias.range),
            None => self.add(name, uses::IMPORT, alias.range),
        }
    }

    /// Enters the block of a comprehension; the parts of it that belong there are visited by `visit`.
    pub(super) fn in_comprehension<T>(
        &mut self,
        node: &T,
        kind: ComprehensionKind,
        visit: impl FnOnce(&mut Builder) -> Result<()>,
    ) -> Result<()> {
        let name = match kind {
            ComprehensionKind::List => "<listcomp>",
            ComprehensionKind::Set => "<setcomp>",
            ComprehensionKind::Dict => "<dictcomp>",
            ComprehensionKind::Generator => "<genexpr>",
        };
        self.enter(name.into(), ScopeKind::Function, node, Part::Body);
        self.scope().comprehension = Some(kind);
        visit(self)?;
        let is_generator = kind == ComprehensionKind::Generator;
        self.scope().generator = is_generator;
        let coroutine = self.scope().coroutine && !is_generator;
        self.exit();
        if coroutine {
            self.scope().coroutine = true;
        }
        Ok(())
    }

    pub(super) fn in_target(&mut self, visit: impl FnOnce(&mut Builder) -> Result<()>) -> Result<()> {
        self.scope().in_target = true;
        let result = visit(self);
        self.scope().in_target = false;
        result
    }

    pub(super) fn in_iterable(&mut self, visit: impl FnOnce(&mut Builder) -> Result<()>) -> Result<()> {
        self.scope().in_iterable += 1;
        let result = visit(self);
        self.scope().in_iterable -= 1;
        result
    }

    /// Whether the current block lies inside the iterable of a comprehension.
    pub(super) fn is_in_iterable(&self) -> bool {
        self.table.get(self.current).in_iterable > 0
    }

    pub(super) fn forbid_in_annotation(&self, what: &str, range: Range) -> Result<()> {
        let scope = self.table.get(self.current);
        let place = match scope.kind {
            ScopeKind::Annotation => "an annotation",
            ScopeKind::TypeVariable => scope.info.unwrap_or("a TypeVar bound"),
            ScopeKind::TypeAlias => "a type alias",
            ScopeKind::TypeParameters => "the definition of a generic",
            _ => return Ok(()),
        };
        fault(format!("{what} cannot be used within {place}"), range)
    }
}
