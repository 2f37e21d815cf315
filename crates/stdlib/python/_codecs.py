"""The registry of codecs, and the functions of the codecs that the interpreter has natively."""

from _codecs_native import set_error_handler as _set_error_handler
from _codecs_native import utf_8_decode_available as _utf_8_decode_available

_search_functions = []
_cache = {}
_error_handlers = {}
_encodings_tried = False


def register(search_function, /):
    """Add a function that finds codecs by name."""
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _search_functions.append(search_function)


def unregister(search_function, /):
    """Take a function away again and forget what was found."""
    if search_function in _search_functions:
        _search_functions.remove(search_function)
        _cache.clear()


def lookup(encoding, /):
    """The codec of a name: a tuple of encoder, decoder, stream reader and stream writer."""
    global _encodings_tried
    name = encoding.replace(" ", "_").lower()
    found = _cache.get(name)
    if found is not None:
        return found
    if not _encodings_tried:
        _encodings_tried = True
        try:
            import encodings
        except ModuleNotFoundError:
            pass
    for search in _search_functions:
        found = search(name)
        if found is None:
            continue
        if not (isinstance(found, tuple) and len(found) == 4):
            raise TypeError("codec search functions must return 4-tuples")
        _cache[name] = found
        return found
    raise LookupError(f"unknown encoding: {encoding}")


def _forget_codec(encoding, /):
    _cache.pop(encoding, None)


def _call(function, what, kind, obj, errors):
    result = function(obj) if errors is None else function(obj, errors)
    if not (isinstance(result, tuple) and len(result) == 2):
        raise TypeError(f"{what} must return a tuple (object, integer)")
    return result[0]


def encode(obj, encoding="utf-8", errors="strict"):
    """Encode an object with any codec."""
    return _call(lookup(encoding)[0], "encoder", "encode", obj, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    """Decode an object with any codec."""
    return _call(lookup(encoding)[1], "decoder", "decode", obj, errors)


def _encode_text(text, encoding, errors=None):
    info = lookup(encoding)
    if getattr(info, "_is_text_encoding", True) is False:
        raise LookupError(
            f"{encoding!r} is not a text encoding; use codecs.encode() to handle arbitrary codecs")
    made = _call(info[0], "encoder", "encode", text, errors)
    if not isinstance(made, (bytes, bytearray)):
        raise TypeError(
            f"{encoding!r} encoder returned {type(made).__name__!r} instead of 'bytes'; "
            "use codecs.encode() to encode to arbitrary types")
    return bytes(made)


def _decode_text(data, encoding, errors=None):
    info = lookup(encoding)
    if getattr(info, "_is_text_encoding", True) is False:
        raise LookupError(
            f"{encoding!r} is not a text encoding; use codecs.decode() to handle arbitrary codecs")
    made = _call(info[1], "decoder", "decode", data, errors)
    if not isinstance(made, str):
        raise TypeError(
            f"{encoding!r} decoder returned {type(made).__name__!r} instead of 'str'; "
            "use codecs.decode() to decode to arbitrary types")
    return made


def register_error(errors, handler, /):
    """Set the function that is called for faults under a name."""
    if not callable(handler):
        raise TypeError("handler must be callable")
    _set_error_handler(errors, handler)
    _error_handlers[errors] = handler


def lookup_error(errors, /):
    """The function that is called for faults under a name."""
    found = _error_handlers.get(errors)
    if found is None:
        raise LookupError(f"unknown error handler name '{errors}'")
    return found


def _range(error):
    if isinstance(error, UnicodeEncodeError | UnicodeDecodeError | UnicodeTranslateError):
        return error.start, error.end
    raise TypeError(f"don't know how to handle {type(error).__name__} in error callback")


def strict_errors(error):
    """Raise the error."""
    if isinstance(error, BaseException):
        raise error
    raise TypeError("codec must pass exception instance")


def ignore_errors(error):
    """Leave out what is at fault."""
    return "", _range(error)[1]


def replace_errors(error):
    """Put a question mark, or the replacement character."""
    start, end = _range(error)
    if isinstance(error, UnicodeDecodeError):
        return "\ufffd", end
    return ("?" if isinstance(error, UnicodeEncodeError) else "\ufffd") * (end - start), end


def _each(error, show):
    start, end = _range(error)
    if isinstance(error, UnicodeDecodeError):
        return "".join(f"\\x{byte:02x}" for byte in error.object[start:end]), end
    return "".join(map(show, error.object[start:end])), end


def xmlcharrefreplace_errors(error):
    """Put references to characters as XML has them."""
    if not isinstance(error, UnicodeEncodeError):
        raise TypeError(f"don't know how to handle {type(error).__name__} in error callback")
    return _each(error, lambda character: f"&#{ord(character)};")


def _escape(character):
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def backslashreplace_errors(error):
    """Put escapes as in string literals."""
    return _each(error, _escape)


def namereplace_errors(error):
    """Put escapes with the names of characters."""
    import unicodedata

    def show(character):
        name = unicodedata.name(character, None)
        return f"\\N{{{name}}}" if name else _escape(character)

    return _each(error, show)


def _surrogateescape(error):
    start, end = _range(error)
    if isinstance(error, UnicodeEncodeError):
        codes = [ord(character) for character in error.object[start:end]]
        if not all(0xDC80 <= code <= 0xDCFF for code in codes):
            raise error
        return bytes(code - 0xDC00 for code in codes), end
    data = error.object[start:end]
    count = 0
    while count < min(4, len(data)) and data[count] >= 128:
        count += 1
    if not count:
        raise error
    return "".join(chr(0xDC00 + byte) for byte in data[:count]), start + count


def _surrogatepass(error):
    start, end = _range(error)
    raise error


_error_handlers.update({
    "strict": strict_errors, "ignore": ignore_errors, "replace": replace_errors,
    "xmlcharrefreplace": xmlcharrefreplace_errors, "backslashreplace": backslashreplace_errors,
    "namereplace": namereplace_errors, "surrogateescape": _surrogateescape, "surrogatepass": _surrogatepass,
})


def _pair(module, name, encoding):
    def encode(text, errors=None, /):
        return text.encode(encoding, errors or "strict"), len(text)

    def decode(data, errors=None, final=False, /):
        data = bytes(data) if not isinstance(data, str) else data.encode()
        return data.decode(encoding, errors or "strict"), len(data)

    encode.__name__ = encode.__qualname__ = name + "_encode"
    decode.__name__ = decode.__qualname__ = name + "_decode"
    module[encode.__name__] = encode
    module[decode.__name__] = decode


for _name, _encoding in (
    ("latin_1", "latin-1"), ("ascii", "ascii"), ("unicode_escape", "unicode_escape"),
    ("raw_unicode_escape", "raw_unicode_escape"), ("utf_16", "utf-16"), ("utf_16_le", "utf-16-le"),
    ("utf_16_be", "utf-16-be"), ("utf_32", "utf-32"), ("utf_32_le", "utf-32-le"), ("utf_32_be", "utf-32-be"),
):
    _pair(globals(), _name, _encoding)
del _name, _encoding, _pair


def utf_8_encode(text, errors=None, /):
    """Encode as UTF-8; gives the bytes and the number of characters."""
    return text.encode("utf-8", errors or "strict"), len(text)


def utf_8_decode(data, errors=None, final=False, /):
    """Decode UTF-8; without `final` an unfinished character at the end waits."""
    if final:
        data = bytes(data)
        return data.decode("utf-8", errors or "strict"), len(data)
    return _utf_8_decode_available(data, errors or "strict")


def readbuffer_encode(data, errors=None, /):
    """The bytes of an object."""
    made = data.encode() if isinstance(data, str) else bytes(data)
    return made, len(made)


def escape_encode(data, errors=None, /):
    """Escape bytes as in a literal."""
    # With a double quote inside, repr chooses single quotes, and escapes those.
    return repr(data + b'"')[2:-2].encode(), len(data)


def escape_decode(data, errors=None, /):
    """The bytes that the text of a bytes literal means."""
    import re

    if isinstance(data, str):
        data = data.encode()
    data = bytes(data)
    simple = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v",
              b"\\": b"\\", b"'": b"'", b'"': b'"', b"\n": b""}

    def unescape(match):
        what = match[1]
        if what[:1] == b"x":
            return bytes([int(what[1:], 16)])
        if what[:1].isdigit():
            return bytes([int(what, 8) & 255])
        return simple.get(what, b"\\" + what)

    made = re.sub(rb"\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|.)", unescape, data, flags=re.DOTALL)
    return made, len(data)


def charmap_build(mapping, /):
    """A table to encode with, from one to decode with."""
    return {ord(character): byte for byte, character in enumerate(mapping) if character != "\ufffe"}


def charmap_encode(text, errors="strict", mapping=None, /):
    """Encode with a table."""
    if mapping is None:
        return latin_1_encode(text, errors)
    out = bytearray()
    place = 0
    while place < len(text):
        try:
            found = mapping[ord(text[place])]
        except LookupError:
            found = None
        if found is None:
            end = place + 1
            while end < len(text) and _unmapped(mapping, text[end]):
                end += 1
            error = UnicodeEncodeError("charmap", text, place, end, "character maps to <undefined>")
            substitute, place = lookup_error(errors or "strict")(error)
            if isinstance(substitute, str):
                substitute = b"".join(_mapped(mapping, character, error) for character in substitute)
            out += substitute
            continue
        out += found if isinstance(found, bytes) else bytes([found])
        place += 1
    return bytes(out), len(text)


def _unmapped(mapping, character):
    try:
        return mapping[ord(character)] is None
    except LookupError:
        return True


def _mapped(mapping, character, error):
    try:
        found = mapping[ord(character)]
    except LookupError:
        raise error from None
    if found is None:
        raise error
    return found if isinstance(found, bytes) else bytes([found])


def charmap_decode(data, errors="strict", mapping=None, /):
    """Decode with a table."""
    if mapping is None:
        return latin_1_decode(data, errors)
    data = bytes(data)
    out = []
    place = 0
    while place < len(data):
        try:
            found = mapping[data[place]]
        except LookupError:
            found = None
        if found is None or found == "\ufffe" or found == 0xFFFE:
            error = UnicodeDecodeError("charmap", data, place, place + 1, "character maps to <undefined>")
            substitute, place = lookup_error(errors or "strict")(error)
            out.append(substitute)
            continue
        out.append(found if isinstance(found, str) else chr(found))
        place += 1
    return "".join(out), len(data)
