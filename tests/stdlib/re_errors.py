"""What is no pattern, and why."""
import re
import warnings

patterns = r'''
( ) (?P<a>x)(?P<a>y) (?P<1>x) (?P<> (?P< (?P<a (?P=a (?P=) (?P=a) (?P(a) (?Pz (?P
(?:a (?z) (?i (?i- (?i-: (?i-) (?iz) (?i-z) (?i-i:a) (?L)a (?au)a (?a-u:x) a(?i)b (?-) (?-i (?i-s
[ [a [a- [b-a] [\w-a] [a-\w] [z-\x41] * a** a*** +a a{2}{3} ^* $+ a{3,2} a?{2} (?:a+)+* | (*) x|*
\ a\ \8 \1 (\1) (a)\2 \x \x1 \u12 \U0000 \U00110000 \N \N{ \N{} \N{NO_SUCH} \q [\q] [\8] \400 [\400] \09 \777
(?<a) (?<=a*) (?<!a+b) (?<=a|bc) (?<=(a)\1) (?<=(?P<a>a)(?P=a)) (?( (?() (?(0)a) (?(1)a) (?(x)a) (?(1 (?(-1)a) (a)(?(1)b|c|d) (a)(?(1)b
(?#a (?=a (?> (?>a (?z (? (?) (?@) (a)b) (?(99999999999999)a)
'''.split()
for pattern in patterns + ['a\n(', '\n\n  *', '(?P<a\nb>', '(?P<\xe9 >x)', '']:
    for source in (pattern, pattern.encode('latin-1')):
        try:
            re.compile(source)
        except re.error as error:
            print(repr(source), '|', error, '|', error.msg, error.pos, error.lineno, error.colno, error.pattern == source)
        except Exception as error:
            print(repr(source), '|', type(error).__name__, error)
        else:
            print(repr(source), 'compiles')

for source, flags in [('a', re.L), ('a', re.A | re.U), (b'a', re.U), (b'a', re.L | re.A), (5, 0), (None, 0),
                      (re.compile('a'), re.I), ('a{5000000000}', 0), ('a{1,4294967295}', 0), ([], 0)]:
    try:
        print(re.compile(source, flags))
    except Exception as error:
        print(type(error).__name__, error)

for template in ['\\', '\\g', '\\g<', '\\g<>', '\\g<1', '\\g<2>', '\\g<x>', '\\g<-1>', '\\2', '\\q', '\\400', '\\99',
                 '\\g<a b>', '\\g<999999999999>']:
    try:
        re.sub('(a)', template, 'a')
    except Exception as error:
        print(repr(template), type(error).__name__, error)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    for pattern in ['[[a]', '[+--b]', '[a&&b]', '[a||b]', '[a~~b]', '[--a]', '[^[a]']:
        re.compile(pattern)
    re.sub('a', 'b', 'aa', 1)
    re.split('a', 'aa', 1)
    re.subn('a', 'b', 'aa', 1, re.I)
for warning in caught:
    print(warning.category.__name__, warning.message, warning.filename == __file__)

for call in [lambda: re.sub('a', 'b', 'a', 1, count=2), lambda: re.sub('a', 'b', 'a', 1, 0, 3),
             lambda: re.split('a', 'a', 1, 0, flags=2), lambda: re.sub('a', 'b', 'a', 1, 0, flags=1)]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            call()
    except TypeError as error:
        print(error)
print(issubclass(re.PatternError, Exception), re.error is re.PatternError, re.PatternError)
try:
    re.compile('(' * 5000 + ')' * 5000)
except RecursionError as error:
    print('RecursionError')
