# stress: skip
# Every prefix of a program is answered.
source = '''
import sys
def f(a, *b, c=1, **d) -> int:
    """doc"""
    if a and not b or c in d:
        return [x for x in range(10) if x % 2]
    elif f"{a!r:>{c}}" == 'x':
        with open("f") as g, h as i:
            yield from {k: v for k, v in d.items()}
    else:
        try:
            lambda p, /, q, *, r: (p, q)[0:1:2]
        except (A, B) as e:
            raise C from e
        finally:
            del a, b[0]
class K(B, metaclass=M):
    x: int = 5
    @property
    def y(self): return self.x if True else ~1 << 2 ** -3
async def z():
    await q
    async for i in j: pass
match v:
    case {"k": [1, *_], **rest} | P(x=0): pass
'''
ok = bad = 0
for i in range(len(source)):
    try:
        compile(source[:i], "<prefix>", "exec")
        ok += 1
    except SyntaxError:
        bad += 1
    try:
        compile(source[i:], "<suffix>", "exec")
    except SyntaxError:
        pass
    try:
        compile(source[:i] + source[i + 1:], "<hole>", "exec")
    except SyntaxError:
        pass
print(ok + bad == len(source), ok > 20, bad > 100)
