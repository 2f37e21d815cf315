//! Any bytes in, an answer out: no panic, no stack overflow, no endless time.

use ouro_syntax::{ErrorKind, Mode, is_incomplete, parse, parse_bytes, source};

/// A small generator of pseudo-random numbers, so that a failure repeats.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

const PIECES: &[&str] = &[
    "if", "else", "elif", "for", "in", "while", "def", "class", "try", "except", "finally", "with", "as",
    "match", "case", "type", "lambda", "yield", "await", "async", "return", "import", "from", "not", "and",
    "or", "is", "None", "True", "_", "x", "y", "print", "1", "0x", "1.5e", "1_", "'a'", "\"", "'", "'''",
    "f'", "f\"{", "}", "{", "{{", "}}", "(", ")", "[", "]", ":", ":=", "=", "==", "!=", "!", "+", "-", "*",
    "**", "/", "//", "@", ",", ";", ".", "...", "->", "\\", "\\\n", "\n", "\n    ", "\n\t", "\n  ", " ", "#",
    "é", "²", "€", "\u{A0}", "\0", "\r\n", "$", "?", "b'", "rb\"", "\\N{", "\\x", "!r", "<>", "\x0C",
];

fn answer(text: &str) {
    let _ = is_incomplete(text);
    for mode in [Mode::Module, Mode::Expression, Mode::Interactive] {
        if let Err(error) = parse(text, mode) {
            assert!(!error.message.is_empty(), "{text:?}");
            assert!(error.range.start <= error.range.end, "{text:?}: {error:?}");
        }
    }
}

#[test]
fn random_bytes() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..3000 {
        let length = random.below(60);
        let bytes: Vec<u8> = (0..length).map(|_| random.below(256) as u8).collect();
        let _ = parse_bytes(&bytes, Mode::Module);
        if let Ok(text) = source::decode(&bytes) {
            answer(&text);
        }
    }
}

#[test]
fn random_pieces() {
    let mut random = Random(42);
    for _ in 0..20_000 {
        let length = 1 + random.below(14);
        let text: String = (0..length)
            .flat_map(|_| [PIECES[random.below(PIECES.len())], [" ", ""][random.below(2)]])
            .collect();
        answer(&text);
    }
}

#[test]
fn truncated_program() {
    let program = "@deco\nasync def f(a, /, b: int = 1, *c, d, **e) -> x:\n    '''doc'''\n    with (a as b, c):\n        \
                   return f'{a!r:>{w}} {b=}' 'x' + lambda x, *y: (yield)\nmatch x:\n    case {'a': [1, *_], **r} if y:\n        \
                   pass\ntype X[T: int = str, *U, **V] = [i async for i in z if i] # é\n";
    for end in (0..=program.len()).filter(|&end| program.is_char_boundary(end)) {
        answer(&program[..end]);
        answer(&program[end..]);
    }
}

/// One message for one text.
#[track_caller]
fn refused(text: &str, kind: ErrorKind, message: &str) {
    let error = parse(text, Mode::Module).map(drop).expect_err("the text is not Python");
    assert_eq!((error.kind, &*error.message), (kind, message));
}

#[test]
fn deep_nesting_is_an_error() {
    let nested = "too many nested parentheses";
    refused(&"(".repeat(10_000), ErrorKind::Syntax, nested);
    refused(&"[".repeat(1_000_000), ErrorKind::Syntax, nested);
    refused(&format!("x{}", "[f(".repeat(5000)), ErrorKind::Syntax, nested);
    let high = "maximum recursion depth exceeded during compilation";
    let million = 1_000_000;
    refused(&format!("{}x", "not ".repeat(100_000)), ErrorKind::Recursion, high);
    refused(&vec!["x"; million].join("+"), ErrorKind::Recursion, high);
    refused(&vec!["x"; million].join("**"), ErrorKind::Recursion, high);
    refused(&format!("{}x", "-".repeat(million)), ErrorKind::Recursion, high);
    refused(&format!("x{}", ".a".repeat(million)), ErrorKind::Recursion, high);
    refused(&format!("x{}", "()".repeat(million)), ErrorKind::Recursion, high);
    refused(&format!("{}x", "lambda: ".repeat(million)), ErrorKind::Recursion, high);
    refused(&format!("{}x", "a if b else ".repeat(million)), ErrorKind::Recursion, high);
    let elifs = format!("if x: pass\n{}", "elif x: pass\n".repeat(100_000));
    refused(&elifs, ErrorKind::TooComplex, "Parser stack overflowed - Python source too complex to parse");
    let blocks: String = (0..200).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect();
    refused(&blocks, ErrorKind::Indentation, "too many levels of indentation");
    let mut fstring = String::from("x");
    for _ in 0..160 {
        fstring = format!("f'{{{fstring}}}'");
    }
    refused(&fstring, ErrorKind::Syntax, "too many nested f-strings");
}

#[test]
fn deep_nesting_with_a_mistake() {
    answer(&format!("{}x y", "not ".repeat(100_000)));
    answer(&format!("{}x y", "lambda: ".repeat(100_000)));
    answer(&format!("{} y", vec!["x"; 100_000].join("+")));
    answer(&format!("{}x y{}", "(".repeat(190), ")".repeat(190)));
    answer(&format!("{}x y{}", "[{f(".repeat(60), ")}]".repeat(60)));
    answer(&format!("{}1 if", "x = ".repeat(10_000)));
}

#[test]
fn wide_is_no_problem() {
    let comparison = format!("x = {}", vec!["a"; 100_000].join(" < "));
    assert!(parse(&comparison, Mode::Module).is_ok());
    let list = format!("x = [{}]", vec!["1"; 200_000].join(", "));
    assert!(parse(&list, Mode::Module).is_ok());
    let strings = format!("x = ({})", vec!["'a'"; 100_000].join(" "));
    assert!(parse(&strings, Mode::Module).is_ok());
}
