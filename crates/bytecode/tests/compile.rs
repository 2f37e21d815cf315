//! What the compiler makes of small programs, as disassembly, and what it refuses.

use std::rc::Rc;

use ouro_bytecode::code::{Code, Constant, LocalKind};
use ouro_bytecode::{CompileOptions, compile, dis, verify};
use ouro_syntax::{Mode, SyntaxError};

fn try_compile(source: &str) -> Result<Rc<Code>, SyntaxError> {
    let tree = ouro_syntax::parse(source, Mode::Module)?;
    compile(&tree, source, "test.py", &CompileOptions::default())
}

fn compiled(source: &str) -> Rc<Code> {
    let code = try_compile(source).unwrap_or_else(|error| panic!("{error}"));
    check(&code);
    code
}

fn check(code: &Code) {
    assert_eq!(verify::verify(code), Ok(()), "{}", dis::disassemble(code));
    inner(code).for_each(|code| check(code));
}

fn inner(code: &Code) -> impl Iterator<Item = &Rc<Code>> {
    code.constants.iter().filter_map(|constant| match constant {
        Constant::Code(code) => Some(code),
        _ => None,
    })
}

/// The code of the first function in a text.
fn function(source: &str) -> Rc<Code> {
    let module = compiled(source);
    inner(&module).next().unwrap_or_else(|| panic!("no function")).clone()
}

/// Operation names and operands of a function, a line each, without lines and offsets.
fn listing(code: &Code) -> String {
    let text = dis::disassemble(code);
    let lines = text.lines().take_while(|line| !line.is_empty() && !line.starts_with("ExceptionTable"));
    lines.map(|line| line[15..].split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect()
}

fn message(source: &str) -> String {
    match try_compile(source) {
        Ok(_) => "compiles".into(),
        Err(error) => format!("{} at {}:{}", error.message, error.line, error.offset),
    }
}

#[test]
fn arithmetic_writes_straight_to_locals() {
    let code = function("def f(a, b):\n    x = a + b * 2\n    x += 1\n    return x\n");
    assert_eq!(
        listing(&code),
        "BinaryOpConst 3 1(b) 0(2) 2\nBinaryOp 2(x) 0(a) 3* 0\nBinaryOpConst 2(x) 2(x) 1(1) 32\nReturnFromFour 2(x) 4\n"
    );
}

#[test]
fn conditions_are_jumps() {
    let code = function("def f(n):\n    while n > 0 and n is not None:\n        n -= 1\n");
    assert_eq!(
        listing(&code),
        "CompareJumpConst 8 0(n) 0(0) to 7\nJumpIfNone 0(n) to 7\nBinaryOpConst 0(n) 0(n) 1(1) 33\n\
         JumpBack 0 to 0\nReturnConstFromOne 2(None) 1\n"
    );
}

#[test]
fn a_return_counts_the_slots_that_can_be_bound() {
    // Only the parameter is bound at the first return; in a loop, what comes behind it may have run before.
    let early = listing(&function("def f(n):\n    if n: return n\n    a = b = n\n    return a\n"));
    assert!(early.contains("ReturnFromOne 0(n) 1\n"), "{early}");
    assert!(early.contains("ReturnFromThree 1(a) 3\n"), "{early}");
    // A frame of more than six registers goes back by the form that counts them.
    let wide = listing(&function("def f(a, b):\n    c = d = e = g = h = a\n    return c\n"));
    assert!(wide.contains("ReturnFromMany 2(c) 7\n"), "{wide}");
    let looped = listing(&function("def f(n):\n    while n:\n        if n: return n\n        a = n\n"));
    assert!(looped.contains("ReturnFromTwo 2* 2\n"), "{looped}");
}

#[test]
fn a_method_is_looked_up_before_arguments_with_effects() {
    let plain = listing(&function("def f(a, b):\n    a.m(b)\n"));
    assert!(plain.contains("CallMethod") && !plain.contains("LoadMethod"), "{plain}");
    let effects = listing(&function("def f(a, b):\n    a.m(b())\n"));
    assert!(effects.contains("LoadMethod") && effects.contains("CallLoaded"), "{effects}");
}

#[test]
fn an_unbound_local_fails_before_later_operands() {
    let code = listing(&function("def f(g):\n    y = x + g()\n    x = 1\n"));
    assert!(code.starts_with("CheckBound"), "{code}");
    let code = listing(&function("def f(g, x):\n    y = x + g()\n    x = 1\n"));
    assert!(!code.contains("CheckBound"), "{code}");
}

#[test]
fn a_walrus_does_not_change_operands_already_read() {
    let code = listing(&function("def f(a):\n    return a + (a := 3)\n"));
    assert!(code.starts_with("Copy 1 0(a)\n"), "{code}");
}

#[test]
fn comprehensions_are_inlined_with_hidden_variables() {
    let code = function("def f(x):\n    return [x * 2 for x in x]\n");
    assert_eq!(inner(&code).count(), 0);
    assert_eq!(code.locals[1], ("x".into(), LocalKind::Hidden));
    let code = function("def f(x):\n    return [lambda: x for x in x]\n");
    assert!(listing(&code).contains("MakeCell 1(x)"));
}

#[test]
fn constants_are_folded_and_merged() {
    let code =
        function("def f():\n    return (1 + 2, 'a' * 3, -1.0, not 0), 'aaa', 1, 1.0, True, 0.0, -0.0\n");
    let [Constant::Tuple(items)] = code.constants.as_slice() else { panic!("{}", dis::disassemble(&code)) };
    assert_eq!(items.len(), 7);
    let code = function(
        "def f(x):\n    if x: return 1\n    if x: return 1.0\n    if x: return True\n    return 1\n",
    );
    assert_eq!(code.constants.len(), 3);
    let code = listing(&function("def f(x):\n    if 0:\n        return x\n    while True:\n        x()\n"));
    assert!(!code.contains("Return"), "{code}");
}

#[test]
fn closures() {
    let code =
        function("def f(a):\n    b = 1\n    def g():\n        nonlocal b\n        b = a\n    return g\n");
    assert_eq!(code.locals[0].1, LocalKind::Cell);
    let g = inner(&code).next().unwrap();
    assert_eq!(g.free_names, ["a".into(), "b".into()]);
    assert!(listing(g).contains("StoreFree 1"));
}

#[test]
fn classes() {
    let module = compiled("class C:\n    def f(self):\n        self.x = 1\n        super().f()\n");
    let class = inner(&module).next().unwrap();
    let text = listing(class);
    assert!(text.contains("('x',)") && text.contains("__classcell__"), "{text}");
    assert!(listing(inner(class).next().unwrap()).contains("LoadSuperMethod"));
}

#[test]
fn names_of_classes_are_mangled() {
    let module = compiled("class _C:\n    def f(self):\n        return self.__x + __y__\n");
    let f = inner(inner(&module).next().unwrap()).next().unwrap();
    assert!(f.names.contains(&"_C__x".into()) && f.names.contains(&"__y__".into()));
}

#[test]
fn ways_out_of_blocks() {
    for body in ["return x", "break", "continue", "raise x", "pass"] {
        for wrapper in [
            "try:\n   BODY\n  finally:\n   x()",
            "try:\n   x()\n  except A as e:\n   BODY\n  else:\n   BODY",
            "try:\n   x()\n  except A:\n   BODY\n  finally:\n   x = 1",
            "with x as y, x:\n   BODY",
            "try:\n   x()\n  finally:\n   BODY",
            "for z in x:\n   BODY",
            "match x:\n   case [1, *a] | {'k': a} if a: BODY\n   case P(x=_, y=b): BODY",
        ] {
            compiled(&format!("def f(x):\n while x:\n  {}\n", wrapper.replace("BODY", body)));
        }
    }
}

#[test]
fn coroutines_and_generators() {
    let code = function("async def f(x):\n async with x as y:\n  async for z in y:\n   yield await z\n");
    assert_eq!(code.flags & ouro_bytecode::code::flags::ASYNC_GENERATOR, 0x200);
    compiled(
        "async def f(x):\n return [y async for y in x if await y], {y: (z async for z in y) for y in x}\n",
    );
    compiled("def f(x):\n r = yield\n r = yield from x\n return (yield r)\n");
}

#[test]
fn generics() {
    let source = "class C[T: int, *Ts = *tuple[int], **P = [int]](B[T], k=1):\n def m[U](self, u: U = 1) -> T: ...\ntype A[T] = list[T]\n";
    compiled(source);
}

#[test]
fn annotations_as_text() {
    let module = compiled("from __future__ import annotations\nx: dict[ 'a',(b+c)*d , lambda e,f=1: -g ]\n");
    let text = dis::disassemble(&module);
    assert!(text.contains("\"dict['a', (b + c) * d, lambda e, f=1: -g]\""), "{text}");
}

#[test]
fn positions_are_those_of_the_expression() {
    let code = function("def f(a):\n    return (a\n      .b(1))\n");
    let place = |i: usize| (code.positions[i].line, code.positions[i].column, code.positions[i].end_column);
    let call =
        code.words.iter().position(|w| w.op() == ouro_bytecode::opcode::Op::CallMethod as u16).unwrap();
    assert_eq!(place(call), (3, 7, 11));
    assert_eq!(place(call + 1), (3, 7, 8));
}

#[test]
fn errors() {
    for (source, expected) in [
        ("return 1", "'return' outside function at 1:1"),
        ("def f():\n  x = 1\n  global x", "name 'x' is assigned to before global declaration at 3:3"),
        ("def f():\n  nonlocal x", "no binding for nonlocal 'x' found at 2:3"),
        ("nonlocal x", "nonlocal declaration not allowed at module level at 1:1"),
        ("def f(a, a): pass", "duplicate argument 'a' in function definition at 1:10"),
        ("break", "'break' outside loop at 1:1"),
        ("continue", "'continue' not properly in loop at 1:1"),
        ("def f():\n  from x import *", "import * only allowed at module level at 2:17"),
        ("try: pass\nexcept: pass\nexcept A: pass", "default 'except:' must be last at 2:1"),
        ("a, *b, *c = x", "multiple starred expressions in assignment at 1:1"),
        (
            "x\nfrom __future__ import division",
            "from __future__ imports must occur at the beginning of the file at 2:1",
        ),
        ("from __future__ import x", "future feature x is not defined at 1:1"),
        (
            "class C: [x := 1 for y in z]",
            "assignment expression within a comprehension cannot be used in a class body at 1:11",
        ),
        ("def f(): await x", "'await' outside async function at 1:10"),
        ("f(a=1, a=2)", "keyword argument repeated: a at 1:8"),
        (
            "match x:\n case y: pass\n case z: pass",
            "name capture 'y' makes remaining patterns unreachable at 2:7",
        ),
    ] {
        assert_eq!(message(source), expected, "{source}");
    }
}

#[test]
fn deep_trees_are_an_error() {
    let deep = format!("x = {}a\n", "not ".repeat(3000));
    let run = move || message(&deep);
    let worker = std::thread::Builder::new().stack_size(64 << 20).spawn(run).unwrap();
    assert!(worker.join().unwrap().starts_with("maximum recursion depth exceeded during compilation"));
    let long = format!("x = {}a\n", "f(a) + ".repeat(4900));
    compiled(&long);
}
