class D:
    def __del__(self):
        raise ValueError("at exit")


d = D()
print("end of script")
