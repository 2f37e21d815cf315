//! Links the command for a fixed address where that is known to work: the loader then has no addresses to adjust, which
//! is a tenth of the time that an empty program takes. (Distributions link their `python3` the same way.) And with the
//! unwinder from an archive, where the C compiler has one: its shared library asks the processor what it can do when it is
//! loaded, which takes a virtual machine long.

use std::{env, path::Path, process::Command};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        if let Some(folder) = folder_of("libgcc_eh.a") {
            println!("cargo::rustc-link-search=native={folder}");
            println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
        }
    }
}

/// The folder in which the C compiler has a library of its own.
fn folder_of(library: &str) -> Option<String> {
    let done = Command::new("cc").arg(format!("-print-file-name={library}")).output().ok()?;
    let text = String::from_utf8(done.stdout).ok()?;
    // It answers with the bare name where it has none.
    let path = Path::new(text.trim()).canonicalize().ok().filter(|path| path.is_absolute())?;
    Some(path.parent()?.to_str()?.to_owned())
}
