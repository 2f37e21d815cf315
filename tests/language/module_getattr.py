import _dynamic_module as m
print(m.real, m.anything, m.dir_list if hasattr(m, "dir_list") else None)
try:
    m.refused
except AttributeError as e:
    print(e)
from _dynamic_module import computed
print(computed, dir(m))
m.added = 5
print(m.added, m.__dict__["added"], type(m).__name__, m.__name__)
del m.added
print(m.added)
