//! `unicodedata`: names, numbers, categories, widths and normal forms of characters.

mod widths;

use ouro_heap::Ref;
use ouro_vm::{
    error::{Res, raise_with},
    native::{NativeDef, plain},
    objects::{
        bool_,
        class::Class,
        exception::ExceptionKind,
        float, int, module,
        str::{self, Str, StrExt, unicode},
    },
    type_error, value_error,
};
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::support::text;

/// The only character of a string.
fn character(function: &str, position: &str, argument: &Ref) -> Res<u32> {
    match argument.payload::<Str>() {
        Some(text) if text.char_count() == 1 => Ok(text.char_at(0)),
        Some(text) => Err(type_error!(
            "{function}() argument{position} must be a unicode character, not a string of length {}",
            text.char_count()
        )),
        None => Err(type_error!(
            "{function}() argument{position} must be a unicode character, not {}",
            Class::of(argument).short_name()
        )),
    }
}

fn or_default(found: Option<Ref>, args: &[Ref], message: &str) -> Res {
    match found.or_else(|| args.get(1).cloned()) {
        Some(found) => Ok(found),
        None => Err(value_error!("{message}")),
    }
}

fn name(args: &[Ref]) -> Res {
    let c = character("name", " 1", &args[0])?;
    let found = char::from_u32(c).and_then(unicode_names2::name).map(|name| text(&name.to_string()));
    or_default(found, args, "no such name")
}

fn lookup(args: &[Ref]) -> Res {
    let Some(name) = args[0].payload::<Str>() else {
        return Err(type_error!("lookup() argument must be str, not {}", Class::of(&args[0]).short_name()));
    };
    let name = name.to_text();
    match unicode_names2::character(&name) {
        Some(found) => Ok(str::from_char(found.into()).into_any()),
        None => {
            let message = text(&format!("undefined character name '{name}'"));
            Err(raise_with(ExceptionKind::KeyError, vec![message]))
        }
    }
}

fn category(args: &[Ref]) -> Res {
    let c = character("category", "", &args[0])?;
    let category = match char::from_u32(c) {
        Some(c) => c.general_category(),
        None => GeneralCategory::Surrogate,
    };
    Ok(text(match category {
        GeneralCategory::UppercaseLetter => "Lu",
        GeneralCategory::LowercaseLetter => "Ll",
        GeneralCategory::TitlecaseLetter => "Lt",
        GeneralCategory::ModifierLetter => "Lm",
        GeneralCategory::OtherLetter => "Lo",
        GeneralCategory::NonspacingMark => "Mn",
        GeneralCategory::SpacingMark => "Mc",
        GeneralCategory::EnclosingMark => "Me",
        GeneralCategory::DecimalNumber => "Nd",
        GeneralCategory::LetterNumber => "Nl",
        GeneralCategory::OtherNumber => "No",
        GeneralCategory::ConnectorPunctuation => "Pc",
        GeneralCategory::DashPunctuation => "Pd",
        GeneralCategory::OpenPunctuation => "Ps",
        GeneralCategory::ClosePunctuation => "Pe",
        GeneralCategory::InitialPunctuation => "Pi",
        GeneralCategory::FinalPunctuation => "Pf",
        GeneralCategory::OtherPunctuation => "Po",
        GeneralCategory::MathSymbol => "Sm",
        GeneralCategory::CurrencySymbol => "Sc",
        GeneralCategory::ModifierSymbol => "Sk",
        GeneralCategory::OtherSymbol => "So",
        GeneralCategory::SpaceSeparator => "Zs",
        GeneralCategory::LineSeparator => "Zl",
        GeneralCategory::ParagraphSeparator => "Zp",
        GeneralCategory::Control => "Cc",
        GeneralCategory::Format => "Cf",
        GeneralCategory::Surrogate => "Cs",
        GeneralCategory::PrivateUse => "Co",
        GeneralCategory::Unassigned => "Cn",
    }))
}

fn decimal(args: &[Ref]) -> Res {
    let c = character("decimal", " 1", &args[0])?;
    or_default(unicode::decimal_value(c).map(|value| int::new(value.into())), args, "not a decimal")
}

fn digit(args: &[Ref]) -> Res {
    let c = character("digit", " 1", &args[0])?;
    or_default(unicode::digit_value(c).map(|value| int::new(value.into())), args, "not a digit")
}

fn numeric(args: &[Ref]) -> Res {
    let c = character("numeric", " 1", &args[0])?;
    let found = unicode::digit_value(c).map(f64::from).or_else(|| fraction(c));
    or_default(found.map(float::new), args, "not a numeric character")
}

/// The values of the fractions and larger numbers that are used most.
fn fraction(c: u32) -> Option<f64> {
    Some(match c {
        0xBC => 0.25,
        0xBD => 0.5,
        0xBE => 0.75,
        0x2153 => 1.0 / 3.0,
        0x2154 => 2.0 / 3.0,
        0x2160..=0x216B => f64::from(c - 0x215F),
        0x216C => 50.0,
        0x216D => 100.0,
        0x216E => 500.0,
        0x216F => 1000.0,
        _ => return None,
    })
}

fn east_asian_width(args: &[Ref]) -> Res {
    let c = character("east_asian_width", "", &args[0])?;
    let run = widths::RUNS.partition_point(|&(start, _)| start <= c) - 1;
    Ok(text(match widths::RUNS[run].1 {
        b'a' => "Na",
        b'A' => "A",
        b'H' => "H",
        b'W' => "W",
        b'F' => "F",
        _ => "N",
    }))
}

fn combining(args: &[Ref]) -> Res {
    let c = character("combining", "", &args[0])?;
    Ok(int::new(char::from_u32(c).map_or(0, canonical_combining_class).into()))
}

fn normalized(args: &[Ref], function: &str) -> Res<Ref<Str>> {
    let kind = |index: usize, what: &str| {
        args[index].downcast::<Str>().ok_or_else(|| {
            type_error!(
                "{function}() argument {what} must be str, not {}",
                Class::of(&args[index]).short_name()
            )
        })
    };
    let (form, source) = (kind(0, "1")?, kind(1, "2")?);
    // Lone surrogates have no normal form: they stand between the parts that have.
    let mut out = str::StrBuilder::new();
    let mut part = String::new();
    let form = form.to_text();
    let flush = |part: &mut String, out: &mut str::StrBuilder| {
        match &*form {
            "NFC" => part.nfc().for_each(|c| out.push(c.into())),
            "NFD" => part.nfd().for_each(|c| out.push(c.into())),
            "NFKC" => part.nfkc().for_each(|c| out.push(c.into())),
            "NFKD" => part.nfkd().for_each(|c| out.push(c.into())),
            _ => return Err(value_error!("invalid normalization form")),
        }
        part.clear();
        Ok(())
    };
    for c in source.code_points() {
        match char::from_u32(c) {
            Some(c) => part.push(c),
            None => {
                flush(&mut part, &mut out)?;
                out.push(c);
            }
        }
    }
    flush(&mut part, &mut out)?;
    out.finish()
}

static FUNCTIONS: [NativeDef; 10] = [
    plain(
        "east_asian_width",
        "(chr, /)",
        east_asian_width,
        "Returns the east asian width assigned to the character chr as string.",
    ),
    plain(
        "name",
        "(chr, default=None, /)",
        name,
        "Returns the name assigned to the character chr as a string.\n\nIf no name is defined, default is returned, or, if not given,\nValueError is raised.",
    ),
    plain(
        "lookup",
        "(name, /)",
        lookup,
        "Look up character by name.\n\nIf a character with the given name is found, return the\ncorresponding character.  If not found, KeyError is raised.",
    ),
    plain(
        "category",
        "(chr, /)",
        category,
        "Returns the general category assigned to the character chr as string.",
    ),
    plain(
        "decimal",
        "(chr, default=None, /)",
        decimal,
        "Converts a Unicode character into its equivalent decimal value.",
    ),
    plain(
        "digit",
        "(chr, default=None, /)",
        digit,
        "Converts a Unicode character into its equivalent digit value.",
    ),
    plain(
        "numeric",
        "(chr, default=None, /)",
        numeric,
        "Converts a Unicode character into its equivalent numeric value.",
    ),
    plain(
        "combining",
        "(chr, /)",
        combining,
        "Returns the canonical combining class assigned to the character chr as integer.",
    ),
    plain(
        "normalize",
        "(form, unistr, /)",
        |args| normalized(args, "normalize").map(Ref::into_any),
        "Return the normal form 'form' for the Unicode string unistr.\n\nValid values for form are 'NFC', 'NFKC', 'NFD', and 'NFKD'.",
    ),
    plain(
        "is_normalized",
        "(form, unistr, /)",
        |args| {
            let made = normalized(args, "is_normalized")?;
            Ok(bool_::new(args[1].downcast::<Str>().is_some_and(|source| str::equal(source, &made))))
        },
        "Return whether the Unicode string unistr is in the normal form 'form'.",
    ),
];

/// Fills the module `unicodedata`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, &FUNCTIONS);
    module::set(target, "unidata_version", text("15.1.0"))?;
    Ok(())
}
