//! The text of a code object, in the manner of Python's `dis`. Everything comes from the opcode table.

use std::fmt::Write;
use std::rc::Rc;

use crate::code::{Code, Constant};
use crate::opcode::{CONSUME, Op, SLOT, UNUSED};

/// The text of a code object and of those nested in it.
pub fn disassemble(code: &Code) -> String {
    let mut out = String::new();
    one(code, &mut out);
    nested(code, &mut out);
    out
}

fn nested(code: &Code, out: &mut String) {
    for constant in &code.constants {
        if let Constant::Code(inner) = constant {
            let _ = writeln!(out, "\nDisassembly of {}:", constant_text(constant));
            one(inner, out);
            nested(inner, out);
        }
    }
}

fn one(code: &Code, out: &mut String) {
    let mut line = 0;
    let mut i = 0;
    while i < code.words.len() {
        let Some(&op) = Op::ALL.get(usize::from(code.words[i].op())) else { break };
        let position = code.positions[i];
        if position.line != line && position.line != 0 {
            line = position.line;
            let _ = write!(out, "{line:>5}");
        } else {
            out.push_str("     ");
        }
        let target = code.handlers.iter().any(|h| h.target == i as u32);
        let _ = write!(out, " {} {i:>5} {:<22}", if target { ">>" } else { "  " }, op.name());
        out.push_str(operands(code, op, i).trim_end());
        while out.ends_with(' ') {
            out.pop();
        }
        out.push('\n');
        i += 1 + op.extra_words();
    }
    if !code.handlers.is_empty() {
        out.push_str("ExceptionTable:\n");
        for h in &code.handlers {
            let _ = writeln!(out, "  {} to {} -> {} [{}]", h.start, h.end, h.target, slot_text(code, h.slot));
        }
    }
}

fn operands(code: &Code, op: Op, i: usize) -> String {
    let word = code.words[i];
    let data = code.words.get(i + 1).copied();
    let mut fields = [word.a(), word.b(), word.c()].into_iter();
    let mut text = Vec::new();
    for kind in op.operands() {
        if let Some(kind) = kind.strip_prefix('@') {
            let value = data.map_or(0, |d| d.lo());
            text.push(match kind {
                "" if op.is_jump() => format!("to {}", i as i64 + i64::from(value)),
                "k" => constant_at(code, value as usize),
                "name" => name_at(code, value as usize),
                _ => value.to_string(),
            });
        } else if let Some(kind) = kind.strip_prefix('^') {
            if kind == "k" {
                text.push(constant_at(code, data.map_or(0, |d| d.hi()) as usize));
            }
        } else if *kind == "jump" {
            text.push(format!("to {}", i as i64 + i64::from(word.jump())));
        } else {
            let value = fields.next().unwrap_or(0);
            text.push(match *kind {
                "dst" | "use" | "base" | "slot" => slot_text(code, value),
                "k" => constant_at(code, usize::from(value)),
                "name" => name_at(code, usize::from(value)),
                _ if op == Op::Yield && value & UNUSED != 0 => format!("{}*", value & SLOT),
                _ if op == Op::Yield => (value & SLOT).to_string(),
                _ => value.to_string(),
            });
        }
    }
    text.join(" ")
}

fn slot_text(code: &Code, operand: u16) -> String {
    let slot = operand & SLOT;
    match code.locals.get(usize::from(slot)) {
        Some((name, _)) => format!("{slot}({name})"),
        None if operand & CONSUME != 0 => format!("{slot}*"),
        None => slot.to_string(),
    }
}

fn constant_at(code: &Code, k: usize) -> String {
    format!("{k}({})", code.constants.get(k).map_or_else(String::new, constant_text))
}

fn name_at(code: &Code, k: usize) -> String {
    format!("{k}({})", code.names.get(k).map_or("", |name| name))
}

fn constant_text(constant: &Constant) -> String {
    let list = |items: &Rc<[Constant]>| items.iter().map(constant_text).collect::<Vec<_>>().join(", ");
    match constant {
        Constant::None => "None".into(),
        Constant::Bool(true) => "True".into(),
        Constant::Bool(false) => "False".into(),
        Constant::Ellipsis => "Ellipsis".into(),
        Constant::Int(value) => value.to_string(),
        Constant::BigInt(digits) => digits.to_string(),
        Constant::Float(value) => float_text(*value),
        Constant::Complex(real, imaginary) => format!("({}+{}j)", float_text(*real), float_text(*imaginary)),
        Constant::Str { wtf8, .. } => quoted(wtf8, true),
        Constant::Bytes(bytes) => format!("b{}", quoted(bytes, false)),
        Constant::Tuple(items) if items.len() == 1 => format!("({},)", list(items)),
        Constant::Tuple(items) => format!("({})", list(items)),
        Constant::FrozenSet(items) => format!("frozenset({{{}}})", list(items)),
        Constant::Slice(items) => {
            format!("slice({})", items.iter().map(constant_text).collect::<Vec<_>>().join(", "))
        }
        Constant::Code(code) => {
            format!("<code object {}, file \"{}\", line {}>", code.name, code.filename, code.first_line)
        }
    }
}

fn quoted(bytes: &[u8], is_text: bool) -> String {
    let mut out = Vec::new();
    write_repr(bytes, is_text, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The shortest text of a float that reads back as the same, as `repr` writes it.
pub fn float_text(value: f64) -> String {
    if value.is_infinite() {
        // No literal of a finite size is infinite otherwise.
        return if value > 0.0 { "1e309".into() } else { "-1e309".into() };
    }
    let scientific = format!("{value:e}");
    let exponent: i32 = scientific.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    if (-4..16).contains(&exponent) || value == 0.0 {
        let plain = format!("{value}");
        return if plain.contains('.') { plain } else { plain + ".0" };
    }
    let mantissa = scientific.split_once('e').map_or("", |(m, _)| m);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

/// The `repr` of a string in WTF-8, or of bytes without their prefix.
pub fn write_repr(bytes: &[u8], is_text: bool, out: &mut Vec<u8>) {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' };
    out.push(quote);
    for (i, &byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\\' => out.extend_from_slice(b"\\\\"),
            _ if byte == quote => out.extend_from_slice(&[b'\\', quote]),
            0..0x20 | 0x7F => out.extend_from_slice(format!("\\x{byte:02x}").as_bytes()),
            0x80.. if !is_text => out.extend_from_slice(format!("\\x{byte:02x}").as_bytes()),
            0xED if bytes.get(i + 1).is_some_and(|&next| next >= 0xA0) => {
                // A lone surrogate: its three bytes are written as one escape.
                let low = |k: usize| u32::from(bytes.get(i + k).copied().unwrap_or(0) & 0x3F);
                out.extend_from_slice(format!("\\ud{:03x}", (low(1) << 6 | low(2)) & 0xFFF).as_bytes());
            }
            0x80..0xC0 if i >= 1 && in_surrogate(bytes, i) => {}
            _ => out.push(byte),
        }
    }
    out.push(quote);
}

fn in_surrogate(bytes: &[u8], i: usize) -> bool {
    let starts = |k: usize| bytes[k] == 0xED && bytes.get(k + 1).is_some_and(|&next| next >= 0xA0);
    (i >= 1 && starts(i - 1)) || (i >= 2 && starts(i - 2))
}
