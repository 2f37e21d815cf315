import _cycle_a

print(_cycle_a.done, _cycle_a.b.done, _cycle_a.b.saw)
