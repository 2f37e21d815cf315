import time
a = time.time()
b = time.perf_counter()
c = time.monotonic()
p = time.process_time()
time.sleep(0.01)
print(time.time() > a, time.perf_counter() - b >= 0.009, time.monotonic() > c, time.process_time() >= p, isinstance(a, float), isinstance(time.time_ns(), int), isinstance(time.perf_counter_ns(), int), a > 1.6e9)
for f in (lambda: time.sleep(-1), lambda: time.sleep("a"), lambda: time.sleep()):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(time.sleep(0))
