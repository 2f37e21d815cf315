# str.format: fields, nesting, numbering, errors.


def show(source):
    try:
        answer = ascii(eval(source))
    except BaseException as error:
        answer = type(error).__name__ + " " + ascii(str(error))
    print(ascii(source), "->", answer)


class O:
    a = 1


for source in r"""
'{'.format()
'}'.format()
'{}}'.format(1)
'{{}}'.format(1)
'{0}{}'.format(1,2)
'{}{0}'.format(1,2)
'{}'.format()
'{1}'.format(1)
'{a}'.format()
'{a}'.format_map({})
'{}'.format_map({'':1})
'{0}'.format_map([5])
'{0.a}'.format(O)
'{0.b}'.format(O)
'{0[a]}'.format({'a':1})
'{0[0]}'.format([7])
'{0[-1]}'.format([7])
'{0[-1]}'.format({'-1':3})
'{0[}'.format([7])
'{0.}'.format([7])
'{0[]}'.format([7])
'{0[0]x}'.format([7])
'{0]}'.format([7])
'{!r}'.format('a')
'{!s:>5}'.format('a')
'{!a}'.format('é')
'{!x}'.format('a')
'{!}'.format('a')
'{!rr}'.format('a')
'{!r'.format('a')
'{:{}}'.format('a',5)
'{:{}{}}'.format('a','>',5)
'{0:{1}}'.format('a',5)
'{:{:{}}}'.format('a',5,6)
'{:{0}}'.format('a',5)
'{:'.format(1)
'{0'.format(1)
'{0!'.format(1)
'{ 0}'.format(1)
'{0 }'.format(1)
'{a b}'.format(**{'a b':1})
'{a.b.c}'.format(a=1)
'{99999999999999999999}'.format(1)
'{:{{}}}'.format(1)
'{[a]}'.format({'a':1})
'{.a}'.format(O)
'{-1}'.format(1)
'{:d}'.format('a')
'{0[a][b]}'.format({'a':{'b':1}})
'{0.a[0]}'.format(O)
'a{b'.format()
'{!s }'.format(1)
'{a!r:^{w}}|'.format(a='x',w=9)
'{٣}'.format(1,2,3,4)
'{a[b]:{c}}'.format(a={'b':3},c='03d')
'{:>{w}}'.format('ü', w=5)
""".strip().splitlines():
    show(source)
