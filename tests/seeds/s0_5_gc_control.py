import gc

# Force garbage collection
gc.collect()

# Disable garbage collection
gc.disable()
print(gc.isenabled())
gc.enable()
print(gc.isenabled())
