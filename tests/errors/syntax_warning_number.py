# Numbers that run into keywords.
x = 1 if 1else 0x1f
print(x, 0xfor 2, [i for i in range(3)if 1])
