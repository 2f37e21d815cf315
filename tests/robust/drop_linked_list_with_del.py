# stress: skip
count = 0


class Node:
    def __init__(self, next):
        self.next = next

    def __del__(self):
        global count
        count += 1


head = None
for _ in range(100000):
    head = Node(head)
head = None
print(count)
