//! `code`: `replace`, and the tables that show where instructions come from.

use std::rc::Rc;

use ouro_heap::Ref;

use crate::{
    error::Res,
    native::{Args, NativeDef, plain, raw},
    objects::{
        code::{self, Code},
        int,
        sequence::size_with_storage,
        str::{Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{attribute, compare, iterate, number},
    state::shared,
    traceback_text, type_error, value_error,
};

/// The methods of code objects.
pub(super) static METHODS: [NativeDef; 4] = [
    raw(
        "replace",
        "(self, /, **changes)",
        replace,
        "Return a copy of the code object with new values for the specified fields.",
    ),
    plain("__sizeof__", "(self, /)", size_of, "Size of object in memory, in bytes."),
    plain("co_lines", "(self, /)", lines, ""),
    plain("co_positions", "(self, /)", positions, ""),
];

fn payload(object: &Ref) -> &Ref<Code> {
    object.downcast::<Code>().expect("a method of code")
}

fn text(field: &str, value: &Ref) -> Res<Rc<str>> {
    match value.payload::<Str>() {
        Some(text) => Ok(text.to_text().into()),
        None => Err(type_error!(
            "replace() argument '{field}' must be str, not {}",
            crate::objects::class::Class::of(value).short_name()
        )),
    }
}

/// Fields that describe the registers and the instructions: they can only be given as they are.
const FIXED: &[&str] = &[
    "co_argcount",
    "co_posonlyargcount",
    "co_kwonlyargcount",
    "co_nlocals",
    "co_stacksize",
    "co_code",
    "co_names",
    "co_varnames",
    "co_freevars",
    "co_cellvars",
    "co_linetable",
    "co_exceptiontable",
];

fn replace(args: Args) -> Res {
    let [receiver] = args.positional() else {
        return Err(type_error!("replace() takes no positional arguments"));
    };
    let old = payload(receiver);
    let mut source = (*old.source.0).clone();
    let mut constants = old.constants.to_vec();
    for (name, value) in args.keywords() {
        let field = name.to_text();
        match &*field {
            "co_flags" => {
                let flags = number::as_i32(value)?;
                source.flags =
                    u32::try_from(flags).map_err(|_| value_error!("code: flags must not be negative"))?;
            }
            "co_firstlineno" => {
                let line = number::as_i32(value)?;
                let line = u32::try_from(line)
                    .map_err(|_| value_error!("code: co_firstlineno must not be negative"))?;
                let shift = i64::from(line) - i64::from(source.first_line);
                let move_line = |old: &mut u32| *old = (i64::from(*old) + shift).max(0) as u32;
                for position in source.positions.iter_mut().filter(|position| position.line > 0) {
                    move_line(&mut position.line);
                    move_line(&mut position.end_line);
                }
                source.first_line = line;
            }
            "co_name" => source.name = text(&field, value)?,
            "co_qualname" => source.qualname = text(&field, value)?,
            "co_filename" => source.filename = text(&field, value)?,
            "co_consts" => {
                let Some(given) = value.payload::<Tuple>() else {
                    return Err(type_error!("replace() argument 'co_consts' must be tuple"));
                };
                if given.items().len() != constants.len() {
                    return Err(value_error!("code: co_consts must have as many items as before"));
                }
                constants = given.items().to_vec();
            }
            _ if FIXED.contains(&&*field) => {
                let now = attribute::get(receiver, name)?;
                if !compare::equal(&now, value)? {
                    return Err(crate::not_implemented_error!("code.replace: '{field}' cannot be changed"));
                }
            }
            _ => return Err(type_error!("replace() got an unexpected keyword argument '{field}'")),
        }
    }
    Ok(code::make(&Rc::new(source), constants).into_any())
}

fn or_none(line: u32) -> Ref {
    if line == 0 { shared().none.clone() } else { int::new(i64::from(line)) }
}

/// Instructions and the references to constants and names belong to the object.
fn size_of(args: &[Ref]) -> Res {
    let code = payload(&args[0]);
    let references = code.constants.len() + code.names.len() + code.locals.len() + code.free_names.len();
    Ok(size_with_storage(&args[0], size_of_val(&code.words.0[..]) + references * std::mem::size_of::<Ref>()))
}

/// Runs of words from one line: (first byte, byte behind the last, line).
fn lines(args: &[Ref]) -> Res {
    let code = payload(&args[0]);
    let positions = &code.source.0.positions;
    let mut runs = Vec::new();
    let mut start = 0;
    for (index, position) in positions.iter().enumerate() {
        if positions.get(index + 1).is_none_or(|next| next.line != position.line) {
            runs.push(tuple::triple(
                int::from_usize(start * 8),
                int::from_usize((index + 1) * 8),
                or_none(position.line),
            ));
            start = index + 1;
        }
    }
    iterate::iter(tuple::from_vec(runs).as_any())
}

/// The place of each word: line, last line, column, last column.
fn positions(args: &[Ref]) -> Res {
    let code = payload(&args[0]);
    // An instruction word is eight bytes, and CPython counts units of two.
    let units = code.source.0.positions.iter().flat_map(|position| std::iter::repeat_n(position, 4));
    let lines_only = traceback_text::without_columns();
    let places = units.map(|position| {
        let column = |column: u32| {
            if position.line == 0 || lines_only { shared().none.clone() } else { int::new(i64::from(column)) }
        };
        let parts = vec![
            or_none(position.line),
            or_none(if lines_only { position.line } else { position.end_line }),
            column(position.column),
            column(position.end_column),
        ];
        tuple::from_vec(parts).into_any()
    });
    iterate::iter(tuple::from_vec(places.collect()).as_any())
}
