//! Streams that take nothing: a process still ends as it would, without a panic.
#![cfg(target_os = "linux")]

use std::{
    env, fs,
    process::{Command, Stdio},
};

/// The exit status with a full device as standard output, as standard error, and as both.
fn statuses(args: &[&str]) -> [Option<i32>; 3] {
    let full = || Stdio::from(fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device"));
    let run = |output: Stdio, errors: Stdio| {
        Command::new(env::var_os("OURO_TEST_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_ouro").into()))
            .args(args)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .status()
            .expect("the program starts")
            .code()
    };
    [run(full(), Stdio::null()), run(Stdio::null(), full()), run(full(), full())]
}

#[test]
fn what_is_asked_of_the_command_line() {
    assert_eq!(statuses(&["-V"]), [Some(0); 3]);
    assert_eq!(statuses(&["-h"]), [Some(0); 3]);
}

#[test]
fn what_the_command_line_refuses() {
    assert_eq!(statuses(&["--no-such-option"]), [Some(2); 3]);
    assert_eq!(statuses(&["no such file.py"]), [Some(2); 3]);
    assert_eq!(statuses(&["-m", "no_such_module"]), [Some(1); 3]);
}

#[test]
fn a_listing_of_bytecode() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/tour.py");
    assert_eq!(statuses(&["dis", script]), [Some(1), Some(0), Some(1)]);
}
