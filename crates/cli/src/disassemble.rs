//! `ouro dis file`: the bytecode of a script.

use std::fs;

use ouro::{Interpreter, Options};
use ouro_vm::{compile, interpreter::CompileMode};

/// Prints the bytecode; gives the exit status.
pub(crate) fn run(executable: &str, path: &str, options: Options) -> i32 {
    let source = match fs::read(path) {
        Ok(source) => source,
        Err(error) => {
            let number = error.raw_os_error().unwrap_or(0);
            eprintln!(
                "{executable}: can't open file '{path}': [Errno {number}] {}",
                ouro_vm::objects::exception::error_text(number)
            );
            return 2;
        }
    };
    let optimize = options.optimize;
    let python = Interpreter::builder().options(options).start();
    let status = match compile::compile(&source, path, CompileMode::Exec, optimize, 0) {
        Ok(code) => {
            print!("{}", ouro_bytecode::dis::disassemble(&code));
            0
        }
        Err(raised) => match ouro::report(&ouro::Failure::new(raised)) {
            ouro::Ending::Status(status) => status,
            ouro::Ending::Interrupted => 130,
        },
    };
    python.finish(status)
}
