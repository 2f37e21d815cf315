//! `-X showrefcount` and `-X verify`: what the heap holds, and whether its counts are right.

use ouro_heap::walk;

/// Says how many objects are alive, by kind and in all. What is immortal is part of the interpreter and not counted.
pub(crate) fn show_count() {
    let alive = walk::live_mortals();
    for (layout, count) in &alive {
        eprintln!("  {count:>8} {layout}");
    }
    let objects: usize = alive.iter().map(|(_, count)| count).sum();
    eprintln!("[{objects} objects, {} blocks]", walk::census().allocated_blocks() - walk::immortals());
}

/// Compares every count with the references that a walk finds.
pub(crate) fn verify(moment: &str) {
    let mismatches = walk::verify(ouro_vm::interpreter::visit_roots, false);
    if mismatches.is_empty() {
        return;
    }
    eprintln!("ouro: {} wrong reference counts {moment}:", mismatches.len());
    for wrong in mismatches.iter().take(20) {
        eprintln!(
            "  {} at {:#x}: counted {}, found {}",
            wrong.layout, wrong.address, wrong.count, wrong.found
        );
    }
    std::process::exit(70);
}
