data = [{"x": (1, 2)}]
print(data[0]["x"][5])
