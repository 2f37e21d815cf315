//! `code`: compiled code on the heap, with instructions that the interpreter rewrites in place.

use std::{
    cell::Cell,
    collections::HashMap,
    rc::Rc,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

use ouro_bytecode::{
    ConstantKey,
    code::{self as bytecode, Constant, LocalKind, flags},
    opcode::Op,
};
use ouro_heap::{Opaque, Payload, Ref, alloc_untracked};

use crate::{
    error::Res,
    objects::{
        bool_,
        class::{ClassDef, class_flags, getter, member},
        complex, float, int, set,
        slots::Slots,
        str::{self, Str, StrExt},
        tuple,
    },
    state::shared,
    types,
};

/// A code object's payload.
#[derive(Payload)]
#[payload(types::CODE)]
pub struct Code {
    /// What the compiler made.
    pub source: Opaque<Rc<bytecode::Code>>,
    /// Instructions and inline caches, rewritten by the interpreter loop.
    pub words: Opaque<Box<[Cell<u64>]>>,
    /// Constants as objects.
    pub constants: Box<[Ref]>,
    /// Names as interned strings.
    pub names: Box<[Ref<Str>]>,
    /// Names of the locals, slot by slot.
    pub locals: Box<[Ref<Str>]>,
    /// Names of the closure's cells.
    pub free_names: Box<[Ref<Str>]>,
    /// `co_name`
    pub name: Ref<Str>,
    /// `co_qualname`
    pub qualname: Ref<Str>,
    /// `co_filename`
    pub filename: Ref<Str>,
    /// Slots of the frame.
    pub frame_size: u32,
    /// Bytes of the stack that must be there for a frame that is entered in the loop, from the function in front of it.
    pub reach: u32,
    /// Slots to release on return.
    pub clear_size: u32,
    /// Positional parameters.
    pub arg_count: u32,
    /// Parameters that take one argument, those that are given by keyword only included.
    pub parameters: u32,
    /// A number that no other code object has; 0 if there are too many.
    pub number: u32,
    /// `co_flags`
    pub flags: u32,
    /// Positional parameters of code that needs no binding when given exactly as many; else a number no call has.
    pub simple_count: u32,
    /// Whether a call with exactly `arg_count` positional arguments needs no binding at all.
    pub simple: bool,
    /// Whether instructions for names have become instructions for globals.
    names_are_globals: Cell<bool>,
    /// How many frames run, or could be made at any time, whose names are not simply those of their globals.
    other_namespaces: Cell<u32>,
}

/// The slots that a frame which is entered in the loop finds initialised around its registers: function and linkage in front,
/// and room behind.
const ROOM_AROUND: u32 = 3 + 8;

/// The number of the next code object.
static NUMBERS: AtomicU32 = AtomicU32::new(1);

/// The constants of one compilation: equal ones are one object in all the functions of a script.
///
/// CPython's syntax tree holds the literals of a script, or of a text given to `exec`, until it has run; so does who
/// keeps this while it runs, and the constants have CPython's counts.
#[derive(Default)]
pub struct Constants {
    known: HashMap<ConstantKey, Ref, std::hash::BuildHasherDefault<ahash::AHasher>>,
}

impl Constants {
    fn object(&mut self, constant: &Constant) -> Res {
        if let Constant::Code(code) = constant {
            return Ok(self.code(code)?.into_any());
        }
        let key = ConstantKey(constant.clone());
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let made = self.make(constant)?;
        self.known.insert(key, made.clone());
        Ok(made)
    }

    fn objects(&mut self, constants: &[Constant]) -> Res<Vec<Ref>> {
        constants.iter().map(|constant| self.object(constant)).collect()
    }

    fn make(&mut self, constant: &Constant) -> Res {
        let shared = shared();
        Ok(match constant {
            Constant::None => shared.none.clone(),
            Constant::Bool(value) => bool_::new(*value),
            Constant::Ellipsis => shared.ellipsis.clone(),
            Constant::Int(value) => int::new(*value),
            Constant::BigInt(digits) => {
                int::from_big(digits.parse().map_err(|_| crate::value_error!("invalid integer constant"))?)
            }
            Constant::Float(value) => float::new(*value),
            Constant::Complex(real, imaginary) => complex::new(*real, *imaginary),
            Constant::Str { wtf8, intern } => {
                let string = str::from_wtf8(wtf8);
                if *intern { str::intern_object(&string).into_any() } else { string.into_any() }
            }
            Constant::Bytes(bytes) => crate::objects::bytes::new(bytes).into_any(),
            Constant::Tuple(items) => tuple::from_vec(self.objects(items)?).into_any(),
            Constant::FrozenSet(items) => {
                // CPython makes the set a second time, of the first one's elements, when it merges equal constants. The
                // order of the elements shows that.
                let first = set::frozen_from_items(&self.objects(items)?)?;
                set::frozen_from_items(&crate::protocol::iterate::collect(&first)?)?
            }
            Constant::Slice(parts) => {
                let [start, stop, step] =
                    [self.object(&parts[0])?, self.object(&parts[1])?, self.object(&parts[2])?];
                crate::objects::slice::new(start, stop, step)
            }
            Constant::Code(code) => self.code(code)?.into_any(),
        })
    }

    fn code(&mut self, source: &Rc<bytecode::Code>) -> Res<Ref<Code>> {
        let constants = self.objects(&source.constants)?;
        Ok(make(source, constants))
    }
}

/// Puts compiled code, and the code nested in it, on the heap.
pub fn new(source: &Rc<bytecode::Code>) -> Res<Ref<Code>> {
    Constants::default().code(source)
}

/// The same, with the constants for the time that the code runs.
pub fn with_constants(source: &Rc<bytecode::Code>) -> Res<(Ref<Code>, Constants)> {
    let mut constants = Constants::default();
    let code = constants.code(source)?;
    Ok((code, constants))
}

/// A code object of compiled code and its constants as objects.
pub(crate) fn make(source: &Rc<bytecode::Code>, constants: Vec<Ref>) -> Ref<Code> {
    let intern_all =
        |names: &mut dyn Iterator<Item = &Rc<str>>| names.map(|name| str::intern(name)).collect::<Vec<_>>();
    let simple_flags = flags::VARARGS | flags::VARKEYWORDS;
    // Code refers to constants only, so it takes part in no cycle.
    alloc_untracked(Code {
        words: Opaque(source.words.iter().map(|word| Cell::new(word.0)).collect()),
        constants: constants.into(),
        names: intern_all(&mut source.names.iter()).into(),
        locals: intern_all(&mut source.locals.iter().map(|(name, _)| name)).into(),
        free_names: intern_all(&mut source.free_names.iter()).into(),
        name: str::intern(&source.name),
        qualname: str::intern(&source.qualname),
        filename: str::intern(&source.filename),
        frame_size: source.frame_size as u32,
        reach: (source.frame_size as u32 + ROOM_AROUND) * size_of::<usize>() as u32,
        clear_size: source.clear_size as u32,
        arg_count: source.arg_count,
        parameters: source.arg_count + source.keyword_only_count,
        number: NUMBERS.fetch_update(Relaxed, Relaxed, |last| last.checked_add(1)).unwrap_or(0),
        flags: source.flags,
        simple: source.flags & simple_flags == 0 && source.keyword_only_count == 0,
        names_are_globals: Cell::new(false),
        other_namespaces: Cell::new(0),
        simple_count: if source.flags & simple_flags == 0 && source.keyword_only_count == 0 {
            source.arg_count
        } else {
            u32::MAX
        },
        source: Opaque(source.clone()),
    })
}

impl Code {
    /// The kind of a local's slot.
    pub fn local_kind(&self, slot: usize) -> LocalKind {
        self.source.0.locals[slot].1
    }

    /// Asks whether instructions for names may become instructions for globals, for a frame whose namespace is the globals.
    pub(crate) fn take_names_for_globals(&self) -> bool {
        let may = self.other_namespaces.get() == 0;
        if may {
            self.names_are_globals.set(true);
        }
        may
    }

    /// Makes the instructions for names what they were, and keeps them so until [`Code::leave_namespace`]: the code is about to
    /// run with a namespace beside the globals, or with globals that are no plain dictionary.
    pub(crate) fn enter_namespace(&self) {
        self.other_namespaces.set(self.other_namespaces.get().saturating_add(1));
        if !self.names_are_globals.replace(false) {
            return;
        }
        let source = &self.source.0.words;
        let mut at = 0;
        while at < source.len() {
            let op = Op::ALL[source[at].op() as usize];
            if matches!(op, Op::LoadName | Op::StoreName) {
                self.words.0[at].set(source[at].0);
            }
            at += 1 + op.extra_words();
        }
    }

    /// See [`Code::enter_namespace`].
    pub(crate) fn leave_namespace(&self) {
        self.other_namespaces.set(self.other_namespaces.get() - 1);
    }

    /// Whether calls make a generator, a coroutine or an asynchronous generator.
    pub fn is_generator(&self) -> bool {
        self.flags & (flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR) != 0
    }

    /// The position of the instruction at a word.
    pub fn position(&self, word: usize) -> bytecode::Position {
        self.source.0.positions.get(word).copied().unwrap_or_default()
    }

    /// `co_varnames`: parameters and plain or captured locals.
    pub fn variable_names(&self) -> Vec<Ref> {
        let locals = self.locals.iter().zip(&self.source.0.locals);
        let parameters = self.parameter_slots();
        locals
            .enumerate()
            .filter(|(slot, (_, (_, kind)))| *slot < parameters || *kind == LocalKind::Plain)
            .map(|(_, (name, _))| name.clone().into_any())
            .collect()
    }

    /// Slots that parameters take, `*args` and `**kwargs` included.
    pub fn parameter_slots(&self) -> usize {
        let source = &self.source.0;
        let stars =
            (source.flags & flags::VARARGS != 0) as u32 + (source.flags & flags::VARKEYWORDS != 0) as u32;
        (source.arg_count + source.keyword_only_count + stars) as usize
    }
}

fn payload(object: &Ref) -> &Code {
    object.payload::<Code>().expect("a code object")
}

fn repr(object: &Ref) -> Res {
    let code = payload(object);
    let text = format!(
        "<code object {} at {:#x}, file \"{}\", line {}>",
        code.name.to_text(),
        object.address(),
        code.filename.to_text(),
        code.source.0.first_line
    );
    Ok(str::new(&text).into_any())
}

fn names_of(names: &[Ref<Str>]) -> Res {
    Ok(tuple::from_vec(names.iter().map(|name| name.clone().into_any()).collect()).into_any())
}

fn cell_names(object: &Ref) -> Res {
    let code = payload(object);
    let cells =
        code.locals.iter().zip(&code.source.0.locals).filter(|(_, (_, kind))| *kind == LocalKind::Cell);
    Ok(tuple::from_vec(cells.map(|(name, _)| name.clone().into_any()).collect()).into_any())
}

/// `code`
pub static CODE: ClassDef = ClassDef {
    flags: class_flags::NO_INSTANTIATION | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { repr: Some(repr), ..Slots::NONE },
    methods: &super::code_methods::METHODS,
    getset: &[
        member("co_name", |code| Ok(payload(code).name.clone().into_any()), ""),
        member("co_qualname", |code| Ok(payload(code).qualname.clone().into_any()), ""),
        member("co_filename", |code| Ok(payload(code).filename.clone().into_any()), ""),
        member("co_firstlineno", |code| Ok(int::new(payload(code).source.0.first_line as i64)), ""),
        member("co_argcount", |code| Ok(int::new(payload(code).arg_count as i64)), ""),
        member(
            "co_posonlyargcount",
            |code| Ok(int::new(payload(code).source.0.positional_only_count as i64)),
            "",
        ),
        member(
            "co_kwonlyargcount",
            |code| Ok(int::new(payload(code).source.0.keyword_only_count as i64)),
            "",
        ),
        member("co_nlocals", |code| Ok(int::from_usize(payload(code).variable_names().len())), ""),
        member(
            "co_stacksize",
            |code| Ok(int::from_usize(payload(code).frame_size as usize - payload(code).locals.len())),
            "",
        ),
        member("co_flags", |code| Ok(int::new(payload(code).flags as i64)), ""),
        member("co_consts", |code| Ok(tuple::from_slice(&payload(code).constants).into_any()), ""),
        member("co_names", |code| names_of(&payload(code).names), ""),
        getter("co_varnames", |code| Ok(tuple::from_vec(payload(code).variable_names()).into_any()), ""),
        getter("co_freevars", |code| names_of(&payload(code).free_names), ""),
        getter("co_cellvars", cell_names, ""),
        getter(
            "co_code",
            |code| {
                let bytes: Vec<u8> =
                    payload(code).source.0.words.iter().flat_map(|word| word.0.to_le_bytes()).collect();
                Ok(crate::objects::bytes::new(&bytes).into_any())
            },
            "",
        ),
    ],
    ..ClassDef::new::<Code>(types::CODE, "code")
};
