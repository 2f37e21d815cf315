//! The compiler proper: walks the tree with the symbol table at hand and emits register code.
//!
//! One file a concern; all of them add methods to [`Compiler`].
//!
//! # Where values live
//!
//! Locals have the first slots of a frame, temporaries are a stack above them. [`Compiler::expr_into`]
//! computes a value into a given slot, [`Compiler::operand`] gives a value wherever it already is: a local is
//! borrowed, everything else gets a new temporary. Only the *last* instruction of an expression writes its
//! destination, unless that is a temporary; so a local never holds a partial result.

mod assign;
mod bound;
mod calls;
mod classes;
mod comprehensions;
mod conditions;
mod constants;
mod control;
mod displays;
mod emit;
mod exceptions;
mod expressions;
mod fold;
mod functions;
mod future;
mod generics;
mod names;
mod operands;
mod patterns;
mod statements;
mod unit;
mod unparse;
mod warnings;
mod with;

pub use constants::ConstantKey;

use std::rc::Rc;

use ouro_syntax::ast::{self, Range};
use ouro_syntax::{SyntaxError, Warning};

use crate::code::{Code, flags};
use crate::error::{Fault, Result};
use crate::lines::LineIndex;
use crate::opcode::Op;
use crate::scope::{Part, ScopeId, ScopeKind, SymbolTable};
use emit::{Label, NOWHERE};
use unit::{Unit, UnitKind};

/// What the text is compiled for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A file, or `exec`: the value of an expression statement is dropped.
    #[default]
    Exec,
    /// `eval`: the value of the expression is returned.
    Eval,
    /// Interactive: the value of an expression statement is displayed.
    Single,
}

/// How to compile.
#[derive(Clone, Copy, Debug)]
pub struct CompileOptions {
    /// What for.
    pub mode: Mode,
    /// 0, 1 (no `assert`, `__debug__` is false) or 2 (no docstrings either).
    pub optimize: u8,
    /// Future features inherited from the code that calls `compile`: [`flags::FUTURE_ANNOTATIONS`] or 0.
    pub inherited: u32,
    /// `await` is allowed at the top level (`ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`).
    pub top_level_await: bool,
    /// Each line of statements and clauses and each round of a loop begins with [`Op::Line`].
    pub line_events: bool,
    /// How high a tree may be. A level takes about a kilobyte of native stack, in debug builds two.
    pub max_nesting: u32,
}

impl Default for CompileOptions {
    fn default() -> Self {
        CompileOptions {
            mode: Mode::Exec,
            optimize: 0,
            inherited: 0,
            top_level_await: false,
            line_events: false,
            max_nesting: 2000,
        }
    }
}

/// Compiles a tree.
///
/// # Errors
/// The syntax errors that CPython's symbol table and compiler find in a well-formed tree, and its
/// `RecursionError` for one that is too high.
pub fn compile(
    module: &ast::Mod,
    source: &str,
    filename: &str,
    options: &CompileOptions,
) -> std::result::Result<Rc<Code>, SyntaxError> {
    compile_with_warnings(module, source, filename, options).map(|(code, _)| code)
}

/// Like [`compile`], with the warnings that CPython's compiler gives on the way.
///
/// # Errors
/// As for [`compile`].
pub fn compile_with_warnings(
    module: &ast::Mod,
    source: &str,
    filename: &str,
    options: &CompileOptions,
) -> std::result::Result<(Rc<Code>, Vec<Warning>), SyntaxError> {
    let lines = LineIndex::new(source);
    let compiled = compile_module(module, &lines, filename, options);
    compiled.map_err(|fault| fault.into_error(source, &lines))
}

fn compile_module<'a>(
    module: &'a ast::Mod,
    lines: &'a LineIndex,
    filename: &str,
    options: &CompileOptions,
) -> Result<(Rc<Code>, Vec<Warning>)> {
    let features = future::features(module)? | options.inherited & flags::FUTURE_ANNOTATIONS;
    let symbols = SymbolTable::build(module, features & flags::FUTURE_ANNOTATIONS != 0, options.max_nesting)?;
    let unit = Unit::new(&symbols, ScopeId(0), UnitKind::Module, "<module>".into(), "<module>".into(), None);
    let mut compiler = Compiler {
        lines,
        filename: filename.into(),
        options: *options,
        features,
        symbols: Rc::new(symbols),
        u: unit,
        outer: Vec::new(),
        depth: 0,
        prelude_end: future::end_of_prelude(module),
        words: names::Words::new(),
        warnings: Vec::new(),
    };
    compiler.u.first_line = 1;
    compiler.module(module)?;
    let code = compiler.finish_unit()?;
    Ok((code, compiler.warnings))
}

/// The state of one compilation.
struct Compiler<'a> {
    lines: &'a LineIndex,
    filename: Rc<str>,
    options: CompileOptions,
    features: u32,
    symbols: Rc<SymbolTable>,
    /// The code object being made.
    u: Unit<'a>,
    /// Those around it.
    outer: Vec<Unit<'a>>,
    depth: u32,
    /// Where the part of the file ends in which future imports may stand.
    prelude_end: u32,
    words: names::Words,
    warnings: Vec<Warning>,
}

impl<'a> Compiler<'a> {
    fn module(&mut self, module: &'a ast::Mod) -> Result<()> {
        self.prologue();
        match module {
            ast::Mod::Expression { body } => {
                let value = self.operand(body)?;
                self.emit(body.range, Op::Return, value.last(), 0, 0);
                self.free(value);
                return Ok(());
            }
            ast::Mod::Module { body } => {
                self.body_with_docstring(body, true)?;
            }
            ast::Mod::Interactive { body } => {
                if contains_annotations(body) {
                    self.emit(NOWHERE, Op::SetupAnnotations, 0, 0, 0);
                }
                self.statements(body)?;
            }
        }
        self.return_none(NOWHERE);
        Ok(())
    }

    /// The statements of a module or class, the docstring stored as `__doc__`.
    fn body_with_docstring(&mut self, body: &'a [ast::Stmt], is_module: bool) -> Result<()> {
        let place = match body.first() {
            Some(first) if is_module => first.range,
            _ => NOWHERE,
        };
        if contains_annotations(body) {
            self.emit(place, Op::SetupAnnotations, 0, 0, 0);
        }
        let mut body = body;
        if let Some((text, range)) = docstring(body) {
            body = &body[1..];
            if self.options.optimize < 2 {
                let text = functions::clean_docstring(text);
                let value = self.temp_constant(range, text);
                let name = self.words.doc.clone();
                self.store_name(&name, value, range)?;
            }
        }
        self.statements(body)
    }

    /// Starts the code object of an inner block.
    fn enter_unit(&mut self, scope: ScopeId, kind: UnitKind, name: Rc<str>, at: Range) {
        let qualname = self.qualified_name(kind, &name);
        let private = self.u.private.clone();
        let symbols = self.symbols.clone();
        let mut unit = Unit::new(&symbols, scope, kind, name, qualname, private);
        unit.first_line = self.lines.line(at.start);
        std::mem::swap(&mut self.u, &mut unit);
        self.outer.push(unit);
    }

    /// Ends the code object of an inner block and goes on with the one around it.
    fn leave_unit(&mut self) -> Result<Rc<Code>> {
        let code = self.finish_unit()?;
        if let Some(outer) = self.outer.pop() {
            self.u = outer;
        }
        Ok(code)
    }

    fn qualified_name(&self, kind: UnitKind, name: &Rc<str>) -> Rc<str> {
        // An annotation scope does not count as a place of its own.
        let mut parent = &self.u;
        let mut above = self.outer.len();
        let skipped = matches!(
            self.symbols.get(parent.scope).kind,
            ScopeKind::TypeParameters | ScopeKind::TypeVariable
        );
        if skipped && above > 0 {
            above -= 1;
            parent = &self.outer[above];
        }
        if above == 0 {
            return name.clone();
        }
        if matches!(kind, UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Class) {
            let mangled = self.symbols.mangle_in(parent.scope, parent.private.as_ref(), name);
            let symbol = self.symbols.get(parent.scope).symbols.get(&mangled);
            if symbol.is_some_and(|s| s.binding == crate::scope::Binding::GlobalExplicit) {
                return name.clone();
            }
        }
        match parent.kind {
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda => {
                format!("{}.<locals>.{name}", parent.qualname).into()
            }
            UnitKind::Annotation if self.symbols.get(parent.scope).kind == ScopeKind::TypeAlias => {
                format!("{}.<locals>.{name}", parent.qualname).into()
            }
            _ => format!("{}.{name}", parent.qualname).into(),
        }
    }

    fn finish_unit(&mut self) -> Result<Rc<Code>> {
        let symbols = self.symbols.clone();
        self.u.prepare_finish(&symbols);
        let unit = std::mem::take(&mut self.u);
        let scope = self.symbols.get(unit.scope);
        let mut co_flags = self.features;
        if scope.is_function_like() {
            co_flags |= flags::OPTIMIZED | flags::NEWLOCALS;
        }
        if scope.is_function_like() && scope.nested {
            co_flags |= flags::NESTED;
        }
        co_flags |= unit.flags;
        let code = unit.finish(self.filename.clone(), co_flags, self.lines)?;
        #[cfg(debug_assertions)]
        if let Err(message) = crate::verify::verify(&code) {
            panic!(
                "{message} in {} of {}:\n{}",
                code.qualname,
                self.filename,
                crate::dis::disassemble(&code)
            );
        }
        Ok(Rc::new(code))
    }

    fn emit(&mut self, at: Range, op: Op, a: u16, b: u16, c: u16) {
        self.u.e.emit(at, op, a, b, c);
    }

    fn emit_data(&mut self, at: Range, op: Op, a: u16, b: u16, c: u16, lo: i32) {
        self.u.e.emit_data(at, op, a, b, c, lo, 0);
    }

    /// The jump back to the top of a loop; `head` is where its next round begins.
    fn jump_back(&mut self, at: Range, head: Range, top: Label) {
        self.begin_round(head);
        self.jump(at, Op::JumpBack, 0, 0, 0, top);
    }

    /// Tells who watches lines that the frame is about to be left, in code for such.
    fn end_line(&mut self, at: Range) {
        if self.options.line_events {
            self.emit(at, Op::Line, 1, 0, 0);
        }
    }

    /// Tells who watches lines that one begins, in code for such. What stands behind it on the same line begins none.
    fn begin_line(&mut self, at: Range) {
        if !self.options.line_events {
            return;
        }
        let line = self.lines.line(at.start);
        if self.u.begun_line != line {
            self.u.begun_line = line;
            self.emit(at, Op::Line, 0, 0, 0);
        }
    }

    /// The same for a line that the program comes to from elsewhere, whatever stands in front of it.
    fn begin_round(&mut self, at: Range) {
        self.u.begun_line = 0;
        self.begin_line(at);
    }

    fn jump(&mut self, at: Range, op: Op, a: u16, b: u16, c: u16, to: Label) {
        self.u.e.jump(at, op, a, b, c, to);
    }

    fn go(&mut self, to: Label) {
        self.jump(NOWHERE, Op::Jump, 0, 0, 0, to);
    }

    fn label(&mut self) -> Label {
        self.u.e.label()
    }

    fn bind(&mut self, label: Label) {
        self.u.e.bind(label);
    }

    fn return_none(&mut self, at: Range) {
        if self.u.e.reachable() {
            let k = self.constant(crate::code::Constant::None);
            self.end_line(at);
            self.emit(at, Op::ReturnConst, k, 0, 0);
        }
    }

    fn fault<T>(&self, message: impl Into<String>, range: Range) -> Result<T> {
        Err(Box::new(Fault::syntax(message, range)))
    }

    /// Guards a recursion over the tree.
    fn deeper<T>(&mut self, range: Range, visit: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.depth += 1;
        if self.depth > self.options.max_nesting {
            return Err(Box::new(Fault::recursion(range)));
        }
        let result = visit(self);
        self.depth -= 1;
        result
    }

    /// The block of a node.
    fn scope_of<T>(&self, node: &T, part: Part) -> ScopeId {
        self.symbols.scope_of(node, part)
    }
}

/// The docstring of a body, if it has one.
fn docstring(body: &[ast::Stmt]) -> Option<(&ast::Constant, Range)> {
    let ast::StmtKind::Expr { value } = &body.first()?.kind else { return None };
    match &value.kind {
        ast::ExprKind::Constant { value: text @ ast::Constant::Str { .. } } => Some((text, value.range)),
        _ => None,
    }
}

/// Whether a body, leaving out inner functions and classes, annotates a variable.
fn contains_annotations(body: &[ast::Stmt]) -> bool {
    use ast::StmtKind as S;
    body.iter().any(|s| match &s.kind {
        S::AnnAssign(_) => true,
        S::For(f) => contains_annotations(&f.body) || contains_annotations(&f.orelse),
        S::While(w) => contains_annotations(&w.body) || contains_annotations(&w.orelse),
        S::If(i) => contains_annotations(&i.body) || contains_annotations(&i.orelse),
        S::With(w) => contains_annotations(&w.body),
        S::Match(m) => m.cases.iter().any(|case| contains_annotations(&case.body)),
        S::Try(t) => {
            let handlers = t.handlers.iter().any(|h| contains_annotations(&h.body));
            handlers || [&t.body, &t.orelse, &t.finalbody].iter().any(|body| contains_annotations(body))
        }
        _ => false,
    })
}
