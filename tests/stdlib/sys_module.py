# argv comes from the .args file.
import sys
print(sys.argv, sys.version_info[:2], sys.version_info >= (3, 13), sys.version_info.major, sys.version_info.minor, type(sys.version_info).__name__)
print(sys.maxsize, sys.maxunicode, sys.byteorder, sys.getrecursionlimit(), sys.platform, sys.getdefaultencoding(), sys.hexversion >> 16, isinstance(sys.version, str), sys.implementation.name != "", sys.flags.optimize, sys.flags.interactive)
print(isinstance(sys.path, list), sys.path[0].endswith("stdlib"), "sys" in sys.modules, sys.modules["sys"] is sys, "__main__" in sys.modules, "sys" in sys.builtin_module_names, isinstance(sys.executable, str))
print(sys.float_info.max, sys.float_info.epsilon, sys.int_info.bits_per_digit in (15, 30, 60, 64), sys.hash_info.modulus, sys.hash_info.inf)
print(sys.exc_info(), sys.exception(), sys.getsizeof(1) > 0, sys.intern("abc") is "abc", callable(sys.exit), sys.stdin.name, sys.stderr.name, sys.dont_write_bytecode)
try:
    sys.exit(5)
except SystemExit as e:
    print("exit", e.code)
try:
    sys.exit()
except SystemExit as e:
    print("exit", e.code)
for f in (lambda: sys.getrefcount(), lambda: sys.getrefcount(1, 2), lambda: sys.intern(), lambda: sys.getsizeof(), lambda: sys.setrecursionlimit(0), lambda: sys.nope, lambda: sys.exit(1, 2), lambda: sys._getframe("x")):
    try:
        print(f())
    except (TypeError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)
shown = []
hook = sys.displayhook
sys.displayhook = shown.append
exec(compile("1 + 1", "<s>", "single"))
sys.displayhook = hook
print(shown)
sys.path.append("/nowhere")
print(sys.path[-1])
