# expect: own
# Objects cannot be taken apart for pickling.


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


try:
    Point(1, 2).__reduce_ex__(2)
except TypeError as error:
    print(error)
