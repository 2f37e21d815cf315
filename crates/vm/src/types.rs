//! The fixed type indices of the built-in types: one line a type.

macro_rules! type_indices {
    ($($name:ident)*) => {
        #[derive(Clone, Copy)]
        #[repr(u32)]
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "only used to number the constants below")]
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
    MODULE NAMESPACE FRAME TRACEBACK GENERATOR COROUTINE ASYNC_GENERATOR INSTANCE FRAME_LOCALS_PROXY
    // Iterators and views.
    SEQUENCE_ITERATOR CALLABLE_ITERATOR LIST_ITERATOR LIST_REVERSE_ITERATOR TUPLE_ITERATOR STR_ITERATOR BYTES_ITERATOR
    BYTEARRAY_ITERATOR RANGE_ITERATOR LONG_RANGE_ITERATOR SET_ITERATOR DICT_KEY_ITERATOR DICT_VALUE_ITERATOR
    DICT_ITEM_ITERATOR DICT_REVERSE_KEY_ITERATOR DICT_REVERSE_VALUE_ITERATOR DICT_REVERSE_ITEM_ITERATOR
    DICT_KEYS DICT_VALUES DICT_ITEMS
    ENUMERATE ZIP MAP FILTER REVERSED
    // Weak references and files.
    WEAK_REF WEAK_PROXY WEAK_CALLABLE_PROXY TEXT_FILE BUFFERED_FILE RAW_FILE STRING_IO BYTES_IO
    // Modules' types: collections, itertools, functools, operator, array.
    DEQUE DEQUE_ITERATOR DEQUE_REVERSE_ITERATOR DEFAULT_DICT ORDERED_DICT TUPLE_GETTER ARRAY ARRAY_ITERATOR
    COUNT_ITERATOR CYCLE REPEAT ACCUMULATE CHAIN COMPRESS DROP_WHILE TAKE_WHILE FILTER_FALSE GROUP_BY GROUPER ISLICE
    STARMAP TEE TEE_DATA ZIP_LONGEST PRODUCT PERMUTATIONS COMBINATIONS COMBINATIONS_WITH_REPLACEMENT PAIRWISE BATCHED
    PARTIAL LRU_CACHE CMP_TO_KEY CACHED_PROPERTY ITEM_GETTER ATTR_GETTER METHOD_CALLER STRUCT_SEQUENCE SCAN_DIR_ITERATOR
    DIR_ENTRY GENERIC_ALIAS UNION_TYPE
    // Exceptions share the payload `Exception`; the class objects differ.
    EXCEPTION SENTINEL
}

const _: () = assert!(COUNT <= ouro_heap::types::FIRST_DYNAMIC);
