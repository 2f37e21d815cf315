# stress: skip
# A linear congruential generator makes the garbage: the same on every machine.
state = 12345


def rnd(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
    return (state >> 33) % n


pieces = ["(", ")", "[", "]", "{", "}", "x", "1", "'", '"', "\\", "\n", " ", "    ", "\t", "if", "else", "for", "in", "def", "class", ":", ",", ".", "=", "==", "+", "*", "**", "lambda", "f'", "f\"{", "}", "@", "yield", "not", "is", "#", ";", "0x", "1e", "...", "->", ":=", "import", "from", "try", "except", "é", "\0", "$", "?", "!", "`", "async", "await", "del", "global", "match", "case", "_", "1.", "'''", "return", "with", "as", "%", "&", "|", "^", "~", "<", ">"]
answers = 0
for i in range(3000):
    text = "".join(pieces[rnd(len(pieces))] + (" " if rnd(2) else "") for _ in range(1 + rnd(25)))
    try:
        compile(text, "<garbage>", "exec")
        answers += 1
    except (SyntaxError, ValueError, OverflowError, MemoryError) as e:
        answers += 1
print(answers)
for i in range(2000):
    data = bytes(rnd(256) for _ in range(1 + rnd(40)))
    try:
        compile(data, "<bytes>", "exec")
        answers += 1
    except (SyntaxError, ValueError, OverflowError, MemoryError) as e:
        answers += 1
print(answers)
