//! Specialised handlers: numbers that are read and go straight on, without being counted (see [`chains`]).
//!
//! Each way of reading has these forms:
//!
//! * `On` hands the number on to the next instruction, which reads it;
//! * `Lent` lends the object to the instruction behind the next one or two, whose left operand it is: these carry it along;
//! * both also for a temporary that dies here (`TempOn`, `TempLent`);
//! * the second form of `On` gets the left operand lent and hands both on; that of a plain reading carries it along.
#![allow(non_snake_case, reason = "a handler is called as its operation")]

use super::{
    attributes::{has_shape, place_of},
    chains::*,
    items::*,
    names::*,
    *,
};

/// Gives up the temporary that an item was read from, unless it would die.
macro_rules! give_up_container {
    ($pc:expr, $fp:expr, $dying:expr) => {
        let place = slot($fp, word($pc).b());
        if (**place).count() == 1 {
            $dying
        }
        decrement(*place);
        *place = unbound();
    };
}

macro_rules! nothing_to_give_up {
    ($pc:expr, $fp:expr, $dying:expr) => {};
}

/// Defines the forms of a way of reading by an expression for what is found. There `$other!()` leaves for the general handler
/// for good, and `$slow!()` this time.
macro_rules! reader {
    (
        $words:literal $general:ident; $($on:ident $lent:ident $second:ident $given_up:ident),*;
        |$pc:ident, $fp:ident, $other:ident, $slow:ident| $find:block
    ) => {$(
        reader_of_number!($on $general $given_up, |$pc, $fp, $other, $slow| $find, |found, kind| {
            note_loaded($pc, found);
            if kind == types::INT {
                hand_on!(INT, $pc.add($words), $fp, int_value(found))
            }
            hand_on!(FLOAT, $pc.add($words), $fp, float_value(found))
        });

        reader_of_number!($lent $general $given_up, |$pc, $fp, $other, $slow| $find, |found, _kind| {
            STACK.with(|stack| stack.lent.set($pc));
            hand_on!(LENT, $pc.add($words), $fp, found)
        });

        pub(super) unsafe fn $second($pc: Pc, $fp: Fp, left: Slot) -> Jump {
            unsafe {
                #[allow(unused_macros, reason = "a way of reading may have no such case")]
                macro_rules! $other {
                    () => {
                        return begin_beside($pc, $fp, left)
                    };
                }
                #[allow(unused_macros, reason = "a way of reading may have no such case")]
                macro_rules! $slow {
                    () => {
                        return begin_beside($pc, $fp, left)
                    };
                }
                let found: Slot = $find;
                $given_up!($pc, $fp, return keep_lent($pc, $fp, left));
                hand_both_on!(PAIR, $pc.add($words), $fp, left, found)
            }
        }
    )*};
}

/// Defines a form that goes on in its own way with a number that it has found, and its kind; anything else is read plainly.
macro_rules! reader_of_number {
    (
        $name:ident $general:ident $given_up:ident, |$pc:ident, $fp:ident, $other:ident, $slow:ident| $find:block,
        |$found:ident, $kind:ident| $go_on:block
    ) => {
        pub(in crate::interpreter) unsafe fn $name($pc: Pc, $fp: Fp) -> Jump {
            unsafe {
                #[allow(unused_macros, reason = "a way of reading may have no such case")]
                macro_rules! $other {
                    () => {
                        miss!($general, $pc, $fp)
                    };
                }
                #[allow(unused_macros, reason = "a way of reading may have no such case")]
                macro_rules! $slow {
                    () => {
                        tail!($general, $pc, $fp)
                    };
                }
                let $found: Slot = $find;
                let $kind = kind_of($found);
                if $kind != types::INT && $kind != types::FLOAT {
                    return load_plainly($pc, $fp);
                }
                $given_up!($pc, $fp, return load_plainly($pc, $fp));
                $go_on
            }
        }
    };
}

/// The same for a way of reading from a container. The next instruction may take apart what is read while the left operand of
/// the one behind it is lent: it gets the container lent, too (see [`THROUGH`]).
macro_rules! container_reader {
    (
        $words:literal $general:ident; $($on:ident $lent:ident $second:ident $given_up:ident),*; $through:ident $inner:ident,
        |$pc:ident, $fp:ident, $container:ident, $other:ident, $slow:ident| $find:block
    ) => {
        reader!($words $general; $($on $lent $second $given_up),*; |$pc, $fp, $other, $slow| {
            let $container = value($fp, word($pc).b());
            $find
        });

        pub(super) unsafe fn $through($pc: Pc, $fp: Fp, left: Slot) -> Jump {
            unsafe {
                #[allow(unused_macros, reason = "a way of reading may have no such case")]
                macro_rules! $other {
                    () => {
                        return begin_beside($pc, $fp, left)
                    };
                }
                #[allow(unused_macros, reason = "a way of reading may have no such case")]
                macro_rules! $slow {
                    () => {
                        return begin_beside($pc, $fp, left)
                    };
                }
                if word($pc).b() & CONSUME != 0 {
                    return keep_lent($pc, $fp, left);
                }
                let $container = value($fp, word($pc).b());
                let found: Slot = $find;
                hand_through!($pc, $pc.add($words), $fp, left, found)
            }
        }

        /// The same from a container that is lent; `origin` is the instruction that has read it.
        pub(super) unsafe fn $inner($pc: Pc, $fp: Fp, left: Slot, $container: Slot, origin: Pc) -> Jump {
            unsafe {
                #[allow(unused_macros, reason = "a way of reading may have no such case")]
                macro_rules! $other {
                    () => {
                        return keep_container($pc, $fp, left, $container, origin)
                    };
                }
                #[allow(unused_macros, reason = "a way of reading may have no such case")]
                macro_rules! $slow {
                    () => {
                        return keep_container($pc, $fp, left, $container, origin)
                    };
                }
                let found: Slot = $find;
                hand_both_on!(PAIR, $pc.add($words), $fp, left, found)
            }
        }
    };
}

/// Notes which instruction has read a number that goes on, and the object.
#[inline(always)]
unsafe fn note_loaded(pc: Pc, object: Slot) {
    STACK.with(|stack| {
        stack.loaded.set(pc);
        stack.loaded_object.set(object);
    });
}

container_reader!(2 Subscr;
    SubscrListIntOn SubscrListIntLent second_subscr_list_int nothing_to_give_up,
    SubscrListIntTempOn SubscrListIntTempLent second_subscr_list_int_temp give_up_container;
    through_subscr_list_int inner_subscr_list_int,
    |pc, fp, container, other, slow| {
        let index = *fp.add(word(pc).c() as usize);
        if !is_of(container, types::LIST) || kind_of(index) != types::INT {
            other!()
        }
        let Some(item) = list_item(container, int_value(index)) else { slow!() };
        item
    }
);

container_reader!(2 SubscrConst;
    SubscrConstItemOn SubscrConstItemLent second_subscr_const_item nothing_to_give_up,
    SubscrConstItemTempOn SubscrConstItemTempLent second_subscr_const_item_temp give_up_container;
    through_subscr_const_item inner_subscr_const_item,
    |pc, fp, container, other, slow| {
        let items: &[Ref] = match type_of(container) {
            types::LIST => &*payload::<List>(container).items.as_ptr(),
            types::TUPLE => payload::<Tuple>(container).items(),
            _ => other!(),
        };
        let Some(index) = index_in(i64::from(word(pc.add(1)).lo()), items.len()) else { slow!() };
        *items.as_ptr().add(index).cast::<Slot>()
    }
);

container_reader!(3 LoadAttr;
    LoadAttrSlotOn LoadAttrSlotLent second_load_attr_slot nothing_to_give_up,
    LoadAttrSlotTempOn LoadAttrSlotTempLent second_load_attr_slot_temp give_up_container;
    through_load_attr_slot inner_load_attr_slot,
    |pc, fp, container, other, slow| {
        let cache = word(pc.add(1));
        if !has_shape(container, word(pc.add(2)).lo() as u32, cache.hi()) {
            other!()
        }
        let found = *place_of(container, cache.lo());
        if found.is_null() {
            slow!()
        }
        found
    }
);

reader!(3 LoadGlobal;
    LoadGlobalOn LoadGlobalLent second_load_global nothing_to_give_up;
    |pc, fp, other, slow| {
        match global_at(pc, fp) {
            Some(found) => found,
            None => other!(),
        }
    }
);

reader!(1 LoadFree;
    LoadFreeOn LoadFreeLent second_load_free nothing_to_give_up;
    |pc, fp, other, slow| {
        let found = *variable(closure_cell(fp, word(pc).b()));
        if found.is_null() {
            slow!()
        }
        found
    }
);

reader!(1 LoadCell;
    LoadCellOn LoadCellLent second_load_cell nothing_to_give_up;
    |pc, fp, other, slow| {
        let found = *variable(value(fp, word(pc).b()));
        if found.is_null() {
            slow!()
        }
        found
    }
);

/// [`LoadConstFresh`] of a number.
pub(in crate::interpreter) unsafe fn LoadConstOn(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        let constant = (*pc.add(1)).get() as usize as Slot;
        note_loaded(pc, constant);
        match kind_of(constant) {
            types::INT => hand_on!(INT, pc.add(2), fp, int_value(constant)),
            _ => hand_on!(FLOAT, pc.add(2), fp, float_value(constant)),
        }
    }
}

/// The plain form of an instruction that hands on or lends what it reads.
fn plain_form(op: u16) -> Op {
    const FORMS: [(&[Op], Op); 9] = [
        (&[Op::LoadConstOn], Op::LoadConstFresh),
        (&[Op::LoadGlobalOn, Op::LoadGlobalLent], Op::LoadGlobalFresh),
        (&[Op::LoadFreeOn, Op::LoadFreeLent], Op::LoadFreeBound),
        (&[Op::LoadCellOn, Op::LoadCellLent], Op::LoadCellBound),
        (&[Op::LoadAttrSlotOn, Op::LoadAttrSlotLent], Op::LoadAttrSlotFresh),
        (&[Op::LoadAttrSlotTempOn, Op::LoadAttrSlotTempLent], Op::LoadAttrSlotTemp),
        (&[Op::SubscrListIntOn, Op::SubscrListIntLent], Op::SubscrListIntFresh),
        (&[Op::SubscrListIntTempOn, Op::SubscrListIntTempLent], Op::SubscrListIntTemp),
        (
            &[
                Op::SubscrConstItemOn,
                Op::SubscrConstItemLent,
                Op::SubscrConstItemTempOn,
                Op::SubscrConstItemTempLent,
            ],
            Op::SubscrConstItem,
        ),
    ];
    let form = FORMS.iter().find(|(forms, _)| forms.iter().any(|form| *form as u16 == op));
    form.expect("the instruction hands on what it reads").1
}

/// Does without handing on from now on: what follows is to have the object itself.
pub(super) unsafe fn read_plainly(pc: Pc) {
    unsafe { rewrite(pc, plain_form(word(pc).op())) }
}

/// The same for an instruction that has not done anything yet, and is run in its plain form.
#[cold]
#[inline(never)]
unsafe fn load_plainly(pc: Pc, fp: Fp) -> Jump {
    unsafe {
        read_plainly(pc);
        jump!(pc, fp)
    }
}

/// Chooses one of three forms of an instruction of some words that reads into an unbound temporary.
pub(super) unsafe fn read_form(pc: Pc, words: usize, plain: Op, on: Op, lent: Op) -> Op {
    unsafe {
        if loaded_goes_on(pc, words) {
            on
        } else if is_lent(pc, words) {
            lent
        } else {
            plain
        }
    }
}

/// Whether what an instruction of some words reads into a temporary can be lent to the arithmetic that reads it as its left
/// operand: the right one is computed by the one or two instructions in between, from variables and constants.
unsafe fn is_lent(pc: Pc, words: usize) -> bool {
    unsafe {
        let own = word(pc).a() | CONSUME;
        let Some((second, after)) = reads(pc.add(words)) else {
            return computes(pc.add(words)) && {
                let result = word(pc.add(words)).a() | CONSUME | KEEP;
                takes_both(pc.add(words + 2), own, result)
            };
        };
        if takes_both(after, own, second | CONSUME) {
            return true;
        }
        // The second instruction may read what the third one takes apart.
        match reads(after) {
            Some((third, end)) => {
                word(pc.add(words)).b() & CONSUME == 0
                    && word(after).b() == second | CONSUME
                    && takes_both(end, own, third | CONSUME)
            }
            None => false,
        }
    }
}

/// The destination of an instruction that reads an item, an attribute or a variable, and the instruction behind it.
unsafe fn reads(pc: Pc) -> Option<(u16, Pc)> {
    const FORMS: [(&[Op], usize); 5] = [
        (&[Op::LoadAttr, Op::LoadAttrSlotOn, Op::LoadAttrSlotTempOn, Op::LoadAttrSlotFresh], 3),
        (&[Op::SubscrConst, Op::SubscrConstItemOn, Op::SubscrConstItemTempOn, Op::SubscrConstItem], 2),
        (&[Op::Subscr, Op::SubscrListIntOn, Op::SubscrListIntTempOn, Op::SubscrListIntFresh], 2),
        (&[Op::LoadGlobal, Op::LoadName, Op::LoadGlobalOn], 3),
        (&[Op::LoadFree, Op::LoadFreeOn, Op::LoadCell, Op::LoadCellOn], 1),
    ];
    unsafe {
        let w = word(pc);
        if w.op() == Op::Subscr as u16 && w.c() & CONSUME != 0 {
            return None;
        }
        let form = FORMS.iter().find(|(forms, _)| forms.iter().any(|form| *form as u16 == w.op()));
        form.map(|(_, words)| (w.a(), pc.add(*words)))
    }
}

/// Whether an instruction is arithmetic on two variables with a result for the next one.
unsafe fn computes(pc: Pc) -> bool {
    let w = unsafe { word(pc) };
    w.op() == Op::BinaryOp as u16 && (w.b() | w.c()) & CONSUME == 0
}

/// Whether an instruction is arithmetic or a comparison of two temporaries that it consumes.
unsafe fn takes_both(pc: Pc, left: u16, right: u16) -> bool {
    let w = unsafe { word(pc) };
    matches!(taken(w.op()), Taken::Two) && w.b() == left && w.c() == right
}
