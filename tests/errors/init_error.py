class C:
    def __init__(self, x):
        self.x = x.y


C(
    5
)
