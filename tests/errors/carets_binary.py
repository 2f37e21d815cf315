n = 0
print(10 + 20 / n * 3)
