//! Strings in JSON: between quotation marks, with escapes.

use std::borrow::Cow;
use std::fmt::Write;

/// Appends a text as a JSON string, in quotation marks.
pub fn quote(text: &str, into: &mut String) {
    into.push('"');
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        into.push_str(&text[written..at]);
        written = at + 1;
        match byte {
            b'"' => into.push_str("\\\""),
            b'\\' => into.push_str("\\\\"),
            b'\n' => into.push_str("\\n"),
            b'\r' => into.push_str("\\r"),
            b'\t' => into.push_str("\\t"),
            8 => into.push_str("\\b"),
            12 => into.push_str("\\f"),
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(into, "\\u{byte:04x}");
            }
        }
    }
    into.push_str(&text[written..]);
    into.push('"');
}

/// The text that a JSON string stands for; half a surrogate pair becomes U+FFFD, an escape that is none stays.
pub fn unquote(quoted: &str) -> String {
    let inside = quoted.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(quoted);
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (char, length) = escape(rest).unwrap_or(('\\', 1));
        text.push(char);
        rest = &rest[length..];
    }
    text.push_str(rest);
    text
}

/// Whether a JSON string stands for a text.
pub fn is_quoted(text: &str, quoted: &str) -> bool {
    let inside = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    inside == text || (inside.contains('\\') && unquote(quoted) == text)
}

/// A JSON string in the one spelling that [`quote`] gives, if it has escapes.
pub fn normal(quoted: &str) -> Cow<'_, str> {
    if !quoted.contains('\\') {
        return Cow::Borrowed(quoted);
    }
    let mut text = String::with_capacity(quoted.len());
    quote(&unquote(quoted), &mut text);
    Cow::Owned(text)
}

/// How long the JSON string at the head of a text is, with its quotation marks; `None` if there is none.
///
/// Escapes are not checked.
pub fn quoted_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// Whether all escapes of a JSON string are such, and no control character stands in it.
pub fn is_valid(quoted: &str) -> bool {
    if quoted.bytes().any(|it| it < b' ') {
        return false;
    }
    let mut rest = quoted;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        match escape(&rest[at..]) {
            Some((_, length)) => rest = &rest[at + length..],
            None => return false,
        }
    }
    true
}

/// The character that an escape at the head of a text stands for, and how many bytes it takes.
fn escape(text: &str) -> Option<(char, usize)> {
    let char = match text.as_bytes().get(1)? {
        it @ (b'"' | b'\\' | b'/') => *it as char,
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'u' => return Some(unicode(text, u32::from(code_unit(text)?))),
        _ => return None,
    };
    Some((char, 2))
}

fn unicode(text: &str, unit: u32) -> (char, usize) {
    let low = if (0xd800..0xdc00).contains(&unit) { text.get(6..).and_then(code_unit) } else { None };
    match low.map(u32::from) {
        Some(low @ 0xdc00..0xe000) => {
            let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
        }
        _ => (char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
    }
}

/// The four hexadecimal digits behind `\u`.
fn code_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    if !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_survives_its_quotation() {
        let text: String = (0..0x3000).chain(0x1_f600..0x1_f610).filter_map(char::from_u32).collect();
        let mut quoted = String::new();
        quote(&text, &mut quoted);
        assert!(is_valid(&quoted));
        assert_eq!(quoted_length(&quoted), Some(quoted.len()));
        assert_eq!(unquote(&quoted), text);
        assert_eq!(serde_json::from_str::<String>(&quoted).ok(), Some(text));
    }

    #[test]
    fn halves_of_pairs_are_replaced() {
        assert_eq!(unquote(r#""\ud83d""#), "\u{fffd}");
        assert_eq!(unquote(r#""\ud83d\u0041""#), "\u{fffd}A");
        assert_eq!(unquote(r#""\ude00x""#), "\u{fffd}x");
        assert_eq!(unquote(r#""\ud83d\ude00""#), "😀");
    }

    #[test]
    fn strings_end_at_their_own_mark() {
        assert_eq!(quoted_length(r#""a\"b"c"#), Some(6));
        assert_eq!(quoted_length(r#""a\\"c"#), Some(5));
        assert_eq!(quoted_length(r#""a\""#), None);
        assert_eq!(quoted_length("a"), None);
        assert!(is_quoted("a\"", r#""a\"""#));
        assert!(!is_quoted("b", r#""a""#));
    }
}
