//! `_io`: the classes of files. `io`, with its abstract bases, is written in Python.

use ouro_heap::Ref;
use ouro_vm::{
    boot,
    error::Res,
    native::{Args, NativeDef, plain, raw},
    objects::{int, io, module},
    protocol::call,
    state::class_of,
    types,
};

fn open_code(args: &[Ref]) -> Res {
    let mode = ouro_vm::objects::str::new("rb").into_any();
    call::call(&ouro_vm::objects::builtin::new_function(&OPEN, None), &[args[0].clone(), mode])
}

fn text_encoding(args: Args) -> Res {
    let [first, ..] = args.exactly("text_encoding", 1, 2)? else {
        return Ok(ouro_vm::state::shared().none.clone());
    };
    let none = first.is(&ouro_vm::state::shared().none);
    Ok(if none { ouro_vm::objects::str::new("locale").into_any() } else { first.clone() })
}

static OPEN: NativeDef = io::open::OPEN;

static FUNCTIONS: [NativeDef; 3] = [
    io::open::OPEN,
    plain(
        "open_code",
        "(path)",
        open_code,
        "Opens the provided file with the intent to import the contents.",
    ),
    raw(
        "text_encoding",
        "(encoding, stacklevel=2, /)",
        text_encoding,
        "A helper function to choose the text encoding.",
    ),
];

/// Fills the module `_io`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, &FUNCTIONS);
    for (name, index) in [
        ("FileIO", types::RAW_FILE),
        ("BufferedReader", types::BUFFERED_FILE),
        ("BufferedWriter", types::BUFFERED_WRITER),
        ("BufferedRandom", types::BUFFERED_RANDOM),
        ("TextIOWrapper", types::TEXT_FILE),
    ] {
        module::set(target, name, class_of(index).clone().into_any())?;
    }
    for definition in [&io::string_io::STRING_IO, &io::bytes_io::BYTES_IO] {
        module::set(target, definition.name, boot::add_class(definition).into_any())?;
    }
    module::set(target, "UnsupportedOperation", io::unsupported_operation()?)?;
    module::set(target, "DEFAULT_BUFFER_SIZE", int::from_usize(io::BUFFER_SIZE))
}
