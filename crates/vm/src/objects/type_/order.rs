//! What the bases of a class decide: the layout that it extends, its method resolution order, who its subclasses are.

use ouro_heap::Ref;

use crate::{
    error::Res,
    objects::{
        class::{Class, DowncastClass, class_flags},
        function::Function,
        str,
        tuple::{self, Tuple},
    },
    protocol::{self, attribute, call},
    type_error, types,
};

pub(super) fn add_subclass(base: &Ref<Class>, class: &Ref<Class>) {
    base.subclasses.with_mut(|list| list.0.push(class.address()));
}

/// The live subclasses among addresses. Dead ones are recognised by looking among the objects that name the base.
pub(crate) fn from_addresses(base: &Class, addresses: &[usize]) -> Vec<Ref<Class>> {
    let mut found = Vec::new();
    for &address in addresses {
        if let Some(class) = ouro_heap::walk::live_at(address).and_then(|object| object.into::<Class>().ok())
            && class.bases.with(|bases| {
                bases.is_some_and(|bases| {
                    bases.items().iter().any(|b| b.payload::<Class>().is_some_and(|b| std::ptr::eq(b, base)))
                })
            })
        {
            found.push(class);
        }
    }
    found
}

/// The base whose layout the new class extends; TypeError if the bases' layouts conflict.
pub(super) fn best_base(bases: &[Ref]) -> Res<Ref<Class>> {
    let mut winner: Option<Ref<Class>> = None;
    let mut base: Option<Ref<Class>> = None;
    for candidate in bases {
        let candidate = candidate.downcast_class().expect("checked by the caller");
        if !candidate.has(class_flags::BASE) {
            return Err(type_error!("type '{}' is not an acceptable base type", candidate.full_name()));
        }
        let solid = solid_base(candidate);
        let replace = match &winner {
            None => true,
            Some(winner) if winner.is_subclass_of(&solid) => false,
            Some(winner) if solid.is_subclass_of(winner) => true,
            Some(_) => return Err(type_error!("multiple bases have instance lay-out conflict")),
        };
        if replace {
            winner = Some(solid);
            base = Some(candidate.clone());
        }
    }
    Ok(base.expect("there is at least one base"))
}

/// The nearest class that adds something to the layout.
pub(super) fn solid_base(class: &Ref<Class>) -> Ref<Class> {
    let mut class = class.clone();
    while let Some(base) = class.base.get() {
        let adds_members = class.member_count > base.member_count;
        let adds_layout = !class.has(class_flags::HEAP) && !std::ptr::eq(class.layout.0, base.layout.0);
        let fields = class.has(class_flags::EXCEPTION)
            && !class.has(class_flags::HEAP)
            && crate::objects::exception::kind_of_class(&class).fields().len()
                != crate::objects::exception::kind_of_class(&base).fields().len();
        if adds_members || adds_layout || fields {
            break;
        }
        class = base;
    }
    class
}

/// The C3 linearisation of a class, or what the metaclass's `mro()` gives.
pub(super) fn compute_mro(class: &Ref<Class>) -> Res<Ref<Tuple>> {
    let metaclass = Class::of(class.as_any());
    if metaclass.index != types::TYPE
        && let Some(method) = metaclass.lookup(&str::intern("mro"))
        && method.has_layout::<Function>()
    {
        let items = protocol::iterate::collect(&call::call(&method, &[class.clone().into_any()])?)?;
        check_mro(class, &items)?;
        return Ok(tuple::from_vec(items));
    }
    Ok(tuple::from_vec(linearise(class)?))
}

/// A class with its new method resolution order and the one before.
pub(super) type OrderChange = (Ref<Class>, Ref<Tuple>, Option<Ref<Tuple>>);

/// Gives a class and all below it the orders that their bases ask for, and says which have changed.
pub(super) fn renew_orders(class: &Ref<Class>, changed: &mut Vec<OrderChange>) -> Res<()> {
    let old = class.mro.get();
    let new = compute_mro(class)?;
    let same = |a: &Option<Ref<Tuple>>, b: &Option<Ref<Tuple>>| match (a, b) {
        (Some(a), Some(b)) => a.is(b),
        (a, b) => a.is_none() && b.is_none(),
    };
    if !same(&class.mro.get(), &old) {
        // `mro()` has changed the order itself, by way of other bases.
        return Ok(());
    }
    class.mro.set(Some(new.clone()));
    attribute::class_changed(class);
    changed.push((class.clone(), new, old));
    let subclasses = class.subclasses.with(|list| list.0.clone());
    for subclass in from_addresses(class, &subclasses) {
        renew_orders(&subclass, changed)?;
    }
    Ok(())
}

/// What a metaclass's `mro()` gives must be classes whose methods can work on the instances' layout.
fn check_mro(class: &Ref<Class>, items: &[Ref]) -> Res<()> {
    if items.is_empty() {
        return Err(type_error!("type MRO must not be empty"));
    }
    let solid = class.base.get().map(|base| solid_base(&base));
    for item in items {
        let Some(base) = item.downcast_class() else {
            return Err(type_error!("mro() returned a non-class ('{}')", Class::of(item).full_name()));
        };
        // The class itself has no complete MRO yet; its own layout is that of its base.
        if !base.is(class) && !solid.as_ref().is_none_or(|solid| solid.is_subclass_of(&solid_base(base))) {
            return Err(type_error!("mro() returned base with unsuitable layout ('{}')", base.full_name()));
        }
    }
    Ok(())
}

pub(super) fn linearise(class: &Ref<Class>) -> Res<Vec<Ref>> {
    let bases = class.bases.get().unwrap_or_else(tuple::empty);
    let mut sequences: Vec<Vec<Ref>> = Vec::new();
    for base in bases.items() {
        let Some(base) = base.downcast_class() else { continue };
        let Some(mro) = base.mro.get() else {
            return Err(type_error!("Cannot extend an incomplete type '{}'", base.short_name()));
        };
        sequences.push(mro.items().to_vec());
    }
    sequences.push(bases.items().to_vec());
    for (position, base) in bases.items().iter().enumerate() {
        if bases.items()[..position].iter().any(|other| other.is(base)) {
            let name = base.downcast_class().map(|base| base.short_name()).unwrap_or_default();
            return Err(type_error!("duplicate base class {name}"));
        }
    }
    let mut result = vec![class.clone().into_any()];
    loop {
        sequences.retain(|sequence| !sequence.is_empty());
        if sequences.is_empty() {
            return Ok(result);
        }
        let candidate = sequences.iter().map(|sequence| sequence[0].clone()).find(|candidate| {
            !sequences.iter().any(|sequence| sequence[1..].iter().any(|other| other.is(candidate)))
        });
        let Some(candidate) = candidate else {
            let mut shown: Vec<String> = Vec::new();
            for sequence in &sequences {
                let name = sequence[0].downcast_class().map(|class| class.short_name()).unwrap_or_default();
                if !shown.contains(&name) {
                    shown.push(name);
                }
            }
            return Err(type_error!(
                "Cannot create a consistent method resolution order (MRO) for bases {}",
                shown.join(", ")
            ));
        };
        for sequence in &mut sequences {
            if sequence.first().is_some_and(|first| first.is(&candidate)) {
                sequence.remove(0);
            }
        }
        result.push(candidate);
    }
}
