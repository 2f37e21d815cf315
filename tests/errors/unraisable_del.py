class D:
    def __del__(self):
        self.missing


d = D()
del d
print("goes on")
