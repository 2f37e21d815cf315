//! Tab: names, attributes and keywords.

use std::collections::BTreeSet;

use ouro_heap::Ref;
use ouro_vm::{
    error::{Res, take},
    import,
    objects::{
        dict::{self, Dict},
        list::List,
        module::Module,
        str::{self, Str, StrExt},
    },
    protocol::{attribute, call},
    state::{names, vm},
};
use rustyline::{Context, Helper, Highlighter, Hinter, Result, Validator, completion::Completer};

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try", "type", "while", "with",
    "yield",
];

/// What the line editor asks.
#[derive(Helper, Highlighter, Hinter, Validator)]
pub(super) struct PythonHelper;

impl Completer for PythonHelper {
    type Candidate = String;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> Result<(usize, Vec<String>)> {
        let before = &line[..position];
        let start = before
            .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let word = &before[start..];
        if before.trim().is_empty() {
            return Ok((position, vec!["    ".to_owned()]));
        }
        Ok(match word.rsplit_once('.') {
            Some((owner, prefix)) => (start + owner.len() + 1, attributes(owner, prefix)),
            None => (start, if word.is_empty() { Vec::new() } else { global_names(word) }),
        })
    }
}

fn quiet<T>(result: Res<T>) -> Option<T> {
    result.map_err(|raised| drop(take(raised))).ok()
}

fn keys(dict: &Dict) -> Vec<String> {
    dict.snapshot()
        .iter()
        .filter_map(|(key, _)| Some(key.downcast::<Str>()?.to_text().into_owned()))
        .collect()
}

fn main_namespace() -> Option<Ref<Dict>> {
    let main = import::loaded(&names().__main__)?;
    main.payload::<Module>().map(|main| main.dict.clone())
}

fn global_names(prefix: &str) -> Vec<String> {
    let mut found: BTreeSet<String> = KEYWORDS.iter().map(|word| (*word).to_owned()).collect();
    found.extend(main_namespace().iter().flat_map(|namespace| keys(namespace)));
    found.extend(vm().slots.builtins.get().iter().flat_map(|namespace| keys(namespace)));
    found.retain(|name| name.starts_with(prefix) && (prefix.starts_with('_') || !name.starts_with('_')));
    found.into_iter().collect()
}

/// Attributes of what a dotted name stands for. Nothing is called to find out, only attributes are read.
fn attributes(owner: &str, prefix: &str) -> Vec<String> {
    let mut parts = owner.split('.');
    let first = str::intern(parts.next().unwrap_or_default());
    let lookup =
        |namespace: Option<Ref<Dict>>| namespace.and_then(|namespace| dict::get_str(&namespace, &first));
    let Some(mut object) = lookup(main_namespace()).or_else(|| lookup(vm().slots.builtins.get())) else {
        return Vec::new();
    };
    for part in parts {
        match quiet(attribute::get(&object, &str::intern(part))) {
            Some(value) => object = value,
            None => return Vec::new(),
        }
    }
    let dir = vm().slots.builtins.get().and_then(|builtins| dict::get_str(&builtins, &str::intern("dir")));
    let listed =
        dir.and_then(|dir| quiet(call::call(&dir, &[object]))).and_then(|listed| listed.into::<List>().ok());
    let all = listed.map(|listed| listed.snapshot()).unwrap_or_default();
    let texts = all.iter().filter_map(|name| Some(name.downcast::<Str>()?.to_text().into_owned()));
    texts
        .filter(|name| name.starts_with(prefix) && (prefix.starts_with('_') || !name.starts_with('_')))
        .collect()
}
