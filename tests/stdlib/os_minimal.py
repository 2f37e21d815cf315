import os
print(os.path.join("a", "b", "c"), os.path.join("a", "/b"), os.path.basename("/x/y.txt"), os.path.dirname("/x/y.txt"), os.path.splitext("a.tar.gz"), os.path.split("/a/b"), os.path.isabs("/a"), os.path.isabs("a"), os.path.normpath("a/./b/../c"), os.sep, os.linesep == "\n", os.name, os.curdir, os.pardir)
print(os.path.exists("os_minimal.py"), os.path.exists("nope"), os.path.isfile("os_minimal.py"), os.path.isdir("."), os.path.isdir("os_minimal.py"), "os_minimal.py" in os.listdir("."), os.path.basename(os.getcwd()), os.path.abspath("x").endswith("/stdlib/x"), isinstance(os.getpid(), int))
with open("_os_minimal.tmp", "w") as f:
    f.write("12345")
print(os.path.getsize("_os_minimal.tmp"), os.remove("_os_minimal.tmp"), os.path.exists("_os_minimal.tmp"))
print(os.environ["PYTHONHASHSEED"], os.environ.get("NO_SUCH_VARIABLE", "default"), os.getenv("NO_SUCH_VARIABLE"), "PYTHONHASHSEED" in os.environ)
os.environ["OURO_TEST_X"] = "set"
print(os.environ["OURO_TEST_X"], os.getenv("OURO_TEST_X"))
del os.environ["OURO_TEST_X"]
for f in (lambda: os.remove("nope.tmp"), lambda: os.listdir("nope"), lambda: os.environ["NO_SUCH_VARIABLE"], lambda: os.path.getsize("nope"), lambda: os.path.join(1), lambda: os.listdir("os_minimal.py"), lambda: os.environ.__setitem__("x", 5)):
    try:
        print(f())
    except (OSError, KeyError, TypeError) as e:
        print(type(e).__name__, e)
