//! Exceptions: one payload for all, one line a class.

use std::cell::Cell;

use ouro_heap::{Ref, Slot, Trace, alloc_tailed, tailed_payload};

use crate::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        bool_, bytes,
        class::{Class, ClassDef, DowncastClass, GetSetDef, class_flags, property},
        dict::{self, Dict},
        slots::Slots,
        str::{self, Str},
        traceback::Traceback,
        tuple::{self, Tuple},
    },
    protocol,
    state::{exception_class, names, shared, vm},
    type_error, types,
};

/// The part that every exception has; attributes of particular classes follow as items.
#[derive(Trace)]
pub struct ExceptionHead {
    /// Other attributes, made when the first is set. They are released first.
    pub dict: Slot<Dict>,
    /// `args`
    pub args: Slot<Tuple>,
    /// `__traceback__`
    pub traceback: Slot<Traceback>,
    /// `__cause__`
    pub cause: Slot,
    /// `__context__`
    pub context: Slot,
    /// `__suppress_context__`
    pub suppress_context: Cell<bool>,
}

tailed_payload!(
    /// An exception's payload; its items are the attributes of its class (see [`ExceptionKind::fields`]).
    Exception, "exception", types::EXCEPTION, ExceptionHead, Slot, tailed_forward
);

macro_rules! exceptions {
    ($($name:ident($base:ident) [$($field:literal)*] $doc:literal;)*) => {
        /// The built-in exception classes, bases before subclasses.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum ExceptionKind { $(#[doc = $doc] $name),* }

        impl ExceptionKind {
            /// How many there are.
            pub const COUNT: usize = [$(ExceptionKind::$name),*].len();
            /// All of them.
            pub const ALL: [ExceptionKind; Self::COUNT] = [$(ExceptionKind::$name),*];

            /// The class's name.
            pub const fn name(self) -> &'static str {
                match self { $(ExceptionKind::$name => stringify!($name)),* }
            }

            /// The base; BaseException names itself.
            pub const fn base(self) -> ExceptionKind {
                match self { $(ExceptionKind::$name => ExceptionKind::$base),* }
            }

            /// The class's docstring.
            pub const fn doc(self) -> &'static str {
                match self { $(ExceptionKind::$name => $doc),* }
            }

            const fn own_fields(self) -> &'static [&'static str] {
                match self { $(ExceptionKind::$name => &[$($field),*]),* }
            }
        }
    };
}

exceptions! {
    BaseException(BaseException) [] "Common base class for all exceptions.";
    Exception(BaseException) [] "Common base class for all non-exit exceptions.";
    BaseExceptionGroup(BaseException) ["message" "exceptions"] "A combination of multiple unrelated exceptions.";
    GeneratorExit(BaseException) [] "Request that a generator exit.";
    KeyboardInterrupt(BaseException) [] "Program interrupted by user.";
    SystemExit(BaseException) ["code"] "Request to exit from the interpreter.";
    ArithmeticError(Exception) [] "Base class for arithmetic errors.";
    FloatingPointError(ArithmeticError) [] "Floating-point operation failed.";
    OverflowError(ArithmeticError) [] "Result too large to be represented.";
    ZeroDivisionError(ArithmeticError) [] "Second argument to a division or modulo operation was zero.";
    AssertionError(Exception) [] "Assertion failed.";
    AttributeError(Exception) ["name" "obj"] "Attribute not found.";
    BufferError(Exception) [] "Buffer error.";
    EOFError(Exception) [] "Read beyond end of file.";
    ImportError(Exception) ["msg" "name" "path" "name_from"] "Import can't find module, or can't find name in module.";
    ModuleNotFoundError(ImportError) [] "Module not found.";
    LookupError(Exception) [] "Base class for lookup errors.";
    IndexError(LookupError) [] "Sequence index out of range.";
    KeyError(LookupError) [] "Mapping key not found.";
    MemoryError(Exception) [] "Out of memory.";
    NameError(Exception) ["name"] "Name not found globally.";
    UnboundLocalError(NameError) [] "Local name referenced but not bound to a value.";
    OSError(Exception) ["errno" "strerror" "filename" "filename2"] "Base class for I/O related errors.";
    BlockingIOError(OSError) [] "I/O operation would block.";
    ChildProcessError(OSError) [] "Child process error.";
    ConnectionError(OSError) [] "Connection error.";
    BrokenPipeError(ConnectionError) [] "Broken pipe.";
    ConnectionAbortedError(ConnectionError) [] "Connection aborted.";
    ConnectionRefusedError(ConnectionError) [] "Connection refused.";
    ConnectionResetError(ConnectionError) [] "Connection reset.";
    FileExistsError(OSError) [] "File already exists.";
    FileNotFoundError(OSError) [] "File not found.";
    InterruptedError(OSError) [] "Interrupted by signal.";
    IsADirectoryError(OSError) [] "Operation doesn't work on directories.";
    NotADirectoryError(OSError) [] "Operation only works on directories.";
    PermissionError(OSError) [] "Not enough permissions.";
    ProcessLookupError(OSError) [] "Process not found.";
    TimeoutError(OSError) [] "Timeout expired.";
    ReferenceError(Exception) [] "Weak ref proxy used after referent went away.";
    RuntimeError(Exception) [] "Unspecified run-time error.";
    NotImplementedError(RuntimeError) [] "Method or function hasn't been implemented yet.";
    PythonFinalizationError(RuntimeError) [] "Operation blocked during Python finalization.";
    RecursionError(RuntimeError) [] "Recursion limit exceeded.";
    StopAsyncIteration(Exception) [] "Signal the end from iterator.__anext__().";
    StopIteration(Exception) ["value"] "Signal the end from iterator.__next__().";
    SyntaxError(Exception) ["msg" "filename" "lineno" "offset" "text" "end_lineno" "end_offset" "print_file_and_line"] "Invalid syntax.";
    IndentationError(SyntaxError) [] "Improper indentation.";
    TabError(IndentationError) [] "Improper mixture of spaces and tabs.";
    _IncompleteInputError(SyntaxError) [] "incomplete input.";
    SystemError(Exception) [] "Internal error in the Python interpreter.";
    TypeError(Exception) [] "Inappropriate argument type.";
    ValueError(Exception) [] "Inappropriate argument value (of correct type).";
    UnicodeError(ValueError) [] "Unicode related error.";
    UnicodeDecodeError(UnicodeError) ["encoding" "object" "start" "end" "reason"] "Unicode decoding error.";
    UnicodeEncodeError(UnicodeError) ["encoding" "object" "start" "end" "reason"] "Unicode encoding error.";
    UnicodeTranslateError(UnicodeError) ["object" "start" "end" "reason"] "Unicode translation error.";
    ExceptionGroup(BaseExceptionGroup) [] "A combination of multiple unrelated exceptions.";
    Warning(Exception) [] "Base class for warning categories.";
    BytesWarning(Warning) [] "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.";
    DeprecationWarning(Warning) [] "Base class for warnings about deprecated features.";
    EncodingWarning(Warning) [] "Base class for warnings about encodings.";
    FutureWarning(Warning) [] "Base class for warnings about constructs that will change semantically\nin the future.";
    ImportWarning(Warning) [] "Base class for warnings about probable mistakes in module imports";
    PendingDeprecationWarning(Warning) [] "Base class for warnings about features which will be deprecated\nin the future.";
    ResourceWarning(Warning) [] "Base class for warnings about resource usage.";
    RuntimeWarning(Warning) [] "Base class for warnings about dubious runtime behavior.";
    SyntaxWarning(Warning) [] "Base class for warnings about dubious syntax.";
    UnicodeWarning(Warning) [] "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems.";
    UserWarning(Warning) [] "Base class for warnings generated by user code.";
}

impl ExceptionKind {
    /// The attributes that instances have besides those of every exception: those of the nearest base that adds any.
    #[inline]
    pub fn fields(self) -> &'static [&'static str] {
        static FIELDS: [&[&str]; ExceptionKind::COUNT] = {
            let mut all: [&[&str]; ExceptionKind::COUNT] = [&[]; ExceptionKind::COUNT];
            let mut number = 0;
            while number < ExceptionKind::COUNT {
                all[number] = ExceptionKind::ALL[number].inherited_fields();
                number += 1;
            }
            all
        };
        FIELDS[self as usize]
    }

    const fn inherited_fields(self) -> &'static [&'static str] {
        let mut kind = self;
        loop {
            let fields = kind.own_fields();
            if !fields.is_empty() || matches!(kind, ExceptionKind::BaseException) {
                return fields;
            }
            kind = kind.base();
        }
    }
}

impl ExceptionKind {
    /// Whether the class adds attributes to those of its base.
    pub const fn adds_fields(self) -> bool {
        !self.own_fields().is_empty()
    }
}

/// The built-in kind that an exception class is or derives its layout from.
#[inline]
pub fn kind_of_class(class: &Ref<Class>) -> ExceptionKind {
    // Other bases give the class another version.
    let (version, kind) = class.exception_kind.get();
    if version != 0 && version == class.version.get() {
        return ExceptionKind::ALL[kind as usize];
    }
    search_kind(class)
}

#[cold]
fn search_kind(class: &Ref<Class>) -> ExceptionKind {
    let mut base = Some(class.clone());
    while let Some(current) = base {
        if let Some(kind) = ExceptionKind::ALL.into_iter().find(|&kind| exception_class(kind).is(&current)) {
            class.exception_kind.set((class.version.get(), kind as u8));
            return kind;
        }
        base = current.base.get();
    }
    ExceptionKind::BaseException
}

/// The kind of an exception object.
pub fn kind_of(exception: &Ref) -> ExceptionKind {
    kind_of_class(Class::of(exception))
}

/// A new exception of a built-in class, its attributes set from the arguments.
pub fn new(kind: ExceptionKind, args: Vec<Ref>) -> Ref {
    with_args(kind, tuple::from_vec(args))
}

/// [`new`] with its arguments as they will be shown.
pub(crate) fn with_args(kind: ExceptionKind, args: Ref<Tuple>) -> Ref {
    let class = exception_class(kind);
    let exception = allocate(class, kind, args);
    if kind.fields().is_empty() {
        return exception;
    }
    // Initialising built-in exceptions natively only fails for malformed arguments, which we do not make.
    let arguments = payload(&exception).head.args.get().expect("set by allocate");
    if init_fields(&exception, kind, Args::positional_only(arguments.items())).is_err() {
        drop(vm().raised.take());
    }
    exception
}

fn allocate(class: &Ref<Class>, kind: ExceptionKind, args: Ref<Tuple>) -> Ref {
    let head = ExceptionHead {
        args: Slot::new(Some(args)),
        traceback: Slot::empty(),
        cause: Slot::empty(),
        context: Slot::empty(),
        suppress_context: Cell::new(false),
        dict: Slot::empty(),
    };
    alloc_tailed(class.index, head, kind.fields().len(), |_| Slot::empty()).into_any()
}

/// The payload of an exception object. Panics for other objects.
pub fn payload(exception: &Ref) -> &Exception {
    exception.payload::<Exception>().expect("an exception object")
}

/// Whether an object is an exception.
pub fn is_exception(object: &Ref) -> bool {
    object.has_layout::<Exception>()
}

/// Whether an object is a class derived from BaseException.
pub fn is_exception_class(object: &Ref) -> bool {
    object.downcast_class().is_some_and(|class| class.has(class_flags::EXCEPTION))
}

/// Whether an exception is an instance of a built-in class.
pub fn is_instance(exception: &Ref, kind: ExceptionKind) -> bool {
    Class::of(exception).is_subclass_of(exception_class(kind))
}

/// An attribute of the exception's class, by the name in [`ExceptionKind::fields`].
pub fn field(exception: &Ref, name: &str) -> Option<Ref> {
    let position = kind_of(exception).fields().iter().position(|field| *field == name)?;
    payload(exception).items()[position].get()
}

/// Sets an attribute of the exception's class.
pub fn set_field(exception: &Ref, name: &str, value: Option<Ref>) {
    if let Some(position) = kind_of(exception).fields().iter().position(|field| *field == name) {
        payload(exception).items()[position].set(value);
    }
}

/// Gives a newly raised exception the one being handled as its context, cutting a cycle as CPython does.
#[inline]
pub fn set_implicit_context(exception: &Ref) {
    if let Some(handled) = vm().exception()
        && !handled.is(exception)
    {
        link_context(exception, handled);
    }
}

#[inline(never)]
fn link_context(exception: &Ref, handled: Ref) {
    // If the new exception is already in the handled one's chain of contexts, the chain is cut before it.
    // A program can close the chain to a ring that does not contain the new one: a second walk at half the pace meets
    // the first one there.
    let mut link = handled.clone();
    let mut slow = handled.clone();
    let mut steps = 0usize;
    while let Some(context) = payload(&link).head.context.get() {
        if context.is(exception) {
            payload(&link).head.context.set(None);
            break;
        }
        link = context;
        if link.is(&slow) {
            break;
        }
        steps += 1;
        if steps.is_multiple_of(2)
            && let Some(next) = payload(&slow).head.context.get()
        {
            slow = next;
        }
    }
    payload(exception).head.context.set(Some(handled));
}

/// `OSError(errno, text, filename)` with the subclass that belongs to the errno.
pub fn os_error(error: &std::io::Error, filename: Option<Ref>) -> Ref {
    let errno = error.raw_os_error().unwrap_or(0);
    let mut args = vec![crate::objects::int::new(errno as i64), str::new(&error_text(errno)).into_any()];
    args.extend(filename);
    new(os_error_kind(errno), args)
}

/// The system's text for an error number, as `os.strerror`.
pub fn error_text(errno: i32) -> String {
    let text = std::io::Error::from_raw_os_error(errno).to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// The subclass of OSError for an error number (PEP 3151).
pub fn os_error_kind(errno: i32) -> ExceptionKind {
    use ExceptionKind as E;
    match errno {
        libc::EAGAIN | libc::EALREADY | libc::EINPROGRESS => E::BlockingIOError,
        libc::EPIPE | libc::ESHUTDOWN => E::BrokenPipeError,
        libc::ECHILD => E::ChildProcessError,
        libc::ECONNABORTED => E::ConnectionAbortedError,
        libc::ECONNREFUSED => E::ConnectionRefusedError,
        libc::ECONNRESET => E::ConnectionResetError,
        libc::EEXIST => E::FileExistsError,
        libc::ENOENT => E::FileNotFoundError,
        libc::EISDIR => E::IsADirectoryError,
        libc::ENOTDIR => E::NotADirectoryError,
        libc::EINTR => E::InterruptedError,
        libc::EACCES | libc::EPERM => E::PermissionError,
        libc::ESRCH => E::ProcessLookupError,
        libc::ETIMEDOUT => E::TimeoutError,
        _ => E::OSError,
    }
}

/// The class whose `__init__` takes these keywords.
fn keyword_owner(keywords: &[&str]) -> &'static str {
    match keywords {
        ["name", "obj"] => "AttributeError",
        ["name"] => "NameError",
        _ => "ImportError",
    }
}

/// Sets the attributes of the class from the arguments, as the `__init__` of the class does.
fn init_fields(exception: &Ref, kind: ExceptionKind, args: Args) -> Res<()> {
    if kind.fields().is_empty() && args.names.is_none() {
        return Ok(());
    }
    let values = args.positional();
    let set = |name: &str, value: Option<Ref>| set_field(exception, name, value);
    let allowed: &[&str] = match kind.fields() {
        ["name", "obj"] => &["name", "obj"],
        ["name"] => &["name"],
        ["msg", "name", ..] => &["name", "path", "name_from"],
        _ => &[],
    };
    // A second call of `__init__` forgets what it does not give again.
    for name in allowed {
        set(name, None);
    }
    for (name, value) in args.keywords() {
        let name = str::StrExt::to_text(&**name).into_owned();
        if !allowed.contains(&name.as_str()) {
            let given = args.keyword_count();
            return Err(match allowed {
                [] => {
                    type_error!("{}() takes no keyword arguments", Class::of(exception).short_name())
                }
                _ if given > allowed.len() => {
                    let (owner, most) = (keyword_owner(allowed), allowed.len());
                    let plural = if most == 1 { "" } else { "s" };
                    type_error!("{owner}() takes at most {most} keyword argument{plural} ({given} given)")
                }
                _ => {
                    crate::native::unexpected_keyword(keyword_owner(allowed), &name, allowed.iter().copied())
                }
            });
        }
        set(&name, Some(value.clone()));
    }
    match kind.fields().first() {
        Some(&"value") => set("value", values.first().cloned()),
        Some(&"code") => match values {
            [] => {}
            [one] => set("code", Some(one.clone())),
            many => set("code", Some(tuple::from_slice(many).into_any())),
        },
        Some(&"errno") if (2..=5).contains(&values.len()) => {
            set("errno", Some(values[0].clone()));
            set("strerror", Some(values[1].clone()));
            if let Some(filename) = values.get(2).filter(|name| !name.is(&shared().none)) {
                set("filename", Some(filename.clone()));
                set("filename2", values.get(4).cloned());
                payload(exception).head.args.set(Some(tuple::from_slice(&values[..2])));
            }
        }
        Some(&"msg") if kind.fields().len() == 4 => {
            set("msg", (values.len() == 1).then(|| values[0].clone()));
        }
        Some(&"msg") => init_syntax_error(exception, values)?,
        Some(&"encoding") => check_unicode(exception, values, 5)?,
        Some(&"object") => check_unicode(exception, values, 4)?,
        Some(&"message") => crate::objects::exception_group::init(exception, values)?,
        _ => {}
    }
    Ok(())
}

fn init_syntax_error(exception: &Ref, values: &[Ref]) -> Res<()> {
    if let [message, ..] = values {
        set_field(exception, "msg", Some(message.clone()));
    }
    if let [_, details] = values {
        let details = protocol::iterate::collect(details)?;
        match details.len() {
            given @ ..=3 => return Err(type_error!("function takes at least 4 arguments ({given} given)")),
            given @ 7.. => return Err(type_error!("function takes at most 6 arguments ({given} given)")),
            5 => return Err(type_error!("end_offset must be provided when end_lineno is provided")),
            _ => {}
        }
        let names = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"];
        for (name, value) in names.into_iter().zip(details) {
            set_field(exception, name, Some(value));
        }
    }
    Ok(())
}

fn check_unicode(exception: &Ref, values: &[Ref], count: usize) -> Res<()> {
    if values.len() != count {
        return Err(type_error!("function takes exactly {count} arguments ({} given)", values.len()));
    }
    let kind = kind_of(exception);
    for (name, value) in kind.fields().iter().zip(values) {
        set_field(exception, name, Some(value.clone()));
    }
    if kind == ExceptionKind::UnicodeDecodeError
        && let Some(view) = bytes::like(&values[1])?
    {
        // What was to be decoded is kept as bytes, whatever buffer it came in.
        set_field(exception, "object", Some(bytes::new(&view).into_any()));
    }
    Ok(())
}

fn new_slot(class: &Ref<Class>, args: Args) -> Res {
    let kind = kind_of_class(class);
    if matches!(kind, ExceptionKind::BaseExceptionGroup | ExceptionKind::ExceptionGroup) {
        return crate::objects::exception_group::new(class, args);
    }
    let mut class = class.clone();
    if class.is(exception_class(ExceptionKind::OSError))
        && let [errno, _, ..] = args.positional()
        && let Some(errno) = crate::objects::int::as_i64(errno)
    {
        class = exception_class(os_error_kind(errno as i32)).clone();
    }
    Ok(allocate(&class, kind, tuple::from_slice(args.positional())))
}

/// Makes an exception of a class with a payload for its kind; used by exception groups.
pub(crate) fn allocate_for(class: &Ref<Class>, args: &[Ref]) -> Ref {
    allocate(class, kind_of_class(class), tuple::from_slice(args))
}

fn init_slot(exception: &Ref, args: Args) -> Res<()> {
    let given = args.positional();
    // The constructor has set the same arguments already, unless a class of the program passes others on.
    let same = payload(exception).head.args.with(|known| {
        known.is_some_and(|known| {
            known.items().len() == given.len() && known.items().iter().zip(given).all(|(a, b)| a.is(b))
        })
    });
    if !same {
        payload(exception).head.args.set(Some(tuple::from_slice(given)));
    }
    init_fields(exception, kind_of(exception), args)
}

fn repr_slot(exception: &Ref) -> Res {
    let args = payload(exception).head.args.get().unwrap_or_else(tuple::empty);
    let name = Class::of(exception).short_name();
    let inner = match args.items() {
        [one] => format!("({})", str::StrExt::to_text(&*protocol::object::repr(one)?)),
        _ => str::StrExt::to_text(&*protocol::object::repr(args.as_any())?).into_owned(),
    };
    Ok(str::new(&format!("{name}{inner}")).into_any())
}

fn str_slot(exception: &Ref) -> Res {
    let args = payload(exception).head.args.get().unwrap_or_else(tuple::empty);
    let kind = kind_of(exception);
    let text = |value: &Ref| -> Res<String> {
        Ok(str::StrExt::to_text(&*protocol::object::str(value)?).into_owned())
    };
    match (kind.fields().first().copied(), args.items()) {
        _ if is_instance(exception, ExceptionKind::KeyError) && args.items().len() == 1 => {
            Ok(protocol::object::repr(&args.items()[0])?.into_any())
        }
        (Some("errno"), _) if field(exception, "errno").is_some() => {
            let part = |name: &str| field(exception, name).unwrap_or_else(|| shared().none.clone());
            let mut message = format!("[Errno {}] {}", text(&part("errno"))?, text(&part("strerror"))?);
            if let Some(filename) = field(exception, "filename") {
                let shown = protocol::object::repr(&filename)?;
                message.push_str(&format!(": {}", str::StrExt::to_text(&*shown)));
                if let Some(second) = field(exception, "filename2") {
                    message.push_str(&format!(
                        " -> {}",
                        str::StrExt::to_text(&*protocol::object::repr(&second)?)
                    ));
                }
            }
            Ok(str::new(&message).into_any())
        }
        (Some("msg"), _) if kind.fields().len() == 4 => match field(exception, "msg") {
            Some(message) if str::is_str(&message) => Ok(message),
            _ => plain_str(&args),
        },
        (Some("msg"), _) => syntax_error_str(exception),
        (Some("message"), _) => crate::objects::exception_group::to_str(exception),
        (Some("encoding" | "object"), _) => unicode_error_str(exception),
        _ => plain_str(&args),
    }
}

fn plain_str(args: &Ref<Tuple>) -> Res {
    Ok(match args.items() {
        [] => shared().empty_str.clone().into_any(),
        [one] => protocol::object::str(one)?.into_any(),
        _ => protocol::object::str(args.as_any())?.into_any(),
    })
}

fn syntax_error_str(exception: &Ref) -> Res {
    let none = shared().none.clone();
    let message = protocol::object::str(&field(exception, "msg").unwrap_or_else(|| none.clone()))?;
    let filename = field(exception, "filename").filter(str::is_str);
    let filename = match &filename {
        Some(name) => {
            let text = str::StrExt::to_text(&*protocol::object::str(name)?).into_owned();
            text.rsplit('/').next().map(str::to_owned)
        }
        None => None,
    };
    let line = field(exception, "lineno").and_then(|line| crate::objects::int::as_i64(&line));
    let message = str::StrExt::to_text(&*message).into_owned();
    let text = match (filename, line) {
        (Some(file), Some(line)) => format!("{message} ({file}, line {line})"),
        (Some(file), None) => format!("{message} ({file})"),
        (None, Some(line)) => format!("{message} (line {line})"),
        (None, None) => message,
    };
    Ok(str::new(&text).into_any())
}

fn unicode_error_str(exception: &Ref) -> Res {
    let number = |name: &str| {
        field(exception, name).and_then(|value| crate::objects::int::as_i64(&value)).unwrap_or(0)
    };
    let (Some(object), Some(reason)) = (field(exception, "object"), field(exception, "reason")) else {
        return Ok(shared().empty_str.clone().into_any());
    };
    let reason = protocol::object::str(&reason)?;
    let reason = str::StrExt::to_text(&*reason);
    let (start, end) = (number("start"), number("end"));
    let prefix = match field(exception, "encoding") {
        Some(encoding) => format!("'{}' codec", str::StrExt::to_text(&*protocol::object::str(&encoding)?)),
        None => String::new(),
    };
    let single = end == start + 1;
    let text = if let Some(text) = object.downcast::<Str>() {
        let verb =
            if prefix.is_empty() { "can't translate".to_owned() } else { format!("{prefix} can't encode") };
        if single && (start as usize) < str::StrExt::char_count(&**text) {
            let bad = str::StrExt::char_at(&**text, start as usize);
            let shown = match bad {
                0..0x100 => format!("\\x{bad:02x}"),
                0x100..0x1_0000 => format!("\\u{bad:04x}"),
                _ => format!("\\U{bad:08x}"),
            };
            format!("{verb} character '{shown}' in position {start}: {reason}")
        } else {
            format!("{verb} characters in position {start}-{}: {reason}", end - 1)
        }
    } else if single {
        let byte = protocol::item::get(&object, &crate::objects::int::new(start))?;
        let byte = crate::objects::int::as_i64(&byte).unwrap_or(0);
        format!("{prefix} can't decode byte 0x{byte:02x} in position {start}: {reason}")
    } else {
        format!("{prefix} can't decode bytes in position {start}-{}: {reason}", end - 1)
    };
    Ok(str::new(&text).into_any())
}

fn get_args(exception: &Ref) -> Res {
    Ok(payload(exception).head.args.get().unwrap_or_else(tuple::empty).into_any())
}

fn set_args(exception: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return Err(type_error!("args may not be deleted")) };
    let items = protocol::iterate::collect(value)?;
    payload(exception).head.args.set(Some(tuple::from_vec(items)));
    Ok(())
}

fn or_none<T>(value: Option<Ref<T>>) -> Res {
    Ok(value.map_or_else(|| shared().none.clone(), Ref::into_any))
}

fn get_traceback(exception: &Ref) -> Res {
    or_none(payload(exception).head.traceback.get())
}

fn set_traceback(exception: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return Err(type_error!("__traceback__ may not be deleted")) };
    match value.downcast::<Traceback>() {
        Some(traceback) => payload(exception).head.traceback.set(Some(traceback.clone())),
        None if value.is(&shared().none) => payload(exception).head.traceback.set(None),
        None => return Err(type_error!("__traceback__ must be a traceback or None")),
    }
    Ok(())
}

fn get_cause(exception: &Ref) -> Res {
    or_none(payload(exception).head.cause.get())
}

/// Sets `__cause__` (None: no cause) and with it `__suppress_context__`.
pub fn set_cause(exception: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return Err(type_error!("__cause__ may not be deleted")) };
    let none = value.is(&shared().none);
    if !none && !is_exception(value) {
        return Err(type_error!("exception cause must be None or derive from BaseException"));
    }
    payload(exception).head.suppress_context.set(true);
    payload(exception).head.cause.set((!none).then(|| value.clone()));
    Ok(())
}

fn get_context(exception: &Ref) -> Res {
    or_none(payload(exception).head.context.get())
}

fn set_context(exception: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return Err(type_error!("__context__ may not be deleted")) };
    let none = value.is(&shared().none);
    if !none && !is_exception(value) {
        return Err(type_error!("exception context must be None or derive from BaseException"));
    }
    payload(exception).head.context.set((!none).then(|| value.clone()));
    Ok(())
}

fn get_suppress(exception: &Ref) -> Res {
    Ok(bool_::new(payload(exception).head.suppress_context.get()))
}

fn set_suppress(exception: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return Err(type_error!("can't delete numeric/char attribute")) };
    if value.header().type_index() != types::BOOL {
        return Err(type_error!("attribute value type must be bool"));
    }
    payload(exception).head.suppress_context.set(value.is(&shared().true_));
    Ok(())
}

fn with_traceback(args: &[Ref]) -> Res {
    set_traceback(&args[0], Some(&args[1]))?;
    Ok(args[0].clone())
}

fn add_note(args: &[Ref]) -> Res {
    if !str::is_str(&args[1]) {
        return Err(type_error!("note must be a str, not '{}'", Class::of(&args[1]).short_name()));
    }
    let notes = match protocol::attribute::get_optional(&args[0], &names().__notes__)? {
        Some(notes) => notes,
        None => {
            let notes = crate::objects::list::empty().into_any();
            protocol::attribute::set(&args[0], &names().__notes__, &notes)?;
            notes
        }
    };
    match notes.payload::<crate::objects::list::List>() {
        Some(list) => list.push(args[1].clone())?,
        None => return Err(type_error!("Cannot add note: __notes__ is not a list")),
    }
    Ok(shared().none.clone())
}

/// The dictionary of an exception, made when it is asked for.
pub fn dict_of(exception: &Exception) -> Ref<Dict> {
    exception.head.dict.get().unwrap_or_else(|| {
        let made = dict::new();
        exception.head.dict.set(Some(made.clone()));
        made
    })
}

/// `(class, args)` and, where there are any, the attributes.
fn reduce(args: &[Ref]) -> Res {
    let class = Class::of(&args[0]).clone().into_any();
    let parts = payload(&args[0]);
    let kind = kind_of(&args[0]);
    let mut arguments = get_args(&args[0])?;
    let dict = parts.head.dict.get().filter(|dict| !dict.is_empty());
    let mut state = dict.map(|dict| dict::copy(&dict)).transpose()?;
    match kind {
        ExceptionKind::ImportError | ExceptionKind::ModuleNotFoundError => {
            for name in ["name", "path", "name_from"] {
                if let Some(value) = field(&args[0], name).filter(|value| !value.is(&shared().none)) {
                    dict::set_str(state.get_or_insert_with(dict::new), &str::intern(name), value);
                }
            }
        }
        ExceptionKind::AttributeError => {
            // The object is left out: it may not be possible to pickle it.
            if let Some(value) = field(&args[0], "name").filter(|value| !value.is(&shared().none)) {
                dict::set_str(state.get_or_insert_with(dict::new), &str::intern("name"), value);
            }
        }
        _ if !matches!(kind.fields(), ["errno", ..]) => {}
        _ => {
            // The file names of an OSError are no part of `args`.
            let given = parts.head.args.get().map_or(0, |args| args.items().len());
            if given == 2
                && let Some(filename) = field(&args[0], "filename").filter(|name| !name.is(&shared().none))
                && let Some(items) = arguments.payload::<Tuple>()
            {
                let mut items = items.items().to_vec();
                items.push(filename);
                if let Some(second) = field(&args[0], "filename2").filter(|name| !name.is(&shared().none)) {
                    items.extend([shared().none.clone(), second]);
                }
                arguments = tuple::from_vec(items).into_any();
            }
        }
    }
    Ok(match state {
        Some(state) => tuple::triple(class, arguments, state.into_any()),
        None => tuple::pair(class, arguments),
    })
}

fn set_state(args: &[Ref]) -> Res {
    if args[1].is(&shared().none) {
        return Ok(shared().none.clone());
    }
    let Some(state) = args[1].payload::<Dict>() else { return Err(type_error!("state is not a dictionary")) };
    for (name, value) in state.snapshot() {
        protocol::attribute::set(&args[0], protocol::attribute::as_name(&name)?, &value)?;
    }
    Ok(shared().none.clone())
}

const METHODS: &[NativeDef] = &[
    plain("__reduce__", "(self, /)", reduce, ""),
    plain("__setstate__", "(self, state, /)", set_state, ""),
    plain("with_traceback", "(self, tb, /)", with_traceback, "Set self.__traceback__ to tb and return self."),
    plain("add_note", "(self, note, /)", add_note, "Add a note to the exception"),
];

fn get_dict(exception: &Ref) -> Res {
    let dict = protocol::attribute::dict_of(exception).expect("exceptions have a dictionary");
    Ok(dict.into_any())
}

fn set_dict(exception: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return Err(type_error!("cannot delete __dict__")) };
    match value.downcast::<Dict>() {
        Some(dict) => protocol::attribute::replace_dict(exception, dict.clone()),
        None => Err(type_error!(
            "__dict__ must be set to a dictionary, not a '{}'",
            Class::of(value).short_name()
        )),
    }
}

const GETSET: &[GetSetDef] = &[
    property("__dict__", get_dict, set_dict, ""),
    property("args", get_args, set_args, ""),
    property("__traceback__", get_traceback, set_traceback, ""),
    property("__cause__", get_cause, set_cause, "exception cause"),
    property("__context__", get_context, set_context, "exception context"),
    property("__suppress_context__", get_suppress, set_suppress, ""),
];

/// The definition that all built-in exception classes share; BaseException has its methods.
pub static BASE_EXCEPTION: ClassDef = ClassDef {
    flags: class_flags::BASE | class_flags::EXCEPTION | class_flags::HAS_DICT,
    slots: Slots {
        new: Some(new_slot),
        init: Some(init_slot),
        repr: Some(repr_slot),
        str: Some(str_slot),
        ..Slots::NONE
    },
    methods: METHODS,
    getset: GETSET,
    doc: ExceptionKind::BaseException.doc(),
    ..ClassDef::new::<Exception>(types::EXCEPTION, "BaseException")
};
