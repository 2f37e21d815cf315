//! `exec`, `eval`, `compile`, `__import__` and the namespaces of the running code.

use ouro_heap::Ref;

use crate::{
    error::{Res, raise},
    import, interpreter,
    interpreter::CompileMode,
    native::{Args, NativeDef, bound, plain, raw},
    objects::{
        bytes,
        cell::Cell,
        class::Class,
        code::Code,
        dict::{self, Dict},
        exception::ExceptionKind,
        int,
        io::standard::sys_attribute,
        str::{self, Str, StrExt},
        tuple::Tuple,
    },
    protocol::{call, number, object::is_true},
    runtime_error,
    state::{names, shared, vm},
    type_error, value_error,
};

fn none_as_absent(value: &Option<Ref>) -> Option<&Ref> {
    value.as_ref().filter(|value| !value.is(&shared().none))
}

fn is_mapping(object: &Ref) -> bool {
    Class::of(object).slots.0.get_item.get().is_some()
}

/// The text of source code given as a string or bytes.
fn source_text(source: &Ref, function: &str, what: &str) -> Res<String> {
    let text = if let Some(text) = source.downcast::<Str>() {
        match text.to_utf8() {
            Some(text) => text.into_owned(),
            None => {
                // Encoding raises the error that CPython raises.
                let encoded =
                    crate::objects::io::call_named(source, "encode", &[str::new("utf-8").into_any()])?;
                drop(encoded);
                text.to_text().into_owned()
            }
        }
    } else if let Some(view) = bytes::like(source)? {
        let data = view.to_vec();
        crate::compile::decode(&data)?
    } else {
        return Err(type_error!("{function}() arg 1 must be a {what}"));
    };
    if text.contains('\0') {
        return Err(raise(ExceptionKind::SyntaxError, "source code string cannot contain null bytes"));
    }
    Ok(text)
}

/// Puts `__builtins__` into a namespace that lacks it.
fn add_builtins(globals: &Ref<Dict>) {
    if dict::get_str(globals, &names().__builtins__).is_none()
        && let Some(builtins) = vm().slots.builtins.get()
    {
        dict::set_str(globals, &names().__builtins__, builtins.into_any());
    }
}

/// The namespaces to run code in: those given, or the caller's.
fn namespaces(function: &str, globals: &Option<Ref>, locals: &Option<Ref>) -> Res<(Ref<Dict>, Option<Ref>)> {
    let (globals, locals) = (none_as_absent(globals), none_as_absent(locals));
    if let Some(locals) = locals
        && !is_mapping(locals)
    {
        return Err(if function == "eval" {
            type_error!("locals must be a mapping")
        } else {
            type_error!("locals must be a mapping or None, not {}", Class::of(locals).short_name())
        });
    }
    let chosen = match globals {
        Some(globals) => match globals.downcast::<Dict>() {
            Some(globals) => globals.clone(),
            None if function == "eval" => {
                return Err(if is_mapping(globals) {
                    type_error!("globals must be a real dict; try eval(expr, {{}}, mapping)")
                } else {
                    type_error!("globals must be a dict")
                });
            }
            None => {
                return Err(type_error!(
                    "exec() globals must be a dict, not {}",
                    Class::of(globals).short_name()
                ));
            }
        },
        None => interpreter::current_globals()
            .ok_or_else(|| crate::system_error!("globals and locals cannot be NULL"))?,
    };
    let locals = match (locals, globals) {
        (Some(locals), _) => Some(locals.clone()),
        (None, Some(_)) => None,
        (None, None) => Some(interpreter::current_locals()?),
    };
    add_builtins(&chosen);
    Ok((chosen, locals))
}

fn exec(values: &[Option<Ref>]) -> Res {
    let [Some(source), globals, locals, closure] = values else { return Ok(shared().none.clone()) };
    let (globals, locals) = namespaces("exec", globals, locals)?;
    let code = match source.downcast::<Code>() {
        Some(code) => code.clone(),
        None => {
            if none_as_absent(closure).is_some() {
                return Err(type_error!("closure can only be used when source is a code object"));
            }
            let text = source_text(source, "exec", "string, bytes or code object")?;
            interpreter::run_text(&text, "<string>", CompileMode::Exec, &globals, locals.as_ref())?;
            return Ok(shared().none.clone());
        }
    };
    let closure = none_as_absent(closure);
    if code.free_names.is_empty() {
        if closure.is_some() {
            return Err(type_error!("cannot use a closure with this code object"));
        }
        interpreter::run_code(&code, &globals, locals.as_ref())?;
        return Ok(shared().none.clone());
    }
    let cells = closure.and_then(|closure| closure.downcast::<Tuple>()).filter(|cells| {
        cells.items().len() == code.free_names.len()
            && cells.items().iter().all(|cell| cell.has_layout::<Cell>())
    });
    let Some(cells) = cells else {
        return Err(type_error!(
            "code object requires a closure of exactly length {}",
            code.free_names.len()
        ));
    };
    interpreter::run_closure(&code, &globals, locals.as_ref(), cells)?;
    Ok(shared().none.clone())
}

fn eval(values: &[Option<Ref>]) -> Res {
    let [Some(source), globals, locals] = values else { return Ok(shared().none.clone()) };
    let (globals, locals) = namespaces("eval", globals, locals)?;
    let code = match source.downcast::<Code>() {
        Some(code) if !code.free_names.is_empty() => {
            return Err(type_error!("code object passed to eval() may not contain free variables"));
        }
        Some(code) => code.clone(),
        None => {
            let text = source_text(source, "eval", "string, bytes or code object")?;
            let text = text.trim_start_matches([' ', '\t']);
            return interpreter::run_text(text, "<string>", CompileMode::Eval, &globals, locals.as_ref());
        }
    };
    interpreter::run_code(&code, &globals, locals.as_ref())
}

/// Flags that `compile` accepts: those of `__future__`, and the ones of `ast`.
const KNOWN_FLAGS: i64 = 0x1FF_0000 | 0x0200 | 0x0400 | 0x1000 | 0x2000 | 0x4000 | 0x8000 | 0x10;
const ONLY_AST: i64 = 0x0400;

fn compile(values: &[Option<Ref>]) -> Res {
    let [Some(source), Some(filename), Some(mode), flags, inherit, optimize, _feature] = values else {
        return Ok(shared().none.clone());
    };
    let path = crate::objects::io::open::path_bytes(filename)?;
    let filename = String::from_utf8_lossy(&path).into_owned();
    let Some(mode) = mode.payload::<Str>().map(|mode| mode.to_text().into_owned()) else {
        return Err(type_error!(
            "compile() argument 'mode' must be str, not {}",
            Class::of(mode).short_name()
        ));
    };
    let number_of = |value: &Option<Ref>, default: i64| -> Res<i64> {
        value.as_ref().map_or(Ok(default), |value| {
            let value = number::index(value)?;
            int::as_i64(&value)
                .ok_or_else(|| crate::overflow_error!("Python int too large to convert to C int"))
        })
    };
    let flags = number_of(flags, 0)?;
    inherit.as_ref().map_or(Ok(false), is_true)?;
    let optimize = number_of(optimize, -1)?;
    if flags & !KNOWN_FLAGS != 0 {
        return Err(value_error!("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(value_error!("compile(): invalid optimize value"));
    }
    let mode = match mode.as_str() {
        "exec" => CompileMode::Exec,
        "eval" => CompileMode::Eval,
        "single" => CompileMode::Single,
        "func_type" if flags & ONLY_AST == 0 => {
            return Err(value_error!("compile() mode 'func_type' requires flag PyCF_ONLY_AST"));
        }
        _ => return Err(value_error!("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    if flags & ONLY_AST != 0 {
        let text = source_text(source, "compile", "string, bytes or AST object")?;
        return crate::compile::syntax_tree(&text, &filename, mode);
    }
    if source.has_layout::<Code>() {
        return Ok(source.clone());
    }
    let text = source_text(source, "compile", "string, bytes or AST object")?;
    Ok(interpreter::compile_text(&text, &filename, mode)?.into_any())
}

fn globals(_args: &[Ref]) -> Res {
    Ok(interpreter::current_globals().map_or_else(|| shared().none.clone(), Ref::into_any))
}

fn locals(_args: &[Ref]) -> Res {
    interpreter::current_locals()
}

fn import_(values: &[Option<Ref>]) -> Res {
    let [Some(name), globals, _locals, fromlist, level] = values else { return Ok(shared().none.clone()) };
    let Some(name) = name.downcast::<Str>() else { return Err(type_error!("module name must be a string")) };
    let level = match level {
        Some(level) => {
            let level = number::index(level)?;
            int::as_i64(&level)
                .ok_or_else(|| crate::overflow_error!("Python int too large to convert to C int"))?
        }
        None => 0,
    };
    let Ok(level) = usize::try_from(level) else { return Err(value_error!("level must be >= 0")) };
    if name.char_count() == 0 && level == 0 {
        return Err(value_error!("Empty module name"));
    }
    let given = globals.as_ref().filter(|globals| level > 0 || !globals.is(&shared().none));
    let globals = given.and_then(|globals| globals.downcast::<Dict>());
    if level > 0 && given.is_some() && globals.is_none() {
        return Err(type_error!("globals must be a dict"));
    }
    import::import(name, globals, none_as_absent(fromlist), level)
}

fn build_class(args: Args) -> Res {
    interpreter::build_class(args)
}

fn breakpoint(args: Args) -> Res {
    let hook = sys_attribute(&names().breakpointhook);
    match hook {
        None => Err(runtime_error!("lost sys.breakpointhook")),
        Some(hook) => call::call_args(&hook, args),
    }
}

/// What `breakpoint()` does unless the program has set a hook: calls what the environment variable PYTHONBREAKPOINT
/// names, `pdb.set_trace` if it is not set; `0` means nothing.
pub fn default_breakpoint(args: Args) -> Res {
    let wanted = std::env::var("PYTHONBREAKPOINT").unwrap_or_default();
    let name = match wanted.as_str() {
        "0" => return Ok(shared().none.clone()),
        "" => "pdb.set_trace",
        name => name,
    };
    let (module, function) = name.rsplit_once('.').unwrap_or(("builtins", name));
    let found = import::import_module(module)
        .and_then(|module| crate::protocol::attribute::get(&module, &crate::objects::str::intern(function)));
    match found {
        Ok(function) => call::call_args(&function, args),
        Err(raised) => {
            let exception = crate::error::take(raised);
            let kinds =
                [ExceptionKind::ImportError, ExceptionKind::AttributeError, ExceptionKind::ValueError];
            if !kinds.into_iter().any(|kind| crate::objects::exception::is_instance(&exception, kind)) {
                return Err(crate::error::restore(exception));
            }
            if wanted.is_empty() {
                return Err(no_debugger());
            }
            let message = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{wanted}\"");
            crate::warning::warn(ExceptionKind::RuntimeWarning, &message)?;
            Ok(shared().none.clone())
        }
    }
}

/// The error of `breakpoint()` as long as the program has set no hook.
pub fn no_debugger() -> crate::error::Raised {
    runtime_error!("breakpoint(): Ouro has no debugger; set sys.breakpointhook to a function of your own")
}

pub(super) const FUNCTIONS: &[NativeDef] = &[
    bound(
        "exec",
        "(source, /, globals=None, locals=None, *, closure=None)",
        exec,
        "Execute the given source in the context of globals and locals.",
    ),
    bound(
        "eval",
        "(source, /, globals=None, locals=None)",
        eval,
        "Evaluate the given source in the context of globals and locals.",
    ),
    bound(
        "compile",
        "(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, *, _feature_version=-1)",
        compile,
        "Compile source into a code object that can be executed by exec() or eval().",
    ),
    plain("globals", "()", globals, "Return the dictionary containing the current scope's global variables."),
    plain("locals", "()", locals, "Return a dictionary containing the current scope's local variables."),
    bound(
        "__import__",
        "(name, globals=None, locals=None, fromlist=(), level=0)",
        import_,
        "Import a module.",
    ),
    raw(
        "__build_class__",
        "(func, name, /, *bases, metaclass=None, **kwds)",
        build_class,
        "Internal helper function used by the class statement.",
    ),
    raw("breakpoint", "(*args, **kws)", breakpoint, "Call sys.breakpointhook(*args, **kws)."),
];
