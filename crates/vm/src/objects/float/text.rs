//! `float` from text.

/// Parses a Python float: surrounding white space, underscores between digits, `inf` and `nan` in any case.
/// Digits and white space outside of ASCII have been replaced by those of ASCII.
pub fn parse(text: &str) -> Option<f64> {
    let text = text.trim_matches(is_space);
    if text.contains('_') {
        return parse_plain(&without_underscores(text)?);
    }
    parse_plain(text)
}

/// White space of ASCII as Python sees it.
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\x1c'..='\x1f')
}

fn parse_plain(text: &str) -> Option<f64> {
    // The standard parser accepts exactly the same forms and rounds correctly.
    text.parse().ok()
}

/// The text without its underscores, if each stands between two digits.
pub fn without_underscores(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digit = |index: Option<usize>| index.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    for (index, _) in text.match_indices('_') {
        if !digit(index.checked_sub(1)) || !digit(Some(index + 1)) {
            return None;
        }
    }
    Some(text.replace('_', ""))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn forms() {
        for (text, value) in [
            ("1.5", 1.5),
            (" 1_0.2_5e1_0\n", 10.25e10),
            (".5", 0.5),
            ("1.", 1.0),
            ("-Infinity", f64::NEG_INFINITY),
        ] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
        assert!(parse("NaN").is_some_and(f64::is_nan));
        for text in ["", "1__0", "_1", "1_", "1_.5", "1e", ".", "0x10", "1 2", "infin", "1e+_5"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
