import math
print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.sqrt(2), math.isqrt(17), math.cbrt(27), math.exp(1), math.exp2(3), math.expm1(1e-10), math.log(10), math.log(8, 2), math.log2(1024), math.log10(1000), math.log1p(1e-10), math.pow(2, 0.5), math.hypot(3, 4), math.hypot(1, 2, 3))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(1), math.acos(0.5), math.atan(1), math.atan2(1, -1), math.sinh(1), math.cosh(1), math.tanh(1), math.asinh(1), math.acosh(2), math.atanh(0.5), math.degrees(math.pi), math.radians(180))
print(math.floor(2.7), math.floor(-2.7), math.ceil(2.1), math.ceil(-2.1), math.trunc(-2.7), math.fabs(-3), math.fmod(-7, 3), math.modf(2.5), math.modf(-0.5), math.frexp(8), math.ldexp(0.5, 4), math.remainder(7, 4), math.copysign(1, -0.0), math.floor(10 ** 20), math.fma(2, 3, 4))
print(math.gcd(12, 18), math.gcd(), math.gcd(0, 5), math.gcd(12, 18, 8), math.lcm(4, 6), math.lcm(), math.factorial(10), math.factorial(0), math.comb(5, 2), math.comb(5, 9), math.perm(5, 2), math.perm(5), math.prod([1, 2, 3]), math.prod([], start=5), math.fsum([0.1] * 10), math.sumprod([1, 2], [3, 4]), math.dist((0, 0), (3, 4)))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10, abs_tol=1e-9), math.nextafter(1, 2), math.ulp(1.0), math.erf(0.5), math.erfc(0.5), math.gamma(5), math.lgamma(10), math.nextafter(0, 1, steps=3))
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.exp(1000), lambda: math.asin(2), lambda: math.floor(math.inf), lambda: math.ceil(math.nan), lambda: math.gcd(1.5, 2), lambda: math.sqrt("a"), lambda: math.comb(-1, 2), lambda: math.isqrt(-1), lambda: math.fmod(1, 0), lambda: math.pow(0, -1), lambda: math.acosh(0.5), lambda: math.gamma(-1), lambda: math.log(2, 1), lambda: math.ldexp(1, 10000), lambda: math.sqrt(), lambda: math.dist((1,), (1, 2)), lambda: math.fsum(["a"]), lambda: math.tan(math.inf), lambda: math.trunc("a"), lambda: math.sumprod([1], [1, 2]), lambda: math.hypot("a"), lambda: math.prod(5), lambda: math.perm(2, -1)):
    try:
        print(f())
    except (TypeError, ValueError, OverflowError, ZeroDivisionError) as e:
        print(type(e).__name__, e)


class F:
    def __float__(self):
        return 4.0

    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __trunc__(self):
        return "trunc"


print(math.sqrt(F()), math.floor(F()), math.ceil(F()), math.trunc(F()), math.log(10 ** 400), math.sqrt(10 ** 40), math.isqrt(10 ** 40 + 5), math.floor(True), math.copysign(5, math.nan) in (5.0, -5.0))
