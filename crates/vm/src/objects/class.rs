//! `type`: class objects.

use std::cell::{Cell, OnceCell};

use ouro_heap::{Drain, Interior, Layout, Opaque, Payload, Ref, Slot, Trace, Visitor, types as heap_types};

use crate::{
    error::Res,
    native::NativeDef,
    objects::{
        dict::{self, Dict},
        field_init::FieldInit,
        native_namespace,
        slots::{SlotCells, Slots},
        str::{self, Str, StrExt},
        tuple::Tuple,
        type_::immortal_tuple,
    },
    protocol::method_cache::ForgetOnClear,
    state::{Interpreter, class_of, names, vm},
    types,
};

/// Properties of a class, as bits.
pub mod class_flags {
    /// May be subclassed.
    pub const BASE: u32 = 1;
    /// Made at run time by a class statement or `type()`.
    pub const HEAP: u32 = 2;
    /// Instances have a `__dict__` (or inline attributes).
    pub const HAS_DICT: u32 = 4;
    /// Instances may be weakly referenced.
    pub const WEAKLY_REFERENCEABLE: u32 = 8;
    /// Instances cannot be made by calling the class.
    pub const NO_INSTANTIATION: u32 = 16;
    /// A subclass of BaseException.
    pub const EXCEPTION: u32 = 32;
    /// Matches sequence patterns.
    pub const SEQUENCE: u32 = 64;
    /// Matches mapping patterns.
    pub const MAPPING: u32 = 128;
    /// Attributes of the class object cannot be set.
    pub const IMMUTABLE: u32 = 256;
    /// A subclass of int, str, tuple, ... (quick checks).
    pub const INT_SUBCLASS: u32 = 512;
    /// A subclass of type.
    pub const TYPE_SUBCLASS: u32 = 1024;
    /// Functions of the class bind like methods when found on a class (they are method descriptors).
    pub const METHOD_DESCRIPTOR: u32 = 2048;
    /// An abstract class: calling it raises TypeError.
    pub const ABSTRACT: u32 = 4096;
    /// A subclass of dict.
    pub const DICT_SUBCLASS: u32 = 8192;
    /// The class overrides `__getattribute__` or defines `__getattr__`.
    pub const CUSTOM_GETATTR: u32 = 1 << 14;
    /// Matches class patterns with one positional sub-pattern against the subject itself.
    pub const MATCH_SELF: u32 = 1 << 15;
    /// A class of the standard library that is written in Python here and natively in CPython: messages show its
    /// module, too.
    pub const QUALIFIED: u32 = 1 << 16;
    /// The value of an attribute of the class itself has been replaced: inline caches do not remember such values.
    pub const VARIABLE: u32 = 1 << 17;
    /// A built-in class whose items have keys, or that is subscripted for something else: it is no sequence.
    pub const KEYED: u32 = 1 << 18;
}

/// A class object.
#[derive(Payload)]
#[payload(types::TYPE)]
pub struct Class {
    /// `__name__`
    pub name: Slot<Str>,
    /// `__qualname__`
    pub qualname: Slot<Str>,
    /// `__bases__`
    pub bases: Slot<Tuple>,
    /// The base whose layout the instances have.
    pub base: Slot<Class>,
    /// `__mro__`
    pub mro: Slot<Tuple>,
    /// The namespace; that of a built-in class is made at its first use, see [`Class::namespace`].
    pub(crate) dict: Slot<Dict>,
    /// Classes that name this one as a base, by address; they remove themselves when they die.
    pub(crate) subclasses: Interior<Addresses>,
    /// What operations call.
    pub slots: Opaque<Box<SlotCells>>,
    /// The type index of instances.
    pub index: u32,
    /// [`class_flags`]
    pub flags: Cell<u32>,
    /// Changes whenever an attribute of the class or of a base changes.
    pub(crate) version: Cell<u32>,
    /// Forgets look-ups when the class is taken apart.
    pub(crate) forget: ForgetOnClear,
    /// For exception classes: the version of the class when its built-in kind was last found out, and the kind.
    pub(crate) exception_kind: Cell<(u32, u8)>,
    /// The shape of instances without attributes.
    pub(crate) root_shape: Cell<u32>,
    /// Inline attributes that new instances get room for, see [`Class::foresee`].
    inline_capacity: Cell<u16>,
    /// Places of a new instance, for members and inline attributes.
    place_count: Cell<u32>,
    /// Members of `__slots__` in instances, those of bases included.
    pub(crate) member_count: u16,
    /// What the class's `__init__` does, if that only stores what it is given.
    pub(crate) field_init: Opaque<Cell<Option<Box<FieldInit>>>>,
    /// The definition of a built-in class.
    pub definition: Opaque<Option<&'static ClassDef>>,
    /// The layout of instances.
    pub(crate) layout: Opaque<&'static Layout>,
}

/// Addresses of objects that are not kept alive.
#[derive(Default)]
pub(crate) struct Addresses(pub(crate) Vec<usize>);

impl Trace for Addresses {
    const TRACES: bool = false;
    fn trace(&self, _visitor: &mut dyn Visitor) {}
}

impl Drain for Addresses {
    fn drain_into(&mut self, _trash: &mut Vec<Ref>) {}
}

impl Drop for Class {
    fn drop(&mut self) {
        if self.flags.get() & class_flags::HEAP != 0 {
            if self.root_shape.get() != 0 {
                vm().shapes.release(self.root_shape.get());
            }
            heap_types::release_class(self.index);
        }
    }
}

/// How an attribute of instances is read or written natively.
#[derive(Clone, Copy)]
pub struct GetSetDef {
    /// The attribute's name.
    pub name: &'static str,
    /// Reads it.
    pub get: fn(&Ref) -> crate::error::Res,
    /// Writes or deletes it.
    pub set: Option<fn(&Ref, Option<&Ref>) -> crate::error::Res<()>>,
    /// What `help()` says.
    pub doc: &'static str,
    /// Shows as a `member_descriptor`, as those attributes do that CPython reads straight from a field.
    pub member: bool,
}

/// A field that can only be read.
pub const fn member(name: &'static str, get: fn(&Ref) -> crate::error::Res, doc: &'static str) -> GetSetDef {
    GetSetDef { name, get, set: None, doc, member: true }
}

/// An attribute that can only be read.
pub const fn getter(name: &'static str, get: fn(&Ref) -> crate::error::Res, doc: &'static str) -> GetSetDef {
    GetSetDef { name, get, set: None, doc, member: false }
}

/// An attribute that can be read and written.
pub const fn property(
    name: &'static str,
    get: fn(&Ref) -> crate::error::Res,
    set: fn(&Ref, Option<&Ref>) -> crate::error::Res<()>,
    doc: &'static str,
) -> GetSetDef {
    GetSetDef { name, get, set: Some(set), doc, member: false }
}

/// The definition of a built-in class: one constant a class, in the file of its type.
pub struct ClassDef {
    /// The type index of exact instances.
    pub index: u32,
    /// `__name__`
    pub name: &'static str,
    /// `__module__`
    pub module: &'static str,
    /// The type index of the base.
    pub base: u32,
    /// [`class_flags`]
    pub flags: u32,
    /// The layout of instances.
    pub layout: &'static Layout,
    /// What operations call.
    pub slots: Slots,
    /// Methods.
    pub methods: &'static [NativeDef],
    /// Computed attributes.
    pub getset: &'static [GetSetDef],
    /// What `help()` says.
    pub doc: &'static str,
    /// What a call of the class itself does, in place of `__new__` and `__init__`.
    pub make: Option<Make>,
}

/// How an instance of a built-in class is made of positional arguments alone.
#[derive(Clone, Copy)]
pub struct Make {
    /// From so many arguments at most.
    pub most: usize,
    /// Makes it.
    pub code: fn(&[Ref]) -> Res,
}

impl Make {
    /// How a class is called with no argument or with one.
    pub const fn optional(code: fn(&[Ref]) -> Res) -> Option<Make> {
        Some(Make { most: 1, code })
    }
}

impl ClassDef {
    /// A definition to start from: `ClassDef { methods: &METHODS, ..ClassDef::new::<List>(types::LIST, "list") }`.
    pub const fn new<T: Payload>(index: u32, name: &'static str) -> ClassDef {
        ClassDef {
            index,
            name,
            module: "builtins",
            base: types::OBJECT,
            flags: 0,
            layout: T::LAYOUT,
            slots: Slots::NONE,
            methods: &[],
            getset: &[],
            doc: "",
            make: None,
        }
    }
}

impl Class {
    /// The class of an object (`type(x)`).
    #[inline(always)]
    pub fn of(object: &Ref) -> &Ref<Class> {
        object.record().class_as::<Class>().expect("every object has a class")
    }

    /// Whether a flag is set.
    #[inline(always)]
    pub fn has(&self, flag: u32) -> bool {
        self.flags.get() & flag != 0
    }

    /// Sets a flag.
    pub fn set_flag(&self, flag: u32) {
        self.flags.set(self.flags.get() | flag);
    }

    /// `__name__` as text.
    pub fn name_text(&self) -> String {
        self.name.with(|name| name.map(|name| name.to_text().into_owned()).unwrap_or_default())
    }

    /// The name in error messages, CPython's `tp_name`: that of [`Class::full_name`].
    pub fn short_name(&self) -> String {
        self.full_name()
    }

    /// The name that CPython's `tp_name` shows: built-in classes outside of `builtins` with their module.
    pub fn full_name(&self) -> String {
        match self.definition.0 {
            Some(definition) if definition.module != "builtins" => {
                format!("{}.{}", definition.module, definition.name)
            }
            _ if self.has(class_flags::QUALIFIED) => {
                let module = dict::get_str(&self.namespace(), &names().__module__);
                let module = module.and_then(|module| module.into::<Str>().ok());
                format!(
                    "{}.{}",
                    module.map(|module| module.to_text().into_owned()).unwrap_or_default(),
                    self.name_text()
                )
            }
            _ => self.name_text(),
        }
    }

    /// The namespace.
    #[inline]
    pub fn namespace(&self) -> Ref<Dict> {
        if self.dict.is_empty() {
            native_namespace::fill(self);
        }
        self.dict.get().expect("a class has a namespace")
    }

    /// What the class's own namespace says, bases not looked at.
    #[inline]
    pub(crate) fn own_attribute(&self, name: &Ref<Str>) -> Option<Ref> {
        self.make_namespace();
        self.dict.with(|dict| dict.and_then(|dict| dict::get_str(dict, name)))
    }

    /// Makes the namespace of a built-in class, if nobody has looked into it yet.
    #[inline]
    pub(crate) fn make_namespace(&self) {
        if self.dict.is_empty() {
            native_namespace::fill(self);
        }
    }

    /// `__mro__`
    #[inline]
    pub fn mro_tuple(&self) -> Option<Ref<Tuple>> {
        self.mro.get()
    }

    /// Looks an attribute up along the method resolution order, without descriptors.
    #[inline]
    pub fn lookup(&self, name: &Ref<Str>) -> Option<Ref> {
        crate::protocol::method_cache::lookup(self, name)
    }

    /// Whether a value of this class or one of its bases has been replaced.
    pub(crate) fn has_variables(&self) -> bool {
        self.mro.with(|mro| {
            mro.is_none_or(|mro| {
                mro.items().iter().any(|class| {
                    class.payload::<Class>().is_some_and(|class| class.has(class_flags::VARIABLE))
                })
            })
        })
    }

    /// Whether the class is `other` or derives from it.
    pub fn is_subclass_of(&self, other: &Ref<Class>) -> bool {
        self.mro.with(|mro| match mro {
            Some(mro) => mro.items().iter().any(|class| class.is(other)),
            None => {
                // It has no order yet, while the metaclass works it out.
                if std::ptr::eq(self, &raw const **other) {
                    return true;
                }
                let mut base = self.base.get();
                while let Some(class) = base {
                    if class.is(other) {
                        return true;
                    }
                    base = class.base.get();
                }
                false
            }
        })
    }
}

/// Shorthand for the frequent downcast.
pub trait DowncastClass {
    /// The class object, if this is one.
    fn downcast_class(&self) -> Option<&Ref<Class>>;
}

impl DowncastClass for Ref {
    #[inline(always)]
    fn downcast_class(&self) -> Option<&Ref<Class>> {
        self.downcast::<Class>()
    }
}

/// Whether an object is an instance of a built-in class or of a subclass of it.
pub fn is_instance_of(object: &Ref, index: u32) -> bool {
    // The exception classes share one layout, and its index has no class of its own.
    if index == types::EXCEPTION {
        return object.has_layout::<crate::objects::exception::Exception>();
    }
    object.header().type_index() == index || Class::of(object).is_subclass_of(class_of(index))
}

/// Makes the class object of a built-in type and fills its namespace. Bases must have been made before.
pub(crate) fn make_builtin(interpreter: &'static Interpreter, definition: &'static ClassDef) -> Ref<Class> {
    let cell = &interpreter.classes[definition.index as usize];
    let class = cell.get().expect("the class object has been allocated").clone();
    let base = (definition.base != definition.index).then(|| class_of(definition.base).clone());
    crate::objects::type_::initialise_builtin(&class, definition, base);
    class
}

/// Allocates the bare class object of a built-in type, so that classes can refer to each other.
pub(crate) fn allocate_builtin(interpreter: &'static Interpreter, definition: &'static ClassDef) {
    let class = bare(definition.index, definition.layout, definition.flags, 0, Some(definition));
    class.make_immortal();
    // As CPython's static types: the collector has nothing to do with them.
    ouro_heap::allocate::untrack(class.as_any());
    heap_types::record(definition.index).set_class(Some(class.as_any()));
    let cell: &OnceCell<Ref<Class>> = &interpreter.classes[definition.index as usize];
    assert!(cell.set(class).is_ok(), "two built-in classes share index {}", definition.index);
}

/// A class object without name, bases and namespace.
pub(crate) fn bare(
    index: u32,
    layout: &'static Layout,
    flags: u32,
    member_count: u16,
    definition: Option<&'static ClassDef>,
) -> Ref<Class> {
    ouro_heap::alloc(Class::bare(index, layout, flags, member_count, definition))
}

impl Class {
    pub(crate) fn bare(
        index: u32,
        layout: &'static Layout,
        flags: u32,
        member_count: u16,
        definition: Option<&'static ClassDef>,
    ) -> Class {
        Class {
            name: Slot::empty(),
            qualname: Slot::empty(),
            bases: Slot::empty(),
            base: Slot::empty(),
            mro: Slot::empty(),
            dict: Slot::empty(),
            subclasses: Interior::default(),
            slots: Opaque(Box::default()),
            index,
            flags: Cell::new(flags),
            version: Cell::new(0),
            forget: ForgetOnClear,
            exception_kind: Cell::new((0, 0)),
            root_shape: Cell::new(0),
            inline_capacity: Cell::new(UNKNOWN_ROOM),
            place_count: Cell::new(u32::from(member_count) + room(flags, UNKNOWN_ROOM)),
            member_count,
            field_init: Opaque(Cell::new(None)),
            definition: Opaque(definition),
            layout: Opaque(layout),
        }
    }
}

/// The room for attributes of a class that does not say which its instances will have.
const UNKNOWN_ROOM: u16 = 4;

/// How many inline attributes new instances of a class with these flags get room for, where so many are foreseen.
fn room(flags: u32, foreseen: u16) -> u32 {
    match foreseen {
        _ if flags & class_flags::HAS_DICT == 0 => 0,
        0 => u32::from(UNKNOWN_ROOM),
        _ => u32::from(foreseen),
    }
}

impl Class {
    /// Inline attributes that are foreseen for new instances; 0 if nothing says how many there will be.
    pub(crate) fn inline_capacity(&self) -> u16 {
        self.inline_capacity.get()
    }

    /// Foresees inline attributes for new instances.
    pub(crate) fn foresee(&self, attributes: u16) {
        self.inline_capacity.set(attributes);
        self.place_count.set(u32::from(self.member_count) + room(self.flags.get(), attributes));
    }

    /// So many places has a new instance, for members and inline attributes.
    #[inline(always)]
    pub(crate) fn place_count(&self) -> usize {
        self.place_count.get() as usize
    }
}

/// Gives a built-in class its name and bases.
pub(crate) fn name_and_bases(class: &Ref<Class>, name: &'static str, bases: Vec<Ref>) {
    let name = str::intern_static(name);
    class.name.set(Some(name.clone()));
    class.qualname.set(Some(name));
    class.base.set(bases.first().and_then(|base| base.downcast::<Class>()).cloned());
    class.bases.set(Some(immortal_tuple(bases)));
}
