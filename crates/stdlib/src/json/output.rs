//! The text that is being written.

use ouro_heap::{OutOfMemory, Ref};
use ouro_vm::{
    error::Res,
    objects::str::{
        self, Str, StrExt,
        build::{StrBuilder, check_length},
    },
};

/// A text that grows at its end. Most are Latin-1 from beginning to end, and these bytes need nothing else.
#[derive(Default)]
pub(super) struct Output {
    /// What stands before the bytes, once a wider character has come.
    before: StrBuilder,
    bytes: Vec<u8>,
}

impl Output {
    /// Appends Latin-1 characters.
    #[inline(always)]
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Appends one.
    #[inline(always)]
    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Appends a string.
    #[inline(always)]
    pub(super) fn str(&mut self, text: &Str) -> Result<(), OutOfMemory> {
        self.part(text, 0, text.char_count())
    }

    /// Appends the characters of a string from `start` to `end`.
    #[inline]
    pub(super) fn part(&mut self, text: &Str, start: usize, end: usize) -> Result<(), OutOfMemory> {
        match text.latin1() {
            Some(bytes) => {
                self.bytes.extend_from_slice(&bytes[start..end]);
                Ok(())
            }
            None => self.wide_part(text, start, end),
        }
    }

    #[inline(never)]
    fn wide_part(&mut self, text: &Str, start: usize, end: usize) -> Result<(), OutOfMemory> {
        self.settle()?;
        self.before.push_part(text, start, end)
    }

    /// Puts the bytes behind what stands before them.
    fn settle(&mut self) -> Result<(), OutOfMemory> {
        check_length(self.before.len() + self.bytes.len())?;
        self.before.push_latin1(&self.bytes);
        self.bytes.clear();
        Ok(())
    }

    /// The string.
    pub(super) fn finish(mut self) -> Res<Ref<Str>> {
        if self.before.is_empty() {
            check_length(self.bytes.len())?;
            return Ok(str::from_latin1(&self.bytes));
        }
        self.settle()?;
        self.before.finish()
    }
}
