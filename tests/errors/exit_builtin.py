exit(6)
