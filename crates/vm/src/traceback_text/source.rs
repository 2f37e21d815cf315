//! Lines of source text for tracebacks: from files, and from texts that have no file.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    path::{Path, PathBuf},
    rc::Rc,
};

use crate::{
    objects::{
        dict,
        list::List,
        str::{Str, StrExt},
    },
    state::{names, vm},
};

thread_local! {
    /// The interpreter is being taken down.
    static FINISHING: Cell<bool> = const { Cell::new(false) };

    /// Texts that were given to the interpreter without a file, by the name they were compiled under.
    static TEXTS: RefCell<HashMap<String, Rc<Vec<String>>>> = RefCell::default();
}

/// Makes the lines of a text known under a name such as `<string>`.
pub fn remember(filename: &str, text: &str) {
    TEXTS.with_borrow_mut(|texts| texts.insert(filename.to_owned(), Rc::new(lines_of(text))));
}

/// From now on there are no files to read lines from: the modules that would do it are gone, as in CPython.
pub fn forget_files() {
    FINISHING.set(true);
}

/// The lines of files that one report has looked at.
#[derive(Default)]
pub struct Sources {
    files: HashMap<String, Option<Rc<Vec<String>>>>,
}

impl Sources {
    /// A line (from 1) without its end and without white space there; empty where there is none.
    ///
    /// Where there is no such file, the file of the module that runs is taken, as linecache does by way of the
    /// module's loader.
    pub fn line(&mut self, filename: &str, module_file: Option<&str>, line: u32) -> String {
        let lines = match self.files.get(filename) {
            Some(lines) => lines.clone(),
            None => {
                let lines = lookup(filename, module_file);
                self.files.insert(filename.to_owned(), lines.clone());
                lines
            }
        };
        let index = (line as usize).wrapping_sub(1);
        lines
            .and_then(|lines| lines.get(index).map(|line| line.trim_end_matches(is_space).to_owned()))
            .unwrap_or_default()
    }
}

fn lookup(filename: &str, module_file: Option<&str>) -> Option<Rc<Vec<String>>> {
    if let Some(known) = TEXTS.with_borrow(|texts| texts.get(filename).cloned()) {
        return Some(known);
    }
    if filename.is_empty() || (filename.starts_with('<') && filename.ends_with('>')) {
        return None;
    }
    let own = || read(Path::new(filename)).or_else(|| read(Path::new(module_file?)));
    own().or_else(|| {
        // As linecache does: a relative name may be meant relative to a folder of the path.
        if Path::new(filename).is_absolute() {
            None
        } else {
            path_folders().into_iter().find_map(|folder| read(&folder.join(filename)))
        }
    })
}

fn read(path: &Path) -> Option<Rc<Vec<String>>> {
    if FINISHING.get() {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    let text = ouro_syntax::source::decode(&bytes).ok()?;
    Some(Rc::new(lines_of(&text)))
}

/// A line of a file alone, for the reports that show nothing else.
pub(crate) fn line_of_file(filename: &str, line: u32) -> Option<String> {
    let lines = read(Path::new(filename))?;
    lines.get((line as usize).wrapping_sub(1)).cloned()
}

fn path_folders() -> Vec<PathBuf> {
    let path = vm().slots.sys.get().and_then(|sys| dict::get_str(&sys, &names().path));
    let items = path.and_then(|path| path.payload::<List>().map(List::snapshot)).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item.downcast::<Str>().map(|item| PathBuf::from(&*item.to_text())))
        .collect()
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// What Python's `str.isspace` says of a character.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\x1c'..='\x1f')
}
