//! Runs collections as the program sees them: with the callbacks, the debug output and the list of garbage of `gc`.

use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

use ouro_heap::{
    Ref, Slot,
    collector::{self, Observer, Verdict},
};

use crate::{
    error::{Res, take},
    objects::{
        class::Class,
        dict,
        instance::{self, Instance},
        int,
        io::standard::write_stderr,
        list::{self, List},
        str,
    },
    protocol::call,
    state::vm,
};

/// `gc.DEBUG_STATS`
pub const DEBUG_STATS: i64 = 1;
/// `gc.DEBUG_COLLECTABLE`
pub const DEBUG_COLLECTABLE: i64 = 2;
/// `gc.DEBUG_UNCOLLECTABLE`
pub const DEBUG_UNCOLLECTABLE: i64 = 4;
/// `gc.DEBUG_SAVEALL`
pub const DEBUG_SAVEALL: i64 = 32;
/// `gc.DEBUG_LEAK`
pub const DEBUG_LEAK: i64 = DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL;

/// Writes down what collections do. It runs no code of the program and makes no objects.
pub trait Recorder {
    /// A collection of a generation begins; whether the program asked for it.
    fn begins(&mut self, generation: usize, asked_for: bool);

    /// What the collection thinks of each candidate.
    fn judged(&mut self, _verdicts: &[Verdict]) {}

    /// A finalizer is about to run.
    fn finalizing(&mut self, _object: &Ref) {}

    /// A finalizer has made an object reachable again.
    fn resurrected(&mut self, _object: &Ref) {}

    /// An object goes to `gc.garbage` instead of being taken apart.
    fn keeping(&mut self, _object: &Ref) {}

    /// An object's references are about to be taken away.
    fn clearing(&mut self, _object: &Ref) {}

    /// The collection has ended.
    fn ended(&mut self, collected: usize, uncollectable: usize, took: Duration);

    /// Whether it wants to know about single objects.
    fn explains(&self) -> bool;
}

/// Has a recorder write down every collection from now on.
pub fn add_recorder(recorder: Box<dyn Recorder>) {
    vm().slots.gc.recorders.borrow_mut().push(recorder);
}

/// The part of an interpreter that belongs to `gc`.
#[derive(Default)]
pub struct GcState {
    /// The debug flags.
    pub debug: Cell<i64>,
    /// `gc.garbage`
    garbage: Slot<List>,
    /// `gc.callbacks`
    callbacks: Slot<List>,
    /// A collection is on its way, the callbacks included: another one asked for meanwhile does nothing.
    running: Cell<bool>,
    recorders: RefCell<Vec<Box<dyn Recorder>>>,
}

impl GcState {
    /// Shows the lists to a viewer, without counting them.
    pub(crate) fn visit(&self, visit: &mut dyn FnMut(&'static str, &Ref)) {
        for (what, slot) in [("gc.garbage", &self.garbage), ("gc.callbacks", &self.callbacks)] {
            slot.with(|list| list.into_iter().for_each(|list| visit(what, list.as_any())));
        }
    }

    /// Lets go of the lists, at the end of the program.
    pub fn release(&self) {
        drop(self.garbage.take());
        drop(self.callbacks.take());
    }
}

fn list_in(slot: &Slot<List>) -> Ref<List> {
    slot.get().unwrap_or_else(|| {
        let made = list::empty();
        slot.set(Some(made.clone()));
        made
    })
}

/// `gc.garbage`
pub fn garbage() -> Ref<List> {
    list_in(&vm().slots.gc.garbage)
}

/// `gc.callbacks`
pub fn callbacks() -> Ref<List> {
    list_in(&vm().slots.gc.callbacks)
}

/// Runs the collection that the counts ask for, if any. What callbacks raise is reported, not propagated.
pub fn collect_due() -> Res<()> {
    if let Some(generation) = collector::due_generation() {
        run(generation, false);
    }
    Ok(())
}

/// Collects a generation and the younger ones; gives the number of unreachable objects found.
pub fn collect(generation: usize) -> usize {
    run(generation, true)
}

fn run(generation: usize, asked_for: bool) -> usize {
    if vm().slots.gc.running.replace(true) {
        return 0;
    }
    let found = collect_with_callbacks(generation, asked_for);
    vm().slots.gc.running.set(false);
    found
}

fn collect_with_callbacks(generation: usize, asked_for: bool) -> usize {
    call_back("start", generation, 0, 0);
    let debug = vm().slots.gc.debug.get();
    let started = (debug & DEBUG_STATS != 0).then(|| {
        let sizes = collector::generation_sizes();
        write_stderr(&format!(
            "gc: collecting generation {generation}...\ngc: objects in each generation: {} {} {}\ngc: objects in permanent generation: {}\n",
            sizes[0], sizes[1], sizes[2], sizes[3]
        ));
        Instant::now()
    });
    // Taken out while they write, for what a finalizer does may add another one.
    let recorders = vm().slots.gc.recorders.take();
    let recorded = (!recorders.is_empty()).then(Instant::now);
    let mut watch = Watch { debug, recorders };
    watch.recorders.iter_mut().for_each(|recorder| recorder.begins(generation, asked_for));
    // An exception in flight must not be seen by finalizers.
    let raised = vm().raised.take();
    let outcome = collector::collect(generation, &mut watch);
    drop(vm().raised.replace(raised));
    let mut recorders = watch.recorders;
    if let Some(recorded) = recorded {
        let took = recorded.elapsed();
        for recorder in &mut recorders {
            recorder.ended(outcome.collected, outcome.uncollectable, took);
        }
        let added = vm().slots.gc.recorders.replace(recorders);
        vm().slots.gc.recorders.borrow_mut().extend(added);
    }
    if let Some(started) = started {
        let found = outcome.collected + outcome.uncollectable;
        let seconds = started.elapsed().as_secs_f64();
        write_stderr(&format!(
            "gc: done, {found} unreachable, {} uncollectable, {seconds:.4}s elapsed\n",
            outcome.uncollectable
        ));
    }
    call_back("stop", generation, outcome.collected, outcome.uncollectable);
    vm().slots.gc.running.set(false);
    outcome.collected + outcome.uncollectable
}

struct Watch {
    debug: i64,
    recorders: Vec<Box<dyn Recorder>>,
}

impl Observer for Watch {
    fn reports(&self) -> bool {
        self.debug & DEBUG_COLLECTABLE != 0
    }

    fn unreachable(&mut self, objects: &[Ref]) {
        for object in objects {
            write_stderr(&format!(
                "gc: collectable <{} {:#x}>\n",
                Class::of(object).full_name(),
                object.address()
            ));
        }
    }

    fn explains(&self) -> bool {
        self.recorders.iter().any(|recorder| recorder.explains())
    }

    fn judged(&mut self, verdicts: &[Verdict]) {
        self.recorders.iter_mut().for_each(|recorder| recorder.judged(verdicts));
    }

    fn finalizing(&mut self, object: &Ref) {
        self.recorders.iter_mut().for_each(|recorder| recorder.finalizing(object));
    }

    fn resurrected(&mut self, object: &Ref) {
        self.recorders.iter_mut().for_each(|recorder| recorder.resurrected(object));
    }

    fn clearing(&mut self, object: &Ref) {
        self.recorders.iter_mut().for_each(|recorder| recorder.clearing(object));
    }

    fn keeps_garbage(&self) -> bool {
        self.debug & DEBUG_SAVEALL != 0
    }

    fn keep(&mut self, object: Ref) {
        self.recorders.iter_mut().for_each(|recorder| recorder.keeping(&object));
        // Without memory for the list the object is just not kept.
        let _ = garbage().push(object);
    }

    fn part_of(&self, object: &Ref) -> usize {
        object.payload::<Instance>().and_then(instance::own_dict_address).unwrap_or(0)
    }
}

fn call_back(phase: &str, generation: usize, collected: usize, uncollectable: usize) {
    let Some(callbacks) = vm().slots.gc.callbacks.get().filter(|callbacks| !callbacks.is_empty()) else {
        return;
    };
    let info = dict::new();
    for (name, value) in
        [("generation", generation), ("collected", collected), ("uncollectable", uncollectable)]
    {
        dict::set_str(&info, &str::intern(name), int::from_usize(value));
    }
    let arguments = [str::intern(phase).into_any(), info.into_any()];
    let mut position = 0;
    while let Some(callback) = callbacks.get(position) {
        position += 1;
        if let Err(raised) = call::call(&callback, &arguments) {
            let exception = take(raised);
            crate::unraisable::report(&exception, Some(&callback), None);
        }
    }
}
