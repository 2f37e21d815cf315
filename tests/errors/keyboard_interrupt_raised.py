try:
    raise KeyboardInterrupt
except Exception:
    print("never")
except KeyboardInterrupt:
    print("caught")
