# expect: own
import contextlib
import io
import re

out = io.StringIO()
with contextlib.redirect_stdout(out):
    # The article's example as it stands there.
    from memory_profiler import profile


    @profile
    def my_function():
        x = [i for i in range(1000000)]


    my_function()

# A million ints of 16 bytes and a list of as many references; what there is before is not the example's.
for line in out.getvalue().splitlines():
    print(re.sub(r"^( +\d+ +)\d\.\d MiB( +)\d\.\d MiB", r"\1... MiB\2... MiB", re.sub(r" 2[34]\.\d MiB", " 23 MiB", line)))
