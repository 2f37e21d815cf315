//! Calls and their arguments.

use super::Builder;
use crate::ast::{Call, Comprehension, Expr, ExprContext, ExprKind, Keyword, ListComp, Name, Range};
use crate::error::Fault;

/// One argument as written.
pub(crate) enum Argument {
    Positional(Expr),
    Keyword(Box<Keyword>),
    /// A generator expression without parentheses of its own: good only as the one argument.
    Generator(Expr),
}

impl Argument {
    fn is_starred(&self) -> bool {
        matches!(self, Argument::Positional(Expr { kind: ExprKind::Starred { .. }, .. }))
    }

    fn end(&self) -> u32 {
        match self {
            Argument::Positional(e) | Argument::Generator(e) => e.range.end,
            Argument::Keyword(keyword) => keyword.range.end,
        }
    }
}

impl Builder<'_> {
    pub(crate) fn starred_argument(&mut self, l: u32, r: u32, value: Expr) -> Argument {
        let kind = ExprKind::Starred { value: Box::new(value), ctx: ExprContext::Load };
        Argument::Positional(self.expr(l, r, kind))
    }

    pub(crate) fn keyword(&mut self, l: u32, r: u32, arg: Option<Name>, value: Expr) -> Argument {
        Argument::Keyword(Box::new(Keyword { range: Range::new(l, r), arg, value }))
    }

    pub(crate) fn generator_argument(
        &mut self,
        l: u32,
        r: u32,
        elt: Expr,
        generators: Vec<Comprehension>,
    ) -> Argument {
        let kind = ExprKind::GeneratorExp(Box::new(ListComp { elt, generators }));
        Argument::Generator(self.expr(l, r, kind))
    }

    /// `at` is where the parenthesis stands, which belongs to a lone generator expression.
    pub(crate) fn call(&mut self, l: u32, r: u32, func: Expr, at: u32, arguments: Vec<Argument>) -> Expr {
        let (args, keywords) = self.arguments(at, r, arguments);
        self.expr(l, r, ExprKind::Call(Box::new(Call { func, args, keywords })))
    }

    /// The bases and keywords of a class, where a lone generator expression is not welcome.
    pub(super) fn class_arguments(&mut self, arguments: Vec<Argument>) -> (Vec<Expr>, Vec<Keyword>) {
        if let [Argument::Generator(generator)] = &arguments[..] {
            let Range { start, end } = generator.range;
            let at = start + self.text_at(start, end).find("for").unwrap_or(0) as u32;
            self.fail(Fault::new("invalid syntax", Range::new(at, at + 3)));
        }
        let end = arguments.last().map_or(1, Argument::end);
        self.arguments(0, end + 1, arguments)
    }

    /// Sorts arguments into positional ones and keywords, and refuses what stands in the wrong order.
    pub(super) fn arguments(
        &mut self,
        l: u32,
        r: u32,
        mut arguments: Vec<Argument>,
    ) -> (Vec<Expr>, Vec<Keyword>) {
        if let [Argument::Generator(generator)] = &mut arguments[..] {
            let rest = &self.text[generator.range.end as usize..(r - 1) as usize];
            let comma =
                rest.lines().any(|line| line.split('#').next().is_some_and(|code| code.contains(',')));
            let range = generator.range;
            generator.range = Range::new(l, r);
            if comma {
                self.fail(Fault::new("Generator expression must be parenthesized", range));
            }
        } else {
            self.check_order(r, &arguments);
        }
        let mut keywords = Vec::new();
        let args = arguments
            .into_iter()
            .filter_map(|argument| match argument {
                Argument::Positional(e) | Argument::Generator(e) => Some(e),
                Argument::Keyword(keyword) => {
                    keywords.push(*keyword);
                    None
                }
            })
            .collect();
        (args, keywords)
    }

    fn check_order(&mut self, r: u32, arguments: &[Argument]) {
        let mut named = false;
        let mut unpacked = false;
        for (index, argument) in arguments.iter().enumerate() {
            match argument {
                Argument::Generator(e) => {
                    let message = "Generator expression must be parenthesized";
                    let fault = Fault::new(message, e.range);
                    self.fail(fault);
                }
                Argument::Keyword(keyword) if keyword.arg.is_none() => unpacked = true,
                Argument::Keyword(_) => named = true,
                Argument::Positional(Expr { kind: ExprKind::Starred { .. }, range, .. }) => {
                    if unpacked && index > 0 {
                        let message = "iterable argument unpacking follows keyword argument unpacking";
                        // CPython's range starts at the comma.
                        let before = arguments[index - 1].end() as usize;
                        let comma = self.text[before..].find(',').map_or(before, |at| before + at);
                        let rest = &arguments[index..];
                        let end = rest
                            .iter()
                            .take_while(|a| a.is_starred())
                            .last()
                            .map_or(range.end, Argument::end);
                        self.fail(Fault::new(message, Range::new(comma as u32, end)));
                    }
                }
                Argument::Positional(_) if unpacked || named => {
                    let message = if unpacked {
                        "positional argument follows keyword argument unpacking"
                    } else {
                        "positional argument follows keyword argument"
                    };
                    // CPython points at the closing parenthesis.
                    self.fail(Fault::new(message, Range::new(r - 1, r)));
                }
                Argument::Positional(_) => {}
            }
        }
    }
}
