"""The functions of `re`, its flags and objects."""
import copy
import copyreg
import re

print(re.match('a', 'ba'), re.match('b', 'ba'), re.fullmatch('b', 'ba'), re.search('a', 'ba'))
print(re.findall('a(b)?', 'abaab'), re.findall('(a)(b)?', 'aab'), re.findall('x*', 'axb'))
print([found.span() for found in re.finditer('x*', 'axb')])
print(re.split('[,;]', 'a,b;c'), re.split('([,;])', 'a,b;c', maxsplit=1), re.split('x*', 'axb'))
print(repr(re.sub('(a)(?P<n>b)', r'\2\g<1>\g<n>\\\n\0\101[\g<0>]', 'xabx')))
print(re.sub(b'(a)', rb'<\1>', b'aa'), re.subn('a', 'b', 'aaa', count=2))
print(re.sub('a', lambda found: found.group().upper(), 'banana'), re.sub('(a)|b', r'[\1]', 'ab'))
print(re.sub('', '-', 'abc'), re.sub('a', '\\.', 'a'), re.sub('a', 'x', 'a', flags=re.I))
print(re.escape('a.b*c d\n-\xe9'), re.escape(b'a.b\xff'))

print(re.I, re.IGNORECASE | re.M, re.RegexFlag.NOFLAG, repr(re.NOFLAG), str(re.S), re.RegexFlag(0x1000 | 2), ~re.I)
print(list(re.RegexFlag), re.A.value, re.DEBUG.name, re.RegexFlag.X is re.VERBOSE, format(re.I))
print(re.compile('a', re.I | re.X), re.compile(b'a'), re.compile('(?ms)x'), re.compile('a', re.A))
pattern = re.compile('(?P<first>a)(b)?', re.I)
print(pattern.flags, pattern.groups, pattern.groupindex, pattern.pattern, type(pattern), re.Pattern, re.Match)
print(re.compile('(?i)a').flags, re.compile(b'(?i)a').flags, re.compile('(?a)a').flags)
print(re.compile(pattern) is pattern, re.compile('q', 0) is re.compile('q'))
re.purge()
print(pattern == re.compile('(?P<first>a)(b)?', re.I), pattern == re.compile('(?P<first>a)(b)?'))
print(hash(pattern) == hash(re.compile('(?P<first>a)(b)?', re.I)))
print(copyreg.dispatch_table[re.Pattern](pattern)[1], copy.copy(pattern) is pattern, copy.deepcopy(pattern) is pattern)
found = pattern.match('AB')
print(found, found.group('first', 2), found.groupdict(), found['first'], found.expand(r'\2-\g<first>'), found.re is pattern)
print(re.sub.__text_signature__, re.split.__text_signature__, sorted(re.__all__))

scanner = re.Scanner([
    (r'[a-zA-Z_]\w*', lambda scanner, text: ('name', text)),
    (r'\d+\.\d*', lambda scanner, text: float(text)),
    (r'\d+', lambda scanner, text: int(text)),
    (r'[=+]', 'operator'),
    (r'\s+', None),
])
print(scanner.scan('total = 3 + foo1 * 2.5'))
print(scanner.scan('x=1.5'))
error = re.PatternError('a message', 'ab\ncd', 4)
print(error, error.lineno, error.colno, error.args, repr(error))
error = re.error('only this')
print(error, error.pos, error.pattern, error.lineno, error.colno)
for number in range(600):
    re.compile(f'pattern{number}')
print(re.compile('pattern0').search('pattern0'))
try:
    re.compile('(a')
except re.error as error:
    print(type(error).__mro__)
