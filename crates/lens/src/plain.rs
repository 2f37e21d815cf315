//! An answer as plain data, which becomes Python's own values or JSON.

use std::fmt::{self, Display, Formatter, Write};

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    objects::{
        bool_,
        dict::{self, Dict},
        int,
        list::{self, List},
        str::{self, Str, StrExt},
    },
    state::shared,
    type_error, value_error,
};

/// Lists and objects that may stand in each other; no answer comes near it.
const DEEPEST: usize = 50;

/// A plain value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Nothing to tell.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Values in a row.
    List(Vec<Plain>),
    /// Values under names, in order.
    Object(Vec<(String, Plain)>),
}

impl From<bool> for Plain {
    fn from(value: bool) -> Plain {
        Plain::Bool(value)
    }
}

impl From<usize> for Plain {
    fn from(value: usize) -> Plain {
        Plain::Number(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Plain {
    fn from(value: u32) -> Plain {
        Plain::Number(value.into())
    }
}

impl From<&str> for Plain {
    fn from(value: &str) -> Plain {
        Plain::Text(value.to_owned())
    }
}

impl From<String> for Plain {
    fn from(value: String) -> Plain {
        Plain::Text(value)
    }
}

impl<T: Into<Plain>> From<Option<T>> for Plain {
    fn from(value: Option<T>) -> Plain {
        value.map_or(Plain::Null, Into::into)
    }
}

impl<T: Into<Plain>> From<Vec<T>> for Plain {
    fn from(values: Vec<T>) -> Plain {
        Plain::List(values.into_iter().map(Into::into).collect())
    }
}

impl Plain {
    /// Values under names.
    pub fn object<const N: usize>(entries: [(&str, Plain); N]) -> Plain {
        Plain::Object(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// The value as an object of Python.
    pub fn to_python(&self) -> Res {
        Ok(match self {
            Plain::Null => shared().none.clone(),
            Plain::Bool(value) => bool_::new(*value),
            Plain::Number(value) => int::new(*value),
            Plain::Text(text) => str::new(text).into_any(),
            Plain::List(items) => {
                let made: Res<Vec<Ref>> = items.iter().map(Plain::to_python).collect();
                list::from_vec(made?)?.into_any()
            }
            Plain::Object(entries) => {
                let made = dict::new();
                for (name, value) in entries {
                    dict::set_str(&made, &str::intern(name), value.to_python()?);
                }
                made.into_any()
            }
        })
    }

    /// The plain value that a Python object is.
    pub fn from_python(object: &Ref) -> Res<Plain> {
        Plain::read(object, 0)
    }

    fn read(object: &Ref, depth: usize) -> Res<Plain> {
        if depth > DEEPEST {
            return Err(value_error!("an answer is not that deep"));
        }
        let other = || type_error!("not part of an answer: {}", crate::words::type_name(object));
        if object.is(&shared().none) {
            return Ok(Plain::Null);
        }
        if object.is(&shared().true_) || object.is(&shared().false_) {
            return Ok(Plain::Bool(object.is(&shared().true_)));
        }
        if let Some(text) = object.payload::<Str>() {
            return Ok(Plain::Text(text.to_text().into_owned()));
        }
        if let Some(list) = object.payload::<List>() {
            let items = list.items.with(|items| items.to_vec());
            return Ok(Plain::List(
                items.iter().map(|item| Plain::read(item, depth + 1)).collect::<Res<_>>()?,
            ));
        }
        if let Some(table) = object.payload::<Dict>() {
            let mut entries = Vec::new();
            ouro_vm::inspect::each_entry(table, |key, value| entries.push((key.clone(), value.clone())));
            let entries = entries.iter().map(|(key, value)| {
                let name = key.payload::<Str>().ok_or_else(other)?;
                Ok((name.to_text().into_owned(), Plain::read(value, depth + 1)?))
            });
            return Ok(Plain::Object(entries.collect::<Res<_>>()?));
        }
        int::as_i64(object).map(Plain::Number).ok_or_else(other)
    }
}

/// As JSON, in characters below 128 only.
impl Display for Plain {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Plain::Null => f.write_str("null"),
            Plain::Bool(value) => write!(f, "{value}"),
            Plain::Number(value) => write!(f, "{value}"),
            Plain::Text(text) => quoted(f, text),
            Plain::List(items) => {
                f.write_char('[')?;
                for (position, item) in items.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { ", " })?;
                    item.fmt(f)?;
                }
                f.write_char(']')
            }
            Plain::Object(entries) => {
                f.write_char('{')?;
                for (position, (name, value)) in entries.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { ", " })?;
                    quoted(f, name)?;
                    write!(f, ": {value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' | '\\' => write!(f, "\\{character}")?,
            '\n' => f.write_str("\\n")?,
            '\t' => f.write_str("\\t")?,
            '\r' => f.write_str("\\r")?,
            ' '..='~' => f.write_char(character)?,
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(f, "\\u{unit:04x}")?;
                }
            }
        }
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests {
    use super::Plain;

    #[test]
    fn json_escapes_what_must_not_stand_in_a_text() {
        let value = Plain::object([
            ("say \"so\"", Plain::from("a\\b\n\u{1}\u{7f}é\u{1f600}")),
            ("list", Plain::List(vec![Plain::Null, Plain::Bool(true), Plain::Number(-3)])),
        ]);
        let expected = r#"{"say \"so\"": "a\\b\n\u0001\u007f\u00e9\ud83d\ude00", "list": [null, true, -3]}"#;
        assert_eq!(value.to_string(), expected);
    }
}
