//! Specialised handlers: attributes of classes whose metaclass is `type`.
//!
//! What a class has under a name goes by the version of the class, which each change of an attribute replaces. A class one of
//! whose plain values has been replaced, such as a counter, gets another version each time: such a value goes by its place in
//! the namespace of the class, as the names of modules do.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_heap::header::TRACKED;

use super::*;
use crate::{objects::descriptor, protocol::method_cache::version_of};

/// What a class has under a name, where reading it as an attribute of the class leads there: the metaclass is `type`,
/// which has no such attribute.
pub(super) fn type_attribute<'a>(object: &'a Ref, name: &Ref<Str>) -> Option<(&'a Class, Ref)> {
    let class = object.downcast_class().filter(|_| object.header().type_index() == types::TYPE)?;
    if version_of(class) == 0 || crate::state::class_of(types::TYPE).lookup(name).is_some() {
        return None;
    }
    Some((class, class.lookup(name)?))
}

/// Whether an object is a class whose metaclass is `type`, and has this version.
#[inline(always)]
pub(super) unsafe fn has_version(object: Slot, version: u32) -> bool {
    unsafe { is_of(object, types::TYPE) && payload::<Class>(object).version.get() == version }
}

/// An attribute of a class. Word 1: misses, the class's version; word 2: the value.
pub(in crate::interpreter) unsafe fn LoadAttrType(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let object = value(fp, w.b());
        if !has_version(object, word(pc.add(1)).hi()) {
            miss!(LoadAttr, pc, fp)
        }
        give_found!(pc, fp, object, (*pc.add(2)).get() as usize as Slot)
    }
}

/// Rewrites the reading of an attribute of a class, where the value itself is the result.
#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_type_attribute(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        let misses = word(pc.add(1)).lo() >> 24;
        if misses >= MAX_MISSES as i32 {
            return;
        }
        if object.header().type_index() == types::TYPE
            && let Some(getter) = crate::state::class_of(types::TYPE).lookup(name)
            && descriptor::is_getset_of(&getter, types::TYPE)
        {
            (*pc.add(1)).set(ouro_bytecode::code::Word::data((misses + 1) << 24, 0).0);
            (*pc.add(2)).set(getter.address() as u64);
            rewrite(pc, Op::LoadAttrTypeGetter);
            return;
        }
        if remember_variable(pc, object, name, Op::LoadAttrVariable) {
            return;
        }
        if let Some((class, found)) = type_attribute(object, name)
            && (found.has_layout::<Function>() || Class::of(&found).slots.0.descr_get.get().is_none())
        {
            let data = ouro_bytecode::code::Word::data((misses + 1) << 24, class.version.get());
            (*pc.add(1)).set(data.0);
            (*pc.add(2)).set(found.address() as u64);
            rewrite(pc, Op::LoadAttrType);
        }
    }
}

/// What a descriptor of `type` computes of a class whose metaclass is `type`. Word 1: misses; word 2: the descriptor.
pub(in crate::interpreter) unsafe fn LoadAttrTypeGetter(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        if !is_of(value(fp, word(pc).b()), types::TYPE) {
            miss!(LoadAttr, pc, fp)
        }
        load_by_getter(pc, fp)
    }
}

/// Whether an object is of a built-in type whose instances have no say in being read or written as attributes.
#[inline(always)]
unsafe fn is_plain(object: Slot) -> bool {
    const PLAIN: u64 = 1 << types::INT
        | 1 << types::FLOAT
        | 1 << types::STR
        | 1 << types::BOOL
        | 1 << types::NONE
        | 1 << types::TUPLE
        | 1 << types::LIST
        | 1 << types::DICT
        | 1 << types::SET;
    let index = unsafe { type_of(object) };
    index < 64 && PLAIN >> index & 1 != 0
}

/// The namespace of a class whose metaclass is `type`; null for anything else.
#[inline(always)]
unsafe fn namespace_of(object: Slot) -> Slot {
    unsafe {
        if !is_of(object, types::TYPE) {
            return std::ptr::null_mut();
        }
        *payload::<Class>(object).dict.as_ptr().cast::<Slot>()
    }
}

/// The address of the plain value at the place that an instruction remembers in the namespace of a class. The version of the
/// keys tells the class as well.
#[inline(always)]
unsafe fn variable_of(pc: Pc, object: Slot) -> Option<*mut Slot> {
    unsafe {
        let namespace = namespace_of(object);
        if namespace.is_null() {
            return None;
        }
        let cache = word(pc.add(1));
        let table = payload::<Dict>(namespace).table.as_ptr();
        let place = (*table).remembered_value(cache.lo(), cache.hi())?.cast::<Slot>();
        is_plain(*place).then_some(place)
    }
}

/// A plain value of a class, at a known place of its namespace. Word 1: place and version of the keys.
pub(in crate::interpreter) unsafe fn LoadAttrVariable(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let object = value(fp, word(pc).b());
        let Some(place) = variable_of(pc, object) else { return forget_variable(pc, fp, Op::LoadAttr) };
        give_found!(pc, fp, object, *place)
    }
}

/// Replaces such a value by another one. The class loses its version, which is all that such a change means where no class
/// is derived from it (see `attribute_changed`).
pub(in crate::interpreter) unsafe fn StoreAttrVariable(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let (object, new) = (value(fp, w.a()), value(fp, w.b()));
        let Some(place) = variable_of(pc, object) else { return forget_variable(pc, fp, Op::StoreAttr) };
        let class = payload::<Class>(object);
        if !is_plain(new)
            || !class.has(class_flags::VARIABLE)
            || !(*class.subclasses.as_ptr()).0.is_empty()
            || kind_of(namespace_of(object)) & TRACKED == 0
        {
            tail!(StoreAttr, pc, fp)
        }
        replace_in!(pc, fp, pc.add(3), object at w.a(), place, w.b(), StoreAttr, class.version.set(0))
    }
}

/// Goes to the general handler, for which the words have the layout of other forms again.
#[cold]
#[inline(never)]
unsafe fn forget_variable(pc: Pc, fp: Fp, general_form: Op) -> Jump {
    unsafe {
        (*pc.add(1)).set(0);
        rewrite(pc, general_form);
        general(general_form, pc, fp)
    }
}

/// Rewrites the reading or writing of a class's own value where values of the class are replaced; whether it is that.
unsafe fn remember_variable(pc: Pc, object: &Ref, name: &Ref<Str>, op: Op) -> bool {
    unsafe {
        if !object.downcast_class().is_some_and(|class| class.has(class_flags::VARIABLE)) {
            return false;
        }
        let Some((class, found)) = type_attribute(object, name) else { return false };
        if !is_plain(found.as_ptr()) || name.latin1().is_some_and(|name| name.starts_with(b"__")) {
            return false;
        }
        let namespace = class.namespace();
        let place = dict::position_of_str(&namespace, name)
            .and_then(|position| dict::remembered_place(&namespace, position));
        if let Some((place, version)) = place {
            (*pc.add(1)).set(ouro_bytecode::code::Word::data(place, version).0);
            rewrite(pc, op);
        }
        place.is_some()
    }
}

/// Rewrites the writing of an attribute of a class.
#[cold]
#[inline(never)]
pub(super) unsafe fn specialise_storing_in_class(pc: Pc, object: &Ref, name: &Ref<Str>) {
    unsafe {
        remember_variable(pc, object, name, Op::StoreAttrVariable);
    }
}
