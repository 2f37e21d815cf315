//! `_heap`: the answers as Python objects.

use ouro_heap::{Ref, collector, inspect};
use ouro_vm::{
    error::Res,
    native::{NativeDef, plain},
    objects::{
        bool_, dict,
        function::Function,
        int, list, module,
        str::{self, StrExt},
        tuple,
    },
    state::shared,
};

use crate::{
    explain,
    graph::Node,
    holders::{self, Place},
    layout, leaks, line_profile,
    plain::Plain,
    pools, size,
    snapshot::{self, Row, Snapshot},
    svg,
    view::View,
    why, words,
};

/// Looks at the heap for a function's arguments and makes its answer, without a trace in the counts of the collector.
fn answer<T>(args: &[Ref], look: impl FnOnce(&View) -> T, make: impl FnOnce(T) -> Res) -> Res {
    collector::uncounted(|| {
        let seen = look(&View::take(args));
        make(seen)
    })
}

/// The node of the argument at a position.
fn node(view: &View, args: &[Ref], position: usize) -> Node {
    view.graph.node(&args[position]).expect("an argument is alive")
}

fn text_list(lines: Vec<String>) -> Res {
    Ok(list::from_vec(lines.iter().map(|line| str::new(line).into_any()).collect())?.into_any())
}

fn text(text: &str) -> Ref {
    str::new(text).into_any()
}

/// An answer: its lines, and the same as plain data.
fn report((lines, data): (Vec<String>, Plain)) -> Res {
    Ok(tuple::pair(text_list(lines)?, data.to_python()?))
}

/// Plain data as JSON.
fn json(args: &[Ref]) -> Res {
    Ok(text(&Plain::from_python(&args[0])?.to_string()))
}

fn refs(args: &[Ref]) -> Res {
    let look = |view: &View| {
        let target = node(view, args, 0);
        let holders = holders::holders(view, target);
        let lines = holders.iter().map(|holder| holders::holder(view, holder)).collect();
        (lines, holders::plain(view, target, &holders))
    };
    answer(args, look, report)
}

fn why(args: &[Ref]) -> Res {
    let look = |view: &View| {
        let target = node(view, args, 0);
        let reason = why::reason(view, target);
        (why::lines(view, target, &reason), why::plain(view, target, &reason))
    };
    answer(args, look, report)
}

fn layout(args: &[Ref]) -> Res {
    let look = |view: &View| layout::layout(view, node(view, args, 0));
    answer(args, look, |seen| report((seen.lines(&args[0]), seen.plain())))
}

fn sizeof(args: &[Ref]) -> Res {
    let look = |view: &View| size::sizes(view, node(view, args, 0));
    answer(args, look, |sizes| sizes.plain().to_python())
}

/// `size(object)`: the first of the three sizes, without a look at anything else.
fn size_alone(args: &[Ref]) -> Res {
    Ok(int::from_usize(ouro_vm::inspect::size(&args[0])))
}

fn describe(args: &[Ref]) -> Res {
    Ok(text(&words::with_address(&args[0])))
}

fn pools(_args: &[Ref]) -> Res {
    let pools = inspect::pools();
    collector::uncounted(|| report((pools::lines(&pools), pools::plain(&pools))))
}

fn rows(rows: &[Row]) -> Res {
    let made =
        rows.iter().map(|row| tuple::triple(text(&row.name), int::new(row.objects), int::new(row.bytes)));
    Ok(list::from_vec(made.collect())?.into_any())
}

fn snapshot(args: &[Ref]) -> Res {
    let make =
        |seen: Snapshot| Ok(tuple::triple(rows(&seen.types)?, rows(&seen.lines)?, bool_::new(seen.traced)));
    answer(args, snapshot::take, make)
}

/// The rows of a list of triples.
fn rows_of(object: &Ref) -> Res<Vec<Row>> {
    let mut found = Vec::new();
    for row in ouro_vm::protocol::iterate::collect(object)? {
        let parts = ouro_vm::protocol::iterate::collect(&row)?;
        let wrong = || ouro_vm::type_error!("rows are triples: name, objects, bytes");
        let [name, objects, bytes] = &parts[..] else { return Err(wrong()) };
        let name = ouro_vm::protocol::object::str(name)?.to_text().into_owned();
        let number = |part: &Ref| int::as_i64(part).ok_or_else(wrong);
        found.push(Row { name, objects: number(objects)?, bytes: number(bytes)? });
    }
    Ok(found)
}

/// `difference(before, after)`: rows with what has changed, the largest change first.
fn difference(args: &[Ref]) -> Res {
    let changes = snapshot::difference(&rows_of(&args[0])?, &rows_of(&args[1])?);
    collector::uncounted(|| rows(&changes))
}

/// `table(rows, title, signed)`: rows as lines of text.
fn table(args: &[Ref]) -> Res {
    let title = ouro_vm::protocol::object::str(&args[1])?;
    let signed = ouro_vm::protocol::object::is_true(&args[2])?;
    let lines = snapshot::table(&rows_of(&args[0])?, &title.to_text(), signed);
    collector::uncounted(|| text_list(lines))
}

fn leaks(args: &[Ref]) -> Res {
    answer(args, leaks::find, |found| report((leaks::lines(&found), leaks::plain(&found))))
}

fn explain(args: &[Ref]) -> Res {
    let look = |view: &View| {
        let Some(mut account) = explain::last() else { return (Vec::new(), Plain::Null) };
        account.fates.retain(|fate| !view.graph.node_at(fate.address).is_some_and(|node| view.is_own(node)));
        (explain::lines(&account), explain::plain(&account))
    };
    answer(args, look, report)
}

fn usage(_args: &[Ref]) -> Res {
    Ok(int::from_usize(inspect::used_bytes()))
}

fn objects(args: &[Ref]) -> Res {
    let look = |view: &View| -> Vec<Ref> {
        let tracked = |&node: &Node| ouro_heap::allocate::is_tracked(view.graph.object(node));
        view.nodes().filter(tracked).map(|node| view.graph.object(node).clone()).collect()
    };
    answer(args, look, |found| Ok(list::from_vec(found)?.into_any()))
}

/// The tracked objects that refer to the argument, each once.
fn referrers(args: &[Ref]) -> Res {
    let look = |view: &View| -> Vec<Ref> {
        let mut found = view.graph.referrers(node(view, args, 0)).to_vec();
        found.dedup();
        let wanted =
            |&node: &Node| !view.is_own(node) && ouro_heap::allocate::is_tracked(view.graph.object(node));
        found.into_iter().filter(wanted).map(|node| view.graph.object(node).clone()).collect()
    };
    answer(args, look, |found| Ok(list::from_vec(found)?.into_any()))
}

/// `deep_size(objects, align)`: bytes of all that belongs to the objects, each size rounded up.
fn deep_size(args: &[Ref]) -> Res {
    let objects = ouro_vm::protocol::iterate::collect(&args[0])?;
    let align = int::as_i64(&args[1]).and_then(|align| usize::try_from(align).ok()).unwrap_or(1).max(1);
    let look = |view: &View| {
        let from: Vec<Node> = objects.iter().filter_map(|object| view.graph.node(object)).collect();
        size::deep(view, &from, align)
    };
    answer(args, look, |size| Ok(int::from_usize(size)))
}

/// `parts(object)`: pairs of a name and an object for what the object refers to, but its class and what a dictionary holds.
fn parts(args: &[Ref]) -> Res {
    let mut found = Vec::new();
    let is_dict = args[0].payload::<dict::Dict>().is_some();
    for (place, address) in holders::places(&args[0]) {
        let name = match place {
            Place::Class | Place::Key(_) | Place::Value(..) => continue,
            Place::Named(name) => name,
            Place::Field(field) if !is_dict || field == "__dict__" => holders::field_words(&args[0], field),
            _ => String::new(),
        };
        if let Some(object) = inspect::object_at(address) {
            found.push(tuple::pair(text(&name), object));
        }
    }
    Ok(list::from_vec(found)?.into_any())
}

fn is_shared(args: &[Ref]) -> Res {
    Ok(bool_::new(size::belongs_to_all(&args[0])))
}

/// `place(owner, object)`: the name of the object's place in its owner, as far as it has one.
fn place(args: &[Ref]) -> Res {
    let target = args[1].address();
    let found = holders::places(&args[0]).into_iter().find(|(_, address)| *address == target);
    Ok(text(&match found {
        Some((Place::Named(name), _)) => name,
        Some((Place::Field(field), _)) => holders::field_words(&args[0], field),
        _ => String::new(),
    }))
}

/// `at(address)`: the object there, None if there is none.
fn at(args: &[Ref]) -> Res {
    let address = int::as_i64(&args[0]).and_then(|address| usize::try_from(address).ok());
    Ok(address.and_then(inspect::object_at).unwrap_or_else(|| shared().none.clone()))
}

fn watch_lines(args: &[Ref]) -> Res {
    let Some(function) = args[0].downcast::<Function>() else {
        return Err(ouro_vm::type_error!("only a Python function can be watched"));
    };
    Ok(match line_profile::watch(function)? {
        Some((number, code)) => tuple::pair(int::from_usize(number), code.into_any()),
        None => shared().none.clone(),
    })
}

/// The number of a watched function.
fn watched(args: &[Ref]) -> Res<usize> {
    let number = int::as_i64(&args[0]).and_then(|number| usize::try_from(number).ok());
    number.ok_or_else(|| ouro_vm::value_error!("no function is watched under this number"))
}

fn enter_lines(args: &[Ref]) -> Res {
    line_profile::enter(watched(args)?, ouro_vm::protocol::object::is_true(&args[1])?);
    Ok(shared().none.clone())
}

fn leave_lines(args: &[Ref]) -> Res {
    line_profile::leave(watched(args)?);
    Ok(shared().none.clone())
}

fn line_rows(args: &[Ref]) -> Res {
    let rows = line_profile::rows(watched(args)?);
    let made = rows.into_iter().map(|(line, row)| {
        let parts = vec![
            int::new(line.into()),
            int::from_usize(row.memory),
            int::new(row.increment),
            int::from_usize(row.occurrences),
        ];
        tuple::from_vec(parts).into_any()
    });
    collector::uncounted(|| Ok(list::from_vec(made.collect())?.into_any()))
}

/// The texts of a row.
fn texts(object: &Ref) -> Res<Vec<String>> {
    let items = ouro_vm::protocol::iterate::collect(object)?;
    items.iter().map(|item| Ok(ouro_vm::protocol::object::str(item)?.to_text().into_owned())).collect()
}

/// `svg(boxes, arrows)`: boxes are quadruples of a name, text, fill and ink, arrows triples of two names and a label.
fn svg(args: &[Ref]) -> Res {
    let mut boxes = Vec::new();
    for item in ouro_vm::protocol::iterate::collect(&args[0])? {
        let [name, lines, fill, ink] = <[String; 4]>::try_from(texts(&item)?)
            .map_err(|_| ouro_vm::value_error!("a box has a name, text, fill and ink"))?;
        boxes.push(svg::Box { name, lines: lines.lines().map(str::to_owned).collect(), fill, ink });
    }
    let mut arrows = Vec::new();
    for item in ouro_vm::protocol::iterate::collect(&args[1])? {
        let [from, to, label] = <[String; 3]>::try_from(texts(&item)?)
            .map_err(|_| ouro_vm::value_error!("an arrow has two ends and a label"))?;
        let position = |name: &str| boxes.iter().position(|shape| shape.name == name);
        if let (Some(from), Some(to)) = (position(&from), position(&to)) {
            arrows.push(svg::Arrow { from, to, label });
        }
    }
    Ok(text(&svg::draw(&boxes, &arrows)))
}

static FUNCTIONS: [NativeDef; 26] = [
    plain("refs", "(object, /)", refs, "Everyone who holds a reference to the object: lines and data."),
    plain("why", "(object, /)", why, "Why the object is alive: lines and data."),
    plain("layout", "(object, /)", layout, "The bytes of the object: lines and data."),
    plain("sizeof", "(object, /)", sizeof, "Shallow, deep and retained bytes."),
    plain("size", "(object, /)", size_alone, "Bytes of the object alone; its __sizeof__ is not called."),
    plain("describe", "(object, /)", describe, "The object in words; its repr is not called."),
    plain(
        "snapshot",
        "()",
        snapshot,
        "Rows of name, objects and bytes by type and by line, and whether lines are traced.",
    ),
    plain("difference", "(before, after, /)", difference, "What differs between the rows of two snapshots."),
    plain("table", "(rows, title, signed, /)", table, "Rows in lines of text."),
    plain("json", "(data, /)", json, "Plain data as JSON."),
    plain("leaks", "()", leaks, "Objects that only cycles keep alive: lines and data."),
    plain("explain", "()", explain, "What the last collection did: lines and data."),
    plain("usage", "()", usage, "Bytes of all blocks in use."),
    plain("objects", "()", objects, "All tracked objects but the viewer's."),
    plain(
        "watch_lines",
        "(function, /)",
        watch_lines,
        "A number and code for the function that tells of its lines; None if its source is not to be found.",
    ),
    plain("enter_lines", "(number, anew, /)", enter_lines, "A call of the watched function begins."),
    plain("leave_lines", "(number, /)", leave_lines, "A call of the watched function ends."),
    plain(
        "line_rows",
        "(number, /)",
        line_rows,
        "Line, memory, increment and occurrences of the watched function.",
    ),
    plain("svg", "(boxes, arrows, /)", svg, "A graph as a picture."),
    plain(
        "referrers",
        "(object, /)",
        referrers,
        "The tracked objects that refer to the object, but the viewer's.",
    ),
    plain("deep_size", "(objects, align, /)", deep_size, "Bytes of all that belongs to the objects."),
    plain("parts", "(object, /)", parts, "Names and objects of what the object refers to."),
    plain("is_shared", "(object, /)", is_shared, "Whether the object belongs to the program as a whole."),
    plain("place", "(owner, object, /)", place, "The name of the place where an object holds another one."),
    plain("at", "(address, /)", at, "The object at an address, or None."),
    plain("pools", "()", pools, "The occupancy of all pools: lines and data."),
];

/// Fills the module `_heap`.
pub(crate) fn fill(target: &Ref) -> Res<()> {
    module::add_functions(target, &FUNCTIONS);
    explain::start();
    module::set(target, "__doc__", text("Answers about memory; the module heap is their face."))
}
