# Patterns of the shell.
from fnmatch import filter, fnmatch, fnmatchcase, translate

patterns = ["", "*", "?", "a", "a*", "*a", "a*b", "a*b*c", "*a*b", "?b?", "[abc]", "[a-c]x", "[!a-c]x", "[]]", "[]-a]", "[!]]", "[a", "a[", "[a-]",
            "[-a]", "[!-a]", "[z-a]", "[!z-a]", "a**b", "\\", "[\\]", "[^a]", "[*]", "[?]", "a.b", "(a|b)", "*.py", "**a*a****a", "[&]", "[a-c-e]", "{a,b}"]
names = ["", "a", "b", "ab", "abc", "aXbYc", "bbb", "x", "ax", "dx", "]", "-", "[a", "a[", "\\", "^", "*", "?", "a.b", "axb", "m.py", "m.pyc", "aaaa", "a\nb", "e", "&", "é"]
for pattern in patterns:
    print(repr(pattern), [name for name in names if fnmatch(name, pattern)], translate(pattern))
print(filter(names, "a*"), filter(iter(names), "?"))
print(fnmatchcase("A", "a"), fnmatch("A", "a"), fnmatch(b"abc", b"a*[c]"), fnmatch(b"abd", b"a?[!d]"), filter([b"a", b"bc"], b"?"))
for name, pattern in (("a", b"a"), (b"a", "a")):
    try:
        fnmatch(name, pattern)
    except TypeError as error:
        print(error)
print(fnmatch("a" * 50, "a*a*a*a*a*a*a*a*a*a*b"), fnmatch("a" * 50 + "b", "a*a*a*a*a*a*a*a*a*a*b"))
