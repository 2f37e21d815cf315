//! What stands behind a backslash in a pattern.

use super::{
    program::at,
    tokens::{Fault, Parsed, Token, Tokens},
};

/// The meaning of an escape.
pub(super) enum Escape {
    Character(u32),
    Category(u32),
    At(u32),
    /// The number of a group, and how long its text is.
    Group(usize, usize),
}

/// Characters that are written with a letter.
pub(super) fn control(c: u32) -> Option<u32> {
    Some(match char::from_u32(c)? {
        'a' => 7,
        'b' => 8,
        't' => 9,
        'n' => 10,
        'v' => 11,
        'f' => 12,
        'r' => 13,
        '\\' => 92,
        _ => return None,
    })
}

/// The number of a category for ASCII.
fn category(c: u32) -> Option<u32> {
    "dDsSwW".chars().position(|letter| c == letter.into()).map(|number| number as u32)
}

fn bad(tokens: &Tokens, escape: &str) -> Fault {
    tokens.fault(format!("bad escape {escape}"), escape.chars().count())
}

/// A character by its number, with exactly so many digits.
fn numbered(tokens: &mut Tokens, letter: char, digits: usize) -> Parsed<Escape> {
    let found = tokens.digits(digits, 16)?;
    let escape = format!("\\{letter}{found}");
    if found.len() != digits {
        return Err(tokens.fault(format!("incomplete escape {escape}"), escape.len()));
    }
    match u32::from_str_radix(&found, 16) {
        Ok(c) if c < 0x11_0000 => Ok(Escape::Character(c)),
        _ => Err(bad(tokens, &escape)),
    }
}

fn named(tokens: &mut Tokens) -> Parsed<Escape> {
    if !tokens.eat('{')? {
        return Err(tokens.fault("missing {", 0));
    }
    let name = tokens.until('}', "character name")?;
    match name.character() {
        Some(c) => Ok(Escape::Character(c)),
        None => {
            let message = format!("undefined character name {}", name.shown()?);
            Err(tokens.fault(message, name.len() + r"\N{}".len()))
        }
    }
}

/// The value of octal digits, of one byte.
pub(super) fn octal(tokens: &Tokens, digits: &str) -> Parsed<u32> {
    match u32::from_str_radix(digits, 8) {
        Ok(c) if c <= 0o377 => Ok(c),
        _ => {
            Err(tokens
                .fault(format!("octal escape value \\{digits} outside of range 0-0o377"), digits.len() + 1))
        }
    }
}

/// The forms that sets and the rest of a pattern share; None for digits.
fn common(tokens: &mut Tokens, token: Token) -> Parsed<Option<Escape>> {
    let letter = u8::try_from(token.c).ok().filter(u8::is_ascii).map(char::from);
    Ok(Some(match letter {
        Some('x') => numbered(tokens, 'x', 2)?,
        Some('u') if tokens.is_text => numbered(tokens, 'u', 4)?,
        Some('U') if tokens.is_text => numbered(tokens, 'U', 8)?,
        Some('N') if tokens.is_text => named(tokens)?,
        Some(digit) if digit.is_ascii_digit() => return Ok(None),
        Some(letter) if letter.is_ascii_alphabetic() => return Err(bad(tokens, &token.text())),
        _ => Escape::Character(token.c),
    }))
}

/// An escape inside of a set.
pub(super) fn in_set(tokens: &mut Tokens, token: Token) -> Parsed<Escape> {
    if let Some(c) = control(token.c) {
        return Ok(Escape::Character(c));
    }
    if let Some(category) = category(token.c) {
        return Ok(Escape::Category(category));
    }
    if let Some(escape) = common(tokens, token)? {
        return Ok(escape);
    }
    let mut digits = char::from_u32(token.c).map(String::from).unwrap_or_default();
    if !digits.chars().all(|digit| digit.is_digit(8)) {
        return Err(bad(tokens, &token.text()));
    }
    digits += &tokens.digits(2, 8)?;
    Ok(Escape::Character(octal(tokens, &digits)?))
}

/// An escape outside of sets.
pub(super) fn in_pattern(tokens: &mut Tokens, token: Token) -> Parsed<Escape> {
    let place = match char::from_u32(token.c) {
        Some('A') => Some(at::BEGINNING_STRING),
        Some('b') => Some(at::BOUNDARY),
        Some('B') => Some(at::NON_BOUNDARY),
        Some('Z') => Some(at::END_STRING),
        _ => None,
    };
    if let Some(place) = place {
        return Ok(Escape::At(place));
    }
    if let Some(category) = category(token.c) {
        return Ok(Escape::Category(category));
    }
    if let Some(c) = control(token.c) {
        return Ok(Escape::Character(c));
    }
    if let Some(escape) = common(tokens, token)? {
        return Ok(escape);
    }
    let mut digits = char::from_u32(token.c).map(String::from).unwrap_or_default();
    if digits == "0" {
        digits += &tokens.digits(2, 8)?;
        return Ok(Escape::Character(octal(tokens, &digits)?));
    }
    digits += &tokens.digits(1, 10)?;
    // Three octal digits are a character, anything else is a group.
    if digits.len() == 2 && digits.chars().all(|digit| digit.is_digit(8)) {
        digits += &tokens.digits(1, 8)?;
        if digits.len() == 3 {
            return Ok(Escape::Character(octal(tokens, &digits)?));
        }
    }
    let number = digits.parse().map_err(|_| bad(tokens, &digits))?;
    Ok(Escape::Group(number, digits.len() + 1))
}
