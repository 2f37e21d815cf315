# expect: own
"""A module of the program's own with the name of one of these tools comes first."""
import sys

sys.path.insert(0, "_shadows")
import objgraph
import heap

print(objgraph.mine, heap.mine)
import memory_profiler

print(memory_profiler.__version__)

import _heap
import pympler.asizeof

print(_heap.size([]) == pympler.asizeof.asizeof([]))
