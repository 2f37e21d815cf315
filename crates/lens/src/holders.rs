//! Who holds a reference to an object, and where: the places of references, as data and in words.

use ouro_heap::{NamedVisitor, Ref, Visitor, inspect as heap};
use ouro_vm::{
    inspect,
    interpreter::Held,
    objects::{
        cell::Cell,
        class::Class,
        dict::Dict,
        function::Function,
        generator::Generator,
        instance::Instance,
        list::List,
        module::Module,
        set::Set,
        str::{Str, StrExt},
        tuple::Tuple,
    },
    protocol::attribute,
};

use crate::{
    graph::Node,
    plain::Plain,
    view::{Root, RootHolder, View},
    why, words,
};

/// Where in an object a reference stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// An item of a list, a tuple or the like.
    Item(usize),
    /// An element of a set.
    Element,
    /// A key of a dictionary, in words.
    Key(String),
    /// The value under a key, in words. A key that is a string stands apart, for it may be the name of an attribute.
    Value(String, Option<String>),
    /// An attribute of an instance that has no dictionary, or a variable of a generator.
    Named(String),
    /// The value of a closure's variable.
    Content,
    /// A field of a native object.
    Field(&'static str),
    /// The class of the object.
    Class,
}

/// The references of an object with their places, in the order of its traversal: the address of each target.
pub fn places(object: &Ref) -> Vec<(Place, usize)> {
    let mut found = Vec::new();
    if let Some(dict) = object.payload::<Dict>() {
        inspect::each_entry(dict, |key, value| {
            let shown = words::value(key).unwrap_or_else(|| words::with_address(key));
            let name = key.payload::<Str>().map(|key| key.to_text().into_owned());
            found.push((Place::Key(shown.clone()), key.address()));
            found.push((Place::Value(shown, name), value.address()));
        });
    }
    let names = inspect::place_names(object);
    let mut items = Vec::new();
    inspect::each_place(object, |place, value| {
        let place = match names.get(place) {
            Some(Some(name)) => Place::Named(name.clone()),
            _ => Place::Item(place),
        };
        items.push((place, value.address()));
    });
    let mut fields = Fields { object, field: "", position: 0, items: items.into_iter(), found: Vec::new() };
    heap::fields(object, &mut fields);
    let skipped = if object.payload::<Dict>().is_some() { found.len() } else { 0 };
    found.extend(fields.found.into_iter().skip(skipped));
    found
}

/// Gathers the fields of an object.
struct Fields<'a> {
    object: &'a Ref,
    field: &'static str,
    position: usize,
    items: std::vec::IntoIter<(Place, usize)>,
    found: Vec<(Place, usize)>,
}

impl NamedVisitor for Fields<'_> {
    fn field(&mut self, name: &'static str) -> &mut dyn Visitor {
        self.field = name;
        self.position = 0;
        self
    }
}

impl Visitor for Fields<'_> {
    fn visit(&mut self, reference: &Ref) {
        let object = self.object;
        let is_row = object.has_layout::<Tuple>() || object.has_layout::<List>();
        let place = match self.field {
            "class" if self.position == 0 && object.payload::<Class>().is_none() => Place::Class,
            "items" if object.has_layout::<Instance>() || object.has_layout::<Generator>() => {
                self.items.next().map_or(Place::Item(self.position), |(place, _)| place)
            }
            "items" if is_row => Place::Item(self.position),
            "locals" => match inspect::frame_locals(object).into_iter().nth(self.position) {
                Some(name) => Place::Named(name),
                None => Place::Field("locals"),
            },
            "table" if object.has_layout::<Set>() => Place::Element,
            "value" if object.has_layout::<Cell>() => Place::Content,
            "items" | "" | "deque" | "ring" => Place::Item(self.position),
            "extra" if self.position == 0 => Place::Field("__dict__"),
            name => Place::Field(name),
        };
        self.found.push((place, reference.address()));
        self.position += 1;
    }
}

/// A reference to an object and who holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// An object of the heap, at a place.
    Object(Node, Place),
    /// A frame or the interpreter.
    Root(RootHolder),
    /// The tools for memory themselves: a name or a module that they share with the program.
    Tool,
    /// Code of the interpreter that no walk can look into.
    Native,
}

/// Everyone who holds a reference to an object but the running call; as many as `View::references_to` tells.
pub fn holders(view: &View, node: Node) -> Vec<Holder> {
    let target = view.graph.object(node).address();
    let mut found = Vec::new();
    found.extend(view.roots.iter().filter(|root| root.node == node).map(|root| Holder::Root(root.holder)));
    let mut referrers: Vec<Node> = view.graph.referrers(node).to_vec();
    referrers.dedup();
    // Names first: they are what a reader looks for.
    referrers.sort_by_key(|&referrer| view.module_of(referrer).is_none());
    for referrer in referrers.into_iter().filter(|&referrer| !view.is_passing(referrer)) {
        let places = places(view.graph.object(referrer));
        let here = places.into_iter().filter(|(_, address)| *address == target);
        found.extend(here.map(|(place, _)| match view.is_own(referrer) {
            true => Holder::Tool,
            false => Holder::Object(referrer, place),
        }));
    }
    if !view.graph.object(node).header().is_immortal() {
        let missing = view.references_to(node).saturating_sub(found.len());
        found.extend(std::iter::repeat_n(Holder::Native, missing));
    }
    found
}

/// A holder in words.
pub fn holder(view: &View, holder: &Holder) -> String {
    match holder {
        Holder::Root(root) => self::root(view, *root),
        Holder::Object(owner, place) => self::place(view, *owner, place),
        Holder::Tool => "the tools for memory themselves".to_owned(),
        Holder::Native => "the interpreter itself (native code)".to_owned(),
    }
}

/// The holders of an object as plain data.
pub fn plain(view: &View, node: Node, holders: &[Holder]) -> Plain {
    let object = view.graph.object(node);
    let count = (!object.header().is_immortal()).then(|| view.references_to(node));
    let mut entries = words::plain(object);
    entries.push(("count".to_owned(), count.into()));
    let holders = holders.iter().map(|holder| plain_holder(view, holder)).collect();
    entries.push(("holders".to_owned(), Plain::List(holders)));
    Plain::Object(entries)
}

fn plain_holder(view: &View, holder: &Holder) -> Plain {
    let mut entries = vec![("holder".to_owned(), self::holder(view, holder).into())];
    let mut add = |name: &str, value: Plain| entries.push((name.to_owned(), value));
    match holder {
        Holder::Root(RootHolder::Frame(number, _)) => {
            let frame = &view.frames[*number];
            add("kind", "frame".into());
            add("frame", frame.name.as_str().into());
            add("file", frame.file.as_str().into());
            add("line", frame.line.into());
        }
        Holder::Tool => add("kind", "tool".into()),
        Holder::Root(RootHolder::Interpreter(_)) | Holder::Native => add("kind", "interpreter".into()),
        Holder::Object(owner, place) => {
            add("kind", "object".into());
            add("place", why::suffix(view, *owner, Some(place)).into());
            entries.extend(words::plain(view.graph.object(*owner)));
        }
    }
    Plain::Object(entries)
}

/// A root in words.
pub fn root(view: &View, holder: RootHolder) -> String {
    match holder {
        RootHolder::Interpreter(what) => what.to_owned(),
        RootHolder::Frame(number, held) => {
            let frame = &view.frames[number];
            let line = frame.line;
            match held {
                Held::Register(slot, _) => match frame.locals.get(slot) {
                    Some((name, false)) => format!("local {name} of {} (line {line})", frame.words()),
                    Some((name, true)) => format!("the cell of {name} in {} (line {line})", frame.words()),
                    None => format!("a temporary of {} (line {line})", frame.words()),
                },
                Held::Function => format!("the call of {} (line {line})", frame.words()),
                Held::FrameObject => format!("the frame of {} (line {line})", frame.words()),
            }
        }
    }
}

/// A place in an object in words, such as `name x in module __main__` or `[2] of list of 3 items`.
pub fn place(view: &View, owner: Node, place: &Place) -> String {
    if let Some(module) = view.modules.iter().find(|module| module.namespace == owner) {
        return match place {
            Place::Value(_, Some(name)) => format!("name {name} in module {}", module.name),
            Place::Key(key) => format!("the name {key} itself, a key of module {}", module.name),
            _ => format!("module {}", module.name),
        };
    }
    let whole = |node: Node| words_for(view, node);
    if let Place::Value(_, Some(name)) = place
        && let Some(of) = view.dictionary_owner(owner)
    {
        return format!("attribute {name} of {}", whole(of));
    }
    match place {
        Place::Item(index) => format!("[{index}] of {}", whole(owner)),
        Place::Element => format!("an element of {}", whole(owner)),
        Place::Key(key) => format!("the key {key} of {}", whole(owner)),
        Place::Value(key, _) => format!("[{key}] of {}", whole(owner)),
        Place::Named(name) if inspect::runs(view.graph.object(owner)).is_some() => {
            format!("local {name} of {}", whole(owner))
        }
        Place::Named(name) => format!("attribute {name} of {}", whole(owner)),
        Place::Content => format!("the closure variable {}", whole(owner)),
        Place::Class => format!("the class of {}", whole(owner)),
        Place::Field(field) => {
            format!("{} of {}", field_words(view.graph.object(owner), field), whole(owner))
        }
    }
}

/// A native field under the name that Python has for it.
pub fn field_words(object: &Ref, field: &'static str) -> String {
    let dunder = |name: &str| format!("__{name}__");
    if object.has_layout::<Function>() || object.has_layout::<Class>() || object.has_layout::<Module>() {
        return match field {
            "keyword_defaults" => dunder("kwdefaults"),
            _ => dunder(field),
        };
    }
    match (words::type_name(object).as_str(), field) {
        ("method" | "builtin_function_or_method", "receiver") => dunder("self"),
        ("method", "function") => dunder("func"),
        ("frame", "code") => "f_code".to_owned(),
        ("frame", "back") => "f_back".to_owned(),
        ("frame", "locals") => "a local".to_owned(),
        ("traceback", "frame") => "tb_frame".to_owned(),
        ("traceback", "next") => "tb_next".to_owned(),
        ("code", "constants") => "a constant".to_owned(),
        (_, "__dict__") => "__dict__".to_owned(),
        (_, "") => "a reference".to_owned(),
        _ => field.replace('_', " "),
    }
}

/// An object that holds another one: in words, with the name that it goes by if it has one.
pub fn words_for(view: &View, node: Node) -> String {
    let object = view.graph.object(node);
    if object.has_layout::<Cell>() {
        return cell_words(view, node);
    }
    match name_of(view, node) {
        Some(name) => format!("{name} ({})", words::object(object)),
        None => words::with_address(object),
    }
}

/// The name that a module or a frame has for an object.
pub fn name_of(view: &View, node: Node) -> Option<String> {
    let object = view.graph.object(node);
    if object.has_layout::<Class>() || object.has_layout::<Function>() || object.has_layout::<Module>() {
        return None;
    }
    for root in view.roots.iter().filter(|root| root.node == node) {
        if let RootHolder::Frame(number, Held::Register(slot, _)) = root.holder
            && let Some((name, false)) = view.frames[number].locals.get(slot)
        {
            return Some(name.clone());
        }
    }
    let target = object.address();
    let referrers = view.graph.referrers(node);
    let module = view.modules.iter().find(|module| referrers.contains(&module.namespace))?;
    let mut found = None;
    inspect::each_entry(view.graph.object(module.namespace).payload::<Dict>()?, |key, value| {
        if value.address() == target && found.is_none() {
            found = key.payload::<Str>().map(|key| key.to_text().into_owned());
        }
    });
    found
}

/// A closure's cell: the name of its variable and whose it is.
fn cell_words(view: &View, node: Node) -> String {
    for &closure in view.graph.referrers(node) {
        let Some(tuple) = view.graph.object(closure).payload::<Tuple>() else { continue };
        let position = tuple.items().iter().position(|item| item.is(view.graph.object(node)));
        for &function in view.graph.referrers(closure) {
            let Some(function) = view.graph.object(function).payload::<Function>() else { continue };
            if !function.closure.refers_to(view.graph.object(closure)) {
                continue;
            }
            let name = function.code.with(|code| {
                code.and_then(|code| code.free_names.get(position?).map(|name| name.to_text().into_owned()))
            });
            let qualname = function.qualname.with(|name| name.map(|name| name.to_text().into_owned()));
            if let (Some(name), Some(qualname)) = (name, qualname) {
                return format!("{name} of {qualname}()");
            }
        }
    }
    words::with_address(view.graph.object(node))
}

/// Whether one object's dictionary of attributes is the other one.
pub fn is_dictionary_of(view: &View, owner: Node, dict: Node) -> bool {
    attribute::existing_dict(view.graph.object(owner)).is_some_and(|own| own.is(view.graph.object(dict)))
}

/// The roots that hold an object.
pub fn roots_of(view: &View, node: Node) -> impl Iterator<Item = &Root> {
    view.roots.iter().filter(move |root| root.node == node)
}
