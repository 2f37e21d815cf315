//! The one opcode table: every instruction of the register machine, a line each.
//!
//! A line is `Name operands words "what it does"`. The enum, the encoder's widths, the disassembler and
//! the dispatch table of the VM all come from it.
//!
//! # Instruction format
//!
//! An instruction is one 8-byte word, `op: u16, a: u16, b: u16, c: u16`, followed by `words` extra words of
//! 8 bytes. Word 1 (the first extra word) is `lo: i32, hi: u32`; what the compiler writes there is said in
//! the operand list, the VM keeps its inline cache in the rest. Jump offsets count words from the start of
//! the jumping instruction itself.
//!
//! # Operands
//!
//! * `dst`  - a slot that the instruction writes. The new value is stored first, then the old one is released.
//! * `use`  - a slot that the instruction reads. Bit 15 ([`CONSUME`]) set means that the slot is a temporary
//!   that dies here: the instruction moves its value out or releases it and leaves the slot unbound. Bit 15
//!   clear means a borrow. Locals are never consumed. Bit 14 ([`KEEP`]) besides it allows the instruction to leave a
//!   number box in the slot that nothing else refers to. Such temporaries stand between the locals and all others, so
//!   that a call window never contains one.
//! * `base` - the first of several consecutive temporaries, all consumed.
//! * `slot` - a slot named as a place (a cell, an iterator, a saved exception).
//! * `k` - an index of a constant, `name` - an index of a name, `n` - a count or flag set.
//! * `@x` - the operand stands in word 1's `lo` (`@` alone: a jump offset); `^x` in word 1's `hi`.
//! * `jump` - a 32-bit jump offset in `b` (low half) and `c` (high half).
//!
//! A `dst` may name the slot of a `use` that dies in the same instruction, or a slot of the window or run of
//! temporaries that the instruction consumes: operands are taken out before the result is stored.
//!
//! The first data word of [`Op::CallMethod`] and [`Op::CallMethodKw`] has a place of its own, that of the
//! attribute: it is the place of an error in the lookup. [`Op::Send`] is always followed by a [`Op::Yield`] and a
//! [`Op::JumpBack`]: a generator that is suspended there delegates to the iterator in `Send`'s slot.
//!
//! Architecture Invariant: between two instructions every slot accounts for exactly one reference, and every
//! temporary that is not live is unbound, or is one for numbers and holds a box that only this slot refers to.

/// Marks a `use` operand as the last read of a temporary.
pub const CONSUME: u16 = 0x8000;

/// Together with [`CONSUME`]: the temporary is one of those for numbers, in which an instruction may leave a number box
/// that only this slot refers to, for the next result to be written over it.
pub const KEEP: u16 = 0x4000;

/// The number of the slot in an operand.
pub const SLOT: u16 = 0x3FFF;

/// With the comparison of [`Op::CompareJumpConst`]: the constant is the left operand, and the comparison is mirrored.
pub const CONSTANT_LEFT: u16 = 16;

/// With the number of live slots of [`Op::Yield`]: its destination is unbound and the instruction behind it clears that, so
/// that nothing uses what is sent.
pub const UNUSED: u16 = 0x8000;

/// The same for the yield behind a [`Op::Send`], which a generator that is suspended there delegates to.
pub const DELEGATES: u16 = 0x4000;

/// Words of a call window in front of the first argument: the callable and two words of frame linkage.
pub const WINDOW_HEADER: u16 = 3;

macro_rules! opcodes {
    ($($name:ident [$($operand:literal)*] $words:literal $doc:literal)*) => {
        /// An operation of the register machine.
        #[allow(clippy::enum_variant_names, reason = "the names say what the operations do")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u16)]
        pub enum Op { $(#[doc = $doc] $name),* }

        impl Op {
            /// Every operation in the order of its number.
            pub const ALL: &'static [Op] = &[$(Op::$name),*];

            /// The operation's name as the disassembler prints it.
            pub const fn name(self) -> &'static str {
                match self { $(Op::$name => stringify!($name)),* }
            }

            /// The operand kinds, in the order a, b, c, then those in the extra words.
            pub const fn operands(self) -> &'static [&'static str] {
                match self { $(Op::$name => &[$($operand),*]),* }
            }

            /// How many 8-byte words follow the instruction word.
            pub const fn extra_words(self) -> usize {
                match self { $(Op::$name => $words),* }
            }

            /// Whether control never goes on to the next instruction.
            pub const fn ends_flow(self) -> bool {
                use Op::*;
                matches!(self, Jump | JumpBack | Raise | Reraise | NotSupported | Halt)
                    || self.returns()
            }

            /// Whether a frame ends here with a result.
            pub const fn returns(self) -> bool {
                use Op::*;
                matches!(
                    self,
                    Return
                        | ReturnFromOne
                        | ReturnFromTwo
                        | ReturnFromThree
                        | ReturnFromFour
                        | ReturnFromFive
                        | ReturnFromSix
                        | ReturnFromMany
                ) || self.returns_constant()
            }

            /// Whether a frame ends here with a constant.
            pub const fn returns_constant(self) -> bool {
                use Op::*;
                matches!(
                    self,
                    ReturnConst
                        | ReturnConstFromOne
                        | ReturnConstFromTwo
                        | ReturnConstFromThree
                        | ReturnConstFromFour
                        | ReturnConstFromFive
                        | ReturnConstFromSix
                )
            }

            /// Whether the instruction has a jump offset in operands b and c; otherwise any offset is the
            /// low half of word 1.
            pub const fn jumps_in_word(self) -> bool {
                use Op::*;
                matches!(
                    self,
                    Jump | JumpBack | JumpIfTrue | JumpIfFalse | JumpIfNone | JumpIfNotNone | JumpIfUnbound
                )
            }

            /// Whether the instruction has a jump offset.
            pub const fn is_jump(self) -> bool {
                use Op::*;
                self.jumps_in_word()
                    || matches!(
                        self,
                        CompareJump
                            | CompareJumpConst
                            | IsJump
                            | ContainsJump
                            | QuantifierJump
                            | ForIter
                            | Send
                            | MatchException
                    )
            }

            /// One sentence on what the operation does.
            pub const fn doc(self) -> &'static str {
                match self { $(Op::$name => $doc),* }
            }
        }

        /// Calls back a macro with the list of all operations, for tables that are built elsewhere.
        #[macro_export]
        macro_rules! for_each_opcode {
            ($callback:ident) => { $callback! { $($name)* } };
        }
    };
}

opcodes! {
    // Moving values.
    Move            ["dst" "use"] 0             "Copies a slot that is certainly bound; moves it if consumed."
    MoveTemp        ["dst" "use"] 0             "Move of a temporary that is consumed."
    MoveChecked     ["dst" "use"] 0             "Copies a local; UnboundLocalError if it is unbound."
    Copy            ["dst" "use"] 0             "Either of the two into a temporary that keeps no boxes, and so is unbound."
    CheckBound      ["use"] 0                   "UnboundLocalError if the local is unbound; otherwise nothing."
    LoadConst       ["dst" "k"] 1               "Loads a constant; word 1 caches its address."
    Delete          ["slot"] 0                  "`del` of a local: UnboundLocalError if unbound, then releases it."
    Clear           ["slot"] 0                  "Releases whatever the slot holds, if anything."
    // Variables that are not plain locals.
    MakeCell        ["slot"] 0                  "Wraps the slot's value (or nothing) in a new cell."
    LoadCell        ["dst" "slot"] 0            "Reads the cell in a slot; NameError or UnboundLocalError if empty."
    StoreCell       ["slot" "use"] 0            "Writes the cell in a slot."
    DeleteCell      ["slot"] 0                  "Empties the cell in a slot; error if empty."
    LoadFree        ["dst" "n"] 0               "Reads a cell of the function's closure; NameError if empty."
    StoreFree       ["n" "use"] 0               "Writes a cell of the function's closure."
    DeleteFree      ["n"] 0                     "Empties a cell of the function's closure; error if empty."
    LoadClosure     ["dst" "n"] 0               "Loads the n-th cell object of the function's own closure."
    LoadGlobal      ["dst" "name"] 2            "Reads a global, then a builtin."
    StoreGlobal     ["name" "use"] 2            "Writes a global."
    DeleteGlobal    ["name"] 0                  "Deletes a global; NameError if missing."
    LoadName        ["dst" "name"] 2            "Reads from the frame's namespace, then globals, then builtins."
    StoreName       ["name" "use"] 2            "Writes to the frame's namespace."
    DeleteName      ["name"] 0                  "Deletes from the frame's namespace; NameError if missing."
    LoadNameOrCell  ["dst" "name" "n"] 0        "Class scope: the namespace first, then closure cell n (PEP 227)."
    LoadLocals      ["dst"] 0                   "Loads the frame's namespace mapping."
    LoadFromDictOrGlobals ["dst" "use" "name"] 0 "Looks a name up in a mapping, then globals and builtins."
    LoadFromDictOrFree ["dst" "use" "n"] 0      "Looks the name of closure cell n up in a mapping, then in the cell."
    // Attributes and items.
    LoadAttr        ["dst" "use" "name"] 2      "obj.name"
    StoreAttr       ["use" "use" "name"] 2      "obj.name = value: a is the object, b the value."
    DeleteAttr      ["use" "name"] 0            "del obj.name"
    LoadSuperMethod ["base" "base" "name" "@"] 1 "First half of super().name(...), b as for LoadSuperAttr and at a+3: a gets the function and a+3 self, or, where the attribute is no plain method, a gets the attribute and a+3 becomes unbound; @ as there."
    LoadSuperAttr   ["dst" "base" "name"] 1     "super().name: base holds the global `super`, the class and self; @ is 1 for the two-argument spelling."
    Subscr          ["dst" "use" "use"] 1       "container[key]"
    SubscrConst     ["dst" "use" "k"] 1         "container[constant]"
    StoreSubscr     ["use" "use" "use"] 1       "container[key] = value: a container, b key, c value."
    StoreSubscrConst ["use" "k" "use"] 1        "container[constant] = value: a container, c value."
    DeleteSubscr    ["use" "use"] 0             "del container[key]"
    BuildSlice      ["dst" "base" "n"] 0        "slice(base..base+n), n is 2 or 3."
    // Operators. The operator is a BinaryOperator number, 32 added for the in-place form.
    BinaryOp        ["dst" "use" "use" "@operator"] 1 "left op right"
    BinaryOpConst   ["dst" "use" "k" "@operator"] 1 "left op constant"
    UnaryOp         ["dst" "use" "n"] 1         "n is a UnaryOperator."
    Compare         ["dst" "use" "use" "@comparison"] 1 "left cmp right, giving an object."
    CompareConst    ["dst" "use" "k" "@comparison"] 1 "left cmp constant, giving an object."
    IsOp            ["dst" "use" "use" "@n"] 1  "left is right; n is 1 for `is not`."
    ContainsOp      ["dst" "use" "use" "@n"] 1  "left in right (b is the element, c the container); n is 1 for `not in`."
    // Jumps. A forward or backward offset; JumpBack polls for signals and pending collections. What a generator yields is
    // looked at where one of three operations takes it, whose numbers follow each other (see `Yield` in the loop).
    Jump            ["n" "jump"] 0              "Jumps forward; a is unused."
    JumpBack        ["n" "jump"] 0              "Jumps backward at the end of a loop; a is unused."
    JumpIfTrue      ["use" "jump"] 0            "Jumps if the value is true."
    JumpIfFalse     ["use" "jump"] 0            "Jumps if the value is false."
    Yield           ["dst" "use" "n"] 0         "Yields a value; on resumption dst gets what was sent. n is the number of slots (locals and temporaries) that are live, marked ([`UNUSED`]) if nothing uses what is sent."
    JumpIfNone      ["use" "jump"] 0            "Jumps if the value is None."
    JumpIfNotNone   ["use" "jump"] 0            "Jumps if the value is not None."
    JumpIfUnbound   ["slot" "jump"] 0           "Jumps if the slot is unbound."
    CompareJump     ["n" "use" "use" "@" "^cache"] 2 "Jumps if `left cmp right` is as a wants: a = comparison*2 + sense (1: jump if true)."
    CompareJumpConst ["n" "use" "k" "@" "^cache"] 2 "The same with a constant on the right, or with CONSTANT_LEFT."
    IsJump          ["n" "use" "use" "@"] 1     "Jumps if (left is right) == (a == 1)."
    ContainsJump    ["n" "use" "use" "@"] 1     "Jumps if (b in c) == (a == 1)."
    QuantifierJump  ["n" "use" "use" "@"] 1     "Jumps unless b is the builtin function any (a = 1) or all (a = 0) and c a generator; both are borrowed."
    // Building containers.
    BuildTuple      ["dst" "base" "n"] 0        "A tuple of n temporaries."
    BuildList       ["dst" "base" "n"] 0        "A list of n temporaries."
    BuildSet        ["dst" "base" "n"] 0        "A set of n temporaries."
    BuildMap        ["dst" "base" "n"] 0        "A dict of n pairs: key, value, key, value ..."
    BuildString     ["dst" "base" "n"] 0        "Joins n strings (the pieces of an f-string)."
    BuildConstList  ["dst" "k" "n"] 0           "A list (n=0), or a set (n=1), filled from a constant tuple or frozenset, as CPython builds literals of three or more constants."
    ListAppend      ["use" "use"] 0             "list.append, list borrowed."
    ListExtend      ["use" "use"] 0             "list.extend, for a starred item: TypeError `Value after * must be an iterable, not ...`."
    ListToTuple     ["dst" "use"] 0             "tuple(list)"
    SetAdd          ["use" "use"] 0             "set.add"
    SetUpdate       ["use" "use"] 0             "set.update"
    MapAdd          ["use" "use" "use"] 0       "dict[key] = value: a dict, b key, c value."
    DictUpdate      ["use" "use"] 0             "dict.update for `**` in a display: TypeError if not a mapping."
    DictMerge       ["use" "use" "use"] 0       "dict.update for `**` in a call: duplicate keys are an error; c is the callable, borrowed, for messages."
    FormatValue     ["dst" "use" "n"] 0         "format(value); n is a Conversion: 0 none, 1 str, 2 repr, 3 ascii."
    FormatSpec      ["dst" "use" "use" "@conversion"] 1 "format(value, spec)"
    // Unpacking and iteration.
    Unpack          ["base" "use" "n"] 1        "Unpacks exactly n items into base.. (item i in base+i): unbound temporaries, or locals."
    UnpackStar      ["base" "use" "n"] 1        "a, *b, c = ...: n = items before + 256 * items after; the list stands between them."
    GetIter         ["dst" "use"] 0             "iter(value)"
    ForIter         ["dst" "slot" "n" "@"] 2    "Writes the next item to dst, or at the end releases the iterator in slot and jumps."
    // Calls. A window is WINDOW_HEADER slots (callable, two reserved) and then the arguments, all temporaries.
    Call            ["dst" "base" "n"] 2        "Calls base with n positional arguments at base+3.."
    CallKw          ["dst" "base" "n" "@k"] 2   "The last len(constant @k) of the n arguments are keywords with the names in that constant tuple."
    CallMethod      ["dst" "base" "n" "@name"] 3 "Calls attribute @name of the object at base+3 with n further arguments at base+4.. (base..base+2 are reserved)."
    CallMethodKw    ["dst" "base" "n" "@name" "^k"] 4 "The same with keywords named by constant ^k."
    LoadMethod      ["base" "name"] 2           "First half of obj.name(...), obj at base+3: base gets the function and base+3 keeps obj, or, where the attribute is no plain method, base gets the attribute and base+3 becomes unbound."
    CallLoaded      ["dst" "base" "n"] 2        "Second half: calls base with the object at base+3, if there is one, and n arguments at base+4.."
    CallLoadedKw    ["dst" "base" "n" "@k"] 2   "The same with keywords named by constant @k."
    CallEx          ["dst" "base" "n"] 1        "f(*args, **kwargs): base callable, base+3 an iterable of arguments, base+4 a mapping if n is 1."
    // Functions and classes.
    MakeFunction    ["dst" "base" "n" "@k"] 1   "Makes a function of code constant @k; n's bits say which of defaults tuple (1), keyword defaults dict (2), annotations (4: a tuple of name, value pairs or dict), closure tuple of cells (8) stand at base.. in this order."
    LoadBuildClass  ["dst"] 0                   "builtins.__build_class__"
    SetupAnnotations [] 0                       "Makes sure that the frame's namespace has __annotations__."
    Return          ["use" "n"] 0               "Returns a value; only the first n slots can be bound."
    ReturnFromOne   ["use" "n"] 0               "Return where only the first slot can be bound."
    ReturnFromTwo   ["use" "n"] 0               "Return where only the first two slots can be bound."
    ReturnFromThree ["use" "n"] 0               "Return where only the first three slots can be bound."
    ReturnFromFour  ["use" "n"] 0               "Return where only the first four slots can be bound."
    ReturnFromFive  ["use" "n"] 0               "Return where only the first five slots can be bound."
    ReturnFromSix   ["use" "n"] 0               "Return where only the first six slots can be bound."
    ReturnFromMany  ["use" "n"] 0               "Return where n is more than six."
    ReturnConst     ["k" "n"] 1                 "Returns a constant; only the first n slots can be bound."
    ReturnConstFromOne ["k" "n"] 1                 "ReturnConst where only the first slot can be bound."
    ReturnConstFromTwo ["k" "n"] 1                 "ReturnConst where only the first two slots can be bound."
    ReturnConstFromThree ["k" "n"] 1                 "ReturnConst where only the first three slots can be bound."
    ReturnConstFromFour ["k" "n"] 1                 "ReturnConst where only the first four slots can be bound."
    ReturnConstFromFive ["k" "n"] 1                 "ReturnConst where only the first five slots can be bound."
    ReturnConstFromSix ["k" "n"] 1                 "ReturnConst where only the first six slots can be bound."
    // Generators and coroutines.
    ReturnGenerator [] 0                        "The first instruction of a generator's code: makes the generator object and returns it to the caller."
    GetYieldFromIter ["dst" "use"] 0            "The iterator of `yield from`."
    GetAwaitable    ["dst" "use" "n"] 0         "The iterator of `await`; n is 1 or 2 inside async with's enter or exit."
    Send            ["dst" "slot" "use" "@"] 2  "Sends a value to the sub-iterator in slot; dst is what it yields, or, when it ends, its result, and then jumps after releasing slot."
    GetAsyncIter    ["dst" "use"] 0             "type(value).__aiter__(value)"
    GetAsyncNext    ["dst" "use"] 0             "An awaitable of type(value).__anext__(value)."
    EndAsyncFor     ["slot" "use"] 0            "Releases the iterator in slot if the exception b is StopAsyncIteration, otherwise raises b again."
    WrapAsyncYield  ["dst" "use"] 0             "Wraps a value yielded by an async generator."
    // Exceptions. The table gives the handler's slot for the exception object.
    Raise           ["n" "use" "use"] 0         "raise: n = 0 bare, 1 exception b, 2 exception b from c."
    Reraise         ["use"] 0                   "Raises the exception again, traceback unchanged."
    PushHandled     ["slot" "use"] 0            "Saves the exception being handled in slot a and makes b (borrowed) the handled one."
    PopHandled      ["slot"] 0                  "Restores the handled exception that PushHandled saved in the slot, which becomes unbound."
    MatchException  ["n" "use" "use" "@"] 1     "Jumps if exception b does not match class or tuple c; a is unused. TypeError if c is no exception class."
    MatchGroup      ["base" "use" "use"] 0      "except*: splits exception b by class c; base gets the rest (or None), base+1 the match (or None)."
    ReraiseStar     ["dst" "use" "use"] 0       "except*: from the original exception b and the list c of raised ones, what is to be raised, or None."
    BeforeWith      ["dst" "slot" "use"] 0      "Looks up __enter__ and __exit__ of c; slot b gets the bound __exit__, dst the result of __enter__()."
    BeforeAsyncWith ["dst" "slot" "use"] 0      "The same with __aenter__ and __aexit__; dst gets the awaitable."
    WithExceptStart ["dst" "slot" "use"] 0      "Calls the __exit__ in slot with type, value and traceback of exception c (borrowed)."
    LoadAssertionError ["dst"] 0                "The class AssertionError, whatever the name means in the program."
    // Imports.
    ImportName      ["dst" "name" "k" "@n"] 1   "__import__(name, fromlist=constant c, level=@)"
    ImportFrom      ["dst" "use" "name"] 0      "from module import name (module borrowed or consumed)."
    ImportStar      ["use"] 0                   "from module import *"
    // Pattern matching.
    MatchSequence   ["dst" "use"] 0             "True if the value matches a sequence pattern's kind."
    MatchMapping    ["dst" "use"] 0             "True if the value matches a mapping pattern's kind."
    MatchKeys       ["dst" "use" "use"] 0       "A tuple of the values for the keys in tuple c, or None."
    MatchClass      ["dst" "use" "use" "@n" "^k"] 1 "A tuple of the attributes for class pattern c with n positional ones and the names in constant ^k, or None."
    GetLen          ["dst" "use"] 0             "len(value), value borrowed."
    CopyDictWithout ["dst" "use" "use"] 0       "A dict copy of b without the keys in tuple c (the rest of a mapping pattern)."
    // What is rare.
    PrintExpr       ["use"] 0                   "sys.displayhook(value), for interactive input."
    Intrinsic       ["dst" "base" "n" "@id"] 1  "A rarely used operation by number (see Intrinsic) on n temporaries at base.."
    Line            ["n"] 0                     "Tells who watches lines that the line of this instruction begins or, if n is 1, that the frame is about to be left; only in code compiled for that."
    NotSupported    ["k"] 0                     "Raises NotImplementedError with the constant as its message."
    Halt            [] 0                        "Leaves the interpreter loop; only the VM makes it."
    // Specialised forms, which the VM writes over the general ones. Same operands, same length; on a miss the general
    // form is written back.
    LoadConstCached ["dst" "k"] 1               "LoadConst with the constant's address in word 1."
    LoadConstFresh  ["dst" "k"] 1               "LoadConstCached into an unbound temporary."
    LoadConstStored ["dst" "k"] 1               "LoadConstFresh of what the next instruction stores as an item, which is done as well."
    LoadConstOn     ["dst" "k"] 1               "LoadConst of a number that goes on to the next instruction."
    LoadAttrSlotOn  ["dst" "use" "name"] 2      "LoadAttrSlotFresh of a number that goes on to the next instruction."
    SubscrListIntOn ["dst" "use" "use"] 1       "SubscrListIntFresh of a number that goes on to the next instruction."
    SubscrConstItemOn ["dst" "use" "k"] 1       "SubscrConstItem of a number that goes on to the next instruction."
    LoadFreeBound   ["dst" "n"] 0               "LoadFree of a variable that has a value."
    LoadCellBound   ["dst" "slot"] 0            "LoadCell of a variable that has a value."
    LoadGlobalOn    ["dst" "name"] 2            "LoadGlobalFresh of a number that goes on to the next instruction."
    LoadFreeOn      ["dst" "n"] 0               "LoadFreeBound of a number that goes on to the next instruction."
    LoadCellOn      ["dst" "slot"] 0            "LoadCellBound of a number that goes on to the next instruction."
    LoadGlobalLent  ["dst" "name"] 2            "LoadGlobalFresh of a number that is lent to an instruction further on."
    LoadFreeLent    ["dst" "n"] 0               "LoadFreeBound of a number that is lent to an instruction further on."
    LoadCellLent    ["dst" "slot"] 0            "LoadCellBound of a number that is lent to an instruction further on."
    LoadAttrSlotTempOn ["dst" "use" "name"] 2   "LoadAttrSlotTemp of a number that goes on to the next instruction."
    SubscrListIntTempOn ["dst" "use" "use"] 1   "SubscrListIntTemp of a number that goes on to the next instruction."
    SubscrConstItemTempOn ["dst" "use" "k"] 1   "SubscrConstItemOn where the container is a temporary."
    LoadAttrSlotLent ["dst" "use" "name"] 2     "LoadAttrSlotFresh of a number that is lent to an instruction further on."
    SubscrListIntLent ["dst" "use" "use"] 1     "SubscrListIntFresh of a number that is lent to an instruction further on."
    SubscrConstItemLent ["dst" "use" "k"] 1     "SubscrConstItem of a number that is lent to an instruction further on."
    LoadAttrSlotTempLent ["dst" "use" "name"] 2 "LoadAttrSlotTemp of a number that is lent to an instruction further on."
    SubscrListIntTempLent ["dst" "use" "use"] 1 "SubscrListIntTemp of a number that is lent to an instruction further on."
    SubscrConstItemTempLent ["dst" "use" "k"] 1 "SubscrConstItemLent where the container is a temporary."
    LoadGlobalFresh ["dst" "name"] 2            "LoadGlobalCached into an unbound temporary."
    LoadBuiltinFresh ["dst" "name"] 2           "LoadBuiltinCached into an unbound temporary."
    LoadGlobalCached ["dst" "name"] 2           "LoadGlobal of a key at a known place of the globals."
    LoadBuiltinCached ["dst" "name"] 2          "LoadGlobal of a key at a known place of the builtins, absent from the globals."
    StoreGlobalCached ["name" "use"] 2          "StoreGlobal of a key at a known place."
    StoreGlobalResult ["name" "use"] 2          "StoreGlobalCached of a temporary that keeps boxes: the variable's own box goes there."
    AddInt          ["dst" "use" "use" "@operator"] 1 "BinaryOp + of two ints."
    AddIntBoth      ["dst" "use" "use" "@operator"] 1 "AddInt of two temporaries that keep no boxes."
    SubIntBoth      ["dst" "use" "use" "@operator"] 1 "SubInt as AddIntBoth."
    MulIntBoth      ["dst" "use" "use" "@operator"] 1 "MulInt as AddIntBoth."
    AddIntReturned  ["dst" "use" "use" "@operator"] 1 "AddInt of a variable and a temporary that keeps no box."
    AddIntTemps ["dst" "use" "use" "@operator"] 1 "AddInt where an operand may be a temporary."
    SubInt          ["dst" "use" "use" "@operator"] 1 "BinaryOp - of two ints."
    SubIntTemps ["dst" "use" "use" "@operator"] 1 "SubInt where an operand may be a temporary."
    MulInt          ["dst" "use" "use" "@operator"] 1 "BinaryOp * of two ints."
    MulIntTemps ["dst" "use" "use" "@operator"] 1 "MulInt where an operand may be a temporary."
    ModInt          ["dst" "use" "use" "@operator"] 1 "BinaryOp % of two ints."
    ModIntTemps     ["dst" "use" "use" "@operator"] 1 "ModInt where an operand may be a temporary."
    AndInt          ["dst" "use" "use" "@operator"] 1 "BinaryOp & of two ints."
    AndIntTemps     ["dst" "use" "use" "@operator"] 1 "AndInt where an operand may be a temporary."
    OrInt           ["dst" "use" "use" "@operator"] 1 "BinaryOp | of two ints."
    OrIntTemps      ["dst" "use" "use" "@operator"] 1 "OrInt where an operand may be a temporary."
    XorInt          ["dst" "use" "use" "@operator"] 1 "BinaryOp ^ of two ints."
    XorIntTemps     ["dst" "use" "use" "@operator"] 1 "XorInt where an operand may be a temporary."
    ArithInt        ["dst" "use" "use" "@operator"] 1 "Any other BinaryOp of two ints that gives an int of 64 bits."
    ArithIntTemps ["dst" "use" "use" "@operator"] 1 "ArithInt where an operand may be a temporary."
    AddFloat        ["dst" "use" "use" "@operator"] 1 "BinaryOp + of two floats."
    AddFloatReturned ["dst" "use" "use" "@operator"] 1 "AddFloat as AddIntReturned."
    AddFloatTemps ["dst" "use" "use" "@operator"] 1 "AddFloat where an operand may be a temporary."
    SubFloat        ["dst" "use" "use" "@operator"] 1 "BinaryOp - of two floats."
    SubFloatTemps ["dst" "use" "use" "@operator"] 1 "SubFloat where an operand may be a temporary."
    MulFloat        ["dst" "use" "use" "@operator"] 1 "BinaryOp * of two floats."
    MulFloatTemps ["dst" "use" "use" "@operator"] 1 "MulFloat where an operand may be a temporary."
    DivFloat        ["dst" "use" "use" "@operator"] 1 "BinaryOp / of two floats."
    DivFloatTemps ["dst" "use" "use" "@operator"] 1 "DivFloat where an operand may be a temporary."
    AddIntOn        ["dst" "use" "use" "@operator"] 1 "AddIntTemps whose result goes on to the next instruction as a number."
    SubIntOn        ["dst" "use" "use" "@operator"] 1 "SubIntTemps whose result goes on to the next instruction as a number."
    MulIntOn        ["dst" "use" "use" "@operator"] 1 "MulIntTemps whose result goes on to the next instruction as a number."
    AndIntOn        ["dst" "use" "use" "@operator"] 1 "AndIntTemps whose result goes on to the next instruction as a number."
    OrIntOn         ["dst" "use" "use" "@operator"] 1 "OrIntTemps whose result goes on to the next instruction as a number."
    XorIntOn        ["dst" "use" "use" "@operator"] 1 "XorIntTemps whose result goes on to the next instruction as a number."
    ModIntOn        ["dst" "use" "use" "@operator"] 1 "ModIntTemps whose result goes on to the next instruction as a number."
    AddFloatOn      ["dst" "use" "use" "@operator"] 1 "AddFloatTemps whose result goes on to the next instruction as a number."
    SubFloatOn      ["dst" "use" "use" "@operator"] 1 "SubFloatTemps whose result goes on to the next instruction as a number."
    MulFloatOn      ["dst" "use" "use" "@operator"] 1 "MulFloatTemps whose result goes on to the next instruction as a number."
    DivFloatOn      ["dst" "use" "use" "@operator"] 1 "DivFloatTemps whose result goes on to the next instruction as a number."
    AddIntConstOn   ["dst" "use" "k" "@operator"] 1 "AddIntConstTemps whose result goes on to the next instruction as a number."
    SubIntConstOn   ["dst" "use" "k" "@operator"] 1 "SubIntConstTemps whose result goes on to the next instruction as a number."
    MulIntConstOn   ["dst" "use" "k" "@operator"] 1 "MulIntConstTemps whose result goes on to the next instruction as a number."
    FloorDivIntConstOn ["dst" "use" "k" "@operator"] 1 "FloorDivIntConstTemps whose result goes on to the next instruction as a number."
    ModIntConstOn   ["dst" "use" "k" "@operator"] 1 "ModIntConstTemps whose result goes on to the next instruction as a number."
    AndIntConstOn   ["dst" "use" "k" "@operator"] 1 "AndIntConstTemps whose result goes on to the next instruction as a number."
    ShlIntConstOn   ["dst" "use" "k" "@operator"] 1 "ShlIntConstTemps whose result goes on to the next instruction as a number."
    ShrIntConstOn   ["dst" "use" "k" "@operator"] 1 "ShrIntConstTemps whose result goes on to the next instruction as a number."
    FloatConstOn    ["dst" "use" "k" "@operator"] 1 "FloatConst whose result goes on to the next instruction as a number."
    IntFloatConstOn ["dst" "use" "k" "@operator"] 1 "IntFloatConst whose result goes on to the next instruction as a number."
    MixedFloat      ["dst" "use" "use" "@operator"] 1 "BinaryOp + - * / of a float and an int, in either order, or / of two ints."
    AddIntConst     ["dst" "use" "k" "@operator"] 1 "BinaryOpConst + of an int and a small int constant in word 1."
    AddIntConstTemps ["dst" "use" "k" "@operator"] 1 "AddIntConst where an operand may be a temporary."
    AddIntConstFresh ["dst" "use" "k" "@operator"] 1 "AddIntConst of a variable into an unbound temporary."
    SubIntConstFresh ["dst" "use" "k" "@operator"] 1 "SubIntConst of a variable into an unbound temporary."
    SubIntConst     ["dst" "use" "k" "@operator"] 1 "BinaryOpConst - of an int and a small int constant in word 1."
    SubIntConstTemps ["dst" "use" "k" "@operator"] 1 "SubIntConst where an operand may be a temporary."
    MulIntConst     ["dst" "use" "k" "@operator"] 1 "BinaryOpConst * of an int and a small int constant in word 1."
    MulIntConstTemps ["dst" "use" "k" "@operator"] 1 "MulIntConst where an operand may be a temporary."
    FloorDivIntConst ["dst" "use" "k" "@operator"] 1 "BinaryOpConst // of an int and a small int constant in word 1."
    FloorDivIntConstTemps ["dst" "use" "k" "@operator"] 1 "FloorDivIntConst where an operand may be a temporary."
    ModIntConst     ["dst" "use" "k" "@operator"] 1 "BinaryOpConst % of an int and a small int constant in word 1."
    ModIntConstTemps ["dst" "use" "k" "@operator"] 1 "ModIntConst where an operand may be a temporary."
    AndIntConst     ["dst" "use" "k" "@operator"] 1 "BinaryOpConst & of an int and a small int constant in word 1."
    AndIntConstTemps ["dst" "use" "k" "@operator"] 1 "AndIntConst where an operand may be a temporary."
    ModIntConstTest ["dst" "use" "k" "@operator"] 1 "ModIntConst together with the jump on its result that follows."
    ModIntConstTruth ["dst" "use" "k" "@operator"] 1 "ModIntConst of a variable together with the jump by its truth that follows."
    AndIntConstTruth ["dst" "use" "k" "@operator"] 1 "AndIntConst of a variable together with the jump by its truth that follows."
    AndIntConstTest ["dst" "use" "k" "@operator"] 1 "AndIntConst together with the jump on its result that follows."
    ShlIntConst     ["dst" "use" "k" "@operator"] 1 "BinaryOpConst << of an int and less than 63 places."
    ShlIntConstTemps ["dst" "use" "k" "@operator"] 1 "ShlIntConst where an operand may be a temporary."
    ShrIntConst     ["dst" "use" "k" "@operator"] 1 "BinaryOpConst >> of an int, or // by a power of two, with the places in word 1."
    ShrIntConstTemps ["dst" "use" "k" "@operator"] 1 "ShrIntConst where an operand may be a temporary."
    ArithIntConst   ["dst" "use" "k" "@operator"] 1 "Any other BinaryOpConst of an int and a small int constant in word 1."
    ArithIntConstTemps ["dst" "use" "k" "@operator"] 1 "ArithIntConst where an operand may be a temporary."
    FloatConst      ["dst" "use" "k" "@operator"] 1 "BinaryOpConst + - * / of a float and a float or int constant."
    AddStr          ["dst" "use" "use" "@operator"] 1 "BinaryOp + of two strings, in place where nothing else refers to the left one."
    AddStrConst     ["dst" "use" "k" "@operator"] 1 "BinaryOpConst + of two strings, as AddStr."
    NegateNumber    ["dst" "use" "n"] 1     "UnaryOp - of an int or float."
    NegateNumberOn  ["dst" "use" "n"] 1     "NegateNumber whose result goes on to the next instruction as a number."
    InvertInt       ["dst" "use" "n"] 1     "UnaryOp ~ of an int."
    InvertIntOn     ["dst" "use" "n"] 1     "InvertInt whose result goes on to the next instruction as a number."
    NotPlain        ["dst" "use" "n"] 1         "UnaryOp not of a built-in value whose truth is at hand."
    CompareInt      ["dst" "use" "use" "@comparison"] 1 "Compare of two ints."
    CompareIntConst ["dst" "use" "k" "@comparison"] 1 "CompareConst of two ints."
    IntFloatConst   ["dst" "use" "k" "@operator"] 1 "BinaryOpConst + - * / of an int and a float constant, or / of an int and an int constant."
    PowFloatConst   ["dst" "use" "k" "@operator"] 1 "BinaryOpConst ** of a positive float and a float constant."
    // First steps of loops that a jump back can take: the order of these matters to JumpBack.
    LtIntJump       ["n" "use" "use" "@" "^cache"] 2 "CompareJump: jumps if left < right, ints."
    LeIntJump       ["n" "use" "use" "@" "^cache"] 2 "CompareJump: jumps if left <= right, ints."
    EqIntJump       ["n" "use" "use" "@" "^cache"] 2 "CompareJump: jumps if left == right, ints."
    NeIntJump       ["n" "use" "use" "@" "^cache"] 2 "CompareJump: jumps if left != right, ints."
    GtIntJump       ["n" "use" "use" "@" "^cache"] 2 "CompareJump: jumps if left > right, ints."
    GeIntJump       ["n" "use" "use" "@" "^cache"] 2 "CompareJump: jumps if left >= right, ints."
    LtIntConstJump  ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst: jumps if left < constant, ints."
    LeIntConstJump  ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst: jumps if left <= constant, ints."
    EqIntConstJump  ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst: jumps if left == constant, ints."
    NeIntConstJump  ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst: jumps if left != constant, ints."
    GtIntConstJump  ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst: jumps if left > constant, ints."
    GeIntConstJump  ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst: jumps if left >= constant, ints."
    ForRange        ["dst" "slot" "n" "@"] 2    "ForIter over a range of 64-bit ints."
    ForList         ["dst" "slot" "n" "@"] 2    "ForIter over a list."
    ForGenerator    ["dst" "slot" "n" "@"] 2    "ForIter over a generator, entered without leaving the loop."
    ForTuple        ["dst" "slot" "n" "@"] 2    "ForIter over a tuple."
    ForStr          ["dst" "slot" "n" "@"] 2    "ForIter over an ASCII string."
    ForListPair     ["dst" "slot" "n" "@"] 2    "ForIter over a list of pairs, together with the unpacking that follows."
    // The same comparisons with operands that may be temporaries.
    LtIntJumpTemps      ["n" "use" "use" "@" "^cache"] 2 "LtIntJump where an operand may be a temporary."
    LeIntJumpTemps      ["n" "use" "use" "@" "^cache"] 2 "LeIntJump where an operand may be a temporary."
    EqIntJumpTemps      ["n" "use" "use" "@" "^cache"] 2 "EqIntJump where an operand may be a temporary."
    NeIntJumpTemps      ["n" "use" "use" "@" "^cache"] 2 "NeIntJump where an operand may be a temporary."
    GtIntJumpTemps      ["n" "use" "use" "@" "^cache"] 2 "GtIntJump where an operand may be a temporary."
    GeIntJumpTemps      ["n" "use" "use" "@" "^cache"] 2 "GeIntJump where an operand may be a temporary."
    LtIntConstJumpTemps ["n" "use" "k" "@" "^cache"] 2 "LtIntConstJump where the operand may be a temporary."
    LeIntConstJumpTemps ["n" "use" "k" "@" "^cache"] 2 "LeIntConstJump where the operand may be a temporary."
    EqIntConstJumpTemps ["n" "use" "k" "@" "^cache"] 2 "EqIntConstJump where the operand may be a temporary."
    NeIntConstJumpTemps ["n" "use" "k" "@" "^cache"] 2 "NeIntConstJump where the operand may be a temporary."
    GtIntConstJumpTemps ["n" "use" "k" "@" "^cache"] 2 "GtIntConstJump where the operand may be a temporary."
    GeIntConstJumpTemps ["n" "use" "k" "@" "^cache"] 2 "GeIntConstJump where the operand may be a temporary."
    FloatJump       ["n" "use" "use" "@" "^cache"] 2 "CompareJump of two floats."
    StrJump         ["n" "use" "use" "@" "^cache"] 2 "CompareJump of two strings."
    FloatConstJump  ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst of a float and a constant number in word 2."
    StrConstJump    ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst of a string and a string constant."
    EqNameJump      ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst: jumps if left == constant, interned strings, left borrowed."
    NeNameJump      ["n" "use" "k" "@" "^cache"] 2 "CompareJumpConst: jumps if left != constant, interned strings, left borrowed."
    ForDict         ["dst" "slot" "n" "@"] 2    "ForIter over the keys or values of a dictionary."
    ForNext         ["dst" "slot" "n" "@"] 2    "ForIter over any other iterator, whose type stands in word 2."
    ForZip          ["dst" "slot" "n" "@"] 2    "ForIter over zip of two lists, together with the unpacking that follows."
    ForZipThree     ["dst" "slot" "n" "@"] 2    "ForIter over zip with the Unpack into three that follows."
    ForEnumerate    ["dst" "slot" "n" "@"] 2    "ForIter over enumerate of a list, together with the unpacking that follows."
    ForDictItems    ["dst" "slot" "n" "@"] 2    "ForIter over the items of a dictionary, together with the unpacking that follows."
    UnpackPair      ["base" "use" "n"] 1        "Unpack of a tuple of two items."
    UnpackTriple    ["base" "use" "n"] 1        "Unpack of a tuple of three items."
    JumpBackRange   ["n" "jump"] 0              "JumpBack to a ForRange, with its step."
    JumpBackList    ["n" "jump"] 0              "JumpBack to a ForList, with its step."
    JumpBackGenerator ["n" "jump"] 0            "JumpBack to a ForGenerator, with its step."
    JumpBackTuple     ["n" "jump"] 0            "JumpBack to a ForTuple, with its step."
    JumpBackStr       ["n" "jump"] 0            "JumpBack to a ForStr, with its step."
    JumpBackListPair  ["n" "jump"] 0            "JumpBack to a ForListPair, with its step."
    JumpBackLtInt       ["n" "jump"] 0 "JumpBack to a LtIntJump, with its comparison."
    JumpBackLeInt       ["n" "jump"] 0 "JumpBack to a LeIntJump, with its comparison."
    JumpBackEqInt       ["n" "jump"] 0 "JumpBack to an EqIntJump, with its comparison."
    JumpBackNeInt       ["n" "jump"] 0 "JumpBack to a NeIntJump, with its comparison."
    JumpBackGtInt       ["n" "jump"] 0 "JumpBack to a GtIntJump, with its comparison."
    JumpBackGeInt       ["n" "jump"] 0 "JumpBack to a GeIntJump, with its comparison."
    JumpBackLtIntConst  ["n" "jump"] 0 "JumpBack to a LtIntConstJump, with its comparison."
    JumpBackLeIntConst  ["n" "jump"] 0 "JumpBack to a LeIntConstJump, with its comparison."
    JumpBackEqIntConst  ["n" "jump"] 0 "JumpBack to an EqIntConstJump, with its comparison."
    JumpBackNeIntConst  ["n" "jump"] 0 "JumpBack to a NeIntConstJump, with its comparison."
    JumpBackGtIntConst  ["n" "jump"] 0 "JumpBack to a GtIntConstJump, with its comparison."
    JumpBackGeIntConst  ["n" "jump"] 0 "JumpBack to a GeIntConstJump, with its comparison."
    SubscrListInt   ["dst" "use" "use"] 1       "list[int]"
    SubscrListIntFresh ["dst" "use" "use"] 1    "SubscrListInt of variables into an unbound temporary."
    SwapListItems   ["dst" "use" "use"] 1       "SubscrListIntFresh and three more: two items of a list change places."
    SubscrListIntTemp ["dst" "use" "use"] 1     "SubscrListInt of a temporary and a variable into an unbound temporary."
    SubscrTupleInt  ["dst" "use" "use"] 1       "tuple[int]"
    SubscrConstItem ["dst" "use" "k"] 1         "(list or tuple)[constant int]"
    SubscrStrInt    ["dst" "use" "use"] 1       "str[int] of a string whose characters are below 256."
    SubscrConstStr  ["dst" "use" "k"] 1         "The same at a constant index."
    SubscrConstDict ["dst" "use" "k"] 1         "dict[constant]"
    SubscrDict      ["dst" "use" "use"] 1       "dict[key]"
    StoreListInt    ["use" "use" "use"] 1       "list[int] = value"
    StoreListIntPlain ["use" "use" "use"] 1     "StoreListInt where list and index are variables."
    StoreListIntResult ["use" "use" "use"] 1    "StoreListInt of a temporary that keeps boxes: the item's own box goes there."
    StoreListIntTemp ["use" "use" "use"] 1      "StoreListInt where the list is a temporary."
    StoreListConst  ["use" "k" "use"] 1         "list[constant int] = value, where the list is a variable."
    StoreListConstResult ["use" "k" "use"] 1    "StoreListConst of a temporary that keeps boxes: the item's own box goes there."
    StoreListConstTemp ["use" "k" "use"] 1      "StoreListConst where the list is a temporary."
    StoreDict       ["use" "use" "use"] 1       "dict[key] = value"
    StoreDictConst  ["use" "k" "use"] 1         "dict[constant] = value"
    LoadAttrSlot    ["dst" "use" "name"] 2      "An attribute at a known place of an instance with a known shape."
    LoadAttrSlotFresh ["dst" "use" "name"] 2    "LoadAttrSlot of a variable into an unbound temporary."
    LoadAttrSlotNone ["dst" "use" "name"] 2     "LoadAttrSlotFresh and the JumpIfNone or JumpIfNotNone behind it."
    LoadAttrSlotTruth ["dst" "use" "name"] 2    "LoadAttrSlotFresh and the JumpIfTrue or JumpIfFalse behind it."
    LoadAttrSlotTemp ["dst" "use" "name"] 2     "LoadAttrSlot of a temporary into an unbound temporary."
    LoadAttrSlotTempTo ["dst" "use" "name"] 2   "LoadAttrSlot of a temporary into a variable."
    LoadAttrDict    ["dst" "use" "name"] 2      "An attribute in the dictionary of an instance with a known shape."
    StoreAttrDict   ["use" "use" "name"] 2      "Replaces an attribute in the dictionary of an instance with a known shape."
    LoadAttrClass   ["dst" "use" "name"] 2      "An attribute of the class of an instance with a known shape, no descriptor."
    LoadAttrVariable ["dst" "use" "name"] 2     "A plain value of a class, at a known place of its namespace."
    StoreAttrVariable ["use" "use" "name"] 2    "Replaces a plain value of a class, at a known place of its namespace."
    StoreAttrSlot   ["use" "use" "name"] 2      "Replaces the value of an attribute at a known place."
    StoreAttrSlotResult ["use" "use" "name"] 2  "StoreAttrSlot of a temporary that keeps boxes: the attribute's own box goes there."
    LoadAttrBound   ["dst" "use" "name"] 2      "A method of the class, bound to an instance with a known shape."
    LoadAttrOwnClass ["dst" "use" "name"] 2     "obj.__class__"
    LoadAttrTypeGetter ["dst" "use" "name"] 2   "What a descriptor of `type` computes of a class, as `__name__`."
    StoreAttrSlotTemp ["use" "use" "name"] 2    "StoreAttrSlot where the object is a temporary."
    StoreAttrAdd    ["use" "use" "name"] 2      "Adds the attribute that leads from a known shape to the next."
    CallFunction    ["dst" "base" "n"] 2        "Calls a Python function with exactly its positional parameters."
    CallClass       ["dst" "base" "n"] 2        "Makes an instance of a class whose __init__ is a Python function, and enters that."
    CallClassFields ["dst" "base" "n"] 2        "Makes an instance of a class whose __init__ only stores parameters and constants."
    CallNative      ["dst" "base" "n"] 2        "Calls a native function with positional arguments, their number checked before."
    CallNative1     ["dst" "base" "n"] 2        "CallNative of a function that takes its one argument as it is."
    CallNative2     ["dst" "base" "n"] 2        "CallNative of a function that takes its two arguments as they are."
    CallNative3     ["dst" "base" "n"] 2        "CallNative of a function that takes its three arguments as they are."
    CallBuiltinClass ["dst" "base" "n"] 2       "Calls a built-in class with positional arguments."
    CallBuiltinClass0 ["dst" "base" "n"] 2      "CallBuiltinClass without arguments, of a class that says how it is made."
    CallBuiltinClass1 ["dst" "base" "n"] 2      "CallBuiltinClass with one argument, of a class that says how it is made."
    CallBuiltinClass2 ["dst" "base" "n"] 2      "CallBuiltinClass with two arguments, of a class that says how it is made."
    CallBound       ["dst" "base" "n"] 2        "Calls a bound method of a Python function."
    CallBoundNative ["dst" "base" "n"] 2        "Calls a native method bound to its receiver."
    CallInstance    ["dst" "base" "n"] 2        "Calls an instance whose __call__ is a Python function."
    CallRange       ["dst" "base" "n"] 2        "Calls range with ints, together with the GetIter that follows."
    CallMethodFunction ["dst" "base" "n" "@name"] 3 "Calls a Python function found on the class of an instance with a known shape."
    CallMethodNative ["dst" "base" "n" "@name"] 3 "Calls a native method of a built-in type."
    CallMethodNative0 ["dst" "base" "n" "@name"] 3 "CallMethodNative without arguments."
    CallMethodNative1 ["dst" "base" "n" "@name"] 3 "CallMethodNative of a method that takes its one argument as it is."
    CallMethodNative2 ["dst" "base" "n" "@name"] 3 "CallMethodNative of a method that takes its two arguments as they are."
    LoadMethodCached ["base" "name"] 2          "LoadMethod of a function found on the class of an instance with a known shape."
    BinaryOpNative  ["dst" "use" "use" "@operator"] 1 "BinaryOp of objects of built-in types, whose native function is called."
    BinaryOpConstNative ["dst" "use" "k" "@operator"] 1 "BinaryOpConst of objects of built-in types, whose native function is called."
    CompareNative   ["dst" "use" "use" "@comparison"] 1 "Compare of two objects of one built-in type."
    CompareJumpNative ["n" "use" "use" "@" "^cache"] 2 "CompareJump of two objects of one built-in type."
    BinaryOpMethod  ["dst" "use" "use" "@operator"] 1 "BinaryOp whose left operand is an instance with a Python method for it."
    BinaryOpConstMethod ["dst" "use" "k" "@operator"] 1 "BinaryOpConst whose left operand is an instance with a Python method for it."
    SubscrMethod    ["dst" "use" "use"] 1       "Subscr of an instance whose __getitem__ is a Python function."
    SubscrConstMethod ["dst" "use" "k"] 1       "SubscrConst of an instance whose __getitem__ is a Python function."
    CallListAppend  ["dst" "base" "n" "@name"] 3 "CallMethod of list.append on a list."
    CallListPop     ["dst" "base" "n" "@name"] 3 "CallMethod of list.pop on a list, for the last item."
    CallDictGet     ["dst" "base" "n" "@name"] 3 "CallMethod of dict.get on a dict."
    CallSetAdd      ["dst" "base" "n" "@name"] 3 "CallMethod of set.add on a set."
    CallIsInstance  ["dst" "base" "n"] 2        "Call of the built-in isinstance with two arguments."
    CallTypeOf      ["dst" "base" "n"] 2        "Call of the class type with one argument."
    CallLen         ["dst" "base" "n"] 2        "Call of the built-in len."
    CallOrd         ["dst" "base" "n"] 2        "Call of the built-in ord."
    CallChr         ["dst" "base" "n"] 2        "Call of the built-in chr."
    CallStr         ["dst" "base" "n"] 2        "Call of str with one argument."
    CallKwFunction  ["dst" "base" "n" "@k"] 2   "CallKw of a Python function whose code is known."
    CallKwNative    ["dst" "base" "n" "@k"] 2   "CallKw of a native function."
    CallMethodKwFunction ["dst" "base" "n" "@name" "^k"] 4 "CallMethodKw of a Python function on an instance with a known shape."
    CallMethodKwNative ["dst" "base" "n" "@name" "^k"] 4 "CallMethodKw of a native method of a built-in type."
    LoadAttrType    ["dst" "use" "name"] 2      "An attribute of a class with a known version, no descriptor."
    CallMethodType  ["dst" "base" "n" "@name"] 3 "Calls what a class with a known version has: a static method, a class method, a function."
    LoadAttrModule  ["dst" "use" "name"] 2      "An attribute of a module at a known place of its namespace."
    CallMethodModule ["dst" "base" "n" "@name"] 3 "Calls what a module has at a known place of its namespace."
    CallModuleNative1 ["dst" "base" "n" "@name"] 3 "CallMethodModule of a native function that takes its one argument as it is."
    CallModuleNative2 ["dst" "base" "n" "@name"] 3 "CallMethodModule of a native function that takes its two arguments as they are."
    CallModuleNative3 ["dst" "base" "n" "@name"] 3 "CallMethodModule of a native function that takes its three arguments as they are."
    LoadAttrGetter  ["dst" "use" "name"] 2      "An attribute that a descriptor of a built-in kind computes, of an object whose class has a known version."
    CallNativePadded ["dst" "base" "n"] 2       "CallNative of a function with optional parameters that are left out, with one argument."
    CallMethodPadded0 ["dst" "base" "n" "@name"] 3 "CallMethodNative with optional parameters that are left out, without arguments."
    CallMethodPadded1 ["dst" "base" "n" "@name"] 3 "CallMethodNative with optional parameters that are left out, with one argument."
    CallMethodPadded2 ["dst" "base" "n" "@name"] 3 "CallMethodNative with optional parameters that are left out, with two arguments."
    LoadAttrPoly    ["dst" "use" "name"] 2      "LoadAttr that has met instances of several kinds."
    StoreAttrPoly   ["use" "use" "name"] 2      "StoreAttr that has met instances of several kinds."
    CallMethodPoly  ["dst" "base" "n" "@name"] 3 "CallMethod that has met instances of several kinds."
    LoadMethodPoly  ["base" "name"] 2           "LoadMethod that has met instances of several kinds."
    LoadMethodNative ["base" "name"] 2          "LoadMethod of a native method of a built-in type."
    LoadMethodModule ["base" "name"] 2          "LoadMethod of what a module has at a known place of its namespace."
    LoadMethodType  ["base" "name"] 2           "LoadMethod of what a class with a known version has: a static method, a class method, a function."
    CallLoadedAppend ["dst" "base" "n"] 2       "CallLoaded of list.append, whose address is in word 2."
    CallLoadedKwFunction ["dst" "base" "n" "@k"] 2 "CallLoadedKw of a Python function whose code is known."
}

/// The numbers of [`Op::BinaryOp`]'s operator; 32 is added for the in-place form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum BinaryOperator {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    TrueDiv,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `<<`
    LShift,
    /// `>>`
    RShift,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `@`
    MatMul,
}

/// The numbers of [`Op::UnaryOp`]'s operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum UnaryOperator {
    /// `-x`
    Neg,
    /// `+x`
    Pos,
    /// `~x`
    Invert,
    /// `not x`
    Not,
}

/// The numbers of [`Op::Compare`]'s comparison, in CPython's order of rich comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Comparison {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparison {
    /// The comparison that holds when the operands change sides.
    pub const fn mirrored(self) -> Comparison {
        match self {
            Comparison::Lt => Comparison::Gt,
            Comparison::Le => Comparison::Ge,
            Comparison::Eq => Comparison::Eq,
            Comparison::Ne => Comparison::Ne,
            Comparison::Gt => Comparison::Lt,
            Comparison::Ge => Comparison::Le,
        }
    }
}

/// The numbers of [`Op::Intrinsic`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Intrinsic {
    /// typing.TypeVar(name)
    TypeVar,
    /// typing.TypeVar(name, bound) with a lazy bound: name, function
    TypeVarWithBound,
    /// typing.TypeVar with constraints: name, function
    TypeVarWithConstraints,
    /// typing.ParamSpec(name)
    ParamSpec,
    /// typing.TypeVarTuple(name)
    TypeVarTuple,
    /// Sets the default of a type parameter: parameter, function
    SetTypeParamDefault,
    /// Generic[params]: tuple of parameters
    SubscriptGeneric,
    /// typing.TypeAliasType: name, type parameters or None, function
    TypeAlias,
    /// function.__type_params__ = tuple: function, tuple; gives the function
    SetFunctionTypeParams,
    /// Turns a StopIteration that leaves a generator into RuntimeError: exception; gives the exception to raise
    StopIterationError,
}
