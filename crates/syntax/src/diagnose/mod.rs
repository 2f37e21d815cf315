//! What to say about a text that does not parse.
//!
//! The LR parser says at which token the text stops being Python. Everything else is found out here,
//! afterwards: like CPython, which parses a second time with rules that match common mistakes, a walker goes
//! over the tokens of the statement with the fault and looks for them.

mod arguments;
mod atoms;
mod blocks;
mod expressions;
mod fields;
mod lexical;
mod parameters;
mod statements;
mod walker;

use crate::ast::Range;
use crate::error::{ErrorKind, Fault, LexFault, Place, SyntaxError};
use crate::lexer::{Spanned, Tokens};
use crate::parser::Mode;
use crate::source_map::{Position, SourceMap};
use crate::token::Token;
use walker::Walker;

/// A text that offsets of 32 bits cannot address.
pub(crate) fn too_long() -> SyntaxError {
    SyntaxError {
        kind: ErrorKind::Syntax,
        message: "source code is too long".into(),
        range: Range::default(),
        line: 0,
        offset: 0,
        end_line: 0,
        end_offset: 0,
        text: None,
        lexical: false,
    }
}

/// The error to report. `failed` is the number of the token at which the parser gave up, where it did;
/// `noted` is what the builder refused.
pub(crate) fn diagnose(
    text: &str,
    mode: Mode,
    tokens: &Tokens,
    failed: Option<usize>,
    noted: Option<Fault>,
) -> SyntaxError {
    let map = SourceMap::new(text);
    let second = (mode == Mode::Interactive).then(|| second_statement(&map, tokens, failed)).flatten();
    let (mut fault, read) = match second {
        Some(found) if noted.is_none() => found,
        _ => select(&map, tokens, failed, noted),
    };
    if mode != Mode::Module
        && !text.ends_with('\n')
        && matches!(fault.place, Place::Range(range) if range.start as usize == text.len())
    {
        // The NEWLINE that is made up for a text without one has no place.
        fault.place = Place::End;
    }
    if mode == Mode::Interactive
        && fault.message == "invalid syntax"
        && let Some(index) = failed
        && index < tokens.list.len()
        && matches!(tokens.list[index - 1].token, Token::Newline | Token::Dedent)
    {
        fault.message = "multiple statements found while compiling a single statement".into();
    }
    let mut error = place(&map, fault);
    error.lexical = read == Read::InLine;
    if let Some(line) = &mut error.text {
        let behind = read == Read::InLine || matches!(read, Read::UpTo(last) if last > error.line);
        if behind {
            line.truncate(line.trim_end_matches('\n').len());
        } else if let Some(first) = spanning(&map, tokens, error.line) {
            // The lines of a literal are read as one.
            *line = (first..=error.line).map(|line| map.line_text(line)).collect();
        } else if mode == Mode::Module && !line.ends_with('\n') {
            // A module's last line gets the end that it lacks before it is looked at.
            line.push('\n');
        }
    }
    error
}

/// How far CPython has read when it reports a fault: it shows a line with its newline only while that is the last one
/// that it has read, and not when its tokenizer stops in the middle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    InLine,
    UpTo(u32),
}

/// What follows a simple statement where only one may stand. CPython looks no further then.
fn second_statement(map: &SourceMap<'_>, tokens: &Tokens, failed: Option<usize>) -> Option<(Fault, Read)> {
    let end = tokens.list.iter().position(|spanned| spanned.token == Token::Newline)?;
    let first = tokens.list.get(1)?.token;
    let compound =
        Walker::new(map, tokens, 1).header_name(1).is_some() || matches!(first, Token::At | Token::Async);
    let rest = map.text().get(tokens.list[end].start as usize..)?;
    let blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    if compound || failed.is_some_and(|index| index <= end) || rest.lines().all(blank) {
        return None;
    }
    let message = "multiple statements found while compiling a single statement";
    let read = Read::UpTo(line_of_token(map, tokens, end));
    Some((Fault::new(message, token_range(map, tokens, end)), read))
}

/// The first line of a token that reaches over the start of a line.
fn spanning(map: &SourceMap<'_>, tokens: &Tokens, line: u32) -> Option<u32> {
    let start = map.line_start(line);
    let reaches = |spanned: &&Spanned| {
        let layout =
            matches!(spanned.token, Token::Newline | Token::Indent | Token::Dedent | Token::EndMarker);
        !layout && spanned.start < start && spanned.end > start
    };
    tokens.list.iter().find(reaches).map(|spanned| map.line(spanned.start))
}

/// What the lexer found wrong.
fn lexical_fault(map: &SourceMap<'_>, fault: &LexFault) -> (Fault, Read) {
    let described = lexical::describe(map, fault);
    let read = match described.place {
        Place::Open { .. } => Read::UpTo(0),
        _ => Read::InLine,
    };
    (described, read)
}

/// The line on which a token ends.
fn line_of_token(map: &SourceMap<'_>, tokens: &Tokens, index: usize) -> u32 {
    match tokens.list.get(index) {
        Some(&Spanned { start, end, token }) if (start as usize) < map.text().len() => {
            map.line(if matches!(token, Token::Newline | Token::Indent | Token::Dedent) {
                start
            } else {
                end - 1
            })
        }
        _ => map.line((map.text().len() as u32).saturating_sub(1)),
    }
}

fn select(
    map: &SourceMap<'_>,
    tokens: &Tokens,
    failed: Option<usize>,
    noted: Option<Fault>,
) -> (Fault, Read) {
    if noted.is_none()
        && let Some(index) = failed
        && tokens.list.get(index).is_some_and(|spanned| spanned.token == Token::Indent)
    {
        // CPython reads no further than an indent that it did not expect.
        let found = Walker::new(map, tokens, index).find();
        let read = Read::UpTo(line_of_token(map, tokens, index));
        return (found.unwrap_or_else(|| generic(map, tokens, index)), read);
    }
    let to_end = Read::UpTo(line_of_token(map, tokens, tokens.list.len()));
    let at_end = failed.is_none_or(|index| index >= tokens.list.len());
    if let Some(fault) = &tokens.fault {
        if lexical::is_hard(fault) {
            return lexical_fault(map, fault);
        }
        let next = failed.is_some_and(|index| index + 1 == tokens.list.len());
        if (at_end || next && matches!(fault, LexFault::AfterContinuation { .. })) && noted.is_none() {
            if let LexFault::EofAfterContinuation { .. } = fault
                && !tokens.open.is_empty()
            {
                return (never_closed(tokens), to_end);
            }
            return lexical_fault(map, fault);
        }
    }
    let (fault, line, read) = match (noted, failed) {
        (Some(noted), _) => {
            let line = map.line(noted.place.start());
            let read = line_of_token(map, tokens, read_for(tokens, &noted));
            (noted, line, read)
        }
        (None, _) if at_end && !tokens.open.is_empty() => {
            return (never_closed(tokens), to_end);
        }
        (None, failed) => {
            let index = failed.unwrap_or(tokens.list.len()).min(tokens.list.len().saturating_sub(1));
            let mut walker = Walker::new(map, tokens, index);
            let index = walker.behind_subject(index);
            walker.failed = index;
            let found = walker.find();
            let seen = walker.seen.get();
            if seen >= tokens.list.len() && !tokens.open.is_empty() && tokens.fault.is_none() {
                return (never_closed(tokens), to_end);
            }
            let line = map.line(tokens.list[seen.min(tokens.list.len() - 1)].start);
            let fault = found.unwrap_or_else(|| generic(map, tokens, index));
            (fault, line, line_of_token(map, tokens, seen.max(index)))
        }
    };
    // An open bracket on an earlier line is the more likely cause.
    match tokens.open.last() {
        Some(bracket) if tokens.fault.is_none() && line > map.line(bracket.at) => {
            (never_closed(tokens), to_end)
        }
        _ => (fault, Read::UpTo(read)),
    }
}

/// The token at which CPython gives up for what the builder has refused: the one behind it, or behind the comparison
/// that the target of a `for` looks like.
fn read_for(tokens: &Tokens, noted: &Fault) -> usize {
    let end = match noted.place {
        Place::Range(range) => range.end,
        place => place.start(),
    };
    let is_behind = |spanned: &Spanned| spanned.start >= end;
    let behind = tokens.list.iter().position(is_behind).unwrap_or(tokens.list.len());
    if tokens.list.get(behind).is_none_or(|spanned| spanned.token != Token::In) {
        return behind;
    }
    let mut level = 0;
    let ends = |spanned: &Spanned| {
        match spanned.token {
            Token::LeftParen | Token::LeftBracket | Token::LeftBrace => level += 1,
            Token::RightParen | Token::RightBracket | Token::RightBrace => level -= 1,
            Token::Newline | Token::Colon | Token::If | Token::For => return level == 0,
            _ => {}
        }
        level < 0
    };
    tokens.list[behind..].iter().position(ends).map_or(tokens.list.len(), |length| behind + length)
}

fn never_closed(tokens: &Tokens) -> Fault {
    match tokens.open.last() {
        Some(bracket) => {
            let message = format!("'{}' was never closed", char::from(bracket.open));
            lexical::open_ended(&message, bracket.at, 0)
        }
        None => Fault::at("invalid syntax", 0),
    }
}

/// Nothing better is known than where the parser stopped.
fn generic(map: &SourceMap<'_>, tokens: &Tokens, index: usize) -> Fault {
    let Spanned { start, token, .. } = tokens.list[index];
    match token {
        Token::Indent | Token::Dedent => {
            let message = if token == Token::Indent { "unexpected indent" } else { "unexpected unindent" };
            let place = Place::Layout { at: start };
            Fault { kind: ErrorKind::Indentation, message: message.into(), place }
        }
        Token::EndMarker => {
            Fault { kind: ErrorKind::Syntax, message: "invalid syntax".into(), place: Place::End }
        }
        _ => Fault::new("invalid syntax", token_range(map, tokens, index)),
    }
}

/// The range of a token as CPython sees it: a NEWLINE is one character.
fn token_range(map: &SourceMap<'_>, tokens: &Tokens, index: usize) -> Range {
    let Some(&Spanned { start, end, token }) = tokens.list.get(index) else {
        let end = map.text().len() as u32;
        return Range::new(end, end);
    };
    match token {
        Token::Newline => {
            // A comment at the end of the line belongs to it; `end` is where the token before ended.
            let before = map.text().get(end as usize..start as usize).unwrap_or_default();
            let comment = before.find('#').map_or(start, |at| end + at as u32);
            Range::new(comment, start + 1)
        }
        Token::EndMarker | Token::Dedent => Range::new(start, start),
        _ => Range::new(start, end),
    }
}

fn place(map: &SourceMap<'_>, fault: Fault) -> SyntaxError {
    let range = match fault.place {
        Place::Range(range) => range,
        Place::Point(at) | Place::Open { at, .. } | Place::Layout { at } => Range::new(at, at),
        Place::End => return end_error(map, fault),
    };
    if let Place::Layout { at } = fault.place {
        return layout_error(map, fault, at);
    }
    // The NEWLINE at the end of a text that has none is one character, too: a range may end behind the text.
    let text = map.text();
    let start = map.char_position(range.start.min(text.len() as u32));
    let stop = if range.end > range.start {
        let last = text.floor_char_boundary(range.end as usize - 1) as u32;
        let Position { line, column } = map.char_position(last);
        Position { line, column: column + 1 }
    } else {
        start
    };
    let (end_line, end_offset) = match fault.place {
        Place::Range(_) => (stop.line, stop.column as i32 + 1),
        Place::Point(_) => (start.line, start.column as i32 + 1),
        Place::Open { end, .. } => (start.line, end),
        Place::Layout { .. } | Place::End => (start.line, -1),
    };
    SyntaxError {
        kind: fault.kind,
        message: fault.message,
        range,
        line: start.line,
        offset: start.column + 1,
        end_line,
        end_offset,
        text: Some(map.line_text(start.line).to_owned()),
        lexical: false,
    }
}

/// An error at the end of the text.
fn end_error(map: &SourceMap<'_>, fault: Fault) -> SyntaxError {
    let end = map.text().len() as u32;
    let line = map.line(end.saturating_sub(1));
    SyntaxError {
        kind: fault.kind,
        message: fault.message,
        range: Range::new(end, end),
        line,
        offset: 0,
        end_line: line,
        end_offset: 0,
        text: Some(map.line_text(line).to_owned()),
        lexical: false,
    }
}

/// An error at an INDENT, a DEDENT or the end of the text.
fn layout_error(map: &SourceMap<'_>, fault: Fault, at: u32) -> SyntaxError {
    let text = map.text();
    let (line, offset) = if at as usize >= text.len() {
        let line = map.line((text.len() as u32).saturating_sub(1));
        let content = map.line_text(line);
        (line, content.trim_end_matches('\n').chars().count() as u32 + 1)
    } else {
        let position = map.char_position(at);
        (position.line, position.column)
    };
    SyntaxError {
        kind: fault.kind,
        message: fault.message,
        range: Range::new(at, at),
        line,
        offset,
        end_line: line,
        end_offset: -1,
        text: Some(map.line_text(line).to_owned()),
        lexical: false,
    }
}
