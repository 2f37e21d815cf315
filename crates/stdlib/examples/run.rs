use ouro_vm::*;
fn main() {
    let status = std::thread::Builder::new().stack_size(512<<20).spawn(|| {
        let mut options = state::Options::default();
        options.argv = std::env::args().skip(1).collect();
        options.path = vec![std::path::Path::new(&options.argv[0]).parent().unwrap().to_string_lossy().into_owned()];
        options.executable = "/usr/bin/ouro".into();
        options.native_modules = ouro_heap::Opaque(ouro_stdlib::modules());
        let path = options.argv[0].clone();
        state::Interpreter::start(options);
        if let Err(e) = import::import_module("sys") { let e = error::take(e); eprintln!("sys: {}", unraisable::traceback_text(&e)); }
        let src = std::fs::read(&path).unwrap();
        let m = objects::module::new("__main__");
        if let Some(mods) = state::vm().slots.modules.get() { objects::dict::set_str(&mods, &objects::str::intern("__main__"), m.clone().into_any()); }
        objects::dict::set_str(&m.dict, &objects::str::intern("__file__"), objects::str::new(&path).into_any());
        let globals = m.dict.clone();
        let r = interpreter::compile_source(&src, &path, interpreter::CompileMode::Exec, 0, 0).and_then(|c| interpreter::run_code(&c, &globals, None));
        let mut status = 0;
        if let Err(e) = r { let e = error::take(e); 
          eprintln!("{}: {}", objects::class::Class::of(&e).short_name(), protocol::object::str(&e).map(|t| objects::str::StrExt::to_text(&*t).into_owned()).unwrap_or_default());
          let mut tb = objects::exception::payload(&e).head.traceback.get(); while let Some(t)=tb { eprintln!("  line {}", t.line); tb=t.next.get(); } status = 1; }
        ouro_stdlib::atexit::run();
        if objects::io::standard::flush_std_streams().is_err() { status = 120 }
        status
    }).unwrap().join().unwrap();
    std::process::exit(status)
}
