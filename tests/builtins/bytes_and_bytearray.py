# bytes and bytearray: results and errors.


def show(source):
    try:
        answer = ascii(eval(source))
    except BaseException as error:
        answer = type(error).__name__ + " " + ascii(str(error))
    print(ascii(source), "->", answer)


for source in r"""
b'%s'%b'a'
b'%s'%'a'
b'%s'%1
b'%b'%b'x'
b'%a'%'é'
b'%r'%'é'
b'%d'%5
b'%d'%'a'
b'%x'%255
b'%x'%1.5
b'%c'%65
b'%c'%b'a'
b'%c'%300
b'%c'%b'ab'
b'%c'%'a'
b'%c'%1.5
b'%f'%1.5
b'%f'%'a'
b'%z'%1
b'%(a)s'%{b'a':b'x'}
b'%(a)s'%{'a':b'x'}
b'%(a)s'%1
b'%(a'%{}
b'%'%1
b'%s %s'%(b'a',)
b'a'%1
b'%*d'%('a',1)
b'%5s|%-5s|%.1s'%(b'a',b'b',b'cd')
b'%s'%bytearray(b'q')
bytearray(b'%s')%b'a'
b'%10.3f|%+d|%#x|%05d'%(3.14159,5,255,7)
b'%s'%memoryview(b'a')
b'%%'%()
b'%\xff'%1
b'%5%|'%1
b'a'.find('a')
b'a'.find(300)
b'a'.find(-1)
b'a'.find(97)
b'a'.find(10**30)
b'a'.find(1.5)
b'a'.find()
b'a'.index(b'b')
b'a'.index(98)
b'a'.rindex(b'b')
b'a'.count('a')
b'a'.startswith('a')
b'a'.startswith(('a',))
b'a'.startswith((b'a',))
b'a'.endswith(1)
b'a'.startswith(bytearray(b'a'))
b'a'.split('a')
b'a'.split(b'')
b'a'.split(1)
b'a'.partition('a')
b'a'.partition(b'')
b'a'.replace('a',b'')
b'a'.replace(b'a','')
b'a'.replace(b'a',b'b',1)
b'a'.replace(b'a',b'b',count=1)
b'a'.strip('a')
b'a'.strip(1)
b'a'.center(5,'x')
b'a'.center(5,b'xy')
b'a'.center(5,bytearray(b'x'))
b'a'.center('x')
b'a'.join(['a'])
b'a'.join(1)
b','.join([b'a',bytearray(b'b'),memoryview(b'c')])
b'a'.join('ab')
b'a'.decode('xx')
b'a'.decode(1)
b'a'.translate('a')
b'a'.translate(b'a')
b'a'.translate(None,b'a')
b'a'.translate(None,delete='a')
b'ab'.translate(bytes(range(256)),b'b')
bytes.maketrans(b'a',b'bc')
bytes.maketrans('a',b'b')
b'a'.zfill('x')
b'a'.expandtabs('x')
b'a'.removeprefix('a')
b'a'.hex('--')
b'ab'.hex('-')
b'abcde'.hex('-',2)
b'abcde'.hex('-',-2)
b'abcde'.hex(b':',0)
b'abcde'.hex('é')
b'abcde'.hex(1)
b'abcde'.hex('-',bytes_per_sep=3)
bytes.fromhex('zz')
bytes.fromhex('a')
bytes.fromhex('ab c')
bytes.fromhex(' ab  cd ')
bytes.fromhex(b'ab')
bytes.fromhex('é')
bytes.fromhex('abc')
bytearray.fromhex('ab')
bytes(5)
bytes(-1)
bytes(10**30)
bytes('a')
bytes('a','utf-8')
bytes('a','utf-8','strict')
bytes(b'a','utf-8')
bytes(1,'utf-8')
bytes([1,256])
bytes([1,'a'])
bytes([-1])
bytes(1.5)
bytes(None)
bytes(errors='x')
bytes('a',errors='strict')
bytes(encoding='x')
bytes(source=5)
bytes(1,2,3,4)
bytes(x=1)
bytes({1:2})
bytes(range(5))
bytearray(5)
bytearray(-1)
bytearray('a')
bytearray('a','utf-8')
bytearray(1,'utf-8')
bytearray([256])
bytearray(['a'])
bytearray(1.5)
bytearray(10**30)
bytearray(10**15)
bytes(10**15)
b'a'+'a'
b'a'+1
bytearray(b'a')+'a'
b'a'+bytearray(b'b')
bytearray(b'b')+b'a'
b'a'*'a'
b'ab'*3
3*b'ab'
b'a'*10**12
b'ab'*(2**62)
bytearray(b'ab')*2
b'a'[5]
b'a'['a']
b'a'[1.5]
bytearray(b'a')['a']
bytearray(b'a')[5]
'a' in b'a'
300 in b'a'
b'a' in b'abc'
97 in b'a'
1.5 in b'a'
'a' in bytearray(b'a')
b'a'==bytearray(b'a')
bytearray(b'a')==b'a'
b'a'<'a'
bytearray(b'a')<'a'
b'a'<bytearray(b'b')
bytearray(b'a').append('a')
bytearray(b'a').append(256)
bytearray(b'a').extend('a')
bytearray(b'a').extend([256])
bytearray(b'a').extend(1)
bytearray(b'a').insert('x',1)
bytearray(b'a').insert(0,'x')
bytearray(b'a').pop(5)
bytearray().pop()
bytearray(b'a').remove(98)
bytearray(b'a').remove('a')
repr(bytearray(b'a\'b'))
repr(bytearray(b'a\'b"'))
b'a\'b', b'a\'b"', b'\x00\xff\n\t\r\\'
bytes.fromhex('ab\n cd')
b'abc'.__getnewargs__()
hash(bytearray(b'a'))
bytes.__new__(int)
b'a'.count(b'a',1.5)
b'ab'.splitlines(1)
b'a\x0bb\x1cc\rd\r\ne\n'.splitlines()
b' a\x0bb\x1c '.split()
bytearray(b'a').__iadd__('a')
bytearray(b'a').__setitem__(0,256)
bytearray(b'a').__setitem__(0,'a')
bytearray(b'a').__setitem__('a',1)
bytearray(b'a').__setitem__(5,1)
bytearray(b'abc').__setitem__(slice(0,3,2),b'abc')
bytearray(b'abc').__setitem__(slice(0,2),5)
bytearray(b'abc').__setitem__(slice(0,2),'ab')
bytearray(b'abc').__setitem__(slice(0,2),[1,2,300])
bytearray(b'abc').__delitem__(5)
bytearray(b'abc').__delitem__('x')
bytearray(b'abc').__reduce__()
bytearray(b'abc').__reduce_ex__(4)
b'abc'.isalpha(1)
bytes(memoryview(b'abc'))
b'a'.startswith(b'a','x')
bytearray(b'abc').copy(), bytearray(b'abc').clear(), bytearray(b'abc').reverse()
b''.join([]), b'x'.join([b'a']), bytearray(b'x').join([b'a'])
b'abcdef'[::2], b'abcdef'[::-1], b'abcdef'[1:3], b'abc'[0], list(b'abc'), list(bytearray(b'abc')), b'abc'[-1:]
b'Hello World'.upper(), b'Hello'.lower(), b'hello world'.title(), b'hELLO'.capitalize(), b'aB'.swapcase(), b'aB'.isupper(), b'AB1'.isupper(), b'Ab'.istitle(), b' \t'.isspace(), b'1a'.isalnum(), b''.isascii()
b'a,b'.split(b','), b'a,b,c'.rsplit(b',',1), b' a b '.split(), b'a b c'.split(None,1), b'abc'.partition(b'b'), b'abc'.rpartition(b'x'), bytearray(b'abc').partition(b'b')
b'abc'.find(b'c'), b'abcabc'.rfind(b'a'), b'abc'.replace(b'b',b'xx'), b'aa'.replace(b'',b'-'), b' a '.strip(), b'xax'.strip(b'x'), b'a'.center(4), b'a'.ljust(3,b'*'), b'-1'.zfill(4), b'a\tb'.expandtabs(4), b'abc'.removeprefix(b'a'), b'abc'.removesuffix(b'c')
b'\xe9'.decode('latin-1'), b'abc'.decode(), bytearray(b'abc').decode('ascii')
iter(b'ab').__reduce__(), iter(b'ab').__length_hint__()
bytes.maketrans(b'ab',b'cd')[95:101], b'abab'.translate(bytes.maketrans(b'ab',b'cd'))
type(b'abc'.__bytes__()), bytes(b'') is b'', bytes([97]) is b'a'
""".strip().splitlines():
    show(source)
