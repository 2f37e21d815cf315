# The same with a list that tells when it goes.
class Told(list):
    def __del__(self):
        print("freed", list(self))


x = Told([1, 2, 3])
y = x
del x
print("x gone")
del y
print("y gone")
