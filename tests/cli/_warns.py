print("\d", b"\q", "\400")
