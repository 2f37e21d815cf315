subject = 1
match subject
    case 1:
        pass
