"""The classes of syntax trees."""

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_OPTIMIZED_AST = 0x8400

# Each line: a sum type, and its constructors with their fields. A field is a type and a name; `?` says that it may be
# None, `*` that it is a list. Classes of a sum marked with `+` know their place in the source.
_GRAMMAR = """
mod : Module(stmt* body, type_ignore* type_ignores) | Interactive(stmt* body) | Expression(expr body)
    | FunctionType(expr* argtypes, expr returns)
stmt + : FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns,
            string? type_comment, type_param* type_params)
    | AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns,
            string? type_comment, type_param* type_params)
    | ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list,
            type_param* type_params)
    | Return(expr? value) | Delete(expr* targets) | Assign(expr* targets, expr value, string? type_comment)
    | TypeAlias(expr name, type_param* type_params, expr value) | AugAssign(expr target, operator op, expr value)
    | AnnAssign(expr target, expr annotation, expr? value, int simple)
    | For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
    | AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
    | While(expr test, stmt* body, stmt* orelse) | If(expr test, stmt* body, stmt* orelse)
    | With(withitem* items, stmt* body, string? type_comment)
    | AsyncWith(withitem* items, stmt* body, string? type_comment) | Match(expr subject, match_case* cases)
    | Raise(expr? exc, expr? cause) | Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
    | TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) | Assert(expr test, expr? msg)
    | Import(alias* names) | ImportFrom(identifier? module, alias* names, int? level) | Global(identifier* names)
    | Nonlocal(identifier* names) | Expr(expr value) | Pass() | Break() | Continue()
expr + : BoolOp(boolop op, expr* values) | NamedExpr(expr target, expr value)
    | BinOp(expr left, operator op, expr right) | UnaryOp(unaryop op, expr operand)
    | Lambda(arguments args, expr body) | IfExp(expr test, expr body, expr orelse) | Dict(expr?* keys, expr* values)
    | Set(expr* elts) | ListComp(expr elt, comprehension* generators) | SetComp(expr elt, comprehension* generators)
    | DictComp(expr key, expr value, comprehension* generators) | GeneratorExp(expr elt, comprehension* generators)
    | Await(expr value) | Yield(expr? value) | YieldFrom(expr value)
    | Compare(expr left, cmpop* ops, expr* comparators) | Call(expr func, expr* args, keyword* keywords)
    | FormattedValue(expr value, int conversion, expr? format_spec) | JoinedStr(expr* values)
    | Constant(constant value, string? kind) | Attribute(expr value, identifier attr, expr_context ctx)
    | Subscript(expr value, expr slice, expr_context ctx) | Starred(expr value, expr_context ctx)
    | Name(identifier id, expr_context ctx) | List(expr* elts, expr_context ctx)
    | Tuple(expr* elts, expr_context ctx) | Slice(expr? lower, expr? upper, expr? step)
expr_context : Load() | Store() | Del()
boolop : And() | Or()
operator : Add() | Sub() | Mult() | MatMult() | Div() | Mod() | Pow() | LShift() | RShift() | BitOr() | BitXor()
    | BitAnd() | FloorDiv()
unaryop : Invert() | Not() | UAdd() | USub()
cmpop : Eq() | NotEq() | Lt() | LtE() | Gt() | GtE() | Is() | IsNot() | In() | NotIn()
comprehension = (expr target, expr iter, expr* ifs, int is_async)
excepthandler + : ExceptHandler(expr? type, identifier? name, stmt* body)
arguments = (arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg,
            expr* defaults)
arg + = (identifier arg, expr? annotation, string? type_comment)
keyword + = (identifier? arg, expr value)
alias + = (identifier name, identifier? asname)
withitem = (expr context_expr, expr? optional_vars)
match_case = (pattern pattern, expr? guard, stmt* body)
pattern ! : MatchValue(expr value) | MatchSingleton(constant value) | MatchSequence(pattern* patterns)
    | MatchMapping(expr* keys, pattern* patterns, identifier? rest)
    | MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)
    | MatchStar(identifier? name) | MatchAs(pattern? pattern, identifier? name) | MatchOr(pattern* patterns)
type_ignore : TypeIgnore(int lineno, string tag)
type_param ! : TypeVar(identifier name, expr? bound, expr? default_value)
    | ParamSpec(identifier name, expr? default_value) | TypeVarTuple(identifier name, expr? default_value)
"""


class AST:
    """The base of all nodes."""

    _fields = ()
    _attributes = ()
    _field_types = {}
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        fields = self._fields
        if len(args) > len(fields):
            plural = "" if len(fields) == 1 else "s"
            raise TypeError(
                f"{type(self).__name__} constructor takes at most {len(fields)} positional argument{plural}")
        missing = set(fields)
        for field, value in zip(fields, args):
            setattr(self, field, value)
            missing.discard(field)
        for name, value in kwargs.items():
            if name in fields:
                if name not in missing:
                    raise TypeError(f"{type(self).__name__} got multiple values for argument {name!r}")
                missing.discard(name)
            elif name not in self._attributes:
                _deprecated(
                    f"{type(self).__name__}.__init__ got an unexpected keyword argument {name!r}. "
                    "Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.")
            setattr(self, name, value)
        for field in fields:
            if field in missing:
                self._default(field)

    def _default(self, field):
        kind = self._field_types.get(field)
        if kind is None or type(kind).__name__ == "UnionType":
            return
        if type(kind).__name__ == "GenericAlias":
            setattr(self, field, [])
        elif kind is expr_context:
            setattr(self, field, Load())
        else:
            _deprecated(
                f"{type(self).__name__}.__init__ missing 1 required positional argument: {field!r}. "
                "This will become an error in Python 3.15.")

    def __reduce__(self):
        state = self.__dict__
        known = [state[field] for field in self._fields if field in state]
        return type(self), tuple(known), state

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__name__} object at {id(self):#x}>"


AST.__module__ = "ast"


def _deprecated(message):
    import warnings

    warnings.warn(message, DeprecationWarning, stacklevel=3)


_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")
_SIMPLE = {"identifier": str, "string": str, "int": int, "constant": object}


def _make(name, base, fields, places, shown, classes, todo):
    parsed = [field.split() for field in fields.split(",") if field.strip()]
    names = tuple(field for _, field in parsed)
    namespace = {"__module__": "ast", "_fields": names, "__match_args__": names, "__doc__": shown}
    if places is not None:
        namespace["_attributes"] = places
        if base is AST:
            for place in places[2:] if places == _PLACE and name not in ("pattern", "type_param") else ():
                namespace[place] = None
    for kind, field in parsed:
        if kind.endswith("?"):
            namespace[field] = None
    made = type(name, (base,), namespace)
    classes[name] = made
    todo.append((made, parsed))
    return made


def _build():
    classes, todo = {}, []
    lines = []
    for line in _GRAMMAR.strip().split("\n"):
        if line.startswith(" "):
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
    for line in lines:
        cut = min(place for place in (line.find(":"), line.find("=")) if place >= 0)
        head, body = line[:cut].split(), line[cut + 1:].strip()
        places = _PLACE if len(head) > 1 else None
        if line[cut] == "=":
            fields = body[1:-1]
            _make(head[0], AST, fields, places or (), f"{head[0]}({fields})", classes, todo)
            continue
        constructors = [part.strip() for part in body.split("|")]
        shown = "\n".join(
            (f"{head[0]} = " if index == 0 else " " * len(head[0]) + " | ") + (part[:-2] if part.endswith("()") else part)
            for index, part in enumerate(constructors))
        base = _make(head[0], AST, "", places or (), shown, classes, todo)
        for part in constructors:
            name, _, fields = part.partition("(")
            fields = fields[:-1]
            _make(name, base, fields, None, f"{name}({fields})" if fields else name, classes, todo)
    for made, parsed in todo:
        types = {}
        for kind, field in parsed:
            plain = kind.rstrip("?*")
            found = _SIMPLE.get(plain) or classes[plain]
            if kind.endswith("*"):
                types[field] = list[found]
            elif kind.endswith("?"):
                types[field] = found | None
            else:
                types[field] = found
        made._field_types = made.__annotations__ = types
    return classes


globals().update(_build())
del _build, _make, _GRAMMAR, _SIMPLE, _PLACE
