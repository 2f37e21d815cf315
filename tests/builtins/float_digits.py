# Floats as text, with every number of digits.
def add(*a): print(ascii(a))
for v in [0.1, 1/3, 1e100, 123456789.123456789, 5e-324, 1.7976931348623157e308, 1e16, 9999999999999998.0, 0.0001, 0.00001, 100.0, 1e21, 1e22, 1e23, -0.0, 2.5, 123e45]:
    add(repr(v), ['%.*g' % (p, v) for p in range(0, 20)], ['%.*e' % (p, v) for p in range(0, 20)], [format(v, '.%d' % p) for p in range(0, 20)], ['%.*f' % (p, v) for p in range(0, 25)] if v < 1e30 else 0, format(v, ','), format(v, '_.3f'), format(v, '030,.4f'), format(v, '#.3g'), format(v, '%'))
