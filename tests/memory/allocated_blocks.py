import sys
n = sys.getallocatedblocks()
print(type(n) is int, n > 0)
keep = [object() for _ in range(1000)]
m = sys.getallocatedblocks()
print(m - n >= 1000)
del keep
print(sys.getallocatedblocks() - n < 100)
ints = [i for i in range(1000, 3000)]
k = sys.getallocatedblocks()
print(k - n >= 2000)
ints.clear()
print(sys.getallocatedblocks() < k - 1900)
