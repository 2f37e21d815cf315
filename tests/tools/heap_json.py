# expect: own
# stress: skip
"""Answers of heap as plain data and as JSON: the keys that its documentation names."""
import gc
import heap
import json
import tracemalloc


class Node:
    pass


def keys(data):
    """The names in the data: dicts by their names, lists by what stands in them."""
    if isinstance(data, dict):
        return {name: keys(value) for name, value in data.items()}
    if isinstance(data, list):
        found = []
        for item in data:
            if (shape := keys(item)) not in found:
                found.append(shape)
        return sorted(found, key=str)
    return type(data).__name__


def show(answer):
    text = answer.json()
    assert text.isascii() and json.loads(text) == answer.data and json.dumps(answer.data) == text, text
    print(type(answer).__name__, keys(answer.data))


value = ["é\n\"\\\x00\x7f\U0001f600"]
table = {"key": value, value[0]: [value]}


def function(parameter):
    found = heap.refs(parameter)
    show(found)
    print([holder["kind"] for holder in found.data["holders"]])
    print([holder.get("place") for holder in found.data["holders"]])
    print([holder["holder"] for holder in found.data["holders"]] == list(found))


function(value)
show(heap.refs(value[0]))
show(heap.refs(None))
print(heap.refs(None).data["count"])
way = heap.why(table["key"][0])
show(way)
print(way.data["reason"], way.data["root"], [step["place"] for step in way.data["path"]])
print(way.data["path"][-1]["address"] == id(value[0]) == way.data["address"])
for other in (heap.why(None), heap.why([])):
    print(other.data["reason"], other.data["root"], other.data["path"])
show(heap.layout(value))
show(heap.layout(None))
show(heap.sizeof(table))
show(heap.pools())
before = heap.snapshot()
show(before)
show(heap.diff(before, before))
gc.collect()
gc.disable()
node = Node()
node.self = node
del node
show(heap.leaks())
gc.collect()
show(heap.explain())
fates = [fate for fate in heap.explain().data["objects"] if not fate["stays"]]
print([(fate["count"], fate["left"], fate["stays"], fate["cleared"], fate["finalized"]) for fate in fates])
tracemalloc.start()
before = heap.snapshot()
node = Node()
node.self = node
after = heap.snapshot()
show(after)
show(heap.diff(before, after))
del node
show(heap.leaks())
print([leak["birth"]["line"] for leak in heap.leaks().data], heap.leaks()[0][3] == f"{__file__}:{heap.leaks().data[0]['birth']['line']}")
for wrong in (1, None, [before]):
    try:
        heap.diff(wrong)
    except TypeError as error:
        print(error)
