//! `complex` from text.

use super::Value;
use crate::objects::float::text::{is_space, without_underscores};

/// Parses what `complex(text)` accepts. Characters outside of ASCII have been replaced.
pub(super) fn parse(text: &str) -> Option<Value> {
    let mut text = text.trim_matches(is_space);
    if let Some(inner) = text.strip_prefix('(') {
        text = inner.strip_suffix(')')?.trim_matches(is_space);
    }
    if text.contains('_') {
        return parse_parts(&without_underscores(text)?);
    }
    parse_parts(text)
}

fn parse_parts(text: &str) -> Option<Value> {
    let (first, rest) = split_number(text);
    let Some(first) = first else {
        // A sign or nothing before the unit.
        let (imag, rest) = unit_sign(rest);
        return unit(rest).then_some(Value { real: 0.0, imag });
    };
    match rest.as_bytes() {
        [] => Some(Value { real: first, imag: 0.0 }),
        [b'j' | b'J'] => Some(Value { real: 0.0, imag: first }),
        [b'+' | b'-', ..] => {
            let (second, after) = split_number(rest);
            let (imag, after) = second.map_or_else(|| unit_sign(rest), |imag| (imag, after));
            unit(after).then_some(Value { real: first, imag })
        }
        _ => None,
    }
}

fn unit(text: &str) -> bool {
    matches!(text, "j" | "J")
}

fn unit_sign(text: &str) -> (f64, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (-1.0, &text[1..]),
        Some(b'+') => (1.0, &text[1..]),
        _ => (1.0, text),
    }
}

/// The longest float at the start of a text, and what follows.
fn split_number(text: &str) -> (Option<f64>, &str) {
    let bytes = text.as_bytes();
    let start = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let word = ["infinity", "inf", "nan"].into_iter().find(|word| {
        bytes[start..].len() >= word.len()
            && bytes[start..start + word.len()].eq_ignore_ascii_case(word.as_bytes())
    });
    let end = match word {
        Some(word) => start + word.len(),
        None => {
            let whole = digits(start);
            let mut end = start + whole;
            let mut count = whole;
            if bytes.get(end) == Some(&b'.') {
                let fraction = digits(end + 1);
                count += fraction;
                end += 1 + fraction;
            }
            if count == 0 {
                return (None, text);
            }
            if matches!(bytes.get(end), Some(b'e' | b'E')) {
                let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
                let exponent = digits((end + 1 + sign).min(bytes.len()));
                if exponent > 0 {
                    end += 1 + sign + exponent;
                }
            }
            end
        }
    };
    (text[..end].parse().ok(), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, real, imag) in [
            ("1+2j", 1.0, 2.0),
            (" ( -1.5J ) ", 0.0, -1.5),
            ("j", 0.0, 1.0),
            ("-j", 0.0, -1.0),
            ("3-j", 3.0, -1.0),
            ("+1e5-.5j", 1e5, -0.5),
            ("1_0", 10.0, 0.0),
            ("inf-Infinityj", f64::INFINITY, f64::NEG_INFINITY),
        ] {
            assert_eq!(parse(text), Some(Value { real, imag }), "{text}");
        }
        for text in ["", "1+", "1 +2j", "1j2", "(1", "1)", "a", "1+2", "e5j", "1e+j"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
