//! The command `ouro`: Python's command line and prompt.
#![forbid(unsafe_code)]
#![cfg_attr(all(target_os = "linux", target_env = "gnu", not(test)), no_main)]

mod diagnostics;
mod disassemble;
mod environment;
mod options;
mod program;
mod repl;

use std::io::Write;

use options::{Answer, CommandLine};
use ouro::Ending;
use ouro_heap::system::tell;

ouro_heap::program_entry!(start);

/// Reads the command line and runs what it asks for; gives the status of the process.
fn start() -> u8 {
    ouro_heap::system::use_one_arena();
    let args: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let line = match CommandLine::parse(&args) {
        Ok(line) => line,
        Err(Answer::Print(text)) => {
            // CPython, too, says nothing of a stream that takes nothing.
            let _ = std::io::stdout().write_all(text.as_bytes());
            return 0;
        }
        Err(Answer::Refuse(text)) => {
            tell(format_args!("{text}"));
            return 2;
        }
    };
    // Only the interpreter's thread hears of Ctrl-C. Without it a program cannot be interrupted, but runs.
    let _ = ouro_heap::signals::block_interrupts();
    ouro::run_on_big_stack(|| {
        let _ = ouro_heap::signals::take_interrupts();
        end(program::run(line))
    })
}

/// Ends the process, from the thread of the interpreter: to wait for its end would only take time.
fn end(ending: Ending) -> ! {
    match ending {
        Ending::Interrupted => {
            ouro_heap::signals::die_by_interrupt();
            std::process::exit(130)
        }
        // The system keeps the low byte of a status.
        Ending::Status(status) => std::process::exit(i32::from(status as u8)),
    }
}
