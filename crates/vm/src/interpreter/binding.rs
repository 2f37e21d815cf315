//! Binding of arguments to parameters, in the words of CPython's `initialize_locals`.

use ouro_bytecode::code::flags;
use ouro_heap::{Ref, table::FULL_SMALL};
use smallvec::SmallVec;

use super::{
    calls::function_name,
    core::{Fp, Slot, unbound},
    stack,
};
use crate::{
    error::{Raised, Res},
    objects::{
        code::Code,
        dict::{self, Dict},
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

/// [`bind`] where nothing is out of the ordinary: the arguments move from register to register, and no code of the program
/// runs. False, with nothing changed, elsewhere.
///
/// # Safety
/// As for [`bind`], with room for the callee's frame.
pub(crate) unsafe fn bind_directly(
    function: &Function,
    code: &Code,
    callee: Fp,
    count: usize,
    keywords: Option<&Ref<Tuple>>,
) -> bool {
    let names = keywords.map_or(&[][..], |names| names.items());
    let positional = count - names.len();
    let (arg_count, parameters) = (code.arg_count as usize, code.parameters as usize);
    let (has_args, has_kwargs) = (code.flags & flags::VARARGS != 0, code.flags & flags::VARKEYWORDS != 0);
    if has_args && parameters == arg_count && names.is_empty() && count >= arg_count {
        // SAFETY: as promised by the caller.
        unsafe { bind_rest(callee.add(arg_count), count - arg_count, has_kwargs) };
        return true;
    }
    if parameters >= 64 || names.len() > MOST_NAMES || positional > arg_count && !has_args {
        return false;
    }
    // A bit for each parameter that has a value.
    let mut given = low_bits(positional.min(arg_count));
    let mut places = [0; MOST_NAMES];
    if !names.is_empty() {
        match find_places(code, positional.min(arg_count), names, &mut given) {
            Some(found) => places = found,
            None => return false,
        }
    }
    let missing = low_bits(parameters) & !given;
    if missing != 0 && !has_defaults(function, code, missing) {
        return false;
    }
    // SAFETY: each argument moves out of its register before anything else moves there.
    unsafe {
        let mut values = [std::mem::MaybeUninit::<Slot>::uninit(); MOST_NAMES];
        for (offset, value) in values.iter_mut().take(names.len()).enumerate() {
            value.write(std::mem::replace(&mut *callee.add(positional + offset), unbound()));
        }
        if has_args {
            let surplus = (arg_count..positional.max(arg_count))
                .map(|offset| Ref::from_raw(std::mem::replace(&mut *callee.add(offset), unbound())));
            let rest = if surplus.len() == 0 { tuple::empty() } else { tuple::from_exact_iter(surplus) };
            *callee.add(parameters) = rest.into_any().into_raw();
        }
        let rest = has_kwargs.then(dict::new);
        if let Some(rest) = &rest
            && places.contains(&REST)
        {
            rest.table.with_mut(|table| table.foresee(names.len().min(FULL_SMALL)));
        }
        for ((name, value), place) in names.iter().zip(values).zip(places) {
            let value = value.assume_init();
            match (&rest, name.downcast::<Str>()) {
                (Some(rest), Some(name)) if place == REST => dict::set_str(rest, name, Ref::from_raw(value)),
                _ => *callee.add(place as usize) = value,
            }
        }
        if let Some(rest) = rest {
            *callee.add(parameters + usize::from(has_args)) = rest.into_any().into_raw();
        }
        if missing != 0 {
            fill_missing(function, code, callee, missing);
        }
    }
    true
}

/// Makes the tuple of `*args` from so many arguments at `place`, and behind it the dictionary of `**kwargs` where the
/// function has one.
///
/// # Safety
/// As for [`bind_directly`].
#[inline(always)]
unsafe fn bind_rest(place: Fp, count: usize, has_kwargs: bool) {
    // SAFETY: the arguments move from their registers to the tuple.
    unsafe {
        let rest = if count == 0 {
            tuple::empty()
        } else {
            let arguments =
                (0..count).map(|offset| Ref::from_raw(std::mem::replace(&mut *place.add(offset), unbound())));
            tuple::from_exact_iter(arguments)
        };
        *place = rest.into_any().into_raw();
        if has_kwargs {
            *place.add(1) = dict::new().into_any().into_raw();
        }
    }
}

/// The place of a keyword that goes to `**kwargs`.
const REST: u8 = u8::MAX;

/// So many bits, below 64.
#[inline(always)]
fn low_bits(count: usize) -> u64 {
    (1 << count) - 1
}

/// Finds the parameters that keywords (at most [`MOST_NAMES`]) name: those whose names are the same objects. Nothing where
/// anything is not plain. `given` has a bit for each parameter that has a value.
#[inline(always)]
pub(super) fn find_places(
    code: &Code,
    positional: usize,
    names: &[Ref],
    given: &mut u64,
) -> Option<[u8; MOST_NAMES]> {
    let mut places = [0; MOST_NAMES];
    let first = positional.max(code.source.0.positional_only_count as usize);
    let parameters = code.parameters as usize;
    for (place, name) in places.iter_mut().zip(names) {
        match (first..parameters).find(|&slot| code.locals[slot].as_any().is(name)) {
            Some(slot) if *given >> slot & 1 == 0 => {
                *given |= 1 << slot;
                *place = slot as u8;
            }
            // Interned strings are equal only if they are one.
            None if code.flags & flags::VARKEYWORDS != 0
                && name.is_exact::<Str>()
                && name.downcast::<Str>().is_some_and(|name| name.is_interned())
                && !code.locals[..first].iter().any(|local| local.as_any().is(name)) =>
            {
                *place = REST;
            }
            _ => return None,
        }
    }
    Some(places)
}

/// Whether there are defaults for parameters, a bit each.
#[inline(always)]
fn has_defaults(function: &Function, code: &Code, missing: u64) -> bool {
    let arg_count = code.arg_count as usize;
    let available = function.defaults.with(|defaults| defaults.map_or(0, |defaults| defaults.items().len()));
    if (missing.trailing_zeros() as usize) < arg_count - available.min(arg_count) {
        return false;
    }
    let keyword_only = missing >> arg_count;
    keyword_only == 0
        || function.keyword_defaults.with(|defaults| {
            defaults.is_some_and(|defaults| {
                bits(keyword_only).all(|at| keyword_default(defaults, code, at).is_some())
            })
        })
}

/// The positions of the bits that are set.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let position = (set != 0).then(|| set.trailing_zeros() as usize);
        set &= set.wrapping_sub(1);
        position
    })
}

/// The default of a parameter that is given by keyword only.
#[inline(always)]
fn keyword_default(defaults: &Ref<Dict>, code: &Code, at: usize) -> Option<Ref> {
    // Mostly all such parameters have defaults, which then stand in their order.
    let name = &code.locals[code.arg_count as usize + at];
    defaults.value_of(at, name).or_else(|| dict::get_str(defaults, name))
}

/// Puts the defaults of parameters, a bit each, into their registers, which are unbound.
///
/// # Safety
/// As for [`bind_directly`].
#[inline(always)]
unsafe fn fill_missing(function: &Function, code: &Code, callee: Fp, missing: u64) {
    let arg_count = code.arg_count as usize;
    let put = |slot: usize, default: Option<Ref>| {
        if let Some(default) = default {
            // SAFETY: the register is one of the callee's parameters.
            unsafe { *callee.add(slot) = default.into_raw() };
        }
    };
    if missing & low_bits(arg_count) != 0 {
        function.defaults.with(|defaults| {
            let Some(defaults) = defaults.map(|defaults| defaults.items()) else { return };
            bits(missing & low_bits(arg_count)).for_each(|slot| {
                put(slot, defaults.get((slot + defaults.len()).wrapping_sub(arg_count)).cloned())
            });
        });
    }
    if missing >> arg_count != 0 {
        function.keyword_defaults.with(|defaults| {
            let Some(defaults) = defaults else { return };
            bits(missing >> arg_count)
                .for_each(|at| put(arg_count + at, keyword_default(defaults, code, at)));
        });
    }
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
        (format!("from {} to {arg_count}", arg_count as isize - defaults as isize), "s")
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
