//! `bytes` and `bytearray`: the table of methods that both have.

use super::{Kind, convert, edit, search, split, text};
use crate::native::{NativeDef, bound, plain};

/// The methods of one of the two classes.
pub(crate) struct Methods<K>(std::marker::PhantomData<K>);

/// The number of shared methods.
pub(crate) const SHARED: usize = 42;

impl<K: Kind> Methods<K> {
    /// All that are shared.
    pub(crate) const ALL: [NativeDef; SHARED] = [
        plain(
            "capitalize",
            "(self, /)",
            text::capitalize::<K>,
            "Return a copy with only its first character capitalized (ASCII).",
        ),
        plain(
            "center",
            "(self, width, fillchar=b' ', /)",
            edit::center::<K>,
            "Return a centered copy of length width.",
        ),
        plain(
            "count",
            "(self, sub, start=None, end=None, /)",
            search::count::<K>,
            "Return the number of non-overlapping occurrences of subsection sub.",
        ),
        bound(
            "decode",
            "(self, /, encoding='utf-8', errors='strict')",
            convert::decode::<K>,
            "Decode the bytes using the codec registered for encoding.",
        ),
        plain(
            "endswith",
            "(self, suffix, start=None, end=None, /)",
            search::endswith::<K>,
            "Return True if the bytes end with the specified suffix, False otherwise.",
        ),
        bound(
            "expandtabs",
            "(self, /, tabsize=8)",
            edit::expandtabs::<K>,
            "Return a copy where all tab characters are expanded using spaces.",
        ),
        plain(
            "find",
            "(self, sub, start=None, end=None, /)",
            search::find::<K>,
            "Return the lowest index where subsection sub is found, -1 on failure.",
        ),
        plain(
            "fromhex",
            "(cls, string, /)",
            convert::fromhex::<K>,
            "Create an object from a string of hexadecimal numbers.",
        )
        .as_class(),
        bound(
            "hex",
            "(self, /, sep=None, bytes_per_sep=1)",
            convert::hex::<K>,
            "Create a string of hexadecimal numbers from the bytes.",
        ),
        plain(
            "index",
            "(self, sub, start=None, end=None, /)",
            search::index::<K>,
            "Return the lowest index where subsection sub is found; ValueError on failure.",
        ),
        plain(
            "isalnum",
            "(self, /)",
            text::isalnum::<K>,
            "Return True if all characters are alphanumeric and there is at least one.",
        ),
        plain(
            "isalpha",
            "(self, /)",
            text::isalpha::<K>,
            "Return True if all characters are alphabetic and there is at least one.",
        ),
        plain(
            "isascii",
            "(self, /)",
            text::isascii::<K>,
            "Return True if it is empty or all characters are ASCII.",
        ),
        plain(
            "isdigit",
            "(self, /)",
            text::isdigit::<K>,
            "Return True if all characters are digits and there is at least one.",
        ),
        plain(
            "islower",
            "(self, /)",
            text::islower::<K>,
            "Return True if all cased characters are lowercase and there is at least one.",
        ),
        plain(
            "isspace",
            "(self, /)",
            text::isspace::<K>,
            "Return True if all characters are whitespace and there is at least one.",
        ),
        plain(
            "istitle",
            "(self, /)",
            text::istitle::<K>,
            "Return True if the text is titlecased and there is at least one character.",
        ),
        plain(
            "isupper",
            "(self, /)",
            text::isupper::<K>,
            "Return True if all cased characters are uppercase and there is at least one.",
        ),
        plain(
            "join",
            "(self, iterable_of_bytes, /)",
            split::join::<K>,
            "Concatenate any number of bytes-like objects, with this one between them.",
        ),
        plain(
            "ljust",
            "(self, width, fillchar=b' ', /)",
            edit::ljust::<K>,
            "Return a left-justified copy of length width.",
        ),
        plain(
            "lower",
            "(self, /)",
            text::lower::<K>,
            "Return a copy with all ASCII characters converted to lowercase.",
        ),
        plain(
            "lstrip",
            "(self, bytes=None, /)",
            edit::lstrip::<K>,
            "Return a copy without leading whitespace (or the bytes contained in the argument).",
        ),
        plain(
            "maketrans",
            "(frm, to, /)",
            edit::maketrans,
            "Return a translation table usable for the translate method.",
        )
        .as_static(),
        plain(
            "partition",
            "(self, sep, /)",
            split::partition::<K>,
            "Partition into three parts using the given separator.",
        ),
        plain(
            "removeprefix",
            "(self, prefix, /)",
            search::removeprefix::<K>,
            "Return a copy with the given prefix removed if present.",
        ),
        plain(
            "removesuffix",
            "(self, suffix, /)",
            search::removesuffix::<K>,
            "Return a copy with the given suffix removed if present.",
        ),
        plain(
            "replace",
            "(self, old, new, count=-1, /)",
            edit::replace::<K>,
            "Return a copy with all occurrences of old replaced by new.",
        ),
        plain(
            "rfind",
            "(self, sub, start=None, end=None, /)",
            search::rfind::<K>,
            "Return the highest index where subsection sub is found, -1 on failure.",
        ),
        plain(
            "rindex",
            "(self, sub, start=None, end=None, /)",
            search::rindex::<K>,
            "Return the highest index where subsection sub is found; ValueError on failure.",
        ),
        plain(
            "rjust",
            "(self, width, fillchar=b' ', /)",
            edit::rjust::<K>,
            "Return a right-justified copy of length width.",
        ),
        plain(
            "rpartition",
            "(self, sep, /)",
            split::rpartition::<K>,
            "Partition into three parts using the given separator, from the end.",
        ),
        bound(
            "rsplit",
            "(self, /, sep=None, maxsplit=-1)",
            split::rsplit_method::<K>,
            "Return a list of the sections, cut from the end.",
        ),
        plain(
            "rstrip",
            "(self, bytes=None, /)",
            edit::rstrip::<K>,
            "Return a copy without trailing whitespace (or the bytes contained in the argument).",
        ),
        bound(
            "split",
            "(self, /, sep=None, maxsplit=-1)",
            split::split_method::<K>,
            "Return a list of the sections, using sep as the delimiter.",
        ),
        bound(
            "splitlines",
            "(self, /, keepends=False)",
            split::splitlines::<K>,
            "Return a list of the lines, breaking at line boundaries.",
        ),
        plain(
            "startswith",
            "(self, prefix, start=None, end=None, /)",
            search::startswith::<K>,
            "Return True if the bytes start with the specified prefix, False otherwise.",
        ),
        plain(
            "strip",
            "(self, bytes=None, /)",
            edit::strip::<K>,
            "Return a copy without leading and trailing whitespace (or the bytes contained in the argument).",
        ),
        plain(
            "swapcase",
            "(self, /)",
            text::swapcase::<K>,
            "Return a copy with uppercase ASCII characters converted to lowercase and vice versa.",
        ),
        plain(
            "title",
            "(self, /)",
            text::title::<K>,
            "Return a titlecased version: ASCII words start with uppercase characters.",
        ),
        bound(
            "translate",
            "(self, table, /, delete=b'')",
            edit::translate::<K>,
            "Return a copy with each character mapped by the given translation table.",
        ),
        plain(
            "upper",
            "(self, /)",
            text::upper::<K>,
            "Return a copy with all ASCII characters converted to uppercase.",
        ),
        plain(
            "zfill",
            "(self, width, /)",
            edit::zfill::<K>,
            "Pad a numeric string with zeros on the left, to fill a field of the given width.",
        ),
    ];
}

/// The shared methods and some more.
pub(crate) const fn with_more<const MORE: usize, const TOTAL: usize>(
    shared: [NativeDef; SHARED],
    more: [NativeDef; MORE],
) -> [NativeDef; TOTAL] {
    assert!(SHARED + MORE == TOTAL, "the total is wrong");
    let mut all = [shared[0]; TOTAL];
    let mut at = 0;
    while at < TOTAL {
        all[at] = if at < SHARED { shared[at] } else { more[at - SHARED] };
        at += 1;
    }
    all
}
