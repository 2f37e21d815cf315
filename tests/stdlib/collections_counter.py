from collections import Counter
c = Counter("abracadabra")
print(c, c["a"], c["zz"], c.most_common(2), c.most_common(), sorted(c.elements()), c.total(), len(c), sum(c.values()))
c.update("aaa")
c.subtract({"b": 5, "new": 1})
print(c["a"], c["b"], c["new"], +c, -c, Counter(a=1, b=2), Counter({"x": 0}), Counter([1, 1, 2]), Counter())
a, b = Counter(a=3, b=1), Counter(a=1, b=2)
print(a + b, a - b, a & b, a | b, a == Counter(b=1, a=3), a <= Counter(a=5, b=5), a != b, a < b, a >= Counter(a=1))
a += b
a -= Counter(b=9)
print(a, a.copy(), dict(a), "a" in a, list(a), a.pop("a"), a)
del a["never there"]
print(Counter(a=1).update(None), repr(Counter(x=2, y=2, z=1)), Counter("hello").most_common(1), Counter(["b", "a", "b"]).most_common(), Counter(a=-1).elements() and list(Counter(a=-1, b=1).elements()))
for f in (lambda: Counter.fromkeys("ab"), lambda: Counter(5), lambda: Counter(1, 2), lambda: hash(c)):
    try:
        print(f())
    except (TypeError, NotImplementedError) as e:
        print(type(e).__name__, e)
