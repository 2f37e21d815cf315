# What str knows of single characters: every one up to U+31FFF.
def add(*a): print(ascii(a))
for i in range(0x250):
    c = chr(i)
    add(i, c.upper(), c.lower(), c.title(), c.casefold(), c.swapcase(), c.capitalize(), c.isalpha(), c.isdigit(), c.isdecimal(), c.isnumeric(), c.isspace(), c.isupper(), c.islower(), c.istitle(), c.isprintable(), c.isidentifier(), c.isalnum(), repr(c))
h = 0
for i in range(0x250, 0x32000):
    c = chr(i)
    r = (c.upper(), c.lower(), c.title(), c.casefold(), c.swapcase(), c.capitalize(), c.isalpha(), c.isdigit(), c.isdecimal(), c.isnumeric(), c.isspace(), c.isupper(), c.islower(), c.istitle(), c.isprintable(), c.isidentifier(), c.isalnum(), repr(c), ('a' + c).isidentifier())
    h = (h * 31 + len(ascii(r))) % 1000003
    h = (h * 31 + sum(map(ord, ascii(r)))) % 1000003
    if i % 512 == 511: add(i, h)
