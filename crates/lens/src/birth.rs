//! The lines that objects were made at.

use std::fmt;

use ouro_vm::tracing;

use crate::plain::Plain;

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Birth {
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
}

impl From<&Birth> for Plain {
    fn from(birth: &Birth) -> Plain {
        Plain::object([("file", birth.file.as_str().into()), ("line", birth.line.into())])
    }
}

impl fmt::Display for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Where the object at an address was made, if allocations are traced.
pub fn birth(address: usize) -> Option<Birth> {
    let known = tracing::birth_at(ouro_heap::trace::birth(address)?)?;
    let (file, line) = known.frames.first()?;
    Some(Birth { file: file.to_string(), line: *line })
}
