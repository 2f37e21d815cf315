//! The functions of `sys` that show memory.

use ouro_heap::{
    Ref,
    arenas::ArenaCounts,
    blocks::{ARENA_SIZE, POOL_SIZE, POOLED_LIMIT, class_size},
    walk,
};
use ouro_vm::{
    error::Res,
    native::{NativeDef, bound, plain},
    objects::{
        bool_,
        class::Class,
        int,
        io::standard::write_stderr,
        str::{self, Str, StrExt},
    },
    protocol::attribute,
    state::names,
    type_error, types, value_error,
};

use super::none;

/// The argument's own reference stands for the one that CPython's caller holds.
fn getrefcount(args: &[Ref]) -> Res {
    Ok(int::new(args[0].visible_count().into()))
}

fn getsizeof(values: &[Option<Ref>]) -> Res {
    let [Some(object), default] = values else { return none() };
    match size_of(object) {
        Ok(size) => Ok(size),
        Err(raised) => match default {
            Some(default) => {
                ouro_vm::error::take_if(raised, ouro_vm::objects::exception::ExceptionKind::TypeError)?;
                Ok(default.clone())
            }
            None => Err(raised),
        },
    }
}

fn size_of(object: &Ref) -> Res {
    let class = Class::of(object).short_name();
    let Some(size) = attribute::call_special(object, &names().__sizeof__, &[])? else {
        return Err(type_error!("Type {class} doesn't define __sizeof__"));
    };
    match int::value(&size) {
        None => Err(type_error!("an integer is required")),
        Some(value) if value.is_negative() => Err(value_error!("__sizeof__() should return >= 0")),
        Some(_) => Ok(size),
    }
}

fn string_argument<'a>(object: &'a Ref, function: &str) -> Res<&'a Ref<Str>> {
    object.downcast::<Str>().ok_or_else(|| {
        type_error!(
            "{function}() argument must be str, not {}",
            ouro_vm::objects::arguments::name_or_none(object)
        )
    })
}

fn intern(args: &[Ref]) -> Res {
    let text = string_argument(&args[0], "intern")?;
    if Class::of(&args[0]).index != types::STR {
        return Err(type_error!("can't intern {}", Class::of(&args[0]).short_name()));
    }
    Ok(str::intern_object(text).into_any())
}

fn is_interned(args: &[Ref]) -> Res {
    Ok(bool_::new(string_argument(&args[0], "_is_interned")?.is_interned()))
}

fn getallocatedblocks(_args: &[Ref]) -> Res {
    Ok(int::from_usize(walk::census().allocated_blocks()))
}

fn getunicodeinternedsize(_args: &[Ref]) -> Res {
    Ok(int::from_usize(str::interned_count()))
}

/// A number with commas between groups of three digits.
fn grouped(value: usize) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn line(label: &str, value: usize) -> String {
    format!("{label:<35}={:>21}\n", grouped(value))
}

/// CPython's report, of our heap: pools of all three families together, class by class.
fn debugmallocstats(_args: &[Ref]) -> Res {
    let census = walk::census();
    let classes = census.blocks[0].len();
    let mut out = format!("Small block threshold = {POOLED_LIMIT}, in {classes} size classes.\n\n");
    out.push_str("class   size   num pools   blocks in use  avail blocks\n-----   ----   ---------   -------------  ------------\n");
    let (mut used_bytes, mut free_bytes, mut pools_total) = (0, 0, 0);
    for class in 0..classes {
        let total = |counts: &[Vec<usize>; 3]| counts.iter().map(|family| family[class]).sum::<usize>();
        let (pools, used, carved_free) = (total(&census.pools), total(&census.blocks), total(&census.free));
        if pools == 0 {
            continue;
        }
        let size = class_size(class);
        // Blocks that were never carved are available, too.
        let free = (pools * (POOL_SIZE / size)).saturating_sub(used).max(carved_free);
        out.push_str(&format!("{class:>5}{size:>7}{pools:>12}{used:>16}{free:>14}\n"));
        used_bytes += used * size;
        free_bytes += free * size;
        pools_total += pools;
    }
    let ArenaCounts { total, highest, current: arenas } = census.arenas;
    let unused = arenas * (ARENA_SIZE / POOL_SIZE) - pools_total;
    out.push('\n');
    out.push_str(&line("# arenas allocated total", total));
    out.push_str(&line("# arenas reclaimed", total - arenas));
    out.push_str(&line("# arenas highwater mark", highest));
    out.push_str(&line("# arenas allocated current", arenas));
    out.push_str(&line(&format!("{arenas} arenas * {ARENA_SIZE} bytes/arena"), arenas * ARENA_SIZE));
    out.push('\n');
    out.push_str(&line("# bytes in allocated blocks", used_bytes));
    out.push_str(&line("# bytes in available blocks", free_bytes));
    out.push_str(&line(&format!("{unused} unused pools * {POOL_SIZE} bytes"), unused * POOL_SIZE));
    out.push_str(&line("# bytes lost to pool headers", 0));
    out.push_str(&line(
        "# bytes lost to quantization",
        (pools_total * POOL_SIZE).saturating_sub(used_bytes + free_bytes),
    ));
    out.push_str(&line("# bytes lost to arena alignment", 0));
    out.push_str(&line("Total", arenas * ARENA_SIZE));
    out.push('\n');
    out.push_str(&line("# objects outside of pools", census.large_objects));
    out.push_str(&line("# bytes of these", census.large_bytes));
    out.push_str(&line("# buffers outside of pools", census.large_buffers));
    out.push_str(&line("# bytes of these", census.large_buffer_bytes));
    write_stderr(&out);
    none()
}

pub(super) const FUNCTIONS: &[NativeDef] = &[
    plain(
        "getrefcount",
        "(object, /)",
        getrefcount,
        "Return the reference count of object.\n\nThe count returned is generally one higher than you might expect,\nbecause it includes the (temporary) reference as an argument to\ngetrefcount().",
    ),
    bound(
        "getsizeof",
        "(object, default=None)",
        getsizeof,
        "getsizeof(object [, default]) -> int\n\nReturn the size of object in bytes.",
    ),
    plain(
        "intern",
        "(string, /)",
        intern,
        "``Intern'' the given string.\n\nThis enters the string in the (global) table of interned strings whose\npurpose is to speed up dictionary lookups. Return the string itself or\nthe previously interned string object with the same value.",
    ),
    plain("_is_interned", "(string, /)", is_interned, "Return True if the given string is \"interned\"."),
    plain(
        "getallocatedblocks",
        "()",
        getallocatedblocks,
        "Return the number of memory blocks currently allocated.",
    ),
    plain(
        "getunicodeinternedsize",
        "()",
        getunicodeinternedsize,
        "Return the number of elements of the unicode interned dictionary",
    ),
    plain(
        "_debugmallocstats",
        "()",
        debugmallocstats,
        "Print summary info to stderr about the state of pymalloc's structures.",
    ),
];
