//! Trees and errors against what CPython 3.13 says; `scripts/expect_syntax` rewrites the expectations.

#[path = "../examples/dump_ast/dumper.rs"]
mod dumper;
#[path = "../examples/dump_ast/literals.rs"]
mod literals;

use ouro_syntax::{ErrorKind, Mode, SourceMap, parse};

/// Compares each block of a golden file; all differences are shown at once.
fn check(golden: &str, least: usize) {
    let mut failures = Vec::new();
    let blocks: Vec<_> = golden.trim_end().split("\n-----\n").collect();
    assert!(blocks.len() >= least, "the file has lost blocks");
    for block in &blocks {
        let (source, wanted) = block.split_once("\n=====\n").expect("a block has two parts");
        let got = describe(source);
        if got != wanted {
            failures.push(format!("{source}\n  got    {got}\n  wanted {wanted}\n"));
        }
    }
    assert!(failures.is_empty(), "{} of {} differ\n{}", failures.len(), blocks.len(), failures.join("\n"));
}

fn describe(source: &str) -> String {
    match parse(source, Mode::Module) {
        Ok(tree) => dumper::dump(&tree, Some(&SourceMap::new(source))),
        Err(e) => {
            let name = match e.kind {
                ErrorKind::Indentation => "IndentationError",
                ErrorKind::Tab => "TabError",
                _ => "SyntaxError",
            };
            format!("{name} {}:{}-{}:{} {}", e.line, e.offset, e.end_line, e.end_offset, e.message)
        }
    }
}

#[test]
fn trees() {
    check(include_str!("golden/trees.txt"), 14);
}

#[test]
fn errors() {
    check(include_str!("golden/errors.txt"), 400);
}
