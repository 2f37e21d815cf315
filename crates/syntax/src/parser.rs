//! The one way in: source text to tree.

use lalrpop_util::ParseError;

use crate::ast::{Mod, Range, StmtKind};
use crate::builder::Builder;
use crate::diagnose;
use crate::error::{Fault, LexFault, SyntaxError, Warning};
use crate::lexer::{self, Spanned, Tokens};
use crate::source;
use crate::token::Token;

/// What the text is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A file: CPython's `exec`.
    Module,
    /// One expression: `eval`.
    Expression,
    /// One statement at the prompt: `single`.
    Interactive,
}

impl Mode {
    fn first_token(self) -> Token {
        match self {
            Mode::Module => Token::StartModule,
            Mode::Expression => Token::StartExpression,
            Mode::Interactive => Token::StartInteractive,
        }
    }
}

#[allow(
    clippy::all,
    clippy::allow_attributes_without_reason,
    missing_docs,
    unreachable_pub,
    unused,
    reason = "the generated parser is as its generator writes it"
)]
mod grammar {
    lalrpop_util::lalrpop_mod!(python);
    pub(super) use python::TopParser;
}

/// Decodes and parses a file.
pub fn parse_bytes(source: &[u8], mode: Mode) -> Result<Mod, SyntaxError> {
    let text = source::decode(source)?;
    parse(&text, mode)
}

/// Parses text. Ranges in the tree are offsets into `text`, which must have `\n` line ends; see
/// [`source::normalise_newlines`].
pub fn parse(text: &str, mode: Mode) -> Result<Mod, SyntaxError> {
    parse_with_warnings(text, mode).map(|(tree, _)| tree)
}

/// Like [`parse`], with the warnings that CPython's parser gives on the way.
pub fn parse_with_warnings(text: &str, mode: Mode) -> Result<(Mod, Vec<Warning>), SyntaxError> {
    if text.len() >= u32::MAX as usize / 2 {
        return Err(diagnose::too_long());
    }
    if text.contains('\0') {
        return Err(source::null_character());
    }
    let tokens = lexer::lex(text, mode.first_token());
    let outcome = run(text, &tokens);
    match outcome.tree {
        Some(tree) if outcome.noted.is_none() && tokens.fault.is_none() => Ok((tree, outcome.warnings)),
        _ => Err(diagnose::diagnose(text, mode, &tokens, outcome.failed, outcome.noted)),
    }
}

/// What the generated parser and the builder made of the tokens.
struct Outcome {
    tree: Option<Mod>,
    /// The number of the token at which the parser gave up.
    failed: Option<usize>,
    /// What the builder refused.
    noted: Option<Fault>,
    warnings: Vec<Warning>,
}

fn run(text: &str, tokens: &Tokens) -> Outcome {
    let mut builder = Builder::new(text);
    let mut consumed = 0;
    let stream = tokens.list.iter().map(|&Spanned { start, token, end }| {
        consumed += 1;
        Ok::<_, LexFault>((start, token, end))
    });
    let result = grammar::TopParser::new().parse(&mut builder, stream);
    let noted = builder.take_fault();
    let (tree, failed) = match result {
        Ok(tree) => (Some(tree), None),
        // The parser fetches one token at a time: the last one it got is the one it cannot take.
        Err(ParseError::UnrecognizedToken { .. }) => (None, Some(consumed - 1)),
        Err(_) => (None, Some(tokens.list.len())),
    };
    let mut warnings = builder.warnings;
    let pairs =
        tokens.list.windows(2).filter(|pair| pair[0].token == Token::Number && pair[0].end == pair[1].start);
    warnings.extend(pairs.filter_map(|pair| number_before_keyword(text, &pair[0], &pair[1])));
    warnings.sort_by_key(|warning| warning.range.start);
    Outcome { tree, failed, noted, warnings }
}

/// The warning for a number that runs into a keyword, such as `1if`.
fn number_before_keyword(text: &str, number: &Spanned, next: &Spanned) -> Option<Warning> {
    let word = &text[next.start as usize..next.end as usize];
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let digits = text[number.start as usize..number.end as usize].to_ascii_lowercase();
    let what = match digits.as_bytes() {
        [b'0', b'x', ..] => "hexadecimal",
        [b'0', b'o', ..] => "octal",
        [b'0', b'b', ..] => "binary",
        [.., b'j'] => "imaginary",
        _ => "decimal",
    };
    let range = Range::new(number.end - 1, number.end);
    Some(Warning { message: format!("invalid {what} literal"), range })
}

/// True where more lines could make the text of an interactive input complete, as CPython's `codeop` says.
///
/// The text is what was typed so far, without the newline of its last line: a compound statement is complete
/// only when an empty line follows it.
pub fn is_incomplete(text: &str) -> bool {
    let tokens = lexer::lex(text, Token::StartInteractive);
    match &tokens.fault {
        Some(LexFault::UnterminatedTripleString { .. } | LexFault::EofAfterContinuation { .. }) => {
            return true;
        }
        Some(LexFault::UnterminatedFString { triple, .. }) => return *triple,
        Some(_) => return false,
        None => {}
    }
    let Outcome { tree, failed, noted, .. } = run(text, &tokens);
    if noted.is_some() {
        return false;
    }
    match (tree, failed) {
        (Some(Mod::Interactive { body }), _) => {
            let compound = body.last().is_some_and(|stmt| is_compound(&stmt.kind));
            compound && !text.ends_with('\n')
        }
        (_, Some(failed)) => {
            // Nothing but the end of the text was wrong.
            tokens.list[failed.min(tokens.list.len())..]
                .iter()
                .all(|spanned| matches!(spanned.token, Token::Dedent | Token::EndMarker))
        }
        _ => false,
    }
}

/// The inputs that a text holds, each one or more whole lines: what is pasted at a prompt may be several statements.
/// Statements on one line are one input, and so is a text that cannot be parsed.
pub fn split_inputs(text: &str) -> Vec<&str> {
    let Ok(Mod::Module { body, .. }) = parse(text, Mode::Module) else { return vec![text] };
    let end_of_line = |at: usize| text[at..].find('\n').map_or(text.len(), |length| at + length + 1);
    let mut ends: Vec<usize> = Vec::new();
    for statement in &body {
        if ends.last().is_some_and(|&end| (statement.range.start as usize) < end) {
            ends.pop();
        }
        ends.push(end_of_line(statement.range.end as usize));
    }
    // Comments at the end belong to the last input.
    ends.pop();
    ends.push(text.len());
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends.iter().copied()).map(|(start, end)| &text[start..end]).collect()
}

fn is_compound(kind: &StmtKind) -> bool {
    matches!(
        kind,
        StmtKind::FunctionDef(_)
            | StmtKind::ClassDef(_)
            | StmtKind::For(_)
            | StmtKind::While(_)
            | StmtKind::If(_)
            | StmtKind::With(_)
            | StmtKind::Match(_)
            | StmtKind::Try(_)
    )
}
