//! The text of exceptions: what CPython's `traceback` module prints for an uncaught one.

mod anchors;
mod colour;
mod frame;
mod gather;
mod source;
mod suggest;
mod unraisable;

pub use colour::Colours;
pub use frame::FrameText;
pub(crate) use gather::without_columns;
pub use gather::{frames_of_exception, frames_of_stack, frames_of_traceback, syntax_lines};
pub use source::{Sources, forget_files, remember};
pub use suggest::hint;
pub use unraisable::plain;

use gather::{Report, Reports};
use ouro_heap::Ref;

use crate::objects::traceback::Traceback;

/// How many times a frame is shown that repeats itself.
const REPETITIONS: usize = 3;
const MAX_GROUP_WIDTH: usize = 15;
const MAX_GROUP_DEPTH: usize = 10;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// What is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// At most this many frames; a negative number counts from the end.
    pub limit: Option<i64>,
    /// Causes and contexts too.
    pub chain: bool,
    /// The interpreter itself reports: `sys.tracebacklimit` keeps the innermost frames instead of the outermost.
    pub by_interpreter: bool,
    /// The values of locals too.
    pub locals: bool,
    /// With or without colours.
    pub colours: Colours,
}

impl Default for Shown {
    fn default() -> Shown {
        Shown { limit: None, chain: true, by_interpreter: false, locals: false, colours: Colours::default() }
    }
}

/// The text for an exception in pieces, as `traceback.format_exception` gives them.
pub fn format_exception(exception: &Ref, traceback: Option<&Ref<Traceback>>, shown: &Shown) -> Vec<String> {
    let reports = Reports::gather(exception, traceback, shown);
    let mut writer = Writer {
        reports: &reports,
        sources: Sources::default(),
        colours: shown.colours,
        out: Vec::new(),
        depth: 0,
        need_close: false,
    };
    writer.chain(0, shown.chain);
    writer.out
}

/// The lines for the exception alone, without traceback.
pub fn format_exception_only(exception: &Ref, groups: bool, colours: Colours) -> Vec<String> {
    let shown = Shown { limit: Some(0), colours, ..Shown::default() };
    let reports = Reports::gather(exception, None, &shown);
    let mut out = Vec::new();
    exception_lines(&reports, 0, groups, 0, shown.colours, &mut out);
    out
}

/// The text of an uncaught exception, as the interpreter writes it to stderr.
pub fn uncaught(exception: &Ref, colours: Colours) -> String {
    let traceback = crate::objects::exception::payload(exception).head.traceback.get();
    let shown = Shown { by_interpreter: true, colours, ..Shown::default() };
    format_exception(exception, traceback.as_ref(), &shown).concat()
}

/// The text of frames, one piece each, repetitions folded.
pub fn format_stack(frames: &[FrameText], sources: &mut Sources, colours: Colours) -> Vec<String> {
    let mut out = Vec::new();
    let mut last: Option<&FrameText> = None;
    let mut count = 0;
    let fold = |out: &mut Vec<String>, count: usize| {
        if count > REPETITIONS {
            let more = count - REPETITIONS;
            out.push(format!(
                "  [Previous line repeated {more} more time{}]\n",
                if more > 1 { "s" } else { "" }
            ));
        }
    };
    for frame in frames {
        if !last.is_some_and(|last| last.same_place(frame)) {
            fold(&mut out, count);
            last = Some(frame);
            count = 0;
        }
        count += 1;
        if count <= REPETITIONS {
            out.push(frame.format(sources, colours));
        }
    }
    fold(&mut out, count);
    out
}

/// Writes reports with the margin of exception groups.
struct Writer<'a> {
    reports: &'a Reports,
    sources: Sources,
    colours: Colours,
    out: Vec<String>,
    depth: usize,
    need_close: bool,
}

impl Writer<'_> {
    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }

    fn emit(&mut self, text: &str, margin: char) {
        if self.depth == 0 {
            self.out.push(text.to_owned());
            return;
        }
        let indent = format!("{}{margin} ", self.indent());
        self.out.push(text.split_inclusive('\n').map(|line| format!("{indent}{line}")).collect());
    }

    /// An exception after those that led to it.
    fn chain(&mut self, index: usize, chain: bool) {
        let mut links = vec![(None, index)];
        let mut current = index;
        while let Some(report) = self.reports.list.get(current).filter(|_| chain) {
            let (message, next) = match (report.cause, report.context) {
                (Some(cause), _) => (CAUSE, cause),
                (None, Some(context)) if !report.suppress_context => (CONTEXT, context),
                _ => break,
            };
            links.last_mut().expect("never empty").0 = Some(message);
            links.push((None, next));
            current = next;
        }
        for (message, index) in links.into_iter().rev() {
            if let Some(message) = message {
                self.emit(message, '|');
            }
            self.one(index, chain);
        }
    }

    fn stack(&mut self, report: &Report) {
        for piece in format_stack(&report.stack, &mut self.sources, self.colours) {
            self.emit(&piece, '|');
        }
    }

    fn one(&mut self, index: usize, chain: bool) {
        let reports = self.reports;
        let report = &reports.list[index];
        let mut lines = Vec::new();
        exception_lines(reports, index, false, 0, self.colours, &mut lines);
        let Some(members) = &report.members else {
            if !report.stack.is_empty() {
                self.emit("Traceback (most recent call last):\n", '|');
                self.stack(report);
            }
            lines.iter().for_each(|line| self.emit(line, '|'));
            return;
        };
        if self.depth > MAX_GROUP_DEPTH {
            self.emit(&format!("... (max_group_depth is {MAX_GROUP_DEPTH})\n"), '|');
            return;
        }
        let outermost = self.depth == 0;
        if outermost {
            self.depth = 1;
        }
        if !report.stack.is_empty() {
            self.emit(
                "Exception Group Traceback (most recent call last):\n",
                if outermost { '+' } else { '|' },
            );
            self.stack(report);
        }
        lines.iter().for_each(|line| self.emit(line, '|'));
        self.need_close = false;
        // CPython 3.13 shows the members of groups without colours.
        let colours = std::mem::take(&mut self.colours);
        let shown = members.len().min(MAX_GROUP_WIDTH + 1);
        for (position, member) in members.iter().take(shown).enumerate() {
            let last = position + 1 == shown;
            self.need_close |= last;
            let truncated = position >= MAX_GROUP_WIDTH;
            let title = if truncated { "...".to_owned() } else { (position + 1).to_string() };
            let corner = if position == 0 { "+-" } else { "  " };
            self.out.push(format!("{}{corner}+---------------- {title} ----------------\n", self.indent()));
            self.depth += 1;
            if truncated {
                let remaining = members.len() - MAX_GROUP_WIDTH;
                let plural = if remaining > 1 { "s" } else { "" };
                self.emit(&format!("and {remaining} more exception{plural}\n"), '|');
            } else {
                self.chain(*member, chain);
            }
            if last && self.need_close {
                self.out.push(format!("{}+------------------------------------\n", self.indent()));
                self.need_close = false;
            }
            self.depth -= 1;
        }
        self.colours = colours;
        if outermost {
            self.depth = 0;
        }
    }
}

/// The class and the message.
pub fn last_line(class: &str, message: &str, colours: Colours) -> String {
    let class = colours.class(class);
    if message.is_empty() { class } else { format!("{class}: {}", colours.detail(message)) }
}

/// The last lines of a report: the class and the message, a syntax error's place, the notes.
fn exception_lines(
    reports: &Reports,
    index: usize,
    groups: bool,
    depth: usize,
    colours: Colours,
    out: &mut Vec<String>,
) {
    let report = &reports.list[index];
    let indent = " ".repeat(3 * depth);
    match &report.syntax {
        Some(syntax) => {
            out.extend(syntax.lines(&report.class, colours).into_iter().map(|line| indent.clone() + &line))
        }
        None => {
            let line = last_line(&report.class, &report.message, colours);
            if depth > 0 {
                out.extend(line.split('\n').map(|line| format!("{indent}{line}\n")));
            } else {
                out.push(line + "\n");
            }
        }
    }
    out.extend(report.notes.iter().map(|note| format!("{indent}{note}\n")));
    // The depth of groups within groups is bounded as that of their display.
    if groups && depth <= MAX_GROUP_DEPTH {
        for member in report.members.iter().flatten() {
            exception_lines(reports, *member, true, depth + 1, colours, out);
        }
    }
}
