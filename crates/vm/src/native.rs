//! Native functions: how a builtin is declared and how its arguments arrive.
//!
//! A builtin is one function in one place: `plain("append", "(self, object, /)", append, "Append object ...")`. The
//! signature text is the one that `help()` shows; arities and keyword names are read from it.

use std::{cell::RefCell, hash::BuildHasherDefault, ops::Range};

use ahash::AHasher;
use hashbrown::HashMap;

use ouro_heap::{Ref, lend};

use crate::{
    error::Res,
    objects::{
        builtin::MethodDescriptor,
        class::{Class, DowncastClass},
        str::{Str, StrExt},
        tuple::Tuple,
    },
    type_error,
};

/// The arguments of a call: positional ones, then the values of keywords, whose names stand apart.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    /// All values.
    pub all: &'a [Ref],
    /// The names of the last values, if there are keywords.
    pub names: Option<&'a Ref<Tuple>>,
}

impl<'a> Args<'a> {
    /// Positional arguments only.
    #[inline]
    pub fn positional_only(all: &'a [Ref]) -> Args<'a> {
        Args { all, names: None }
    }

    /// The number of keywords.
    #[inline]
    pub fn keyword_count(&self) -> usize {
        self.names.map_or(0, |names| names.items().len())
    }

    /// The positional arguments.
    #[inline]
    pub fn positional(&self) -> &'a [Ref] {
        &self.all[..self.all.len() - self.keyword_count()]
    }

    /// The keyword arguments: names and values.
    pub fn keywords(&self) -> impl Iterator<Item = (&'a Ref<Str>, &'a Ref)> {
        let values = &self.all[self.all.len() - self.keyword_count()..];
        let names: &'a [Ref] = self.names.map_or(&[], |names| names.items());
        names
            .iter()
            .zip(values)
            .map(|(name, value)| (name.downcast::<Str>().expect("keyword names are strings"), value))
    }

    /// The value of a keyword.
    pub fn keyword(&self, name: &str) -> Option<&'a Ref> {
        self.keywords().find(|(key, _)| key.is_text(name)).map(|(_, value)| value)
    }

    /// TypeError if there are keywords.
    pub fn no_keywords(&self, function: &str) -> Res<()> {
        if self.keyword_count() > 0 {
            return Err(type_error!("{function}() takes no keyword arguments"));
        }
        Ok(())
    }

    /// The positional arguments, if their number lies in the range and there are no keywords; CPython's TypeError
    /// otherwise.
    pub fn exactly(&self, function: &str, min: usize, max: usize) -> Res<&'a [Ref]> {
        self.no_keywords(function)?;
        check_arity(function, self.all.len(), min, max)?;
        Ok(self.all)
    }

    /// The arguments without the first positional one.
    pub fn rest(&self) -> Args<'a> {
        Args { all: &self.all[1..], names: self.names }
    }
}

/// The TypeError for a wrong number of arguments, in the words of CPython's `_PyArg_CheckPositional`.
#[cold]
fn wrong_arity(function: &str, given: usize, min: usize, max: usize) -> crate::error::Raised {
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    if min == max {
        type_error!("{function} expected {min} argument{}, got {given}", plural(min))
    } else if given < min {
        type_error!("{function} expected at least {min} argument{}, got {given}", plural(min))
    } else {
        type_error!("{function} expected at most {max} argument{}, got {given}", plural(max))
    }
}

/// The TypeError for a keyword that a function does not know, with the one of `known` that may have been meant.
#[cold]
pub fn unexpected_keyword<'a>(
    function: &str,
    keyword: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> crate::error::Raised {
    match crate::suggestions::closest(keyword, known.into_iter()) {
        Some(close) => type_error!(
            "{function}() got an unexpected keyword argument '{keyword}'. Did you mean '{close}'?"
        ),
        None => type_error!("{function}() got an unexpected keyword argument '{keyword}'"),
    }
}

/// Checks a number of positional arguments (`usize::MAX`: no upper limit).
pub fn check_arity(function: &str, given: usize, min: usize, max: usize) -> Res<()> {
    if given < min || given > max { Err(wrong_arity(function, given, min, max)) } else { Ok(()) }
}

/// The code of a native function.
#[derive(Clone, Copy)]
pub enum Code {
    /// Positional arguments only, their number already checked against the signature.
    Plain(fn(&[Ref]) -> Res),
    /// One entry a parameter of the signature, bound from positional and keyword arguments; `None` where left out.
    Bound(fn(&[Option<Ref>]) -> Res),
    /// The arguments as they come.
    Raw(fn(Args) -> Res),
}

/// How a method found in a class is bound.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// A function of a module, or a method whose first parameter is the instance.
    Instance,
    /// `@classmethod`: the first argument is the class.
    Class,
    /// `@staticmethod`
    Static,
}

/// A native function or method: one line of a table.
#[derive(Clone, Copy)]
pub struct NativeDef {
    /// Its name.
    pub name: &'static str,
    /// Its parameters as in Python source, `self` included for methods: `(self, object, /)`.
    pub signature: &'static str,
    /// What `help()` says.
    pub doc: &'static str,
    /// The code.
    pub code: Code,
    /// How it is bound.
    pub binding: Binding,
    /// The least number of positional arguments.
    pub min: u8,
    /// The greatest number of positional arguments, 255 for any.
    pub max: u8,
    /// How many parameters can be given by position.
    pub positional: u8,
    /// What the interpreter can do in place of calling it.
    pub known: Known,
}

/// Functions that the interpreter knows so well that it need not call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Any other.
    No,
    /// `list.append`
    ListAppend,
    /// `list.pop`
    ListPop,
    /// `dict.get`
    DictGet,
    /// `set.add`
    SetAdd,
    /// `len`
    Len,
    /// `isinstance`
    IsInstance,
    /// `ord`
    Ord,
    /// `chr`
    Chr,
    /// `any`
    Any,
    /// `all`
    All,
}

impl NativeDef {
    /// The definition of a function that the interpreter knows.
    pub const fn known(self, known: Known) -> NativeDef {
        NativeDef { known, ..self }
    }
}

/// A native function with positional-only parameters.
pub const fn plain(
    name: &'static str,
    signature: &'static str,
    code: fn(&[Ref]) -> Res,
    doc: &'static str,
) -> NativeDef {
    define(name, signature, Code::Plain(code), doc)
}

/// A native function whose parameters may be given by keyword.
pub const fn bound(
    name: &'static str,
    signature: &'static str,
    code: fn(&[Option<Ref>]) -> Res,
    doc: &'static str,
) -> NativeDef {
    define(name, signature, Code::Bound(code), doc)
}

/// A native function that takes its arguments apart itself.
pub const fn raw(
    name: &'static str,
    signature: &'static str,
    code: fn(Args) -> Res,
    doc: &'static str,
) -> NativeDef {
    define(name, signature, Code::Raw(code), doc)
}

impl NativeDef {
    /// The same as a static method.
    pub const fn as_static(self) -> NativeDef {
        NativeDef { binding: Binding::Static, ..self }
    }

    /// The same as a class method; the class is the first argument.
    pub const fn as_class(self) -> NativeDef {
        NativeDef { binding: Binding::Class, ..self }
    }

    /// Calls the function.
    #[inline]
    pub fn call(&'static self, args: Args) -> Res {
        match self.code {
            Code::Plain(code) => {
                if !self.fits(args) {
                    return Err(self.plain_error(args, ""));
                }
                code(args.all)
            }
            Code::Bound(code) if self.fills_by_position(args) && self.max as usize <= lend::LENT => {
                if args.all.len() == self.max as usize {
                    code(lend::as_given(args.all))
                } else {
                    lend::with_padding::<{ lend::LENT }, _>(args.all, self.max as usize, code)
                }
            }
            Code::Bound(code) => {
                let values = self.bind(args)?;
                code(&values)
            }
            Code::Raw(code) => code(args),
        }
    }

    /// Whether the first parameter is the instance or class.
    pub fn has_self(&self) -> bool {
        self.binding != Binding::Static
            && (self.signature.starts_with("(self")
                || self.signature.starts_with("(cls")
                || self.signature.starts_with("(type"))
    }

    /// Whether a plain function accepts that many arguments.
    #[inline]
    pub(crate) fn fits(&self, args: Args) -> bool {
        args.names.is_none_or(|names| names.items().is_empty()) && self.takes(args.all.len())
    }

    /// Whether so many positional arguments are neither too few nor too many.
    #[inline]
    pub(crate) fn takes(&self, count: usize) -> bool {
        count >= self.min as usize && (self.max == 255 || count <= self.max as usize)
    }

    /// The error of a plain function that does not accept the arguments; `prefix` is the name of its module, or
    /// of the class of the receiver that it is bound to.
    #[cold]
    pub(crate) fn plain_error(&self, args: Args, prefix: &str) -> crate::error::Raised {
        let hidden = usize::from(self.has_self());
        let name = self.name;
        if args.keyword_count() > 0 {
            return type_error!("{}() takes no keyword arguments", self.spoken_name(args, prefix));
        }
        let given = args.all.len() - hidden.min(args.all.len());
        let max = if self.max == 255 { usize::MAX } else { self.max as usize - hidden };
        let min = self.min as usize - hidden;
        if (min, max) == (0, 0) {
            return type_error!("{}() takes no arguments ({given} given)", self.spoken_name(args, prefix));
        }
        if (min, max) == (1, 1) {
            return type_error!(
                "{}() takes exactly one argument ({given} given)",
                self.spoken_name(args, prefix)
            );
        }
        wrong_arity(name, given, min, max)
    }

    /// `list.append` for a method, `len` for a function of the builtins, `gc.enable` for one of another module.
    fn spoken_name(&self, args: Args, prefix: &str) -> String {
        match args.all.first() {
            Some(receiver) if self.has_self() && prefix.is_empty() => {
                let class = receiver.downcast_class().unwrap_or_else(|| Class::of(receiver));
                let owner = self.owner(Class::of(receiver)).unwrap_or_else(|| class.clone());
                format!("{}.{}", owner.name_text(), self.name)
            }
            _ if prefix.is_empty() => self.name.to_owned(),
            _ => format!("{prefix}.{}", self.name),
        }
    }

    /// The class among a class and its bases that has this as a method.
    fn owner(&self, class: &Class) -> Option<Ref<Class>> {
        let mro = class.mro_tuple()?;
        let name = crate::objects::str::intern_static(self.name);
        let is_this = |found: Ref| {
            found.payload::<MethodDescriptor>().is_some_and(|method| std::ptr::eq(method.definition.0, self))
        };
        let mut bases = mro.items().iter().filter_map(|base| base.downcast_class());
        bases.find(|base| base.own_attribute(&name).is_some_and(is_this)).cloned()
    }

    /// Whether positional arguments alone are given, as many as fit: no need to look at the signature.
    #[inline]
    fn fills_by_position(&self, args: Args) -> bool {
        let count = args.all.len();
        args.names.is_none()
            && count >= self.min as usize
            && count <= self.positional as usize
            && self.max != 255
    }

    /// Binds arguments to the parameters of the signature.
    pub fn bind(&'static self, args: Args) -> Res<Values> {
        if self.fills_by_position(args) {
            let mut values = Values::with_capacity(self.max as usize);
            values.extend(args.all.iter().cloned().map(Some));
            values.resize(self.max as usize, None);
            return Ok(values);
        }
        let parameters = Parameters::of(self);
        if self.max != 255
            && let Some(values) = parameters.take(args)
        {
            return Ok(values);
        }
        let positional = args.positional();
        let hidden = usize::from(self.has_self());
        let name = self.name;
        let allowed = parameters.list.iter().filter(|parameter| !parameter.keyword_only).count();
        let (all_given, most) =
            (args.all.len() - hidden.min(positional.len()), parameters.list.len().saturating_sub(hidden));
        if positional.len() > allowed && all_given <= most {
            let given = positional.len() - hidden;
            let required = parameters.list.iter().filter(|p| !p.keyword_only && p.required).count() - hidden;
            let allowed = allowed - hidden;
            let plural = if allowed == 1 { "" } else { "s" };
            let most = if required == allowed { "exactly" } else { "at most" };
            let positional_word = if parameters.list.iter().any(|p| p.keyword_only) || allowed == 0 {
                "positional "
            } else {
                ""
            };
            if allowed == 0 {
                return Err(type_error!("{name}() takes no positional arguments"));
            }
            return Err(type_error!(
                "{name}() takes {most} {allowed} {positional_word}argument{plural} ({given} given)"
            ));
        }
        if all_given > most {
            let least = if parameters.list.iter().any(|p| !p.required) { "at most" } else { "exactly" };
            let keyword = if all_given == args.keyword_count() { "keyword " } else { "" };
            let plural = if most == 1 { "" } else { "s" };
            return Err(type_error!(
                "{name}() takes {least} {most} {keyword}argument{plural} ({all_given} given)"
            ));
        }
        let mut values: Values = smallvec::smallvec![None; parameters.list.len()];
        for (value, argument) in values.iter_mut().zip(positional) {
            *value = Some(argument.clone());
        }
        let mut unexpected = None;
        for (key, value) in args.keywords() {
            let place = parameters.list.iter().position(|p| !p.positional_only && key.is_text(p.name));
            let Some(position) = place else {
                unexpected.get_or_insert(key.to_text());
                continue;
            };
            if values[position].is_some() {
                return Err(type_error!(
                    "argument for {name}() given by name ('{}') and position ({})",
                    key.to_text(),
                    position + 1 - hidden
                ));
            }
            values[position] = Some(value.clone());
        }
        for (position, (value, parameter)) in values.iter().zip(&parameters.list).enumerate() {
            if value.is_none() && parameter.required {
                if parameter.positional_only {
                    let required =
                        parameters.list.iter().filter(|p| p.positional_only && p.required).count() - hidden;
                    let plural = if required == 1 { "" } else { "s" };
                    let least =
                        if parameters.list.iter().any(|p| !p.required) { "at least" } else { "exactly" };
                    return Err(type_error!(
                        "{name}() takes {least} {required} positional argument{plural} ({} given)",
                        positional.len() - hidden.min(positional.len())
                    ));
                }
                return Err(type_error!(
                    "{name}() missing required argument '{}' (pos {})",
                    parameter.name,
                    position + 1 - hidden
                ));
            }
        }
        // What is missing is reported before what should not be there.
        if let Some(key) = unexpected {
            let known = parameters.list.iter().filter(|parameter| !parameter.positional_only);
            return Err(unexpected_keyword(name, &key, known.map(|parameter| parameter.name)));
        }
        Ok(values)
    }
}

thread_local! {
    /// The tables of functions of modules with the modules' names, for messages.
    static TABLES: RefCell<Vec<(Range<*const NativeDef>, String)>> = const { RefCell::new(Vec::new()) };
}

/// Remembers which module a table of functions belongs to.
pub(crate) fn name_table(functions: &'static [NativeDef], module: &str) {
    TABLES.with(|tables| tables.borrow_mut().push((functions.as_ptr_range(), module.to_owned())));
}

/// The values of a function's parameters.
pub type Values = smallvec::SmallVec<[Option<Ref>; 8]>;

struct Parameter<'a> {
    name: &'a str,
    required: bool,
    positional_only: bool,
    keyword_only: bool,
}

struct Parameters<'a> {
    list: Vec<Parameter<'a>>,
    /// The names as interned strings, which are immortal.
    names: Vec<Ref<Str>>,
}

impl Parameters<'static> {
    /// The parameters of a function, read from its signature at the first call that needs them.
    fn of(definition: &'static NativeDef) -> &'static Parameters<'static> {
        thread_local! {
            static PARSED: RefCell<HashMap<usize, &'static Parameters<'static>, BuildHasherDefault<AHasher>>> =
                RefCell::default();
        }
        PARSED.with(|parsed| {
            *parsed
                .borrow_mut()
                .entry(std::ptr::from_ref(definition) as usize)
                // Definitions are static and few, so this is no leak that grows.
                .or_insert_with(|| Box::leak(Box::new(Parameters::parse(definition.signature))))
        })
    }
}

impl Parameters<'static> {
    /// The values of arguments that are in order: keywords are the names of parameters themselves, and none is missing.
    fn take(&self, args: Args) -> Option<Values> {
        let positional = args.positional();
        let mut values: Values = smallvec::smallvec![None; self.list.len()];
        if positional.len() > self.list.len() {
            return None;
        }
        for ((value, argument), parameter) in values.iter_mut().zip(positional).zip(&self.list) {
            if parameter.keyword_only {
                return None;
            }
            *value = Some(argument.clone());
        }
        let keywords = args.names.map_or(&[][..], |names| names.items());
        for (key, value) in keywords.iter().zip(&args.all[positional.len()..]) {
            let place = self.names.iter().position(|name| name.as_any().is(key))?;
            if self.list[place].positional_only || values[place].is_some() {
                return None;
            }
            values[place] = Some(value.clone());
        }
        let complete =
            values.iter().zip(&self.list).all(|(value, parameter)| value.is_some() || !parameter.required);
        complete.then_some(values)
    }

    fn parse(signature: &'static str) -> Parameters<'static> {
        let inner = signature.trim_start_matches('(').trim_end_matches(')');
        let mut list: Vec<Parameter> = Vec::new();
        let mut keyword_only = false;
        for part in inner.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match part {
                "/" => list.iter_mut().for_each(|parameter| parameter.positional_only = true),
                "*" => keyword_only = true,
                _ => {
                    let (name, default) =
                        part.split_once('=').map_or((part, None), |(name, default)| (name, Some(default)));
                    list.push(Parameter {
                        name,
                        required: default.is_none(),
                        positional_only: false,
                        keyword_only,
                    });
                }
            }
        }
        let names = list.iter().map(|parameter| crate::objects::str::intern_static(parameter.name)).collect();
        Parameters { list, names }
    }
}

const fn define(name: &'static str, signature: &'static str, code: Code, doc: &'static str) -> NativeDef {
    let (min, max, positional) = arity(signature.as_bytes());
    NativeDef {
        name,
        signature,
        doc,
        code,
        binding: Binding::Instance,
        min,
        max,
        positional,
        known: Known::No,
    }
}

/// Counts the parameters of a signature: those without a default, all (255 with a `*args`), and those before a `*`.
const fn arity(signature: &[u8]) -> (u8, u8, u8) {
    let (mut min, mut max, mut positional, mut keyword_only) = (0, 0, 0, false);
    let mut index = 1;
    while index < signature.len() {
        let mut end = index;
        let (mut has_default, mut starred, mut marker, mut depth) = (false, false, true, 0);
        while end < signature.len() {
            match signature[end] {
                b'(' | b'[' | b'{' => depth += 1,
                b')' if depth == 0 => break,
                b')' | b']' | b'}' => depth -= 1,
                b',' if depth == 0 => break,
                b'=' => has_default = true,
                b'*' => starred = true,
                b' ' | b'/' => {}
                _ => marker = false,
            }
            end += 1;
        }
        if starred {
            keyword_only = true;
            if !marker {
                max = 255;
            }
        } else if !marker {
            if !keyword_only {
                positional += 1;
            }
            if !has_default {
                min += 1;
            }
            max = u8::saturating_add(max, 1);
        }
        index = end + 1;
    }
    (min, max, positional)
}
