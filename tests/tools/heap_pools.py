# expect: own
"""heap.pools maps the pools."""
import heap

lines = heap.pools()
print(sum(line.endswith("%)") for line in lines), lines[1].split())
room = [line for line in lines if line[:7].strip().isdigit()]
for line in room:
    size, pools, used, free, *signs = line.split()
    assert int(pools) * 16384 // int(size) >= int(used) + int(free) - int(pools), line
    assert set("".join(signs)) <= set("#.0123456789"), line
kept = [float(number) for number in range(10000)]
more = heap.pools()


def used(lines, size):
    return sum(int(line.split()[2]) for line in lines if line.split()[0] == str(size))


print(used(more, 16) - used(lines, 16) >= 10000, more[-1].startswith("signs"))
