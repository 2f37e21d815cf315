//! Runs what the command line names, and ends the program.

use std::{
    fs,
    io::{IsTerminal, Read},
    path::Path,
};

use ouro::{Ending, Failure, Interpreter, NotRunnable};
use ouro_heap::system::tell;
use ouro_vm::{
    interpreter::check_signals,
    objects::{dict, io::standard::flush_quietly, list::List, str},
    state::{names, vm},
};

use crate::{
    diagnostics, disassemble,
    environment::{self, absolute, variable},
    options::{CommandLine, Source},
    repl,
};

/// The whole life of the interpreter.
pub(crate) fn run(line: CommandLine) -> Ending {
    let read = environment::options(&line)
        .and_then(|options| Ok((environment::traced_frames(&line, &options)?, options)));
    let (mut traced_frames, mut options) = match read {
        Ok(read) => read,
        Err(message) => {
            tell(format_args!("{message}"));
            return Ending::Status(1);
        }
    };
    if let Source::Disassemble(path) = &line.source {
        return Ending::Status(disassemble::run(&line.executable, path, options));
    }
    let inspect = options.inspect;
    let has_option = |name: &str| {
        options.x_options.iter().any(|(option, value)| option == name && value.as_deref() != Some("0"))
    };
    let (show_count, verify, stress, generic) = (
        has_option("showrefcount"),
        has_option("verify"),
        has_option("gcstress"),
        has_option("nospecialize"),
    );
    options.generic = generic;
    if line.flags.leaks.is_some() {
        // The report names the lines that made the objects.
        traced_frames = traced_frames.max(1);
    }
    let python = Interpreter::builder()
        .options(options)
        .modules(ouro_lens::modules())
        .max_memory(line.flags.max_memory.unwrap_or(0))
        .gc_stress(stress)
        .trace_allocations(traced_frames)
        .start();
    if line.flags.gc_log {
        ouro_lens::explain::log();
    }
    let mut ending = run_source(&python, &line);
    let wants_prompt = inspect || (variable(&line, "PYTHONINSPECT").is_some());
    if wants_prompt && !is_prompt(&line) {
        flush_quietly();
        ending = repl::run(&python, &line, false);
    }
    if verify {
        diagnostics::verify("before the end");
    }
    if let Some(how) = &line.flags.leaks
        && let Some(report) = ouro_lens::leaks::report()
    {
        flush_quietly();
        tell(format_args!("{report}"));
        if how == "error" && ending == Ending::Status(0) {
            ending = Ending::Status(1);
        }
    }
    let status = match ending {
        Ending::Status(status) => status,
        Ending::Interrupted => 130,
    };
    let finished = python.finish(status);
    if verify {
        diagnostics::verify("after the end");
    }
    if show_count {
        diagnostics::show_count();
    }
    // Ctrl-C that came too late for the program to notice.
    drop(check_signals().map_err(ouro_vm::error::take));
    if ending == Ending::Interrupted && finished == status { ending } else { Ending::Status(finished) }
}

/// Whether the command line itself asks for the prompt.
fn is_prompt(line: &CommandLine) -> bool {
    matches!(line.source, Source::Input(_)) && (std::io::stdin().is_terminal() || line.inspect())
}

fn run_source(python: &Interpreter, line: &CommandLine) -> Ending {
    if !vm().options.warn_options.is_empty()
        && let Err(raised) = ouro_vm::import::import_module("warnings")
    {
        // What the module says about wrong options is on stderr; without it there are just no filters.
        drop(ouro_vm::error::take(raised));
    }
    match &line.source {
        Source::Command(command) => {
            python.remember_source("<string>", command);
            ended(python.run_source(command, "<string>"), line)
        }
        Source::Module(name) => run_module(python, line, name),
        Source::Path(path) => run_path(python, line, path),
        Source::Input(_) if is_prompt(line) => repl::run(python, line, !line.flags.quiet),
        Source::Input(_) => {
            let mut source = Vec::new();
            // What can be read before an error is the program.
            let _ = std::io::stdin().lock().read_to_end(&mut source);
            ended(python.run_bytes(&skip_first_line(source, line), "<stdin>"), line)
        }
        Source::Disassemble(_) => Ending::Status(0),
    }
}

/// The ending that an outcome means; a failure is shown. With `-i` an exit is shown too, and the prompt follows.
fn ended(outcome: Result<(), Failure>, line: &CommandLine) -> Ending {
    match outcome {
        Ok(()) => Ending::Status(0),
        Err(failure) if failure.is_exit() && line.inspect() => {
            ouro_vm::objects::io::standard::write_stderr(&failure.text());
            Ending::Status(0)
        }
        Err(failure) => ouro::report(&failure),
    }
}

fn skip_first_line(source: Vec<u8>, line: &CommandLine) -> Vec<u8> {
    if !line.flags.skip_first_line {
        return source;
    }
    // The line's end stays, so that lines keep their numbers.
    let end = source.iter().position(|byte| *byte == b'\n').unwrap_or(source.len());
    source[end..].to_vec()
}

fn run_path(python: &Interpreter, line: &CommandLine, path: &str) -> Ending {
    let full = absolute(path);
    if Path::new(&full).is_dir() {
        return run_folder(python, line, &full);
    }
    match fs::read(&full) {
        Ok(source) => {
            python.set_main_file(&full);
            ended(python.run_bytes(&skip_first_line(source, line), &full), line)
        }
        Err(error) => {
            let number = error.raw_os_error().unwrap_or(0);
            let text = ouro_vm::objects::exception::error_text(number);
            tell(format_args!("{}: can't open file '{full}': [Errno {number}] {text}\n", line.executable));
            Ending::Status(2)
        }
    }
}

fn run_folder(python: &Interpreter, line: &CommandLine, folder: &str) -> Ending {
    let main = Path::new(folder).join("__main__.py");
    if !main.is_file() {
        tell(format_args!("{}: can't find '__main__' module in '{folder}'\n", line.executable));
        return Ending::Status(1);
    }
    match ouro::find_code("__main__") {
        Ok(found) => ended(python.run_found(&found), line),
        // With -P the folder is no place to import from, but still what is to be run.
        Err(NotRunnable::Message(_)) => ended(python.run_file(&main), line),
        Err(NotRunnable::Failure(failure)) => ended(Err(failure), line),
    }
}

fn run_module(python: &Interpreter, line: &CommandLine, name: &str) -> Ending {
    match ouro::find_code(name) {
        Ok(found) => {
            if let Some(file) = &found.file {
                set_program_name(file);
            }
            ended(python.run_found(&found), line)
        }
        Err(NotRunnable::Message(message)) => {
            tell(format_args!("{}: {message}\n", line.executable));
            Ending::Status(1)
        }
        Err(NotRunnable::Failure(failure)) => ended(Err(failure), line),
    }
}

/// `sys.argv[0]` of a module is its file, known only once it has been found.
fn set_program_name(file: &str) {
    let argv = vm().slots.sys.get().and_then(|sys| dict::get_str(&sys, &str::intern("argv")));
    if let Some(argv) = argv.and_then(|argv| argv.into::<List>().ok())
        && !argv.is_empty()
    {
        let old = argv.items.with_mut(|items| std::mem::replace(&mut items[0], str::new(file).into_any()));
        drop(old);
    }
    debug_assert!(vm().slots.sys.get().is_some_and(|sys| dict::contains_str(&sys, &names().path)));
}
