//! "Exception ignored in": exceptions that nobody can catch. CPython writes these from C, in a plainer form than
//! uncaught ones: no carets, no chain.

use ouro_heap::Ref;

use super::{Shown, gather, source};
use crate::objects::{class::Class, exception};

/// The traceback and the exception, plain.
pub fn plain(exception: &Ref) -> String {
    let mut out = String::new();
    let shown = Shown { by_interpreter: true, ..Shown::default() };
    let traceback = exception::payload(exception).head.traceback.get();
    let frames = gather::frames_of_traceback(traceback.as_ref(), &shown);
    if !frames.is_empty() {
        out.push_str("Traceback (most recent call last):\n");
    }
    let mut count = 0;
    let fold = |out: &mut String, count: usize| {
        if count > super::REPETITIONS {
            let more = count - super::REPETITIONS;
            out.push_str(&format!(
                "  [Previous line repeated {more} more time{}]\n",
                if more > 1 { "s" } else { "" }
            ));
        }
    };
    for (index, frame) in frames.iter().enumerate() {
        if index == 0 || !frames[index - 1].same_place(frame) {
            fold(&mut out, count);
            count = 0;
        }
        count += 1;
        if count > super::REPETITIONS {
            continue;
        }
        out.push_str(&format!("  File \"{}\", line {}, in {}\n", frame.filename, frame.line, frame.name));
        if let Some(line) = source::line_of_file(&frame.filename, frame.line) {
            out.push_str(&format!("    {}\n", line.trim_matches([' ', '\t', '\x0c', '\n', '\r'])));
        }
    }
    fold(&mut out, count);
    let class = gather::class_text(Class::of(exception));
    let message = gather::safe_str(exception, "exception");
    out.push_str(&format!("{class}: {message}\n"));
    out
}
