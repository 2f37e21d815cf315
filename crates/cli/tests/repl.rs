//! The prompt, used through a real pseudo-terminal as a person uses it.
//!
//! `OURO_TEST_BIN` runs another interpreter: CPython 3.13 passes these tests too.

use std::{
    env, fs,
    io::ErrorKind,
    path::PathBuf,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use expectrl::{Expect, Session, process::unix::WaitStatus, session::OsSession};

const PROMPT: &str = ">>> ";
const CONTINUATION: &str = "... ";
const LIMIT: Duration = Duration::from_secs(20);

/// A running prompt and all that it has shown so far, without escape sequences and carriage returns.
struct Repl {
    session: OsSession,
    raw: Vec<u8>,
    shown: String,
    home: PathBuf,
}

impl Repl {
    /// Starts the interpreter with an empty home folder and waits for the first prompt.
    fn start(name: &str, args: &[&str]) -> Self {
        let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("repl-{name}"));
        let _ = fs::remove_dir_all(&home);
        fs::create_dir_all(&home).expect("a folder for the test");
        let reference = env::var_os("OURO_TEST_BIN");
        let mut command =
            Command::new(reference.clone().unwrap_or_else(|| env!("CARGO_BIN_EXE_ouro").into()));
        for (variable, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PYTHON")) {
            command.env_remove(variable);
        }
        command.args(args).current_dir(&home).env("HOME", &home).env("TERM", "xterm").env("NO_COLOR", "1");
        command.env("PYTHONHASHSEED", "0").env_remove("XDG_DATA_HOME").env_remove("XDG_STATE_HOME");
        command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_CACHE_HOME");
        if reference.is_some() {
            command.env("PYTHON_BASIC_REPL", "1");
        }
        let mut session = Session::spawn(command).expect("the interpreter starts");
        // A terminal shows what is typed; the library starts one that does not.
        session.get_process_mut().set_echo(true, None).expect("the terminal can echo");
        let mut repl = Self { session, raw: Vec::new(), shown: String::new(), home };
        repl.wait("the first prompt", 0, |text| text.ends_with(PROMPT));
        repl
    }

    /// Types a line and gives back what came until the next prompt, the prompt itself left out.
    fn line(&mut self, line: &str) -> String {
        self.keys(&format!("{line}\r"))
    }

    /// Types keys, of which the last one ends an input.
    fn keys(&mut self, keys: &str) -> String {
        let from = self.shown.len();
        self.send(keys);
        self.wait(keys, from, |text| {
            text.contains('\n') && (text.ends_with(PROMPT) || text.ends_with(CONTINUATION))
        });
        let text = &self.shown[from..];
        let answer = text.split_once('\n').map_or("", |(_, answer)| answer);
        answer.trim_end_matches(PROMPT).trim_end_matches(CONTINUATION).to_owned()
    }

    /// Types several lines and gives back what came after the last of them.
    fn lines(&mut self, lines: &[&str]) -> String {
        lines.iter().map(|line| self.line(line)).last().unwrap_or_default()
    }

    fn send(&mut self, keys: &str) {
        self.session.send(keys).expect("the terminal takes keys");
    }

    fn wait(&mut self, what: &str, from: usize, done: impl Fn(&str) -> bool) {
        let start = Instant::now();
        while !done(&self.shown[from.min(self.shown.len())..]) {
            assert!(start.elapsed() < LIMIT, "no answer to {what:?}; the terminal shows:\n{}", self.shown);
            if !self.read() {
                thread::sleep(Duration::from_millis(2));
            }
        }
    }

    /// Takes what is there to read; `false` when there is nothing, or nothing more ever.
    fn read(&mut self) -> bool {
        let mut buffer = [0; 4096];
        match self.session.try_read(&mut buffer) {
            Ok(0) => false,
            Ok(count) => {
                self.raw.extend_from_slice(&buffer[..count]);
                self.shown = plain(&String::from_utf8_lossy(&self.raw));
                true
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => false,
            Err(_) => false,
        }
    }

    /// Waits for the end of the interpreter: its exit status.
    fn end(mut self) -> i32 {
        let start = Instant::now();
        loop {
            self.read();
            match self.session.get_process().status() {
                Ok(WaitStatus::StillAlive) => {}
                Ok(WaitStatus::Exited(_, code)) => return code,
                other => panic!("the interpreter ended with {other:?}; the terminal shows:\n{}", self.shown),
            }
            assert!(
                start.elapsed() < LIMIT,
                "the interpreter does not end; the terminal shows:\n{}",
                self.shown
            );
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Takes out escape sequences and carriage returns.
fn plain(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\x1b', Some('[')) => {
                chars.next();
                let _ = chars.find(|c| ('\x40'..='\x7e').contains(c));
            }
            ('\x1b', Some(']')) => {
                let _ = chars.find(|c| *c == '\x07');
            }
            ('\x1b', Some(_)) => {
                chars.next();
            }
            ('\r' | '\x1b' | '\x07', _) => {}
            _ => result.push(c),
        }
    }
    result
}

#[test]
fn shows_values() {
    let mut repl = Repl::start("values", &["-q"]);
    assert_eq!(repl.line("6 * 7"), "42\n");
    assert_eq!(repl.line("'te' + 'xt'"), "'text'\n");
    assert_eq!(repl.line("None"), "");
    assert_eq!(repl.line("x = 5"), "");
    assert_eq!(repl.line("x; x + 1"), "5\n6\n");
    assert_eq!(repl.line("print('out')"), "out\n");
    assert_eq!(repl.line(""), "");
    assert_eq!(repl.line("# only a comment"), "");
}

#[test]
fn underscore_is_the_last_value() {
    let mut repl = Repl::start("underscore", &["-q"]);
    assert_eq!(repl.lines(&["20 + 1", "_ * 2"]), "42\n");
    assert_eq!(repl.lines(&["None", "_"]), "42\n");
    assert_eq!(repl.lines(&["y = 7", "_"]), "42\n");
    assert_eq!(repl.lines(&["import sys; l = []", "sys.getrefcount(l)"]), "2\n");
    assert_eq!(repl.lines(&["l", "sys.getrefcount(l)"]), "3\n");
}

#[test]
fn blocks_end_with_an_empty_line() {
    let mut repl = Repl::start("blocks", &["-q"]);
    repl.line("def double(a):");
    assert!(repl.shown.ends_with(CONTINUATION));
    repl.line("    return a * 2");
    assert!(repl.shown.ends_with(CONTINUATION));
    repl.line("");
    assert!(repl.shown.ends_with(PROMPT));
    assert_eq!(repl.line("double(21)"), "42\n");
    assert_eq!(repl.lines(&["for i in range(2):", "    i", ""]), "0\n1\n");
    assert_eq!(repl.lines(&["if not 1:", "    'no'", "else:", "    'yes'", ""]), "'yes'\n");
    assert_eq!(repl.lines(&["class A:", "    def m(self): return 'm'", "", "A().m()"]), "'m'\n");
}

#[test]
fn open_brackets_and_texts_go_on() {
    let mut repl = Repl::start("brackets", &["-q"]);
    assert_eq!(repl.lines(&["(1,", "2)"]), "(1, 2)\n");
    assert_eq!(repl.lines(&["[", "]"]), "[]\n");
    assert_eq!(repl.lines(&["1 +\\", "2"]), "3\n");
    assert_eq!(repl.lines(&["'''a", "b'''"]), "'a\\nb'\n");
}

#[test]
fn each_input_is_compiled_alone() {
    let mut repl = Repl::start("alone", &["-q"]);
    assert_eq!(repl.lines(&["x = 1000", "y = 1000", "x is y"]), "False\n");
    assert_eq!(repl.line("x = 1000; y = 1000; x is y"), "True\n");
    assert_eq!(repl.lines(&["a = 100", "b = 100", "a is b"]), "True\n");
}

#[test]
fn counts_are_exact() {
    let mut repl = Repl::start("counts", &["-q"]);
    repl.line("import sys");
    assert_eq!(repl.lines(&["test = 1000", "sys.getrefcount(test)"]), "2\n");
    assert_eq!(repl.lines(&["another_test = test", "sys.getrefcount(test)"]), "3\n");
    assert_eq!(repl.lines(&["del another_test", "sys.getrefcount(test)"]), "2\n");
    assert_eq!(repl.lines(&["x = [1, 2, 3]", "y = x", "sys.getrefcount(x)"]), "3\n");
}

#[test]
fn the_collector_answers() {
    let mut repl = Repl::start("collector", &["-q"]);
    repl.lines(&["import gc", "gc.disable()", "_ = gc.collect()"]);
    repl.lines(&["class Node:", "    def __del__(self): print('freed')", ""]);
    assert_eq!(repl.lines(&["n = Node()", "del n"]), "freed\n");
    repl.lines(&["a, b = Node(), Node()", "a.next, b.next = b, a"]);
    assert_eq!(repl.line("del a, b"), "");
    assert_eq!(repl.line("gc.collect()"), "freed\nfreed\n2\n");
}

#[test]
fn errors_are_shown_and_the_prompt_goes_on() {
    let mut repl = Repl::start("errors", &["-q"]);
    let text = repl.line("1 / 0");
    assert!(
        text.starts_with("Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\n"),
        "{text}"
    );
    assert!(text.ends_with("ZeroDivisionError: division by zero\n"), "{text}");
    let text = repl.line("nothing_of_this_name");
    assert!(text.ends_with("NameError: name 'nothing_of_this_name' is not defined\n"), "{text}");
    let text = repl.line("x = = 1");
    assert!(
        text.contains("  File \"<stdin>\", line 1\n") && text.ends_with("SyntaxError: invalid syntax\n"),
        "{text}"
    );
    let text = repl.line("print(1))");
    assert!(text.ends_with("SyntaxError: unmatched ')'\n"), "{text}");
    let text = repl.lines(&["def f(): return [][1]", "", "f()"]);
    assert!(
        text.contains("line 1, in f\n") && text.ends_with("IndexError: list index out of range\n"),
        "{text}"
    );
    assert_eq!(repl.line("'alive'"), "'alive'\n");
    repl.line("import sys");
    assert_eq!(repl.line("type(sys.last_value).__name__"), "'IndexError'\n");
}

#[test]
fn deep_recursion_is_an_error() {
    let mut repl = Repl::start("recursion", &["-q"]);
    let text = repl.lines(&["def f(): return f()", "", "f()"]);
    assert!(text.contains("[Previous line repeated 99"), "{text}");
    assert!(text.ends_with("RecursionError: maximum recursion depth exceeded\n"), "{text}");
    assert_eq!(repl.line("'alive'"), "'alive'\n");
}

#[test]
fn interrupt_drops_the_input() {
    let mut repl = Repl::start("interrupt", &["-q"]);
    let from = repl.shown.len();
    repl.send("abandoned");
    repl.wait("typing", from, |text| text.ends_with("abandoned"));
    let text = repl.keys("\x03");
    assert!(text.contains("KeyboardInterrupt\n"), "{text}");
    assert!(repl.shown.ends_with(PROMPT));
    repl.line("def f():");
    let text = repl.keys("\x03");
    assert!(text.contains("KeyboardInterrupt\n"), "{text}");
    assert!(repl.shown.ends_with(PROMPT));
    assert_eq!(repl.line("6 * 7"), "42\n");
}

#[test]
fn interrupt_stops_a_running_program() {
    let mut repl = Repl::start("running", &["-q"]);
    repl.line("while True: pass");
    let from = repl.shown.len();
    repl.send("\r");
    repl.wait("an empty line", from, |text| text.contains('\n'));
    thread::sleep(Duration::from_millis(300));
    repl.send("\x03");
    repl.wait("Ctrl-C", from, |text| text.contains("KeyboardInterrupt\n") && text.ends_with(PROMPT));
    assert!(repl.shown[from..].contains("line 1, in <module>\n    while True: pass\n"), "{}", repl.shown);
    assert_eq!(repl.line("6 * 7"), "42\n");
    repl.line("import time");
    let from = repl.shown.len();
    repl.send("time.sleep(60)\r");
    repl.wait("a line", from, |text| text.contains('\n'));
    thread::sleep(Duration::from_millis(300));
    repl.send("\x03");
    repl.wait("Ctrl-C", from, |text| text.contains("KeyboardInterrupt\n") && text.ends_with(PROMPT));
    assert_eq!(repl.line("'alive'"), "'alive'\n");
}

#[test]
fn interrupt_can_be_caught() {
    let mut repl = Repl::start("caught", &["-q"]);
    repl.lines(&["try:", "    while True: pass", "except KeyboardInterrupt:", "    print('ca' + 'ught')"]);
    let from = repl.shown.len();
    repl.send("\r");
    repl.wait("an empty line", from, |text| text.contains('\n'));
    thread::sleep(Duration::from_millis(300));
    repl.send("\x03");
    repl.wait("Ctrl-C", from, |text| text.contains("caught\n") && text.ends_with(PROMPT));
}

#[test]
fn end_of_input_leaves() {
    let mut repl = Repl::start("eof", &["-q"]);
    repl.lines(&["class D:", "    def __del__(self): print('last words')", "", "d = D()"]);
    repl.send("\x04");
    repl.wait("Ctrl-D", 0, |text| text.contains("last words\n"));
    assert_eq!(repl.end(), 0);
}

#[test]
fn exit_leaves_with_its_status() {
    let mut repl = Repl::start("exit", &["-q"]);
    repl.line("import sys");
    repl.send("sys.exit(3)\r");
    assert_eq!(repl.end(), 3);
    let mut repl = Repl::start("exit-builtin", &["-q"]);
    repl.send("exit()\r");
    assert_eq!(repl.end(), 0);
    let mut repl = Repl::start("exit-raise", &["-q"]);
    repl.send("raise SystemExit(4)\r");
    assert_eq!(repl.end(), 4);
}

#[test]
fn inspects_after_a_script() {
    let mut repl = Repl::start("inspect", &["-q", "-i", "-c", "made = 6 * 7"]);
    assert_eq!(repl.line("made"), "42\n");
    fs::write(repl.home.join("script.py"), "def f(): return value\nvalue = 'from the script'\n1 / 0\n")
        .expect("a script");
    let script = repl.home.join("script.py");
    let mut repl = Repl::start("inspect-script", &["-q", "-i", &script.to_string_lossy()]);
    assert!(repl.shown.contains("ZeroDivisionError: division by zero\n"), "{}", repl.shown);
    assert_eq!(repl.line("f()"), "'from the script'\n");
}

#[test]
fn banner_names_the_interpreter() {
    let repl = Repl::start("banner", &[]);
    assert!(repl.shown.contains("3.13") && repl.shown.lines().count() > 1, "{}", repl.shown);
    let repl = Repl::start("no-banner", &["-q"]);
    assert_eq!(repl.shown, PROMPT);
}

#[test]
fn completes_names_and_attributes() {
    let mut repl = Repl::start("complete", &["-q"]);
    repl.line("zebra_crossing = 41");
    assert_eq!(repl.line("zebra_cr\t + 1"), "42\n");
    repl.lines(&["class Box: pass", "", "box = Box()", "box.peculiar_name = 6"]);
    assert_eq!(repl.line("box.peculiar_n\t * 7"), "42\n");
    // What can be called comes with its bracket.
    assert_eq!(repl.line("issubcl\tbool, int)"), "True\n");
}

#[test]
fn pasted_statements_run_one_by_one() {
    let mut repl = Repl::start("paste", &["-q"]);
    let from = repl.shown.len();
    // What a terminal sends for a paste, and the key that ends the input.
    repl.send("\x1b[200~def double(a):\n    return a * 2\nnumber = 21\ndouble(number)\n# the end\x1b[201~\r");
    repl.wait("a paste", from, |text| text.contains("\n42\n") && text.ends_with(PROMPT));
    assert_eq!(repl.line("number"), "21\n");
}

#[test]
fn history_brings_blocks_back() {
    let mut repl = Repl::start("history-block", &["-q"]);
    repl.lines(&["def f():", "    return 'from f'", ""]);
    assert_eq!(repl.line("f = None"), "");
    repl.keys("\x1b[A\x1b[A\r");
    assert_eq!(repl.line("f()"), "'from f'\n");
}

#[test]
fn history_brings_lines_back() {
    let mut repl = Repl::start("history", &["-q"]);
    assert_eq!(repl.line("2 ** 20"), "1048576\n");
    assert_eq!(repl.line("'between'"), "'between'\n");
    assert_eq!(repl.keys("\x1b[A\x1b[A\r"), "1048576\n");
    // Editing within the line: back to its start, and two more characters.
    assert_eq!(repl.keys("40\x012 + \r"), "42\n");
}

#[test]
fn wide_and_composed_characters() {
    let mut repl = Repl::start("unicode", &["-q"]);
    assert_eq!(repl.line("len('日本é😀')"), "4\n");
    assert_eq!(repl.line("'日本'"), "'日本'\n");
}

/// Whether another interpreter is tested, which has no commands about memory.
fn is_reference() -> bool {
    env::var_os("OURO_TEST_BIN").is_some()
}

#[test]
fn commands_tell_who_refers_to_an_object() {
    if is_reference() {
        return;
    }
    let mut repl = Repl::start("commands-refs", &[]);
    repl.lines(&["x = [1000]", "y = {'k': x}"]);
    assert_eq!(repl.line("%refs x"), "name x in module __main__\n['k'] of y (dict of 1 key)\n");
    assert_eq!(repl.line("%refs len(x)"), repl.line("%refs 1"));
    let why = repl.line("%why y['k']");
    assert!(why.contains(" is alive because of\n  module __main__\n    x -> list of 1 item"), "{why}");
    assert!(repl.line("%layout x").contains("reference count 2"));
    assert!(repl.line("%mem x").starts_with("alone "));
    // A command is no expression: it does not bind `_`.
    assert!(repl.line("_").contains("NameError"));
}

#[test]
fn commands_show_the_heap() {
    if is_reference() {
        return;
    }
    let mut repl = Repl::start("commands-heap", &[]);
    assert_eq!(repl.line("%diff"), "no snapshot yet: %snap takes one\n");
    assert!(repl.line("%snap").contains(" objects, "));
    repl.lines(&["class Item: pass", ""]);
    repl.line("items = [Item() for _ in range(7)]");
    let diff = repl.line("%diff");
    assert!(diff.lines().any(|line| line.starts_with("Item ") && line.contains(" +7 ")), "{diff}");
    assert!(repl.line("%mem").starts_with("type "));
    assert!(repl.line("%pools").contains("objects that refer to others: "));
    assert_eq!(repl.line("%leaks"), "nothing\n");
    repl.lines(&["import gc", "gc.disable()", "a = []; a.append(a); del a"]);
    assert!(repl.line("%leaks").starts_with("1 object, "));
    assert_eq!(repl.line("gc.collect()"), "1\n");
    assert!(repl.line("%gc").starts_with("automatic collection is off\n"));
    assert!(repl.line("%explain").starts_with("collection of generation 2 (asked for): "));
    assert!(repl.line("%help").contains("%refs x "));
    repl.line("held = object(); holders = [held] * 100");
    let many = repl.line("%refs held");
    assert!(
        many.lines().count() == 61 && many.trim_end().ends_with(" lines more, which heap.refs() has"),
        "{many}"
    );
}

#[test]
fn commands_compare_by_line_while_allocations_are_traced() {
    if is_reference() {
        return;
    }
    let mut repl = Repl::start("commands-lines", &[]);
    repl.line("import tracemalloc; tracemalloc.start()");
    repl.lines(&["class Item: pass", ""]);
    repl.line("%snap");
    repl.line("items = [Item() for _ in range(7)]");
    let diff = repl.line("%diff");
    assert!(diff.lines().any(|line| line.starts_with("line ")), "{diff}");
    assert!(diff.lines().any(|line| line.starts_with("<stdin>-") && line.contains(" +8 ")), "{diff}");
}

#[test]
fn commands_say_what_is_wrong() {
    if is_reference() {
        return;
    }
    let mut repl = Repl::start("commands-wrong", &[]);
    assert_eq!(repl.line("%nothing"), "SyntaxError: no command %nothing; %help lists them\n");
    assert_eq!(repl.line("%refs"), "SyntaxError: %refs wants an expression\n");
    assert_eq!(repl.line("%pools now"), "SyntaxError: %pools takes nothing behind it\n");
    assert_eq!(repl.line("%refs missing"), "NameError: name 'missing' is not defined\n");
    assert_eq!(repl.line("1 + 1"), "2\n");
}

#[test]
fn completes_commands_and_their_arguments() {
    if is_reference() {
        return;
    }
    let mut repl = Repl::start("commands-completion", &[]);
    repl.line("something = []");
    assert_eq!(repl.keys("%re\tsome\t\r"), "name something in module __main__\n");
    assert!(repl.keys("%hel\t\r").contains("%refs x "));
}
