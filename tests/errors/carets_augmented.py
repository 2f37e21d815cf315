total = 5
total += "x"
