//! From native code into the loop, and what native code may ask of running frames.

use ouro_bytecode::{code::flags, opcode::Op};
use ouro_heap::{Ref, state::pending};

use super::{
    core::*,
    stack::{self, ENTRY, Entry, FLAGS, GENERATOR, GLOBAL_NAMESPACE, SPECIAL, STACK},
};
use crate::{
    error::Res,
    native::Args,
    objects::{
        code::{self, Code},
        dict::Dict,
        frame::{self, Frame, Locals},
        function::{self, Function},
        generator::Generator,
        tuple::Tuple,
    },
    protocol::object::NativeCall,
    state::{names, vm},
    types,
};

/// What source text is compiled as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompileMode {
    /// A module: statements.
    Exec,
    /// One expression.
    Eval,
    /// Interactive input: expression statements are displayed.
    Single,
}

/// Compiles source text.
pub fn compile_source(
    source: &[u8],
    filename: &str,
    mode: CompileMode,
    optimize: u8,
    future_flags: u32,
) -> Res<Ref<Code>> {
    code::new(&crate::compile::compile(source, filename, mode, optimize, future_flags)?)
}

/// Compiles the text of a script and runs it in a namespace, as `exec` and the main program do.
pub fn run_text(
    text: &str,
    filename: &str,
    mode: CompileMode,
    globals: &Ref<Dict>,
    locals: Option<&Ref>,
) -> Res {
    let future = current_future_flags();
    run_compiled(
        &crate::compile::compile_text(text, filename, mode, vm().options.optimize, future)?,
        globals,
        locals,
    )
}

/// Compiles the bytes of a script and runs it in a namespace.
pub fn run_source(source: &[u8], filename: &str, globals: &Ref<Dict>) -> Res {
    run_compiled(&crate::compile::compile_program(source, filename, vm().options.optimize)?, globals, None)
}

fn run_compiled(
    compiled: &std::rc::Rc<ouro_bytecode::code::Code>,
    globals: &Ref<Dict>,
    locals: Option<&Ref>,
) -> Res {
    let (code, constants) = code::with_constants(compiled)?;
    let result = run_code(&code, globals, locals);
    drop(constants);
    result
}

/// Compiles text with the interpreter's own options.
pub fn compile_text(text: &str, filename: &str, mode: CompileMode) -> Res<Ref<Code>> {
    let future = current_future_flags();
    code::new(&crate::compile::compile_text(text, filename, mode, vm().options.optimize, future)?)
}

/// The `__future__` flags of the code that runs, which `compile`, `exec` and `eval` inherit.
fn current_future_flags() -> u32 {
    let fp = STACK.with(|stack| stack.fp.get());
    // SAFETY: a published frame is complete.
    if fp.is_null() { 0 } else { unsafe { code_of(fp).flags & flags::FUTURE_ANNOTATIONS } }
}

/// Raises what a signal has asked for.
pub fn check_signals() -> Res<()> {
    if ouro_heap::state::pending_bits() & pending::SIGNAL != 0 { handle_pending() } else { Ok(()) }
}

/// Calls a Python function.
pub fn call_function(function: &Ref<Function>, args: Args) -> Res {
    call_function_with(function, &[], args)
}

/// Calls a Python function with some arguments before the others. The arguments are borrowed: as in CPython, the
/// callee's parameters are the only references that the call adds.
pub fn call_function_with(function: &Ref<Function>, first: &[&Ref], args: Args) -> Res {
    let _call = NativeCall::enter("")?;
    stack::prepare();
    // SAFETY: the frame is built above every live register, its arguments are owned by it.
    unsafe {
        let code = code_in(function.as_ptr());
        let callee = free_top().add(4);
        let count = first.len() + args.all.len();
        stack::reserve(callee.add((code.frame_size as usize).max(count) + 8))?;
        let depth = current_depth() + 1;
        if depth >= stack::depth_limit() {
            return Err(stack::too_deep());
        }
        for (offset, value) in first.iter().enumerate() {
            *callee.add(offset) = Ref::clone(value).into_raw();
        }
        for (offset, value) in args.all.iter().enumerate() {
            *callee.add(first.len() + offset) = value.clone().into_raw();
        }
        *callee.sub(3) = function.clone().into_any().into_raw();
        if (count != code.simple_count as usize || args.keyword_count() != 0)
            && let Err(raised) = super::calls::bind_window(callee, count, args.names)
        {
            drop(take(callee.sub(3), 0));
            return Err(raised);
        }
        enter_frame(callee, depth, 0)
    }
}

/// Enters a frame whose registers are filled.
pub(crate) unsafe fn run_frame(function: Ref<Function>, callee: Fp, depth: u32, flags: usize) -> Res {
    unsafe {
        *callee.sub(3) = function.into_any().into_raw();
        enter_frame(callee, depth, flags)
    }
}

/// The same where the function is in its place.
unsafe fn enter_frame(callee: Fp, depth: u32, flags: usize) -> Res {
    unsafe {
        let entry = code_of(callee).words.0.as_ptr();
        // The return address of an entry frame is never followed.
        *callee.sub(2) = (ENTRY | flags & (FLAGS | GLOBAL_NAMESPACE)) as Slot;
        *callee.sub(1) = stack::link(0, 0, depth);
        run(entry, callee)
    }
}

/// The first slot above the registers of the frame that called out of the loop.
pub(crate) unsafe fn free_top() -> Fp {
    STACK.with(|stack| {
        let fp = stack.fp.get();
        if fp.is_null() { stack.base.get() } else { unsafe { top_of(fp) } }
    })
}

/// The depth of the frame that called out of the loop.
pub(crate) fn current_depth() -> u32 {
    let fp = STACK.with(|stack| stack.fp.get());
    // SAFETY: a published frame is complete.
    if fp.is_null() { 0 } else { stack::depth(unsafe { *fp.sub(1) }) }
}

/// Runs code in a namespace: `exec` and module bodies. Without `locals` the globals serve for both.
pub fn run_code(code: &Ref<Code>, globals: &Ref<Dict>, locals: Option<&Ref>) -> Res {
    let function = function::new(code, globals);
    let namespace = locals.cloned().unwrap_or_else(|| globals.clone().into_any());
    run_body(&function, namespace)
}

/// Runs a code object with free variables, whose cells are given.
pub fn run_closure(code: &Ref<Code>, globals: &Ref<Dict>, locals: Option<&Ref>, cells: &Ref<Tuple>) -> Res {
    let function = function::new(code, globals);
    function.closure.set(Some(cells.clone()));
    run_body(&function, locals.cloned().unwrap_or_else(|| globals.clone().into_any()))
}

/// Runs the function of a class body with a namespace.
pub(crate) fn run_function_in(function: &Ref<Function>, namespace: Ref) -> Res {
    run_body(function, namespace)
}

fn run_body(function: &Ref<Function>, namespace: Ref) -> Res {
    let _call = NativeCall::enter("")?;
    stack::prepare();
    // SAFETY: the frame is built above every live register.
    unsafe {
        let code = function.code.get().expect("functions have code");
        let callee = free_top().add(4);
        stack::reserve(callee.add(code.frame_size as usize + 8))?;
        let depth = current_depth() + 1;
        if depth >= stack::depth_limit() {
            return Err(stack::too_deep());
        }
        let optimized = code.flags & flags::OPTIMIZED != 0;
        if optimized {
            return run_frame(function.clone(), callee, depth, 0);
        }
        let object =
            frame::new(code.clone(), Some(function.clone()), Some(namespace.clone()), callee as usize);
        let namespace_kept = namespace;
        frames().push((callee as usize, object));
        let global =
            function.globals.with(|globals| globals.is_some_and(|globals| globals.is(&namespace_kept)));
        if global {
            return run_frame(function.clone(), callee, depth, SPECIAL | GLOBAL_NAMESPACE);
        }
        code.enter_namespace();
        let result = run_frame(function.clone(), callee, depth, SPECIAL);
        code.leave_namespace();
        result
    }
}

/// Frame objects of running frames.
#[allow(clippy::mut_from_ref, reason = "the list is only touched in short steps that run no other code")]
pub(crate) unsafe fn frames() -> &'static mut Vec<(usize, Ref<Frame>)> {
    // SAFETY: the thread's list outlives the interpreter; each use is a short step.
    STACK.with(|stack| unsafe { &mut *stack.frames.get() })
}

/// Called before the code of a function is replaced: frames that run it, and generators that wait in it, go on with a
/// function of their own that keeps the old code.
pub(crate) fn keep_running(function: &Ref<Function>) {
    let mut twin: Option<Ref<Function>> = None;
    let mut twin = || twin.get_or_insert_with(|| function::twin(function)).clone();
    // SAFETY: the linkage of every frame holds an owned reference to its function.
    unsafe {
        let mut fp = STACK.with(|stack| stack.fp.get());
        while !fp.is_null() {
            if *fp.sub(3) == function.as_ptr() {
                if *fp.sub(2) as usize & GENERATOR != 0 {
                    // Borrowed from the generator, which gets the twin below.
                    *fp.sub(3) = twin().as_ptr();
                } else {
                    let old = std::mem::replace(&mut *fp.sub(3), twin().into_any().into_raw());
                    drop(Ref::<ouro_heap::Any>::from_raw(old));
                }
            }
            fp = caller_of(fp);
        }
    }
    for index in [types::GENERATOR, types::COROUTINE, types::ASYNC_GENERATOR] {
        for object in ouro_heap::walk::objects_of_type(index) {
            if let Some(generator) = object.payload::<Generator>()
                && generator.head.function.refers_to(function)
            {
                generator.head.function.set(Some(twin()));
            }
        }
    }
}

/// The namespace of a module or class body's frame.
pub(crate) unsafe fn namespace_of(fp: Fp) -> Option<Ref> {
    unsafe {
        frames()
            .iter()
            .rev()
            .find(|(registers, _)| *registers == fp as usize)
            .and_then(|(_, frame)| frame.namespace.get())
    }
}

/// The frame object of a running frame, made if there is none.
pub(crate) unsafe fn frame_object(fp: Fp) -> Ref<Frame> {
    unsafe {
        if let Some((_, frame)) = frames().iter().rev().find(|(registers, _)| *registers == fp as usize) {
            return frame.clone();
        }
        let function = peek(*fp.sub(3));
        let function = function.downcast::<Function>().expect("frames run functions").clone();
        let code = function.code.get().expect("functions have code");
        let made = frame::new(code, Some(function), None, fp as usize);
        frames().push((fp as usize, made.clone()));
        // The fast return must not overlook the object.
        *fp.sub(2) = (*fp.sub(2) as usize | SPECIAL) as Slot;
        made
    }
}

/// The frame object of a generator that runs in this thread.
pub(crate) fn frame_of_generator(generator: &Ref) -> Option<Ref<Frame>> {
    // SAFETY: the fourth slot below the registers of a generator's frame names the generator.
    unsafe {
        let mut fp = STACK.with(|stack| stack.fp.get());
        while !fp.is_null() {
            if *fp.sub(2) as usize & GENERATOR != 0 && *fp.sub(4) == generator.as_ptr() {
                return Some(frame_object(fp));
            }
            fp = caller_of(fp);
        }
        None
    }
}

/// Called when a frame ends: if it has a frame object that someone else holds, the locals move there.
pub(crate) unsafe fn detach_frame_object(fp: Fp) {
    unsafe {
        let list = frames();
        let Some(position) = list.iter().rposition(|(registers, _)| *registers == fp as usize) else {
            return;
        };
        // Mostly the last one.
        let (_, frame) = if position + 1 == list.len() { list.pop() } else { Some(list.remove(position)) }
            .expect("it was found there");
        frame.instruction.set(current_instruction(&frame));
        let shared = frame.header().count() > 1;
        if shared {
            let back = caller_of(fp);
            if !back.is_null() && frame.back.is_empty() {
                frame.back.set(Some(frame_object(back)));
            }
            let bound = (0..code_of(fp).locals.len()).rev().find(|&slot| *fp.add(slot) != unbound());
            if let Some(last) = bound {
                frame.locals.with_mut(|locals| {
                    debug_assert!(locals.0.is_empty(), "a frame ends once");
                    locals.0.extend((0..=last).map(|slot| take(fp, slot as u16)));
                });
            }
        }
        frame.registers.set(0);
        drop(frame.generator.take());
        drop(frame.replaced.take());
        drop(frame);
    }
}

/// Releases the registers of a frame that ends, with the frame object that someone may have.
pub(crate) unsafe fn release_frame(fp: Fp, count: usize) {
    unsafe {
        detach_frame_object(fp);
        let known = frames().len();
        release_window(fp, 0, count);
        // What went may have asked for the frame once more as it went.
        if frames().len() != known {
            detach_frame_object(fp);
        }
    }
}

pub(crate) unsafe fn has_object(fp: Fp) -> bool {
    unsafe { frames().iter().any(|(registers, _)| *registers == fp as usize) }
}

/// The registers of the frame that called this one, across native calls; null for the outermost.
pub(crate) unsafe fn caller_of(fp: Fp) -> Fp {
    unsafe {
        let return_word = *fp.sub(2) as usize;
        if return_word & ENTRY == 0 {
            if return_word & GENERATOR != 0 {
                return super::generators::resumer_of(fp);
            }
            return fp.sub(stack::distance(*fp.sub(1)));
        }
        entry_of(fp).map_or(std::ptr::null_mut(), |entry| entry.caller)
    }
}

/// The same for whoever looks at frames: one that is ending is out of the way.
unsafe fn visible_caller_of(fp: Fp) -> Fp {
    unsafe {
        let caller = caller_of(fp);
        let at = if is_entry(fp) { entry_of(fp) } else { None };
        if !caller.is_null() && at.is_some_and(|entry| ends(entry.pc, caller)) {
            visible_caller_of(caller)
        } else {
            caller
        }
    }
}

/// Whether the frame that has called out of the loop here is ending: what dies with its locals is called by the caller, as
/// in CPython.
#[inline]
pub(crate) unsafe fn ends(pc: Pc, fp: Fp) -> bool {
    unsafe {
        let op = (*pc).get() as u16;
        op >= Op::Return as u16 && op <= Op::ReturnConstFromSix as u16 && is_instruction(pc, fp)
    }
}

/// Whether a place in the code of a frame is the first word of an instruction: what lets something die publishes the last word,
/// which may hold anything.
#[cold]
unsafe fn is_instruction(pc: Pc, fp: Fp) -> bool {
    unsafe {
        // A frame without its function is being left.
        if *fp.sub(3) == unbound() {
            return true;
        }
        let (words, end) = (&code_of(fp).words.0, word_index(pc, fp));
        let mut place = 0;
        while place < end {
            place += 1 + Op::ALL[usize::from(words[place].get() as u16)].extra_words();
        }
        place == end
    }
}

/// Publishes the caller of a frame whose linkage is cleared already: what the end of its function calls must not find
/// the frame.
pub(crate) unsafe fn publish_caller(fp: Fp, return_word: usize, link: *mut ouro_heap::Header) {
    unsafe {
        if return_word & ENTRY == 0 {
            publish(((return_word & !FLAGS) as Pc).sub(1), fp.sub(stack::distance(link)));
            return;
        }
        if let Some(entry) = entries().last() {
            publish(entry.pc, entry.caller);
        }
    }
}

/// Frames that native code has entered.
pub(crate) unsafe fn entries() -> &'static mut Vec<Entry> {
    // SAFETY: the thread's list outlives the interpreter; each use is a short step.
    STACK.with(|stack| unsafe { &mut *stack.entries.get() })
}

/// What is noted about a frame that native code has entered.
pub(crate) unsafe fn entry_of(fp: Fp) -> Option<Entry> {
    unsafe { entries().iter().rev().find(|entry| entry.registers == fp).copied() }
}

/// The instruction that a running frame is at: published for the innermost, the return address for the others.
pub(crate) unsafe fn pc_of(fp: Fp) -> Pc {
    unsafe {
        let (top_fp, top_pc) = STACK.with(|stack| (stack.fp.get(), stack.pc.get()));
        if fp == top_fp {
            return top_pc;
        }
        // The frame above names the instruction in its linkage.
        let mut inner = top_fp;
        while !inner.is_null() {
            let outer = caller_of(inner);
            if outer == fp {
                if is_entry(inner) {
                    return entry_of(inner).map_or(std::ptr::null(), |entry| entry.pc);
                }
                return return_pc(inner).sub(1);
            }
            inner = outer;
        }
        std::ptr::null()
    }
}

/// The word number of the instruction that a frame is at, or was at when it ended.
pub fn instruction_of(frame: &Frame) -> u32 {
    // SAFETY: the registers are those of a running frame.
    unsafe { current_instruction(frame) }
}

unsafe fn current_instruction(frame: &Frame) -> u32 {
    unsafe {
        let registers = frame.registers.get() as Fp;
        if registers.is_null() {
            return frame.instruction.get();
        }
        let pc = pc_of(registers);
        if pc.is_null() {
            frame.instruction.get()
        } else {
            pc.offset_from(frame.code.words.0.as_ptr()) as u32
        }
    }
}

/// What a local slot of a frame holds: in the registers while the frame runs, in the generator while that is suspended,
/// in the frame object afterwards.
pub(crate) fn local_of(frame: &Frame, slot: usize) -> Option<Ref> {
    let registers = frame.registers.get() as Fp;
    if !registers.is_null() {
        // SAFETY: the registers are those of a running frame.
        return unsafe { borrow(registers, slot as u16).cloned() };
    }
    match frame.generator() {
        Some(generator) => generator.items().get(slot)?.get(),
        None => frame.locals.with(|locals| locals.0.get(slot).cloned().flatten()),
    }
}

/// Puts a value into a local slot of a frame; gives the one that was there.
pub(crate) fn set_local(frame: &Frame, slot: usize, value: Ref) -> Option<Ref> {
    let registers = frame.registers.get() as Fp;
    if !registers.is_null() {
        // SAFETY: the registers are those of a running frame, and locals are below all others.
        return unsafe {
            let replaced = take(registers, slot as u16);
            *super::core::slot(registers, slot as u16) = value.into_raw();
            replaced
        };
    }
    match frame.generator() {
        Some(generator) => generator.items().get(slot)?.replace(Some(value)),
        None => frame.locals.with_mut(|Locals(locals)| {
            if locals.len() <= slot {
                locals.resize(slot + 1, None);
            }
            locals[slot].replace(value)
        }),
    }
}

/// Whether the instruction that a running frame is at may work on what a local slot held: operands are borrowed. Words
/// behind the instruction are taken for a part of it.
pub(crate) fn may_use(frame: &Frame, slot: usize) -> bool {
    const LONGEST: usize = 4;
    let words = &frame.code.words.0;
    let at = instruction_of(frame) as usize;
    words[at.min(words.len())..].iter().take(LONGEST).enumerate().any(|(position, word)| {
        let operands = word.get() >> if position == 0 { 16 } else { 0 };
        (0..4).any(|field| (operands >> (16 * field)) as u16 & ouro_bytecode::opcode::SLOT == slot as u16)
    })
}

/// The frame that called this one.
pub fn back_of(frame: &Frame) -> Option<Ref<Frame>> {
    let registers = frame.registers.get() as Fp;
    if registers.is_null() {
        return frame.back.get();
    }
    // SAFETY: the registers are those of a running frame.
    unsafe {
        let back = visible_caller_of(registers);
        (!back.is_null()).then(|| frame_object(back))
    }
}

/// The innermost running frame.
pub fn current_frame() -> Option<Ref<Frame>> {
    frame_at_depth(0)
}

/// The frame `depth` calls above the innermost one.
pub fn frame_at_depth(depth: usize) -> Option<Ref<Frame>> {
    let (mut fp, pc) = STACK.with(|stack| (stack.fp.get(), stack.pc.get()));
    // SAFETY: published frames and their callers are complete.
    unsafe {
        if !fp.is_null() && ends(pc, fp) {
            fp = visible_caller_of(fp);
        }
        for _ in 0..depth {
            if fp.is_null() {
                return None;
            }
            fp = visible_caller_of(fp);
        }
        (!fp.is_null()).then(|| frame_object(fp))
    }
}

/// The global namespace of the innermost running frame.
pub fn current_globals() -> Option<Ref<Dict>> {
    let fp = STACK.with(|stack| stack.fp.get());
    // SAFETY: a published frame is complete.
    if fp.is_null() { None } else { unsafe { function_of(fp).globals.get() } }
}

/// `locals()` of the innermost running frame.
pub fn current_locals() -> Res {
    let fp = STACK.with(|stack| stack.fp.get());
    if fp.is_null() {
        return Ok(crate::objects::dict::new().into_any());
    }
    // SAFETY: a published frame is complete.
    unsafe {
        // Only comprehensions give a body with a namespace local slots.
        if code_of(fp).locals.is_empty()
            && let Some(namespace) = namespace_of(fp)
        {
            return Ok(namespace);
        }
        let had_object = has_object(fp);
        let frame = frame_object(fp);
        let mapping = frame.locals();
        drop(frame);
        if !had_object {
            // Nobody else saw the frame object: it need not stay.
            let list = frames();
            if let Some(position) = list
                .iter()
                .rposition(|(registers, frame)| *registers == fp as usize && frame.header().count() == 1)
            {
                drop(list.remove(position));
            }
        }
        mapping
    }
}

/// Serves what the pending word asks for: a due collection, a signal.
#[cold]
#[inline(never)]
pub(crate) fn handle_pending() -> Res<()> {
    let bits = ouro_heap::state::pending_bits();
    if bits & pending::SIGNAL != 0 {
        ouro_heap::state::clear_pending(pending::SIGNAL);
        return Err(crate::error::raise_with(
            crate::objects::exception::ExceptionKind::KeyboardInterrupt,
            Vec::new(),
        ));
    }
    if bits & pending::MEMORY != 0 {
        ouro_heap::state::clear_pending(pending::MEMORY);
        if ouro_heap::allocate::is_over_limit() {
            return Err(crate::error::raise_with(
                crate::objects::exception::ExceptionKind::MemoryError,
                Vec::new(),
            ));
        }
    }
    if bits & pending::COLLECT != 0 {
        crate::gc_run::collect_due()?;
    }
    Ok(())
}

/// `sys.displayhook(value)`
pub(crate) fn display(value: &Ref) -> Res<()> {
    let hook = vm().slots.sys.get().and_then(|sys| crate::objects::dict::get_str(&sys, &names().displayhook));
    match hook {
        Some(hook) => crate::protocol::call::call(&hook, std::slice::from_ref(value)).map(drop),
        None => Err(crate::runtime_error!("lost sys.displayhook")),
    }
}
