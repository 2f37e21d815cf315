//! `_io.TextIOWrapper`: characters over a binary file. Its state, reading and writing; methods stand beside.
//!
//! What was read ahead is kept as bytes and decoded line by line, so that a line costs one search and one string,
//! and the position is known exactly.

use std::cell::{Cell, RefCell};

use memchr::memchr;
use ouro_heap::{Buffer, Interior, Opaque, Payload, Ref, Slot, alloc_as};

use super::{
    BUFFER_SIZE, TEXT_CLOSED,
    buffered::BufferedFile,
    call_named, closed,
    codec::{self, Encoding},
    get_named,
    lines::{self, Newline},
    new_bytes, unsupported,
};
use crate::{
    error::{Res, take},
    objects::{
        int,
        str::{self, Str, StrExt},
    },
    protocol::object::is_true,
    state::shared,
    value_error,
};

/// A text file.
#[derive(Payload)]
#[payload(crate::types::TEXT_FILE)]
pub struct TextFile {
    /// The binary file below.
    pub buffer: Slot,
    /// `mode`, if it is known.
    pub mode: Slot,
    pub(super) settings: RefCell<Opaque<Settings>>,
    /// Encoded text that is still to be written.
    pending: Interior<Buffer<u8>>,
    /// Bytes that were read ahead; `position` is the first that the program has not got.
    input: Interior<Buffer<u8>>,
    position: Cell<usize>,
    /// The end of what is whole characters in `input`.
    usable: Cell<usize>,
    at_end: Cell<bool>,
    /// Input was recoded to UTF-8 because its encoding does not keep ASCII.
    recoded: Cell<bool>,
    /// The input may have a `\r`.
    has_return: Cell<bool>,
    /// Line ends were noted up to here.
    noted: Cell<usize>,
    pub(super) newlines: Cell<u8>,
    pub(super) telling: Cell<bool>,
    pub(super) seekable: Cell<bool>,
    started: Cell<bool>,
    /// Writing ASCII text is copying it: the encoding keeps ASCII and `\n` stays `\n`.
    plain: Cell<bool>,
    line_buffering: Cell<bool>,
    write_through: Cell<bool>,
}

/// What `open` or `reconfigure` decided.
#[derive(Clone)]
pub struct Settings {
    pub(super) encoding: Encoding,
    pub(super) encoding_name: String,
    pub(super) errors: String,
    pub(super) newline: Newline,
    pub(super) line_buffering: bool,
    pub(super) write_through: bool,
}

impl Settings {
    /// UTF-8, strict, any line end.
    pub fn new(encoding_name: &str, errors: &str) -> Res<Settings> {
        Ok(Settings {
            encoding: Encoding::named(encoding_name)?,
            encoding_name: encoding_name.to_owned(),
            errors: errors.to_owned(),
            newline: Newline::Translate,
            line_buffering: false,
            write_through: false,
        })
    }

    /// The same with other buffering.
    pub fn buffering(mut self, line_buffering: bool, write_through: bool) -> Settings {
        (self.line_buffering, self.write_through) = (line_buffering, write_through);
        self
    }
}

/// A text file over a binary one.
pub fn make(index: u32, buffer: Ref, settings: Settings, mode: Option<Ref>) -> Res<Ref<TextFile>> {
    let seekable = is_true(&call_named(&buffer, "seekable", &[])?)?;
    let file = alloc_as(
        index,
        TextFile {
            buffer: Slot::new(Some(buffer)),
            mode: Slot::new(mode),
            settings: RefCell::new(Opaque(settings)),
            pending: Interior::default(),
            input: Interior::default(),
            position: Cell::new(0),
            usable: Cell::new(0),
            at_end: Cell::new(false),
            recoded: Cell::new(false),
            has_return: Cell::new(false),
            noted: Cell::new(0),
            newlines: Cell::new(0),
            telling: Cell::new(seekable),
            seekable: Cell::new(seekable),
            started: Cell::new(false),
            plain: Cell::new(false),
            line_buffering: Cell::new(false),
            write_through: Cell::new(false),
        },
    );
    file.settings_changed();
    Ok(file)
}

impl TextFile {
    /// Takes over what `settings` say into the cells that writing looks at.
    pub(super) fn settings_changed(&self) {
        let settings = &self.settings.borrow().0;
        self.plain.set(settings.encoding.keeps_ascii() && settings.newline.written().is_none());
        self.line_buffering.set(settings.line_buffering);
        self.write_through.set(settings.write_through);
    }

    pub(super) fn settings(&self) -> Settings {
        self.settings.borrow().0.clone()
    }

    /// The file below, or ValueError if it has been detached.
    pub fn below(&self) -> Res {
        self.buffer.get().ok_or_else(|| value_error!("underlying buffer has been detached"))
    }

    /// ValueError if the file is closed.
    #[inline]
    pub fn check_open(&self) -> Res<()> {
        let native = self.buffer.with(|buffer| {
            buffer.and_then(|buffer| buffer.payload::<BufferedFile>()).map(BufferedFile::is_closed)
        });
        let is_closed = match native {
            Some(is_closed) => is_closed,
            None => is_true(&get_named(&self.below()?, "closed")?)?,
        };
        if is_closed { Err(closed(TEXT_CLOSED)) } else { Ok(()) }
    }

    /// Writes a text.
    pub fn write(&self, text: &Ref<Str>) -> Res<()> {
        self.check_open()?;
        if self.plain.get() && text.is_ascii() {
            return self.write_encoded(text.storage());
        }
        let settings = self.settings();
        let translated = match settings.newline.written() {
            Some(ending) if text.code_points().any(|c| c == 10) => {
                let ending = ending.iter().map(|&byte| u32::from(byte));
                let points: Vec<u32> = text
                    .code_points()
                    .flat_map(|c| if c == 10 { ending.clone().collect() } else { vec![c] })
                    .collect();
                Some(str::from_code_points(points.into_iter()))
            }
            _ => None,
        };
        if settings.encoding == Encoding::Utf8Signed && !self.started.get() {
            self.write_encoded(b"\xEF\xBB\xBF")?;
        }
        let breaks = text.code_points().any(|c| c == 10 || c == 13);
        codec::encode(translated.as_ref().unwrap_or(text), &settings.encoding, &settings.errors, |bytes| {
            self.put(bytes, breaks && self.line_buffering.get())
        })
    }

    /// Writes text that is encoded already (ASCII in a plain file, see [`TextFile::is_plain`]).
    #[inline]
    pub fn write_encoded(&self, bytes: &[u8]) -> Res<()> {
        let breaks =
            self.line_buffering.get() && (memchr(b'\n', bytes).is_some() || memchr(b'\r', bytes).is_some());
        self.put(bytes, breaks)
    }

    /// Whether the file below takes writes natively.
    #[inline]
    pub fn is_writable(&self) -> bool {
        self.buffer.with(|buffer| {
            buffer.is_some_and(|buffer| {
                matches!(
                    buffer.header().type_index(),
                    crate::types::BUFFERED_WRITER | crate::types::BUFFERED_RANDOM
                )
            })
        })
    }

    /// Whether ASCII text can be given to [`TextFile::write_encoded`] as it is.
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.plain.get()
    }

    fn put(&self, bytes: &[u8], flush: bool) -> Res<()> {
        self.started.set(true);
        if self.usable.get() > 0 || !self.input.with(|input| input.is_empty()) {
            self.forget_input();
        }
        let pending = self.pending.with(|pending| pending.len());
        if pending + bytes.len() > BUFFER_SIZE && pending > 0 {
            self.flush_pending()?;
        }
        if bytes.len() > BUFFER_SIZE {
            self.write_below(bytes)?;
        } else {
            self.pending.with_mut(|pending| {
                pending.reserve_exact(BUFFER_SIZE)?;
                pending.append_copy(bytes)
            })?;
        }
        if flush || self.write_through.get() { self.flush() } else { Ok(()) }
    }

    fn write_below(&self, bytes: &[u8]) -> Res<()> {
        let below = self.below()?;
        if let Some(file) =
            below.payload::<BufferedFile>().filter(|_| below.header().type_index() < crate::types::COUNT)
        {
            if !crate::objects::class::is_instance_of(&below, crate::types::BUFFERED_WRITER)
                && !crate::objects::class::is_instance_of(&below, crate::types::BUFFERED_RANDOM)
            {
                return Err(unsupported("write"));
            }
            return file.write_bytes(bytes);
        }
        call_named(&below, "write", &[new_bytes(bytes)?]).map(drop)
    }

    /// Hands pending text to the file below.
    pub fn flush_pending(&self) -> Res<()> {
        let bytes =
            self.pending.with(|pending| if pending.is_empty() { Vec::new() } else { pending.to_vec() });
        if bytes.is_empty() {
            return Ok(());
        }
        // Taken out first: an error must not make the next flush write it again.
        self.pending.with_mut(|pending| pending.cut(0));
        self.write_below(&bytes)
    }

    /// Hands pending text to the file below and flushes that.
    pub fn flush(&self) -> Res<()> {
        self.flush_pending()?;
        let below = self.below()?;
        match below.payload::<BufferedFile>().filter(|_| below.header().type_index() < crate::types::COUNT) {
            Some(file) => file.flush_behind(),
            None => call_named(&below, "flush", &[]).map(drop),
        }
    }

    /// Flushes and closes the file below.
    pub fn close(&self) -> Res<()> {
        if self.check_open().is_err_and(|raised| {
            drop(take(raised));
            true
        }) {
            return Ok(());
        }
        let flushed = self.flush();
        let below = self.below()?;
        let done = call_named(&below, "close", &[]).map(drop);
        match (flushed, done) {
            (Err(raised), Ok(())) => Err(raised),
            (_, done) => done,
        }
    }

    fn forget_input(&self) {
        self.input.with_mut(|input| input.cut(0));
        self.position.set(0);
        self.usable.set(0);
        self.noted.set(0);
        self.has_return.set(false);
        self.recoded.set(false);
        self.at_end.set(false);
    }

    /// One read of the file below; empty at the end.
    fn read_below(&self, size: Option<usize>) -> Res<Vec<u8>> {
        let below = self.below()?;
        if let Some(file) =
            below.payload::<BufferedFile>().filter(|_| below.header().type_index() < crate::types::COUNT)
        {
            if crate::objects::class::is_instance_of(&below, crate::types::BUFFERED_WRITER) {
                return Err(unsupported("not readable"));
            }
            return match size {
                Some(size) => file.read_once(size),
                None => file.read_to_end(),
            };
        }
        if !is_true(&call_named(&below, "readable", &[])?)? {
            return Err(unsupported("not readable"));
        }
        let result = match size {
            Some(size) => {
                let once = crate::protocol::attribute::get_optional(&below, &str::intern("read1"))?;
                let read = once.map_or_else(|| get_named(&below, "read"), Ok)?;
                crate::protocol::call::call(&read, &[int::from_usize(size)])?
            }
            None => call_named(&below, "read", &[])?,
        };
        if result.is(&shared().none) {
            return Ok(Vec::new());
        }
        super::with_bytes(&result, |bytes| Ok(bytes.to_vec()))
    }

    /// Reads more input; whether anything came.
    fn fill(&self) -> Res<bool> {
        let (encoding, strict, errors, newline) = {
            let settings = &self.settings.borrow().0;
            (
                settings.encoding.clone(),
                settings.errors == "strict",
                settings.errors.clone(),
                settings.newline,
            )
        };
        if !encoding.keeps_ascii() {
            return self.fill_recoded(&encoding, &errors);
        }
        let mut chunk = self.read_below(Some(BUFFER_SIZE))?;
        let first = !self.started.replace(true);
        if first && encoding == Encoding::Utf8Signed && chunk.starts_with(b"\xEF\xBB\xBF") {
            chunk.drain(..3);
        }
        let ended = chunk.is_empty();
        self.at_end.set(ended);
        let start = self.position.get();
        self.input.with_mut(|input| {
            let rest = input.len() - start;
            if start > 0 {
                input.copy_within(start.., 0);
                input.cut(rest);
            }
            input.append_copy(&chunk)
        })?;
        let checked = self.usable.get() - start;
        self.position.set(0);
        self.noted.set(self.noted.get().saturating_sub(start));
        let (usable, valid) = self.input.with(|input| {
            let usable = if ended { input.len() } else { codec::whole_characters(input, &encoding) };
            let new = &input[checked..usable];
            let valid = match encoding {
                Encoding::Utf8 | Encoding::Utf8Signed => std::str::from_utf8(new).is_ok(),
                Encoding::Ascii => new.is_ascii(),
                _ => true,
            };
            (usable, valid)
        });
        if !valid && strict {
            // Decoding raises the error, its position counted from the start of what was read.
            let bytes = self.input.with(|input| input[checked..usable].to_vec());
            codec::decode(&bytes, &encoding, &errors)?;
        }
        self.usable.set(usable);
        self.note_line_ends(newline, ended);
        Ok(!ended || usable > checked)
    }

    fn fill_recoded(&self, encoding: &Encoding, errors: &str) -> Res<bool> {
        let bytes = self.read_below(None)?;
        self.at_end.set(true);
        self.recoded.set(true);
        if bytes.is_empty() {
            return Ok(false);
        }
        let text = codec::decode(&bytes, encoding, errors)?;
        codec::encode(&text, &Encoding::Utf8, "surrogatepass", |utf8| {
            self.input.with_mut(|input| input.append_copy(utf8))?;
            Ok(())
        })?;
        self.usable.set(self.input.with(|input| input.len()));
        self.note_line_ends(self.settings.borrow().0.newline, true);
        Ok(true)
    }

    fn note_line_ends(&self, newline: Newline, ended: bool) {
        if !matches!(newline, Newline::Translate | Newline::Any) {
            return;
        }
        let (noted, seen, returns) = self.input.with(|input| {
            let mut end = self.usable.get();
            if !ended && end > 0 && input[end - 1] == b'\r' {
                end -= 1;
            }
            let start = self.noted.get().min(end);
            (end, lines::kinds(&input[start..end]), memchr(b'\r', input).is_some())
        });
        self.noted.set(noted);
        self.newlines.set(self.newlines.get() | seen);
        self.has_return.set(returns);
    }

    /// Decodes bytes of the input into a string and moves on.
    fn take_input(&self, end: usize) -> Res<Ref<Str>> {
        let start = self.position.replace(end);
        let (quick, translate) = {
            let settings = &self.settings.borrow().0;
            let utf8 =
                matches!(settings.encoding, Encoding::Utf8 | Encoding::Utf8Signed) || self.recoded.get();
            (utf8, settings.newline == Newline::Translate && self.has_return.get())
        };
        let bytes = self.input.with(|input| {
            let bytes = &input[start..end];
            if translate {
                return Err(lines::translated(bytes).into_owned());
            }
            if bytes.is_ascii() {
                return Ok(str::from_latin1(bytes));
            }
            match quick.then(|| std::str::from_utf8(bytes)) {
                Some(Ok(text)) => Ok(str::new(text)),
                _ => Err(bytes.to_vec()),
            }
        });
        match bytes {
            Ok(text) => Ok(text),
            Err(bytes) => {
                let settings = self.settings();
                let encoding = if self.recoded.get() { Encoding::Utf8 } else { settings.encoding };
                codec::decode(&bytes, &encoding, &settings.errors)
            }
        }
    }

    /// Reads a line of at most `limit` characters; empty at the end.
    pub fn read_line(&self, limit: Option<usize>) -> Res<Ref<Str>> {
        self.check_open()?;
        self.flush_pending()?;
        let (newline, wide) = self.shape_of_input();
        let simple = matches!(newline, Newline::Translate | Newline::Any);
        loop {
            let (position, usable, at_end) = (self.position.get(), self.usable.get(), self.at_end.get());
            // Without any `\r` about, only `\n` ends lines.
            let newline = if simple && !self.has_return.get() { Newline::Lf } else { newline };
            let (end, cut) = self.input.with(|input| {
                let bytes = &input[position..usable];
                let end = newline.line_end(bytes, at_end);
                let reach = &bytes[..end.unwrap_or(bytes.len())];
                (end, limit.and_then(|limit| newline.bytes_of_characters(reach, limit, wide, at_end)))
            });
            if let Some(cut) = cut {
                return self.take_input(position + cut);
            }
            if let Some(end) = end {
                return self.take_input(position + end);
            }
            if at_end && self.recoded.get() || !self.fill()? {
                return self.take_input(self.usable.get());
            }
        }
    }

    fn shape_of_input(&self) -> (Newline, bool) {
        let settings = &self.settings.borrow().0;
        (settings.newline, !matches!(settings.encoding, Encoding::Ascii | Encoding::Latin1))
    }

    /// Reads `count` characters, or all.
    pub fn read(&self, count: Option<usize>) -> Res<Ref<Str>> {
        self.check_open()?;
        self.flush_pending()?;
        let Some(count) = count else { return self.read_to_end() };
        let (newline, wide) = self.shape_of_input();
        loop {
            let (position, usable, at_end) = (self.position.get(), self.usable.get(), self.at_end.get());
            let end = self
                .input
                .with(|input| newline.bytes_of_characters(&input[position..usable], count, wide, at_end));
            if let Some(end) = end {
                return self.take_input(position + end);
            }
            if at_end && self.recoded.get() || !self.fill()? {
                return self.take_input(self.usable.get());
            }
        }
    }

    fn read_to_end(&self) -> Res<Ref<Str>> {
        let settings = self.settings();
        if !settings.encoding.keeps_ascii() {
            if !self.recoded.get() {
                self.fill()?;
            }
            return self.take_input(self.usable.get());
        }
        let position = self.position.get();
        let mut bytes = self.input.with(|input| input[position..].to_vec());
        let rest = self.read_below(None)?;
        if bytes.is_empty() {
            bytes = rest;
        } else {
            bytes.extend_from_slice(&rest);
        }
        let first = !self.started.replace(true);
        if first && settings.encoding == Encoding::Utf8Signed && bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        self.forget_input();
        self.at_end.set(true);
        if matches!(settings.newline, Newline::Translate | Newline::Any) {
            self.newlines.set(self.newlines.get() | lines::kinds(&bytes));
        }
        if settings.newline == Newline::Translate && memchr(b'\r', &bytes).is_some() {
            // Decoded before translation, so that positions in errors are those of the file.
            if !bytes.is_ascii() {
                codec::decode(&bytes, &settings.encoding, &settings.errors)?;
            }
            bytes = lines::translated(&bytes).into_owned();
        }
        codec::decode(&bytes, &settings.encoding, &settings.errors)
    }

    /// The position, as a number of bytes.
    pub fn tell(&self) -> Res<i64> {
        self.check_open()?;
        if !self.seekable.get() {
            return Err(unsupported("underlying stream is not seekable"));
        }
        if !self.telling.get() {
            return Err(crate::error::raise(
                crate::objects::exception::ExceptionKind::OSError,
                "telling position disabled by next() call",
            ));
        }
        self.flush()?;
        let below = super::offset_argument(&call_named(&self.below()?, "tell", &[])?)?;
        let position = self.position.get();
        let mut unread = self.input.with(|input| input.len() - position);
        if self.recoded.get() && unread > 0 {
            let settings = self.settings();
            let bytes = self.input.with(|input| input[position..].to_vec());
            let rest = codec::decode(&bytes, &Encoding::Utf8, "surrogatepass")?;
            unread = codec::encode(&rest, &settings.encoding, &settings.errors, |bytes| Ok(bytes.len()))?;
        }
        Ok(below - unread as i64)
    }

    /// Moves to a position that [`TextFile::tell`] gave, or to the end.
    pub fn seek(&self, offset: i64, whence: i64) -> Res<i64> {
        self.check_open()?;
        if !self.seekable.get() {
            return Err(unsupported("underlying stream is not seekable"));
        }
        let (offset, whence) = match whence {
            0 => (offset, 0),
            1 if offset != 0 => return Err(unsupported("can't do nonzero cur-relative seeks")),
            1 => (self.tell()?, 0),
            2 if offset != 0 => return Err(unsupported("can't do nonzero end-relative seeks")),
            2 => (0, 2),
            _ => return Err(value_error!("invalid whence ({whence}, should be 0, 1 or 2)")),
        };
        if offset < 0 {
            return Err(value_error!("negative seek position {offset}"));
        }
        self.flush()?;
        let place = call_named(&self.below()?, "seek", &[int::new(offset), int::new(whence)])?;
        self.forget_input();
        let place = super::offset_argument(&place)?;
        self.started.set(place != 0);
        self.newlines.set(0);
        self.telling.set(self.seekable.get());
        Ok(place)
    }

    /// Bytes of the buffers.
    pub(super) fn storage_bytes(&self) -> usize {
        self.pending.with(Buffer::storage_bytes) + self.input.with(Buffer::storage_bytes)
    }
}
