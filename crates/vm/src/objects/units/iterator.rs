//! Iterators over bytes and bytearrays, which differ in the object that they walk over.

/// Makes the iterator of a class of bytes: its payload, its class and `iterate`, which makes one. `$item` gives the byte
/// at an index, `$len` the number of bytes.
macro_rules! byte_iterator {
    ($name:ident, $owner:ident, $index:path, $class:ident, $class_name:literal, item: $item:expr, len: $len:expr) => {
        /// An object and a place in it; the object is let go at the end.
        #[derive(ouro_heap::Payload)]
        #[payload($index)]
        pub(super) struct $name {
            bytes: ouro_heap::Slot<$owner>,
            index: std::cell::Cell<usize>,
        }

        /// The class.
        pub static $class: $crate::objects::class::ClassDef = $crate::objects::class::ClassDef {
            slots: $crate::objects::slots::Slots {
                iter: Some(|this| Ok(this.clone())),
                next: Some(next),
                ..$crate::objects::slots::Slots::NONE
            },
            methods: &[
                $crate::native::plain(
                    "__length_hint__",
                    "(self, /)",
                    length_hint,
                    "Private method returning an estimate of len(list(it)).",
                ),
                $crate::native::plain(
                    "__reduce__",
                    "(self, /)",
                    reduce,
                    "Return state information for pickling.",
                ),
                $crate::native::plain(
                    "__setstate__",
                    "(self, object, /)",
                    set_state,
                    "Set state information for unpickling.",
                ),
            ],
            ..$crate::objects::class::ClassDef::new::<$name>($index, $class_name)
        };

        /// An iterator over the object.
        pub(super) fn iterate(object: &Ref) -> Res {
            let bytes = object.downcast::<$owner>().expect("the receiver is of this class").clone();
            let bytes = ouro_heap::Slot::new(Some(bytes));
            Ok(ouro_heap::alloc($name { bytes, index: std::cell::Cell::new(0) }).into_any())
        }

        fn payload(this: &Ref) -> &$name {
            this.payload::<$name>().expect("the receiver is such an iterator")
        }

        fn next(this: &Ref) -> Res<Option<Ref>> {
            let this = payload(this);
            let index = this.index.get();
            let item: fn(&$owner, usize) -> Option<u8> = $item;
            match this.bytes.with(|bytes| bytes.and_then(|bytes| item(bytes, index))) {
                Some(byte) => {
                    this.index.set(index + 1);
                    Ok(Some($crate::objects::int::new(byte.into())))
                }
                None => {
                    this.bytes.set(None);
                    Ok(None)
                }
            }
        }

        fn len(this: &$name) -> usize {
            let len: fn(&$owner) -> usize = $len;
            this.bytes.with(|bytes| bytes.map_or(0, |bytes| len(bytes)))
        }

        fn length_hint(args: &[Ref]) -> Res {
            let this = payload(&args[0]);
            Ok($crate::objects::int::from_usize(len(this).saturating_sub(this.index.get())))
        }

        fn reduce(args: &[Ref]) -> Res {
            let this = payload(&args[0]);
            $crate::objects::arguments::iter_state(
                this.bytes.get().map(Ref::into_any),
                this.index.get(),
                $crate::state::shared().empty_tuple.clone(),
            )
        }

        fn set_state(args: &[Ref]) -> Res {
            let this = payload(&args[0]);
            let index = $crate::objects::arguments::size(&args[1])?;
            this.index.set(usize::try_from(index).unwrap_or(0).min(len(this)));
            Ok($crate::state::shared().none.clone())
        }
    };
}

pub(in crate::objects) use byte_iterator;
