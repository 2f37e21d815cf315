//! Struct sequences: tuples whose items have names, such as `sys.version_info` and `time.struct_time`.
//!
//! The visible items are those of a tuple; hidden ones, which only have a name, stand in extra slots behind it.

use ouro_heap::{Ref, interior::extra_slots, types as heap_types};

use crate::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        class::{Class, ClassDef, GetSetDef, class_flags, getter},
        dict, int,
        slots::Slots,
        str::{self, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{iterate, object},
    state::{class_of, names, shared, vm},
    type_error, types,
};

/// The fields of a struct sequence class.
struct Shape {
    index: u32,
    visible: &'static [&'static str],
    hidden: &'static [&'static str],
    /// Whether a program may make instances.
    open: bool,
}

fn item<const N: usize>(object: &Ref) -> Res {
    let items = object.payload::<Tuple>().expect("a struct sequence is a tuple").items();
    Ok(items.get(N).unwrap_or(&shared().none).clone())
}

fn hidden<const N: usize>(object: &Ref) -> Res {
    Ok(extra_slots(object).get(N).and_then(ouro_heap::Slot::get).unwrap_or_else(|| shared().none.clone()))
}

macro_rules! struct_sequences {
    ($($(#[$meta:meta])* $name:ident: $module:literal $class:literal $new:ident [$($place:literal $field:literal)*] [$($extra_place:literal $extra:literal)*] $doc:literal;)*) => {
        $(
            $(#[$meta])*
            pub static $name: ClassDef = ClassDef {
                module: $module,
                base: types::TUPLE,
                flags: $new,
                slots: Slots { new: Some(new), repr: Some(repr), ..Slots::NONE },
                methods: METHODS,
                getset: {
                    const FIELDS: &[GetSetDef] =
                        &[$(getter($field, item::<$place>, ""),)* $(getter($extra, hidden::<$extra_place>, ""),)*];
                    FIELDS
                },
                doc: $doc,
                ..ClassDef::new::<Tuple>(types::$name, $class)
            };
        )*

        const SHAPES: &[Shape] = &[
            $(Shape { index: types::$name, visible: &[$($field),*], hidden: &[$($extra),*], open: $new == OPEN }),*
        ];

        static ALL: &[&ClassDef] = &[$(&$name),*];
    };
}

const OPEN: u32 = 0;
const CLOSED: u32 = class_flags::NO_INSTANTIATION;

struct_sequences! {
    /// `sys.flags`
    SYS_FLAGS: "sys" "flags" CLOSED [
        0 "debug" 1 "inspect" 2 "interactive" 3 "optimize" 4 "dont_write_bytecode" 5 "no_user_site" 6 "no_site"
        7 "ignore_environment" 8 "verbose" 9 "bytes_warning" 10 "quiet" 11 "hash_randomization" 12 "isolated" 13 "dev_mode"
        14 "utf8_mode" 15 "warn_default_encoding" 16 "safe_path" 17 "int_max_str_digits"
    ] [] "Flags provided through command line arguments or environment vars.";
    /// `sys.version_info`
    VERSION_INFO: "sys" "version_info" CLOSED [0 "major" 1 "minor" 2 "micro" 3 "releaselevel" 4 "serial"] []
        "Version information as a named tuple.";
    /// `sys.float_info`
    FLOAT_INFO: "sys" "float_info" OPEN [
        0 "max" 1 "max_exp" 2 "max_10_exp" 3 "min" 4 "min_exp" 5 "min_10_exp" 6 "dig" 7 "mant_dig" 8 "epsilon" 9 "radix" 10 "rounds"
    ] [] "A named tuple holding information about the float type.";
    /// `sys.int_info`
    INT_INFO: "sys" "int_info" OPEN [
        0 "bits_per_digit" 1 "sizeof_digit" 2 "default_max_str_digits" 3 "str_digits_check_threshold"
    ] [] "A named tuple that holds information about Python's internal representation of integers.";
    /// `sys.hash_info`
    HASH_INFO: "sys" "hash_info" OPEN [
        0 "width" 1 "modulus" 2 "inf" 3 "nan" 4 "imag" 5 "algorithm" 6 "hash_bits" 7 "seed_bits" 8 "cutoff"
    ] [] "A named tuple providing parameters used for computing hashes.";
    /// `sys.thread_info`
    THREAD_INFO: "sys" "thread_info" OPEN [0 "name" 1 "lock" 2 "version"] []
        "A named tuple holding information about the thread implementation.";
    /// What `sys.unraisablehook` is given.
    UNRAISABLE_ARGS: "builtins" "UnraisableHookArgs" OPEN [0 "exc_type" 1 "exc_value" 2 "exc_traceback" 3 "err_msg" 4 "object"] []
        "UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.";
    /// `time.struct_time`
    STRUCT_TIME: "time" "struct_time" OPEN [
        0 "tm_year" 1 "tm_mon" 2 "tm_mday" 3 "tm_hour" 4 "tm_min" 5 "tm_sec" 6 "tm_wday" 7 "tm_yday" 8 "tm_isdst"
    ] [0 "tm_zone" 1 "tm_gmtoff"] "The time value as returned by gmtime(), localtime(), and strptime().";
    /// `os.stat_result`
    STAT_RESULT: "os" "stat_result" OPEN [
        0 "st_mode" 1 "st_ino" 2 "st_dev" 3 "st_nlink" 4 "st_uid" 5 "st_gid" 6 "st_size" 7 "_st_atime" 8 "_st_mtime" 9 "_st_ctime"
    ] [
        0 "st_atime" 1 "st_mtime" 2 "st_ctime" 3 "st_atime_ns" 4 "st_mtime_ns" 5 "st_ctime_ns" 6 "st_blksize" 7 "st_blocks" 8 "st_rdev"
    ] "stat_result: Result from stat, fstat, or lstat.";
    /// `sys.get_asyncgen_hooks()`
    ASYNCGEN_HOOKS: "builtins" "asyncgen_hooks" CLOSED [0 "firstiter" 1 "finalizer"] [] "asyncgen_hooks\n\nStruct sequence providing information about asynchronous\ngenerators hooks.  The attributes are read only.";
    /// `os.terminal_size`
    TERMINAL_SIZE: "os" "terminal_size" OPEN [0 "columns" 1 "lines"] [] "A tuple of (columns, lines) for holding terminal window size.";
}

fn shape(object: &Ref) -> &'static Shape {
    let class = Class::of(object);
    shape_of(class)
}

fn shape_of(class: &Ref<Class>) -> &'static Shape {
    let of_class = |class: &Ref<Class>| SHAPES.iter().find(|shape| shape.index == class.index);
    let mut current = class.clone();
    loop {
        if let Some(shape) = of_class(&current) {
            return shape;
        }
        let base = current.base.get();
        current = base.expect("a struct sequence derives from one of the table");
    }
}

/// The class with this index, made at its first use, with room for hidden fields.
pub fn class(index: u32) -> &'static Ref<Class> {
    if let Some(made) = vm().classes[index as usize].get() {
        return made;
    }
    let (Some(definition), Some(shape)) = (
        ALL.iter().find(|definition| definition.index == index),
        SHAPES.iter().find(|shape| shape.index == index),
    ) else {
        unreachable!("only indices of struct sequences are asked for");
    };
    crate::boot::add_class(definition);
    if !shape.hidden.is_empty() {
        heap_types::add_extra_slots(shape.index, shape.hidden.len() as u16);
    }
    class_of(index)
}

/// Adds what every struct sequence class shows of its fields to its namespace. Other classes have nothing of the kind.
pub(crate) fn add_counts(class: &Class, namespace: &Ref<dict::Dict>) {
    let Some(shape) = SHAPES.iter().find(|shape| shape.index == class.index) else { return };
    for (name, count) in [
        ("n_fields", shape.visible.len() + shape.hidden.len()),
        ("n_sequence_fields", shape.visible.len()),
        ("n_unnamed_fields", 0),
    ] {
        dict::set_str(namespace, &str::intern(name), int::from_usize(count));
    }
    let fields = shape.visible.iter().map(|field| str::intern(field).into_any()).collect();
    dict::set_str(namespace, &names().__match_args__, tuple::from_vec(fields).into_any());
}

/// An instance of a struct sequence class, with all its fields.
pub fn make(index: u32, visible: Vec<Ref>, hidden: Vec<Ref>) -> Ref {
    if index < types::COUNT {
        class(index);
    }
    let made = tuple::new_as(index, visible).into_any();
    for (slot, value) in extra_slots(&made).iter().zip(hidden) {
        slot.set(Some(value));
    }
    made
}

fn new(class: &Ref<Class>, args: Args) -> Res {
    let shape = shape_of(class);
    if !shape.open {
        return Err(type_error!("cannot create '{}' instances", class.full_name()));
    }
    static DEF: NativeDef =
        crate::native::bound("structseq", "(sequence, dict={})", |_| Ok(shared().none.clone()), "");
    let values = DEF.bind(args)?;
    let source = values[0].clone().unwrap_or_else(|| shared().none.clone());
    if crate::protocol::call::is_callable(&source)
        || iterate::iter(&source).is_err_and(|raised| {
            drop(crate::error::take(raised));
            true
        })
    {
        return Err(type_error!("constructor requires a sequence"));
    }
    let mut items = iterate::collect(&source)?;
    let (least, most, given) = (shape.visible.len(), shape.visible.len() + shape.hidden.len(), items.len());
    let name = class.full_name();
    if least == most && given != least {
        return Err(type_error!("{name}() takes a {least}-sequence ({given}-sequence given)"));
    }
    if given < least {
        return Err(type_error!("{name}() takes an at least {least}-sequence ({given}-sequence given)"));
    }
    if given > most {
        return Err(type_error!("{name}() takes an at most {most}-sequence ({given}-sequence given)"));
    }
    let mut hidden = items.split_off(least);
    if let Some(extra) = values[1].as_ref().and_then(|extra| extra.payload::<dict::Dict>()) {
        for field in &shape.hidden[hidden.len()..] {
            let value = dict::get_str(extra, &str::intern(field));
            hidden.push(value.unwrap_or_else(|| shared().none.clone()));
        }
    }
    Ok(make(class.index, items, hidden))
}

fn repr(object: &Ref) -> Res {
    let shape = shape(object);
    let items = object.payload::<Tuple>().expect("a struct sequence is a tuple").items();
    let mut parts = Vec::with_capacity(items.len());
    for (field, value) in shape.visible.iter().zip(items) {
        parts.push(format!("{}={}", field.trim_start_matches("_"), object::repr(value)?.to_text()));
    }
    let class = Class::of(object);
    let name = if class.has(class_flags::HEAP) { class.short_name() } else { class.full_name() };
    Ok(str::new(&format!("{name}({})", parts.join(", "))).into_any())
}

fn reduce(args: &[Ref]) -> Res {
    let items = args[0].payload::<Tuple>().expect("a struct sequence is a tuple").items();
    let hidden = dict::new();
    for (field, slot) in shape(&args[0]).hidden.iter().zip(extra_slots(&args[0])) {
        dict::set_str(&hidden, &str::intern(field), slot.get().unwrap_or_else(|| shared().none.clone()));
    }
    let arguments = tuple::pair(tuple::from_slice(items).into_any(), hidden.into_any());
    Ok(tuple::pair(Class::of(&args[0]).clone().into_any(), arguments))
}

const METHODS: &[NativeDef] = &[plain("__reduce__", "(self, /)", reduce, "")];
