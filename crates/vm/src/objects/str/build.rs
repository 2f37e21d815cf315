//! Making strings: from units, piece by piece, padded, repeated, joined.

use std::borrow::Cow;

use ouro_heap::{
    OutOfMemory, Ref,
    allocate::check_request,
    copy_bytes,
    units::{PlainUnit, bytes_of, units},
};

use super::{ASCII, Str, StrExt, WIDTH_MASK, Width, concat::put_widened, from_char, from_latin1, try_fresh};
use crate::{
    error::{Raised, Res, take_if},
    objects::{
        arguments::name_of,
        exception::ExceptionKind,
        list::List,
        tuple::Tuple,
        units::{Unit, edit},
    },
    protocol::iterate,
    state::shared,
    type_error,
};

/// Runs the same expression for the units of a string at each width: `in_units!(string, |units| units.len())`.
macro_rules! in_units {
    ($string:expr, |$units:ident| $body:expr) => {
        match $crate::objects::str::StrExt::width(&**$string) {
            $crate::objects::str::Width::One => {
                let $units: &[u8] = $string.storage();
                $body
            }
            $crate::objects::str::Width::Two => {
                let $units: &[u16] = ::ouro_heap::units::units($string.storage());
                $body
            }
            $crate::objects::str::Width::Four => {
                let $units: &[u32] = ::ouro_heap::units::units($string.storage());
                $body
            }
        }
    };
}
pub(crate) use in_units;

/// The same at a given width, with a function that gives a string's units at that width:
/// `at_width!(width, |view| search::find(&view(a), &view(b)))`.
macro_rules! at_width {
    ($width:expr, |$view:ident| $body:expr) => {
        match $width {
            $crate::objects::str::Width::One => {
                let $view = $crate::objects::str::build::units_as::<u8>;
                $body
            }
            $crate::objects::str::Width::Two => {
                let $view = $crate::objects::str::build::units_as::<u16>;
                $body
            }
            $crate::objects::str::Width::Four => {
                let $view = $crate::objects::str::build::units_as::<u32>;
                $body
            }
        }
    };
}
pub(crate) use at_width;

/// A string's characters as units that are at least as wide as its own.
#[inline(always)]
pub(crate) fn units_as<T: Unit>(string: &Ref<Str>) -> Cow<'_, [T]> {
    if size_of::<T>() == 1 << string.width() as usize {
        Cow::Borrowed(units(string.storage()))
    } else {
        Cow::Owned(widened(string))
    }
}

#[inline(never)]
fn widened<T: Unit>(string: &Str) -> Vec<T> {
    string.code_points().map(T::from_code).collect()
}

/// A string of units, in the narrowest form.
pub fn from_units<T: Unit>(text: &[T]) -> Res<Ref<Str>> {
    if size_of::<T>() == 1 {
        return latin1(bytes_of(text));
    }
    let most = text.iter().fold(0, |most, &unit| most | unit.into());
    if most < 0x100 {
        let bytes: Vec<u8> = text.iter().map(|&unit| unit.into() as u8).collect();
        return latin1(&bytes);
    }
    if size_of::<T>() == 4 && most < 0x1_0000 {
        let narrow: Vec<u16> = text.iter().map(|&unit| unit.into() as u16).collect();
        return wide(1, &narrow);
    }
    wide(if size_of::<T>() == 2 { 1 } else { 2 }, text)
}

fn latin1(bytes: &[u8]) -> Res<Ref<Str>> {
    check_length(bytes.len())?;
    Ok(from_latin1(bytes))
}

fn wide<T: PlainUnit>(info: u32, text: &[T]) -> Res<Ref<Str>> {
    let bytes = bytes_of(text);
    Ok(try_fresh(info, bytes.len(), |tail| tail.put(bytes))?)
}

/// Refuses a string whose storage would need so many bytes.
#[inline(always)]
pub fn check_length(bytes: usize) -> Result<(), OutOfMemory> {
    if bytes > u32::MAX as usize { Err(OutOfMemory) } else { check_request(bytes) }
}

/// A string with a fill character so often on either side.
pub fn pad(text: &Ref<Str>, left: usize, right: usize, fill: u32) -> Res<Ref<Str>> {
    if left == 0 && right == 0 {
        return Ok(super::substring(text, 0, text.char_count()));
    }
    if let Some(bytes) = text.latin1()
        && let Ok(unit) = u8::try_from(fill)
        && let Some(total) = left.checked_add(right).and_then(|added| added.checked_add(bytes.len()))
        && total > 1
    {
        check_length(total)?;
        let info = if unit.is_ascii() { text.info() & ASCII } else { 0 };
        return Ok(try_fresh(info, total, |tail| {
            tail.put_times(unit, left);
            tail.put(bytes);
            tail.put_times(unit, right);
        })?);
    }
    let width = text.width().max(width_of(fill));
    at_width!(width, |view| {
        let units = view(text);
        check_length(
            left.saturating_add(right).saturating_add(units.len()).saturating_mul(1 << width as usize),
        )?;
        from_units(&edit::pad(&units, left, right, unit_like(&units, fill))?)
    })
}

/// The unit for a code point in the width of some units.
fn unit_like<T: Unit>(_units: &[T], code: u32) -> T {
    T::from_code(code)
}

/// The narrowest width for a code point.
pub fn width_of(code: u32) -> Width {
    match code {
        0..0x100 => Width::One,
        0x100..0x1_0000 => Width::Two,
        _ => Width::Four,
    }
}

/// A string repeated.
pub fn repeat(text: &Ref<Str>, times: usize) -> Res<Ref<Str>> {
    let count = text.char_count();
    if times == 0 || count == 0 {
        return Ok(shared().empty_str.clone());
    }
    if times == 1 && text.as_any().is_exact::<Str>() {
        return Ok(text.clone());
    }
    let bytes = text.storage();
    let total = match bytes.len().checked_mul(times) {
        Some(total) if total <= isize::MAX as usize => total,
        _ => return Err(crate::overflow_error!("repeated string is too long")),
    };
    check_length(total)?;
    if total == 1 {
        return Ok(from_char(text.char_at(0)));
    }
    let info = text.width() as u32 | if text.is_ascii() { ASCII } else { 0 };
    Ok(try_fresh(info, total, |tail| match *bytes {
        [byte] => tail.put_times(byte, times),
        _ if times < 8 || bytes.len() > 32 => (0..times).for_each(|_| tail.put(bytes)),
        _ => fill(tail.zeroed(total), bytes),
    })?)
}

/// Fills a place with copies of a piece, of which it holds a whole number.
fn fill(storage: &mut [u8], piece: &[u8]) {
    if let [byte] = *piece {
        storage.fill(byte);
        return;
    }
    storage[..piece.len()].copy_from_slice(piece);
    let mut done = piece.len();
    while done < storage.len() {
        let length = done.min(storage.len() - done);
        storage.copy_within(..length, done);
        done += length;
    }
}

/// `separator.join(iterable)`.
pub fn join(separator: &Ref<Str>, iterable: &Ref) -> Res<Ref<Str>> {
    if let Some(list) = iterable.payload::<List>().filter(|_| iterable.is_exact::<List>()) {
        let joined = list.items.with(|items| join_ready(separator, items));
        return joined.map_err(|fault| fault.raise(|position| list.get(position)));
    }
    if let Some(tuple) = iterable.payload::<Tuple>().filter(|_| iterable.is_exact::<Tuple>()) {
        return join_items(separator, tuple.items());
    }
    let iterator = match iterate::iter(iterable) {
        Ok(iterator) => iterator,
        Err(raised) => {
            drop(take_if(raised, ExceptionKind::TypeError)?);
            return Err(type_error!("can only join an iterable"));
        }
    };
    join_items(separator, &iterate::collect(&iterator)?)
}

/// The same for items at hand.
pub fn join_items(separator: &Ref<Str>, items: &[Ref]) -> Res<Ref<Str>> {
    join_ready(separator, items).map_err(|fault| fault.raise(|position| items.get(position).cloned()))
}

/// Why items cannot be joined.
enum Fault {
    /// The item at this place is no string.
    NoString(usize),
    Memory(OutOfMemory),
}

impl Fault {
    #[cold]
    fn raise(self, item: impl Fn(usize) -> Option<Ref>) -> Raised {
        match self {
            Fault::NoString(position) => type_error!(
                "sequence item {position}: expected str instance, {} found",
                item(position).map(|item| name_of(&item)).unwrap_or_default()
            ),
            Fault::Memory(error) => error.into(),
        }
    }
}

impl From<OutOfMemory> for Fault {
    fn from(error: OutOfMemory) -> Fault {
        Fault::Memory(error)
    }
}

/// Joins items without raising, so that they may be borrowed meanwhile.
fn join_ready(separator: &Ref<Str>, items: &[Ref]) -> Result<Ref<Str>, Fault> {
    if let [only] = items
        && only.is_exact::<Str>()
        && let Some(text) = only.downcast::<Str>()
    {
        return Ok(text.clone());
    }
    if let Some(joined) = join_narrow(separator, items) {
        return Ok(joined?);
    }
    let own = separator.info();
    let (mut info, mut ascii) = if items.len() > 1 { (own & WIDTH_MASK, own & ASCII) } else { (0, ASCII) };
    let mut count = 0usize;
    for (position, item) in items.iter().enumerate() {
        let Some(text) = item.payload::<Str>() else {
            return Err(Fault::NoString(position));
        };
        info = info.max(text.info() & WIDTH_MASK);
        ascii &= text.info();
        count += text.char_count();
    }
    if items.len() > 1 {
        count = separator
            .char_count()
            .checked_mul(items.len() - 1)
            .and_then(|added| added.checked_add(count))
            .ok_or(OutOfMemory)?;
    }
    let bytes = count.checked_mul(1 << info).ok_or(OutOfMemory)?;
    check_length(bytes)?;
    if count <= 1 {
        let first = |text: &Str| text.code_points().next();
        let code = items.iter().filter_map(|item| item.payload::<Str>()).find_map(first);
        let code = code.or_else(|| if items.len() > 1 { first(separator) } else { None });
        return Ok(code.map_or_else(|| shared().empty_str.clone(), from_char));
    }
    let string = try_fresh(info | ascii, bytes, |tail| {
        let separator = Some(&**separator).filter(|separator| separator.char_count() > 0);
        for (position, item) in items.iter().enumerate() {
            if let Some(separator) = separator
                && position > 0
            {
                put_widened(separator, info, tail);
            }
            if let Some(text) = item.payload::<Str>() {
                put_widened(text, info, tail);
            }
        }
    })?;
    Ok(string)
}

/// The same for exact strings of narrow characters; nothing if not all are such, or for hardly any characters.
#[inline(always)]
fn join_narrow(separator: &Ref<Str>, items: &[Ref]) -> Option<Result<Ref<Str>, OutOfMemory>> {
    if items.len() < 2 {
        return None;
    }
    let (mut all, mut bytes) =
        (ASCII & separator.info(), separator.storage().len().checked_mul(items.len() - 1)?);
    let mut width = separator.info();
    for item in items {
        let text = item.payload::<Str>().filter(|_| item.is_exact::<Str>())?;
        width |= text.info();
        all &= text.info();
        bytes = bytes.checked_add(text.storage().len())?;
    }
    if width & WIDTH_MASK != 0 || bytes < 2 {
        return None;
    }
    if let Err(error) = check_length(bytes) {
        return Some(Err(error));
    }
    let separator = separator.storage();
    let texts =
        items.iter().filter_map(|item| if item.is_exact::<Str>() { item.payload::<Str>() } else { None });
    Some(try_fresh(all, bytes, |tail| {
        if separator.is_empty() {
            texts.for_each(|text| tail.put(text.storage()));
            return;
        }
        for (position, text) in texts.enumerate() {
            if position > 0 {
                tail.put(separator);
            }
            tail.put(text.storage());
        }
    }))
}

/// A string that grows at its end, as narrow as it can be.
#[derive(Debug)]
pub enum StrBuilder {
    /// Few characters below 256.
    Few(Few),
    /// Characters below 256.
    One(Vec<u8>),
    /// Characters below 65536.
    Two(Vec<u16>),
    /// Any characters.
    Four(Vec<u32>),
}

/// A short text that stands in the builder itself.
#[derive(Debug)]
pub struct Few {
    bytes: [u8; ROOM],
    len: usize,
}

const ROOM: usize = 96;

impl Few {
    const EMPTY: Few = Few { bytes: [0; ROOM], len: 0 };

    /// The place for so many more characters, if there is room for them.
    #[inline(always)]
    fn open(&mut self, more: usize) -> Option<&mut [u8]> {
        let place = self.bytes.get_mut(self.len..self.len.checked_add(more)?)?;
        self.len += more;
        Some(place)
    }

    fn units(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl Default for StrBuilder {
    fn default() -> Self {
        StrBuilder::Few(Few::EMPTY)
    }
}

impl StrBuilder {
    /// An empty one.
    pub fn new() -> StrBuilder {
        StrBuilder::default()
    }

    /// An empty one with room for so many characters of Latin-1.
    #[inline]
    pub fn with_capacity(capacity: usize) -> StrBuilder {
        if capacity <= ROOM {
            StrBuilder::Few(Few::EMPTY)
        } else {
            StrBuilder::One(Vec::with_capacity(capacity))
        }
    }

    /// The number of characters.
    #[inline]
    pub fn len(&self) -> usize {
        match self {
            StrBuilder::Few(few) => few.len,
            StrBuilder::One(units) => units.len(),
            StrBuilder::Two(units) => units.len(),
            StrBuilder::Four(units) => units.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Makes the units wide enough.
    fn widen_to(&mut self, width: Width) {
        fn wider<A: Copy + Into<B>, B>(units: &[A]) -> Vec<B> {
            units.iter().map(|&unit| unit.into()).collect()
        }
        match (&*self, width) {
            (StrBuilder::Few(few), Width::Two) => *self = StrBuilder::Two(wider(few.units())),
            (StrBuilder::Few(few), Width::Four) => *self = StrBuilder::Four(wider(few.units())),
            (StrBuilder::One(units), Width::Two) => *self = StrBuilder::Two(wider(units)),
            (StrBuilder::One(units), Width::Four) => *self = StrBuilder::Four(wider(units)),
            (StrBuilder::Two(units), Width::Four) => *self = StrBuilder::Four(wider(units)),
            _ => {}
        }
    }

    /// Makes room for so many more characters outside of the builder.
    #[cold]
    #[inline(never)]
    fn spill(&mut self, more: usize) {
        if let StrBuilder::Few(few) = self {
            let mut units = Vec::with_capacity((few.len + more).max(2 * ROOM));
            units.extend_from_slice(few.units());
            *self = StrBuilder::One(units);
        }
    }

    /// Appends a character.
    #[inline]
    pub fn push(&mut self, code: u32) {
        match self {
            StrBuilder::Few(few) if code < 0x100 => match few.open(1) {
                Some(place) => place[0] = code as u8,
                None => {
                    self.spill(1);
                    self.push(code);
                }
            },
            StrBuilder::One(units) if code < 0x100 => units.push(code as u8),
            StrBuilder::Two(units) if code < 0x1_0000 => units.push(code as u16),
            StrBuilder::Four(units) => units.push(code),
            _ => {
                self.widen_to(width_of(code));
                self.push(code);
            }
        }
    }

    /// Appends Latin-1 characters.
    #[inline(always)]
    pub fn push_latin1(&mut self, bytes: &[u8]) {
        if let StrBuilder::Few(few) = self
            && let Some(place) = few.open(bytes.len())
        {
            copy_bytes(place, bytes);
        } else {
            self.push_many(bytes);
        }
    }

    #[inline(never)]
    fn push_many(&mut self, bytes: &[u8]) {
        match self {
            StrBuilder::Few(_) => {
                self.spill(bytes.len());
                self.push_many(bytes);
            }
            StrBuilder::One(units) => units.extend_from_slice(bytes),
            StrBuilder::Two(units) => units.extend(bytes.iter().map(|&byte| u16::from(byte))),
            StrBuilder::Four(units) => units.extend(bytes.iter().map(|&byte| u32::from(byte))),
        }
    }

    /// Appends a text.
    pub fn push_text(&mut self, text: &str) {
        if text.is_ascii() {
            self.push_latin1(text.as_bytes())
        } else {
            text.chars().for_each(|c| self.push(c.into()))
        }
    }

    /// Appends the characters of a string from `start` to `end`.
    #[inline]
    pub fn push_part(&mut self, string: &Str, start: usize, end: usize) -> Result<(), OutOfMemory> {
        if let StrBuilder::Few(few) = self
            && let Some(bytes) = string.latin1()
            && let Some(place) = few.open(end - start)
        {
            copy_bytes(place, &bytes[start..end]);
            return Ok(());
        }
        self.push_long(string, start, end)
    }

    #[inline(never)]
    fn push_long(&mut self, string: &Str, start: usize, end: usize) -> Result<(), OutOfMemory> {
        if start == end {
            return Ok(());
        }
        check_length(self.len() + (end - start))?;
        match string.latin1() {
            Some(bytes) => self.push_latin1(&bytes[start..end]),
            None => self.push_wide(string, start, end),
        }
        Ok(())
    }

    fn push_wide(&mut self, string: &Str, start: usize, end: usize) {
        let step = 1 << string.width() as usize;
        let storage = &string.storage()[start * step..end * step];
        if step == 2 {
            units::<u16>(storage).iter().for_each(|&unit| self.push(unit.into()));
        } else {
            units::<u32>(storage).iter().for_each(|&unit| self.push(unit));
        }
    }

    /// Appends a string.
    #[inline]
    pub fn push_str(&mut self, string: &Str) -> Result<(), OutOfMemory> {
        self.push_part(string, 0, string.char_count())
    }

    /// Appends a character so many times.
    #[inline]
    pub fn push_times(&mut self, code: u32, times: usize) -> Result<(), OutOfMemory> {
        if times == 0 { Ok(()) } else { self.fill(code, times) }
    }

    fn fill(&mut self, code: u32, times: usize) -> Result<(), OutOfMemory> {
        self.widen_to(width_of(code));
        check_length(times.saturating_add(self.len()).saturating_mul(4))?;
        match self {
            StrBuilder::Few(few) => match few.open(times) {
                Some(place) => place.fill(code as u8),
                None => {
                    self.spill(times);
                    return self.fill(code, times);
                }
            },
            StrBuilder::One(units) => units.resize(units.len() + times, code as u8),
            StrBuilder::Two(units) => units.resize(units.len() + times, code as u16),
            StrBuilder::Four(units) => units.resize(units.len() + times, code),
        }
        Ok(())
    }

    /// The string.
    #[inline(always)]
    pub fn finish(self) -> Res<Ref<Str>> {
        match &self {
            StrBuilder::Few(few) => Ok(from_latin1(few.units())),
            many => many.finish_many(),
        }
    }

    #[inline(never)]
    fn finish_many(&self) -> Res<Ref<Str>> {
        match self {
            StrBuilder::Few(few) => Ok(from_latin1(few.units())),
            StrBuilder::One(units) => from_units(units),
            StrBuilder::Two(units) => from_units(units),
            StrBuilder::Four(units) => from_units(units),
        }
    }
}
