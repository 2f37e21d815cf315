//! Which part of an expression the carets point at: an operator, the brackets of a subscript or of a call.

use ouro_syntax::{
    Mode,
    ast::{Expr, ExprKind, Mod, StmtKind},
    parse,
};

use super::source::is_space;

/// From the first to behind the last character that is marked with `^` instead of `~`; lines and characters count
/// from 0 within the segment.
pub(super) struct Anchors {
    pub(super) left_line: usize,
    pub(super) left: usize,
    pub(super) right_line: usize,
    pub(super) right: usize,
}

/// Looks at the source of the instruction. Like CPython it parses it again, in parentheses, so that an expression of
/// several lines is one.
pub(super) fn find(segment: &str) -> Option<Anchors> {
    let text = format!("(\n{segment}\n)");
    let Ok(Mod::Module { body }) = parse(&text, Mode::Module) else { return None };
    let [statement] = &*body else { return None };
    let StmtKind::Expr { value } = &statement.kind else { return None };
    let segment =
        Segment { text: segment, lines: segment.lines().map(|line| line.chars().collect()).collect() };
    match &value.kind {
        ExprKind::BinOp(operation) => segment.operator(&operation.left, &operation.right),
        ExprKind::Subscript(subscript) => segment.brackets(&subscript.value, value, '['),
        ExprKind::Call(call) => segment.brackets(&call.func, value, '('),
        _ => None,
    }
}

struct Segment<'a> {
    text: &'a str,
    lines: Vec<Vec<char>>,
}

impl Segment<'_> {
    /// Line and character of an offset in the text that was parsed.
    fn place(&self, offset: u32) -> Option<(usize, usize)> {
        let before = self.text.get(..(offset as usize).checked_sub(2)?)?;
        let line = before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Some((line, before[start..].chars().count()))
    }

    /// The place itself, or the first character behind it where it is no character.
    fn valid(&self, (mut line, mut column): (usize, usize)) -> Option<(usize, usize)> {
        while column >= self.lines.get(line)?.len() {
            column = 0;
            line += 1;
        }
        Some((line, column))
    }

    /// Goes on to a character, past comments and continued lines.
    fn until(&self, mut place: (usize, usize), stop: impl Fn(char) -> bool) -> Option<(usize, usize)> {
        loop {
            let c = *self.lines.get(place.0)?.get(place.1)?;
            if c == '\\' || c == '#' {
                place = self.valid((place.0 + 1, 0))?;
            } else if stop(c) {
                return Some(place);
            } else {
                place = self.valid((place.0, place.1 + 1))?;
            }
        }
    }

    fn operator(&self, left: &Expr, right: &Expr) -> Option<Anchors> {
        let after_left = self.valid(self.place(left.range.end)?)?;
        let (line, column) = self.until(after_left, |c| !is_space(c) && c != ')')?;
        let (right_line, right_column) = self.place(right.range.start)?;
        let mut end = column + 1;
        if let Some(&c) = self.lines[line].get(end)
            && (right_line > line || end < right_column)
            && !is_space(c)
            && c != '\\'
            && c != '#'
        {
            end += 1;
        }
        Some(Anchors { left_line: line, left: column, right_line: line, right: end })
    }

    fn brackets(&self, before: &Expr, whole: &Expr, bracket: char) -> Option<Anchors> {
        let after = self.valid(self.place(before.range.end)?)?;
        let (left_line, left) = self.until(after, |c| c == bracket)?;
        let (right_line, right) = self.place(whole.range.end)?;
        Some(Anchors { left_line, left, right_line, right })
    }
}

/// What the source lines of a frame are as a statement.
pub(super) enum Statement {
    /// Nothing.
    Empty,
    /// `return name(...)` or `x = call(...)`, where the call is all that the range covers.
    PlainCall,
    /// Anything else, or no statement at all.
    Other,
}

/// Looks at the lines of a frame as a statement.
pub(super) fn whole_statement(text: &str, start: usize, end: usize, line_count: usize) -> Statement {
    let Ok(Mod::Module { body }) = parse(text, Mode::Module) else { return Statement::Other };
    let Some(statement) = body.first() else { return Statement::Empty };
    let call = match &statement.kind {
        StmtKind::Return { value: Some(value) } => match &value.kind {
            ExprKind::Call(call) if matches!(call.func.kind, ExprKind::Name { .. }) => value,
            _ => return Statement::Other,
        },
        StmtKind::Assign { targets, value } => match (&**targets, &value.kind) {
            ([Expr { kind: ExprKind::Name { .. }, .. }], ExprKind::Call(_)) => value,
            _ => return Statement::Other,
        },
        _ => return Statement::Other,
    };
    let column = |offset: u32| {
        let before = &text[..offset as usize];
        (before.matches('\n').count(), offset as usize - before.rfind('\n').map_or(0, |at| at + 1))
    };
    let whole = column(call.range.start) == (0, start) && column(call.range.end) == (line_count - 1, end);
    if whole { Statement::PlainCall } else { Statement::Other }
}
