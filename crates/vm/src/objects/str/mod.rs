//! `str`: storage, interning, hashing. Methods stand in the files beside this one.
//!
//! As in CPython a string holds one, two or four bytes a character, the narrowest that fits, so that indexing takes
//! constant time:
//!
//! ```text
//!   header | length in bytes u32 | info u32 | hash i64 | characters ...
//! ```

pub mod build;
mod case;
mod class;
mod concat;
mod edit;
mod hash;
mod iterator;
mod methods;
mod predicates;
mod quote;
mod search;
mod split;
mod translate;
pub mod unicode;
mod unicode_tables;

use std::{borrow::Cow, cell::Cell};

use ouro_heap::{
    OutOfMemory, Ref, TailWriter, Trace, alloc_bytes, alloc_few, allocate::Grant, interned,
    table::HASH_OFFSET, tailed_payload, units::units,
};

pub use build::{StrBuilder, from_units, join, join_items, pad};
pub use case::{capitalize_ascii, swap_ascii, title_ascii};
pub use class::{STR, add, order};
pub(crate) use concat::concat_objects;
pub use concat::{append, concat, grow_within};
pub(crate) use hash::TextHash;
pub use hash::hash_bytes;

pub use iterator::{STR_ASCII_ITERATOR, STR_ITERATOR, StrIterator};
pub use predicates::is_identifier;
pub use quote::{ascii, push_escape, push_quoted, quoted};
pub use search::{contains, find};

use crate::{
    state::{shared, vm},
    types,
};

/// The fixed part of a string.
#[derive(Clone, Trace)]
#[repr(C)]
pub struct StrHead {
    info: Cell<u32>,
    /// The hash in two halves, so that no padding stands before it.
    hash: Cell<[u32; 2]>,
}

impl StrHead {
    #[inline(always)]
    fn new(info: u32) -> StrHead {
        StrHead { info: Cell::new(info), hash: Cell::new(halves(UNHASHED)) }
    }
}

#[inline(always)]
fn halves(hash: i64) -> [u32; 2] {
    [hash as u32, (hash >> 32) as u32]
}

tailed_payload!(
    /// A string object's payload.
    Str, "str", types::STR, StrHead, u8
);

/// The tables of dictionaries read the hash of a string that is a key.
const _: () = assert!(std::mem::offset_of!(Str, head) + std::mem::offset_of!(StrHead, hash) == HASH_OFFSET);

const WIDTH_MASK: u32 = 3;
const ASCII: u32 = 4;
const INTERNED: u32 = 8;
/// No hash has been computed yet.
const UNHASHED: i64 = -1;

/// The width of a string's characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// All below 256.
    One,
    /// All below 65536.
    Two,
    /// Any.
    Four,
}

/// The methods of the payload.
pub trait StrExt {
    /// Width and other properties as bits.
    fn info(&self) -> u32;
    /// The width of the characters.
    fn width(&self) -> Width;
    /// Whether all characters are below 128.
    fn is_ascii(&self) -> bool;
    /// Whether the string is interned.
    fn is_interned(&self) -> bool;
    /// The number of characters (code points).
    fn char_count(&self) -> usize;
    /// The code point at an index, which must exist.
    fn char_at(&self, index: usize) -> u32;
    /// The text, if all characters are below 128. Costs nothing.
    fn as_ascii(&self) -> Option<&str>;
    /// The text in UTF-8; lone surrogates become U+FFFD. Costs nothing for ASCII text.
    fn to_text(&self) -> Cow<'_, str>;
    /// The text in UTF-8 if it has no lone surrogates.
    fn to_utf8(&self) -> Option<Cow<'_, str>>;
    /// All code points, surrogates included.
    fn code_points(&self) -> CodePoints<'_>;
    /// Whether the text is this.
    fn is_text(&self, text: &str) -> bool;
    /// The characters of a string of width One.
    fn latin1(&self) -> Option<&[u8]>;
    /// The raw storage: 1, 2 or 4 bytes a character in the machine's order.
    fn storage(&self) -> &[u8];
    /// The hash, computed once.
    fn hash_value(&self) -> i64;
    /// The hash, if it has been worked out.
    fn known_hash(&self) -> Option<i64>;
}

impl StrExt for Str {
    #[inline(always)]
    fn info(&self) -> u32 {
        self.head.info.get()
    }

    #[inline(always)]
    fn width(&self) -> Width {
        match self.head.info.get() & WIDTH_MASK {
            0 => Width::One,
            1 => Width::Two,
            _ => Width::Four,
        }
    }

    #[inline(always)]
    fn is_ascii(&self) -> bool {
        self.head.info.get() & ASCII != 0
    }

    #[inline(always)]
    fn is_interned(&self) -> bool {
        self.head.info.get() & INTERNED != 0
    }

    #[inline(always)]
    fn char_count(&self) -> usize {
        self.items().len() >> (self.head.info.get() & WIDTH_MASK)
    }

    #[inline]
    fn char_at(&self, index: usize) -> u32 {
        let items = self.items();
        match self.width() {
            Width::One => items[index] as u32,
            Width::Two => u16::from_ne_bytes([items[2 * index], items[2 * index + 1]]) as u32,
            Width::Four => {
                u32::from_ne_bytes(items[4 * index..4 * index + 4].try_into().expect("four bytes"))
            }
        }
    }

    #[inline]
    fn as_ascii(&self) -> Option<&str> {
        if self.is_ascii() { std::str::from_utf8(self.items()).ok() } else { None }
    }

    fn to_text(&self) -> Cow<'_, str> {
        match self.as_ascii() {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(self.code_points().map(|c| char::from_u32(c).unwrap_or('\u{FFFD}')).collect()),
        }
    }

    fn to_utf8(&self) -> Option<Cow<'_, str>> {
        match self.as_ascii() {
            Some(text) => Some(Cow::Borrowed(text)),
            None => self.code_points().map(char::from_u32).collect::<Option<String>>().map(Cow::Owned),
        }
    }

    #[inline]
    fn code_points(&self) -> CodePoints<'_> {
        CodePoints { items: self.items(), step: 1 << (self.head.info.get() & WIDTH_MASK) }
    }

    fn is_text(&self, text: &str) -> bool {
        if self.is_ascii() {
            self.items() == text.as_bytes()
        } else {
            self.code_points().eq(text.chars().map(u32::from))
        }
    }

    #[inline]
    fn latin1(&self) -> Option<&[u8]> {
        (self.width() == Width::One).then(|| self.items())
    }

    #[inline]
    fn storage(&self) -> &[u8] {
        self.items()
    }

    #[inline]
    fn hash_value(&self) -> i64 {
        self.known_hash().unwrap_or_else(|| compute_hash(self))
    }

    #[inline(always)]
    fn known_hash(&self) -> Option<i64> {
        let [low, high] = self.head.hash.get();
        let hash = (high as i64) << 32 | low as i64;
        (hash != UNHASHED).then_some(hash)
    }
}

#[cold]
#[inline(never)]
fn compute_hash(string: &Str) -> i64 {
    let hash = hash_bytes(string.items());
    string.head.hash.set(halves(hash));
    hash
}

/// Iterates over the code points of a string.
#[derive(Clone)]
pub struct CodePoints<'a> {
    items: &'a [u8],
    step: usize,
}

impl Iterator for CodePoints<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.items.is_empty() {
            return None;
        }
        let (head, rest) = self.items.split_at(self.step);
        self.items = rest;
        Some(decode(head))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let count = self.items.len() / self.step;
        (count, Some(count))
    }
}

impl DoubleEndedIterator for CodePoints<'_> {
    fn next_back(&mut self) -> Option<u32> {
        if self.items.is_empty() {
            return None;
        }
        let (rest, tail) = self.items.split_at(self.items.len() - self.step);
        self.items = rest;
        Some(decode(tail))
    }
}

impl ExactSizeIterator for CodePoints<'_> {}

#[inline(always)]
fn decode(bytes: &[u8]) -> u32 {
    match *bytes {
        [a] => a as u32,
        [a, b] => u16::from_ne_bytes([a, b]) as u32,
        [a, b, c, d] => u32::from_ne_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// A string object of a text.
pub fn new(text: &str) -> Ref<Str> {
    if text.is_ascii() { from_latin1(text.as_bytes()) } else { from_code_points(text.chars().map(u32::from)) }
}

/// A string object of characters below 256.
pub fn from_latin1(bytes: &[u8]) -> Ref<Str> {
    if bytes.is_ascii() {
        return from_ascii(bytes);
    }
    match *bytes {
        [] => shared().empty_str.clone(),
        [byte] => shared().latin1[byte as usize].clone(),
        _ => fresh_latin1(bytes),
    }
}

/// A string object of code points (surrogates allowed).
pub fn from_code_points(code_points: impl Iterator<Item = u32> + Clone) -> Ref<Str> {
    let (mut max, mut count) = (0, 0);
    for c in code_points.clone() {
        max |= c;
        count += 1;
    }
    // The union of all bits is below a power of two exactly if every code point is.
    if max < 256 {
        let bytes: smallvec::SmallVec<[u8; 64]> = code_points.map(|c| c as u8).collect();
        return if max < 128 { from_ascii(&bytes) } else { from_latin1(&bytes) };
    }
    let two = max < 0x1_0000;
    let width = if two { 2 } else { 4 };
    let info = if two { 1 } else { 2 };
    fresh(info, count * width, |tail| {
        let storage = tail.zeroed(count * width);
        for (place, c) in storage.chunks_exact_mut(width).zip(code_points) {
            if two {
                place.copy_from_slice(&(c as u16).to_ne_bytes());
            } else {
                place.copy_from_slice(&c.to_ne_bytes());
            }
        }
    })
}

/// A string object of one code point.
pub fn from_char(code_point: u32) -> Ref<Str> {
    if code_point < 256 {
        shared().latin1[code_point as usize].clone()
    } else {
        from_code_points(std::iter::once(code_point))
    }
}

/// A string object of WTF-8 bytes (UTF-8 that may hold surrogates).
pub fn from_wtf8(bytes: &[u8]) -> Ref<Str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => new(text),
        Err(_) => from_code_points(Wtf8 { bytes }),
    }
}

#[derive(Clone)]
struct Wtf8<'a> {
    bytes: &'a [u8],
}

impl Iterator for Wtf8<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let &first = self.bytes.first()?;
        let (length, bits) = match first {
            0..0x80 => (1, first as u32),
            0x80..0xE0 => (2, (first & 0x1F) as u32),
            0xE0..0xF0 => (3, (first & 0x0F) as u32),
            _ => (4, (first & 0x07) as u32),
        };
        let length = length.min(self.bytes.len());
        let (head, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        Some(head[1..].iter().fold(bits, |c, byte| c << 6 | (byte & 0x3F) as u32))
    }
}

/// A string object of ASCII characters, for callers that know them to be just that.
#[inline]
pub(crate) fn from_ascii(bytes: &[u8]) -> Ref<Str> {
    debug_assert!(bytes.is_ascii());
    alloc_few(StrHead::new(ASCII), bytes).unwrap_or_else(|| any_ascii(bytes))
}

#[inline(never)]
fn any_ascii(bytes: &[u8]) -> Ref<Str> {
    match *bytes {
        [] => shared().empty_str.clone(),
        [byte] => shared().latin1[byte as usize].clone(),
        _ => fresh(ASCII, bytes.len(), |tail| tail.put(bytes)),
    }
}

/// A new object for characters below 256, even where a shared one exists.
pub(crate) fn fresh_latin1(bytes: &[u8]) -> Ref<Str> {
    let info = if bytes.is_ascii() { ASCII } else { 0 };
    fresh(info, bytes.len(), |tail| tail.put(bytes))
}

#[inline]
fn fresh(info: u32, bytes: usize, fill: impl FnOnce(&mut TailWriter)) -> Ref<Str> {
    fresh_as(types::STR, info, bytes, fill)
}

/// Bytes of strings that a limit of the heap may refuse.
const LARGE: usize = 1 << 13;

#[inline]
fn fresh_as(index: u32, info: u32, bytes: usize, fill: impl FnOnce(&mut TailWriter)) -> Ref<Str> {
    // Where such a string passes the limit, MemoryError comes a moment later.
    let _grant = (bytes > LARGE).then(Grant::new);
    alloc_bytes(index, StrHead::new(info), bytes, fill)
        .expect("strings that can be too large are checked before they are made")
}

/// The same for a string that may be too large.
#[inline]
fn try_fresh(info: u32, bytes: usize, fill: impl FnOnce(&mut TailWriter)) -> Result<Ref<Str>, OutOfMemory> {
    alloc_bytes(types::STR, StrHead::new(info), bytes, fill)
}

/// An instance of a subclass of str with the same characters.
pub fn copy_as(index: u32, source: &Str) -> Ref<Str> {
    fresh_as(index, source.head.info.get() & !INTERNED, source.storage().len(), |tail| {
        tail.put(source.storage());
    })
}

/// The characters from `start` to `end` (in code points, within the string).
pub fn substring(source: &Ref<Str>, start: usize, end: usize) -> Ref<Str> {
    substring_here(source, start, end)
}

/// [`substring`] without a call. Each place that takes parts of strings often has its own: where parts are about as long as the
/// ones before, the processor foresees how they are copied, which it does not where all places share one.
#[inline(always)]
pub(crate) fn substring_here(source: &Ref<Str>, start: usize, end: usize) -> Ref<Str> {
    if start == 0 && end == source.char_count() && source.as_any().is_exact::<Str>() {
        return source.clone();
    }
    if source.is_ascii() {
        return from_ascii(&source.storage()[start..end]);
    }
    wide_substring(source, start, end)
}

fn wide_substring(source: &Ref<Str>, start: usize, end: usize) -> Ref<Str> {
    let step = 1 << (source.width() as u32);
    let storage = &source.storage()[start * step..end * step];
    match source.width() {
        Width::One => from_latin1(storage),
        Width::Two => from_code_points(units::<u16>(storage).iter().map(|&unit| unit.into())),
        Width::Four => from_code_points(units::<u32>(storage).iter().copied()),
    }
}

/// Whether all characters of two strings are below 256.
#[inline(always)]
pub fn are_latin1(a: &Str, b: &Str) -> bool {
    (a.head.info.get() | b.head.info.get()) & WIDTH_MASK == 0
}

/// Whether the characters of two strings have one width.
#[inline(always)]
pub(crate) fn same_width(a: &Str, b: &Str) -> bool {
    (a.head.info.get() ^ b.head.info.get()) & WIDTH_MASK == 0
}

/// Whether two string payloads have the same characters.
#[inline]
pub fn equal_payloads(a: &Str, b: &Str) -> bool {
    same_width(a, b) && equal_bytes(a.storage(), b.storage())
}

/// Whether bytes are equal. Few are compared by their ends, which may overlap, instead of by a call.
#[inline(always)]
fn equal_bytes(a: &[u8], b: &[u8]) -> bool {
    fn ends<const N: usize>(a: &[u8], b: &[u8]) -> bool {
        a.first_chunk::<N>() == b.first_chunk::<N>() && a.last_chunk::<N>() == b.last_chunk::<N>()
    }
    a.len() == b.len()
        && match a.len() {
            0 => true,
            1 => a[0] == b[0],
            2..4 => ends::<2>(a, b),
            4..8 => ends::<4>(a, b),
            8..=16 => ends::<8>(a, b),
            _ => a == b,
        }
}

/// Whether two strings have the same characters.
#[inline]
pub fn equal(a: &Ref<Str>, b: &Ref<Str>) -> bool {
    // Every string has the narrowest width that fits, so equal strings have equal storage.
    a.is(b) || (same_width(a, b) && equal_bytes(a.storage(), b.storage()))
}

/// The one interned string with this text.
pub fn intern(text: &str) -> Ref<Str> {
    if text.is_ascii() {
        let is_equal = |other: &Ref| {
            other.payload::<Str>().is_some_and(|other| other.is_ascii() && other.storage() == text.as_bytes())
        };
        if let Some(found) = interned::find(hash_bytes(text.as_bytes()) as u64, is_equal) {
            return found.into::<Str>().expect("only strings are interned");
        }
    }
    intern_object(&raw_str(text))
}

/// The one interned string that is equal to this one: `sys.intern`.
pub fn intern_object(string: &Ref<Str>) -> Ref<Str> {
    if string.is_interned() {
        return string.clone();
    }
    let hash = string.hash_value() as u64;
    let is_equal = |other: &Ref| other.payload::<Str>().is_some_and(|other| equal_payloads(other, string));
    if let Some(found) = interned::find(hash, is_equal) {
        return found.into::<Str>().expect("only strings are interned");
    }
    string.head.info.set(string.head.info.get() | INTERNED);
    interned::insert(string.as_any(), hash);
    string.clone()
}

/// The number of interned strings: `sys.getunicodeinternedsize()`.
pub fn interned_count() -> usize {
    interned::count()
}

/// The interned string of a name that stands in the interpreter's own text; it is immortal.
pub fn intern_static(text: &'static str) -> Ref<Str> {
    let name = intern(text);
    if !name.header().is_immortal() {
        name.make_immortal();
    }
    name
}

/// Lets the heap find interned strings. Called before the first one is made.
pub(crate) fn prepare_interning() {
    interned::set_hash(|string| {
        string.payload::<Str>().expect("only strings are interned").hash_value() as u64
    });
}

/// A string object for a text, while the shared objects may not exist yet.
fn raw_str(text: &str) -> Ref<Str> {
    if vm().shared.get().is_some() {
        return new(text);
    }
    fresh_latin1(text.as_bytes())
}

/// Interns the shared one-character strings and the empty one.
pub(crate) fn adopt_shared(string: &Ref<Str>) {
    string.make_immortal();
    intern_object(string);
}

/// Whether an object is a string (subclasses included).
pub fn is_str(object: &Ref) -> bool {
    object.has_layout::<Str>()
}
