//! Text that may hold lone surrogates, as a Python string literal may (`"\ud800"`).

use std::fmt;

/// Text in generalised UTF-8: like UTF-8, but a surrogate code point is encoded as three bytes too. Ordinary
/// text is ordinary UTF-8.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Wtf8 {
    bytes: Box<[u8]>,
}

impl Wtf8 {
    /// The text as `str`, where it has no lone surrogate.
    pub fn as_str(&self) -> Option<&str> {
        // A surrogate is exactly what makes generalised UTF-8 differ from UTF-8.
        std::str::from_utf8(&self.bytes).ok()
    }

    /// The encoded bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// True for the empty text.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The code points, surrogates included.
    pub fn code_points(&self) -> CodePoints<'_> {
        CodePoints { rest: &self.bytes }
    }
}

impl From<&str> for Wtf8 {
    fn from(text: &str) -> Self {
        Wtf8 { bytes: text.as_bytes().into() }
    }
}

impl fmt::Debug for Wtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_str() {
            Some(text) => text.fmt(f),
            None => write!(f, "<text with surrogates {:?}>", self.bytes),
        }
    }
}

/// Iterator over the code points of a [`Wtf8`].
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    rest: &'a [u8],
}

impl Iterator for CodePoints<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (&first, _) = self.rest.split_first()?;
        let (length, mut value) = match first {
            0..0x80 => (1, u32::from(first)),
            0x80..0xE0 => (2, u32::from(first & 0x1F)),
            0xE0..0xF0 => (3, u32::from(first & 0x0F)),
            _ => (4, u32::from(first & 0x07)),
        };
        for &byte in &self.rest[1..length] {
            value = value << 6 | u32::from(byte & 0x3F);
        }
        self.rest = &self.rest[length..];
        Some(value)
    }
}

/// Builds a [`Wtf8`] piece by piece.
#[derive(Clone, Debug, Default)]
pub struct Wtf8Builder {
    bytes: Vec<u8>,
}

impl Wtf8Builder {
    /// An empty builder with room for `capacity` bytes.
    pub fn with_capacity(capacity: usize) -> Self {
        Wtf8Builder { bytes: Vec::with_capacity(capacity) }
    }

    /// Appends text.
    pub fn push_str(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Appends another text.
    pub fn push_wtf8(&mut self, text: &Wtf8) {
        self.bytes.extend_from_slice(&text.bytes);
    }

    /// Appends one code point, which is at most U+10FFFF and may be a surrogate.
    pub fn push_code_point(&mut self, code_point: u32) {
        match char::from_u32(code_point) {
            Some(c) => self.push_str(c.encode_utf8(&mut [0; 4])),
            None => {
                let low = |shift: u32| 0x80 | (code_point >> shift & 0x3F) as u8;
                self.bytes.extend_from_slice(&[0xE0 | (code_point >> 12) as u8, low(6), low(0)]);
            }
        }
    }

    /// True while nothing was appended.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The text so far; the builder is empty afterwards.
    pub fn take(&mut self) -> Wtf8 {
        Wtf8 { bytes: std::mem::take(&mut self.bytes).into_boxed_slice() }
    }
}
