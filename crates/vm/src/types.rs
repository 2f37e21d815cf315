//! The fixed type indices of the built-in types: one line a type.

use ouro_heap::types::Spares;

macro_rules! type_indices {
    ($($name:ident)*) => {
        #[derive(Clone, Copy)]
        #[repr(u32)]
        #[allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms, reason = "only used to number the constants below")]
        enum Number { FREE, $($name),* }
        $(
            #[doc = concat!("The type index of the built-in type ", stringify!($name), ".")]
            pub const $name: u32 = Number::$name as u32;
        )*
        /// One more than the highest index in use.
        pub const COUNT: u32 = [$(Number::$name),*].len() as u32 + 1;
    };
}

type_indices! {
    // Values. INT is for ints of 64 bits, BIG_INT the same Python class for larger ones.
    INT BIG_INT BOOL FLOAT COMPLEX NONE ELLIPSIS NOT_IMPLEMENTED STR BYTES BYTEARRAY MEMORYVIEW
    TUPLE LIST DICT SET FROZENSET RANGE SLICE
    // The machinery of classes and calls.
    OBJECT TYPE FUNCTION CODE CELL METHOD BUILTIN_FUNCTION METHOD_DESCRIPTOR CLASS_METHOD_DESCRIPTOR
    WRAPPER_DESCRIPTOR METHOD_WRAPPER GETSET MEMBER PROPERTY STATIC_METHOD CLASS_METHOD SUPER MAPPING_PROXY
    MODULE NAMESPACE FRAME TRACEBACK GENERATOR COROUTINE ASYNC_GENERATOR ASYNC_GENERATOR_ASEND
    ASYNC_GENERATOR_ATHROW ASYNC_GENERATOR_WRAPPED_VALUE ANEXT_AWAITABLE COROUTINE_WRAPPER INSTANCE FRAME_LOCALS_PROXY
    // Iterators and views.
    SEQUENCE_ITERATOR CALLABLE_ITERATOR LIST_ITERATOR LIST_REVERSE_ITERATOR TUPLE_ITERATOR STR_ITERATOR STR_ASCII_ITERATOR BYTES_ITERATOR
    BYTEARRAY_ITERATOR RANGE_ITERATOR LONG_RANGE_ITERATOR SET_ITERATOR DICT_KEY_ITERATOR DICT_VALUE_ITERATOR
    DICT_ITEM_ITERATOR DICT_REVERSE_KEY_ITERATOR DICT_REVERSE_VALUE_ITERATOR DICT_REVERSE_ITEM_ITERATOR
    DICT_KEYS DICT_VALUES DICT_ITEMS
    ENUMERATE ZIP MAP FILTER REVERSED
    // Weak references and files.
    WEAK_REF WEAK_PROXY WEAK_CALLABLE_PROXY TEXT_FILE RAW_FILE STRING_IO BYTES_IO BYTES_IO_BUFFER
    // BUFFERED_FILE is the reader; the three share a payload.
    BUFFERED_FILE BUFFERED_WRITER BUFFERED_RANDOM
    // Modules' types: collections, itertools, functools, operator, array.
    DEQUE DEQUE_ITERATOR DEQUE_REVERSE_ITERATOR DEFAULT_DICT ORDERED_DICT TUPLE_GETTER ARRAY ARRAY_ITERATOR
    COUNT_ITERATOR CYCLE REPEAT ACCUMULATE CHAIN COMPRESS DROP_WHILE TAKE_WHILE FILTER_FALSE GROUP_BY GROUPER ISLICE
    STARMAP TEE TEE_DATA ZIP_LONGEST PRODUCT PERMUTATIONS COMBINATIONS COMBINATIONS_WITH_REPLACEMENT PAIRWISE BATCHED
    PARTIAL LRU_CACHE CMP_TO_KEY CACHED_PROPERTY ITEM_GETTER ATTR_GETTER METHOD_CALLER STRUCT_SEQUENCE SCAN_DIR_ITERATOR
    DIR_ENTRY GENERIC_ALIAS UNION_TYPE RANDOM RE_PATTERN RE_MATCH RE_SCANNER RE_TEMPLATE STRUCT SELECT_POLL
    JSON_SCANNER JSON_ENCODER
    // Exceptions share the payload `Exception`; the class objects differ.
    EXCEPTION SITE_OBJECT
    // Struct sequences.
    SYS_FLAGS VERSION_INFO FLOAT_INFO INT_INFO HASH_INFO THREAD_INFO UNRAISABLE_ARGS STRUCT_TIME STAT_RESULT TERMINAL_SIZE ASYNCGEN_HOOKS SENTINEL
}

const _: () = assert!(COUNT <= ouro_heap::types::FIRST_DYNAMIC && STR == ouro_heap::table::KEEPS_HASH);
const _: () = assert!(INT == ouro_heap::types::INT && FLOAT == ouro_heap::types::FLOAT);

/// Whom CPython 3.13 keeps in its free lists of objects that its collector knows: tuples of up to twenty items, each length by
/// itself.
pub(crate) const TUPLE_SPARES: Spares = Spares { first: 1, kinds: 20, most: 2000 };
/// See [`TUPLE_SPARES`].
pub(crate) const LIST_SPARES: Spares = Spares { first: 21, kinds: 1, most: 80 };
/// See [`TUPLE_SPARES`].
pub(crate) const DICT_SPARES: Spares = Spares { first: 22, kinds: 1, most: 80 };
/// See [`TUPLE_SPARES`].
pub(crate) const SLICE_SPARES: Spares = Spares { first: 23, kinds: 1, most: 1 };
