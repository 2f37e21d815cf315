if 1:
    x = (1,
2)
    print(x)
  # comment at an odd column

# end
    print("still in the block")
