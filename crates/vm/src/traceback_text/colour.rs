//! The colours of a traceback on a terminal.

use std::env::var_os;

use crate::{
    error::{Res, take},
    objects::{io::standard::sys_attribute, str},
    protocol::{attribute, call, object},
    state::{names, vm},
};

const RESET: &str = "\x1b[0m";

/// Whether text gets colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    on: bool,
}

impl Colours {
    /// With colours or without.
    pub fn new(on: bool) -> Colours {
        Colours { on }
    }

    /// Colours where the user wants them on `sys.stderr`: a terminal that nothing in the environment speaks against.
    pub fn of_stderr() -> Colours {
        let environment = !vm().options.ignore_environment;
        let asked = environment.then(from_environment).flatten();
        Colours { on: asked.unwrap_or_else(stderr_is_terminal) }
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}{RESET}") } else { text.to_owned() }
    }

    /// Names of files and functions, numbers of lines, messages.
    pub(super) fn detail(self, text: &str) -> String {
        self.paint("35", text)
    }

    /// The class of the exception.
    pub(super) fn class(self, text: &str) -> String {
        self.paint("1;35", text)
    }

    /// The very place of the fault.
    pub(super) fn fault(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    /// A source line and the carets under it: the characters above `^` and `~` are coloured as these are.
    pub(super) fn marked(self, line: String, carets: String) -> (String, String) {
        if !self.on {
            return (line, carets);
        }
        let mut painted = (String::new(), String::new());
        let mut line = line.chars();
        let marks: Vec<char> = carets.chars().collect();
        for run in marks.chunk_by(|a, b| a == b) {
            let above: String = line.by_ref().take(run.len()).collect();
            let below: String = run.iter().collect();
            let paint = |text: &str| match run[0] {
                '^' => self.paint("1;31", text),
                '~' => self.paint("31", text),
                _ => text.to_owned(),
            };
            painted.0.push_str(&paint(&above));
            painted.1.push_str(&paint(&below));
        }
        painted.0.extend(line);
        painted
    }
}

/// What the environment says about colours, in the order in which CPython asks.
fn from_environment() -> Option<bool> {
    match var_os("PYTHON_COLORS") {
        Some(value) if value == "0" => return Some(false),
        Some(value) if value == "1" => return Some(true),
        _ => {}
    }
    if var_os("NO_COLOR").is_some() {
        return Some(false);
    }
    if var_os("FORCE_COLOR").is_some() {
        return Some(true);
    }
    var_os("TERM").filter(|terminal| terminal == "dumb").map(|_| false)
}

fn stderr_is_terminal() -> bool {
    let asked = || -> Res<bool> {
        let Some(stderr) = sys_attribute(&names().stderr) else { return Ok(false) };
        if attribute::get_optional(&stderr, &str::intern("fileno"))?.is_none() {
            return Ok(false);
        }
        object::is_true(&call::call_method(&stderr, &str::intern("isatty"), &[])?)
    };
    asked().unwrap_or_else(|raised| {
        drop(take(raised));
        false
    })
}
