//! Generates the parser from `grammar/python.lalrpop`.

fn main() {
    println!("cargo::rerun-if-changed=../../grammar/python.lalrpop");
    let result = lalrpop::Configuration::new()
        .set_in_dir("../../grammar")
        .set_out_dir(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"))
        .process();
    if let Err(error) = result {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
