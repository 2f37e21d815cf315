//! The start of an interpreter: built-in classes, shared objects.

use ouro_heap::{Ref, types as heap_types};

use crate::{
    names::Names,
    objects::{
        async_generator, bool_, builtin, bytearray, bytes, cell,
        class::{self, Class, ClassDef},
        code, complex, descriptor, dict,
        exception::{self, ExceptionKind},
        exception_group, float, frame, frame_locals, function, generator, generic_alias, int, io, iterators,
        list, mapping_proxy, memoryview, method, module, namespace, object, range, set, singletons, slice,
        str, super_, traceback, tuple, type_, union, weak, weak_proxy,
    },
    state::{Interpreter, Shared, vm},
    types,
};

/// The built-in classes, bases before subclasses.
static CLASSES: &[&ClassDef] = &[
    &object::OBJECT,
    &type_::TYPE,
    &int::INT,
    &bool_::BOOL,
    &float::FLOAT,
    &complex::COMPLEX,
    &str::STR,
    &str::STR_ITERATOR,
    &str::STR_ASCII_ITERATOR,
    &bytes::BYTES,
    &bytes::BYTES_ITERATOR,
    &bytearray::BYTEARRAY,
    &bytearray::BYTEARRAY_ITERATOR,
    &memoryview::MEMORYVIEW,
    &tuple::TUPLE,
    &tuple::TUPLE_ITERATOR,
    &list::LIST,
    &list::LIST_ITERATOR,
    &list::LIST_REVERSE_ITERATOR,
    &dict::DICT,
    &dict::DICT_KEYS,
    &dict::DICT_VALUES,
    &dict::DICT_ITEMS,
    &dict::DICT_KEY_ITERATOR,
    &dict::DICT_VALUE_ITERATOR,
    &dict::DICT_ITEM_ITERATOR,
    &dict::DICT_REVERSE_KEY_ITERATOR,
    &dict::DICT_REVERSE_VALUE_ITERATOR,
    &dict::DICT_REVERSE_ITEM_ITERATOR,
    &mapping_proxy::MAPPING_PROXY,
    &set::SET,
    &set::FROZENSET,
    &set::SET_ITERATOR,
    &range::RANGE,
    &range::RANGE_ITERATOR,
    &range::LONG_RANGE_ITERATOR,
    &slice::SLICE,
    &singletons::NONE,
    &singletons::ELLIPSIS,
    &singletons::NOT_IMPLEMENTED,
    &builtin::BUILTIN_FUNCTION,
    &builtin::METHOD_DESCRIPTOR,
    &builtin::CLASS_METHOD_DESCRIPTOR,
    &builtin::WRAPPER_DESCRIPTOR,
    &builtin::METHOD_WRAPPER,
    &descriptor::GETSET,
    &descriptor::MEMBER,
    &descriptor::PROPERTY,
    &descriptor::STATIC_METHOD,
    &descriptor::CLASS_METHOD,
    &super_::SUPER,
    &function::FUNCTION,
    &method::METHOD,
    &code::CODE,
    &cell::CELL,
    &frame::FRAME,
    &frame_locals::FRAME_LOCALS_PROXY,
    &traceback::TRACEBACK,
    &module::MODULE,
    &generator::GENERATOR,
    &generator::COROUTINE,
    &async_generator::ASYNC_GENERATOR,
    &generic_alias::GENERIC_ALIAS,
    &union::UNION_TYPE,
    &iterators::sequence::SEQUENCE_ITERATOR,
    &iterators::callable::CALLABLE_ITERATOR,
    &iterators::enumerate::ENUMERATE,
    &iterators::zip::ZIP,
    &iterators::map::MAP,
    &iterators::filter::FILTER,
    &iterators::reversed::REVERSED,
    &io::text_methods::TEXT_FILE,
    &io::buffered::BUFFERED_READER,
    &io::buffered::BUFFERED_WRITER,
    &io::buffered::BUFFERED_RANDOM,
    &io::raw::RAW_FILE,
    &weak::WEAK_REF,
    &weak_proxy::WEAK_PROXY,
    &weak_proxy::WEAK_CALLABLE_PROXY,
    &namespace::NAMESPACE,
];

/// Makes the classes and shared objects of a new interpreter.
pub(crate) fn boot(interpreter: &'static Interpreter) {
    for definition in CLASSES {
        register_layout(definition);
    }
    // Classes first as bare objects, since each refers to `type` and `object`.
    for definition in CLASSES {
        class::allocate_builtin(interpreter, definition);
    }
    heap_types::record(types::BIG_INT)
        .set_class(interpreter.classes[types::INT as usize].get().map(Ref::as_any));
    make_shared(interpreter);
    for definition in CLASSES {
        class::make_builtin(interpreter, definition);
    }
    make_exceptions(interpreter);
    // Built-in classes live as long as the interpreter, so the collector need not know them (CPython's are static).
    let builtin = interpreter.classes.iter().chain(interpreter.exceptions.iter());
    builtin.filter_map(|class| class.get()).for_each(|class| ouro_heap::allocate::untrack(class.as_any()));
    for index in [types::GENERATOR, types::COROUTINE, types::ASYNC_GENERATOR] {
        heap_types::record(index).set_finalizer(Some(generator::finalize));
    }
    crate::interpreter::prepare();
    crate::builtins::prepare();
    make_builtins(interpreter);
}

/// The module `builtins` and the module table, which every namespace needs.
fn make_builtins(interpreter: &'static Interpreter) {
    let module = module::new("builtins");
    interpreter.slots.builtins.set(Some(module.dict.clone()));
    let modules = dict::new();
    dict::set_str(&modules, &str::intern("builtins"), module.clone().into_any());
    interpreter.slots.modules.set(Some(modules));
    if crate::builtins::fill(module.as_any()).is_err() {
        unreachable!("the builtins are made without running Python code");
    }
}

fn register_layout(definition: &ClassDef) {
    if definition.index == types::INT {
        // The class's layout is that of subclass instances; exact ints have two layouts of their own.
        heap_types::register(types::INT, <int::Int as ouro_heap::Payload>::LAYOUT);
        heap_types::register(types::BIG_INT, <int::BigInt as ouro_heap::Payload>::LAYOUT);
        return;
    }
    heap_types::register(definition.index, definition.layout);
    let spares = match definition.index {
        types::TUPLE => types::TUPLE_SPARES,
        types::LIST => types::LIST_SPARES,
        types::DICT => types::DICT_SPARES,
        types::SLICE => types::SLICE_SPARES,
        _ => return,
    };
    heap_types::record(definition.index).set_spares(spares);
}

/// The objects that exist once. Strings need the empty one and the one-character ones, so these are made by hand.
fn make_shared(interpreter: &'static Interpreter) {
    str::prepare_interning();
    let immortal = |object: Ref| {
        object.make_immortal();
        object
    };
    let (none, ellipsis, not_implemented) = singletons::make();
    let small_ints = int::make_shared();
    small_ints.iter().for_each(Ref::make_immortal);
    let empty_str = str::fresh_latin1(&[]);
    let latin1: Vec<_> = (0..=255u8).map(|byte| str::fresh_latin1(&[byte])).collect();
    let (true_, false_) = (bool_::make(true), bool_::make(false));
    let shared = Shared {
        none: immortal(none),
        true_: immortal(true_),
        false_: immortal(false_),
        ellipsis: immortal(ellipsis),
        not_implemented: immortal(not_implemented),
        empty_tuple: immortal(tuple::make_empty().into_any()),
        empty_bytes: immortal(bytes::make_empty()),
        single_bytes: bytes::make_single_bytes().into_iter().map(immortal).collect(),
        small_ints,
        names: {
            str::adopt_shared(&empty_str);
            latin1.iter().for_each(str::adopt_shared);
            Names::new()
        },
        empty_str,
        latin1,
    };
    assert!(interpreter.shared.set(shared).is_ok(), "the shared objects are made once");
}

/// Makes the exception classes, which share one layout and differ in their attributes.
fn make_exceptions(interpreter: &'static Interpreter) {
    heap_types::register(types::EXCEPTION, exception::BASE_EXCEPTION.layout);
    for kind in ExceptionKind::ALL {
        let index = if kind == ExceptionKind::BaseException {
            types::EXCEPTION
        } else {
            heap_types::register_class(exception::BASE_EXCEPTION.layout, 0)
        };
        let definition: &'static ClassDef = match kind {
            ExceptionKind::BaseException => &exception::BASE_EXCEPTION,
            // Made once per interpreter, which lives as long as its thread's process part: no leak that grows.
            _ => Box::leak(Box::new(ClassDef {
                index,
                name: kind.name(),
                flags: exception::BASE_EXCEPTION.flags,
                doc: kind.doc(),
                methods: if kind == ExceptionKind::BaseExceptionGroup {
                    exception_group::METHODS
                } else {
                    &[]
                },
                ..ClassDef::new::<exception::Exception>(index, kind.name())
            })),
        };
        let class = class::bare(index, definition.layout, definition.flags, 0, Some(definition));
        class.make_immortal();
        ouro_heap::allocate::untrack(class.as_any());
        heap_types::record(index).set_class(Some(class.as_any()));
        assert!(interpreter.exceptions[kind as usize].set(class.clone()).is_ok(), "made once");
        let mut base = match kind {
            ExceptionKind::BaseException => interpreter.classes[types::OBJECT as usize].get(),
            _ => interpreter.exceptions[kind.base() as usize].get(),
        }
        .cloned();
        type_::initialise_builtin(&class, definition, base.take());
        if kind == ExceptionKind::ExceptionGroup
            && let Some(exception) = interpreter.exceptions[ExceptionKind::Exception as usize].get()
        {
            type_::add_second_base(&class, exception);
        }
    }
}

/// The class object of a module's type, made at its first use. Instances of classes with a dictionary have a slot for
/// it behind the payload, so they are to be made with `alloc_as`.
pub fn add_class(definition: &'static ClassDef) -> Ref<Class> {
    let interpreter = vm();
    if let Some(class) = interpreter.classes[definition.index as usize].get() {
        return class.clone();
    }
    register_layout(definition);
    if definition.flags & class::class_flags::HAS_DICT != 0 {
        heap_types::record(definition.index).add_dictionary_slot();
    }
    class::allocate_builtin(interpreter, definition);
    class::make_builtin(interpreter, definition)
}
