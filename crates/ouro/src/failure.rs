//! Exceptions that reach the end of the program.

use ouro_heap::Ref;
use ouro_vm::{
    error::{self, Raised, Res},
    objects::{
        class::Class,
        exception::{self, ExceptionKind},
        int,
        io::standard::write_stderr,
        str::StrExt,
    },
    protocol::{call, object},
    state::{names, shared, vm},
    traceback_text::{self, Colours},
};

/// An exception that the program did not catch.
#[derive(Debug)]
pub struct Failure {
    exception: Ref,
}

/// How a program has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With an exit status.
    Status(i32),
    /// By a KeyboardInterrupt: a shell wants to see that the process died by the signal.
    Interrupted,
}

impl Failure {
    /// Takes the exception that is in flight.
    pub fn new(raised: Raised) -> Failure {
        Failure { exception: error::take(raised) }
    }

    /// The exception object.
    pub fn exception(&self) -> &Ref {
        &self.exception
    }

    /// The traceback and the message, as the interpreter shows them.
    pub fn text(&self) -> String {
        traceback_text::uncaught(&self.exception, Colours::default())
    }

    /// Whether the program asked to end (`sys.exit`).
    pub fn is_exit(&self) -> bool {
        exception::is_instance(&self.exception, ExceptionKind::SystemExit)
    }

    /// The status that a SystemExit asks for. Its message, if it has one, is written to stderr.
    pub fn exit_status(&self) -> i32 {
        let code = exception::field(&self.exception, "code").unwrap_or_else(|| shared().none.clone());
        if code.is(&shared().none) {
            return 0;
        }
        if let Some(value) = int::value(&code) {
            // As in C, what does not fit is -1; the system keeps the low byte.
            return value.to_i64().map_or(-1, |value| value as i32);
        }
        match object::str(&code) {
            Ok(text) => write_stderr(&format!("{}\n", text.to_text())),
            Err(raised) => drop(error::take(raised)),
        }
        1
    }
}

/// Shows a failure through `sys.excepthook` and says how the program ends. An exit (`sys.exit`) just ends it.
pub fn report(failure: &Failure) -> Ending {
    if failure.is_exit() {
        return Ending::Status(failure.exit_status());
    }
    let exception = &failure.exception;
    remember_last(exception);
    match call_hook(exception) {
        Ok(()) => {}
        Err(raised) => {
            let failed = Failure::new(raised);
            if failed.is_exit() {
                return Ending::Status(failed.exit_status());
            }
            write_stderr("Error in sys.excepthook:\n");
            write_stderr(&failed.text());
            write_stderr("\nOriginal exception was:\n");
            write_stderr(&failure.text());
        }
    }
    if exception::is_instance(exception, ExceptionKind::KeyboardInterrupt) {
        Ending::Interrupted
    } else {
        Ending::Status(1)
    }
}

fn traceback_of(exception: &Ref) -> Ref {
    exception::payload(exception).head.traceback.get().map_or_else(|| shared().none.clone(), Ref::into_any)
}

fn remember_last(exception: &Ref) {
    let Some(sys) = vm().slots.sys.get() else { return };
    let set = |name, value| ouro_vm::objects::dict::set_str(&sys, name, value);
    set(&names().last_exc, exception.clone());
    set(&names().last_type, Class::of(exception).clone().into_any());
    set(&names().last_value, exception.clone());
    set(&names().last_traceback, traceback_of(exception));
}

fn call_hook(exception: &Ref) -> Res<()> {
    let hook =
        vm().slots.sys.get().and_then(|sys| ouro_vm::objects::dict::get_str(&sys, &names().excepthook));
    let Some(hook) = hook else {
        write_stderr("sys.excepthook is missing\n");
        write_stderr(&traceback_text::uncaught(exception, Colours::of_stderr()));
        return Ok(());
    };
    let args = [Class::of(exception).clone().into_any(), exception.clone(), traceback_of(exception)];
    call::call(&hook, &args).map(drop)
}
