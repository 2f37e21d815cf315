# expect: own
# Operands of instructions have 16 bits: a code object has at most 65,536 constants and names. Two bits of those that name
# registers say more: it has 16,127 locals and temporaries. Data of that size belongs into a file.
few = "[" + ", ".join(str(n) for n in range(1000, 61000)) + "]"
print(len(eval(few)))
for text in (
    "\n".join(f"name{n} = None" for n in range(70000)),
    "x = 1\ny = [" + ", ".join(f"(x, {n}.5)" for n in range(70000)) + "]",
    "def f(" + ", ".join(f"p{n}" for n in range(70000)) + "): pass",
):
    try:
        exec(text, {})
    except SyntaxError as error:
        print(error.msg)
    else:
        print("runs")
