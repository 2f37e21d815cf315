//! From the command line and the environment to the interpreter's options.

use std::{
    env,
    hash::{BuildHasher, Hasher},
    path::{Path, PathBuf},
};

use ouro::Options;

use crate::options::{CommandLine, Source};

/// A variable of the environment, unless `-E` or `-I` rule it out; an empty one counts as not there.
pub(crate) fn variable(line: &CommandLine, name: &str) -> Option<String> {
    if line.flags.ignore_environment || line.flags.isolated {
        return None;
    }
    env::var_os(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty())
}

/// A count from an option and a variable: the higher one. A variable that is no number counts as 1.
fn level(line: &CommandLine, given: u8, name: &str) -> u8 {
    let set = variable(line, name).map_or(0, |value| value.parse::<u8>().unwrap_or(1));
    given.max(set)
}

/// The options of the interpreter; an error is a line for stderr.
pub(crate) fn options(line: &CommandLine) -> Result<Options, String> {
    let flags = &line.flags;
    let set = |given: bool, name: &str| given || variable(line, name).is_some();
    let safe_path = set(flags.safe_path, "PYTHONSAFEPATH") || flags.isolated;
    let is_dev =
        flags.extra.iter().any(|option| option == "dev") || variable(line, "PYTHONDEVMODE").is_some();
    let mut warn_options: Vec<String> = is_dev.then(|| "default".to_owned()).into_iter().collect();
    let variable_options = variable(line, "PYTHONWARNINGS");
    warn_options.extend(variable_options.iter().flat_map(|value| value.split(',')).map(str::to_owned));
    warn_options.extend(flags.warnings.iter().cloned());
    let mut path = Vec::new();
    if !safe_path {
        path.extend(script_folder(&line.source));
    }
    if let Some(folders) = variable(line, "PYTHONPATH") {
        path.extend(env::split_paths(&folders).map(|folder| absolute(&folder.to_string_lossy())));
    }
    let mut argv = vec![match &line.source {
        Source::Command(_) => "-c".to_owned(),
        Source::Module(_) => "-m".to_owned(),
        Source::Path(path) | Source::Disassemble(path) => path.clone(),
        Source::Input(true) => "-".to_owned(),
        Source::Input(false) => String::new(),
    }];
    argv.extend(line.arguments.iter().cloned());
    Ok(Options {
        hash_seed: hash_seed(line)?,
        optimize: level(line, flags.optimize, "PYTHONOPTIMIZE").min(2),
        argv,
        path,
        executable: executable(&line.executable),
        inspect: line.inspect() || variable(line, "PYTHONINSPECT").is_some(),
        quiet: flags.quiet,
        verbose: level(line, flags.verbose, "PYTHONVERBOSE"),
        isolated: flags.isolated,
        ignore_environment: flags.ignore_environment || flags.isolated,
        no_site: flags.no_site,
        no_user_site: set(flags.no_user_site, "PYTHONNOUSERSITE") || flags.isolated,
        safe_path,
        unbuffered: set(flags.unbuffered, "PYTHONUNBUFFERED"),
        dont_write_bytecode: line.dont_write_bytecode()
            || variable(line, "PYTHONDONTWRITEBYTECODE").is_some(),
        bytes_warning: line.bytes_warning(),
        x_options: flags.extra.iter().map(|option| split_extra(option)).collect(),
        warn_options,
        ..Options::default()
    })
}

/// How many frames `-X tracemalloc` or PYTHONTRACEMALLOC want with each traced allocation, 0 for no tracing; an error is
/// what to write to stderr.
pub(crate) fn traced_frames(line: &CommandLine, options: &Options) -> Result<usize, String> {
    let mut frames = 0;
    if let Some(value) = variable(line, "PYTHONTRACEMALLOC") {
        frames = frame_count(&value).ok_or_else(|| invalid_frames("PYTHONTRACEMALLOC"))?;
    }
    if let Some((_, value)) = options.x_options.iter().find(|(name, _)| name == "tracemalloc") {
        frames = match value.as_deref() {
            None => 1,
            Some("") => 0,
            Some(value) => frame_count(value).ok_or_else(|| invalid_frames("-X tracemalloc=NFRAME"))?,
        };
    }
    let most = ouro_vm::tracing::MAX_FRAMES;
    if frames > most {
        return Err(format!(
            "Fatal Python error: init_interp_main: can't start tracemalloc\n\
             Python runtime state: core initialized\n\
             ValueError: the number of frames must be in range [1; {most}]\n"
        ));
    }
    Ok(frames)
}

fn frame_count(value: &str) -> Option<usize> {
    value.parse::<i32>().ok().and_then(|count| usize::try_from(count).ok())
}

fn invalid_frames(name: &str) -> String {
    format!(
        "Fatal Python error: config_init_tracemalloc: {name}: invalid number of frames\n\
         Python runtime state: preinitialized\n\n"
    )
}

fn split_extra(option: &str) -> (String, Option<String>) {
    match option.split_once('=') {
        Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
        None => (option.to_owned(), None),
    }
}

/// The folder that imports start from: the script's, links followed; the working one otherwise.
fn script_folder(source: &Source) -> Option<String> {
    match source {
        Source::Command(_) | Source::Input(_) => Some(String::new()),
        Source::Module(_) => Some(env::current_dir().unwrap_or_default().to_string_lossy().into_owned()),
        Source::Path(path) if Path::new(path).is_dir() => Some(absolute(path)),
        Source::Path(path) => {
            let real = Path::new(path).canonicalize().unwrap_or_else(|_| PathBuf::from(absolute(path)));
            real.parent().map(|folder| folder.to_string_lossy().into_owned())
        }
        Source::Disassemble(_) => None,
    }
}

/// A path from the root, not otherwise changed.
pub(crate) fn absolute(path: &str) -> String {
    if Path::new(path).is_absolute() {
        return path.to_owned();
    }
    let relative = path.strip_prefix("./").unwrap_or(path);
    env::current_dir().unwrap_or_default().join(relative).to_string_lossy().into_owned()
}

fn executable(called: &str) -> String {
    env::current_exe().map_or_else(|_| called.to_owned(), |path| path.to_string_lossy().into_owned())
}

fn hash_seed(line: &CommandLine) -> Result<u64, String> {
    match variable(line, "PYTHONHASHSEED").as_deref() {
        // The standard library's own random keys are as good a seed as any, and cost nothing more.
        None | Some("random") => Ok(std::hash::RandomState::new().build_hasher().finish()),
        Some(number) => number.parse::<u32>().map(u64::from).map_err(|_| {
            "Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]\n\
             Python runtime state: preinitialized\n\n"
                .to_owned()
        }),
    }
}
