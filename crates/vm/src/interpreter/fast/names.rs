//! Specialised handlers: constants, moves, names.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::{chains::*, *};

pub(in crate::interpreter) unsafe fn LoadConstCached(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let constant = (*pc.add(1)).get() as usize as Slot;
        share(constant);
        put!(pc.add(2), fp, word(pc).a(), constant)
    }
}

pub(in crate::interpreter) unsafe fn LoadConstFresh(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let constant = (*pc.add(1)).get() as usize as Slot;
        share(constant);
        put_fresh!(pc.add(2), fp, word(pc).a(), constant)
    }
}

/// [`LoadConstFresh`] and the [`StoreListIntPlain`] behind it at once, which may have become something else meanwhile.
pub(in crate::interpreter) unsafe fn LoadConstStored(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let store = pc.add(2);
        let w = word(store);
        if w.op() != Op::StoreListIntPlain as u16 {
            return LoadConstFresh(pc, fp);
        }
        let (list, index) = (*fp.add(w.a() as usize), *fp.add(w.b() as usize));
        if !is_of(list, types::LIST) || kind_of(index) != types::INT {
            return LoadConstFresh(pc, fp);
        }
        let Some(place) = items::list_place(list, int_value(index)) else { return LoadConstFresh(pc, fp) };
        let constant = (*pc.add(1)).get() as usize as Slot;
        share(constant);
        replace!(pc.add(4), fp, place, constant)
    }
}

/// Whether the instruction behind that at `pc` stores what that loads as an item of a container.
unsafe fn is_stored(pc: Pc) -> bool {
    unsafe {
        let store = word(pc.add(2));
        (store.op() == Op::StoreSubscr as u16 || store.op() == Op::StoreListIntPlain as u16)
            && store.c() == word(pc).a() | CONSUME
    }
}

/// Remembers the address of a constant in the instruction.
pub(crate) unsafe fn specialise_const(pc: Pc, fp: Fp, constant: &Ref) {
    unsafe {
        (*pc.add(1)).set(constant.address() as u64);
        let fresh = is_fresh(fp, word(pc).a());
        let number = matches!(constant.header().kind(), types::INT | types::FLOAT);
        let op = match fresh {
            true if number && loaded_goes_on(pc, 2) => Op::LoadConstOn,
            true if is_stored(pc) => Op::LoadConstStored,
            true => Op::LoadConstFresh,
            false => Op::LoadConstCached,
        };
        rewrite(pc, op);
    }
}

pub(in crate::interpreter) unsafe fn Move(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let source = slot(fp, w.b());
        let moved = *source;
        if moved == unbound() {
            return unbound_operand(pc, fp);
        }
        if w.b() & CONSUME != 0 {
            *source = unbound();
        } else {
            increment(moved);
        }
        put!(pc.add(1), fp, w.a(), moved)
    }
}

pub(in crate::interpreter) unsafe fn MoveTemp(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let source = slot(fp, w.b());
        let moved = std::mem::replace(&mut *source, unbound());
        debug_assert!(moved != unbound(), "a temporary that is consumed is bound");
        put!(pc.add(1), fp, w.a(), moved)
    }
}

pub(in crate::interpreter) unsafe fn MoveChecked(pc: Pc, fp: Fp) -> Jump {
    unsafe { Move(pc, fp) }
}

pub(in crate::interpreter) unsafe fn Copy(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let w = word(pc);
        let copied = *fp.add(w.b() as usize);
        if copied == unbound() {
            return unbound_operand(pc, fp);
        }
        increment(copied);
        put_fresh!(pc.add(1), fp, w.a(), copied)
    }
}

#[cold]
#[inline(never)]
pub(super) unsafe fn unbound_operand(pc: Pc, fp: Fp) -> Jump {
    unsafe { go_on(crate::interpreter::unwind::unbound_local(pc, fp, word(pc).b())) }
}

/// The table of a dictionary that a slot of a function refers to.
#[inline(always)]
pub(super) unsafe fn table_of(slot: &ouro_heap::Slot<Dict>) -> *mut ouro_heap::Table {
    unsafe {
        let dict = *slot.as_ptr().cast::<Slot>();
        payload::<Dict>(dict).table.as_ptr()
    }
}

/// The place of a global that an instruction remembers, if the globals have the keys they had. Word 2 has its address, so that
/// the value is read without waiting for the way by function, dictionary and table, which is only looked at to be sure.
#[inline(always)]
unsafe fn place_of_global(pc: Pc, fp: Fp) -> Option<*mut Slot> {
    unsafe {
        let table = table_of(&function_of(fp).globals);
        if (*table).known_version() != word(pc.add(1)).hi() {
            return None;
        }
        remembered_place(pc)
    }
}

/// The place whose address is in word 2, if the key in front of it has not been removed.
#[inline(always)]
unsafe fn remembered_place(pc: Pc) -> Option<*mut Slot> {
    unsafe {
        let place = (*pc.add(2)).get() as usize as *mut Slot;
        (!(*place.sub(1)).is_null()).then_some(place)
    }
}

/// The global at that place.
#[inline(always)]
pub(super) unsafe fn global_at(pc: Pc, fp: Fp) -> Option<Slot> {
    unsafe { place_of_global(pc, fp).map(|place| *place) }
}

macro_rules! load_cached {
    ($pc:expr, $fp:expr, $put:ident) => {{
        let Some(found) = global_at($pc, $fp) else { miss!(LoadGlobal, $pc, $fp) };
        increment(found);
        $put!($pc.add(3), $fp, word($pc).a(), found)
    }};
}

macro_rules! load_builtin {
    ($pc:expr, $fp:expr, $put:ident) => {{
        let versions = word($pc.add(1));
        let function = function_of($fp);
        if (*table_of(&function.globals)).known_version() != versions.lo() as u32 {
            miss!(LoadGlobal, $pc, $fp)
        }
        if (*table_of(&function.builtins)).known_version() != versions.hi() {
            miss!(LoadGlobal, $pc, $fp)
        }
        let Some(place) = remembered_place($pc) else { miss!(LoadGlobal, $pc, $fp) };
        let found = *place;
        increment(found);
        $put!($pc.add(3), $fp, word($pc).a(), found)
    }};
}

pub(in crate::interpreter) unsafe fn LoadGlobalCached(pc: Pc, fp: Fp) -> Jump {
    unsafe { load_cached!(pc, fp, put) }
}

pub(in crate::interpreter) unsafe fn LoadGlobalFresh(pc: Pc, fp: Fp) -> Jump {
    unsafe { load_cached!(pc, fp, put_fresh) }
}

pub(in crate::interpreter) unsafe fn LoadBuiltinCached(pc: Pc, fp: Fp) -> Jump {
    unsafe { load_builtin!(pc, fp, put) }
}

pub(in crate::interpreter) unsafe fn LoadBuiltinFresh(pc: Pc, fp: Fp) -> Jump {
    unsafe { load_builtin!(pc, fp, put_fresh) }
}

pub(in crate::interpreter) unsafe fn StoreGlobalCached(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let Some(place) = place_of_global(pc, fp) else { miss!(StoreGlobal, pc, fp) };
        replace_by_operand!(pc, fp, pc.add(3), place, word(pc).b(), StoreGlobal)
    }
}

/// The same for a result of arithmetic, which stands in a temporary that keeps boxes: it gets the variable's own box.
pub(in crate::interpreter) unsafe fn StoreGlobalResult(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let Some(place) = place_of_global(pc, fp) else { miss!(StoreGlobal, pc, fp) };
        store_result(pc.add(3), fp, slot(fp, word(pc).b()), place)
    }
}

/// The forms of the look-up of a global for its destination: of one of the program's, of a built-in one.
pub(crate) unsafe fn global_forms(pc: Pc, fp: Fp) -> (Op, Op) {
    if unsafe { is_fresh(fp, word(pc).a()) } {
        let cached = unsafe { read_form(pc, 3, Op::LoadGlobalFresh, Op::LoadGlobalOn, Op::LoadGlobalLent) };
        (cached, Op::LoadBuiltinFresh)
    } else {
        (Op::LoadGlobalCached, Op::LoadBuiltinCached)
    }
}

/// Rewrites the look-up of a global, where both namespaces are plain dictionaries; whether the instruction can be run
/// again and finds it now.
pub(crate) unsafe fn specialise_global(pc: Pc, fp: Fp, name: &Ref<Str>, cached: Op, builtin: Op) -> bool {
    unsafe {
        let function = function_of(fp);
        let (Some(globals), Some(builtins)) = (function.globals.get(), function.builtins.get()) else {
            return false;
        };
        if !globals.as_any().is_exact::<Dict>() || !builtins.as_any().is_exact::<Dict>() {
            return false;
        }
        // A module that binds and deletes another name in a loop does not move this one.
        let hint = word(pc.add(1)).lo() as usize;
        if let Some(place) = dict::position_from(&globals, name, hint) {
            remember_place(pc, place, place as i32, &globals, cached)
        } else if let Some(place) = dict::position_from(&builtins, name, hint)
            && !globals.is_empty()
        {
            // A global of this name, if there is one some day, gives the globals another version.
            name.header().set(SOUGHT_BEYOND);
            let version = dict::keys_version(&globals);
            version != 0 && remember_place(pc, place, version as i32, &builtins, builtin)
        } else {
            false
        }
    }
}

/// Notes the address where a dictionary has a name, and makes the instruction one that looks there; whether it is one now. Noted
/// beside it is the position, which is the hint for the next time, or for a built-in name the version of the globals.
unsafe fn remember_place(pc: Pc, place: usize, noted: i32, dict: &Dict, op: Op) -> bool {
    unsafe {
        let Some((address, version)) = dict::remembered_address(dict, place) else { return false };
        (*pc.add(1)).set(ouro_bytecode::code::Word::data(noted, version).0);
        (*pc.add(2)).set(address as u64);
        rewrite(pc, op);
        word(pc).op() == op as u16
    }
}

/// Whether the names of a body are those of its globals, as in a module: an entry frame says so in its linkage. Their
/// instructions may then become those of globals, but for the time that the same code runs with a namespace of its own.
unsafe fn names_are_globals(fp: Fp) -> bool {
    const BOTH: usize = stack::ENTRY | stack::GLOBAL_NAMESPACE;
    unsafe { *fp.sub(2) as usize & BOTH == BOTH && code_of(fp).take_names_for_globals() }
}

/// Makes the look-up of a name of a module body one of a global; whether the instruction can be run again and finds it now.
pub(crate) unsafe fn specialise_name(pc: Pc, fp: Fp, name: &Ref<Str>) -> bool {
    unsafe {
        if !names_are_globals(fp) {
            return false;
        }
        let (cached, builtin) = global_forms(pc, fp);
        specialise_global(pc, fp, name, cached, builtin)
    }
}

/// The same for the writing of a name.
pub(crate) unsafe fn specialise_store_name(pc: Pc, fp: Fp, name: &Ref<Str>) -> bool {
    unsafe { names_are_globals(fp) && specialise_store_global(pc, fp, name) }
}

/// Rewrites the writing of a global that exists; whether the instruction can be run again and finds it now.
pub(crate) unsafe fn specialise_store_global(pc: Pc, fp: Fp, name: &Ref<Str>) -> bool {
    unsafe {
        let Some(globals) = function_of(fp).globals.get() else { return false };
        // A dictionary that is not tracked yet has to notice what is stored.
        if !globals.as_any().is_exact::<Dict>() || !ouro_heap::allocate::is_tracked(globals.as_any()) {
            return false;
        }
        let operand = word(pc).b();
        let keeps = operand & KEEP != 0 && matches!(kind_of(value(fp, operand)), types::INT | types::FLOAT);
        let form = if keeps { Op::StoreGlobalResult } else { Op::StoreGlobalCached };
        dict::position_from(&globals, name, word(pc.add(1)).lo() as usize)
            .is_some_and(|place| remember_place(pc, place, place as i32, &globals, form))
    }
}

// Variables in cells. The general handlers raise the errors.

slow!(store_free, crate::interpreter::names::StoreFree);
slow!(store_cell, crate::interpreter::names::StoreCell);

/// Rewrites the reading of a variable in a cell.
pub(crate) unsafe fn specialise_variable(pc: Pc) {
    unsafe {
        let op = if word(pc).op() == Op::LoadFree as u16 {
            read_form(pc, 1, Op::LoadFreeBound, Op::LoadFreeOn, Op::LoadFreeLent)
        } else {
            read_form(pc, 1, Op::LoadCellBound, Op::LoadCellOn, Op::LoadCellLent)
        };
        rewrite(pc, op);
    }
}

/// The place of a variable in a cell.
#[inline(always)]
pub(super) unsafe fn variable(cell: Slot) -> *mut Slot {
    unsafe { payload::<Cell>(cell).value.as_ptr().cast() }
}

/// The n-th cell of the function's closure.
#[inline(always)]
pub(super) unsafe fn closure_cell(fp: Fp, index: u16) -> Slot {
    unsafe {
        let closure = *function_of(fp).closure.as_ptr().cast::<Slot>();
        *payload::<Tuple>(closure).items().as_ptr().add(index as usize).cast()
    }
}

macro_rules! load_variable {
    ($pc:expr, $fp:expr, $cell:expr, $general:ident) => {{
        let found = *variable($cell);
        if found.is_null() {
            tail!($general, $pc, $fp)
        }
        increment(found);
        fill_temporary!($pc.add(1), $fp, $fp.add(word($pc).a() as usize), found)
    }};
}

macro_rules! store_variable {
    ($pc:expr, $fp:expr, $cell:expr, $slowly:ident) => {{
        let w = word($pc);
        let new = value($fp, w.b());
        let place = variable($cell);
        if new == unbound() || (*place).is_null() {
            return $slowly($pc, $fp);
        }
        if w.b() & CONSUME != 0 {
            if w.b() & KEEP != 0 {
                return store_result($pc.add(1), $fp, slot($fp, w.b()), place);
            }
            *slot($fp, w.b()) = unbound();
        } else {
            increment(new);
        }
        replace!($pc.add(1), $fp, place, new)
    }};
}

pub(in crate::interpreter) unsafe fn LoadFreeBound(pc: Pc, fp: Fp) -> Jump {
    unsafe { load_variable!(pc, fp, closure_cell(fp, word(pc).b()), LoadFree) }
}

pub(in crate::interpreter) unsafe fn StoreFree(pc: Pc, fp: Fp) -> Jump {
    unsafe { store_variable!(pc, fp, closure_cell(fp, word(pc).a()), store_free) }
}

pub(in crate::interpreter) unsafe fn LoadCellBound(pc: Pc, fp: Fp) -> Jump {
    unsafe { load_variable!(pc, fp, *slot(fp, word(pc).b()), LoadCell) }
}

pub(in crate::interpreter) unsafe fn StoreCell(pc: Pc, fp: Fp) -> Jump {
    unsafe { store_variable!(pc, fp, *slot(fp, word(pc).a()), store_cell) }
}

/// Releases whatever a temporary holds.
pub(in crate::interpreter) unsafe fn Clear(pc: Pc, fp: Fp) -> Jump {
    unsafe { fill!(pc.add(1), fp, slot(fp, word(pc).a()), unbound()) }
}
