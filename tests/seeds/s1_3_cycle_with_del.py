class MyClass:
    def __init__(self, name):
        self.name = name
        print(f"{self.name} created.")

    def __del__(self):
        # This is a special method called a destructor.
        # Python calls it right before an object is destroyed.
        print(f"{self.name} is being destroyed!")


# Create two objects
obj_a = MyClass("Object A")
obj_b = MyClass("Object B")
# Now, let's create a cycle.
# obj_a has a reference to obj_b.
obj_a.other = obj_b
# obj_b has a reference to obj_a.
obj_b.other = obj_a
del obj_a
del obj_b
print("the script ends, both are still alive")
