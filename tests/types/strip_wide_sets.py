# A set of characters that holds wide ones strips nothing else of a text without them.
for text in ("", " a ", "  ab\tba\n", "\xe9 x \xe9", "\u0100 y \u0100", "\U0001f600z "):
    for chars in ("\u0100", "\U0001f600", "\U0001f600 ", "a\u0100 ", "\xe9\u0100", "\ud800", ""):
        print(ascii(text), ascii(chars), ascii(text.strip(chars)), ascii(text.lstrip(chars)), ascii(text.rstrip(chars)))
