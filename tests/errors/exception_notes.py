e = ValueError("with notes")
e.add_note("note 1")
e.add_note("note 2\nspans lines")
raise e
