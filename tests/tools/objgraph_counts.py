# expect: own
"""objgraph's counts of types and their growth."""
import objgraph


class Node:
    pass


objgraph.growth(limit=None)
nodes = [Node() for _ in range(10)]
print(objgraph.count("Node"), objgraph.count("__main__.Node"), objgraph.count("Nothing"))
print({*objgraph.by_type("Node")} == {*nodes}, {*objgraph.by_type("__main__.Node")} == {*nodes})
objgraph.show_growth(limit=1)
objgraph.show_growth()
more = Node()
print(objgraph.growth())
peak = {}
objgraph.show_growth(limit=0, peak_stats=peak, filter=lambda value: isinstance(value, Node))
print(peak)
objects = [1, 2.5, "text", [], [], ()]
print(objgraph.typestats(objects), objgraph.typestats(objects, shortnames=False))
print(objgraph.most_common_types(limit=2, objects=objects))
objgraph.show_most_common_types(objects=objects)
objgraph.show_most_common_types(objects=nodes, shortnames=False)
print(objgraph.at(id(nodes)) is nodes, objgraph.at(1))
print(len(objgraph.at_addrs({id(nodes), id(more)})))
print(objgraph.get_leaking_objects(objects=[nodes, nodes[0], more]) == [nodes, more])
fresh = objgraph.get_new_ids(limit=0, file=__import__("io").StringIO())
kept = Node()
print(id(kept) in objgraph.get_new_ids(file=__import__("io").StringIO())["Node"])
names = {row[0] for row in objgraph.most_common_types(limit=None, shortnames=False)}
print([name for name in names if "objgraph" in name])
