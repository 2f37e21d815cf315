//! `from __future__ import ...`: found before anything else, as it changes how the rest is compiled.

use ouro_syntax::ast::{self, ExprKind, Range, StmtKind};

use crate::code::flags;
use crate::error::{Fault, Result};

const FEATURES: [&str; 9] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
];

/// The `co_flags` of the features that a module asks for.
pub(super) fn features(module: &ast::Mod) -> Result<u32> {
    let (ast::Mod::Module { body } | ast::Mod::Interactive { body }) = module else { return Ok(0) };
    let mut found = 0;
    let mut past_docstring = false;
    for s in body {
        match &s.kind {
            StmtKind::ImportFrom(i) if i.level == 0 && i.module.as_deref() == Some("__future__") => {
                past_docstring = true;
                for alias in &i.names {
                    // These errors have a place but no end.
                    let point = Range::new(s.range.start, s.range.start);
                    found |=
                        feature(&alias.name).map_err(|message| Box::new(Fault::syntax(message, point)))?;
                }
            }
            StmtKind::Expr { value } if !past_docstring => {
                past_docstring = true;
                if !matches!(&value.kind, ExprKind::Constant { value: ast::Constant::Str { .. } }) {
                    break;
                }
            }
            _ => break,
        }
    }
    Ok(found)
}

fn feature(name: &str) -> std::result::Result<u32, String> {
    match name {
        "annotations" => Ok(flags::FUTURE_ANNOTATIONS),
        "braces" => Err("not a chance".into()),
        _ if FEATURES.contains(&name) => Ok(0),
        _ => Err(format!("future feature {name} is not defined")),
    }
}

/// The offset at which the part of a module ends in which such imports may stand.
pub(super) fn end_of_prelude(module: &ast::Mod) -> u32 {
    let (ast::Mod::Module { body } | ast::Mod::Interactive { body }) = module else { return 0 };
    let is_docstring = |s: &ast::Stmt| match &s.kind {
        StmtKind::Expr { value } => {
            matches!(&value.kind, ExprKind::Constant { value: ast::Constant::Str { .. } })
        }
        _ => false,
    };
    let is_future = |s: &ast::Stmt| match &s.kind {
        StmtKind::ImportFrom(i) => i.level == 0 && i.module.as_deref() == Some("__future__"),
        _ => false,
    };
    let start = usize::from(body.first().is_some_and(is_docstring));
    let after = body[start..].iter().find(|s| !is_future(s));
    after.map_or(u32::MAX, |s| s.range.start)
}
