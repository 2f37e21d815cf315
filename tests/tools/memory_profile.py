# expect: own
"""memory_profiler's table: a row for each line, with its occurrences and what it adds."""
import io
from memory_profiler import LineProfiler, memory_usage, profile, show_results

out = io.StringIO()


@profile(stream=out, precision=3)
def work(count):
    numbers = [1] * 1_000_000
    total = 0
    for number in range(count):
        if number % 2:
            continue
        total += number
    while total > 0:
        total -= 10
    squares = [
        number * 1000
        for number in range(5)
    ]
    del numbers
    try:
        raise ValueError
    except ValueError:
        pass

    def inner():
        return [0] * 500_000

    kept = inner()
    return len(squares)


def table(text):
    lines = text.splitlines()
    print(lines[0].rpartition("/")[2].partition(": ")[2] or lines[0].rpartition("/")[2])
    print(lines[2])
    print(lines[3] == "=" * len(lines[2]))
    for line in lines[4:]:
        if not line:
            break
        number, rest = line[:6].strip(), line[6:47]
        parts = rest.split()
        if parts:
            print(number, "large" if abs(float(parts[2])) > 1 else "-", parts[4], line[47:])
        else:
            print(number, line[47:])


print(work(6), work.__name__)
table(out.getvalue())
first = out.getvalue()
out.truncate(0)
out.seek(0)
work(6)
print(len(first.splitlines()) == len(out.getvalue().splitlines()))


@profile(stream=io.StringIO())
def answers(first, *rest, key=1, **more):
    return first, rest, key, more


print(answers(1, 2, key=3, other=4))


def fails():
    held = [1] * 100
    raise KeyError("as it was")


counted = LineProfiler()
try:
    counted(fails)()
except KeyError as error:
    print(error, error.__traceback__.tb_next.tb_next.tb_lineno)
out = io.StringIO()
show_results(counted, stream=out)
table(out.getvalue())


def factory():
    free = [1000]

    @LineProfiler()
    def uses():
        free.append(1)
        return sum(free)

    return uses


print(factory()())
usage = memory_usage((factory(), (), {}))
print(len(usage) >= 2, all(isinstance(value, float) for value in usage))


def big():
    return len([0] * 2_000_000)


highest, result = memory_usage((big, ()), max_usage=True, retval=True)
print(result, memory_usage(max_usage=True) < 1000)
print(len(memory_usage(-1, interval=0.001, timeout=0.003)), len(memory_usage(timestamps=True)[0]))
exec("def nowhere(): return 5")
print(profile(nowhere)())
