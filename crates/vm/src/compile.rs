//! Source text to a code object, with errors turned into Python exceptions.

use std::{borrow::Cow, rc::Rc};

use ouro_bytecode::{CompileOptions, code};
use ouro_heap::Ref;
use ouro_syntax::{ErrorKind, Mode, SyntaxError, Warning, source};

use crate::{
    error::{Raised, Res, raise, raise_object, take_if},
    interpreter::CompileMode,
    objects::{
        exception::{self, ExceptionKind},
        int, str, tuple,
    },
    state::{names, shared, vm},
};

/// `ast.PyCF_DONT_IMPLY_DEDENT`: interactive input must end its blocks itself.
pub const DONT_IMPLY_DEDENT: u32 = 0x200;
/// `ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`
pub const ALLOW_TOP_LEVEL_AWAIT: u32 = 0x2000;
/// `ast.PyCF_ALLOW_INCOMPLETE_INPUT`: incomplete input raises its own kind of SyntaxError.
pub const ALLOW_INCOMPLETE_INPUT: u32 = 0x4000;

/// Compiles the bytes of a file with [`ouro_bytecode::Op::Line`] at each line.
pub fn compile_with_lines(source: &[u8], filename: &str) -> Res<Rc<code::Code>> {
    let text = decode(source)?;
    compile_by(
        &text,
        filename,
        CompileMode::Exec,
        CompileOptions { line_events: true, optimize: vm().options.optimize, ..CompileOptions::default() },
        0,
    )
}

/// Compiles the bytes of a file: a byte order mark and a coding line count.
pub fn compile(
    source: &[u8],
    filename: &str,
    mode: CompileMode,
    optimize: u8,
    future_flags: u32,
) -> Res<Rc<code::Code>> {
    if source.contains(&0) {
        return Err(raise(ExceptionKind::SyntaxError, "source code string cannot contain null bytes"));
    }
    match source::decode(source) {
        Ok(text) => compile_normal(&text, filename, mode, optimize, future_flags),
        Err(error) => Err(undecodable(&error, source, filename)),
    }
}

/// The text of source code in bytes, by its coding line.
pub fn decode(source: &[u8]) -> Res<String> {
    match source::decode(source) {
        Ok(text) => Ok(text.to_string()),
        Err(error) => Err(undecodable(&error, source, "<string>")),
    }
}

/// Compiles the file that is run as the program. CPython reads that one line by line, and words some errors in other
/// ways than for the bytes of a module.
pub fn compile_program(source: &[u8], filename: &str, optimize: u8) -> Res<Rc<code::Code>> {
    let line_of = |at: usize| 1 + memchr::memchr_iter(b'\n', &source[..at]).count();
    let null = source.contains(&0).then(|| source.iter().position(|&byte| byte == 0)).flatten();
    let declared =
        source.split(|&byte| byte == b'\n').take(2).any(|line| line.windows(6).any(|part| part == b"coding"));
    if !declared
        && let Err(fault) = std::str::from_utf8(source)
        && null.is_none_or(|null| line_of(fault.valid_up_to()) <= line_of(null))
    {
        let (byte, line) = (source[fault.valid_up_to()], line_of(fault.valid_up_to()));
        return Err(raise(
            ExceptionKind::SyntaxError,
            format_args!(
                "Non-UTF-8 code starting with '\\x{byte:02x}' in file {filename} on line {line}, but no encoding declared; \
                 see https://peps.python.org/pep-0263/ for details"
            ),
        ));
    }
    if let Some(null) = null {
        let start = memchr::memrchr(b'\n', &source[..null]).map_or(0, |at| at + 1);
        let text = String::from_utf8_lossy(&source[start..null]);
        let line = int::from_usize(line_of(null));
        let details = vec![str::new(filename).into_any(), line, int::new(0), str::new(&text).into_any()];
        return Err(raise_details(
            ExceptionKind::SyntaxError,
            "source code cannot contain null bytes",
            details,
        ));
    }
    match source::decode(source) {
        Ok(text) => compile_normal(&text, filename, CompileMode::Exec, optimize, 0),
        Err(error) => {
            let problem = error.message.strip_prefix("unknown encoding: ").map(str::to_owned);
            let ascii = error.message.contains("'ascii' codec").then(|| "ascii".to_owned());
            match problem.or(ascii) {
                Some(name) => {
                    Err(raise(ExceptionKind::SyntaxError, format_args!("encoding problem: {name}")))
                }
                None if error.message.starts_with("encoding problem") => {
                    Err(raise(ExceptionKind::SyntaxError, &error.message))
                }
                None => Err(undecodable(&error, source, filename)),
            }
        }
    }
}

/// Compiles text; a coding line in it means nothing.
pub fn compile_text(
    source: &str,
    filename: &str,
    mode: CompileMode,
    optimize: u8,
    future_flags: u32,
) -> Res<Rc<code::Code>> {
    if source.contains('\0') {
        return Err(raise(ExceptionKind::SyntaxError, "source code string cannot contain null bytes"));
    }
    let text = source::normalise_newlines(Cow::Borrowed(source));
    compile_normal(&text, filename, mode, optimize, future_flags)
}

fn compile_normal(
    text: &str,
    filename: &str,
    mode: CompileMode,
    optimize: u8,
    future_flags: u32,
) -> Res<Rc<code::Code>> {
    let options = CompileOptions {
        optimize,
        inherited: future_flags & code::flags::FUTURE_ANNOTATIONS,
        top_level_await: future_flags & ALLOW_TOP_LEVEL_AWAIT != 0,
        ..CompileOptions::default()
    };
    compile_by(text, filename, mode, options, future_flags)
}

fn compile_by(
    text: &str,
    filename: &str,
    mode: CompileMode,
    options: CompileOptions,
    future_flags: u32,
) -> Res<Rc<code::Code>> {
    let (parse_mode, compile_mode) = match mode {
        CompileMode::Exec => (Mode::Module, ouro_bytecode::Mode::Exec),
        CompileMode::Eval => (Mode::Expression, ouro_bytecode::Mode::Eval),
        CompileMode::Single => (Mode::Interactive, ouro_bytecode::Mode::Single),
    };
    if future_flags & ALLOW_INCOMPLETE_INPUT != 0 && ouro_syntax::is_incomplete(text) {
        return Err(raise(ExceptionKind::_IncompleteInputError, "incomplete input"));
    }
    let tree = parse(text, filename, mode, parse_mode)?;
    let options = CompileOptions { mode: compile_mode, ..options };
    // The compiler proper knows no text in CPython: it reads the line from the file of that name, if there is one.
    let compiled = ouro_bytecode::compile_with_warnings(&tree, text, filename, &options);
    let (code, warnings) = compiled.map_err(|error| {
        let line = line_of_file(filename, error.line);
        syntax_error(&error, filename, line.as_deref())
    })?;
    for warning in &warnings {
        warn(warning, text, filename, false)?;
    }
    Ok(code)
}

/// Parses text that has been normalised, and gives the parser's warnings.
fn parse(text: &str, filename: &str, mode: CompileMode, parse_mode: Mode) -> Res<ouro_syntax::ast::Mod> {
    let parsed = ouro_syntax::parse_with_warnings(text, parse_mode);
    let (tree, warnings) = parsed.map_err(|error| {
        // As CPython does, the line is shown as the file has it, whatever text was compiled under its name.
        let line = if mode == CompileMode::Exec && !error.lexical && error.text.is_some() {
            line_of_file(filename, error.line)
        } else {
            None
        };
        syntax_error(&error, filename, line.as_deref().or(error.text.as_deref()))
    })?;
    for warning in &warnings {
        warn(warning, text, filename, true)?;
    }
    Ok(tree)
}

/// The syntax tree of a text as an object.
pub fn syntax_tree(source: &str, filename: &str, mode: CompileMode) -> Res {
    if source.contains('\0') {
        return Err(raise(ExceptionKind::SyntaxError, "source code string cannot contain null bytes"));
    }
    let text = source::normalise_newlines(Cow::Borrowed(source));
    let (text, parse_mode) = match mode {
        CompileMode::Exec => (&*text, Mode::Module),
        CompileMode::Eval => (&*text, Mode::Expression),
        CompileMode::Single => (&*text, Mode::Interactive),
    };
    crate::syntax_tree::object_of(&parse(text, filename, mode, parse_mode)?, text)
}

/// A line of a file with its newline; `None` where there is no such file or line.
fn line_of_file(filename: &str, line: u32) -> Option<String> {
    let bytes = std::fs::read(filename).ok()?;
    let text = source::decode(&bytes).ok()?;
    text.split_inclusive('\n').nth(line.checked_sub(1)? as usize).map(str::to_owned)
}

/// Raises the exception for a syntax error, `text` being the line to show.
fn syntax_error(error: &SyntaxError, filename: &str, text: Option<&str>) -> Raised {
    let kind = match error.kind {
        ErrorKind::Syntax => ExceptionKind::SyntaxError,
        ErrorKind::Indentation => ExceptionKind::IndentationError,
        ErrorKind::Tab => ExceptionKind::TabError,
        ErrorKind::TooComplex => return raise(ExceptionKind::MemoryError, &error.message),
        ErrorKind::Recursion => return raise(ExceptionKind::RecursionError, &error.message),
    };
    let text = text.map_or_else(|| shared().none.clone(), |text| str::new(text).into_any());
    let number = |value: u32| int::new(i64::from(value));
    let details = vec![
        str::new(filename).into_any(),
        number(error.line),
        number(error.offset),
        text,
        number(error.end_line),
        match error.end_offset {
            ouro_bytecode::error::NO_END => shared().none.clone(),
            offset => int::new(i64::from(offset)),
        },
    ];
    raise_details(kind, &error.message, details)
}

fn raise_details(kind: ExceptionKind, message: &str, details: Vec<Ref>) -> Raised {
    let made = exception::new(kind, vec![str::new(message).into_any(), tuple::from_vec(details).into_any()]);
    raise_object(made)
}

/// Raises the exception for a file that cannot be decoded.
fn undecodable(error: &SyntaxError, source: &[u8], filename: &str) -> Raised {
    let name = str::new(filename).into_any();
    if error.message.starts_with("unknown encoding") || error.message.starts_with("encoding problem") {
        return raise_details(
            ExceptionKind::SyntaxError,
            &error.message,
            vec![name, int::new(0), int::new(-1), shared().none.clone()],
        );
    }
    let line = error.line.max(1);
    let bytes = source.split_inclusive(|&byte| byte == b'\n').nth(line as usize - 1).unwrap_or_default();
    let bad = std::str::from_utf8(bytes).err().map_or(0, |fault| fault.valid_up_to());
    // What cannot be decoded stands in a text, mostly: the error points at the text, and counts from its start.
    let quote = bytes[..bad].iter().rposition(|byte| matches!(byte, b'"' | b'\''));
    let (before, position) = quote.map_or((bad, bad), |quote| (quote, bad - quote - 1));
    let message = match error.message.split_once(" in position ") {
        Some((head, tail))
            if tail.starts_with(|c: char| c.is_ascii_digit()) && error.message.contains("'utf-8'") =>
        {
            let reason = tail.split_once(": ").map_or("", |(_, reason)| reason);
            format!("{head} in position {position}: {reason}")
        }
        _ => error.message.clone(),
    };
    let text = String::from_utf8_lossy(bytes);
    let details = vec![
        name,
        int::new(i64::from(line)),
        int::from_usize(before + 1),
        str::new(&text).into_any(),
        int::new(i64::from(line)),
        int::new(-1),
    ];
    raise_details(ExceptionKind::SyntaxError, &message, details)
}

/// Gives a SyntaxWarning: through `warnings.warn_explicit` once that module is imported (which options of the command
/// line about warnings do), else straight to stderr, which is what the default filter comes to.
fn warn(warning: &Warning, text: &str, filename: &str, by_parser: bool) -> Res<()> {
    let before = &text[..(warning.range.start as usize).min(text.len())];
    let line = 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count();
    let loaded = vm()
        .slots
        .modules
        .get()
        .and_then(|modules| crate::objects::dict::get_str(&modules, &str::intern("warnings")));
    if let Some(module) = loaded
        && let Some(function) =
            crate::protocol::attribute::get_optional(&module, &str::intern("warn_explicit"))?
    {
        let category = crate::state::exception_class(ExceptionKind::SyntaxWarning).clone().into_any();
        let args = [
            str::new(&warning.message).into_any(),
            category,
            str::new(filename).into_any(),
            int::from_usize(line),
        ];
        return match crate::protocol::call::call(&function, &args) {
            Ok(_) => Ok(()),
            // A filter has made an error of it.
            Err(raised) => {
                take_if(raised, ExceptionKind::SyntaxWarning)?;
                let start = before.rfind('\n').map_or(0, |at| at + 1);
                let line_text = if by_parser {
                    text[start..].split_inclusive('\n').next().map(str::to_owned)
                } else {
                    line_of_file(filename, line as u32)
                };
                let column =
                    |at: u32| 1 + text.get(start..at as usize).map_or(0, |part| part.chars().count());
                let details = vec![
                    str::new(filename).into_any(),
                    int::from_usize(line),
                    int::from_usize(column(warning.range.start)),
                    line_text.map_or_else(|| shared().none.clone(), |line| str::new(&line).into_any()),
                    int::from_usize(line),
                    int::from_usize(column(warning.range.end)),
                ];
                Err(raise_details(ExceptionKind::SyntaxError, &warning.message, details))
            }
        };
    }
    let mut message = format!("{filename}:{line}: SyntaxWarning: {}\n", warning.message);
    if let Some(source) = line_of_file(filename, line as u32) {
        message.push_str("  ");
        message.push_str(source.trim());
        message.push('\n');
    }
    let stderr = vm().slots.sys.get().and_then(|sys| crate::objects::dict::get_str(&sys, &names().stderr));
    if let Some(stderr) = stderr.filter(|stderr| !stderr.is(&shared().none)) {
        // A warning that cannot be written is lost, as in CPython.
        if let Err(raised) =
            crate::protocol::call::call_method(&stderr, &names().write, &[str::new(&message).into_any()])
        {
            drop(crate::error::take(raised));
        }
    }
    Ok(())
}
