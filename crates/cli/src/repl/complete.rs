//! Tab: names, attributes and keywords.

use std::collections::BTreeSet;

use ouro_heap::Ref;
use ouro_vm::{
    error::{Res, take},
    import,
    objects::{
        class::Class,
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
        if let Some(command) = before.strip_prefix('%')
            && !command.contains(' ')
        {
            return Ok((1, super::command::starting_with(command)));
        }
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
    let namespaces: Vec<Ref<Dict>> =
        [main_namespace(), vm().slots.builtins.get()].into_iter().flatten().collect();
    let mut found: BTreeSet<String> = KEYWORDS.iter().map(|word| (*word).to_owned()).collect();
    found.extend(namespaces.iter().flat_map(|namespace| keys(namespace)));
    found.retain(|name| is_wanted(name, prefix));
    let value = |name: &str| {
        let name = str::intern(name);
        namespaces.iter().find_map(|namespace| dict::get_str(namespace, &name))
    };
    found.into_iter().map(|name| with_bracket(value(&name), name)).collect()
}

/// Whether to propose a name: private ones only to those who ask for them.
fn is_wanted(name: &str, prefix: &str) -> bool {
    name.starts_with(prefix) && (prefix.starts_with('_') || !name.starts_with('_'))
}

/// A name with the bracket of a call, if it stands for what can be called.
fn with_bracket(value: Option<Ref>, name: String) -> String {
    if value.is_some_and(|value| call::is_callable(&value)) { name + "(" } else { name }
}

/// An attribute that can be had without running code of the program.
fn value_of(object: &Ref, name: &str) -> Option<Ref> {
    let name = str::intern(name);
    let on_class = Class::of(object).lookup(&name);
    let computed = on_class.is_some_and(|found| Class::of(&found).slots.0.descr_set.get().is_some());
    if computed { None } else { quiet(attribute::get(object, &name)) }
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
    let listed = dir
        .and_then(|dir| quiet(call::call(&dir, &[object.clone()])))
        .and_then(|listed| listed.into::<List>().ok());
    let all = listed.map(|listed| listed.snapshot()).unwrap_or_default();
    let texts = all.iter().filter_map(|name| Some(name.downcast::<Str>()?.to_text().into_owned()));
    texts
        .filter(|name| is_wanted(name, prefix))
        .map(|name| with_bracket(value_of(&object, &name), name))
        .collect()
}
