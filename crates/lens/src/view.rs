//! The heap together with what stands outside of it: frames, modules, the interpreter; and without the viewer itself.

use std::{cell::OnceCell, ops::Range};

use ouro_bytecode::code::LocalKind;
use ouro_heap::Ref;
use ouro_vm::{
    inspect,
    interpreter::{Held, argument_places, visit_frames},
    objects::{
        class::Class,
        code::Code,
        dict::Dict,
        function::Function,
        str::{Str, StrExt},
    },
};

use crate::{
    OWN_MODULES,
    graph::{Graph, Map, Node, Set},
};

/// A frame that runs.
#[derive(Clone, Debug)]
pub struct Frame {
    /// `co_qualname`
    pub name: String,
    /// `co_filename`
    pub file: String,
    /// The line that runs.
    pub line: u32,
    /// Names of the locals, slot by slot, and whether the slot holds a cell.
    pub locals: Vec<(String, bool)>,
}

impl Frame {
    /// The frame in words: `f()`, or the module whose body runs.
    pub fn words(&self) -> String {
        if self.name == "<module>" { "the module's body".to_owned() } else { format!("{}()", self.name) }
    }
}

/// A reference from outside of the heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Root {
    /// Who holds it.
    pub holder: RootHolder,
    /// What is held.
    pub node: Node,
}

/// Who holds a reference outside of the heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootHolder {
    /// A frame: its number among the frames, and how.
    Frame(usize, Held),
    /// The interpreter, in words.
    Interpreter(&'static str),
}

/// A loaded module.
#[derive(Clone, Debug)]
pub struct LoadedModule {
    /// Its name in `sys.modules`.
    pub name: String,
    /// The module object.
    pub module: Node,
    /// Its namespace.
    pub namespace: Node,
}

/// Everything, seen from outside.
pub struct View {
    /// The heap.
    pub graph: Graph,
    /// Frames that run, the innermost first, without those of the viewer.
    pub frames: Vec<Frame>,
    /// References from outside of the heap that are known.
    pub roots: Vec<Root>,
    /// Modules, `__main__` first, without the viewer's.
    pub modules: Vec<LoadedModule>,
    /// Objects that belong to the viewer.
    own: Vec<bool>,
    /// Those of them that go when this call ends.
    passing: Vec<bool>,
    /// References that the viewer's frames and the call that asks hold.
    own_references: Vec<Node>,
    owners: OnceCell<Map<Node, Node>>,
}

impl View {
    /// Looks at everything. `args` are the arguments of the native function that asks: these references are its own.
    pub fn take(args: &[Ref]) -> View {
        let graph = Graph::take();
        let (own_modules, modules) = find_modules(&graph);
        let mut gathered = Gathered::new(argument_places(args), &graph);
        visit_frames(&mut |frame, held, object| {
            gathered.add(frame, is_ours(frame.code), held, object);
        });
        let Gathered { frames, mut roots, mut own_references, met_arguments, .. } = gathered;
        if !met_arguments {
            // A caller in native code holds the arguments elsewhere.
            own_references.extend(args.iter().filter_map(|argument| graph.node(argument)));
        }
        inspect::visit_interpreter(&mut |what, object| {
            if let Some(node) = graph.node(object) {
                roots.push(Root { holder: RootHolder::Interpreter(what), node });
            }
        });
        let mut seeds = own_seeds(&graph, &own_modules);
        let held = held_by_us(&graph, &own_references, args);
        let passing = graph.retained(&held, &own_references);
        seeds.extend(held);
        let own = graph.retained(&seeds, &own_references);
        View { graph, frames, roots, modules, own, passing, own_references, owners: OnceCell::new() }
    }

    /// Whether an object belongs to the viewer.
    pub fn is_own(&self, node: Node) -> bool {
        self.own[node as usize]
    }

    /// All objects but the viewer's.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.graph.nodes().filter(|&node| !self.is_own(node))
    }

    /// Whether an object is the viewer's and goes when this call ends. What it refers to is not counted.
    pub fn is_passing(&self, node: Node) -> bool {
        self.passing[node as usize]
    }

    /// The references to an object that the running call does not hold: what `sys.getrefcount` tells, less its own.
    pub fn references_to(&self, node: Node) -> usize {
        let passing =
            self.graph.referrers(node).iter().filter(|&&referrer| self.is_passing(referrer)).count();
        let own = self.own_references.iter().filter(|&&held| held == node).count() + passing;
        (self.graph.count(node) as usize).saturating_sub(own)
    }

    /// The object whose dictionary of attributes this is, if it is one.
    pub fn dictionary_owner(&self, node: Node) -> Option<Node> {
        let owners = self.owners.get_or_init(|| {
            let mut owners = Map::default();
            for module in &self.modules {
                owners.insert(module.namespace, module.module);
            }
            owners
        });
        if let Some(&owner) = owners.get(&node) {
            return Some(owner);
        }
        let dict = self.graph.object(node);
        dict.payload::<Dict>()?;
        self.graph.referrers(node).iter().copied().find(|&owner| {
            let object = self.graph.object(owner);
            match object.payload::<Class>() {
                Some(class) => !inspect::is_builtin_class(class) && class.namespace().is(dict),
                None => ouro_vm::protocol::attribute::existing_dict(object).is_some_and(|own| own.is(dict)),
            }
        })
    }

    /// The module whose namespace, or whose object, a node is.
    pub fn module_of(&self, node: Node) -> Option<&LoadedModule> {
        self.modules.iter().find(|module| module.namespace == node || module.module == node)
    }
}

/// What a walk along the frames gathers.
struct Gathered<'a> {
    graph: &'a Graph,
    arguments: Range<usize>,
    frames: Vec<Frame>,
    /// The level of the frame that was added last.
    level: Option<usize>,
    roots: Vec<Root>,
    own_references: Vec<Node>,
    met_arguments: bool,
}

impl<'a> Gathered<'a> {
    fn new(arguments: Range<usize>, graph: &'a Graph) -> Gathered<'a> {
        Gathered {
            graph,
            arguments,
            frames: Vec::new(),
            level: None,
            roots: Vec::new(),
            own_references: Vec::new(),
            met_arguments: false,
        }
    }

    fn add(&mut self, frame: &ouro_vm::interpreter::RunningFrame, own: bool, held: Held, object: &Ref) {
        let Some(node) = self.graph.node(object) else { return };
        if let Held::Register(_, address) = held
            && self.arguments.contains(&address)
        {
            self.met_arguments = true;
            self.own_references.push(node);
            return;
        }
        if own {
            self.own_references.push(node);
            return;
        }
        if self.level != Some(frame.level) {
            self.level = Some(frame.level);
            let code = frame.code;
            let locals = code.locals.iter().enumerate();
            self.frames.push(Frame {
                name: code.qualname.to_text().into_owned(),
                file: code.filename.to_text().into_owned(),
                line: code.position(frame.word).line,
                locals: locals
                    .map(|(slot, name)| {
                        (name.to_text().into_owned(), code.local_kind(slot) == LocalKind::Cell)
                    })
                    .collect(),
            });
        }
        self.roots.push(Root { holder: RootHolder::Frame(self.frames.len() - 1, held), node });
    }
}

/// Objects that only the viewer's frames hold, such as its lists; what was asked about is none of these.
fn held_by_us(graph: &Graph, own_references: &[Node], args: &[Ref]) -> Vec<Node> {
    let mut held: Map<Node, u32> = Map::default();
    own_references.iter().for_each(|&node| *held.entry(node).or_default() += 1);
    held.retain(|&node, count| {
        graph.count(node) == *count && !args.iter().any(|argument| argument.is(graph.object(node)))
    });
    held.into_keys().collect()
}

/// Whether code is that of the viewer's modules. At the end of the program the modules themselves are not found any more.
fn is_ours(code: &Code) -> bool {
    let filename = code.filename.as_ascii();
    let name = filename.and_then(|name| name.strip_prefix("<frozen ")?.strip_suffix('>'));
    name.is_some_and(|name| OWN_MODULES.contains(&name))
}

/// The viewer's modules, and all others.
fn find_modules(graph: &Graph) -> (Vec<LoadedModule>, Vec<LoadedModule>) {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    inspect::each_module(|name, module, namespace| {
        let (Some(module), Some(namespace)) = (graph.node(module), graph.node(namespace)) else { return };
        let ours = OWN_MODULES.contains(&name) && !has_file(graph.object(namespace));
        let list = if ours { &mut own } else { &mut others };
        list.push(LoadedModule { name: name.to_owned(), module, namespace });
    });
    others.sort_by_key(|module| module.name != "__main__");
    (own, others)
}

/// A module with a file is one of the program's that has the name of one of ours.
fn has_file(namespace: &Ref) -> bool {
    let mut found = false;
    if let Some(namespace) = namespace.payload::<Dict>() {
        inspect::each_entry(namespace, |key, _| {
            found |= key.payload::<Str>().is_some_and(|key| key.is_text("__file__"));
        });
    }
    found
}

/// The objects that the viewer consists of, as far as they are found by name: modules, their functions and classes, and
/// instances of these.
fn own_seeds(graph: &Graph, modules: &[LoadedModule]) -> Vec<Node> {
    let mut seeds: Vec<Node> = modules.iter().map(|module| module.module).collect();
    let mut classes = Set::default();
    let mut namespaces: Set<Node> = modules.iter().map(|module| module.namespace).collect();
    for node in graph.nodes() {
        if let Some(function) = graph.object(node).payload::<Function>()
            && function.code.with(|code| code.is_some_and(|code| is_ours(code)))
        {
            namespaces.extend(function.globals.with(|globals| graph.node(globals?.as_any())));
        }
    }
    for &namespace in &namespaces {
        seeds.push(namespace);
        let Some(namespace) = graph.object(namespace).payload::<Dict>() else { continue };
        inspect::each_entry(namespace, |_, value| {
            let Some(node) = graph.node(value) else { return };
            if let Some(class) = value.payload::<Class>()
                && !inspect::is_builtin_class(class)
                && names_our_module(class)
            {
                classes.insert(class.index);
                seeds.push(node);
            }
        });
    }
    seeds.extend(graph.nodes().filter(|&node| {
        let object = graph.object(node);
        classes.contains(&object.header().type_index())
            || inspect::namespace_of(object)
                .and_then(|namespace| graph.node_at(namespace))
                .is_some_and(|namespace| namespaces.contains(&namespace))
    }));
    seeds
}

/// Whether a class says that it comes from one of the viewer's modules.
fn names_our_module(class: &Class) -> bool {
    let mut found = false;
    inspect::each_entry(&class.namespace(), |key, value| {
        let (Some(key), Some(value)) = (key.payload::<Str>(), value.payload::<Str>()) else { return };
        found |= key.is_text("__module__") && OWN_MODULES.contains(&&*value.to_text());
    });
    found
}
