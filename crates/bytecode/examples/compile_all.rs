//! Compiles every Python file under the folders named on the command line, verifies the code and prints the
//! time that it took. With `--dis` the code is printed.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ouro_bytecode::code::{Code, Constant};
use ouro_bytecode::{CompileOptions, compile, dis, verify};

fn main() {
    // Deep trees need a deep stack; the interpreter itself runs on one as well.
    let worker = std::thread::Builder::new().stack_size(256 << 20).spawn(run);
    worker.ok().and_then(|worker| worker.join().ok());
}

fn run() {
    let mut files = Vec::new();
    let mut print = false;
    for argument in std::env::args().skip(1) {
        if argument == "--dis" {
            print = true;
        } else {
            collect(Path::new(&argument), &mut files);
        }
    }
    files.sort();
    let (mut parsing, mut compiling) = (Duration::ZERO, Duration::ZERO);
    let (mut words, mut lines, mut failures, mut compiled) = (0, 0, 0, 0);
    for file in &files {
        let Ok(bytes) = std::fs::read(file) else { continue };
        let Ok(text) = ouro_syntax::source::decode(&bytes) else { continue };
        let text = ouro_syntax::source::normalise_newlines(text);
        lines += text.lines().count();
        let start = Instant::now();
        let tree = match ouro_syntax::parse(&text, ouro_syntax::Mode::Module) {
            Ok(tree) => tree,
            Err(error) => {
                println!("{}: parser: {error}", file.display());
                continue;
            }
        };
        parsing += start.elapsed();
        let start = Instant::now();
        let result = compile(&tree, &text, &file.to_string_lossy(), &CompileOptions::default());
        compiling += start.elapsed();
        match result {
            Ok(code) => {
                compiled += 1;
                words += check(&code, file, &mut failures);
                if print {
                    println!("{}", dis::disassemble(&code));
                }
            }
            Err(error) => println!("{}: compiler: {error}", file.display()),
        }
    }
    println!(
        "{compiled} of {} files, {lines} lines, {words} words, {failures} failures; parsing {parsing:?}, compiling {compiling:?}",
        files.len()
    );
}

fn check(code: &Code, file: &Path, failures: &mut usize) -> usize {
    if let Err(message) = verify::verify(code) {
        println!("{}: {}: {message}", file.display(), code.qualname);
        *failures += 1;
    }
    let inner = code.constants.iter().map(|constant| match constant {
        Constant::Code(inner) => check(inner, file, failures),
        _ => 0,
    });
    inner.sum::<usize>() + code.words.len()
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let Ok(entries) = std::fs::read_dir(path) else { return };
        for entry in entries.flatten() {
            collect(&entry.path(), files);
        }
    } else if path.extension().is_some_and(|extension| extension == "py") {
        files.push(path.to_owned());
    }
}
