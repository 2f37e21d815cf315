//! `_struct`: values packed into bytes as C lays them out.

use std::{cell::RefCell, mem, rc::Rc};

use ouro_heap::{Opaque, Payload, Ref, Slot};
use ouro_vm::{
    boot,
    error::{Raised, Res, raise_object, take_if},
    native::{Args, NativeDef, plain, raw},
    objects::{
        bool_, bytes,
        class::{Class, ClassDef, class_flags, member},
        exception::ExceptionKind,
        float, int, list, module,
        sequence::size_with_storage,
        slots::Slots,
        str::{self, Str, StrExt},
        tuple,
    },
    protocol::{attribute, call, iterate, number, object},
    state::shared,
    types,
};

use crate::support::{make, text, this};

/// One kind of value in a format, as often as it says there.
#[derive(Clone, Copy, Debug)]
struct Field {
    code: u8,
    /// How many bytes a value takes; for `s` and `p` all of them.
    size: usize,
    /// Where the first one begins.
    offset: usize,
    /// How many there are, one behind the other.
    count: usize,
}

/// A format, taken apart.
#[derive(Clone, Debug)]
struct Layout {
    fields: Vec<Field>,
    /// How many values there are in all fields.
    values: usize,
    size: usize,
    little: bool,
    /// Sizes and alignment are those of C here.
    native: bool,
}

/// A Struct's payload.
#[derive(Payload)]
#[payload(types::STRUCT)]
pub(crate) struct Struct {
    format: Slot,
    layout: Opaque<RefCell<Rc<Layout>>>,
}

/// The class `struct.error`, which the module has.
fn error_class() -> Res {
    let module = ouro_vm::import::import_module("_struct")?;
    attribute::get(&module, &str::intern("error"))
}

fn fault(message: &str) -> Raised {
    match error_class().and_then(|class| call::call(&class, &[text(message)])) {
        Ok(exception) => raise_object(exception),
        Err(raised) => raised,
    }
}

fn size_of(code: u8, native: bool) -> Option<usize> {
    Some(match code {
        b'x' | b'c' | b'b' | b'B' | b's' | b'p' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' => {
            if native {
                8
            } else {
                4
            }
        }
        b'q' | b'Q' | b'd' => 8,
        b'n' | b'N' | b'P' if native => 8,
        _ => return None,
    })
}

impl Layout {
    fn parse(format: &[u8]) -> Res<Layout> {
        let (native, aligned, little, rest) = match format.first() {
            Some(b'@') => (true, true, true, &format[1..]),
            Some(b'=') => (false, false, true, &format[1..]),
            Some(b'<') => (false, false, true, &format[1..]),
            Some(b'>' | b'!') => (false, false, false, &format[1..]),
            _ => (true, true, true, format),
        };
        let mut layout = Layout { fields: Vec::new(), values: 0, size: 0, little, native };
        let too_long = || fault("total struct size too long");
        let mut place = 0;
        while place < rest.len() {
            if rest[place].is_ascii_whitespace() {
                place += 1;
                continue;
            }
            let start = place;
            let mut count = 0usize;
            while place < rest.len() && rest[place].is_ascii_digit() {
                let digit = usize::from(rest[place] - b'0');
                count = count
                    .checked_mul(10)
                    .and_then(|count| count.checked_add(digit))
                    .filter(|&count| count <= isize::MAX as usize)
                    .ok_or_else(|| fault("overflow in item count"))?;
                place += 1;
            }
            if place == start {
                count = 1;
            }
            let Some(&code) = rest.get(place) else {
                return Err(fault("repeat count given without format specifier"));
            };
            place += 1;
            let Some(size) = size_of(code, native) else { return Err(fault("bad char in struct format")) };
            if aligned && size > 1 {
                layout.size = layout.size.checked_next_multiple_of(size).ok_or_else(too_long)?;
            }
            let total = size.checked_mul(count).ok_or_else(too_long)?;
            let end = layout.size.checked_add(total).filter(|&end| end <= isize::MAX as usize);
            let end = end.ok_or_else(too_long)?;
            let (size, count) = match code {
                b'x' => (size, 0),
                b's' | b'p' => (count, 1),
                _ => (size, count),
            };
            if count > 0 {
                layout.fields.push(Field { code, size, offset: layout.size, count });
                layout.values += count;
            }
            layout.size = end;
        }
        layout.fields.shrink_to_fit();
        Ok(layout)
    }

    /// The field of each value and where it begins.
    fn places(&self) -> impl Iterator<Item = (&Field, usize)> {
        self.fields
            .iter()
            .flat_map(|field| (0..field.count).map(move |index| (field, field.offset + index * field.size)))
    }

    /// Bytes that it takes beside the object.
    fn storage_bytes(&self) -> usize {
        2 * mem::size_of::<usize>()
            + mem::size_of::<Layout>()
            + self.fields.capacity() * mem::size_of::<Field>()
    }

    fn of(format: &Ref) -> Res<Layout> {
        let format = match format.payload::<Str>() {
            Some(text) => match text.as_ascii() {
                Some(text) => text.as_bytes().to_vec(),
                None => return Err(fault("bad char in struct format")),
            },
            None => match bytes::of_bytes(format) {
                Some(data) => data.to_vec(),
                None => {
                    return Err(ouro_vm::type_error!(
                        "Struct() argument 1 must be a str or bytes object, not {}",
                        Class::of(format).short_name()
                    ));
                }
            },
        };
        Layout::parse(&format)
    }

    fn order(&self, bytes: &mut [u8]) {
        if !self.little {
            bytes.reverse();
        }
    }

    fn pack(&self, name: &str, values: &[Ref]) -> Res<Vec<u8>> {
        if values.len() != self.values {
            return Err(fault(&format!(
                "{name} expected {} items for packing (got {})",
                self.values,
                values.len()
            )));
        }
        let mut out = Vec::new();
        if out.try_reserve_exact(self.size).is_err() {
            return Err(ouro_heap::OutOfMemory.into());
        }
        out.resize(self.size, 0);
        for ((field, offset), value) in self.places().zip(values) {
            self.pack_one(*field, value, &mut out[offset..offset + field.size])?;
        }
        Ok(out)
    }

    fn pack_one(&self, field: Field, value: &Ref, out: &mut [u8]) -> Res<()> {
        match field.code {
            b'c' => match bytes::of_bytes(value) {
                Some([byte]) => out[0] = *byte,
                _ => return Err(fault("char format requires a bytes object of length 1")),
            },
            b'?' => out[0] = object::is_true(value)?.into(),
            b's' | b'p' => {
                if !bytes::is_bytes(value) && !bytes::is_bytearray(value) {
                    let kind = field.code as char;
                    return Err(fault(&format!("argument for '{kind}' must be a bytes object")));
                }
                let data = bytes::require(value)?;
                if field.code == b's' {
                    let count = data.len().min(out.len());
                    out[..count].copy_from_slice(&data[..count]);
                } else if let Some((length, rest)) = out.split_first_mut() {
                    let count = data.len().min(rest.len());
                    rest[..count].copy_from_slice(&data[..count]);
                    *length = count.min(255) as u8;
                }
            }
            b'e' | b'f' | b'd' => {
                let number = match number::to_float(value) {
                    Ok(number) => number,
                    Err(raised) => {
                        take_if(raised, ExceptionKind::TypeError)?;
                        return Err(fault("required argument is not a float"));
                    }
                };
                match field.code {
                    b'd' => out.copy_from_slice(&number.to_le_bytes()),
                    b'f' => {
                        let narrow = number as f32;
                        if narrow.is_infinite() && number.is_finite() && !self.native {
                            return Err(ouro_vm::overflow_error!("float too large to pack with f format"));
                        }
                        out.copy_from_slice(&narrow.to_le_bytes());
                    }
                    _ => {
                        let half = float::half::from_f64(number).ok_or_else(|| {
                            ouro_vm::overflow_error!("float too large to pack with e format")
                        })?;
                        out.copy_from_slice(&half.to_le_bytes());
                    }
                }
                self.order(out);
            }
            code => {
                let number = match number::index(value) {
                    Ok(number) => number,
                    Err(raised) => {
                        if Class::of(value).slots.0.index.get().is_some() {
                            return Err(raised);
                        }
                        take_if(raised, ExceptionKind::TypeError)?;
                        return Err(fault("required argument is not an integer"));
                    }
                };
                let signed = code.is_ascii_lowercase();
                let bits = field.size as u32 * 8;
                let (low, high) = if signed {
                    (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1)
                } else {
                    (0, (1i128 << bits) - 1)
                };
                let wide = int::as_i64(&number)
                    .map(i128::from)
                    .or_else(|| number::as_big(&number).ok().and_then(|big| i128::try_from(big).ok()));
                let Some(wide) = wide.filter(|wide| (low..=high).contains(wide)) else {
                    return Err(match (code, bits) {
                        (b'P', _) | (b'Q' | b'q' | b'n' | b'N', _) | (_, 64) => {
                            fault("int too large to convert")
                        }
                        _ => fault(&format!("'{}' format requires {low} <= number <= {high}", code as char)),
                    });
                };
                out.copy_from_slice(&wide.to_le_bytes()[..field.size]);
                self.order(out);
            }
        }
        Ok(())
    }

    fn unpack(&self, data: &[u8]) -> Res {
        let values = self.places().map(|(field, offset)| {
            let part = &data[offset..offset + field.size];
            Ok(match field.code {
                b'c' | b's' => bytes::try_new(part)?.into_any(),
                b'p' => {
                    let count = part.first().map_or(0, |&count| usize::from(count).min(part.len() - 1));
                    bytes::try_new(part.get(1..=count).unwrap_or(&[]))?.into_any()
                }
                b'?' => bool_::new(part[0] != 0),
                code => {
                    let mut raw = [0u8; 8];
                    raw[..part.len()].copy_from_slice(part);
                    self.order(&mut raw[..part.len()]);
                    match code {
                        b'd' => float::new(f64::from_le_bytes(raw)),
                        b'f' => float::new(f64::from(f32::from_le_bytes([raw[0], raw[1], raw[2], raw[3]]))),
                        b'e' => float::new(float::half::to_f64(u16::from_le_bytes([raw[0], raw[1]]))),
                        _ => {
                            let bits = u64::from_le_bytes(raw);
                            let unused = 64 - 8 * part.len() as u32;
                            if code.is_ascii_lowercase() {
                                int::new((bits << unused) as i64 >> unused)
                            } else {
                                match i64::try_from(bits) {
                                    Ok(small) => int::new(small),
                                    Err(_) => int::from_big(bits.into()),
                                }
                            }
                        }
                    }
                }
            })
        });
        Ok(tuple::from_vec(values.collect::<Res<_>>()?).into_any())
    }
}

fn layout_of(receiver: &Ref) -> Rc<Layout> {
    this::<Struct>(receiver).layout.0.borrow().clone()
}

fn offset_in(what: &str, layout: &Layout, offset: Option<&Ref>, len: usize, packing: bool) -> Res<usize> {
    let given = offset.map_or(Ok(0), number::as_isize)?;
    let size = layout.size as isize;
    let verb = if packing { "packing" } else { "unpacking" };
    if given < 0 {
        if given + size > 0 {
            let room = if packing { "no space to pack" } else { "not enough data to unpack" };
            return Err(fault(&format!("{room} {size} bytes at offset {given}")));
        }
        if given + (len as isize) < 0 {
            return Err(fault(&format!("offset {given} out of range for {len}-byte buffer")));
        }
    }
    let offset = if given < 0 { (given + len as isize) as usize } else { given as usize };
    if len.checked_sub(offset).is_none_or(|room| room < layout.size) {
        return Err(fault(&format!(
            "{what} requires a buffer of at least {} bytes for {verb} {size} bytes at offset {offset} (actual buffer size is {len})",
            offset.saturating_add(layout.size)
        )));
    }
    Ok(offset)
}

fn unpack(layout: &Layout, data: &Ref) -> Res {
    let data = bytes::require(data)?;
    if data.len() != layout.size {
        return Err(fault(&format!("unpack requires a buffer of {} bytes", layout.size)));
    }
    layout.unpack(&data)
}

fn unpack_from(layout: &Layout, buffer: &Ref, offset: Option<&Ref>) -> Res {
    let data = bytes::require(buffer)?;
    let offset = offset_in("unpack_from", layout, offset, data.len(), false)?;
    layout.unpack(&data[offset..offset + layout.size])
}

fn pack_into(layout: &Layout, args: &[Ref]) -> Res {
    let [buffer, offset, values @ ..] = args else {
        return Err(fault("pack_into expected buffer and offset arguments"));
    };
    let packed = layout.pack("pack_into", values)?;
    let len = bytes::writable_len(buffer)?;
    let offset = offset_in("pack_into", layout, Some(offset), len, true)?;
    let mut whole = bytes::require(buffer)?.to_vec();
    whole[offset..offset + packed.len()].copy_from_slice(&packed);
    bytes::write_into(buffer, &whole)?;
    Ok(shared().none.clone())
}

fn iter_unpack(layout: &Layout, buffer: &Ref) -> Res {
    if layout.size == 0 {
        return Err(fault("cannot iteratively unpack with a struct of length 0"));
    }
    let data = bytes::require(buffer)?;
    if data.len() % layout.size != 0 {
        return Err(fault(&format!(
            "iterative unpacking requires a buffer of a multiple of {} bytes",
            layout.size
        )));
    }
    let parts = data.chunks(layout.size).map(|part| layout.unpack(part));
    iterate::iter(list::from_vec(parts.collect::<Res<_>>()?)?.as_any())
}

/// The arguments of a function of the module that also takes `buffer` and `offset` by name.
fn buffer_and_offset(args: Args, skip: usize) -> Res<(Ref, Option<Ref>)> {
    let positional = &args.positional()[skip..];
    let buffer = positional.first().or_else(|| args.keyword("buffer"));
    let offset = positional.get(1).or_else(|| args.keyword("offset"));
    match buffer {
        Some(buffer) => Ok((buffer.clone(), offset.cloned())),
        None => Err(ouro_vm::type_error!("unpack_from() missing required argument 'buffer' (pos 1)")),
    }
}

static FUNCTIONS: [NativeDef; 7] = [
    plain(
        "calcsize",
        "(format, /)",
        |args| Ok(int::from_usize(Layout::of(&args[0])?.size)),
        "Return size in bytes of the struct described by the format string.",
    ),
    plain(
        "pack",
        "(format, /, *values)",
        |args| Ok(bytes::try_new(&Layout::of(&args[0])?.pack("pack", &args[1..])?)?.into_any()),
        "pack(format, v1, v2, ...) -> bytes\n\nReturn a bytes object containing the values v1, v2, ... packed according\nto the format string.  See help(struct) for more on format strings.",
    ),
    plain(
        "pack_into",
        "(format, /, *values)",
        |args| pack_into(&Layout::of(&args[0])?, &args[1..]),
        "pack_into(format, buffer, offset, v1, v2, ...)",
    ),
    plain(
        "unpack",
        "(format, buffer, /)",
        |args| unpack(&Layout::of(&args[0])?, &args[1]),
        "Return a tuple containing values unpacked according to the format string.",
    ),
    raw(
        "unpack_from",
        "(format, /, buffer, offset=0)",
        |args| {
            let Some(format) = args.positional().first() else {
                return Err(ouro_vm::type_error!(
                    "unpack_from() takes at least 1 positional argument (0 given)"
                ));
            };
            let (buffer, offset) = buffer_and_offset(args, 1)?;
            unpack_from(&Layout::of(format)?, &buffer, offset.as_ref())
        },
        "Return a tuple containing values unpacked according to the format string.",
    ),
    plain(
        "iter_unpack",
        "(format, buffer, /)",
        |args| iter_unpack(&Layout::of(&args[0])?, &args[1]),
        "Return an iterator yielding tuples unpacked from the given bytes.",
    ),
    plain("_clearcache", "()", |_| Ok(shared().none.clone()), "Clear the internal cache."),
];

static METHODS: [NativeDef; 6] = [
    plain(
        "pack",
        "(self, /, *values)",
        |args| Ok(bytes::try_new(&layout_of(&args[0]).pack("pack", &args[1..])?)?.into_any()),
        "S.pack(v1, v2, ...) -> bytes",
    ),
    plain(
        "pack_into",
        "(self, /, *values)",
        |args| pack_into(&layout_of(&args[0]), &args[1..]),
        "S.pack_into(buffer, offset, v1, v2, ...)",
    ),
    plain(
        "unpack",
        "(self, buffer, /)",
        |args| unpack(&layout_of(&args[0]), &args[1]),
        "Return a tuple containing unpacked values.",
    ),
    raw(
        "unpack_from",
        "(self, /, buffer, offset=0)",
        |args| {
            let receiver = args.positional()[0].clone();
            let (buffer, offset) = buffer_and_offset(args, 1)?;
            unpack_from(&layout_of(&receiver), &buffer, offset.as_ref())
        },
        "Return a tuple containing unpacked values.",
    ),
    plain(
        "iter_unpack",
        "(self, buffer, /)",
        |args| iter_unpack(&layout_of(&args[0]), &args[1]),
        "Return an iterator yielding tuples.",
    ),
    plain(
        "__sizeof__",
        "(self, /)",
        |args| Ok(size_with_storage(&args[0], layout_of(&args[0]).storage_bytes())),
        "S.__sizeof__() -> size of S in memory, in bytes",
    ),
];

fn new_slot(class: &Ref<Class>, _args: Args) -> Res {
    let empty = Layout { fields: Vec::new(), values: 0, size: 0, little: true, native: true };
    Ok(make(class, Struct { format: Slot::empty(), layout: Opaque(RefCell::new(Rc::new(empty))) }))
}

fn init_slot(object: &Ref, args: Args) -> Res<()> {
    let Some(format) = args.positional().first().or_else(|| args.keyword("format")) else {
        return Err(ouro_vm::type_error!("Struct() missing required argument 'format' (pos 1)"));
    };
    let layout = Layout::of(format)?;
    let payload = this::<Struct>(object);
    payload.format.set(Some(match bytes::of_bytes(format) {
        Some(data) => str::from_latin1(data).into_any(),
        None => format.clone(),
    }));
    *payload.layout.0.borrow_mut() = Rc::new(layout);
    Ok(())
}

/// `struct.Struct`
static STRUCT: ClassDef = ClassDef {
    module: "_struct",
    flags: class_flags::BASE | class_flags::WEAKLY_REFERENCEABLE,
    slots: Slots { new: Some(new_slot), init: Some(init_slot), ..Slots::NONE },
    methods: &METHODS,
    getset: &[
        member(
            "format",
            |object| Ok(this::<Struct>(object).format.get().unwrap_or_else(|| shared().none.clone())),
            "struct format string",
        ),
        member("size", |object| Ok(int::from_usize(layout_of(object).size)), "struct size in bytes"),
    ],
    doc: "Struct(fmt) --> compiled struct object",
    ..ClassDef::new::<Struct>(types::STRUCT, "Struct")
};

/// Fills the module `_struct`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::set(target, "Struct", boot::add_class(&STRUCT).into_any())?;
    module::add_functions(target, &FUNCTIONS);
    let namespace = ouro_vm::objects::dict::new();
    ouro_vm::objects::dict::set_str(&namespace, &str::intern("__module__"), text("struct"));
    let bases =
        tuple::from_vec(vec![ouro_vm::state::exception_class(ExceptionKind::Exception).clone().into_any()]);
    let kind = ouro_vm::state::class_of(types::TYPE).clone().into_any();
    let error = call::call(&kind, &[text("error"), bases.into_any(), namespace.into_any()])?;
    module::set(target, "error", error)?;
    Ok(())
}
