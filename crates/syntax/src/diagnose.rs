//! What to say about a text that does not parse.

use crate::ast::Range;
use crate::error::{ErrorKind, Fault, LexFault, Place, SyntaxError};
use crate::lexer::Tokens;
use crate::parser::Mode;
use crate::source_map::SourceMap;

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
    }
}

pub(crate) fn diagnose(
    text: &str,
    _mode: Mode,
    tokens: &Tokens,
    failed: Option<usize>,
    noted: Option<Fault>,
) -> SyntaxError {
    let map = SourceMap::new(text);
    let fault = match (&tokens.fault, noted, failed) {
        (Some(fault), _, _) => lex_fault(fault),
        (None, Some(noted), _) => noted,
        (None, None, failed) => {
            let token = failed.and_then(|index| tokens.list.get(index)).copied();
            let range = token.map_or(Range::new(text.len() as u32, text.len() as u32), |t| {
                Range::new(t.start, t.end.max(t.start))
            });
            Fault::new("invalid syntax", range)
        }
    };
    place(&map, fault)
}

fn lex_fault(fault: &LexFault) -> Fault {
    Fault::at(format!("{fault:?}"), 0)
}

fn place(map: &SourceMap<'_>, fault: Fault) -> SyntaxError {
    let (range, end) = match fault.place {
        Place::Range(range) => (range, true),
        Place::Point(at) => (Range::new(at, at), false),
        Place::NoColumn(at) => (Range::new(at, at), false),
    };
    let start = map.char_position(range.start);
    let stop = map.char_position(range.end);
    SyntaxError {
        kind: fault.kind,
        message: fault.message,
        range,
        line: start.line,
        offset: start.column + 1,
        end_line: stop.line,
        end_offset: if end { stop.column + 1 } else { start.column + 1 },
        text: Some(map.line_text(start.line).to_owned()),
    }
}
