//! One frame of a traceback: its place, its source lines and the carets under them.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthChar;

use super::{
    Colours,
    anchors::{self, Anchors},
    source::{Sources, is_space},
};

/// What a traceback shows of a frame.
#[derive(Clone, Debug, Default)]
pub struct FrameText {
    /// `co_filename`
    pub filename: String,
    /// The line.
    pub line: u32,
    /// The last line of the instruction's source.
    pub end_line: u32,
    /// The columns in bytes, where they are known.
    pub columns: Option<(u32, u32)>,
    /// `co_name`
    pub name: String,
    /// `__file__` of the module that the frame belongs to.
    pub module_file: Option<String>,
    /// The source text, where the caller gives it.
    pub text: Option<String>,
    /// Names and shown values of the locals, where they are asked for.
    pub locals: Vec<(String, String)>,
}

impl FrameText {
    /// Whether the frame counts as a repetition of another one.
    pub(super) fn same_place(&self, other: &FrameText) -> bool {
        self.line == other.line && self.name == other.name && self.filename == other.filename
    }

    /// Makes the range that of a name within it. Instructions read locals where they are, with no instruction of
    /// its own for that, so one that finds a local unbound knows no place but its own.
    pub(super) fn narrow_to(&mut self, name: &str, sources: &mut Sources) {
        let Some((column, end_column)) = self.columns else { return };
        let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
        for (index, text) in self.source_lines(sources).iter().enumerate() {
            let line = self.line + index as u32;
            let from = if index == 0 { column as usize } else { 0 };
            let to = if line == self.end_line { end_column as usize } else { text.len() };
            let Some(range) = text.get(from..to.min(text.len())) else { continue };
            for (at, _) in range.match_indices(name) {
                let (start, end) = (from + at, from + at + name.len());
                let alone = !text[..start].ends_with(part_of_name) && !text[end..].starts_with(part_of_name);
                if alone && !text[..start].trim_end().ends_with('.') {
                    self.line = line;
                    self.end_line = line;
                    self.columns = Some((start as u32, end as u32));
                    return;
                }
            }
        }
    }

    /// The source lines, white space at their ends removed.
    fn source_lines(&self, sources: &mut Sources) -> Vec<String> {
        match &self.text {
            Some(text) => text.lines().map(str::to_owned).collect(),
            None => (self.line..=self.end_line.max(self.line))
                .map(|line| sources.line(&self.filename, self.module_file.as_deref(), line))
                .collect(),
        }
    }

    /// The first source line without white space around it.
    pub fn stripped_line(&self, sources: &mut Sources) -> String {
        self.source_lines(sources)
            .first()
            .map(|line| line.trim_matches(is_space).to_owned())
            .unwrap_or_default()
    }

    /// The text for the frame, several lines each with its end.
    pub fn format(&self, sources: &mut Sources, colours: Colours) -> String {
        let filename = if self.filename.starts_with("<stdin>-") { "<stdin>" } else { &self.filename };
        let mut row = format!(
            "  File {}, line {}, in {}\n",
            colours.detail(&format!("\"{filename}\"")),
            colours.detail(&self.line.to_string()),
            colours.detail(&self.name)
        );
        let original = self.source_lines(sources);
        let dedented = dedent(&original);
        if dedented.iter().any(|line| !line.trim_matches(is_space).is_empty()) {
            match self.columns {
                None => {
                    let line = original[0].trim_matches(is_space);
                    if !line.is_empty() {
                        row.push_str("    ");
                    }
                    row.push_str(line);
                    row.push('\n');
                }
                Some((column, end_column)) => {
                    self.push_source(&mut row, &original, dedented, (column, end_column), colours)
                }
            }
        }
        for (name, value) in &self.locals {
            row.push_str(&format!("    {name} = {value}\n"));
        }
        row
    }

    fn push_source(
        &self,
        row: &mut String,
        original: &[String],
        lines: Vec<String>,
        (column, end_column): (u32, u32),
        colours: Colours,
    ) {
        let span = (self.end_line.max(self.line) - self.line) as usize;
        let (Some(first), Some(last)) = (original.first(), original.get(span)) else { return };
        let lines: Vec<Vec<char>> = lines.iter().take(span + 1).map(|line| line.chars().collect()).collect();
        let removed = first.chars().count().saturating_sub(lines[0].len());
        let start = characters(first, column).saturating_sub(removed);
        let end = characters(last, end_column).saturating_sub(removed);
        let last_line = lines.len() - 1;
        let joined = join(&lines);
        let segment_end = (joined.len() + end).saturating_sub(lines[last_line].len()).min(joined.len());
        let segment: String = joined.get(start..segment_end).unwrap_or_default().iter().collect();
        let anchors = anchors::find(&segment);
        let carets = show_carets(&joined, start, end, &lines, anchors.is_some());
        let display = Display::new(&lines, start, end, anchors, carets.then_some(colours));
        for line in dedent(&display.significant_lines()) {
            row.push_str("    ");
            row.push_str(&line);
            row.push('\n');
        }
    }
}

/// Whether carets say more than the line alone.
fn show_carets(joined: &[char], start: usize, end: usize, lines: &[Vec<char>], has_anchors: bool) -> bool {
    let text: String = joined.iter().collect();
    match anchors::whole_statement(&text, start, end, lines.len()) {
        anchors::Statement::Empty | anchors::Statement::PlainCall => return false,
        anchors::Statement::Other => {}
    }
    let before = &lines[0][..start.min(lines[0].len())];
    let last = &lines[lines.len() - 1];
    let after = &last[end.min(last.len())..];
    has_anchors || !before.iter().copied().all(is_space) || !after.iter().copied().all(is_space)
}

/// The lines of one frame with what is known about the carets.
struct Display<'a> {
    lines: &'a [Vec<char>],
    /// Display columns.
    start: usize,
    end: usize,
    anchors: Option<Anchors>,
    /// The colours of the carets, if there are any.
    carets: Option<Colours>,
}

impl<'a> Display<'a> {
    fn new(
        lines: &'a [Vec<char>],
        start: usize,
        end: usize,
        anchors: Option<Anchors>,
        carets: Option<Colours>,
    ) -> Display<'a> {
        let anchors = anchors
            .filter(|found| found.left_line < lines.len() && found.right_line < lines.len())
            .map(|mut found| {
                // Anchors are relative to the segment.
                if found.left_line == 0 {
                    found.left += start;
                }
                if found.right_line == 0 {
                    found.right += start;
                }
                found.left = width(&lines[found.left_line], found.left);
                found.right = width(&lines[found.right_line], found.right);
                found
            });
        let last = &lines[lines.len() - 1];
        Display { lines, start: width(&lines[0], start), end: width(last, end), anchors, carets }
    }

    /// First line, last line, and those around the anchors, with what is left out between them.
    fn significant_lines(&self) -> Vec<String> {
        let count = self.lines.len();
        let mut significant = BTreeSet::from([0, count - 1]);
        if let Some(anchors) = &self.anchors {
            for line in [anchors.left_line, anchors.right_line] {
                significant.extend((line.saturating_sub(1)..line + 2).filter(|line| *line < count));
            }
        }
        let mut out = Vec::new();
        let mut previous = None;
        for line in significant {
            match previous.map(|previous| line - previous) {
                Some(2) => self.push_line(&mut out, line - 1),
                Some(distance) if distance > 2 => out.push(format!("...<{} lines>...", distance - 1)),
                _ => {}
            }
            self.push_line(&mut out, line);
            previous = Some(line);
        }
        out
    }

    fn push_line(&self, out: &mut Vec<String>, index: usize) {
        let line = &self.lines[index];
        let text = line.iter().collect();
        let Some(colours) = self.carets else {
            out.push(text);
            return;
        };
        let spaces = line.iter().take_while(|c| is_space(**c)).count();
        let columns = if index == self.lines.len() - 1 { self.end } else { width(line, line.len()) };
        let (primary, secondary) = if self.anchors.is_some() { ('~', '^') } else { ('^', '^') };
        let mark = |column: usize| {
            if column < spaces || (index == 0 && column < self.start) {
                return ' ';
            }
            match &self.anchors {
                Some(anchors)
                    if (index, column) >= (anchors.left_line, anchors.left)
                        && (index, column) < (anchors.right_line, anchors.right) =>
                {
                    secondary
                }
                _ => primary,
            }
        };
        let (text, carets) = colours.marked(text, (0..columns).map(mark).collect());
        out.extend([text, carets]);
    }
}

/// How many characters the first bytes of a text are.
fn characters(text: &str, bytes: u32) -> usize {
    let end = (bytes as usize).min(text.len());
    text.as_bytes()[..end].iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// How many columns of a terminal the first characters of a line take.
fn width(line: &[char], count: usize) -> usize {
    if line.iter().all(char::is_ascii) {
        return count;
    }
    line.iter().take(count).map(|c| if c.width() == Some(2) { 2 } else { 1 }).sum()
}

fn join(lines: &[Vec<char>]) -> Vec<char> {
    let mut joined = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            joined.push('\n');
        }
        joined.extend(line);
    }
    joined
}

/// Takes the indentation away that all lines share, as `textwrap.dedent`.
pub(super) fn dedent(lines: &[String]) -> Vec<String> {
    let is_indent = |c: char| c == ' ' || c == '\t';
    let mut margin: Option<&str> = None;
    for line in lines {
        let indent = &line[..line.len() - line.trim_start_matches(is_indent).len()];
        if indent.len() == line.len() {
            continue;
        }
        margin = Some(match margin {
            None => indent,
            Some(margin) => {
                let common = margin.bytes().zip(indent.bytes()).take_while(|(a, b)| a == b).count();
                &margin[..common]
            }
        });
    }
    let margin = margin.unwrap_or_default();
    let strip = |line: &String| {
        if line.chars().all(is_indent) {
            String::new()
        } else {
            line.strip_prefix(margin).unwrap_or(line).to_owned()
        }
    };
    lines.iter().map(strip).collect()
}
