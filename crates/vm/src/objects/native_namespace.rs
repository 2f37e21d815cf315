//! The namespaces of built-in classes: what their definitions say, as objects.
//!
//! A program uses few of the built-in classes' attributes by way of their namespaces, so each is made when it is first
//! looked into. Nobody can tell: the objects are not tracked and not counted as allocations of the program, as the
//! classes themselves are not. At the end of the program [`release`] lets go of all of them.

use ouro_heap::{Ref, allocate::untrack, collector, header::NAMESPACE};

use crate::{
    objects::{
        builtin,
        class::{Class, ClassDef, DowncastClass},
        descriptor,
        dict::{self, Dict},
        exception::ExceptionKind,
        slots::SlotCells,
        special, str, struct_sequence, type_,
    },
    state::{names, shared, vm},
};

/// Makes the namespace of a built-in class, which has none yet.
#[cold]
#[inline(never)]
pub(crate) fn fill(class: &Class) {
    let (Some(definition), Some(owner)) = (class.definition.0, class_object(class)) else { return };
    collector::uncounted(|| {
        let namespace = make(owner, definition);
        namespace.snapshot().iter().for_each(|(_, value)| untrack_part(value));
        untrack(namespace.as_any());
        namespace.header().set(NAMESPACE);
        class.dict.set(Some(namespace));
    });
}

/// The object that a class's payload belongs to.
fn class_object(class: &Class) -> Option<&'static Ref<Class>> {
    ouro_heap::types::record(class.index).class()?.downcast_class()
}

/// Built-in objects such as None stay as they are, what was made for the class leaves the collector alone.
fn untrack_part(value: &Ref) {
    if let Some(inner) = descriptor::wrapped_function(value) {
        untrack(&inner);
    }
    untrack(value);
}

fn make(class: &Ref<Class>, definition: &'static ClassDef) -> Ref<Dict> {
    let namespace = dict::new();
    // The class's own slots: those in its table are mixed with inherited ones.
    let own = SlotCells::default();
    own.fill(&definition.slots);
    for special in special::all_with_sequences() {
        let name = str::intern_static(special.name);
        if (special.present)(&own) && dict::get_str(&namespace, &name).is_none() {
            dict::set_str(&namespace, &name, builtin::new_wrapper(special, class));
        }
    }
    if type_::is_unhashable(definition) {
        dict::set_str(&namespace, &names().__hash__, shared().none.clone());
    }
    if own.new.get().is_some() {
        dict::set_str(&namespace, &names().__new__, type_::new_method(class));
    }
    for method in definition.methods {
        let name = str::intern_static(method.name);
        dict::set_str(&namespace, &name, builtin::method_object(method, class));
    }
    for (position, attribute) in definition.getset.iter().enumerate() {
        let name = str::intern_static(attribute.name);
        dict::set_str(&namespace, &name, descriptor::new_attribute(position, attribute, class));
    }
    if !dict::contains_str(&namespace, &names().__doc__) {
        let doc = match definition.doc {
            "" => shared().none.clone(),
            doc => str::new(doc).into_any(),
        };
        dict::set_str(&namespace, &names().__doc__, doc);
    }
    add_exception_fields(class, &namespace);
    struct_sequence::add_counts(class, &namespace);
    namespace
}

/// Exceptions keep their attributes in fields, which members of the class read and write.
fn add_exception_fields(class: &Ref<Class>, namespace: &Ref<Dict>) {
    let kind = ExceptionKind::ALL
        .into_iter()
        .find(|kind| vm().exceptions[*kind as usize].get().is_some_and(|exception| exception.is(class)));
    let Some(kind) = kind.filter(|kind| kind.adds_fields()) else { return };
    for (place, name) in kind.fields().iter().enumerate() {
        let name = str::intern_static(name);
        let member = descriptor::new_member(name.clone(), class, descriptor::Place::Field(place));
        dict::set_str(namespace, &name, member);
    }
}

/// Lets go of the namespaces of all built-in classes, when the program is over.
pub fn release() {
    let interpreter = vm();
    interpreter.method_cache.forget();
    for class in interpreter.classes.iter().chain(&interpreter.exceptions).filter_map(|class| class.get()) {
        drop(class.dict.take());
    }
}
