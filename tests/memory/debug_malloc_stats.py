"""sys._debugmallocstats: the lines about arenas, pools and blocks, and that their numbers agree."""
import os
import re
import sys


def report():
    sys.stderr.flush()
    ours, theirs = os.pipe()
    saved = os.dup(2)
    os.dup2(theirs, 2)
    try:
        sys._debugmallocstats()
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(theirs)
    text = b""
    while piece := os.read(ours, 65536):
        text += piece
    os.close(ours)
    return text.decode()


def figures(text):
    found = {}
    for line in text.splitlines():
        label, sign, number = line.rpartition("=")
        if sign and number.strip().replace(",", "").isdigit():
            found.setdefault(re.sub(r"\d+", "N", label).strip(), int(number.replace(",", "")))
    return found


text = report()
head, _, rest = text.partition("\n\n")
print(re.sub(r"\d+", "N", head))
table, _, rest = rest.partition("\n\n")
title, rule, *rows = table.split("\n")
print(title)
print(rule)
print(all(re.fullmatch(r"[ \d]{5} [ \d]{6} [ \d]{11} [ \d]{15} [ \d]{13}", row) for row in rows), len(rows) > 10)
for line in rest.split("\n")[:13]:
    print(re.sub(r" +", " ", re.sub(r"\d[\d,]*", "N", line)))
    assert not line or re.fullmatch(r".{35}=[ \d,]{21}", line), line

# What the arenas consist of.
f = figures(text)
parts = sum(
    value for name, value in f.items() if name.startswith("# bytes") and "map" not in name or name.startswith("N unused")
)
print(parts == f["Total"] == f["N arenas * N bytes/arena"])
print(f["# arenas allocated total"] - f["# arenas reclaimed"] == f["# arenas allocated current"] <= f["# arenas highwater mark"])
used = sum(int(row.split()[1]) * int(row.split()[3]) for row in rows)
free = sum(int(row.split()[1]) * int(row.split()[4]) for row in rows)
print(used == f["# bytes in allocated blocks"], free == f["# bytes in available blocks"])

# Arenas come with what is allocated.
numbers = [float(number) for number in range(400_000)]
grown = figures(report())
print(grown["# arenas allocated current"] >= f["# arenas allocated current"] + 5, grown["# bytes in allocated blocks"] > 6_000_000)
print(grown["# arenas highwater mark"] >= grown["# arenas allocated current"], grown["# arenas allocated total"] > f["# arenas allocated total"])
