//! Functions, lambdas and their closures.

use std::rc::Rc;

use ouro_syntax::ast::{self, Arguments, Expr, ExprKind, FunctionDef, Range};

use super::Compiler;
use super::constants::{bytes_string, string};
use super::emit::NOWHERE;
use super::operands::Operand;
use super::unit::UnitKind;
use crate::code::{Code, Constant, flags};
use crate::error::Result;
use crate::opcode::{Intrinsic, Op, WINDOW_HEADER};
use crate::scope::{Binding, Part, ScopeId, uses};

/// What [`Op::MakeFunction`] finds at its base, as a set of flags.
const DEFAULTS: u16 = 1;
const KW_DEFAULTS: u16 = 2;
const ANNOTATIONS: u16 = 4;
const CLOSURE: u16 = 8;

impl<'a> Compiler<'a> {
    /// Starts a code object: generators make themselves, captured locals become cells. Returns where the
    /// code begins that runs inside a generator.
    pub(super) fn prologue(&mut self) -> u32 {
        if self.is_generator() {
            self.emit(NOWHERE, Op::ReturnGenerator, 0, 0, 0);
        }
        let start = self.u.e.here();
        for slot in self.u.cell_slots() {
            self.emit(NOWHERE, Op::MakeCell, slot, 0, 0);
        }
        start
    }

    pub(super) fn is_generator(&self) -> bool {
        self.u.flags & (flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR) != 0
    }

    /// Ends a code object: a StopIteration must not leave a generator.
    pub(super) fn epilogue(&mut self, start: u32) {
        if !self.is_generator() {
            return;
        }
        let handler = self.label();
        let slot = self.u.local_count() as u16;
        self.u.e.protect(0, start, handler, slot, 0);
        self.bind(handler);
        self.u.next = u32::from(slot);
        let exception = self.temp();
        let intrinsic = Intrinsic::StopIterationError as i32;
        self.emit_data(NOWHERE, Op::Intrinsic, exception.slot, exception.slot, 1, intrinsic);
        self.emit(NOWHERE, Op::Reraise, exception.last(), 0, 0);
        self.free(exception);
    }

    pub(super) fn function_def(&mut self, f: &'a FunctionDef, at: Range) -> Result<()> {
        let windows = self.decorators(&f.decorator_list)?;
        self.begin_line(at);
        let first = f.decorator_list.first().map_or(at, |d| d.range);
        let target = self.temp();
        let base = target.slot;
        if f.type_params.is_empty() {
            self.u.next = u32::from(base);
            let given = self.defaults(&f.args, at)?;
            self.function_object(f, given, at, first, base)?;
        } else {
            self.generic_function(f, at, first, base)?;
        }
        self.apply_decorators(&f.decorator_list, &windows, target);
        let value = Operand { slot: windows.first().map_or(base, |&w| w), temp: true };
        self.u.next = u32::from(value.slot) + 1;
        self.store_name(&f.name, value, at)
    }

    /// Evaluates decorators into call windows, each in the argument of the one before.
    pub(super) fn decorators(&mut self, list: &[Expr]) -> Result<Vec<u16>> {
        let mut windows = Vec::with_capacity(list.len());
        for decorator in list {
            self.begin_line(decorator.range);
            let base = self.u.alloc_many(u32::from(WINDOW_HEADER));
            self.expr_into(decorator, base)?;
            windows.push(base);
        }
        Ok(windows)
    }

    pub(super) fn apply_decorators(&mut self, list: &[Expr], windows: &[u16], value: Operand) {
        debug_assert!(windows.last().is_none_or(|&w| w + WINDOW_HEADER == value.slot));
        for (decorator, &base) in list.iter().zip(windows).rev() {
            self.emit(decorator.range, Op::Call, base, base, 1);
        }
    }

    /// Evaluates default values into the next temporaries.
    fn defaults(&mut self, args: &Arguments, at: Range) -> Result<u16> {
        let mut given = 0;
        if !args.defaults.is_empty() {
            given |= DEFAULTS;
            let tuple = self.temp();
            if let Some(items) = self.fold_all(&args.defaults) {
                self.load_constant(at, tuple.slot, Constant::Tuple(items));
            } else {
                self.display(&args.defaults, super::displays::Display::Tuple, at, tuple.slot)?;
            }
        }
        if args.kw_defaults.iter().any(Option::is_some) {
            given |= KW_DEFAULTS;
            let dict = self.temp();
            self.u.next = u32::from(dict.slot);
            let mut count = 0;
            for (parameter, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
                let Some(default) = default else { continue };
                let name = self.mangled(&parameter.arg);
                self.temp_constant(at, string(&name));
                self.temp_operand(default)?;
                count += 1;
            }
            self.emit(at, Op::BuildMap, dict.slot, dict.slot, count);
            self.u.next = u32::from(dict.slot) + 1;
        }
        Ok(given)
    }

    /// The function itself, its defaults being on top of the temporaries from `dst` on.
    fn function_object(
        &mut self,
        f: &'a FunctionDef,
        given: u16,
        at: Range,
        first: Range,
        dst: u16,
    ) -> Result<()> {
        self.check_parameters(&f.args)?;
        let mut given = given;
        if self.annotations(f, at)? {
            given |= ANNOTATIONS;
        }
        let scope = self.scope_of(f, Part::Body);
        let kind = if f.is_async { UnitKind::AsyncFunction } else { UnitKind::Function };
        self.enter_unit(scope, kind, f.name.clone(), first);
        self.set_parameters(&f.args);
        let entry = self.symbols.get(scope);
        self.u.flags |= match (entry.generator, entry.coroutine) {
            (true, false) => flags::GENERATOR,
            (false, true) => flags::COROUTINE,
            (true, true) => flags::ASYNC_GENERATOR,
            (false, false) => 0,
        };
        let start = self.prologue();
        let mut body = f.body.as_slice();
        if let Some((text, _)) = super::docstring(body) {
            body = &body[1..];
            if self.options.optimize < 2 {
                let text = clean_docstring(text);
                self.u.flags |= flags::HAS_DOCSTRING;
                self.u.constants.add(text);
            }
        }
        self.statements(body)?;
        self.return_none(f.body.last().map_or(at, |last| last.range));
        self.epilogue(start);
        let code = self.leave_unit()?;
        self.make_function_at(&code, scope, given, at, dst);
        Ok(())
    }

    fn check_parameters(&self, args: &Arguments) -> Result<()> {
        let named = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
        for parameter in named.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref()) {
            self.check_assignable(&parameter.arg, parameter.range)?;
        }
        Ok(())
    }

    fn set_parameters(&mut self, args: &Arguments) {
        self.u.arg_count = (args.posonlyargs.len() + args.args.len()) as u32;
        self.u.positional_only_count = args.posonlyargs.len() as u32;
        self.u.keyword_only_count = args.kwonlyargs.len() as u32;
        if args.vararg.is_some() {
            self.u.flags |= flags::VARARGS;
        }
        if args.kwarg.is_some() {
            self.u.flags |= flags::VARKEYWORDS;
        }
    }

    /// Evaluates annotations into one temporary, a tuple of names and values. False if there are none.
    fn annotations(&mut self, f: &FunctionDef, at: Range) -> Result<bool> {
        let a = &f.args;
        let parameters = a.posonlyargs.iter().chain(&a.args).chain(a.vararg.as_deref()).chain(&a.kwonlyargs);
        let parameters = parameters.chain(a.kwarg.as_deref());
        let mut list: Vec<(Rc<str>, &Expr)> =
            parameters.filter_map(|p| Some((self.mangled(&p.arg), p.annotation.as_ref()?))).collect();
        if let Some(returns) = &f.returns {
            list.push(("return".into(), returns));
        }
        if list.is_empty() {
            return Ok(false);
        }
        let tuple = self.temp();
        self.u.next = u32::from(tuple.slot);
        for (name, annotation) in &list {
            self.temp_constant(at, string(name));
            let value = self.temp();
            self.annotation_into(annotation, value.slot)?;
        }
        self.emit(at, Op::BuildTuple, tuple.slot, tuple.slot, list.len() as u16 * 2);
        self.u.next = u32::from(tuple.slot) + 1;
        Ok(true)
    }

    /// The value of an annotation: of `*Ts` its only item, under the future feature its text.
    pub(super) fn annotation_into(&mut self, annotation: &Expr, dst: u16) -> Result<()> {
        if self.features & flags::FUTURE_ANNOTATIONS != 0 {
            let text = super::unparse::unparse(annotation);
            self.load_constant(annotation.range, dst, bytes_string(&text));
            return Ok(());
        }
        if let ExprKind::Starred { value, .. } = &annotation.kind {
            let value = self.operand(value)?;
            let item = self.temp();
            self.emit(annotation.range, Op::Unpack, item.slot, value.last(), 1);
            self.emit(annotation.range, Op::Move, dst, item.last(), 0);
            self.u.next = u32::from(dst) + 1;
            return Ok(());
        }
        self.expr_into(annotation, dst)
    }

    pub(super) fn lambda(&mut self, l: &ast::Lambda, at: Range, dst: u16) -> Result<()> {
        self.check_parameters(&l.args)?;
        let mark = self.begin_scratch(dst);
        let base = self.u.next as u16;
        let given = self.defaults(&l.args, at)?;
        let scope = self.scope_of(l, Part::Body);
        let name = self.words.lambda.clone();
        self.enter_unit(scope, UnitKind::Lambda, name, at);
        self.set_parameters(&l.args);
        let entry = self.symbols.get(scope);
        self.u.flags |= match (entry.generator, entry.coroutine) {
            (true, false) => flags::GENERATOR,
            (true, true) => flags::ASYNC_GENERATOR,
            _ => 0,
        };
        let start = self.prologue();
        let value = self.operand(&l.body)?;
        self.emit(l.body.range, Op::Return, value.last(), 0, 0);
        self.free(value);
        self.epilogue(start);
        let code = self.leave_unit()?;
        self.u.next = u32::from(base) + u32::from(given.count_ones() as u16);
        self.finish_function(&code, scope, given, base, at, dst);
        self.end_scratch(mark);
        Ok(())
    }

    /// Makes a function whose parts stand at `base` already, the topmost temporaries but for the closure.
    fn finish_function(
        &mut self,
        code: &Rc<Code>,
        scope: ScopeId,
        given: u16,
        base: u16,
        at: Range,
        dst: u16,
    ) {
        let mut given = given;
        if self.closure(scope, at) {
            given |= CLOSURE;
        }
        let k = self.code_constant(code);
        self.emit_data(at, Op::MakeFunction, dst, base, given, i32::from(k));
    }

    fn make_function_at(&mut self, code: &Rc<Code>, scope: ScopeId, given: u16, at: Range, dst: u16) {
        self.finish_function(code, scope, given, dst, at, dst);
        self.u.next = u32::from(dst) + 1;
        self.u.touch();
    }

    /// Makes a function into `dst`, a temporary, with at most a defaults tuple given in another temporary.
    pub(super) fn make_function(
        &mut self,
        code: &Rc<Code>,
        scope: ScopeId,
        given: u16,
        defaults: Option<Operand>,
        at: Range,
        dst: u16,
    ) {
        let mark = self.u.next;
        let base = defaults.map_or(mark as u16, |d| d.slot);
        self.finish_function(code, scope, given, base, at, dst);
        self.u.next = mark;
    }

    /// Builds the closure tuple of a block in the next temporary. False if it needs none.
    fn closure(&mut self, scope: ScopeId, at: Range) -> bool {
        let symbols = self.symbols.clone();
        let is_free =
            |s: &&crate::scope::Symbol| s.binding == Binding::Free || s.uses & uses::FREE_CLASS != 0;
        let mut names: Vec<&Rc<str>> =
            symbols.get(scope).symbols.entries().iter().filter(is_free).map(|s| &s.name).collect();
        if names.is_empty() {
            return false;
        }
        names.sort_unstable();
        let tuple = self.temp();
        self.u.next = u32::from(tuple.slot);
        for name in &names {
            let cell = self.temp();
            self.load_cell_object(name, cell.slot, at);
        }
        self.emit(at, Op::BuildTuple, tuple.slot, tuple.slot, names.len() as u16);
        self.u.next = u32::from(tuple.slot) + 1;
        true
    }

    /// The cell itself of a variable that an inner block captures.
    fn load_cell_object(&mut self, name: &Rc<str>, dst: u16, at: Range) {
        if self.u.kind == UnitKind::Class {
            let own = match &**name {
                "__class__" => self.u.class_cell,
                "__classdict__" => self.u.class_dict_cell,
                _ => None,
            };
            match own {
                Some(slot) => self.emit(at, Op::Move, dst, slot, 0),
                None => match self.place(name) {
                    super::names::Place::Cell(slot) => self.emit(at, Op::Move, dst, slot, 0),
                    _ => {
                        let cell = self.free_index(name);
                        self.emit(at, Op::LoadClosure, dst, cell, 0);
                    }
                },
            }
            return;
        }
        match self.place(name) {
            super::names::Place::Cell(slot) => self.emit(at, Op::Move, dst, slot, 0),
            _ => {
                let cell = self.free_index(name);
                self.emit(at, Op::LoadClosure, dst, cell, 0);
            }
        }
    }

    fn generic_function(&mut self, f: &'a FunctionDef, at: Range, first: Range, dst: u16) -> Result<()> {
        // Defaults are evaluated out here and handed to the function that makes the type parameters.
        self.u.next = u32::from(dst);
        let base = self.u.alloc_many(u32::from(WINDOW_HEADER));
        let given = self.defaults(&f.args, at)?;
        let arguments = given.count_ones() as u16;
        let scope = self.scope_of(f, Part::TypeParameters);
        let name: Rc<str> = format!("<generic parameters of {}>", f.name).into();
        self.enter_unit(scope, UnitKind::Annotation, name, first);
        self.u.arg_count = u32::from(arguments);
        self.prologue();
        let params_base = self.u.next as u16;
        let function = self.temp();
        let params = self.temp();
        self.type_parameters(&f.type_params, params.slot, at)?;
        let inner = self.u.next as u16;
        for slot in 0..arguments {
            let part = self.temp();
            self.emit(at, Op::Move, part.slot, slot, 0);
        }
        self.function_object(f, given, at, first, inner)?;
        self.emit(at, Op::Move, function.slot, inner | crate::opcode::CONSUME, 0);
        let intrinsic = Intrinsic::SetFunctionTypeParams as i32;
        self.emit_data(at, Op::Intrinsic, function.slot, params_base, 2, intrinsic);
        self.emit(at, Op::Return, function.last(), 0, 0);
        self.u.next = u32::from(params_base);
        let code = self.leave_unit()?;
        self.make_function(&code, scope, 0, None, at, base);
        self.emit(at, Op::Call, dst, base, arguments);
        self.u.next = u32::from(dst) + 1;
        Ok(())
    }
}

/// A docstring without its common indentation, as CPython 3.13 stores it.
pub(super) fn clean_docstring(text: &ast::Constant) -> Constant {
    let ast::Constant::Str { value, .. } = text else { return Constant::None };
    let bytes = value.as_bytes();
    let expanded = expand_tabs(bytes);
    let lines: Vec<&[u8]> = expanded.split(|&b| b == b'\n').collect();
    let indent_of = |line: &&[u8]| line.iter().position(|&b| b != b' ');
    let margin = lines.iter().skip(1).filter_map(indent_of).min().unwrap_or(0);
    let mut cleaned: Vec<u8> = Vec::with_capacity(expanded.len());
    for (i, line) in lines.iter().enumerate() {
        if i == 0 {
            let start = indent_of(line).unwrap_or(line.len());
            cleaned.extend_from_slice(&line[start..]);
        } else {
            cleaned.push(b'\n');
            let indent = indent_of(line).unwrap_or(line.len()).min(margin);
            cleaned.extend_from_slice(&line[indent..]);
        }
    }
    bytes_string(&cleaned)
}

/// Tabs as spaces, but only those that a plain `expandtabs` would find: CPython does the same.
fn expand_tabs(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    if !bytes.contains(&b'\t') {
        return bytes.into();
    }
    let mut expanded = Vec::with_capacity(bytes.len() + 16);
    let mut column = 0;
    for &byte in bytes {
        match byte {
            b'\t' => {
                let width = 8 - column % 8;
                expanded.resize(expanded.len() + width, b' ');
                column += width;
            }
            b'\n' | b'\r' => {
                expanded.push(byte);
                column = 0;
            }
            // Continuation bytes take no column of their own.
            0x80..0xC0 => expanded.push(byte),
            _ => {
                expanded.push(byte);
                column += 1;
            }
        }
    }
    expanded.into()
}
