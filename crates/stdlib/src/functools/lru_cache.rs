//! `functools._lru_cache_wrapper`: a dictionary from keys to places in a ring of results, the oldest first.

use std::cell::Cell;

use ouro_heap::{Drain, Interior, Opaque, Payload, Ref, Trace, alloc_as};
use ouro_vm::{
    error::Res,
    native::{Args, NativeDef, plain},
    objects::{
        class::{Class, ClassDef, class_flags},
        dict::{self, Dict},
        int::{self, Int},
        method,
        slots::Slots,
        str::Str,
        tuple,
    },
    protocol::{call, number, object},
    state::{class_of, shared},
    type_error, types,
};

use super::check_callable;
use crate::support::{parameters, this};

/// How many results are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    None,
    All,
    Most(usize),
}

/// The wrapper's payload.
#[derive(Payload)]
#[payload(types::LRU_CACHE)]
pub(super) struct LruCache {
    function: Ref,
    limit: Opaque<Limit>,
    typed: bool,
    /// Without a limit: keys to results. With one: keys to numbers of places in the ring.
    cache: Ref<Dict>,
    ring: Interior<Ring>,
    hits: Cell<u64>,
    misses: Cell<u64>,
    /// Separates keywords from positional arguments in keys.
    keyword_mark: Ref,
    info_class: Ref,
}

/// Kept results, linked from the oldest to the newest.
#[derive(Default, Trace)]
struct Ring {
    places: Vec<Place>,
    free: Vec<u32>,
    oldest: u32,
    newest: u32,
}

#[derive(Trace)]
struct Place {
    hash: i64,
    key: Option<Ref>,
    value: Option<Ref>,
    older: u32,
    newer: u32,
}

const NOWHERE: u32 = u32::MAX;

impl Drain for Ring {
    fn drain_into(&mut self, trash: &mut Vec<Ref>) {
        for place in self.places.drain(..) {
            trash.extend(place.key);
            trash.extend(place.value);
        }
        *self = Ring::new();
    }
}

impl Ring {
    fn new() -> Ring {
        Ring { places: Vec::new(), free: Vec::new(), oldest: NOWHERE, newest: NOWHERE }
    }

    fn unlink(&mut self, place: u32) {
        let (older, newer) = (self.places[place as usize].older, self.places[place as usize].newer);
        match older {
            NOWHERE => self.oldest = newer,
            older => self.places[older as usize].newer = newer,
        }
        match newer {
            NOWHERE => self.newest = older,
            newer => self.places[newer as usize].older = older,
        }
    }

    fn link_newest(&mut self, place: u32) {
        let newest = self.newest;
        let entry = &mut self.places[place as usize];
        (entry.older, entry.newer) = (newest, NOWHERE);
        match newest {
            NOWHERE => self.oldest = place,
            newest => self.places[newest as usize].newer = place,
        }
        self.newest = place;
    }

    /// The value at a place, which becomes the newest.
    fn touch(&mut self, place: u32) -> Option<Ref> {
        let value = self.places.get(place as usize)?.value.clone()?;
        if self.newest != place {
            self.unlink(place);
            self.link_newest(place);
        }
        Some(value)
    }

    fn add(&mut self, hash: i64, key: Ref, value: Ref) -> u32 {
        let entry = Place { hash, key: Some(key), value: Some(value), older: NOWHERE, newer: NOWHERE };
        let place = match self.free.pop() {
            Some(place) => {
                self.places[place as usize] = entry;
                place
            }
            None => {
                self.places.push(entry);
                self.places.len() as u32 - 1
            }
        };
        self.link_newest(place);
        place
    }

    /// Takes a place out and gives what it held.
    fn remove(&mut self, place: u32) -> (i64, Option<Ref>, Option<Ref>) {
        self.unlink(place);
        self.free.push(place);
        let entry = &mut self.places[place as usize];
        (entry.hash, entry.key.take(), entry.value.take())
    }
}

static PARAMETERS: NativeDef =
    parameters("_lru_cache_wrapper", "(user_function, maxsize, typed, cache_info_type)");

fn new_slot(class: &Ref<Class>, args: Args) -> Res {
    let values = PARAMETERS.bind(args)?;
    let [Some(function), Some(max_size), Some(typed), Some(info_class)] = &values[..] else {
        unreachable!("all are required")
    };
    if Class::of(function).slots.0.call.get().is_none() {
        check_callable(function)?;
    }
    let limit = if max_size.is(&shared().none) {
        Limit::All
    } else if Class::of(max_size).slots.0.index.get().is_some() {
        match number::as_isize(max_size)? {
            ..=0 => Limit::None,
            most => Limit::Most(most as usize),
        }
    } else {
        return Err(type_error!("maxsize should be integer or None"));
    };
    let payload = LruCache {
        function: function.clone(),
        limit: Opaque(limit),
        typed: object::is_true(typed)?,
        cache: dict::new(),
        ring: Interior::new(Ring::new()),
        hits: Cell::new(0),
        misses: Cell::new(0),
        keyword_mark: call::call(class_of(types::OBJECT).as_any(), &[])?,
        info_class: info_class.clone(),
    };
    Ok(alloc_as(class.index, payload).into_any())
}

/// The key of a call: the only argument itself if it is a str or int, otherwise a tuple of everything that tells calls apart.
fn key_of(cache: &LruCache, args: Args) -> Ref {
    if !cache.typed && args.keyword_count() == 0 {
        if let [only] = args.all
            && (only.is_exact::<Int>() || only.is_exact::<Str>())
        {
            return only.clone();
        }
        return tuple::from_slice(args.all).into_any();
    }
    let mut parts: Vec<Ref> = args.positional().to_vec();
    if args.keyword_count() > 0 {
        parts.push(cache.keyword_mark.clone());
        for (name, value) in args.keywords() {
            parts.push(name.clone().into_any());
            parts.push(value.clone());
        }
    }
    if cache.typed {
        parts.extend(args.all.iter().map(|value| Class::of(value).clone().into_any()));
    }
    tuple::from_vec(parts).into_any()
}

fn count(cell: &Cell<u64>) {
    cell.set(cell.get() + 1);
}

fn call_slot(object: &Ref, args: Args) -> Res {
    let cache = this::<LruCache>(object);
    match cache.limit.0 {
        Limit::None => {
            count(&cache.misses);
            call::call_args(&cache.function, args)
        }
        Limit::All => {
            let key = key_of(cache, args);
            let hash = dict::key_hash(&key)?;
            if let Some(value) = dict::get_hashed(&cache.cache, &key, hash)? {
                count(&cache.hits);
                return Ok(value);
            }
            count(&cache.misses);
            let value = call::call_args(&cache.function, args)?;
            dict::set_hashed(&cache.cache, &key, hash, value.clone())?;
            Ok(value)
        }
        Limit::Most(most) => bounded_call(cache, most, args),
    }
}

fn place_of(object: &Ref) -> u32 {
    int::as_i64(object).expect("the cache maps keys to places") as u32
}

fn bounded_call(cache: &LruCache, most: usize, args: Args) -> Res {
    let key = key_of(cache, args);
    let hash = dict::key_hash(&key)?;
    if let Some(place) = dict::get_hashed(&cache.cache, &key, hash)?
        && let Some(value) = cache.ring.with_mut(|ring| ring.touch(place_of(&place)))
    {
        count(&cache.hits);
        return Ok(value);
    }
    count(&cache.misses);
    let value = call::call_args(&cache.function, args)?;
    // The call may have come back here and stored this very key; that result stays.
    if dict::get_hashed(&cache.cache, &key, hash)?.is_some() {
        return Ok(value);
    }
    if cache.cache.len() >= most && cache.ring.with(|ring| ring.oldest != NOWHERE) {
        let (_, old_key, old_value) = cache.ring.with_mut(|ring| ring.remove(ring.oldest));
        if let Some(old_key) = &old_key {
            dict::remove(&cache.cache, old_key)?;
        }
        drop(old_value);
    }
    let place = cache.ring.with_mut(|ring| ring.add(hash, key.clone(), value.clone()));
    dict::set_hashed(&cache.cache, &key, hash, int::new(place as i64))?;
    Ok(value)
}

fn descr_get(object: &Ref, instance: Option<&Ref>, _class: Option<&Ref>) -> Res {
    match instance {
        Some(instance) if !instance.is(&shared().none) => Ok(method::new(object.clone(), instance.clone())),
        _ => Ok(object.clone()),
    }
}

fn cache_info(args: &[Ref]) -> Res {
    let cache = this::<LruCache>(&args[0]);
    let max_size = match cache.limit.0 {
        Limit::None => int::new(0),
        Limit::All => shared().none.clone(),
        Limit::Most(most) => int::from_usize(most),
    };
    let (hits, misses) = (int::new(cache.hits.get() as i64), int::new(cache.misses.get() as i64));
    call::call(&cache.info_class, &[hits, misses, max_size, int::from_usize(cache.cache.len())])
}

fn cache_clear(args: &[Ref]) -> Res {
    let cache = this::<LruCache>(&args[0]);
    cache.hits.set(0);
    cache.misses.set(0);
    let ring = cache.ring.replace(Ring::new());
    let table = cache.cache.table.with_mut(|table| table.take_all());
    drop((table, ring));
    Ok(shared().none.clone())
}

fn copy(args: &[Ref]) -> Res {
    Ok(args[0].clone())
}

/// `functools._lru_cache_wrapper`
pub(super) static LRU_CACHE: ClassDef = ClassDef {
    module: "functools",
    flags: class_flags::BASE
        | class_flags::HAS_DICT
        | class_flags::WEAKLY_REFERENCEABLE
        | class_flags::METHOD_DESCRIPTOR,
    slots: Slots { new: Some(new_slot), call: Some(call_slot), descr_get: Some(descr_get), ..Slots::NONE },
    methods: &[
        plain("cache_info", "(self, /)", cache_info, "Report cache statistics"),
        plain("cache_clear", "(self, /)", cache_clear, "Clear the cache and cache statistics"),
        plain("__copy__", "(self, /)", copy, ""),
        plain("__deepcopy__", "(self, memo, /)", copy, ""),
    ],
    getset: &[crate::support::DICT],
    doc: "Create a cached callable that wraps another function.\n\nuser_function:      the function being cached\n\nmaxsize:  0         for no caching\n          None      for unlimited cache size\n          n         for a bounded cache\n\ntyped:    False     cache f(3) and f(3.0) as identical calls\n          True      cache f(3) and f(3.0) as distinct calls\n\ncache_info_type:    namedtuple class with the fields:\n                        hits misses currsize maxsize",
    ..ClassDef::new::<LruCache>(types::LRU_CACHE, "_lru_cache_wrapper")
};
