//! Parameters of functions and lambdas, and type parameters.

use super::Builder;
use crate::ast::{Arg, Arguments, Expr, Name, Range, TypeParam, TypeParamKind};
use crate::error::Fault;

/// One item of a parameter list as written.
pub(crate) struct Parameter {
    start: u32,
    kind: ParameterKind,
}

enum ParameterKind {
    Slash,
    Star,
    Plain { arg: Arg, default: Option<Expr> },
    Var(Arg),
    Keywords(Arg),
}

impl Parameter {
    pub(crate) fn slash(l: u32) -> Box<Self> {
        Box::new(Parameter { start: l, kind: ParameterKind::Slash })
    }

    pub(crate) fn star(l: u32) -> Box<Self> {
        Box::new(Parameter { start: l, kind: ParameterKind::Star })
    }
}

impl Builder<'_> {
    pub(crate) fn parameter(
        &mut self,
        l: u32,
        r: u32,
        arg: Name,
        annotation: Option<Expr>,
        default: Option<Expr>,
    ) -> Box<Parameter> {
        let arg = Arg { range: Range::new(l, r), arg, annotation };
        Box::new(Parameter { start: l, kind: ParameterKind::Plain { arg, default } })
    }

    pub(crate) fn var_parameter(
        &mut self,
        start: u32,
        l: u32,
        r: u32,
        arg: Name,
        annotation: Option<Expr>,
    ) -> Box<Parameter> {
        let arg = Arg { range: Range::new(l, r), arg, annotation };
        Box::new(Parameter { start, kind: ParameterKind::Var(arg) })
    }

    pub(crate) fn kw_parameter(
        &mut self,
        start: u32,
        l: u32,
        r: u32,
        arg: Name,
        annotation: Option<Expr>,
    ) -> Box<Parameter> {
        let arg = Arg { range: Range::new(l, r), arg, annotation };
        Box::new(Parameter { start, kind: ParameterKind::Keywords(arg) })
    }

    /// Sorts the items of a list into their kinds, and refuses a wrong order in CPython's words.
    #[allow(clippy::vec_box, reason = "a parameter is large, and the parser moves it about")]
    pub(crate) fn parameters(&mut self, items: Vec<Box<Parameter>>, lambda: bool) -> Box<Arguments> {
        let mut arguments = Box::<Arguments>::default();
        // Where a `/`, a `*` or `*args` was seen; a bare star wants a name behind it.
        let mut slash = false;
        let mut star = false;
        let mut bare_star = None;
        for item in items {
            let Parameter { start, kind } = *item;
            if arguments.kwarg.is_some() {
                let range = self.parameter_range(start, &kind);
                self.fail(Fault::new("arguments cannot follow var-keyword argument", range));
            }
            match kind {
                ParameterKind::Slash => {
                    let range = Range::new(start, start + 1);
                    if slash {
                        self.fail(Fault::new("/ may appear only once", range));
                    } else if star {
                        self.fail(Fault::new("/ must be ahead of *", range));
                    } else if arguments.args.is_empty() {
                        let comma = self.text[start as usize + 1..].trim_start().starts_with(',');
                        let message =
                            if comma { "at least one argument must precede /" } else { "invalid syntax" };
                        self.fail(Fault::new(message, range));
                    }
                    slash = true;
                    arguments.posonlyargs = std::mem::take(&mut arguments.args);
                }
                ParameterKind::Star => {
                    if star {
                        let range = Range::new(start, start + 1);
                        self.fail(Fault::new("* argument may appear only once", range));
                    }
                    star = true;
                    bare_star = Some(start);
                }
                ParameterKind::Var(arg) => {
                    if star {
                        let range = Range::new(arg.range.start - 1, arg.range.start);
                        self.fail(Fault::new("* argument may appear only once", range));
                    }
                    star = true;
                    arguments.vararg = Some(Box::new(arg));
                }
                ParameterKind::Plain { arg, default } if star => {
                    bare_star = None;
                    arguments.kwonlyargs.push(arg);
                    arguments.kw_defaults.push(default);
                }
                ParameterKind::Plain { arg, default } => {
                    match default {
                        Some(default) => arguments.defaults.push(default),
                        None if !arguments.defaults.is_empty() => {
                            let message = "parameter without a default follows parameter with a default";
                            self.fail(Fault::new(message, arg.range));
                        }
                        None => {}
                    }
                    arguments.args.push(arg);
                }
                ParameterKind::Keywords(arg) => {
                    arguments.kwarg = Some(Box::new(arg));
                }
            }
        }
        if let Some(start) = bare_star {
            // For a lambda, CPython points at the colon.
            let colon = self.text[start as usize..].find(':').filter(|_| lambda);
            let at = start + colon.unwrap_or(0) as u32;
            self.fail(Fault::new("named arguments must follow bare *", Range::new(at, at + 1)));
        }
        arguments
    }

    fn parameter_range(&self, start: u32, kind: &ParameterKind) -> Range {
        match kind {
            ParameterKind::Slash | ParameterKind::Star | ParameterKind::Var(_) => {
                Range::new(start, start + 1)
            }
            ParameterKind::Keywords(_) => Range::new(start, start + 2),
            ParameterKind::Plain { arg, .. } => Range::new(start, start + arg.arg.len() as u32),
        }
    }

    pub(crate) fn type_var(
        &mut self,
        l: u32,
        r: u32,
        name: Name,
        bound: Option<Expr>,
        default_value: Option<Expr>,
    ) -> TypeParam {
        TypeParam { range: Range::new(l, r), kind: TypeParamKind::TypeVar { name, bound, default_value } }
    }

    pub(crate) fn type_var_tuple(
        &mut self,
        l: u32,
        r: u32,
        name: Name,
        default_value: Option<Expr>,
    ) -> TypeParam {
        TypeParam { range: Range::new(l, r), kind: TypeParamKind::TypeVarTuple { name, default_value } }
    }

    pub(crate) fn param_spec(
        &mut self,
        l: u32,
        r: u32,
        name: Name,
        default_value: Option<Expr>,
    ) -> TypeParam {
        TypeParam { range: Range::new(l, r), kind: TypeParamKind::ParamSpec { name, default_value } }
    }
}
