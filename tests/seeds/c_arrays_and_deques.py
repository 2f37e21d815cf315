from array import array
from collections import deque
import sys
a = array("d", [1.0, 2.5])
a.append(3)
print(a, a.itemsize, len(a), sys.getsizeof(a) >= 24)
q = deque(maxlen=3)
for i in range(5):
    q.append(i)
print(q, q.popleft(), q)
