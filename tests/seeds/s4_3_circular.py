class Node:
    def __init__(self, value):
        self.value = value
        self.next = None


# Create a circular reference
node1 = Node(1)
node2 = Node(2)
node1.next = node2
node2.next = node1
# Even after removing external references, the nodes still reference each other
del node1
del node2
# Memory is not freed automatically due to circular reference
