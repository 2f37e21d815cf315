//! `type`: making classes, their method resolution order, attributes of classes, calling a class.

use ouro_heap::{Ref, alloc, alloc_as, header::WEAKLY_REFERENCED, types as heap_types};

use crate::{
    attribute_error,
    error::{Raised, Res},
    native::{Args, NativeDef, plain, raw},
    objects::{
        bool_, builtin,
        cell::Cell,
        class::{self, Class, ClassDef, DowncastClass, class_flags, getter, property},
        descriptor::{self, Place},
        dict::{self, Dict},
        exception::Exception,
        function::Function,
        instance::Instance,
        int, list, object,
        singletons::PlainObject,
        slots::Slots,
        special,
        str::{self, Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{self, attribute, call},
    state::{class_of, names, shared, vm},
    type_error, types, value_error,
};

/// Fills the class object of a built-in type: name, bases, slots. Its namespace is made when it is asked for.
pub(crate) fn initialise_builtin(
    class: &Ref<Class>,
    definition: &'static ClassDef,
    base: Option<Ref<Class>>,
) {
    class::name_and_bases(class, definition.name, base.iter().map(|base| base.clone().into_any()).collect());
    let mut mro = vec![class.clone().into_any()];
    if let Some(base) = &base {
        mro.extend(base.mro.get().expect("bases are made first").items().iter().cloned());
    }
    class.mro.set(Some(immortal_tuple(mro)));
    class.slots.0.fill(&definition.slots);
    if is_unhashable(definition) {
        class.slots.0.hash.set(Some(special::unhashable));
    }
    if let Some(base) = base {
        class.slots.0.inherit(&base.slots.0);
        add_subclass(&base, class);
    }
    class.set_flag(class_flags::IMMUTABLE);
    attribute::class_changed(class);
}

/// A tuple that belongs to a built-in class: as in CPython it is immortal, and the collector has nothing to do with it.
pub(crate) fn immortal_tuple(items: Vec<Ref>) -> Ref<Tuple> {
    let tuple = tuple::from_vec(items);
    tuple.make_immortal();
    ouro_heap::allocate::untrack(tuple.as_any());
    tuple
}

/// Whether a built-in class compares its instances but does not hash them: then it takes hashing away.
pub(crate) fn is_unhashable(definition: &ClassDef) -> bool {
    definition.slots.compare.is_some() && definition.slots.hash.is_none() && definition.index != types::OBJECT
}

/// Gives a built-in class a second base (ExceptionGroup).
pub(crate) fn add_second_base(class: &Ref<Class>, second: &Ref<Class>) {
    let first = class.base.get().expect("the class has a first base");
    class.bases.set(Some(immortal_tuple(vec![first.into_any(), second.clone().into_any()])));
    if let Ok(mro) = linearise(class) {
        class.mro.set(Some(immortal_tuple(mro)));
    }
    add_subclass(second, class);
}

/// `__new__` of a built-in class: a native function that checks the class it is given.
pub(crate) fn new_method(class: &Ref<Class>) -> Ref {
    static NEW: NativeDef = raw(
        "__new__",
        "(type, /, *args, **kwargs)",
        call_new,
        "Create and return a new object.  See help(type) for accurate signature.",
    );
    builtin::bind(&NEW, class.clone().into_any())
}

/// Arguments: the class that has the `__new__`, then those of the program.
fn call_new(args: Args) -> Res {
    let owner = args.all[0].downcast_class().expect("bound to a class");
    let rest = args.rest();
    let Some(first) = rest.positional().first() else {
        return Err(type_error!("{}.__new__(): not enough arguments", owner.short_name()));
    };
    let Some(class) = first.downcast_class() else {
        return Err(type_error!(
            "{}.__new__(X): X is not a type object ({})",
            owner.short_name(),
            Class::of(first).short_name()
        ));
    };
    if !class.is_subclass_of(owner) {
        let (owner, class) = (owner.short_name(), class.short_name());
        return Err(type_error!("{owner}.__new__({class}): {class} is not a subtype of {owner}"));
    }
    let mut solid = class.clone();
    while solid.has(class_flags::HEAP) {
        solid = solid.base.get().expect("only object has no base");
    }
    let (wanted, given) = (solid.slots.0.new.get(), owner.slots.0.new.get());
    let same = wanted.zip(given).is_none_or(|(a, b)| std::ptr::fn_addr_eq(a, b));
    if !same {
        let (owner, class, solid) = (owner.short_name(), class.short_name(), solid.short_name());
        return Err(type_error!("{owner}.__new__({class}) is not safe, use {solid}.__new__()"));
    }
    match given {
        Some(new) => new(class, rest.rest()),
        None => Err(type_error!("cannot create '{}' instances", owner.short_name())),
    }
}

/// `cls(...)`
pub fn call_class(class: &Ref<Class>, args: Args) -> Res {
    // The metaclass may define __call__.
    let metaclass = Class::of(class.as_any());
    if metaclass.index != types::TYPE
        && let Some(slot) = metaclass.slots.0.call.get()
        && !std::ptr::fn_addr_eq(slot, type_call as fn(&Ref, Args) -> Res)
    {
        return slot(class.as_any(), args);
    }
    instantiate(class, args)
}

fn type_call(class: &Ref, args: Args) -> Res {
    instantiate(class.downcast_class().expect("slot of this class"), args)
}

/// `type.__call__`: `__new__`, then `__init__` if that gave an instance of the class.
pub fn instantiate(class: &Ref<Class>, args: Args) -> Res {
    if class.index == types::TYPE && class.is(class_of(types::TYPE)) {
        if let ([object], 0) = (args.all, args.keyword_count()) {
            return Ok(Class::of(object).clone().into_any());
        }
        if args.positional().len() != 3 {
            return Err(type_error!("type() takes 1 or 3 arguments"));
        }
    }
    let new = match class.slots.0.new.get() {
        Some(new) if !class.has(class_flags::NO_INSTANTIATION) => new,
        _ => return Err(type_error!("cannot create '{}' instances", class.full_name())),
    };
    let object = new(class, args)?;
    if !Class::of(&object).is_subclass_of(class) {
        return Ok(object);
    }
    if let Some(init) = Class::of(&object).slots.0.init.get() {
        init(&object, args)?;
    }
    Ok(object)
}

/// The `new` slot of classes that define `__new__` in Python.
fn new_via_python(class: &Ref<Class>, args: Args) -> Res {
    let Some(new) = class.lookup(&names().__new__) else { return object::new_instance(class) };
    let function = match Class::of(&new).slots.0.descr_get.get() {
        Some(getter) => getter(&new, None, Some(class.as_any()))?,
        None => new,
    };
    call::call_with_first(&function, class.as_any(), args)
}

/// The TypeError for an abstract class.
pub fn abstract_error(class: &Ref<Class>) -> Raised {
    let methods =
        class.lookup(&names().__abstractmethods__).map(|methods| protocol::iterate::collect(&methods));
    let mut shown: Vec<String> = match methods {
        Some(Ok(methods)) => {
            methods.iter().filter_map(|m| m.downcast::<Str>()).map(|m| m.to_text().into_owned()).collect()
        }
        Some(Err(raised)) => return raised,
        None => Vec::new(),
    };
    shown.sort();
    let plural = if shown.len() == 1 { "" } else { "s" };
    let list = shown.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    type_error!(
        "Can't instantiate abstract class {} without an implementation for abstract method{plural} {list}",
        class.short_name()
    )
}

fn add_subclass(base: &Ref<Class>, class: &Ref<Class>) {
    base.subclasses.with_mut(|list| list.0.push(class.address()));
}

/// The live subclasses among addresses. Dead ones are recognised by looking among the objects that name the base.
pub(crate) fn from_addresses(base: &Class, addresses: &[usize]) -> Vec<Ref<Class>> {
    let mut found = Vec::new();
    for &address in addresses {
        if let Some(class) = ouro_heap::walk::live_at(address).and_then(|object| object.into::<Class>().ok())
            && class.bases.with(|bases| {
                bases.is_some_and(|bases| {
                    bases.items().iter().any(|b| b.payload::<Class>().is_some_and(|b| std::ptr::eq(b, base)))
                })
            })
        {
            found.push(class);
        }
    }
    found
}

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

fn new_slot(metaclass: &Ref<Class>, args: Args) -> Res {
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

/// What `class` statements and `type(name, bases, namespace)` do in the end.
fn make_class(
    metaclass: &Ref<Class>,
    name: &Ref<Str>,
    bases: &[Ref],
    namespace: &Ref<Dict>,
    args: Args,
) -> Res {
    if name.to_text().contains('\0') {
        return Err(value_error!("type name must not contain null characters"));
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
        None => true,
        Some(members) => members.weakref,
    };
    let inherits_weakref =
        bases.iter().filter_map(|b| b.downcast_class()).any(|b| b.has(class_flags::WEAKLY_REFERENCEABLE));
    let plain = std::ptr::eq(base.layout.0, <PlainObject as ouro_heap::Payload>::LAYOUT)
        || std::ptr::eq(base.layout.0, <Instance as ouro_heap::Payload>::LAYOUT);
    let layout = if plain { <Instance as ouro_heap::Payload>::LAYOUT } else { base.layout.0 };
    let new_members = members.as_ref().map_or(0, |members| members.names.len()) as u16;
    // Behind the payload of a built-in base stand the dictionary and the members; plain instances have their own places.
    let own_dict_slot = !plain
        && !std::ptr::eq(layout, <Exception as ouro_heap::Payload>::LAYOUT)
        && !std::ptr::eq(layout, <crate::objects::module::Module as ouro_heap::Payload>::LAYOUT);
    let dict_slots = u16::from(own_dict_slot && (adds_dict || base_has_dict));
    let base_members = base.member_count;
    let member_count = base_members + new_members;
    let extra = if plain { 0 } else { member_count + dict_slots };
    let index = heap_types::register_class(layout, extra);
    let inherited = base.flags.get()
        & (class_flags::EXCEPTION
            | class_flags::SEQUENCE
            | class_flags::MAPPING
            | class_flags::INT_SUBCLASS
            | class_flags::TYPE_SUBCLASS
            | class_flags::DICT_SUBCLASS
            | class_flags::MATCH_SELF);
    let mut flags = class_flags::BASE | class_flags::HEAP | inherited;
    // What sequence and mapping patterns match: said by abstract classes as CPython has it, inherited from any base.
    flags |= bases.iter().filter_map(|b| b.downcast_class()).map(|b| b.flags.get()).fold(0, |all, b| all | b)
        & (class_flags::SEQUENCE | class_flags::MAPPING);
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
    class.inline_capacity.set(attribute_hint(namespace, &base));
    class.name.set(Some(name.clone()));
    class.bases.set(Some(tuple::from_vec(bases.clone())));
    class.base.set(Some(base.clone()));
    let dict = dict::new();
    dict.table.with_mut(|table| -> Res<()> {
        *table = namespace.table.with(|table| table.duplicate())?;
        Ok(())
    })?;
    ouro_heap::allocate::track(dict.as_any());
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
    if let Some(members) = &members {
        for (position, member) in members.names.iter().enumerate() {
            let place = base_members as usize + position;
            let place = if plain { Place::Item(place) } else { Place::Extra(place + dict_slots as usize) };
            dict::set_str(&dict, member, descriptor::new_member(member.clone(), &class, place));
        }
    }
    if adds_dict && !base_has_dict {
        dict::set_str(&dict, &names.__dict__, descriptor::new_getset(&DICT_ATTRIBUTE, &class));
    }
    if adds_weakref && !inherits_weakref {
        dict::set_str(&dict, &names.__weakref__, descriptor::new_getset(&WEAKREF_ATTRIBUTE, &class));
    }
    // The cell of `__class__` that methods with super() share.
    if let Some(cell) = dict::remove_str(&dict, &names.__classcell__) {
        match cell.payload::<Cell>() {
            Some(cell) => cell.value.set(Some(class.clone().into_any())),
            None => {
                return Err(type_error!(
                    "type.__new__() got __classcell__ of type {}",
                    Class::of(&cell).short_name()
                ));
            }
        }
    }
    for base in &bases {
        if let Some(base) = base.downcast_class() {
            add_subclass(base, &class);
        }
    }
    fill_slots(&class);
    attribute::class_changed(&class);
    set_names(&class, namespace)?;
    call_init_subclass(&class, args)?;
    Ok(class.into_any())
}

/// Room for inline attributes: what the methods of the class assign through `self`, and what the base has.
fn attribute_hint(namespace: &Ref<Dict>, base: &Class) -> u16 {
    let own = dict::get_str(namespace, &names().__static_attributes__);
    let own = own.and_then(|names| names.payload::<Tuple>().map(|names| names.items().len())).unwrap_or(0);
    let inherited = if base.has(class_flags::HEAP) { base.inline_capacity.get() as usize } else { 0 };
    let wanted = own + inherited;
    if wanted == 0 { 1 } else { wanted.clamp(1, 30) as u16 }
}

struct Members {
    names: Vec<Ref<Str>>,
    dict: bool,
    weakref: bool,
}

/// Reads `__slots__`; nothing if the namespace has none.
fn parse_slots(
    class_name: &Ref<Str>,
    namespace: &Ref<Dict>,
    bases: &[Ref],
    base: &Ref<Class>,
) -> Res<Option<Members>> {
    let Some(slots) = dict::get_str(namespace, &names().__slots__) else { return Ok(None) };
    let given = if str::is_str(&slots) { vec![slots.clone()] } else { protocol::iterate::collect(&slots)? };
    let mut members = Members { names: Vec::new(), dict: false, weakref: false };
    let layout_is_variable =
        base.layout.0.name == "tuple" || base.layout.0.name == "bytes" || base.index == types::INT;
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
                if layout_is_variable {
                    return Err(type_error!(
                        "nonempty __slots__ not supported for subtype of '{}'",
                        base.short_name()
                    ));
                }
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
fn mangle(class: &str, name: &str) -> String {
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

/// The base whose layout the new class extends; TypeError if the bases' layouts conflict.
fn best_base(bases: &[Ref]) -> Res<Ref<Class>> {
    let mut winner: Option<Ref<Class>> = None;
    let mut base: Option<Ref<Class>> = None;
    for candidate in bases {
        let candidate = candidate.downcast_class().expect("checked by the caller");
        if !candidate.has(class_flags::BASE) {
            return Err(type_error!("type '{}' is not an acceptable base type", candidate.full_name()));
        }
        let solid = solid_base(candidate);
        let replace = match &winner {
            None => true,
            Some(winner) if winner.is_subclass_of(&solid) => false,
            Some(winner) if solid.is_subclass_of(winner) => true,
            Some(_) => return Err(type_error!("multiple bases have instance lay-out conflict")),
        };
        if replace {
            winner = Some(solid);
            base = Some(candidate.clone());
        }
    }
    Ok(base.expect("there is at least one base"))
}

/// The nearest class that adds something to the layout.
fn solid_base(class: &Ref<Class>) -> Ref<Class> {
    let mut class = class.clone();
    while let Some(base) = class.base.get() {
        let adds_members = class.member_count > base.member_count;
        let adds_layout = !class.has(class_flags::HEAP) && !std::ptr::eq(class.layout.0, base.layout.0);
        let fields = class.has(class_flags::EXCEPTION)
            && !class.has(class_flags::HEAP)
            && crate::objects::exception::kind_of_class(&class).fields().len()
                != crate::objects::exception::kind_of_class(&base).fields().len();
        if adds_members || adds_layout || fields {
            break;
        }
        class = base;
    }
    class
}

/// The C3 linearisation of a class, or what the metaclass's `mro()` gives.
fn compute_mro(class: &Ref<Class>) -> Res<Ref<Tuple>> {
    let metaclass = Class::of(class.as_any());
    if metaclass.index != types::TYPE
        && let Some(method) = metaclass.lookup(&str::intern("mro"))
        && method.has_layout::<Function>()
    {
        let items = protocol::iterate::collect(&call::call(&method, &[class.clone().into_any()])?)?;
        check_mro(class, &items)?;
        return Ok(tuple::from_vec(items));
    }
    Ok(tuple::from_vec(linearise(class)?))
}

/// What a metaclass's `mro()` gives must be classes whose methods can work on the instances' layout.
fn check_mro(class: &Ref<Class>, items: &[Ref]) -> Res<()> {
    if items.is_empty() {
        return Err(type_error!("type MRO must not be empty"));
    }
    let solid = class.base.get().map(|base| solid_base(&base));
    for item in items {
        let Some(base) = item.downcast_class() else {
            return Err(type_error!("mro() returned a non-class ('{}')", Class::of(item).full_name()));
        };
        // The class itself has no complete MRO yet; its own layout is that of its base.
        if !base.is(class) && !solid.as_ref().is_none_or(|solid| solid.is_subclass_of(&solid_base(base))) {
            return Err(type_error!("mro() returned base with unsuitable layout ('{}')", base.full_name()));
        }
    }
    Ok(())
}

fn linearise(class: &Ref<Class>) -> Res<Vec<Ref>> {
    let bases = class.bases.get().unwrap_or_else(tuple::empty);
    let mut sequences: Vec<Vec<Ref>> = Vec::new();
    for base in bases.items() {
        let mro = base.downcast_class().and_then(|base| base.mro.get());
        sequences.push(mro.map(|mro| mro.items().to_vec()).unwrap_or_default());
    }
    sequences.push(bases.items().to_vec());
    for (position, base) in bases.items().iter().enumerate() {
        if bases.items()[..position].iter().any(|other| other.is(base)) {
            let name = base.downcast_class().map(|base| base.short_name()).unwrap_or_default();
            return Err(type_error!("duplicate base class {name}"));
        }
    }
    let mut result = vec![class.clone().into_any()];
    loop {
        sequences.retain(|sequence| !sequence.is_empty());
        if sequences.is_empty() {
            return Ok(result);
        }
        let candidate = sequences.iter().map(|sequence| sequence[0].clone()).find(|candidate| {
            !sequences.iter().any(|sequence| sequence[1..].iter().any(|other| other.is(candidate)))
        });
        let Some(candidate) = candidate else {
            let mut shown: Vec<String> = Vec::new();
            for sequence in &sequences {
                let name = sequence[0].downcast_class().map(|class| class.short_name()).unwrap_or_default();
                if !shown.contains(&name) {
                    shown.push(name);
                }
            }
            return Err(type_error!(
                "Cannot create a consistent method resolution order (MRO) for bases {}",
                shown.join(", ")
            ));
        };
        for sequence in &mut sequences {
            if sequence.first().is_some_and(|first| first.is(&candidate)) {
                sequence.remove(0);
            }
        }
        result.push(candidate);
    }
}

/// Points the slots of a class at the special methods that it and its bases define.
fn fill_slots(class: &Ref<Class>) {
    for special in special::all() {
        update_slot(class, special);
    }
    update_irregular(class);
    if let Some(base) = class.base.get() {
        // Slots without a special method of their own name (sequence concatenation, native constructors).
        class.slots.0.inherit(&base.slots.0);
    }
}

/// Recomputes the slot of one special method after its definition changed.
fn update_slot(class: &Ref<Class>, special: &'static special::Special) {
    let name = str::intern(special.name);
    match find_with_owner(class, &name) {
        Some((found, owner)) => {
            if let Some(native) = native_owner(&found, special) {
                // The method is the wrapper of a built-in slot: use the slot itself, if no line of the same slot is Python's.
                if !python_defines_sibling(class, special) {
                    (special.reset)(&class.slots.0, Some(&native.slots.0));
                }
            } else if found.is(&shared().none) && special.name == "__hash__" {
                class.slots.0.hash.set(Some(special::unhashable));
            } else {
                let _ = owner;
                (special.install)(&class.slots.0);
            }
        }
        None => {
            if !python_defines_sibling(class, special) {
                (special.reset)(&class.slots.0, None);
            }
        }
    }
}

/// Special methods that share a slot with this one.
fn siblings(name: &str) -> &'static [&'static str] {
    const GROUPS: &[&[&str]] = &[
        &["__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"],
        &["__setattr__", "__delattr__"],
        &["__setitem__", "__delitem__"],
        &["__set__", "__delete__"],
        &["__add__", "__radd__"],
        &["__sub__", "__rsub__"],
        &["__mul__", "__rmul__"],
        &["__truediv__", "__rtruediv__"],
        &["__floordiv__", "__rfloordiv__"],
        &["__mod__", "__rmod__"],
        &["__divmod__", "__rdivmod__"],
        &["__pow__", "__rpow__"],
        &["__lshift__", "__rlshift__"],
        &["__rshift__", "__rrshift__"],
        &["__and__", "__rand__"],
        &["__or__", "__ror__"],
        &["__xor__", "__rxor__"],
        &["__matmul__", "__rmatmul__"],
        &["__getattribute__", "__getattr__"],
    ];
    GROUPS.iter().find(|group| group.contains(&name)).copied().unwrap_or(&[])
}

fn python_defines_sibling(class: &Ref<Class>, special: &special::Special) -> bool {
    siblings(special.name).iter().filter(|name| **name != special.name).any(|name| {
        class
            .lookup(&str::intern(name))
            .is_some_and(|found| !found.has_layout::<builtin::WrapperDescriptor>())
    })
}

/// The built-in class whose slot a wrapper calls, if the attribute is a wrapper for this very special method.
fn native_owner(found: &Ref, special: &special::Special) -> Option<Ref<Class>> {
    let wrapper = found.payload::<builtin::WrapperDescriptor>()?;
    (wrapper.special.0.name == special.name).then(|| wrapper.class.clone())
}

fn find_with_owner(class: &Ref<Class>, name: &Ref<Str>) -> Option<(Ref, Ref<Class>)> {
    let mro = class.mro.get()?;
    mro.items().iter().filter_map(|base| base.downcast_class()).find_map(|base| {
        let found = base.own_attribute(name)?;
        Some((found, base.clone()))
    })
}

/// `__new__`, `__getattr__`, `__del__`: those that are tied to slots in their own ways.
fn update_irregular(class: &Ref<Class>) {
    let names = names();
    let native_new = |found: &Ref| {
        found
            .payload::<builtin::BuiltinFunction>()
            .filter(|f| f.definition.0.name == "__new__")
            .and_then(|f| f.receiver.clone())
    };
    match class.lookup(&names.__new__) {
        Some(found) => match native_new(&found).and_then(|owner| owner.into::<Class>().ok()) {
            Some(owner) => {
                // The nearest built-in base decides, since its constructor knows the layout.
                let base = class.base.get();
                let slot = base.as_ref().and_then(|base| base.slots.0.new.get()).filter(|slot| {
                    !std::ptr::fn_addr_eq(*slot, new_via_python as fn(&Ref<Class>, Args) -> Res)
                });
                class.slots.0.new.set(slot.or(owner.slots.0.new.get()));
            }
            None => class.slots.0.new.set(Some(new_via_python)),
        },
        None => class.slots.0.new.set(class.base.get().and_then(|base| base.slots.0.new.get())),
    }
    if class.lookup(&names.__getattr__).is_some() {
        special::install_getattr(&class.slots.0);
    }
    let finalizer = class.lookup(&names.__del__).is_some().then_some(finalize as fn(&Ref));
    let base_finalizer = class.base.get().and_then(|base| heap_types::record(base.index).finalizer());
    heap_types::record(class.index).set_finalizer(finalizer.or(base_finalizer));
}

/// Runs `__del__`; what it raises is reported, not propagated.
fn finalize(object: &Ref) {
    let handled = vm().raised.take();
    let Some(method) = Class::of(object).lookup(&names().__del__) else { return };
    let result = attribute::call_special(object, &names().__del__, &[]);
    if let Err(raised) = result {
        crate::interpreter::report_unraisable(raised, &method);
    }
    vm().raised.set(handled);
}

/// Calls `__set_name__` of the attributes that have it.
fn set_names(class: &Ref<Class>, namespace: &Ref<Dict>) -> Res<()> {
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
fn call_init_subclass(class: &Ref<Class>, args: Args) -> Res<()> {
    let mro = class.mro.get().expect("just computed");
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

/// `type.__init__` accepts what `type.__new__` did.
fn init(_class: &Ref, args: Args) -> Res<()> {
    match args.positional().len() {
        1 if args.keyword_count() > 0 => Err(type_error!("type.__init__() takes no keyword arguments")),
        1 | 3 => Ok(()),
        _ => Err(type_error!("type.__init__() takes 1 or 3 arguments")),
    }
}

fn payload(object: &Ref) -> &Class {
    object.payload::<Class>().expect("a class")
}

fn repr(object: &Ref) -> Res {
    let name = object::qualified_name(object.downcast_class().expect("slot of this class"))?;
    Ok(str::new(&format!("<class '{name}'>")).into_any())
}

/// Attributes of a class: data descriptors of the metaclass, the class's own MRO, other attributes of the metaclass.
fn get_attr(object: &Ref, name: &Ref) -> Res {
    let name = attribute::as_name(name)?;
    let class = object.downcast_class().expect("slot of this class");
    let metaclass = Class::of(object);
    let on_metaclass = metaclass.lookup(name);
    let mut meta_getter = None;
    if let Some(found) = &on_metaclass {
        let slots = &Class::of(found).slots.0;
        meta_getter = slots.descr_get.get();
        if let Some(getter) = meta_getter
            && slots.descr_set.get().is_some()
        {
            return getter(found, Some(object), Some(metaclass.as_any()));
        }
    }
    if let Some(found) = class.lookup(name) {
        return match Class::of(&found).slots.0.descr_get.get() {
            Some(getter) => getter(&found, None, Some(object)),
            None => Ok(found),
        };
    }
    match (on_metaclass, meta_getter) {
        (Some(found), Some(getter)) => getter(&found, Some(object), Some(metaclass.as_any())),
        (Some(found), None) => Ok(found),
        (None, _) => Err(attribute::missing(object, name)),
    }
}

fn set_attr(object: &Ref, name: &Ref, value: Option<&Ref>) -> Res<()> {
    let name = str::intern_object(attribute::as_name(name)?);
    let class = object.downcast_class().expect("slot of this class");
    if class.has(class_flags::IMMUTABLE) {
        let (text, shown) = (name.to_text(), class.full_name());
        return Err(type_error!("cannot set '{text}' attribute of immutable type '{shown}'"));
    }
    if let Some(found) = Class::of(object).lookup(&name)
        && let Some(setter) = Class::of(&found).slots.0.descr_set.get()
    {
        return setter(&found, object, value);
    }
    let namespace = class.namespace();
    let old = match value {
        Some(value) => {
            let old = dict::get_str(&namespace, &name);
            dict::set_str(&namespace, &name, value.clone());
            old
        }
        None => match dict::remove_str(&namespace, &name) {
            Some(old) => Some(old),
            None => return Err(attribute::missing(object, &name)),
        },
    };
    attribute_changed(class, &name, old.as_ref(), value);
    Ok(())
}

/// Brings slots and caches up to date after an attribute of a class changed.
fn attribute_changed(class: &Ref<Class>, name: &Ref<Str>, old: Option<&Ref>, new: Option<&Ref>) {
    let is_plain = |value: Option<&Ref>| {
        value.is_none_or(|value| {
            let slots = &Class::of(value).slots.0;
            slots.descr_get.get().is_none() && slots.descr_set.get().is_none()
        })
    };
    let text = name.to_text();
    if text.starts_with("__") && text.ends_with("__") {
        refresh_slots(class, &text);
    }
    attribute::class_changed(class);
    if !(is_plain(old) && is_plain(new)) || old.is_none() || new.is_none() {
        renew_shapes(class);
    }
}

/// Gives a class and its subclasses new shapes, so that no inline cache of the old ones holds. Instances that exist
/// keep a dictionary-like old shape and are moved over when they are next touched the slow way.
fn renew_shapes(class: &Ref<Class>) {
    vm().shapes.renew(class);
    let subclasses = class.subclasses.with(|list| list.0.clone());
    for subclass in from_addresses(class, &subclasses) {
        renew_shapes(&subclass);
    }
}

fn refresh_slots(class: &Ref<Class>, name: &str) {
    let group = siblings(name);
    for special in special::all() {
        if special.name == name || group.contains(&special.name) {
            update_slot(class, special);
        }
    }
    update_irregular(class);
    let subclasses = class.subclasses.with(|list| list.0.clone());
    for subclass in from_addresses(class, &subclasses) {
        refresh_slots(&subclass, name);
    }
}

/// Changes the class of an object, where the layouts agree.
pub fn assign_class(object: &Ref, class: &Ref<Class>) -> Res<()> {
    let old = Class::of(object).clone();
    if !old.has(class_flags::HEAP) || !class.has(class_flags::HEAP) {
        return Err(type_error!(
            "__class__ assignment only supported for mutable types or ModuleType subclasses"
        ));
    }
    let same_layout = std::ptr::eq(old.layout.0, class.layout.0)
        && old.member_count == class.member_count
        && old.has(class_flags::HAS_DICT) == class.has(class_flags::HAS_DICT)
        && heap_types::record(old.index).extra_slots() == heap_types::record(class.index).extra_slots();
    if !same_layout {
        let (new, old) = (class.short_name(), old.short_name());
        return Err(type_error!("__class__ assignment: '{new}' object layout differs from '{old}'"));
    }
    if let Some(instance) = object.payload::<Instance>() {
        let has_dict = class.has(class_flags::HAS_DICT);
        let dict = has_dict.then(|| crate::objects::instance::dict_of(instance, &old));
        ouro_heap::allocate::change_type(object, class.index);
        match dict {
            Some(dict) => crate::objects::instance::move_dict(instance, class, dict),
            None => instance.head.shape.set(class.root_shape.get()),
        }
    } else {
        ouro_heap::allocate::change_type(object, class.index);
    }
    Ok(())
}

/// The names that `dir(object)` shows, sorted.
pub fn directory(object: &Ref) -> Res<Vec<Ref>> {
    let mut found: Vec<Ref> = Vec::new();
    let mut add = |dict: &Dict| found.extend(dict.snapshot().into_iter().map(|(key, _)| key));
    let class = object.downcast_class().unwrap_or_else(|| Class::of(object));
    let is_module = object.has_layout::<crate::objects::module::Module>();
    if object.downcast_class().is_none()
        && let Some(instance) = object.payload::<Instance>()
    {
        found.extend(crate::objects::instance::attributes(instance).into_iter().map(|(key, _)| key));
    } else if let Some(dict) = attribute::existing_dict(object) {
        add(&dict);
    }
    if !is_module {
        for base in
            class.mro.get().iter().flat_map(|mro| mro.items()).filter_map(|base| base.downcast_class())
        {
            found.extend(base.namespace().snapshot().into_iter().map(|(key, _)| key));
        }
    }
    let mut names: Vec<Ref<Str>> = found.into_iter().filter_map(|name| name.into::<Str>().ok()).collect();
    names.sort_by(|a, b| a.code_points().cmp(b.code_points()));
    names.dedup_by(|a, b| str::equal(a, b));
    Ok(names.into_iter().map(Ref::into_any).collect())
}

fn mro_method(args: &[Ref]) -> Res {
    let class = args[0].downcast_class().expect("a method of type");
    Ok(list::from_vec(linearise(class)?)?.into_any())
}

fn subclasses_method(args: &[Ref]) -> Res {
    let class = args[0].downcast_class().expect("a method of type");
    let addresses = class.subclasses.with(|list| list.0.clone());
    let found = from_addresses(class, &addresses).into_iter().map(Ref::into_any).collect();
    Ok(list::from_vec(found)?.into_any())
}

fn instance_check(args: &[Ref]) -> Res {
    let class = args[0].downcast_class().expect("a method of type");
    if Class::of(&args[1]).is_subclass_of(class) {
        return Ok(bool_::new(true));
    }
    // `__class__` may claim another class, as proxies do.
    let claimed = attribute::get_optional(&args[1], &names().__class__)?;
    Ok(bool_::new(claimed.is_some_and(|claimed| {
        claimed.downcast_class().is_some_and(|claimed| claimed.is_subclass_of(class))
    })))
}

fn subclass_check(args: &[Ref]) -> Res {
    let class = args[0].downcast_class().expect("a method of type");
    let Some(candidate) = args[1].downcast_class() else {
        return Err(type_error!("issubclass() arg 1 must be a class"));
    };
    Ok(bool_::new(candidate.is_subclass_of(class)))
}

fn prepare(_args: Args) -> Res {
    Ok(dict::new().into_any())
}

fn dir_method(args: &[Ref]) -> Res {
    Ok(list::from_vec(directory(&args[0])?)?.into_any())
}

fn class_sizeof(args: &[Ref]) -> Res {
    // As in CPython, the tables of functions belong to the size of classes that the program has made; those of built-in
    // classes are part of the interpreter.
    let slots = size_of::<crate::objects::slots::SlotCells>();
    let slots = if payload(&args[0]).has(class_flags::HEAP) { slots } else { 0 };
    Ok(int::from_usize(ouro_heap::walk::object_size(&args[0]) + slots))
}

fn or_type(left: &Ref, right: &Ref) -> Res {
    crate::objects::union::combine(left, right)
}

fn get_dict(object: &Ref) -> Res {
    Ok(crate::objects::dict::new_proxy(payload(object).namespace().into_any()))
}

fn get_module(object: &Ref) -> Res {
    if let Some(definition) = payload(object).definition.0 {
        return Ok(str::intern(definition.module).into_any());
    }
    match dict::get_str(&payload(object).namespace(), &names().__module__) {
        Some(module) => Ok(module),
        None => Err(attribute_error!("__module__")),
    }
}

fn get_doc(object: &Ref) -> Res {
    let class = object.downcast_class().expect("getter of this class");
    match dict::get_str(&class.namespace(), &names().__doc__) {
        Some(doc) => match Class::of(&doc).slots.0.descr_get.get() {
            Some(getter) => getter(&doc, None, Some(object)),
            None => Ok(doc),
        },
        None => Ok(shared().none.clone()),
    }
}

fn check_mutable(object: &Ref, name: &str, value: Option<&Ref>) -> Res<Ref> {
    let class = payload(object);
    if class.has(class_flags::IMMUTABLE) {
        return Err(type_error!("cannot set '{name}' attribute of immutable type '{}'", class.full_name()));
    }
    value.cloned().ok_or_else(|| {
        type_error!("cannot delete '{name}' attribute of immutable type '{}'", class.short_name())
    })
}

fn set_in_namespace(object: &Ref, name: &'static str, value: Option<&Ref>) -> Res<()> {
    let value = check_mutable(object, name, value)?;
    dict::set_str(&payload(object).namespace(), &str::intern(name), value);
    attribute::class_changed(payload(object));
    Ok(())
}

fn set_name(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let value = check_mutable(object, "__name__", value)?;
    let Ok(name) = value.into::<Str>().map_err(|value| {
        type_error!(
            "can only assign string to {}.__name__, not '{}'",
            payload(object).short_name(),
            Class::of(&value).short_name()
        )
    }) else {
        return Err(crate::error::in_flight());
    };
    payload(object).name.set(Some(name));
    Ok(())
}

fn set_qualname(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let value = check_mutable(object, "__qualname__", value)?;
    match value.downcast::<Str>() {
        Some(name) => payload(object).qualname.set(Some(name.clone())),
        None => {
            return Err(type_error!(
                "can only assign string to {}.__qualname__, not '{}'",
                payload(object).short_name(),
                Class::of(&value).short_name()
            ));
        }
    }
    Ok(())
}

fn set_bases(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let value = check_mutable(object, "__bases__", value)?;
    let class = object.downcast_class().expect("setter of this class");
    let Some(bases) = value.downcast::<Tuple>() else {
        return Err(type_error!(
            "can only assign tuple to {}.__bases__, not {}",
            class.short_name(),
            Class::of(&value).short_name()
        ));
    };
    if bases.items().is_empty() {
        return Err(type_error!(
            "can only assign non-empty tuple to {}.__bases__, not ()",
            class.short_name()
        ));
    }
    for base in bases.items() {
        match base.downcast_class() {
            Some(base) if base.is_subclass_of(class) => {
                return Err(type_error!("a __bases__ item causes an inheritance cycle"));
            }
            Some(_) => {}
            None => {
                return Err(type_error!(
                    "{}.__bases__ must be tuple of classes, not '{}'",
                    class.short_name(),
                    Class::of(base).short_name()
                ));
            }
        }
    }
    let base = best_base(bases.items())?;
    let old_base = class.base.get();
    if old_base
        .as_ref()
        .is_some_and(|old| !std::ptr::eq(solid_base(old).layout.0, solid_base(&base).layout.0))
    {
        let old = old_base.map(|old| old.short_name()).unwrap_or_default();
        return Err(type_error!(
            "__bases__ assignment: '{}' object layout differs from '{old}'",
            base.short_name()
        ));
    }
    let old_bases = class.bases.replace(Some(bases.clone()));
    match compute_mro(class) {
        Ok(mro) => class.mro.set(Some(mro)),
        Err(raised) => {
            class.bases.set(old_bases);
            return Err(raised);
        }
    }
    class.base.set(Some(base));
    for base in bases.items().iter().filter_map(|base| base.downcast_class()) {
        add_subclass(base, class);
    }
    rebuild_below(class)?;
    Ok(())
}

/// Recomputes MROs and slots of a class and all below it.
fn rebuild_below(class: &Ref<Class>) -> Res<()> {
    fill_slots(class);
    attribute::class_changed(class);
    renew_shapes(class);
    let subclasses = class.subclasses.with(|list| list.0.clone());
    for subclass in from_addresses(class, &subclasses) {
        subclass.mro.set(Some(compute_mro(&subclass)?));
        rebuild_below(&subclass)?;
    }
    Ok(())
}

fn get_instance_dict(object: &Ref) -> Res {
    match attribute::dict_of(object) {
        Some(dict) => Ok(dict.into_any()),
        None => {
            Err(attribute_error!("'{}' object has no attribute '__dict__'", Class::of(object).short_name()))
        }
    }
}

fn set_instance_dict(object: &Ref, value: Option<&Ref>) -> Res<()> {
    let Some(value) = value else { return attribute::replace_dict(object, dict::new()) };
    match value.downcast::<Dict>() {
        Some(dict) => attribute::replace_dict(object, dict.clone()),
        None => Err(type_error!(
            "__dict__ must be set to a dictionary, not a '{}'",
            Class::of(value).short_name()
        )),
    }
}

fn get_weakref(object: &Ref) -> Res {
    if !object.header().has(WEAKLY_REFERENCED) {
        return Ok(shared().none.clone());
    }
    Ok(ouro_heap::weak::references_to(object).into_iter().next().unwrap_or_else(|| shared().none.clone()))
}

static DICT_ATTRIBUTE: class::GetSetDef =
    property("__dict__", get_instance_dict, set_instance_dict, "dictionary for instance variables");
static WEAKREF_ATTRIBUTE: class::GetSetDef =
    getter("__weakref__", get_weakref, "list of weak references to the object");

/// `type`
pub static TYPE: ClassDef = ClassDef {
    flags: class_flags::BASE
        | class_flags::WEAKLY_REFERENCEABLE
        | class_flags::TYPE_SUBCLASS
        | class_flags::HAS_DICT,
    slots: Slots {
        new: Some(new_slot),
        init: Some(init),
        call: Some(type_call),
        repr: Some(repr),
        get_attr: Some(get_attr),
        set_attr: Some(set_attr),
        or: Some(or_type),
        ..Slots::NONE
    },
    methods: &[
        plain("mro", "(self, /)", mro_method, "Return a type's method resolution order."),
        plain("__subclasses__", "(self, /)", subclasses_method, "Return a list of immediate subclasses."),
        plain(
            "__instancecheck__",
            "(self, instance, /)",
            instance_check,
            "Check if an object is an instance.",
        ),
        plain("__subclasscheck__", "(self, subclass, /)", subclass_check, "Check if a class is a subclass."),
        plain("__dir__", "(self, /)", dir_method, "Specialized __dir__ implementation for types."),
        plain("__sizeof__", "(self, /)", class_sizeof, "Return memory consumption of the type object."),
        raw(
            "__prepare__",
            "(cls, name, bases, /, **kwds)",
            prepare,
            "Create the namespace for the class statement",
        )
        .as_class(),
    ],
    getset: &[
        property(
            "__name__",
            |class| Ok(payload(class).name.get().expect("classes have names").into_any()),
            set_name,
            "",
        ),
        property(
            "__qualname__",
            |class| Ok(payload(class).qualname.get().expect("classes have names").into_any()),
            set_qualname,
            "",
        ),
        property(
            "__bases__",
            |class| Ok(payload(class).bases.get().unwrap_or_else(tuple::empty).into_any()),
            set_bases,
            "",
        ),
        getter(
            "__base__",
            |class| Ok(payload(class).base.get().map_or_else(|| shared().none.clone(), Ref::into_any)),
            "",
        ),
        getter(
            "__mro__",
            |class| Ok(payload(class).mro.get().map_or_else(|| shared().none.clone(), Ref::into_any)),
            "",
        ),
        getter("__dict__", get_dict, ""),
        property("__module__", get_module, |class, value| set_in_namespace(class, "__module__", value), ""),
        property("__doc__", get_doc, |class, value| set_in_namespace(class, "__doc__", value), ""),
        property(
            "__abstractmethods__",
            |class| match dict::get_str(&payload(class).namespace(), &names().__abstractmethods__) {
                Some(methods) => Ok(methods),
                None => Err(attribute_error!(
                    "type object '{}' has no attribute '__abstractmethods__'",
                    payload(class).short_name()
                )),
            },
            |class, value| {
                let abstract_ = value.map_or(Ok(false), protocol::object::is_true)?;
                set_in_namespace(class, "__abstractmethods__", value)?;
                let flags = &payload(class).flags;
                flags.set(if abstract_ {
                    flags.get() | class_flags::ABSTRACT
                } else {
                    flags.get() & !class_flags::ABSTRACT
                });
                Ok(())
            },
            "",
        ),
        getter("__flags__", |class| Ok(int::new(payload(class).flags.get() as i64)), ""),
        getter("__basicsize__", |class| Ok(int::from_usize(8 + payload(class).layout.0.size)), ""),
        getter("__itemsize__", |_| Ok(int::new(0)), ""),
        getter(
            "__dictoffset__",
            |class| Ok(int::new(if payload(class).has(class_flags::HAS_DICT) { -1 } else { 0 })),
            "",
        ),
        getter("__weakrefoffset__", |_| Ok(int::new(0)), ""),
        property(
            "__annotations__",
            |class| {
                let namespace = payload(class).namespace();
                match dict::get_str(&namespace, &names().__annotations__) {
                    Some(found) => Ok(found),
                    None if payload(class).has(class_flags::HEAP) => {
                        let made = dict::new().into_any();
                        dict::set_str(&namespace, &names().__annotations__, made.clone());
                        Ok(made)
                    }
                    None => Err(attribute_error!(
                        "type object '{}' has no attribute '__annotations__'",
                        payload(class).short_name()
                    )),
                }
            },
            |class, value| set_in_namespace(class, "__annotations__", value),
            "",
        ),
        property(
            "__type_params__",
            |class| {
                Ok(dict::get_str(&payload(class).namespace(), &names().__type_params__)
                    .unwrap_or_else(|| shared().empty_tuple.clone()))
            },
            |class, value| set_in_namespace(class, "__type_params__", value),
            "",
        ),
    ],
    doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    ..ClassDef::new::<Class>(types::TYPE, "type")
};
