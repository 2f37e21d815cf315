//! `str.translate` and `str.maketrans`.

use ouro_heap::Ref;

use super::{Str, StrBuilder, StrExt, search::receiver};
use crate::{
    error::{Res, take_if},
    objects::{
        arguments::{self, is_none},
        dict::{self, Dict},
        exception::ExceptionKind,
        int,
    },
    protocol::{item, iterate},
    state::shared,
    type_error, value_error,
};

/// What a table says of a character.
enum Outcome {
    Same,
    Gone,
    Char(u32),
    Text(Ref<Str>),
}

fn look_up(table: &Ref, c: u32) -> Res<Outcome> {
    let key = int::new(c.into());
    let found = match table.downcast::<Dict>().filter(|_| table.is_exact::<Dict>()) {
        Some(dict) => match dict::get(dict, &key)? {
            Some(found) => found,
            None => return Ok(Outcome::Same),
        },
        None => match item::get(table, &key) {
            Ok(found) => found,
            Err(raised) => {
                drop(take_if(raised, ExceptionKind::LookupError)?);
                return Ok(Outcome::Same);
            }
        },
    };
    if is_none(&found) {
        return Ok(Outcome::Gone);
    }
    if let Some(text) = found.downcast::<Str>() {
        return Ok(Outcome::Text(text.clone()));
    }
    match int::value(&found) {
        Some(value) => match value.to_i64() {
            Some(code @ 0..0x11_0000) => Ok(Outcome::Char(code as u32)),
            _ => Err(value_error!("character mapping must be in range(0x110000)")),
        },
        None => Err(type_error!("character mapping must return integer, None or str")),
    }
}

/// A character that has not been looked up yet.
const UNKNOWN: u16 = u16::MAX;
/// A character that is left out.
const GONE: u16 = u16::MAX - 1;

pub(super) fn translate(args: &[Ref]) -> Res {
    let (text, table) = (receiver(args), &args[1]);
    let mut out = StrBuilder::with_capacity(text.char_count());
    // Each ASCII character is looked up once in a plain dictionary, which cannot change meanwhile.
    let mut known: [u16; 128] = [UNKNOWN; 128];
    let remember = table.is_exact::<Dict>();
    for c in text.code_points() {
        match known.get(c as usize) {
            None | Some(&UNKNOWN) => {}
            Some(&GONE) => continue,
            Some(&code) => {
                out.push(code.into());
                continue;
            }
        }
        let code = match look_up(table, c)? {
            Outcome::Same => c,
            Outcome::Char(code) => code,
            Outcome::Gone => {
                if remember && c < 128 {
                    known[c as usize] = GONE;
                }
                continue;
            }
            Outcome::Text(text) if text.char_count() == 1 => text.char_at(0),
            Outcome::Text(text) => {
                out.push_str(&text)?;
                continue;
            }
        };
        out.push(code);
        if remember && c < 128 && code < 256 {
            known[c as usize] = code as u16;
        }
    }
    Ok(out.finish()?.into_any())
}

pub(super) fn maketrans(args: &[Ref]) -> Res {
    let table = dict::new();
    match args {
        [mapping] => {
            let Some(mapping) = mapping.downcast::<Dict>().filter(|_| mapping.is_exact::<Dict>()) else {
                return Err(type_error!("if you give only one argument to maketrans it must be a dict"));
            };
            fill_from(&table, mapping)?;
        }
        [from, to, rest @ ..] => {
            let Some(from) = from.downcast::<Str>() else {
                return Err(type_error!(
                    "first maketrans argument must be a string if there is a second argument"
                ));
            };
            let to = arguments::text("maketrans", 2, to)?;
            let gone = rest.first().map(|gone| arguments::text("maketrans", 3, gone)).transpose()?;
            if from.char_count() != to.char_count() {
                return Err(value_error!("the first two maketrans arguments must have equal length"));
            }
            for (from, to) in from.code_points().zip(to.code_points()) {
                dict::set(&table, &int::new(from.into()), int::new(to.into()))?;
            }
            for c in gone.iter().flat_map(|gone| gone.code_points()) {
                dict::set(&table, &int::new(c.into()), shared().none.clone())?;
            }
        }
        [] => {}
    }
    Ok(table.into_any())
}

/// Copies a mapping; keys of one character become their numbers.
fn fill_from(table: &Ref<Dict>, mapping: &Ref<Dict>) -> Res<()> {
    for key in iterate::collect(mapping.as_any())? {
        let Some(value) = dict::get(mapping, &key)? else { continue };
        let key = match key.downcast::<Str>() {
            Some(text) if text.char_count() == 1 => int::new(text.char_at(0).into()),
            Some(_) => return Err(value_error!("string keys in translate table must be of length 1")),
            None if int::is_int(&key) => key,
            None => return Err(type_error!("keys in translate table must be strings or integers")),
        };
        dict::set(table, &key, value)?;
    }
    Ok(())
}
