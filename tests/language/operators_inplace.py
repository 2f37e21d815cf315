class I:
    def __init__(self, log):
        self.log = log

    def __iadd__(self, o):
        print("iadd", o)
        self.log.append(o)
        return self

    def __add__(self, o):
        print("add", o)
        return I(self.log + [o])


i = I([])
keep = i
i += 1
print(i is keep, i.log)
i = i + 2
print(i is keep, i.log)


class Only:
    def __add__(self, o):
        return "sum " + str(o)


o = Only()
o += 5
print(o)
x = [1]
y = x
x += [2]
x += "ab"
x *= 2
print(y, x is y)
t = u = (1,)
t += (2,)
print(t, u)
n = 10
n += 1; n -= 2; n *= 3; n //= 2; n **= 2; n %= 50; n <<= 2; n >>= 1; n &= 0xFF; n |= 1; n ^= 3
print(n)
n /= 4
print(n)
s = {1, 2}
k = s
s |= {3}; s &= {2, 3, 4}; s -= {2}; s ^= {9}
print(sorted(s), k is s)
d = {"a": 1}
d |= {"b": 2}
print(d)


class Bad:
    def __iadd__(self, o):
        return NotImplemented


try:
    b = Bad()
    b += 1
except TypeError as e:
    print(e)
try:
    t[0] += 1
except TypeError as e:
    print(e)
tt = ([1],)
try:
    tt[0] += [2]
except TypeError as e:
    print(e, tt)


class Attr:
    pass


a = Attr()
a.v = 1
a.v += 1
d["c"] = 5
d["c"] *= 2
print(a.v, d)
m = 3
try:
    m @= 2
except TypeError as e:
    print(e)
