prnit("x")
