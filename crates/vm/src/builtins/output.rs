//! `print` and `input`.

use ouro_heap::Ref;

use crate::{
    error::{Res, raise, raise_with, take},
    native::{Args, NativeDef, plain, raw},
    objects::{
        class::Class,
        exception::ExceptionKind,
        int::Int,
        io::{standard::sys_attribute, text::TextFile},
        str::{self, Str, StrExt},
    },
    protocol::{
        call::{self, call_method},
        object::is_true,
    },
    runtime_error,
    state::{names, shared},
    type_error,
};

/// Where the pieces of a print go.
enum Target<'a> {
    /// A text file of our own, written without objects in between.
    File(&'a TextFile),
    /// The `write` method of something else.
    Method(Ref),
}

impl Target<'_> {
    fn write_text(&self, text: &Ref<Str>) -> Res<()> {
        match self {
            Target::File(file) => file.write(text),
            Target::Method(write) => call::call(write, &[text.clone().into_any()]).map(drop),
        }
    }

    fn write_object(&self, object: &Ref) -> Res<()> {
        match self {
            Target::File(file) if file.is_plain() && object.is_exact::<Int>() => {
                file.check_open()?;
                let value = object.payload::<Int>().expect("checked above").value.get();
                file.write_encoded(itoa::Buffer::new().format(value).as_bytes())
            }
            _ => self.write_text(&crate::protocol::object::str(object)?),
        }
    }
}

fn text_or_none<'a>(value: Option<&'a Ref>, name: &str) -> Res<Option<&'a Ref<Str>>> {
    match value.filter(|value| !value.is(&shared().none)) {
        None => Ok(None),
        Some(value) => match value.downcast::<Str>() {
            Some(text) => Ok(Some(text)),
            None => {
                Err(type_error!("{name} must be None or a string, not {}", Class::of(value).short_name()))
            }
        },
    }
}

fn print(args: Args) -> Res {
    let (mut separator, mut end, mut target, mut flush) = (None, None, None, None);
    if args.keyword_count() > 0 {
        for (name, value) in args.keywords() {
            match name.as_ascii() {
                Some("sep") => separator = Some(value),
                Some("end") => end = Some(value),
                Some("file") => target = Some(value),
                Some("flush") => flush = Some(value),
                _ => {
                    let known = ["sep", "end", "file", "flush"];
                    return Err(crate::native::unexpected_keyword("print", &name.to_text(), known));
                }
            }
        }
    }
    let file = match target.filter(|target| !target.is(&shared().none)) {
        Some(file) => file.clone(),
        None => match sys_attribute(&names().stdout) {
            None => return Err(runtime_error!("lost sys.stdout")),
            // A program without a console has no stdout, and printing does nothing.
            Some(stdout) if stdout.is(&shared().none) => return Ok(stdout),
            Some(stdout) => stdout,
        },
    };
    let separator = text_or_none(separator, "sep")?;
    let end = text_or_none(end, "end")?;
    let latin1 = &shared().latin1;
    let (separator, end) =
        (separator.unwrap_or(&latin1[usize::from(b' ')]), end.unwrap_or(&latin1[usize::from(b'\n')]));
    let target = match file.payload::<TextFile>().filter(|_| file.is_exact::<TextFile>()) {
        Some(file) if file.is_writable() => Target::File(file),
        _ => Target::Method(crate::protocol::attribute::get(&file, &names().write)?),
    };
    for (position, object) in args.positional().iter().enumerate() {
        if position > 0 {
            target.write_text(separator)?;
        }
        target.write_object(object)?;
    }
    target.write_text(end)?;
    if let Some(flush) = flush
        && is_true(flush)?
    {
        call_method(&file, &names().flush, &[])?;
    }
    Ok(shared().none.clone())
}

fn lost(name: &str) -> crate::error::Raised {
    runtime_error!("input(): lost sys.{name}")
}

fn present(name: &Ref<Str>) -> Res {
    sys_attribute(name).filter(|stream| !stream.is(&shared().none)).ok_or_else(|| lost(&name.to_text()))
}

fn input(args: &[Ref]) -> Res {
    let (stdin, stdout, stderr) =
        (present(&names().stdin)?, present(&names().stdout)?, present(&names().stderr)?);
    if let Err(raised) = call_method(&stderr, &names().flush, &[]) {
        drop(take(raised));
    }
    if let Some(prompt) = args.first() {
        let text = crate::protocol::object::str(prompt)?;
        call_method(&stdout, &names().write, &[text.into_any()])?;
    }
    if let Err(raised) = call_method(&stdout, &names().flush, &[]) {
        drop(take(raised));
    }
    let line = call_method(&stdin, &names().readline, &[])?;
    let Some(line) = line.downcast::<Str>() else {
        return Err(type_error!("object.readline() returned non-string"));
    };
    match line.char_count() {
        0 => Err(raise(ExceptionKind::EOFError, "EOF when reading a line")),
        count if line.char_at(count - 1) == 10 => Ok(str::substring(line, 0, count - 1).into_any()),
        _ => Ok(line.clone().into_any()),
    }
}

/// `exit` for those who want to leave without the objects of `site`.
pub(super) fn leave(code: Option<Ref>) -> crate::error::Raised {
    raise_with(ExceptionKind::SystemExit, vec![code.unwrap_or_else(|| shared().none.clone())])
}

pub(super) const FUNCTIONS: &[NativeDef] = &[
    raw(
        "print",
        "(*args, sep=' ', end='\\n', file=None, flush=False)",
        print,
        "Prints the values to a stream, or to sys.stdout by default.\n\n  sep\n    string inserted between values, default a space.\n  end\n    string appended after the last value, default a newline.\n  file\n    a file-like object (stream); defaults to the current sys.stdout.\n  flush\n    whether to forcibly flush the stream.",
    ),
    plain(
        "input",
        "(prompt='', /)",
        input,
        "Read a string from standard input.  The trailing newline is stripped.\n\nThe prompt string, if given, is printed to standard output without a\ntrailing newline before reading input.\n\nIf the user hits EOF (*nix: Ctrl-D, Windows: Ctrl-Z+Return), raise EOFError.",
    ),
];
