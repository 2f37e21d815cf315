//! What is known of single characters: properties, case, digits.

pub use super::unicode_tables::{
    ALPHA, ASSIGNED, CASE_IGNORABLE, CASED, DECIMAL, DIGIT, ID_CONTINUE, ID_START, LOWER, NUMERIC, PRINTABLE,
    SPACE, TITLE, UPPER,
};
use super::unicode_tables::{DIGITS, FLAGS, FOLDS, STARTS, TITLES};

/// The properties of the Latin-1 characters, so that most text needs no search.
static LATIN1: [u16; 256] = {
    let mut table = [0; 256];
    let mut code = 0;
    while code < 256 {
        let mut run = 0;
        while STARTS[run + 1] <= code {
            run += 1;
        }
        table[code as usize] = FLAGS[run];
        code += 1;
    }
    table
};

/// All properties of a character, as bits.
#[inline]
pub fn flags(c: u32) -> u16 {
    match LATIN1.get(c as usize) {
        Some(&flags) => flags,
        None => FLAGS[run_of(c)],
    }
}

/// Whether a character has one of the properties.
#[inline]
pub fn has(c: u32, properties: u16) -> bool {
    flags(c) & properties != 0
}

fn run_of(c: u32) -> usize {
    STARTS.partition_point(|&start| start <= c) - 1
}

/// White space as `str.isspace` and `str.split` see it.
#[inline]
pub fn is_space(c: u32) -> bool {
    has(c, SPACE)
}

/// Whether `repr` shows the character as it is.
#[inline]
pub fn is_printable(c: u32) -> bool {
    has(c, PRINTABLE)
}

/// Where `str.splitlines` ends a line.
#[inline]
pub fn is_line_break(c: u32) -> bool {
    matches!(c, 0x0A..=0x0D | 0x1C..=0x1E | 0x85 | 0x2028 | 0x2029)
}

/// The value of a decimal digit of any script, as `int()` reads it.
#[inline]
pub fn decimal_value(c: u32) -> Option<u32> {
    if c < 128 {
        return (0x30..0x3A).contains(&c).then(|| c - 0x30);
    }
    // Decimal digits come in rows of ten from zero to nine, and a run consists of whole rows.
    let run = run_of(c);
    (FLAGS[run] & DECIMAL != 0).then(|| (c - STARTS[run]) % 10)
}

/// The value of a digit, superscripts and circled digits included.
pub fn digit_value(c: u32) -> Option<u32> {
    decimal_value(c)
        .or_else(|| DIGITS.binary_search_by_key(&c, |entry| entry.0).ok().map(|found| DIGITS[found].1.into()))
}

/// Up to three characters that a character is mapped to.
pub(super) type Mapped = smallvec::SmallVec<[u32; 3]>;

#[inline]
fn one(c: u8) -> Mapped {
    let mut mapped = Mapped::new();
    mapped.push(c.into());
    mapped
}

/// The uppercase of a character.
#[inline]
pub(super) fn upper(c: u32) -> Mapped {
    if c < 128 {
        return one((c as u8).to_ascii_uppercase());
    }
    map(c, |c| c.to_uppercase().map(u32::from).collect())
}

/// The lowercase of a character, wherever it stands.
#[inline]
pub(super) fn lower(c: u32) -> Mapped {
    if c < 128 {
        return one((c as u8).to_ascii_lowercase());
    }
    map(c, |c| c.to_lowercase().map(u32::from).collect())
}

/// The titlecase of a character.
#[inline]
pub(super) fn title(c: u32) -> Mapped {
    if c < 128 {
        return upper(c);
    }
    special(c, &TITLES).unwrap_or_else(|| upper(c))
}

/// The folded form of a character, for comparisons that ignore case.
#[inline]
pub(super) fn fold(c: u32) -> Mapped {
    if c < 128 {
        return lower(c);
    }
    special(c, &FOLDS).unwrap_or_else(|| lower(c))
}

/// The lowercase of a character if that is one character, else the character itself.
#[inline]
pub fn simple_lower(c: u32) -> u32 {
    match lower(c).as_slice() {
        [one] => *one,
        // The dotted capital I is the only one that becomes two, and its own simple lowercase is the letter i.
        _ if c == 0x130 => 0x69,
        _ => c,
    }
}

/// The uppercase of a character if that is one character, else the character itself.
#[inline]
pub fn simple_upper(c: u32) -> u32 {
    match upper(c).as_slice() {
        [one] => *one,
        _ => c,
    }
}

fn special(c: u32, table: &[(u32, &str)]) -> Option<Mapped> {
    let found = table.binary_search_by_key(&c, |entry| entry.0).ok()?;
    Some(table[found].1.chars().map(u32::from).collect())
}

/// The compiler's library may know a newer Unicode than the tables: mappings to and from unknown characters are not made.
fn map(c: u32, mapping: impl Fn(char) -> Mapped) -> Mapped {
    let unchanged = || Mapped::from_slice(&[c]);
    let Some(character) = char::from_u32(c).filter(|_| has(c, ASSIGNED)) else { return unchanged() };
    let mapped = mapping(character);
    if mapped.iter().all(|&to| to == c || has(to, ASSIGNED)) { mapped } else { unchanged() }
}
