"""An object whose `__del__` gives it another class dies as one of that class."""


class Other:
    pass


class Node:
    def __del__(self):
        self.__class__ = Other


nodes = [Node() for _ in range(100)]
del nodes
node = Node()
node.attribute = [1]
del node
print("done")
