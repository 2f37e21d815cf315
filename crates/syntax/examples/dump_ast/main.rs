//! Prints syntax trees as CPython's `ast.dump` does, for many files in one process.
//!
//! Reads one path a line from standard input. For each it writes a line `<length> ok` or `<length> error`,
//! then that many bytes: the dump or the error. `--attributes` adds the positions. Strings are written
//! in ASCII, as by Python's `ascii()`. `--time` parses the files only, several times, and prints seconds.

mod dumper;
mod literals;

use std::io::{self, BufRead, Write};
use std::time::Instant;

use ouro_syntax::{Mode, SourceMap, parse, source};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let (attributes, time) = (has("--attributes"), has("--time"));
    let body = move || if time { measure() } else { dump_all(attributes) };
    // The dumper is recursive; the parser is not.
    std::thread::Builder::new().stack_size(256 << 20).spawn(body)?.join().expect("no panic")
}

fn dump_all(attributes: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for path in io::stdin().lock().lines() {
        let bytes = std::fs::read(path?)?;
        let (text, state) = match dump(&bytes, attributes) {
            Ok(text) => (text, "ok"),
            Err(error) => (error, "error"),
        };
        writeln!(out, "{} {state}", text.len())?;
        out.write_all(text.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

fn dump(bytes: &[u8], attributes: bool) -> Result<String, String> {
    let describe = |error: ouro_syntax::SyntaxError| {
        let place = (error.line, error.offset, error.end_line, error.end_offset);
        format!("{:?} {} {place:?}", error.kind, error.message)
    };
    let text = source::decode(bytes).map_err(describe)?;
    let tree = parse(&text, Mode::Module).map_err(describe)?;
    let map = SourceMap::new(&text);
    Ok(dumper::dump(&tree, attributes.then_some(&map)))
}

fn measure() -> io::Result<()> {
    let mut files = Vec::new();
    for path in io::stdin().lock().lines() {
        files.push(std::fs::read(path?)?);
    }
    let bytes: usize = files.iter().map(Vec::len).sum();
    for _ in 0..5 {
        let start = Instant::now();
        let good = files.iter().filter(|bytes| ouro_syntax::parse_bytes(bytes, Mode::Module).is_ok()).count();
        let seconds = start.elapsed().as_secs_f64();
        println!("{good} of {} files, {bytes} bytes, {seconds:.3} s", files.len());
    }
    Ok(())
}
