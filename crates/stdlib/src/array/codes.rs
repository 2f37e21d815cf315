//! The type codes of arrays: how items of each become bytes and objects again.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    objects::{
        float,
        int::{self, IntValue},
        str::{self, Str, StrExt},
    },
    overflow_error,
    protocol::number,
    type_error, value_error,
};

/// What an array holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeCode {
    SignedChar,
    UnsignedChar,
    /// `u`, once a `wchar_t`: four bytes.
    WideChar,
    /// `w`
    Character,
    Short,
    UnsignedShort,
    Int,
    UnsignedInt,
    Long,
    UnsignedLong,
    LongLong,
    UnsignedLongLong,
    Float,
    Double,
}

use TypeCode::*;

/// All type codes, in CPython's order.
pub(super) const ALL: [(TypeCode, char); 14] = [
    (SignedChar, 'b'),
    (UnsignedChar, 'B'),
    (WideChar, 'u'),
    (Character, 'w'),
    (Short, 'h'),
    (UnsignedShort, 'H'),
    (Int, 'i'),
    (UnsignedInt, 'I'),
    (Long, 'l'),
    (UnsignedLong, 'L'),
    (LongLong, 'q'),
    (UnsignedLongLong, 'Q'),
    (Float, 'f'),
    (Double, 'd'),
];

impl TypeCode {
    pub(super) fn from_char(code: char) -> Res<TypeCode> {
        match ALL.iter().find(|(_, letter)| *letter == code) {
            Some((code, _)) => Ok(*code),
            None => Err(value_error!("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")),
        }
    }

    pub(super) fn letter(self) -> char {
        ALL[self as usize].1
    }

    /// The format of an item in the buffer protocol.
    pub(super) fn format(self) -> &'static str {
        ["b", "B", "w", "w", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d"][self as usize]
    }

    /// Bytes of an item.
    #[inline]
    pub(super) fn size(self) -> usize {
        match self {
            SignedChar | UnsignedChar => 1,
            Short | UnsignedShort => 2,
            WideChar | Character | Int | UnsignedInt | Float => 4,
            Long | UnsignedLong | LongLong | UnsignedLongLong | Double => 8,
        }
    }

    pub(super) fn is_text(self) -> bool {
        matches!(self, WideChar | Character)
    }

    /// Whether items are numbers of a known range without text or floats.
    pub(super) fn is_integer(self) -> bool {
        !self.is_text() && !matches!(self, Float | Double)
    }

    /// CPython's number for the machine format, used in pickles.
    pub(super) fn machine_format(self) -> i64 {
        match self {
            SignedChar => 1,
            UnsignedChar => 0,
            WideChar | Character => 20,
            Short => 4,
            UnsignedShort => 2,
            Int => 8,
            UnsignedInt => 6,
            Long | LongLong => 12,
            UnsignedLong | UnsignedLongLong => 10,
            Float => 14,
            Double => 16,
        }
    }

    /// The bytes of an item; the first [`TypeCode::size`] count.
    #[inline]
    pub(super) fn encode(self, object: &Ref) -> Res<[u8; 8]> {
        let mut bytes = [0; 8];
        match self {
            Double => {
                let value = match float::value(object) {
                    Some(value) => value,
                    None => number::to_float(object)?,
                };
                bytes = value.to_ne_bytes();
            }
            Float => {
                let value = match float::value(object) {
                    Some(value) => value,
                    None => number::to_float(object)?,
                };
                bytes[..4].copy_from_slice(&(value as f32).to_ne_bytes());
            }
            WideChar | Character => bytes[..4].copy_from_slice(&character(object)?.to_ne_bytes()),
            _ => {
                let value = self.integer(object)?;
                let all = value.to_ne_bytes();
                // The low bytes of the value stand first on machines that write numbers so.
                let start = if cfg!(target_endian = "big") { 8 - self.size() } else { 0 };
                bytes[..self.size()].copy_from_slice(&all[start..start + self.size()]);
            }
        }
        Ok(bytes)
    }

    /// An integer item as 64 bits, its range checked in CPython's words.
    #[inline]
    fn integer(self, object: &Ref) -> Res<u64> {
        if let Some(value) = int::as_i64(object)
            && self.range().is_some_and(|(low, high)| (low..=high).contains(&value))
        {
            return Ok(value as u64);
        }
        self.integer_slow(object)
    }

    /// The least and greatest value, as far as 64 bits with a sign can tell.
    fn range(self) -> Option<(i64, i64)> {
        Some(match self {
            SignedChar => (i8::MIN as i64, i8::MAX as i64),
            UnsignedChar => (0, u8::MAX as i64),
            Short => (i16::MIN as i64, i16::MAX as i64),
            UnsignedShort => (0, u16::MAX as i64),
            Int => (i32::MIN as i64, i32::MAX as i64),
            UnsignedInt => (0, u32::MAX as i64),
            Long | LongLong => (i64::MIN, i64::MAX),
            UnsignedLong | UnsignedLongLong => (0, i64::MAX),
            _ => return None,
        })
    }

    #[cold]
    fn integer_slow(self, object: &Ref) -> Res<u64> {
        let index = number::index_value(object)?;
        let value = int::value(&index).expect("an index is an int");
        let small = value.to_i64();
        if let (Some(small), Some((low, high))) = (small, self.range())
            && (low..=high).contains(&small)
        {
            return Ok(small as u64);
        }
        let unsigned = match value {
            IntValue::Small(_) => None,
            IntValue::Big(big) => u64::try_from(big).ok(),
        };
        let negative = value.is_negative();
        let less = |name: &str| {
            Err(overflow_error!(
                "{name} is {} than {}",
                if negative { "less" } else { "greater" },
                if negative { "minimum" } else { "maximum" }
            ))
        };
        let fits_int = small.is_some_and(|small| i32::try_from(small).is_ok());
        let fits_short = small.is_some_and(|small| i16::try_from(small).is_ok());
        match self {
            SignedChar | UnsignedChar | Short | UnsignedShort | Int if small.is_none() => {
                Err(overflow_error!("Python int too large to convert to C long"))
            }
            SignedChar if fits_short => less("signed char"),
            SignedChar | Short => less("signed short integer"),
            UnsignedChar => less("unsigned byte integer"),
            UnsignedShort if fits_int => less("unsigned short"),
            UnsignedShort | Int => less("signed integer"),
            UnsignedInt | UnsignedLong if negative => {
                Err(overflow_error!("can't convert negative value to unsigned int"))
            }
            UnsignedLong if unsigned.is_some() => Ok(unsigned.expect("checked")),
            UnsignedInt if small.is_some() || unsigned.is_some() => less("unsigned int"),
            UnsignedInt | UnsignedLong => {
                Err(overflow_error!("Python int too large to convert to C unsigned long"))
            }
            Long => Err(overflow_error!("Python int too large to convert to C long")),
            UnsignedLongLong if negative => Err(overflow_error!("can't convert negative int to unsigned")),
            UnsignedLongLong if unsigned.is_some() => Ok(unsigned.expect("checked")),
            _ => Err(overflow_error!("int too big to convert")),
        }
    }

    /// The object of an item's bytes.
    #[inline]
    pub(super) fn decode(self, bytes: &[u8]) -> Ref {
        macro_rules! number {
            ($kind:ty) => {
                <$kind>::from_ne_bytes(bytes.try_into().expect("an item of this size"))
            };
        }
        match self {
            SignedChar => int::new(number!(i8) as i64),
            UnsignedChar => int::new(bytes[0] as i64),
            Short => int::new(number!(i16) as i64),
            UnsignedShort => int::new(number!(u16) as i64),
            Int => int::new(number!(i32) as i64),
            UnsignedInt => int::new(number!(u32) as i64),
            Long | LongLong => int::new(number!(i64)),
            UnsignedLong | UnsignedLongLong => int::from_usize(number!(u64) as usize),
            Float => float::new(number!(f32) as f64),
            Double => float::new(number!(f64)),
            WideChar | Character => str::from_char(number!(u32).min(0x10_FFFF)).into_any(),
        }
    }
}

/// The code point of a string of one character.
fn character(object: &Ref) -> Res<u32> {
    match object.payload::<Str>() {
        Some(text) if text.char_count() == 1 => Ok(text.char_at(0)),
        _ => Err(type_error!("array item must be unicode character")),
    }
}
