def main():
    print("main", __name__)
    import sys
    print(sys.modules["__main__"].__name__, sys.modules["__main__"].main is main)
    print(len(sys.argv), sys.argv[0], __file__.endswith("main_guard.py"))


if __name__ == "__main__":
    main()
else:
    print("imported")
print(__doc__, __package__, __spec__, type(__builtins__).__name__)
