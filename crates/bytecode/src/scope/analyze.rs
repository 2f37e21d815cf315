//! The second pass of the symbol table: local, cell, free or global.

use std::rc::Rc;

use crate::Set;

use super::{Binding, ComprehensionKind, ScopeId, ScopeKind, SymbolTable, fault, uses};
use crate::error::Result;

type Names = Set<Rc<str>>;

pub(super) fn analyze(table: &mut SymbolTable) -> Result<()> {
    let mut outer = Outer::default();
    Analysis { table }.block(ScopeId(0), None, &mut outer, None)?;
    Ok(())
}

/// What is visible of the enclosing blocks.
#[derive(Clone, Default)]
struct Outer {
    global: Names,
    type_params: Names,
}

struct Analysis<'a> {
    table: &'a mut SymbolTable,
}

impl Analysis<'_> {
    /// Analyses a block with all inside it and returns the names that are free in it.
    fn block(
        &mut self,
        id: ScopeId,
        bound: Option<&mut Names>,
        outer: &mut Outer,
        class_entry: Option<ScopeId>,
    ) -> Result<Names> {
        let kind = self.table.get(id).kind;
        let is_class = kind == ScopeKind::Class;
        let function_like = self.table.get(id).is_function_like();
        let mut free = Names::default();
        let mut local = Names::default();
        let mut visible = Names::default();
        let mut inner = Outer { global: Names::default(), type_params: Names::default() };
        let mut bound = bound;
        if is_class {
            // A class namespace has no effect on the names visible in the functions inside.
            inner.global.clone_from(&outer.global);
            if let Some(bound) = &bound {
                visible.clone_from(bound);
            }
        }
        for i in 0..self.table.get(id).symbols.entries.len() {
            self.name(id, i, bound.as_deref_mut(), &mut local, &mut free, outer, class_entry)?;
        }
        if is_class {
            visible.insert("__class__".into());
            visible.insert("__classdict__".into());
        } else {
            if function_like {
                visible.clone_from(&local);
            }
            if let Some(bound) = &bound {
                visible.extend(bound.iter().cloned());
            }
            inner.global.clone_from(&outer.global);
        }
        inner.type_params.clone_from(&outer.type_params);
        self.children(id, &visible, &inner, class_entry, &mut free)?;
        if function_like {
            for symbol in &mut self.table.get_mut(id).symbols.entries {
                if symbol.binding == Binding::Local && free.remove(&symbol.name) {
                    symbol.binding = Binding::Cell;
                }
            }
        } else if is_class {
            let scope = self.table.get_mut(id);
            scope.needs_class_closure = free.remove("__class__");
            scope.needs_class_dict = free.remove("__classdict__");
        }
        self.record_free(id, &free, bound.as_deref());
        Ok(free)
    }

    fn children(
        &mut self,
        id: ScopeId,
        visible: &Names,
        inner: &Outer,
        class_entry: Option<ScopeId>,
        free: &mut Names,
    ) -> Result<()> {
        let children = std::mem::take(&mut self.table.get_mut(id).children);
        let mut spliced = Vec::with_capacity(children.len());
        let is_class = self.table.get(id).kind == ScopeKind::Class;
        let sees_class = self.table.get(id).sees_class;
        for &child in &children {
            let entry = self.table.get(child);
            let class_entry = match entry.sees_class {
                true if is_class => Some(id),
                true => class_entry,
                false => None,
            };
            let inline =
                entry.comprehension.is_some_and(|c| c != ComprehensionKind::Generator) && !sees_class;
            let mut child_bound = visible.clone();
            let mut child_outer = inner.clone();
            let mut child_free = self.block(child, Some(&mut child_bound), &mut child_outer, class_entry)?;
            if inline {
                self.inline(id, child, &mut child_free);
                self.table.get_mut(id).inlined_children.push(child);
                spliced.extend(self.table.get(child).children.iter().copied());
            } else {
                spliced.push(child);
            }
            free.extend(child_free);
        }
        self.table.get_mut(id).children = spliced;
        Ok(())
    }

    /// Notes that a comprehension is compiled into its parent: what it borrows from there needs no cell.
    fn inline(&mut self, parent: ScopeId, comprehension: ScopeId, free: &mut Names) {
        let in_class = self.table.get(parent).kind == ScopeKind::Class;
        for i in 0..self.table.get(comprehension).symbols.entries.len() {
            let symbol = &self.table.get(comprehension).symbols.entries[i];
            if symbol.uses & uses::PARAM != 0 || symbol.binding != Binding::Free {
                continue;
            }
            let name = symbol.name.clone();
            match self.table.get(parent).symbols.get(&name) {
                None if in_class && *name == *"__class__" => {
                    free.remove(&name);
                    self.table.get_mut(comprehension).symbols.entries[i].binding = Binding::GlobalImplicit;
                }
                Some(existing) if existing.uses & uses::BOUND != 0 && !in_class => {
                    let children = &self.table.get(comprehension).children;
                    let free_inside = |&c: &ScopeId| {
                        self.table.get(c).symbols.get(&name).is_some_and(|s| s.binding == Binding::Free)
                    };
                    if !children.iter().any(free_inside) {
                        free.remove(&name);
                    }
                }
                _ => {}
            }
        }
        self.table.get_mut(comprehension).inlined = true;
    }

    #[allow(clippy::too_many_arguments, reason = "the sets are those of CPython's analyze_name")]
    fn name(
        &mut self,
        id: ScopeId,
        i: usize,
        bound: Option<&mut Names>,
        local: &mut Names,
        free: &mut Names,
        outer: &mut Outer,
        class_entry: Option<ScopeId>,
    ) -> Result<()> {
        let symbol = &self.table.get(id).symbols.entries[i];
        let name = symbol.name.clone();
        let flags = symbol.uses;
        let directive = |message: String| {
            let found = self.table.get(id).directives.iter().find(|(n, _)| *n == name);
            fault(message, found.map(|(_, range)| *range).unwrap_or_default())
        };
        let binding = if flags & uses::GLOBAL != 0 {
            if flags & uses::NONLOCAL != 0 {
                return directive(format!("name '{name}' is nonlocal and global"));
            }
            if let Some(bound) = bound {
                bound.remove(&name);
            }
            outer.global.insert(name);
            Binding::GlobalExplicit
        } else if flags & uses::NONLOCAL != 0 {
            let Some(bound) = bound else {
                return directive("nonlocal declaration not allowed at module level".into());
            };
            if !bound.contains(&name) {
                return directive(format!("no binding for nonlocal '{name}' found"));
            }
            if outer.type_params.contains(&name) {
                return directive(format!("nonlocal binding not allowed for type parameter '{name}'"));
            }
            free.insert(name);
            Binding::Free
        } else if flags & uses::BOUND != 0 {
            outer.global.remove(&name);
            if flags & uses::TYPE_PARAM != 0 {
                outer.type_params.insert(name.clone());
            } else {
                outer.type_params.remove(&name);
            }
            local.insert(name);
            Binding::Local
        } else if let Some(global) = self.class_binding(class_entry, &name) {
            global
        } else if bound.is_some_and(|bound| bound.contains(&name)) {
            free.insert(name);
            Binding::Free
        } else {
            Binding::GlobalImplicit
        };
        self.table.get_mut(id).symbols.entries[i].binding = binding;
        Ok(())
    }

    /// A name that the class around an annotation scope binds is looked up there at run time, then globally:
    /// bindings of functions further out do not count.
    fn class_binding(&self, class_entry: Option<ScopeId>, name: &str) -> Option<Binding> {
        let flags = self.table.get(class_entry?).symbols.uses(name);
        if flags & uses::GLOBAL != 0 {
            Some(Binding::GlobalExplicit)
        } else if flags & uses::BOUND != 0 && flags & uses::NONLOCAL == 0 {
            Some(Binding::GlobalImplicit)
        } else {
            None
        }
    }

    /// Passes names that are free further in through this block.
    fn record_free(&mut self, id: ScopeId, free: &Names, bound: Option<&Names>) {
        let scope = self.table.get(id);
        let class_flag = scope.kind == ScopeKind::Class || scope.sees_class;
        // Sorted, so that the order of symbols does not depend on hashing.
        let mut names: Vec<&Rc<str>> = free.iter().collect();
        names.sort_unstable();
        let symbols = &mut self.table.get_mut(id).symbols;
        for name in names {
            if symbols.find(name).is_some() {
                if class_flag {
                    symbols.entry(name).uses |= uses::FREE_CLASS;
                }
            } else if bound.is_some_and(|bound| bound.contains(name)) {
                symbols.entry(name).binding = Binding::Free;
            }
        }
    }
}
