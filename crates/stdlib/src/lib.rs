//! The modules of the standard library that come with the interpreter: native ones, and Python source that is part
//! of the executable.

mod abc;
mod array;
pub mod atexit;
mod bisect;
mod codecs;
mod collections;
mod dis;
mod errno;
mod functools;
mod gc;
mod heapq;
mod importlib;
mod io;
mod itertools;
mod json;
mod math;
mod operator;
mod posix;
mod processes;
mod random;
mod sre;
mod struct_;
mod support;
pub mod sys;
mod time;
mod traceback;
mod tracemalloc;
mod unicodedata;
mod weakref;

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
        "_abc" abc::fill,
        "_codecs_native" codecs::fill,
        "_collections" collections::fill,
        "_dis" dis::fill,
        "_functools" functools::fill,
        "_heapq" heapq::fill,
        "_imp" importlib::fill,
        "_io" io::fill,
        "_json" json::fill,
        "_operator" operator::fill_native,
        "_posixsubprocess" processes::fill_subprocess,
        "_random" random::fill,
        "_sre" sre::fill,
        "_struct" struct_::fill,
        "_traceback" traceback::fill,
        "_tracemalloc" tracemalloc::fill,
        "_weakref" weakref::fill,
        "array" array::fill,
        "atexit" atexit::fill,
        "bisect" bisect::fill,
        "errno" errno::fill,
        "gc" gc::fill,
        "itertools" itertools::fill,
        "math" math::fill,
        "operator" operator::fill,
        "posix" posix::fill,
        "select" processes::fill_select,
        "sys" sys::fill,
        "time" time::fill,
        "unicodedata" unicodedata::fill;
    python:
        "__future__" "__future__.py",
        "_codecs" "_codecs.py",
        "_collections_abc" "_collections_abc.py",
        "_ast" "_ast.py",
        "_collections_user" "_collections_user.py",
        "_contextvars" "_contextvars.py",
        "_opcode" "_opcode.py",
        "_signal" "_signal.py",
        "_string" "_string.py",
        "_sysconfigdata__linux_" "_sysconfigdata.py",
        "_thread" "_thread.py",
        "_tokenize" "_tokenize.py",
        "_typing" "_typing.py",
        "_weakrefset" "_weakrefset.py",
        "abc" "abc.py",
        "asyncio" "asyncio.py",
        "asyncio.base_events" "asyncio_base_events.py",
        "asyncio.coroutines" "asyncio_coroutines.py",
        "asyncio.events" "asyncio_events.py",
        "asyncio.exceptions" "asyncio_exceptions.py",
        "asyncio.futures" "asyncio_futures.py",
        "asyncio.locks" "asyncio_locks.py",
        "asyncio.queues" "asyncio_queues.py",
        "asyncio.runners" "asyncio_runners.py",
        "asyncio.taskgroups" "asyncio_taskgroups.py",
        "asyncio.tasks" "asyncio_tasks.py",
        "asyncio.timeouts" "asyncio_timeouts.py",
        "collections" "collections.py",
        "collections.abc" "collections_abc.py",
        "contextlib" "contextlib.py",
        "contextvars" "contextvars.py",
        "copy" "copy.py",
        "copyreg" "copyreg.py",
        "dataclasses" "dataclasses.py",
        "dis" "dis.py",
        "enum" "enum.py",
        "fnmatch" "fnmatch.py",
        "functools" "functools.py",
        "heapq" "heapq.py",
        "importlib" "importlib.py",
        "importlib._bootstrap_external" "importlib_bootstrap_external.py",
        "importlib.machinery" "importlib_machinery.py",
        "importlib.util" "importlib_util.py",
        "io" "io.py",
        "json" "json.py",
        "json.decoder" "json_decoder.py",
        "json.encoder" "json_encoder.py",
        "json.scanner" "json_scanner.py",
        "keyword" "keyword.py",
        "linecache" "linecache.py",
        "os" "os.py",
        "posixpath" "posixpath.py",
        "random" "random.py",
        "re" "re.py",
        "reprlib" "reprlib.py",
        "string" "string.py",
        "struct" "struct.py",
        "textwrap" "textwrap.py",
        "traceback" "traceback.py",
        "tracemalloc" "tracemalloc.py",
        "types" "types.py",
        "typing" "typing.py",
        "warnings" "warnings.py",
        "weakref" "weakref.py",
}
