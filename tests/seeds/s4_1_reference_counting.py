# Example of reference counting
a = [1, 2, 3]  # Create a list object
b = a  # Another reference to the same object
print(id(a) == id(b))  # Same memory address
del a  # Remove one reference
# The list object still exists, referenced by 'b'
print(b)  # Output: [1, 2, 3]
del b  # Remove the last reference
