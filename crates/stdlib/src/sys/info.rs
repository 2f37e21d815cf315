//! What `sys` says about the interpreter: versions, flags, numbers of the platform.

use ouro_heap::Ref;
use ouro_vm::{
    error::Res,
    objects::{module, namespace},
    state::vm,
    types,
};

use super::{Item, VERSION, sequence, text, text_tuple};

/// Modules of CPython's library. Ouro knows many by name only, so that `sys.stdlib_module_names` can tell that a
/// missing module is one of the library's.
const LIBRARY: &str = "\
    __future__ _abc _aix_support _android_support _ast _asyncio _bisect _blake2 _bz2 _codecs _codecs_cn \
    _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _colorize \
    _compat_pickle _compression _contextvars _csv _ctypes _curses _curses_panel _datetime _dbm _decimal \
    _elementtree _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq _imp \
    _interpchannels _interpqueues _interpreters _io _ios_support _json _locale _lsprof _lzma _markupbase _md5 \
    _multibytecodec _multiprocessing _opcode _opcode_metadata _operator _osx_support _overlapped _pickle \
    _posixshmem _posixsubprocess _py_abc _pydatetime _pydecimal _pyio _pylong _pyrepl _queue _random _scproxy \
    _sha1 _sha2 _sha3 _signal _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string _strptime \
    _struct _suggestions _symtable _sysconfig _thread _threading_local _tkinter _tokenize _tracemalloc _typing \
    _uuid _warnings _weakref _weakrefset _winapi _wmi _zoneinfo abc antigravity argparse array ast asyncio \
    atexit base64 bdb binascii bisect builtins bz2 cProfile calendar cmath cmd code codecs codeop collections \
    colorsys compileall concurrent configparser contextlib contextvars copy copyreg csv ctypes curses \
    dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip enum errno faulthandler fcntl \
    filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp \
    gzip hashlib heapq hmac html http idlelib imaplib importlib inspect io ipaddress itertools json keyword \
    linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc \
    nt ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools pkgutil platform \
    plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat \
    queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve \
    shlex shutil signal site smtplib socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat \
    statistics string stringprep struct subprocess symtable sys sysconfig syslog tabnanny tarfile tempfile \
    termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty \
    turtle turtledemo types typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser winreg \
    winsound wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo \
    ";

/// Numbers of `sys.hash_info` and `sys.int_info` that describe how numbers hash and how ints are stored.
const HASH_MODULUS: i64 = (1 << 61) - 1;

fn flags() -> Ref {
    let options = &vm().options;
    let bit = |value: bool| Item::Int(value.into());
    sequence(
        types::SYS_FLAGS,
        &[
            Item::Int(0),
            bit(options.inspect),
            bit(options.inspect),
            Item::Int(options.optimize.into()),
            Item::Int(1),
            bit(options.no_user_site || options.isolated),
            bit(options.no_site),
            bit(options.ignore_environment || options.isolated),
            Item::Int(options.verbose.into()),
            Item::Int(options.bytes_warning.into()),
            bit(options.quiet),
            Item::Int(1),
            bit(options.isolated),
            Item::Bool(options.x_options.iter().any(|(name, _)| name == "dev")),
            Item::Int(i64::from(
                options.x_options.iter().any(|(name, value)| name == "utf8" && value.as_deref() != Some("0")),
            )),
            Item::Int(0),
            Item::Bool(options.safe_path || options.isolated),
            Item::Int(ouro_vm::objects::int::max_str_digits() as i64),
        ],
    )
}

fn version_info() -> Ref {
    let (major, minor, micro) = VERSION;
    sequence(
        types::VERSION_INFO,
        &[Item::Int(major), Item::Int(minor), Item::Int(micro), Item::Text("final"), Item::Int(0)],
    )
}

/// Sets the constants.
pub(super) fn fill(target: &Ref) -> Res<()> {
    let set = |name: &str, item: Item| module::set(target, name, item.object());
    let (major, minor, micro) = VERSION;
    let hex_version = major << 24 | minor << 16 | micro << 8 | 0xF0;
    let ours = env!("CARGO_PKG_VERSION");
    set("version", Item::Text(&format!("{major}.{minor}.{micro} (ouro {ours})")))?;
    set("hexversion", Item::Int(hex_version))?;
    set("api_version", Item::Int(1013))?;
    set("platform", Item::Text("linux"))?;
    set("byteorder", Item::Text("little"))?;
    set("maxsize", Item::Int(i64::MAX))?;
    set("maxunicode", Item::Int(0x10_FFFF))?;
    set("copyright", Item::Text("Copyright (c) 2026 the Ouro contributors.\nAll Rights Reserved."))?;
    set("float_repr_style", Item::Text("short"))?;
    set("abiflags", Item::Text(""))?;
    set("platlibdir", Item::Text("lib"))?;
    let prefix = std::path::Path::new(&vm().options.executable)
        .parent()
        .and_then(std::path::Path::parent)
        .map_or_else(|| "/usr".to_owned(), |prefix| prefix.to_string_lossy().into_owned());
    for name in ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"] {
        set(name, Item::Text(&prefix))?;
    }
    module::set(target, "version_info", version_info())?;
    module::set(target, "flags", flags())?;
    module::set(
        target,
        "implementation",
        namespace::new(vec![
            ("name", text("ouro")),
            ("cache_tag", Item::Text("ouro-313").object()),
            ("version", version_info()),
            ("hexversion", Item::Int(hex_version).object()),
        ]),
    )?;
    module::set(
        target,
        "float_info",
        sequence(
            types::FLOAT_INFO,
            &[
                Item::Float(f64::MAX),
                Item::Int(f64::MAX_EXP.into()),
                Item::Int(f64::MAX_10_EXP.into()),
                Item::Float(f64::MIN_POSITIVE),
                Item::Int(f64::MIN_EXP.into()),
                Item::Int(f64::MIN_10_EXP.into()),
                Item::Int(f64::DIGITS.into()),
                Item::Int(f64::MANTISSA_DIGITS.into()),
                Item::Float(f64::EPSILON),
                Item::Int(f64::RADIX.into()),
                Item::Int(1),
            ],
        ),
    )?;
    // Ours are stored in words of 64 bits, all of which count.
    module::set(
        target,
        "int_info",
        sequence(types::INT_INFO, &[Item::Int(64), Item::Int(8), Item::Int(4300), Item::Int(640)]),
    )?;
    module::set(
        target,
        "hash_info",
        sequence(
            types::HASH_INFO,
            &[
                Item::Int(64),
                Item::Int(HASH_MODULUS),
                Item::Int(314_159),
                Item::Int(0),
                Item::Int(1_000_003),
                Item::Text("ahash"),
                Item::Int(64),
                Item::Int(64),
                Item::Int(0),
            ],
        ),
    )?;
    module::set(
        target,
        "thread_info",
        sequence(types::THREAD_INFO, &[Item::Text("pthread"), Item::Text("semaphore"), Item::Nothing]),
    )?;
    let native: Vec<&str> = vm()
        .options
        .native_modules
        .0
        .iter()
        .map(|module| module.name)
        .filter(|name| !name.contains('.'))
        .collect();
    let mut native = native;
    native.sort_unstable();
    module::set(target, "builtin_module_names", text_tuple(&native))?;
    let library: Vec<&str> = LIBRARY.split_whitespace().collect();
    let library = ouro_vm::protocol::call::call(
        ouro_vm::state::class_of(types::FROZENSET).as_any(),
        &[text_tuple(&library)],
    )?;
    module::set(target, "stdlib_module_names", library)
}
