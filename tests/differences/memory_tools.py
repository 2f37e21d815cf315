# expect: own
# The tools for memory are built in; what they measure is Ouro's heap, and what they draw needs no other program.
import objgraph
from memory_profiler import memory_usage

print(memory_usage(max_usage=True) < 8)
print(2 <= len(memory_usage((sorted, ([3, 1, 2],)))) <= 3)
for filename in ("graph.png", "graph.pdf"):
    try:
        objgraph.show_refs([[]], filename=filename)
    except ValueError as error:
        print(error)
try:
    import pympler.refbrowser
except ModuleNotFoundError as error:
    print(error)
from pympler import asizeof

for option in ("all", "code", "frames", "stats"):
    try:
        asizeof.asizeof([], **{option: True})
    except NotImplementedError as error:
        print(error)
