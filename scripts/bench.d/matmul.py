"""Lists of lists of floats: a product of matrices in three loops."""


def matrix(n, seed):
    return [[((i * 31 + j * 17 + seed) % 19) / 7.0 for j in range(n)] for i in range(n)]


def product(a, b):
    n, m, p = len(a), len(b), len(b[0])
    result = [[0.0] * p for _ in range(n)]
    for i in range(n):
        row, out = a[i], result[i]
        for j in range(p):
            total = 0.0
            for k in range(m):
                total += row[k] * b[k][j]
            out[j] = total
    return result


a = matrix(280, 1)
c = product(a, matrix(280, 2))
print(f"{sum(map(sum, c)):.6f} {c[3][5]:.6f}")
