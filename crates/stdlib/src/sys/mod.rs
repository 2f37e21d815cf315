//! `sys`

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    objects::{dict::Dict, float, int, module, str, tuple},
    state::{shared, vm},
};

mod coroutines;
pub mod hooks;
mod info;
mod memory;
mod process;

/// The version of Python that Ouro follows.
pub const VERSION: (i64, i64, i64) = (3, 13, 0);

pub(crate) fn none() -> Res {
    Ok(shared().none.clone())
}

pub(crate) fn text(text: &str) -> Ref {
    str::new(text).into_any()
}

pub(crate) fn texts<'a>(items: impl IntoIterator<Item = &'a str>) -> Res {
    Ok(ouro_vm::objects::list::from_vec(items.into_iter().map(text).collect())?.into_any())
}

/// Fills the module `sys`.
pub fn fill(target: &Ref) -> Res<()> {
    for table in [coroutines::FUNCTIONS, hooks::FUNCTIONS, memory::FUNCTIONS, process::FUNCTIONS] {
        module::add_functions(target, table);
    }
    if let Some(namespace) = target.payload::<module::Module>().map(|module| module.dict.clone()) {
        vm().slots.sys.set(Some(namespace));
    }
    let set = |name: &str, value: Ref| module::set(target, name, value);
    set(
        "__doc__",
        text(
            "This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.",
        ),
    )?;
    info::fill(target)?;
    let options = &vm().options;
    set("argv", texts(options.argv.iter().map(String::as_str))?)?;
    set(
        "orig_argv",
        texts(std::iter::once(options.executable.as_str()).chain(options.argv.iter().map(String::as_str)))?,
    )?;
    set("path", texts(options.path.iter().map(String::as_str))?)?;
    set("warnoptions", texts(options.warn_options.iter().map(String::as_str))?)?;
    set("executable", text(&options.executable))?;
    let modules = vm().slots.modules.get().unwrap_or_else(|| {
        let made = ouro_vm::objects::dict::new();
        vm().slots.modules.set(Some(made.clone()));
        made
    });
    set("modules", modules.into_any())?;
    for name in ["meta_path", "path_hooks"] {
        set(name, texts([])?)?;
    }
    set("path_importer_cache", ouro_vm::objects::dict::new().into_any())?;
    let x_options: ouro_heap::Ref<Dict> = ouro_vm::objects::dict::new();
    for (name, value) in &options.x_options {
        let value = value.as_ref().map_or_else(|| shared().true_.clone(), |value| text(value));
        ouro_vm::objects::dict::set_str(&x_options, &str::intern(name), value);
    }
    set("_xoptions", x_options.into_any())?;
    set("dont_write_bytecode", ouro_vm::objects::bool_::new(true))?;
    set("pycache_prefix", shared().none.clone())?;
    hooks::add_streams(target)?;
    hooks::add_hooks(target)
}

/// Floats, ints and texts as items of struct sequences.
pub(crate) enum Item<'a> {
    Int(i64),
    Float(f64),
    Text(&'a str),
    Bool(bool),
    Nothing,
}

impl Item<'_> {
    pub(crate) fn object(&self) -> Ref {
        match self {
            Item::Int(value) => int::new(*value),
            Item::Float(value) => float::new(*value),
            Item::Text(value) => text(value),
            Item::Bool(value) => ouro_vm::objects::bool_::new(*value),
            Item::Nothing => shared().none.clone(),
        }
    }
}

/// A struct sequence of plain values.
pub(crate) fn sequence(index: u32, items: &[Item]) -> Ref {
    ouro_vm::objects::struct_sequence::make(index, items.iter().map(Item::object).collect(), Vec::new())
}

/// A tuple of texts.
pub(crate) fn text_tuple(items: &[&str]) -> Ref {
    tuple::from_vec(items.iter().map(|item| text(item)).collect()).into_any()
}
