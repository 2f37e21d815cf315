//! `_json.Scanner`: from text to objects.

use hashbrown::HashTable;
use ouro_heap::{Payload, Ref, units::bytes_of};
use ouro_vm::{
    error::{Raised, Res, raise_with},
    native::{Args, NativeDef},
    objects::{
        bool_,
        class::{Class, ClassDef, member},
        dict,
        exception::ExceptionKind,
        float, int, list,
        slots::Slots,
        str::{self, Str, StrExt},
        tuple,
        units::Unit,
    },
    protocol::{
        call,
        object::{self, NativeCall},
    },
    state::{class_of, shared},
    types, value_error,
};
use smallvec::SmallVec;

use super::{
    check_most, in_units,
    reading::{decode_error, plain_end, read_string},
    size, text_of,
};
use crate::support::{attribute_text, make, parameters, this};

/// How JSON texts are read.
#[derive(Payload)]
#[payload(types::JSON_SCANNER)]
pub(super) struct Scanner {
    strict: bool,
    object_hook: Ref,
    object_pairs_hook: Ref,
    parse_float: Ref,
    parse_int: Ref,
    parse_constant: Ref,
}

static MAKE_SCANNER: NativeDef = parameters("make_scanner", "(context)");
static SCAN_ONCE: NativeDef = parameters("scan_once", "(string, idx)");

fn new_slot(class: &Ref<Class>, args: Args) -> Res {
    check_most(&MAKE_SCANNER, args)?;
    let values = MAKE_SCANNER.bind(args)?;
    let context = values[0].as_ref().expect("a required parameter");
    let scanner = Scanner {
        strict: object::is_true(&attribute_text(context, "strict")?)?,
        object_hook: attribute_text(context, "object_hook")?,
        object_pairs_hook: attribute_text(context, "object_pairs_hook")?,
        parse_float: attribute_text(context, "parse_float")?,
        parse_int: attribute_text(context, "parse_int")?,
        parse_constant: attribute_text(context, "parse_constant")?,
    };
    Ok(make(class, scanner))
}

/// `scan_once(string, idx)`: the value that begins at a place, and where it ends.
fn call_slot(object: &Ref, args: Args) -> Res {
    check_most(&SCAN_ONCE, args)?;
    let values = SCAN_ONCE.bind(args)?;
    let [Some(text), Some(start)] = &values[..] else { unreachable!("both parameters are required") };
    let start = size(start)?;
    let text = text_of(text)?;
    let Ok(start) = usize::try_from(start) else { return Err(value_error!("idx cannot be negative")) };
    let scanner = this::<Scanner>(object);
    let (value, end) = in_units!(text, |units| Scan::new(scanner, text, units, start).run()?);
    Ok(tuple::pair(value, int::from_usize(end)))
}

/// `_json.Scanner`
pub(super) static SCANNER: ClassDef = ClassDef {
    module: "_json",
    slots: Slots { new: Some(new_slot), call: Some(call_slot), ..Slots::NONE },
    getset: &[
        member("strict", |object| Ok(bool_::new(this::<Scanner>(object).strict)), "strict"),
        member("object_hook", |object| Ok(this::<Scanner>(object).object_hook.clone()), "object_hook"),
        member("object_pairs_hook", |object| Ok(this::<Scanner>(object).object_pairs_hook.clone()), ""),
        member("parse_float", |object| Ok(this::<Scanner>(object).parse_float.clone()), "parse_float"),
        member("parse_int", |object| Ok(this::<Scanner>(object).parse_int.clone()), "parse_int"),
        member(
            "parse_constant",
            |object| Ok(this::<Scanner>(object).parse_constant.clone()),
            "parse_constant",
        ),
    ],
    doc: "JSON scanner object",
    ..ClassDef::new::<Scanner>(types::JSON_SCANNER, "Scanner")
};

/// One run over a text.
struct Scan<'a, T> {
    scanner: &'a Scanner,
    text: &'a Ref<Str>,
    units: &'a [T],
    at: usize,
    /// The names of members that came up: equal ones are one object.
    names: HashTable<Ref<Str>>,
    plain_int: bool,
    plain_float: bool,
}

impl<'a, T: Unit> Scan<'a, T> {
    fn new(scanner: &'a Scanner, text: &'a Ref<Str>, units: &'a [T], at: usize) -> Scan<'a, T> {
        Scan {
            scanner,
            text,
            units,
            at,
            names: HashTable::new(),
            plain_int: scanner.parse_int.is(class_of(types::INT).as_any()),
            plain_float: scanner.parse_float.is(class_of(types::FLOAT).as_any()),
        }
    }

    fn run(mut self) -> Res<(Ref, usize)> {
        let value = self.value()?;
        Ok((value, self.at))
    }

    /// The character at a place; 0, which begins nothing, at the end and for those beyond ASCII.
    #[inline(always)]
    fn byte(&self, place: usize) -> u8 {
        self.units.get(place).map_or(0, |unit| if unit.code() < 0x80 { unit.code() as u8 } else { 0 })
    }

    #[inline(always)]
    fn skip_space(&mut self) {
        while matches!(self.byte(self.at), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// StopIteration, which the caller in Python makes "Expecting value" of.
    #[cold]
    fn no_value(&self, place: usize) -> Raised {
        raise_with(ExceptionKind::StopIteration, vec![int::from_usize(place)])
    }

    #[cold]
    fn fault(&self, message: &str, place: usize) -> Raised {
        decode_error(message, self.text, place as isize)
    }

    /// Whether a word stands here; goes behind it.
    fn takes(&mut self, word: &[u8]) -> bool {
        let found = self
            .units
            .get(self.at..self.at + word.len())
            .is_some_and(|units| units.iter().zip(word).all(|(unit, &byte)| unit.code() == u32::from(byte)));
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self) -> Res {
        match self.byte(self.at) {
            b'"' => self.string(),
            b'{' => {
                let _call = NativeCall::enter(" while decoding a JSON object from a unicode string")?;
                self.at += 1;
                self.object()
            }
            b'[' => {
                let _call = NativeCall::enter(" while decoding a JSON array from a unicode string")?;
                self.at += 1;
                self.array()
            }
            b'n' if self.takes(b"null") => Ok(shared().none.clone()),
            b't' if self.takes(b"true") => Ok(shared().true_.clone()),
            b'f' if self.takes(b"false") => Ok(shared().false_.clone()),
            b'N' if self.takes(b"NaN") => self.constant("NaN"),
            b'I' if self.takes(b"Infinity") => self.constant("Infinity"),
            b'-' if self.takes(b"-Infinity") => self.constant("-Infinity"),
            _ => self.number(),
        }
    }

    fn constant(&self, name: &str) -> Res {
        call::call(&self.scanner.parse_constant, &[str::intern(name).into_any()])
    }

    fn string(&mut self) -> Res {
        let (value, next) = read_string(self.text, self.units, self.at + 1, self.scanner.strict)?;
        self.at = next;
        Ok(value.into_any())
    }

    /// The name of a member, at its opening quote.
    fn name(&mut self) -> Res<Ref<Str>> {
        let start = self.at + 1;
        if size_of::<T>() == 1 {
            let stop = plain_end(self.units, start, self.scanner.strict);
            if self.byte(stop) == b'"' {
                self.at = stop + 1;
                let bytes = &self.text.storage()[start..stop];
                let hash = str::hash_bytes(bytes) as u64;
                let same = |name: &Ref<Str>| name.latin1() == Some(bytes);
                if let Some(name) = self.names.find(hash, same) {
                    return Ok(name.clone());
                }
                let name = str::substring(self.text, start, stop);
                self.names.insert_unique(hash, name.clone(), |name| name.hash_value() as u64);
                return Ok(name);
            }
        }
        let (name, next) = read_string(self.text, self.units, start, self.scanner.strict)?;
        self.at = next;
        let hash = name.hash_value() as u64;
        if let Some(known) = self.names.find(hash, |known| str::equal(known, &name)) {
            return Ok(known.clone());
        }
        self.names.insert_unique(hash, name.clone(), |name| name.hash_value() as u64);
        Ok(name)
    }

    /// An array, behind its bracket.
    fn array(&mut self) -> Res {
        let values = list::empty();
        self.skip_space();
        if self.byte(self.at) == b']' {
            self.at += 1;
            return Ok(values.into_any());
        }
        loop {
            let value = self.value()?;
            values.push(value)?;
            if self.ends(b']', "Illegal trailing comma before end of array")? {
                return Ok(values.into_any());
            }
        }
    }

    /// Goes behind the comma or the bracket that follows a value; whether it was the bracket.
    #[inline]
    fn ends(&mut self, bracket: u8, trailing: &str) -> Res<bool> {
        self.skip_space();
        let separator = self.byte(self.at);
        if separator == bracket {
            self.at += 1;
            return Ok(true);
        }
        if separator != b',' {
            return Err(self.fault("Expecting ',' delimiter", self.at));
        }
        let comma = self.at;
        self.at += 1;
        self.skip_space();
        if self.byte(self.at) == bracket { Err(self.fault(trailing, comma)) } else { Ok(false) }
    }

    /// An object, behind its brace.
    fn object(&mut self) -> Res {
        let scanner = self.scanner;
        let none = &shared().none;
        if !scanner.object_pairs_hook.is(none) {
            let pairs = list::empty();
            self.members(|name, value| Ok(pairs.push(tuple::pair(name.into_any(), value))?))?;
            return call::call(&scanner.object_pairs_hook, &[pairs.into_any()]);
        }
        let members = dict::new();
        self.members(|name, value| dict::set(&members, name.as_any(), value))?;
        let members = members.into_any();
        if scanner.object_hook.is(none) { Ok(members) } else { call::call(&scanner.object_hook, &[members]) }
    }

    fn members(&mut self, mut put: impl FnMut(Ref<Str>, Ref) -> Res<()>) -> Res<()> {
        self.skip_space();
        if self.byte(self.at) == b'}' {
            self.at += 1;
            return Ok(());
        }
        loop {
            if self.byte(self.at) != b'"' {
                return Err(self.fault("Expecting property name enclosed in double quotes", self.at));
            }
            let name = self.name()?;
            self.skip_space();
            if self.byte(self.at) != b':' {
                return Err(self.fault("Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.skip_space();
            let value = self.value()?;
            put(name, value)?;
            if self.ends(b'}', "Illegal trailing comma before end of object")? {
                return Ok(());
            }
        }
    }

    /// Goes over digits; how many there were.
    #[inline]
    fn digits(&self, start: usize) -> usize {
        let rest = self.units.get(start..).unwrap_or_default();
        rest.iter().take_while(|unit| unit.code().wrapping_sub(u32::from(b'0')) < 10).count()
    }

    fn number(&mut self) -> Res {
        let start = self.at;
        let mut end = start + usize::from(self.byte(start) == b'-');
        end += match self.byte(end) {
            b'0' => 1,
            b'1'..=b'9' => self.digits(end),
            _ => return Err(self.no_value(start)),
        };
        let whole = end;
        if self.byte(end) == b'.' {
            let count = self.digits(end + 1);
            end += if count > 0 { count + 1 } else { 0 };
        }
        if matches!(self.byte(end), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            let count = self.digits(end + 1 + sign);
            end += if count > 0 { count + 1 + sign } else { 0 };
        }
        self.at = end;
        let units = &self.units[start..end];
        let copied: SmallVec<[u8; 32]>;
        let digits = if size_of::<T>() == 1 {
            bytes_of(units)
        } else {
            copied = units.iter().map(|unit| unit.code() as u8).collect();
            &copied[..]
        };
        if end == whole {
            if self.plain_int
                && let Some(value) = int::text::parse_plain(digits)
            {
                return Ok(int::new(value));
            }
            return call::call(&self.scanner.parse_int, &[str::from_latin1(digits).into_any()]);
        }
        if self.plain_float
            && let Some(value) = std::str::from_utf8(digits).ok().and_then(|text| text.parse().ok())
        {
            return Ok(float::new(value));
        }
        call::call(&self.scanner.parse_float, &[str::from_latin1(digits).into_any()])
    }
}
