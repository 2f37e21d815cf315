//! `BaseExceptionGroup` and `ExceptionGroup` (PEP 654).

use ouro_heap::Ref;

use crate::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        class::{Class, DowncastClass},
        exception::{self, ExceptionKind},
        list::List,
        str::{self, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{call, iterate},
    state::{exception_class, shared},
    type_error, value_error,
};

/// `__new__` of both classes: a group of plain exceptions is an ExceptionGroup.
pub(crate) fn new(class: &Ref<Class>, args: Args) -> Res {
    let name = class.short_name();
    let values = args.positional();
    if values.len() != 2 || args.keyword_count() > 0 {
        let given = values.len();
        return Err(type_error!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({given} given)"));
    }
    if !str::is_str(&values[0]) {
        let kind = Class::of(&values[0]).short_name();
        return Err(type_error!("BaseExceptionGroup.__new__() argument 1 must be str, not {kind}"));
    }
    let slots = &Class::of(&values[1]).slots.0;
    if slots.len.get().is_none() || slots.get_item.get().is_none() {
        return Err(type_error!("second argument (exceptions) must be a sequence"));
    }
    let exceptions = iterate::collect(&values[1])?;
    if exceptions.is_empty() {
        return Err(value_error!("second argument (exceptions) must be a non-empty sequence"));
    }
    let mut plain = true;
    for (position, item) in exceptions.iter().enumerate() {
        if !exception::is_exception(item) {
            return Err(value_error!("Item {position} of second argument (exceptions) is not an exception"));
        }
        plain &= exception::is_instance(item, ExceptionKind::Exception);
    }
    let base_group = exception_class(ExceptionKind::BaseExceptionGroup);
    let group = exception_class(ExceptionKind::ExceptionGroup);
    let mut class = class.clone();
    if class.is(base_group) {
        if plain {
            class = group.clone();
        }
    } else if class.is(group) {
        if !plain {
            return Err(type_error!("Cannot nest BaseExceptions in an ExceptionGroup"));
        }
    } else if !plain && class.is_subclass_of(exception_class(ExceptionKind::Exception)) {
        return Err(type_error!("Cannot nest BaseExceptions in '{name}'"));
    }
    let made = exception::allocate_for(&class, values);
    exception::set_field(&made, "message", Some(values[0].clone()));
    exception::set_field(&made, "exceptions", Some(tuple::from_vec(exceptions).into_any()));
    Ok(made)
}

/// `__init__` only keeps the arguments; the attributes are set by `__new__`.
pub(crate) fn init(_exception: &Ref, _values: &[Ref]) -> Res<()> {
    Ok(())
}

/// `message (2 sub-exceptions)`
pub(crate) fn to_str(group: &Ref) -> Res {
    let message = exception::field(group, "message").unwrap_or_else(|| shared().none.clone());
    let count = members(group).len();
    let plural = if count == 1 { "" } else { "s" };
    let text = crate::protocol::object::str(&message)?;
    Ok(str::new(&format!("{} ({count} sub-exception{plural})", text.to_text())).into_any())
}

/// The exceptions of a group.
pub fn members(group: &Ref) -> Vec<Ref> {
    exception::field(group, "exceptions")
        .and_then(|all| all.payload::<Tuple>().map(|all| all.items().to_vec()))
        .unwrap_or_default()
}

/// Whether an object is an exception group.
pub fn is_group(object: &Ref) -> bool {
    exception::is_exception(object) && exception::is_instance(object, ExceptionKind::BaseExceptionGroup)
}

/// A group like another with other members: made by its `derive`, with traceback, cause, context and notes kept.
fn derive(group: &Ref, exceptions: Vec<Ref>) -> Res<Option<Ref>> {
    if exceptions.is_empty() {
        return Ok(None);
    }
    let list = crate::objects::list::from_vec(exceptions)?.into_any();
    let made = call::call_method(group, &str::intern("derive"), &[list])?;
    if !is_group(&made) {
        return Err(type_error!("derive must return an instance of BaseExceptionGroup"));
    }
    let (from, to) = (&exception::payload(group).head, &exception::payload(&made).head);
    to.traceback.set(from.traceback.get());
    to.cause.set(from.cause.get());
    to.context.set(from.context.get());
    to.suppress_context.set(from.suppress_context.get());
    if let Some(notes) = crate::protocol::attribute::get_optional(group, &crate::state::names().__notes__)?
        && notes.has_layout::<List>()
    {
        let copy = crate::objects::list::from_vec(iterate::collect(&notes)?)?.into_any();
        crate::protocol::attribute::set(&made, &crate::state::names().__notes__, &copy)?;
    }
    Ok(Some(made))
}

/// Splits an exception by a condition: what matches, what does not.
fn split(exception: &Ref, matches: &dyn Fn(&Ref) -> Res<bool>) -> Res<(Option<Ref>, Option<Ref>)> {
    if matches(exception)? {
        return Ok((Some(exception.clone()), None));
    }
    if !is_group(exception) {
        return Ok((None, Some(exception.clone())));
    }
    let _call = crate::protocol::object::NativeCall::enter(" in exceptiongroup_split_recursive")?;
    let (mut matched, mut rest) = (Vec::new(), Vec::new());
    for member in members(exception) {
        let (yes, no) = split(&member, matches)?;
        matched.extend(yes);
        rest.extend(no);
    }
    Ok((derive(exception, matched)?, derive(exception, rest)?))
}

/// The condition of `split` and `subgroup`: a class, a tuple of classes or a callable.
fn condition(wanted: &Ref) -> Res<Box<dyn Fn(&Ref) -> Res<bool> + '_>> {
    let tuple_of_classes = wanted
        .payload::<Tuple>()
        .is_some_and(|items| items.items().iter().all(exception::is_exception_class));
    if exception::is_exception_class(wanted) || tuple_of_classes {
        return Ok(Box::new(move |exception| crate::interpreter::matches(exception, wanted)));
    }
    if call::is_callable(wanted) && wanted.downcast_class().is_none() {
        return Ok(Box::new(move |exception| {
            crate::protocol::object::is_true(&call::call(wanted, std::slice::from_ref(exception))?)
        }));
    }
    Err(type_error!(
        "expected an exception type, a tuple of exception types, or a callable (other than a class)"
    ))
}

fn or_none(value: Option<Ref>) -> Ref {
    value.unwrap_or_else(|| shared().none.clone())
}

fn split_method(args: &[Ref]) -> Res {
    let (matched, rest) = split(&args[0], &*condition(&args[1])?)?;
    Ok(tuple::pair(or_none(matched), or_none(rest)))
}

fn subgroup_method(args: &[Ref]) -> Res {
    Ok(or_none(split(&args[0], &*condition(&args[1])?)?.0))
}

fn derive_method(args: &[Ref]) -> Res {
    let message = or_none(exception::field(&args[0], "message"));
    call::call(exception_class(ExceptionKind::BaseExceptionGroup).as_any(), &[message, args[1].clone()])
}

/// The methods of both classes.
pub(crate) static METHODS: &[NativeDef] = &[
    plain("split", "(self, matcher_value, /)", split_method, ""),
    plain("subgroup", "(self, matcher_value, /)", subgroup_method, ""),
    plain("derive", "(self, excs, /)", derive_method, ""),
    crate::objects::generic_alias::CLASS_GETITEM,
];

/// `except*`: what does not match a class, and what does (a naked exception is wrapped in a group).
pub(crate) fn match_group(exception: &Ref, wanted: &Ref) -> Res<(Ref, Ref)> {
    let none = || shared().none.clone();
    if exception.is(&shared().none) {
        return Ok((none(), none()));
    }
    let group_class = exception_class(ExceptionKind::BaseExceptionGroup);
    let classes: Vec<Ref> =
        wanted.payload::<Tuple>().map_or_else(|| vec![wanted.clone()], |all| all.items().to_vec());
    for class in &classes {
        match class.downcast_class() {
            Some(class) if class.is_subclass_of(group_class) => {
                return Err(type_error!(
                    "catching ExceptionGroup with except* is not allowed. Use except instead."
                ));
            }
            Some(_) if exception::is_exception_class(class) => {}
            _ => {
                return Err(type_error!(
                    "catching classes that do not inherit from BaseException is not allowed"
                ));
            }
        }
    }
    let matches = |exception: &Ref| crate::interpreter::matches(exception, wanted);
    if !is_group(exception) {
        if !matches(exception)? {
            return Ok((exception.clone(), none()));
        }
        let members = tuple::from_vec(vec![exception.clone()]).into_any();
        let made = call::call(group_class.as_any(), &[shared().empty_str.clone().into_any(), members])?;
        exception::payload(&made).head.traceback.set(exception::payload(exception).head.traceback.get());
        return Ok((none(), made));
    }
    let (matched, rest) = split(exception, &matches)?;
    Ok((or_none(rest), or_none(matched)))
}

/// What an `except*` statement raises in the end, or None: raised exceptions and the unhandled rest of the original.
pub(crate) fn prepare_reraise(original: &Ref, raised: &Ref) -> Res {
    let items: Vec<Ref> = raised
        .payload::<List>()
        .map(List::snapshot)
        .unwrap_or_default()
        .into_iter()
        .filter(|item| !item.is(&shared().none))
        .collect();
    if items.is_empty() {
        return Ok(shared().none.clone());
    }
    if !is_group(original) {
        return Ok(items[0].clone());
    }
    let same_origin = |item: &Ref| {
        let (a, b) = (&exception::payload(item).head, &exception::payload(original).head);
        is_group(item)
            && match (a.traceback.get(), b.traceback.get()) {
                (Some(a), Some(b)) => a.is(&b),
                (None, None) => true,
                _ => false,
            }
    };
    let (reraised, new): (Vec<Ref>, Vec<Ref>) = items.into_iter().partition(same_origin);
    let mut all = new;
    if !reraised.is_empty() {
        // What was raised again is put together in the shape of the original.
        let leaves: Vec<usize> = reraised.iter().flat_map(leaf_addresses).collect();
        let projected =
            split(original, &|exception| Ok(!is_group(exception) && leaves.contains(&exception.address())))?
                .0;
        if all.is_empty() {
            return Ok(or_none(projected));
        }
        all.extend(projected);
    }
    if let [one] = all.as_slice()
        && reraised.is_empty()
    {
        return Ok(one.clone());
    }
    let list = crate::objects::list::from_vec(all)?.into_any();
    call::call(
        exception_class(ExceptionKind::BaseExceptionGroup).as_any(),
        &[shared().empty_str.clone().into_any(), list],
    )
}

fn leaf_addresses(exception: &Ref) -> Vec<usize> {
    if is_group(exception) {
        members(exception).iter().flat_map(leaf_addresses).collect()
    } else {
        vec![exception.address()]
    }
}
