//! Decoding, line ends, modes and incomplete input.

use ouro_syntax::ast::{Constant, ExprKind, Mod, StmtKind};
use ouro_syntax::{
    ErrorKind, Mode, Position, SourceMap, is_incomplete, parse, parse_bytes, parse_with_warnings, source,
};

fn text_of(bytes: &[u8]) -> String {
    source::decode(bytes).expect("the text is good").into_owned()
}

#[track_caller]
fn refused(bytes: &[u8], line: u32, message: &str) {
    let error = source::decode(bytes).expect_err("the text is not good");
    assert_eq!((error.kind, error.line, &*error.message), (ErrorKind::Syntax, line, message));
}

#[test]
fn encodings() {
    assert_eq!(text_of(b"\xEF\xBB\xBFx"), "x");
    assert_eq!(text_of(b"# coding: latin-1\n'\xE9'"), "# coding: latin-1\n'é'");
    assert_eq!(text_of(b"#!/bin/x\n# vim: set fileencoding=iso-8859-1 :\n'\xE9'").chars().last(), Some('\''));
    assert_eq!(text_of(b"# -*- coding: cp1252 -*-\n\x80"), "# -*- coding: cp1252 -*-\n€");
    assert_eq!(text_of(b"# -*- coding: koi8-r -*-\n\xC1"), "# -*- coding: koi8-r -*-\nа");
    // Behind code, a comment is no coding line.
    assert_eq!(text_of(b"x\n# coding: nothing"), "x\n# coding: nothing");
    refused(b"# coding: nothing\n", 1, "unknown encoding: nothing");
    refused(b"\xEF\xBB\xBF# coding: latin-1\n", 0, "encoding problem: latin-1 with BOM");
    let message = "(unicode error) 'utf-8' codec can't decode byte 0xff in position 2: invalid start byte";
    refused(b"x\n\xFF", 2, message);
}

#[test]
fn null_characters() {
    let error = parse("x\0y", Mode::Module).expect_err("a null character");
    assert_eq!(error.message, "source code string cannot contain null bytes");
}

#[test]
fn line_ends() {
    assert_eq!(text_of(b"a\r\nb\rc\n"), "a\nb\nc\n");
    let Ok(Mod::Module { body }) = parse_bytes(b"'''a\r\nb'''\r\n", Mode::Module) else {
        panic!("it parses")
    };
    let StmtKind::Expr { value } = &body[0].kind else { panic!("it is an expression") };
    let ExprKind::Constant { value: Constant::Str { value, .. } } = &value.kind else { panic!("a string") };
    assert_eq!(value.as_str(), Some("a\nb"));
}

#[test]
fn positions() {
    let map = SourceMap::new("é = 1\n\nx");
    assert_eq!(map.position(3), Position { line: 1, column: 3 });
    assert_eq!(map.char_position(3), Position { line: 1, column: 2 });
    assert_eq!(map.position(7), Position { line: 2, column: 0 });
    assert_eq!(map.position(9), Position { line: 3, column: 1 });
    assert_eq!((map.line_text(1), map.line_text(2), map.line_text(3)), ("é = 1\n", "\n", "x"));
}

#[test]
fn lone_surrogates() {
    let Ok(Mod::Expression { body }) = parse(r"'a\ud800\U0001F600'", Mode::Expression) else {
        panic!("it parses")
    };
    let ExprKind::Constant { value: Constant::Str { value, .. } } = &body.kind else { panic!("a string") };
    assert_eq!(value.as_str(), None);
    assert_eq!(value.code_points().collect::<Vec<_>>(), [0x61, 0xD800, 0x1F600]);
}

#[test]
fn names_are_normalised_and_shared() {
    let Ok(Mod::Module { body }) = parse("ﬁ = fi", Mode::Module) else { panic!("it parses") };
    let StmtKind::Assign { targets, value } = &body[0].kind else { panic!("an assignment") };
    let (ExprKind::Name { id: left, .. }, ExprKind::Name { id: right, .. }) = (&targets[0].kind, &value.kind)
    else {
        panic!("two names")
    };
    assert!(std::rc::Rc::ptr_eq(left, right));
}

#[test]
fn warnings() {
    let warned = |text| {
        let (_, warnings) = parse_with_warnings(text, Mode::Module).expect("it parses");
        warnings.into_iter().map(|warning| warning.message).collect::<Vec<_>>()
    };
    assert_eq!(warned(r"'\d\w' r'\d'"), [r"invalid escape sequence '\d'"]);
    assert_eq!(warned(r"'\400'; b'\777'; '\377'").len(), 2);
    assert_eq!(warned(r"f'\{x}\q'"), [r"invalid escape sequence '\{'", r"invalid escape sequence '\q'"]);
    assert!(warned(r"'\n\x41\101\N{BULLET}'").is_empty());
}

#[test]
fn modes() {
    assert!(parse("1, 2\n\n", Mode::Expression).is_ok());
    assert!(parse("x = 1", Mode::Expression).is_err());
    assert!(parse("*a", Mode::Expression).is_err());
    assert!(parse("", Mode::Expression).is_err());
    assert!(parse("", Mode::Module).is_ok());
    for good in ["x = 1; y = 2", "x = 1; y\n", "if x: pass\n", "def f():\n  pass\n\n", "# comment\nx"] {
        assert!(parse(good, Mode::Interactive).is_ok(), "{good:?}");
    }
    let error = parse("x = 1\ny = 2", Mode::Interactive).expect_err("two statements");
    assert_eq!(error.message, "multiple statements found while compiling a single statement");
}

#[test]
fn incomplete_input() {
    for text in [
        "if x:",
        "if x:\n  y",
        "def f(a,",
        "x = (1,\n2",
        "'''abc",
        "f'''{x",
        "x = \\",
        "@deco",
        "try:\n  x",
        "try:\n  x\n",
        "class A:\n\n",
        "for x in y: pass",
        "match x:",
        "x = [",
        "if x:\n  y\nelse:",
        "with a:\n  b",
        "if x:\n  # comment",
    ] {
        assert!(is_incomplete(text), "{text:?}");
    }
    for text in [
        "",
        "x",
        "x = 1\n",
        "if x:\n  y\n",
        "def f(): pass\n",
        "x = )",
        "x y",
        "'abc",
        "if x:\ny",
        "(]",
        "f() = 1",
        "1 +",
        "# comment",
        "for x in y: pass\n",
        "f'{a b}'",
    ] {
        assert!(!is_incomplete(text), "{text:?}");
    }
}
