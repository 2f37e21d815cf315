//! Lines that begin with `%`: questions about memory, answered by the module `_heap_commands`.

use ouro::{Failure, Interpreter};
use ouro_vm::{
    import,
    objects::{
        io::standard::{flush_quietly, write_stderr},
        str,
    },
    protocol::{attribute, call},
    traceback_text,
};

/// The commands, for completion.
const COMMANDS: &[&str] =
    &["diff", "explain", "gc", "help", "layout", "leaks", "mem", "pools", "refs", "snap", "why"];
/// Commands with an argument.
const WITH_ARGUMENT: &[&str] = &["layout", "mem", "refs", "why"];

/// The commands that begin with a text.
pub(super) fn starting_with(text: &str) -> Vec<String> {
    let fitting = COMMANDS.iter().filter(|name| name.starts_with(text));
    fitting
        .map(|name| if WITH_ARGUMENT.contains(name) { format!("{name} ") } else { (*name).to_owned() })
        .collect()
}

/// Runs a line.
pub(super) fn run(python: &Interpreter, line: &str) -> Result<(), Failure> {
    let answer = || {
        let module = import::import_module("_heap_commands")?;
        let run = attribute::get(&module, &str::intern("run"))?;
        call::call(&run, &[str::new(line).into_any(), python.main_namespace().into_any()])
    };
    answer().map(drop).map_err(Failure::new)
}

/// What went wrong, without the frames of the command.
pub(super) fn show(failure: &Failure) {
    flush_quietly();
    traceback_text::format_exception_only(failure.exception(), false, traceback_text::Colours::default())
        .iter()
        .for_each(|line| write_stderr(line));
}
