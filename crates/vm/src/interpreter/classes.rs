//! Classes in the loop: calls of classes, and the making of classes by `class` statements.

use ouro_heap::{Ref, state::pending_bits};

use super::{
    calls::{Site, bind_window, call_window, continue_at},
    core::*,
    stack::{self, INIT, SPECIAL},
};
use crate::{
    error::Res,
    native::Args,
    objects::{
        cell::Cell,
        class::{Class, DowncastClass, class_flags},
        dict::Dict,
        function::Function,
        str::{Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::attribute,
    state::names,
    type_error, types,
};

/// Calls a class whose constructor is that of `object` and whose `__init__` is a Python function: makes the instance
/// and enters `__init__` without leaving the loop. Nothing if the class is of another kind.
pub(super) unsafe fn enter_init(
    site: Site,
    class: &Ref<Class>,
    keywords: &Option<Ref<Tuple>>,
) -> Option<Flow> {
    unsafe { enter_known_init(site, class, plain_init(class)?, keywords) }
}

/// The `__init__` of a class whose constructor is that of `object`, if it is a Python function.
pub(crate) fn plain_init(class: &Ref<Class>) -> Option<Ref> {
    if !has_plain_new(class) {
        return None;
    }
    class.lookup(&names().__init__).filter(|init| init.has_layout::<Function>())
}

/// Whether calling a class does what `object.__new__` does, and nothing else.
pub(crate) fn has_no_init(class: &Ref<Class>) -> bool {
    has_plain_new(class)
        && class
            .lookup(&names().__init__)
            .is_some_and(|init| crate::objects::descriptor::is_wrapper_of(&init, types::OBJECT))
}

fn has_plain_new(class: &Ref<Class>) -> bool {
    Class::of(class.as_any()).is(crate::state::class_of(types::TYPE))
        && crate::objects::object::has_object_new(class)
        && !class.has(class_flags::ABSTRACT | class_flags::NO_INSTANTIATION)
}

/// A call of a class that was seen to be fit for [`enter_init`], with the `__init__` found then in word 2: null for that
/// of `object`.
pub(crate) unsafe fn call_class(pc: Pc, fp: Fp) -> Flow {
    unsafe {
        let w = word(pc);
        publish(pc, fp);
        let site = Site { pc, fp, base: w.b(), count: w.c() as usize, destination: w.a(), length: 3 };
        let class =
            borrow(fp, w.b()).and_then(|class| class.downcast_class()).expect("checked by the caller");
        let init = (*pc.add(2)).get() as usize as Slot;
        if init.is_null() {
            let made = check!(pc, fp, crate::objects::object::new_instance(class));
            drop(take(fp, w.b()));
            store(fp, w.a(), made);
            if pending_bits() != 0 {
                check!(pc, fp, super::entry::handle_pending());
            }
            next!(pc.add(3), fp)
        }
        let init = peek(init);
        match enter_known_init(site, class, Ref::clone(&init), &None) {
            Some(flow) => flow,
            None => call_window(site, None),
        }
    }
}

/// Makes the instance and enters its `__init__`. Nothing if that is not possible here.
unsafe fn enter_known_init(
    site: Site,
    class: &Ref<Class>,
    init: Ref,
    keywords: &Option<Ref<Tuple>>,
) -> Option<Flow> {
    unsafe {
        let Site { pc, fp, base, count, destination, length } = site;
        if !init.has_layout::<Function>() {
            return None;
        }
        let code = code_in(init.as_ptr());
        let depth = stack::depth(*fp.sub(1)) + 1;
        if code.is_generator() || depth >= stack::depth_limit() {
            return None;
        }
        stack::reserve(fp.add(base as usize + 5 + (code.frame_size as usize).max(count + 1) + 8)).ok()?;
        let object = match crate::objects::object::new_instance(class) {
            Ok(object) => object,
            Err(raised) => return Some(super::unwind::raised(pc, fp, raised)),
        };
        // The instance takes the place of the class; the frame of __init__ stands one slot higher.
        let callee = fp.add(base as usize + 4);
        for offset in (0..count).rev() {
            *callee.add(1 + offset) = *callee.sub(1).add(offset);
        }
        *callee = object.clone().into_raw();
        store(fp, base, object);
        *callee.sub(3) = init.into_raw();
        if count + 1 != code.simple_count as usize || keywords.is_some() {
            *callee.sub(1) = unbound();
            if let Err(raised) = bind_window(callee, count + 1, keywords.as_ref()) {
                drop(take(callee.sub(3), 0));
                return Some(super::unwind::raised(pc, fp, raised));
            }
        }
        *callee.sub(2) = (pc.add(length) as usize | SPECIAL) as Slot;
        *callee.sub(1) = (stack::link(base as usize + 4, destination, depth) as u64 | INIT) as usize as Slot;
        let entry = code.words.0.as_ptr();
        publish(entry, callee);
        if pending_bits() != 0
            && let Err(raised) = super::entry::handle_pending()
        {
            return Some(super::unwind::raised(entry, callee, raised));
        }
        Some(continue_at(entry, callee))
    }
}

/// `__build_class__(function, name, *bases, metaclass=..., **keywords)`
pub fn build_class(args: Args) -> Res {
    let values = args.positional();
    if values.len() < 2 {
        return Err(type_error!("__build_class__: not enough arguments"));
    }
    let Some(body) = values[0].downcast::<Function>() else {
        return Err(type_error!("__build_class__: func must be a function"));
    };
    let Some(name) = values[1].downcast::<Str>() else {
        return Err(type_error!("__build_class__: name is not a string"));
    };
    let original = &values[2..];
    let bases = resolve_bases(original)?;
    let changed = bases.len() != original.len() || bases.iter().zip(original).any(|(a, b)| !a.is(b));
    let mut keyword_names = Vec::new();
    let mut keyword_values = Vec::new();
    let mut metaclass = None;
    for (key, value) in args.keywords() {
        if key.is_text("metaclass") {
            metaclass = Some(value.clone());
        } else {
            keyword_names.push(key.clone().into_any());
            keyword_values.push(value.clone());
        }
    }
    let mut metaclass = metaclass.unwrap_or_else(|| match bases.first() {
        Some(base) => Class::of(base).clone().into_any(),
        None => crate::state::class_of(types::TYPE).clone().into_any(),
    });
    if let Some(class) = metaclass.downcast_class() {
        metaclass = crate::objects::type_::calculate_metaclass(class, &bases)?.into_any();
    }
    let keyword_names = tuple::from_vec(keyword_names);
    let with_keywords =
        |first: &[Ref]| -> Vec<Ref> { first.iter().chain(&keyword_values).cloned().collect() };
    let bases_tuple = tuple::from_vec(bases).into_any();
    let name_object = name.clone().into_any();
    let namespace = match attribute::get_optional(&metaclass, &names().__prepare__)? {
        Some(prepare) => {
            let all = with_keywords(&[name_object.clone(), bases_tuple.clone()]);
            crate::protocol::call::call_args(&prepare, Args { all: &all, names: Some(&keyword_names) })?
        }
        None => crate::objects::dict::new().into_any(),
    };
    if !namespace.has_layout::<Dict>() && Class::of(&namespace).slots.0.get_item.get().is_none() {
        let shown = metaclass.downcast_class().map_or("<metaclass>".to_owned(), |class| class.short_name());
        return Err(type_error!(
            "{shown}.__prepare__() must return a mapping, not {}",
            Class::of(&namespace).short_name()
        ));
    }
    let cell = super::entry::run_function_in(body, namespace.clone())?;
    if changed {
        crate::protocol::item::set(
            &namespace,
            names().__orig_bases__.as_any(),
            tuple::from_slice(original).as_any(),
        )?;
    }
    let all = with_keywords(&[name_object, bases_tuple, namespace]);
    let class =
        crate::protocol::call::call_args(&metaclass, Args { all: &all, names: Some(&keyword_names) })?;
    if let Some(cell) = cell.payload::<Cell>()
        && class.downcast_class().is_some()
    {
        match cell.value.get() {
            Some(content) if content.is(&class) => {}
            Some(content) => {
                let (name, content, class) = (
                    crate::protocol::object::repr(name.as_any())?,
                    crate::protocol::object::repr(&content)?,
                    crate::protocol::object::repr(&class)?,
                );
                return Err(type_error!(
                    "__class__ set to {} defining {} as {}",
                    content.to_text(),
                    name.to_text(),
                    class.to_text()
                ));
            }
            None => {
                let name = crate::protocol::object::repr(name.as_any())?;
                return Err(crate::runtime_error!(
                    "__class__ not set defining {} as {}. Was __classcell__ propagated to type.__new__?",
                    name.to_text(),
                    crate::protocol::object::repr(&class)?.to_text()
                ));
            }
        }
    }
    Ok(class)
}

/// Replaces bases that are no classes by what their `__mro_entries__` gives (PEP 560).
fn resolve_bases(bases: &[Ref]) -> Res<Vec<Ref>> {
    let mut resolved = Vec::with_capacity(bases.len());
    for base in bases {
        if base.downcast_class().is_some() {
            resolved.push(base.clone());
            continue;
        }
        match attribute::get_optional(base, &names().__mro_entries__)? {
            None => resolved.push(base.clone()),
            Some(method) => {
                let entries = crate::protocol::call::call(&method, &[tuple::from_slice(bases).into_any()])?;
                match entries.payload::<Tuple>() {
                    Some(entries) => resolved.extend(entries.items().iter().cloned()),
                    None => return Err(type_error!("__mro_entries__ must return a tuple")),
                }
            }
        }
    }
    Ok(resolved)
}
