//! "Did you mean": which names could have been meant, and the words for it.

use ouro_heap::Ref;

use super::gather::quiet;
use crate::{
    objects::{
        dict::{self, Dict},
        exception::{self, ExceptionKind},
        frame::locals_mapping,
        list::List,
        str::{self, Str, StrExt},
        traceback::Traceback,
    },
    protocol::{attribute, call, item},
    state::{shared, vm},
    suggestions,
};

/// CPython looks no further where there are this many names.
const MAX_CANDIDATES: usize = 750;

/// What follows the message of a NameError, an AttributeError or an ImportError.
pub fn hint(exception: &Ref, traceback: Option<&Ref<Traceback>>) -> Option<String> {
    let is = |kind| exception::is_instance(exception, kind);
    let field = |name: &str| exception::field(exception, name).filter(|value| !value.is(&shared().none));
    if is(ExceptionKind::ImportError) {
        let wrong = field("name_from")?.into::<Str>().ok()?;
        let module = field("name")?.into::<Str>().ok()?;
        let module = quiet(crate::import::import(&module, None, None, 0))?;
        let candidates = visible(directory(&module)?, &wrong);
        return closest(&wrong, candidates).map(|name| format!(". Did you mean: '{name}'?"));
    }
    if is(ExceptionKind::AttributeError) {
        let wrong = field("name")?.into::<Str>().ok()?;
        let object = exception::field(exception, "obj")?;
        let mut candidates = directory(&object)?;
        if !own_private(&object, traceback) {
            candidates = visible(candidates, &wrong);
        }
        return closest(&wrong, candidates).map(|name| format!(". Did you mean: '{name}'?"));
    }
    if is(ExceptionKind::NameError) {
        let wrong = field("name")?;
        let wrong_name = wrong.downcast::<Str>()?;
        let mut hint = match name_suggestion(wrong_name, traceback) {
            Some(name) => format!(". Did you mean: '{name}'?"),
            None => String::new(),
        };
        let known =
            vm().slots.sys.get().and_then(|sys| dict::get_str(&sys, &str::intern("stdlib_module_names")));
        if known.is_some_and(|known| quiet(item::contains(&known, &wrong)).unwrap_or(false)) {
            let or = if hint.is_empty() { ". Did" } else { " Or did" };
            hint.push_str(&format!("{or} you forget to import '{}'?", wrong_name.to_text()));
        }
        return Some(hint);
    }
    None
}

/// `dir(object)`
fn directory(object: &Ref) -> Option<Vec<Ref>> {
    let dir = vm().slots.builtins.get().and_then(|builtins| dict::get_str(&builtins, &str::intern("dir")))?;
    let names = quiet(call::call(&dir, std::slice::from_ref(object)))?;
    names.payload::<List>().map(List::snapshot)
}

/// Without the private names, unless a private one was looked for.
fn visible(candidates: Vec<Ref>, wrong: &Ref<Str>) -> Vec<Ref> {
    let private = |name: &Str| name.char_count() > 0 && name.char_at(0) == u32::from('_');
    if private(wrong) {
        return candidates;
    }
    candidates.into_iter().filter(|name| name.downcast::<Str>().is_some_and(|name| !private(name))).collect()
}

fn innermost(traceback: Option<&Ref<Traceback>>) -> Option<Ref<crate::objects::frame::Frame>> {
    let mut current = traceback?.clone();
    while let Some(next) = current.next.get() {
        current = next;
    }
    current.frame.get()
}

/// Whether the object is the `self` of the method that failed: its private names may be meant too.
fn own_private(object: &Ref, traceback: Option<&Ref<Traceback>>) -> bool {
    local_self(traceback).is_some_and(|receiver| receiver.is(object))
}

fn local_self(traceback: Option<&Ref<Traceback>>) -> Option<Ref> {
    let locals = locals_mapping(&innermost(traceback)?);
    match locals.payload::<Dict>() {
        Some(locals) => dict::get_str(locals, &str::intern("self")),
        None => quiet(item::get(&locals, str::intern("self").as_any())),
    }
}

fn name_suggestion(wrong: &Ref<Str>, traceback: Option<&Ref<Traceback>>) -> Option<String> {
    let frame = innermost(traceback)?;
    let keys = |dict: &Dict| dict.snapshot().into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    let mut candidates = Vec::new();
    let locals = locals_mapping(&frame);
    match locals.payload::<Dict>() {
        Some(locals) => candidates.extend(keys(locals)),
        None => candidates.extend(quiet(crate::protocol::iterate::collect(&locals)).unwrap_or_default()),
    }
    candidates.extend(frame.globals().map(|globals| keys(&globals)).unwrap_or_default());
    candidates.extend(vm().slots.builtins.get().map(|builtins| keys(&builtins)).unwrap_or_default());
    if let Some(receiver) = local_self(traceback)
        && quiet(attribute::get_optional(&receiver, wrong)).flatten().is_some()
    {
        return Some(format!("self.{}", wrong.to_text()));
    }
    closest(wrong, candidates)
}

fn closest(wrong: &Ref<Str>, candidates: Vec<Ref>) -> Option<String> {
    if candidates.len() >= MAX_CANDIDATES {
        return None;
    }
    let candidates: Vec<String> =
        candidates.iter().filter_map(|name| Some(name.downcast::<Str>()?.to_text().into_owned())).collect();
    suggestions::closest(&wrong.to_text(), candidates.iter().map(String::as_str)).map(str::to_owned)
}
