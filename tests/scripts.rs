//! Runs every Python script under `tests/<area>/` as one test, and every case of `tests/cli/*.cases`.
//!
//! A script `tests/<area>/<name>.py` is the test `area::name`. It is run by its bare name with its own folder as
//! the working directory, so that tracebacks are the same on every machine. Next to it lie its expectations, which
//! `scripts/expect` makes with CPython 3.13:
//!
//! | file            | meaning                                                                          |
//! | --------------- | -------------------------------------------------------------------------------- |
//! | `<name>.out`    | standard output, always there                                                    |
//! | `<name>.err`    | standard error; compared only when there (area `errors`: absent means empty)     |
//! | `<name>.status` | exit status; absent means 0                                                      |
//! | `<name>.in`     | standard input; absent means empty                                               |
//! | `<name>.args`   | options of the interpreter, one a line; after a line `--`: the script's arguments |
//!
//! Comment lines at the very top of a script are directives: `# expect: own` (the expectation is written by hand,
//! because the output is Ouro's own by nature), `# expect: err` (stderr is compared too), `# stress: skip` (too slow
//! to repeat under stress switches), `# alive: reason` (objects are alive at the end on purpose).
//!
//! Files in subfolders and files whose names start with `_` are helpers, not tests.
//!
//! Environment: `OURO_TEST_ARGS` adds interpreter options to every script (a stress run, such as `-X verify`);
//! `OURO_TEST_SHOWREFCOUNT=1` runs every script with `-X showrefcount` and wants no object alive at the end;
//! `OURO_TEST_BIN` runs another interpreter, for instance the reference itself; `OURO_TEST_TIMEOUT` is the limit of
//! one test in seconds (60).

use std::{
    env, fs,
    io::{Read, Write},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let args = Arguments::from_args();
    let setup = Arc::new(Setup::from_env());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let root = fs::canonicalize(&root).unwrap_or(root);
    let mut trials = Vec::new();
    for area in sorted_entries(&root).into_iter().filter(|path| path.is_dir()) {
        for path in sorted_entries(&area) {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("py") if !file_stem(&path).starts_with('_') => {
                    trials.push(script_trial(&setup, &file_stem(&area), path));
                }
                Some("cases") => trials.extend(case_trials(&setup, &file_stem(&area), &path)),
                _ => {}
            }
        }
    }
    libtest_mimic::run(&args, trials).exit();
}

/// What the environment says about this run of the tests.
struct Setup {
    interpreter: PathBuf,
    extra_args: Vec<String>,
    show_count: bool,
    limit: Duration,
}

impl Setup {
    fn from_env() -> Self {
        let seconds = env::var("OURO_TEST_TIMEOUT").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
        Self {
            interpreter: env::var_os("OURO_TEST_BIN")
                .unwrap_or_else(|| env!("CARGO_BIN_EXE_ouro").into())
                .into(),
            extra_args: env::var("OURO_TEST_ARGS")
                .map(|text| text.split_whitespace().map(str::to_owned).collect())
                .unwrap_or_default(),
            show_count: env::var_os("OURO_TEST_SHOWREFCOUNT").is_some_and(|value| value != "0"),
            limit: Duration::from_secs(seconds),
        }
    }

    /// A command of the interpreter under test, in `folder`, cut off from the Python settings of the caller.
    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.interpreter);
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PYTHON")) {
            command.env_remove(name);
        }
        command
            .current_dir(folder)
            .env("PYTHONHASHSEED", "0")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("LC_ALL", "C.UTF-8")
            .env_remove("FORCE_COLOR");
        command
    }
}

/// What a run is to print, and how it is to end. `None` is not compared.
struct Expected {
    stdout: Option<String>,
    stderr: Option<String>,
    status: Vec<i32>,
    stdout_has: Vec<String>,
    stderr_has: Vec<String>,
}

fn script_trial(setup: &Arc<Setup>, area: &str, path: PathBuf) -> Trial {
    let name = format!("{area}::{}", file_stem(&path));
    let stressed = !setup.extra_args.is_empty();
    let has = |start: &str| directives(&path).iter().any(|line| line.starts_with(start));
    let skipped = stressed && has("# stress: skip") || setup.show_count && has("# alive: ");
    let compare_empty_stderr = area == "errors";
    let setup = Arc::clone(setup);
    Trial::test(name, move || run_script(&setup, &path, compare_empty_stderr)).with_ignored_flag(skipped)
}

fn run_script(setup: &Setup, path: &Path, compare_empty_stderr: bool) -> Result<(), Failed> {
    let beside = |extension: &str| read(&path.with_extension(extension));
    let stdout = beside("out").ok_or("no .out file beside the script: run scripts/expect")?;
    let expected = Expected {
        stdout: Some(stdout),
        stderr: beside("err").or_else(|| compare_empty_stderr.then(String::new)),
        status: vec![
            beside("status").map_or(Ok(0), |text| text.trim().parse()).map_err(|_| "bad .status file")?,
        ],
        stdout_has: Vec::new(),
        stderr_has: Vec::new(),
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut command = setup.command(folder);
    command.args(&setup.extra_args);
    if setup.show_count {
        command.args(["-X", "showrefcount"]);
    }
    let arguments = beside("args").unwrap_or_default();
    let mut lines = arguments.lines();
    command.args(lines.by_ref().take_while(|line| *line != "--"));
    command.arg(path.file_name().unwrap_or_default()).args(lines);
    let mut run = run(command, &beside("in").unwrap_or_default(), Reader::Whole, setup.limit)?;
    let alive = if setup.show_count { take_count(&mut run.stderr) } else { None };
    check(setup, folder, &run, &expected)?;
    match alive {
        Some(alive) => Err(format!("alive at the end:\n{}", shortened(&alive)).into()),
        None => Ok(()),
    }
}

/// Takes the report of `-X showrefcount` off the end of standard error, if it says that nothing is alive; otherwise
/// gives what there is.
fn take_count(stderr: &mut Vec<u8>) -> Option<String> {
    const NOTHING: &[u8] = b"[0 objects, 0 blocks]\n";
    if stderr.ends_with(NOTHING) {
        stderr.truncate(stderr.len() - NOTHING.len());
        return None;
    }
    Some(String::from_utf8_lossy(stderr).into_owned())
}

/// One case of a `.cases` file: a command line and what comes of it.
///
/// A file holds cases one after the other. `=== name` begins one; `arg: text` lines are the arguments; `env: A=b`
/// sets a variable; `stdout: close after a line` and `cwd: folder` set the scene; `status: n` is the exit status
/// (several numbers: any of them); `own` says that the expectation is not CPython's. The sections `--- stdin`,
/// `--- stdout` and `--- stderr` hold whole texts (`--- stdout without newline`: the last line ends with none),
/// `--- stdout has` and `--- stderr has` one substring a line.
#[derive(Default)]
struct Case {
    name: String,
    args: Vec<String>,
    env: Vec<(String, String)>,
    cwd: String,
    stdin: String,
    close_stdout: bool,
    status: Vec<i32>,
    stdout: Option<String>,
    stderr: Option<String>,
    stdout_has: Vec<String>,
    stderr_has: Vec<String>,
}

fn case_trials(setup: &Arc<Setup>, area: &str, path: &Path) -> Vec<Trial> {
    let folder = path.parent().unwrap_or(Path::new(".")).to_owned();
    let prefix = format!("{area}::{}", file_stem(path));
    let text = read(path).unwrap_or_default();
    parse_cases(&text)
        .into_iter()
        .map(|case| {
            let (setup, folder) = (Arc::clone(setup), folder.clone());
            Trial::test(format!("{prefix}::{}", case.name), move || run_case(&setup, &folder, case))
        })
        .collect()
}

fn parse_cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut section = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
            section.clear();
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(name) = line.strip_prefix("--- ") {
            name.clone_into(&mut section);
            match name {
                "stdout" => case.stdout = Some(String::new()),
                "stderr" => case.stderr = Some(String::new()),
                _ => {}
            }
            continue;
        }
        match section.as_str() {
            "stdin" => push_line(&mut case.stdin, line),
            "stdout" => push_line(case.stdout.get_or_insert_default(), line),
            "stderr" => push_line(case.stderr.get_or_insert_default(), line),
            "stdout without newline" => join_line(&mut case.stdout, line),
            "stderr without newline" => join_line(&mut case.stderr, line),
            "stdout has" => case.stdout_has.extend(Some(line.to_owned()).filter(|line| !line.is_empty())),
            "stderr has" => case.stderr_has.extend(Some(line.to_owned()).filter(|line| !line.is_empty())),
            _ => case.set(line),
        }
    }
    cases
}

impl Case {
    fn set(&mut self, line: &str) {
        match line.split_once(": ") {
            Some(("arg", value)) => self.args.push(value.to_owned()),
            Some(("env", value)) => {
                let (name, value) = value.split_once('=').unwrap_or((value, ""));
                self.env.push((name.to_owned(), value.to_owned()));
            }
            Some(("cwd", value)) => value.clone_into(&mut self.cwd),
            Some(("stdout", "close after a line")) => self.close_stdout = true,
            Some(("status", value)) => {
                self.status = value.split(' ').filter_map(|text| text.parse().ok()).collect()
            }
            _ => {}
        }
    }
}

fn run_case(setup: &Setup, folder: &Path, case: Case) -> Result<(), Failed> {
    let folder = folder.join(&case.cwd);
    let mut command = setup.command(&folder);
    command.args(&case.args).envs(case.env);
    let reader = if case.close_stdout { Reader::OneLine } else { Reader::Whole };
    let run = run(command, &case.stdin, reader, setup.limit)?;
    let expected = Expected {
        stdout: case.stdout,
        stderr: case.stderr,
        status: if case.status.is_empty() { vec![0] } else { case.status },
        stdout_has: case.stdout_has,
        stderr_has: case.stderr_has,
    };
    check(setup, &folder, &run, &expected)
}

/// How much of standard output the test takes before it closes the pipe.
#[derive(Clone, Copy, PartialEq)]
enum Reader {
    Whole,
    OneLine,
}

struct Run {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    status: ExitStatus,
}

fn run(mut command: Command, stdin: &str, reader: Reader, limit: Duration) -> Result<Run, Failed> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start {}: {error}", command.get_program().to_string_lossy()))?;
    let mut input = child.stdin.take().expect("stdin is piped");
    let mut output = child.stdout.take().expect("stdout is piped");
    let mut errors = child.stderr.take().expect("stderr is piped");
    let stdin = stdin.to_owned();
    // The child may end without reading its input: a broken pipe here is no fault.
    thread::spawn(move || drop(input.write_all(stdin.as_bytes())));
    let stdout = thread::spawn(move || match reader {
        Reader::Whole => read_all(&mut output),
        Reader::OneLine => read_line(&mut output),
    });
    let stderr = thread::spawn(move || read_all(&mut errors));
    let status = wait(&mut child, limit)?;
    Ok(Run {
        stdout: stdout.join().map_err(|_| "the reader of stdout failed")?,
        stderr: stderr.join().map_err(|_| "the reader of stderr failed")?,
        status,
    })
}

/// The status as a shell shows it: a process ended by signal n gives 128 + n.
fn shell_status(status: ExitStatus) -> i32 {
    status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(-1)
}

fn read_all(source: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before a failure is still worth showing.
    let _ = source.read_to_end(&mut bytes);
    bytes
}

fn read_line(source: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while matches!(source.read(&mut byte), Ok(1)) {
        bytes.push(byte[0]);
        if byte[0] == b'\n' {
            break;
        }
    }
    bytes
}

fn wait(child: &mut Child, limit: Duration) -> Result<ExitStatus, Failed> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok(status);
        }
        if start.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("killed after {} seconds", limit.as_secs()).into());
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

fn check(setup: &Setup, folder: &Path, run: &Run, expected: &Expected) -> Result<(), Failed> {
    let stdout = normal(setup, folder, &run.stdout);
    let stderr = normal(setup, folder, &run.stderr);
    let mut faults = String::new();
    if !expected.status.contains(&shell_status(run.status)) {
        faults += &format!("exit status: expected {:?}, got {}\n", expected.status, run.status);
    }
    for (name, got, wanted, has) in [
        ("stdout", &stdout, &expected.stdout, &expected.stdout_has),
        ("stderr", &stderr, &expected.stderr, &expected.stderr_has),
    ] {
        if let Some(wanted) = wanted
            && wanted != got
        {
            faults += &format!("{name} differs (- expected, + got):\n{}", diff(wanted, got));
        }
        for part in has.iter().filter(|part| !got.contains(part.as_str())) {
            faults += &format!("{name} lacks {part:?}:\n{}", shortened(got));
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    if expected.stderr.is_none() && !stderr.is_empty() {
        faults += &format!("stderr was:\n{}", shortened(&stderr));
    }
    Err(faults.into())
}

/// The output with everything taken out that depends on the machine or the moment, as `scripts/expect` does it too:
/// the folder, the interpreter's own path, addresses in reprs, and the numbers of the collector's statistics.
fn normal(setup: &Setup, folder: &Path, bytes: &[u8]) -> String {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let text = String::from_utf8_lossy(bytes).into_owned();
    let text = text.replace(&format!("{}/", folder.display()), "");
    let text = text.replace(&*setup.interpreter.to_string_lossy(), "{exe}");
    let mut result = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let line =
            line.strip_prefix("ouro: ").map_or_else(|| line.to_owned(), |rest| format!("{{exe}}: {rest}"));
        let line = mask_addresses(&line, " at 0x");
        if line.starts_with("gc: collectable <") || line.starts_with("gc: uncollectable <") {
            result.push_str(&mask_addresses(&line, " 0x"));
        } else if line.starts_with("gc: objects in ") || line.starts_with("gc: done") {
            result.push_str(&mask_statistics(&line));
        } else {
            result.push_str(&line);
        }
    }
    result
}

/// Replaces the digits after every `before`, which ends in `0x`.
fn mask_addresses(line: &str, before: &str) -> String {
    let mut parts = line.split(before);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result.push_str(before);
        result.push_str("...");
        result.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    result
}

/// Replaces the object counts and the time in a line of `gc.DEBUG_STATS`; the counts of what was found stay.
fn mask_statistics(line: &str) -> String {
    if let Some((name, _)) = line.rsplit_once(": ").filter(|_| line.starts_with("gc: objects in ")) {
        return format!("{name}: ...\n");
    }
    match line.rsplit_once(", ") {
        Some((found, time)) if time.trim_end().ends_with("s elapsed") => format!("{found}, ...s elapsed\n"),
        _ => line.to_owned(),
    }
}

const SHOWN_LINES: usize = 80;

fn shortened(text: &str) -> String {
    let mut result: String = text.lines().take(SHOWN_LINES).map(|line| format!("    {line}\n")).collect();
    if text.lines().count() > SHOWN_LINES {
        result.push_str("    ...\n");
    }
    result
}

/// A line diff: common head and tail are cut to three lines of context, the middle goes by longest common subsequence.
fn diff(wanted: &str, got: &str) -> String {
    let old: Vec<&str> = wanted.split('\n').collect();
    let new: Vec<&str> = got.split('\n').collect();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail_limit = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(tail_limit).take_while(|(a, b)| a == b).count();
    let mut lines: Vec<String> =
        old[head.saturating_sub(3)..head].iter().map(|line| format!("    {line}")).collect();
    lines.extend(diff_middle(&old[head..old.len() - tail], &new[head..new.len() - tail]));
    lines.extend(old[old.len() - tail..].iter().take(3).map(|line| format!("    {line}")));
    if lines.len() > SHOWN_LINES {
        lines.truncate(SHOWN_LINES);
        lines.push("    ...".to_owned());
    }
    format!("  from line {}:\n{}\n", head + 1, lines.join("\n"))
}

fn diff_middle(old: &[&str], new: &[&str]) -> Vec<String> {
    const TABLE_LIMIT: usize = 4_000_000;
    if old.len().saturating_mul(new.len()) > TABLE_LIMIT {
        let removed = old.iter().take(SHOWN_LINES / 2).map(|line| format!("  - {line}"));
        return removed.chain(new.iter().take(SHOWN_LINES / 2).map(|line| format!("  + {line}"))).collect();
    }
    let width = new.len() + 1;
    let mut table = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i * width + j] = if old[i] == new[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push(format!("    {}", old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && table[(i + 1) * width + j] >= table[i * width + j + 1] {
            lines.push(format!("  - {}", old[i]));
            i += 1;
        } else {
            lines.push(format!("  + {}", new[j]));
            j += 1;
        }
    }
    lines
}

/// The comment lines at the top of a script.
fn directives(path: &Path) -> Vec<String> {
    let text = read(path).unwrap_or_default();
    text.lines().take_while(|line| line.starts_with('#')).map(|line| line.trim_end().to_owned()).collect()
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Like `push_line`, but the newline goes before the line, so that the last one has none behind it.
fn join_line(text: &mut Option<String>, line: &str) {
    match text {
        Some(text) => {
            text.push('\n');
            text.push_str(line);
        }
        None => *text = Some(line.to_owned()),
    }
}

fn read(path: &Path) -> Option<String> {
    fs::read(path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn file_stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.sort();
    paths
}
