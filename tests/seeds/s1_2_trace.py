# 1. An object (the list [1, 2, 3]) is created.
# Reference count of [1, 2, 3] is 1 (referenced by 'my_list').
my_list = [1, 2, 3]
print(f"Initial setup: my_list is {my_list}")
# 2. We create a new reference to the same list.
# Reference count of [1, 2, 3] is now 2 (referenced by 'my_list' and 'another_list').
another_list = my_list
print(f"After assignment: another_list is {another_list}")
# 3. We remove one reference by reassigning 'my_list'.
# Now, a new object (the list [4, 5, 6]) is created.
# The reference count of [1, 2, 3] decreases to 1 (only 'another_list' points to it).
# The reference count of [4, 5, 6] is 1.
my_list = [4, 5, 6]
print(f"After reassigning my_list: my_list is {my_list}, another_list is {another_list}")
# 4. We remove the last reference to the original list.
# The reference count of [1, 2, 3] drops to 0.
# The memory for [1, 2, 3] is now eligible to be freed by Python.
del another_list
print("After deleting another_list, the original list [1, 2, 3] is gone.")
