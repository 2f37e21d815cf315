# stress: skip
class ResourceManager:
    def __init__(self, name):
        self.name = name
        print(f"Acquiring {self.name}")
        # Simulate acquiring a resource
        self.resource = [i for i in range(1000000)]

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        print(f"Releasing {self.name}")
        # Ensure resource is released, even if an exception occurs
        del self.resource


# Using the context manager
with ResourceManager("BigResource") as rm:
    print("Doing work with the resource")
# The resource is automatically released after this block
print("Work completed")
print(hasattr(rm, "resource"))
