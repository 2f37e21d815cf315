"""Reports from lines of text: taking apart, counting, putting together."""

import re
import string

NAMES = ["anna", "Bert", "clara", "Dora", "emil", "Fritz", "größe", "naïve"]


def rows(count):
    for number in range(count):
        name = NAMES[number % len(NAMES)]
        yield f"{number:05d};{name.title()};{number * 37 % 1001 / 8:.3f};  note {number % 7} "


def totals(lines):
    sums, longest = {}, ""
    for line in lines:
        number, name, amount, note = line.split(";")
        note = note.strip().removeprefix("note ")
        if not number.isdigit() or name.startswith("Z"):
            continue
        key = name.lower() + "-" + note
        sums[key] = sums.get(key, 0.0) + float(amount)
        if len(line) > len(longest):
            longest = line
    return sums, longest


def report(sums):
    out = []
    for key, value in sorted(sums.items(), key=lambda item: (-item[1], item[0])):
        name, _, note = key.rpartition("-")
        out.append("%-12s %s %10.2f" % (name, note, value))
        out.append("{0:>12} {1!r} {2}".format(name, note, int(value)))
    return "\n".join(out)


def scramble(text):
    table = str.maketrans(string.ascii_lowercase, string.ascii_lowercase[::-1])
    turned = "".join(c.upper() if c.islower() else c for c in text[:4000])
    grown = ""
    for c in text[:6000]:
        grown += chr((ord(c) + 1) % 0x250)
    return text.translate(table).replace("note", "remark").count("remark"), turned.find("NOTE"), len(grown.split())


def words(text):
    found = {}
    for word in re.findall(r"[A-Za-z]+", text):
        found.setdefault(word.casefold(), []).append(len(word))
    return {word: sum(sizes) for word, sizes in found.items() if "a" in word}


for _ in range(40):
    lines = list(rows(4000))
    text = report(totals(lines)[0])
    joined = "\n".join(lines)
    print(len(text), scramble(joined), len(words(joined)), joined.rfind("note 3"), joined.encode().decode() == joined)
    print(len([line for line in joined.splitlines() if line.endswith("3 ") or "Emil" in line]), repr(text[:9]), str(len(text) / 7))
