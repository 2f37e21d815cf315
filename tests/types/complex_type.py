print(1j, 1 + 2j, complex(1, 2), complex("1+2j"), -1j, 0j, complex(1.5), (1 + 2j) * (3 - 1j), (1 + 2j) / (1 - 1j), (1 + 2j) ** 2, abs(3 + 4j), (1 + 2j).conjugate(), (1 + 2j).real, (1 + 2j).imag)
print(1 + 2j == complex(1, 2), 1 + 0j == 1, hash(1 + 0j) == hash(1), bool(0j), repr(1e20j), str(complex(0.0, -0.0)), complex(float("nan"), float("inf")), -(1 + 2j), 2 ** 1j if False else "-")
for f in (lambda: 1j < 2j, lambda: int(1j), lambda: float(1j), lambda: 1j // 1, lambda: 1j % 1, lambda: complex("x"), lambda: 1j / 0, lambda: complex("1", 2), lambda: round(1j)):
    try:
        print(f())
    except (TypeError, ValueError, ZeroDivisionError) as e:
        print(type(e).__name__, e)
print(f"{1 + 2j:.2f}", f"{3j:>10}|", format(1j))
