//! Replacement templates: literal text between references to groups.

use ouro_heap::{Payload, Ref, alloc};
use ouro_vm::{
    error::Res,
    import, index_error,
    objects::{
        bytes,
        class::{ClassDef, class_flags},
        dict, int,
        list::List,
        str::{self, Str, StrExt},
    },
    protocol::{attribute, call, number},
    state::shared,
    type_error, types,
};

use super::{
    escapes,
    found::{self, Match},
    matcher::Found,
    pattern::Pattern,
    subject::Subject,
    tokens::{Parsed, Token, Tokens},
};

/// A template's payload.
#[derive(Payload)]
#[payload(types::RE_TEMPLATE)]
pub(super) struct Template {
    literal: Ref,
    /// Numbers of groups, each with the text behind it.
    parts: Vec<(usize, Ref)>,
}

/// `_sre.template`: from a list of literal, group number, literal, group number ...
pub(super) fn new(args: &[Ref]) -> Res {
    let bad = || type_error!("invalid template");
    let items = args[1].payload::<List>().ok_or_else(bad)?.snapshot();
    let Some((literal, rest)) = items.split_first() else { return Err(bad()) };
    if rest.len() % 2 != 0 {
        return Err(bad());
    }
    let part = |part: &[Ref]| {
        if !int::is_int(&part[0]) {
            return Err(type_error!("an integer is required"));
        }
        let group = usize::try_from(number::as_isize(&part[0])?).map_err(|_| bad())?;
        Ok((group, part[1].clone()))
    };
    let parts = rest.chunks(2).map(part).collect::<Res<Vec<_>>>()?;
    let groups = args[0].payload::<Pattern>().ok_or_else(bad)?.groups;
    if parts.iter().any(|&(group, _)| group > groups) {
        return Err(index_error!("invalid group reference"));
    }
    Ok(alloc(Template { literal: literal.clone(), parts }).into_any())
}

/// `_sre.parse_template`: from a pattern and a text.
pub(super) fn parse(args: &[Ref]) -> Res {
    let Some(pattern) = args[0].payload::<Pattern>() else { return Err(type_error!("invalid template")) };
    let pieces = match Pieces::parse(pattern, &args[1]) {
        Ok(pieces) => pieces,
        Err(fault) => return Err(fault.raise(&args[1])),
    };
    Ok(alloc(Template { literal: pieces.literal, parts: pieces.parts }).into_any())
}

/// A template while it is taken apart.
struct Pieces<'a> {
    pattern: &'a Pattern,
    tokens: Tokens,
    /// The literal text since the last group.
    text: Vec<u32>,
    literal: Ref,
    parts: Vec<(usize, Ref)>,
}

impl Pieces<'_> {
    fn parse<'a>(pattern: &'a Pattern, source: &Ref) -> Parsed<Pieces<'a>> {
        let tokens = Tokens::new(source)?;
        let literal = shared().none.clone();
        let mut pieces = Pieces { pattern, tokens, text: Vec::new(), literal, parts: Vec::new() };
        while let Some(token) = pieces.tokens.get()? {
            if token.escaped {
                pieces.escape(token)?;
            } else {
                pieces.text.push(token.c);
            }
        }
        pieces.end_literal();
        Ok(pieces)
    }

    /// Puts the text since the last group behind it.
    fn end_literal(&mut self) {
        let text = std::mem::take(&mut self.text);
        let literal = if self.tokens.is_text {
            str::from_code_points(text.into_iter()).into_any()
        } else {
            bytes::new(&text.into_iter().map(|c| c as u8).collect::<Vec<_>>()).into_any()
        };
        match self.parts.last_mut() {
            Some(last) => last.1 = literal,
            None => self.literal = literal,
        }
    }

    fn group(&mut self, group: usize, shown: &str, offset: usize) -> Parsed<()> {
        if group > self.pattern.groups {
            return Err(self.tokens.fault(format!("invalid group reference {shown}"), offset));
        }
        self.end_literal();
        self.parts.push((group, shared().none.clone()));
        Ok(())
    }

    fn escape(&mut self, token: Token) -> Parsed<()> {
        match char::from_u32(token.c) {
            Some('g') => self.named(),
            Some('0') => {
                let digits = self.tokens.digits(2, 8)?;
                self.text.push(u32::from_str_radix(&format!("0{digits}"), 8).unwrap_or(0) & 0xFF);
                Ok(())
            }
            Some(digit) if digit.is_ascii_digit() => {
                let mut digits = format!("{digit}{}", self.tokens.digits(1, 10)?);
                if digits.len() == 2 && digits.chars().all(|digit| digit.is_digit(8)) {
                    digits += &self.tokens.digits(1, 8)?;
                    if digits.len() == 3 {
                        self.text.push(escapes::octal(&self.tokens, &digits)?);
                        return Ok(());
                    }
                }
                self.group(digits.parse().unwrap_or(usize::MAX), &digits, digits.len())
            }
            _ => {
                match escapes::control(token.c) {
                    Some(c) => self.text.push(c),
                    None if token.c < 128 && (token.c as u8).is_ascii_alphabetic() => {
                        let message = format!("bad escape {}", token.text());
                        return Err(self.tokens.fault(message, token.len()));
                    }
                    None => self.text.extend(['\\'.into(), token.c]),
                }
                Ok(())
            }
        }
    }

    /// A group in angle brackets.
    fn named(&mut self) -> Parsed<()> {
        if !self.tokens.eat('<')? {
            return Err(self.tokens.fault("missing <", 0));
        }
        let name = self.tokens.group_name('>', true)?;
        let offset = name.len() + 1;
        if let Some(number) = name.number() {
            return self.group(number, &name.digits(), offset);
        }
        match dict::get_str(&self.pattern.group_index, &name.object()) {
            Some(number) => self.group(number::as_isize(&number)? as usize, "", offset),
            None => Err(index_error!("unknown group name {}", name.shown()?).into()),
        }
    }
}

/// The template of a text, which `re` takes apart (and remembers).
pub(super) fn compile(pattern: &Ref, template: &Ref) -> Res {
    let module = import::import_module("re")?;
    let compile = attribute::get(&module, &str::intern("_compile_template"))?;
    call::call(&compile, &[pattern.clone(), template.clone()])
}

fn parts_of(template: &Ref) -> Res<&Template> {
    template.payload::<Template>().ok_or_else(|| type_error!("invalid template"))
}

/// A template filled in from a match object.
pub(super) fn expand(template: &Ref, found: &Match) -> Res {
    let template = parts_of(template)?;
    let mut parts = vec![template.literal.clone()];
    for (group, literal) in &template.parts {
        let matched = found.group(*group, &shared().none)?;
        if !matched.is(&shared().none) {
            parts.push(matched);
        }
        parts.push(literal.clone());
    }
    join(&Subject::new(&found.string)?, parts)
}

/// What `sub` puts in the place of a match.
pub(super) enum Replacement {
    Literal(Ref),
    Template(Ref),
    Function(Ref),
}

impl Replacement {
    pub(super) fn new(pattern: &Ref, replacement: &Ref) -> Res<Replacement> {
        if call::is_callable(replacement) {
            return Ok(Replacement::Function(replacement.clone()));
        }
        let literal = match replacement.payload::<Str>() {
            Some(text) => !text.code_points().any(|c| c == 0x5C),
            None => match bytes::like(replacement)? {
                Some(data) => !data.contains(&b'\\'),
                None => false,
            },
        };
        if literal {
            return Ok(Replacement::Literal(replacement.clone()));
        }
        let template = compile(pattern, replacement)?;
        Ok(if parts_of(&template)?.parts.is_empty() {
            Replacement::Literal(parts_of(&template)?.literal.clone())
        } else {
            Replacement::Template(template)
        })
    }

    /// The text for one match.
    pub(super) fn expand(
        &self,
        pattern: &Ref<Pattern>,
        string: &Ref,
        subject: &Subject,
        found: Found,
    ) -> Res {
        match self {
            Replacement::Literal(literal) => Ok(literal.clone()),
            Replacement::Function(function) => {
                call::call(function, &[found::new(pattern, string, found, (0, subject.len()))])
            }
            Replacement::Template(template) => {
                let template = parts_of(template)?;
                let mut parts = vec![template.literal.clone()];
                for (group, literal) in &template.parts {
                    parts.extend(found::span(&found, *group).map(|(start, end)| subject.part(start, end)));
                    parts.push(literal.clone());
                }
                join(subject, parts)
            }
        }
    }
}

/// The parts of a text in one.
pub(super) fn join(subject: &Subject, parts: Vec<Ref>) -> Res {
    let empty = subject.empty();
    if let Some(empty) = empty.downcast::<Str>() {
        return Ok(str::join_items(empty, &parts)?.into_any());
    }
    let parts = ouro_vm::objects::list::object_from_vec(parts)?;
    call::call_method(&empty, &str::intern("join"), &[parts])
}

/// `_sre.SRE_Template`
pub(super) static TEMPLATE: ClassDef = ClassDef {
    module: "_sre",
    flags: class_flags::NO_INSTANTIATION,
    ..ClassDef::new::<Template>(types::RE_TEMPLATE, "SRE_Template")
};
