//! The command `ouro`: Python's command line and prompt.
#![forbid(unsafe_code)]

mod diagnostics;
mod disassemble;
mod environment;
mod options;
mod program;
mod repl;

use std::process::ExitCode;

use options::{Answer, CommandLine};
use ouro::Ending;

fn main() -> ExitCode {
    ouro_heap::system::use_one_arena();
    let args: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let line = match CommandLine::parse(&args) {
        Ok(line) => line,
        Err(Answer::Print(text)) => {
            print!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(Answer::Refuse(text)) => {
            eprint!("{text}");
            return ExitCode::from(2);
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
