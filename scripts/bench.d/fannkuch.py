"""List indexing and swapping: flips of permutations."""


def fannkuch(n):
    perm = list(range(n))
    count = [0] * n
    most = checksum = sign = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        work = perm[:]
        flips = 0
        first = work[0]
        while first:
            low, high = 0, first
            while low < high:
                work[low], work[high] = work[high], work[low]
                low += 1
                high -= 1
            flips += 1
            first = work[0]
        if flips > most:
            most = flips
        checksum += -flips if sign else flips
        sign = 1 - sign
        while True:
            if r == n:
                return checksum, most
            first = perm[0]
            for i in range(r):
                perm[i] = perm[i + 1]
            perm[r] = first
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1


print(fannkuch(9))
