print("{} {}".format(1, 2), "{1} {0} {1}".format("a", "b"), "{x} {y}".format(x=1, y=2), "{0} {k}".format(1, k=2))
print("{:>5}|{:<5}|{:^5}|{:*^7}|{:05d}|{:+}".format(1, 2, 3, "x", 42, 7))
print("{0.real} {0.imag} {1[0]} {1[1]} {2[key]}".format(5, [1, 2], {"key": "v"}))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{{}} {{{}}}".format(1))
print("{:{}}|{:{w}.{p}}".format("x", 5, 3.14159, w=8, p=3))
print("{:,}|{:_}|{:.1%}|{:e}|{:b}|{:#b}|{:x}|{:#X}|{:c}|{:n}".format(1234567, 1234567, 0.256, 12345.678, 5, 5, 255, 255, 65, 12))
print("{a.b}".format(a=type("A", (), {"b": 9})), "{[a]}".format({"a": 1}), "{[-1]}".format({"-1": "str key"}))
print("{a} {b}".format_map({"a": 1, "b": 2}))


class D(dict):
    def __missing__(self, k):
        return "<" + k + ">"


print("{a} {zz}".format_map(D(a=1)))
print(format(3.5), format(3.5, ".3f"), format("s", ">3"), format(10, "x"), format(None), format([1]))
for fmt, args, kw in (("{}", (), {}), ("{} {}", (1,), {}), ("{a}", (), {}), ("{", (), {}), ("}", (), {}), ("{0} {}", (1, 2), {}),
                      ("{} {0}", (1, 2), {}), ("{!x}", (1,), {}), ("{:d}", ("a",), {}), ("{.x}", (1,), {}), ("{[0]}", (5,), {}),
                      ("{[k]}", ({},), {}), ("{[9]}", ([1],), {}), ("{:{:{}}}", (1, 2, 3), {}), ("{!}", (1,), {}), ("{0", (1,), {}),
                      ("{[}", (1,), {}), ("{!r", (1,), {}), ("{5}", (1,), {}), ("{a[}", (), {"a": 1}), ("{.}", (1,), {}), ("{!rr}", (1,), {})):
    try:
        print(fmt.format(*args, **kw))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError) as e:
        print(repr(fmt), type(e).__name__, e)
