//! The tokens. A token carries no text: whoever needs it slices the source by the token's range.

use logos::{FilterResult, Lexer, Logos, Skip};

use crate::error::LexFault;
use crate::lexer::number::scan_number;

/// Every kind of token. Logos makes the ones with a pattern; the wrapper in [`crate::lexer`] makes the rest.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[logos(error = LexFault)]
#[logos(skip r"[ \t\x0C]+")]
#[logos(skip r"\\\n")]
#[repr(u8)]
#[allow(missing_docs, reason = "the names say it")]
pub(crate) enum Token {
    // Made by the wrapper.
    StartModule,
    StartExpression,
    StartInteractive,
    EndMarker,
    Indent,
    Dedent,
    Match,
    Case,
    Type,
    /// The `(` of a `with` whose parentheses hold items with `as`.
    WithParen,
    FStringMiddle,
    RawFStringMiddle,
    FStringEnd,

    // Comments never get out of the raw lexer.
    #[token("#", comment)]
    Comment,
    #[token("\n")]
    Newline,
    /// An ASCII character that begins no token.
    Unknown,
    /// A backslash that does not end its line.
    #[token("\\")]
    Backslash,

    // A byte above 0x7F may belong to a name, whatever character it starts: as in CPython, the whole run is
    // taken and looked at afterwards.
    #[regex(r"[A-Za-z_\u{80}-\u{10FFFF}][A-Za-z0-9_\u{80}-\u{10FFFF}]*", name, priority = 2)]
    Name,
    #[regex(r"[0-9]", number)]
    #[regex(r"\.[0-9]", number)]
    Number,
    #[regex(r#"(?:[uUbBrR]|[bB][rR]|[rR][bB])?['"]"#, string)]
    String,
    #[regex(r#"(?:[fF]|[fF][rR]|[rR][fF])(?:'''|"""|'|")"#)]
    FStringStart,

    #[token("False")]
    False,
    #[token("None")]
    None,
    #[token("True")]
    True,
    #[token("and")]
    And,
    #[token("as")]
    As,
    #[token("assert")]
    Assert,
    #[token("async")]
    Async,
    #[token("await")]
    Await,
    #[token("break")]
    Break,
    #[token("class")]
    Class,
    #[token("continue")]
    Continue,
    #[token("def")]
    Def,
    #[token("del")]
    Del,
    #[token("elif")]
    Elif,
    #[token("else")]
    Else,
    #[token("except")]
    Except,
    #[token("finally")]
    Finally,
    #[token("for")]
    For,
    #[token("from")]
    From,
    #[token("global")]
    Global,
    #[token("if")]
    If,
    #[token("import")]
    Import,
    #[token("in")]
    In,
    #[token("is")]
    Is,
    #[token("lambda")]
    Lambda,
    #[token("nonlocal")]
    Nonlocal,
    #[token("not")]
    Not,
    #[token("or")]
    Or,
    #[token("pass")]
    Pass,
    #[token("raise")]
    Raise,
    #[token("return")]
    Return,
    #[token("try")]
    Try,
    #[token("while")]
    While,
    #[token("with")]
    With,
    #[token("yield")]
    Yield,

    #[token("(")]
    LeftParen,
    #[token(")")]
    RightParen,
    #[token("[")]
    LeftBracket,
    #[token("]")]
    RightBracket,
    #[token("{")]
    LeftBrace,
    #[token("}")]
    RightBrace,
    #[token(":")]
    Colon,
    #[token(",")]
    Comma,
    #[token(";")]
    Semicolon,
    #[token(".")]
    Dot,
    #[token("...")]
    Ellipsis,
    #[token("->")]
    Arrow,
    #[token("@")]
    At,
    #[token(":=")]
    ColonEqual,
    #[token("=")]
    Equal,
    #[token("!")]
    Exclamation,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("/")]
    Slash,
    #[token("|")]
    VerticalBar,
    #[token("&")]
    Ampersand,
    #[token("<")]
    Less,
    #[token(">")]
    Greater,
    #[token("%")]
    Percent,
    #[token("~")]
    Tilde,
    #[token("^")]
    Circumflex,
    #[token("==")]
    EqualEqual,
    #[token("!=")]
    #[token("<>")]
    NotEqual,
    #[token("<=")]
    LessEqual,
    #[token(">=")]
    GreaterEqual,
    #[token("<<")]
    LeftShift,
    #[token(">>")]
    RightShift,
    #[token("**")]
    DoubleStar,
    #[token("//")]
    DoubleSlash,
    #[token("+=")]
    PlusEqual,
    #[token("-=")]
    MinusEqual,
    #[token("*=")]
    StarEqual,
    #[token("/=")]
    SlashEqual,
    #[token("%=")]
    PercentEqual,
    #[token("&=")]
    AmpersandEqual,
    #[token("|=")]
    VerticalBarEqual,
    #[token("^=")]
    CircumflexEqual,
    #[token("<<=")]
    LeftShiftEqual,
    #[token(">>=")]
    RightShiftEqual,
    #[token("**=")]
    DoubleStarEqual,
    #[token("//=")]
    DoubleSlashEqual,
    #[token("@=")]
    AtEqual,
}

fn comment(lexer: &mut Lexer<'_, Token>) -> Skip {
    let rest = lexer.remainder();
    lexer.bump(rest.find('\n').unwrap_or(rest.len()));
    Skip
}

/// A name of ASCII letters is always good; any other is looked at here, as CPython's `verify_identifier` does.
fn name(lexer: &mut Lexer<'_, Token>) -> Result<(), LexFault> {
    let text = lexer.slice();
    if text.is_ascii() { Ok(()) } else { crate::lexer::names::verify(text, lexer.span().start as u32) }
}

fn number(lexer: &mut Lexer<'_, Token>) -> Result<(), LexFault> {
    let start = lexer.span().start;
    let end = scan_number(lexer.source(), start)?;
    lexer.bump(end - lexer.span().end);
    Ok(())
}

/// Finds the end of a string literal whose prefix and first quote were just read.
fn string(lexer: &mut Lexer<'_, Token>) -> FilterResult<(), LexFault> {
    let quote = lexer.slice().as_bytes()[lexer.slice().len() - 1];
    let rest = lexer.remainder().as_bytes();
    let (start, from) = (lexer.span().start as u32, lexer.span().end as u32);
    let end = if rest.starts_with(&[quote, quote]) {
        triple_quoted_end(rest, quote).ok_or(LexFault::UnterminatedTripleString { start })
    } else {
        single_quoted_end(rest, quote)
            .map_err(|at| LexFault::UnterminatedString { start, end: from + at as u32 })
    };
    match end {
        Ok(end) => {
            lexer.bump(end);
            FilterResult::Emit(())
        }
        Err(fault) => FilterResult::Error(fault),
    }
}

/// The offset behind the closing quote, or of what stands in its place.
fn single_quoted_end(rest: &[u8], quote: u8) -> Result<usize, usize> {
    let mut at = 0;
    loop {
        let tail = rest.get(at..).ok_or(rest.len())?;
        at +=
            tail.iter().position(|&byte| byte == quote || matches!(byte, b'\\' | b'\n')).ok_or(rest.len())?;
        match rest[at] {
            b'\\' => at += 2,
            b'\n' => return Err(at),
            _ => return Ok(at + 1),
        }
    }
}

fn triple_quoted_end(rest: &[u8], quote: u8) -> Option<usize> {
    let mut at = 2;
    loop {
        at += rest.get(at..)?.iter().position(|&byte| byte == quote || byte == b'\\')?;
        if rest[at] == b'\\' {
            at += 2;
        } else if rest[at..].starts_with(&[quote; 3]) {
            return Some(at + 3);
        } else {
            at += 1;
        }
    }
}
