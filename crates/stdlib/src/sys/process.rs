//! The functions of `sys` about the running program: frames, limits, exceptions, tracing.

use ouro_heap::Ref;
use ouro_vm::{
    error::{Res, raise, raise_with},
    interpreter,
    native::{Args, NativeDef, bound, plain, raw},
    objects::{
        bool_,
        class::Class,
        dict,
        exception::{self, ExceptionKind},
        float, int, tuple,
    },
    overflow_error,
    protocol::number,
    state::{shared, vm},
    type_error, value_error,
};

use super::{none, text};

fn c_int(object: &Ref) -> Res<i64> {
    let value = number::index(object)?;
    match int::as_i64(&value).filter(|value| i32::try_from(*value).is_ok()) {
        Some(value) => Ok(value),
        None => Err(overflow_error!("Python int too large to convert to C int")),
    }
}

fn exit(args: &[Ref]) -> Res {
    let arguments = args.first().filter(|status| !status.is(&shared().none)).cloned();
    Err(raise_with(ExceptionKind::SystemExit, arguments.into_iter().collect()))
}

fn exception(_args: &[Ref]) -> Res {
    Ok(vm().exception().unwrap_or_else(|| shared().none.clone()))
}

fn exc_info(_args: &[Ref]) -> Res {
    let none = || shared().none.clone();
    let items = match vm().exception() {
        None => vec![none(), none(), none()],
        Some(handled) => {
            let traceback = exception::payload(&handled).head.traceback.get();
            vec![Class::of(&handled).clone().into_any(), handled, traceback.map_or_else(none, Ref::into_any)]
        }
    };
    Ok(tuple::from_vec(items).into_any())
}

fn get_frame(args: &[Ref]) -> Res {
    let depth = args.first().map_or(Ok(0), c_int)?;
    match interpreter::frame_at_depth(usize::try_from(depth).unwrap_or(0)) {
        Some(frame) => Ok(frame.into_any()),
        None => Err(value_error!("call stack is not deep enough")),
    }
}

fn get_frame_module_name(args: &[Ref]) -> Res {
    let depth = args.first().map_or(Ok(0), c_int)?;
    let globals =
        interpreter::frame_at_depth(usize::try_from(depth).unwrap_or(0)).and_then(|frame| frame.globals());
    let name = globals.and_then(|globals| dict::get_str(&globals, &ouro_vm::state::names().__name__));
    Ok(name.unwrap_or_else(|| shared().none.clone()))
}

fn getrecursionlimit(_args: &[Ref]) -> Res {
    Ok(int::new(vm().recursion_limit.get().into()))
}

fn setrecursionlimit(args: &[Ref]) -> Res {
    let limit = c_int(&args[0])?;
    if limit < 1 {
        return Err(value_error!("recursion limit must be greater or equal than 1"));
    }
    let mut depth = 0;
    while depth <= limit && interpreter::frame_at_depth(depth as usize).is_some() {
        depth += 1;
    }
    if depth >= limit {
        return Err(raise(
            ExceptionKind::RecursionError,
            format_args!(
                "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
            ),
        ));
    }
    ouro_vm::interpreter::set_recursion_limit(limit as u32);
    none()
}

fn getdefaultencoding(_args: &[Ref]) -> Res {
    Ok(text("utf-8"))
}

fn getfilesystemencodeerrors(_args: &[Ref]) -> Res {
    Ok(text("surrogateescape"))
}

fn get_int_max_str_digits(_args: &[Ref]) -> Res {
    Ok(int::from_usize(int::max_str_digits()))
}

fn set_int_max_str_digits(values: &[Option<Ref>]) -> Res {
    let digits = values[0].as_ref().map_or(Ok(0), c_int)?;
    if digits != 0 && digits < 640 {
        return Err(value_error!("maxdigits must be 0 or larger than 640"));
    }
    int::set_max_str_digits(digits as usize);
    none()
}

fn unsupported_tracing(name: &str) -> Res {
    Err(ouro_vm::not_implemented_error!("sys.{name}() is not supported: Ouro has no trace functions"))
}

/// Taking a trace function away is always possible; there never is one.
fn settrace(args: &[Ref]) -> Res {
    if args[0].is(&shared().none) { none() } else { unsupported_tracing("settrace") }
}

fn setprofile(args: &[Ref]) -> Res {
    if args[0].is(&shared().none) { none() } else { unsupported_tracing("setprofile") }
}

fn nothing(_args: &[Ref]) -> Res {
    none()
}

fn audit(args: Args) -> Res {
    if args.positional().is_empty() {
        return Err(type_error!("audit expected at least 1 argument, got 0"));
    }
    none()
}

fn is_finalizing(_args: &[Ref]) -> Res {
    Ok(bool_::new(vm().finalizing.get()))
}

fn getswitchinterval(_args: &[Ref]) -> Res {
    Ok(float::new(0.005))
}

fn is_gil_enabled(_args: &[Ref]) -> Res {
    Ok(bool_::new(true))
}

pub(super) const FUNCTIONS: &[NativeDef] = &[
    plain("exit", "(status=None, /)", exit, "Exit the interpreter by raising SystemExit(status)."),
    plain("exception", "()", exception, "Return the current exception."),
    plain("exc_info", "()", exc_info, "Return current exception information: (type, value, traceback)."),
    plain("_getframe", "(depth=0, /)", get_frame, "Return a frame object from the call stack."),
    plain(
        "_getframemodulename",
        "(depth=0, /)",
        get_frame_module_name,
        "Return the name of the module for a calling frame.",
    ),
    plain("getrecursionlimit", "()", getrecursionlimit, "Return the current value of the recursion limit."),
    plain(
        "setrecursionlimit",
        "(limit, /)",
        setrecursionlimit,
        "Set the maximum depth of the Python interpreter stack to n.",
    ),
    plain(
        "getdefaultencoding",
        "()",
        getdefaultencoding,
        "Return the current default encoding used by the Unicode implementation.",
    ),
    plain(
        "getfilesystemencoding",
        "()",
        getdefaultencoding,
        "Return the encoding used to convert Unicode filenames to OS filenames.",
    ),
    plain(
        "getfilesystemencodeerrors",
        "()",
        getfilesystemencodeerrors,
        "Return the error mode used for Unicode to OS filename conversion.",
    ),
    plain(
        "get_int_max_str_digits",
        "()",
        get_int_max_str_digits,
        "Return the maximum string digits limit for non-binary int<->str conversions.",
    ),
    bound(
        "set_int_max_str_digits",
        "(maxdigits)",
        set_int_max_str_digits,
        "Set the maximum string digits limit for non-binary int<->str conversions.",
    ),
    plain("settrace", "(function, /)", settrace, "Set the global debug tracing function."),
    plain("setprofile", "(function, /)", setprofile, "Set the profiling function."),
    plain("gettrace", "()", nothing, "Return the global debug tracing function set with sys.settrace."),
    plain("getprofile", "()", nothing, "Return the profiling function set with sys.setprofile."),
    raw("audit", "(event, /, *args)", audit, "Passes the event to any hooks that are attached."),
    plain("is_finalizing", "()", is_finalizing, "Return True if Python is exiting."),
    plain(
        "getswitchinterval",
        "()",
        getswitchinterval,
        "Return the current thread switch interval; see sys.setswitchinterval().",
    ),
    plain("_is_gil_enabled", "()", is_gil_enabled, "Return True if the GIL is currently enabled."),
    plain("_clear_type_cache", "()", nothing, "Clear the internal type lookup cache."),
    plain("_clear_internal_caches", "()", nothing, "Clear all internal performance-related caches."),
];
