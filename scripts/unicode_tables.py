"""Writes crates/vm/src/objects/str/unicode_tables.rs, and the widths of crates/stdlib/src/unicodedata, from the Unicode
database of the Python that runs it.

Run it with CPython 3.13, so that strings answer exactly as there: `python3.13 scripts/unicode_tables.py`.
"""

import pathlib
import sys
import unicodedata

TARGET = pathlib.Path(__file__).parent.parent / "crates/vm/src/objects/str/unicode_tables.rs"
WIDTHS = pathlib.Path(__file__).parent.parent / "crates/stdlib/src/unicodedata/widths.rs"

FLAGS = [
    ("ALPHA", "`str.isalpha`", lambda c: c.isalpha()),
    ("DECIMAL", "`str.isdecimal`", lambda c: c.isdecimal()),
    ("DIGIT", "`str.isdigit`", lambda c: c.isdigit()),
    ("NUMERIC", "`str.isnumeric`", lambda c: c.isnumeric()),
    ("UPPER", "An uppercase character.", lambda c: c.isupper()),
    ("LOWER", "A lowercase character.", lambda c: c.islower()),
    ("TITLE", "A titlecase character.", lambda c: unicodedata.category(c) == "Lt"),
    ("SPACE", "`str.isspace`", lambda c: c.isspace()),
    ("PRINTABLE", "`str.isprintable`", lambda c: c.isprintable()),
    ("ID_START", "May start an identifier.", lambda c: c.isidentifier()),
    ("ID_CONTINUE", "May continue an identifier.", lambda c: ("a" + c).isidentifier()),
    ("CASE_IGNORABLE", "Skipped when looking for the letters around a capital sigma.", None),
    ("CASED", "Has a case.", None),
    ("ASSIGNED", "Known to this version of Unicode.", lambda c: unicodedata.category(c) != "Cn"),
]


def is_cased(c):
    """A letter behind a cased one is not a title."""
    return (c + "a").title()[-1] == "a"


def is_case_ignorable(c):
    """A sigma is final if a cased letter stands before it, whatever ignorable characters stand between."""
    return ("A" + c + "\u03a3").lower()[-1] == "\u03c2" != (c + "\u03a3").lower()[-1]


TESTS = {"CASED": is_cased, "CASE_IGNORABLE": is_case_ignorable}


def flags_of(code):
    c = chr(code)
    return sum(1 << bit for bit, (name, _, test) in enumerate(FLAGS) if (test or TESTS[name])(c))


def wrapped(items):
    line = "   "
    for item in items:
        if len(line) + len(item) + 2 > 110:
            yield line
            line = "   "
        line += f" {item},"
    yield line


def main():
    runs = []
    for code in range(sys.maxunicode + 1):
        flags = flags_of(code)
        if not runs or runs[-1][1] != flags:
            runs.append((code, flags))
    out = [
        "//! Properties of characters, written by `scripts/unicode_tables.py`: Unicode "
        + unicodedata.unidata_version + ", as CPython 3.13.",
        "",
    ]
    for bit, (name, doc, _) in enumerate(FLAGS):
        out += [f"/// {doc}", f"pub const {name}: u16 = 1 << {bit};"]
    out += ["", "/// The first characters of runs with equal properties.", "#[rustfmt::skip]",
            f"pub(super) static STARTS: [u32; {len(runs)}] = ["]
    out += wrapped(f"{code:#x}" for code, _ in runs)
    out += ["];", "", "/// The properties of those runs.", "#[rustfmt::skip]",
            f"pub(super) static FLAGS: [u16; {len(runs)}] = ["]
    out += wrapped(f"{flags:#x}" for _, flags in runs)
    out += ["];"]
    for name, doc, other, method in [
        ("TITLES", "Characters whose titlecase differs from their uppercase.", str.upper, str.title),
        ("FOLDS", "Characters whose folded form differs from their lowercase.", str.lower, str.casefold),
    ]:
        entries = [
            (code, method(chr(code)))
            for code in range(sys.maxunicode + 1)
            if method(chr(code)) != other(chr(code))
        ]
        out += ["", f"/// {doc}", "#[rustfmt::skip]", f"pub(super) static {name}: [(u32, &str); {len(entries)}] = ["]
        out += wrapped(
            '({:#x}, "{}")'.format(code, "".join(f"\\u{{{ord(c):x}}}" for c in mapped)) for code, mapped in entries
        )
        out += ["];"]
    out += ["", "/// Digits that are not decimal, with their values.", "#[rustfmt::skip]"]
    digits = [
        (code, unicodedata.digit(chr(code)))
        for code in range(sys.maxunicode + 1)
        if chr(code).isdigit() and not chr(code).isdecimal()
    ]
    out += [f"pub(super) static DIGITS: [(u32, u8); {len(digits)}] = ["]
    out += wrapped(f"({code:#x}, {value})" for code, value in digits)
    out += ["];"]
    TARGET.write_text("\n".join(out) + "\n")
    print(len(runs), "runs")
    write_widths()


def write_widths():
    runs = []
    for code in range(sys.maxunicode + 1):
        # One byte for each width: `Na` becomes `a`.
        width = unicodedata.east_asian_width(chr(code))[-1]
        if not runs or runs[-1][1] != width:
            runs.append((code, width))
    out = ["//! How wide characters are in East Asian text (UAX 11), written by `scripts/unicode_tables.py`.", ""]
    out += ["/// Where each run of characters of one width begins, and the width: `a` stands for `Na`.", "#[rustfmt::skip]"]
    out += ["pub(super) const RUNS: &[(u32, u8)] = &["]
    out += wrapped(f"({code:#x}, b'{width}')" for code, width in runs)
    out += ["];"]
    WIDTHS.write_text("\n".join(out) + "\n")


main()
