//! The text that a pattern is matched against: a string, or anything that lends bytes.

use ouro_heap::{Ref, units::units};
use ouro_vm::{
    error::Res,
    objects::{
        bytes::{self, View},
        class::Class,
        str::{self, Str, StrExt, Width},
    },
    type_error,
};

use super::{
    matcher::{self, Found, Wanted},
    program::Program,
};

/// A text, held.
pub(super) enum Subject {
    Text(Ref<Str>),
    Bytes(View),
}

impl Subject {
    /// The text of an object; TypeError if it has none.
    pub(super) fn new(object: &Ref) -> Res<Subject> {
        if let Some(text) = object.downcast::<Str>() {
            return Ok(Subject::Text(text.clone()));
        }
        match bytes::like(object)? {
            Some(view) => Ok(Subject::Bytes(view)),
            None => Err(type_error!(
                "expected string or bytes-like object, got '{}'",
                Class::of(object).short_name()
            )),
        }
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self, Subject::Text(_))
    }

    /// The number of characters.
    pub(super) fn len(&self) -> usize {
        match self {
            Subject::Text(text) => text.char_count(),
            Subject::Bytes(bytes) => bytes.len(),
        }
    }

    /// A part as a string or bytes object.
    pub(super) fn part(&self, start: usize, end: usize) -> Ref {
        match self {
            Subject::Text(text) => str::substring(text, start, end).into_any(),
            Subject::Bytes(data) => bytes::new(&data[start..end]).into_any(),
        }
    }

    /// An empty object of the kind.
    pub(super) fn empty(&self) -> Ref {
        self.part(0, 0)
    }

    pub(super) fn match_here(&self, program: &Program, wanted: Wanted) -> Res<Option<Found>> {
        match self {
            Subject::Bytes(data) => matcher::match_here(program, data, wanted),
            Subject::Text(text) => match text.width() {
                Width::One => matcher::match_here(program, text.storage(), wanted),
                Width::Two => matcher::match_here(program, units::<u16>(text.storage()), wanted),
                Width::Four => matcher::match_here(program, units::<u32>(text.storage()), wanted),
            },
        }
    }

    pub(super) fn search(&self, program: &Program, wanted: Wanted) -> Res<Option<Found>> {
        match self {
            Subject::Bytes(data) => matcher::search(program, data, wanted),
            Subject::Text(text) => match text.width() {
                Width::One => matcher::search(program, text.storage(), wanted),
                Width::Two => matcher::search(program, units::<u16>(text.storage()), wanted),
                Width::Four => matcher::search(program, units::<u32>(text.storage()), wanted),
            },
        }
    }
}
