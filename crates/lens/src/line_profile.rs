//! Memory by line: how many bytes each line of a function has added to the heap.
//!
//! The function's file is compiled once more with instructions that tell when a line begins, and the function gets that
//! code. So a program that is not profiled pays nothing.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use ouro_bytecode::code as bytecode;
use ouro_heap::{Ref, inspect};
use ouro_vm::{
    compile,
    error::Res,
    interpreter::{LineEvent, watch_lines},
    objects::{
        code::{self, Code},
        function::Function,
        str::StrExt,
    },
};

use crate::graph::Map;

/// What is known of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The most bytes that the heap held after the line.
    pub memory: usize,
    /// Bytes that the line has added in all.
    pub increment: i64,
    /// How often it ran.
    pub occurrences: usize,
}

#[derive(Default)]
struct Profile {
    rows: BTreeMap<u32, Row>,
    /// The lines that run, and the bytes of the heap when they began: one for each call.
    running: Vec<(u32, usize)>,
    first_line: u32,
    /// The address of the function's own instructions.
    code: usize,
}

#[derive(Default)]
struct Profiles {
    all: Vec<Profile>,
    /// Which function's lines a code object runs, by the address of its instructions.
    of_code: Map<usize, usize>,
}

thread_local! {
    static PROFILES: RefCell<Option<Profiles>> = const { RefCell::new(None) };
}

fn with_profiles<R>(work: impl FnOnce(&mut Profiles) -> R) -> R {
    PROFILES.with_borrow_mut(|profiles| work(profiles.get_or_insert_default()))
}

/// Code for a function that tells of its lines, and the number of its profile. Nothing if its source is not to be found.
pub fn watch(function: &Ref<Function>) -> Res<Option<(usize, Ref<Code>)>> {
    let Some(old) = function.code.get() else { return Ok(None) };
    let filename = old.filename.to_text().into_owned();
    let Ok(source) = std::fs::read(&filename) else { return Ok(None) };
    let compiled = compile::compile_with_lines(&source, &filename)?;
    let Some(found) = find(&compiled, &old) else { return Ok(None) };
    let made = code::new(&found)?;
    let number = with_profiles(|profiles| {
        let number = profiles.all.len();
        profiles.all.push(Profile {
            first_line: old.source.0.first_line,
            code: instructions(&made),
            ..Profile::default()
        });
        register(profiles, &made, number);
        number
    });
    watch_lines(Some(line_event));
    Ok(Some((number, made)))
}

/// The code of the same function in what its file has been compiled to.
fn find(code: &Rc<bytecode::Code>, wanted: &Code) -> Option<Rc<bytecode::Code>> {
    if code.first_line == wanted.source.0.first_line
        && *code.qualname == *wanted.qualname.to_text()
        && code.free_names.len() == wanted.free_names.len()
    {
        return Some(code.clone());
    }
    code.constants.iter().find_map(|constant| match constant {
        bytecode::Constant::Code(inner) => find(inner, wanted),
        _ => None,
    })
}

/// The lines of inner functions are lines of the profile, too.
fn register(profiles: &mut Profiles, code: &Code, number: usize) {
    profiles.of_code.insert(instructions(code), number);
    for constant in &code.constants {
        if let Some(inner) = constant.payload::<Code>() {
            register(profiles, inner, number);
        }
    }
}

/// A call begins. With `anew` what earlier calls have left is forgotten, unless one of them still runs.
pub fn enter(number: usize, anew: bool) {
    let memory = inspect::used_bytes();
    with_profiles(|profiles| {
        if let Some(profile) = profiles.all.get_mut(number) {
            if anew && profile.running.is_empty() {
                profile.rows.clear();
            }
            let first = profile.rows.entry(profile.first_line).or_default();
            // As the first row of the table: what there is at the start.
            if first.occurrences == 0 {
                first.increment = memory as i64;
            }
            first.memory = first.memory.max(memory);
            first.occurrences += 1;
            profile.running.push((0, memory));
        }
    });
}

/// A call ends, and with it the line that ran last.
pub fn leave(number: usize) {
    let memory = inspect::used_bytes();
    with_profiles(|profiles| {
        if let Some(profile) = profiles.all.get_mut(number) {
            profile.line_ends(memory);
            profile.running.pop();
        }
    });
}

/// What is known of each line.
pub fn rows(number: usize) -> Vec<(u32, Row)> {
    with_profiles(|profiles| {
        profiles.all.get(number).map(|profile| profile.rows.iter().map(|(&line, &row)| (line, row)).collect())
    })
    .unwrap_or_default()
}

impl Profile {
    /// Puts what has come since the line began down to it.
    fn line_ends(&mut self, memory: usize) {
        let Some(&(line, before)) = self.running.last() else { return };
        if line != 0 {
            let row = self.rows.entry(line).or_default();
            row.memory = row.memory.max(memory);
            row.increment += memory as i64 - before as i64;
        }
    }
}

fn line_event(code: &Code, event: LineEvent) {
    with_profiles(|profiles| {
        let Some(&number) = profiles.of_code.get(&instructions(code)) else { return };
        let profile = &mut profiles.all[number];
        let Some(&(running, _)) = profile.running.last() else { return };
        let line = match event {
            LineEvent::Begins(line) => {
                profile.rows.entry(line).or_default().occurrences += 1;
                // A line that goes on in rounds is measured once, when another one begins.
                if running == line {
                    return;
                }
                line
            }
            // What the frame lets go is not its last line's. An inner function goes back to the line that called it.
            LineEvent::Leaves if instructions(code) == profile.code => 0,
            LineEvent::Leaves => return,
        };
        let memory = inspect::used_bytes();
        profile.line_ends(memory);
        if let Some(running) = profile.running.last_mut() {
            *running = (line, memory);
        }
    });
}

/// What a code object is known by.
fn instructions(code: &Code) -> usize {
    code.words.0.as_ptr() as usize
}
