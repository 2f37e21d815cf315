//! Which characters may stand in a name.

use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

use crate::error::LexFault;

/// Checks a run of name characters and non-ASCII characters that starts at `offset` in the source.
pub(crate) fn verify(text: &str, offset: u32) -> Result<(), LexFault> {
    let mut start = true;
    for (index, c) in text.char_indices() {
        let good = if start { c == '_' || starts_name(c) } else { continues_name(c) };
        if !good {
            return Err(LexFault::InvalidCharacter { at: offset + index as u32, character: c });
        }
        start = false;
    }
    Ok(())
}

// The Unicode tables know the XID properties; CPython 3.13 checks the name as it is written first, and again
// after normalisation, which these properties are closed under.
fn starts_name(c: char) -> bool {
    is_xid_start(c)
}

fn continues_name(c: char) -> bool {
    is_xid_continue(c)
}

/// The NFKC form of a name that is not ASCII.
pub(crate) fn normalise(text: &str) -> String {
    text.nfkc().collect()
}
