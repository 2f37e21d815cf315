mine = "the objgraph of the program"
