class C:
    def __init__(self):
        self.count = 1

    def m(self):
        return count


C().m()
