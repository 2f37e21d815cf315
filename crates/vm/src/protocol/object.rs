//! `repr`, `str`, `hash`, truth, `len` and `format` of any object.

use ouro_heap::Ref;

use crate::{
    error::{Raised, Res},
    interpreter,
    objects::{
        class::Class,
        float::Float,
        format,
        int::Int,
        str::{self, Str, StrExt},
    },
    protocol::{attribute, call},
    recursion_error,
    state::{names, shared, vm},
    type_error, types,
};

/// Native calls may nest this deep; beyond, RecursionError. The interpreter's thread has a stack to match.
pub const MAX_NATIVE_DEPTH: u32 = 20_000;

/// Counts a native call that may run Python code; RecursionError when they nest too deeply.
pub struct NativeCall(());

impl NativeCall {
    /// Enters a native call. `doing` completes the message, such as " while calling a Python object".
    #[inline]
    pub fn enter(doing: &str) -> Res<NativeCall> {
        if interpreter::enter_native() { Ok(NativeCall(())) } else { Err(too_deep(doing)) }
    }
}

impl Drop for NativeCall {
    #[inline]
    fn drop(&mut self) {
        interpreter::leave_native();
    }
}

#[cold]
fn too_deep(doing: &str) -> Raised {
    recursion_error!("maximum recursion depth exceeded{doing}")
}

/// `repr(object)`
pub fn repr(object: &Ref) -> Res<Ref<Str>> {
    let Some(slot) = Class::of(object).slots.0.repr.get() else {
        let class = Class::of(object).short_name();
        return Ok(str::new(&format!("<{class} object at {:#x}>", object.address())));
    };
    let _call = NativeCall::enter(" while getting the repr of an object")?;
    let text = slot(object)?;
    text.into::<Str>().map_err(|other| {
        type_error!("__repr__ returned non-string (type {})", Class::of(&other).short_name())
    })
}

/// `str(object)`
pub fn str(object: &Ref) -> Res<Ref<Str>> {
    if object.is_exact::<Str>() {
        return Ok(object.downcast::<Str>().expect("checked above").clone());
    }
    if object.is_exact::<Int>() {
        return Ok(crate::objects::int::text::small(
            object.payload::<Int>().expect("checked above").value.get(),
        ));
    }
    let Some(slot) = Class::of(object).slots.0.str.get() else { return repr(object) };
    let _call = NativeCall::enter(" while getting the str of an object")?;
    let text = slot(object)?;
    text.into::<Str>()
        .map_err(|other| type_error!("__str__ returned non-string (type {})", Class::of(&other).short_name()))
}

/// `ascii(object)`: the repr with all but ASCII escaped.
pub fn ascii(object: &Ref) -> Res<Ref<Str>> {
    let text = repr(object)?;
    if text.is_ascii() {
        return Ok(text);
    }
    let mut out = String::new();
    for c in text.code_points() {
        match c {
            0..0x80 => out.push(c as u8 as char),
            0x80..0x100 => out.push_str(&format!("\\x{c:02x}")),
            0x100..0x1_0000 => out.push_str(&format!("\\u{c:04x}")),
            _ => out.push_str(&format!("\\U{c:08x}")),
        }
    }
    Ok(str::new(&out))
}

/// `hash(object)`
pub fn hash(object: &Ref) -> Res<i64> {
    match Class::of(object).slots.0.hash.get() {
        Some(slot) => slot(object),
        None => Err(type_error!("unhashable type: '{}'", Class::of(object).short_name())),
    }
}

/// The hash of an address: the default of objects, rotated as CPython's since low bits are always zero.
pub fn hash_address(object: &Ref) -> i64 {
    let address = object.address();
    match address.rotate_right(4) as i64 {
        -1 => -2,
        hash => hash,
    }
}

/// The truth of an object.
#[inline]
pub fn is_true(object: &Ref) -> Res<bool> {
    let shared = shared();
    if object.is(&shared.true_) {
        return Ok(true);
    }
    if object.is(&shared.false_) || object.is(&shared.none) {
        return Ok(false);
    }
    if object.is_exact::<Int>()
        && let Some(int) = object.payload::<Int>()
    {
        return Ok(int.value.get() != 0);
    }
    let slots = &Class::of(object).slots.0;
    if let Some(slot) = slots.bool.get() {
        slot(object)
    } else if let Some(slot) = slots.len.get() {
        Ok(slot(object)? > 0)
    } else {
        Ok(true)
    }
}

/// `len(object)`
pub fn len(object: &Ref) -> Res<usize> {
    match Class::of(object).slots.0.len.get() {
        Some(slot) => slot(object),
        None => Err(type_error!("object of type '{}' has no len()", Class::of(object).short_name())),
    }
}

/// A hint of how many items an iterable will give: its length, its `__length_hint__`, or the default.
pub fn length_hint(object: &Ref, default: usize) -> Res<usize> {
    if let Some(slot) = Class::of(object).slots.0.len.get() {
        match slot(object) {
            Ok(len) => return Ok(len),
            // The class has a length, but this object does not.
            Err(raised) => {
                drop(crate::error::take_if(raised, crate::objects::exception::ExceptionKind::TypeError)?)
            }
        }
    }
    let Some(result) = attribute::call_special(object, &names().__length_hint__, &[])? else {
        return Ok(default);
    };
    if result.is(&shared().not_implemented) {
        return Ok(default);
    }
    match crate::objects::int::value(&result) {
        Some(value) if value.is_negative() => {
            Err(crate::value_error!("__length_hint__() should return >= 0"))
        }
        Some(value) => Ok(value.to_i64().unwrap_or(i64::MAX) as usize),
        None => {
            Err(type_error!("__length_hint__ must be an integer, not {}", Class::of(&result).short_name()))
        }
    }
}

/// `format(object, spec)`
pub fn format(object: &Ref, spec: &Ref<Str>) -> Res<Ref<Str>> {
    if let Some(text) = format::quick::format(object, spec) {
        return Ok(text);
    }
    format_generally(object, spec)
}

fn format_generally(object: &Ref, spec: &Ref<Str>) -> Res<Ref<Str>> {
    match object.header().type_index() {
        types::STR => {
            let text = object.downcast::<Str>().expect("checked above");
            return format::format_str(text, &spec.to_text());
        }
        types::FLOAT if spec.char_count() == 0 => {
            let value = object.payload::<Float>().expect("checked above").value.get();
            return Ok(crate::objects::float::repr_text(value));
        }
        _ => {}
    }
    let Some(method) = attribute::lookup_special(object, &names().__format__)? else {
        return Err(type_error!("Type {} doesn't define __format__", Class::of(object).short_name()));
    };
    let text = call::call(&method, &[spec.clone().into_any()])?;
    text.into::<Str>()
        .map_err(|other| type_error!("__format__ must return a str, not {}", Class::of(&other).short_name()))
}

/// Marks an object as being represented, so that a container inside itself is shown as `[...]`.
pub struct ReprGuard(usize);

impl ReprGuard {
    /// Enters the object; nothing if it is being represented already.
    pub fn enter(object: &Ref) -> Option<ReprGuard> {
        let mut active = vm().in_repr.borrow_mut();
        if active.contains(&object.address()) {
            return None;
        }
        active.push(object.address());
        Some(ReprGuard(object.address()))
    }
}

impl Drop for ReprGuard {
    fn drop(&mut self) {
        let mut active = vm().in_repr.borrow_mut();
        if let Some(position) = active.iter().rposition(|address| *address == self.0) {
            active.remove(position);
        }
    }
}
