//! Where the prompt's lines come from: an editor on a terminal, plain lines otherwise.

use std::{io::IsTerminal, path::PathBuf};

use ouro_heap::Ref;
use ouro_vm::{
    error::take,
    objects::{
        exception::{self, ExceptionKind},
        io::standard::{sys_attribute, write_stderr},
        str::{Str, StrExt},
    },
    protocol::call,
    state::names,
};
use rustyline::{
    Config, Editor,
    config::CompletionType,
    error::ReadlineError,
    history::{DefaultHistory, History},
};

use super::complete::PythonHelper;

/// A file of our own: the editor writes a format that Python's prompt would not understand.
const HISTORY_FILE: &str = ".ouro_history";
const HISTORY_SIZE: usize = 10_000;

/// What came of asking for a line.
pub(super) enum Read {
    /// A line without its end.
    Line(String),
    /// Ctrl-C.
    Interrupted,
    /// Ctrl-D, or nothing more to read.
    End,
}

/// The source of lines.
pub(super) enum Input {
    Terminal { editor: Box<Editor<PythonHelper, DefaultHistory>>, history: Option<PathBuf> },
    Plain,
}

impl Input {
    pub(super) fn new(history: Option<String>) -> Input {
        if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
            return Input::Plain;
        }
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .max_history_size(HISTORY_SIZE)
            .map(|config| config.auto_add_history(false).build());
        let Ok(config) = config else { return Input::Plain };
        let Ok(mut editor) = Editor::with_config(config) else { return Input::Plain };
        editor.set_helper(Some(PythonHelper));
        let history =
            history.map(PathBuf::from).or_else(|| std::env::home_dir().map(|home| home.join(HISTORY_FILE)));
        if let Some(path) = &history {
            // A first session has no history.
            let _ = editor.load_history(path);
        }
        Input::Terminal { editor: Box::new(editor), history }
    }

    pub(super) fn line(&mut self, prompt: &str) -> Read {
        match self {
            Input::Terminal { editor, .. } => match editor.readline(prompt) {
                Ok(line) => Read::Line(line),
                Err(ReadlineError::Interrupted) => Read::Interrupted,
                Err(_) => Read::End,
            },
            Input::Plain => {
                write_stderr(prompt);
                plain_line()
            }
        }
    }

    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Input::Terminal { .. })
    }

    /// Has the arrow keys bring a whole input back.
    pub(super) fn remember(&mut self, text: &str) {
        if let Input::Terminal { editor, .. } = self {
            // An input that the history does not take (a repetition of the last one) is none to complain about.
            let _ = editor.add_history_entry(text);
        }
    }

    /// Writes the history file.
    pub(super) fn save(&mut self) {
        if let Input::Terminal { editor, history: Some(path) } = self
            && editor.history().len() > 0
        {
            // A home that cannot be written to is no reason to complain at every exit.
            let _ = editor.save_history(path);
        }
    }
}

/// A line of `sys.stdin`, so that `input()` goes on where the prompt has read.
fn plain_line() -> Read {
    let Some(stdin) = sys_attribute(&names().stdin) else { return Read::End };
    match call::call_method(&stdin, &names().readline, &[]) {
        Ok(line) => match line.into::<Str>() {
            Ok(line) if line.char_count() > 0 => Read::Line(line.to_text().trim_end_matches('\n').to_owned()),
            _ => Read::End,
        },
        Err(raised) => {
            let exception: Ref = take(raised);
            if exception::is_instance(&exception, ExceptionKind::KeyboardInterrupt) {
                Read::Interrupted
            } else {
                Read::End
            }
        }
    }
}
