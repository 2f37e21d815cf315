//! Expressions as text, for annotations under `from __future__ import annotations`.
//!
//! The rules for parentheses and quotes are those of CPython's `ast_unparse.c`.

use ouro_syntax::ast::{
    self, Arguments, BoolOp, CmpOp, Comprehension, Constant, Conversion, Expr, ExprKind, IntLiteral,
    Operator, UnaryOp,
};

/// Binding strength, weakest first.
const TUPLE: u8 = 0;
const TEST: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const NOT: u8 = 4;
const COMPARE: u8 = 5;
const EXPR: u8 = 6;
const BOR: u8 = EXPR;
const BXOR: u8 = 7;
const BAND: u8 = 8;
const SHIFT: u8 = 9;
const ARITH: u8 = 10;
const TERM: u8 = 11;
const FACTOR: u8 = 12;
const POWER: u8 = 13;
const AWAIT: u8 = 14;
const ATOM: u8 = 15;

/// The text of an expression, in WTF-8.
pub(super) fn unparse(e: &Expr) -> Vec<u8> {
    let mut writer = Writer { out: Vec::new() };
    writer.expr(e, TEST);
    writer.out
}

struct Writer {
    out: Vec<u8>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn parenthesised(&mut self, condition: bool, write: impl FnOnce(&mut Self)) {
        if condition {
            self.text("(");
        }
        write(self);
        if condition {
            self.text(")");
        }
    }

    fn list(&mut self, elts: &[Expr], level: u8) {
        for (i, e) in elts.iter().enumerate() {
            if i > 0 {
                self.text(", ");
            }
            self.expr(e, level);
        }
    }

    fn expr(&mut self, e: &Expr, level: u8) {
        match &e.kind {
            ExprKind::BoolOp { op, values } => {
                let (own, word) = if *op == BoolOp::And { (AND, " and ") } else { (OR, " or ") };
                self.parenthesised(level > own, |w| {
                    for (i, value) in values.iter().enumerate() {
                        if i > 0 {
                            w.text(word);
                        }
                        w.expr(value, own + 1);
                    }
                });
            }
            ExprKind::NamedExpr(n) => self.parenthesised(level > TUPLE, |w| {
                w.expr(&n.target, ATOM);
                w.text(" := ");
                w.expr(&n.value, ATOM);
            }),
            ExprKind::BinOp(b) => {
                let (word, own, right_first) = operator(b.op);
                self.parenthesised(level > own, |w| {
                    w.expr(&b.left, own + u8::from(right_first));
                    w.text(word);
                    w.expr(&b.right, own + u8::from(!right_first));
                });
            }
            ExprKind::UnaryOp { op, operand } => {
                let (word, own) = match op {
                    UnaryOp::Invert => ("~", FACTOR),
                    UnaryOp::Not => ("not ", NOT),
                    UnaryOp::UAdd => ("+", FACTOR),
                    UnaryOp::USub => ("-", FACTOR),
                };
                self.parenthesised(level > own, |w| {
                    w.text(word);
                    w.expr(operand, own);
                });
            }
            ExprKind::Lambda(l) => self.parenthesised(level > TEST, |w| {
                // CPython leaves no space in front of a star.
                let positional = !l.args.posonlyargs.is_empty() || !l.args.args.is_empty();
                w.text(if positional { "lambda " } else { "lambda" });
                w.arguments(&l.args);
                w.text(": ");
                w.expr(&l.body, TEST);
            }),
            ExprKind::IfExp(i) => self.parenthesised(level > TEST, |w| {
                w.expr(&i.body, TEST + 1);
                w.text(" if ");
                w.expr(&i.test, TEST + 1);
                w.text(" else ");
                w.expr(&i.orelse, TEST);
            }),
            ExprKind::Dict(d) => {
                self.text("{");
                for (i, (key, value)) in d.keys.iter().zip(&d.values).enumerate() {
                    if i > 0 {
                        self.text(", ");
                    }
                    match key {
                        Some(key) => {
                            self.expr(key, TEST);
                            self.text(": ");
                            self.expr(value, TEST);
                        }
                        None => {
                            self.text("**");
                            self.expr(value, EXPR);
                        }
                    }
                }
                self.text("}");
            }
            ExprKind::Set { elts } => {
                self.text("{");
                self.list(elts, TEST);
                self.text("}");
            }
            ExprKind::List { elts, .. } => {
                self.text("[");
                self.list(elts, TEST);
                self.text("]");
            }
            ExprKind::Tuple { elts, .. } => {
                if elts.is_empty() {
                    return self.text("()");
                }
                self.parenthesised(level > TUPLE, |w| {
                    w.list(elts, TEST);
                    if elts.len() == 1 {
                        w.text(",");
                    }
                });
            }
            ExprKind::ListComp(c) => self.comprehension("[", &[&c.elt], &c.generators, "]"),
            ExprKind::SetComp(c) => self.comprehension("{", &[&c.elt], &c.generators, "}"),
            ExprKind::GeneratorExp(c) => self.comprehension("(", &[&c.elt], &c.generators, ")"),
            ExprKind::DictComp(c) => self.comprehension("{", &[&c.key, &c.value], &c.generators, "}"),
            ExprKind::Await { value } => self.parenthesised(level > AWAIT, |w| {
                w.text("await ");
                w.expr(value, ATOM);
            }),
            ExprKind::Yield { value } => {
                self.text("(yield");
                if let Some(value) = value {
                    self.text(" ");
                    self.expr(value, TUPLE);
                }
                self.text(")");
            }
            ExprKind::YieldFrom { value } => {
                self.text("(yield from ");
                self.expr(value, TEST);
                self.text(")");
            }
            ExprKind::Compare(c) => self.parenthesised(level > COMPARE, |w| {
                w.expr(&c.left, COMPARE + 1);
                for (op, right) in c.ops.iter().zip(&c.comparators) {
                    w.text(comparison(*op));
                    w.expr(right, COMPARE + 1);
                }
            }),
            ExprKind::Call(c) => self.call(c),
            ExprKind::FormattedValue(_) | ExprKind::JoinedStr { .. } => {
                let mut body = Writer { out: Vec::new() };
                body.joined(e);
                self.text("f");
                self.quoted(&body.out, true);
            }
            ExprKind::Constant { value } => self.constant(value),
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value, ATOM);
                let is_int = matches!(&value.kind, ExprKind::Constant { value: Constant::Int(_) });
                self.text(if is_int { " ." } else { "." });
                self.text(attr);
            }
            ExprKind::Subscript(s) => {
                self.expr(&s.value, ATOM);
                self.text("[");
                self.expr(&s.slice, TUPLE);
                self.text("]");
            }
            ExprKind::Starred { value, .. } => {
                self.text("*");
                self.expr(value, EXPR);
            }
            ExprKind::Name { id, .. } => self.text(id),
            ExprKind::Slice { lower, upper, step } => {
                if let Some(lower) = lower {
                    self.expr(lower, TEST);
                }
                self.text(":");
                if let Some(upper) = upper {
                    self.expr(upper, TEST);
                }
                if let Some(step) = step {
                    self.text(":");
                    self.expr(step, TEST);
                }
            }
        }
    }

    fn call(&mut self, c: &ast::Call) {
        self.expr(&c.func, ATOM);
        if let ([only @ Expr { kind: ExprKind::GeneratorExp(_), .. }], []) =
            (c.args.as_slice(), c.keywords.as_slice())
        {
            // The generator brings its own parentheses.
            return self.expr(only, ATOM);
        }
        self.text("(");
        self.list(&c.args, TEST);
        for (i, keyword) in c.keywords.iter().enumerate() {
            if i > 0 || !c.args.is_empty() {
                self.text(", ");
            }
            match &keyword.arg {
                Some(name) => {
                    self.text(name);
                    self.text("=");
                }
                None => self.text("**"),
            }
            self.expr(&keyword.value, TEST);
        }
        self.text(")");
    }

    fn comprehension(&mut self, open: &str, elements: &[&Expr], generators: &[Comprehension], close: &str) {
        self.text(open);
        for (i, e) in elements.iter().enumerate() {
            if i > 0 {
                self.text(": ");
            }
            self.expr(e, TEST);
        }
        for generator in generators {
            self.text(if generator.is_async { " async for " } else { " for " });
            self.expr(&generator.target, TUPLE);
            self.text(" in ");
            self.expr(&generator.iter, TEST + 1);
            for test in &generator.ifs {
                self.text(" if ");
                self.expr(test, TEST + 1);
            }
        }
        self.text(close);
    }

    fn arguments(&mut self, a: &Arguments) {
        let mut first = true;
        let mut separate = |w: &mut Writer| {
            if !std::mem::take(&mut first) {
                w.text(", ");
            }
        };
        let count = a.posonlyargs.len() + a.args.len();
        for (i, parameter) in a.posonlyargs.iter().chain(&a.args).enumerate() {
            separate(self);
            self.text(&parameter.arg);
            if let Some(default) = (i + a.defaults.len()).checked_sub(count).map(|k| &a.defaults[k]) {
                self.text("=");
                self.expr(default, TEST);
            }
            if i + 1 == a.posonlyargs.len() {
                self.text(", /");
            }
        }
        if a.vararg.is_some() || !a.kwonlyargs.is_empty() {
            separate(self);
            self.text("*");
            if let Some(vararg) = &a.vararg {
                self.text(&vararg.arg);
            }
        }
        for (parameter, default) in a.kwonlyargs.iter().zip(&a.kw_defaults) {
            separate(self);
            self.text(&parameter.arg);
            if let Some(default) = default {
                self.text("=");
                self.expr(default, TEST);
            }
        }
        if let Some(kwarg) = &a.kwarg {
            separate(self);
            self.text("**");
            self.text(&kwarg.arg);
        }
    }

    /// The inside of an f-string.
    fn joined(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::JoinedStr { values } => values.iter().for_each(|value| self.joined(value)),
            ExprKind::Constant { value: Constant::Str { value, .. } } => {
                for &byte in value.as_bytes() {
                    self.out.push(byte);
                    if matches!(byte, b'{' | b'}') {
                        self.out.push(byte);
                    }
                }
            }
            ExprKind::FormattedValue(f) => {
                let mut inner = Writer { out: Vec::new() };
                inner.expr(&f.value, TEST + 1);
                self.text(if inner.out.starts_with(b"{") { "{ " } else { "{" });
                self.out.extend_from_slice(&inner.out);
                self.text(match f.conversion {
                    Conversion::None => "",
                    Conversion::Str => "!s",
                    Conversion::Repr => "!r",
                    Conversion::Ascii => "!a",
                });
                if let Some(spec) = &f.format_spec {
                    self.text(":");
                    self.joined(spec);
                }
                self.text("}");
            }
            _ => self.expr(e, TEST),
        }
    }

    fn constant(&mut self, value: &Constant) {
        match value {
            Constant::None => self.text("None"),
            Constant::True => self.text("True"),
            Constant::False => self.text("False"),
            Constant::Ellipsis => self.text("..."),
            Constant::Int(IntLiteral::Small(value)) => self.text(&value.to_string()),
            Constant::Int(IntLiteral::Big { .. }) => {
                if let crate::code::Constant::BigInt(digits) = super::constants::from_ast(value) {
                    self.text(&digits);
                }
            }
            Constant::Float(value) => self.text(&crate::dis::float_text(*value)),
            Constant::Imaginary(value) => {
                let text = crate::dis::float_text(*value);
                self.text(text.strip_suffix(".0").unwrap_or(&text));
                self.text("j");
            }
            Constant::Str { value, u_prefix } => {
                if *u_prefix {
                    self.text("u");
                }
                self.quoted(value.as_bytes(), true);
            }
            Constant::Bytes(bytes) => {
                self.text("b");
                self.quoted(bytes, false);
            }
        }
    }

    fn quoted(&mut self, bytes: &[u8], is_text: bool) {
        crate::dis::write_repr(bytes, is_text, &mut self.out);
    }
}

/// Spelling, strength, and whether the right side binds first.
fn operator(op: Operator) -> (&'static str, u8, bool) {
    match op {
        Operator::Add => (" + ", ARITH, false),
        Operator::Sub => (" - ", ARITH, false),
        Operator::Mult => (" * ", TERM, false),
        Operator::MatMult => (" @ ", TERM, false),
        Operator::Div => (" / ", TERM, false),
        Operator::Mod => (" % ", TERM, false),
        Operator::LShift => (" << ", SHIFT, false),
        Operator::RShift => (" >> ", SHIFT, false),
        Operator::BitOr => (" | ", BOR, false),
        Operator::BitXor => (" ^ ", BXOR, false),
        Operator::BitAnd => (" & ", BAND, false),
        Operator::FloorDiv => (" // ", TERM, false),
        Operator::Pow => (" ** ", POWER, true),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}
