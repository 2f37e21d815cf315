# Constructors of exceptions: their attributes, wrong arguments, a second __init__.
def t(*a, **k):
    try: e = SyntaxError(*a, **k)
    except Exception as x: print(a, type(x).__name__, x)
    else: print(a, e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, e.print_file_and_line, e.args, str(e))
t(); t("a"); t("a","b"); t("a",("f",1)); t("a",("f",1,2)); t("a",("f",1,2,"t")); t("a",("f",1,2,"t",3)); t("a",("f",1,2,"t",3,4)); t("a",("f",1,2,"t",3,4,5)); t("a", ["f",1,2,"t"]); t("a", 5); t("a",("f",'l','o','t')); t("a",("f",1,2,4,5,6,7)); t("m", ("f","l","o","t","p")); t("a", "bcde"); t("a", x=1)
class S(SyntaxError): pass
e = S("a", ("f", 1, 2, "t"))
e.__init__(); print(e.msg, e.filename)
e = ImportError('test', name='name', path='path'); e.__init__(); print(e.args, e.msg, e.name, e.path, e.name_from)
e = NameError('a', name='x'); e.__init__('b'); print(e.name, e.args)
e = AttributeError('a', name='x', obj=1); e.__init__('b'); print(e.name, e.obj)
e = StopIteration(1); e.__init__(); print(e.value)
e = SystemExit(1); e.__init__(); print(e.code)
e = SystemExit(1, 2); print(e.code)
