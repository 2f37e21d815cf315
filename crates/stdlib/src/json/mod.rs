//! `_json`: reading and writing JSON texts; the rest of `json` is Python beside it.

mod encoder;
mod output;
mod quoting;
mod reading;
mod scanner;

use ouro_heap::Ref;
use ouro_vm::{
    boot,
    error::{Raised, Res},
    native::{Args, NativeDef, plain, raw},
    objects::{class::Class, int, module, str::Str},
    overflow_error,
    protocol::number,
    type_error,
};

/// Fills the module `_json`.
pub(crate) fn fill(module: &Ref) -> Res<()> {
    for (name, class) in [("make_scanner", &scanner::SCANNER), ("make_encoder", &encoder::ENCODER)] {
        module::set(module, name, boot::add_class(class).into_any())?;
    }
    module::add_functions(module, &FUNCTIONS);
    Ok(())
}

static FUNCTIONS: [NativeDef; 3] = [
    plain(
        "encode_basestring_ascii",
        "(object, /)",
        |args| Ok(quoting::quoted(text_of(&args[0])?, quoting::Quoting::Ascii)?.into_any()),
        "encode_basestring_ascii(string) -> string\n\nReturn an ASCII-only JSON representation of a Python string",
    ),
    plain(
        "encode_basestring",
        "(object, /)",
        |args| Ok(quoting::quoted(text_of(&args[0])?, quoting::Quoting::Plain)?.into_any()),
        "encode_basestring(string) -> string\n\nReturn a JSON representation of a Python string",
    ),
    raw(
        "scanstring",
        "(string, end, strict=True)",
        reading::scan_string_function,
        "scanstring(string, end, strict=True) -> (string, end)\n\nScan the string s for a JSON string. End is the index of the\ncharacter in s after the quote that started the JSON string.\nUnescapes all valid JSON string escape sequences and raises ValueError\non attempt to decode an invalid string. If strict is False then literal\ncontrol characters are allowed in the string.\n\nReturns a tuple of the decoded string and the index of the character in s\nafter the end quote.",
    ),
];

/// The string that a function works on.
fn text_of(object: &Ref) -> Res<&Ref<Str>> {
    object.downcast::<Str>().ok_or_else(|| no_string(object))
}

#[cold]
fn no_string(object: &Ref) -> Raised {
    type_error!("first argument must be a string, not {}", Class::of(object).short_name())
}

/// Refuses more arguments than a constructor or call has parameters.
fn check_most(definition: &NativeDef, args: Args) -> Res<()> {
    let (given, most) = (args.all.len(), definition.positional as usize);
    if given <= most {
        return Ok(());
    }
    let plural = if most == 1 { "" } else { "s" };
    Err(type_error!("{}() takes at most {most} argument{plural} ({given} given)", definition.name))
}

/// An int that is a place or a depth.
fn size(object: &Ref) -> Res<isize> {
    if int::is_int(object) {
        return int::as_i64(object)
            .map(|value| value as isize)
            .ok_or_else(|| overflow_error!("Python int too large to convert to C ssize_t"));
    }
    number::as_isize(object)
}

/// Runs the same expression for the characters of a string at each width.
macro_rules! in_units {
    ($string:expr, |$units:ident| $body:expr) => {
        match $string.width() {
            ouro_vm::objects::str::Width::One => {
                let $units: &[u8] = $string.storage();
                $body
            }
            ouro_vm::objects::str::Width::Two => {
                let $units: &[u16] = ouro_heap::units::units($string.storage());
                $body
            }
            ouro_vm::objects::str::Width::Four => {
                let $units: &[u32] = ouro_heap::units::units($string.storage());
                $body
            }
        }
    };
}
use in_units;
