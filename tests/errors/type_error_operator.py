total = 1
names = ["a"]
result = total + names[0] + 2
