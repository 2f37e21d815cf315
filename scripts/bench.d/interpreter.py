"""A small virtual machine in Python: if chains, lists as stacks, tuples as code."""


def run(code, n):
    stack = []
    memory = {"n": n, "i": 0, "sum": 0}
    pc = steps = 0
    while True:
        op, arg = code[pc]
        pc += 1
        steps += 1
        if op == "push":
            stack.append(arg)
        elif op == "load":
            stack.append(memory[arg])
        elif op == "store":
            memory[arg] = stack.pop()
        elif op == "add":
            b = stack.pop()
            stack.append(stack.pop() + b)
        elif op == "mul":
            b = stack.pop()
            stack.append(stack.pop() * b)
        elif op == "less":
            b = stack.pop()
            stack.append(stack.pop() < b)
        elif op == "jump_if":
            if stack.pop():
                pc = arg
        elif op == "halt":
            return memory["sum"], steps


code = [("load", "sum"), ("load", "i"), ("load", "i"), ("mul", None), ("add", None), ("store", "sum"), ("load", "i"), ("push", 1),
        ("add", None), ("store", "i"), ("load", "i"), ("load", "n"), ("less", None), ("jump_if", 0), ("halt", None)]
print(run(code, 500000))
