//! Binding of arguments to parameters, in the words of CPython's `initialize_locals`.

use ouro_bytecode::code::flags;
use ouro_heap::{Ref, table::FULL_SMALL};
use smallvec::SmallVec;

use super::{
    calls::function_name,
    core::{Fp, unbound},
    stack,
};
use crate::{
    error::{Raised, Res},
    objects::{
        code::Code,
        dict,
        function::Function,
        str::{Str, StrExt},
        tuple::{self, Tuple},
    },
    type_error,
};

/// Arguments on their way.
type Arguments = SmallVec<[Ref; 8]>;
/// The most keyword arguments that are bound on the short way.
const MOST_NAMES: usize = 16;
/// The values of parameters.
type Values = SmallVec<[Option<Ref>; 8]>;

/// Binds `count` arguments, which stand as owned references in the first registers of the callee (the last ones for
/// the keywords named), to the parameters. On an error the registers are released.
///
/// # Safety
/// The callee's registers lie in the initialised part of the stack.
pub(crate) unsafe fn bind(
    function: &Function,
    code: &Code,
    callee: Fp,
    count: usize,
    keywords: Option<&Ref<Tuple>>,
) -> Res<()> {
    // SAFETY: as promised by the caller; the arguments move out of the registers before these are filled anew.
    unsafe {
        let positional_count = count - keywords.map_or(0, |names| names.items().len());
        let arg_count = code.arg_count as usize;
        // The frequent case: only defaults at the end are missing.
        if code.simple && keywords.is_none() && positional_count < arg_count {
            let defaults = function.defaults.get();
            let available = defaults.as_ref().map_or(0, |defaults| defaults.items().len());
            if positional_count + available >= arg_count
                && let Some(defaults) = defaults
            {
                for slot in positional_count..arg_count {
                    let value = defaults.items()[slot + available - arg_count].clone();
                    *callee.add(slot) = value.into_raw();
                }
                return Ok(());
            }
        }
        // Next: all positional parameters are given, and the rest goes to `*args`.
        let only_args = code.flags & (flags::VARARGS | flags::VARKEYWORDS) == flags::VARARGS
            && code.source.0.keyword_only_count == 0;
        if only_args && keywords.is_none() && count >= arg_count {
            let surplus = (arg_count..count)
                .map(|offset| Ref::from_raw(std::mem::replace(&mut *callee.add(offset), unbound())));
            let rest = if count == arg_count { tuple::empty() } else { tuple::from_exact_iter(surplus) };
            *callee.add(arg_count) = rest.into_any().into_raw();
            return Ok(());
        }
        if let Some(names) = keywords
            && code.flags & (flags::VARARGS | flags::VARKEYWORDS) == 0
            && positional_count <= arg_count
            && bind_keywords(function, code, callee, positional_count, names)
        {
            return Ok(());
        }
        let arguments: Arguments = (0..count)
            .map(|offset| Ref::from_raw(std::mem::replace(&mut *callee.add(offset), unbound())))
            .collect();
        stack::reserve(callee.add(code.frame_size as usize))?;
        let values = place(function, code, arguments, positional_count, keywords)?;
        for (offset, value) in values.into_iter().enumerate() {
            if let Some(value) = value {
                *callee.add(offset) = value.into_raw();
            }
        }
        Ok(())
    }
}

/// Binds keyword arguments to parameters whose names are the same objects, the rest from the defaults, without a detour
/// through memory. False, with nothing changed, where anything is out of the ordinary.
unsafe fn bind_keywords(
    function: &Function,
    code: &Code,
    callee: Fp,
    positional_count: usize,
    names: &Ref<Tuple>,
) -> bool {
    let arg_count = code.arg_count as usize;
    let parameters = arg_count + code.source.0.keyword_only_count as usize;
    let named = names.items().len();
    if parameters > 64 || named > MOST_NAMES {
        return false;
    }
    // A bit for each parameter that has a value.
    let mut given: u64 = if positional_count == 64 { u64::MAX } else { (1 << positional_count) - 1 };
    let mut places = [0u8; MOST_NAMES];
    let first = positional_count.max(code.source.0.positional_only_count as usize);
    for (place, name) in places.iter_mut().zip(names.items()) {
        match (first..parameters).find(|&slot| code.locals[slot].as_any().is(name)) {
            Some(slot) if given >> slot & 1 == 0 => {
                given |= 1 << slot;
                *place = slot as u8;
            }
            _ => return false,
        }
    }
    // SAFETY: the values stand behind the positional arguments; each moves to a place of its own.
    unsafe {
        let mut values = [unbound(); MOST_NAMES];
        for (offset, value) in values.iter_mut().take(named).enumerate() {
            *value = std::mem::replace(&mut *callee.add(positional_count + offset), unbound());
        }
        if !fill_missing(function, code, callee, positional_count, given) {
            for (offset, value) in values.into_iter().take(named).enumerate() {
                *callee.add(positional_count + offset) = value;
            }
            return false;
        }
        for (place, value) in places.into_iter().zip(values).take(named) {
            *callee.add(place as usize) = value;
        }
    }
    true
}

/// Puts the defaults of all parameters that are not given into their registers. False, with nothing changed, if one has
/// none.
unsafe fn fill_missing(function: &Function, code: &Code, callee: Fp, first: usize, given: u64) -> bool {
    let arg_count = code.arg_count as usize;
    let parameters = arg_count + code.source.0.keyword_only_count as usize;
    let defaults = function.defaults.get();
    let available = defaults.as_ref().map_or(0, |defaults| defaults.items().len());
    let keyword_defaults = function.keyword_defaults.get();
    let missing = |slot: &usize| given >> slot & 1 == 0;
    for slot in (first..parameters).filter(missing) {
        let default = if slot < arg_count {
            defaults.as_ref().and_then(|defaults| {
                defaults.items().get((slot + available).checked_sub(arg_count)?).cloned()
            })
        } else {
            // Mostly all parameters have defaults, which then stand in their order.
            let at = slot - arg_count;
            let name = &code.locals[slot];
            keyword_defaults
                .as_ref()
                .and_then(|defaults| defaults.value_of(at, name).or_else(|| dict::get_str(defaults, name)))
        };
        // SAFETY: the registers of parameters that are not given are unbound.
        unsafe {
            match default {
                Some(default) => *callee.add(slot) = default.into_raw(),
                None => {
                    for filled in (first..slot).filter(missing) {
                        drop(Ref::<ouro_heap::Any>::from_raw(std::mem::replace(
                            &mut *callee.add(filled),
                            unbound(),
                        )));
                    }
                    return false;
                }
            }
        }
    }
    true
}

/// The values of the parameters' slots.
fn place(
    function: &Function,
    code: &Code,
    arguments: Arguments,
    positional_count: usize,
    keywords: Option<&Ref<Tuple>>,
) -> Res<Values> {
    let source = &code.source.0;
    let arg_count = code.arg_count as usize;
    let keyword_only = source.keyword_only_count as usize;
    let parameters = arg_count + keyword_only;
    let has_args = code.flags & flags::VARARGS != 0;
    let has_kwargs = code.flags & flags::VARKEYWORDS != 0;
    let mut values: Values = smallvec::smallvec![None; code.parameter_slots()];
    let mut arguments = arguments.into_iter();
    for value in values.iter_mut().take(positional_count.min(arg_count)) {
        *value = arguments.next();
    }
    let surplus: Vec<Ref> = arguments.by_ref().take(positional_count.saturating_sub(arg_count)).collect();
    let given = positional_count;
    let too_many = !surplus.is_empty() && !has_args;
    if has_args {
        values[parameters] = Some(tuple::from_vec(surplus).into_any());
    }
    let rest = has_kwargs.then(dict::new);
    if let Some(rest) = &rest {
        values[parameters + usize::from(has_args)] = Some(rest.clone().into_any());
    }
    if let Some(names) = keywords {
        if let Some(rest) = &rest {
            rest.table.with_mut(|table| table.foresee(names.items().len().min(FULL_SMALL)));
        }
        for (name, value) in names.items().iter().zip(arguments) {
            let Some(text) = name.downcast::<Str>() else {
                return Err(type_error!("keywords must be strings"));
            };
            let from = source.positional_only_count as usize;
            let found = (from..parameters).find(|&slot| code.locals[slot].is(text)).or_else(|| {
                (from..parameters).find(|&slot| crate::objects::str::equal(&code.locals[slot], text))
            });
            match found {
                Some(slot) if values[slot].is_some() => {
                    return Err(type_error!(
                        "{}() got multiple values for argument '{}'",
                        function_name(function),
                        text.to_text()
                    ));
                }
                Some(slot) => values[slot] = Some(value),
                None => match &rest {
                    Some(rest) => dict::set(rest, name, value)?,
                    None => return Err(unexpected_keyword(function, code, names, text)),
                },
            }
        }
    }
    if too_many {
        return Err(too_many_positional(function, code, given, &values));
    }
    fill_defaults(function, code, &mut values)?;
    Ok(values)
}

/// Fills parameters that were not given from the defaults; TypeError where there are none.
fn fill_defaults(function: &Function, code: &Code, values: &mut [Option<Ref>]) -> Res<()> {
    let arg_count = code.arg_count as usize;
    let keyword_only = code.source.0.keyword_only_count as usize;
    let defaults = function.defaults.get();
    let available = defaults.as_ref().map_or(0, |defaults| defaults.items().len());
    let first_default = arg_count - available.min(arg_count);
    let missing: Vec<&Ref<Str>> =
        (0..first_default).filter(|&slot| values[slot].is_none()).map(|slot| &code.locals[slot]).collect();
    if !missing.is_empty() {
        return Err(missing_arguments(function, "positional", &missing));
    }
    if let Some(defaults) = defaults {
        for (slot, value) in values.iter_mut().enumerate().take(arg_count).skip(first_default) {
            if value.is_none() {
                *value = Some(defaults.items()[slot + available - arg_count].clone());
            }
        }
    }
    if keyword_only > 0 {
        let defaults = function.keyword_defaults.get();
        let mut missing = Vec::new();
        for (slot, value) in values.iter_mut().enumerate().take(arg_count + keyword_only).skip(arg_count) {
            if value.is_some() {
                continue;
            }
            let default = match &defaults {
                Some(defaults) => dict::get(defaults, code.locals[slot].as_any())?,
                None => None,
            };
            match default {
                Some(default) => *value = Some(default),
                None => missing.push(&code.locals[slot]),
            }
        }
        if !missing.is_empty() {
            return Err(missing_arguments(function, "keyword-only", &missing));
        }
    }
    Ok(())
}

#[cold]
fn missing_arguments(function: &Function, kind: &str, names: &[&Ref<Str>]) -> Raised {
    let shown: Vec<String> = names.iter().map(|name| format!("'{}'", name.to_text())).collect();
    let list = match shown.as_slice() {
        [one] => one.clone(),
        [first, second] => format!("{first} and {second}"),
        [all @ .., last] => format!("{}, and {last}", all.join(", ")),
        [] => String::new(),
    };
    let plural = if names.len() == 1 { "" } else { "s" };
    type_error!(
        "{}() missing {} required {kind} argument{plural}: {list}",
        function_name(function),
        names.len()
    )
}

#[cold]
fn too_many_positional(function: &Function, code: &Code, given: usize, values: &[Option<Ref>]) -> Raised {
    let arg_count = code.arg_count as usize;
    let keyword_only = code.source.0.keyword_only_count as usize;
    let defaults = function.defaults.get().map_or(0, |defaults| defaults.items().len());
    let (takes, plural) = if defaults > 0 {
        (format!("from {} to {arg_count}", arg_count - defaults.min(arg_count)), "s")
    } else {
        (arg_count.to_string(), if arg_count == 1 { "" } else { "s" })
    };
    let keywords_given = values[arg_count..arg_count + keyword_only].iter().flatten().count();
    let (extra, verb) = if keywords_given > 0 {
        let s = if given == 1 { "" } else { "s" };
        let ks = if keywords_given == 1 { "" } else { "s" };
        (format!(" positional argument{s} (and {keywords_given} keyword-only argument{ks})"), "were")
    } else {
        (String::new(), if given == 1 { "was" } else { "were" })
    };
    type_error!(
        "{}() takes {takes} positional argument{plural} but {given}{extra} {verb} given",
        function_name(function)
    )
}

#[cold]
fn unexpected_keyword(function: &Function, code: &Code, names: &Ref<Tuple>, name: &Ref<Str>) -> Raised {
    let only = code.source.0.positional_only_count as usize;
    let wrongly: Vec<String> = code.locals[..only]
        .iter()
        .filter(|parameter| {
            names.items().iter().any(|given| {
                given.downcast::<Str>().is_some_and(|given| crate::objects::str::equal(given, parameter))
            })
        })
        .map(|parameter| parameter.to_text().into_owned())
        .collect();
    if !wrongly.is_empty() {
        return type_error!(
            "{}() got some positional-only arguments passed as keyword arguments: '{}'",
            function_name(function),
            wrongly.join(", ")
        );
    }
    let parameters = code.arg_count as usize + code.source.0.keyword_only_count as usize;
    let candidates: Vec<String> =
        code.locals[only..parameters].iter().map(|name| name.to_text().into_owned()).collect();
    let text = name.to_text();
    let known = candidates.iter().map(String::as_str);
    crate::native::unexpected_keyword(&function_name(function), &text, known)
}
