//! What an `__init__` does that only stores its parameters and constants as attributes.

use ouro_heap::Header;

/// The effect of calling a class with such an `__init__`, which can be had without a frame. It holds for the root shape that
/// the class had when this was made, and refers to nothing that the code does not hold.
pub(crate) struct FieldInit {
    /// The number of the code; another function can stand in the class, or the function have got other code.
    pub code: u32,
    /// The shape of the instance afterwards.
    pub shape: u32,
    /// So many places an instance must have.
    pub room: usize,
    /// So many places from the first on are all stored to: an even number.
    pub filled: usize,
    /// The place of each parameter but the first, in their order.
    pub parameters: Box<[u16]>,
    /// Constants with their places.
    pub constants: Box<[(*mut Header, u16)]>,
}
