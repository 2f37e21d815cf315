//! The table of handlers, in the order of the opcode table.
//!
//! General handlers do what they must with ordinary Rust values and say where to go on. The table holds a thin shell
//! around each, which makes the jump: a handler that keeps values with destructors could not be left by a jump.
//! Specialised handlers (see [`super::fast`]) jump themselves.

use super::core::{Fp, Handler, Jump, Pc};

/// The general handlers by name.
mod general {
    pub(super) use super::super::{
        basic::*, calls::*, containers::*, delegation::*, exceptions::*, generators::*, imports::*, names::*,
        patterns::*, spread::*,
    };
}

macro_rules! entries {
    ($($fast:ident)*) => {
        macro_rules! entry {
            $(($fast) => { super::fast::$fast };)*
            ($general:ident) => {{
                #[inline(never)]
                unsafe fn shell(pc: Pc, fp: Fp) -> Jump {
                    // SAFETY: the contract of all handlers: an instruction of the frame's code, and the frame's registers.
                    unsafe { super::core::go_on(general::$general(pc, fp)) }
                }
                shell
            }};
        }
    };
}

entries! {
    LoadConstOn LoadAttrSlotOn SubscrListIntOn SubscrConstItemOn LoadAttrSlotTempOn SubscrListIntTempOn SubscrConstItemTempOn
    LoadGlobalOn LoadFreeOn LoadCellOn LoadGlobalLent LoadFreeLent LoadCellLent
    LoadAttrSlotLent SubscrListIntLent SubscrConstItemLent LoadAttrSlotTempLent SubscrListIntTempLent SubscrConstItemTempLent
    LoadConstFresh LoadConstStored LoadGlobalFresh LoadBuiltinFresh SubscrListIntFresh SubscrListIntTemp StoreListIntPlain LoadAttrSlotFresh LoadAttrSlotNone LoadAttrSlotTruth LoadAttrSlotTemp
    LoadConstCached LoadGlobalCached LoadBuiltinCached StoreGlobalCached StoreGlobalResult
    AddIntBoth SubIntBoth MulIntBoth AddInt AddIntTemps AddIntReturned SubInt SubIntTemps MulInt MulIntTemps ModInt ModIntTemps AndInt AndIntTemps OrInt OrIntTemps XorInt XorIntTemps ArithInt ArithIntTemps
    AddFloat AddFloatTemps AddFloatReturned SubFloat SubFloatTemps MulFloat MulFloatTemps DivFloat DivFloatTemps MixedFloat FloatConst IntFloatConst PowFloatConst
    AddIntConstFresh SubIntConstFresh AddIntConst AddIntConstTemps SubIntConst SubIntConstTemps ShlIntConst ShlIntConstTemps ShrIntConst ShrIntConstTemps ArithIntConst ArithIntConstTemps
    MulIntConst MulIntConstTemps FloorDivIntConst FloorDivIntConstTemps ModIntConst ModIntConstTemps ModIntConstTest AndIntConst AndIntConstTemps AndIntConstTest ModIntConstTruth AndIntConstTruth
    AddIntOn SubIntOn MulIntOn AndIntOn OrIntOn XorIntOn ModIntOn AddFloatOn SubFloatOn MulFloatOn DivFloatOn FloatConstOn IntFloatConstOn
    AddIntConstOn SubIntConstOn MulIntConstOn FloorDivIntConstOn ModIntConstOn AndIntConstOn ShlIntConstOn ShrIntConstOn
    NegateNumber NegateNumberOn InvertInt InvertIntOn NotPlain CompareInt CompareIntConst
    LtIntJump LeIntJump EqIntJump NeIntJump GtIntJump GeIntJump LtIntJumpTemps LeIntJumpTemps EqIntJumpTemps NeIntJumpTemps GtIntJumpTemps GeIntJumpTemps FloatJump StrJump
    JumpBackLtInt JumpBackLeInt JumpBackEqInt JumpBackNeInt JumpBackGtInt JumpBackGeInt
    LtIntConstJumpTemps LeIntConstJumpTemps EqIntConstJumpTemps NeIntConstJumpTemps GtIntConstJumpTemps GeIntConstJumpTemps
    JumpBackLtIntConst JumpBackLeIntConst JumpBackEqIntConst JumpBackNeIntConst JumpBackGtIntConst JumpBackGeIntConst
    LtIntConstJump LeIntConstJump EqIntConstJump NeIntConstJump GtIntConstJump GeIntConstJump StrConstJump EqNameJump NeNameJump
    ForRange ForList ForTuple ForDict ForNext GetIter ForStr ForGenerator ForZip ForEnumerate ForDictItems UnpackPair UnpackTriple JumpBackRange JumpBackList JumpBackGenerator JumpBackTuple JumpBackStr JumpBackListPair SubscrListInt SwapListItems SubscrTupleInt SubscrDict SubscrConstDict SubscrConstItem SubscrStrInt SubscrConstStr StoreListInt StoreListIntResult StoreListIntTemp StoreListConst StoreListConstResult StoreListConstTemp StoreDict StoreDictConst ForListPair
    LoadAttrSlot LoadAttrSlotTempTo StoreAttrSlot StoreAttrSlotResult StoreAttrSlotTemp StoreAttrAdd CallFunction CallIsInstance CallTypeOf CallNative CallBuiltinClass CallRange CallMethodFunction CallMethodNative
    LoadMethodCached LoadMethodNative BinaryOpMethod BinaryOpConstMethod SubscrMethod SubscrConstMethod LoadAttrType CallMethodType LoadAttrModule CallMethodModule CallListAppend CallLoadedAppend CallListPop CallDictGet CallSetAdd CallLen LoadAttrPoly StoreAttrPoly CallMethodPoly LoadMethodPoly CallOrd CallChr CallStr CallKwFunction CallMethodKwFunction CallMethodKwNative
    ForZipThree LoadMethodModule LoadMethodType LoadSuperMethod CallLoadedKwFunction BinaryOpNative BinaryOpConstNative CompareNative CompareJumpNative
    CallBuiltinClass0 CallBuiltinClass1 CallBuiltinClass2 CallNative1 CallNative2 CallNative3 CallModuleNative1 CallModuleNative2 CallModuleNative3 CallBound CallBoundNative CallInstance
    LoadAttrGetter LoadAttrBound LoadAttrOwnClass LoadAttrTypeGetter CallKwNative CallNativePadded CallMethodPadded0 CallMethodPadded1 CallMethodPadded2 CallMethodNative0 CallMethodNative1 CallMethodNative2 LoadAttrVariable StoreAttrVariable
    Move MoveTemp MoveChecked Copy Clear Jump JumpBack JumpIfTrue JumpIfFalse JumpIfNone JumpIfNotNone IsJump IsOp ContainsJump ContainsOp FloatConstJump Return ReturnFromOne ReturnFromTwo ReturnFromThree ReturnFromFour ReturnFromFive ReturnFromSix ReturnFromMany
    LoadFreeBound StoreFree LoadCellBound StoreCell ListAppend SetAdd MapAdd BuildTuple BuildList Unpack AddStr AddStrConst CallClass CallClassFields CallLoaded ReturnConst ReturnConstFromOne ReturnConstFromTwo ReturnConstFromThree ReturnConstFromFour ReturnConstFromFive ReturnConstFromSix Yield Send LoadAttrClass LoadAttrDict StoreAttrDict
}

macro_rules! table {
    ($($name:ident)*) => {
        /// The handler of each operation.
        pub(crate) static TABLE: [Handler; ouro_bytecode::opcode::Op::ALL.len()] = [$(entry!($name)),*];
    };
}

ouro_bytecode::for_each_opcode!(table);
