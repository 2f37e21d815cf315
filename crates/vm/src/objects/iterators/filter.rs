//! `filter`.

use ouro_heap::{Payload, Ref, alloc_as};

use super::itself;
use crate::{
    error::Res,
    native::Args,
    objects::{
        class::{Class, ClassDef, Make, class_flags},
        slots::Slots,
    },
    protocol::{call, iterate, object},
    state::{class_of, shared},
    types,
};

/// Gives the items for which a function gives something true.
#[derive(Payload)]
#[payload(types::FILTER)]
pub struct Filter {
    function: Ref,
    iterator: Ref,
}

/// The class.
pub static FILTER: ClassDef = ClassDef {
    slots: Slots { new: Some(construct), iter: Some(itself), next: Some(next), ..Slots::NONE },
    methods: &[crate::native::plain(
        "__reduce__",
        "(self, /)",
        reduce,
        "Return state information for pickling.",
    )],
    flags: class_flags::BASE,
    doc: "Return an iterator yielding those items of iterable for which function(item)\nis true. If function is None, \
          return the items that are true.",
    make: Some(Make {
        most: 2,
        code: |args| construct(class_of(types::FILTER), Args::positional_only(args)),
    }),
    ..ClassDef::new::<Filter>(types::FILTER, "filter")
};

fn construct(class: &Ref<Class>, args: Args) -> Res {
    if class.index == types::FILTER {
        args.no_keywords("filter")?;
    }
    let args = Args::positional_only(args.positional()).exactly("filter", 2, 2)?;
    let filter = Filter { function: args[0].clone(), iterator: iterate::iter(&args[1])? };
    Ok(alloc_as(class.index, filter).into_any())
}

impl Filter {
    /// The function that chooses; nothing where the items are asked themselves.
    fn chooser(&self) -> Option<&Ref> {
        let by_truth = self.function.is(&shared().none) || self.function.is(class_of(types::BOOL));
        (!by_truth).then_some(&self.function)
    }
}

/// The function, if there is one, and the iterator of a filter, for who asks for all of its items.
pub(crate) fn chooser_and_items(object: &Ref) -> Option<(Option<&Ref>, &Ref)> {
    if object.header().type_index() != types::FILTER {
        return None;
    }
    object.payload::<Filter>().map(|filter| (filter.chooser(), &filter.iterator))
}

fn next(object: &Ref) -> Res<Option<Ref>> {
    let Some(filter) = object.payload::<Filter>() else { return Ok(None) };
    let chooser = filter.chooser();
    while let Some(item) = iterate::step_or_stop(&filter.iterator)? {
        let good = match chooser {
            None => object::is_true(&item)?,
            Some(function) => object::is_true(&call::call(function, std::slice::from_ref(&item))?)?,
        };
        if good {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

fn reduce(args: &[Ref]) -> Res {
    let filter = args[0].payload::<Filter>().expect("a method of filter");
    let state = crate::objects::tuple::pair(filter.function.clone(), filter.iterator.clone());
    Ok(crate::objects::tuple::pair(Class::of(&args[0]).clone().into_any(), state))
}
