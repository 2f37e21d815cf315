# memoryview: items, slices, casts, release.


def show(source):
    try:
        answer = ascii(eval(source))
    except BaseException as error:
        answer = type(error).__name__ + " " + ascii(str(error))
    print(ascii(source), "->", answer)


def views():
    global m, w, n
    m = memoryview(b"abcdef")
    w = memoryview(bytearray(b"abcdef"))
    n = memoryview(bytes(range(12))).cast("B", [3, 4])


for source in r"""
memoryview(1)
memoryview()
memoryview(b'a',1)
memoryview(object=b'a')[0]
m[0]
m[10]
m['a']
m[1.5]
m[1:3].tobytes()
m[::2].tobytes()
m[::-1].tolist()
m[::2].hex()
m.hex(':')
m.__setitem__(0,1)
w.__setitem__(0,1)
w.__setitem__(0,300)
w.__setitem__(0,'a')
w.__setitem__(slice(0,2),b'xy')
w.__setitem__(slice(0,2),b'xyz')
w.__setitem__(slice(0,2),1)
w.__delitem__(0)
m.__delitem__(0)
hash(w)
hash(m)==hash(b'abcdef')
m==b'abcdef'
m=='abcdef'
m<b'a'
m.cast('H')[0]
m.cast('Z')
m.cast('H').cast('I')
m.cast('I')
m[::2].cast('B')
m.cast('H').format
m.cast('B',[2,3]).tolist()
m.cast('B',[2,4])
m.cast('B',2)
m.cast('B',(2,3)).shape
n[0]
n[0,1]
n[0,1,2]
n[5,0]
n[0:1,0:1]
n.tolist()
n.tobytes()
n.strides
n.cast('B').shape
len(n)
list(n)
m.shape,m.strides,m.suboffsets,m.ndim,m.nbytes,m.itemsize,m.format,m.readonly,m.obj,m.contiguous,m.c_contiguous,m.f_contiguous
m.toreadonly().readonly
w.toreadonly().readonly
m.release()
(m.release(),m[0])
(m.release(),repr(m)[:20])
(m.release(),m==b'a')
(m.release(),len(m))
(m.release(),m.nbytes)
(m.release(),hash(m))
repr(m)[:12]
97 in m
b'a' in m
list(m)
list(reversed(m))
m.tobytes('C')
m.tobytes(order='X')
m.cast('c')[0]
m.cast('c').tolist()
m.cast('b').tolist()
m.cast('?').tolist()
memoryview(bytes(8)).cast('d')[0]
memoryview(bytearray(8)).cast('d').__setitem__(0,'x')
memoryview(bytearray(8)).cast('q').__setitem__(0,2**63)
memoryview(bytearray(8)).cast('q').__setitem__(0,1.5)
memoryview(bytearray(8)).cast('c').__setitem__(0,1)
memoryview(bytearray(8)).cast('c').__setitem__(0,b'ab')
m.__enter__() is m
bytes(m[::2])
bytearray(m)
b''.join([m])
b'x'+m
m+b'x'
b'abc'.find(m[1:2])
m.foo
memoryview(m).obj
m[1:3]==m[1:3]
m[()]
m[...]==m
m.cast('B',[])
memoryview(b'a').cast('B',[])[()]
memoryview(b'a').cast('B',[]).tolist()
memoryview(b'a').cast('B',[])[0]
len(memoryview(b'a').cast('B',[]))
m.cast('B',[0])
m.cast('B',[-1])
m.cast('B',['x'])
m.cast(1)
m.tolist(1)
memoryview('a')
m.index(97)
m.count(97)
""".strip().splitlines():
    views(), show(source)
