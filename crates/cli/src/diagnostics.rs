//! `-X showrefcount` and `-X verify`: what the heap holds, and whether its counts are right.

use ouro_heap::{system::tell, walk};

/// Says how many objects are alive, by kind and in all. What is immortal is part of the interpreter and not counted.
pub(crate) fn show_count() {
    let alive = walk::live_mortals();
    for (layout, count) in &alive {
        tell(format_args!("  {count:>8} {layout}\n"));
    }
    let objects: usize = alive.iter().map(|(_, count)| count).sum();
    tell(format_args!(
        "[{objects} objects, {} blocks]\n",
        walk::census().allocated_blocks() - walk::immortals()
    ));
}

/// Compares every count with the references that a walk finds.
pub(crate) fn verify(moment: &str) {
    let mismatches = walk::verify(ouro_vm::interpreter::visit_roots, false);
    if mismatches.is_empty() {
        return;
    }
    tell(format_args!("ouro: {} wrong reference counts {moment}:\n", mismatches.len()));
    for wrong in mismatches.iter().take(20) {
        tell(format_args!(
            "  {} at {:#x}: counted {}, found {}\n",
            wrong.layout, wrong.address, wrong.count, wrong.found
        ));
    }
    std::process::exit(70);
}
