import gc


class MyClass:
    def __init__(self, name):
        self.name = name
        print(f"{self.name} created.")

    def __del__(self):
        print(f"{self.name} is being destroyed!")


obj_a = MyClass("Object A")
obj_b = MyClass("Object B")
obj_a.other = obj_b
obj_b.other = obj_a
del obj_a
del obj_b
print("still alive")
# You can manually trigger a garbage collection run.
gc.collect()
print("Garbage collection manually triggered.")
