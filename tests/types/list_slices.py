def fresh():
    return list(range(8))


l = fresh(); l[2:4] = ["a", "b", "c"]; print(l)
l = fresh(); l[2:2] = [99]; print(l)
l = fresh(); l[:0] = "xy"; print(l)
l = fresh(); l[len(l):] = [8]; print(l)
l = fresh(); l[::2] = "abcd"; print(l)
l = fresh(); l[::-1] = range(8); print(l)
l = fresh(); l[5:2] = ["in"]; print(l)
l = fresh(); l[1:100] = []; print(l)
l = fresh(); l[-3:-1] = (x for x in "gen"); print(l)
l = fresh(); l[:] = l; print(l)
l = fresh(); l[2:4] = l; print(l)
l = fresh(); del l[1:3]; print(l)
l = fresh(); del l[::2]; print(l)
l = fresh(); del l[::-3]; print(l)
l = fresh(); del l[-1]; print(l)
l = fresh(); del l[5:1]; print(l)
l = fresh(); del l[:]; print(l)
l = fresh(); l[0] = l[-1] = "e"; print(l)
print(fresh()[1:7:2], fresh()[7:1:-2], fresh()[-1:-5:-1], fresh()[:-100:-1], fresh()[100:], fresh()[-3:], fresh()[::100], fresh()[slice(None, 3)])
for code in ("l[::2] = [1]", "l[20] = 1", "l[-9] = 1", "del l[20]", "l['a'] = 1", "l[1:2] = 5", "l[::0]", "l[::2] = 5", "l[::0] = []", "del l['x']", "l[1.0]", "l[1:'a']", "del l[::0]"):
    l = fresh()
    try:
        exec(code)
        print(code, l)
    except (IndexError, ValueError, TypeError) as e:
        print(code, "->", type(e).__name__, e)
