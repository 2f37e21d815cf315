x = [(yield 1) for _ in range(2)]
