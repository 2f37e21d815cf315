//! `itemgetter`, `attrgetter` and `methodcaller`.

use ouro_heap::{Payload, Ref};
use ouro_vm::{
    error::Res,
    native::Args,
    objects::{
        class::{Class, ClassDef},
        int::{self, Int},
        list::List,
        slots::Slots,
        str::{self, Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{attribute, call, item},
    type_error, types,
};

use crate::support::{make, repr_text, text, this};

/// `operator.itemgetter`
#[derive(Payload)]
#[payload(types::ITEM_GETTER)]
pub(super) struct ItemGetter {
    keys: Ref<Tuple>,
}

fn item_getter_new(class: &Ref<Class>, args: Args) -> Res {
    args.no_keywords("itemgetter")?;
    if args.all.is_empty() {
        return Err(type_error!("itemgetter expected 1 argument, got 0"));
    }
    Ok(make(class, ItemGetter { keys: tuple::from_slice(args.all) }))
}

/// The item for a key, at once where a tuple or list is indexed with a small int.
#[inline]
fn item_of(container: &Ref, key: &Ref) -> Res {
    if key.is_exact::<Int>()
        && let Some(index) = int::as_i64(key).and_then(|index| usize::try_from(index).ok())
    {
        if container.is_exact::<Tuple>()
            && let Some(item) = container.payload::<Tuple>().and_then(|tuple| tuple.items().get(index))
        {
            return Ok(item.clone());
        }
        if container.is_exact::<List>()
            && let Some(item) = container.payload::<List>().and_then(|list| list.get(index))
        {
            return Ok(item);
        }
    }
    item::get(container, key)
}

fn item_getter_call(object: &Ref, args: Args) -> Res {
    let values = args.exactly("itemgetter", 1, 1)?;
    let keys = this::<ItemGetter>(object).keys.items();
    if let [key] = keys {
        return item_of(&values[0], key);
    }
    let items = keys.iter().map(|key| item_of(&values[0], key)).collect::<Res<Vec<_>>>()?;
    Ok(tuple::from_vec(items).into_any())
}

/// `operator.name(...)` with the reprs of the arguments.
fn shown(object: &Ref, arguments: impl Iterator<Item = Res<String>>) -> Res {
    let arguments = arguments.collect::<Res<Vec<_>>>()?.join(", ");
    Ok(text(&format!("operator.{}({arguments})", Class::of(object).name_text())))
}

fn item_getter_repr(object: &Ref) -> Res {
    shown(object, this::<ItemGetter>(object).keys.items().iter().map(repr_text))
}

/// `operator.itemgetter`
pub(super) static ITEM_GETTER: ClassDef = ClassDef {
    module: "operator",
    slots: Slots {
        new: Some(item_getter_new),
        call: Some(item_getter_call),
        repr: Some(item_getter_repr),
        ..Slots::NONE
    },
    doc: "Return a callable object that fetches the given item(s) from its operand.\n\nAfter f = itemgetter(2), the call f(r) returns r[2].\nAfter g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])",
    ..ClassDef::new::<ItemGetter>(types::ITEM_GETTER, "itemgetter")
};

/// `operator.attrgetter`
#[derive(Payload)]
#[payload(types::ATTR_GETTER)]
pub(super) struct AttrGetter {
    /// For each argument the names between its dots.
    paths: Vec<Vec<Ref<Str>>>,
    /// The arguments as they were given.
    names: Ref<Tuple>,
}

fn attr_getter_new(class: &Ref<Class>, args: Args) -> Res {
    args.no_keywords("attrgetter")?;
    if args.all.is_empty() {
        return Err(type_error!("attrgetter expected 1 argument, got 0"));
    }
    let path_of = |name: &Ref| -> Res<Vec<Ref<Str>>> {
        let name = name.downcast::<Str>().ok_or_else(|| type_error!("attribute name must be a string"))?;
        Ok(name.to_text().split('.').map(str::intern).collect())
    };
    let paths = args.all.iter().map(path_of).collect::<Res<_>>()?;
    Ok(make(class, AttrGetter { paths, names: tuple::from_slice(args.all) }))
}

fn attr_getter_call(object: &Ref, args: Args) -> Res {
    let values = args.exactly("attrgetter", 1, 1)?;
    let getter = this::<AttrGetter>(object);
    let follow = |path: &Vec<Ref<Str>>| {
        path.iter().try_fold(values[0].clone(), |object, name| attribute::get(&object, name))
    };
    if let [path] = &getter.paths[..] {
        return follow(path);
    }
    Ok(tuple::from_vec(getter.paths.iter().map(follow).collect::<Res<_>>()?).into_any())
}

fn attr_getter_repr(object: &Ref) -> Res {
    shown(object, this::<AttrGetter>(object).names.items().iter().map(repr_text))
}

/// `operator.attrgetter`
pub(super) static ATTR_GETTER: ClassDef = ClassDef {
    module: "operator",
    slots: Slots {
        new: Some(attr_getter_new),
        call: Some(attr_getter_call),
        repr: Some(attr_getter_repr),
        ..Slots::NONE
    },
    doc: "Return a callable object that fetches the given attribute(s) from its operand.\n\nAfter f = attrgetter('name'), the call f(r) returns r.name.\nAfter g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\nAfter h = attrgetter('name.first', 'name.last'), the call h(r) returns\n(r.name.first, r.name.last).",
    ..ClassDef::new::<AttrGetter>(types::ATTR_GETTER, "attrgetter")
};

/// `operator.methodcaller`
#[derive(Payload)]
#[payload(types::METHOD_CALLER)]
pub(super) struct MethodCaller {
    name: Ref<Str>,
    /// Positional arguments, then the values of keywords.
    values: Ref<Tuple>,
    keywords: Option<Ref<Tuple>>,
}

impl MethodCaller {
    fn args(&self) -> Args<'_> {
        Args { all: self.values.items(), names: self.keywords.as_ref() }
    }
}

fn method_caller_new(class: &Ref<Class>, args: Args) -> Res {
    let Some(name) = args.positional().first() else {
        return Err(type_error!("methodcaller needs at least one argument, the method name"));
    };
    let name = name.downcast::<Str>().ok_or_else(|| type_error!("method name must be a string"))?;
    let name = str::intern_object(name);
    let rest = args.rest();
    Ok(make(class, MethodCaller { name, values: tuple::from_slice(rest.all), keywords: rest.names.cloned() }))
}

fn method_caller_call(object: &Ref, args: Args) -> Res {
    let values = args.exactly("methodcaller", 1, 1)?;
    let caller = this::<MethodCaller>(object);
    let method = attribute::get(&values[0], &caller.name)?;
    call::call_args(&method, caller.args())
}

fn method_caller_repr(object: &Ref) -> Res {
    let caller = this::<MethodCaller>(object);
    let args = caller.args();
    let name = std::iter::once(repr_text(caller.name.as_any()));
    let positional = args.positional().iter().map(repr_text);
    let keywords =
        args.keywords().map(|(name, value)| Ok(format!("{}={}", name.to_text(), repr_text(value)?)));
    shown(object, name.chain(positional).chain(keywords))
}

/// `operator.methodcaller`
pub(super) static METHOD_CALLER: ClassDef = ClassDef {
    module: "operator",
    slots: Slots {
        new: Some(method_caller_new),
        call: Some(method_caller_call),
        repr: Some(method_caller_repr),
        ..Slots::NONE
    },
    doc: "Return a callable object that calls the given method on its operand.\n\nAfter f = methodcaller('name'), the call f(r) returns r.name().\nAfter g = methodcaller('name', 'date', foo=1), the call g(r) returns\nr.name('date', foo=1).",
    ..ClassDef::new::<MethodCaller>(types::METHOD_CALLER, "methodcaller")
};
