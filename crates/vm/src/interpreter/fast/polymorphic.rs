//! Attributes at places that meet instances of many kinds: one table of the whole thread remembers, by type, shape and
//! name, where an attribute was found.
//!
//! A shape never changes its meaning: a class that is changed gets new shapes, and numbers are not used again. So no entry
//! is ever wrong, it is only written over by another one.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use std::cell::Cell as Place;

use super::*;

/// Where an attribute was found.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// The name's address, or [`key_of_operator`]. The name lives as long as the shape is in use, which holds it, or whose
    /// class does; once another name may stand at the address, no instance has the shape any more.
    name: usize,
    type_index: u32,
    shape: u32,
    /// The instance's own place, or one of the marks below.
    pub(super) place: u32,
    /// The function or value of the class.
    pub(super) value: Slot,
}

/// The attribute is a function of the class.
pub(super) const METHOD: u32 = u32::MAX;
/// The attribute is another value of the class, as it is.
const CLASS_VALUE: u32 = u32::MAX - 1;
/// The attribute is none of what the table knows, or missing: it is looked for the general way.
const ELSEWHERE: u32 = u32::MAX - 2;
/// The attribute is a static method of the class.
const STATIC: u32 = u32::MAX - 3;
/// The attribute is a property of the class with a Python function. The least of the marks.
const PROPERTY: u32 = u32::MAX - 4;
/// Set in the place of an attribute of the instance's own that can be written there.
const WRITABLE: u32 = 1 << 16;

const ENTRIES: usize = 512;

thread_local! {
    static TABLE: [Place<Entry>; ENTRIES] = const {
        const EMPTY: Entry = Entry { name: 0, type_index: 0, shape: 0, place: 0, value: std::ptr::null_mut() };
        [const { Place::new(EMPTY) }; ENTRIES]
    };
}

#[inline(always)]
fn index_of(type_index: u32, name: usize) -> usize {
    (name >> 4 ^ (type_index as usize).wrapping_mul(0x9E5)) % ENTRIES
}

/// The entry for an attribute of an object, if there is one.
#[inline(always)]
pub(super) unsafe fn known(object: Slot, name: usize) -> Option<Entry> {
    unsafe {
        let type_index = type_of(object);
        let entry = TABLE.with(|table| table[index_of(type_index, name)].get());
        // Only the type of an entry says that the object has a shape at all.
        (entry.name == name
            && entry.type_index == type_index
            && entry.shape == payload::<Instance>(object).head.shape.get())
        .then_some(entry)
    }
}

#[inline(always)]
unsafe fn name_at(fp: Fp, index: usize) -> usize {
    unsafe { (*code_of(fp).names.as_ptr().add(index)).address() }
}

/// Looks an attribute up and remembers it, if it is of a kind that the table knows.
pub(super) unsafe fn remember(object: &Ref, name: &Ref<Str>) {
    unsafe { remember_as(object, name, name.address()) }
}

/// The same under something else than the name's address.
unsafe fn remember_as(object: &Ref, name: &Ref<Str>, key: usize) {
    let class = Class::of(object);
    let Some(instance) = object.payload::<Instance>() else { return };
    let shape = instance.head.shape.get();
    let reading = reads_instance(class, name);
    if vm().shapes.is_dict(shape) {
        return;
    }
    let (place, value) = match (member_place(class, name), vm().shapes.place(shape, name)) {
        (Some(place), _) => {
            (place as u32 | if writes_plainly(class) { WRITABLE } else { 0 }, std::ptr::null_mut())
        }
        _ if is_plain_property(class, name) => match class.lookup(name) {
            Some(found) => (PROPERTY, found.as_ptr()),
            None => return,
        },
        (None, Some(place)) if reading => {
            let writable = writes_instance(class, name);
            (place as u32 | if writable { WRITABLE } else { 0 }, std::ptr::null_mut())
        }
        (None, None) if reading => match class.lookup(name) {
            Some(found) if found.has_layout::<Function>() => (METHOD, found.as_ptr()),
            Some(found) if found.is_exact::<StaticMethod>() => (STATIC, found.as_ptr()),
            Some(found) if Class::of(&found).slots.0.descr_get.get().is_none() && !class.has_variables() => {
                (CLASS_VALUE, found.as_ptr())
            }
            _ => return,
        },
        _ => return,
    };
    let type_index = object.header().type_index();
    let entry = Entry { name: key, type_index, shape, place, value };
    TABLE.with(|table| table[index_of(type_index, entry.name)].set(entry));
}

/// The same for native code that gets the name from the program. That it went the general way is remembered as well.
#[cold]
#[inline(never)]
fn remember_name(object: &Ref, name: &Ref<Str>) {
    let Some(instance) = object.payload::<Instance>() else { return };
    let shape = instance.head.shape.get();
    if vm().shapes.is_dict(shape) {
        return;
    }
    let (type_index, name_address) = (object.header().type_index(), name.address());
    // SAFETY: the entry is that of no attribute until one is found; all that it says is to look elsewhere.
    unsafe {
        let entry =
            Entry { name: name_address, type_index, shape, place: ELSEWHERE, value: std::ptr::null_mut() };
        TABLE.with(|table| table[index_of(type_index, name_address)].set(entry));
        remember(object, name);
    }
}

/// The value of an attribute of an instance, where it is the instance's own or a plain value of its class.
pub(crate) fn known_attribute(object: &Ref, name: &Ref<Str>) -> Option<Ref> {
    if !name.is_interned() || vm().options.generic {
        return None;
    }
    // SAFETY: entries name places of instances of the shape, and values that the class holds.
    unsafe {
        let Some(entry) = known(object.as_ptr(), name.address()) else {
            remember_name(object, name);
            return None;
        };
        let found = match entry.place {
            METHOD | STATIC | PROPERTY | ELSEWHERE => return None,
            CLASS_VALUE => entry.value,
            place => *place_of(object.as_ptr(), place as i32),
        };
        (!found.is_null()).then(|| {
            increment(found);
            Ref::from_raw(found)
        })
    }
}

/// Replaces the value of an attribute of an instance that has it as its own; false, with nothing done, otherwise.
pub(crate) fn set_known_attribute(object: &Ref, name: &Ref<Str>, value: &Ref) -> bool {
    if !name.is_interned() || vm().options.generic {
        return false;
    }
    // SAFETY: as for `known_attribute`; the old value is released when the new one is in its place.
    unsafe {
        let Some(entry) = known(object.as_ptr(), name.address()) else {
            remember_name(object, name);
            return false;
        };
        if entry.place & WRITABLE == 0 || entry.place >= PROPERTY {
            return false;
        }
        let place = place_of(object.as_ptr(), entry.place as i32);
        if (*place).is_null() {
            return false;
        }
        let old = std::mem::replace(&mut *place, value.clone().into_raw());
        drop(Ref::<ouro_heap::Any>::from_raw(old));
        true
    }
}

/// A miss: looks the attribute up for the next time and goes to the general handler.
macro_rules! learn {
    ($name:ident, $general:path, |$pc:ident, $fp:ident| ($object:expr, $attribute:expr)) => {
        #[cold]
        #[inline(never)]
        unsafe fn $name($pc: Pc, $fp: Fp) -> Jump {
            unsafe {
                if let Some(object) = borrow($fp, $object) {
                    remember(object, &code_of($fp).names[$attribute as usize]);
                }
                go_on($general($pc, $fp))
            }
        }
    };
}

learn!(learn_load, crate::interpreter::names::LoadAttr, |pc, fp| (word(pc).b(), word(pc).c()));
learn!(learn_store, crate::interpreter::names::StoreAttr, |pc, fp| (word(pc).a(), word(pc).c()));
learn!(learn_call, crate::interpreter::calls::CallMethod, |pc, fp| (word(pc).b() + 3, word(pc.add(1)).lo()));
learn!(learn_method, crate::interpreter::calls::LoadMethod, |pc, fp| (word(pc).a() + 3, word(pc).b()));

pub(in crate::interpreter) unsafe fn LoadAttrPoly(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b());
        let Some(entry) = known(object, name_at(fp, w.c() as usize)) else { return learn_load(pc, fp) };
        let found = match entry.place {
            METHOD | STATIC | ELSEWHERE => tail!(LoadAttr, pc, fp),
            PROPERTY => return enter_getter(pc, fp, entry.value),
            CLASS_VALUE => entry.value,
            place => *place_of(object, place as i32),
        };
        if found.is_null() || w.b() & CONSUME != 0 && (*object).count() == 1 {
            tail!(LoadAttr, pc, fp)
        }
        increment(found);
        if w.b() & CONSUME != 0 {
            decrement(object);
            *slot(fp, w.b()) = unbound();
        }
        put!(pc.add(3), fp, w.a(), found)
    }
}

/// Enters the getter of a property with the object as its argument.
unsafe fn enter_getter(pc: Pc, fp: Fp, property: Slot) -> Jump {
    unsafe {
        let w = word(pc);
        let getter = *payload::<Property>(property).get.as_ptr().cast::<Slot>();
        if getter.is_null() || !is_of(getter, types::FUNCTION) {
            tail!(LoadAttr, pc, fp)
        }
        let code = code_in(getter);
        let distance = code_of(fp).frame_size as usize + 5;
        let callee = fp.add(distance);
        let depth = stack::depth_of(fp) + 1;
        let top = end_of(code, callee);
        if code.simple_count != 1 || !may_enter(top, depth) {
            tail!(LoadAttr, pc, fp)
        }
        let object = value(fp, w.b());
        // The argument is the only reference that the call adds, as in CPython.
        move_or_share(fp, w.b(), object);
        *callee = object;
        increment(getter);
        *callee.sub(3) = getter;
        *callee.sub(2) = pc.add(3) as usize as Slot;
        stack::lay_link(callee, distance as u16, w.a(), depth);
        jump!(code.words.0.as_ptr(), callee)
    }
}

pub(in crate::interpreter) unsafe fn StoreAttrPoly(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.a());
        let Some(entry) = known(object, name_at(fp, w.c() as usize)) else { return learn_store(pc, fp) };
        if entry.place & WRITABLE == 0 || entry.place >= PROPERTY || value(fp, w.b()) == unbound() {
            tail!(StoreAttr, pc, fp)
        }
        let place = place_of(object, entry.place as i32);
        if (*place).is_null() {
            tail!(StoreAttr, pc, fp)
        }
        replace_in!(pc, fp, pc.add(3), object at w.a(), place, w.b(), StoreAttr)
    }
}

pub(in crate::interpreter) unsafe fn CallMethodPoly(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b() + 3);
        let name = name_at(fp, word(pc.add(1)).lo() as usize);
        let Some(entry) = known(object, name) else { return learn_call(pc, fp) };
        if entry.place != METHOD {
            return call_alone(pc, fp, object, entry);
        }
        enter_method!(pc, fp, w, entry.value)
    }
}

/// Calls what is no method of the object's class, without the object.
#[inline(never)]
unsafe fn call_alone(pc: Pc, fp: Fp, object: Slot, entry: Entry) -> Jump {
    unsafe {
        match attribute_alone(object, entry) {
            Some(function) if is_of(function, types::FUNCTION) => calls::enter_alone(pc, fp, function),
            _ => tail!(CallMethod, pc, fp),
        }
    }
}

/// An attribute that does not get the object: the instance's own, a plain value of its class, or what a static method
/// is around now, since its `__init__` may give it another function.
#[inline(always)]
unsafe fn attribute_alone(object: Slot, entry: Entry) -> Option<Slot> {
    let found = match entry.place {
        METHOD | PROPERTY | ELSEWHERE => return None,
        STATIC => unsafe { *payload::<StaticMethod>(entry.value).function.as_ptr().cast::<Slot>() },
        CLASS_VALUE => entry.value,
        place => unsafe { *place_of(object, place as i32) },
    };
    (!found.is_null()).then_some(found)
}

pub(in crate::interpreter) unsafe fn LoadMethodPoly(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.a() + 3);
        let Some(entry) = known(object, name_at(fp, w.b() as usize)) else { return learn_method(pc, fp) };
        if entry.place != METHOD {
            return load_alone(pc, fp, object, entry);
        }
        increment(entry.value);
        put!(pc.add(3), fp, w.a(), entry.value)
    }
}

/// Puts what is no method of the object's class into the window, without the object.
#[inline(never)]
unsafe fn load_alone(pc: Pc, fp: Fp, object: Slot, entry: Entry) -> Jump {
    unsafe {
        match attribute_alone(object, entry) {
            Some(found) => loaded::give_alone(pc, fp, fp.add(word(pc).a() as usize), found),
            None => tail!(LoadMethod, pc, fp),
        }
    }
}

/// Whether a function takes two positional arguments and can be entered right here.
#[inline(always)]
unsafe fn takes_two(fp: Fp, function: Slot) -> bool {
    unsafe {
        let code = code_in(function);
        let top = end_of(code, operator_frame(fp));
        code.simple_count == 2 && may_enter(top, stack::depth_of(fp) + 1)
    }
}

/// Where the frame of an operator's method begins: behind that of the caller and both operands, which it holds.
#[inline(always)]
unsafe fn operator_frame(fp: Fp) -> Fp {
    unsafe { fp.add(code_of(fp).frame_size as usize + 5) }
}

/// Enters the method of the left operand of an operation of two words with both operands, which are counted for the
/// callee's parameters and once more for the operation itself. `constant` says that the right one is a constant,
/// `flags` are those of the link word.
#[inline(never)]
unsafe fn enter_operator(pc: Pc, fp: Fp, function: Slot, right: Slot, constant: bool, flags: u64) -> Jump {
    unsafe {
        let w = word(pc);
        let code = code_in(function);
        let callee = operator_frame(fp);
        let left = value(fp, w.b());
        increment(left);
        move_or_share(fp, w.b(), left);
        increment(right);
        if !constant && w.c() & CONSUME != 0 {
            *slot(fp, w.c()) = unbound();
        } else {
            increment(right);
        }
        *callee = left;
        *callee.add(1) = right;
        *callee.sub(5) = left;
        *callee.sub(4) = right;
        increment(function);
        *callee.sub(3) = function;
        *callee.sub(2) = (pc.add(2) as usize | SPECIAL) as Slot;
        let depth = stack::depth_of(fp) + 1;
        let link = stack::link(callee.offset_from(fp) as usize, w.a(), depth) as u64;
        *callee.sub(1) = (link | OPERANDS | flags) as usize as Slot;
        jump!(code.words.0.as_ptr(), callee)
    }
}

/// What the table knows the method of an operator by: smaller than any address, so that the name need not be looked for.
#[inline(always)]
unsafe fn key_of_operator(pc: Pc) -> usize {
    unsafe { ((word(pc.add(1)).lo() as usize & 31) + 1) << 4 }
}

/// Remembers the method of the left operand, and goes to the general handler.
#[cold]
#[inline(never)]
unsafe fn remember_operator(pc: Pc, fp: Fp, op: Op) -> Jump {
    unsafe {
        let (operator, _) = crate::interpreter::basic::operator(word(pc.add(1)).lo());
        if let Some(left) = borrow(fp, word(pc).b()) {
            remember_as(left, crate::protocol::number::method_name(operator), key_of_operator(pc));
        }
        general(op, pc, fp)
    }
}

/// An operation whose left operand is an instance with a Python method for it. The right one is of the same class or of
/// a built-in one, so that its class has no say before.
macro_rules! operator_method {
    ($pc:expr, $fp:expr, $general:ident, $right:expr, $constant:literal) => {{
        let (pc, fp): (Pc, Fp) = ($pc, $fp);
        let (left, right): (Slot, Slot) = (value(fp, word(pc).b()), $right);
        let right_type = type_of(right);
        let Some(entry) = known(left, key_of_operator(pc)) else {
            cold_path();
            return remember_operator(pc, fp, Op::$general);
        };
        if entry.place != METHOD
            || right == unbound()
            || right_type != entry.type_index && right_type >= ouro_heap::types::FIRST_DYNAMIC
            || !takes_two(fp, entry.value)
        {
            tail!($general, pc, fp)
        }
        enter_operator(pc, fp, entry.value, right, $constant, 0)
    }};
}

pub(in crate::interpreter) unsafe fn BinaryOpMethod(pc: Pc, fp: Fp) -> Jump {
    unsafe { operator_method!(pc, fp, BinaryOp, value(fp, word(pc).c()), false) }
}

pub(in crate::interpreter) unsafe fn BinaryOpConstMethod(pc: Pc, fp: Fp) -> Jump {
    unsafe { operator_method!(pc, fp, BinaryOpConst, constant_operand(pc, fp), true) }
}

/// `container[key]` of an instance whose `__getitem__` is a Python function.
macro_rules! subscript_method {
    ($pc:expr, $fp:expr, $general:ident, $key:expr, $constant:literal) => {{
        let (pc, fp): (Pc, Fp) = ($pc, $fp);
        let b = word(pc).b();
        let name = &crate::state::names().__getitem__;
        let Some(entry) = known(value(fp, b), name.address()) else {
            if let Some(container) = borrow(fp, b) {
                remember(container, name);
            }
            tail!($general, pc, fp)
        };
        if entry.place != METHOD || $key == unbound() || !takes_two(fp, entry.value) {
            tail!($general, pc, fp)
        }
        enter_operator(pc, fp, entry.value, $key, $constant, stack::ANY_RESULT)
    }};
}

/// See [`subscript_method`].
pub(in crate::interpreter) unsafe fn SubscrMethod(pc: Pc, fp: Fp) -> Jump {
    unsafe { subscript_method!(pc, fp, Subscr, value(fp, word(pc).c()), false) }
}

/// The same where the key is a constant.
pub(in crate::interpreter) unsafe fn SubscrConstMethod(pc: Pc, fp: Fp) -> Jump {
    unsafe { subscript_method!(pc, fp, SubscrConst, constant_operand(pc, fp), true) }
}
