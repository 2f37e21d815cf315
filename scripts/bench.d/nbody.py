"""Floats and attributes of lists: planets that pull at each other."""


def advance(bodies, steps, dt):
    pairs = [(bodies[i], bodies[j]) for i in range(len(bodies)) for j in range(i + 1, len(bodies))]
    for _ in range(steps):
        for (p1, v1, m1), (p2, v2, m2) in pairs:
            dx = p1[0] - p2[0]
            dy = p1[1] - p2[1]
            dz = p1[2] - p2[2]
            pull = dt / ((dx * dx + dy * dy + dz * dz) ** 1.5)
            a = m1 * pull
            b = m2 * pull
            v1[0] -= dx * b
            v1[1] -= dy * b
            v1[2] -= dz * b
            v2[0] += dx * a
            v2[1] += dy * a
            v2[2] += dz * a
        for p, v, _ in bodies:
            p[0] += dt * v[0]
            p[1] += dt * v[1]
            p[2] += dt * v[2]


def energy(bodies):
    e = 0.0
    for i, (p1, v1, m1) in enumerate(bodies):
        e += 0.5 * m1 * (v1[0] ** 2 + v1[1] ** 2 + v1[2] ** 2)
        for p2, _, m2 in bodies[i + 1:]:
            e -= m1 * m2 / sum((a - b) ** 2 for a, b in zip(p1, p2)) ** 0.5
    return e


bodies = [([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 40.0)]
for i in range(1, 5):
    bodies.append(([float(3 * i), 0.25 * i, 0.1], [0.0, (40.0 / (3 * i)) ** 0.5, 0.05 * i], 0.01 * i))
before = energy(bodies)
advance(bodies, 160000, 0.001)
print(f"{before:.6f} {energy(bodies):.6f}")
