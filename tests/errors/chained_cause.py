def load():
    try:
        {}["k"]
    except KeyError as e:
        raise ValueError("bad config") from e


load()
