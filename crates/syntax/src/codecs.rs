//! Single-byte encodings of old source files: what the bytes from 0x80 on stand for.

/// The table of an encoding by its canonical name, where there is one.
pub(crate) fn upper_half(name: &str) -> Option<&'static str> {
    Some(match name {
        "cp1252" | "windows-1252" | "1252" => CP1252,
        "koi8-r" | "cskoi8r" => KOI8_R,
        "iso-8859-15" | "iso8859-15" | "latin-9" | "latin9" | "l9" => LATIN_9,
        "cp1251" | "windows-1251" | "1251" => CP1251,
        _ => return None,
    })
}

/// Where a table has U+FFFD, the byte stands for nothing.
const CP1252: &str = "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ\
    \u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
const CP1251: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\
    \u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";
const KOI8_R: &str = "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u{A0}⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©\
    юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";
const LATIN_9: &str = "\u{80}\u{81}\u{82}\u{83}\u{84}\u{85}\u{86}\u{87}\u{88}\u{89}\u{8A}\u{8B}\u{8C}\u{8D}\u{8E}\u{8F}\
    \u{90}\u{91}\u{92}\u{93}\u{94}\u{95}\u{96}\u{97}\u{98}\u{99}\u{9A}\u{9B}\u{9C}\u{9D}\u{9E}\u{9F}\
    \u{A0}¡¢£€¥Š§š©ª«¬\u{AD}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";

/// Decodes with a table; `Err` is the offset of a byte that stands for nothing.
pub(crate) fn decode(source: &[u8], table: &str) -> Result<String, usize> {
    let upper: Vec<char> = table.chars().collect();
    let mut text = String::with_capacity(source.len() + source.len() / 8);
    for (at, &byte) in source.iter().enumerate() {
        match byte {
            0..0x80 => text.push(char::from(byte)),
            _ => match upper.get(usize::from(byte - 0x80)) {
                Some(&c) if c != '\u{FFFD}' => text.push(c),
                _ => return Err(at),
            },
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn tables_are_whole() {
        for name in ["cp1252", "koi8-r", "iso-8859-15", "cp1251"] {
            assert_eq!(super::upper_half(name).map(|table| table.chars().count()), Some(128), "{name}");
        }
    }
}
