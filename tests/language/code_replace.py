# Copies of code objects with other fields, and where instructions come from.
def function(a, b=2):
    total = a + b
    return total


code = function.__code__
new = code.replace(co_name="renamed", co_filename="elsewhere.py", co_firstlineno=100, co_qualname="Q.renamed")
print(new.co_name, new.co_filename, new.co_firstlineno, new.co_qualname, new is code)
function.__code__ = new
print(function(1), code.replace().co_name)
lines = [line for _, _, line in new.co_lines() if line is not None]
print(sorted(set(lines))[-2:])
print(sorted({position[0] for position in code.co_positions() if position[0]})[-2:])
for wrong in ({"co_name": 1}, {"nothing": 1}, {"co_firstlineno": -1}):
    try:
        code.replace(**wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
