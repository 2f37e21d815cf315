//! The modules of the standard library that come with the interpreter: native ones, and Python source that is part
//! of the executable.

mod array;
mod bisect;
mod collections;
mod functools;
mod heapq;
mod itertools;
mod operator;
mod random;
mod support;

use ouro_vm::state::{ModuleSource, NativeModule};

macro_rules! modules {
    (native: $($native:literal $fill:path),* $(,)?; python: $($python:literal $file:literal),* $(,)?) => {
        /// All modules that are part of the executable.
        pub fn modules() -> Vec<NativeModule> {
            vec![
                $(NativeModule { name: $native, source: ModuleSource::Native($fill) },)*
                $(NativeModule { name: $python, source: ModuleSource::Python(include_str!(concat!("../python/", $file))) },)*
            ]
        }
    };
}

modules! {
    native:
        "_collections" collections::fill,
        "_functools" functools::fill,
        "_heapq" heapq::fill,
        "_operator" operator::fill,
        "_random" random::fill,
        "array" array::fill,
        "bisect" bisect::fill,
        "itertools" itertools::fill,
        "operator" operator::fill;
    python:
        "_collections_abc" "_collections_abc.py",
        "_collections_user" "_collections_user.py",
        "collections" "collections.py",
        "collections.abc" "collections_abc.py",
        "functools" "functools.py",
        "heapq" "heapq.py",
        "keyword" "keyword.py",
        "random" "random.py",
}
