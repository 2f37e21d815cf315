//! `str`: the class, its constructor and its slots.

use std::cmp::Ordering;

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Ref, units::units};

use super::{
    Str, StrExt, Width,
    build::in_units,
    iterator, methods, quote,
    search::{self, this},
    substring, substring_here,
};
use crate::{
    error::Res,
    native::Args,
    objects::{
        arguments::{self, has_index, name_of},
        bool_, bytes,
        class::{Class, ClassDef, Make, class_flags},
        codec,
        format::percent,
        slice::{self, Slice},
        slots::Slots,
    },
    protocol::object,
    state::shared,
    type_error, types,
};

/// The class.
pub static STR: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        repr: Some(|text| Ok(quote::quoted(this(text))?.into_any())),
        str: Some(|text| Ok(substring(this(text), 0, this(text).char_count()).into_any())),
        hash: Some(|text| Ok(this(text).hash_value())),
        compare: Some(compare),
        iter: Some(iterator::iterate),
        len: Some(|text| Ok(this(text).char_count())),
        get_item: Some(get_item),
        contains: Some(contains),
        concat: Some(add),
        repeat: Some(repeat),
        modulo: Some(modulo),
        ..Slots::NONE
    },
    methods: &methods::METHODS,
    flags: class_flags::BASE | class_flags::MATCH_SELF,
    doc: "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\n\
          Create a new string object from the given object. If encoding or\nerrors is specified, then the object must \
          expose a data buffer\nthat will be decoded using the given encoding and error handler.\nOtherwise, returns \
          the result of object.__str__() (if defined)\nor repr(object).\nencoding defaults to 'utf-8'.\nerrors \
          defaults to 'strict'.",
    make: Make::optional(make_from),
    ..ClassDef::new::<Str>(types::STR, "str")
};

/// `str(object, encoding, errors)`.
fn construct(class: &Ref<Class>, args: Args) -> Res {
    if let ([object], None, types::STR) = (args.all, args.names, class.index) {
        return Ok(object::str(object)?.into_any());
    }
    let text = make(args)?;
    if class.index == types::STR {
        return Ok(text);
    }
    let text = text.downcast::<Str>().expect("a string was made");
    Ok(super::copy_as(class.index, text).into_any())
}

fn make_from(args: &[Ref]) -> Res {
    match args {
        [value] => Ok(object::str(value)?.into_any()),
        _ => Ok(shared().empty_str.clone().into_any()),
    }
}

fn make(args: Args) -> Res {
    const NAMES: [&str; 3] = ["object", "encoding", "errors"];
    let positional = args.positional();
    if args.all.len() > 3 {
        let given = args.all.len();
        return Err(match args.keyword_count() {
            0 => type_error!("str expected at most 3 arguments, got {given}"),
            _ => type_error!("str() takes at most 3 arguments ({given} given)"),
        });
    }
    let mut values: [Option<&Ref>; 3] = std::array::from_fn(|position| positional.get(position));
    for (name, value) in args.keywords() {
        let Some(position) = NAMES.iter().position(|known| name.is_text(known)) else {
            return Err(crate::native::unexpected_keyword("str", &name.to_text(), NAMES));
        };
        if values[position].is_some() {
            let name = NAMES[position];
            return Err(type_error!(
                "argument for str() given by name ('{name}') and position ({})",
                position + 1
            ));
        }
        values[position] = Some(value);
    }
    let encoding = arguments::keyword_text("str", "encoding", values[1])?;
    let errors = arguments::keyword_text("str", "errors", values[2])?;
    let Some(object) = values[0] else { return Ok(shared().empty_str.clone().into_any()) };
    if encoding.is_none() && errors.is_none() {
        return Ok(object::str(object)?.into_any());
    }
    if super::is_str(object) {
        return Err(type_error!("decoding str is not supported"));
    }
    let Some(data) = bytes::like(object)? else {
        return Err(type_error!("decoding to str: need a bytes-like object, {} found", name_of(object)));
    };
    let name = encoding.map_or("utf-8".into(), |encoding| encoding.to_text());
    Ok(codec::decode(&data, &name, errors)?.into_any())
}

/// The order of two strings by code points.
#[inline]
pub fn order(a: &Str, b: &Str) -> Ordering {
    match (a.latin1(), b.latin1()) {
        (Some([a, ..]), Some([b, ..])) if a != b => a.cmp(b),
        (Some(a), Some(b)) => a.cmp(b),
        _ => order_wide(a, b),
    }
}

#[inline(never)]
fn order_wide(a: &Str, b: &Str) -> Ordering {
    match (a.latin1(), b.latin1()) {
        (Some(a), None) if b.width() == Width::Two => order_units(a, units::<u16>(b.storage())),
        (None, Some(b)) if a.width() == Width::Two => order_units(b, units::<u16>(a.storage())).reverse(),
        _ => a.code_points().cmp(b.code_points()),
    }
}

/// The order of narrow and wide characters.
fn order_units(narrow: &[u8], wide: &[u16]) -> Ordering {
    match narrow.iter().zip(wide).find(|&(&a, &b)| u16::from(a) != b) {
        Some((&a, &b)) => u16::from(a).cmp(&b),
        None => narrow.len().cmp(&wide.len()),
    }
}

fn compare(a: &Ref, b: &Ref, comparison: Comparison) -> Res {
    let (Some(a), Some(b)) = (a.downcast::<Str>(), b.downcast::<Str>()) else {
        return Ok(shared().not_implemented.clone());
    };
    Ok(bool_::new(match comparison {
        Comparison::Eq => super::equal(a, b),
        Comparison::Ne => !super::equal(a, b),
        Comparison::Lt => order(a, b).is_lt(),
        Comparison::Le => order(a, b).is_le(),
        Comparison::Gt => order(a, b).is_gt(),
        Comparison::Ge => order(a, b).is_ge(),
    }))
}

fn get_item(text: &Ref, key: &Ref) -> Res {
    let text = this(text);
    if let Some(slice) = key.payload::<Slice>()
        && let Some(range) = slice::plain_range(slice, text.char_count())
    {
        return Ok(substring_here(text, range.start, range.end).into_any());
    }
    if has_index(key) {
        let place = arguments::place(key, || text.char_count(), "string index out of range")?;
        return Ok(super::from_char(text.char_at(place)).into_any());
    }
    if key.has_layout::<Slice>() {
        let (start, stop, step, count) = slice::resolve(key, text.char_count())?;
        if count == 0 {
            return Ok(shared().empty_str.clone().into_any());
        }
        if step == 1 {
            return Ok(substring(text, start as usize, stop as usize).into_any());
        }
        return in_units!(text, |units| {
            let picked: Vec<_> =
                (0..count).map(|position| units[(start + position as isize * step) as usize]).collect();
            Ok(super::from_units(&picked)?.into_any())
        });
    }
    Err(type_error!("string indices must be integers, not '{}'", name_of(key)))
}

fn contains(text: &Ref, element: &Ref) -> Res<bool> {
    match element.downcast::<Str>() {
        Some(element) => Ok(search::contains(this(text), element)),
        None => Err(type_error!("'in <string>' requires string as left operand, not {}", name_of(element))),
    }
}

/// `a + b`, where `a` is a string.
pub fn add(a: &Ref, b: &Ref) -> Res {
    let a = this(a);
    let Some(b) = b.downcast::<Str>() else {
        return Err(type_error!("can only concatenate str (not \"{}\") to str", name_of(b)));
    };
    match super::concat::concat_few(a, b) {
        Some(sum) => Ok(sum.into_any()),
        None => add_any(a, b),
    }
}

#[inline(never)]
fn add_any(a: &Ref<Str>, b: &Ref<Str>) -> Res {
    if b.char_count() == 0 && a.as_any().is_exact::<Str>() {
        return Ok(a.clone().into_any());
    }
    if a.char_count() == 0 && b.as_any().is_exact::<Str>() {
        return Ok(b.clone().into_any());
    }
    Ok(super::concat(&[a, b])?.into_any())
}

fn repeat(text: &Ref, count: &Ref) -> Res {
    let count = arguments::repeat_count(count)?;
    Ok(super::build::repeat(this(text), count)?.into_any())
}

fn modulo(a: &Ref, b: &Ref) -> Res {
    match a.downcast::<Str>() {
        Some(format) => Ok(percent::format_str(format, b)?.into_any()),
        None => Ok(shared().not_implemented.clone()),
    }
}
