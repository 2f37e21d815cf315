class Stack:
    def __init__(self):
        self.items = []

    def pop(self):
        return self.items.pop()


def process(stack, depth):
    if depth:
        return process(stack, depth - 1)
    return stack.pop()


def main():
    process(Stack(), 3)


if __name__ == "__main__":
    main()
