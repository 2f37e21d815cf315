use ouro_vm::*;
fn main() {
    std::thread::Builder::new().stack_size(512<<20).spawn(|| {
        state::Interpreter::start(state::Options::default());
        let m = objects::module::new("sys");
        state::vm().slots.sys.set(Some(m.dict.clone()));
        let b = state::vm().slots.builtins.get().unwrap();
        let open = objects::dict::get_str(&b, &objects::str::intern("open")).unwrap();
        let out = protocol::call::call(&open, &[objects::int::new(1), objects::str::new("w").into_any()]).unwrap();
        objects::dict::set_str(&m.dict, &objects::str::intern("stdout"), out.clone());
        let path = std::env::args().nth(1).unwrap();
        let src = std::fs::read(&path).unwrap();
        let globals = objects::dict::new();
        objects::dict::set_str(&globals, &objects::str::intern("__name__"), objects::str::intern("__main__").into_any());
        let r = interpreter::compile_source(&src, &path, interpreter::CompileMode::Exec, 0, 0).and_then(|c| interpreter::run_code(&c, &globals, None));
        if let Err(e) = r { let e = error::take(e); eprintln!("{}: {}", objects::class::Class::of(&e).short_name(), protocol::object::str(&e).map(|t| objects::str::StrExt::to_text(&*t).into_owned()).unwrap_or_default());
          let mut tb = objects::exception::payload(&e).head.traceback.get(); while let Some(t)=tb { eprintln!("  line {}", t.line); tb=t.next.get(); } }
        if let Err(e) = protocol::call::call_method(&out, &objects::str::intern("flush"), &[]) { let e = error::take(e); eprintln!("flush {}", protocol::object::repr(&e).map(|t| objects::str::StrExt::to_text(&*t).into_owned()).unwrap_or_default()); }
    }).unwrap().join().unwrap();
}
