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

static FUNCTIONS: [NativeDef; 6] = [
    plain(
        "format_exception",
        "(exc, tb, limit, chain, locals, /)",
        format_exception,
        "The text of an exception, in pieces.",
    ),
    plain(
        "format_exception_only",
        "(exc, show_group, /)",
        format_exception_only,
        "The lines for the exception alone.",
    ),
    plain("extract_tb", "(tb, limit, /)", extract_tb, "What a traceback shows of its frames, as tuples."),
    plain(
        "extract_stack",
        "(frame, limit, /)",
        extract_stack,
        "What a traceback shows of running frames, as tuples.",
    ),
    plain("format_frames", "(frames, /)", format_frames, "The text of frames that are given as tuples."),
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
        colours: Colours::default(),
    };
    texts(traceback_text::format_exception(exception_of(&args[0])?, traceback_of(&args[1])?, &shown))
}

fn format_exception_only(args: &[Ref]) -> Res {
    texts(traceback_text::format_exception_only(exception_of(&args[0])?, object::is_true(&args[1])?))
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
    let shown = Shown { limit: limit_of(&args[1])?, ..Shown::default() };
    frame_tuples(traceback_text::frames_of_traceback(traceback_of(&args[0])?, &shown))
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
    texts(traceback_text::format_stack(&frames, &mut Sources::default(), Colours::default()))
}

fn line(args: &[Ref]) -> Res {
    let Some(filename) = args[0].downcast::<Str>() else { return Err(type_error!("filename must be a str")) };
    let number = int::as_i64(&args[1]).and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
    Ok(str::new(Sources::default().line(&filename.to_text(), None, number).trim()).into_any())
}
