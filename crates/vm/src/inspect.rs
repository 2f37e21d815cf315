//! What a viewer of memory asks about objects and about the interpreter itself. Nothing of it runs code of the program.

use ouro_heap::{Ref, walk};

use crate::{
    error::take,
    native::Code,
    objects::{
        class::Class,
        dict::Dict,
        frame::Frame,
        function::Function,
        generator::Generator,
        instance::{self, Instance},
        int,
        module::Module,
        str::{Str, StrExt},
    },
    state::{shared, vm},
    types,
};

/// Bytes of an object: its block's contents and storage of its own, as the `__sizeof__` of its built-in base counts them;
/// one that the program has written is not asked.
pub fn size(object: &Ref) -> usize {
    let fixed = walk::object_size(object);
    let Some(mro) = Class::of(object).mro_tuple() else { return fixed };
    let definitions = mro.items().iter().filter_map(|base| base.payload::<Class>()?.definition.0);
    for definition in definitions {
        if let Some(method) = definition.methods.iter().find(|method| method.name == "__sizeof__") {
            if std::ptr::eq(definition, &crate::objects::object::OBJECT) {
                return fixed;
            }
            let Code::Plain(measure) = method.code else { return fixed };
            return match measure(std::slice::from_ref(object)) {
                Ok(size) => int::as_i64(&size).map_or(fixed, |size| size as usize),
                Err(raised) => {
                    drop(take(raised));
                    fixed
                }
            };
        }
    }
    fixed
}

/// The names of an object's items, where they are places with a name: attributes of an instance, variables of a generator.
pub fn place_names(object: &Ref) -> Vec<Option<String>> {
    if let Some(instance) = object.payload::<Instance>() {
        return instance::place_names(instance, Class::of(object));
    }
    match object.payload::<Generator>() {
        Some(generator) => {
            let locals = generator.head.code.locals.iter();
            let named = locals.map(|name| Some(name.to_text().into_owned()));
            named.chain(std::iter::repeat(None)).take(generator.items().len()).collect()
        }
        None => Vec::new(),
    }
}

/// The names of the locals that a frame object holds, in the order of its traversal.
pub fn frame_locals(object: &Ref) -> Vec<String> {
    let Some(frame) = object.payload::<Frame>() else { return Vec::new() };
    frame.locals.with(|locals| {
        let named = locals.0.iter().zip(frame.code.locals.iter()).filter(|(value, _)| value.is_some());
        named.map(|(_, name)| name.to_text().into_owned()).collect()
    })
}

/// The qualified name of what a frame object or a generator runs.
pub fn runs(object: &Ref) -> Option<String> {
    if let Some(frame) = object.payload::<Frame>() {
        return Some(frame.code.qualname.to_text().into_owned());
    }
    let generator = object.payload::<Generator>()?;
    generator.head.qualname.with(|name| name.map(|name| name.to_text().into_owned()))
}

/// The global namespace that a function, or what runs one, belongs to. Functions of closures have none: what they close over
/// is somebody else's.
pub fn namespace_of(object: &Ref) -> Option<usize> {
    let of_function = |function: &Function| {
        let bare = function.closure.is_empty();
        function.globals.with(|globals| globals.filter(|_| bare).map(Ref::address))
    };
    match (object.payload::<Function>(), object.payload::<Generator>()) {
        (Some(function), _) => of_function(function),
        (_, Some(generator)) => {
            generator.head.function.with(|function| function.and_then(|f| of_function(f)))
        }
        _ => None,
    }
}

/// The objects in an object's items, place by place, without counting them.
pub fn each_place(object: &Ref, mut visit: impl FnMut(usize, &Ref)) {
    if let Some(instance) = object.payload::<Instance>() {
        for (place, slot) in instance.items().iter().enumerate() {
            slot.with(|value| value.into_iter().for_each(|value| visit(place, value)));
        }
    } else if let Some(generator) = object.payload::<Generator>() {
        for (place, register) in generator.items().iter().enumerate() {
            register.with(|value| value.into_iter().for_each(|value| visit(place, value)));
        }
    }
}

/// Shows what the interpreter itself holds, with words for it.
pub fn visit_interpreter(visit: &mut dyn FnMut(&'static str, &Ref)) {
    let vm = vm();
    let slots = &vm.slots;
    for (what, slot) in [("sys.modules", &slots.modules), ("the namespace of builtins", &slots.builtins)] {
        slot.with(|value| value.into_iter().for_each(|value| visit(what, value.as_any())));
    }
    slots.sys.with(|value| value.into_iter().for_each(|value| visit("the namespace of sys", value.as_any())));
    slots.codec_errors.with(|value| {
        value.into_iter().for_each(|value| visit("the table of codec error handlers", value.as_any()));
    });
    slots.gc.visit(visit);
    for (what, slot) in [
        ("the exception in flight", &vm.raised),
        ("the exception that is being handled", &vm.handled),
        ("the class of module specs", &slots.module_spec),
        ("io.UnsupportedOperation", &slots.unsupported_operation),
    ] {
        slot.with(|value| value.into_iter().for_each(|value| visit(what, value)));
    }
    for value in vm.handled_outside.borrow().iter() {
        visit("the exception that the resumer of a generator handles", value);
    }
    let classes = vm.classes.iter().chain(&vm.exceptions).filter_map(|class| class.get());
    classes.for_each(|class| visit("the table of built-in classes", class.as_any()));
    let shared = shared();
    for single in [&shared.none, &shared.true_, &shared.false_, &shared.ellipsis, &shared.not_implemented] {
        visit("the interpreter, which has one of it", single);
    }
}

/// The modules that are loaded: name, module and namespace, without counting them.
pub fn each_module(mut visit: impl FnMut(&str, &Ref, &Ref)) {
    vm().slots.modules.with(|modules| {
        let Some(modules) = modules else { return };
        modules.table.with(|table| {
            for (name, module) in table.iter() {
                if let (Some(name), Some(payload)) = (name.payload::<Str>(), module.payload::<Module>()) {
                    visit(&name.to_text(), module, payload.dict.as_any());
                }
            }
        });
    });
}

/// Keys and values of a dictionary, without counting them.
pub fn each_entry(dict: &Dict, mut visit: impl FnMut(&Ref, &Ref)) {
    dict.table.with(|table| table.iter().for_each(|(key, value)| visit(key, value)));
}

/// Whether a class is one of the interpreter's own.
pub fn is_builtin_class(class: &Class) -> bool {
    class.index < types::COUNT || class.definition.0.is_some()
}
