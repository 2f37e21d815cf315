//! The symbol table: which names a block binds, and where each name it uses is found.
//!
//! The rules are those of CPython's `symtable.c`. A first pass (`build`) collects what each block does with
//! each name, a second one (`analyze`) decides for every name whether it is a local, a cell, free or global.

mod analyze;
mod build;
mod definitions;
mod expressions;

use std::rc::Rc;

use crate::Map;
use ouro_syntax::ast;

use crate::error::{Fault, Result};

/// What a block does with a name. The numbers are ours, the distinctions CPython's.
pub mod uses {
    /// `global name`.
    pub const GLOBAL: u16 = 1;
    /// Assigned to.
    pub const LOCAL: u16 = 2;
    /// A parameter.
    pub const PARAM: u16 = 4;
    /// `nonlocal name`.
    pub const NONLOCAL: u16 = 8;
    /// Read.
    pub const USE: u16 = 16;
    /// Bound by an import.
    pub const IMPORT: u16 = 32;
    /// Annotated.
    pub const ANNOTATED: u16 = 64;
    /// The iteration variable of a comprehension.
    pub const COMP_ITER: u16 = 128;
    /// A type parameter.
    pub const TYPE_PARAM: u16 = 256;
    /// Free in a method, and a name of the class namespace as well.
    pub const FREE_CLASS: u16 = 512;
    /// Bound by an assignment expression, so that evaluating an expression may rebind it.
    pub const WALRUS: u16 = 1024;
    /// Deleted somewhere, so that it is never certainly bound.
    pub const DELETED: u16 = 2048;
    /// Bound in the block.
    pub const BOUND: u16 = LOCAL | PARAM | IMPORT | TYPE_PARAM;
}

/// Where a name is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Bound here and used nowhere else.
    Local,
    /// Bound here and captured by an inner function.
    Cell,
    /// Bound by an enclosing function.
    Free,
    /// Declared `global`.
    GlobalExplicit,
    /// Found nowhere, hence global or builtin.
    GlobalImplicit,
}

/// One name of a block.
#[derive(Debug)]
pub struct Symbol {
    /// The name, mangled.
    pub name: Rc<str>,
    /// A set of [`uses`].
    pub uses: u16,
    /// Where it is found; decided by the analysis.
    pub binding: Binding,
}

/// The symbols of a block in the order of their first appearance.
#[derive(Debug, Default)]
pub struct Symbols {
    entries: Vec<Symbol>,
    index: Map<Rc<str>, u32>,
}

impl Symbols {
    /// The number under which a name stands.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.index.get(name).map(|&i| i as usize)
    }

    /// A name's entry.
    pub fn get(&self, name: &str) -> Option<&Symbol> {
        self.find(name).map(|i| &self.entries[i])
    }

    /// A set of [`uses`], empty for an unknown name.
    pub fn uses(&self, name: &str) -> u16 {
        self.get(name).map_or(0, |symbol| symbol.uses)
    }

    /// All symbols in order.
    pub fn entries(&self) -> &[Symbol] {
        &self.entries
    }

    fn entry(&mut self, name: &Rc<str>) -> &mut Symbol {
        let i = match self.index.get(name) {
            Some(&i) => i as usize,
            None => {
                let i = self.entries.len();
                self.index.insert(name.clone(), i as u32);
                self.entries.push(Symbol { name: name.clone(), uses: 0, binding: Binding::GlobalImplicit });
                i
            }
        };
        &mut self.entries[i]
    }
}

/// The kinds of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// A module, or the text of `eval` or `exec`.
    Module,
    /// A class body.
    Class,
    /// A function, lambda or comprehension.
    Function,
    /// Postponed annotations: names in them count for nothing.
    Annotation,
    /// The bound, the constraints or the default of a type variable.
    TypeVariable,
    /// The value of a `type` statement.
    TypeAlias,
    /// The type parameters of a function, class or alias.
    TypeParameters,
}

/// The kinds of comprehension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComprehensionKind {
    /// `[...]`
    List,
    /// `{...}`
    Set,
    /// `{k: v ...}`
    Dict,
    /// `(...)`
    Generator,
}

/// The number of a [`Scope`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ScopeId(pub u32);

/// One block.
#[derive(Debug)]
pub struct Scope {
    /// What kind of block.
    pub kind: ScopeKind,
    /// The name of the function or class.
    pub name: Rc<str>,
    /// Its names.
    pub symbols: Symbols,
    /// The parameters in slot order.
    pub parameters: Vec<Rc<str>>,
    /// The blocks directly inside, in source order.
    pub children: Vec<ScopeId>,
    /// The comprehensions that are compiled into this block.
    pub inlined_children: Vec<ScopeId>,
    /// `global` and `nonlocal` statements, for messages.
    directives: Vec<(Rc<str>, ast::Range)>,
    /// A function inside a function.
    pub nested: bool,
    /// Contains `yield`.
    pub generator: bool,
    /// Contains `await`, `async for` or `async with`.
    pub coroutine: bool,
    /// Which comprehension it is, if any.
    pub comprehension: Option<ComprehensionKind>,
    /// Compiled into the enclosing code object (PEP 709).
    pub inlined: bool,
    /// A method needs the class cell.
    pub needs_class_closure: bool,
    /// An annotation scope needs the class namespace.
    pub needs_class_dict: bool,
    /// An annotation scope inside a class, which sees the class namespace.
    pub sees_class: bool,
    /// Directly inside a class.
    pub is_method: bool,
    /// Contains an assignment expression that binds a name of this block.
    pub has_walrus: bool,
    in_target: bool,
    in_iterable: u32,
    mangled_names: Option<Rc<std::cell::RefCell<Vec<Rc<str>>>>>,
    info: Option<&'static str>,
}

impl Scope {
    /// Whether names are resolved as in functions.
    pub fn is_function_like(&self) -> bool {
        !matches!(self.kind, ScopeKind::Module | ScopeKind::Class)
    }
}

/// All blocks of a module.
#[derive(Debug)]
pub struct SymbolTable {
    scopes: Vec<Scope>,
    by_node: Map<(usize, Part), ScopeId>,
}

/// Which of the blocks that belong to one node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The block itself.
    Body,
    /// The type parameters around it.
    TypeParameters,
    /// The default of a type parameter.
    Default,
}

/// The identity of a node, as a key.
pub fn node_key<T>(node: &T) -> usize {
    std::ptr::from_ref(node).addr()
}

impl SymbolTable {
    /// Makes the table of a module.
    ///
    /// # Errors
    /// The syntax errors that CPython's `symtable.c` finds.
    pub fn build(module: &ast::Mod, future_annotations: bool, max_nesting: u32) -> Result<SymbolTable> {
        let mut table = build::build(module, future_annotations, max_nesting)?;
        analyze::analyze(&mut table)?;
        Ok(table)
    }

    /// The block of a node.
    pub fn scope_of<T>(&self, node: &T, part: Part) -> ScopeId {
        self.by_node.get(&(node_key(node), part)).copied().unwrap_or(ScopeId(0))
    }

    /// The block of a number.
    pub fn get(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    /// The stored form of a name that is used in a block of a class with the given name.
    pub fn mangle_in(&self, scope: ScopeId, private: Option<&Rc<str>>, name: &Rc<str>) -> Rc<str> {
        if private.is_none() || !name.starts_with("__") {
            return name.clone();
        }
        // In a block of type parameters only the parameters of the class itself are mangled.
        if let Some(names) = &self.get(scope).mangled_names
            && !names.borrow().iter().any(|n| n == name)
        {
            return name.clone();
        }
        mangle(private, name)
    }

    fn get_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0 as usize]
    }
}

/// A private name as it is stored: `__x` in class `C` is `_C__x`.
pub fn mangle(private: Option<&Rc<str>>, name: &Rc<str>) -> Rc<str> {
    let Some(class) = private else { return name.clone() };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name.clone();
    }
    let class = class.trim_start_matches('_');
    if class.is_empty() { name.clone() } else { format!("_{class}{name}").into() }
}

fn fault<T>(message: impl Into<String>, range: ast::Range) -> Result<T> {
    Err(Box::new(Fault::syntax(message, range)))
}
