for s in ("", "a", "it's", 'say "hi"', "both ' and \"", "\n\t\r\\", "\0\x01\x1f\x7f", "é", "日本", "😀", "\x80\xa0\xad", "\u2028", "\ud800", "\U0010ffff", "a\x0bb\x0c", "\u200b", "\ufeff", "'", "\\'"):
    try:
        print(repr(s), ascii(s), len(s))
    except UnicodeEncodeError:
        print(ascii(s), len(s))
print([repr("'"), '"'], str(["a'b", 'c"d']), {"k'": '"'}, ("\n",))
print("a" "b", "tab\there", r"raw\n", "\x41\u0042\U00000043\103\N{LATIN SMALL LETTER A}", "line\
 continued")
print("abc" < "abd", "abc" < "ab", "" < "a", "Z" < "a", "é" > "z", "\U00010000" > "\uffff", "a" * 3, 3 * "ab", "a" * 0, "a" * -1, "a" + "b")
