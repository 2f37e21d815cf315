//! Objects in words. No code of the program runs for it: a `__repr__` is never called.

use ouro_heap::Ref;
use ouro_vm::objects::{
    class::Class,
    code::Code,
    dict::Dict,
    float,
    function::Function,
    instance::Instance,
    int,
    list::List,
    module::Module,
    set::Set,
    str::{Str, StrExt},
    tuple::Tuple,
};
use ouro_vm::{inspect, objects::dict, state::names, types};

use crate::plain::Plain;

/// More characters of a string are not shown.
const SHOWN: usize = 40;

/// The name of an object's class.
pub fn type_name(object: &Ref) -> String {
    Class::of(object).full_name()
}

/// The value of an object that is nothing but a value, as Python writes it.
pub fn value(object: &Ref) -> Option<String> {
    if let Some(text) = object.payload::<Str>() {
        return Some(quoted(&text.to_text()));
    }
    match object.header().type_index() {
        types::BOOL | types::NONE | types::ELLIPSIS | types::NOT_IMPLEMENTED => {}
        types::INT | types::BIG_INT => {
            let value = int::value(object)?;
            return Some(match value.to_i128() {
                Some(small) => small.to_string(),
                None => "a very large number".to_owned(),
            });
        }
        types::FLOAT => return float::value(object).map(|value| format!("{value:?}")),
        _ => return None,
    }
    Some(match object.header().type_index() {
        types::NONE => "None".to_owned(),
        types::ELLIPSIS => "Ellipsis".to_owned(),
        types::NOT_IMPLEMENTED => "NotImplemented".to_owned(),
        _ if object.is(&ouro_vm::state::shared().true_) => "True".to_owned(),
        _ => "False".to_owned(),
    })
}

/// A text in quotes, its end left out where it is long.
pub fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push_str("...");
    }
    format!("'{shown}'")
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// What an object is, in a few words: `list of 3 items`, `function f`, `int 1000`.
pub fn object(object: &Ref) -> String {
    let name = type_name(object);
    if let Some(value) = value(object) {
        return if value == "None" { value } else { format!("{name} {value}") };
    }
    if let Some(list) = object.payload::<List>() {
        return format!("{name} of {}", counted(list.len(), "item"));
    }
    if let Some(tuple) = object.payload::<Tuple>() {
        return format!("{name} of {}", counted(tuple.items().len(), "item"));
    }
    if let Some(dict) = object.payload::<Dict>() {
        return format!("{name} of {}", counted(dict.len(), "key"));
    }
    if let Some(set) = object.payload::<Set>() {
        return format!("{name} of {}", counted(set.table.with(|table| table.len()), "element"));
    }
    if let Some(class) = object.payload::<Class>() {
        return format!("class {}", class.full_name());
    }
    if let Some(function) = object.payload::<Function>() {
        let qualname = function.qualname.with(|name| name.map(|name| name.to_text().into_owned()));
        return format!("function {}", qualname.unwrap_or_default());
    }
    if let Some(code) = object.payload::<Code>() {
        return format!("code of {}", code.qualname.to_text());
    }
    if let Some(module) = object.payload::<Module>() {
        let module_name = dict::get_str(&module.dict, &names().__name__);
        let module_name = module_name.and_then(|name| Some(name.payload::<Str>()?.to_text().into_owned()));
        return format!("module {}", module_name.unwrap_or_default());
    }
    if let Some(running) = inspect::runs(object) {
        return format!("{name} of {running}()").replace("<module>()", "a module");
    }
    if object.has_layout::<Instance>() { format!("{name} object") } else { name }
}

/// The same with the address, for objects that are not told apart by their words.
pub fn with_address(subject: &Ref) -> String {
    let words = object(subject);
    let plain = value(subject).is_some()
        || subject.payload::<Class>().is_some()
        || subject.payload::<Module>().is_some();
    if plain { words } else { format!("{words} at {:#x}", subject.address()) }
}

/// An object as plain data: its words, its type and where it stands.
pub fn plain(subject: &Ref) -> Vec<(String, Plain)> {
    let entries: [(&str, Plain); 3] = [
        ("object", object(subject).into()),
        ("type", type_name(subject).into()),
        ("address", subject.address().into()),
    ];
    entries.map(|(name, value)| (name.to_owned(), value)).into()
}
