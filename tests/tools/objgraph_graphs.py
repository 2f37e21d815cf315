# expect: own
"""objgraph's chains and graphs, as DOT and as SVG."""
import io
import os
import objgraph


class Node:
    pass


a, b = Node(), Node()
a.other, b.other = b, a
row = [a]
chain = objgraph.find_ref_chain(row, lambda value: value is b)
print([type(value).__name__ for value in chain], chain[-1] is b)
chain = objgraph.find_backref_chain(b, objgraph.is_proper_module)
print([type(value).__name__ for value in chain], chain[-1] is b, objgraph.is_proper_module(chain[0]))
print(objgraph.find_ref_chain(row, lambda value: False) == [row])


def graph(show, *args, **options):
    out = io.StringIO()
    show(*args, output=out, **options)
    return out.getvalue()


text = graph(objgraph.show_refs, [row], max_depth=2, filter=lambda value: not isinstance(value, type))
lines = text.splitlines()
print(lines[0], lines[1], lines[-1], sep="\n")
print(sum("->" in line for line in lines), any('label="other"' in line for line in lines))
print(any('label="list\\n1 items"' in line for line in lines), any("fontcolor=red" in line for line in lines))
text = graph(objgraph.show_backrefs, [b], max_depth=1)
print(any(f'o{id(a)} -> o{id(b)} [label="other",weight=2];' in line for line in text.splitlines()))
print(any('[label="b",weight=2];' in line for line in text.splitlines()))
text = graph(objgraph.show_chain, objgraph.find_ref_chain(row, lambda value: value is b))
print(text.count("[fillcolor="), f"o{id(row)} -> o{id(a)}" in text)
many = [[number] for number in range(20)]
text = graph(objgraph.show_refs, [many], too_many=5, max_depth=1)
print("15 more references" in text, text.count("->"))
text = graph(objgraph.show_refs, [row], max_depth=1, extra_info=lambda value: "<&>", refcounts=True)
print("\\n1 items\\n<&>" in text, "Node [3]" in text)

name = "_graph.svg"
objgraph.show_refs([row], filename=name, max_depth=2, extra_info=lambda value: "<&>")
with open(name) as file:
    svg = file.read()
os.remove(name)
print(svg.startswith("<svg xmlns="), svg.endswith("</svg>\n"), svg.count("<rect") >= 3, "&lt;&amp;&gt;" in svg, "other" in svg)
name = "_graph.dot"
objgraph.show_refs([[]], filename=name)
os.remove(name)
for options in ({"filename": "_graph.bmp"}, {"filename": "_graph.dot", "output": io.StringIO()}):
    try:
        objgraph.show_refs([row], **options)
    except ValueError as error:
        print(error)
