import sys
# This creates a generator object that produces numbers on the fly.
# It only stores one number in memory at a time.
my_numbers_generator = (i for i in range(1_000_000_000))
print(type(my_numbers_generator).__name__, sys.getsizeof(my_numbers_generator) <= 208)
# You can loop through it just like a list, but with minimal memory usage.
total = 0
for num in my_numbers_generator:
    total += num
    if num == 1000:
        break
print(total, next(my_numbers_generator))
