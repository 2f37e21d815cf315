//! Letters of different case that are the same for a pattern.

use ouro_vm::objects::str::unicode;

use super::program::{Fold, lower_ascii};

/// Lowercase letters that have the same uppercase.
const KINDRED: [&[u32]; 24] = [
    &[0x69, 0x131],
    &[0x73, 0x17F],
    &[0xB5, 0x3BC],
    &[0x345, 0x3B9, 0x1FBE],
    &[0x390, 0x1FD3],
    &[0x3B0, 0x1FE3],
    &[0x3B2, 0x3D0],
    &[0x3B5, 0x3F5],
    &[0x3B8, 0x3D1],
    &[0x3BA, 0x3F0],
    &[0x3C0, 0x3D6],
    &[0x3C1, 0x3F1],
    &[0x3C2, 0x3C3],
    &[0x3C6, 0x3D5],
    &[0x432, 0x1C80],
    &[0x434, 0x1C81],
    &[0x43E, 0x1C82],
    &[0x441, 0x1C83],
    &[0x442, 0x1C84, 0x1C85],
    &[0x44A, 0x1C86],
    &[0x463, 0x1C87],
    &[0x1C88, 0xA64B],
    &[0x1E61, 0x1E9B],
    &[0xFB05, 0xFB06],
];

/// All lowercase letters with the same uppercase as this one, if there are others.
pub(super) fn kindred(lower: u32) -> Option<&'static [u32]> {
    KINDRED.into_iter().find(|letters| letters.contains(&lower))
}

/// Whether a character has another case.
pub(super) fn is_cased(fold: Fold, c: u32) -> bool {
    match fold {
        Fold::Exact => false,
        Fold::Ascii => u8::try_from(c).is_ok_and(|byte| byte.is_ascii_alphabetic()),
        Fold::Unicode => unicode::is_cased(c),
    }
}

/// Adds to ranges what their characters look like when they are made small.
pub(super) fn add_lowercase(fold: Fold, ranges: &mut Vec<(u32, u32)>) {
    let mut found = Vec::new();
    for &(low, high) in ranges.iter() {
        match fold {
            Fold::Exact => {}
            Fold::Ascii => {
                let (low, high) = (low.max('A'.into()), high.min('Z'.into()));
                if low <= high {
                    found.push((lower_ascii(low), lower_ascii(high)));
                }
            }
            // No letter beyond the first plane has kindred, and the set tests both cases of those.
            Fold::Unicode => {
                for c in low..=high.min(0xFFFF) {
                    let lower = unicode::simple_lower(c);
                    if lower != c {
                        found.push((lower, lower));
                    }
                    found.extend(kindred(lower).into_iter().flatten().map(|&c| (c, c)));
                }
            }
        }
    }
    ranges.append(&mut found);
}
