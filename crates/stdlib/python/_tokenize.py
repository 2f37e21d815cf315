"""The tokens of a source, for `tokenize`."""

import re

_ENDMARKER, _NAME, _NUMBER, _STRING, _NEWLINE, _INDENT, _DEDENT = 0, 1, 2, 3, 4, 5, 6
_OP, _FSTRING_START, _FSTRING_MIDDLE, _FSTRING_END, _COMMENT, _NL = 55, 59, 60, 61, 62, 63

_OPERATORS = {
    "(": 7, ")": 8, "[": 9, "]": 10, ":": 11, ",": 12, ";": 13, "+": 14, "-": 15, "*": 16, "/": 17, "|": 18, "&": 19,
    "<": 20, ">": 21, "=": 22, ".": 23, "%": 24, "{": 25, "}": 26, "==": 27, "!=": 28, "<=": 29, ">=": 30, "~": 31,
    "^": 32, "<<": 33, ">>": 34, "**": 35, "+=": 36, "-=": 37, "*=": 38, "/=": 39, "%=": 40, "&=": 41, "|=": 42,
    "^=": 43, "<<=": 44, ">>=": 45, "**=": 46, "//": 47, "//=": 48, "@": 49, "@=": 50, "->": 51, "...": 52, ":=": 53,
    "!": 54,
}
_NUMBERS = re.compile(
    r"0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+"
    r"|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?"
    r"|\d(?:_?\d)*(?:[eE][-+]?\d(?:_?\d)*[jJ]?|[jJ])?")
_NAMES = re.compile(r"[^\W\d]\w*")
_PREFIX = re.compile(r"([a-zA-Z]{0,2})('''|\"\"\"|'|\")")
_SYMBOLS = re.compile("|".join(re.escape(symbol) for symbol in sorted(_OPERATORS, key=len, reverse=True)))
_SPACE = re.compile(r"[ \f\t]*")


class TokenizerIter:
    """An iterator over tokens: (type, text, start, end, line)."""

    def __init__(self, readline, /, *, encoding=None, extra_tokens=False):
        self._readline = readline
        self._encoding = encoding
        self._extra = extra_tokens
        self._tokens = self._run()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._tokens)

    def _next_line(self):
        try:
            line = self._readline()
        except StopIteration:
            line = ""
        if isinstance(line, bytes):
            line = line.decode(self._encoding or "utf-8")
        if line:
            self._row += 1
        self._line = line
        self._end = len(line)
        return line

    def _token(self, kind, start, end, text=None):
        line = self._line
        if text is None:
            text = line[start:end]
        return kind, text, (self._row, start), (self._row, end), line

    def _fault(self, message, column):
        raise SyntaxError(message, ("<string>", self._row, column + 1, self._line, self._row, column + 1))

    def _run(self):
        self._row = 0
        self._depth = []
        indents = [0]
        continued = False
        while self._next_line():
            line = self._line
            at = 0
            if not self._depth and not continued:
                at = _SPACE.match(line).end()
                column = 0
                for character in line[:at]:
                    column = 0 if character == "\f" else (column // 8 + 1) * 8 if character == "\t" else column + 1
                if line[at:at + 1] in ("", "\n", "\r", "#"):
                    if self._extra:
                        if line[at:at + 1] == "#":
                            end = len(line.rstrip("\r\n"))
                            yield self._token(_COMMENT, at, end)
                            at = end
                        if at < len(line) or line.endswith("\n"):
                            yield self._token(_NL, at, len(line))
                        else:
                            yield _NL, "", (self._row, at), (self._row, at + 1), line
                    continue
                if column > indents[-1]:
                    indents.append(column)
                    yield self._token(_INDENT, 0, at)
                while column < indents[-1]:
                    indents.pop()
                    if column > indents[-1]:
                        raise IndentationError(
                            "unindent does not match any outer indentation level",
                            ("<string>", self._row, at + 1, line, self._row, -1))
                    yield self._token(_DEDENT, at, at)
            continued = False
            while True:
                at = _SPACE.match(self._line, at).end()
                line = self._line
                rest = line[at:at + 1]
                if rest in ("", "\n", "\r"):
                    if rest == "" and not self._depth:
                        # The last line lacks its end.
                        yield _NEWLINE, "", (self._row, at), (self._row, at + 1), line
                    elif not self._depth:
                        yield self._token(_NEWLINE, at, len(line))
                    elif self._extra and rest:
                        yield self._token(_NL, at, len(line))
                    break
                if rest == "#":
                    end = len(line.rstrip("\r\n"))
                    if self._extra:
                        yield self._token(_COMMENT, at, end)
                    at = end
                    continue
                if rest == "\\" and line[at + 1:].strip("\r\n") == "":
                    continued = True
                    break
                made = yield from self._one(at)
                at = made
        if self._depth:
            bracket, row, column, line = self._depth[-1]
            raise SyntaxError("unexpected EOF in multi-line statement", ("<string>", self._row + 1, 0, "", self._row + 1, 0))
        self._row += 1
        self._line = ""
        for _ in indents[1:]:
            yield self._token(_DEDENT, 0, 0)
        yield self._token(_ENDMARKER, 0, 0)

    def _one(self, at):
        line = self._line
        found = _PREFIX.match(line, at)
        if found and found[1].lower() in ("", "r", "u", "b", "br", "rb", "f", "fr", "rf"):
            if "f" in found[1].lower():
                return (yield from self._fstring(at, found))
            return (yield from self._string(at, found))
        found = _NAMES.match(line, at)
        if found:
            yield self._token(_NAME, at, found.end())
            return found.end()
        if line[at].isdigit() or line[at] == "." and line[at + 1:at + 2].isdigit():
            found = _NUMBERS.match(line, at)
            yield self._token(_NUMBER, at, found.end())
            return found.end()
        found = _SYMBOLS.match(line, at)
        if not found and self._extra and line[at] in "$?`":
            yield self._token(_OP, at, at + 1)
            return at + 1
        if not found:
            self._fault(f"invalid non-printable character U+{ord(line[at]):04X}" if not line[at].isprintable()
                        else "invalid character", at)
        text = found[0]
        if text in "([{":
            self._depth.append((text, self._row, at, line))
        elif text in ")]}":
            if not self._depth:
                self._fault(f"unmatched '{text}'", at)
            self._depth.pop()
        yield self._token(_OP if self._extra else _OPERATORS[text], at, found.end())
        return found.end()

    def _string(self, at, found):
        quote = found[2]
        start, first, text = (self._row, at), self._line, ""
        place, begin = found.end(), at
        lines = self._line
        while True:
            line = self._line
            while place < len(line):
                if line[place] == "\\":
                    place += 2
                elif line.startswith(quote, place):
                    place += len(quote)
                    yield _STRING, text + line[begin:place], start, (self._row, place), lines
                    return place
                elif line[place] == "\n" and len(quote) == 1:
                    self._fault(f"unterminated string literal (detected at line {self._row})", at)
                else:
                    place += 1
            text += line[begin:]
            begin = place = 0
            row = self._row
            if not self._next_line():
                raise SyntaxError(
                    f"unterminated triple-quoted string literal (detected at line {row})",
                    ("<string>", start[0], start[1] + 1, first, start[0], start[1] + 1))
            lines += self._line

    def _fstring(self, at, found):
        quote = found[2]
        raw = "r" in found[1].lower()
        yield self._token(_FSTRING_START, at, found.end())
        place = yield from self._middle(found.end(), quote, raw, False)
        yield self._token(_FSTRING_END, place, place + len(quote))
        return place + len(quote)

    def _middle(self, place, quote, raw, in_spec):
        start, begin, text, lines = (self._row, place), place, "", self._line
        while True:
            line = self._line
            if place >= len(line):
                text += line[begin:]
                if not self._next_line():
                    self._fault("unterminated f-string literal", 0)
                lines += self._line
                place = begin = 0
                continue
            character = line[place]
            if line.startswith(quote, place) or in_spec and character == "}":
                break
            if character == "\\" and not raw and line[place + 1:place + 2] not in "{}":
                place += 2
                continue
            if character in "{}" and line[place + 1:place + 2] == character and not in_spec:
                yield _FSTRING_MIDDLE, text + line[begin:place + 1], start, (self._row, place + 1), lines
                place += 2
                start, begin, text, lines = (self._row, place), place, "", line
                continue
            if character == "{":
                if text or place > begin:
                    yield _FSTRING_MIDDLE, text + line[begin:place], start, (self._row, place), lines
                place = yield from self._field(place, quote, raw)
                start, begin, text, lines = (self._row, place), place, "", self._line
                continue
            if character == "\n" and len(quote) == 1:
                self._fault("unterminated f-string literal", place)
            place += 1
        if text or place > begin:
            yield _FSTRING_MIDDLE, text + line[begin:place], start, (self._row, place), lines
        return place

    def _field(self, place, quote, raw):
        depth = len(self._depth)
        place = yield from self._one(place)
        while True:
            place = _SPACE.match(self._line, place).end()
            rest = self._line[place:place + 1]
            if rest in ("", "\n", "\r"):
                if self._extra and rest:
                    yield self._token(_NL, place, len(self._line))
                if not self._next_line():
                    self._fault("'{' was never closed", 0)
                place = 0
                continue
            if len(self._depth) == depth + 1:
                if rest == "}":
                    return (yield from self._one(place))
                if rest == ":":
                    yield self._token(_OP if self._extra else _OPERATORS[":"], place, place + 1)
                    place = yield from self._middle(place + 1, quote, raw, True)
                    continue
                if rest == "!" and self._line[place + 1:place + 2] != "=":
                    yield self._token(_OP, place, place + 1)
                    place += 1
                    continue
            if rest == "#":
                end = len(self._line.rstrip("\r\n"))
                if self._extra:
                    yield self._token(_COMMENT, place, end)
                place = end
                continue
            place = yield from self._one(place)
