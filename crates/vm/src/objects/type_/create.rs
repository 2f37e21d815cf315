//! Making a class at run time: what `class` statements and `type(name, bases, namespace)` do.

use ouro_heap::{Ref, alloc, alloc_as, header::NAMESPACE, types as heap_types};

use crate::{
    error::Res,
    native::Args,
    objects::{
        cell::Cell,
        class::{Class, DowncastClass, class_flags},
        codec,
        descriptor::{self, Place},
        dict::{self, Dict},
        exception::{Exception, ExceptionKind},
        function::Function,
        instance::Instance,
        int,
        singletons::PlainObject,
        str::{self, Str, StrExt},
        super_,
        tuple::{self, Tuple},
    },
    protocol::{self, attribute, call},
    state::{class_of, names, shared, vm},
    type_error, types, value_error,
};

use super::{
    attributes::{DICT_ATTRIBUTE, WEAKREF_ATTRIBUTE},
    order::{add_subclass, best_base, compute_mro},
    update::fill_new_slots,
};

/// The metaclass of a new class: the most derived of the given one and those of the bases.
pub fn calculate_metaclass(metaclass: &Ref<Class>, bases: &[Ref]) -> Res<Ref<Class>> {
    let mut winner = metaclass.clone();
    for base in bases {
        let candidate = Class::of(base);
        if winner.is_subclass_of(candidate) {
            continue;
        }
        if candidate.is_subclass_of(&winner) {
            winner = candidate.clone();
            continue;
        }
        return Err(type_error!(
            "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases"
        ));
    }
    Ok(winner)
}

pub(super) fn new_slot(metaclass: &Ref<Class>, args: Args) -> Res {
    let values = args.positional();
    if values.len() != 3 {
        return Err(type_error!("type.__new__() takes exactly 3 arguments ({} given)", values.len()));
    }
    let argument = |n: usize, expected: &str| {
        type_error!(
            "type.__new__() argument {n} must be {expected}, not {}",
            Class::of(&values[n - 1]).short_name()
        )
    };
    let name = values[0].downcast::<Str>().ok_or_else(|| argument(1, "str"))?;
    let bases = values[1].downcast::<Tuple>().ok_or_else(|| argument(2, "tuple"))?;
    let namespace = values[2].downcast::<Dict>().ok_or_else(|| argument(3, "dict"))?;
    for base in bases.items() {
        if base.downcast_class().is_none()
            && attribute::lookup_special(base, &names().__mro_entries__)?.is_some()
        {
            return Err(type_error!("type() doesn't support MRO entry resolution; use types.new_class()"));
        }
    }
    let winner = calculate_metaclass(metaclass, bases.items())?;
    if bases.items().iter().any(|base| base.downcast_class().is_none()) {
        return Err(type_error!("bases must be types"));
    }
    if !winner.is(metaclass)
        && let Some(new) = winner.slots.0.new.get()
        && !std::ptr::fn_addr_eq(new, new_slot as fn(&Ref<Class>, Args) -> Res)
    {
        return new(&winner, args);
    }
    make_class(&winner, name, bases.items(), namespace, args)
}

/// UnicodeEncodeError if a name or description holds what no text may hold.
pub(super) fn check_text(text: &Ref<Str>) -> Res<()> {
    if text.as_ascii().is_some() {
        return Ok(());
    }
    codec::encode_as(text, codec::Encoding::Utf8, None).map(drop)
}

/// What `class` statements and `type(name, bases, namespace)` do in the end.
pub(super) fn make_class(
    metaclass: &Ref<Class>,
    name: &Ref<Str>,
    bases: &[Ref],
    namespace: &Ref<Dict>,
    args: Args,
) -> Res {
    if name.to_text().contains('\0') {
        return Err(value_error!("type name must not contain null characters"));
    }
    check_text(name)?;
    if let Some(doc) = dict::get_str(namespace, &names().__doc__).and_then(|doc| doc.into::<Str>().ok()) {
        check_text(&doc)?;
    }
    let bases: Vec<Ref> =
        if bases.is_empty() { vec![class_of(types::OBJECT).clone().into_any()] } else { bases.to_vec() };
    let base = best_base(&bases)?;
    let members = parse_slots(name, namespace, &bases, &base)?;
    let base_has_dict = base.has(class_flags::HAS_DICT);
    let any_dict = bases.iter().filter_map(|b| b.downcast_class()).any(|b| b.has(class_flags::HAS_DICT));
    let adds_dict = match &members {
        None => true,
        Some(members) => members.dict || any_dict,
    };
    let adds_weakref = match &members {
        None => !has_items(&base),
        Some(members) => members.weakref,
    };
    let inherits_weakref =
        bases.iter().filter_map(|b| b.downcast_class()).any(|b| b.has(class_flags::WEAKLY_REFERENCEABLE));
    let plain = std::ptr::eq(base.layout.0, <PlainObject as ouro_heap::Payload>::LAYOUT)
        || std::ptr::eq(base.layout.0, <Instance as ouro_heap::Payload>::LAYOUT);
    let layout = if plain { <Instance as ouro_heap::Payload>::LAYOUT } else { base.layout.0 };
    let new_members = members.as_ref().map_or(0, |members| members.names.len());
    // Behind the payload of a built-in base stand the members and the dictionary; plain instances have their own places.
    let own_dict_slot = !plain
        && !std::ptr::eq(layout, <Exception as ouro_heap::Payload>::LAYOUT)
        && !std::ptr::eq(layout, <crate::objects::module::Module as ouro_heap::Payload>::LAYOUT);
    let dict_slots = u16::from(own_dict_slot && (adds_dict || base_has_dict));
    let base_members = base.member_count;
    let member_count = usize::from(base_members) + new_members;
    if member_count > MOST_MEMBERS {
        return Err(type_error!("more than {MOST_MEMBERS} members of __slots__ are not supported"));
    }
    let member_count = member_count as u16;
    let extra = if plain { 0 } else { member_count + dict_slots };
    let index = heap_types::register_class(layout, extra);
    let inherited = base.flags.get()
        & (class_flags::EXCEPTION
            | class_flags::INT_SUBCLASS
            | class_flags::TYPE_SUBCLASS
            | class_flags::DICT_SUBCLASS
            | class_flags::MATCH_SELF);
    let mut flags = class_flags::BASE | class_flags::HEAP | inherited;
    // What sequence and mapping patterns match: said by abstract classes as CPython has it, inherited from the first base
    // that matches either.
    flags |= bases
        .iter()
        .filter_map(|b| b.downcast_class())
        .map(|b| b.flags.get() & (class_flags::SEQUENCE | class_flags::MAPPING))
        .find(|kinds| *kinds != 0)
        .unwrap_or(0);
    if let Some(said) =
        dict::get_str(namespace, &str::intern("__abc_tpflags__")).and_then(|said| int::as_i64(&said))
    {
        flags |= if said & (1 << 5) != 0 { class_flags::SEQUENCE } else { 0 };
        flags |= if said & (1 << 6) != 0 { class_flags::MAPPING } else { 0 };
    }
    if adds_dict || base_has_dict {
        flags |= class_flags::HAS_DICT;
    }
    if adds_weakref || inherits_weakref {
        flags |= class_flags::WEAKLY_REFERENCEABLE;
    }
    let bare = Class::bare(index, layout, flags, member_count, None);
    let class = if metaclass.index == types::TYPE { alloc(bare) } else { alloc_as(metaclass.index, bare) };
    let class_object = class.clone().into_any();
    heap_types::record(index).set_class(Some(&class_object));
    class.root_shape.set(vm().shapes.new_root(member_count));
    class.foresee(attribute_hint(namespace, &base));
    class.name.set(Some(name.clone()));
    class.bases.set(Some(tuple::from_vec(bases.clone())));
    class.base.set(Some(base.clone()));
    let dict = own_namespace(namespace)?;
    ouro_heap::allocate::track(dict.as_any());
    dict.header().set(NAMESPACE);
    class.dict.set(Some(dict.clone()));
    class.mro.set(Some(compute_mro(&class)?));
    // Names that every class has.
    let names = names();
    if let Some(qualname) = dict::remove_str(&dict, &names.__qualname__) {
        match qualname.downcast::<Str>() {
            Some(qualname) => class.qualname.set(Some(qualname.clone())),
            None => {
                return Err(type_error!(
                    "type __qualname__ must be a str, not {}",
                    Class::of(&qualname).short_name()
                ));
            }
        }
    } else {
        class.qualname.set(Some(name.clone()));
    }
    if !dict::contains_str(&dict, &names.__module__)
        && let Some(globals) = crate::interpreter::current_globals()
        && let Some(module) = dict::get_str(&globals, &names.__name__)
    {
        dict::set_str(&dict, &names.__module__, module);
    }
    for name in [&names.__init_subclass__, &names.__class_getitem__] {
        if let Some(function) = dict::get_str(&dict, name)
            && function.has_layout::<Function>()
        {
            dict::set_str(&dict, name, descriptor::new_class_method(function));
        }
    }
    if let Some(function) = dict::get_str(&dict, &names.__new__)
        && function.has_layout::<Function>()
    {
        dict::set_str(&dict, &names.__new__, descriptor::new_static_method(function));
    }
    if !dict::contains_str(&dict, &names.__doc__) {
        dict::set_str(&dict, &names.__doc__, shared().none.clone());
    }
    // A class that says what equal means and nothing about hashes has no hash.
    if dict::contains_str(&dict, &names.__eq__) && !dict::contains_str(&dict, &names.__hash__) {
        dict::set_str(&dict, &names.__hash__, shared().none.clone());
    }
    // The cell of `__class__` that methods with super() share.
    if let Some(cell) = dict::remove_str(&dict, &names.__classcell__) {
        match cell.payload::<Cell>() {
            Some(cell) => cell.value.set(Some(class.clone().into_any())),
            None => {
                return Err(type_error!(
                    "__classcell__ must be a nonlocal cell, not {}",
                    protocol::object::repr(Class::of(&cell).as_any())?.to_text()
                ));
            }
        }
    }
    // The cell of the namespace that annotation scopes share.
    if let Some(cell) = dict::remove_str(&dict, &str::intern_static("__classdictcell__")) {
        match cell.payload::<Cell>() {
            Some(cell) => cell.value.set(Some(dict.clone().into_any())),
            None => {
                return Err(type_error!(
                    "__classdictcell__ must be a nonlocal cell, not {}",
                    protocol::object::repr(Class::of(&cell).as_any())?.to_text()
                ));
            }
        }
    }
    if let Some(members) = &members {
        for (position, member) in members.names.iter().enumerate() {
            let place = base_members as usize + position;
            let place = if plain { Place::Item(place) } else { Place::Extra(place) };
            dict::set_str(&dict, member, descriptor::new_member(member.clone(), &class, place));
        }
    }
    if adds_dict && !base_has_dict && !dict::contains_str(&dict, &names.__dict__) {
        dict::set_str(&dict, &names.__dict__, descriptor::new_getset(&DICT_ATTRIBUTE, &class));
    }
    if adds_weakref && !inherits_weakref && !dict::contains_str(&dict, &names.__weakref__) {
        dict::set_str(&dict, &names.__weakref__, descriptor::new_getset(&WEAKREF_ATTRIBUTE, &class));
    }
    for base in &bases {
        if let Some(base) = base.downcast_class() {
            add_subclass(base, &class);
        }
    }
    fill_new_slots(&class);
    attribute::class_changed(&class);
    if dict.table.with(|table| table.iter().any(|(key, _)| !key.has_layout::<Str>())) {
        let message = format!("non-string key in the __dict__ of class {}", class.short_name());
        crate::warning::warn(ExceptionKind::RuntimeWarning, &message)?;
    }
    set_names(&class, namespace)?;
    call_init_subclass(&class, args)?;
    Ok(class.into_any())
}

/// The namespace of a new class: a copy, with interned names, since the cache of look-ups knows names by identity.
fn own_namespace(given: &Ref<Dict>) -> Res<Ref<Dict>> {
    let made = dict::new();
    let is_interned = |key: &Ref| key.downcast::<Str>().is_none_or(|key| key.is_interned());
    if given.table.with(|table| table.iter().all(|(key, _)| is_interned(key))) {
        made.table.with_mut(|table| -> Res<()> {
            *table = given.table.with(|table| table.duplicate())?;
            Ok(())
        })?;
        return Ok(made);
    }
    for (key, value) in given.snapshot() {
        match key.downcast::<Str>() {
            Some(name) if key.is_exact::<Str>() => dict::set_str(&made, &str::intern_object(name), value),
            _ => dict::set(&made, &key, value)?,
        }
    }
    Ok(made)
}

/// The most members of instances: places are counted in 16 bits, and inline attributes need some.
const MOST_MEMBERS: usize = 65_000;

/// Room for inline attributes: what the methods of the class assign through `self`, and what the base has; 0 if neither
/// says anything.
pub(super) fn attribute_hint(namespace: &Ref<Dict>, base: &Class) -> u16 {
    let own = dict::get_str(namespace, &names().__static_attributes__);
    let own = own.and_then(|names| names.payload::<Tuple>().map(|names| names.items().len())).unwrap_or(0);
    let inherited = if base.has(class_flags::HEAP) { base.inline_capacity() as usize } else { 0 };
    (own + inherited).min(30) as u16
}

pub(super) struct Members {
    names: Vec<Ref<Str>>,
    dict: bool,
    weakref: bool,
}

/// Whether instances are of several sizes in CPython (`tp_itemsize`), which leaves no room for slots and weak references.
fn has_items(class: &Class) -> bool {
    matches!(class.layout.0.name, "tuple" | "bytes" | "BigInt" | "Class")
}

/// Reads `__slots__`; nothing if the namespace has none.
pub(super) fn parse_slots(
    class_name: &Ref<Str>,
    namespace: &Ref<Dict>,
    bases: &[Ref],
    base: &Ref<Class>,
) -> Res<Option<Members>> {
    let Some(slots) = dict::get_str(namespace, &names().__slots__) else { return Ok(None) };
    let given = if str::is_str(&slots) { vec![slots.clone()] } else { protocol::iterate::collect(&slots)? };
    let mut members = Members { names: Vec::new(), dict: false, weakref: false };
    if !given.is_empty() && has_items(base) {
        return Err(type_error!("nonempty __slots__ not supported for subtype of '{}'", base.short_name()));
    }
    for name in given {
        let Some(name) = name.downcast::<Str>() else {
            return Err(type_error!(
                "__slots__ items must be strings, not '{}'",
                Class::of(&name).short_name()
            ));
        };
        let text = name.to_text();
        if !is_identifier(&text) {
            return Err(type_error!("__slots__ must be identifiers"));
        }
        match &*text {
            "__dict__" => {
                if members.dict || base.has(class_flags::HAS_DICT) {
                    return Err(type_error!("__dict__ slot disallowed: we already got one"));
                }
                members.dict = true;
            }
            "__weakref__" => {
                if members.weakref || base.has(class_flags::WEAKLY_REFERENCEABLE) {
                    return Err(type_error!("__weakref__ slot disallowed: we already got one"));
                }
                members.weakref = true;
            }
            _ => {
                let mangled = str::intern(&mangle(&class_name.to_text(), &text));
                if dict::contains_str(namespace, &mangled)
                    && !["__qualname__", "__classcell__", "__classdictcell__"].contains(&&*text)
                {
                    return Err(value_error!("'{text}' in __slots__ conflicts with class variable"));
                }
                members.names.push(mangled);
            }
        }
    }
    members.names.sort_by_key(|name| name.to_text().into_owned());
    let _ = bases;
    Ok(Some(members))
}

/// A private name as it is stored (`__x` in class C: `_C__x`).
pub(super) fn mangle(class: &str, name: &str) -> String {
    let class = class.trim_start_matches('_');
    if name.starts_with("__") && !name.ends_with("__") && !name.contains('.') && !class.is_empty() {
        format!("_{class}{name}")
    } else {
        name.to_owned()
    }
}

/// Whether a text is an identifier.
pub fn is_identifier(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
        && chars.all(unicode_ident::is_xid_continue)
}

/// Calls `__set_name__` of the attributes that have it.
pub(super) fn set_names(class: &Ref<Class>, namespace: &Ref<Dict>) -> Res<()> {
    for (name, value) in namespace.snapshot() {
        if let Some(method) = attribute::lookup_special(&value, &names().__set_name__)?
            && let Err(raised) = call::call(&method, &[class.clone().into_any(), name.clone()])
        {
            let error = crate::error::take(raised);
            let note = format!(
                "Error calling __set_name__ on '{}' instance {} in '{}'",
                Class::of(&value).short_name(),
                protocol::object::repr(&name)?.to_text(),
                class.short_name()
            );
            let _ = call::call_method(&error, &str::intern("add_note"), &[str::new(&note).into_any()])?;
            return Err(crate::error::restore(error));
        }
    }
    Ok(())
}

/// `super(cls, cls).__init_subclass__(**kwargs)`
pub(super) fn call_init_subclass(class: &Ref<Class>, args: Args) -> Res<()> {
    let mro = class.mro.get().expect("just computed");
    if !mro.items().iter().any(|base| base.is(class)) {
        return Err(super_::does_not_fit(class, class.as_any()));
    }
    for base in mro.items().iter().skip(1).filter_map(|base| base.downcast_class()) {
        if let Some(found) = base.own_attribute(&names().__init_subclass__) {
            let class_object = class.clone().into_any();
            let bound = match Class::of(&found).slots.0.descr_get.get() {
                Some(getter) => getter(&found, None, Some(&class_object))?,
                None => found,
            };
            let keywords = Args { all: &args.all[args.positional().len()..], names: args.names };
            call::call_args(&bound, keywords)?;
            return Ok(());
        }
    }
    Ok(())
}
