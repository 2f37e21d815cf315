l = [1, 2, 3]


class Str:
    def __str__(self):
        l.clear()
        return "s"

    def __repr__(self):
        l.append("r") if len(l) < 10 else None
        return "r"


l = [Str(), Str(), 3]
print(repr(l))
print("%s %s" % (Str(), Str()), l)
l = [1, 2, 3]
print(list(map(lambda x: l.pop() if l else None, l)), l)
l = [1, 2, 3]
print(list(filter(lambda x: l.append(x) if len(l) < 6 else True, l)))


class Index:
    def __index__(self):
        l.clear()
        return 1


l = [1, 2, 3]
try:
    l[Index()]
except IndexError as e:
    print(e)
l = [1, 2, 3]
print(l[Index():], l)
l = [1, 2, 3]
try:
    l[Index()] = 5
except IndexError as e:
    print(e, l)
l = [1, 2, 3]
l[:Index()] = [9, 8]
print(l)
l = [1, 2, 3]
try:
    print(l.pop(Index()))
except IndexError as e:
    print(e)
l = [1, 2, 3]
l.insert(Index(), "x")
print(l)


class Iter:
    def __iter__(self):
        return self

    def __next__(self):
        l.clear()
        raise StopIteration


l = [1, 2]
l.extend(Iter())
print(l)
l = [1, 2]
l[0:1] = Iter()
print(l)
d = {"a": 1}


class Val:
    def __eq__(self, o):
        d.clear()
        return True


d = {"a": Val(), "b": 2}
print(d == {"a": 1, "b": 2}, d)
d = {"a": 1}


class D(dict):
    def __missing__(self, k):
        self.clear()
        return k


m = D(a=1)
print(m["zz"], m)


class Len:
    def __len__(self):
        l.append(1)
        return len(l)


l = []
print(len(Len()), bool(Len()), l)
print(", ".join(str(x) for x in l), sum(l, 0))


class Join:
    def __iter__(self):
        for x in list(l):
            l.clear()
            yield "j"


l = [1, 2]
print("-".join(Join()), l)
