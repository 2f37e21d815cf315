//! Calls.

use ouro_syntax::ast::{self, Expr, ExprContext, ExprKind, Keyword, Range};

use super::Compiler;
use super::constants::string;
use super::displays::Display;
use super::names::Place;
use super::operands::Operand;
use super::unit::UnitKind;
use crate::code::Constant;
use crate::error::Result;
use crate::opcode::{Op, WINDOW_HEADER};

fn unpacks(args: &[Expr], keywords: &[Keyword]) -> bool {
    args.iter().any(|e| matches!(e.kind, ExprKind::Starred { .. }))
        || keywords.iter().any(|k| k.arg.is_none())
}

impl Compiler<'_> {
    pub(super) fn call(&mut self, c: &ast::Call, at: Range, dst: u16) -> Result<()> {
        self.check_keywords(&c.keywords)?;
        let mark = self.begin_scratch(dst);
        let base = self.u.alloc_many(u32::from(WINDOW_HEADER));
        match &c.func.kind {
            ExprKind::Attribute { value, attr, ctx: ExprContext::Load }
                if !unpacks(&c.args, &c.keywords) && !self.is_super_call(value, attr) =>
            {
                self.method_call(base, value, attr, c, at, dst)?;
            }
            ExprKind::Attribute { value, attr, .. }
                if !unpacks(&c.args, &c.keywords) && self.is_super_call(value, attr) =>
            {
                self.super_method_call(base, value, attr, c, at, dst)?;
            }
            _ => {
                self.expr_into(&c.func, base)?;
                match self.quantifier(c) {
                    Some(wanted) => self.quantified(base, wanted, &c.args, at, dst)?,
                    None => self.call_window(base, 0, &c.args, &c.keywords, at, dst)?,
                }
            }
        }
        self.end_scratch(mark);
        Ok(())
    }

    /// Whether a call reads as one of the builtin functions `any` (true) or `all` (false) over a generator expression.
    fn quantifier(&mut self, c: &ast::Call) -> Option<bool> {
        let ExprKind::Name { id, .. } = &c.func.kind else { return None };
        let wanted = match &**id {
            "any" => true,
            "all" => false,
            _ => return None,
        };
        let [Expr { kind: ExprKind::GeneratorExp { .. }, .. }] = &c.args[..] else { return None };
        (c.keywords.is_empty() && matches!(self.place(id), Place::Global | Place::Name)).then_some(wanted)
    }

    /// `any(x for ...)` or `all(x for ...)`: a loop over the generator, which so runs without leaving the interpreter's
    /// loop for each item. Where the name means another function, that is called.
    fn quantified(&mut self, base: u16, wanted: bool, args: &[Expr], at: Range, dst: u16) -> Result<()> {
        let (top, found, end, other, done) =
            (self.label(), self.label(), self.label(), self.label(), self.label());
        let count = self.arguments(args, &[])?;
        let generator = base + WINDOW_HEADER;
        self.jump(at, Op::QuantifierJump, u16::from(wanted), base, generator, other);
        self.emit(at, Op::Clear, base, 0, 0);
        let item = self.temp();
        self.bind(top);
        self.jump(at, Op::ForIter, item.slot, generator, 0, end);
        let decides = if wanted { Op::JumpIfTrue } else { Op::JumpIfFalse };
        self.jump(at, decides, item.last(), 0, 0, found);
        self.jump(at, Op::JumpBack, 0, 0, 0, top);
        self.bind(found);
        self.emit(at, Op::Clear, generator, 0, 0);
        self.load_constant(at, dst, Constant::Bool(wanted));
        self.go(done);
        self.bind(end);
        self.load_constant(at, dst, Constant::Bool(!wanted));
        self.go(done);
        self.bind(other);
        self.emit(at, Op::Call, dst, base, count);
        self.bind(done);
        Ok(())
    }

    /// `value.attr(arguments)` without a bound method in between. Where the arguments can have no effect the
    /// attribute is looked up together with the call, otherwise before them.
    fn method_call(
        &mut self,
        base: u16,
        value: &Expr,
        attr: &ast::Name,
        c: &ast::Call,
        at: Range,
        dst: u16,
    ) -> Result<()> {
        let name = self.mangled(attr);
        let receiver = self.temp();
        let quiet = c.args.iter().chain(c.keywords.iter().map(|k| &k.value)).all(|e| self.is_certain(e));
        self.expr_into(value, receiver.slot)?;
        let attribute = self.attribute_place(c.func.range, c.func.range, attr);
        let at = self.attribute_place(at, c.func.range, attr);
        let k = self.name_index(&name);
        if !quiet {
            self.emit(attribute, Op::LoadMethod, base, k, 0);
        }
        let count = self.arguments(&c.args, &c.keywords)?;
        let names = self.keyword_names(&c.keywords);
        let op = if names.is_some() { Op::CallMethodKw } else { Op::CallMethod };
        match (quiet, names) {
            (true, names) => {
                let names = names.map_or(0, u32::from);
                self.u.e.emit_data(at, op, dst, base, count, i32::from(k), names);
            }
            (false, None) => self.emit(at, Op::CallLoaded, dst, base, count),
            (false, Some(names)) => self.emit_data(at, Op::CallLoadedKw, dst, base, count, i32::from(names)),
        }
        if quiet {
            // Errors of the lookup are about the attribute, not the call.
            self.u.e.move_first_data(op, attribute);
        }
        Ok(())
    }

    /// The place of something about an attribute: where that goes over several lines, CPython lets it start
    /// at the attribute's name.
    pub(super) fn attribute_place(&self, place: Range, attribute: Range, name: &str) -> Range {
        if self.lines.line(place.start) == self.lines.line(attribute.end) {
            return place;
        }
        let length = name.chars().count() as u32;
        Range::new(attribute.end.saturating_sub(length), place.end)
    }

    /// A value that is at hand: a constant or a local that is certainly bound.
    fn is_certain(&mut self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Constant { .. } => true,
            ExprKind::Name { id, .. } => {
                let name = self.mangled(id);
                matches!(self.place(&name), Place::Slot { slot, .. } if self.u.bound.contains(slot))
            }
            _ => false,
        }
    }

    /// Evaluates arguments into the next temporaries and returns how many they are.
    fn arguments(&mut self, args: &[Expr], keywords: &[Keyword]) -> Result<u16> {
        for e in args {
            self.temp_operand(e)?;
        }
        for keyword in keywords {
            self.temp_operand(&keyword.value)?;
        }
        Ok((args.len() + keywords.len()) as u16)
    }

    fn keyword_names(&mut self, keywords: &[Keyword]) -> Option<u16> {
        if keywords.is_empty() {
            return None;
        }
        let names = keywords.iter().filter_map(|k| k.arg.as_deref()).map(string).collect();
        Some(self.constant(Constant::Tuple(names)))
    }

    /// Calls the callable at `base` with arguments, of which `given` are in the window already.
    pub(super) fn call_window(
        &mut self,
        base: u16,
        given: u16,
        args: &[Expr],
        keywords: &[Keyword],
        at: Range,
        dst: u16,
    ) -> Result<()> {
        if unpacks(args, keywords) {
            return self.call_unpacked(base, given, args, keywords, at, dst);
        }
        let count = given + self.arguments(args, keywords)?;
        match self.keyword_names(keywords) {
            None => self.emit(at, Op::Call, dst, base, count),
            Some(names) => self.emit_data(at, Op::CallKw, dst, base, count, i32::from(names)),
        }
        Ok(())
    }

    /// A call with `*` or `**`: the arguments become one iterable and one mapping.
    fn call_unpacked(
        &mut self,
        base: u16,
        given: u16,
        args: &[Expr],
        keywords: &[Keyword],
        at: Range,
        dst: u16,
    ) -> Result<()> {
        let first = base + WINDOW_HEADER;
        match args {
            [Expr { kind: ExprKind::Starred { value, .. }, .. }] if given == 0 => {
                self.temp_operand(value)?;
            }
            _ if given == 0 => {
                let tuple = self.temp();
                if args.is_empty() {
                    self.load_constant(at, tuple.slot, Constant::Tuple([].into()));
                } else {
                    self.display(args, Display::Tuple, at, tuple.slot)?;
                }
            }
            _ => {
                // What is in the window already becomes the start of the list.
                self.emit(at, Op::BuildList, first, first, given);
                self.u.next = u32::from(first) + 1;
                let list = Operand { slot: first, temp: true };
                for e in args {
                    let (value, op) = match &e.kind {
                        ExprKind::Starred { value, .. } => (&**value, Op::ListExtend),
                        _ => (e, Op::ListAppend),
                    };
                    let item = self.operand(value)?;
                    self.emit(at, op, list.borrow(), item.last(), 0);
                    self.free(item);
                }
                self.emit(at, Op::ListToTuple, first, list.last(), 0);
            }
        }
        let mut has_mapping = 0;
        if !keywords.is_empty() {
            has_mapping = 1;
            self.keyword_mapping(base, keywords, at)?;
        }
        self.emit(at, Op::CallEx, dst, base, has_mapping);
        Ok(())
    }

    /// Builds the dict of keyword arguments in the next temporary.
    pub(super) fn keyword_mapping(&mut self, base: u16, keywords: &[Keyword], at: Range) -> Result<()> {
        let map = self.temp();
        let first_unpacked = keywords.iter().position(|k| k.arg.is_none()).unwrap_or(keywords.len());
        // The temporaries of the pairs begin where the dict will be.
        self.u.next = u32::from(map.slot);
        self.keyword_pairs(&keywords[..first_unpacked], map.slot, at)?;
        let mut rest = &keywords[first_unpacked..];
        while let Some(keyword) = rest.first() {
            if keyword.arg.is_none() {
                let item = self.operand(&keyword.value)?;
                self.emit(at, Op::DictMerge, map.borrow(), item.last(), base);
                self.free(item);
                rest = &rest[1..];
            } else {
                let end = rest.iter().position(|k| k.arg.is_none()).unwrap_or(rest.len());
                let part = self.u.next as u16;
                self.keyword_pairs(&rest[..end], part, at)?;
                let part = Operand { slot: part, temp: true };
                self.emit(at, Op::DictMerge, map.borrow(), part.last(), base);
                self.free(part);
                rest = &rest[end..];
            }
        }
        Ok(())
    }

    fn keyword_pairs(&mut self, keywords: &[Keyword], dst: u16, at: Range) -> Result<()> {
        let start = self.u.next as u16;
        for keyword in keywords {
            if let Some(name) = &keyword.arg {
                self.temp_constant(at, string(name));
                self.temp_operand(&keyword.value)?;
            }
        }
        self.emit(at, Op::BuildMap, dst, start, keywords.len() as u16);
        self.u.next = u32::from(dst) + 1;
        self.u.touch();
        Ok(())
    }

    pub(super) fn check_keywords(&self, keywords: &[Keyword]) -> Result<()> {
        for (i, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else { continue };
            self.check_assignable(name, keyword.range)?;
            if let Some(again) = keywords[i + 1..].iter().find(|k| k.arg.as_ref() == Some(name)) {
                return self.fault(format!("keyword argument repeated: {name}"), again.range);
            }
        }
        Ok(())
    }

    /// Whether an expression is a call of the global `super` that can be joined with the attribute behind it.
    fn is_super_call(&mut self, e: &Expr, attr: &str) -> bool {
        let ExprKind::Call(c) = &e.kind else { return false };
        let ExprKind::Name { id, .. } = &c.func.kind else { return false };
        if attr == "__class__"
            || **id != *"super"
            || !c.keywords.is_empty()
            || c.args.len() == 1
            || c.args.len() > 2
        {
            return false;
        }
        if c.args.iter().any(|a| matches!(a.kind, ExprKind::Starred { .. })) {
            return false;
        }
        let super_ = self.words.super_.clone();
        if !self.symbols.get(self.u.scope).is_function_like() || self.place(&super_) != Place::Global {
            return false;
        }
        // A module that binds the name itself means something else by it.
        let module = self.symbols.get(crate::scope::ScopeId(0));
        if module.symbols.get(&super_).is_some_and(|s| s.uses & crate::scope::uses::BOUND != 0) {
            return false;
        }
        if c.args.len() == 2 {
            return true;
        }
        let class = self.words.class.clone();
        self.u.inlined.is_empty()
            && self.u.arg_count > 0
            && matches!(self.u.kind, UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda)
            && matches!(self.place(&class), Place::Free(_))
    }

    /// `super().attr` and `super(cls, self).attr`, if it is one.
    pub(super) fn super_attribute(
        &mut self,
        value: &Expr,
        attr: &ast::Name,
        at: Range,
        dst: u16,
    ) -> Result<bool> {
        if !self.is_super_call(value, attr) {
            return Ok(false);
        }
        let ExprKind::Call(c) = &value.kind else { return Ok(false) };
        let mark = self.begin_scratch(dst);
        let base = self.u.next as u16;
        self.super_parts(c)?;
        let name = self.mangled(attr);
        let k = self.name_index(&name);
        self.emit_data(at, Op::LoadSuperAttr, dst, base, k, i32::from(!c.args.is_empty()));
        self.end_scratch(mark);
        Ok(true)
    }

    /// `super().attr(arguments)` without a bound method in between.
    fn super_method_call(
        &mut self,
        base: u16,
        value: &Expr,
        attr: &ast::Name,
        c: &ast::Call,
        at: Range,
        dst: u16,
    ) -> Result<()> {
        let ExprKind::Call(made) = &value.kind else { return Ok(()) };
        let first = base + WINDOW_HEADER;
        self.super_parts(made)?;
        let name = self.mangled(attr);
        let k = self.name_index(&name);
        let two = i32::from(!made.args.is_empty());
        self.emit_data(c.func.range, Op::LoadSuperMethod, base, first, k, two);
        // The object remains, in front of the arguments.
        self.u.next = u32::from(first) + 1;
        let at = self.attribute_place(at, c.func.range, attr);
        let count = self.arguments(&c.args, &c.keywords)?;
        match self.keyword_names(&c.keywords) {
            None => self.emit(at, Op::CallLoaded, dst, base, count),
            Some(names) => self.emit_data(at, Op::CallLoadedKw, dst, base, count, i32::from(names)),
        }
        Ok(())
    }

    /// The global `super`, the class and the object of a call of it, in the next temporaries.
    fn super_parts(&mut self, c: &ast::Call) -> Result<()> {
        self.temp_operand(&c.func)?;
        if c.args.is_empty() {
            let class = self.words.class.clone();
            let temp = self.temp();
            self.load_name_into(&class, temp.slot, c.func.range);
            let own = self.temp();
            self.load_first_parameter(own.slot, c.func.range);
        } else {
            for e in &c.args {
                self.temp_operand(e)?;
            }
        }
        Ok(())
    }

    fn load_first_parameter(&mut self, dst: u16, at: Range) {
        if self.u.cell_slots().contains(&0) {
            self.emit(at, Op::LoadCell, dst, 0, 0);
        } else {
            self.load_slot_into(0, dst, at);
        }
    }
}
