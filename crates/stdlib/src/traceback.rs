//! `_traceback`: the texts that `traceback` is made of. The layout of frames, carets and chains is the interpreter's
//! own, so that what a program prints itself looks as what the interpreter prints.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    native::{NativeDef, plain},
    objects::{
        exception,
        frame::Frame,
        int, list, module,
        str::{self, Str, StrExt},
        traceback::Traceback,
        tuple,
    },
    protocol::object,
    state::shared,
    traceback_text::{self, Colours, FrameText, Shown, Sources},
    type_error,
};

/// Fills the module `_traceback`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 9] = [
    plain(
        "format_exception",
        "(exc, tb, limit, chain, locals, colorize, /)",
        format_exception,
        "The text of an exception, in pieces.",
    ),
    plain(
        "format_exception_only",
        "(exc, show_group, colorize, /)",
        format_exception_only,
        "The lines for the exception alone.",
    ),
    plain(
        "extract_tb",
        "(exc, tb, limit, /)",
        extract_tb,
        "What a traceback shows of its frames, as tuples.",
    ),
    plain("hint", "(exc, tb, /)", hint, "What follows the message: which name may have been meant."),
    plain(
        "syntax_lines",
        "(class, msg, filename, lineno, end_lineno, text, offset, end_offset, colorize, /)",
        syntax_lines,
        "The lines for a SyntaxError with these attributes.",
    ),
    plain(
        "extract_stack",
        "(frame, limit, /)",
        extract_stack,
        "What a traceback shows of running frames, as tuples.",
    ),
    plain(
        "format_frames",
        "(frames, colorize, /)",
        format_frames,
        "The text of frames that are given as tuples.",
    ),
    plain(
        "last_line",
        "(class, message, colorize, /)",
        last_line,
        "The class and the message of an exception.",
    ),
    plain("line", "(filename, lineno, /)", line, "A line of a source file without white space around it."),
];

fn optional(value: &Ref) -> Option<&Ref> {
    (!value.is(&shared().none)).then_some(value)
}

fn limit_of(value: &Ref) -> Res<Option<i64>> {
    match optional(value) {
        None => Ok(None),
        Some(value) => match int::as_i64(value) {
            Some(limit) => Ok(Some(limit)),
            None => Err(type_error!("limit must be an int or None")),
        },
    }
}

fn traceback_of(value: &Ref) -> Res<Option<&Ref<Traceback>>> {
    match optional(value) {
        None => Ok(None),
        Some(value) => value
            .downcast::<Traceback>()
            .map(Some)
            .ok_or_else(|| type_error!("expected traceback object or None")),
    }
}

fn exception_of(value: &Ref) -> Res<&Ref> {
    if exception::is_exception(value) {
        Ok(value)
    } else {
        Err(type_error!("exceptions must derive from BaseException"))
    }
}

fn texts(pieces: Vec<String>) -> Res {
    Ok(list::from_vec(pieces.iter().map(|piece| str::new(piece).into_any()).collect())?.into_any())
}

fn format_exception(args: &[Ref]) -> Res {
    let shown = Shown {
        limit: limit_of(&args[2])?,
        chain: object::is_true(&args[3])?,
        by_interpreter: false,
        locals: object::is_true(&args[4])?,
        colours: colours(&args[5])?,
    };
    texts(traceback_text::format_exception(exception_of(&args[0])?, traceback_of(&args[1])?, &shown))
}

fn format_exception_only(args: &[Ref]) -> Res {
    let groups = object::is_true(&args[1])?;
    texts(traceback_text::format_exception_only(exception_of(&args[0])?, groups, colours(&args[2])?))
}

fn frame_tuples(frames: Vec<FrameText>) -> Res {
    let none = || shared().none.clone();
    let rows = frames.into_iter().map(|frame| {
        let (start, end) = match frame.columns {
            Some((start, end)) => (int::new(start.into()), int::new(end.into())),
            None => (none(), none()),
        };
        let items = vec![
            str::new(&frame.filename).into_any(),
            int::new(frame.line.into()),
            int::new(frame.end_line.into()),
            start,
            end,
            str::new(&frame.name).into_any(),
        ];
        tuple::from_vec(items).into_any()
    });
    Ok(list::from_vec(rows.collect())?.into_any())
}

fn extract_tb(args: &[Ref]) -> Res {
    let shown = Shown { limit: limit_of(&args[2])?, ..Shown::default() };
    frame_tuples(traceback_text::frames_of_exception(&args[0], traceback_of(&args[1])?, &shown))
}

fn hint(args: &[Ref]) -> Res {
    let hint = traceback_text::hint(exception_of(&args[0])?, traceback_of(&args[1])?);
    Ok(str::new(&hint.unwrap_or_default()).into_any())
}

fn syntax_lines(args: &[Ref]) -> Res {
    let [class, values @ .., colorize] = args else {
        return Err(type_error!("expected a class and seven attributes"));
    };
    let Ok(values) = <[&Ref; 7]>::try_from(values.iter().collect::<Vec<_>>()) else {
        return Err(type_error!("expected a class and seven attributes"));
    };
    texts(traceback_text::syntax_lines(&object::str(class)?.to_text(), values, colours(colorize)?))
}

fn last_line(args: &[Ref]) -> Res {
    let (class, message) = (object::str(&args[0])?, object::str(&args[1])?);
    let line = traceback_text::last_line(&class.to_text(), &message.to_text(), colours(&args[2])?);
    Ok(str::new(&line).into_any())
}

fn colours(value: &Ref) -> Res<Colours> {
    Ok(Colours::new(object::is_true(value)?))
}

fn extract_stack(args: &[Ref]) -> Res {
    let shown = Shown { limit: limit_of(&args[1])?, ..Shown::default() };
    let frame = args[0].downcast::<Frame>().ok_or_else(|| type_error!("expected a frame"))?;
    frame_tuples(traceback_text::frames_of_stack(Some(frame.clone()), &shown))
}

fn format_frames(args: &[Ref]) -> Res {
    let mut frames = Vec::new();
    for row in ouro_vm::protocol::iterate::collect(&args[0])? {
        let parts = ouro_vm::protocol::iterate::collect(&row)?;
        let [filename, line, end_line, start, end, name, text, locals] = &*parts else {
            return Err(type_error!("a frame has eight parts"));
        };
        let words = |value: &Ref| -> Res<String> { Ok(object::str(value)?.to_text().into_owned()) };
        let number = |value: &Ref| int::as_i64(value).and_then(|value| u32::try_from(value).ok());
        let mut shown_locals = Vec::new();
        if let Some(locals) = optional(locals) {
            for pair in ouro_vm::protocol::iterate::collect(locals)? {
                if let [name, value] = &*ouro_vm::protocol::iterate::collect(&pair)? {
                    shown_locals.push((words(name)?, words(value)?));
                }
            }
        }
        let line = number(line).unwrap_or(0);
        frames.push(FrameText {
            filename: words(filename)?,
            line,
            end_line: number(end_line).unwrap_or(line),
            columns: number(start).zip(number(end)),
            name: words(name)?,
            module_file: None,
            text: optional(text).map(words).transpose()?,
            locals: shown_locals,
        });
    }
    texts(traceback_text::format_stack(&frames, &mut Sources::default(), colours(&args[1])?))
}

fn line(args: &[Ref]) -> Res {
    let Some(filename) = args[0].downcast::<Str>() else { return Err(type_error!("filename must be a str")) };
    let number = int::as_i64(&args[1]).and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
    Ok(str::new(Sources::default().line(&filename.to_text(), None, number).trim()).into_any())
}
