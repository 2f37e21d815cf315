# Subclasses of str, bytes and bytearray, and objects with special methods, where text is made.
def add(*a): print(ascii(a))
def err(f):
    try: add(f())
    except BaseException as e: add(type(e).__name__, str(e))
class S(str):
    def __repr__(self): return 'S!'
    def __str__(self): return 'strS'
    def __format__(self, spec): return 'fmt:' + spec
s = S('abc')
s.x = 5
add(s, type(s.upper()) is str, type(s[:]) is str, type(s.strip()) is str, s == 'abc', hash(s) == hash('abc'), s.x, str(s), '%s' % s, '%r' % (s,), '{}'.format(s), f'{s}', f'{s!r:>5}', type(s + '') is str, type('' + s) is str, type(s * 1) is str, type(s.replace('x', 'y')) is str, type(s.join(['a'])) is str, {s: 1}['abc'], {'abc': 2}[s], s in ['abc'], type(''.join([s])) is str, s.__str__())
class B(bytes): pass
b = B(b'abc')
add(b, type(b), type(b[:]) is bytes, type(b.strip()) is bytes, b == b'abc', B.fromhex('6162'), type(B.fromhex('6162')).__name__, hash(b) == hash(b'abc'), type(bytes(b)) is bytes)
class A(bytearray): pass
a = A(b'abc')
add(a, type(a[:]).__name__, type(a.copy()).__name__, type(a.upper()).__name__)
a += b'd'; add(a, type(a).__name__)
class Idx:
    def __index__(self): return 2
add('abcdef'[Idx()], 'abcdef'[:Idx()], 'ab' * Idx(), 'abcabc'.find('a', Idx()), 'a'.center(Idx()), bytes(Idx()), b'abc'[Idx()], bytes([Idx()]), '%d' % Idx() if False else '', '%c' % Idx())
class Fl:
    def __float__(self): return 2.5
add('%f' % Fl(), '%.1f' % Fl())
class In:
    def __int__(self): return 7
add('%d' % In())
err(lambda: '%x' % In())
class By:
    def __bytes__(self): return b'by'
add(bytes(By()), b'%b' % By())
class M(dict):
    def __missing__(self, k): return k + '?'
add('%(a)s' % M(), '{a}'.format_map(M()), 'abc'.translate(M()) if False else '')
class T:
    def __getitem__(self, k):
        if k == ord('a'): raise LookupError
        return None if k == ord('b') else 'Z'
add('abc'.translate(T()))
class F:
    def __format__(self, spec): return 'F' + spec
add('{:abc}'.format(F()), format(F(), 'q'))
class BadF:
    def __format__(self, spec): return 1
err(lambda: format(BadF(), ''))
err(lambda: '{}'.format(BadF()))
class R:
    def __repr__(self): return 'é'
add('%r' % R(), '%a' % R(), ascii(R()), '{!a}'.format(R()))
ba = bytearray(b'hello')
ba[1:3] = b'XYZ'; add(ba)
ba[::2] = b'1234' if len(ba) > 6 else b'123'; add(ba)
del ba[1:3]; add(ba); del ba[::2]; add(ba); del ba[-1]; add(ba)
ba = bytearray(range(10)); del ba[::-3]; add(ba); ba[2:2] = [1, 2]; add(ba); ba[5:2] = b'zz'; add(ba)
ba.insert(0, 1); ba.insert(-1, 2); ba.insert(100, 3); add(ba); add(ba.pop(), ba.pop(0), ba.pop(-2)); ba.remove(4); add(ba); ba.reverse(); add(ba); ba.extend(range(3)); ba.extend(b'x'); ba.extend(ba); add(ba); ba *= 2; add(len(ba)); ba.clear(); add(ba)
m = memoryview(ba := bytearray(b'abcdef'))
err(lambda: ba.append(1)); err(lambda: ba.clear()); err(lambda: ba.__iadd__(b'x')); err(lambda: ba.__delitem__(0)); err(lambda: ba.pop()); err(lambda: ba.extend(b''))
m[0] = 65; m[1:3] = b'XY'; add(ba); m2 = m[::2]; m2[0] = 48; add(ba, m2.tolist()); m.release(); err(lambda: ba.append(1)); m2.release(); ba.append(33); add(ba)
with memoryview(b'abc') as mm: add(mm[1])
err(lambda: mm[0])
del m, m2
x = memoryview(ba); del x; ba.append(1); add(ba)
add('x' 'y', 'abc' in 'xabcx', '' in '', 'é' in 'aé', 'a' 'b' 'c')
add(max('abc'), sorted('hello'), ''.join(reversed('abc')), list(enumerate('ab')), list(zip('ab', b'cd')))
add('a'.__class__, str().join(['x']), str(5), str(1.5), str(None), str([1, 'a']), str(b'x', 'ascii'))
e = None
try: 'aé'.encode('ascii')
except UnicodeEncodeError as e: add(e.encoding, e.object, e.start, e.end, e.reason, e.args)
try: b'a\xff'.decode('ascii')
except UnicodeDecodeError as e: add(e.encoding, e.object, e.start, e.end, e.reason, e.args)
