//! Instances of classes made at run time that derive from `object` only: inline attributes by shape.
//!
//! ```text
//!   header | capacity u32 | shape u32 | members of __slots__ ... | attributes in the order of the shape ...
//! ```
//!
//! A shape says which attribute stands in which place; instances that got the same attributes in the same order share
//! it. Shapes belong to a class, so one comparison of the shape number checks class and layout at once. An instance
//! whose attributes do not fit, or whose `__dict__` was asked for, holds a dictionary in its first attribute place
//! instead; its shape then is the class's dictionary shape.

use std::cell::{Cell, RefCell};

use ouro_heap::{Ref, Slot, Trace, alloc_tailed, tailed_payload};

use crate::{
    objects::{
        class::Class,
        descriptor::{Member, Place},
        dict::{self, Dict},
        str::{Str, StrExt},
    },
    state::vm,
    types,
};

/// The fixed part of an instance.
#[derive(Trace)]
pub struct InstanceHead {
    /// The number of the shape.
    pub shape: Cell<u32>,
}

tailed_payload!(
    /// An instance's payload: members and attributes are its items.
    Instance, "instance", types::INSTANCE, InstanceHead, Slot, tailed_forward
);

/// An attribute set in a certain order.
struct Shape {
    /// The shape without the last attribute.
    parent: u32,
    /// The last attribute's name (interned), none for a root.
    name: Option<Ref<Str>>,
    /// Attributes in all.
    count: u16,
    /// The first place of attributes: the number of members.
    first: u16,
    /// This is the shape of instances with a dictionary.
    is_dict: bool,
    /// Shapes with one attribute more.
    transitions: Vec<(usize, u32)>,
}

/// All shapes of an interpreter. Shape 0 is never used.
#[derive(Default)]
pub struct Shapes {
    list: RefCell<Vec<Shape>>,
}

/// The most attributes that stand inline; more go to a dictionary.
const MAX_INLINE: usize = 30;

impl Shapes {
    /// Makes the root shape of a class and, with the next numbers, its dictionary shapes: one for dictionaries that
    /// took over the instance's own attributes, one for dictionaries that were assigned.
    pub(crate) fn new_root(&self, member_count: u16) -> u32 {
        let mut list = self.list.borrow_mut();
        if list.is_empty() {
            list.push(Shape {
                parent: 0,
                name: None,
                count: 0,
                first: 0,
                is_dict: false,
                transitions: Vec::new(),
            });
        }
        let root = list.len() as u32;
        for is_dict in [false, true, true] {
            list.push(Shape {
                parent: root,
                name: None,
                count: 0,
                first: member_count,
                is_dict,
                transitions: Vec::new(),
            });
        }
        root
    }

    /// The place of an attribute.
    pub fn place(&self, shape: u32, name: &Ref<Str>) -> Option<usize> {
        let list = self.list.borrow();
        let mut shape = &list[shape as usize];
        while let Some(last) = &shape.name {
            if last.is(name) {
                return Some((shape.first + shape.count - 1) as usize);
            }
            shape = &list[shape.parent as usize];
        }
        None
    }

    /// The shape with one attribute more, and the attribute's place.
    pub(crate) fn extend(&self, shape: u32, name: &Ref<Str>) -> (u32, usize) {
        let mut list = self.list.borrow_mut();
        let from = &list[shape as usize];
        let place = (from.first + from.count) as usize;
        if let Some(&(_, next)) = from.transitions.iter().find(|(address, _)| *address == name.address()) {
            return (next, place);
        }
        let next = list.len() as u32;
        let (count, first) = (list[shape as usize].count + 1, list[shape as usize].first);
        list.push(Shape {
            parent: shape,
            name: Some(name.clone()),
            count,
            first,
            is_dict: false,
            transitions: Vec::new(),
        });
        list[shape as usize].transitions.push((name.address(), next));
        (next, place)
    }

    /// The shape without its last attribute, if that has this name, and the attribute's place.
    fn shorten(&self, shape: u32, name: &Ref<Str>) -> Option<(u32, usize)> {
        let list = self.list.borrow();
        let shape = &list[shape as usize];
        let is_last = shape.name.as_ref().is_some_and(|last| last.is(name));
        is_last.then(|| (shape.parent, (shape.first + shape.count - 1) as usize))
    }

    /// The names of a shape's attributes in order.
    pub fn attribute_names(&self, shape: u32) -> Vec<Ref<Str>> {
        let list = self.list.borrow();
        let mut names = Vec::new();
        let mut shape = &list[shape as usize];
        while let Some(name) = &shape.name {
            names.push(name.clone());
            shape = &list[shape.parent as usize];
        }
        names.reverse();
        names
    }

    /// Lets go of the names in all shapes below a root, whose class dies or has a new root. The numbers are not used
    /// again, since inline caches may know them.
    pub(crate) fn release(&self, root: u32) {
        let mut names = Vec::new();
        let mut list = self.list.borrow_mut();
        let mut below = vec![root];
        while let Some(number) = below.pop() {
            let shape = &mut list[number as usize];
            names.extend(shape.name.take());
            below.extend(std::mem::take(&mut shape.transitions).into_iter().map(|(_, next)| next));
        }
        drop(list);
        drop(names);
    }

    /// Gives a class a new root, so that no inline cache holds for instances that are made or seen from now on.
    pub(crate) fn renew(&self, class: &Class) {
        if class.root_shape.get() == 0 {
            return;
        }
        let old = class.root_shape.replace(self.new_root(class.member_count));
        for object in ouro_heap::walk::objects_of_type(class.index) {
            if let Some(instance) = object.payload::<Instance>() {
                self.bring_up_to_date(instance, class);
            }
        }
        self.release(old);
    }

    /// Moves an instance whose shape stems from an older root to the shape with the same attributes of the current one.
    fn bring_up_to_date(&self, instance: &Instance, class: &Class) {
        let shape = instance.head.shape.get();
        let root = class.root_shape.get();
        let old_root = self.root_of(shape);
        if old_root == root {
            return;
        }
        if self.is_dict(shape) {
            instance.head.shape.set(shape - old_root + root);
            return;
        }
        let renewed = self.attribute_names(shape).iter().fold(root, |shape, name| self.extend(shape, name).0);
        instance.head.shape.set(renewed);
    }

    fn root_of(&self, mut shape: u32) -> u32 {
        let list = self.list.borrow();
        if list[shape as usize].is_dict {
            return list[shape as usize].parent;
        }
        while list[shape as usize].name.is_some() {
            shape = list[shape as usize].parent;
        }
        shape
    }

    /// Whether instances of a shape keep their attributes in a dictionary.
    pub(crate) fn is_dict(&self, shape: u32) -> bool {
        self.list.borrow()[shape as usize].is_dict
    }

    fn is_own_dict(&self, shape: u32) -> bool {
        let shape_of = &self.list.borrow()[shape as usize];
        shape_of.is_dict && shape == shape_of.parent + 1
    }

    /// Where the attributes of a shape begin, or its dictionary stands.
    pub(crate) fn first_place(&self, shape: u32) -> usize {
        self.list.borrow()[shape as usize].first as usize
    }
}

/// A new instance of a class with this layout, without attributes.
pub fn new(class: &Class) -> Ref<Instance> {
    let head = InstanceHead { shape: Cell::new(class.root_shape.get()) };
    alloc_tailed(class.index, head, class.place_count(), |_| Slot::empty())
}

/// The dictionary of an instance, if it has been made.
pub fn existing_dict(instance: &Instance) -> Option<Ref<Dict>> {
    let shape = instance.head.shape.get();
    let shapes = &vm().shapes;
    if !shapes.is_dict(shape) {
        return None;
    }
    instance.items()[shapes.first_place(shape)].get().and_then(|dict| dict.into::<Dict>().ok())
}

/// The dictionary of an instance (`__dict__`); inline attributes move into it when it is asked for first.
pub fn dict_of(instance: &Instance, class: &Class) -> Ref<Dict> {
    if let Some(existing) = existing_dict(instance) {
        return existing;
    }
    let made = dict::new();
    let shape = instance.head.shape.get();
    let shapes = &vm().shapes;
    let first = shapes.first_place(shape);
    let names = shapes.attribute_names(shape);
    made.table.with_mut(|table| table.foresee(names.len()));
    for (offset, name) in names.iter().enumerate() {
        if let Some(value) = instance.items()[first + offset].take() {
            dict::set_str(&made, name, value);
        }
    }
    replace_attributes(instance, class.root_shape.get() + 1, made.clone());
    made
}

/// Replaces all attributes by a dictionary.
pub fn set_dict(instance: &Instance, class: &Class, dict: Ref<Dict>) {
    replace_attributes(instance, class.root_shape.get() + 2, dict);
}

/// Keeps the dictionary when the instance has got another class.
pub(crate) fn move_dict(instance: &Instance, class: &Class, dict: Ref<Dict>) {
    let kind = if vm().shapes.is_own_dict(instance.head.shape.get()) { 1 } else { 2 };
    replace_attributes(instance, class.root_shape.get() + kind, dict);
}

/// The address of the dictionary that took over the instance's attributes. CPython keeps such attributes in the
/// instance as long as they are few and named by strings, so that its collector does not count the dictionary.
pub fn own_dict_address(instance: &Instance) -> Option<usize> {
    let shape = instance.head.shape.get();
    if !vm().shapes.is_own_dict(shape) {
        return None;
    }
    let dict = existing_dict(instance)?;
    (dict.len() <= MAX_INLINE && dict.has_only_str_keys()).then(|| dict.address())
}

fn replace_attributes(instance: &Instance, shape: u32, dict: Ref<Dict>) {
    let first = vm().shapes.first_place(instance.head.shape.get());
    instance.head.shape.set(shape);
    let old: Vec<_> = instance.items()[first..].iter().map(Slot::take).collect();
    instance.items()[first].set(Some(dict.into_any()));
    drop(old);
}

/// An attribute of the instance itself.
pub fn get(instance: &Instance, name: &Ref<Str>) -> Option<Ref> {
    let shape = instance.head.shape.get();
    match vm().shapes.place(shape, name) {
        Some(place) => instance.items()[place].get(),
        None => existing_dict(instance).and_then(|dict| dict::get_str(&dict, name)),
    }
}

/// Sets an attribute of the instance itself.
pub fn set(instance: &Instance, class: &Class, name: &Ref<Str>, value: Ref) {
    let shapes = &vm().shapes;
    let shape = instance.head.shape.get();
    if let Some(place) = shapes.place(shape, name) {
        instance.items()[place].set(Some(value));
        return;
    }
    if let Some(dict) = existing_dict(instance) {
        dict::set_str(&dict, name, value);
        return;
    }
    let (next, place) = shapes.extend(shape, name);
    if place < instance.items().len() {
        instance.head.shape.set(next);
        instance.items()[place].set(Some(value));
    } else {
        let wanted = place + 1 - class.member_count as usize;
        if wanted <= MAX_INLINE && wanted > class.inline_capacity() as usize {
            class.foresee((wanted + 1).min(MAX_INLINE) as u16);
        }
        dict::set_str(&dict_of(instance, class), name, value);
    }
}

/// Deletes an attribute of the instance itself; whether there was one. Unless it is the one that was added last, the
/// attributes move to a dictionary.
pub fn delete(instance: &Instance, class: &Class, name: &Ref<Str>) -> bool {
    if get(instance, name).is_none() {
        return false;
    }
    let shape = instance.head.shape.get();
    if let Some((without, place)) = vm().shapes.shorten(shape, name) {
        let value = instance.items()[place].take();
        instance.head.shape.set(without);
        drop(value);
        return true;
    }
    dict::remove_str(&dict_of(instance, class), name).is_some()
}

/// Names and values of the instance's own attributes.
pub fn attributes(instance: &Instance) -> Vec<(Ref, Ref)> {
    if let Some(dict) = existing_dict(instance) {
        return dict.snapshot();
    }
    let shapes = &vm().shapes;
    let shape = instance.head.shape.get();
    let first = shapes.first_place(shape);
    let names = shapes.attribute_names(shape).into_iter().enumerate();
    names
        .filter_map(|(offset, name)| Some((name.into_any(), instance.items()[first + offset].get()?)))
        .collect()
}

/// The names of an instance's places, as far as they have one: members of `__slots__`, then the attributes of the shape,
/// or `__dict__`.
pub fn place_names(instance: &Instance, class: &Class) -> Vec<Option<String>> {
    let mut found = vec![None; instance.items().len()];
    let classes = class.mro_tuple();
    for base in classes.iter().flat_map(|classes| classes.items()).filter_map(|base| base.payload::<Class>())
    {
        // Built-in classes have no items, and their namespaces are made only when they are needed.
        if base.definition.0.is_some() {
            continue;
        }
        for (name, value) in base.namespace().snapshot() {
            if let Some(Place::Item(place)) = value.payload::<Member>().map(Member::place)
                && let (Some(found), Some(name)) = (found.get_mut(place), name.payload::<Str>())
            {
                *found = Some(name.to_text().into_owned());
            }
        }
    }
    let shapes = &vm().shapes;
    let shape = instance.head.shape.get();
    let first = shapes.first_place(shape);
    if shapes.is_dict(shape) {
        found[first] = Some("__dict__".to_owned());
    }
    for (offset, name) in shapes.attribute_names(shape).iter().enumerate() {
        found[first + offset] = Some(name.to_text().into_owned());
    }
    found
}
