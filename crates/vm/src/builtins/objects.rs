//! Builtins about any object: attributes, classes, characters, identity.

use ouro_heap::{Ref, header::IDENTITY_TAKEN};

use crate::{
    error::Res,
    interpreter,
    native::{Known, NativeDef, plain},
    objects::{
        bool_, bytes,
        class::{Class, DowncastClass, class_flags},
        descriptor,
        dict::Dict,
        float::Float,
        int::{self, Int},
        list,
        slots::GetAttr,
        str::{self, Str, StrExt},
        tuple::Tuple,
        type_,
    },
    protocol::{
        self, attribute,
        call::{self, is_callable},
        number,
    },
    state::{names, shared},
    type_error, types, value_error,
};

fn repr(args: &[Ref]) -> Res {
    Ok(protocol::object::repr(&args[0])?.into_any())
}

fn ascii(args: &[Ref]) -> Res {
    Ok(protocol::object::ascii(&args[0])?.into_any())
}

fn chr(args: &[Ref]) -> Res {
    let value = number::index(&args[0])?;
    match int::as_i64(&value) {
        Some(code @ 0..=0x10FFFF) => Ok(str::from_char(code as u32).into_any()),
        _ => Err(value_error!("chr() arg not in range(0x110000)")),
    }
}

fn ord(args: &[Ref]) -> Res {
    let wrong_length =
        |len: usize| Err(type_error!("ord() expected a character, but string of length {len} found"));
    if let Some(text) = args[0].downcast::<Str>() {
        return match text.char_count() {
            1 => Ok(int::new(i64::from(text.char_at(0)))),
            len => wrong_length(len),
        };
    }
    if bytes::is_bytes(&args[0]) || bytes::is_bytearray(&args[0]) {
        let view = bytes::require(&args[0])?;
        return match &*view {
            [byte] => Ok(int::new(i64::from(*byte))),
            bytes => wrong_length(bytes.len()),
        };
    }
    Err(type_error!("ord() expected string of length 1, but {} found", Class::of(&args[0]).short_name()))
}

fn hash(args: &[Ref]) -> Res {
    Ok(int::new(protocol::object::hash(&args[0])?))
}

fn id(args: &[Ref]) -> Res {
    // From now on the box may not be overwritten in place: the program knows its identity.
    if args[0].is_exact::<Int>() || args[0].is_exact::<Float>() {
        args[0].header().set(IDENTITY_TAKEN);
    }
    Ok(int::from_usize(args[0].address()))
}

/// Whether a test holds for one of the classes of a tuple or union; nothing if the object is neither.
fn any_alternative(
    classes: &Ref,
    doing: &str,
    mut test: impl FnMut(&[Ref], &Ref) -> Res<bool>,
) -> Res<Option<bool>> {
    let members;
    let classes = if classes.has_layout::<Tuple>() {
        classes
    } else if Class::of(classes).index == types::UNION_TYPE {
        members = attribute::get(classes, &names().__args__)?;
        &members
    } else {
        return Ok(None);
    };
    let Some(alternatives) = classes.payload::<Tuple>().map(|tuple| tuple.items()) else { return Ok(None) };
    let _call = protocol::object::NativeCall::enter(doing)?;
    for class in alternatives {
        if test(alternatives, class)? {
            return Ok(Some(true));
        }
    }
    Ok(Some(false))
}

/// `isinstance(object, classes)`
pub fn is_instance(object: &Ref, classes: &Ref) -> Res<bool> {
    if Class::of(object).as_any().is(classes) {
        return Ok(true);
    }
    if Class::of(classes).index == types::TYPE
        && let Some(class) = classes.downcast_class()
    {
        return plain_is_instance(object, class.as_any());
    }
    let is_union = Class::of(classes).index == types::UNION_TYPE;
    let found = any_alternative(classes, " in __instancecheck__", |all, class| {
        if is_union && all.iter().any(|class| Class::of(class).index == types::GENERIC_ALIAS) {
            return Err(type_error!("isinstance() argument 2 cannot be a parameterized generic"));
        }
        is_instance(object, class)
    })?;
    if let Some(found) = found {
        return Ok(found);
    }
    if Class::of(classes).index == types::GENERIC_ALIAS {
        return Err(type_error!("isinstance() argument 2 cannot be a parameterized generic"));
    }
    match attribute::lookup_special(classes, &names().__instancecheck__)? {
        Some(check) => protocol::object::is_true(&call::call(&check, std::slice::from_ref(object))?),
        None => plain_is_instance(object, classes),
    }
}

/// `type.__instancecheck__`: by the object's class, or by what its `__class__` says.
pub fn plain_is_instance(object: &Ref, class: &Ref) -> Res<bool> {
    let Some(class) = class.downcast_class() else {
        check_class(class, "isinstance() arg 2 must be a type, a tuple of types, or a union")?;
        let claimed = attribute::get_optional(object, &names().__class__)?;
        return claimed.map_or(Ok(false), |claimed| abstract_is_subclass(&claimed, class));
    };
    if Class::of(object).is_subclass_of(class) {
        return Ok(true);
    }
    if has_plain_class(object) {
        return Ok(false);
    }
    let claimed = attribute::get_optional(object, &names().__class__)?;
    Ok(match claimed.as_ref().and_then(|claimed| claimed.downcast_class()) {
        Some(claimed) if !claimed.is(Class::of(object)) => claimed.is_subclass_of(class),
        _ => false,
    })
}

/// Whether an object is an instance of a class or of one in a tuple, where that is told without running any code. Tuples in
/// tuples are left to the general way, which counts how deep they are.
pub(crate) fn is_instance_plainly(object: &Ref, class: &Ref) -> Option<bool> {
    let Some(classes) = class.payload::<Tuple>().filter(|_| class.is_exact::<Tuple>()) else {
        return is_instance_of_plain(object, class);
    };
    for class in classes.items() {
        if is_instance_of_plain(object, class)? {
            return Some(true);
        }
    }
    Some(false)
}

/// The same for a class.
fn is_instance_of_plain(object: &Ref, class: &Ref) -> Option<bool> {
    // A metaclass may have a way of its own to tell.
    let class = class.downcast_class().filter(|_| class.header().type_index() == types::TYPE)?;
    if Class::of(object).is_subclass_of(class) {
        return Some(true);
    }
    has_plain_class(object).then_some(false)
}

/// Whether `object.__class__` can be nothing but the object's class.
fn has_plain_class(object: &Ref) -> bool {
    let class = Class::of(object);
    let generic = attribute::generic_slot as GetAttr;
    if class.slots.0.get_attr.get().is_some_and(|slot| !std::ptr::fn_addr_eq(slot, generic)) {
        return false;
    }
    // No built-in class but `object` defines the attribute.
    if !class.has(class_flags::HEAP) {
        return true;
    }
    // Nor has `object` another attribute of this kind.
    class.lookup(&names().__class__).is_some_and(|found| descriptor::is_getset_of(&found, types::OBJECT))
}

/// An object without being a class may act as one by a tuple `__bases__`.
fn check_class(object: &Ref, message: &str) -> Res<()> {
    let bases = attribute::get_optional(object, &names().__bases__)?;
    if bases.is_some_and(|bases| bases.has_layout::<Tuple>()) {
        Ok(())
    } else {
        Err(type_error!("{message}"))
    }
}

fn abstract_is_subclass(derived: &Ref, class: &Ref) -> Res<bool> {
    if derived.is(class) {
        return Ok(true);
    }
    let _call = protocol::object::NativeCall::enter(" in __subclasscheck__")?;
    let Some(bases) = attribute::get_optional(derived, &names().__bases__)? else { return Ok(false) };
    let Some(bases) = bases.payload::<Tuple>() else { return Ok(false) };
    for base in bases.items() {
        if abstract_is_subclass(base, class)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `issubclass(derived, classes)`
pub fn is_subclass(derived: &Ref, classes: &Ref) -> Res<bool> {
    if Class::of(classes).index == types::TYPE && classes.downcast_class().is_some() {
        return if derived.is(classes) { Ok(true) } else { plain_is_subclass(derived, classes) };
    }
    let found = any_alternative(classes, " in __subclasscheck__", |_, class| is_subclass(derived, class))?;
    if let Some(found) = found {
        return Ok(found);
    }
    if Class::of(classes).index == types::GENERIC_ALIAS {
        return Err(type_error!("issubclass() argument 2 cannot be a parameterized generic"));
    }
    match attribute::lookup_special(classes, &names().__subclasscheck__)? {
        Some(check) => {
            let _call = protocol::object::NativeCall::enter(" in __subclasscheck__")?;
            protocol::object::is_true(&call::call(&check, std::slice::from_ref(derived))?)
        }
        None => plain_is_subclass(derived, classes),
    }
}

/// `type.__subclasscheck__`
pub fn plain_is_subclass(derived: &Ref, class: &Ref) -> Res<bool> {
    if let (Some(derived), Some(class)) = (derived.downcast_class(), class.downcast_class()) {
        return Ok(derived.is_subclass_of(class));
    }
    if derived.downcast_class().is_none() {
        check_class(derived, "issubclass() arg 1 must be a class")?;
    }
    if class.downcast_class().is_none() {
        check_class(class, "issubclass() arg 2 must be a class, a tuple of classes, or a union")?;
    }
    abstract_is_subclass(derived, class)
}

fn isinstance(args: &[Ref]) -> Res {
    Ok(bool_::new(is_instance(&args[0], &args[1])?))
}

fn issubclass(args: &[Ref]) -> Res {
    Ok(bool_::new(is_subclass(&args[0], &args[1])?))
}

fn getattr(args: &[Ref]) -> Res {
    let name = attribute::as_name(&args[1])?;
    if let Some(value) = interpreter::known_attribute(&args[0], name) {
        return Ok(value);
    }
    match args.get(2) {
        None => attribute::get(&args[0], name),
        Some(default) => Ok(attribute::get_optional(&args[0], name)?.unwrap_or_else(|| default.clone())),
    }
}

fn setattr(args: &[Ref]) -> Res {
    let name = attribute::as_name(&args[1])?;
    if !interpreter::set_known_attribute(&args[0], name, &args[2]) {
        attribute::set(&args[0], name, &args[2])?;
    }
    Ok(shared().none.clone())
}

fn hasattr(args: &[Ref]) -> Res {
    let name = attribute::as_name(&args[1])?;
    let has = interpreter::known_attribute(&args[0], name).is_some()
        || attribute::get_optional(&args[0], name)?.is_some();
    Ok(bool_::new(has))
}

fn delattr(args: &[Ref]) -> Res {
    attribute::delete(&args[0], attribute::as_name(&args[1])?)?;
    Ok(shared().none.clone())
}

fn callable(args: &[Ref]) -> Res {
    Ok(bool_::new(is_callable(&args[0])))
}

fn vars(args: &[Ref]) -> Res {
    match args.first() {
        None => interpreter::current_locals(),
        Some(object) => attribute::get_optional(object, &names().__dict__)?
            .ok_or_else(|| type_error!("vars() argument must have __dict__ attribute")),
    }
}

fn dir(args: &[Ref]) -> Res {
    let found = match args.first() {
        None => {
            let locals = interpreter::current_locals()?;
            match locals.payload::<Dict>().filter(|_| locals.header().type_index() == types::DICT) {
                Some(dict) => dict.snapshot().into_iter().map(|(key, _)| key).collect(),
                None => protocol::iterate::collect(&call::call_method(&locals, &names().keys, &[])?)?,
            }
        }
        Some(object) => match attribute::lookup_special(object, &names().__dir__)? {
            Some(method) => protocol::iterate::collect(&call::call(&method, &[])?)?,
            None => type_::directory(object)?,
        },
    };
    let list = list::from_vec(found)?.into_any();
    call::call_method(&list, &str::intern("sort"), &[])?;
    Ok(list)
}

fn format(args: &[Ref]) -> Res {
    let spec = match args.get(1) {
        None => shared().empty_str.clone(),
        Some(spec) => spec.downcast::<Str>().cloned().ok_or_else(|| {
            type_error!(
                "format() argument 2 must be str, not {}",
                crate::objects::arguments::name_or_none(spec)
            )
        })?,
    };
    Ok(protocol::object::format(&args[0], &spec)?.into_any())
}

fn aiter(args: &[Ref]) -> Res {
    let class = Class::of(&args[0]);
    let Some(slot) = class.slots.0.aiter.get() else {
        return Err(type_error!("'{}' object is not an async iterable", class.short_name()));
    };
    let iterator = slot(&args[0])?;
    if Class::of(&iterator).slots.0.anext.get().is_none() {
        return Err(type_error!(
            "aiter() returned not an async iterator of type '{}'",
            Class::of(&iterator).short_name()
        ));
    }
    Ok(iterator)
}

fn anext(args: &[Ref]) -> Res {
    let class = Class::of(&args[0]);
    let Some(slot) = class.slots.0.anext.get() else {
        return Err(type_error!("'{}' object is not an async iterator", class.short_name()));
    };
    let awaitable = slot(&args[0])?;
    Ok(match args.get(1) {
        Some(default) => crate::objects::async_generator::anext_with_default(awaitable, default.clone()),
        None => awaitable,
    })
}

pub(super) const FUNCTIONS: &[NativeDef] = &[
    plain(
        "repr",
        "(obj, /)",
        repr,
        "Return the canonical string representation of the object.\n\nFor many object types, including most builtins, eval(repr(obj)) == obj.",
    ),
    plain("ascii", "(obj, /)", ascii, "Return an ASCII-only representation of an object."),
    plain(
        "chr",
        "(i, /)",
        chr,
        "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.",
    )
    .known(Known::Chr),
    plain("ord", "(c, /)", ord, "Return the Unicode code point for a one-character string.")
        .known(Known::Ord),
    plain(
        "hash",
        "(obj, /)",
        hash,
        "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true.",
    ),
    plain(
        "id",
        "(obj, /)",
        id,
        "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing objects.",
    ),
    plain(
        "isinstance",
        "(obj, class_or_tuple, /)",
        isinstance,
        "Return whether an object is an instance of a class or of a subclass thereof.",
    )
    .known(Known::IsInstance),
    plain(
        "issubclass",
        "(cls, class_or_tuple, /)",
        issubclass,
        "Return whether 'cls' is derived from another class or is the same class.",
    )
    .as_static(),
    plain(
        "getattr",
        "(object, name, default=None, /)",
        getattr,
        "Get a named attribute from an object; getattr(x, 'y') is equivalent to x.y.",
    ),
    plain(
        "setattr",
        "(obj, name, value, /)",
        setattr,
        "Sets the named attribute on the given object to the specified value.",
    ),
    plain(
        "hasattr",
        "(obj, name, /)",
        hasattr,
        "Return whether the object has an attribute with the given name.",
    ),
    plain("delattr", "(obj, name, /)", delattr, "Deletes the named attribute from the given object."),
    plain(
        "callable",
        "(obj, /)",
        callable,
        "Return whether the object is callable (i.e., some kind of function).",
    ),
    plain(
        "vars",
        "(object=None, /)",
        vars,
        "Without arguments, equivalent to locals(); with an argument, to object.__dict__.",
    ),
    plain(
        "dir",
        "(object=None, /)",
        dir,
        "Without arguments the names in the current scope; otherwise the attributes of the object.",
    ),
    plain(
        "format",
        "(value, format_spec='', /)",
        format,
        "Return type(value).__format__(value, format_spec).",
    ),
    plain("aiter", "(async_iterable, /)", aiter, "Return an AsyncIterator for an AsyncIterable object."),
    plain("anext", "(aiterator, default=None, /)", anext, "Return the next item from the async iterator."),
];
