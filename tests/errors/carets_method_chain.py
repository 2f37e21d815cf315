class A:
    def one(self):
        return self

    def two(self):
        return None


A().one().two().three()
