//! The table of handlers, in the order of the opcode table.

pub(crate) use super::{
    basic::*, calls::*, containers::*, exceptions::*, fast::*, generators::*, imports::*, names::*, patterns::*,
};
use super::core::Handler;

macro_rules! table {
    ($($name:ident)*) => {
        /// The handler of each operation.
        pub(crate) static TABLE: [Handler; ouro_bytecode::opcode::Op::ALL.len()] = [$($name),*];
    };
}

ouro_bytecode::for_each_opcode!(table);
