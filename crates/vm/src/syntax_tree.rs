//! Syntax trees as objects: what `compile(..., flags=ast.PyCF_ONLY_AST)` gives. The classes are those of `_ast`.

use std::{cell::RefCell, collections::HashMap};

use ouro_heap::Ref;
use ouro_syntax::ast::{
    Alias, Arg, Arguments, BoolOp, CmpOp, Comprehension, Constant, ExceptHandler, Expr, ExprContext,
    ExprKind, IntLiteral, Keyword, MatchCase, Mod, Name, Operator, Pattern, PatternKind, Range, Stmt,
    StmtKind, TypeParam, TypeParamKind, UnaryOp, WithItem,
};

use crate::{
    error::Res,
    import,
    native::Args,
    objects::{bytes, class::DowncastClass, complex, float, int, list, str},
    protocol::attribute,
    state::shared,
};

/// Makes the objects of a tree; the text is the one that its ranges are about.
pub(crate) fn object_of(tree: &Mod, text: &str) -> Res {
    let module = import::import_module("_ast")?;
    let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
    let maker = Maker { module, lines: [0].into_iter().chain(starts).collect(), simple: RefCell::default() };
    match tree {
        Mod::Module { body } => maker.node(
            "Module",
            None,
            &[("body", maker.statements(body)?), ("type_ignores", maker.list([].iter(), |_: &()| none())?)],
        ),
        Mod::Expression { body } => maker.node("Expression", None, &[("body", maker.expression(body)?)]),
        Mod::Interactive { body } => maker.node("Interactive", None, &[("body", maker.statements(body)?)]),
    }
}

fn none() -> Res {
    Ok(shared().none.clone())
}

fn name(name: &Name) -> Ref {
    str::intern(name).into_any()
}

fn optional_name(given: Option<&Name>) -> Ref {
    given.map_or_else(|| shared().none.clone(), name)
}

fn number(value: bool) -> Ref {
    int::new(value.into())
}

struct Maker {
    module: Ref,
    /// Where each line begins.
    lines: Vec<u32>,
    /// The only instances of operators and contexts.
    simple: RefCell<HashMap<&'static str, Ref>>,
}

type Fields<'a> = &'a [(&'static str, Ref)];

impl Maker {
    fn bare(&self, kind: &str) -> Res {
        let class = attribute::get(&self.module, &str::intern(kind))?;
        let class = class.downcast_class().ok_or_else(|| crate::type_error!("ast.{kind} must be a class"))?;
        match class.slots.0.new.get() {
            Some(new) => new(class, Args::positional_only(&[])),
            None => Err(crate::type_error!("cannot create 'ast.{kind}' instances")),
        }
    }

    fn node(&self, kind: &'static str, range: Option<Range>, fields: Fields) -> Res {
        let made = self.bare(kind)?;
        for (field, value) in fields {
            attribute::set(&made, &str::intern(field), value)?;
        }
        if let Some(range) = range {
            for (offset, line, column) in
                [(range.start, "lineno", "col_offset"), (range.end, "end_lineno", "end_col_offset")]
            {
                let row = self.lines.partition_point(|&start| start <= offset);
                let start = self.lines[row - 1];
                attribute::set(&made, &str::intern(line), &int::from_usize(row))?;
                attribute::set(&made, &str::intern(column), &int::new((offset - start).into()))?;
            }
        }
        Ok(made)
    }

    /// An operator or a context: one object for all its places.
    fn single(&self, kind: &'static str) -> Res {
        if let Some(known) = self.simple.borrow().get(kind) {
            return Ok(known.clone());
        }
        let made = self.bare(kind)?;
        self.simple.borrow_mut().insert(kind, made.clone());
        Ok(made)
    }

    fn list<'a, T: 'a>(&self, items: impl Iterator<Item = &'a T>, make: impl Fn(&'a T) -> Res) -> Res {
        list::object_from_vec(items.map(make).collect::<Res<_>>()?)
    }

    fn statements(&self, body: &[Stmt]) -> Res {
        self.list(body.iter(), |statement| self.statement(statement))
    }

    fn expressions(&self, items: &[Expr]) -> Res {
        self.list(items.iter(), |item| self.expression(item))
    }

    fn optional(&self, item: Option<&Expr>) -> Res {
        item.map_or_else(none, |item| self.expression(item))
    }

    fn names(&self, names: &[Name]) -> Res {
        self.list(names.iter(), |one| Ok(name(one)))
    }

    fn aliases(&self, names: &[Alias]) -> Res {
        self.list(names.iter(), |alias| {
            let fields = [("name", name(&alias.name)), ("asname", optional_name(alias.asname.as_ref()))];
            self.node("alias", Some(alias.range), &fields)
        })
    }

    fn type_params(&self, params: &[TypeParam]) -> Res {
        self.list(params.iter(), |param| {
            let at = Some(param.range);
            match &param.kind {
                TypeParamKind::TypeVar { name: id, bound, default_value } => self.node(
                    "TypeVar",
                    at,
                    &[
                        ("name", name(id)),
                        ("bound", self.optional(bound.as_ref())?),
                        ("default_value", self.optional(default_value.as_ref())?),
                    ],
                ),
                TypeParamKind::ParamSpec { name: id, default_value } => self.node(
                    "ParamSpec",
                    at,
                    &[("name", name(id)), ("default_value", self.optional(default_value.as_ref())?)],
                ),
                TypeParamKind::TypeVarTuple { name: id, default_value } => self.node(
                    "TypeVarTuple",
                    at,
                    &[("name", name(id)), ("default_value", self.optional(default_value.as_ref())?)],
                ),
            }
        })
    }

    fn statement(&self, statement: &Stmt) -> Res {
        let at = Some(statement.range);
        let no_comment = || ("type_comment", shared().none.clone());
        match &statement.kind {
            StmtKind::FunctionDef(def) => self.node(
                if def.is_async { "AsyncFunctionDef" } else { "FunctionDef" },
                at,
                &[
                    ("name", name(&def.name)),
                    ("args", self.arguments(&def.args)?),
                    ("body", self.statements(&def.body)?),
                    ("decorator_list", self.expressions(&def.decorator_list)?),
                    ("returns", self.optional(def.returns.as_ref())?),
                    no_comment(),
                    ("type_params", self.type_params(&def.type_params)?),
                ],
            ),
            StmtKind::ClassDef(def) => self.node(
                "ClassDef",
                at,
                &[
                    ("name", name(&def.name)),
                    ("bases", self.expressions(&def.bases)?),
                    ("keywords", self.keywords(&def.keywords)?),
                    ("body", self.statements(&def.body)?),
                    ("decorator_list", self.expressions(&def.decorator_list)?),
                    ("type_params", self.type_params(&def.type_params)?),
                ],
            ),
            StmtKind::Return { value } => {
                self.node("Return", at, &[("value", self.optional(value.as_deref())?)])
            }
            StmtKind::Delete { targets } => {
                self.node("Delete", at, &[("targets", self.expressions(targets)?)])
            }
            StmtKind::Assign { targets, value } => self.node(
                "Assign",
                at,
                &[("targets", self.expressions(targets)?), ("value", self.expression(value)?), no_comment()],
            ),
            StmtKind::TypeAlias(alias) => self.node(
                "TypeAlias",
                at,
                &[
                    ("name", self.expression(&alias.name)?),
                    ("type_params", self.type_params(&alias.type_params)?),
                    ("value", self.expression(&alias.value)?),
                ],
            ),
            StmtKind::AugAssign { target, op, value } => self.node(
                "AugAssign",
                at,
                &[
                    ("target", self.expression(target)?),
                    ("op", self.single(operator(*op))?),
                    ("value", self.expression(value)?),
                ],
            ),
            StmtKind::AnnAssign(assign) => self.node(
                "AnnAssign",
                at,
                &[
                    ("target", self.expression(&assign.target)?),
                    ("annotation", self.expression(&assign.annotation)?),
                    ("value", self.optional(assign.value.as_ref())?),
                    ("simple", number(assign.simple)),
                ],
            ),
            StmtKind::For(each) => self.node(
                if each.is_async { "AsyncFor" } else { "For" },
                at,
                &[
                    ("target", self.expression(&each.target)?),
                    ("iter", self.expression(&each.iter)?),
                    ("body", self.statements(&each.body)?),
                    ("orelse", self.statements(&each.orelse)?),
                    no_comment(),
                ],
            ),
            StmtKind::While(node) => self.node(
                "While",
                at,
                &[
                    ("test", self.expression(&node.test)?),
                    ("body", self.statements(&node.body)?),
                    ("orelse", self.statements(&node.orelse)?),
                ],
            ),
            StmtKind::If(node) => self.node(
                "If",
                at,
                &[
                    ("test", self.expression(&node.test)?),
                    ("body", self.statements(&node.body)?),
                    ("orelse", self.statements(&node.orelse)?),
                ],
            ),
            StmtKind::With(with) => self.node(
                if with.is_async { "AsyncWith" } else { "With" },
                at,
                &[
                    ("items", self.list(with.items.iter(), |item| self.with_item(item))?),
                    ("body", self.statements(&with.body)?),
                    no_comment(),
                ],
            ),
            StmtKind::Match(node) => self.node(
                "Match",
                at,
                &[
                    ("subject", self.expression(&node.subject)?),
                    ("cases", self.list(node.cases.iter(), |case| self.case(case))?),
                ],
            ),
            StmtKind::Raise { exc, cause } => self.node(
                "Raise",
                at,
                &[("exc", self.optional(exc.as_deref())?), ("cause", self.optional(cause.as_deref())?)],
            ),
            StmtKind::Try(node) => self.node(
                if node.is_star { "TryStar" } else { "Try" },
                at,
                &[
                    ("body", self.statements(&node.body)?),
                    ("handlers", self.list(node.handlers.iter(), |handler| self.handler(handler))?),
                    ("orelse", self.statements(&node.orelse)?),
                    ("finalbody", self.statements(&node.finalbody)?),
                ],
            ),
            StmtKind::Assert { test, msg } => self.node(
                "Assert",
                at,
                &[("test", self.expression(test)?), ("msg", self.optional(msg.as_deref())?)],
            ),
            StmtKind::Import { names } => self.node("Import", at, &[("names", self.aliases(names)?)]),
            StmtKind::ImportFrom(from) => self.node(
                "ImportFrom",
                at,
                &[
                    ("module", optional_name(from.module.as_ref())),
                    ("names", self.aliases(&from.names)?),
                    ("level", int::new(from.level.into())),
                ],
            ),
            StmtKind::Global { names } => self.node("Global", at, &[("names", self.names(names)?)]),
            StmtKind::Nonlocal { names } => self.node("Nonlocal", at, &[("names", self.names(names)?)]),
            StmtKind::Expr { value } => self.node("Expr", at, &[("value", self.expression(value)?)]),
            StmtKind::Pass => self.node("Pass", at, &[]),
            StmtKind::Break => self.node("Break", at, &[]),
            StmtKind::Continue => self.node("Continue", at, &[]),
        }
    }

    fn with_item(&self, item: &WithItem) -> Res {
        self.node(
            "withitem",
            None,
            &[
                ("context_expr", self.expression(&item.context_expr)?),
                ("optional_vars", self.optional(item.optional_vars.as_ref())?),
            ],
        )
    }

    fn case(&self, case: &MatchCase) -> Res {
        self.node(
            "match_case",
            None,
            &[
                ("pattern", self.pattern(&case.pattern)?),
                ("guard", self.optional(case.guard.as_ref())?),
                ("body", self.statements(&case.body)?),
            ],
        )
    }

    fn handler(&self, handler: &ExceptHandler) -> Res {
        self.node(
            "ExceptHandler",
            Some(handler.range),
            &[
                ("type", self.optional(handler.type_.as_ref())?),
                ("name", optional_name(handler.name.as_ref())),
                ("body", self.statements(&handler.body)?),
            ],
        )
    }

    fn keywords(&self, keywords: &[Keyword]) -> Res {
        self.list(keywords.iter(), |keyword| {
            let fields =
                [("arg", optional_name(keyword.arg.as_ref())), ("value", self.expression(&keyword.value)?)];
            self.node("keyword", Some(keyword.range), &fields)
        })
    }

    fn argument(&self, arg: &Arg) -> Res {
        let fields = [
            ("arg", name(&arg.arg)),
            ("annotation", self.optional(arg.annotation.as_ref())?),
            ("type_comment", shared().none.clone()),
        ];
        self.node("arg", Some(arg.range), &fields)
    }

    fn arguments(&self, arguments: &Arguments) -> Res {
        let several = |args: &[Arg]| -> Res { self.list(args.iter(), |arg| self.argument(arg)) };
        let one = |arg: &Option<Box<Arg>>| arg.as_deref().map_or_else(none, |arg| self.argument(arg));
        self.node(
            "arguments",
            None,
            &[
                ("posonlyargs", several(&arguments.posonlyargs)?),
                ("args", several(&arguments.args)?),
                ("vararg", one(&arguments.vararg)?),
                ("kwonlyargs", several(&arguments.kwonlyargs)?),
                (
                    "kw_defaults",
                    self.list(arguments.kw_defaults.iter(), |item| self.optional(item.as_ref()))?,
                ),
                ("kwarg", one(&arguments.kwarg)?),
                ("defaults", self.expressions(&arguments.defaults)?),
            ],
        )
    }

    fn generators(&self, generators: &[Comprehension]) -> Res {
        self.list(generators.iter(), |each| {
            self.node(
                "comprehension",
                None,
                &[
                    ("target", self.expression(&each.target)?),
                    ("iter", self.expression(&each.iter)?),
                    ("ifs", self.expressions(&each.ifs)?),
                    ("is_async", number(each.is_async)),
                ],
            )
        })
    }

    fn context(&self, context: ExprContext) -> Res<(&'static str, Ref)> {
        let kind = match context {
            ExprContext::Load => "Load",
            ExprContext::Store => "Store",
            ExprContext::Del => "Del",
        };
        Ok(("ctx", self.single(kind)?))
    }

    fn constant(&self, constant: &Constant) -> Res {
        Ok(match constant {
            Constant::None => shared().none.clone(),
            Constant::True => shared().true_.clone(),
            Constant::False => shared().false_.clone(),
            Constant::Ellipsis => shared().ellipsis.clone(),
            Constant::Int(IntLiteral::Small(value)) => int::new(*value),
            Constant::Int(IntLiteral::Big { radix, digits }) => {
                let value = dashu_int::IBig::from_str_radix(digits, u32::from(*radix))
                    .map_err(|_| crate::value_error!("invalid integer constant"))?;
                int::from_big(value)
            }
            Constant::Float(value) => float::new(*value),
            Constant::Imaginary(value) => complex::new(0.0, *value),
            Constant::Str { value, .. } => str::from_wtf8(value.as_bytes()).into_any(),
            Constant::Bytes(data) => bytes::try_new(data)?.into_any(),
        })
    }

    fn expression(&self, expression: &Expr) -> Res {
        let at = Some(expression.range);
        match &expression.kind {
            ExprKind::BoolOp { op, values } => {
                let op = if *op == BoolOp::And { "And" } else { "Or" };
                self.node("BoolOp", at, &[("op", self.single(op)?), ("values", self.expressions(values)?)])
            }
            ExprKind::NamedExpr(node) => self.node(
                "NamedExpr",
                at,
                &[("target", self.expression(&node.target)?), ("value", self.expression(&node.value)?)],
            ),
            ExprKind::BinOp(node) => self.node(
                "BinOp",
                at,
                &[
                    ("left", self.expression(&node.left)?),
                    ("op", self.single(operator(node.op))?),
                    ("right", self.expression(&node.right)?),
                ],
            ),
            ExprKind::UnaryOp { op, operand } => {
                let op = match op {
                    UnaryOp::Invert => "Invert",
                    UnaryOp::Not => "Not",
                    UnaryOp::UAdd => "UAdd",
                    UnaryOp::USub => "USub",
                };
                self.node("UnaryOp", at, &[("op", self.single(op)?), ("operand", self.expression(operand)?)])
            }
            ExprKind::Lambda(node) => self.node(
                "Lambda",
                at,
                &[("args", self.arguments(&node.args)?), ("body", self.expression(&node.body)?)],
            ),
            ExprKind::IfExp(node) => self.node(
                "IfExp",
                at,
                &[
                    ("test", self.expression(&node.test)?),
                    ("body", self.expression(&node.body)?),
                    ("orelse", self.expression(&node.orelse)?),
                ],
            ),
            ExprKind::Dict(node) => self.node(
                "Dict",
                at,
                &[
                    ("keys", self.list(node.keys.iter(), |key| self.optional(key.as_ref()))?),
                    ("values", self.expressions(&node.values)?),
                ],
            ),
            ExprKind::Set { elts } => self.node("Set", at, &[("elts", self.expressions(elts)?)]),
            ExprKind::ListComp(node) | ExprKind::SetComp(node) | ExprKind::GeneratorExp(node) => {
                let kind = match &expression.kind {
                    ExprKind::ListComp(_) => "ListComp",
                    ExprKind::SetComp(_) => "SetComp",
                    _ => "GeneratorExp",
                };
                self.node(
                    kind,
                    at,
                    &[
                        ("elt", self.expression(&node.elt)?),
                        ("generators", self.generators(&node.generators)?),
                    ],
                )
            }
            ExprKind::DictComp(node) => self.node(
                "DictComp",
                at,
                &[
                    ("key", self.expression(&node.key)?),
                    ("value", self.expression(&node.value)?),
                    ("generators", self.generators(&node.generators)?),
                ],
            ),
            ExprKind::Await { value } => self.node("Await", at, &[("value", self.expression(value)?)]),
            ExprKind::Yield { value } => {
                self.node("Yield", at, &[("value", self.optional(value.as_deref())?)])
            }
            ExprKind::YieldFrom { value } => {
                self.node("YieldFrom", at, &[("value", self.expression(value)?)])
            }
            ExprKind::Compare(node) => self.node(
                "Compare",
                at,
                &[
                    ("left", self.expression(&node.left)?),
                    ("ops", self.list(node.ops.iter(), |op| self.single(comparison(*op)))?),
                    ("comparators", self.expressions(&node.comparators)?),
                ],
            ),
            ExprKind::Call(node) => self.node(
                "Call",
                at,
                &[
                    ("func", self.expression(&node.func)?),
                    ("args", self.expressions(&node.args)?),
                    ("keywords", self.keywords(&node.keywords)?),
                ],
            ),
            ExprKind::FormattedValue(node) => self.node(
                "FormattedValue",
                at,
                &[
                    ("value", self.expression(&node.value)?),
                    ("conversion", int::new(node.conversion.code().into())),
                    ("format_spec", self.optional(node.format_spec.as_ref())?),
                ],
            ),
            ExprKind::JoinedStr { values } => {
                self.node("JoinedStr", at, &[("values", self.expressions(values)?)])
            }
            ExprKind::Constant { value } => {
                let kind = match value {
                    Constant::Str { u_prefix: true, .. } => str::intern("u").into_any(),
                    _ => shared().none.clone(),
                };
                self.node("Constant", at, &[("value", self.constant(value)?), ("kind", kind)])
            }
            ExprKind::Attribute { value, attr, ctx } => self.node(
                "Attribute",
                at,
                &[("value", self.expression(value)?), ("attr", name(attr)), self.context(*ctx)?],
            ),
            ExprKind::Subscript(node) => self.node(
                "Subscript",
                at,
                &[
                    ("value", self.expression(&node.value)?),
                    ("slice", self.expression(&node.slice)?),
                    self.context(node.ctx)?,
                ],
            ),
            ExprKind::Starred { value, ctx } => {
                self.node("Starred", at, &[("value", self.expression(value)?), self.context(*ctx)?])
            }
            ExprKind::Name { id, ctx } => self.node("Name", at, &[("id", name(id)), self.context(*ctx)?]),
            ExprKind::List { elts, ctx } => {
                self.node("List", at, &[("elts", self.expressions(elts)?), self.context(*ctx)?])
            }
            ExprKind::Tuple { elts, ctx } => {
                self.node("Tuple", at, &[("elts", self.expressions(elts)?), self.context(*ctx)?])
            }
            ExprKind::Slice { lower, upper, step } => self.node(
                "Slice",
                at,
                &[
                    ("lower", self.optional(lower.as_deref())?),
                    ("upper", self.optional(upper.as_deref())?),
                    ("step", self.optional(step.as_deref())?),
                ],
            ),
        }
    }

    fn patterns(&self, patterns: &[Pattern]) -> Res {
        self.list(patterns.iter(), |pattern| self.pattern(pattern))
    }

    fn pattern(&self, pattern: &Pattern) -> Res {
        let at = Some(pattern.range);
        match &pattern.kind {
            PatternKind::MatchValue { value } => {
                self.node("MatchValue", at, &[("value", self.expression(value)?)])
            }
            PatternKind::MatchSingleton { value } => {
                self.node("MatchSingleton", at, &[("value", self.constant(value)?)])
            }
            PatternKind::MatchSequence { patterns } => {
                self.node("MatchSequence", at, &[("patterns", self.patterns(patterns)?)])
            }
            PatternKind::MatchMapping(node) => self.node(
                "MatchMapping",
                at,
                &[
                    ("keys", self.expressions(&node.keys)?),
                    ("patterns", self.patterns(&node.patterns)?),
                    ("rest", optional_name(node.rest.as_ref())),
                ],
            ),
            PatternKind::MatchClass(node) => self.node(
                "MatchClass",
                at,
                &[
                    ("cls", self.expression(&node.cls)?),
                    ("patterns", self.patterns(&node.patterns)?),
                    ("kwd_attrs", self.names(&node.kwd_attrs)?),
                    ("kwd_patterns", self.patterns(&node.kwd_patterns)?),
                ],
            ),
            PatternKind::MatchStar { name } => {
                self.node("MatchStar", at, &[("name", optional_name(name.as_ref()))])
            }
            PatternKind::MatchAs { pattern, name } => self.node(
                "MatchAs",
                at,
                &[
                    ("pattern", pattern.as_deref().map_or_else(none, |pattern| self.pattern(pattern))?),
                    ("name", optional_name(name.as_ref())),
                ],
            ),
            PatternKind::MatchOr { patterns } => {
                self.node("MatchOr", at, &[("patterns", self.patterns(patterns)?)])
            }
        }
    }
}

fn operator(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "Add",
        Operator::Sub => "Sub",
        Operator::Mult => "Mult",
        Operator::MatMult => "MatMult",
        Operator::Div => "Div",
        Operator::Mod => "Mod",
        Operator::Pow => "Pow",
        Operator::LShift => "LShift",
        Operator::RShift => "RShift",
        Operator::BitOr => "BitOr",
        Operator::BitXor => "BitXor",
        Operator::BitAnd => "BitAnd",
        Operator::FloorDiv => "FloorDiv",
    }
}

fn comparison(operator: CmpOp) -> &'static str {
    match operator {
        CmpOp::Eq => "Eq",
        CmpOp::NotEq => "NotEq",
        CmpOp::Lt => "Lt",
        CmpOp::LtE => "LtE",
        CmpOp::Gt => "Gt",
        CmpOp::GtE => "GtE",
        CmpOp::Is => "Is",
        CmpOp::IsNot => "IsNot",
        CmpOp::In => "In",
        CmpOp::NotIn => "NotIn",
    }
}
