"""Small instances and operator methods: a cloud of points that moves."""


class Vec:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k, self.z * k)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z


points = [Vec(i * 0.5, i * 0.25, 1.0) for i in range(300)]
speed = Vec(0.01, 0.02, -0.01)
total = 0.0
for _ in range(2400):
    moved = [p + speed * 0.5 for p in points]
    for p, q in zip(points, moved):
        total += (q - p).dot(speed)
    points = moved
print(f"{total:.6f} {points[7].x:.4f}")
