//! Builtin functions on numbers.

use ouro_heap::Ref;

use crate::{
    error::Res,
    native::{NativeDef, bound, plain},
    objects::{
        class::Class,
        float::{self, Float},
        format,
        int::{self, Int, IntValue},
        str,
    },
    protocol::{attribute, call, number},
    state::{names, shared},
    type_error,
};

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    plain("abs", "(x, /)", |args| number::abs(&args[0]), "Return the absolute value of the argument."),
    plain(
        "divmod",
        "(x, y, /)",
        |args| number::divmod(&args[0], &args[1]),
        "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x.",
    ),
    bound(
        "pow",
        "(base, exp, mod=None)",
        pow,
        "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.\n\nSome types, such as ints, are able to use a more efficient algorithm when\ninvoked using the three argument form.",
    ),
    bound(
        "round",
        "(number, ndigits=None)",
        round,
        "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or None.  Otherwise\nthe return value has the same type as the number.  ndigits may be negative.",
    ),
    plain(
        "bin",
        "(number, /)",
        |args| in_base(&args[0], 2, "0b"),
        "Return the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'",
    ),
    plain(
        "hex",
        "(number, /)",
        |args| in_base(&args[0], 16, "0x"),
        "Return the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'",
    ),
    plain(
        "oct",
        "(number, /)",
        |args| in_base(&args[0], 8, "0o"),
        "Return the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'",
    ),
];

fn required(argument: &Option<Ref>) -> &Ref {
    argument.as_ref().expect("a required argument has been bound")
}

fn pow(args: &[Option<Ref>]) -> Res {
    number::pow(required(&args[0]), required(&args[1]), args[2].as_ref().unwrap_or(&shared().none))
}

fn round(args: &[Option<Ref>]) -> Res {
    let value = required(&args[0]);
    let digits = args[1].as_ref().filter(|digits| !digits.is(&shared().none));
    if digits.is_none() {
        if int::is_exact(value) {
            return Ok(value.clone());
        }
        if let Some(float) = value.payload::<Float>().filter(|_| value.is_exact::<Float>()) {
            return float::round::to_int(float.value.get().round_ties_even());
        }
    }
    let Some(method) = attribute::lookup_special(value, &names().__round__)? else {
        return Err(type_error!("type {} doesn't define __round__ method", Class::of(value).short_name()));
    };
    match digits {
        Some(digits) => call::call(&method, std::slice::from_ref(digits)),
        None => call::call(&method, &[]),
    }
}

fn in_base(object: &Ref, radix: u8, prefix: &str) -> Res {
    if object.is_exact::<Int>()
        && let Some(int) = object.payload::<Int>()
    {
        return Ok(format::quick::in_base(int.value.get(), radix, prefix).into_any());
    }
    let index = number::index_value(object)?;
    let digits = format::digits(int::value(&index).unwrap_or(IntValue::Small(0)), radix)?;
    let text = match digits.strip_prefix('-') {
        Some(magnitude) => format!("-{prefix}{magnitude}"),
        None => format!("{prefix}{digits}"),
    };
    Ok(str::new(&text).into_any())
}
