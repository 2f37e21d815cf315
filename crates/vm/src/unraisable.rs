//! Exceptions that nobody can catch, such as those from `__del__` and weak reference callbacks.

use ouro_heap::{Ref, system};

use crate::{
    error::take,
    objects::{
        class::Class,
        exception,
        io::standard::{sys_attribute, write_stderr},
        str::{self, StrExt},
        struct_sequence,
    },
    protocol::{call, object},
    state::{names, shared, vm},
    types,
};

/// Has the interpreter report through here. Called once when it starts.
pub fn install() {
    crate::interpreter::set_unraisable_hook(|exception, object| report(exception, Some(object), None));
}

/// Reports an exception through `sys.unraisablehook`. `message` stands in place of "Exception ignored in".
pub fn report(exception: &Ref, place: Option<&Ref>, message: Option<&str>) {
    // What runs in here must not disturb an exception that is in flight.
    let in_flight = vm().raised.take();
    if exception::payload(exception).head.traceback.is_empty() {
        crate::interpreter::add_current_frame(exception);
    }
    let hook = sys_attribute(&names().unraisablehook);
    let own = sys_attribute(&names().__unraisablehook__);
    match hook {
        Some(hook) if own.is_some_and(|own| !own.is(&hook)) && !hook.is(&shared().none) => {
            let arguments = arguments(exception, place, message);
            if let Err(raised) = call::call(&hook, &[arguments]) {
                let failure = take(raised);
                show(&failure, Some(&hook), Some("Exception ignored in sys.unraisablehook"));
            }
        }
        _ => show(exception, place, message),
    }
    drop(vm().raised.replace(in_flight));
}

/// What the hook is called with.
fn arguments(exception: &Ref, place: Option<&Ref>, message: Option<&str>) -> Ref {
    let none = || shared().none.clone();
    let traceback = exception::payload(exception).head.traceback.get();
    struct_sequence::make(
        types::UNRAISABLE_ARGS,
        vec![
            Class::of(exception).clone().into_any(),
            exception.clone(),
            traceback.map_or_else(none, Ref::into_any),
            message.map_or_else(none, |message| str::new(message).into_any()),
            place.map_or_else(none, Ref::clone),
        ],
        Vec::new(),
    )
}

/// Shows an exception as `sys.__unraisablehook__` does.
pub fn show(exception: &Ref, place: Option<&Ref>, message: Option<&str>) {
    let mut text = String::new();
    let place = place.filter(|place| !place.is(&shared().none));
    match place {
        Some(place) => {
            let shown = match object::repr(place) {
                Ok(shown) => shown.to_text().into_owned(),
                Err(raised) => {
                    drop(take(raised));
                    "<object repr() failed>".to_owned()
                }
            };
            text.push_str(&format!("{}: {shown}\n", message.unwrap_or("Exception ignored in")));
        }
        None => {
            if let Some(message) = message {
                text.push_str(&format!("{message}:\n"));
            }
        }
    }
    text.push_str(&crate::traceback_text::plain(exception));
    if sys_attribute(&names().stderr).is_some() {
        write_stderr(&text);
    } else {
        // The modules are gone or not made yet; the descriptor is still there.
        let _ = system::write(2, text.as_bytes());
    }
}
