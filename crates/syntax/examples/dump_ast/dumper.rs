//! The tree as `ast.dump` writes it.

use std::fmt::Write;

use ouro_syntax::SourceMap;
use ouro_syntax::ast::*;

use crate::literals;

/// The dump of a tree, with positions where a source map is given.
pub(crate) fn dump(tree: &Mod, map: Option<&SourceMap<'_>>) -> String {
    let mut dumper = Dumper { out: String::new(), map };
    match tree {
        Mod::Module { body } => dumper.node("Module", None, |n| n.list("body", body, Dumper::stmt)),
        Mod::Expression { body } => dumper.node("Expression", None, |n| n.expr("body", body)),
        Mod::Interactive { body } => {
            dumper.node("Interactive", None, |n| n.list("body", body, Dumper::stmt));
        }
    }
    dumper.out
}

struct Dumper<'a> {
    out: String,
    map: Option<&'a SourceMap<'a>>,
}

/// Writes the fields of one node.
struct Fields<'d, 'a> {
    dumper: &'d mut Dumper<'a>,
    first: bool,
}

impl<'a> Dumper<'a> {
    fn node(&mut self, name: &str, range: Option<Range>, fields: impl FnOnce(&mut Fields<'_, 'a>)) {
        self.out.push_str(name);
        self.out.push('(');
        let mut writer = Fields { dumper: self, first: true };
        fields(&mut writer);
        if let (Some(range), Some(map)) = (range, writer.dumper.map) {
            let (start, end) = map.positions(range);
            writer.text("lineno", &start.line.to_string());
            writer.text("col_offset", &start.column.to_string());
            writer.text("end_lineno", &end.line.to_string());
            writer.text("end_col_offset", &end.column.to_string());
        }
        self.out.push(')');
    }

    fn stmt(&mut self, stmt: &Stmt) {
        let range = Some(stmt.range);
        match &stmt.kind {
            StmtKind::FunctionDef(f) => {
                let name = if f.is_async { "AsyncFunctionDef" } else { "FunctionDef" };
                self.node(name, range, |n| {
                    n.name("name", &f.name);
                    n.field("args", |d| d.arguments(&f.args));
                    n.list("body", &f.body, Dumper::stmt);
                    n.list("decorator_list", &f.decorator_list, Dumper::expr);
                    n.optional("returns", f.returns.as_ref());
                    n.list("type_params", &f.type_params, Dumper::type_param);
                });
            }
            StmtKind::ClassDef(c) => self.node("ClassDef", range, |n| {
                n.name("name", &c.name);
                n.list("bases", &c.bases, Dumper::expr);
                n.list("keywords", &c.keywords, Dumper::keyword);
                n.list("body", &c.body, Dumper::stmt);
                n.list("decorator_list", &c.decorator_list, Dumper::expr);
                n.list("type_params", &c.type_params, Dumper::type_param);
            }),
            StmtKind::Return { value } => {
                self.node("Return", range, |n| n.optional("value", value.as_deref()));
            }
            StmtKind::Delete { targets } => {
                self.node("Delete", range, |n| n.list("targets", targets, Dumper::expr));
            }
            StmtKind::Assign { targets, value } => self.node("Assign", range, |n| {
                n.list("targets", targets, Dumper::expr);
                n.expr("value", value);
            }),
            StmtKind::TypeAlias(t) => self.node("TypeAlias", range, |n| {
                n.expr("name", &t.name);
                n.list("type_params", &t.type_params, Dumper::type_param);
                n.expr("value", &t.value);
            }),
            StmtKind::AugAssign { target, op, value } => self.node("AugAssign", range, |n| {
                n.expr("target", target);
                n.text("op", &format!("{op:?}()"));
                n.expr("value", value);
            }),
            StmtKind::AnnAssign(a) => self.node("AnnAssign", range, |n| {
                n.expr("target", &a.target);
                n.expr("annotation", &a.annotation);
                n.optional("value", a.value.as_ref());
                n.text("simple", if a.simple { "1" } else { "0" });
            }),
            StmtKind::For(f) => self.node(if f.is_async { "AsyncFor" } else { "For" }, range, |n| {
                n.expr("target", &f.target);
                n.expr("iter", &f.iter);
                n.list("body", &f.body, Dumper::stmt);
                n.list("orelse", &f.orelse, Dumper::stmt);
            }),
            StmtKind::While(w) => self.node("While", range, |n| {
                n.expr("test", &w.test);
                n.list("body", &w.body, Dumper::stmt);
                n.list("orelse", &w.orelse, Dumper::stmt);
            }),
            StmtKind::If(i) => self.node("If", range, |n| {
                n.expr("test", &i.test);
                n.list("body", &i.body, Dumper::stmt);
                n.list("orelse", &i.orelse, Dumper::stmt);
            }),
            StmtKind::With(w) => self.node(if w.is_async { "AsyncWith" } else { "With" }, range, |n| {
                n.list("items", &w.items, |d, item| {
                    d.node("withitem", None, |n| {
                        n.expr("context_expr", &item.context_expr);
                        n.optional("optional_vars", item.optional_vars.as_ref());
                    });
                });
                n.list("body", &w.body, Dumper::stmt);
            }),
            StmtKind::Match(m) => self.node("Match", range, |n| {
                n.expr("subject", &m.subject);
                n.list("cases", &m.cases, |d, case| {
                    d.node("match_case", None, |n| {
                        n.field("pattern", |d| d.pattern(&case.pattern));
                        n.optional("guard", case.guard.as_ref());
                        n.list("body", &case.body, Dumper::stmt);
                    });
                });
            }),
            StmtKind::Raise { exc, cause } => self.node("Raise", range, |n| {
                n.optional("exc", exc.as_deref());
                n.optional("cause", cause.as_deref());
            }),
            StmtKind::Try(t) => self.node(if t.is_star { "TryStar" } else { "Try" }, range, |n| {
                n.list("body", &t.body, Dumper::stmt);
                n.list("handlers", &t.handlers, |d, handler| {
                    d.node("ExceptHandler", Some(handler.range), |n| {
                        n.optional("type", handler.type_.as_ref());
                        n.optional_name("name", handler.name.as_ref());
                        n.list("body", &handler.body, Dumper::stmt);
                    });
                });
                n.list("orelse", &t.orelse, Dumper::stmt);
                n.list("finalbody", &t.finalbody, Dumper::stmt);
            }),
            StmtKind::Assert { test, msg } => self.node("Assert", range, |n| {
                n.expr("test", test);
                n.optional("msg", msg.as_deref());
            }),
            StmtKind::Import { names } => {
                self.node("Import", range, |n| n.list("names", names, Dumper::alias));
            }
            StmtKind::ImportFrom(i) => self.node("ImportFrom", range, |n| {
                n.optional_name("module", i.module.as_ref());
                n.list("names", &i.names, Dumper::alias);
                n.text("level", &i.level.to_string());
            }),
            StmtKind::Global { names } => self.node("Global", range, |n| n.names("names", names)),
            StmtKind::Nonlocal { names } => self.node("Nonlocal", range, |n| n.names("names", names)),
            StmtKind::Expr { value } => self.node("Expr", range, |n| n.expr("value", value)),
            StmtKind::Pass => self.node("Pass", range, |_| {}),
            StmtKind::Break => self.node("Break", range, |_| {}),
            StmtKind::Continue => self.node("Continue", range, |_| {}),
        }
    }

    fn expr(&mut self, e: &Expr) {
        let range = Some(e.range);
        match &e.kind {
            ExprKind::BoolOp { op, values } => self.node("BoolOp", range, |n| {
                n.text("op", &format!("{op:?}()"));
                n.list("values", values, Dumper::expr);
            }),
            ExprKind::NamedExpr(e) => self.node("NamedExpr", range, |n| {
                n.expr("target", &e.target);
                n.expr("value", &e.value);
            }),
            ExprKind::BinOp(e) => self.node("BinOp", range, |n| {
                n.expr("left", &e.left);
                n.text("op", &format!("{:?}()", e.op));
                n.expr("right", &e.right);
            }),
            ExprKind::UnaryOp { op, operand } => self.node("UnaryOp", range, |n| {
                n.text("op", &format!("{op:?}()"));
                n.expr("operand", operand);
            }),
            ExprKind::Lambda(e) => self.node("Lambda", range, |n| {
                n.field("args", |d| d.arguments(&e.args));
                n.expr("body", &e.body);
            }),
            ExprKind::IfExp(e) => self.node("IfExp", range, |n| {
                n.expr("test", &e.test);
                n.expr("body", &e.body);
                n.expr("orelse", &e.orelse);
            }),
            ExprKind::Dict(e) => self.node("Dict", range, |n| {
                n.list("keys", &e.keys, |d, key| match key {
                    Some(key) => d.expr(key),
                    None => d.out.push_str("None"),
                });
                n.list("values", &e.values, Dumper::expr);
            }),
            ExprKind::Set { elts } => self.node("Set", range, |n| n.list("elts", elts, Dumper::expr)),
            ExprKind::ListComp(e) => self.comprehension("ListComp", range, e),
            ExprKind::SetComp(e) => self.comprehension("SetComp", range, e),
            ExprKind::GeneratorExp(e) => self.comprehension("GeneratorExp", range, e),
            ExprKind::DictComp(e) => self.node("DictComp", range, |n| {
                n.expr("key", &e.key);
                n.expr("value", &e.value);
                n.list("generators", &e.generators, Dumper::generator);
            }),
            ExprKind::Await { value } => self.node("Await", range, |n| n.expr("value", value)),
            ExprKind::Yield { value } => {
                self.node("Yield", range, |n| n.optional("value", value.as_deref()));
            }
            ExprKind::YieldFrom { value } => self.node("YieldFrom", range, |n| n.expr("value", value)),
            ExprKind::Compare(e) => self.node("Compare", range, |n| {
                n.expr("left", &e.left);
                n.list("ops", &e.ops, |d, op| write!(d.out, "{op:?}()").expect("a string takes all"));
                n.list("comparators", &e.comparators, Dumper::expr);
            }),
            ExprKind::Call(e) => self.node("Call", range, |n| {
                n.expr("func", &e.func);
                n.list("args", &e.args, Dumper::expr);
                n.list("keywords", &e.keywords, Dumper::keyword);
            }),
            ExprKind::FormattedValue(e) => self.node("FormattedValue", range, |n| {
                n.expr("value", &e.value);
                n.text("conversion", &e.conversion.code().to_string());
                n.optional("format_spec", e.format_spec.as_ref());
            }),
            ExprKind::JoinedStr { values } => {
                self.node("JoinedStr", range, |n| n.list("values", values, Dumper::expr));
            }
            ExprKind::Constant { value } => self.node("Constant", range, |n| {
                n.field("value", |d| literals::constant(&mut d.out, value));
                if let Constant::Str { u_prefix: true, .. } = value {
                    n.text("kind", "'u'");
                }
            }),
            ExprKind::Attribute { value, attr, ctx } => self.node("Attribute", range, |n| {
                n.expr("value", value);
                n.name("attr", attr);
                n.text("ctx", &format!("{ctx:?}()"));
            }),
            ExprKind::Subscript(e) => self.node("Subscript", range, |n| {
                n.expr("value", &e.value);
                n.expr("slice", &e.slice);
                n.text("ctx", &format!("{:?}()", e.ctx));
            }),
            ExprKind::Starred { value, ctx } => self.node("Starred", range, |n| {
                n.expr("value", value);
                n.text("ctx", &format!("{ctx:?}()"));
            }),
            ExprKind::Name { id, ctx } => self.node("Name", range, |n| {
                n.name("id", id);
                n.text("ctx", &format!("{ctx:?}()"));
            }),
            ExprKind::List { elts, ctx } => self.node("List", range, |n| {
                n.list("elts", elts, Dumper::expr);
                n.text("ctx", &format!("{ctx:?}()"));
            }),
            ExprKind::Tuple { elts, ctx } => self.node("Tuple", range, |n| {
                n.list("elts", elts, Dumper::expr);
                n.text("ctx", &format!("{ctx:?}()"));
            }),
            ExprKind::Slice { lower, upper, step } => self.node("Slice", range, |n| {
                n.optional("lower", lower.as_deref());
                n.optional("upper", upper.as_deref());
                n.optional("step", step.as_deref());
            }),
        }
    }

    fn comprehension(&mut self, name: &str, range: Option<Range>, e: &ListComp) {
        self.node(name, range, |n| {
            n.expr("elt", &e.elt);
            n.list("generators", &e.generators, Dumper::generator);
        });
    }

    fn generator(&mut self, g: &Comprehension) {
        self.node("comprehension", None, |n| {
            n.expr("target", &g.target);
            n.expr("iter", &g.iter);
            n.list("ifs", &g.ifs, Dumper::expr);
            n.text("is_async", if g.is_async { "1" } else { "0" });
        });
    }

    fn keyword(&mut self, keyword: &Keyword) {
        self.node("keyword", Some(keyword.range), |n| {
            n.optional_name("arg", keyword.arg.as_ref());
            n.expr("value", &keyword.value);
        });
    }

    fn alias(&mut self, alias: &Alias) {
        self.node("alias", Some(alias.range), |n| {
            n.name("name", &alias.name);
            n.optional_name("asname", alias.asname.as_ref());
        });
    }

    fn arguments(&mut self, args: &Arguments) {
        self.node("arguments", None, |n| {
            n.list("posonlyargs", &args.posonlyargs, Dumper::arg);
            n.list("args", &args.args, Dumper::arg);
            if let Some(arg) = &args.vararg {
                n.field("vararg", |d| d.arg(arg));
            }
            n.list("kwonlyargs", &args.kwonlyargs, Dumper::arg);
            n.list("kw_defaults", &args.kw_defaults, |d, default| match default {
                Some(default) => d.expr(default),
                None => d.out.push_str("None"),
            });
            if let Some(arg) = &args.kwarg {
                n.field("kwarg", |d| d.arg(arg));
            }
            n.list("defaults", &args.defaults, Dumper::expr);
        });
    }

    fn arg(&mut self, arg: &Arg) {
        self.node("arg", Some(arg.range), |n| {
            n.name("arg", &arg.arg);
            n.optional("annotation", arg.annotation.as_ref());
        });
    }

    fn type_param(&mut self, param: &TypeParam) {
        let range = Some(param.range);
        match &param.kind {
            TypeParamKind::TypeVar { name, bound, default_value } => self.node("TypeVar", range, |n| {
                n.name("name", name);
                n.optional("bound", bound.as_ref());
                n.optional("default_value", default_value.as_ref());
            }),
            TypeParamKind::ParamSpec { name, default_value } => self.node("ParamSpec", range, |n| {
                n.name("name", name);
                n.optional("default_value", default_value.as_ref());
            }),
            TypeParamKind::TypeVarTuple { name, default_value } => self.node("TypeVarTuple", range, |n| {
                n.name("name", name);
                n.optional("default_value", default_value.as_ref());
            }),
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        let range = Some(pattern.range);
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.node("MatchValue", range, |n| n.expr("value", value)),
            PatternKind::MatchSingleton { value } => self.node("MatchSingleton", range, |n| {
                n.field("value", |d| literals::constant(&mut d.out, value));
            }),
            PatternKind::MatchSequence { patterns } => {
                self.node("MatchSequence", range, |n| n.list("patterns", patterns, Dumper::pattern));
            }
            PatternKind::MatchMapping(m) => self.node("MatchMapping", range, |n| {
                n.list("keys", &m.keys, Dumper::expr);
                n.list("patterns", &m.patterns, Dumper::pattern);
                n.optional_name("rest", m.rest.as_ref());
            }),
            PatternKind::MatchClass(m) => self.node("MatchClass", range, |n| {
                n.expr("cls", &m.cls);
                n.list("patterns", &m.patterns, Dumper::pattern);
                n.names("kwd_attrs", &m.kwd_attrs);
                n.list("kwd_patterns", &m.kwd_patterns, Dumper::pattern);
            }),
            PatternKind::MatchStar { name } => {
                self.node("MatchStar", range, |n| n.optional_name("name", name.as_ref()));
            }
            PatternKind::MatchAs { pattern, name } => self.node("MatchAs", range, |n| {
                if let Some(pattern) = pattern {
                    n.field("pattern", |d| d.pattern(pattern));
                }
                n.optional_name("name", name.as_ref());
            }),
            PatternKind::MatchOr { patterns } => {
                self.node("MatchOr", range, |n| n.list("patterns", patterns, Dumper::pattern));
            }
        }
    }
}

impl<'a> Fields<'_, 'a> {
    fn field(&mut self, name: &str, value: impl FnOnce(&mut Dumper<'a>)) {
        if !self.first {
            self.dumper.out.push_str(", ");
        }
        self.first = false;
        self.dumper.out.push_str(name);
        self.dumper.out.push('=');
        value(self.dumper);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.field(name, |d| d.out.push_str(text));
    }

    fn expr(&mut self, name: &str, e: &Expr) {
        self.field(name, |d| d.expr(e));
    }

    fn optional(&mut self, name: &str, e: Option<&Expr>) {
        if let Some(e) = e {
            self.expr(name, e);
        }
    }

    fn name(&mut self, name: &str, value: &Name) {
        self.field(name, |d| d.identifier(value));
    }

    fn optional_name(&mut self, name: &str, value: Option<&Name>) {
        if let Some(value) = value {
            self.name(name, value);
        }
    }

    fn names(&mut self, name: &str, values: &[Name]) {
        self.list(name, values, |d, value| d.identifier(value));
    }

    /// A list that is not empty; empty ones are left out.
    fn list<T>(&mut self, name: &str, items: &[T], mut each: impl FnMut(&mut Dumper<'a>, &T)) {
        if items.is_empty() {
            return;
        }
        self.field(name, |d| {
            d.out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    d.out.push_str(", ");
                }
                each(d, item);
            }
            d.out.push(']');
        });
    }
}

impl Dumper<'_> {
    fn identifier(&mut self, name: &Name) {
        let value = Constant::Str { value: Wtf8::from(&**name), u_prefix: false };
        literals::constant(&mut self.out, &value);
    }
}
