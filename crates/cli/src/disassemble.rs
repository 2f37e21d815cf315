//! `ouro dis file`: the bytecode of a script.

use std::{fs, io::Write};

use ouro::{Interpreter, Options};
use ouro_heap::system::tell;
use ouro_vm::{compile, interpreter::CompileMode};

/// Prints the bytecode; gives the exit status.
pub(crate) fn run(executable: &str, path: &str, options: Options) -> i32 {
    let source = match fs::read(path) {
        Ok(source) => source,
        Err(error) => {
            let number = error.raw_os_error().unwrap_or(0);
            tell(format_args!(
                "{executable}: can't open file '{path}': [Errno {number}] {}\n",
                ouro_vm::objects::exception::error_text(number)
            ));
            return 2;
        }
    };
    let optimize = options.optimize;
    let python = Interpreter::builder().options(options).start();
    let status = match compile::compile(&source, path, CompileMode::Exec, optimize, 0) {
        Ok(code) => {
            let listing = ouro_bytecode::dis::disassemble(&code);
            let mut output = std::io::stdout();
            match output.write_all(listing.as_bytes()).and_then(|()| output.flush()) {
                Ok(()) => 0,
                Err(error) => {
                    tell(format_args!("{executable}: can't write the listing: {error}\n"));
                    1
                }
            }
        }
        Err(raised) => match ouro::report(&ouro::Failure::new(raised)) {
            ouro::Ending::Status(status) => status,
            ouro::Ending::Interrupted => 130,
        },
    };
    python.finish(status)
}
