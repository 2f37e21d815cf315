//! `_sre`: the engine of `re`. Patterns arrive as the code words that the compiler of `re` makes.

mod found;
mod matcher;
mod pattern;
mod program;
mod scanner;
mod subject;
mod template;

use ouro_heap::Ref;
use ouro_vm::{
    boot,
    error::Res,
    native::{NativeDef, bound, plain},
    objects::{bool_, int, module, str::unicode},
    protocol::number,
    type_error,
};

/// The version of the code words.
const MAGIC: i64 = 20_230_612;

/// Flags that the engine itself looks at.
mod flags {
    pub(super) const IGNORECASE: i64 = 2;
    pub(super) const LOCALE: i64 = 4;
    pub(super) const MULTILINE: i64 = 8;
    pub(super) const DOTALL: i64 = 16;
    pub(super) const UNICODE: i64 = 32;
    pub(super) const VERBOSE: i64 = 64;
    pub(super) const DEBUG: i64 = 128;
    pub(super) const ASCII: i64 = 256;
}

/// Fills the module `_sre`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    for definition in [&pattern::PATTERN, &found::MATCH, &scanner::SCANNER, &template::TEMPLATE] {
        boot::add_class(definition);
    }
    module::set(module, "MAGIC", int::new(MAGIC))?;
    module::set(module, "CODESIZE", int::new(4))?;
    module::set(module, "MAXREPEAT", int::new(i64::from(program::MAX_REPEAT)))?;
    module::set(module, "MAXGROUPS", int::from_usize(program::MAX_GROUPS))?;
    module::add_functions(module, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 7] = [
    bound("compile", "(pattern, flags, code, groups, groupindex, indexgroup)", pattern::compile, ""),
    plain("template", "(pattern, template, /)", template::new, ""),
    plain("getcodesize", "()", |_| Ok(int::new(4)), ""),
    plain(
        "ascii_iscased",
        "(character, /)",
        |args| {
            let c = code(&args[0])?;
            Ok(bool_::new(c < 128 && (c as u8).is_ascii_alphabetic()))
        },
        "",
    ),
    plain(
        "unicode_iscased",
        "(character, /)",
        |args| {
            let c = code(&args[0])?;
            Ok(bool_::new(c != unicode::simple_lower(c) || c != unicode::simple_upper(c)))
        },
        "",
    ),
    plain(
        "ascii_tolower",
        "(character, /)",
        |args| Ok(int::new(program::lower_ascii(code(&args[0])?).into())),
        "",
    ),
    plain(
        "unicode_tolower",
        "(character, /)",
        |args| Ok(int::new(unicode::simple_lower(code(&args[0])?).into())),
        "",
    ),
];

/// A code point.
fn code(argument: &Ref) -> Res<u32> {
    if !int::is_int(argument) {
        return Err(type_error!(
            "'{}' object cannot be interpreted as an integer",
            ouro_vm::objects::class::Class::of(argument).short_name()
        ));
    }
    Ok(number::as_i32(argument)? as u32)
}
