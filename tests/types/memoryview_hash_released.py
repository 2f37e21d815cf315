# The hash of a view stays when it is released; views may be referred to weakly.
import weakref

view = memoryview(b"abc")
known = hash(view)
view.release()
print(hash(view) == known == hash(b"abc"))
view = memoryview(b"abc")
view.release()
try:
    hash(view)
except ValueError as error:
    print(error)
view = memoryview(b"xyz")
watch = weakref.ref(view)
print(watch() is view)
del view
print(watch())
