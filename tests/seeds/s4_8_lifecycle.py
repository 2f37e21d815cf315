class LifecycleDemo:
    def __init__(self, name):
        self.name = name
        print(f"{self.name} is born!")

    def __del__(self):
        print(f"{self.name} is being destroyed!")


# Create and destroy objects
def object_lifecycle():
    obj1 = LifecycleDemo("Object 1")
    obj2 = LifecycleDemo("Object 2")
    print("Function is about to end")


object_lifecycle()
print("Function has ended")
