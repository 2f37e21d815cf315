//! Handlers: items, building and unpacking containers, iteration, strings.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_bytecode::opcode::SLOT;
use ouro_heap::{Buffer, Ref};

use super::core::*;
use crate::{
    error::{Raised, Res, restore, take_if},
    objects::{
        class::Class,
        dict::{self, Dict},
        exception::{self, ExceptionKind},
        format::quick,
        list::{self, List},
        set::{self, Set},
        str::{self, Str, StrExt},
        tuple::{self, Tuple, TupleHead},
    },
    protocol::{self, attribute, item, iterate},
    state::{names, shared},
    type_error, types, value_error,
};

#[inline(never)]
pub(crate) unsafe fn Subscr(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let container = operand!(pc, fp, w.b());
        let key = operand!(pc, fp, w.c());
        super::fast::specialise_subscr(pc, fp, container, key);
        let (container, key) = (fetched!(pc, fp, w.b()), fetched!(pc, fp, w.c()));
        let result = item::get(&container, &key);
        drop(container);
        drop(key);
        let value = check!(pc, fp, result);
        store(fp, w.a(), value);
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn SubscrConst(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let container = fetched!(pc, fp, w.b());
        let key = &code_of(fp).constants[w.c() as usize];
        super::fast::specialise_subscr_const(pc, &container, key);
        let result = item::get(&container, key);
        drop(container);
        let value = check!(pc, fp, result);
        store(fp, w.a(), value);
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn StoreSubscr(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let container = operand!(pc, fp, w.a());
        let key = operand!(pc, fp, w.b());
        let value = operand!(pc, fp, w.c());
        super::fast::specialise_store_subscr(pc, container, key);
        let _ = value;
        let (value, container, key) =
            (fetched!(pc, fp, w.c()), fetched!(pc, fp, w.a()), fetched!(pc, fp, w.b()));
        let result = item::set(&container, &key, &value);
        drop(value);
        drop(container);
        drop(key);
        check!(pc, fp, result);
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn StoreSubscrConst(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let value = operand!(pc, fp, w.c());
        let container = fetched!(pc, fp, w.a());
        let key = &code_of(fp).constants[w.b() as usize];
        super::fast::specialise_store_const(pc, &container, key);
        let _ = value;
        let value = fetched!(pc, fp, w.c());
        let result = item::set(&container, key, &value);
        drop(value);
        drop(container);
        check!(pc, fp, result);
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn DeleteSubscr(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let container = fetched!(pc, fp, w.a());
        let key = fetched!(pc, fp, w.b());
        let result = item::delete(&container, &key);
        drop(container);
        drop(key);
        check!(pc, fp, result);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn BuildSlice(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let mut parts = take_window(fp, w.b(), w.c() as usize);
        let none = || shared().none.clone();
        let (start, stop) = (parts.next().unwrap_or_else(none), parts.next().unwrap_or_else(none));
        let step = parts.next().unwrap_or_else(none);
        store(fp, w.a(), crate::objects::slice::new(start, stop, step));
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn BuildTuple(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let (base, count) = (w.b() & SLOT, w.c());
        let made = if count == 0 {
            tuple::empty()
        } else {
            let places = fp.add(base as usize);
            let made = ouro_heap::allocate::move_tailed(
                types::TUPLE,
                TupleHead,
                places.cast::<Ref>(),
                count as usize,
            );
            for index in 0..count as usize {
                *places.add(index) = unbound();
            }
            made
        };
        store(fp, w.a(), made.into_any());
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn BuildList(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let (base, count) = (w.b() & SLOT, w.c());
        let mut items = check!(pc, fp, Buffer::with_capacity(count as usize).map_err(Raised::from));
        for place in base..base + count {
            items.push_within(take(fp, place).expect("a filled window"));
        }
        store(fp, w.a(), list::from_buffer(items).into_any());
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn BuildSet(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let made = check!(pc, fp, set::with_capacity(w.c() as usize).map_err(Raised::from));
        let filled =
            take_window(fp, w.b(), w.c() as usize).try_for_each(|item| set::add(&made, &item).map(drop));
        check!(pc, fp, filled);
        store(fp, w.a(), made.into_any());
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn BuildMap(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let made = dict::with_capacity(w.c() as usize);
        let (base, count) = ((w.b() & SLOT) as usize, 2 * w.c() as usize);
        let filled = dict::fill(&made, window(fp, w.b(), count)).map(|()| made);
        // As in CPython all of them are held until here, and go last to first.
        release_down(fp, base, base + count);
        store(fp, w.a(), check!(pc, fp, filled).into_any());
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn BuildString(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let pieces = window(fp, w.b(), w.c() as usize);
        let joined = check!(pc, fp, str::concat_objects(pieces));
        release_window(fp, w.b(), w.c() as usize);
        store(fp, w.a(), joined.into_any());
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn BuildConstList(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let constant = code_of(fp).constants[w.b() as usize].clone();
        let made = if w.c() == 0 {
            literal_list(&constant)
        } else {
            let made = set::new();
            set::update(&made, &constant).map(|()| made.into_any())
        };
        store(fp, w.a(), check!(pc, fp, made));
        next!(pc.add(1), fp)
    }
}

/// A list display of three or more constants is extended from a tuple: it has room for a multiple of four, as CPython's.
fn literal_list(constant: &Ref) -> Res {
    let made = list::empty();
    let items = constant.payload::<Tuple>().map(|items| items.items()).unwrap_or_default();
    made.items.with_mut(|list| -> Result<(), ouro_heap::OutOfMemory> {
        list.reserve_exact((items.len() + 3) & !3)?;
        list.extend_from_slice(items)
    })?;
    Ok(made.into_any())
}

#[inline(never)]
pub(crate) unsafe fn ListAppend(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let _ = operand!(pc, fp, w.b());
        let value = fetch(fp, w.b()).expect("checked above");
        let list = operand!(pc, fp, w.a()).payload::<List>().expect("the compiler made a list");
        check!(pc, fp, list.push(value).map_err(Raised::from));
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn ListExtend(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let list = operand!(pc, fp, w.a()).downcast::<List>().expect("the compiler made a list").clone();
        let items = fetched!(pc, fp, w.b());
        let result = list::extend(&list, &items);
        let result = result.map_err(|raised| not_iterable(raised, &items));
        drop(list);
        drop(items);
        check!(pc, fp, result);
        next!(pc.add(1), fp)
    }
}

/// The TypeError for something after `*` that cannot be iterated over.
fn not_iterable(raised: Raised, value: &Ref) -> Raised {
    if iterate::is_iterable(value) {
        return raised;
    }
    drop(crate::error::take(raised));
    type_error!("Value after * must be an iterable, not {}", Class::of(value).short_name())
}

#[inline(never)]
pub(crate) unsafe fn ListToTuple(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let items = operand!(pc, fp, w.b()).payload::<List>().expect("the compiler made a list").snapshot();
        consume(fp, w.b());
        store(fp, w.a(), tuple::from_vec(items).into_any());
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn SetAdd(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let set = operand!(pc, fp, w.a()).downcast::<Set>().expect("the compiler made a set").clone();
        let value = fetched!(pc, fp, w.b());
        let result = set::add(&set, &value);
        drop(set);
        drop(value);
        check!(pc, fp, result);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn SetUpdate(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let set = operand!(pc, fp, w.a()).downcast::<Set>().expect("the compiler made a set").clone();
        let items = fetched!(pc, fp, w.b());
        let result = set::update(&set, &items);
        drop(set);
        drop(items);
        check!(pc, fp, result);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn MapAdd(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let dict = operand!(pc, fp, w.a()).downcast::<Dict>().expect("the compiler made a dict").clone();
        let key = fetched!(pc, fp, w.b());
        let value = fetched!(pc, fp, w.c());
        let result = dict::set(&dict, &key, value);
        drop(dict);
        drop(key);
        check!(pc, fp, result);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn DictUpdate(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let dict = operand!(pc, fp, w.a()).downcast::<Dict>().expect("the compiler made a dict").clone();
        let other = fetched!(pc, fp, w.b());
        let result = update_from_mapping(&dict, &other);
        drop(dict);
        drop(other);
        check!(pc, fp, result);
        next!(pc.add(1), fp)
    }
}

/// Adds the items of a mapping, which is anything with `keys()`.
pub(crate) fn update_from_mapping(dict: &Ref<Dict>, mapping: &Ref) -> Res<()> {
    dict::merge(dict, mapping).or_else(|raised| {
        take_if(raised, ExceptionKind::AttributeError)?;
        Err(type_error!("'{}' object is not a mapping", Class::of(mapping).short_name()))
    })
}

/// How a callable is named in messages about its arguments.
pub(crate) fn function_text(callable: &Ref) -> String {
    if let Some(function) = callable.payload::<crate::objects::function::Function>() {
        let name = function.qualname.get().map(|name| name.to_text().into_owned()).unwrap_or_default();
        let module = function.module.get().and_then(|module| module.into::<Str>().ok());
        return match module {
            Some(module) if !module.is_text("builtins") => format!("{}.{name}()", module.to_text()),
            _ => format!("{name}()"),
        };
    }
    let qualname = attribute::get_optional(callable, &names().__qualname__);
    let module = attribute::get_optional(callable, &names().__module__);
    let text = |found: Res<Option<Ref>>| match found {
        Ok(found) => found.and_then(|name| name.into::<Str>().ok()).map(|name| name.to_text().into_owned()),
        Err(raised) => {
            drop(crate::error::take(raised));
            None
        }
    };
    match (text(qualname), text(module)) {
        (Some(name), Some(module)) if module != "builtins" => format!("{module}.{name}()"),
        (Some(name), _) => format!("{name}()"),
        _ => protocol::object::str(callable).map(|text| text.to_text().into_owned()).unwrap_or_default(),
    }
}

#[inline(never)]
pub(crate) unsafe fn DictMerge(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let dict = operand!(pc, fp, w.a()).downcast::<Dict>().expect("the compiler made a dict").clone();
        let other = fetched!(pc, fp, w.b());
        let callable = operand!(pc, fp, w.c()).clone();
        let result = merge_keywords(&dict, &other, &callable);
        drop(dict);
        drop(other);
        drop(callable);
        check!(pc, fp, result);
        next!(pc.add(1), fp)
    }
}

/// Adds the keywords of a call's `**mapping` to those before it. Whether they are strings is looked at when the call is made.
pub(super) fn merge_keywords(dict: &Ref<Dict>, mapping: &Ref, callable: &Ref) -> Res<()> {
    dict::merge_distinct(dict, mapping).map_err(|raised| keywords_error(raised, mapping, callable))
}

/// What is raised where keywords cannot be added. As in CPython, every AttributeError says that there is no mapping, and
/// every KeyError that a key came up before, wherever they come from.
#[cold]
fn keywords_error(raised: Raised, mapping: &Ref, callable: &Ref) -> Raised {
    let raised = match take_if(raised, ExceptionKind::AttributeError) {
        Ok(_) => {
            let (function, class) = (function_text(callable), Class::of(mapping).short_name());
            return type_error!("{function} argument after ** must be a mapping, not {class}");
        }
        Err(raised) => raised,
    };
    let error = match take_if(raised, ExceptionKind::KeyError) {
        Ok(error) => error,
        Err(raised) => return raised,
    };
    let args = exception::payload(&error).head.args.get();
    let Some([key]) = args.as_ref().map(|args| args.items()) else { return restore(error) };
    match protocol::object::str(key) {
        Ok(key) => type_error!(
            "{} got multiple values for keyword argument '{}'",
            function_text(callable),
            key.to_text()
        ),
        Err(raised) => raised,
    }
}

// Never inlined: what it keeps on the native stack would stay there when the shell around it jumps on.
#[inline(never)]
pub(crate) unsafe fn FormatValue(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        if w.c() == 0
            && let Some(text) = quick::format(operand!(pc, fp, w.b()), &shared().empty_str)
        {
            consume(fp, w.b());
            store(fp, w.a(), text.into_any());
            next!(pc.add(1), fp)
        }
        let value = fetched!(pc, fp, w.b());
        let result = converted(&value, w.c() as i32)
            .and_then(|value| protocol::object::format(&value, &shared().empty_str));
        drop(value);
        let text = check!(pc, fp, result);
        store(fp, w.a(), text.into_any());
        next!(pc.add(1), fp)
    }
}

fn converted(value: &Ref, conversion: i32) -> Res {
    match conversion {
        1 => protocol::object::str(value).map(Ref::into_any),
        2 => protocol::object::repr(value).map(Ref::into_any),
        3 => protocol::object::ascii(value).map(Ref::into_any),
        _ => Ok(value.clone()),
    }
}

#[inline(never)]
pub(crate) unsafe fn FormatSpec(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let conversion = word(pc.add(1)).lo();
        if conversion == 0
            && let Some(spec) = operand!(pc, fp, w.c()).downcast::<Str>()
            && let Some(text) = quick::format(operand!(pc, fp, w.b()), spec)
        {
            consume(fp, w.b());
            consume(fp, w.c());
            store(fp, w.a(), text.into_any());
            next!(pc.add(2), fp)
        }
        let value = fetched!(pc, fp, w.b());
        let spec = fetched!(pc, fp, w.c()).into::<Str>().expect("the compiler made a string");
        let result = converted(&value, conversion).and_then(|value| protocol::object::format(&value, &spec));
        drop(value);
        drop(spec);
        let text = check!(pc, fp, result);
        store(fp, w.a(), text.into_any());
        next!(pc.add(2), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn Unpack(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let source = fetched!(pc, fp, w.b());
        let count = w.c() as usize;
        let result = unpack(&source, count);
        drop(source);
        let items = check!(pc, fp, result);
        for (offset, item) in items.into_iter().enumerate() {
            store(fp, w.a() + offset as u16, item);
        }
        next!(pc.add(2), fp)
    }
}

fn unpack(source: &Ref, count: usize) -> Res<Vec<Ref>> {
    if source.is_exact::<Tuple>() {
        let items = source.payload::<Tuple>().expect("checked").items();
        if items.len() == count {
            return Ok(items.to_vec());
        }
    }
    let iterator = unpack_iterator(source)?;
    let mut items = Vec::with_capacity(count);
    while items.len() < count {
        match iterate::next(&iterator)? {
            Some(item) => items.push(item),
            None => {
                return Err(value_error!(
                    "not enough values to unpack (expected {count}, got {})",
                    items.len()
                ));
            }
        }
    }
    if iterate::next(&iterator)?.is_some() {
        return Err(value_error!("too many values to unpack (expected {count})"));
    }
    Ok(items)
}

fn unpack_iterator(source: &Ref) -> Res {
    if !iterate::is_iterable(source) {
        return Err(type_error!("cannot unpack non-iterable {} object", Class::of(source).short_name()));
    }
    iterate::iter(source)
}

#[inline(never)]
pub(crate) unsafe fn UnpackStar(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let source = fetched!(pc, fp, w.b());
        let (before, after) = ((w.c() & 255) as usize, (w.c() >> 8) as usize);
        if check!(pc, fp, unpack_row(fp, w.a(), &source, before, after)) {
            drop(source);
            next!(pc.add(2), fp)
        }
        let result = unpack_star(&source, before, after);
        drop(source);
        let items = check!(pc, fp, result);
        for (offset, item) in items.into_iter().enumerate() {
            store(fp, w.a() + offset as u16, item);
        }
        next!(pc.add(2), fp)
    }
}

/// Puts the items of an exact list or tuple into the slots from `base` on, the rest between them as a list; false, with nothing
/// done, for anything else and where there are too few.
unsafe fn unpack_row(fp: Fp, base: u16, source: &Ref, before: usize, after: usize) -> Res<bool> {
    let place = |items: &[Ref]| -> Res<bool> {
        if items.len() < before + after {
            return Ok(false);
        }
        let end = items.len() - after;
        let rest = list::from_slice(&items[before..end])?.into_any();
        let row = items[..before].iter().cloned().chain([rest]).chain(items[end..].iter().cloned());
        for (offset, item) in row.enumerate() {
            // SAFETY: the instruction writes to these temporaries, which are unbound: nothing ends here.
            unsafe { store(fp, base + offset as u16, item) };
        }
        Ok(true)
    };
    if let Some(tuple) = source.payload::<Tuple>().filter(|_| source.is_exact::<Tuple>()) {
        return place(tuple.items());
    }
    match source.payload::<List>().filter(|_| source.is_exact::<List>()) {
        Some(list) => list.items.with(|items| place(items)),
        None => Ok(false),
    }
}

fn unpack_star(source: &Ref, before: usize, after: usize) -> Res<Vec<Ref>> {
    let iterator = unpack_iterator(source)?;
    let mut items = Vec::new();
    while items.len() < before {
        match iterate::next(&iterator)? {
            Some(item) => items.push(item),
            None => {
                let expected = before + after;
                return Err(value_error!(
                    "not enough values to unpack (expected at least {expected}, got {})",
                    items.len()
                ));
            }
        }
    }
    let mut rest = iterate::collect(&iterator)?;
    if rest.len() < after {
        let (expected, got) = (before + after, before + rest.len());
        return Err(value_error!("not enough values to unpack (expected at least {expected}, got {got})"));
    }
    let tail = rest.split_off(rest.len() - after);
    items.push(list::from_vec(rest)?.into_any());
    items.extend(tail);
    Ok(items)
}

#[inline(never)]
pub(crate) unsafe fn GetIter(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let value = fetched!(pc, fp, w.b());
        let result = iterate::iter(&value);
        drop(value);
        let iterator = check!(pc, fp, result);
        store(fp, w.a(), iterator);
        next!(pc.add(1), fp)
    }
}

#[inline(never)]
pub(crate) unsafe fn ForIter(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let iterator = operand!(pc, fp, w.b());
        super::fast::specialise_for_iter(pc, fp, iterator);
        // The loop's own slot keeps the iterator: no code can reach that.
        let item = check!(pc, fp, iterate::next(iterator));
        match item {
            Some(item) => {
                store(fp, w.a(), item);
                next!(pc.add(3), fp)
            }
            None => {
                drop(take(fp, w.b()));
                next!(pc.offset(word(pc.add(1)).lo() as isize), fp)
            }
        }
    }
}

#[inline(never)]
pub(crate) unsafe fn GetLen(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let value = fetched!(pc, fp, w.b());
        let result = protocol::object::len(&value);
        drop(value);
        let length = check!(pc, fp, result);
        store(fp, w.a(), crate::objects::int::from_usize(length));
        next!(pc.add(1), fp)
    }
}

/// `dict[key]` of an exact dictionary.
#[inline(never)]
pub(crate) unsafe fn subscr_dict(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let key = operand!(pc, fp, w.c());
        // A consumed dictionary is held once, as on CPython's stack.
        let dict = fetched!(pc, fp, w.b());
        let found = check!(pc, fp, dict::get(dict.payload::<Dict>().expect("checked by the caller"), key));
        let value = match found {
            Some(value) => value,
            None => check!(pc, fp, item::get(&dict, &key.clone())),
        };
        drop(dict);
        consume(fp, w.c());
        store(fp, w.a(), value);
        next!(pc.add(2), fp)
    }
}

/// `dict[key] = value` of an exact dictionary.
#[inline(never)]
pub(crate) unsafe fn store_dict(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let key = operand!(pc, fp, w.b());
        let _ = operand!(pc, fp, w.c());
        let dict = fetched!(pc, fp, w.a());
        let value = fetch(fp, w.c()).expect("checked above");
        check!(pc, fp, dict::set(dict.downcast::<Dict>().expect("checked by the caller"), key, value));
        drop(dict);
        consume(fp, w.b());
        next!(pc.add(2), fp)
    }
}
