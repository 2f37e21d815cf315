import sys
# Create a list and check its reference count
my_list = [1, 2, 3]
print(sys.getrefcount(my_list) - 1)  # Output: 1
# Create another reference
another_ref = my_list
print(sys.getrefcount(my_list) - 1)  # Output: 2
# Remove a reference
del another_ref
print(sys.getrefcount(my_list) - 1)  # Output: 1
