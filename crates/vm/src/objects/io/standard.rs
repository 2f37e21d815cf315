//! The standard streams.

use ouro_heap::{Ref, system};

use super::{
    BUFFER_SIZE, buffered,
    raw::{self, Access},
    text::{self, Settings, TextFile},
};
use crate::{
    error::{Res, take},
    objects::{
        dict,
        str::{self, Str},
    },
    state::{names, vm},
    types,
};

/// What the standard streams could not write at the end of the program: exit status 120.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlushFailed;

/// A new text file on a standard descriptor. Nothing if the descriptor is closed.
pub fn stream(fd: i32) -> Res<Option<Ref<TextFile>>> {
    let block_size = match system::mode_and_block_size(fd) {
        Ok((_, size)) if !system::was_closed_at_start(fd) => usize::try_from(size).unwrap_or(0),
        _ => return Ok(None),
    };
    let (name, access, mode, index) = match fd {
        0 => ("<stdin>", Access { read: true, ..Access::default() }, "r", types::BUFFERED_FILE),
        1 => ("<stdout>", Access { write: true, ..Access::default() }, "w", types::BUFFERED_WRITER),
        _ => ("<stderr>", Access { write: true, ..Access::default() }, "w", types::BUFFERED_WRITER),
    };
    let raw = raw::from_descriptor(fd, access, false, str::intern(name).into_any());
    let buffer = buffered::make(index, raw.into_any(), if block_size > 1 { block_size } else { BUFFER_SIZE })
        .into_any();
    let errors = if fd == 2 { "backslashreplace" } else { "strict" };
    let unbuffered = fd != 0 && raw::unbuffered();
    let lines = fd == 2 || system::is_terminal(fd);
    let settings = Settings::new("utf-8", errors)?.buffering(lines && !unbuffered, unbuffered);
    let mode = str::intern(mode).into_any();
    text::make(types::TEXT_FILE, buffer, settings, Some(mode)).map(Some)
}

/// An attribute of `sys`.
pub fn sys_attribute(name: &Ref<Str>) -> Option<Ref> {
    let sys = vm().slots.sys.get()?;
    dict::get_str(&sys, name)
}

/// Flushes `sys.stdout` and `sys.stderr` at the end of the program. An error of stdout is shown as CPython does.
pub fn flush_std_streams() -> Result<(), FlushFailed> {
    let mut outcome = Ok(());
    for (name, told) in [(&names().stdout, true), (&names().stderr, false)] {
        let Some(stream) = sys_attribute(name).filter(|stream| !stream.is(&crate::state::shared().none))
        else {
            continue;
        };
        if stream.payload::<TextFile>().is_some_and(|file| {
            file.check_open().is_err_and(|raised| {
                drop(take(raised));
                true
            })
        }) {
            continue;
        }
        if let Err(raised) = super::call_named(&stream, "flush", &[]) {
            let exception = take(raised);
            if told {
                crate::unraisable::report(&exception, None, Some("Exception ignored on flushing sys.stdout"));
            }
            outcome = Err(FlushFailed);
        }
    }
    outcome
}

/// Flushes what the program has written so far, before someone else writes to the same terminal. Errors are not told.
pub fn flush_quietly() {
    for name in [&names().stdout, &names().stderr] {
        if let Some(stream) = sys_attribute(name)
            && let Some(file) = stream.payload::<TextFile>()
            && let Err(raised) = file.flush()
        {
            drop(take(raised));
        }
    }
}

/// Writes a text to `sys.stderr`, or to the descriptor itself where that does not work.
pub fn write_stderr(message: &str) {
    let stream = sys_attribute(&names().stderr).filter(|stream| !stream.is(&crate::state::shared().none));
    let written = match &stream {
        Some(stream) => {
            crate::protocol::call::call_method(stream, &names().write, &[str::new(message).into_any()])
        }
        None => return,
    };
    match written {
        Ok(_) => {
            if let Some(Err(raised)) =
                stream.map(|stream| crate::protocol::call::call_method(&stream, &names().flush, &[]))
            {
                drop(take(raised));
            }
        }
        Err(raised) => {
            drop(take(raised));
            let _ = system::write(2, message.as_bytes());
        }
    }
}
