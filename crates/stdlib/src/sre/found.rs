//! `re.Match`.

use ouro_heap::{Opaque, Payload, Ref, Slot, alloc};
use ouro_vm::{
    error::{Res, take_if},
    index_error,
    native::{NativeDef, bound, plain},
    objects::{
        class::{ClassDef, class_flags, getter, member},
        dict,
        exception::ExceptionKind,
        int,
        slots::Slots,
        tuple,
    },
    protocol::number,
    state::shared,
    types,
};

use super::{
    matcher::{Found, NOWHERE},
    pattern::Pattern,
    subject::Subject,
    template,
};
use crate::support::{CLASS_GETITEM, repr_text, text, this};

/// A match's payload.
#[derive(Payload)]
#[payload(types::RE_MATCH)]
pub(super) struct Match {
    pub(super) string: Ref,
    pub(super) pattern: Ref<Pattern>,
    found: Opaque<Box<Found>>,
    range: (usize, usize),
    /// `regs`, once it has been asked for.
    regs: Slot,
}

/// A match object.
pub(super) fn new(pattern: &Ref<Pattern>, string: &Ref, found: Found, range: (usize, usize)) -> Ref {
    alloc(Match {
        string: string.clone(),
        pattern: pattern.clone(),
        found: Opaque(Box::new(found)),
        range,
        regs: Slot::empty(),
    })
    .into_any()
}

/// Where a group has matched; group 0 is all.
pub(super) fn span(found: &Found, group: usize) -> Option<(usize, usize)> {
    if group == 0 {
        return Some((found.start, found.end));
    }
    let (start, end) = (found.marks[2 * group - 2], found.marks[2 * group - 1]);
    (start != NOWHERE && end != NOWHERE && start <= end).then_some((start, end))
}

/// The number of a group, given by number or name.
fn group_number(found: &Match, group: &Ref) -> Res<usize> {
    let number = match number::index(group) {
        Ok(number) => number::as_isize_clamped(&number)?,
        Err(raised) => {
            take_if(raised, ExceptionKind::TypeError)?;
            match dict::get(&found.pattern.group_index, group) {
                Ok(Some(number)) => number::as_isize(&number)?,
                Ok(None) => -1,
                Err(raised) => {
                    take_if(raised, ExceptionKind::TypeError)?;
                    -1
                }
            }
        }
    };
    usize::try_from(number)
        .ok()
        .filter(|&number| number <= found.pattern.groups)
        .ok_or_else(|| index_error!("no such group"))
}

impl Match {
    fn span(&self, group: usize) -> Option<(usize, usize)> {
        span(&self.found.0, group)
    }

    /// What a group has matched.
    pub(super) fn group(&self, group: usize, default: &Ref) -> Res {
        match self.span(group) {
            Some((start, end)) => {
                let subject = Subject::new(&self.string)?;
                // A buffer may have become shorter since.
                let len = subject.len();
                Ok(subject.part(start.min(len), end.min(len)))
            }
            None => Ok(default.clone()),
        }
    }
}

fn place(place: Option<usize>) -> Ref {
    place.map_or_else(|| int::new(-1), int::from_usize)
}

fn pair(span: Option<(usize, usize)>) -> Ref {
    tuple::pair(place(span.map(|span| span.0)), place(span.map(|span| span.1)))
}

fn group(args: &[Ref]) -> Res {
    let found = this::<Match>(&args[0]);
    let none = &shared().none;
    match &args[1..] {
        [] => found.group(0, none),
        [one] => found.group(group_number(found, one)?, none),
        several => {
            let groups = several.iter().map(|one| found.group(group_number(found, one)?, none));
            Ok(tuple::from_vec(groups.collect::<Res<_>>()?).into_any())
        }
    }
}

fn span_of(args: &[Ref]) -> Res<Option<(usize, usize)>> {
    let found = this::<Match>(&args[0]);
    let group = args.get(1).map_or(Ok(0), |group| group_number(found, group))?;
    Ok(found.span(group))
}

fn groups(args: &[Option<Ref>]) -> Res {
    let found = this::<Match>(args[0].as_ref().expect("the receiver"));
    let default = args[1].as_ref().unwrap_or(&shared().none);
    let groups = (1..=found.pattern.groups).map(|group| found.group(group, default));
    Ok(tuple::from_vec(groups.collect::<Res<_>>()?).into_any())
}

fn group_dict(args: &[Option<Ref>]) -> Res {
    let found = this::<Match>(args[0].as_ref().expect("the receiver"));
    let default = args[1].as_ref().unwrap_or(&shared().none);
    let made = dict::new();
    for (name, _) in found.pattern.group_index.snapshot() {
        dict::set(&made, &name, found.group(group_number(found, &name)?, default)?)?;
    }
    Ok(made.into_any())
}

fn expand(args: &[Option<Ref>]) -> Res {
    let receiver = args[0].as_ref().expect("the receiver");
    let found = this::<Match>(receiver);
    let made = template::compile(found.pattern.as_any(), args[1].as_ref().expect("a required parameter"))?;
    template::expand(&made, found)
}

fn last_index(object: &Ref) -> Res {
    let last = this::<Match>(object).found.0.last_group;
    Ok(if last == 0 { shared().none.clone() } else { int::from_usize(last) })
}

fn last_group(object: &Ref) -> Res {
    let found = this::<Match>(object);
    let name = found.pattern.index_group.items().get(found.found.0.last_group);
    Ok(name.filter(|_| found.found.0.last_group > 0).cloned().unwrap_or_else(|| shared().none.clone()))
}

fn regs(object: &Ref) -> Res {
    let found = this::<Match>(object);
    if let Some(made) = found.regs.get() {
        return Ok(made);
    }
    let spans = (0..=found.pattern.groups).map(|group| pair(found.span(group))).collect();
    let made = tuple::from_vec(spans).into_any();
    found.regs.set(Some(made.clone()));
    Ok(made)
}

fn repr(object: &Ref) -> Res {
    let found = this::<Match>(object);
    let (start, end) = (found.found.0.start, found.found.0.end);
    let matched: String = repr_text(&found.group(0, &shared().none)?)?.chars().take(50).collect();
    Ok(text(&format!("<re.Match object; span=({start}, {end}), match={matched}>")))
}

const COPIED: fn(&[Ref]) -> Res = |args| Ok(args[0].clone());

static METHODS: [NativeDef; 10] = [
    plain(
        "group",
        "(self, *groups)",
        group,
        "group([group1, ...]) -> str or tuple.\nReturn subgroup(s) of the match by indices or names.\nFor 0 returns the entire match.",
    ),
    plain(
        "start",
        "(self, group=0, /)",
        |args| Ok(place(span_of(args)?.map(|span| span.0))),
        "Return index of the start of the substring matched by group.",
    ),
    plain(
        "end",
        "(self, group=0, /)",
        |args| Ok(place(span_of(args)?.map(|span| span.1))),
        "Return index of the end of the substring matched by group.",
    ),
    plain(
        "span",
        "(self, group=0, /)",
        |args| Ok(pair(span_of(args)?)),
        "For match object m, return the 2-tuple (m.start(group), m.end(group)).",
    ),
    bound(
        "groups",
        "(self, default=None)",
        groups,
        "Return a tuple containing all the subgroups of the match, from 1.\n\n  default\n    Is used for groups that did not participate in the match.",
    ),
    bound(
        "groupdict",
        "(self, default=None)",
        group_dict,
        "Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.\n\n  default\n    Is used for groups that did not participate in the match.",
    ),
    bound(
        "expand",
        "(self, template)",
        expand,
        "Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.",
    ),
    plain("__copy__", "(self, /)", COPIED, ""),
    plain("__deepcopy__", "(self, memo, /)", COPIED, ""),
    CLASS_GETITEM,
];

/// `re.Match`
pub(super) static MATCH: ClassDef = ClassDef {
    module: "re",
    flags: class_flags::NO_INSTANTIATION | class_flags::KEYED,
    slots: Slots {
        repr: Some(repr),
        get_item: Some(|object, group| {
            let found = this::<Match>(object);
            found.group(group_number(found, group)?, &shared().none)
        }),
        ..Slots::NONE
    },
    methods: &METHODS,
    getset: &[
        member(
            "string",
            |object| Ok(this::<Match>(object).string.clone()),
            "The string passed to match() or search().",
        ),
        member(
            "re",
            |object| Ok(this::<Match>(object).pattern.clone().into_any()),
            "The regular expression object.",
        ),
        member(
            "pos",
            |object| Ok(int::from_usize(this::<Match>(object).range.0)),
            "The index into the string at which the RE engine started looking for a match.",
        ),
        member(
            "endpos",
            |object| Ok(int::from_usize(this::<Match>(object).range.1)),
            "The index into the string beyond which the RE engine will not go.",
        ),
        getter("lastindex", last_index, "The integer index of the last matched capturing group."),
        getter("lastgroup", last_group, "The name of the last matched capturing group."),
        getter("regs", regs, ""),
    ],
    doc: "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.",
    ..ClassDef::new::<Match>(types::RE_MATCH, "Match")
};
