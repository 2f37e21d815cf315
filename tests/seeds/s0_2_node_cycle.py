class Node:
    def __init__(self, value):
        self.value = value
        self.next = None


# Create circular references
a = Node(1)
b = Node(2)
a.next = b
b.next = a  # Circular reference

# Even if 'a' and 'b' are deleted, they won't be garbage-collected by reference counting alone.
import gc
import weakref

gc.collect()
wa, wb = weakref.ref(a), weakref.ref(b)
del a, b
print(wa() is not None, wb() is not None, wa().next is wb())
print(gc.collect())
print(wa(), wb())
