"""Annotation scopes look names up in the class; comprehensions and lambdas in them do not."""


class C[T]:
    T = 'class'

    def method[V](x: (T for _ in (1,)), y: T, z: [T for _ in (1,)], w: (lambda: T)()):
        pass

    type Plain = [T for _ in (1,)]
    type Generic[T] = [T for _ in (1,)]
    type Called = (lambda: T)()
    type Nested = [[T for _ in (1,)] for _ in (1,)]

    def bounded[W: [T for _ in (1,)]](x):
        pass


annotations = C.method.__annotations__
print(list(annotations['x']), annotations['y'], annotations['z'], annotations['w'])
print(C.Plain.__value__, C.Generic.__value__, C.Called.__value__, C.Nested.__value__)
print(C.bounded.__type_params__[0].__bound__)
U = 'global'


class D:
    U = 'class'
    type Seen = U
    type Unseen = [U for _ in (1,)]

    def method[W: [U for _ in (1,)]](self, x: [U for _ in (1,)]):
        pass


print(D.Seen.__value__, D.Unseen.__value__, D.method.__type_params__[0].__bound__, D.method.__annotations__)


class Later:
    T = int

    def method[U: T](self):
        pass

    type Alias = T


Later.T = float
print(Later.method.__type_params__[0].__bound__, Later.Alias.__value__, '__classdictcell__' in Later.__dict__)

for case in 'f""', 'f"{x}"', '{f"": 1}', '{0: _, False: _}', '{0: _, 0.0: _}', '{0: _, 0j: _}', '{1: _, 1.5: _}':
    try:
        compile(f'match 1:\n case {case}: pass', 'case', 'exec')
        print(case, 'compiles')
    except SyntaxError as error:
        print(case, error)
