# A finalizer that is called by an instruction in the middle of a function sees that function, whatever numbers the
# instruction holds.
import sys


class Noisy:
    def __del__(self):
        seen.append(sys._getframe(1).f_code.co_name)


seen = []
numbers = list(range(300))
text = "x" * 300
for index in range(300):
    names = {}
    exec(f"def item(l, t):\n v = Noisy()\n v = l[{index}]\n return v\n", globals(), names)
    exec(f"def letter(l, t):\n v = Noisy()\n v = t[{index}]\n return v\n", globals(), names)
    exec(f"def constant(l, t):\n v = Noisy()\n v = 'text {index}'\n return v\n", globals(), names)
    exec(f"def ends(l, t):\n v = Noisy()\n return l[{index}]\n", globals(), names)
    for name in ("item", "letter", "constant", "ends"):
        for _ in range(3):
            names[name](numbers, text)
print({name: seen.count(name) for name in sorted(set(seen))})
