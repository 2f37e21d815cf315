//! Warnings that native code gives.

use ouro_heap::Ref;

use crate::{
    error::{Res, restore, take},
    import,
    interpreter::visit_positions,
    objects::{
        class::Class,
        exception::{self, ExceptionKind},
        int,
        io::standard::write_stderr,
        str,
    },
    protocol::{attribute, call},
    state::{exception_class, vm},
};

/// `warnings.warn(message, category)` for the line that runs. A filter may make an exception of it.
pub fn warn(kind: ExceptionKind, message: &str) -> Res<()> {
    warn_at(kind, message, 1)
}

/// The same for a caller of the function that runs, so many levels up; 1 is the function itself.
pub fn warn_at(kind: ExceptionKind, message: &str, level: i64) -> Res<()> {
    warn_class(exception_class(kind).as_any(), message, level, None)
}

/// A warning about an object, of which the text tells where it was allocated.
pub fn warn_about(kind: ExceptionKind, message: &str, source: &Ref) -> Res<()> {
    warn_class(exception_class(kind).as_any(), message, 1, Some(source))
}

/// Warns that a special method gave an instance of a subclass of the class that it should have given.
pub fn warn_strict_subclass(method: &str, wanted: &str, result: &Ref) -> Res<()> {
    let class = Class::of(result).short_name();
    let fate = if wanted == "float" { "be removed" } else { "not be supported" };
    let message = format!(
        "{method} returned non-{wanted} (type {class}).  The ability to return an instance of a strict subclass of \
         {wanted} is deprecated, and may {fate} in a future version of Python."
    );
    warn(ExceptionKind::DeprecationWarning, &message)
}

fn warn_class(category: &Ref, message: &str, level: i64, source: Option<&Ref>) -> Res<()> {
    let warnings = match import::loaded(&str::intern("warnings")) {
        None if import::is_shut_down() => {
            tell_plainly(category, message);
            return Ok(());
        }
        _ => import::import_module("warnings")?,
    };
    let warn = attribute::get(&warnings, &str::intern("warn"))?;
    let mut arguments = vec![str::new(message).into_any(), category.clone(), int::new(level)];
    arguments.extend(source.cloned());
    let Err(raised) = call::call(&warn, &arguments) else { return Ok(()) };
    // Native code has raised it: the frames of the module are no part of its traceback.
    let exception = take(raised);
    drop(exception::payload(&exception).head.traceback.take());
    Err(restore(exception))
}

/// Whether an option (`-W default`, `-X dev`) wants the warnings of a category. The last one that speaks of it decides.
fn is_asked_for(category: &str) -> bool {
    let options = &vm().options.warn_options;
    let deciding = options.iter().rev().find_map(|option| {
        let mut parts = option.split(':');
        let action = parts.next()?;
        let wanted = parts.nth(1).unwrap_or_default();
        (wanted.is_empty() || wanted == category || wanted == "Warning").then_some(action)
    });
    deciding.is_some_and(|action| !"ignore".starts_with(action) || action.is_empty())
}

/// What is left of a warning at the end of the program, when its module has gone.
fn tell_plainly(category: &Ref, message: &str) {
    let ignored = [
        ExceptionKind::DeprecationWarning,
        ExceptionKind::PendingDeprecationWarning,
        ExceptionKind::ImportWarning,
        ExceptionKind::ResourceWarning,
    ];
    let name = category.payload::<Class>().map(|class| class.short_name()).unwrap_or_default();
    let is_ignored = ignored.iter().any(|kind| category.is(exception_class(*kind).as_any()));
    if is_ignored && !is_asked_for(&name) {
        return;
    }
    let mut place = "<sys>:0".to_owned();
    visit_positions(1, |code, line| place = format!("{}:{line}", code.filename));
    let text = format!("{place}: {name}: {message}\n");
    let told = vm().last_warnings.borrow().contains(&text);
    if !told {
        write_stderr(&text);
        vm().last_warnings.borrow_mut().push(text);
    }
}
