//! The end of the program, in CPython's order (`Py_FinalizeEx`, `finalize_modules`).

use ouro_heap::{Ref, collector, walk};
use ouro_vm::{
    error::Res,
    gc_run,
    objects::{
        dict::{self, Dict},
        io::standard::flush_std_streams,
        module::Module,
        native_namespace,
        str::{self, Str, StrExt},
    },
    state::{shared, vm},
};

/// What `sys` loses first.
const SYS_DELETED: &[&str] = &[
    "path",
    "argv",
    "ps1",
    "ps2",
    "last_exc",
    "last_type",
    "last_value",
    "last_traceback",
    "path_hooks",
    "path_importer_cache",
    "meta_path",
    "__interactivehook__",
];

pub(crate) fn finish(status: i32) -> i32 {
    ouro_stdlib::atexit::run();
    vm().finalizing.set(true);
    let mut lost = flush_std_streams().is_err();
    if collector::is_enabled() {
        gc_run::collect(2);
    }
    finish_modules();
    lost |= flush_std_streams().is_err();
    drop_everything();
    if lost { 120 } else { status }
}

fn finish_modules() {
    let Some(modules) = vm().slots.modules.get() else { return };
    delete_special();
    ouro_vm::traceback_text::forget_files();
    // Every module loses its entry; those that nothing else holds die now, in the order of `sys.modules`.
    let mut survivors = Vec::new();
    for (key, module) in modules.snapshot() {
        let Some(namespace) = module.payload::<Module>().map(|module| module.dict.address()) else {
            continue;
        };
        survivors.push((module.address(), namespace));
        drop(module);
        quiet(dict::set(&modules, &key, shared().none.clone()));
    }
    quiet(dict::clear(&modules));
    gc_run::collect(2);
    // What is left is held by someone: its namespace is emptied.
    let kept: Vec<usize> = [&vm().slots.sys, &vm().slots.builtins]
        .iter()
        .filter_map(|slot| slot.get())
        .map(|dict| dict.address())
        .collect();
    for (address, namespace) in survivors.into_iter().rev() {
        if kept.contains(&namespace) {
            continue;
        }
        let module = walk::live_at(address);
        if let Some(module) = module.as_ref().and_then(|module| module.payload::<Module>())
            && module.dict.address() == namespace
        {
            clear_namespace(&module.dict.clone());
        }
    }
    for slot in [&vm().slots.sys, &vm().slots.builtins] {
        if let Some(namespace) = slot.get() {
            clear_namespace(&namespace);
        }
    }
}

/// Takes away what could keep objects of the program alive, and puts the standard streams back.
fn delete_special() {
    let none = &shared().none;
    if let Some(builtins) = vm().slots.builtins.get() {
        dict::set_str(&builtins, &str::intern("_"), none.clone());
    }
    let Some(sys) = vm().slots.sys.get() else { return };
    for name in SYS_DELETED {
        dict::set_str(&sys, &str::intern(name), none.clone());
    }
    for name in ["stdin", "stdout", "stderr"] {
        let original =
            dict::get_str(&sys, &str::intern(&format!("__{name}__"))).unwrap_or_else(|| none.clone());
        dict::set_str(&sys, &str::intern(name), original);
    }
}

/// Sets all names to None: first those with one underscore in front, then the others but `__builtins__`.
fn clear_namespace(namespace: &Ref<Dict>) {
    let none = &shared().none;
    for private in [true, false] {
        let mut position = 0;
        while let Some((found, key, value)) = namespace.next_from(position) {
            position = found + 1;
            let Some(name) = key.downcast::<Str>().filter(|_| !value.is(none)) else { continue };
            // Nothing but the namespace keeps the value alive when it is replaced.
            drop(value);
            let text = name.to_text();
            let chosen = if private {
                text.starts_with('_') && !text[1..].starts_with('_')
            } else {
                text != "__builtins__"
            };
            if chosen {
                dict::replace_at(namespace, found, none.clone());
            }
        }
    }
}

/// Lets go of the namespaces themselves and of what only cycles keep.
fn drop_everything() {
    vm().slots.release();
    drop(vm().replace_handled(None));
    collector::set_enabled(false);
    gc_run::collect(2);
    // What lives on is held by the lists of `gc` or `atexit`, or was frozen. In CPython it stays; here it goes, but runs
    // no code of the program any more.
    collector::abandon();
    vm().slots.gc.release();
    ouro_stdlib::atexit::forget();
    gc_run::collect(2);
    native_namespace::release();
}

fn quiet(result: Res<()>) {
    if let Err(raised) = result {
        drop(ouro_vm::error::take(raised));
    }
}
