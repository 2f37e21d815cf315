//! `_json.Encoder`: from objects to text.

use std::{cmp::Ordering, ptr};

use ouro_bytecode::opcode::BinaryOperator;
use ouro_heap::{Opaque, Payload, Ref};
use ouro_vm::{
    error::Res,
    native::{Args, NativeDef},
    objects::{
        arguments::name_or_none,
        bool_,
        builtin::BuiltinFunction,
        class::{Class, ClassDef, member},
        dict::Dict,
        float::{self, Float},
        int,
        list::{self, List},
        slots::Slots,
        str::{self, Str, StrExt},
        tuple::{self, Tuple},
    },
    protocol::{
        call, iterate, number,
        object::{self, NativeCall},
    },
    state::shared,
    type_error, types, value_error,
};

use super::{
    FUNCTIONS, check_most,
    output::Output,
    quoting::{Quoting, put_quoted},
    size,
};
use crate::support::{make, parameters, text, this};

/// How JSON texts are written.
#[derive(Payload)]
#[payload(types::JSON_ENCODER)]
pub(super) struct Encoder {
    /// A dictionary if circles are to be found, otherwise None. What is open is noted elsewhere.
    markers: Ref,
    default: Ref,
    encoder: Ref,
    /// What the function `encoder` does, if it is one of this module.
    quoting: Opaque<Option<Quoting>>,
    indent: Ref,
    key_separator: Ref<Str>,
    item_separator: Ref<Str>,
    sort_keys: bool,
    skip_keys: bool,
    allow_nan: bool,
}

static MAKE_ENCODER: NativeDef = parameters(
    "make_encoder",
    "(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
);
static ITERENCODE: NativeDef = parameters("_iterencode", "(obj, _current_indent_level)");

fn new_slot(class: &Ref<Class>, args: Args) -> Res {
    check_most(&MAKE_ENCODER, args)?;
    let values = MAKE_ENCODER.bind(args)?;
    let given = |place: usize| values[place].as_ref().expect("a required parameter");
    let separator = |place: usize| {
        given(place).downcast::<Str>().cloned().ok_or_else(|| {
            let place = place + 1;
            type_error!("make_encoder() argument {place} must be str, not {}", name_or_none(given(place - 1)))
        })
    };
    let (key_separator, item_separator) = (separator(4)?, separator(5)?);
    let (sort_keys, skip_keys, allow_nan) =
        (object::is_true(given(6))?, object::is_true(given(7))?, object::is_true(given(8))?);
    let markers = given(0);
    if !markers.is(&shared().none) && markers.payload::<Dict>().is_none() {
        let class = Class::of(markers).short_name();
        return Err(type_error!("make_encoder() argument 1 must be dict or None, not {class}"));
    }
    let encoder = Encoder {
        markers: markers.clone(),
        default: given(1).clone(),
        encoder: given(2).clone(),
        quoting: Opaque(quoting_of(given(2))),
        indent: given(3).clone(),
        key_separator,
        item_separator,
        sort_keys,
        skip_keys,
        allow_nan,
    };
    Ok(make(class, encoder))
}

/// What a function of this module does with strings.
fn quoting_of(encoder: &Ref) -> Option<Quoting> {
    let definition = encoder.payload::<BuiltinFunction>()?.definition.0;
    match FUNCTIONS.iter().position(|function| ptr::eq(function, definition))? {
        0 => Some(Quoting::Ascii),
        1 => Some(Quoting::Plain),
        _ => None,
    }
}

/// `_iterencode(obj, _current_indent_level)`: the pieces of the text, of which there is one.
fn call_slot(object: &Ref, args: Args) -> Res {
    check_most(&ITERENCODE, args)?;
    let values = ITERENCODE.bind(args)?;
    let [Some(value), Some(level)] = &values[..] else { unreachable!("both parameters are required") };
    let level = size(level)?;
    let encoder = this::<Encoder>(object);
    let mut run = Run {
        encoder,
        out: Output::default(),
        open: Vec::new(),
        finds_circles: !encoder.markers.is(&shared().none),
        lines: encoder.first_line(level)?.into_iter().collect(),
    };
    run.value(value, 0)?;
    Ok(tuple::from_vec(vec![run.out.finish()?.into_any()]).into_any())
}

impl Encoder {
    /// What begins a line at the depth where the text begins, if it has lines.
    fn first_line(&self, level: isize) -> Res<Option<Ref<Str>>> {
        if self.indent.is(&shared().none) {
            return Ok(None);
        }
        let class = Class::of(&self.indent);
        let line = text("\n");
        if level == 0 {
            return Ok(line.into::<Str>().ok());
        }
        if !iterate::is_sequence(class) {
            return Err(type_error!("'{}' object can't be repeated", class.short_name()));
        }
        let indent = number::binary(BinaryOperator::Mul, &self.indent, &int::new(level as i64))?;
        longer(&line, &indent).map(Some)
    }
}

/// A line's beginning and more indentation.
fn longer(line: &Ref, indent: &Ref) -> Res<Ref<Str>> {
    let longer = number::binary(BinaryOperator::Add, line, indent)?;
    longer.into::<Str>().map_err(|_| type_error!("indent must be a string"))
}

/// `_json.Encoder`
pub(super) static ENCODER: ClassDef = ClassDef {
    module: "_json",
    slots: Slots { new: Some(new_slot), call: Some(call_slot), ..Slots::NONE },
    getset: &[
        member("markers", |object| Ok(this::<Encoder>(object).markers.clone()), "markers"),
        member("default", |object| Ok(this::<Encoder>(object).default.clone()), "default"),
        member("encoder", |object| Ok(this::<Encoder>(object).encoder.clone()), "encoder"),
        member("indent", |object| Ok(this::<Encoder>(object).indent.clone()), "indent"),
        member(
            "key_separator",
            |object| Ok(this::<Encoder>(object).key_separator.clone().into_any()),
            "key_separator",
        ),
        member(
            "item_separator",
            |object| Ok(this::<Encoder>(object).item_separator.clone().into_any()),
            "item_separator",
        ),
        member("sort_keys", |object| Ok(bool_::new(this::<Encoder>(object).sort_keys)), "sort_keys"),
        member("skipkeys", |object| Ok(bool_::new(this::<Encoder>(object).skip_keys)), "skipkeys"),
    ],
    doc: "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
    ..ClassDef::new::<Encoder>(types::JSON_ENCODER, "Encoder")
};

/// One run over an object.
struct Run<'a> {
    encoder: &'a Encoder,
    out: Output,
    /// The addresses of the containers that are being written.
    open: Vec<usize>,
    finds_circles: bool,
    /// What begins a line at each depth, as far as it was needed; nothing where all stands on one line.
    lines: Vec<Ref<Str>>,
}

impl Run<'_> {
    fn value(&mut self, value: &Ref, depth: usize) -> Res<()> {
        if self.atom(value)? {
            return Ok(());
        }
        let _call = NativeCall::enter(" while encoding a JSON object")?;
        match value.header().type_index() {
            types::LIST | types::TUPLE => self.array(value, depth),
            types::DICT => self.object(value, depth),
            _ if value.payload::<List>().is_some() || value.payload::<Tuple>().is_some() => {
                self.array(value, depth)
            }
            _ if value.payload::<Dict>().is_some() => self.object(value, depth),
            _ => self.other(value, depth),
        }
    }

    /// Appends what is no container; whether it was such.
    #[inline]
    fn atom(&mut self, value: &Ref) -> Res<bool> {
        if let Some(text) = value.downcast::<Str>() {
            self.string(text)?;
        } else if !self.constant(value) {
            if int::is_int(value) {
                self.int(value)?;
            } else if let Some(float) = value.payload::<Float>() {
                self.float(value, float.value.get())?;
            } else {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Appends None, True or False; whether it was one.
    #[inline]
    fn constant(&mut self, value: &Ref) -> bool {
        let shared = shared();
        let word: &[u8] = if value.is(&shared.none) {
            b"null"
        } else if value.is(&shared.true_) {
            b"true"
        } else if value.is(&shared.false_) {
            b"false"
        } else {
            return false;
        };
        self.out.bytes(word);
        true
    }

    fn int(&mut self, value: &Ref) -> Res<()> {
        match int::as_i64(value) {
            Some(small) => self.out.bytes(itoa::Buffer::new().format(small).as_bytes()),
            None => {
                let digits = int::text::repr(value)?;
                if let Some(digits) = digits.payload::<Str>() {
                    self.out.str(digits)?;
                }
            }
        }
        Ok(())
    }

    fn float(&mut self, object: &Ref, value: f64) -> Res<()> {
        if value.is_finite() {
            return Ok(self.out.str(&float::repr_text(value))?);
        }
        if !self.encoder.allow_nan {
            let shown = object::repr(object)?;
            return Err(value_error!(
                "Out of range float values are not JSON compliant: {}",
                shown.to_text()
            ));
        }
        self.out.bytes(if value.is_nan() {
            b"NaN"
        } else if value > 0.0 {
            b"Infinity"
        } else {
            b"-Infinity"
        });
        Ok(())
    }

    fn string(&mut self, value: &Ref<Str>) -> Res<()> {
        if let Some(quoting) = self.encoder.quoting.0 {
            return Ok(put_quoted(&mut self.out, value, quoting)?);
        }
        let quoted = call::call(&self.encoder.encoder, &[value.clone().into_any()])?;
        match quoted.downcast::<Str>() {
            Some(quoted) => Ok(self.out.str(quoted)?),
            None => {
                Err(type_error!("encoder() must return a string, not {}", Class::of(&quoted).short_name()))
            }
        }
    }

    /// Notes a container that is being written, in which it must not come up again.
    fn enter(&mut self, object: &Ref) -> Res<()> {
        if self.finds_circles {
            if self.open.contains(&object.address()) {
                return Err(value_error!("Circular reference detected"));
            }
            self.open.push(object.address());
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.open.pop();
    }

    /// Begins a line at a depth, if the text has lines.
    fn line(&mut self, depth: usize) -> Res<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        while self.lines.len() <= depth {
            let last = &self.lines[self.lines.len() - 1];
            self.lines.push(longer(last.as_any(), &self.encoder.indent)?);
        }
        Ok(self.out.str(&self.lines[depth])?)
    }

    fn separate(&mut self, depth: usize) -> Res<()> {
        self.out.str(&self.encoder.item_separator)?;
        self.line(depth)
    }

    fn array(&mut self, object: &Ref, depth: usize) -> Res<()> {
        // A list may change while it is written; a subclass is asked for its items.
        let list = object.payload::<List>().filter(|_| object.is_exact::<List>());
        let own;
        let items = match object.payload::<Tuple>().filter(|_| object.is_exact::<Tuple>()) {
            _ if list.is_some() => &[],
            Some(tuple) => tuple.items(),
            None => {
                own = iterate::collect_or(object, || type_error!("_iterencode_list needs a sequence"))?;
                &own[..]
            }
        };
        let mut next = match list {
            Some(list) => list.get(0),
            None => items.first().cloned(),
        };
        if next.is_none() {
            self.out.bytes(b"[]");
            return Ok(());
        }
        self.enter(object)?;
        self.out.byte(b'[');
        self.line(depth + 1)?;
        let mut place = 0;
        while let Some(value) = next {
            if place > 0 {
                self.separate(depth + 1)?;
            }
            self.value(&value, depth + 1)?;
            place += 1;
            next = match list {
                Some(list) => list.get(place),
                None => items.get(place).cloned(),
            };
        }
        self.leave();
        self.line(depth)?;
        self.out.byte(b']');
        Ok(())
    }

    fn object(&mut self, object: &Ref, depth: usize) -> Res<()> {
        let Some(dict) = object.payload::<Dict>() else { return Ok(()) };
        if dict.is_empty() {
            self.out.bytes(b"{}");
            return Ok(());
        }
        self.enter(object)?;
        self.out.byte(b'{');
        self.line(depth + 1)?;
        let mut first = true;
        if let Some(pairs) = self.sorted_by_name(object) {
            for (name, value) in pairs {
                self.member(&name, &value, depth + 1, &mut first)?;
            }
        } else if self.encoder.sort_keys || !object.is_exact::<Dict>() {
            for item in self.items(object)? {
                let Some([key, value]) = item.payload::<Tuple>().map(Tuple::items) else {
                    return Err(value_error!("items must return 2-tuples"));
                };
                self.member(key, value, depth + 1, &mut first)?;
            }
        } else {
            let mut position = 0;
            let next = |position| {
                dict.table.with(|table| {
                    table.next_entry(position).map(|(at, key, value)| (at, key.clone(), value.clone()))
                })
            };
            while let Some((at, key, value)) = next(position) {
                self.member(&key, &value, depth + 1, &mut first)?;
                position = at + 1;
            }
        }
        self.leave();
        self.line(depth)?;
        self.out.byte(b'}');
        Ok(())
    }

    /// The pairs of a plain dictionary whose keys are to be sorted, if they are strings, which compare without running code.
    fn sorted_by_name(&self, object: &Ref) -> Option<Vec<(Ref, Ref)>> {
        let dict =
            object.payload::<Dict>().filter(|_| self.encoder.sort_keys && object.is_exact::<Dict>())?;
        let mut pairs = dict.snapshot();
        if !pairs.iter().all(|(key, _)| key.is_exact::<Str>()) {
            return None;
        }
        pairs.sort_unstable_by(|(a, _), (b, _)| match (a.payload::<Str>(), b.payload::<Str>()) {
            (Some(a), Some(b)) => str::order(a, b),
            _ => Ordering::Equal,
        });
        Some(pairs)
    }

    /// The pairs of a mapping, in the order in which they are written.
    fn items(&self, object: &Ref) -> Res<Vec<Ref>> {
        let items = iterate::collect(&call::call_method(object, &str::intern("items"), &[])?)?;
        if !self.encoder.sort_keys {
            return Ok(items);
        }
        let items = list::from_vec(items)?;
        call::call_method(items.as_any(), &str::intern("sort"), &[])?;
        Ok(items.snapshot())
    }

    fn member(&mut self, key: &Ref, value: &Ref, depth: usize, first: &mut bool) -> Res<()> {
        let name = match key.downcast::<Str>() {
            Some(name) => name.clone(),
            None => match self.key_text(key)? {
                Some(name) => name,
                None => return Ok(()),
            },
        };
        if !*first {
            self.separate(depth)?;
        }
        *first = false;
        self.string(&name)?;
        self.out.str(&self.encoder.key_separator)?;
        self.value(value, depth)
    }

    /// The text for a key that is no string; nothing for one that is left out.
    #[inline(never)]
    fn key_text(&mut self, key: &Ref) -> Res<Option<Ref<Str>>> {
        let whole = std::mem::take(&mut self.out);
        let known = self.atom(key);
        let name = std::mem::replace(&mut self.out, whole);
        if known? {
            return name.finish().map(Some);
        }
        if self.encoder.skip_keys {
            return Ok(None);
        }
        let class = Class::of(key).short_name();
        Err(type_error!("keys must be str, int, float, bool or None, not {class}"))
    }

    /// Appends what the program wants to see for an object that JSON does not know.
    fn other(&mut self, object: &Ref, depth: usize) -> Res<()> {
        self.enter(object)?;
        let shown = call::call(&self.encoder.default, std::slice::from_ref(object))?;
        self.value(&shown, depth)?;
        self.leave();
        Ok(())
    }
}
