# Methods of str, codecs and their error handlers: results.


def show(source):
    try:
        answer = ascii(eval(source))
    except BaseException as error:
        answer = type(error).__name__ + " " + ascii(str(error))
    print(ascii(source), "->", answer)


for source in r"""
'ab\tcd\t'.expandtabs(4), '\t\n\t'.expandtabs(3), '\té'.expandtabs()
'abcabc'.replace('','-'), 'abcabc'.replace('','-',2), 'abcabc'.replace('abc','x'), 'aaaa'.replace('a','b',2), 'aaa'.replace('aa','x'), 'abc'.replace('b','\u1234'), 'a\u1234c'.replace('\u1234','b'), 'a\U0001f600'.replace('\U0001f600','\u1234')
'  a  b c '.split(), '  a  b c '.split(None,1), '  a  b c '.rsplit(None,1), 'a,b,,c'.split(','), 'a,b,,c'.split(',',1), 'a,b,,c'.rsplit(',',1), 'a--b--c'.split('--'), 'a--b--c'.rsplit('--',1), ''.split(), ''.split(','), 'abc'.split('\u1234'), '\u3000a\u3000b'.split(), 'ab'.split('ab')
'a\nb\r\nc\x0bd\x1ce\x85f\u2028g'.splitlines(), 'a\n\nb'.splitlines(True), ''.splitlines(), '\n'.splitlines()
'abc'.partition('b'), 'abc'.rpartition('b'), 'abc'.partition('x'), 'abc'.rpartition('x'), 'aXbXc'.rpartition('X')
'abcabc'.find('c'), 'abcabc'.rfind('c'), 'abcabc'.find('c',3), 'abc'.find(''), 'abc'.find('',3), 'abc'.find('',4), 'abc'.rfind(''), 'abc'.count(''), 'aaaa'.count('aa'), 'abc'.find('abcd'), 'a\u1234b\u1234'.find('\u1234'), 'a\u1234b\u1234'.rfind('\u1234'), 'a\u1234b'.find('b'), 'abc'.find('\u1234'), 'abc'.index('b',-2), 'abc'.count('b',-1)
'abc'.startswith('ab'), 'abc'.startswith('bc',1), 'abc'.endswith('bc'), 'abc'.endswith('ab',0,2), 'abc'.startswith(('x','a')), ''.startswith(''), 'abc'.startswith('',4), 'abc'.startswith('',3)
'xxabcxx'.strip('x'), 'xyabyx'.strip('xy'), '\u1234a\u1234'.strip('\u1234'), '\xa0 a \u3000'.strip(), 'xxa'.lstrip('x'), 'axx'.rstrip('x'), 'aaa'.strip('a')
'abc'.center(6), 'abc'.center(7), 'ab'.center(5), 'ab'.center(5,'*'), 'abc'.ljust(5,'\u1234'), 'abc'.rjust(5), '-42'.zfill(5), '+42'.zfill(5), '42'.zfill(5), ''.zfill(3), 'abc'.zfill(2), '-'.zfill(3)
'straße'.upper(), 'İ'.lower(), 'ΑΣ'.lower(), 'ΑΣ Σ'.lower(), 'ǆ'.title(), 'ﬁ'.upper(), 'hello wOrld'.title(), "they're".title(), 'hELLO'.capitalize(), 'ǆabc'.capitalize(), 'hELLO ß'.swapcase(), 'ß'.casefold(), 'ﬀ'.casefold(), 'ŉ'.upper(), 'ΐ'.title(), 'ა'.upper(), 'Ა'.lower(), 'ა'.title()
'²'.isdigit(), '²'.isdecimal(), '½'.isnumeric(), '٣'.isdecimal(), 'Ⅷ'.isupper(), 'ª'.islower(), 'ǅ'.istitle(), 'ab1'.isalnum(), ''.isalpha(), ''.isascii(), ''.isprintable(), 'a b'.isprintable(), 'a\n'.isprintable(), 'abc'.isidentifier(), '1a'.isidentifier(), 'é_1'.isidentifier(), ''.isidentifier(), 'A'.isupper(), 'A1'.isupper(), '1'.isupper(), 'Hello World'.istitle(), 'HW'.istitle()
'abcdef'[::2], 'abcdef'[::-1], 'abcdef'[1:3], 'abcdef'[-3:], 'abcdef'[5:1], 'abcdef'[5:1:-2], '\u1234bc'[1:], '\u1234bc'[0], '\u1234b\U0001f600'[::-1], 'abc'[-1], 'abc'[True]
'abc' < 'abd', 'abc' < 'ab', 'é' > 'z', '\u1234' > '\xff', '\U00010000' > '\uffff', 'a' == 'a', 'a' != 'b', 'a' == b'a', 'a' == 1
'a' < 1
repr("it's"), repr('a"b'), repr('a\'b"'), repr('\x00\x7f\x80\xad\u200b\ud800\U0001f600\U000e0001'), repr('\\\t\n\r'), ascii('é\u1234\U0001f600')
','.join(['a','b']), ','.join('abc'), ','.join([]), '\u1234'.join(['a','b']), 'x'.join(['a']), ''.join(['\u1234','b','\U0001f600']), '-'.join(str(i) for i in range(3)), ','.join({'k':1})
','.join(iter([1]))
'ab'*3, 3*'ab', 'ab'*0, 'ab'*-1, '\u1234'*3, 'a'*1, 'x'*True
[c for c in 'aé\u1234\U0001f600']
list(iter('abc')), iter('abc').__length_hint__(), len('\U0001f600a')
'abc'.encode('utf-16'), 'abc'.encode('utf-16-le'), 'a\U0001f600'.encode('utf-16-be'), 'a'.encode('utf-32'), 'a\U0001f600'.encode('utf-32-be'), 'é\u20ac\U0001f600'.encode(), 'é'.encode('latin1'), 'a'.encode('UTF8'), 'a'.encode('us-ascii'), 'a'.encode('utf-8-sig')
'é\u1234'.encode('ascii','ignore'), 'é\u1234'.encode('ascii','replace'), 'é\u1234\U0001f600'.encode('ascii','backslashreplace'), 'é\u1234'.encode('ascii','xmlcharrefreplace'), 'é\u1234'.encode('ascii','namereplace'), '\udcff'.encode('ascii','surrogateescape'), '\udcff'.encode('utf-8','surrogateescape'), '\ud800'.encode('utf-8','surrogatepass'), '\ud800'.encode('utf-16-le','surrogatepass'), 'a\ud800b'.encode('utf-8','replace'), '\ud800'.encode('utf-8','backslashreplace')
'\ud800\udcff'.encode('utf-8','surrogateescape')
'é'.encode('ascii','surrogateescape')
'\ud800'.encode('ascii','surrogatepass')
'\ud800\ud801'.encode('utf-8')
'\ud800\ud801'.encode('utf-16')
b'a\xffb'.decode('utf-8','replace'), b'a\xffb'.decode('utf-8','ignore'), b'a\xffb'.decode('utf-8','backslashreplace'), b'a\xffb'.decode('utf-8','surrogateescape'), b'\xed\xa0\x80'.decode('utf-8','surrogatepass'), b'\xe0\x80'.decode('utf-8','replace'), b'\xf0\x9f\x98'.decode('utf-8','replace'), b'\xe2\x82a'.decode('utf-8','replace'), b'\xc0\x80'.decode('utf-8','replace'), b'\xf5\x80\x80\x80'.decode('utf-8','replace'), b'\xed\xa0\x80'.decode('utf-8','replace')
b'\xe2\x82'.decode()
b'\xe2\x82a'.decode()
b'\xed\xa0\x80'.decode()
b'a\x80'.decode()
b'\xf0\x9f\x98'.decode()
b'\xe0\x80'.decode()
b'\xff\xfea\x00'.decode('utf-16'), b'\xfe\xff\x00a'.decode('utf-16'), b'a\x00'.decode('utf-16'), b'a\x00'.decode('utf-16-le'), b'\x00a'.decode('utf-16-be'), b'\x3d\xd8\x00\xde'.decode('utf-16-le'), b'\xff\xfe\x00\x00a\x00\x00\x00'.decode('utf-32')
b'a'.decode('utf-16')
b'a\x00b'.decode('utf-16-le')
b'\x00\xd8'.decode('utf-16-le')
b'\x00\xdca\x00'.decode('utf-16-le')
b'\x00\xd8a\x00'.decode('utf-16-le')
b'\x00\xd8a\x00'.decode('utf-16')
b'a\x00\x00'.decode('utf-32-le')
b'\x00\xd8\x00\x00'.decode('utf-32-le')
b'\xff\xff\xff\xff'.decode('utf-32-le')
b'\xff'.decode('ascii','replace'), b'\xff'.decode('ascii','surrogateescape'), b'\xff'.decode('latin-1')
b'\xff'.decode('ascii','xmlcharrefreplace')
b'a\\n\\x41\\u1234\\N{BULLET}\\101\\q'.decode('unicode_escape'), 'a\n\t\\é\u1234\U0001f600'.encode('unicode_escape'), 'a\né\u1234'.encode('raw_unicode_escape'), b'a\\u1234\\n\\\\u1234'.decode('raw_unicode_escape')
b'\\x4'.decode('unicode_escape')
b'\\u123'.decode('unicode_escape')
b'\\N{foo}'.decode('unicode_escape')
b'\\U00110000'.decode('unicode_escape')
b'\\'.decode('unicode_escape')
hash('abc') == hash('abc'), hash('') , hash('a')==hash(b'a')
format('abc','>6'), format('abc','*^7'), format('abc','.2'), format('\u1234','é<3')
'x'.__eq__(1), 'x'.__lt__('y'), 'x'.__contains__('x'), 'x'.__len__(), 'x'.__mul__(2), 'x'.__rmul__(2), 'x'.__add__('y'), 'x'.__getitem__(0), '%s'.__mod__(1), 'x'.__hash__() == hash('x'), 'a'.__rmod__('%s')
'a'.casefold.__doc__ is None, str.__name__, type('a').__mro__
'x'*10**12
('x'*10**9).center(10**13)
'{:1000000000000}'.format(1)
'%1000000000000d' % 1
'a'.zfill(10**13)
'a'.expandtabs(10**10)
""".strip().splitlines():
    show(source)
