import gc
gc.disable()
gc.collect()
print(gc.get_freeze_count())
l = []
l.append(l)
gc.freeze()
print(gc.get_freeze_count() > 100)
del l
print("frozen garbage stays", gc.collect())
print("no objects left but the new ones", len(gc.get_objects()) < 50)
gc.unfreeze()
print(gc.get_freeze_count(), gc.collect())
print(len(gc.get_objects()) > 100)
print(gc.freeze(), gc.unfreeze())
