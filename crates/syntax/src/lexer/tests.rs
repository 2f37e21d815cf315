//! What tokens come of a text.

use super::lex;
use crate::error::LexFault;
use crate::token::Token::{self, *};

/// The tokens behind the first one.
fn tokens(text: &str) -> Vec<Token> {
    let tokens = lex(text, StartModule);
    assert!(tokens.fault.is_none(), "{text:?}");
    tokens.list[1..].iter().map(|spanned| spanned.token).collect()
}

fn fault(text: &str) -> LexFault {
    lex(text, StartModule).fault.expect("the text has a fault")
}

#[test]
fn tokens_are_small() {
    assert_eq!(size_of::<super::Spanned>(), 12);
}

#[test]
fn lines_and_blocks() {
    assert_eq!(tokens(""), [EndMarker]);
    assert_eq!(tokens("\n  # comment\n\n"), [EndMarker]);
    assert_eq!(tokens("x"), [Name, Newline, EndMarker]);
    assert_eq!(
        tokens("if x:\n  y\n\n # less deep\n  z\nw\n"),
        [If, Name, Colon, Newline, Indent, Name, Newline, Name, Newline, Dedent, Name, Newline, EndMarker]
    );
    assert_eq!(
        tokens("if x:\n\tif y:\n\t\tz"),
        [
            If, Name, Colon, Newline, Indent, If, Name, Colon, Newline, Indent, Name, Newline, Dedent,
            Dedent, EndMarker
        ]
    );
}

#[test]
fn joined_lines() {
    assert_eq!(tokens("(x\n  \n\ty)"), [LeftParen, Name, Name, RightParen, Newline, EndMarker]);
    assert_eq!(tokens("x \\\n   y"), [Name, Name, Newline, EndMarker]);
    assert_eq!(
        tokens("if x:\n  \\\n      y\n  z")[4..],
        [Indent, Name, Newline, Name, Newline, Dedent, EndMarker]
    );
}

#[test]
fn ends_of_layout_tokens() {
    let list = lex("if x:\n  y  # comment\n\nz", StartModule).list;
    let newline = list[7];
    assert_eq!((newline.token, newline.end), (Newline, 9));
    let dedent = list[8];
    assert_eq!((dedent.token, dedent.start, dedent.end), (Dedent, 22, 9));
}

#[test]
fn inconsistent_indentation() {
    assert_eq!(fault("if x:\n\ty\n        z"), LexFault::Tabs { at: 17 });
    assert_eq!(fault("if x:\n        y\n\tz"), LexFault::Tabs { at: 17 });
    assert_eq!(fault("if x:\n    y\n  z"), LexFault::Dedent { at: 14 });
    // A form feed starts the count again.
    assert_eq!(tokens("x\n  \x0Cy"), [Name, Newline, Name, Newline, EndMarker]);
}

#[test]
fn soft_keywords() {
    assert_eq!(tokens("match x:\n case y: z")[..7], [Match, Name, Colon, Newline, Indent, Case, Name]);
    assert_eq!(tokens("match = x"), [Name, Equal, Name, Newline, EndMarker]);
    assert_eq!(tokens("match(x)")[0], Name);
    assert_eq!(tokens("match: x")[0], Name);
    assert_eq!(tokens("if x:\n case = y")[5], Name);
    assert_eq!(tokens("type X = y")[..2], [Type, Name]);
    assert_eq!(tokens("type = y")[0], Name);
    assert_eq!(tokens("type type = y")[..2], [Type, Name]);
}

#[test]
fn parentheses_of_with() {
    assert_eq!(tokens("with (a as b): c")[1], WithParen);
    assert_eq!(tokens("with (a, b): c")[1], LeftParen);
    assert_eq!(tokens("with (a).b as c: d")[1], LeftParen);
    assert_eq!(tokens("with (f(lambda: x) as b, c): d")[1], WithParen);
}

#[test]
fn names_and_keywords() {
    assert_eq!(tokens("if iffy éif ifé"), [If, Name, Name, Name, Newline, EndMarker]);
    assert_eq!(fault("x²"), LexFault::InvalidCharacter { at: 1, character: '²' });
    assert_eq!(tokens("x $")[1], Unknown);
}

#[test]
fn numbers() {
    for text in
        ["0", "00", "1_0", "0xF_f", "0o17", "0b1", "1.", ".5", "1e5", "1E-5", "1_0.0_1e1_0j", "0e0", "09.5"]
    {
        assert_eq!(tokens(text), [Number, Newline, EndMarker], "{text}");
    }
    assert_eq!(tokens("1if x"), [Number, If, Name, Newline, EndMarker]);
    assert_eq!(tokens("0x1for x"), [Number, Or, Name, Newline, EndMarker]);
    assert_eq!(tokens("1..real"), [Number, Dot, Name, Newline, EndMarker]);
    assert!(matches!(fault("1_"), LexFault::InvalidNumber { what: "decimal", .. }));
    assert!(matches!(fault("012"), LexFault::LeadingZeros { .. }));
    assert!(matches!(fault("0b12"), LexFault::InvalidDigit { what: "binary", digit: '2', .. }));
}

#[test]
fn strings() {
    for text in ["''", "'a\\'b'", "\"'\"", "'''a\n'b''\\''''", "rb'\\''", "Br\"\"", "u'x'", "'a\\\nb'"] {
        assert_eq!(tokens(text), [String, Newline, EndMarker], "{text}");
    }
    assert_eq!(fault("'a\nb'"), LexFault::UnterminatedString { start: 0, end: 2 });
    assert_eq!(fault("x = '''a'"), LexFault::UnterminatedTripleString { start: 4 });
}

#[test]
fn fstrings() {
    assert_eq!(tokens("f''"), [FStringStart, FStringEnd, Newline, EndMarker]);
    assert_eq!(
        tokens("f'a{b!r:>{c}}d'"),
        [
            FStringStart,
            FStringMiddle,
            LeftBrace,
            Name,
            Exclamation,
            Name,
            Colon,
            FStringMiddle,
            LeftBrace,
            Name,
            RightBrace,
            RightBrace,
            FStringMiddle,
            FStringEnd,
            Newline,
            EndMarker
        ]
    );
    assert_eq!(
        tokens("rf'''{\n'x' # '''\n}'''"),
        [FStringStart, LeftBrace, String, RightBrace, FStringEnd, Newline, EndMarker]
    );
    // A doubled brace is text, a colon inside brackets is none of the field's.
    assert_eq!(tokens("f'{{}}'")[1], FStringMiddle);
    assert_eq!(tokens("f'{x[1:2]:3}'")[3..8], [LeftBracket, Number, Colon, Number, RightBracket]);
    assert_eq!(tokens("f'{x:=5}'")[2..5], [Name, Colon, FStringMiddle]);
    assert_eq!(tokens("f'{f'{f''}'}'").len(), 12);
    assert_eq!(fault("f'a"), LexFault::UnterminatedFString { start: 0, end: 3, triple: false });
}
