//! `str`: the table of methods.

use ouro_heap::Ref;

use super::{
    StrExt, case, edit, predicates,
    search::{self, receiver, this},
    split, substring, translate,
};
use crate::{
    error::Res,
    native::{NativeDef, bound, plain, raw},
    objects::{
        arguments::{self, name_or_none},
        bytes, codec,
        format::{self, template},
        tuple,
    },
    type_error,
};

/// All methods.
pub(super) static METHODS: [NativeDef; 49] = [
    plain(
        "capitalize",
        "(self, /)",
        case::capitalize,
        "Return a copy with the first character upper case and the rest lower case.",
    ),
    plain(
        "casefold",
        "(self, /)",
        case::casefold,
        "Return a version of the string suitable for caseless comparisons.",
    ),
    plain(
        "center",
        "(self, width, fillchar=' ', /)",
        edit::center,
        "Return a centered string of length width.",
    ),
    plain(
        "count",
        "(self, sub, start=None, end=None, /)",
        search::count_method,
        "Return the number of non-overlapping occurrences of substring sub in S[start:end].",
    ),
    bound(
        "encode",
        "(self, /, encoding='utf-8', errors='strict')",
        encode,
        "Encode the string using the codec registered for encoding.",
    ),
    plain(
        "endswith",
        "(self, suffix, start=None, end=None, /)",
        search::endswith,
        "Return True if the string ends with the specified suffix, False otherwise.",
    ),
    bound(
        "expandtabs",
        "(self, /, tabsize=8)",
        edit::expandtabs,
        "Return a copy where all tab characters are expanded using spaces.",
    ),
    plain(
        "find",
        "(self, sub, start=None, end=None, /)",
        search::find_method,
        "Return the lowest index in S where substring sub is found, -1 on failure.",
    ),
    raw(
        "format",
        "(self, /, *args, **kwargs)",
        template::format_method,
        "Return a formatted version of the string, using substitutions from args and kwargs.",
    ),
    plain(
        "format_map",
        "(self, mapping, /)",
        template::format_map_method,
        "Return a formatted version of the string, using substitutions from mapping.",
    ),
    plain(
        "index",
        "(self, sub, start=None, end=None, /)",
        search::index_method,
        "Return the lowest index in S where substring sub is found; ValueError on failure.",
    ),
    plain(
        "isalnum",
        "(self, /)",
        predicates::isalnum,
        "Return True if the string is an alpha-numeric string, False otherwise.",
    ),
    plain(
        "isalpha",
        "(self, /)",
        predicates::isalpha,
        "Return True if the string is an alphabetic string, False otherwise.",
    ),
    plain(
        "isascii",
        "(self, /)",
        predicates::isascii,
        "Return True if all characters in the string are ASCII, False otherwise.",
    ),
    plain(
        "isdecimal",
        "(self, /)",
        predicates::isdecimal,
        "Return True if the string is a decimal string, False otherwise.",
    ),
    plain(
        "isdigit",
        "(self, /)",
        predicates::isdigit,
        "Return True if the string is a digit string, False otherwise.",
    ),
    plain(
        "isidentifier",
        "(self, /)",
        predicates::isidentifier,
        "Return True if the string is a valid Python identifier, False otherwise.",
    ),
    plain(
        "islower",
        "(self, /)",
        predicates::islower,
        "Return True if the string is a lowercase string, False otherwise.",
    ),
    plain(
        "isnumeric",
        "(self, /)",
        predicates::isnumeric,
        "Return True if the string is a numeric string, False otherwise.",
    ),
    plain(
        "isprintable",
        "(self, /)",
        predicates::isprintable,
        "Return True if all characters in the string are printable, False otherwise.",
    ),
    plain(
        "isspace",
        "(self, /)",
        predicates::isspace,
        "Return True if the string is a whitespace string, False otherwise.",
    ),
    plain(
        "istitle",
        "(self, /)",
        predicates::istitle,
        "Return True if the string is a title-cased string, False otherwise.",
    ),
    plain(
        "isupper",
        "(self, /)",
        predicates::isupper,
        "Return True if the string is an uppercase string, False otherwise.",
    ),
    plain(
        "join",
        "(self, iterable, /)",
        split::join_method,
        "Concatenate any number of strings, with this one between them.",
    ),
    plain(
        "ljust",
        "(self, width, fillchar=' ', /)",
        edit::ljust,
        "Return a left-justified string of length width.",
    ),
    plain("lower", "(self, /)", case::lower, "Return a copy of the string converted to lowercase."),
    plain(
        "lstrip",
        "(self, chars=None, /)",
        edit::lstrip,
        "Return a copy of the string with leading whitespace (or chars) removed.",
    ),
    plain(
        "maketrans",
        "(x, y=None, z=None, /)",
        translate::maketrans,
        "Return a translation table usable for str.translate().",
    )
    .as_static(),
    plain(
        "partition",
        "(self, sep, /)",
        split::partition,
        "Partition the string into three parts using the given separator.",
    ),
    plain(
        "removeprefix",
        "(self, prefix, /)",
        search::removeprefix,
        "Return a str with the given prefix string removed if present.",
    ),
    plain(
        "removesuffix",
        "(self, suffix, /)",
        search::removesuffix,
        "Return a str with the given suffix string removed if present.",
    ),
    bound(
        "replace",
        "(self, old, new, /, count=-1)",
        edit::replace,
        "Return a copy with all occurrences of substring old replaced by new.",
    ),
    plain(
        "rfind",
        "(self, sub, start=None, end=None, /)",
        search::rfind_method,
        "Return the highest index in S where substring sub is found, -1 on failure.",
    ),
    plain(
        "rindex",
        "(self, sub, start=None, end=None, /)",
        search::rindex_method,
        "Return the highest index in S where substring sub is found; ValueError on failure.",
    ),
    plain(
        "rjust",
        "(self, width, fillchar=' ', /)",
        edit::rjust,
        "Return a right-justified string of length width.",
    ),
    plain(
        "rpartition",
        "(self, sep, /)",
        split::rpartition,
        "Partition the string into three parts using the given separator, from the end.",
    ),
    bound(
        "rsplit",
        "(self, /, sep=None, maxsplit=-1)",
        split::rsplit_method,
        "Return a list of the substrings in the string, cut from the end.",
    ),
    plain(
        "rstrip",
        "(self, chars=None, /)",
        edit::rstrip,
        "Return a copy of the string with trailing whitespace (or chars) removed.",
    ),
    bound(
        "split",
        "(self, /, sep=None, maxsplit=-1)",
        split::split_method,
        "Return a list of the substrings in the string, using sep as the separator string.",
    ),
    bound(
        "splitlines",
        "(self, /, keepends=False)",
        split::splitlines,
        "Return a list of the lines in the string, breaking at line boundaries.",
    ),
    plain(
        "startswith",
        "(self, prefix, start=None, end=None, /)",
        search::startswith,
        "Return True if the string starts with the specified prefix, False otherwise.",
    ),
    plain(
        "strip",
        "(self, chars=None, /)",
        edit::strip,
        "Return a copy of the string with leading and trailing whitespace (or chars) removed.",
    ),
    plain(
        "swapcase",
        "(self, /)",
        case::swapcase,
        "Convert uppercase characters to lowercase and lowercase characters to uppercase.",
    ),
    plain("title", "(self, /)", case::title, "Return a version of the string where each word is titlecased."),
    plain(
        "translate",
        "(self, table, /)",
        translate::translate,
        "Replace each character in the string using the given translation table.",
    ),
    plain("upper", "(self, /)", case::upper, "Return a copy of the string converted to uppercase."),
    plain(
        "zfill",
        "(self, width, /)",
        edit::zfill,
        "Pad a numeric string with zeros on the left, to fill a field of the given width.",
    ),
    plain(
        "__format__",
        "(self, format_spec, /)",
        format_method,
        "Return a formatted version of the string as described by format_spec.",
    ),
    plain("__getnewargs__", "(self, /)", getnewargs, ""),
];

fn encode(args: &[Option<Ref>]) -> Res {
    let text = args[0].as_ref().map(this).expect("a method has a receiver");
    let encoding = arguments::keyword_text("encode", "encoding", args[1].as_ref())?;
    let errors = arguments::keyword_text("encode", "errors", args[2].as_ref())?;
    if encoding.is_none() && text.is_ascii() {
        return Ok(bytes::try_new(text.storage())?.into_any());
    }
    let name = encoding.map_or("utf-8".into(), |encoding| encoding.to_text());
    codec::encode(text, &name, errors)
}

fn format_method(args: &[Ref]) -> Res {
    let Some(spec) = args[1].downcast::<super::Str>() else {
        return Err(type_error!("__format__() argument must be str, not {}", name_or_none(&args[1])));
    };
    if spec.char_count() == 0 {
        // A subclass says itself what it is as a string.
        return Ok(crate::protocol::object::str(&args[0])?.into_any());
    }
    let name = format::TypeName::Of(&args[0]);
    Ok(format::format_str_named(receiver(args), &spec.to_text(), name)?.into_any())
}

fn getnewargs(args: &[Ref]) -> Res {
    let text = receiver(args);
    let copy = substring(text, 0, text.char_count());
    Ok(tuple::from_vec(vec![copy.into_any()]).into_any())
}
