//! The class `dict`: slots and methods.

use ouro_bytecode::opcode::Comparison;
use ouro_heap::{Interior, Ref, Table, alloc_as, allocate};

use super::{Change, Dict, copy, get_hashed, iterators, key_hash, merge, set, set_hashed, views};
use crate::{
    error::{Raised, Res, raise_with},
    native::{Args, Known, plain, raw},
    objects::{
        bool_,
        class::{Class, ClassDef, Make, class_flags},
        exception::ExceptionKind,
        generic_alias,
        sequence::{self, enclosed, key_error, repr_pair},
        slots::Slots,
        str::{self, Str},
        tuple,
    },
    protocol::{attribute, call, compare, item, iterate, object::ReprGuard},
    state::{names, shared},
    type_error, types,
};

/// The class.
pub static DICT: ClassDef = ClassDef {
    slots: Slots {
        new: Some(construct),
        init: Some(init),
        repr: Some(repr),
        compare: Some(rich_compare),
        iter: Some(iterators::iter_keys),
        len: Some(|dict| Ok(this(dict)?.len())),
        get_item: Some(get_item),
        set_item: Some(set_item),
        contains: Some(|dict, key| super::contains(this(dict)?, key)),
        or: Some(or),
        inplace_or: Some(inplace_or),
        ..Slots::NONE
    },
    methods: &[
        plain("clear", "(self, /)", clear, "Remove all items from the dict."),
        plain(
            "copy",
            "(self, /)",
            |args| Ok(copy(this(&args[0])?)?.into_any()),
            "Return a shallow copy of the dict.",
        ),
        plain(
            "fromkeys",
            "(type, iterable, value=None, /)",
            from_keys,
            "Create a new dictionary with keys from iterable and values set to value.",
        )
        .as_class(),
        plain(
            "get",
            "(self, key, default=None, /)",
            get_method,
            "Return the value for key if key is in the dictionary, else default.",
        )
        .known(Known::DictGet),
        plain(
            "items",
            "(self, /)",
            views::items,
            "Return a set-like object providing a view on the dict's items.",
        ),
        plain(
            "keys",
            "(self, /)",
            views::keys,
            "Return a set-like object providing a view on the dict's keys.",
        ),
        plain(
            "pop",
            "(self, key, default=<unrepresentable>, /)",
            pop,
            "D.pop(k[,d]) -> v, remove specified key and return the corresponding value.\n\nIf the key is not found, \
             return the default if given; otherwise,\nraise a KeyError.",
        ),
        plain(
            "popitem",
            "(self, /)",
            pop_item,
            "Remove and return a (key, value) pair as a 2-tuple.\n\nPairs are returned in LIFO (last-in, first-out) \
             order.\nRaises KeyError if the dict is empty.",
        ),
        plain(
            "setdefault",
            "(self, key, default=None, /)",
            set_default,
            "Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is \
             in the dictionary, else default.",
        ),
        raw("update", "(self, other=(), /, **kwargs)", update, UPDATE_DOC),
        plain(
            "values",
            "(self, /)",
            views::values,
            "Return an object providing a view on the dict's values.",
        ),
        plain(
            "__reversed__",
            "(self, /)",
            iterators::reversed,
            "Return a reverse iterator over the dict keys.",
        ),
        plain("__sizeof__", "(self, /)", size_of, "Return the size of the dict in memory."),
        generic_alias::CLASS_GETITEM,
    ],
    flags: class_flags::BASE | class_flags::MAPPING | class_flags::MATCH_SELF | class_flags::DICT_SUBCLASS,
    doc: "dict() -> new empty dictionary\ndict(mapping) -> new dictionary initialized from a mapping object's\n    \
          (key, value) pairs\ndict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in \
          iterable:\n        d[k] = v\ndict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in \
          the keyword argument list.  For example:  dict(one=1, two=2)",
    make: Make::optional(make),
    ..ClassDef::new::<Dict>(types::DICT, "dict")
};

const UPDATE_DOC: &str = "D.update([E, ]**F) -> None.  Update D from mapping/iterable E and F.\nIf E is present and has \
    a .keys() method, then does:  for k in E.keys(): D[k] = E[k]\nIf E is present and lacks a .keys() method, then does:  \
    for k, v in E: D[k] = v\nIn either case, this is followed by: for k in F:  D[k] = F[k]";

/// The receiver of a method.
#[inline(always)]
pub(super) fn this(object: &Ref) -> Res<&Ref<Dict>> {
    object.downcast::<Dict>().ok_or_else(|| wrong_receiver(object))
}

#[cold]
fn wrong_receiver(object: &Ref) -> Raised {
    type_error!("descriptor requires a 'dict' object but received a '{}'", Class::of(object).short_name())
}

fn construct(class: &Ref<Class>, _args: Args) -> Res {
    if class.index == types::DICT {
        return Ok(super::new().into_any());
    }
    Ok(alloc_as(class.index, Dict { table: Interior::new(Table::new()) }).into_any())
}

fn make(args: &[Ref]) -> Res {
    let dict = super::new();
    if let [other] = args {
        merge::update_from(&dict, other)?;
    }
    Ok(dict.into_any())
}

fn init(object: &Ref, args: Args) -> Res<()> {
    let dict = this(object)?;
    match args.positional() {
        [] => {}
        [other] => merge::update_from(dict, other)?,
        more => return Err(type_error!("dict expected at most 1 argument, got {}", more.len())),
    }
    add_keywords(dict, args)
}

fn add_keywords(dict: &Ref<Dict>, args: Args) -> Res<()> {
    dict.table.with_mut(|table| table.foresee(args.keyword_count()));
    args.keywords().try_for_each(|(name, value)| set(dict, name.as_any(), value.clone()))
}

fn update(args: Args) -> Res {
    let (receiver, others) = match args.positional().split_first() {
        Some(split) => split,
        None => return Err(type_error!("unbound method dict.update() needs an argument")),
    };
    let dict = this(receiver)?;
    match others {
        [] => {}
        [other] => merge::update_from(dict, other)?,
        more => return Err(type_error!("update expected at most 1 argument, got {}", more.len())),
    }
    add_keywords(dict, args)?;
    Ok(shared().none.clone())
}

fn repr(object: &Ref) -> Res {
    let dict = this(object)?;
    if dict.is_empty() {
        return Ok(str::new("{}").into_any());
    }
    let Some(_guard) = ReprGuard::enter(object) else { return Ok(str::new("{...}").into_any()) };
    let mut pieces = Vec::new();
    let mut position = 0;
    while let Some((at, key, value)) = dict.next_from(position) {
        pieces.push(repr_pair(&key, &value)?);
        position = at + 1;
    }
    enclosed("{", &pieces, "}")
}

fn rich_compare(left: &Ref, right: &Ref, comparison: Comparison) -> Res {
    let (Some(left), Some(right)) = (left.payload::<Dict>(), right.payload::<Dict>()) else {
        return Ok(shared().not_implemented.clone());
    };
    match comparison {
        Comparison::Eq => Ok(bool_::new(equal(left, right)?)),
        Comparison::Ne => Ok(bool_::new(!equal(left, right)?)),
        _ => Ok(shared().not_implemented.clone()),
    }
}

fn equal(left: &Dict, right: &Dict) -> Res<bool> {
    if left.len() != right.len() {
        return Ok(false);
    }
    let mut position = 0;
    while let Some((at, hash, key, value)) = left.next_hashed(position) {
        match get_hashed(right, &key, hash)? {
            Some(other) if compare::equal(&value, &other)? => {}
            _ => return Ok(false),
        }
        position = at + 1;
    }
    Ok(true)
}

fn get_item(object: &Ref, key: &Ref) -> Res {
    let dict = this(object)?;
    if let Some(value) = super::get(dict, key)? {
        return Ok(value);
    }
    if !object.is_exact::<Dict>()
        && let Some(value) = attribute::call_special(object, &names().__missing__, &[key])?
    {
        return Ok(value);
    }
    Err(key_error(key))
}

fn set_item(object: &Ref, key: &Ref, value: Option<&Ref>) -> Res<()> {
    let dict = this(object)?;
    match value {
        Some(value) => set(dict, key, value.clone()),
        None => match super::remove(dict, key)? {
            Some(_) => Ok(()),
            None => Err(key_error(key)),
        },
    }
}

fn or(left: &Ref, right: &Ref) -> Res {
    let (Some(dict), Some(_)) = (left.downcast::<Dict>(), right.downcast::<Dict>()) else {
        return Ok(shared().not_implemented.clone());
    };
    let result = copy(dict)?;
    merge::update_from(&result, right)?;
    Ok(result.into_any())
}

fn inplace_or(object: &Ref, other: &Ref) -> Res {
    merge::update_from(this(object)?, other)?;
    Ok(object.clone())
}

fn clear(args: &[Ref]) -> Res {
    super::clear(this(&args[0])?)?;
    Ok(shared().none.clone())
}

fn get_method(args: &[Ref]) -> Res {
    match super::get(this(&args[0])?, &args[1])? {
        Some(value) => Ok(value),
        None => Ok(args.get(2).unwrap_or(&shared().none).clone()),
    }
}

fn pop(args: &[Ref]) -> Res {
    let dict = this(&args[0])?;
    // An empty dictionary is not asked for the hash.
    let removed = if dict.is_empty() { None } else { super::remove(dict, &args[1])? };
    match (removed, args.get(2)) {
        (Some((_, value)), _) => Ok(value),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(key_error(&args[1])),
    }
}

fn pop_item(args: &[Ref]) -> Res {
    let dict = this(&args[0])?;
    let _change = Change::begin(dict)?;
    let last = dict.table.with_mut(|table| {
        let (position, _, _) = table.previous_entry(usize::MAX)?;
        table.remove(position)
    });
    match last {
        Some((key, value)) => Ok(tuple::pair(key, value)),
        None => {
            let message = str::new("popitem(): dictionary is empty").into_any();
            Err(raise_with(ExceptionKind::KeyError, vec![message]))
        }
    }
}

fn set_default(args: &[Ref]) -> Res {
    let dict = this(&args[0])?;
    let key = &args[1];
    let hash = key_hash(key)?;
    let known = if key.is_exact::<Str>() { super::get(dict, key)? } else { get_hashed(dict, key, hash)? };
    if let Some(value) = known {
        return Ok(value);
    }
    let value = args.get(2).unwrap_or(&shared().none).clone();
    set_hashed(dict, key, hash, value.clone())?;
    Ok(value)
}

fn from_keys(args: &[Ref]) -> Res {
    let value = args.get(2).unwrap_or(&shared().none);
    let object = call::call(&args[0], &[])?;
    if object.is_exact::<Dict>()
        && let Some(dict) = object.downcast::<Dict>()
    {
        crate::objects::set::for_each_hashed(&args[1], |key, hash| {
            set_hashed(dict, key, hash, value.clone())
        })?;
        return Ok(object);
    }
    iterate::for_each(&args[1], |key| item::set(&object, &key, value))?;
    Ok(object)
}

fn size_of(args: &[Ref]) -> Res {
    let storage = this(&args[0])?.table.with(|table| table.storage_bytes());
    Ok(sequence::size_with_storage(&args[0], ouro_heap::buffer::occupied_bytes(storage)))
}

/// Whether a collection may leave a dictionary out from now on: it holds only atoms. Only asked in full collections,
/// as CPython does. For the collector.
pub fn can_untrack(object: &Ref) -> bool {
    object.is_exact::<Dict>()
        && object.payload::<Dict>().is_some_and(|dict| {
            dict.table.with(|table| {
                !table.iter().any(|(key, value)| super::may_be_tracked(key) || super::may_be_tracked(value))
            })
        })
}

/// Tracks a dictionary if another one is tracked whose contents it takes over.
pub(super) fn track_as(dict: &Ref<Dict>, source: &Ref<Dict>) {
    if allocate::is_tracked(source.as_any()) {
        allocate::track(dict.as_any());
    }
}
