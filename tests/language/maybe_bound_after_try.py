# What is bound on one way through a statement only is not certainly bound behind it: the attribute is looked up first.
def after_except(receiver):
    try:
        pass
    except ValueError as error:
        kept = error
    return receiver.missing(kept)


def after_named(receiver):
    try:
        receiver.missing
    except AttributeError as error:
        pass
    return receiver.missing(error)


def after_else(receiver):
    try:
        raise ValueError
    except ValueError:
        pass
    else:
        kept = 1
    return receiver.missing(kept)


def after_finally(receiver, flag):
    try:
        if flag:
            kept = 1
    finally:
        pass
    return receiver.missing(kept)


def after_group(receiver):
    try:
        pass
    except* ValueError:
        kept = 1
    return receiver.missing(kept)


def after_match(receiver):
    match receiver:
        case int():
            kept = 1
        case _:
            pass
    return receiver.missing(kept)


for function in (after_except, after_named, after_else, lambda r: after_finally(r, False), after_group, after_match):
    for receiver in (None, "text"):
        try:
            function(receiver)
        except (AttributeError, NameError) as error:
            print(error)
