//! The scanner: matches of a text one after the other.

use std::cell::Cell;

use ouro_heap::{Payload, Ref, alloc};
use ouro_vm::{
    error::Res,
    native::{NativeDef, plain},
    objects::{
        class::{ClassDef, class_flags, member},
        iterators::callable,
        str,
    },
    protocol::attribute,
    state::shared,
    types,
};

use super::{
    found,
    matcher::Wanted,
    pattern::{How, Pattern, bounds, run},
};
use crate::support::this;

/// A scanner's payload.
#[derive(Payload)]
#[payload(types::RE_SCANNER)]
pub(super) struct Scanner {
    pattern: Ref<Pattern>,
    string: Ref,
    range: (usize, usize),
    /// Where the next match may begin; nothing at the end.
    next: Cell<Option<usize>>,
    /// The last match was empty.
    advance: Cell<bool>,
}

/// `pattern.scanner(string)`
pub(super) fn new(args: &[Option<Ref>]) -> Res {
    let argument = |index: usize| args[index].as_ref().expect("a required parameter");
    let pattern = argument(0).downcast::<Pattern>().expect("a method of Pattern").clone();
    let range = bounds(&pattern.subject(argument(1))?, args[2].as_ref(), args[3].as_ref())?;
    Ok(alloc(Scanner {
        pattern,
        string: argument(1).clone(),
        range,
        next: Cell::new(Some(range.0)),
        advance: Cell::new(false),
    })
    .into_any())
}

/// `pattern.finditer(string)`
pub(super) fn iterate(args: &[Option<Ref>]) -> Res {
    let scanner = new(args)?;
    let search = attribute::get(&scanner, &str::intern("search"))?;
    Ok(callable::new(search, shared().none.clone()))
}

fn step(object: &Ref, how: How) -> Res {
    let scanner = this::<Scanner>(object);
    let Some(start) = scanner.next.get() else { return Ok(shared().none.clone()) };
    let subject = scanner.pattern.subject(&scanner.string)?;
    let end = scanner.range.1.min(subject.len());
    let wanted = Wanted { start, end, whole: false, advance: scanner.advance.get() };
    let Some(found) = run(&scanner.pattern, &subject, wanted, how)? else {
        scanner.next.set(None);
        return Ok(shared().none.clone());
    };
    scanner.next.set(Some(found.end));
    scanner.advance.set(found.end == found.start);
    Ok(found::new(&scanner.pattern, &scanner.string, found, scanner.range))
}

static METHODS: [NativeDef; 2] = [
    plain("match", "(self, /)", |args| step(&args[0], How::Match), ""),
    plain("search", "(self, /)", |args| step(&args[0], How::Search), ""),
];

/// `_sre.SRE_Scanner`
pub(super) static SCANNER: ClassDef = ClassDef {
    module: "_sre",
    flags: class_flags::NO_INSTANTIATION,
    methods: &METHODS,
    getset: &[member("pattern", |object| Ok(this::<Scanner>(object).pattern.clone().into_any()), "")],
    ..ClassDef::new::<Scanner>(types::RE_SCANNER, "SRE_Scanner")
};
