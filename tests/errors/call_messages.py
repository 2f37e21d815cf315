# The words of TypeErrors and their kin: calls with wrong arguments, operators, formatting, unpacking, namespaces.
import collections
import sys


class Mapping:
    def __getitem__(self, key):
        raise KeyError(key)

    def keys(self):
        return ["k"]


class Plain:
    def method(self, a, /, b, *, c):
        pass


def function(a, b=1, *, c, d=2):
    pass


def keywords(**options):
    pass


SOURCES = """
format(1, None)
format(object(), 1)
'a'.__format__(None)
eval('1', 1)
eval('1', Mapping())
eval('1', {}, 1)
exec('1', Mapping())
exec('1', {}, 1)
exec(1)
compile(1, 'f', 'exec')
compile('1', 'f', 'other')
compile('1', 'f', 1)
__import__('sys', 1, None, [], 1)
__import__('sys', {}, None, [], 1)
__import__('sys', {'__name__': 'a'}, None, [], 1)
__import__('')
__import__(1)
__import__('sys', level=-1)
b'a' % 'b'
b'%s' % 1
'%d' % 'a'
'%s %s' % 1
'%s' % (1, 2)
'%(a)s' % 1
'%c' % 'ab'
'%y' % 1
'{} {}'.format(1)
'{a}'.format(1)
'{:zz}'.format(1)
'{0.x}'.format(1)
'{'.format()
'a'.expandtabs(1, foo=2)
'a'.splitlines(1, 2)
'a'.encode(1)
'ab'.__mul__('a')
[].__mul__(None)
[1] * 'a'
x = {}; x *= [1]
x = {1}; x *= 'a'
x = 1; x *= None
x = Plain(); x *= [1]
1 + 'a'
'a' + 1
[] + ()
{} | []
-'a'
~1.5
1 < 'a'
1 in 2
Plain() @ 1
pow(1, 2, 'a')
NameError(name=1, foo=1)
NameError(name=1, obj=2, foo=3)
ModuleNotFoundError(foo=1)
UnboundLocalError(foo=1)
ValueError(foo=1)
AttributeError(nam=1)
function()
function(1)
function(1, 2, 3, c=1)
function(1, c=1, e=2)
function(1, a=2, c=3)
function(1, d=1)
function(1, cc=1, c=1)
function(*1)
function(**1)
function(**{1: 2})
keywords(**{'a': 1}, **{'a': 2})
Plain().method()
Plain().method(1)
Plain().method(1, 2)
Plain().method(a=1, b=2, c=3)
Plain().method(1, 2, 3, c=1)
Plain(1)
Plain(a=1)
Plain.method()
Plain().missing
Plain.missing
Plain().method.x = 1
(1).real = 2
(1).x = 2
del (1).real
del Plain().x
len(1)
len()
len(1, 2)
iter(1)
next(1)
reversed({1})
hash([])
{[]: 1}
{{}}
a, b = 1
a, b = 1,
a, b = 1, 2, 3
a, *b, c = 1,
[*1]
{**1}
for x in 1: pass
with 1: pass
raise 1
raise ValueError from 1
try: 1/0\nexcept 1: pass
1()
'a'()
(1, 2)(3)
None.x
None[0]
(1)[0]
'a'['b']
[1]['a']
[1][5]
(1,)[None]
{}['a']
'abc'[10]
del 'abc'[0]
'abc'[0] = 'x'
(1,)[0] = 2
range(1, 2, 0)
range('a')
slice()
int('x')
int('x', 2)
int(1, 2)
int([])
float('x')
float([])
complex('x')
str(1, 2)
bytes('a')
bytes(-1)
bytes([256])
chr(-1)
ord('ab')
ord(1)
round('a')
sum(['a'])
sum('a', '')
max()
max([])
max(1)
min(1, key=2, foo=3)
sorted(1)
sorted([1, 'a'])
sorted([1], 2)
[3].sort(lambda: 0)
[].pop()
[].remove(1)
[].index(1)
{}.popitem()
set().pop()
isinstance(1, 1)
issubclass(1, int)
super()
super(1)
super(int, 1)
type(1, 2)
type('A', (1,), {})
type('A', (), 1)
class A(1): pass
class A(int, str): pass
class A(bool): pass
class A(int, int): pass
class A(metaclass=1): pass
open(1.5)
print(1, sep=1)
print(1, foo=1)
getattr(1, 2)
getattr(1, 'a')
setattr(1, 2, 3)
vars(1)
dir(1, 2)
zip(1)
map(1)
enumerate()
int.from_bytes(1, 'big')
(1).to_bytes(1, 'x')
(256).to_bytes(1, 'big')
10 ** 5000 and str(10 ** 5000)
int('1' * 5000)
1 << -1
1 / 0
1 // 0
1 % 0
1.0 % 0
divmod(1, 0)
0 ** -1
collections.namedtuple('a', 'b b')
collections.deque(1)
assert 0, 'told'
import missing_module
from sys import missing
from . import x
import sys.missing
sys.exit.x
print(1, seb=1)
sorted([1], reverze=1)
'a'.split(seb=1)
int('1', bace=2)
[].sort(kei=1)
open('x', mod='r')
round(1, ndigit=2)
min([1], defalt=1)
zip([1], strct=1)
str(b'a', encodin='u')
bytes('a', encodig='u')
compile('1', 'f', 'eval', flgs=1)
exec('1', local={})
memoryview(objec=1)
(1).to_bytes(1, 'big', sined=True)
property(fgt=1)
""".strip().split("\n")

for source in SOURCES:
    try:
        exec(source.replace("\\n", "\n"), dict(globals()))
    except BaseException as error:
        text = str(error)
        print(f"{source}: {type(error).__name__}: {text}")
    else:
        print(f"{source}: nothing raised")
