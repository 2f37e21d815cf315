//! The constants of a code object, each stored once.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use crate::Map;
use ouro_syntax::ast::{self, IntLiteral};

use crate::code::Constant;

/// A constant under the equality that merges constants: types and signs of zero are kept apart.
#[derive(Clone, Debug)]
pub struct ConstantKey(
    /// The constant.
    pub Constant,
);

impl PartialEq for ConstantKey {
    fn eq(&self, other: &ConstantKey) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for ConstantKey {}

impl Hash for ConstantKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.0, state);
    }
}

/// Whether two constants may be one object.
pub(super) fn same(a: &Constant, b: &Constant) -> bool {
    use Constant as C;
    match (a, b) {
        (C::None, C::None) | (C::Ellipsis, C::Ellipsis) => true,
        (C::Bool(a), C::Bool(b)) => a == b,
        (C::Int(a), C::Int(b)) => a == b,
        (C::BigInt(a), C::BigInt(b)) => a == b,
        (C::Float(a), C::Float(b)) => a.to_bits() == b.to_bits(),
        (C::Complex(a, b), C::Complex(c, d)) => a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits(),
        (C::Str { wtf8: a, .. }, C::Str { wtf8: b, .. }) | (C::Bytes(a), C::Bytes(b)) => a == b,
        (C::Tuple(a), C::Tuple(b)) | (C::FrozenSet(a), C::FrozenSet(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b))
        }
        (C::Slice(a), C::Slice(b)) => a.iter().zip(b.iter()).all(|(a, b)| same(a, b)),
        (C::Code(a), C::Code(b)) => Rc::ptr_eq(a, b),
        _ => false,
    }
}

/// Whether two constants are equal as keys of a dictionary.
pub(super) fn equal(a: &Constant, b: &Constant) -> bool {
    same(a, b) || complex(a).is_some_and(|a| complex(b) == Some(a))
}

/// The real and imaginary part of a number, if floats hold it exactly.
fn complex(constant: &Constant) -> Option<(f64, f64)> {
    const EXACT: i64 = 1 << f64::MANTISSA_DIGITS;
    Some(match *constant {
        Constant::Bool(value) => (f64::from(u8::from(value)), 0.0),
        Constant::Int(value) if (-EXACT..=EXACT).contains(&value) => (value as f64, 0.0),
        Constant::Float(value) => (value, 0.0),
        Constant::Complex(real, imaginary) => (real, imaginary),
        _ => return None,
    })
}

fn hash<H: Hasher>(constant: &Constant, state: &mut H) {
    std::mem::discriminant(constant).hash(state);
    match constant {
        Constant::None | Constant::Ellipsis => {}
        Constant::Bool(value) => value.hash(state),
        Constant::Int(value) => value.hash(state),
        Constant::BigInt(digits) => digits.hash(state),
        Constant::Float(value) => value.to_bits().hash(state),
        Constant::Complex(real, imaginary) => (real.to_bits(), imaginary.to_bits()).hash(state),
        Constant::Str { wtf8: bytes, .. } | Constant::Bytes(bytes) => bytes.hash(state),
        Constant::Tuple(items) | Constant::FrozenSet(items) => items.iter().for_each(|i| hash(i, state)),
        Constant::Slice(items) => items.iter().for_each(|i| hash(i, state)),
        Constant::Code(code) => Rc::as_ptr(code).hash(state),
    }
}

/// The constants in the order of their numbers.
#[derive(Default)]
pub(super) struct ConstantPool {
    list: Vec<Constant>,
    index: Map<ConstantKey, u32>,
}

impl ConstantPool {
    pub(super) fn add(&mut self, constant: Constant) -> u32 {
        let next = self.list.len() as u32;
        let key = ConstantKey(constant);
        if let Some(&i) = self.index.get(&key) {
            return i;
        }
        self.list.push(key.0.clone());
        self.index.insert(key, next);
        next
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn into_list(self) -> Vec<Constant> {
        self.list
    }
}

/// The names of a code object in the order of their numbers.
#[derive(Default)]
pub(super) struct NamePool {
    list: Vec<Rc<str>>,
    index: Map<Rc<str>, u32>,
}

impl NamePool {
    pub(super) fn add(&mut self, name: &Rc<str>) -> u32 {
        if let Some(&i) = self.index.get(name) {
            return i;
        }
        let next = self.list.len() as u32;
        self.list.push(name.clone());
        self.index.insert(name.clone(), next);
        next
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn into_list(self) -> Vec<Rc<str>> {
        self.list
    }
}

/// A string constant.
pub(super) fn string(text: &str) -> Constant {
    bytes_string(text.as_bytes())
}

/// A string constant from WTF-8. Strings that could be names are interned.
pub(super) fn bytes_string(wtf8: &[u8]) -> Constant {
    let intern = wtf8.iter().all(|&b| b.is_ascii_alphanumeric() || b == b'_');
    Constant::Str { wtf8: wtf8.into(), intern }
}

/// A constant of the tree as one of a code object.
pub(super) fn from_ast(value: &ast::Constant) -> Constant {
    match value {
        ast::Constant::None => Constant::None,
        ast::Constant::True => Constant::Bool(true),
        ast::Constant::False => Constant::Bool(false),
        ast::Constant::Ellipsis => Constant::Ellipsis,
        ast::Constant::Int(IntLiteral::Small(value)) => Constant::Int(*value),
        ast::Constant::Int(IntLiteral::Big { radix, digits }) => big_int(*radix, digits),
        ast::Constant::Float(value) => Constant::Float(*value),
        ast::Constant::Imaginary(value) => Constant::Complex(0.0, *value),
        ast::Constant::Str { value, .. } => bytes_string(value.as_bytes()),
        ast::Constant::Bytes(value) => Constant::Bytes((&**value).into()),
    }
}

/// A literal beyond 64 bits. Binary radices are converted by repeated division: literals are short, and the
/// decimal ones, which alone can be long in practice, need no conversion.
fn big_int(radix: u8, digits: &str) -> Constant {
    if radix == 10 {
        let digits = digits.trim_start_matches('0');
        return Constant::BigInt(digits.into());
    }
    const CHUNK: u64 = 1_000_000_000;
    let mut limbs: Vec<u32> = Vec::new();
    for digit in digits.chars().filter_map(|c| c.to_digit(u32::from(radix))) {
        let mut carry = u64::from(digit);
        for limb in &mut limbs {
            let value = u64::from(*limb) * u64::from(radix) + carry;
            *limb = (value % CHUNK) as u32;
            carry = value / CHUNK;
        }
        if carry > 0 {
            limbs.push(carry as u32);
        }
    }
    let mut text = limbs.last().map_or_else(|| "0".to_owned(), ToString::to_string);
    for limb in limbs.iter().rev().skip(1) {
        text.push_str(&format!("{limb:09}"));
    }
    Constant::BigInt(text.into())
}

/// The truth value of a constant.
pub(super) fn truth(constant: &Constant) -> bool {
    match constant {
        Constant::None => false,
        Constant::Bool(value) => *value,
        Constant::Int(value) => *value != 0,
        Constant::Float(value) => *value != 0.0,
        Constant::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
        Constant::Str { wtf8: bytes, .. } | Constant::Bytes(bytes) => !bytes.is_empty(),
        Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
        Constant::Ellipsis | Constant::BigInt(_) | Constant::Slice(_) | Constant::Code(_) => true,
    }
}
