"""Random numbers of many distributions, from the Mersenne Twister."""

import _random
from math import (acos as _acos, ceil as _ceil, cos as _cos, e as _e, exp as _exp, fabs as _fabs,
                  floor as _floor, isfinite as _isfinite, lgamma as _lgamma, log as _log, log2 as _log2,
                  pi as _pi, sin as _sin, sqrt as _sqrt, tau as TWOPI)
from operator import index as _index

__all__ = [
    'Random', 'SystemRandom', 'betavariate', 'binomialvariate', 'choice', 'choices', 'expovariate',
    'gammavariate', 'gauss', 'getrandbits', 'getstate', 'lognormvariate', 'normalvariate',
    'paretovariate', 'randbytes', 'randint', 'random', 'randrange', 'sample', 'seed', 'setstate',
    'shuffle', 'triangular', 'uniform', 'vonmisesvariate', 'weibullvariate',
]

NV_MAGICCONST = 4 * _exp(-0.5) / _sqrt(2.0)
LOG4 = _log(4.0)
SG_MAGICCONST = 1.0 + _log(4.5)
BPF = 53
RECIP_BPF = 2 ** -BPF
_ONE = 1


class Random(_random.Random):
    """A generator of random numbers with a state of its own.

    A derived class that redefines `random()`, or `getrandbits()`, changes all distributions by that.
    """

    VERSION = 3

    def __init__(self, x=None):
        self.seed(x)
        self.gauss_next = None

    def seed(self, a=None, version=2):
        """Start anew: from a number, from text or bytes, or from what the system gives."""
        text = isinstance(a, (str, bytes, bytearray))
        if version == 1 and text and not isinstance(a, bytearray):
            a = _hashed_as_once(a)
        elif version == 2 and text:
            a = a.encode() if isinstance(a, str) else a
            a = int.from_bytes(a + _random._sha512(a))
        elif not (text or a is None or isinstance(a, (int, float))):
            raise TypeError('The only supported seed types are:\nNone, int, float, str, bytes, and bytearray.')
        super().seed(a)
        self.gauss_next = None

    def getstate(self):
        """What setstate() takes to go on from here."""
        return self.VERSION, super().getstate(), self.gauss_next

    def setstate(self, state):
        """Go on from a state that getstate() gave."""
        version = state[0]
        if version not in (2, 3):
            raise ValueError(f'state with version {version} passed to Random.setstate() of version {self.VERSION}')
        version, internal, self.gauss_next = state
        if version == 2:
            # Then the numbers were signed.
            try:
                internal = tuple(number % (1 << 32) for number in internal)
            except ValueError as error:
                raise TypeError from error
        super().setstate(internal)

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __reduce__(self):
        return self.__class__, (), self.getstate()

    def __init_subclass__(cls, /, **kwargs):
        """How random whole numbers are drawn: from bits, unless the class only redefines `random()`."""
        for namespace in map(vars, cls.__mro__):
            if '_randbelow' in namespace:
                return
            if 'getrandbits' in namespace:
                cls._randbelow = cls._randbelow_with_getrandbits
                return
            if 'random' in namespace:
                cls._randbelow = cls._randbelow_without_getrandbits
                return

    def _randbelow_with_getrandbits(self, n):
        draw = self.getrandbits
        bits = n.bit_length()
        result = draw(bits)
        while result >= n:
            result = draw(bits)
        return result

    def _randbelow_without_getrandbits(self, n, maxsize=1 << BPF):
        draw = self.random
        if n >= maxsize:
            from warnings import warn
            warn('Underlying random() generator does not supply \n'
                 'enough bits to choose from a population range this large.\n'
                 'To remove the range limitation, add a getrandbits() method.')
            return _floor(draw() * n)
        limit = (maxsize - maxsize % n) / maxsize
        result = draw()
        while result >= limit:
            result = draw()
        return _floor(result * maxsize) % n

    # Natively, as long as no class gives its own bits.
    _randbelow = _random.Random._randbelow

    def randbytes(self, n):
        """So many random bytes."""
        return self.getrandbits(n * 8).to_bytes(n, 'little')

    def randrange(self, start, stop=None, step=_ONE):
        """A random item of the range with these arguments."""
        low = _index(start)
        if stop is None:
            if step is not _ONE:
                raise TypeError('Missing a non-None stop argument')
            if low <= 0:
                raise ValueError('empty range for randrange()')
            return self._randbelow(low)
        high, by = _index(stop), _index(step)
        if by == 0:
            raise ValueError('zero step for randrange()')
        # By division, since the range may be longer than what len() can tell.
        count = high - low if by == 1 else -((low - high) // by)
        if count <= 0:
            shown = f'{start}, {stop}' if by == 1 else f'{start}, {stop}, {step}'
            raise ValueError(f'empty range in randrange({shown})')
        return low + by * self._randbelow(count)

    def randint(self, a, b):
        """A random whole number from a to b, both included."""
        return self.randrange(a, b + 1)

    def choice(self, seq):
        """A random item of a sequence."""
        if not len(seq):
            raise IndexError('Cannot choose from an empty sequence')
        return seq[self._randbelow(len(seq))]

    def shuffle(self, x):
        """Put a list into random order."""
        below = self._randbelow
        for i in range(len(x) - 1, 0, -1):
            j = below(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        """So many items of a sequence, each at most once, or at most as often as `counts` says of it."""
        if not (isinstance(population, (list, tuple, str, bytes, range)) or _is_sequence(population)):
            raise TypeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
        n = len(population)
        if counts is not None:
            from bisect import bisect
            from itertools import accumulate
            sums = list(accumulate(counts))
            if len(sums) != n:
                raise ValueError('The number of counts does not match the population')
            total = sums.pop()
            if not isinstance(total, int):
                raise TypeError('Counts must be integers')
            if total <= 0:
                raise ValueError('Total of counts must be greater than zero')
            return [population[bisect(sums, place)] for place in self.sample(range(total), k=k)]
        if not 0 <= k <= n:
            raise ValueError('Sample larger than population or is negative')
        below = self._randbelow
        result = [None] * k
        # A list of what is left costs the whole population; a set of what is taken costs only the sample.
        setsize = 21
        if k > 5:
            setsize += 4 ** _ceil(_log(k * 3, 4))
        if n <= setsize:
            pool = list(population)
            for i in range(k):
                j = below(n - i)
                result[i] = pool[j]
                pool[j] = pool[n - i - 1]
        else:
            taken = set()
            for i in range(k):
                j = below(n)
                while j in taken:
                    j = below(n)
                taken.add(j)
                result[i] = population[j]
        return result

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """So many random items of a sequence; each may come again. Weights say how likely each is."""
        draw = self.random
        n = len(population)
        if cum_weights is None:
            if weights is None:
                n += 0.0
                return [population[_floor(draw() * n)] for _ in range(k)]
            from itertools import accumulate
            if isinstance(weights, int):
                raise TypeError(f'The number of choices must be a keyword argument: k={weights}')
            cum_weights = list(accumulate(weights))
        elif weights is not None:
            raise TypeError('Cannot specify both weights and cumulative weights')
        if len(cum_weights) != n:
            raise ValueError('The number of weights does not match the population')
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError('Total of weights must be greater than zero')
        if not _isfinite(total):
            raise ValueError('Total of weights must be finite')
        from bisect import bisect
        return [population[bisect(cum_weights, draw() * total, 0, n - 1)] for _ in range(k)]

    def uniform(self, a, b):
        """A random number between a and b."""
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """A number between two limits, by a density that rises to `mode` and falls from there."""
        u = self.random()
        if mode is None:
            peak = 0.5
        elif high - low:
            peak = (mode - low) / (high - low)
        else:
            return low
        if u > peak:
            # The other side is the same triangle, seen from its other end.
            return high + (low - high) * _sqrt((1.0 - u) * (1.0 - peak))
        return low + (high - low) * _sqrt(u * peak)

    def normalvariate(self, mu=0.0, sigma=1.0):
        """The normal distribution with a mean and a standard deviation."""
        # Kinderman and Monahan: the ratio of uniform deviates.
        draw = self.random
        while True:
            u = draw()
            v = 1.0 - draw()
            z = NV_MAGICCONST * (u - 0.5) / v
            if z * z / 4.0 <= -_log(v):
                return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        """The normal distribution again, drawn in pairs."""
        # Box and Muller give two numbers at a time; the second waits for the next call.
        z = self.gauss_next
        self.gauss_next = None
        if z is None:
            draw = self.random
            angle = draw() * TWOPI
            radius = _sqrt(-2.0 * _log(1.0 - draw()))
            z = _cos(angle) * radius
            self.gauss_next = _sin(angle) * radius
        return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        """Numbers whose logarithms have the normal distribution."""
        return _exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd=1.0):
        """The exponential distribution with the mean 1 / lambd."""
        return -_log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        """Angles around a mean, the closer the greater kappa is."""
        draw = self.random
        if kappa <= 1e-6:
            return TWOPI * draw()
        # Best and Fisher, 1979.
        half = 0.5 / kappa
        r = half + _sqrt(1.0 + half * half)
        while True:
            z = _cos(_pi * draw())
            d = z / (r + z)
            u = draw()
            if u < 1.0 - d * d or u <= (1.0 - d) * _exp(d):
                break
        part = 1.0 / r
        angle = _acos((part + z) / (1.0 + part * z))
        return (mu + (angle if draw() > 0.5 else -angle)) % TWOPI

    def gammavariate(self, alpha, beta):
        """The gamma distribution with a shape and a scale."""
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError('gammavariate: alpha and beta must be > 0.0')
        if alpha == 1.0:
            return -_log(1.0 - self.random()) * beta
        scaled = _gamma_above_one if alpha > 1.0 else _gamma_below_one
        return scaled(self.random, alpha) * beta

    def betavariate(self, alpha, beta):
        """The beta distribution: numbers between 0 and 1."""
        first = self.gammavariate(alpha, 1.0)
        return first / (first + self.gammavariate(beta, 1.0)) if first else 0.0

    def paretovariate(self, alpha):
        """The Pareto distribution with a shape."""
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        """The Weibull distribution with a scale and a shape."""
        return alpha * (-_log(1.0 - self.random())) ** (1.0 / beta)

    def binomialvariate(self, n=1, p=0.5):
        """How many of n trials succeed, each with the probability p."""
        if n < 0:
            raise ValueError('n must be non-negative')
        if not 0.0 < p < 1.0:
            if p not in (0.0, 1.0):
                raise ValueError('p must be in the range 0.0 <= p <= 1.0')
            return n if p else 0
        if n == 1:
            return _index(self.random() < p)
        if p > 0.5:
            # Counts the failures.
            return n - self.binomialvariate(n, 1.0 - p)
        count = _binomial_by_gaps if n * p < 10.0 else _binomial_by_rejection
        return count(self.random, n, p)


def _gamma_above_one(draw, alpha):
    # Cheng, 1977.
    spread = _sqrt(2.0 * alpha - 1.0)
    while True:
        u = draw()
        if not 1e-7 < u < 0.9999999:
            continue
        w = 1.0 - draw()
        v = _log(u / (1.0 - u)) / spread
        x = alpha * _exp(v)
        z = u * u * w
        r = (alpha - LOG4) + (alpha + spread) * v - x
        if r + SG_MAGICCONST - 4.5 * z >= 0.0 or r >= _log(z):
            return x


def _gamma_below_one(draw, alpha):
    # Ahrens and Dieter, 1974.
    whole = (_e + alpha) / _e
    while True:
        p = whole * draw()
        if p <= 1.0:
            x = p ** (1.0 / alpha)
            accepted = _exp(-x)
        else:
            x = -_log((whole - p) / alpha)
            accepted = x ** (alpha - 1.0)
        if draw() <= accepted:
            return x


def _binomial_by_gaps(draw, n, p):
    # Devroye's geometric method: how many trials there are to each next success.
    scale = _log2(1.0 - p)
    if not scale:
        return 0
    successes = -1
    trials = 0
    while trials <= n:
        trials += _floor(_log2(draw()) / scale) + 1
        successes += 1
    return successes


def _binomial_by_rejection(draw, n, p):
    # Hoermann's transformed rejection with a squeeze (BTRS). What only the exact test needs is computed when first met.
    deviation = _sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * deviation
    a = -0.0873 + 0.0248 * b + 0.01 * p
    centre = n * p + 0.5
    squeeze = 0.92 - 4.2 / b
    mode = None
    while True:
        u = draw() - 0.5
        edge = 0.5 - _fabs(u)
        k = _floor((2.0 * a / edge + b) * u + centre)
        if not 0 <= k <= n:
            continue
        v = draw()
        if edge >= 0.07 and v <= squeeze:
            return k
        if mode is None:
            mode = _floor((n + 1) * p)
            alpha = (2.83 + 5.1 / b) * deviation
            odds = _log(p / (1.0 - p))
            highest = _lgamma(mode + 1) + _lgamma(n - mode + 1)
        v *= alpha / (a / (edge * edge) + b)
        if _log(v) <= highest - _lgamma(k + 1) - _lgamma(n - k + 1) + (k - mode) * odds:
            return k


def _hashed_as_once(text):
    """What Python 2 hashed a string to, so that old seeds give what they gave."""
    codes = list(text) if isinstance(text, bytes) else [ord(character) for character in text]
    value = codes[0] << 7 if codes else 0
    for code in codes:
        value = value * 1000003 & 0xFFFFFFFFFFFFFFFF ^ code
    return value ^ len(codes)


def _is_sequence(population):
    from _collections_abc import Sequence
    return isinstance(population, Sequence)


class SystemRandom(Random):
    """Random numbers from the operating system: nobody can foretell them, and they have no state."""

    def random(self):
        """A random number from 0.0 on and below 1.0."""
        return (int.from_bytes(_urandom(7)) >> 3) * RECIP_BPF

    def getrandbits(self, k):
        """A whole number of so many random bits."""
        if k < 0:
            raise ValueError('number of bits must be non-negative')
        spare = -k % 8
        return int.from_bytes(_urandom((k + spare) // 8)) >> spare

    def randbytes(self, n):
        """So many random bytes."""
        return _urandom(n)

    def seed(self, *args, **kwds):
        """Does nothing."""

    def _notimplemented(self, *args, **kwds):
        raise NotImplementedError('System entropy source does not have state.')

    getstate = setstate = _notimplemented


def _urandom(size):
    from os import urandom
    return urandom(size)


# The functions of the module are the methods of one generator.
_inst = Random()
globals().update((name, getattr(_inst, name)) for name in __all__ if name[0].islower())
