//! What there is to say of an exception, as plain text: no references are kept, and no recursion goes down a chain.

use std::collections::HashSet;

use ouro_heap::Ref;

use super::{Colours, Shown, frame::FrameText, source::Sources, suggest};
use crate::{
    error::{Res, take},
    interpreter,
    objects::{
        class::Class,
        dict,
        exception::{self, ExceptionKind},
        frame::Frame,
        int,
        list::List,
        str::{self, Str, StrExt},
        traceback::Traceback,
        tuple::Tuple,
    },
    protocol::{attribute, object},
    state::{names, shared, vm},
};

/// An exception as text.
#[derive(Default)]
pub(super) struct Report {
    pub(super) stack: Vec<FrameText>,
    pub(super) class: String,
    pub(super) message: String,
    /// Lines of the notes.
    pub(super) notes: Vec<String>,
    pub(super) syntax: Option<SyntaxPlace>,
    pub(super) cause: Option<usize>,
    pub(super) context: Option<usize>,
    pub(super) suppress_context: bool,
    pub(super) members: Option<Vec<usize>>,
}

/// The attributes of a SyntaxError.
#[derive(Default)]
pub(super) struct SyntaxPlace {
    message: String,
    filename: Option<String>,
    line: Option<String>,
    end_line: Option<String>,
    text: Option<String>,
    offset: Option<i64>,
    end_offset: Option<i64>,
}

/// All exceptions that one leads to; the first is the one asked for.
pub(super) struct Reports {
    pub(super) list: Vec<Report>,
}

impl Reports {
    pub(super) fn gather(exception: &Ref, traceback: Option<&Ref<Traceback>>, shown: &Shown) -> Reports {
        let mut seen = HashSet::from([exception.address()]);
        let mut list = vec![report(exception, traceback, shown)];
        let mut queue = vec![(0, exception.clone())];
        while let Some((index, current)) = queue.pop() {
            if !exception::is_exception(&current) {
                continue;
            }
            let head = &exception::payload(&current).head;
            let add = |found: Ref,
                       list: &mut Vec<Report>,
                       queue: &mut Vec<(usize, Ref)>,
                       seen: &mut HashSet<usize>| {
                seen.insert(found.address());
                let traceback = exception::payload(&found).head.traceback.get();
                list.push(report(&found, traceback.as_ref(), shown));
                queue.push((list.len() - 1, found));
                list.len() - 1
            };
            if let Some(cause) = head.cause.get().filter(|cause| !seen.contains(&cause.address())) {
                list[index].cause = Some(add(cause, &mut list, &mut queue, &mut seen));
            }
            if let Some(context) = head.context.get().filter(|context| !seen.contains(&context.address())) {
                list[index].context = Some(add(context, &mut list, &mut queue, &mut seen));
            }
            if let Some(members) = members_of(&current) {
                let mut indices = Vec::with_capacity(members.len());
                for member in members {
                    indices.push(add(member, &mut list, &mut queue, &mut seen));
                }
                list[index].members = Some(indices);
            }
        }
        Reports { list }
    }
}

/// The exceptions in a group.
fn members_of(exception: &Ref) -> Option<Vec<Ref>> {
    if !exception::is_instance(exception, ExceptionKind::BaseExceptionGroup) {
        return None;
    }
    let members = exception::field(exception, "exceptions")?;
    let members = members.payload::<Tuple>()?.items().to_vec();
    Some(members.into_iter().filter(exception::is_exception).collect())
}

/// A value, or `None` with the exception dropped.
pub(super) fn quiet<T>(result: Res<T>) -> Option<T> {
    result.map_err(|raised| drop(take(raised))).ok()
}

fn report(exception: &Ref, traceback: Option<&Ref<Traceback>>, shown: &Shown) -> Report {
    let stack = frames_of_exception(exception, traceback, shown);
    let class = Class::of(exception).clone();
    let mut report = Report {
        stack,
        class: class_text(&class),
        message: safe_str(exception, "exception"),
        notes: notes_of(exception),
        ..Report::default()
    };
    if !exception::is_exception(exception) {
        return report;
    }
    report.suppress_context = exception::payload(exception).head.suppress_context.get();
    if exception::is_instance(exception, ExceptionKind::SyntaxError) {
        let none = &shared().none;
        let field = |name: &str| exception::field(exception, name).filter(|value| !value.is(none));
        report.syntax = Some(syntax_place(field));
    } else if let Some(hint) = suggest::hint(exception, traceback) {
        report.message.push_str(&hint);
    }
    report
}

/// The class's name with its module's, as tracebacks show it.
pub(super) fn class_text(class: &Ref<Class>) -> String {
    let text = |name: &Ref<Str>| {
        quiet(attribute::get(class.as_any(), name)).and_then(|value| value.into::<Str>().ok())
    };
    let qualname =
        text(&names().__qualname__).map_or_else(|| class.short_name(), |name| name.to_text().into_owned());
    match text(&names().__module__) {
        Some(module) if module.is_text("__main__") || module.is_text("builtins") => qualname,
        Some(module) => format!("{}.{qualname}", module.to_text()),
        None => format!("<unknown>.{qualname}"),
    }
}

/// `str(value)`, or what stands for one that fails.
pub(super) fn safe_str(value: &Ref, what: &str) -> String {
    match object::str(value) {
        Ok(text) => text.to_text().into_owned(),
        Err(raised) => {
            drop(take(raised));
            format!("<{what} str() failed>")
        }
    }
}

fn safe_repr(value: &Ref, what: &str) -> String {
    match object::repr(value) {
        Ok(text) => text.to_text().into_owned(),
        Err(raised) => {
            drop(take(raised));
            format!("<{what} repr() failed>")
        }
    }
}

fn notes_of(exception: &Ref) -> Vec<String> {
    let notes = match attribute::get_optional(exception, &names().__notes__) {
        Ok(notes) => notes,
        Err(raised) => {
            let error = take(raised);
            return vec![format!("Ignored error getting __notes__: {}", safe_repr(&error, "__notes__"))];
        }
    };
    let Some(notes) = notes.filter(|notes| !notes.is(&shared().none)) else { return Vec::new() };
    let items = match (notes.payload::<List>(), notes.payload::<Tuple>()) {
        (Some(list), _) => list.snapshot(),
        (_, Some(tuple)) => tuple.items().to_vec(),
        _ => return vec![safe_repr(&notes, "__notes__")],
    };
    items
        .iter()
        .flat_map(|note| safe_str(note, "note").split('\n').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn syntax_place(field: impl Fn(&str) -> Option<Ref>) -> SyntaxPlace {
    let text = |name: &str| field(name).map(|value| safe_str(&value, "exception"));
    let number = |name: &str| field(name).and_then(|value| int::as_i64(&value));
    SyntaxPlace {
        message: text("msg")
            .filter(|message| !message.is_empty())
            .unwrap_or_else(|| "<no detail available>".to_owned()),
        filename: text("filename"),
        line: text("lineno"),
        end_line: text("end_lineno"),
        text: text("text"),
        offset: number("offset"),
        end_offset: number("end_offset"),
    }
}

impl SyntaxPlace {
    /// File and line, the source with carets, class and message.
    pub(super) fn lines(&self, class: &str, colours: Colours) -> Vec<String> {
        let mut out = Vec::new();
        let mut suffix = String::new();
        let filename = self.filename.as_deref().filter(|name| !name.is_empty());
        match (&self.line, &self.filename) {
            (Some(line), _) => {
                let filename = format!("\"{}\"", filename.unwrap_or("<string>"));
                let line = colours.detail(&line.to_string());
                out.push(format!("  File {}, line {line}\n", colours.detail(&filename)))
            }
            (None, Some(filename)) => suffix = format!(" ({filename})"),
            (None, None) => {}
        }
        if let Some(text) = &self.text {
            self.push_source(text, colours, &mut out);
        }
        out.push(format!("{}: {}{suffix}\n", colours.class(class), colours.detail(&self.message)));
        out
    }

    fn push_source(&self, text: &str, colours: Colours, out: &mut Vec<String>) {
        let right = text.trim_end_matches('\n');
        let left: Vec<char> = right.trim_start_matches([' ', '\n', '\x0c']).chars().collect();
        let right_length = right.chars().count() as i64;
        let spaces = right_length - left.len() as i64;
        let plain = format!("    {}\n", left.iter().collect::<String>());
        let Some(mut offset) = self.offset else {
            out.push(plain);
            return;
        };
        let mut end = if self.line == self.end_line {
            self.end_offset.filter(|end| *end != 0).unwrap_or(offset)
        } else {
            right_length + 1
        };
        let length = text.chars().count() as i64;
        if length > 0 && offset > length {
            offset = right_length + 1;
        }
        if length > 0 && end > length {
            end = right_length + 1;
        }
        if offset >= end || end < 0 {
            end = offset + 1;
        }
        let (column, end_column) = (offset - 1 - spaces, end - 1 - spaces);
        if column < 0 {
            out.push(plain);
            return;
        }
        let place = |at: i64| (at.max(0) as usize).min(left.len());
        let part = |range: std::ops::Range<usize>| left[range].iter().collect::<String>();
        let (start, stop) = (place(column), place(end_column));
        let marked = colours.fault(&part(start..stop));
        out.push(format!("    {}{marked}{}\n", part(0..start), part(stop..left.len())));
        // White space other than blanks is kept, so that the carets stay aligned under tabs.
        let pad =
            left.iter().take(column as usize).map(|c| if super::source::is_space(*c) { *c } else { ' ' });
        let missing = (column as usize).saturating_sub(left.len());
        debug_assert!(missing <= left.len() + 1 || length == 0);
        let carets = "^".repeat((end_column - column).clamp(0, length + 2) as usize);
        out.push(format!("    {}{}\n", pad.collect::<String>(), colours.fault(&carets)));
    }
}

/// What a traceback shows of its frames, outermost first.
pub fn frames_of_traceback(traceback: Option<&Ref<Traceback>>, shown: &Shown) -> Vec<FrameText> {
    let mut entries = Vec::new();
    let mut next = traceback.cloned();
    while let Some(entry) = next {
        next = entry.next.get();
        entries.push(entry);
    }
    let total = entries.len();
    let range = range_of(total, shown);
    entries.drain(..range.start);
    entries.truncate(range.len());
    let mut frames = Vec::with_capacity(entries.len());
    for entry in &entries {
        if let Some(frame) = entry.frame.get() {
            let position = frame.code.position(entry.instruction as usize);
            frames.push(frame_text(&frame, position, entry.line, shown.locals));
        }
    }
    frames
}

/// What the traceback of an exception shows of its frames: where a local was unbound, its name is marked.
pub fn frames_of_exception(
    exception: &Ref,
    traceback: Option<&Ref<Traceback>>,
    shown: &Shown,
) -> Vec<FrameText> {
    let mut frames = frames_of_traceback(traceback, shown);
    if exception::is_exception(exception)
        && exception::is_instance(exception, ExceptionKind::UnboundLocalError)
        && let Some(frame) = frames.last_mut()
        && let Some(name) = safe_str(exception, "exception").split('\'').nth(1)
    {
        frame.narrow_to(name, &mut Sources::default());
    }
    frames
}

/// The lines that show a SyntaxError with these attributes.
pub fn syntax_lines(class: &str, values: [&Ref; 7], colours: Colours) -> Vec<String> {
    let names = ["msg", "filename", "lineno", "end_lineno", "text", "offset", "end_offset"];
    let field = |name: &str| {
        let value = values[names.iter().position(|known| *known == name)?];
        Some(value.clone()).filter(|value| !value.is(&shared().none))
    };
    syntax_place(field).lines(class, colours)
}

/// What a traceback of the running frames shows, from a frame to the outermost, which comes first.
pub fn frames_of_stack(innermost: Option<Ref<Frame>>, shown: &Shown) -> Vec<FrameText> {
    let mut frames = Vec::new();
    let mut next = innermost;
    while let Some(frame) = next {
        let line = frame.line();
        let mut text = frame_text(&frame, Default::default(), line, shown.locals);
        text.columns = None;
        text.end_line = line;
        frames.push(text);
        next = interpreter::back_of(&frame);
    }
    // The limit counts from the innermost frame here.
    let range = range_of(frames.len(), shown);
    let mut frames: Vec<FrameText> = frames.drain(range).collect();
    frames.reverse();
    frames
}

fn range_of(total: usize, shown: &Shown) -> std::ops::Range<usize> {
    let mut limit = shown.limit;
    if limit.is_none() {
        let setting =
            vm().slots.sys.get().and_then(|sys| dict::get_str(&sys, &str::intern("tracebacklimit")));
        limit = setting.and_then(|value| int::as_i64(&value)).map(|value| value.max(0));
    }
    match limit {
        None => 0..total,
        Some(limit) if shown.by_interpreter => total.saturating_sub(limit.max(0) as usize)..total,
        Some(limit) if limit >= 0 => 0..total.min(limit as usize),
        Some(limit) => total.saturating_sub(limit.unsigned_abs() as usize)..total,
    }
}

fn module_file(frame: &Ref<Frame>) -> Option<String> {
    let file = dict::get_str(&*frame.globals()?, &names().__file__)?;
    file.downcast::<Str>().map(|file| file.to_text().into_owned())
}

/// `-X no_debug_ranges` and PYTHONNODEBUGRANGES: positions without columns, tracebacks without carets.
pub(crate) fn without_columns() -> bool {
    let options = &vm().options;
    let variable = || std::env::var_os("PYTHONNODEBUGRANGES").is_some_and(|value| !value.is_empty());
    options.x_options.iter().any(|(name, _)| name == "no_debug_ranges")
        || !options.ignore_environment && variable()
}

fn frame_text(
    frame: &Ref<Frame>,
    position: ouro_bytecode::code::Position,
    line: u32,
    with_locals: bool,
) -> FrameText {
    let known = !without_columns()
        && position.line != 0
        && (position.end_line, position.end_column) > (position.line, position.column);
    let mut locals: Vec<(String, String)> = Vec::new();
    if with_locals {
        let items = frame.local_items();
        locals.extend(items.iter().map(|(name, value)| (safe_str(name, "local"), safe_repr(value, "local"))));
        locals.sort();
    }
    let line = if position.line == 0 { line } else { position.line };
    FrameText {
        filename: frame.code.filename.to_text().into_owned(),
        line,
        end_line: position.end_line.max(line),
        columns: known.then_some((position.column, position.end_column)),
        name: frame.code.name.to_text().into_owned(),
        module_file: module_file(frame),
        text: None,
        locals,
    }
}
