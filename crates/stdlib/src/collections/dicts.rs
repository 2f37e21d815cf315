//! Native methods that `collections` gives to its subclasses of dict: `defaultdict`, `OrderedDict`, `Counter`.
//!
//! They are method descriptors of dict itself, put into the namespaces of the subclasses by their Python source.

use ouro_heap::Ref;
use ouro_vm::{
    error::{Res, raise_with},
    native::{Args, NativeDef, plain, raw},
    objects::{
        builtin,
        class::Class,
        dict::{self, Dict},
        exception::ExceptionKind,
        int::{self, Int},
        module,
        sequence::key_error,
        str, tuple,
    },
    protocol::{attribute, call, item, iterate, object},
    state::{class_of, shared},
    types,
};

use crate::support::{parameters, this};

/// Adds the methods to the module, under names of its own.
pub(super) fn add_methods(module: &Ref) -> Res<()> {
    for (name, definition) in
        [("_missing", &METHODS[0]), ("_move_to_end", &METHODS[1]), ("_popitem", &METHODS[2])]
    {
        module::set(module, name, builtin::method_object(definition, class_of(types::DICT)))?;
    }
    Ok(())
}

static METHODS: [NativeDef; 3] = [
    plain(
        "__missing__",
        "(self, key, /)",
        missing,
        "__missing__(key) # Called by __getitem__ for missing key; pseudo-code:\n  if self.default_factory is None: raise KeyError((key,))\n  self[key] = value = self.default_factory()\n  return value\n",
    ),
    raw(
        "move_to_end",
        "(self, key, last=True)",
        move_to_end,
        "Move an existing element to the end (or beginning if last is false).\n\nRaise KeyError if the element does not exist.",
    ),
    raw(
        "popitem",
        "(self, last=True)",
        pop_item,
        "Remove and return a (key, value) pair from the dictionary.\n\nPairs are returned in LIFO order if last is true or FIFO order if false.",
    ),
];

/// The functions of the module.
pub(super) static FUNCTIONS: [NativeDef; 1] = [plain(
    "_count_elements",
    "(mapping, iterable, /)",
    count_elements,
    "Count elements in the iterable, updating the mapping",
)];

fn missing(args: &[Ref]) -> Res {
    let [dict, key] = args else { unreachable!("the arity is checked") };
    let factory = attribute::get_optional(dict, &str::intern("default_factory"))?;
    let Some(factory) = factory.filter(|factory| !factory.is(&shared().none)) else {
        return Err(key_error(key));
    };
    let value = call::call(&factory, &[])?;
    item::set(dict, key, &value)?;
    Ok(value)
}

/// The receiver, the key if there is one, and `last`. These are called often with `last=` by keyword, which is too
/// common to go the long way through the signature.
fn parts<'a>(
    args: Args<'a>,
    definition: &'static NativeDef,
    count: usize,
) -> Res<(&'a Ref, Option<&'a Ref>, bool)> {
    let positional = args.positional();
    let by_name = args.keyword("last").filter(|_| args.keyword_count() == 1);
    let last = match (positional.len() - count.min(positional.len()), args.keyword_count(), by_name) {
        (0, 0, _) => true,
        (0, 1, Some(last)) => object::is_true(last)?,
        (1, 0, _) => object::is_true(&positional[count])?,
        _ => {
            let values = definition.bind(args)?;
            values[count].as_ref().map_or(Ok(true), object::is_true)?
        }
    };
    if positional.len() < count {
        definition.bind(args)?;
    }
    Ok((&positional[0], positional.get(1), last))
}

static MOVE_TO_END: NativeDef = parameters("move_to_end", "(self, key, last=True)");
static POP_ITEM: NativeDef = parameters("popitem", "(self, last=True)");

fn move_to_end(args: Args) -> Res {
    let (receiver, key, last) = parts(args, &MOVE_TO_END, 2)?;
    let named;
    let key = match key {
        Some(key) => key,
        None => {
            named = MOVE_TO_END.bind(args)?[1].clone().expect("a required parameter");
            &named
        }
    };
    let dict = receiver.downcast::<Dict>().expect("method of dict");
    let hash = dict::key_hash(key)?;
    let at_end = dict.table.with(|table| match last {
        true => table.previous_entry(table.end()).is_some_and(|(_, found, _)| found.is(key)),
        false => table.next_entry(0).is_some_and(|(_, found, _)| found.is(key)),
    });
    if at_end {
        return Ok(shared().none.clone());
    }
    let Some((stored, value)) = dict::remove(dict, key)? else { return Err(key_error(key)) };
    if last {
        dict.table.with_mut(|table| table.insert_new(hash, stored, value))?;
        return Ok(shared().none.clone());
    }
    // The entries are in the order of insertion, so a new first one means a new table.
    let old = dict.table.with_mut(|table| -> Result<_, ouro_heap::OutOfMemory> {
        let mut fresh = ouro_heap::Table::with_capacity(table.len() + 1)?;
        fresh.insert_new(hash, stored, value)?;
        for position in 0..table.end() {
            if let Some((hash, key, value)) = table.entry(position) {
                fresh.insert_new(hash, key.clone(), value.clone())?;
            }
        }
        Ok(std::mem::replace(table, fresh))
    })?;
    drop(old);
    Ok(shared().none.clone())
}

fn pop_item(args: Args) -> Res {
    let (receiver, _, last) = parts(args, &POP_ITEM, 1)?;
    let dict = this::<Dict>(receiver);
    let pair = dict.table.with_mut(|table| {
        let position = if last { table.previous_entry(table.end()) } else { table.next_entry(0) }
            .map(|(position, _, _)| position);
        position.and_then(|position| table.remove(position))
    });
    match pair {
        Some((key, value)) => Ok(tuple::pair(key, value)),
        None => Err(raise_with(ExceptionKind::KeyError, vec![crate::support::text("dictionary is empty")])),
    }
}

fn count_elements(args: &[Ref]) -> Res {
    let [mapping, iterable] = args else { unreachable!("the arity is checked") };
    let one = int::new(1);
    if let Some(counts) = mapping.downcast::<Dict>().filter(|_| has_dict_methods(mapping)) {
        iterate::for_each(iterable, |element| {
            let hash = dict::key_hash(&element)?;
            let old = dict::get_hashed(counts, &element, hash)?;
            let new = match &old {
                None => one.clone(),
                Some(old) => increment(old, &one)?,
            };
            dict::set_hashed(counts, &element, hash, new)
        })?;
        return Ok(shared().none.clone());
    }
    let get = attribute::get(mapping, &str::intern("get"))?;
    let zero = int::new(0);
    iterate::for_each(iterable, |element| {
        let old = call::call(&get, &[element.clone(), zero.clone()])?;
        let new = increment(&old, &one)?;
        item::set(mapping, &element, &new)
    })?;
    Ok(shared().none.clone())
}

fn increment(old: &Ref, one: &Ref) -> Res {
    if old.is_exact::<Int>()
        && let Some(next) = int::as_i64(old).and_then(|old| old.checked_add(1))
    {
        return Ok(int::new(next));
    }
    ouro_vm::protocol::number::binary(ouro_bytecode::opcode::BinaryOperator::Add, old, one)
}

/// Whether a subclass of dict reads and writes items with dict's own methods.
fn has_dict_methods(mapping: &Ref) -> bool {
    let (class, dict) = (Class::of(mapping), class_of(types::DICT));
    ["get", "__setitem__"].iter().all(|name| {
        let name = str::intern(name);
        match (class.lookup(&name), dict.lookup(&name)) {
            (Some(own), Some(inherited)) => own.is(&inherited),
            _ => false,
        }
    })
}
