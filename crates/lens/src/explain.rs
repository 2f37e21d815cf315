//! What the last collection did, object by object; and the log with a line for each collection.

use std::{cell::RefCell, rc::Rc, time::Duration};

use ouro_heap::{Ref, collector::Verdict};
use ouro_vm::{
    gc_run::{self, Recorder},
    objects::io::standard::write_stderr,
};

use crate::{graph::Map, holders, plain::Plain, why, words};

/// Objects of a collection that are described one by one; the others are only counted.
const SHOWN: usize = 1000;
/// Of those, objects that stay.
const STAYING: usize = 20;
/// Objects that stay and are described, for some may be the viewer's own.
const DESCRIBED: usize = 200;
/// Objects that are asked whether they hold one of the others.
const ASKED: usize = 4000;

/// What became of a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// Where the object stood.
    pub address: usize,
    /// The object in words.
    pub words: String,
    /// Its count, and what was left without the references among the candidates.
    pub counts: (u32, u32),
    /// Whether it stays.
    pub stays: bool,
    /// Why it stays or goes.
    pub reason: String,
    /// Whether its finalizer has run.
    pub finalized: bool,
    /// Whether its references were taken away.
    pub cleared: bool,
    /// Whether a finalizer brought it back.
    pub resurrected: bool,
    /// Whether it went to `gc.garbage` (`gc.DEBUG_SAVEALL`).
    pub kept: bool,
}

/// What a collection did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The generation that was collected, with the younger ones.
    pub generation: usize,
    /// Whether the program asked for it.
    pub asked_for: bool,
    /// Objects that were looked at.
    pub candidates: usize,
    /// Objects that were found to be out of reach.
    pub unreachable: usize,
    /// Objects that were cleared.
    pub collected: usize,
    /// How long it took.
    pub took: Duration,
    /// What became of the objects: those out of reach first.
    pub fates: Vec<Fate>,
}

thread_local! {
    /// The account of the last collection, once the recorder has been asked for.
    static LAST: RefCell<Option<Rc<RefCell<Last>>>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Last {
    account: Account,
    complete: Option<Account>,
    /// Where objects stand in the account.
    places: Map<usize, usize>,
}

/// Records collections for `heap.explain()`, from now on.
pub fn start() {
    LAST.with_borrow_mut(|last| {
        if last.is_none() {
            let shared = Rc::new(RefCell::new(Last::default()));
            *last = Some(shared.clone());
            gc_run::add_recorder(Box::new(Explainer(shared)));
        }
    });
}

/// The account of the last collection.
pub fn last() -> Option<Account> {
    LAST.with_borrow(|last| last.as_ref().and_then(|last| last.borrow().complete.clone()))
}

struct Explainer(Rc<RefCell<Last>>);

impl Recorder for Explainer {
    fn begins(&mut self, generation: usize, asked_for: bool) {
        let mut last = self.0.borrow_mut();
        last.account = Account { generation, asked_for, ..Account::default() };
        last.places.clear();
    }

    fn judged(&mut self, verdicts: &[Verdict]) {
        let mut last = self.0.borrow_mut();
        last.account.candidates = verdicts.len();
        last.account.unreachable = verdicts.iter().filter(|verdict| !verdict.reachable).count();
        // Of what stays, only young objects of a collection that the program asked for are worth a look.
        let asked_for = last.account.asked_for;
        let worth =
            |verdict: &&Verdict| verdict.reachable && asked_for && verdict.object.header().generation() < 2;
        let garbage = verdicts.iter().filter(|verdict| !verdict.reachable).take(SHOWN);
        let shown: Vec<&Verdict> = garbage.chain(verdicts.iter().filter(worth).take(DESCRIBED)).collect();
        let holders = holders_of(&shown, verdicts);
        for verdict in shown {
            let address = verdict.object.address();
            let place = last.account.fates.len();
            last.places.insert(address, place);
            last.account.fates.push(Fate {
                address,
                words: words::with_address(&verdict.object),
                counts: (verdict.count, verdict.left),
                stays: verdict.reachable,
                reason: reason(verdict, holders.get(&address)),
                finalized: false,
                cleared: false,
                resurrected: false,
                kept: false,
            });
        }
    }

    fn finalizing(&mut self, object: &Ref) {
        self.mark(object, |fate| fate.finalized = true);
    }

    fn resurrected(&mut self, object: &Ref) {
        self.mark(object, |fate| fate.resurrected = true);
    }

    fn keeping(&mut self, object: &Ref) {
        self.mark(object, |fate| fate.kept = true);
    }

    fn clearing(&mut self, object: &Ref) {
        self.mark(object, |fate| fate.cleared = true);
    }

    fn ended(&mut self, collected: usize, _uncollectable: usize, took: Duration) {
        let mut last = self.0.borrow_mut();
        let mut account = std::mem::take(&mut last.account);
        account.collected = collected;
        account.took = took;
        last.complete = Some(account);
    }

    fn explains(&self) -> bool {
        true
    }
}

impl Explainer {
    fn mark(&self, object: &Ref, change: impl FnOnce(&mut Fate)) {
        let mut last = self.0.borrow_mut();
        if let Some(&place) = last.places.get(&object.address()) {
            change(&mut last.account.fates[place]);
        }
    }
}

/// For each of the shown objects one that holds it: garbage for garbage, one that stays for one that stays.
fn holders_of(shown: &[&Verdict], all: &[Verdict]) -> Map<usize, String> {
    let wanted: Map<usize, bool> =
        shown.iter().map(|verdict| (verdict.object.address(), verdict.reachable)).collect();
    let mut found = Map::default();
    if shown.is_empty() {
        return found;
    }
    for holder in all.iter().take(ASKED) {
        for (place, target) in holders::places(&holder.object) {
            if wanted.get(&target) == Some(&holder.reachable) && !found.contains_key(&target) {
                let place = why::plain_place(&holder.object, &place);
                found.insert(target, format!("{place} of {}", words::with_address(&holder.object)));
            }
        }
    }
    found
}

/// Why a candidate stays or goes.
fn reason(verdict: &Verdict, holder: Option<&String>) -> String {
    if verdict.left > 0 {
        let references = if verdict.left == 1 { "reference comes" } else { "references come" };
        return format!("stays: {} {references} from elsewhere", verdict.left);
    }
    match (verdict.reachable, holder) {
        (true, Some(holder)) => format!("stays: reached by {holder}"),
        (true, None) => "stays: reached by an object that stays".to_owned(),
        (false, Some(holder)) => format!("out of reach: only garbage refers to it, {holder}"),
        (false, None) => "out of reach: only garbage refers to it".to_owned(),
    }
}

/// The account as plain data.
pub fn plain(account: &Account) -> Plain {
    let of_fate = |fate: &Fate| {
        Plain::object([
            ("object", fate.words.as_str().into()),
            ("address", fate.address.into()),
            ("count", fate.counts.0.into()),
            ("left", fate.counts.1.into()),
            ("stays", fate.stays.into()),
            ("reason", fate.reason.as_str().into()),
            ("finalized", fate.finalized.into()),
            ("cleared", fate.cleared.into()),
            ("resurrected", fate.resurrected.into()),
            ("kept", fate.kept.into()),
        ])
    };
    Plain::object([
        ("generation", account.generation.into()),
        ("asked_for", account.asked_for.into()),
        ("candidates", account.candidates.into()),
        ("unreachable", account.unreachable.into()),
        ("collected", account.collected.into()),
        ("nanoseconds", (account.took.as_nanos() as usize).into()),
        ("objects", Plain::List(account.fates.iter().map(of_fate).collect())),
    ])
}

/// The account in lines.
pub fn lines(account: &Account) -> Vec<String> {
    let how = if account.asked_for { "asked for" } else { "automatic" };
    let mut lines = vec![format!(
        "collection of generation {} ({how}): {} candidates, {} out of reach, {} collected",
        account.generation, account.candidates, account.unreachable, account.collected
    )];
    let mut staying = 0;
    for fate in &account.fates {
        staying += usize::from(fate.stays);
        if fate.stays && staying > STAYING {
            continue;
        }
        let (before, after) = fate.counts;
        lines.push(format!("  {}: count {before}, {after} without the candidates' references", fate.words));
        let mut deeds = vec![fate.reason.clone()];
        let known = [
            (fate.finalized, "its finalizer ran"),
            (fate.resurrected, "a finalizer brought it back"),
            (fate.kept, "kept in gc.garbage"),
            (fate.cleared, "its references were cleared"),
        ];
        deeds.extend(known.iter().filter(|(is_so, _)| *is_so).map(|(_, words)| (*words).to_owned()));
        lines.push(format!("    {}", deeds.join("; ")));
    }
    let more = account.unreachable.saturating_sub(SHOWN);
    if more > 0 {
        lines.push(format!("  ... and {more} more out of reach"));
    }
    lines
}

/// Writes a line for each collection to stderr, from now on: `--gc-log`.
pub fn log() {
    gc_run::add_recorder(Box::new(Logger { generation: 0, asked_for: false, number: 0 }));
}

struct Logger {
    generation: usize,
    asked_for: bool,
    number: usize,
}

impl Recorder for Logger {
    fn begins(&mut self, generation: usize, asked_for: bool) {
        self.generation = generation;
        self.asked_for = asked_for;
        self.number += 1;
    }

    fn ended(&mut self, collected: usize, uncollectable: usize, took: Duration) {
        let how = if self.asked_for { "asked for" } else { "automatic" };
        let sizes = ouro_heap::collector::generation_sizes();
        write_stderr(&format!(
            "gc {}: generation {} ({how}), {} unreachable, {} collected, {uncollectable} uncollectable, {:.3} ms, alive {} {} {}\n",
            self.number,
            self.generation,
            collected + uncollectable,
            collected,
            took.as_secs_f64() * 1e3,
            sizes[0],
            sizes[1],
            sizes[2]
        ));
    }

    fn explains(&self) -> bool {
        false
    }
}
