//! Random programs against a model: counts, deaths and the results of collections are foretold and compared.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::*;
use ouro_heap::{
    Ref, blocks,
    collector::{self, NoObserver},
    walk,
};
use proptest::prelude::*;

const LINKS: usize = 3;
/// More than a pool's block can hold.
const MANY_LINKS: usize = 1100;

/// A step of a random program. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    New { large: bool },
    Clone(usize),
    Drop(usize),
    Store(usize, usize, usize),
    Empty(usize, usize),
    Weak(usize, bool),
    DropWeak(usize),
    Collect(usize),
    Freeze,
    Unfreeze,
    Retrack(usize),
    Trim,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let any = any::<usize>;
    let step = prop_oneof![
        6 => (0..12).prop_map(|dice| Step::New { large: dice == 0 }),
        2 => any().prop_map(Step::Clone),
        5 => any().prop_map(Step::Drop),
        8 => (any(), 0..LINKS, any()).prop_map(|(from, link, to)| Step::Store(from, link, to)),
        2 => (any(), 0..LINKS).prop_map(|(from, link)| Step::Empty(from, link)),
        2 => (any(), prop::bool::ANY).prop_map(|(target, callback)| Step::Weak(target, callback)),
        1 => any().prop_map(Step::DropWeak),
        2 => (0..3usize).prop_map(Step::Collect),
        1 => Just(Step::Freeze),
        1 => Just(Step::Unfreeze),
        1 => any().prop_map(Step::Retrack),
        1 => Just(Step::Trim),
    ];
    prop::collection::vec(step, 1..120)
}

/// What the model knows of a node.
#[derive(Default)]
struct Expected {
    links: [Option<u32>; LINKS],
    generation: usize,
}

/// The heap as it should be. Node numbers are never used again.
#[derive(Default)]
struct Model {
    nodes: BTreeMap<u32, Expected>,
    roots: Vec<u32>,
    next: u32,
    /// Targets of weak references with the callback's number, in the order of creation.
    weak: Vec<(u32, Option<u64>)>,
    called: Vec<u64>,
}

impl Model {
    fn count(&self, id: u32) -> usize {
        let roots = self.roots.iter().filter(|&&root| root == id).count();
        let links = self.nodes.values().flat_map(|node| node.links).filter(|&link| link == Some(id)).count();
        roots + links
    }

    /// Lets everything die that has no reference left.
    fn settle(&mut self) {
        while let Some(&dead) = self.nodes.keys().find(|&&id| self.count(id) == 0) {
            self.bury(dead);
        }
    }

    fn bury(&mut self, dead: u32) {
        self.nodes.remove(&dead);
        // The newest weak reference is called back first.
        for (_, callback) in self.weak.iter_mut().rev().filter(|(target, _)| *target == dead) {
            self.called.extend(callback.take());
        }
    }

    /// A collection of the generations up to this one; gives the number of nodes it should find.
    fn collect(&mut self, generation: usize) -> usize {
        let candidates: BTreeSet<u32> =
            self.nodes.iter().filter(|(_, node)| node.generation <= generation).map(|(&id, _)| id).collect();
        let outside = self
            .nodes
            .iter()
            .filter(|(id, _)| !candidates.contains(id))
            .flat_map(|(_, node)| node.links)
            .flatten();
        let mut reached: Vec<u32> = self.roots.iter().copied().chain(outside).collect();
        let mut kept = BTreeSet::new();
        while let Some(id) = reached.pop() {
            if candidates.contains(&id) && kept.insert(id) {
                reached.extend(self.nodes[&id].links.into_iter().flatten());
            }
        }
        let garbage: Vec<u32> = candidates.iter().copied().filter(|id| !kept.contains(id)).collect();
        for id in kept {
            self.nodes.get_mut(&id).expect("kept nodes are alive").generation = (generation + 1).min(2);
        }
        for &id in &garbage {
            self.bury(id);
        }
        self.settle();
        garbage.len()
    }
}

/// The same on the real heap.
struct Real {
    roots: Vec<Ref<Node>>,
    weak: Vec<Ref<Weak>>,
}

fn check(model: &mut Model, real: &Real) -> Result<(), TestCaseError> {
    let roots = |visitor: &mut dyn ouro_heap::Visitor| {
        real.roots.iter().for_each(|root| visitor.visit(root.as_any()));
        real.weak.iter().for_each(|weak| visitor.visit(weak.as_any()));
    };
    prop_assert_eq!(walk::verify(roots, true), Vec::new());
    prop_assert_eq!(alive("node"), model.nodes.len());
    for (root, &id) in real.roots.iter().zip(&model.roots) {
        prop_assert_eq!(root.head.id, id);
        prop_assert_eq!(root.visible_count() as usize, model.count(id));
        let links: Vec<_> = root.items()[..LINKS]
            .iter()
            .map(|link| link.get().map(|to| to.payload::<Node>().map(|to| to.head.id)))
            .collect();
        let expected: Vec<_> = model.nodes[&id].links.iter().map(|link| link.map(Some)).collect();
        prop_assert_eq!(links, expected);
    }
    for (weak, (target, _)) in real.weak.iter().zip(&model.weak) {
        prop_assert_eq!(weak.link.is_dead(), !model.nodes.contains_key(target));
        prop_assert_eq!(weak.link.target().is_none(), weak.link.is_dead());
    }
    // The order of callbacks is only foretold within one object, so it is compared as a set.
    let mut called = CALLED.take();
    called.sort_unstable();
    model.called.sort_unstable();
    prop_assert_eq!(called, std::mem::take(&mut model.called));
    Ok(())
}

fn run(steps: Vec<Step>) -> Result<(), TestCaseError> {
    prepare();
    let mut model = Model::default();
    let mut real = Real { roots: Vec::new(), weak: Vec::new() };
    let mut callbacks = 0;
    for step in steps {
        let len = real.roots.len();
        match step {
            Step::New { large } => {
                real.roots.push(node(model.next, if large { MANY_LINKS } else { LINKS }));
                model.nodes.insert(model.next, Expected::default());
                model.roots.push(model.next);
                model.next += 1;
            }
            Step::Collect(generation) => {
                let expected = model.collect(generation);
                let outcome = collector::collect(generation, &mut NoObserver);
                prop_assert_eq!(outcome.collected, expected);
            }
            Step::Freeze => {
                collector::freeze();
                model.nodes.values_mut().for_each(|node| node.generation = 3);
            }
            Step::Unfreeze => {
                collector::unfreeze();
                model
                    .nodes
                    .values_mut()
                    .filter(|node| node.generation == 3)
                    .for_each(|node| node.generation = 2);
            }
            Step::Trim => _ = blocks::trim(),
            Step::DropWeak(which) if !real.weak.is_empty() => {
                let which = which % real.weak.len();
                drop(real.weak.remove(which));
                model.weak.remove(which);
            }
            _ if len == 0 => {}
            Step::Clone(which) => {
                real.roots.push(real.roots[which % len].clone());
                model.roots.push(model.roots[which % len]);
            }
            Step::Drop(which) => {
                drop(real.roots.swap_remove(which % len));
                model.roots.swap_remove(which % len);
                model.settle();
            }
            Step::Store(from, link, to) => {
                let (from, to) = (from % len, to % len);
                real.roots[from].items()[link].set(Some(real.roots[to].clone().into_any()));
                let id = model.roots[to];
                model.nodes.get_mut(&model.roots[from]).expect("roots are alive").links[link] = Some(id);
                model.settle();
            }
            Step::Empty(from, link) => {
                real.roots[from % len].items()[link].set(None);
                model.nodes.get_mut(&model.roots[from % len]).expect("roots are alive").links[link] = None;
                model.settle();
            }
            Step::Weak(target, callback) => {
                callbacks += 1;
                let callback = callback.then_some(callbacks);
                real.weak.push(weak_to(real.roots[target % len].as_any(), callback));
                model.weak.push((model.roots[target % len], callback));
            }
            Step::Retrack(which) => {
                let object = real.roots[which % len].as_any();
                ouro_heap::allocate::untrack(object);
                ouro_heap::allocate::track(object);
                model.nodes.get_mut(&model.roots[which % len]).expect("roots are alive").generation = 0;
            }
            Step::DropWeak(_) => {}
        }
        check(&mut model, &real)?;
    }
    real.weak.clear();
    model.weak.clear();
    real.roots.clear();
    model.roots.clear();
    model.settle();
    collector::unfreeze();
    prop_assert_eq!(collector::collect(2, &mut NoObserver).collected, model.nodes.len());
    prop_assert_eq!(walk::live_mortals(), Vec::new());
    CALLED.take();
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_the_model(steps in steps()) {
        run(steps)?;
    }
}
