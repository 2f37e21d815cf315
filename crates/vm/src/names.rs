//! Interned names that the interpreter looks up itself: one line each.

use ouro_heap::Ref;

use crate::objects::str::{self, Str};

macro_rules! names {
    ($($name:ident)*) => {
        /// The interned names; a field is called as the name it holds.
        pub struct Names { $(#[doc = concat!("`", stringify!($name), "`")] pub $name: Ref<Str>),* }

        impl Names {
            pub(crate) fn new() -> Names {
                Names { $($name: str::intern_static(stringify!($name))),* }
            }
        }
    };
}

names! {
    __abs__ __add__ __aenter__ __aexit__ __aiter__ __and__ __anext__ __annotations__ __args__ __await__
    __bool__ __bases__ __build_class__ __builtins__ __bytes__ __call__ __cause__ __ceil__ __class__
    __class_getitem__ __classcell__ __closure__ __code__ __complex__ __contains__ __context__ __debug__
    __defaults__ __del__ __delattr__ __delete__ __delitem__ __dict__ __dir__ __divmod__ __doc__
    __enter__ __eq__ __exit__ __file__ __firstlineno__ __float__ __floor__ __floordiv__ __format__
    __func__ __ge__ __get__ __getattr__ __getattribute__ __getitem__ __getnewargs__ __globals__ __gt__
    __hash__ __iadd__ __iand__ __ifloordiv__ __ilshift__ __imatmul__ __imod__ __import__ __imul__
    __index__ __init__ __init_subclass__ __instancecheck__ __int__ __invert__ __ior__ __ipow__
    __irshift__ __isub__ __iter__ __itruediv__ __ixor__ __kwdefaults__ __le__ __len__ __length_hint__
    __loader__ __lshift__ __lt__ __main__ __match_args__ __matmul__ __missing__ __mod__ __module__
    __mro__ __mro_entries__ __mul__ __name__ __ne__ __neg__ __new__ __next__ __notes__ __objclass__
    __or__ __origin__ __package__ __parameters__ __path__ __pos__ __pow__ __prepare__ __qualname__
    __radd__ __rand__ __rdivmod__ __reduce__ __reduce_ex__ __repr__ __reversed__ __rfloordiv__
    __rlshift__ __rmatmul__ __rmod__ __rmul__ __ror__ __round__ __rpow__ __rrshift__ __rshift__ __rsub__
    __rtruediv__ __rxor__ __self__ __set__ __set_name__ __setattr__ __setitem__ __sizeof__ __slots__
    __spec__ __static_attributes__ __str__ __sub__ __subclasscheck__ __subclasshook__
    __suppress_context__ __text_signature__ __traceback__ __truediv__ __trunc__ __type_params__
    __weakref__ __wrapped__ __xor__ __all__ __abstractmethods__ __isabstractmethod__ __fspath__
    __buffer__ __getstate__ append args builtins close copy displayhook end excepthook extend file
    flush get items iter key keys metaclass modules name path ps1 ps2 read readline sep send stderr
    stdin stdout strict sys throw unraisablehook update values write encoding errors __orig_bases__
    intersection value code msg obj fromlist last_exc last_value last_type last_traceback
    __unraisablehook__ __excepthook__ __displayhook__ breakpointhook __breakpointhook__
}
