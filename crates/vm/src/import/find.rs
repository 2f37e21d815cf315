//! Where modules come from: native ones, then files and folders along a path.

use std::path::{Path, PathBuf};

use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        dict,
        list::List,
        str::{Str, StrExt},
    },
    state::{NativeModule, names, vm},
};

/// What a module is made of.
pub enum Found {
    /// A module that is part of Ouro.
    Native(NativeModule),
    /// A Python file.
    File {
        /// The file.
        path: PathBuf,
        /// The folder, if the module is a package.
        package: Option<PathBuf>,
    },
    /// Folders without `__init__.py` that together are a package.
    Namespace {
        /// The folders.
        portions: Vec<PathBuf>,
    },
}

/// Modules that CPython has compiled in or frozen, and what Ouro's tools for memory consist of: no file on `sys.path` can
/// stand before them.
const COMPILED_IN: &[&str] = &[
    "builtins",
    "sys",
    "gc",
    "itertools",
    "time",
    "atexit",
    "errno",
    "faulthandler",
    "marshal",
    "posix",
    "pwd",
    "io",
    "abc",
    "codecs",
    "os",
    "os.path",
    "posixpath",
    "genericpath",
    "stat",
    "site",
    "runpy",
    "zipimport",
    "_abc",
    "_ast",
    "_codecs",
    "_collections",
    "_collections_abc",
    "_functools",
    "_imp",
    "_io",
    "_locale",
    "_operator",
    "_signal",
    "_sitebuiltins",
    "_sre",
    "_stat",
    "_string",
    "_symtable",
    "_thread",
    "_tracemalloc",
    "_typing",
    "_warnings",
    "_weakref",
    "importlib",
    "importlib.util",
    "importlib.machinery",
    "_frozen_importlib",
    "_frozen_importlib_external",
    "_heap",
    "_heap_commands",
];

/// The native module of a name.
pub fn native(name: &str) -> Option<NativeModule> {
    vm().options.native_modules.0.iter().find(|module| module.name == name).copied()
}

/// Whether a native module has submodules, and so is a package.
pub(crate) fn is_native_package(name: &str) -> bool {
    let modules = &vm().options.native_modules.0;
    modules.iter().any(|module| module.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

/// Looks for a module by its full name; `path` is the package's `__path__`, `None` for `sys.path`.
pub fn find(name: &str, path: Option<&Ref>) -> Res<Option<Found>> {
    let own = native(name);
    if COMPILED_IN.contains(&name)
        && let Some(own) = own
    {
        return Ok(Some(Found::Native(own)));
    }
    let folders = match path {
        Some(path) => strings(path)?,
        None => match vm().slots.sys.get().and_then(|sys| dict::get_str(&sys, &names().path)) {
            Some(path) => strings(&path)?,
            None => Vec::new(),
        },
    };
    let last = name.rsplit('.').next().unwrap_or(name);
    let found = if last.contains(['/', '\0']) { None } else { in_folders(last, &folders) };
    Ok(match (found, own) {
        (Some(Found::Namespace { .. }) | None, Some(own)) => Some(Found::Native(own)),
        (found, _) => found,
    })
}

/// The strings of a list of folders; other entries are passed over.
fn strings(path: &Ref) -> Res<Vec<String>> {
    let items = match path.payload::<List>() {
        Some(list) => list.snapshot(),
        None => crate::protocol::iterate::collect(path)?,
    };
    Ok(items
        .iter()
        .filter_map(|item| item.downcast::<Str>().map(|item| item.to_text().into_owned()))
        .collect())
}

fn in_folders(name: &str, folders: &[String]) -> Option<Found> {
    let mut portions = Vec::new();
    for folder in folders {
        let base = if folder.is_empty() {
            std::env::current_dir().unwrap_or_default()
        } else {
            Path::new(folder).to_owned()
        };
        let package = base.join(name);
        let is_folder = package.is_dir();
        if is_folder {
            let init = package.join("__init__.py");
            if init.is_file() {
                return Some(Found::File { path: init, package: Some(package) });
            }
        }
        let file = base.join(format!("{name}.py"));
        if file.is_file() {
            return Some(Found::File { path: file, package: None });
        }
        if is_folder {
            portions.push(package);
        }
    }
    (!portions.is_empty()).then_some(Found::Namespace { portions })
}
