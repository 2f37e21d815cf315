"""A guided tour of how Python manages memory.

    cargo run --release -- scripts/tour.py

Every number on the way is measured while you watch: nothing is written down in advance. The tour runs
on any Python 3.13, so you can compare; only addresses and sizes may differ.
"""

import gc
import sys
import weakref
from array import array
from collections import deque

gc.disable()  # The collector waits until its own chapter, so that it does not walk into the others.


# ---- How the tour speaks -------------------------------------------------------------------------

WIDTH = 78
COLUMN = 46
chapters = 0
blank = True  # Whether the line above is empty.


def put(line):
    """Prints a line; of several empty ones only the first."""
    global blank
    line = line.rstrip()
    if line or not blank:
        print(line)
    blank = not line


def chapter(title):
    global chapters
    chapters += 1
    gc.collect()
    put("")
    put(f"--- {chapters}. {title} ".ljust(WIDTH, "-"))


def say(text):
    """Prints a paragraph, wrapped to the width of the page."""
    put("")
    line = " "
    for word in text.split():
        if len(line) + 1 + len(word) > WIDTH:
            put(line)
            line = " "
        line += " " + word
    put(line)


def show(code, result=""):
    """Prints a line of Python and what came of it."""
    put(f"    {code:<{COLUMN}}  {result}")


def happens(text):
    put(f"        -- {text}")


def refs(obj):
    """The references to an object, without the ones this question adds: the parameter, and getrefcount's own."""
    return sys.getrefcount(obj) - EXTRA


def _extra():
    probe = []

    def ask(obj):
        return sys.getrefcount(obj)

    return ask(probe) - 1


EXTRA = _extra()


class Told:
    """Something that says when it dies."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __del__(self):
        happens(f"{self.name} is freed")


# ---- The tour ------------------------------------------------------------------------------------

def welcome():
    put("A TOUR OF PYTHON'S MEMORY")
    say("""Everything you make in Python is an object on a heap: numbers, texts, lists, functions, even classes.
        You never free one yourself. How does Python know when it may? That is the story of this tour.""")


def objects_and_names():
    chapter("Objects are balloons, names are strings")
    say("""Think of an object as a balloon, and of a name as a string tied to it. The assignment  b = a  does not
        copy the balloon: it ties a second string to the same one.""")
    a = [1, 2, 3]
    b = a
    show("a = [1, 2, 3];  b = a")
    show("a is b", a is b)
    b.append(4)
    show("b.append(4);  a", a)
    c = a[:]
    show("c = a[:];  c is a", c is a)
    say("""An object has three things: an identity (where it lives), a type, and a value. Only the value of some
        objects can change: a list can, a number cannot. So  n += 1  makes another number and moves the string.""")
    n = 1000
    m = n
    before = id(n)
    n += 1
    show("n = 1000;  m = n;  n += 1", f"n = {n}, m = {m}")
    show("does n still live at the same place?", id(n) == before)


def counting():
    chapter("Counting the strings")
    say("""Each object carries a number: how many references lead to it. sys.getrefcount tells it, plus one, because
        its own argument is a reference while it looks. Here that one is taken off.""")
    x = [1, 2, 3]
    show("x = [1, 2, 3]", refs(x))
    y = x
    show("y = x", refs(x))
    box = [x, x]
    show("box = [x, x]", refs(x))
    table = {"key": x}
    show('table = {"key": x}', refs(x))
    pair = (x, 1)
    show("pair = (x, 1)", refs(x))
    put("")
    del y
    show("del y", refs(x))
    box.pop()
    show("box.pop()", refs(x))
    box[0] = None
    show("box[0] = None", refs(x))
    table.clear()
    show("table.clear()", refs(x))
    pair = None
    show("pair = None", refs(x))
    say("""Note that  del y  deletes the name y and not the list. The list only loses one string.""")


def calling():
    chapter("Calling a function")
    say("""A parameter is a name, too. While the function runs its object has one reference more; the
        function's frame goes at the return, and its names with it, in the order in which they were made.""")
    thing = ["thing"]

    def look(parameter):
        return refs(parameter)

    show("outside", refs(thing))
    show("inside  look(thing)", look(thing))
    show("outside again", refs(thing))
    show("a function that names two things, and returns")

    def work():
        first, second = Told("first"), Told("second")
        happens("about to return")

    work()
    happens("returned")
    say("""Frames live on a stack: last in, first out. Objects live on the heap, for as long as somebody refers to them.""")


def dying():
    chapter("Zero: freed at once")
    say("""When the last reference goes, the object is freed in that very moment. No collector is needed for it, and
        none runs in the background. An article may tell you that a zero "triggers the garbage collector": watch.""")
    runs = []
    gc.callbacks.append(lambda phase, info: runs.append(phase))
    one = Told("a balloon")
    show("one = Told('a balloon')")
    two = one
    show("two = one;  del one", "nothing happens yet")
    del one
    show("two = None")
    two = None
    show("how often did the collector run?", len(runs))
    gc.callbacks.clear()
    put("")
    nest = [Told("outer"), [Told("inner")]]
    show("nest = [outer, [inner]];  del nest", "a list lets go of its last item first")
    del nest


def shared():
    chapter("Objects that are shared")
    say("""Some small things are used so often that Python makes them once and for all: the whole numbers from -5 to
        256, None, True, False, the empty tuple, texts of one letter. They are immortal: their count is a mark.""")
    show("int('256') is int('256')", int("256") is int("256"))
    show("int('257') is int('257')", int("257") is int("257"))
    show("int('-5') is int('-5')", int("-5") is int("-5"))
    show("sys.getrefcount(10)", sys.getrefcount(10))
    show("sys.getrefcount(None)", sys.getrefcount(None))
    say("""So the count of  x = 10  is not 1, as many an introduction has it. And a constant that is written twice
        is shared within one piece of code that is compiled together: a script, or one line at the prompt.""")
    a, b = 1000, 1000
    show("a, b = 1000, 1000;  a is b", a is b)
    spaces = [{}, {}]
    for space in spaces:
        exec("x = 1000", space)
    show("the same, compiled in two pieces", spaces[0]["x"] is spaces[1]["x"])
    put("")
    word, other = "snake", "".join(["sna", "ke"])
    show("word, other = 'snake', ''.join(['sna', 'ke'])")
    show("word == other, word is other", f"{word == other}, {word is other}")
    show("word is sys.intern(other)", word is sys.intern(other))
    t = (1, 2)
    show("t = (1, 2);  tuple(t) is t", tuple(t) is t)
    show("frozenset() is frozenset()", frozenset() is frozenset())
    say("""Moral: compare values with ==. The operator  is  asks whether two strings hold the same balloon, and
        the answer for equal numbers or texts is an accident of how they came to be.""")


class Node:
    def __init__(self, name):
        self.name = name
        self.next = None

    def __repr__(self):
        return f"Node {self.name}"


def cycles():
    chapter("Cycles: where counting is not enough")
    say("""Let two objects hold each other, then let go of both. Nobody can reach them, but each still has a
        reference, from the other one. The snake bites its tail; counting alone would keep it for ever.""")
    gc.collect()
    a, b = Node("a"), Node("b")
    a.next, b.next = b, a
    watch = weakref.ref(a)
    show("a.next, b.next = b, a;  del a, b")
    del a, b
    show("is a still there?", watch() is not None)
    show("gc.collect()", gc.collect())
    show("and now?", watch() is not None)
    say("""The collector found 2 unreachable objects. It copies every count, subtracts the references that come
        from within the group, and what still has some left is held from outside, with all it leads to. The rest
        is garbage.""")
    chain = [Node(i) for i in range(10)]
    for i, node in enumerate(chain):
        node.next = chain[i - 1]
    chain = node = None
    show("a ring of 10 nodes, dropped;  gc.collect()", gc.collect())
    itself = []
    itself.append(itself)
    del itself
    show("a list that contains itself;  gc.collect()", gc.collect())
    for _ in range(1000):
        table = {}
        table["self"] = table
    table = None
    show("1000 dicts that contain themselves", gc.collect())
    for _ in range(1000):
        table = {}
        table["self"] = table
        table["self"] = None
    table = None
    show("the same, the cycle broken by hand", gc.collect())


def generations():
    chapter("Generations: the young die first")
    say("""Most objects live briefly. So the collector keeps three generations: it looks at the youngest often,
        and what survives moves on to an older one, which it looks at seldom.""")
    show("gc.get_threshold()", gc.get_threshold())

    class Something:
        pass

    def generation(obj):
        for number in range(3):
            if any(found is obj for found in gc.get_objects(number)):
                return number

    gc.collect()
    thing = Something()
    show("thing is new: its generation", generation(thing))
    gc.collect(0)
    show("after gc.collect(0)", generation(thing))
    gc.collect(1)
    show("after gc.collect(1)", generation(thing))
    gc.collect(2)
    show("after gc.collect(2)", generation(thing))
    say("""The first threshold says: look at the youngest when 2000 more containers were made than freed. The
        collector runs inside the allocation that reaches it, not in the background. Let us make 100 the limit.""")
    runs = []
    gc.callbacks.append(lambda phase, info: phase == "stop" and runs.append(info["generation"]))
    gc.collect()
    runs.clear()
    gc.set_threshold(100, 3, 3)
    gc.enable()
    for _ in range(1500):
        loop = []
        loop.append(loop)
    gc.disable()
    gc.callbacks.clear()
    gc.set_threshold(2000, 10, 10)
    del loop
    gc.collect()
    show("1500 garbage lists: generations collected", "".join(map(str, runs[:14])))
    say("""So  gc.collect()  often finds fewer objects than a program has thrown away: the automatic collections before
        it took their part. To count exactly, switch them off first with  gc.disable().""")
    say("""Only containers are watched, since only they can form cycles.""")
    show("gc.is_tracked([]), gc.is_tracked(42)", f"{gc.is_tracked([])}, {gc.is_tracked(42)}")


def finalizers():
    chapter("Last words: __del__")
    say("""A class can say what is to be done before an instance goes. In a cycle, too: all finalizers of a piece
        of garbage run first, in the order of creation, and only then is anything taken apart (PEP 442).""")
    a, b = Told("cycle A"), Told("cycle B")
    a.other, b.other = b, a
    del a, b
    show("gc.collect()")
    show("found", gc.collect())
    say("""A finalizer may even bring its object back, by tying a new string to it. It is called once in a life:
        the second death is silent.""")
    saved = []

    class Phoenix:
        def __del__(self):
            happens("the phoenix burns")
            saved.append(self)

    bird = Phoenix()
    show("del bird")
    del bird
    show("saved", f"{len(saved)} phoenix")
    show("saved.clear()", "silence")
    saved.clear()
    say("""If you want something done at a certain point of the program, do not wait for __del__: use  with.""")

    class Resource:
        def __enter__(self):
            happens("acquired")
            return self

        def __exit__(self, *error):
            happens("released")

    show("with Resource():")
    with Resource():
        happens("working")


def weak():
    chapter("Weak references: looking without holding")
    say("""A weak reference lets you reach an object and does not keep it alive. It is what a cache wants.""")

    class Picture:
        def __init__(self, name):
            self.name = name

        def __repr__(self):
            return f"<picture {self.name}>"

    picture = Picture("sunset")
    before = refs(picture)
    link = weakref.ref(picture, lambda _: happens("the reference was told"))
    show("link = weakref.ref(picture)", f"count {before}, then {refs(picture)}")
    show("link()", link())
    show("del picture")
    del picture
    show("link()", link())
    put("")
    cache = weakref.WeakValueDictionary()
    picture = Picture("snow")
    cache["snow"] = picture
    show("cache['snow'] = picture", dict(cache))
    del picture
    show("del picture;  cache", dict(cache))
    say("""It went at once, not "when memory is needed". And not everything can be looked at like this: lists,
        dicts, numbers, texts and tuples cannot; instances of your own classes can, also of a subclass of list.""")
    try:
        weakref.ref([1, 2, 3])
    except TypeError as error:
        show("weakref.ref([1, 2, 3])", "TypeError")
        put(f"        {error}")


def sizes():
    chapter("How large is it?")
    say("""sys.getsizeof says how many bytes an object takes itself, without what it refers to. The figures are
        those of the interpreter that runs this tour.""")
    size = sys.getsizeof
    row = ""
    for code, value in (("None", None), ("1", 1), ("2 ** 100", 2 ** 100), ("1.5", 1.5), ("''", ""), ("'a' * 100", "a" * 100),
                        ("()", ()), ("(1, 2)", (1, 2)), ("[]", []), ("[1, 2, 3]", [1, 2, 3]), ("{}", {}), ("set()", set())):
        row += f"    {code:<10} {size(value):>4}"
        if len(row) > 60:
            put(row)
            row = ""
    say("""To share an object does not make it smaller, and getsizeof knows nothing of sharing: a list of a thousand
        times the same 7 seems to weigh as much as one of a thousand different numbers.""")
    same, different = [7] * 1000, list(range(1000, 2000))
    for code, row in (("[7] * 1000", same), ("list(range(1000, 2000))", different)):
        objects = len(set(map(id, row)))
        show(f"sum(map(sys.getsizeof, {code}))", f"{sum(map(size, row)):,} bytes, {objects} object{'s' * (objects > 1)}")
    say("""A list keeps some room for what may still come, so that append is cheap: it grows in steps.""")
    grown, steps, last = [], [], 0
    for i in range(40):
        grown.append(i)
        if size(grown) != last:
            last = size(grown)
            steps.append(len(grown))
    show("40 times append: new room was made at", str(steps))
    numbers = range(100_000)
    put("")
    for code, value in (("list(numbers)", list(numbers)), ("tuple(numbers)", tuple(numbers)), ("set(numbers)", set(numbers)),
                        ("deque(numbers)", deque(numbers)), ("array('i', numbers)", array("i", numbers))):
        show(code, f"{size(value):>9,} bytes")
    show("the 100,000 numbers themselves", f"{sum(map(size, numbers)):>9,} bytes")
    say("""An array holds the numbers, the other four hold references to number objects, which come on top.""")


def lazy():
    chapter("Do not make what you do not need")
    say("""A list holds all its items at once. A generator makes them one by one, and takes the same room for ten
        as for a billion.""")
    squares = [n * n for n in range(100_000)]
    lazily = (n * n for n in range(1_000_000_000))
    show("[n * n for n in range(100_000)]", f"{sys.getsizeof(squares):>9,} bytes")
    show("(n * n for n in range(1_000_000_000))", f"{sys.getsizeof(lazily):>9,} bytes")
    show("next(lazily), next(lazily), next(lazily)", (next(lazily), next(lazily), next(lazily)))

    class Plain:
        def __init__(self, x, y):
            self.x, self.y = x, y

    class Slotted:
        __slots__ = ("x", "y")

        def __init__(self, x, y):
            self.x, self.y = x, y

    say("""A class with __slots__ fixes its attributes: its instances need no dictionary.""")

    def cost(kind):
        """The bytes of one instance, its dictionary included if it has one."""
        instance = kind(1, 2)
        own = sys.getsizeof(instance)
        return own + (sys.getsizeof(vars(instance)) if hasattr(instance, "__dict__") else 0)

    show("an instance with its dictionary", f"{cost(Plain):>5} bytes")
    show("an instance with slots", f"{cost(Slotted):>5} bytes")
    slotted = Slotted(1, 2)
    try:
        slotted.z = 3
    except AttributeError as error:
        show("slotted.z = 3", "AttributeError")
        put(f"        {error}")


def traps():
    chapter("Three traps")
    say("""First: one list, three times.""")
    row = [[0] * 2] * 3
    row[0][0] = 7
    show("row = [[0] * 2] * 3;  row[0][0] = 7", row)
    say("""Second: a default value is made once, when the function is defined, and stays.""")

    def add(item, to=[]):
        to.append(item)
        return to

    add(1)
    show("def add(item, to=[]): ...;  add(1);  add(2)", add(2))
    say("""Third: an exception holds its traceback, the traceback holds the frames, and a frame holds its names.
        Who keeps an exception keeps all of that.""")

    def fail():
        large = Told("a large thing in the frame")
        raise ValueError("failed")

    try:
        fail()
    except ValueError as error:
        kept = error
    show("kept = error", "the frame lives on")
    show("kept.__traceback__ = None")
    kept.__traceback__ = None


def goodbye():
    chapter("Where to go from here")
    say("""Start the interpreter without a script and ask it yourself: sys.getrefcount, gc.get_referrers,
        gc.get_objects, weakref.ref, id. Make a cycle, let go, and call gc.collect().""")
    put("  The tour ends; what it made is freed.")


for part in (welcome, objects_and_names, counting, calling, dying, shared, cycles, generations, finalizers, weak, sizes, lazy, traps,
             goodbye):
    part()
