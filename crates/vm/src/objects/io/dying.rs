//! What becomes of a file that dies or becomes garbage: it is closed, as its own `close()` does it.

use std::cell::Cell;

use ouro_heap::{Ref, types as heap_types};

use super::{buffered::BufferedFile, call_named, get_named, raw::RawFile, text::TextFile};
use crate::{
    error::{Res, restore, take, take_if},
    import, interpreter,
    objects::{
        exception::ExceptionKind,
        str::{self, StrExt},
    },
    protocol::object,
    state::{try_vm, vm},
    types, warning,
};

thread_local! {
    /// The address of the file whose `close()` runs because it dies.
    static DYING: Cell<usize> = const { Cell::new(0) };
}

/// Has the heap close files when they die or become garbage. Called once when the interpreter starts.
pub fn prepare() {
    for index in [
        types::TEXT_FILE,
        types::BUFFERED_FILE,
        types::BUFFERED_WRITER,
        types::BUFFERED_RANDOM,
        types::RAW_FILE,
    ] {
        heap_types::record(index).set_finalizer(Some(finalize));
    }
}

fn finalize(object: &Ref) {
    if try_vm().is_none() {
        return;
    }
    let raised = vm().raised.take();
    let is_own = object.header().type_index() < types::COUNT;
    // What cannot even tell whether it is closed is in no state to be closed.
    let is_open = is_open(object, is_own).unwrap_or_else(|raised| {
        drop(take(raised));
        false
    });
    let done = match is_open {
        true if is_own => {
            warn_unclosed(object);
            close(object)
        }
        true => {
            // A class of the program's may close by itself; if it asks its base, that one warns.
            let outer = DYING.replace(object.address());
            let done = call_named(object, "close", &[]).map(drop);
            DYING.set(outer);
            done
        }
        false => Ok(()),
    };
    match done {
        // The standard streams die last, when there is no stream to tell it on.
        Err(raised) if vm().finalizing.get() && !owns_descriptor(object) => drop(take(raised)),
        Err(raised) => interpreter::report_unraisable(raised, object),
        Ok(()) => {}
    }
    vm().raised.set(raised);
}

/// The `close()` of a built-in class is called.
pub(super) fn closing(object: &Ref) {
    if DYING.get() == object.address() {
        DYING.set(0);
        warn_unclosed(object);
    }
}

/// Whether there is something to close; a class of the program's may say so by itself.
fn is_open(object: &Ref, is_own: bool) -> Res<bool> {
    let is_made = match (object.payload::<TextFile>(), object.payload::<BufferedFile>()) {
        (Some(file), _) => !file.buffer.is_empty(),
        (_, Some(file)) => !file.raw.is_empty() && !file.is_closed(),
        _ => object.payload::<RawFile>().is_some_and(|file| file.fd.get() >= 0),
    };
    if !is_made {
        return Ok(false);
    }
    match object.payload::<TextFile>() {
        Some(file) if is_own => Ok(file.check_open().map_err(|raised| drop(take(raised))).is_ok()),
        _ if is_own => Ok(true),
        _ => Ok(!object::is_true(&get_named(object, "closed")?)?),
    }
}

fn close(object: &Ref) -> Res<()> {
    match (object.payload::<TextFile>(), object.payload::<BufferedFile>(), object.payload::<RawFile>()) {
        (Some(file), ..) => file.close(),
        (_, Some(file), _) => file.close(),
        (.., Some(file)) => file.close(),
        _ => Ok(()),
    }
}

/// The file of the system that an object stands for.
fn raw_of(object: &Ref) -> Option<Ref> {
    if let Some(file) = object.payload::<TextFile>() {
        return raw_of(&file.buffer.get()?);
    }
    match object.payload::<BufferedFile>() {
        Some(file) => file.raw.get().filter(|raw| raw.payload::<RawFile>().is_some()),
        None => object.payload::<RawFile>().map(|_| object.clone()),
    }
}

/// Whether closing the file closes a descriptor.
fn owns_descriptor(object: &Ref) -> bool {
    raw_of(object).is_some_and(|raw| raw.payload::<RawFile>().is_some_and(|file| file.closes.get()))
}

/// Warns that nobody has closed a file whose descriptor is its own.
fn warn_unclosed(object: &Ref) {
    // Without the module and without options such warnings are ignored.
    let options = &vm().options;
    if options.warn_options.is_empty() && import::loaded(&str::intern("warnings")).is_none() {
        return;
    }
    let Some(raw) = raw_of(object) else { return };
    if raw.payload::<RawFile>().is_none_or(|file| file.fd.get() < 0 || !file.closes.get()) {
        return;
    }
    let warned = object::repr(object).and_then(|text| {
        let message = format!("unclosed file {}", text.to_text());
        warning::warn_about(ExceptionKind::ResourceWarning, &message, object)
    });
    let Err(raised) = warned else { return };
    // A filter may make an exception of the warning. Any other comes from a text that cannot be made.
    match take_if(raised, ExceptionKind::Warning) {
        Ok(exception) => interpreter::report_unraisable(restore(exception), &raw),
        Err(raised) => drop(take(raised)),
    }
}
