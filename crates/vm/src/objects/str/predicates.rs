//! `str`: questions about the characters.

use ouro_heap::Ref;

use super::{
    Str, StrExt,
    build::in_units,
    search::receiver,
    unicode::{
        self, ALPHA, DECIMAL, DIGIT, ID_CONTINUE, ID_START, LOWER, NUMERIC, PRINTABLE, SPACE, TITLE, UPPER,
    },
};
use crate::{
    error::Res,
    objects::{bool_, units::Unit},
};

/// Whether a string is not empty and all of its characters have one of the properties.
fn all(args: &[Ref], properties: u16) -> Res {
    let text = receiver(args);
    let all = text.char_count() > 0
        && in_units!(text, |units| units.iter().all(|&c| unicode::has(c.code(), properties)));
    Ok(bool_::new(all))
}

pub(super) fn isalpha(args: &[Ref]) -> Res {
    all(args, ALPHA)
}

pub(super) fn isalnum(args: &[Ref]) -> Res {
    all(args, ALPHA | DECIMAL | DIGIT | NUMERIC)
}

pub(super) fn isdecimal(args: &[Ref]) -> Res {
    all(args, DECIMAL)
}

pub(super) fn isdigit(args: &[Ref]) -> Res {
    all(args, DIGIT)
}

pub(super) fn isnumeric(args: &[Ref]) -> Res {
    all(args, NUMERIC)
}

pub(super) fn isspace(args: &[Ref]) -> Res {
    all(args, SPACE)
}

pub(super) fn isascii(args: &[Ref]) -> Res {
    Ok(bool_::new(receiver(args).is_ascii()))
}

pub(super) fn isprintable(args: &[Ref]) -> Res {
    let text = receiver(args);
    Ok(bool_::new(in_units!(text, |units| units.iter().all(|&c| unicode::has(c.code(), PRINTABLE)))))
}

/// Whether a text is a valid name; keywords are not excluded.
pub fn is_identifier(text: &Str) -> bool {
    let mut codes = text.code_points();
    codes.next().is_some_and(|c| unicode::has(c, ID_START)) && codes.all(|c| unicode::has(c, ID_CONTINUE))
}

pub(super) fn isidentifier(args: &[Ref]) -> Res {
    Ok(bool_::new(is_identifier(receiver(args))))
}

/// Whether there are letters of one case and none of the others.
fn only(args: &[Ref], case: u16, others: u16) -> Res {
    let mut found = false;
    for c in receiver(args).code_points() {
        let flags = unicode::flags(c);
        if flags & others != 0 {
            return Ok(bool_::new(false));
        }
        found |= flags & case != 0;
    }
    Ok(bool_::new(found))
}

pub(super) fn isupper(args: &[Ref]) -> Res {
    only(args, UPPER, LOWER | TITLE)
}

pub(super) fn islower(args: &[Ref]) -> Res {
    only(args, LOWER, UPPER | TITLE)
}

pub(super) fn istitle(args: &[Ref]) -> Res {
    let (mut in_word, mut found) = (false, false);
    for c in receiver(args).code_points() {
        let flags = unicode::flags(c);
        let (large, small) = (flags & (UPPER | TITLE) != 0, flags & LOWER != 0);
        if (large && in_word) || (small && !in_word) {
            return Ok(bool_::new(false));
        }
        in_word = large || small;
        found |= in_word;
    }
    Ok(bool_::new(found))
}
