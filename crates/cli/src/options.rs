//! The command line: which options, what to run, its arguments.

use clap::{ArgAction, CommandFactory, Parser, error::ErrorKind};

/// What `-h` says first.
const USAGE: &str = "ouro [option] ... [-c cmd | -m mod | file | -] [arg] ...";

/// The options, as Python spells them. Those without a meaning for Ouro are taken and do nothing.
#[derive(Clone, Debug, Default, Parser)]
#[command(
    name = "ouro",
    override_usage = USAGE,
    help_template = "usage: {usage}\nOptions (and corresponding environment variables):\n{options}\n\n{after-help}",
    after_help = "Arguments:\n  file          program read from script file\n  -             program read from stdin (default; interactive mode if a tty)\n  arg ...       arguments passed to program in sys.argv[1:]\n\n  ouro dis file prints the bytecode of a script",
    disable_help_flag = true,
    disable_version_flag = true
)]
pub(crate) struct Flags {
    /// Warn about bytes compared with or converted to text (-bb: errors)
    #[arg(short = 'b', action = ArgAction::Count)]
    bytes_warning: u8,
    /// Don't write bytecode files on import: Ouro never does; also PYTHONDONTWRITEBYTECODE
    #[arg(short = 'B')]
    dont_write_bytecode: bool,
    /// Program passed in as string (terminates option list)
    #[arg(short = 'c', value_name = "cmd")]
    command: Option<String>,
    /// Parser debugging: nothing in Ouro
    #[arg(short = 'd', action = ArgAction::Count)]
    debug: u8,
    /// Ignore PYTHON* environment variables (such as PYTHONPATH)
    #[arg(short = 'E')]
    pub(crate) ignore_environment: bool,
    /// Print this help message and exit
    #[arg(short = 'h', short_alias = '?', long = "help", action = ArgAction::SetTrue)]
    help: bool,
    /// Inspect interactively after running script; also PYTHONINSPECT
    #[arg(short = 'i', action = ArgAction::Count)]
    inspect: u8,
    /// Isolate from the user's environment (implies -E, -P and -s)
    #[arg(short = 'I')]
    pub(crate) isolated: bool,
    /// Run library module as a script (terminates option list)
    #[arg(short = 'm', value_name = "mod")]
    module: Option<String>,
    /// Remove assert and __debug__-dependent statements (-OO: docstrings too); also PYTHONOPTIMIZE
    #[arg(short = 'O', action = ArgAction::Count)]
    pub(crate) optimize: u8,
    /// Don't prepend a potentially unsafe path to sys.path; also PYTHONSAFEPATH
    #[arg(short = 'P')]
    pub(crate) safe_path: bool,
    /// Don't print version and copyright messages on interactive startup
    #[arg(short = 'q')]
    pub(crate) quiet: bool,
    /// Don't add user site directory to sys.path; also PYTHONNOUSERSITE
    #[arg(short = 's')]
    pub(crate) no_user_site: bool,
    /// Don't imply 'import site' on initialization
    #[arg(short = 'S')]
    pub(crate) no_site: bool,
    /// Force the stdout and stderr streams to be unbuffered; also PYTHONUNBUFFERED
    #[arg(short = 'u')]
    pub(crate) unbuffered: bool,
    /// Trace import statements; also PYTHONVERBOSE
    #[arg(short = 'v', action = ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Print the version and exit; when given twice, print more
    #[arg(short = 'V', long = "version", action = ArgAction::Count)]
    version: u8,
    /// Warning control; arg is action:message:category:module:lineno; also PYTHONWARNINGS
    #[arg(short = 'W', value_name = "arg", allow_hyphen_values = true, action = ArgAction::Append)]
    pub(crate) warnings: Vec<String>,
    /// Skip first line of source, allowing use of non-Unix forms of #!cmd
    #[arg(short = 'x')]
    pub(crate) skip_first_line: bool,
    /// Set implementation-specific option
    #[arg(short = 'X', value_name = "opt", allow_hyphen_values = true, action = ArgAction::Append)]
    pub(crate) extra: Vec<String>,
    /// Control of hash-based bytecode files: nothing in Ouro
    #[arg(long, value_name = "always|default|never", value_parser = ["always", "default", "never"])]
    check_hash_based_pycs: Option<String>,
    /// The heap may hold this many bytes (as in 64MiB or 1G); beyond, MemoryError
    #[arg(long, value_name = "bytes", value_parser = bytes)]
    pub(crate) max_memory: Option<usize>,
    /// Say at exit what only cycles of references keep alive; with error: exit status 1 if there is any
    #[arg(long, value_name = "error", num_args = 0..=1, require_equals = true, default_missing_value = "report", value_parser = ["report", "error"])]
    pub(crate) leaks: Option<String>,
    /// Write a line for each collection of garbage to stderr
    #[arg(long)]
    pub(crate) gc_log: bool,
    /// Print help about environment variables and exit
    #[arg(long)]
    help_env: bool,
    /// Print help about implementation-specific -X options and exit
    #[arg(long)]
    help_xoptions: bool,
    /// Print complete help information and exit
    #[arg(long)]
    help_all: bool,
}

/// What to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// `-c`
    Command(String),
    /// `-m`
    Module(String),
    /// A file or a folder.
    Path(String),
    /// A program on standard input, or the prompt; `true` if it was named (`-`).
    Input(bool),
    /// `ouro dis file`
    Disassemble(String),
}

/// All of the command line.
#[derive(Clone, Debug)]
pub(crate) struct CommandLine {
    /// The command as it was called.
    pub(crate) executable: String,
    pub(crate) flags: Flags,
    pub(crate) source: Source,
    /// What the program gets behind its own name.
    pub(crate) arguments: Vec<String>,
}

/// Why nothing is run.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The user asked for a text.
    Print(String),
    /// The command line is wrong.
    Refuse(String),
}

impl CommandLine {
    /// Takes the arguments of the process apart.
    pub(crate) fn parse(args: &[String]) -> Result<CommandLine, Answer> {
        let executable = args.first().map_or_else(|| "ouro".to_owned(), Clone::clone);
        let rest = args.get(1..).unwrap_or_default();
        let split = Split::of(rest);
        let flags = match split.options {
            [] => Flags::default(),
            options => {
                Flags::try_parse_from(std::iter::once("ouro").chain(options.iter().map(String::as_str)))
                    .map_err(|error| refuse(&executable, &error, options))?
            }
        };
        if flags.help || flags.help_env || flags.help_xoptions || flags.help_all {
            return Err(Answer::Print(help(&flags)));
        }
        if flags.version > 0 {
            return Err(Answer::Print(version(flags.version > 1)));
        }
        let mut arguments = split.arguments.to_vec();
        let source = match (&flags.command, &flags.module, split.program) {
            (Some(command), ..) => Source::Command(format!("{command}\n")),
            (_, Some(module), _) => Source::Module(module.clone()),
            (.., Some("-")) => Source::Input(true),
            (.., Some("dis")) if !arguments.is_empty() && !std::path::Path::new("dis").exists() => {
                Source::Disassemble(arguments.remove(0))
            }
            (.., Some(path)) => Source::Path(path.to_owned()),
            (.., None) => Source::Input(false),
        };
        Ok(CommandLine { executable, flags, source, arguments })
    }

    /// Whether the prompt comes afterwards.
    pub(crate) fn inspect(&self) -> bool {
        self.flags.inspect > 0
    }

    pub(crate) fn bytes_warning(&self) -> u8 {
        self.flags.bytes_warning
    }

    pub(crate) fn dont_write_bytecode(&self) -> bool {
        self.flags.dont_write_bytecode
    }
}

/// Where the interpreter's options end. What follows `-c`, `-m` or the script belongs to the program, whatever it
/// looks like, so this must be known before anything is parsed.
struct Split<'a> {
    options: &'a [String],
    program: Option<&'a str>,
    arguments: &'a [String],
}

impl<'a> Split<'a> {
    fn of(args: &'a [String]) -> Split<'a> {
        let mut index = 0;
        while let Some(arg) = args.get(index) {
            if arg == "--" || arg == "-" || !arg.starts_with('-') {
                let options = &args[..index];
                let at = if arg == "--" { index + 1 } else { index };
                let program = args.get(at).map(String::as_str);
                return Split { options, program, arguments: args.get(at + 1..).unwrap_or_default() };
            }
            index += 1;
            if let Some(long) = arg.strip_prefix("--") {
                if matches!(long, "check-hash-based-pycs" | "max-memory") {
                    index += 1;
                }
                continue;
            }
            let mut letters = arg[1..].char_indices();
            if let Some((at, letter)) = letters.find(|(_, letter)| matches!(letter, 'c' | 'm' | 'W' | 'X')) {
                let joined = arg.len() > 1 + at + 1;
                index += usize::from(!joined);
                if matches!(letter, 'c' | 'm') {
                    let end = index.min(args.len());
                    return Split { options: &args[..end], program: None, arguments: &args[end..] };
                }
            }
        }
        Split { options: args, program: None, arguments: &[] }
    }
}

fn refuse(executable: &str, error: &clap::Error, options: &[String]) -> Answer {
    let tail = format!(
        "usage: {executable} [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `ouro -h' for more information.\n"
    );
    let what = error.get(clap::error::ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
    // clap names an argument with its value's name behind it.
    let name = what.split([' ', '=', '[']).next().unwrap_or_default();
    let words = match error.kind() {
        ErrorKind::UnknownArgument if name.starts_with("--") => format!("unknown option {name}"),
        ErrorKind::UnknownArgument => format!("Unknown option: {name}"),
        ErrorKind::InvalidValue if name == "--check-hash-based-pycs" => {
            "--check-hash-based-pycs must be one of 'default', 'always', or 'never'".to_owned()
        }
        ErrorKind::InvalidValue if name == "--leaks" => {
            "--leaks must be '--leaks' or '--leaks=error'".to_owned()
        }
        ErrorKind::InvalidValue | ErrorKind::TooFewValues => {
            format!("Argument expected for the {name} option")
        }
        ErrorKind::ArgumentConflict => return again(executable, options),
        _ => error.to_string().lines().next().unwrap_or_default().to_owned(),
    };
    Answer::Refuse(format!("{words}\n{tail}"))
}

/// A switch that is given twice is no fault in Python.
fn again(executable: &str, options: &[String]) -> Answer {
    Answer::Refuse(format!("{executable}: an option is given twice: {}\n", options.join(" ")))
}

/// A number of bytes with a unit: `1000`, `64K`, `64KiB`, `1g`.
fn bytes(text: &str) -> Result<usize, String> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let shift = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err("not a number of bytes".to_owned()),
    };
    let number = digits.parse::<usize>().map_err(|_| "not a number of bytes".to_owned())?;
    number.checked_mul(1 << shift).ok_or_else(|| "not a number of bytes".to_owned())
}

/// What `-V` prints; the first word is what tools look for.
pub(crate) fn version(long: bool) -> String {
    let (major, minor, micro) = ouro_stdlib::sys::VERSION;
    let own = env!("CARGO_PKG_VERSION");
    if long {
        format!("Python {major}.{minor}.{micro} (Ouro {own}) [Rust] on {}\n", std::env::consts::OS)
    } else {
        format!("Python {major}.{minor}.{micro} (Ouro {own})\n")
    }
}

fn help(flags: &Flags) -> String {
    let mut text = String::new();
    if flags.help || flags.help_all {
        text.push_str(&Flags::command().render_help().to_string());
    }
    if flags.help_env || flags.help_all {
        text.push_str(ENVIRONMENT);
    }
    if flags.help_xoptions || flags.help_all {
        text.push_str(EXTRA);
    }
    text
}

const ENVIRONMENT: &str = "Environment variables that change behavior:
PYTHONPATH      : list of folders prefixed to the default module search path
PYTHONSTARTUP   : file executed on interactive startup (no default)
PYTHONINSPECT   : inspect interactively after running script (-i)
PYTHONOPTIMIZE  : remove assert statements; 2: docstrings too (-O, -OO)
PYTHONUNBUFFERED: force the stdout and stderr streams to be unbuffered (-u)
PYTHONVERBOSE   : trace import statements (-v)
PYTHONWARNINGS  : warning control (-W)
PYTHONHASHSEED  : if this variable is set to 'random', a random value is used to
                  seed the hashes of str and bytes objects; an integer in the range
                  [0,4294967295] gives hash values with a predictable seed
PYTHONSAFEPATH  : don't prepend a potentially unsafe path (-P)
PYTHONNOUSERSITE: disable user site directory (-s)
PYTHONTRACEMALLOC: trace allocations from the start, with as many frames
PYTHON_HISTORY  : the location of a .python_history file
PYTHON_COLORS   : 1: force colors, 0: disable them (NO_COLOR and FORCE_COLOR too)
";

const EXTRA: &str = "The following implementation-specific options are available:
-X dev          : development mode
-X utf8[=0|1]   : UTF-8 mode, which Ouro always has
-X showrefcount : say at exit how many objects are still alive
-X verify       : check every reference count at exit
-X gcstress     : collect garbage at every allocation of a container
-X nospecialize : run every instruction in its general form
-X int_max_str_digits=number
                : limit the size of int<->str conversions
-X tracemalloc[=N]: trace allocations from the start, each with N frames
-X importtime, frozen_modules, no_debug_ranges, faulthandler, perf,
-X pycache_prefix, cpu_count, warn_default_encoding
                : accepted
";
