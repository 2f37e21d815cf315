# stress: skip
# Recursion that passes through native code: repr, ==, hash, sort, str.format, and nested containers.
def nest(n):
    l = []
    for _ in range(n):
        l = [l]
    return l


deep = nest(100000)
for name, f in (("repr", lambda: repr(deep)), ("str", lambda: str(deep)), ("eq", lambda: deep == nest(100000)), ("lt", lambda: nest(100000) < nest(100000))):
    try:
        f()
        print(name, "fine")
    except RecursionError as e:
        print(name, "RecursionError")


class C:
    def __repr__(self):
        return repr([self.inner])


a = C()
a.inner = a
try:
    repr(a)
except RecursionError:
    print("repr of C")


class E:
    def __eq__(self, o):
        return [self] == [o] and E() == o


try:
    E() == E()
except RecursionError:
    print("eq of E")


class G:
    def __getattr__(self, n):
        return getattr(self, n + "x")


try:
    G().a
except RecursionError:
    print("getattr of G")


class S:
    def __lt__(self, o):
        return sorted([S(), S()]) and True


try:
    sorted([S(), S()])
except RecursionError:
    print("lt of S")


class I:
    def __iter__(self):
        return iter(list(I()))


try:
    list(I())
except RecursionError:
    print("iter of I")


class H:
    def __hash__(self):
        return hash((H(),))


try:
    hash(H())
except RecursionError:
    print("hash of H")


class K:
    def __call__(self):
        return list(map(lambda x: K()(), [1]))


try:
    K()()
except RecursionError:
    print("call of K")


def cmp(x):
    return max([1], key=cmp)


try:
    cmp(1)
except RecursionError:
    print("key")


def ev(n):
    return eval("ev(n + 1)")


try:
    ev(0)
except RecursionError:
    print("eval")
print("alive")
