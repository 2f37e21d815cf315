//! The slots of a class: what an operation on its instances calls, found without a dictionary.
//!
//! As CPython's `tp_*` fields: a built-in class names native functions, a class made at run time inherits the slots
//! of its bases and gets a `via_python` function for each special method that it defines.

use std::cell::Cell;

use ouro_bytecode::opcode::Comparison;
use ouro_heap::Ref;

use crate::{error::Res, native::Args, objects::class::Class};

/// One object in, one out.
pub type Unary = fn(&Ref) -> Res;
/// Two objects in, one out; `NotImplemented` where the operation does not know the other operand.
pub type Binary = fn(&Ref, &Ref) -> Res;
/// `a ** b % c`, c may be None.
pub type Ternary = fn(&Ref, &Ref, &Ref) -> Res;
/// `(instance, attribute)`
pub type GetAttr = fn(&Ref, &Ref) -> Res;
/// `(instance, attribute, value or nothing to delete)`
pub type SetAttr = fn(&Ref, &Ref, Option<&Ref>) -> Res<()>;
/// `(descriptor, instance or nothing, class or nothing)`
pub type DescrGet = fn(&Ref, Option<&Ref>, Option<&Ref>) -> Res;
/// `(instance, other, comparison)`
pub type RichCompare = fn(&Ref, &Ref, Comparison) -> Res;

/// How an object lends its memory to others: what `memoryview` and all that take bytes-like objects use.
pub struct BufferSlot {
    /// Lends the bytes to a function that runs no Python code.
    pub read: fn(&Ref, &mut dyn FnMut(&[u8])) -> Res<()>,
    /// The same to write; nothing if they never change.
    pub write: Option<fn(&Ref, &mut dyn FnMut(&mut [u8])) -> Res<()>>,
    /// Holds the memory where it is (`true`) or lets it go again.
    pub hold: fn(&Ref, bool),
    /// The format of an item, as `struct` writes it, and its size in bytes.
    pub item: fn(&Ref) -> (&'static str, usize),
}

impl BufferSlot {
    /// Single bytes that never change; `read` has to be given.
    pub const BYTES: BufferSlot =
        BufferSlot { read: |_, _| Ok(()), write: None, hold: |_, _| {}, item: |_| ("B", 1) };
}

macro_rules! slots {
    ($($name:ident: $kind:ty, $doc:literal;)*) => {
        /// The slots as a table of constants for a built-in class. Left out: inherited from the base.
        #[derive(Clone, Copy)]
        pub struct Slots { $(#[doc = $doc] pub $name: Option<$kind>,)* }

        impl Slots {
            /// No slot.
            pub const NONE: Slots = Slots { $($name: None),* };
        }

        /// The slots of a class object, changeable.
        pub struct SlotCells { $(#[doc = $doc] pub $name: Cell<Option<$kind>>,)* }

        impl SlotCells {
            /// All empty.
            pub fn new() -> SlotCells {
                SlotCells { $($name: Cell::new(None)),* }
            }

            /// Takes over those slots that the table has.
            pub fn fill(&self, table: &Slots) {
                $(if table.$name.is_some() { self.$name.set(table.$name); })*
            }

            /// Takes over the slots of a base that are still empty here.
            pub fn inherit(&self, base: &SlotCells) {
                $(if self.$name.get().is_none() { self.$name.set(base.$name.get()); })*
            }
        }

        impl Default for SlotCells {
            fn default() -> Self { Self::new() }
        }
    };
}

slots! {
    new: fn(&Ref<Class>, Args) -> Res, "`__new__`: makes an instance of the class (given) or of a subclass.";
    init: fn(&Ref, Args) -> Res<()>, "`__init__`";
    call: fn(&Ref, Args) -> Res, "`__call__`";
    repr: Unary, "`__repr__`";
    str: Unary, "`__str__`";
    hash: fn(&Ref) -> Res<i64>, "`__hash__`";
    compare: RichCompare, "`__lt__` and its five siblings";
    get_attr: GetAttr, "`__getattribute__`";
    set_attr: SetAttr, "`__setattr__` and `__delattr__`";
    descr_get: DescrGet, "`__get__`";
    descr_set: SetAttr, "`__set__` and `__delete__`: (descriptor, instance, value or nothing)";
    iter: Unary, "`__iter__`";
    next: fn(&Ref) -> Res<Option<Ref>>, "`__next__`: nothing at the end, without StopIteration";
    bool: fn(&Ref) -> Res<bool>, "`__bool__`";
    len: fn(&Ref) -> Res<usize>, "`__len__`";
    get_item: Binary, "`__getitem__`";
    set_item: fn(&Ref, &Ref, Option<&Ref>) -> Res<()>, "`__setitem__` and `__delitem__`: (container, key, value or nothing)";
    contains: fn(&Ref, &Ref) -> Res<bool>, "`__contains__`: (container, element)";
    concat: Binary, "`+` of sequences, tried after `add`";
    repeat: Binary, "`*` of sequences, tried after `mul`: (sequence, count object)";
    inplace_concat: Binary, "`+=` of sequences";
    inplace_repeat: Binary, "`*=` of sequences";
    add: Binary, "`__add__` and `__radd__`: either operand may be the instance";
    sub: Binary, "`__sub__`";
    mul: Binary, "`__mul__`";
    true_div: Binary, "`__truediv__`";
    floor_div: Binary, "`__floordiv__`";
    modulo: Binary, "`__mod__`";
    div_mod: Binary, "`__divmod__`";
    pow: Ternary, "`__pow__`";
    lshift: Binary, "`__lshift__`";
    rshift: Binary, "`__rshift__`";
    and: Binary, "`__and__`";
    or: Binary, "`__or__`";
    xor: Binary, "`__xor__`";
    mat_mul: Binary, "`__matmul__`";
    inplace_add: Binary, "`__iadd__`";
    inplace_sub: Binary, "`__isub__`";
    inplace_mul: Binary, "`__imul__`";
    inplace_true_div: Binary, "`__itruediv__`";
    inplace_floor_div: Binary, "`__ifloordiv__`";
    inplace_modulo: Binary, "`__imod__`";
    inplace_pow: Binary, "`__ipow__`";
    inplace_lshift: Binary, "`__ilshift__`";
    inplace_rshift: Binary, "`__irshift__`";
    inplace_and: Binary, "`__iand__`";
    inplace_or: Binary, "`__ior__`";
    inplace_xor: Binary, "`__ixor__`";
    inplace_mat_mul: Binary, "`__imatmul__`";
    neg: Unary, "`__neg__`";
    pos: Unary, "`__pos__`";
    abs: Unary, "`__abs__`";
    invert: Unary, "`__invert__`";
    index: Unary, "`__index__`";
    int: Unary, "`__int__`";
    float: Unary, "`__float__`";
    await_: Unary, "`__await__`";
    aiter: Unary, "`__aiter__`";
    anext: Unary, "`__anext__`";
    buffer: &'static BufferSlot, "The memory that the object lends.";
}
