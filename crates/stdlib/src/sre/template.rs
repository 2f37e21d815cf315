//! Replacement templates: literal text between references to groups.

use ouro_heap::{Payload, Ref, alloc};
use ouro_vm::{
    error::Res,
    import, index_error,
    objects::{
        bytes,
        class::{ClassDef, class_flags},
        list::List,
        str::{self, Str, StrExt},
    },
    protocol::{attribute, call, number},
    state::shared,
    type_error, types,
};

use super::{
    found::{self, Match},
    matcher::Found,
    pattern::Pattern,
    subject::Subject,
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
    let groups = args[0].payload::<Pattern>().ok_or_else(bad)?.groups;
    let items = args[1].payload::<List>().ok_or_else(bad)?.snapshot();
    let Some((literal, rest)) = items.split_first() else { return Err(bad()) };
    if rest.len() % 2 != 0 {
        return Err(bad());
    }
    let parts = rest.chunks(2).map(|part| {
        let group = usize::try_from(number::as_isize(&part[0])?).ok().filter(|&group| group <= groups);
        Ok((group.ok_or_else(|| index_error!("invalid group reference"))?, part[1].clone()))
    });
    Ok(alloc(Template { literal: literal.clone(), parts: parts.collect::<Res<_>>()? }).into_any())
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
