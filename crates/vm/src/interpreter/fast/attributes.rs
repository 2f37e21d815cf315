//! Specialised handlers: attributes.
//!
//! Word 1 holds the shape in the high half, place and misses in the low one; word 2 the type index, and for a new attribute
//! the next shape.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::table::Sought;

use super::class_attributes::{specialise_storing_in_class, specialise_type_attribute};
use super::*;
use crate::{objects::descriptor, protocol::method_cache::version_of, state::names};

pub(super) const PLACE: i32 = 0xFFFF;

/// Whether an object is an instance of the cached type and shape.
#[inline(always)]
pub(super) unsafe fn has_shape(object: Slot, index: u32, shape: u32) -> bool {
    unsafe { type_of(object) == index && payload::<Instance>(object).head.shape.get() == shape }
}

/// The address of an instance's place.
#[inline(always)]
pub(super) unsafe fn place_of(object: Slot, place: i32) -> *mut Slot {
    unsafe { payload::<Instance>(object).items().as_ptr().add((place & PLACE) as usize).cast_mut().cast() }
}

/// [`LoadAttrSlot`] of a variable, into an unbound temporary.
pub(in crate::interpreter) unsafe fn LoadAttrSlotFresh(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let object = *fp.add(w.b() as usize);
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi()) {
            miss!(LoadAttr, pc, fp)
        }
        let found = *place_of(object, cache.lo());
        if found.is_null() {
            tail!(LoadAttr, pc, fp)
        }
        increment(found);
        put_fresh!(pc.add(3), fp, w.a(), found)
    }
}

/// [`LoadAttrSlot`] of a temporary, into an unbound temporary.
pub(in crate::interpreter) unsafe fn LoadAttrSlotTemp(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let object = value(fp, w.b());
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi()) {
            miss!(LoadAttr, pc, fp)
        }
        let found = *place_of(object, cache.lo());
        if found.is_null() {
            tail!(LoadAttr, pc, fp)
        }
        increment(found);
        *slot(fp, w.b()) = unbound();
        *fp.add(w.a() as usize) = found;
        if decrement(object) {
            return drop_and_go(pc.add(3), fp, object);
        }
        jump!(pc.add(3), fp)
    }
}

/// [`LoadAttrSlot`] of a temporary, into a variable.
pub(in crate::interpreter) unsafe fn LoadAttrSlotTempTo(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let object = value(fp, w.b());
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi()) {
            miss!(LoadAttr, pc, fp)
        }
        let found = *place_of(object, cache.lo());
        if found.is_null() || (*object).count() == 1 {
            tail!(LoadAttr, pc, fp)
        }
        increment(found);
        decrement(object);
        *slot(fp, w.b()) = unbound();
        fill_temporary!(pc.add(3), fp, fp.add(w.a() as usize), found)
    }
}

pub(in crate::interpreter) unsafe fn LoadAttrSlot(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let object = value(fp, w.b());
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi()) {
            miss!(LoadAttr, pc, fp)
        }
        let found = *place_of(object, cache.lo());
        if w.b() & CONSUME != 0 && (*object).count() == 1 || found.is_null() {
            tail!(LoadAttr, pc, fp)
        }
        increment(found);
        if w.b() & CONSUME != 0 && w.b() & SLOT != w.a() {
            decrement(object);
            *slot(fp, w.b()) = unbound();
        }
        put!(pc.add(3), fp, w.a(), found)
    }
}

pub(in crate::interpreter) unsafe fn StoreAttrSlot(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let (object, new) = (value(fp, w.a()), value(fp, w.b()));
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi())
            || new == unbound()
            || w.a() & CONSUME != 0
        {
            miss!(StoreAttr, pc, fp)
        }
        move_or_share(fp, w.b(), new);
        let place = place_of(object, cache.lo());
        if (*place).is_null() {
            *place = new;
            jump!(pc.add(3), fp)
        }
        replace!(pc.add(3), fp, place, new)
    }
}

/// [`StoreAttrSlot`] of a result of arithmetic, which stands in a temporary that keeps boxes.
pub(in crate::interpreter) unsafe fn StoreAttrSlotResult(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let object = value(fp, w.a());
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi()) || w.a() & CONSUME != 0 {
            miss!(StoreAttr, pc, fp)
        }
        store_result(pc.add(3), fp, slot(fp, w.b()), place_of(object, cache.lo()))
    }
}

/// [`StoreAttrSlot`] where the object is a temporary.
pub(in crate::interpreter) unsafe fn StoreAttrSlotTemp(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let object = value(fp, w.a());
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi()) || value(fp, w.b()) == unbound() {
            miss!(StoreAttr, pc, fp)
        }
        let place = place_of(object, cache.lo());
        if (*place).is_null() {
            tail!(StoreAttr, pc, fp)
        }
        replace_in!(pc, fp, pc.add(3), object at w.a(), place, w.b(), StoreAttr)
    }
}

pub(in crate::interpreter) unsafe fn StoreAttrAdd(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let kind = word(pc.add(2));
        let (object, new) = (value(fp, w.a()), value(fp, w.b()));
        if !has_shape(object, kind.lo() as u32, cache.hi()) || new == unbound() {
            miss!(StoreAttr, pc, fp)
        }
        if (cache.lo() & PLACE) as usize >= payload::<Instance>(object).items().len() {
            tail!(StoreAttr, pc, fp)
        }
        if w.a() & CONSUME != 0 {
            if (*object).count() == 1 {
                tail!(StoreAttr, pc, fp)
            }
            decrement(object);
            *slot(fp, w.a()) = unbound();
        }
        move_or_share(fp, w.b(), new);
        payload::<Instance>(object).head.shape.set(kind.hi());
        *place_of(object, cache.lo()) = new;
        jump!(pc.add(3), fp)
    }
}

/// Whether attributes of instances of the class are read in the ordinary way.
pub(in crate::interpreter) fn reads_plainly(class: &Class) -> bool {
    class.slots.0.get_attr.get().is_some_and(|slot| {
        std::ptr::fn_addr_eq(slot, crate::protocol::attribute::generic_slot as crate::objects::slots::GetAttr)
    })
}

/// Whether reading `name` of instances of the class means reading their own attribute.
pub(super) fn reads_instance(class: &Class, name: &Ref<Str>) -> bool {
    reads_plainly(class)
        && class.lookup(name).is_none_or(|found| Class::of(&found).slots.0.descr_set.get().is_none())
}

/// Whether reading `name` of instances of the class calls the Python function of a property.
pub(super) fn is_plain_property(class: &Class, name: &Ref<Str>) -> bool {
    reads_plainly(class)
        && class.lookup(name).is_some_and(|found| {
            found.is_exact::<Property>()
                && found.payload::<Property>().is_some_and(|property| {
                    property.get.with(|getter| getter.is_some_and(|getter| getter.has_layout::<Function>()))
                })
        })
}

/// Whether attributes of instances of the class are written in the ordinary way.
pub(super) fn writes_plainly(class: &Class) -> bool {
    class.slots.0.set_attr.get().is_some_and(|slot| {
        std::ptr::fn_addr_eq(
            slot,
            crate::protocol::attribute::generic_set_slot as crate::objects::slots::SetAttr,
        )
    })
}

/// Whether writing `name` of instances of the class means writing their own attribute.
pub(super) fn writes_instance(class: &Class, name: &Ref<Str>) -> bool {
    writes_plainly(class)
        && class.lookup(name).is_none_or(|found| Class::of(&found).slots.0.descr_set.get().is_none())
}

/// The place of a member of `__slots__` among the items of the class's instances, where attributes are read and
/// written in the ordinary way.
pub(super) fn member_place(class: &Class, name: &Ref<Str>) -> Option<usize> {
    let found = class.lookup(name)?;
    let member = found.payload::<Member>()?;
    match member.place() {
        // A member of another class that someone has put here applies to its own instances only.
        Place::Item(place) if reads_plainly(class) && member.applies_to(class) => Some(place),
        _ => None,
    }
}

/// Gives an attribute that does not stand in the object itself. The object may be a temporary, whose end is left to the
/// general handler.
macro_rules! give_found {
    ($pc:expr, $fp:expr, $object:expr, $found:expr) => {{
        let w = word($pc);
        if w.b() & CONSUME != 0 {
            if (*$object).count() == 1 {
                tail!(LoadAttr, $pc, $fp)
            }
            decrement($object);
            *slot($fp, w.b()) = unbound();
        }
        let found: Slot = $found;
        increment(found);
        put!($pc.add(3), $fp, w.a(), found)
    }};
}
pub(super) use give_found;

/// The place of an attribute in the dictionary of an instance of the cached type and shape.
#[inline(always)]
unsafe fn seek_attribute(pc: Pc, fp: Fp, object: Slot) -> Option<(Slot, *mut Slot)> {
    unsafe {
        let cache = word(pc.add(1));
        if !has_shape(object, word(pc.add(2)).lo() as u32, cache.hi()) {
            return None;
        }
        let dict = *place_of(object, cache.lo());
        if dict.is_null() || !is_of(dict, types::DICT) {
            return None;
        }
        let name = *code_of(fp).names.as_ptr().add(word(pc).c() as usize).cast::<Slot>();
        match seek(dict, name) {
            Sought::At(_, place) => Some((dict, place.cast())),
            _ => None,
        }
    }
}

pub(in crate::interpreter) unsafe fn LoadAttrDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = value(fp, word(pc).b());
        let Some((_, place)) = seek_attribute(pc, fp, object) else { miss!(LoadAttr, pc, fp) };
        give_found!(pc, fp, object, *place)
    }
}

pub(in crate::interpreter) unsafe fn StoreAttrDict(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.a());
        let Some((dict, place)) = seek_attribute(pc, fp, object) else { miss!(StoreAttr, pc, fp) };
        if !takes_quietly(dict, value(fp, w.b())) {
            miss!(StoreAttr, pc, fp)
        }
        replace_in!(pc, fp, pc.add(3), object at w.a(), place, w.b(), StoreAttr)
    }
}

/// An attribute of the class that instances of a known shape do not have themselves. Word 1: type index and, in its top
/// byte, the misses; the shape. Word 2: the value, which lives as long as the shape is in use.
pub(in crate::interpreter) unsafe fn LoadAttrClass(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = value(fp, word(pc).b());
        if !has_class_shape(pc, object) {
            return forget_class_value(pc, fp);
        }
        give_found!(pc, fp, object, (*pc.add(2)).get() as usize as Slot)
    }
}

/// [`LoadAttrClass`] of a function, which is bound to the object.
pub(in crate::interpreter) unsafe fn LoadAttrBound(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !has_class_shape(pc, value(fp, word(pc).b())) {
            return forget_class_value(pc, fp);
        }
        bind_attribute(pc, fp)
    }
}

/// Whether an object has the type and shape that [`LoadAttrClass`] remembers.
#[inline(always)]
unsafe fn has_class_shape(pc: Pc, object: Slot) -> bool {
    unsafe {
        let cache = word(pc.add(1));
        has_shape(object, cache.lo() as u32 & TYPE_MASK, cache.hi())
    }
}

/// Goes to the general handler, for which the words have the layout of other forms again.
#[cold]
#[inline(never)]
unsafe fn forget_class_value(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let misses = word(pc.add(1)).lo() >> 24;
        (*pc.add(1)).set(ouro_bytecode::code::Word::data(misses << 16, 0).0);
        miss!(LoadAttr, pc, fp)
    }
}

#[inline(never)]
unsafe fn bind_attribute(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let function = (*pc.add(2)).get() as usize as Slot;
        let object = value(fp, w.b());
        increment(function);
        move_or_share(fp, w.b(), object);
        let bound = crate::objects::method::new(Ref::from_raw(function), Ref::from_raw(object));
        put!(pc.add(3), fp, w.a(), bound.into_raw())
    }
}

/// Rewrites the reading of an attribute that the class has, where the value itself is the result.
unsafe fn remember_class_value(pc: Pc, object: &Ref, shape: u32, name: &Ref<Str>) {
    unsafe {
        let Some(found) = Class::of(object).lookup(name) else { return };
        let op = match Class::of(&found).slots.0.descr_get.get() {
            None => Op::LoadAttrClass,
            Some(_) if found.is_exact::<Function>() => Op::LoadAttrBound,
            Some(_) => return,
        };
        if vm().shapes.is_dict(shape) || Class::of(object).has_variables() {
            return;
        }
        let misses = (word(pc.add(1)).lo() >> 16) + 1;
        let index = object.header().type_index() as i32 | misses << 24;
        (*pc.add(1)).set(ouro_bytecode::code::Word::data(index, shape).0);
        (*pc.add(2)).set(found.address() as u64);
        rewrite(pc, op);
    }
}

/// The attribute at a remembered place of a module's namespace, if that has the keys it had.
#[inline(always)]
pub(super) unsafe fn module_attribute(object: Slot, place: i32, version: u32) -> Option<Slot> {
    unsafe {
        if !is_of(object, types::MODULE) {
            return None;
        }
        let dict = payload::<Module>(object).dict.as_ptr();
        let table = payload::<Dict>(dict).table.as_ptr();
        (*table).remembered_value(place, version).map(|place| *place.cast::<Slot>())
    }
}

/// An attribute of a module. Word 1: place and version of the keys.
pub(in crate::interpreter) unsafe fn LoadAttrModule(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let cache = word(pc.add(1));
        let object = value(fp, w.b());
        let Some(found) = module_attribute(object, cache.lo(), cache.hi()) else { miss!(LoadAttr, pc, fp) };
        give_found!(pc, fp, object, found)
    }
}

/// Where a module has an attribute, and the version of its keys.
pub(super) fn module_place(object: &Ref, name: &Ref<Str>) -> Option<(i32, u32)> {
    let dict = &object.payload::<Module>().filter(|_| object.header().type_index() == types::MODULE)?.dict;
    dict::remembered_place(dict, dict::position_of_str(dict, name)?).filter(|(place, _)| *place < 1 << 16)
}

/// Rewrites the reading of an attribute.
#[inline(always)]
pub(crate) unsafe fn specialise_load_attr(pc: Pc, fp: Fp, object: &Ref, name: &Ref<Str>) {
    unsafe {
        if let Some((place, version)) = module_place(object, name) {
            (*pc.add(1)).set(ouro_bytecode::code::Word::data(place, version).0);
            rewrite(pc, Op::LoadAttrModule);
            return;
        }
        if object.header().type_index() == types::TYPE {
            specialise_type_attribute(pc, object, name);
            return;
        }
        if (word(pc.add(1)).lo() >> 16) < MAX_KINDS as i32 {
            specialise_attribute(pc, fp, object, name);
        } else if object.has_layout::<Instance>() {
            rewrite(pc, Op::LoadAttrPoly);
        }
    }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_attribute(pc: Pc, fp: Fp, object: &Ref, name: &Ref<Str>) {
    unsafe {
        let Some(instance) = object.payload::<Instance>() else { return remember_getter(pc, object, name) };
        let shape = instance.head.shape.get();
        if let Some(place) = member_place(Class::of(object), name) {
            remember_place(pc, shape, place, object.header().type_index(), 0);
            rewrite(pc, slot_form(pc, fp));
            return;
        }
        if !reads_instance(Class::of(object), name) {
            if is_plain_property(Class::of(object), name) {
                rewrite(pc, Op::LoadAttrPoly);
                return;
            }
            return remember_getter(pc, object, name);
        }
        if vm().shapes.is_dict(shape) && instance::get(instance, name).is_some() {
            remember_place(pc, shape, vm().shapes.first_place(shape), object.header().type_index(), 0);
            rewrite(pc, Op::LoadAttrDict);
            return;
        }
        let Some(place) = vm().shapes.place(shape, name) else {
            remember_class_value(pc, object, shape, name);
            return;
        };
        remember_place(pc, shape, place, object.header().type_index(), 0);
        rewrite(pc, slot_form(pc, fp));
    }
}

/// Rewrites the reading of an attribute that a native descriptor computes, whatever the object has itself.
unsafe fn remember_getter(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        let class = Class::of(object);
        let version = version_of(class);
        if version == 0 || !reads_plainly(class) {
            return;
        }
        let Some(found) = class.lookup(name) else { return };
        let kind = Class::of(&found);
        let slots = &kind.slots.0;
        if kind.index >= ouro_heap::types::FIRST_DYNAMIC
            || slots.descr_get.get().is_none()
            || slots.descr_set.get().is_none()
        {
            return;
        }
        let misses = (word(pc.add(1)).lo() >> 16) + 1;
        (*pc.add(1)).set(ouro_bytecode::code::Word::data(misses << 16, version).0);
        (*pc.add(2)).set(found.address() as u64);
        let own_class = name.is(&names().__class__) && descriptor::is_getset_of(&found, types::OBJECT);
        rewrite(pc, if own_class { Op::LoadAttrOwnClass } else { Op::LoadAttrGetter });
    }
}

/// The class of an object whose class has no other attribute `__class__` than that of `object`. Word 1: misses, the class's
/// version.
pub(in crate::interpreter) unsafe fn LoadAttrOwnClass(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b());
        match ouro_heap::types::record(type_of(object)).class().map(Ref::as_ptr) {
            Some(class) if payload::<Class>(class).version.get() == word(pc.add(1)).hi() => {
                give_found!(pc, fp, object, class)
            }
            _ => miss!(LoadAttr, pc, fp),
        }
    }
}

/// What a descriptor of a built-in kind computes. Word 1: misses, the version of the object's class; word 2: the descriptor,
/// which the class has as long as it has the version.
pub(in crate::interpreter) unsafe fn LoadAttrGetter(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let class = ouro_heap::types::record(type_of(value(fp, word(pc).b()))).class().map(Ref::as_ptr);
        match class {
            Some(class) if payload::<Class>(class).version.get() == word(pc.add(1)).hi() => {
                load_by_getter(pc, fp)
            }
            _ => miss!(LoadAttr, pc, fp),
        }
    }
}

#[inline(never)]
pub(super) unsafe fn load_by_getter(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(crate::interpreter::names::load_by_getter(pc, fp)) }
}

/// Whether one of two jumps stands behind the reading of an attribute and takes what it reads.
unsafe fn is_asked(pc: Pc, jump: Op, other: Op) -> bool {
    let (w, next) = unsafe { (word(pc), word(pc.add(3))) };
    (next.op() == jump as u16 || next.op() == other as u16) && next.a() == w.a() | CONSUME
}

/// The form for the operands of an instruction that reads an instance's own attribute.
unsafe fn slot_form(pc: Pc, fp: Fp) -> Op {
    unsafe {
        let w = word(pc);
        match (is_fresh(fp, w.a()), w.b() & CONSUME == 0) {
            (true, true) if is_asked(pc, Op::JumpIfNone, Op::JumpIfNotNone) => Op::LoadAttrSlotNone,
            (true, true) if is_asked(pc, Op::JumpIfTrue, Op::JumpIfFalse) => Op::LoadAttrSlotTruth,
            (true, true) => read_form(pc, 3, Op::LoadAttrSlotFresh, Op::LoadAttrSlotOn, Op::LoadAttrSlotLent),
            (true, false) => {
                read_form(pc, 3, Op::LoadAttrSlotTemp, Op::LoadAttrSlotTempOn, Op::LoadAttrSlotTempLent)
            }
            (false, false) if w.b() & SLOT != w.a() => Op::LoadAttrSlotTempTo,
            (false, _) => Op::LoadAttrSlot,
        }
    }
}

/// How a site replaces the value of an attribute.
unsafe fn store_form(pc: Pc) -> Op {
    match unsafe { word(pc) } {
        w if w.a() & CONSUME != 0 => Op::StoreAttrSlotTemp,
        w if w.b() & KEEP != 0 => Op::StoreAttrSlotResult,
        _ => Op::StoreAttrSlot,
    }
}

pub(super) unsafe fn remember_place(pc: Pc, shape: u32, place: usize, index: u32, next: u32) {
    unsafe {
        let misses = (word(pc.add(1)).lo() >> 16) + 1;
        (*pc.add(1)).set(ouro_bytecode::code::Word::data(misses << 16 | place as i32, shape).0);
        (*pc.add(2)).set(ouro_bytecode::code::Word::data(index as i32, next).0);
    }
}

/// Rewrites the writing of an attribute; called before the general handler writes it.
#[inline(always)]
pub(crate) unsafe fn specialise_store_attr(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        if object.header().type_index() == types::TYPE {
            specialise_storing_in_class(pc, object, name);
        } else if object.header().type_index() >= ouro_heap::types::FIRST_DYNAMIC {
            if (word(pc.add(1)).lo() >> 16) < MAX_KINDS as i32 {
                specialise_storing(pc, object, name);
            } else if object.has_layout::<Instance>() {
                rewrite(pc, Op::StoreAttrPoly);
            }
        }
    }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_storing(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        let Some(instance) = object.payload::<Instance>() else { return };
        let class = Class::of(object);
        let generic = writes_plainly(class);
        let shapes = &vm().shapes;
        let shape = instance.head.shape.get();
        let index = object.header().type_index();
        if generic && let Some(place) = member_place(class, name) {
            remember_place(pc, shape, place, index, 0);
            rewrite(pc, store_form(pc));
            return;
        }
        if !generic || !class.has(class_flags::HAS_DICT) {
            return;
        }
        if !writes_instance(class, name) {
            return;
        }
        if shapes.is_dict(shape) {
            if instance::get(instance, name).is_some() {
                remember_place(pc, shape, shapes.first_place(shape), index, 0);
                rewrite(pc, Op::StoreAttrDict);
            }
            return;
        }
        match shapes.place(shape, name) {
            Some(place) => {
                remember_place(pc, shape, place, index, 0);
                rewrite(pc, store_form(pc));
            }
            None => {
                let (next, place) = shapes.extend(shape, name);
                if place < instance.items().len() {
                    remember_place(pc, shape, place, index, next);
                    rewrite(pc, Op::StoreAttrAdd);
                }
            }
        }
    }
}
