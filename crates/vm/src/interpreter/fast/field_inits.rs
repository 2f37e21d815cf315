//! Specialised handlers: calls of classes whose `__init__` only stores what it is given. No frame is made for that.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use ouro_bytecode::code as bytecode;
use ouro_heap::allocate::{makes_simple_instances, take_simple_instance};

use super::{
    attributes::{member_place, writes_instance, writes_plainly},
    classes::{call_class, complete_empty, enter_init, is_class_of_site, may_enter_init},
    *,
};
use crate::objects::{code::Code, field_init::FieldInit, instance::InstanceHead};

/// [`CallClass`](super::classes::CallClass) where the class knows what its `__init__` does. An `__init__` that has other code by
/// now is entered.
pub(in crate::interpreter) unsafe fn CallClassFields(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let class = value(fp, w.b());
        if !is_class_of_site(pc, class) {
            miss!(Call, pc, fp)
        }
        let init = (*pc.add(2)).get() as usize as Slot;
        let Some(plan) = &*payload::<Class>(class).field_init.0.as_ptr() else { miss!(Call, pc, fp) };
        let count = payload::<Class>(class).place_count();
        // Another site may have noted what other code does with other arguments.
        if code_in(init).number != plan.code || plan.parameters.len() != w.c() as usize || count < plan.room {
            cold_path();
            return enter_init(pc, fp, class, init);
        }
        // What has no frame fails, and waits for what is pending, as if it had one.
        if !may_enter_init(pc, fp, init) {
            cold_path();
            return call_class(pc, fp);
        }
        let object =
            take_simple_instance::<InstanceHead, ouro_heap::Slot>(payload::<Class>(class).index, count);
        if object.is_null() {
            cold_path();
            return call_class(pc, fp);
        }
        complete_empty(object, plan.shape, plan.filled, count);
        let places = payload::<Instance>(object).items().as_ptr().cast_mut().cast::<Slot>();
        let window = slot(fp, w.b());
        let mut argument = window.add(3);
        for &place in &plan.parameters {
            *places.add(place as usize) = std::mem::replace(&mut *argument, unbound());
            argument = argument.add(1);
            // There are few: the compiler shall make no more of it.
            std::hint::black_box(());
        }
        for &(constant, place) in &plan.constants {
            share(constant);
            *places.add(place as usize) = constant;
            std::hint::black_box(());
        }
        *window = unbound();
        put!(pc.add(3), fp, w.a(), object)
    }
}

/// Makes the class know what its `__init__` does, if it gets so many arguments and only stores them and constants; whether that
/// is so.
pub(super) unsafe fn remember_field_init(class: &Class, init: Slot, count: usize) -> bool {
    let plan = unsafe { field_init(class, code_in(init), count) };
    let is_known = plan.is_some();
    if is_known {
        class.field_init.0.set(plan.map(Box::new));
    }
    is_known
}

/// What the code does as `__init__` of the class, with so many arguments.
fn field_init(class: &Class, code: &Code, count: usize) -> Option<FieldInit> {
    let is_instance = std::ptr::eq(class.layout.0, <Instance as ouro_heap::Payload>::LAYOUT);
    if !is_instance
        || !makes_simple_instances(class.index)
        || code.is_generator()
        || code.number == 0
        || code.simple_count as usize != count + 1
    {
        return None;
    }
    let mut fields = StoredFields { class, shape: class.root_shape.get(), places: Vec::new() };
    let stored = stored_fields(&code.source.0)?;
    let mut parameters = vec![None; count];
    let mut constants = Vec::new();
    for (name, source) in stored {
        let place = fields.add(&code.names[name as usize])?;
        match source {
            Source::Constant(index) => constants.push((code.constants[index as usize].as_ptr(), place)),
            // One that is stored twice would have to be shared.
            Source::Parameter(register) => {
                let known: &mut Option<u16> = parameters.get_mut((register as usize).checked_sub(1)?)?;
                if known.replace(place).is_some() {
                    return None;
                }
            }
        }
    }
    // One that is not stored would have to be released.
    let parameters = parameters.into_iter().collect::<Option<Vec<u16>>>()?;
    let room = fields.places.iter().max().map_or(0, |place| *place as usize + 1);
    // Members of bases may stay empty in between.
    let filled = if room == fields.places.len() { room & !1 } else { 0 };
    Some(FieldInit {
        code: code.number,
        shape: fields.shape,
        room,
        filled,
        parameters: parameters.into(),
        constants: constants.into(),
    })
}

/// The attributes that were found so far.
struct StoredFields<'a> {
    class: &'a Class,
    shape: u32,
    places: Vec<u16>,
}

impl StoredFields<'_> {
    /// Where an attribute comes to stand that is stored next; nothing if that is not simply a place in the instance, or if it
    /// was stored before.
    fn add(&mut self, name: &Ref<Str>) -> Option<u16> {
        if !writes_plainly(self.class) {
            return None;
        }
        let place = match member_place(self.class, name) {
            Some(place) => place,
            None if self.class.has(class_flags::HAS_DICT) && writes_instance(self.class, name) => {
                let (next, place) = vm().shapes.extend(self.shape, name);
                self.shape = next;
                place
            }
            None => return None,
        };
        let place = place as u16;
        let is_new = !self.places.contains(&place);
        self.places.push(place);
        is_new.then_some(place)
    }
}

/// Where a stored value comes from: a register with a parameter, or the index of a constant.
#[derive(Clone, Copy)]
enum Source {
    Parameter(u16),
    Constant(u16),
}

/// Names and sources of all attributes of its first parameter that some code stores, if it does nothing else.
fn stored_fields(code: &bytecode::Code) -> Option<Vec<(u16, Source)>> {
    let mut stored = Vec::new();
    let mut temporaries: Vec<(u16, Source)> = Vec::new();
    let source_of = |temporaries: &[(u16, Source)], register: u16| {
        let found = temporaries.iter().rev().find(|(temporary, _)| *temporary == register);
        match found {
            Some((_, source)) => Some(*source),
            None => (u32::from(register) < code.arg_count).then_some(Source::Parameter(register)),
        }
    };
    let mut place = 0;
    while let Some(word) = code.words.get(place) {
        let op = *Op::ALL.get(word.op() as usize)?;
        let temporary = |register: u16| u32::from(register) >= code.arg_count;
        match op {
            Op::LoadConst if temporary(word.a()) => temporaries.push((word.a(), Source::Constant(word.b()))),
            Op::Copy if temporary(word.a()) => {
                temporaries.push((word.a(), source_of(&temporaries, word.b() & SLOT)?));
            }
            Op::StoreAttr if word.a() == 0 => {
                stored.push((word.c(), source_of(&temporaries, word.b() & SLOT)?));
            }
            _ if op.returns_constant() => {
                let is_none = matches!(code.constants.get(word.a() as usize), Some(bytecode::Constant::None));
                return is_none.then_some(stored);
            }
            _ => return None,
        }
        place += 1 + op.extra_words();
    }
    None
}
