# Powers whose operands are ints of a subclass: 0, 1 and -1 need no memory, whatever the exponent.


class Number(int):
    pass


def attempt(*operands):
    try:
        return pow(*operands)
    except (ArithmeticError, ValueError) as error:
        return error


for exponent in 0, 1, 2, Number(0), Number(1), Number(2), Number(-1), 2**70, True:
    for base in 0, 1, -1, Number(0), Number(1), Number(-1), Number(2), True, False:
        if exponent == 2**70 and base == 2:
            continue
        results = [attempt(base, exponent)]
        results += (attempt(base, exponent, modulus) for modulus in (7, Number(7), Number(1), Number(-1), Number(0)))
        print(repr(base), repr(exponent), *results)
