x = "text"
x()
