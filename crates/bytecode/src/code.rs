//! Code objects as the compiler makes them: plain data, before the VM puts them on the heap.

use std::rc::Rc;

use crate::opcode::Op;

/// One 8-byte word of a code object: an instruction or the data that follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Word(pub u64);

impl Word {
    /// An instruction word.
    pub const fn instruction(op: Op, a: u16, b: u16, c: u16) -> Word {
        Word(op as u64 | (a as u64) << 16 | (b as u64) << 32 | (c as u64) << 48)
    }

    /// A data word of two halves.
    pub const fn data(lo: i32, hi: u32) -> Word {
        Word(lo as u32 as u64 | (hi as u64) << 32)
    }

    /// The operation number of an instruction word.
    pub const fn op(self) -> u16 {
        self.0 as u16
    }

    /// Operand a.
    pub const fn a(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// Operand b.
    pub const fn b(self) -> u16 {
        (self.0 >> 32) as u16
    }

    /// Operand c.
    pub const fn c(self) -> u16 {
        (self.0 >> 48) as u16
    }

    /// The jump offset that operands b and c hold together.
    pub const fn jump(self) -> i32 {
        (self.0 >> 32) as i32
    }

    /// The low half of a data word.
    pub const fn lo(self) -> i32 {
        self.0 as i32
    }

    /// The high half of a data word.
    pub const fn hi(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

/// A constant of a code object. Equal constants of one code object are stored once, types kept apart
/// (`1`, `1.0` and `True` are three), as CPython merges them.
#[derive(Clone, Debug)]
pub enum Constant {
    /// None
    None,
    /// True or False
    Bool(bool),
    /// ...
    Ellipsis,
    /// An int that fits in 64 bits.
    Int(i64),
    /// A larger int, as decimal digits, with a minus sign if it is negative.
    BigInt(Rc<str>),
    /// A float.
    Float(f64),
    /// A complex number: real and imaginary part.
    Complex(f64, f64),
    /// A string in WTF-8 (UTF-8 that may hold lone surrogates); `intern` where CPython interns it.
    Str {
        /// The text in WTF-8.
        wtf8: Rc<[u8]>,
        /// Whether the text looks like an identifier and is therefore interned.
        intern: bool,
    },
    /// A bytes object.
    Bytes(Rc<[u8]>),
    /// A tuple of constants.
    Tuple(Rc<[Constant]>),
    /// A frozenset of constants.
    FrozenSet(Rc<[Constant]>),
    /// A slice of None and ints, as the key of a `SubscrConst`.
    Slice(Rc<[Constant; 3]>),
    /// A nested code object.
    Code(Rc<Code>),
}

/// The `co_flags` of a code object, with CPython's numbers.
pub mod flags {
    /// Locals live in slots.
    pub const OPTIMIZED: u32 = 0x1;
    /// A new namespace for each call.
    pub const NEWLOCALS: u32 = 0x2;
    /// The function has `*args`.
    pub const VARARGS: u32 = 0x4;
    /// The function has `**kwargs`.
    pub const VARKEYWORDS: u32 = 0x8;
    /// The function is nested.
    pub const NESTED: u32 = 0x10;
    /// A generator.
    pub const GENERATOR: u32 = 0x20;
    /// A coroutine.
    pub const COROUTINE: u32 = 0x80;
    /// A generator that may be awaited.
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    /// An asynchronous generator.
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// `from __future__ import annotations`.
    pub const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
    /// The code object has a docstring as its first constant. CPython 3.13 does not show this flag in `co_flags`.
    pub const HAS_DOCSTRING: u32 = 0x400_0000;
    /// The function is a method defined in a class.
    pub const METHOD: u32 = 0x800_0000;
}

/// Where an instruction comes from. Lines count from 1, columns from 0 in UTF-8 bytes, as in `co_positions`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// First line; 0 for an instruction without one.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// First column.
    pub column: u32,
    /// Column behind the last character.
    pub end_column: u32,
}

/// A protected range of instructions. The innermost entry that covers an instruction is the *last* one of the
/// table that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First word covered.
    pub start: u32,
    /// First word behind the range.
    pub end: u32,
    /// Word where the handler starts.
    pub target: u32,
    /// The slot that receives the exception object. What it held, and all slots above it, are released on entry.
    pub slot: u16,
    /// The first temporary for numbers that is released on entry. Those before it belong to the expression around the
    /// range, which goes on behind the handler.
    pub numbers: u16,
}

/// What the slots of a code object are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalKind {
    /// A plain local variable.
    Plain,
    /// A local that an inner function captures: the slot holds a cell.
    Cell,
    /// The iteration variable of an inlined comprehension: not part of `locals()` or `co_varnames`.
    Hidden,
}

/// A compiled body: module, class, function, lambda, comprehension or annotation scope.
#[derive(Clone, Debug)]
pub struct Code {
    /// `co_name`
    pub name: Rc<str>,
    /// `co_qualname`
    pub qualname: Rc<str>,
    /// `co_filename`
    pub filename: Rc<str>,
    /// `co_firstlineno`
    pub first_line: u32,
    /// [`flags`]
    pub flags: u32,
    /// `co_argcount`: positional parameters, positional-only ones included.
    pub arg_count: u32,
    /// `co_posonlyargcount`
    pub positional_only_count: u32,
    /// `co_kwonlyargcount`
    pub keyword_only_count: u32,
    /// Names of the locals, slot by slot: parameters (positional, keyword-only, `*args`, `**kwargs`), then the others.
    pub locals: Vec<(Rc<str>, LocalKind)>,
    /// Names of the closure's cells, in the order of the closure tuple.
    pub free_names: Vec<Rc<str>>,
    /// Slots of the whole frame: locals, temporaries and call windows.
    pub frame_size: u16,
    /// Slots from 0 that must be released on return: the locals and the temporaries for numbers.
    pub clear_size: u16,
    /// Instructions and their data.
    pub words: Vec<Word>,
    /// Position of each word (those of data words repeat their instruction's).
    pub positions: Vec<Position>,
    /// Protected ranges, outer before inner.
    pub handlers: Vec<Handler>,
    /// Constants.
    pub constants: Vec<Constant>,
    /// Names of globals, attributes and imports.
    pub names: Vec<Rc<str>>,
}
