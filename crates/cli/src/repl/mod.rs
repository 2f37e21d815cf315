//! The prompt.

mod command;
mod complete;
mod input;

use ouro::{Ending, Failure, Interpreter};
use ouro_vm::{
    error,
    objects::{
        dict,
        exception::{self, ExceptionKind},
        io::standard::{flush_quietly, write_stderr},
        str::{self, Str, StrExt},
    },
    protocol::object,
    state::vm,
};

use crate::{environment::variable, options::CommandLine};
use input::{Input, Read};

/// Reads, runs and shows until the end of the input; gives how the program ends.
pub(crate) fn run(python: &Interpreter, line: &CommandLine, banner: bool) -> Ending {
    python.remember_source("<stdin>", "");
    if banner {
        let version = crate::options::version(true);
        write_stderr(&format!(
            "{version}Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n"
        ));
    }
    set_prompts();
    run_startup(python, line);
    let mut input = Input::new(variable(line, "PYTHON_HISTORY"));
    let mut count = 0;
    loop {
        flush_quietly();
        match read_statement(&mut input) {
            Read::Line(text) if text.trim().is_empty() => {}
            Read::Line(text) if text.starts_with('%') => {
                input.remember(text.trim_end());
                if let Err(failure) = command::run(python, text.trim_end()) {
                    if failure.is_exit() {
                        input.save();
                        return ouro::report(&failure);
                    }
                    command::show(&failure);
                }
            }
            Read::Line(text) => {
                input.remember(text.trim_end());
                for part in ouro_syntax::split_inputs(&text) {
                    let filename = format!("<stdin>-{count}");
                    count += 1;
                    python.remember_source(&filename, part);
                    let Err(failure) = python.run_interactive(part, &filename) else { continue };
                    if failure.is_exit() {
                        input.save();
                        return ouro::report(&failure);
                    }
                    show(&failure);
                    break;
                }
            }
            Read::Interrupted => {
                // The line editor has ended its line already.
                write_stderr(if input.is_terminal() {
                    "KeyboardInterrupt\n"
                } else {
                    "\nKeyboardInterrupt\n"
                });
                let _ = error_of(ouro_vm::interpreter::check_signals());
            }
            Read::End => {
                write_stderr("\n");
                input.save();
                return Ending::Status(0);
            }
        }
    }
}

/// Reads lines until they are a statement.
fn read_statement(input: &mut Input) -> Read {
    let mut text = match input.line(&prompt("ps1", ">>> ")) {
        Read::Line(text) => text,
        other => return other,
    };
    if text.trim().is_empty() || text.trim_start().starts_with('#') {
        return Read::Line(String::new());
    }
    if text.starts_with('%') {
        return Read::Line(text);
    }
    if text.contains('\n') {
        // Several lines at once are a paste, or a block from the history: they end where they end.
        text.push('\n');
    }
    while ouro_syntax::is_incomplete(&text) {
        flush_quietly();
        match input.line(&prompt("ps2", "... ")) {
            Read::Line(line) => {
                text.push('\n');
                text.push_str(&line);
            }
            Read::Interrupted => return Read::Interrupted,
            // The end of the input ends the statement too; what is wrong with it will be said.
            Read::End => break,
        }
    }
    text.push('\n');
    Read::Line(text)
}

/// Shows an exception and lets the prompt go on. A syntax error names the input as `<stdin>`.
fn show(failure: &Failure) {
    let exception = failure.exception();
    if exception::is_instance(exception, ExceptionKind::SyntaxError) {
        let own = exception::field(exception, "filename").and_then(|name| name.into::<Str>().ok());
        if own.is_some_and(|name| name.to_text().starts_with("<stdin>-")) {
            exception::set_field(exception, "filename", Some(str::new("<stdin>").into_any()));
        }
    }
    ouro::report(failure);
}

fn set_prompts() {
    let Some(sys) = vm().slots.sys.get() else { return };
    for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] {
        let name = str::intern(name);
        if !dict::contains_str(&sys, &name) {
            dict::set_str(&sys, &name, str::new(text).into_any());
        }
    }
}

/// The prompt that `sys` has, which may be any object with a `str`.
fn prompt(name: &str, default: &str) -> String {
    let value = vm().slots.sys.get().and_then(|sys| dict::get_str(&sys, &str::intern(name)));
    match value.map(|value| object::str(&value)) {
        Some(Ok(text)) => text.to_text().into_owned(),
        Some(Err(raised)) => {
            drop(error::take(raised));
            default.to_owned()
        }
        None => default.to_owned(),
    }
}

fn run_startup(python: &Interpreter, line: &CommandLine) {
    let Some(path) = variable(line, "PYTHONSTARTUP") else { return };
    match std::fs::read(&path) {
        Ok(source) => {
            if let Err(failure) = python.run_bytes(&source, &path) {
                ouro::report(&failure);
            }
        }
        Err(_) => write_stderr(&format!(
            "Could not open PYTHONSTARTUP\nFileNotFoundError: [Errno 2] No such file or directory: '{path}'\n"
        )),
    }
}

fn error_of<T>(result: error::Res<T>) -> Option<Failure> {
    result.err().map(Failure::new)
}
