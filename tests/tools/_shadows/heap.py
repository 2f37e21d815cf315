mine = "the heap of the program"
