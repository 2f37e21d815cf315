//! `re.Pattern`.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Opaque, Payload, Ref, alloc};
use ouro_vm::{
    error::Res,
    native::{NativeDef, bound, plain},
    not_implemented_error,
    objects::{
        bool_,
        class::{Class, ClassDef, class_flags, getter, member},
        dict::{self, Dict},
        int,
        list::{self, List},
        mapping_proxy,
        sequence::size_with_storage,
        slots::Slots,
        str::Str,
        tuple::{self, Tuple},
    },
    protocol::{compare, iterate, number, object},
    runtime_error,
    state::shared,
    type_error, types,
};

use super::{
    assemble, flags, found,
    matcher::{Found, Wanted},
    parser,
    program::Program,
    scanner,
    subject::Subject,
    template,
    tree::{Kind, Node},
    words,
};
use crate::support::{CLASS_GETITEM, repr_text, text, this};

/// A compiled pattern's payload.
#[derive(Payload)]
#[payload(types::RE_PATTERN)]
pub(super) struct Pattern {
    /// The text it was made of, or None.
    pub(super) source: Ref,
    pub(super) flags: i64,
    pub(super) groups: usize,
    /// The numbers of named groups.
    pub(super) group_index: Ref<Dict>,
    /// The names of groups by number.
    pub(super) index_group: Ref<Tuple>,
    pub(super) program: Opaque<Box<Program>>,
}

fn argument(args: &[Option<Ref>], index: usize) -> &Ref {
    args[index].as_ref().expect("a required parameter")
}

/// `_sre.compile`
pub(super) fn compile(args: &[Option<Ref>]) -> Res {
    let source = argument(args, 0);
    let flags = number::as_isize(argument(args, 1))? as i64;
    let code = argument(args, 2);
    let code = code.payload::<List>().ok_or_else(|| {
        type_error!("compile() argument 'code' must be list, not {}", Class::of(code).short_name())
    })?;
    let groups = number::as_isize(argument(args, 3))?;
    let group_index = argument(args, 4).downcast::<Dict>().cloned();
    let index_group = argument(args, 5).downcast::<Tuple>().cloned();
    let (Some(group_index), Some(index_group)) = (group_index, index_group) else {
        return Err(type_error!("compile() arguments 'groupindex' and 'indexgroup' must be dict and tuple"));
    };
    let mut words = Vec::new();
    for word in code.snapshot() {
        match u32::try_from(number::as_isize(&word)?) {
            Ok(word) => words.push(word),
            Err(_) => return Err(ouro_vm::overflow_error!("regular expression code size limit exceeded")),
        }
    }
    if !source.is(&shared().none) {
        Subject::new(source)?;
    }
    let program = usize::try_from(groups).ok().filter(|&groups| groups <= super::program::MAX_GROUPS);
    let program = program.and_then(|groups| words::translate(&words, groups).ok());
    let Some(program) = program else { return Err(runtime_error!("invalid SRE code")) };
    Ok(alloc(Pattern {
        source: source.clone(),
        flags,
        groups: groups as usize,
        group_index,
        index_group,
        program: Opaque(Box::new(program)),
    })
    .into_any())
}

/// `_sre.compile_text`: from a string or bytes, and flags.
pub(super) fn compile_text(args: &[Ref]) -> Res {
    let source = &args[0];
    let flags = number::as_isize(&args[1])? as i64;
    if flags & flags::DEBUG != 0 {
        return Err(not_implemented_error!("re.DEBUG is not supported"));
    }
    let made = parser::parse(source, flags)
        .and_then(|tree| Ok((assemble::assemble(&tree.body, tree.flags, tree.groups)?, tree)));
    match made {
        Ok((program, tree)) => new(source.clone(), tree.flags, tree.groups, tree.names, program),
        Err(fault) => Err(fault.raise(source)),
    }
}

/// `_sre.compile_lexicon`: from a list of patterns, which are alternatives in groups of their own.
pub(super) fn compile_lexicon(args: &[Ref]) -> Res {
    let flags = number::as_isize(&args[1])? as i64;
    let sources = iterate::collect(&args[0])?;
    let groups = sources.len();
    let mut branches = Vec::with_capacity(groups);
    for (index, source) in sources.iter().enumerate() {
        let tree = parser::parse(source, flags).map_err(|fault| fault.raise(source))?;
        // Groups inside have numbers of their own, which must not lie beyond those of the alternatives.
        if tree.groups > groups {
            return Err(runtime_error!("invalid SRE code"));
        }
        let number = Some(index + 1);
        branches.push(vec![Node::new(Kind::Group { number, added: 0, removed: 0, body: tree.body })]);
    }
    let body = [Node::new(Kind::Branch(branches))];
    let none = &shared().none;
    let program = assemble::assemble(&body, flags, groups).map_err(|fault| fault.raise(none))?;
    new(none.clone(), flags, groups, dict::new(), program)
}

/// A pattern, whose groups have these names.
fn new(source: Ref, flags: i64, groups: usize, group_index: Ref<Dict>, program: Program) -> Res {
    let mut index_group = vec![shared().none.clone(); groups + 1];
    for (name, number) in group_index.snapshot() {
        index_group[number::as_isize(&number)? as usize] = name;
    }
    let index_group = tuple::from_vec(index_group);
    let program = Opaque(Box::new(program));
    Ok(alloc(Pattern { source, flags, groups, group_index, index_group, program }).into_any())
}

impl Pattern {
    /// Whether it is a pattern of strings; unknown for a pattern without text.
    fn is_text(&self) -> Option<bool> {
        (!self.source.is(&shared().none)).then(|| self.source.payload::<Str>().is_some())
    }

    /// The text to match, which has to be of the pattern's kind.
    pub(super) fn subject(&self, object: &Ref) -> Res<Subject> {
        let subject = Subject::new(object)?;
        match (self.is_text(), subject.is_text()) {
            (Some(true), false) => Err(type_error!("cannot use a string pattern on a bytes-like object")),
            (Some(false), true) => Err(type_error!("cannot use a bytes pattern on a string-like object")),
            _ => Ok(subject),
        }
    }
}

/// The part of a text between `pos` and `endpos`.
pub(super) fn bounds(subject: &Subject, pos: Option<&Ref>, end: Option<&Ref>) -> Res<(usize, usize)> {
    let len = subject.len();
    let clamp = |value: Option<&Ref>, default: usize| -> Res<usize> {
        let Some(value) = value else { return Ok(default) };
        Ok(usize::try_from(number::as_isize_clamped(&number::index(value)?)?).unwrap_or(0).min(len))
    };
    Ok((clamp(pos, 0)?, clamp(end, len)?))
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum How {
    Match,
    FullMatch,
    Search,
}

/// One match from a place on.
pub(super) fn run(pattern: &Pattern, subject: &Subject, wanted: Wanted, how: How) -> Res<Option<Found>> {
    if wanted.start > wanted.end {
        return Ok(None);
    }
    match how {
        How::Search => subject.search(&pattern.program.0, wanted),
        _ => subject.match_here(&pattern.program.0, wanted),
    }
}

fn single(args: &[Option<Ref>], how: How) -> Res {
    let receiver = argument(args, 0);
    let pattern = receiver.downcast::<Pattern>().expect("a method of Pattern");
    let string = argument(args, 1);
    let subject = pattern.subject(string)?;
    let (start, end) = bounds(&subject, args[2].as_ref(), args[3].as_ref())?;
    let wanted = Wanted { start, end, whole: how == How::FullMatch, advance: false };
    match run(pattern, &subject, wanted, how)? {
        Some(found) => Ok(found::new(pattern, string, found, (start, end))),
        None => Ok(shared().none.clone()),
    }
}

/// Calls `each` with the matches of a text one after the other, until it is content.
fn every(
    pattern: &Pattern,
    subject: &Subject,
    (start, end): (usize, usize),
    mut each: impl FnMut(Found) -> Res<bool>,
) -> Res<()> {
    let mut wanted = Wanted { start, end, whole: false, advance: false };
    while let Some(found) = run(pattern, subject, wanted, How::Search)? {
        wanted.start = found.end;
        wanted.advance = found.end == found.start;
        if !each(found)? {
            break;
        }
    }
    Ok(())
}

fn find_all(args: &[Option<Ref>]) -> Res {
    let pattern = this::<Pattern>(argument(args, 0));
    let subject = pattern.subject(argument(args, 1))?;
    let range = bounds(&subject, args[2].as_ref(), args[3].as_ref())?;
    let mut all = Vec::new();
    every(pattern, &subject, range, |found| {
        let group = |group| {
            found::span(&found, group)
                .map_or_else(|| subject.empty(), |(start, end)| subject.part(start, end))
        };
        all.push(match pattern.groups {
            0 => group(0),
            1 => group(1),
            groups => tuple::from_vec((1..=groups).map(group).collect()).into_any(),
        });
        Ok(true)
    })?;
    list::object_from_vec(all)
}

fn split(args: &[Option<Ref>]) -> Res {
    let pattern = this::<Pattern>(argument(args, 0));
    let subject = pattern.subject(argument(args, 1))?;
    let most = args[2].as_ref().map_or(Ok(0), number::as_isize)?;
    let mut parts = Vec::new();
    let (mut last, mut count) = (0, 0);
    let len = subject.len();
    if most >= 0 {
        every(pattern, &subject, (0, len), |found| {
            parts.push(subject.part(last, found.start));
            parts.extend((1..=pattern.groups).map(|group| match found::span(&found, group) {
                Some((start, end)) => subject.part(start, end),
                None => shared().none.clone(),
            }));
            last = found.end;
            count += 1;
            Ok(count != most)
        })?;
    }
    parts.push(subject.part(last, len));
    list::object_from_vec(parts)
}

fn substitute(args: &[Option<Ref>]) -> Res<(Ref, usize)> {
    let receiver = argument(args, 0);
    let pattern = receiver.downcast::<Pattern>().expect("a method of Pattern");
    let string = argument(args, 2);
    let replacement = template::Replacement::new(receiver, argument(args, 1))?;
    let subject = pattern.subject(string)?;
    let most = args[3].as_ref().map_or(Ok(0), number::as_isize)?;
    let len = subject.len();
    let mut parts = Vec::new();
    let (mut last, mut count) = (0, 0);
    if most >= 0 {
        every(pattern, &subject, (0, len), |found| {
            if last < found.start {
                parts.push(subject.part(last, found.start));
            }
            last = found.end;
            let made = replacement.expand(pattern, string, &subject, found)?;
            if !made.is(&shared().none) {
                parts.push(made);
            }
            count += 1;
            Ok(count != most as usize)
        })?;
    }
    if last < len {
        parts.push(subject.part(last, len));
    }
    Ok((template::join(&subject, parts)?, count))
}

fn repr(object: &Ref) -> Res {
    const NAMES: [(&str, i64); 8] = [
        ("re.IGNORECASE", flags::IGNORECASE),
        ("re.LOCALE", flags::LOCALE),
        ("re.MULTILINE", flags::MULTILINE),
        ("re.DOTALL", flags::DOTALL),
        ("re.VERBOSE", flags::VERBOSE),
        ("re.DEBUG", flags::DEBUG),
        ("re.ASCII", flags::ASCII),
        ("re.UNICODE", flags::UNICODE),
    ];
    let pattern = this::<Pattern>(object);
    let mut left = pattern.flags;
    // Strings are matched as Unicode unless something else is said.
    if pattern.is_text() == Some(true)
        && left & (flags::LOCALE | flags::UNICODE | flags::ASCII) == flags::UNICODE
    {
        left &= !flags::UNICODE;
    }
    let mut names = Vec::new();
    for (name, flag) in NAMES {
        if left & flag != 0 {
            names.push(name.to_owned());
            left &= !flag;
        }
    }
    if left != 0 {
        names.push(format!("{left:#x}"));
    }
    let shown: String = repr_text(&pattern.source)?.chars().take(200).collect();
    let names = if names.is_empty() { String::new() } else { format!(", {}", names.join("|")) };
    Ok(text(&format!("re.compile({shown}{names})")))
}

fn rich_compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let (Some(a), Some(b)) = (left.payload::<Pattern>(), right.payload::<Pattern>()) else {
        return Ok(shared().not_implemented.clone());
    };
    if !matches!(comparison, Comparison::Eq | Comparison::Ne) {
        return Ok(shared().not_implemented.clone());
    }
    let same = left.is(right)
        || (a.flags == b.flags
            && a.is_text() == b.is_text()
            && a.program.0 == b.program.0
            && compare::equal(&a.source, &b.source)?);
    Ok(bool_::new(same == (comparison == Comparison::Eq)))
}

fn hash(object: &Ref) -> Res<i64> {
    let pattern = this::<Pattern>(object);
    Ok(object::hash(&pattern.source)? ^ pattern.flags ^ ((pattern.groups as i64) << 20))
}

fn size_of(args: &[Ref]) -> Res {
    let program = this::<Pattern>(&args[0]).program.0.bytes();
    Ok(size_with_storage(&args[0], program))
}

const SEARCHED: &str = "(self, string, pos=0, endpos=sys.maxsize)";

static METHODS: [NativeDef; 13] = [
    bound(
        "match",
        SEARCHED,
        |args| single(args, How::Match),
        "Matches zero or more characters at the beginning of the string.",
    ),
    bound("fullmatch", SEARCHED, |args| single(args, How::FullMatch), "Matches against all of the string."),
    bound(
        "search",
        SEARCHED,
        |args| single(args, How::Search),
        "Scan through string looking for a match, and return a corresponding match object instance.\n\nReturn None if no position in the string matches.",
    ),
    bound(
        "findall",
        SEARCHED,
        find_all,
        "Return a list of all non-overlapping matches of pattern in string.",
    ),
    bound(
        "finditer",
        SEARCHED,
        scanner::iterate,
        "Return an iterator over all non-overlapping matches for the RE pattern in string.\n\nFor each match, the iterator returns a match object.",
    ),
    bound("scanner", SEARCHED, scanner::new, ""),
    bound("split", "(self, string, maxsplit=0)", split, "Split string by the occurrences of pattern."),
    bound(
        "sub",
        "(self, repl, string, count=0)",
        |args| substitute(args).map(|(made, _)| made),
        "Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.",
    ),
    bound(
        "subn",
        "(self, repl, string, count=0)",
        |args| substitute(args).map(|(made, count)| tuple::pair(made, int::from_usize(count))),
        "Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.",
    ),
    plain("__copy__", "(self, /)", |args| Ok(args[0].clone()), ""),
    plain("__deepcopy__", "(self, memo, /)", |args| Ok(args[0].clone()), ""),
    plain("__sizeof__", "(self, /)", size_of, "Bytes of the pattern and its program."),
    CLASS_GETITEM,
];

/// `re.Pattern`
pub(super) static PATTERN: ClassDef = ClassDef {
    module: "re",
    flags: class_flags::NO_INSTANTIATION | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { repr: Some(repr), compare: Some(rich_compare), hash: Some(hash), ..Slots::NONE },
    methods: &METHODS,
    getset: &[
        member(
            "pattern",
            |object| Ok(this::<Pattern>(object).source.clone()),
            "The pattern string from which the RE object was compiled.",
        ),
        member("flags", |object| Ok(int::new(this::<Pattern>(object).flags)), "The regex matching flags."),
        member(
            "groups",
            |object| Ok(int::from_usize(this::<Pattern>(object).groups)),
            "The number of capturing groups in the pattern.",
        ),
        getter(
            "groupindex",
            |object| Ok(mapping_proxy::new(this::<Pattern>(object).group_index.clone().into_any())),
            "A dictionary mapping group names to group numbers.",
        ),
    ],
    doc: "Compiled regular expression object.",
    ..ClassDef::new::<Pattern>(types::RE_PATTERN, "Pattern")
};
