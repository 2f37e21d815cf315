//! `mappingproxy`: a read-only view of a mapping.

use ouro_bytecode::opcode::{BinaryOperator, Comparison};
use ouro_heap::{Payload, Ref, Slot, alloc, alloc_as};

use crate::{
    error::Res,
    native::{Args, bound, plain},
    objects::{
        class::{Class, ClassDef, class_flags},
        generic_alias,
        list::List,
        slots::Slots,
        str,
        tuple::Tuple,
    },
    protocol::{attribute, call, compare, item, iterate, number, object},
    state::{names, shared},
    type_error, types,
};

/// A proxy's payload.
#[derive(Payload)]
#[payload(types::MAPPING_PROXY)]
pub struct MappingProxy {
    /// The mapping behind it.
    pub mapping: Slot,
}

/// The class.
pub static MAPPING_PROXY: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        repr: Some(repr),
        str: Some(|proxy| Ok(object::str(&mapping(proxy)?)?.into_any())),
        hash: Some(|proxy| object::hash(&mapping(proxy)?)),
        compare: Some(rich_compare),
        iter: Some(|proxy| iterate::iter(&mapping(proxy)?)),
        len: Some(|proxy| object::len(&mapping(proxy)?)),
        get_item: Some(|proxy, key| item::get(&mapping(proxy)?, key)),
        contains: Some(|proxy, key| item::contains(&mapping(proxy)?, key)),
        or: Some(or),
        inplace_or: Some(inplace_or),
        ..Slots::NONE
    },
    methods: &[
        bound(
            "get",
            "(self, key, default=None, /)",
            get,
            "Return the value for key if key is in the mapping, else default.",
        ),
        plain(
            "keys",
            "(self, /)",
            |args| forward(args, &names().keys),
            "a set-like object providing a view on D's keys",
        ),
        plain(
            "values",
            "(self, /)",
            |args| forward(args, &names().values),
            "an object providing a view on D's values",
        ),
        plain(
            "items",
            "(self, /)",
            |args| forward(args, &names().items),
            "a set-like object providing a view on D's items",
        ),
        plain(
            "copy",
            "(self, /)",
            |args| forward(args, &names().copy),
            "a shallow copy of D as a regular dict",
        ),
        plain("__reversed__", "(self, /)", |args| forward(args, &names().__reversed__), "reverse iterator"),
        generic_alias::CLASS_GETITEM,
    ],
    flags: class_flags::MAPPING | class_flags::KEYED,
    doc: "Read-only proxy of a mapping.",
    ..ClassDef::new::<MappingProxy>(types::MAPPING_PROXY, "mappingproxy")
};

/// A proxy of a mapping.
pub fn new(mapping: Ref) -> Ref {
    alloc(MappingProxy { mapping: Slot::new(Some(mapping)) }).into_any()
}

fn construct(class: &Ref<Class>, args: Args) -> Res {
    let mapping = match (args.positional(), args.keyword("mapping")) {
        ([mapping], None) if args.keyword_count() == 0 => mapping,
        ([], Some(mapping)) if args.keyword_count() == 1 => mapping,
        ([], None) if args.keyword_count() == 0 => {
            return Err(type_error!("mappingproxy() missing required argument 'mapping' (pos 1)"));
        }
        _ => return Err(type_error!("mappingproxy() takes at most 1 argument ({} given)", args.all.len())),
    };
    let is_mapping = Class::of(mapping).slots.0.get_item.get().is_some();
    if !is_mapping || mapping.has_layout::<List>() || mapping.has_layout::<Tuple>() {
        let class = Class::of(mapping).short_name();
        return Err(type_error!("mappingproxy() argument must be a mapping, not {class}"));
    }
    Ok(alloc_as(class.index, MappingProxy { mapping: Slot::new(Some(mapping.clone())) }).into_any())
}

fn mapping(proxy: &Ref) -> Res {
    proxy.payload::<MappingProxy>().and_then(|proxy| proxy.mapping.get()).ok_or_else(|| {
        let class = Class::of(proxy).short_name();
        type_error!("descriptor requires a 'mappingproxy' object but received a '{class}'")
    })
}

/// The mapping behind a proxy, or the object itself.
fn behind(object: &Ref) -> Res {
    if object.has_layout::<MappingProxy>() { mapping(object) } else { Ok(object.clone()) }
}

fn repr(proxy: &Ref) -> Res {
    let text = object::repr(&mapping(proxy)?)?;
    let (open, close) = (str::new("mappingproxy("), str::new(")"));
    Ok(str::concat(&[&open, &text, &close])?.into_any())
}

fn rich_compare(proxy: &Ref, other: &Ref, comparison: Comparison) -> Res {
    compare::rich(&mapping(proxy)?, other, comparison)
}

fn or(left: &Ref, right: &Ref) -> Res {
    number::binary(BinaryOperator::Or, &behind(left)?, &behind(right)?)
}

fn inplace_or(proxy: &Ref, _other: &Ref) -> Res {
    let class = Class::of(proxy).short_name();
    Err(type_error!("'|=' is not supported by {class}; use '|' instead"))
}

fn forward(args: &[Ref], name: &Ref<str::Str>) -> Res {
    call::call(&attribute::get(&mapping(&args[0])?, name)?, &[])
}

fn get(args: &[Option<Ref>]) -> Res {
    let [Some(proxy), Some(key), default] = args else { return Ok(shared().none.clone()) };
    let default = default.as_ref().unwrap_or(&shared().none);
    call::call_method(&mapping(proxy)?, &names().get, &[key.clone(), default.clone()])
}
