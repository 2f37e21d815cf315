//! What the grammar's actions call to build the tree.
//!
//! A builder never fails: what a tree cannot be refused for by the grammar (assigning to a call, say) is
//! noted as a fault, building goes on, and the parser asks for the first fault at the end.

mod calls;
mod expressions;
mod fstrings;
mod parameters;
mod patterns;
mod statements;
mod targets;

use std::rc::Rc;

use ahash::AHashSet;

use crate::ast::{Constant, Expr, ExprContext, ExprKind, IntLiteral, MAX_DEPTH, Name, Range};
use crate::error::{ErrorKind, Fault, Place, Warning};
use crate::literal::{self, StringFault, UnknownEscape};

pub(crate) use calls::Argument;
pub(crate) use expressions::DictItems;
pub(crate) use fstrings::{FStringPart, FormatSpec, StringPiece};
pub(crate) use parameters::Parameter;
pub(crate) use patterns::{ClassItem, MappingItem};
pub(crate) use statements::{Elif, Item};
pub(crate) use targets::describe;

/// The state of one parse.
pub(crate) struct Builder<'s> {
    text: &'s str,
    names: AHashSet<Name>,
    fault: Option<Fault>,
    pub(crate) warnings: Vec<Warning>,
    /// Where the `def` or `class` starts that was decorated last.
    definition_start: u32,
}

impl<'s> Builder<'s> {
    pub(crate) fn new(text: &'s str) -> Self {
        Builder {
            text,
            names: AHashSet::with_capacity(64),
            fault: None,
            warnings: Vec::new(),
            definition_start: 0,
        }
    }

    /// The first fault that was noted.
    pub(crate) fn take_fault(&mut self) -> Option<Fault> {
        self.fault.take()
    }

    fn fail(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }

    fn text_at(&self, l: u32, r: u32) -> &'s str {
        &self.text[l as usize..r as usize]
    }

    /// The interned name that stands at a place.
    pub(crate) fn name(&mut self, l: u32, r: u32) -> Name {
        let text = self.text_at(l, r);
        if text.is_ascii() { self.intern(text) } else { self.intern(&crate::lexer::names::normalise(text)) }
    }

    fn intern(&mut self, text: &str) -> Name {
        if let Some(name) = self.names.get(text) {
            return Rc::clone(name);
        }
        let name: Name = text.into();
        self.names.insert(Rc::clone(&name));
        name
    }

    /// An expression, unless the tree would become too high: then its children are dropped, a fault is
    /// noted, and a leaf takes its place. So neither building nor dropping a tree ever goes deep.
    pub(crate) fn expr(&mut self, l: u32, r: u32, kind: ExprKind) -> Expr {
        let depth = 1 + expressions::children_depth(&kind);
        let range = Range::new(l, r);
        if depth > MAX_DEPTH {
            self.fail(Fault {
                kind: ErrorKind::Recursion,
                message: "maximum recursion depth exceeded during compilation".into(),
                place: Place::Range(range),
            });
            return Expr { range, depth: 1, kind: ExprKind::Constant { value: Constant::None } };
        }
        Expr { range, depth, kind }
    }

    /// An expression without children.
    fn leaf(&mut self, l: u32, r: u32, kind: ExprKind) -> Expr {
        Expr { range: Range::new(l, r), depth: 1, kind }
    }

    pub(crate) fn name_expr(&mut self, l: u32, r: u32, id: Name, ctx: ExprContext) -> Expr {
        self.leaf(l, r, ExprKind::Name { id, ctx })
    }

    pub(crate) fn constant(&mut self, l: u32, r: u32, value: Constant) -> Expr {
        self.leaf(l, r, ExprKind::Constant { value })
    }

    pub(crate) fn number(&mut self, l: u32, r: u32) -> Expr {
        let value = literal::number(self.text_at(l, r));
        if let Constant::Int(IntLiteral::Big { radix: 10, digits }) = &value
            && digits.len() > literal::MAX_DECIMAL_DIGITS
        {
            let message = format!(
                "Exceeds the limit ({} digits) for integer string conversion: value has {} digits; \
                 use sys.set_int_max_str_digits() to increase the limit - \
                 Consider hexadecimal for huge integer literals to avoid decimal conversion limits.",
                literal::MAX_DECIMAL_DIGITS,
                digits.len()
            );
            self.fail(Fault::new(message, Range::new(l, r)));
        }
        self.constant(l, r, value)
    }

    /// Notes a warning about an escape in the literal from `l` to `r`.
    fn unknown_escape(&mut self, l: u32, r: u32, body: &str, unknown: UnknownEscape) {
        if let Some(at) = unknown {
            let message = literal::unknown_escape_message(&body[at..]);
            self.warnings.push(Warning { message, range: Range::new(l, r) });
        }
    }

    fn string_fault(&mut self, fault: StringFault, l: u32, r: u32) {
        self.fail(Fault::new(fault.message(), Range::new(l, r)));
    }
}
