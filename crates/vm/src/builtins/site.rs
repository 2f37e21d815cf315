//! What `site` adds to the builtins: `exit`, `quit`, `copyright`, `credits`, `license`, `help`.

use ouro_heap::{Opaque, Payload, Ref, alloc};

use super::output::leave;
use crate::{
    error::Res,
    native::{Args, NativeDef},
    objects::{
        builtin::{BuiltinFunction, MethodDescriptor},
        class::{Class, ClassDef, DowncastClass, class_flags},
        io::standard::sys_attribute,
        module::{self, Module},
        slots::Slots,
        str::{self, Str, StrExt},
        tuple::Tuple,
    },
    protocol::{attribute, call::call_method},
    state::{names, shared},
    type_error, types,
};

const COPYRIGHT: &str = "Copyright (c) 2026 the Ouro contributors.\nAll Rights Reserved.";
const CREDITS: &str = "    Ouro is made by its contributors. The language that it runs is Python, by Guido van Rossum and many others.\n    See www.python.org for more information.";
const LICENSE: &str =
    "Ouro is free software, under the MIT licence or the Apache Licence 2.0, at your option.";
const HELP: &str = "Type help() for interactive help, or help(object) for help about object.";

/// Which of the objects it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Exit,
    Quit,
    Copyright,
    Credits,
    License,
    Help,
}

/// An object that does something when it is called and says so when it is shown.
#[derive(Payload)]
#[payload(types::SITE_OBJECT)]
pub struct SiteObject(Opaque<Kind>);

/// Adds the objects to the namespace.
pub fn add(target: &Ref) -> Res<()> {
    crate::boot::add_class(&SITE_OBJECT);
    for (name, kind) in [
        ("exit", Kind::Exit),
        ("quit", Kind::Quit),
        ("copyright", Kind::Copyright),
        ("credits", Kind::Credits),
        ("license", Kind::License),
        ("help", Kind::Help),
    ] {
        module::set(target, name, alloc(SiteObject(Opaque(kind))).into_any())?;
    }
    Ok(())
}

fn kind(object: &Ref) -> Kind {
    object.payload::<SiteObject>().expect("a slot of this class").0.0
}

fn repr(object: &Ref) -> Res {
    let text = match kind(object) {
        Kind::Exit => "Use exit() or Ctrl-D (i.e. EOF) to exit",
        Kind::Quit => "Use quit() or Ctrl-D (i.e. EOF) to exit",
        Kind::Copyright => COPYRIGHT,
        Kind::Credits => CREDITS,
        Kind::License => "Type license() to see the full license text",
        Kind::Help => HELP,
    };
    Ok(str::new(text).into_any())
}

fn call(object: &Ref, args: Args) -> Res {
    let text = match kind(object) {
        Kind::Exit | Kind::Quit => {
            static DEF: NativeDef =
                crate::native::bound("__call__", "(code=None)", |_| Ok(shared().none.clone()), "");
            let code = DEF.bind(args)?.into_iter().next().flatten();
            // As CPython's Quitter: closing stdin first lets interactive shells end.
            if let Some(stdin) = sys_attribute(&names().stdin)
                && let Err(raised) = call_method(&stdin, &names().close, &[])
            {
                drop(crate::error::take(raised));
            }
            return Err(leave(code));
        }
        Kind::Help => match args.exactly("help", 0, 1)? {
            [] => format!("{HELP}\n"),
            [subject, ..] => describe(subject)?,
        },
        Kind::Copyright => format!("{COPYRIGHT}\n"),
        Kind::Credits => format!("{CREDITS}\n"),
        Kind::License => format!("{LICENSE}\n"),
    };
    if kind(object) != Kind::Help && !args.all.is_empty() {
        return Err(type_error!(
            "_Printer.__call__() takes 1 positional argument but {} were given",
            args.all.len() + 1
        ));
    }
    if let Some(stdout) = sys_attribute(&names().stdout).filter(|stdout| !stdout.is(&shared().none)) {
        call_method(&stdout, &names().write, &[str::new(&text).into_any()])?;
    }
    Ok(shared().none.clone())
}

fn text_attribute(object: &Ref, name: &Ref<Str>) -> Res<Option<String>> {
    Ok(attribute::get_optional(object, name)?
        .and_then(|value| value.payload::<Str>().map(|text| text.to_text().into_owned())))
}

fn indented(text: &str, indent: &str) -> String {
    text.trim_end()
        .lines()
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{indent}{}\n", line.trim_end()) })
        .collect()
}

/// The page of `help(object)`.
fn describe(object: &Ref) -> Res<String> {
    let subject = match text_attribute(object, &names().__doc__)? {
        _ if str::is_str(object) => class_page(crate::state::class_of(types::STR))?,
        _ if object.downcast_class().is_some() => class_page(object.downcast_class().expect("checked"))?,
        _ if object.has_layout::<Module>() => return module_page(object),
        doc if is_function(object) => function_entry(object, "", doc)?,
        _ => class_page(Class::of(object))?,
    };
    let title = match (text_attribute(object, &names().__name__)?, object.downcast_class()) {
        (Some(name), Some(_)) => format!("class {name}"),
        (Some(name), None) if is_function(object) => {
            let kind = if object.has_layout::<BuiltinFunction>() { "built-in function" } else { "function" };
            format!("{kind} {name}")
        }
        _ => format!("{} object", Class::of(object).short_name()),
    };
    let place = match text_attribute(object, &names().__module__)? {
        Some(module) => format!(" in module {module}"),
        None => String::new(),
    };
    Ok(format!("Help on {title}{place}:\n\n{subject}\n"))
}

fn is_function(object: &Ref) -> bool {
    object.has_layout::<BuiltinFunction>()
        || object.has_layout::<MethodDescriptor>()
        || matches!(
            Class::of(object).index,
            types::FUNCTION | types::METHOD | types::WRAPPER_DESCRIPTOR | types::METHOD_WRAPPER
        )
}

fn function_entry(object: &Ref, indent: &str, doc: Option<String>) -> Res<String> {
    let name = text_attribute(object, &names().__name__)?.unwrap_or_else(|| "?".to_owned());
    let signature = match text_attribute(object, &names().__text_signature__)? {
        Some(signature) => {
            signature.replace("($module, ", "(").replace("($self, ", "(self, ").replace("($self)", "(self)")
        }
        None => parameters(object)?,
    };
    let mut entry = format!("{indent}{name}{signature}\n");
    if let Some(doc) = doc {
        entry.push_str(&indented(&doc, &format!("{indent}    ")));
    }
    Ok(entry)
}

/// The parameters of a Python function, without defaults' values.
fn parameters(object: &Ref) -> Res<String> {
    let Some(code) = attribute::get_optional(object, &names().__code__)? else {
        return Ok("(...)".to_owned());
    };
    let number = |name: &str| -> Res<usize> {
        let value = attribute::get(&code, &str::intern(name))?;
        Ok(crate::objects::int::as_i64(&value).and_then(|value| usize::try_from(value).ok()).unwrap_or(0))
    };
    let count = number("co_argcount")? + number("co_kwonlyargcount")?;
    let all = attribute::get(&code, &str::intern("co_varnames"))?;
    let shown: Vec<String> = match all.payload::<Tuple>() {
        Some(all) => all
            .items()
            .iter()
            .take(count)
            .filter_map(|name| name.payload::<Str>())
            .map(|name| name.to_text().into_owned())
            .collect(),
        None => Vec::new(),
    };
    Ok(format!("({})", shown.join(", ")))
}

fn class_page(class: &Ref<Class>) -> Res<String> {
    let name = class.name_text();
    let bases: Vec<String> = match class.bases.get() {
        Some(bases) => bases
            .items()
            .iter()
            .filter_map(|base| base.downcast_class())
            .map(|base| base.name_text())
            .collect(),
        None => Vec::new(),
    };
    let bases = if bases.is_empty() || bases == ["object"] {
        "(builtins.object)".to_owned()
    } else {
        format!("({})", bases.join(", "))
    };
    let mut page = format!("class {name}{bases}\n");
    if let Some(doc) = text_attribute(class.as_any(), &names().__doc__)? {
        page.push_str(&indented(&doc, " |  "));
    }
    let mut members = class.namespace().snapshot();
    members.retain(|(key, value)| key.has_layout::<Str>() && is_function(value));
    if !members.is_empty() {
        page.push_str(" |\n |  Methods defined here:\n |\n");
    }
    for (_, value) in members {
        let doc = text_attribute(&value, &names().__doc__)?;
        page.push_str(&function_entry(&value, " |  ", doc)?);
        page.push_str(" |\n");
    }
    Ok(page)
}

fn module_page(object: &Ref) -> Res<String> {
    let name = text_attribute(object, &names().__name__)?.unwrap_or_else(|| "?".to_owned());
    let mut page = format!("Help on module {name}:\n\nNAME\n    {name}\n");
    if let Some(doc) = text_attribute(object, &names().__doc__)? {
        page.push_str(&format!("\nDESCRIPTION\n{}", indented(&doc, "    ")));
    }
    let members = object.payload::<Module>().map(|module| module.dict.snapshot()).unwrap_or_default();
    let (mut classes, mut functions) = (String::new(), String::new());
    for (key, value) in members {
        let Some(key) = key.payload::<Str>().filter(|key| !key.to_text().starts_with('_')) else { continue };
        if value.downcast_class().is_some() {
            classes.push_str(&format!("    {}\n", key.to_text()));
        } else if is_function(&value) {
            let doc = text_attribute(&value, &names().__doc__)?;
            functions.push_str(&function_entry(&value, "    ", doc)?);
            functions.push('\n');
        }
    }
    for (title, part) in [("CLASSES", classes), ("FUNCTIONS", functions)] {
        if !part.is_empty() {
            page.push_str(&format!("\n{title}\n{part}"));
        }
    }
    page.push('\n');
    Ok(page)
}

/// `_sitebuiltins.Quitter`, `_Printer` and `_Helper` in one.
pub static SITE_OBJECT: ClassDef = ClassDef {
    module: "_sitebuiltins",
    flags: class_flags::NO_INSTANTIATION,
    slots: Slots { repr: Some(repr), call: Some(call), ..Slots::NONE },
    ..ClassDef::new::<SiteObject>(types::SITE_OBJECT, "_Helper")
};
