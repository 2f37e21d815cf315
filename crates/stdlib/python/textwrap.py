"""Text in lines of a given width."""

__all__ = ['TextWrapper', 'wrap', 'fill', 'dedent', 'indent', 'shorten']

_whitespace = '\t\n\x0b\x0c\r '
_PUNCTUATION = frozenset('!"\'&.,?')


def _is_word(c):
    return c.isalnum() or c == '_'


def _is_letter(c):
    return _is_word(c) and not c.isdecimal()


def _dashes(text, position):
    """Whether an em-dash (two or more hyphens before a word) starts here, and where it ends."""
    end = position
    while end < len(text) and text[end] == '-':
        end += 1
    if end - position >= 2 and end < len(text) and _is_word(text[end]):
        return end
    return 0


def _after_word(text, position):
    return position > 0 and (_is_word(text[position - 1]) or text[position - 1] in _PUNCTUATION)


def _may_break_after_hyphen(text, position):
    """Whether a line may end behind the hyphen at this position: letters on both sides."""
    before = text[:position]
    letters = before[-2:]
    two_before = len(letters) == 2 and all(map(_is_letter, letters))
    hyphened = len(before) >= 3 and _is_letter(before[-1]) and before[-2] == '-' and _is_letter(before[-3])
    if not (two_before or hyphened):
        return False
    rest = text[position + 1:position + 4]
    if len(rest) < 2 or not _is_letter(rest[0]):
        return False
    if rest[1] == '-':
        return len(rest) > 2 and _is_letter(rest[2])
    return _is_letter(rest[1])


def _split_at_hyphens(text):
    """Words, runs of white space, pieces of hyphenated words and em-dashes, in order."""
    chunks = []
    position = 0
    size = len(text)
    while position < size:
        start = position
        if text[position] in _whitespace:
            while position < size and text[position] in _whitespace:
                position += 1
            chunks.append(text[start:position])
            continue
        if text[position] == '-' and _after_word(text, position):
            end = _dashes(text, position)
            if end:
                chunks.append(text[position:end])
                position = end
                continue
        position += 1
        while position < size and text[position] not in _whitespace:
            if text[position] == '-':
                if _may_break_after_hyphen(text, position):
                    position += 1
                    break
                if _after_word(text, position) and _dashes(text, position):
                    break
            position += 1
        chunks.append(text[start:position])
    return chunks


def _split_at_spaces(text):
    chunks = []
    position = 0
    while position < len(text):
        start = position
        space = text[position] in _whitespace
        while position < len(text) and (text[position] in _whitespace) == space:
            position += 1
        chunks.append(text[start:position])
    return chunks


class TextWrapper:
    """The options of wrapping, and the work."""

    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width, self.max_lines, self.placeholder = width, max_lines, placeholder
        self.initial_indent, self.subsequent_indent = initial_indent, subsequent_indent
        self.expand_tabs, self.tabsize = expand_tabs, tabsize
        self.replace_whitespace, self.drop_whitespace = replace_whitespace, drop_whitespace
        self.break_long_words, self.break_on_hyphens = break_long_words, break_on_hyphens
        self.fix_sentence_endings = fix_sentence_endings

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(dict.fromkeys(map(ord, _whitespace), ' '))
        return text

    def _split(self, text):
        return _split_at_hyphens(text) if self.break_on_hyphens else _split_at_spaces(text)

    def _fix_sentence_endings(self, chunks):
        for i in range(len(chunks) - 1):
            if chunks[i + 1] == ' ':
                end = chunks[i].rstrip('"\'')
                quoted = chunks[i][len(end):]
                if len(quoted) <= 1 and len(end) >= 2 and end[-1] in '.!?' and end[-2].isascii() and end[-2].islower():
                    chunks[i + 1] = '  '

    def _handle_long_word(self, chunks, current, length, width):
        room = 1 if width < 1 else width - length
        if self.break_long_words:
            end = room
            chunk = chunks[-1]
            if self.break_on_hyphens and len(chunk) > room:
                hyphen = chunk.rfind('-', 0, room)
                if hyphen > 0 and any(c != '-' for c in chunk[:hyphen]):
                    end = hyphen + 1
            current.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not current:
            current.append(chunks.pop())

    def _wrap_chunks(self, chunks):
        lines = []
        if self.width <= 0:
            raise ValueError('invalid width %r (must be > 0)' % self.width)
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        chunks.reverse()
        while chunks:
            current = []
            length = 0
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and lines and chunks[-1].strip() == '':
                del chunks[-1]
            while chunks:
                size = len(chunks[-1])
                if length + size > width:
                    break
                current.append(chunks.pop())
                length += size
            if chunks and len(chunks[-1]) > width:
                self._handle_long_word(chunks, current, length, width)
                length = sum(map(len, current))
            if self.drop_whitespace and current and current[-1].strip() == '':
                length -= len(current[-1])
                del current[-1]
            if not current:
                continue
            last_allowed = self.max_lines is not None and len(lines) + 1 >= self.max_lines
            finished = not chunks or (self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip())
            if not last_allowed or (finished and length <= width):
                lines.append(indent + ''.join(current))
                continue
            while current:
                if current[-1].strip() and length + len(self.placeholder) <= width:
                    current.append(self.placeholder)
                    lines.append(indent + ''.join(current))
                    break
                length -= len(current[-1])
                del current[-1]
            else:
                if lines:
                    before = lines[-1].rstrip()
                    if len(before) + len(self.placeholder) <= self.width:
                        lines[-1] = before + self.placeholder
                        break
                lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def wrap(self, text):
        chunks = [chunk for chunk in self._split(self._munge_whitespace(text)) if chunk]
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        return '\n'.join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The lines of a paragraph."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """A paragraph broken into lines."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """A paragraph in one line, cut at a word where it is too long."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))


def dedent(text):
    """Text without the white space that all its lines begin with."""
    lines = text.split('\n')
    margin = None
    for number, line in enumerate(lines):
        content = line.lstrip(' \t')
        if not content:
            lines[number] = ''
            continue
        space = line[:len(line) - len(content)]
        if margin is None:
            margin = space
        elif not space.startswith(margin):
            shared = 0
            while shared < min(len(margin), len(space)) and margin[shared] == space[shared]:
                shared += 1
            margin = margin[:shared]
    if margin:
        lines = [line[len(margin):] for line in lines]
    return '\n'.join(lines)


def indent(text, prefix, predicate=None):
    """Text with a prefix before those lines of which the predicate holds, or before all that are not blank."""
    result = []
    for line in text.splitlines(True):
        if line.strip() if predicate is None else predicate(line):
            result.append(prefix)
        result.append(line)
    return ''.join(result)
