# Context variables: values by context, tokens to undo.
import contextvars

color = contextvars.ContextVar("color", default="red")
size = contextvars.ContextVar("size")
print(color.get(), size.get("none"), color.name)
try:
    size.get()
except LookupError as error:
    print(error.args[0] is size)
token = color.set("blue")
print(color.get(), token.old_value is contextvars.Token.MISSING, token.var is color)
context = contextvars.copy_context()


def inside():
    color.set("green")
    return color.get(), contextvars.copy_context()[color]


print(context.run(inside), color.get(), context[color], len(context), color in context, list(context) == [color])
color.reset(token)
print(color.get())
for wrong in (lambda: color.reset(token), lambda: size.reset(color.set(1)), lambda: context.run(context.run, print), lambda: context["x"]):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__)
