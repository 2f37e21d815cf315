import gc
gc.disable()
gc.collect()


def empty_class():
    class K:
        pass


def with_method():
    class K:
        def m(self):
            pass


def with_super():
    class K:
        def m(self):
            super().m()


def slot_class():
    class S:
        __slots__ = ("a", "b")


def derived():
    class A:
        pass

    class B(A):
        pass


def instance_only():
    class K:
        pass
    k = K()
    k.c = k


for fn in (empty_class, with_method, with_super, slot_class, derived, instance_only):
    fn()
    print(fn.__name__, gc.collect() > 0, gc.collect())
