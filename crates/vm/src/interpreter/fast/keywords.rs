//! Specialised handlers: calls with keywords.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::*;
use crate::interpreter::binding;

/// The most keywords that a site remembers, and the most parameters of a function that it remembers them for.
const MOST_KEYWORDS: usize = 6;
const MOST_PARAMETERS: usize = 16;

/// Where the keywords of a call go: the place of each in four bits, above these how many they are, and above that whether all
/// stand where they go already.
#[derive(Clone, Copy)]
struct Places(u32);

impl Places {
    /// How many bits they take, at most 28, and these.
    const BITS: u32 = 28;
    const ALL: u32 = (1 << Places::BITS) - 1;
    const IN_ORDER: u32 = 1 << (Places::BITS - 1);
    /// No keywords.
    const NONE: Places = Places(Places::IN_ORDER);

    /// For a call of a function that takes neither `*args` nor `**kwargs`, if nothing about it is out of the ordinary.
    fn find(code: &crate::objects::code::Code, count: usize, names: &[Ref]) -> Option<Places> {
        use ouro_bytecode::code::flags;
        let positional = count - names.len();
        let plain = code.flags & (flags::VARARGS | flags::VARKEYWORDS) == 0 && code.number != 0;
        if !plain
            || names.len() > MOST_KEYWORDS
            || positional > code.arg_count as usize
            || code.parameters as usize > MOST_PARAMETERS
        {
            return None;
        }
        let places = binding::find_places(code, positional, names, &mut ((1 << positional) - 1))?;
        let packed = places.iter().take(names.len()).enumerate();
        let packed = packed.fold(0, |packed, (offset, &place)| packed | u32::from(place) << (4 * offset));
        let in_order = places
            .iter()
            .take(names.len())
            .enumerate()
            .all(|(offset, &place)| usize::from(place) == positional + offset);
        let in_order = if in_order { Places::IN_ORDER } else { 0 };
        Some(Places(packed | (names.len() as u32) << (4 * MOST_KEYWORDS) | in_order))
    }

    #[inline(always)]
    fn count(self) -> usize {
        ((self.0 & !Places::IN_ORDER) >> (4 * MOST_KEYWORDS)) as usize
    }

    #[inline(always)]
    fn is_in_order(self) -> bool {
        self.0 & Places::IN_ORDER != 0
    }

    #[inline(always)]
    fn place(self, keyword: usize) -> usize {
        (self.0 >> (4 * keyword) & 15) as usize
    }
}

/// A call with keywords of a Python function. Word 2: the places of the keywords, the number of the function's code.
pub(in crate::interpreter) unsafe fn CallKwFunction(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let function = value(fp, w.b());
        let cache = word(pc.add(2));
        if !is_of(function, types::FUNCTION) || code_in(function).number != cache.hi() {
            miss!(CallKw, pc, fp)
        }
        let code = code_in(function);
        let callee = fp.add(w.b() as usize + 3);
        let depth = stack::depth_of(fp) + 1;
        let top = end_of(code, callee);
        if !may_enter(top, depth) {
            tail!(CallKw, pc, fp)
        }
        if !Places(cache.lo() as u32).is_in_order() || u32::from(w.c()) != code.parameters {
            return bind_keywords_and_enter(pc, fp);
        }
        *callee.sub(2) = pc.add(3) as usize as Slot;
        stack::lay_link(callee, callee.offset_from(fp) as u16, w.a(), depth);
        jump!(code.words.0.as_ptr(), callee)
    }
}

/// The same where values have to be moved or defaults to be found.
#[inline(never)]
unsafe fn bind_keywords_and_enter(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let callee = fp.add(w.b() as usize + 3);
        if !bind_keywords(callee, w.c() as usize, Places(word(pc.add(2)).lo() as u32)) {
            tail!(CallKw, pc, fp)
        }
        *callee.sub(2) = pc.add(3) as usize as Slot;
        stack::lay_link_of_call(callee, w.a_and_b(), 3, stack::depth_of(fp) + 1);
        jump!(code_in(*callee.sub(3)).words.0.as_ptr(), callee)
    }
}

/// Enters a Python function that is called without keywords and takes some (`def f(a, *, b=1)`), which have defaults.
#[inline(never)]
pub(super) unsafe fn bind_defaults_and_enter(pc: Pc, fp: Fp) -> Jump {
    use ouro_bytecode::code::flags;
    unsafe {
        let w = word(pc);
        let callee = fp.add(w.b() as usize + 3);
        let code = code_in(*callee.sub(3));
        let depth = stack::depth_of(fp) + 1;
        if code.flags & (flags::VARARGS | flags::VARKEYWORDS) != 0
            || code.parameters == code.arg_count
            || u32::from(w.c()) > code.arg_count
            || !may_enter(end_of(code, callee), depth)
            || !bind_keywords(callee, w.c() as usize, Places::NONE)
        {
            return calls::bind_rest_and_enter(pc, fp);
        }
        *callee.sub(2) = pc.add(3) as usize as Slot;
        stack::lay_link_of_call(callee, w.a_and_b(), 3, depth);
        jump!(code_in(*callee.sub(3)).words.0.as_ptr(), callee)
    }
}

/// A method call with keywords of a Python function. Words 2 and 3 as in [`CallMethodFunction`]; word 4: the places of the
/// keywords, the number of the function's code.
pub(in crate::interpreter) unsafe fn CallMethodKwFunction(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(2));
        if !has_shape(value(fp, w.b() + 3), cache.lo() as u32, cache.hi()) {
            miss!(CallMethodKw, pc, fp)
        }
        let function = (*pc.add(3)).get() as usize as Slot;
        let code = code_in(function);
        let known = word(pc.add(4));
        if code.number != known.hi() {
            miss!(CallMethodKw, pc, fp)
        }
        let place = slot(fp, w.b());
        let callee = place.add(3);
        let depth = stack::depth_of(fp) + 1;
        let top = end_of(code, callee);
        if *place != unbound() || !may_enter(top, depth) {
            tail!(CallMethodKw, pc, fp)
        }
        increment(function);
        *place = function;
        let places = Places(known.lo() as u32 & Places::ALL);
        if !bind_keywords(callee, w.c() as usize + 1, places) {
            decrement(function);
            *place = unbound();
            tail!(CallMethodKw, pc, fp)
        }
        *callee.sub(2) = pc.add(5) as usize as Slot;
        stack::lay_link(callee, callee.offset_from(fp) as u16, w.a(), depth);
        jump!(code.words.0.as_ptr(), callee)
    }
}

/// Marks the places of a call without an object in front of the arguments.
const ALONE: u32 = 1 << Places::BITS;

/// The second half of a method call with keywords of a Python function. Word 2: the places of the keywords and whether there
/// is an object in front of the arguments, the number of the function's code.
pub(in crate::interpreter) unsafe fn CallLoadedKwFunction(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let window = slot(fp, w.b());
        let (function, known) = (*window, word(pc.add(2)));
        let alone = known.lo() as u32 & ALONE != 0;
        if !is_of(function, types::FUNCTION)
            || code_in(function).number != known.hi()
            || alone != (*window.add(3) == unbound())
        {
            miss!(CallLoadedKw, pc, fp)
        }
        let code = code_in(function);
        let callee = window.add(3 + usize::from(alone));
        let depth = stack::depth_of(fp) + 1;
        let top = end_of(code, callee);
        if !may_enter(top, depth) {
            tail!(CallLoadedKw, pc, fp)
        }
        *window = unbound();
        *callee.sub(3) = function;
        let places = Places(known.lo() as u32 & Places::ALL);
        if !bind_keywords(callee, w.c() as usize + usize::from(!alone), places) {
            *callee.sub(3) = unbound();
            *window = function;
            tail!(CallLoadedKw, pc, fp)
        }
        *callee.sub(2) = pc.add(3) as usize as Slot;
        stack::lay_link(callee, callee.offset_from(fp) as u16, w.a(), depth);
        jump!(code.words.0.as_ptr(), callee)
    }
}

/// Rewrites the second half of a method call with keywords.
#[inline(always)]
pub(crate) unsafe fn specialise_call_loaded_kw(pc: Pc, fp: Fp, names: &Ref<Tuple>) {
    unsafe {
        let w = word(pc);
        let (function, alone) = (value(fp, w.b()), value(fp, w.b() + 3) == unbound());
        let count = w.c() as usize + usize::from(!alone);
        if is_of(function, types::FUNCTION)
            && may_rewrite(pc)
            && let Some(places) = Places::find(code_in(function), count, names.items())
        {
            let places = places.0 | if alone { ALONE } else { 0 };
            (*pc.add(2)).set(ouro_bytecode::code::Word::data(places as i32, code_in(function).number).0);
            rewrite(pc, Op::CallLoadedKwFunction);
        }
    }
}

/// A call with keywords of a native function. Word 2: its definition.
pub(in crate::interpreter) unsafe fn CallKwNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !is_function(value(fp, word(pc).b()), (*pc.add(2)).get()) {
            miss!(CallKw, pc, fp)
        }
        call_kw_native(pc, fp)
    }
}

/// A method call with keywords of a native method. Words 2 and 3 as in [`CallMethodNative`].
pub(in crate::interpreter) unsafe fn CallMethodKwNative(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if type_of(value(fp, word(pc).b() + 3)) != word(pc.add(2)).lo() as u32 {
            miss!(CallMethodKw, pc, fp)
        }
        call_method_kw_native(pc, fp)
    }
}

/// Rewrites a method call with keywords. Above the places in word 4 the misses are counted.
#[inline(always)]
pub(crate) unsafe fn specialise_call_method_kw(pc: Pc, fp: Fp, name: &Ref<Str>, names: &Ref<Tuple>) {
    unsafe {
        let misses = word(pc.add(4)).lo() as u32 >> Places::BITS;
        if misses < MAX_MISSES {
            specialise_method_kw(pc, fp, name, names, misses + 1);
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn specialise_method_kw(pc: Pc, fp: Fp, name: &Ref<Str>, names: &Ref<Tuple>, misses: u32) {
    unsafe {
        let w = word(pc);
        let note = |places: u32, number| {
            (*pc.add(4))
                .set(ouro_bytecode::code::Word::data((places | misses << Places::BITS) as i32, number).0);
        };
        // A site that is fit for nothing else is not looked at for ever.
        note(0, 0);
        let Some(object) = borrow(fp, w.b() + 3) else { return };
        let Some(method) = find_method(object, name) else { return };
        if method.has_layout::<MethodDescriptor>() {
            remember_method(pc, 2, object, &method);
            rewrite(pc, Op::CallMethodKwNative);
            return;
        }
        let code = code_in(method.as_ptr());
        if let Some(places) = Places::find(code, w.c() as usize + 1, names.items()) {
            note(places.0, code.number);
            remember_method(pc, 2, object, &method);
            rewrite(pc, Op::CallMethodKwFunction);
        }
    }
}

/// Moves the values of keywords from behind the positional arguments to their parameters, and gives those that have none
/// their defaults. If there is no default, everything is as it was. Out of line, since the values are held in memory
/// meanwhile.
#[inline(never)]
unsafe fn bind_keywords(callee: Fp, count: usize, places: Places) -> bool {
    unsafe {
        let positional = count - places.count();
        let code = code_in(*callee.sub(3));
        let mut first_missing = positional;
        if places.is_in_order() {
            first_missing = count;
        } else if places.count() == 1 {
            let value = std::mem::replace(&mut *callee.add(positional), unbound());
            *callee.add(places.place(0)) = value;
        } else {
            let mut values = [unbound(); MOST_KEYWORDS];
            for (offset, value) in values.iter_mut().take(places.count()).enumerate() {
                *value = std::mem::replace(&mut *callee.add(positional + offset), unbound());
            }
            for (offset, value) in values.into_iter().take(places.count()).enumerate() {
                *callee.add(places.place(offset)) = value;
            }
        }
        count == code.parameters as usize || fill_defaults(callee, positional, first_missing, places)
    }
}

/// Gives the parameters from `first_missing` on that are unbound their defaults. If one has none, everything is as it was in
/// the window.
#[inline(always)]
unsafe fn fill_defaults(callee: Fp, positional: usize, first_missing: usize, places: Places) -> bool {
    unsafe {
        let function = payload::<Function>(*callee.sub(3));
        let code = code_in(*callee.sub(3));
        let arg_count = code.arg_count as usize;
        for slot in first_missing..code.parameters as usize {
            if *callee.add(slot) != unbound() {
                continue;
            }
            let default = if slot < arg_count {
                function.defaults.with(|defaults| {
                    let items = defaults?.items();
                    items.get((slot + items.len()).checked_sub(arg_count)?).cloned()
                })
            } else {
                function
                    .keyword_defaults
                    .with(|defaults| defaults?.value_of(slot - arg_count, &code.locals[slot]))
            };
            let Some(default) = default else {
                undo(callee, positional, slot, places);
                return false;
            };
            *callee.add(slot) = default.into_raw();
        }
        true
    }
}

/// Takes defaults back out of the parameters below a slot, and puts the values of keywords where they came from.
#[cold]
#[inline(never)]
unsafe fn undo(callee: Fp, positional: usize, end: usize, places: Places) {
    unsafe {
        let named = |slot: usize| (0..places.count()).any(|keyword| places.place(keyword) == slot);
        for slot in (positional..end).filter(|&slot| !named(slot)) {
            drop(take(callee.add(slot), 0));
        }
        let mut values = [unbound(); MOST_KEYWORDS];
        for (keyword, value) in values.iter_mut().take(places.count()).enumerate() {
            *value = std::mem::replace(&mut *callee.add(places.place(keyword)), unbound());
        }
        for (offset, value) in values.into_iter().take(places.count()).enumerate() {
            *callee.add(positional + offset) = value;
        }
    }
}

/// Rewrites a call with keywords.
#[inline(always)]
pub(crate) unsafe fn specialise_call_kw(pc: Pc, fp: Fp, names: &Ref<Tuple>) {
    unsafe {
        let w = word(pc);
        let function = value(fp, w.b());
        if is_of(function, types::BUILTIN_FUNCTION) {
            let builtin = payload::<BuiltinFunction>(function);
            let definition = builtin.definition.0;
            // What takes no keywords at all has an error of its own.
            if builtin.receiver.is_none()
                && !matches!(definition.code, NativeCode::Plain(_))
                && may_rewrite(pc)
            {
                (*pc.add(2)).set(std::ptr::from_ref(definition) as u64);
                rewrite(pc, Op::CallKwNative);
            }
            return;
        }
        if !is_of(function, types::FUNCTION) {
            return;
        }
        let code = code_in(function);
        // A site that is fit for nothing else is not looked at for ever.
        if may_rewrite(pc)
            && let Some(places) = Places::find(code, w.c() as usize, names.items())
        {
            (*pc.add(2)).set(ouro_bytecode::code::Word::data(places.0 as i32, code.number).0);
            rewrite(pc, Op::CallKwFunction);
        }
    }
}
