import sys
my_list = [1, 2, 3]
print(sys.getrefcount(my_list) - 1)
another_list = my_list
print(sys.getrefcount(my_list) - 1)
my_list = [4, 5, 6]
print(sys.getrefcount(another_list) - 1, sys.getrefcount(my_list) - 1)
del another_list
