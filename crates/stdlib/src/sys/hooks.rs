//! The streams and hooks of `sys`.

use ouro_heap::Ref;
use ouro_vm::{
    error::{Res, take_if},
    native::{Args, NativeDef, plain, raw},
    objects::{
        class::Class,
        exception::{self, ExceptionKind},
        io::{
            standard::{stream, sys_attribute, write_stderr},
            text::TextFile,
        },
        module,
        str::{self, StrExt},
        tuple::Tuple,
    },
    protocol::{attribute, call, object},
    runtime_error,
    state::{names, shared, vm},
    traceback_text::{self, Colours},
    type_error, types,
};

use super::none;

/// Makes `stdin`, `stdout` and `stderr`, and the names under which the first ones stay.
pub(super) fn add_streams(target: &Ref) -> Res<()> {
    for (fd, name) in [(0, "stdin"), (1, "stdout"), (2, "stderr")] {
        let made = stream(fd)?.map_or_else(|| shared().none.clone(), Ref::into_any);
        module::set(target, name, made.clone())?;
        module::set(target, &format!("__{name}__"), made)?;
    }
    Ok(())
}

/// Keeps each hook under its second name.
pub(super) fn add_hooks(target: &Ref) -> Res<()> {
    for name in ["displayhook", "excepthook", "unraisablehook", "breakpointhook"] {
        if let Some(hook) = module::get(target, name) {
            module::set(target, &format!("__{name}__"), hook)?;
        }
    }
    Ok(())
}

/// Shows a value at the prompt and keeps it as `builtins._`.
fn displayhook(args: &[Ref]) -> Res {
    let value = &args[0];
    if value.is(&shared().none) {
        return none();
    }
    let Some(builtins) = vm().slots.builtins.get() else {
        return Err(runtime_error!("lost builtins module"));
    };
    // While the value is being shown, `_` is None, so that the old value dies before.
    ouro_vm::objects::dict::set_str(&builtins, &str::intern("_"), shared().none.clone());
    let Some(stdout) = sys_attribute(&names().stdout).filter(|stdout| !stdout.is(&shared().none)) else {
        return Err(runtime_error!("lost sys.stdout"));
    };
    let shown = object::repr(value)?;
    let written = call::call_method(&stdout, &names().write, &[shown.clone().into_any()]);
    if let Err(raised) = written {
        // What the stream cannot encode is shown escaped.
        take_if(raised, ExceptionKind::UnicodeEncodeError)?;
        let escaped = object::ascii(value)?;
        call::call_method(&stdout, &names().write, &[escaped.into_any()])?;
    }
    call::call_method(&stdout, &names().write, &[str::new("\n").into_any()])?;
    ouro_vm::objects::dict::set_str(&builtins, &str::intern("_"), value.clone());
    none()
}

fn excepthook(args: &[Ref]) -> Res {
    let value = &args[1];
    if !exception::is_exception(value) {
        write_stderr(&format!(
            "TypeError: print_exception(): Exception expected for value, {} found\n",
            Class::of(value).short_name()
        ));
        return none();
    }
    flush_stdout();
    write_stderr(&traceback_text::uncaught(value, Colours::of_stderr()));
    none()
}

/// What the program has written so far comes before the traceback.
fn flush_stdout() {
    if let Some(stdout) = sys_attribute(&names().stdout)
        && let Some(file) = stdout.payload::<TextFile>()
        && let Err(raised) = file.flush()
    {
        drop(ouro_vm::error::take(raised));
    }
}

fn unraisablehook(args: &[Ref]) -> Res {
    if Class::of(&args[0]).index != types::UNRAISABLE_ARGS {
        return Err(type_error!("sys.unraisablehook argument type must be UnraisableHookArgs"));
    }
    let items = args[0].payload::<Tuple>().expect("a struct sequence is a tuple").items();
    if let [_, value, _, message, place] = items
        && exception::is_exception(value)
    {
        let message = message.payload::<str::Str>().map(|message| message.to_text().into_owned());
        ouro_vm::unraisable::show(value, Some(place), message.as_deref());
    }
    none()
}

fn breakpointhook(args: Args) -> Res {
    ouro_vm::builtins::execution::default_breakpoint(args)
}

/// The hook of interactive mode; the command line looks for it.
fn interactivehook(_args: &[Ref]) -> Res {
    none()
}

/// `sys.last_exc` and its older kin, set when a traceback is shown at the prompt.
pub fn remember_last(exception: &Ref) -> Res<()> {
    let Some(sys) = vm().slots.sys.get() else { return Ok(()) };
    let names = names();
    let traceback = attribute::get(exception, &names.__traceback__)?;
    for (name, value) in [
        (&names.last_exc, exception.clone()),
        (&names.last_type, Class::of(exception).clone().into_any()),
        (&names.last_value, exception.clone()),
        (&names.last_traceback, traceback),
    ] {
        ouro_vm::objects::dict::set_str(&sys, name, value);
    }
    Ok(())
}

pub(super) const FUNCTIONS: &[NativeDef] = &[
    plain(
        "displayhook",
        "(object, /)",
        displayhook,
        "Print an object to sys.stdout and also save it in builtins._",
    ),
    plain(
        "excepthook",
        "(exctype, value, traceback, /)",
        excepthook,
        "Handle an exception by displaying it with a traceback on sys.stderr.",
    ),
    plain("unraisablehook", "(unraisable, /)", unraisablehook, "Handle an unraisable exception."),
    raw(
        "breakpointhook",
        "(*args, **kws)",
        breakpointhook,
        "This hook function is called by built-in breakpoint().",
    ),
    plain("__interactivehook__", "()", interactivehook, ""),
];
