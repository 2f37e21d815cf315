for text in ("f'{'", "f'}'", "f'{}'", "f'{ }'", "f'{x!}'", "f'{x!z}'", "f'{x:'", "f'{a b}'", "f'{lambda x: 1}'",
             "f'{x!r'", "f'{x!rr}'", "f'{*}'", "f'{=}'", "f'{x'", "f\"{x\"", "f'{(}'", "f'{)}'", "f'{a[}'", "f'{!r}'",
             "f'{:x}'", "f'{1 +}'", "f'{x = = y}'"):
    try:
        compile(text, "<f>", "exec")
        print("ok", text)
    except SyntaxError as e:
        print(text, "->", e.msg)
for text in ("f'{1:q}'", "f'{1.5:d}'", "f'{\"a\":d}'", "f'{1:.2}'", "f'{1:,_}'", "f'{\"a\":+}'", "f'{\"a\":=5}'",
             "f'{1:5:5}'", "f'{[]:5}'", "f'{None:>5}'", "f'{1.0:c}'", "f'{-1:c}'", "f'{1:,c}'", "f'{1:+c}'", "f'{1:,x}'",
             "f'{1:.999999999999999999999}'", "f'{1:{}}'", "f'{\"a\":,}'", "f'{1:s}'", "f'{1:#s}'", "f'{1.5:#x}'"):
    try:
        print(text, eval(text))
    except (ValueError, TypeError, OverflowError, SyntaxError) as e:
        print(text, "->", type(e).__name__, e)
