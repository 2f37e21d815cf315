//! `_collections._tuplegetter`: the attributes of named tuples.

use ouro_heap::{Payload, Ref, Slot, alloc};
use ouro_vm::{
    attribute_error,
    error::Res,
    index_error,
    native::{Args, plain},
    objects::{
        class::{Class, ClassDef, property},
        int,
        slots::Slots,
        tuple::{self, Tuple},
    },
    protocol::number,
    state::shared,
    type_error, types,
};

use crate::support::{repr_text, text, this};

/// A descriptor that gives one item of a tuple.
#[derive(Payload)]
#[payload(types::TUPLE_GETTER)]
pub(super) struct TupleGetter {
    index: usize,
    doc: Slot,
}

fn new_slot(_class: &Ref<Class>, args: Args) -> Res {
    let values = args.exactly("_tuplegetter", 2, 2)?;
    let index = number::as_isize(&values[0])?;
    let index = usize::try_from(index).map_err(|_| index_error!("tuple index out of range"))?;
    Ok(alloc(TupleGetter { index, doc: Slot::new(Some(values[1].clone())) }).into_any())
}

fn descr_get(object: &Ref, instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    let Some(instance) = instance else { return Ok(object.clone()) };
    let getter = this::<TupleGetter>(object);
    let Some(tuple) = instance.payload::<Tuple>() else {
        // Pages of classes look attributes up on the class itself, where None stands for "no instance".
        if instance.is(&shared().none) {
            return Ok(object.clone());
        }
        return Err(type_error!(
            "descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object",
            getter.index,
            Class::of(instance).short_name()
        ));
    };
    tuple.items().get(getter.index).cloned().ok_or_else(|| index_error!("tuple index out of range"))
}

fn descr_set(_object: &Ref, _instance: &Ref, value: Option<&Ref>) -> Res<()> {
    Err(if value.is_some() {
        attribute_error!("can't set attribute")
    } else {
        attribute_error!("can't delete attribute")
    })
}

fn repr(object: &Ref) -> Res {
    let getter = this::<TupleGetter>(object);
    let doc = getter.doc.get().unwrap_or_else(|| shared().none.clone());
    Ok(text(&format!("{}({}, {})", Class::of(object).name_text(), getter.index, repr_text(&doc)?)))
}

fn doc(object: &Ref) -> Res {
    Ok(this::<TupleGetter>(object).doc.get().unwrap_or_else(|| shared().none.clone()))
}

fn set_doc(object: &Ref, value: Option<&Ref>) -> Res<()> {
    this::<TupleGetter>(object).doc.set(value.cloned());
    Ok(())
}

fn reduce(args: &[Ref]) -> Res {
    let class = Class::of(&args[0]).clone().into_any();
    let index = int::from_usize(this::<TupleGetter>(&args[0]).index);
    Ok(tuple::pair(class, tuple::pair(index, doc(&args[0])?)))
}

/// `collections._tuplegetter`
pub(super) static TUPLE_GETTER: ClassDef = ClassDef {
    module: "collections",
    slots: Slots {
        new: Some(new_slot),
        repr: Some(repr),
        descr_get: Some(descr_get),
        descr_set: Some(descr_set),
        ..Slots::NONE
    },
    methods: &[plain("__reduce__", "(self, /)", reduce, "")],
    getset: &[property("__doc__", doc, set_doc, "")],
    ..ClassDef::new::<TupleGetter>(types::TUPLE_GETTER, "_tuplegetter")
};
