//! The abstract syntax tree. Names of nodes and fields are those of CPython's `Python.asdl`.
//!
//! Two things differ from the ASDL on purpose: the asynchronous forms of `def`, `for` and `with` are a flag
//! `is_async` on the same node, and `TryStar` is `Try` with `is_star`. Where a node has more than a few
//! words, it is boxed as one struct, so that `Expr` and `Stmt` stay small enough to be moved by the parser.

use std::rc::Rc;

pub use crate::text::Wtf8;

/// An identifier, NFKC-normalised and interned for the length of one parse.
pub type Name = Rc<str>;

/// A half-open range of byte offsets into the normalised source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Range {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Range {
    /// The range from `start` up to `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Range { start, end }
    }
}

/// What one parse returns.
#[derive(Debug)]
pub enum Mod {
    /// A file or the text of `exec`.
    Module {
        /// The statements.
        body: Vec<Stmt>,
    },
    /// The text of `eval`.
    Expression {
        /// The one expression.
        body: Box<Expr>,
    },
    /// One input at the interactive prompt.
    Interactive {
        /// The statements.
        body: Vec<Stmt>,
    },
}

/// A statement and where it stands.
#[derive(Debug)]
pub struct Stmt {
    /// Where it stands in the source.
    pub range: Range,
    /// What it is.
    pub kind: StmtKind,
}

/// The kinds of statement.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub enum StmtKind {
    FunctionDef(Box<FunctionDef>),
    ClassDef(Box<ClassDef>),
    Return { value: Option<Box<Expr>> },
    Delete { targets: Vec<Expr> },
    Assign { targets: Vec<Expr>, value: Box<Expr> },
    TypeAlias(Box<TypeAlias>),
    AugAssign { target: Box<Expr>, op: Operator, value: Box<Expr> },
    AnnAssign(Box<AnnAssign>),
    For(Box<For>),
    While(Box<While>),
    If(Box<If>),
    With(Box<With>),
    Match(Box<Match>),
    Raise { exc: Option<Box<Expr>>, cause: Option<Box<Expr>> },
    Try(Box<Try>),
    Assert { test: Box<Expr>, msg: Option<Box<Expr>> },
    Import { names: Vec<Alias> },
    ImportFrom(Box<ImportFrom>),
    Global { names: Vec<Name> },
    Nonlocal { names: Vec<Name> },
    Expr { value: Box<Expr> },
    Pass,
    Break,
    Continue,
}

/// `def` and `async def`. The statement's range starts at `def`, not at the decorators, as CPython's does.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct FunctionDef {
    pub is_async: bool,
    pub name: Name,
    pub args: Arguments,
    pub body: Vec<Stmt>,
    pub decorator_list: Vec<Expr>,
    pub returns: Option<Expr>,
    pub type_params: Vec<TypeParam>,
}

/// `class`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct ClassDef {
    pub name: Name,
    pub bases: Vec<Expr>,
    pub keywords: Vec<Keyword>,
    pub body: Vec<Stmt>,
    pub decorator_list: Vec<Expr>,
    pub type_params: Vec<TypeParam>,
}

/// `type X[T] = value`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct TypeAlias {
    pub name: Expr,
    pub type_params: Vec<TypeParam>,
    pub value: Expr,
}

/// `target: annotation = value`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct AnnAssign {
    pub target: Expr,
    pub annotation: Expr,
    pub value: Option<Expr>,
    /// True for a bare name that is not in parentheses.
    pub simple: bool,
}

/// `for` and `async for`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct For {
    pub is_async: bool,
    pub target: Expr,
    pub iter: Expr,
    pub body: Vec<Stmt>,
    pub orelse: Vec<Stmt>,
}

/// `while`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct While {
    pub test: Expr,
    pub body: Vec<Stmt>,
    pub orelse: Vec<Stmt>,
}

/// `if`; an `elif` is an `If` that is the only statement of `orelse`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct If {
    pub test: Expr,
    pub body: Vec<Stmt>,
    pub orelse: Vec<Stmt>,
}

/// `with` and `async with`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct With {
    pub is_async: bool,
    pub items: Vec<WithItem>,
    pub body: Vec<Stmt>,
}

/// One `expression as target` of a `with`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct WithItem {
    pub context_expr: Expr,
    pub optional_vars: Option<Expr>,
}

/// `match`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Match {
    pub subject: Expr,
    pub cases: Vec<MatchCase>,
}

/// One `case` of a `match`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct MatchCase {
    pub pattern: Pattern,
    pub guard: Option<Expr>,
    pub body: Vec<Stmt>,
}

/// `try`, with `except` or (where `is_star`) `except*` handlers.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Try {
    pub is_star: bool,
    pub body: Vec<Stmt>,
    pub handlers: Vec<ExceptHandler>,
    pub orelse: Vec<Stmt>,
    pub finalbody: Vec<Stmt>,
}

/// One `except` clause.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct ExceptHandler {
    pub range: Range,
    /// The `type` of the ASDL.
    pub type_: Option<Expr>,
    pub name: Option<Name>,
    pub body: Vec<Stmt>,
}

/// `from module import names`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct ImportFrom {
    /// The dotted name, whole.
    pub module: Option<Name>,
    /// A `*` is one alias named `*`.
    pub names: Vec<Alias>,
    pub level: u32,
}

/// `name as asname` of an import. A dotted name is one string.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Alias {
    pub range: Range,
    pub name: Name,
    pub asname: Option<Name>,
}

/// An expression and where it stands. Parentheses around it are not part of the range, except a tuple's and
/// a generator expression's own.
#[derive(Debug)]
pub struct Expr {
    /// Where it stands in the source.
    pub range: Range,
    /// The height of the tree under this node. The parser keeps it under [`MAX_DEPTH`], so recursion over
    /// a tree is always safe.
    pub(crate) depth: u32,
    /// What it is.
    pub kind: ExprKind,
}

/// No expression tree is higher than this.
pub const MAX_DEPTH: u32 = 5000;

impl Expr {
    /// The height of the tree under this node, at most [`MAX_DEPTH`].
    pub fn depth(&self) -> u32 {
        self.depth
    }
}

/// The kinds of expression.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub enum ExprKind {
    BoolOp { op: BoolOp, values: Vec<Expr> },
    NamedExpr(Box<NamedExpr>),
    BinOp(Box<BinOp>),
    UnaryOp { op: UnaryOp, operand: Box<Expr> },
    Lambda(Box<Lambda>),
    IfExp(Box<IfExp>),
    Dict(Box<Dict>),
    Set { elts: Vec<Expr> },
    ListComp(Box<ListComp>),
    SetComp(Box<ListComp>),
    DictComp(Box<DictComp>),
    GeneratorExp(Box<ListComp>),
    Await { value: Box<Expr> },
    Yield { value: Option<Box<Expr>> },
    YieldFrom { value: Box<Expr> },
    Compare(Box<Compare>),
    Call(Box<Call>),
    FormattedValue(Box<FormattedValue>),
    JoinedStr { values: Vec<Expr> },
    Constant { value: Constant },
    Attribute { value: Box<Expr>, attr: Name, ctx: ExprContext },
    Subscript(Box<Subscript>),
    Starred { value: Box<Expr>, ctx: ExprContext },
    Name { id: Name, ctx: ExprContext },
    List { elts: Vec<Expr>, ctx: ExprContext },
    Tuple { elts: Vec<Expr>, ctx: ExprContext },
    Slice { lower: Option<Box<Expr>>, upper: Option<Box<Expr>>, step: Option<Box<Expr>> },
}

/// `target := value`; the target is always a `Name`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct NamedExpr {
    pub target: Expr,
    pub value: Expr,
}

/// `left op right`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct BinOp {
    pub left: Expr,
    pub op: Operator,
    pub right: Expr,
}

/// `lambda args: body`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Lambda {
    pub args: Arguments,
    pub body: Expr,
}

/// `body if test else orelse`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct IfExp {
    pub test: Expr,
    pub body: Expr,
    pub orelse: Expr,
}

/// A dictionary display; a key of `None` stands for `**value`.
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Dict {
    pub keys: Vec<Option<Expr>>,
    pub values: Vec<Expr>,
}

/// A list or set comprehension or a generator expression.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct ListComp {
    pub elt: Expr,
    pub generators: Vec<Comprehension>,
}

/// A dictionary comprehension.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct DictComp {
    pub key: Expr,
    pub value: Expr,
    pub generators: Vec<Comprehension>,
}

/// One `for target in iter if ...` of a comprehension.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Comprehension {
    pub target: Expr,
    pub iter: Expr,
    pub ifs: Vec<Expr>,
    pub is_async: bool,
}

/// `left op comparator op comparator ...`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Compare {
    pub left: Expr,
    pub ops: Vec<CmpOp>,
    pub comparators: Vec<Expr>,
}

/// `func(args, keywords)`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Call {
    pub func: Expr,
    /// Positional arguments; `*x` is a `Starred`.
    pub args: Vec<Expr>,
    pub keywords: Vec<Keyword>,
}

/// `arg=value`, or `**value` where `arg` is `None`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Keyword {
    pub range: Range,
    pub arg: Option<Name>,
    pub value: Expr,
}

/// A replacement field of an f-string.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct FormattedValue {
    pub value: Expr,
    pub conversion: Conversion,
    /// Always a `JoinedStr`.
    pub format_spec: Option<Expr>,
}

/// `!s`, `!r` and `!a` of a replacement field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Conversion {
    None,
    Str,
    Repr,
    Ascii,
}

impl Conversion {
    /// CPython's number: -1, or the letter's code.
    pub fn code(self) -> i32 {
        match self {
            Conversion::None => -1,
            Conversion::Str => i32::from(b's'),
            Conversion::Repr => i32::from(b'r'),
            Conversion::Ascii => i32::from(b'a'),
        }
    }
}

/// `value[slice]`; several indices are a `Tuple`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Subscript {
    pub value: Expr,
    pub slice: Expr,
    pub ctx: ExprContext,
}

/// A constant of the source text.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// `None`.
    None,
    /// `True`.
    True,
    /// `False`.
    False,
    /// `...`.
    Ellipsis,
    /// An integer.
    Int(IntLiteral),
    /// A float.
    Float(f64),
    /// The imaginary part of a literal such as `2j`.
    Imaginary(f64),
    /// A string.
    Str {
        /// The text.
        value: Wtf8,
        /// True where the (first) literal has the prefix `u`: `kind='u'` in a dump.
        u_prefix: bool,
    },
    /// A bytes literal.
    Bytes(Box<[u8]>),
}

/// The value of an integer literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntLiteral {
    /// It fits.
    Small(i64),
    /// It does not: the digits, without prefix and underscores.
    Big {
        /// 2, 8, 10 or 16.
        radix: u8,
        /// The digits in that radix.
        digits: Box<str>,
    },
}

/// How a name, attribute, item, tuple, list or starred expression is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ExprContext {
    Load,
    Store,
    Del,
}

/// `and`, `or`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum BoolOp {
    And,
    Or,
}

/// The binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Operator {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

/// The unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum UnaryOp {
    Invert,
    Not,
    UAdd,
    USub,
}

/// The comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum CmpOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// The parameters of a function or lambda.
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Arguments {
    pub posonlyargs: Vec<Arg>,
    pub args: Vec<Arg>,
    pub vararg: Option<Box<Arg>>,
    pub kwonlyargs: Vec<Arg>,
    /// One for each of `kwonlyargs`.
    pub kw_defaults: Vec<Option<Expr>>,
    pub kwarg: Option<Box<Arg>>,
    /// The defaults of the last positional parameters, `posonlyargs` included.
    pub defaults: Vec<Expr>,
}

/// One parameter.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct Arg {
    pub range: Range,
    pub arg: Name,
    pub annotation: Option<Expr>,
}

/// A pattern of a `case` and where it stands.
#[derive(Debug)]
pub struct Pattern {
    /// Where it stands in the source.
    pub range: Range,
    /// What it is.
    pub kind: PatternKind,
}

/// The kinds of pattern.
#[derive(Debug)]
#[allow(missing_docs, clippy::enum_variant_names, reason = "the names are those of Python.asdl")]
pub enum PatternKind {
    MatchValue { value: Box<Expr> },
    MatchSingleton { value: Constant },
    MatchSequence { patterns: Vec<Pattern> },
    MatchMapping(Box<MatchMapping>),
    MatchClass(Box<MatchClass>),
    MatchStar { name: Option<Name> },
    MatchAs { pattern: Option<Box<Pattern>>, name: Option<Name> },
    MatchOr { patterns: Vec<Pattern> },
}

/// `{key: pattern, **rest}`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct MatchMapping {
    pub keys: Vec<Expr>,
    pub patterns: Vec<Pattern>,
    pub rest: Option<Name>,
}

/// `cls(patterns, kwd_attrs=kwd_patterns)`.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub struct MatchClass {
    pub cls: Expr,
    pub patterns: Vec<Pattern>,
    pub kwd_attrs: Vec<Name>,
    pub kwd_patterns: Vec<Pattern>,
}

/// A type parameter and where it stands.
#[derive(Debug)]
pub struct TypeParam {
    /// Where it stands in the source.
    pub range: Range,
    /// What it is.
    pub kind: TypeParamKind,
}

/// The kinds of type parameter.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of Python.asdl")]
pub enum TypeParamKind {
    TypeVar { name: Name, bound: Option<Expr>, default_value: Option<Expr> },
    ParamSpec { name: Name, default_value: Option<Expr> },
    TypeVarTuple { name: Name, default_value: Option<Expr> },
}
